"""An HTTPS cloud service: takes uploads and answers with their digest, gives downloads of any size."""

from __future__ import annotations

import hashlib
import json
import sys
from http.server import BaseHTTPRequestHandler

from .tls_server import serve

_BLOCK = bytes(range(256)) * 1024


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # /bytes/N: that many octets; anything else: a greeting
        parts = self.path.split("/")
        if parts[1] == "bytes":
            self._send_bytes(int(parts[2]))
        else:
            self._send_json({"path": self.path})

    def do_PUT(self) -> None:
        digest, left = hashlib.sha256(), int(self.headers.get("Content-Length", 0))
        size = left
        while left > 0:
            block = self.rfile.read(min(left, len(_BLOCK)))
            if not block:
                return
            digest.update(block)
            left -= len(block)
        self._send_json({"bytes": size, "sha256": digest.hexdigest()})

    do_POST = do_PUT

    def _send_bytes(self, size: int) -> None:
        self._send_head("application/octet-stream", size)
        while size > 0:
            self.wfile.write(_BLOCK[:size])
            size -= min(size, len(_BLOCK))

    def _send_json(self, value: object) -> None:
        body = json.dumps(value).encode()
        self._send_head("application/json", len(body))
        self.wfile.write(body)

    def _send_head(self, kind: str, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    serve(Handler, sys.argv[1:])
