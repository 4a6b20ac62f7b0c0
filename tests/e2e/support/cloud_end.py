"""The cloud's end of an opaque service, in the test's own process: each session is handed to the test."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from contextlib import suppress

from lab import namespaces
from lab.pki import Credential
from lab.services.tls_server import server_context

from .tls_pipe import TlsPipe, Truncated

_PATIENCE = 30
_WORD = b"it is me"


class CloudEnd:
    """Listens in a namespace. `accept` gives the next session whose handshake is done."""

    def __init__(self, namespace: str | None, address: str, port: int, credential: Credential, client_ca: str) -> None:
        self._client_ca = client_ca
        self.shows(credential)
        self._sessions: queue.Queue[TlsPipe] = queue.Queue()
        self._listener = namespaces.socket_in(namespace)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((address, port))
        self._listener.listen(512)
        self.accepted = 0
        self._is_silent = False
        self._held: list[socket.socket] = []
        self._given: list[TlsPipe] = []
        threading.Thread(target=self._accept_all, daemon=True).start()

    def shows(self, credential: Credential) -> None:
        """Its certificate from the next connection on. What it gave out to resume by counts no more."""
        self._context = server_context(str(credential.certificate), self._client_ca)

    def offers(self, newest: ssl.TLSVersion, suites: str) -> None:
        """Other versions and suites of TLS 1.2 from the next connection on."""
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.maximum_version = newest
        self._context.set_ciphers(suites)

    def says_nothing(self, on: bool = True) -> None:
        """From the next connection on: it is accepted, and that is all."""
        self._is_silent = on

    def _accept_all(self) -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                plain, _ = self._listener.accept()
                self.accepted += 1
                if self._is_silent:
                    self._held.append(plain)
                    continue
                threading.Thread(target=self._shake_hands, args=(plain,), daemon=True).start()

    def _shake_hands(self, plain: socket.socket) -> None:
        plain.settimeout(_PATIENCE)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._sessions.put(TlsPipe(plain, self._context).handshake())
        except (OSError, ssl.SSLError, Truncated):
            plain.close()

    def accept(self, seconds: float = _PATIENCE) -> TlsPipe:
        session = self._sessions.get(timeout=seconds)
        self._given.append(session)
        return session

    def accept_of(self, near: TlsPipe) -> TlsPipe:
        """The session that the terminal's end `near` leads to. The box's own trials come here as well, each week and when a clock jumps;
        they send nothing."""
        near.send(_WORD)
        while True:
            far = self.accept()
            with suppress(Truncated, OSError):
                if far.receive_exactly(len(_WORD)) == _WORD:
                    return far

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for plain in [*self._held, *(session.plain for session in self._given)]:
            plain.close()
