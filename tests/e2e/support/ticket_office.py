"""A TLS server in the tests' own hands that gives out sessions for the asking: what an attacker carries elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress

from lab.pki import Credential


class TicketOffice:
    """Listens on a loopback address. A session ends when the client has had its ticket."""

    def __init__(self, credential: Credential, version: ssl.TLSVersion, tickets: bool = True) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = self._context.maximum_version = version
        self._context.load_cert_chain(credential.certificate, credential.key)
        if not tickets:  # sessions by number, which TLS 1.2 knows besides (RFC 5246 7.4.1.2)
            self._context.options |= ssl.OP_NO_TICKET
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._listener.getsockname()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                plain, _ = self._listener.accept()
                with suppress(OSError), self._context.wrap_socket(plain, server_side=True) as session:
                    session.sendall(b"here")
                    session.recv(1)
                    session.unwrap()

    def visit(self, context: ssl.SSLContext, name: str,
              session: ssl.SSLSession | None = None) -> tuple[ssl.SSLSession | None, bool]:
        """What a client carries away, and whether it was let in by what it brought."""
        plain = socket.create_connection(self.address, timeout=20)
        with context.wrap_socket(plain, server_hostname=name, session=session) as visitor:
            visitor.recv(4)
            carried, let_in = visitor.session, bool(visitor.session_reused)
            visitor.unwrap()  # whoever just hangs up spoils the session (RFC 5246 7.2.1)
            return carried, let_in

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
