"""An HL7 v2 service that acknowledges every message (AA)."""

from __future__ import annotations

import socketserver
import sys

from .. import mllp
from .tls_server import serve


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        for message in mllp.frames(self.request.recv):
            self.request.sendall(mllp.frame(mllp.acknowledgement(message)))


if __name__ == "__main__":
    serve(Handler, sys.argv[1:])
