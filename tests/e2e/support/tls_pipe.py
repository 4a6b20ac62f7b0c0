"""TLS over a socket, with its ends in the test's hands: half-close, cut without close_notify, reset."""

from __future__ import annotations

import socket
import ssl
import struct
from contextlib import suppress

_BLOCK = 65536


class Truncated(Exception):
    """TCP ended without TLS close_notify (RFC 8446 6.1)."""


class TlsPipe:
    """One end of a session. Not thread-safe, except that one thread may send while another receives nothing."""

    def __init__(self, plain: socket.socket, context: ssl.SSLContext, server_name: str | None = None,
                 resumed: ssl.SSLSession | None = None) -> None:
        self.plain = plain
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.session = context.wrap_bio(self._incoming, self._outgoing, server_side=server_name is None,
                                        server_hostname=server_name, session=resumed)

    def handshake(self) -> "TlsPipe":
        while True:
            try:
                self.session.do_handshake()
                self._flush()
                return self
            except ssl.SSLWantReadError:
                self._flush()
                self._fill()
            except ssl.SSLError:
                with suppress(OSError):
                    self._flush()  # the alert
                raise

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), _BLOCK):
            self.session.write(data[start:start + _BLOCK])
            self._flush()

    def receive(self, most: int = _BLOCK) -> bytes:
        """Some octets; none at the peer's orderly end. Raises Truncated or OSError at any other end."""
        while True:
            try:
                return self.session.read(most)
            except ssl.SSLWantReadError:
                self._flush()
                self._fill()
            except ssl.SSLZeroReturnError:
                return b""

    def receive_all(self) -> bytes:
        return b"".join(iter(self.receive, b""))

    def receive_exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            block = self.receive(size - len(got))
            if not block:
                raise Truncated(f"orderly end after {len(got)} of {size} octets")
            got += block
        return got

    def finish_sending(self) -> None:
        """close_notify; receiving goes on."""
        with suppress(ssl.SSLWantReadError, ssl.SSLSyscallError):
            self.session.unwrap()
        self._flush()

    def close(self) -> None:
        with suppress(OSError, ssl.SSLError):
            self.finish_sending()
        self.cut()

    def cut(self) -> None:
        """TCP FIN without close_notify."""
        self.plain.close()

    def reset(self) -> None:
        """TCP RST."""
        self.plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.plain.close()

    def _flush(self) -> None:
        if self._outgoing.pending:
            self.plain.sendall(self._outgoing.read())

    def _fill(self) -> None:
        data = self.plain.recv(_BLOCK)
        if not data:
            raise Truncated("TCP ended without close_notify")
        self._incoming.write(data)
