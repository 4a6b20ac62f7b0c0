"""A socket whose line is cut after so many octets."""

from __future__ import annotations

import socket


class LimitedSocket(socket.socket):
    """Sends so many octets, then closes in the middle of whatever it was told to send."""

    allowance = 0

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        super().sendall(data[:self.allowance], flags)
        self.allowance -= len(data)
        if self.allowance <= 0:
            self.close()
            raise ConnectionAbortedError("cut here on purpose")


def limited(plain: socket.socket, allowance: int, patience: float) -> LimitedSocket:
    """Takes the socket over."""
    short = LimitedSocket(fileno=plain.detach())
    short.allowance = allowance
    short.settimeout(patience)
    return short
