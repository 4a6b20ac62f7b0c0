"""A door from this machine's loopback into a namespace, so that a browser here reaches what listens there."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from . import namespaces

_AT_ONCE = 65536


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while octets := source.recv(_AT_ONCE):
            target.sendall(octets)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class Doorway:
    """Open until it is closed. OSError: somebody else has the port."""

    def __init__(self, namespace: str | None, address: str, port: int) -> None:
        self._namespace, self._there = namespace, (address, port)
        self._listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._lead, args=(near,), daemon=True).start()

    def _lead(self, near: socket.socket) -> None:
        with near, namespaces.socket_in(self._namespace) as far:
            with suppress(OSError):
                far.connect(self._there)
                back = threading.Thread(target=_pump, args=(far, near), daemon=True)
                back.start()
                _pump(near, far)
                back.join()

    def close(self) -> None:
        self._listener.close()
