"""A server in the place of a cloud service of which only the vendor's paper is at hand. It asks of a terminal what the paper says
that the service asks for; whatever the paper is silent about and a server needs all the same is an assumption that has a name."""

from __future__ import annotations

import base64
import binascii
import socketserver
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab import namespaces
from lab.pki import Credential
from lab.services.https import Handler
from lab.services.tls_server import TlsServer

INSTITUTION, NEIGHBOUR = "the clinic", "another clinic"  # whom certificates of the service's authority name
_VERSIONS = {"TLS1.2": ssl.TLSVersion.TLSv1_2, "TLS1.3": ssl.TLSVersion.TLSv1_3}  # as profiles write them


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in; `institution`: whose certificate must be shown as well, empty: none."""

    password: str
    institution: str = ""


@dataclass(frozen=True)
class StandIn:
    """One row of the table of stand-ins."""

    profile: str  # in configs/services
    modes: tuple[str, ...]  # in which the box leads to it
    versions: tuple[str, ...]  # of TLS that it speaks, the newest last
    certificate: ssl.VerifyMode  # whether it asks the terminal for one in the handshake
    accounts: dict[str, Account]
    assumed: dict[str, str]  # key of the profile that is open -> what is assumed instead
    tunnel: bool = False  # octets both ways instead of pages

    @property
    def newest(self) -> str:
        return self.versions[-1]


@dataclass(frozen=True)
class Visit:
    """What the service saw of somebody who asked for something."""

    account: str
    institution: str  # whom the certificate names; empty: none was shown
    version: str
    let_in: bool


def _named(certificate: Any) -> str:
    """The common name of what `getpeercert` says."""
    return next((value for ((kind, value),) in (certificate or {}).get("subject", ()) if kind == "commonName"), "")


@dataclass
class Reception:
    """Who may come in, and who came."""

    row: StandIn
    visits: list[Visit] = field(default_factory=list)

    def lets_in(self, session: ssl.SSLSocket, name: str, password: str) -> bool:
        account, shown = self.row.accounts.get(name), _named(session.getpeercert())
        known = account is not None and account.password == password and account.institution in ("", shown)
        self.visits.append(Visit(name, shown, session.version() or "", known))
        return known


class _Pages(Handler):
    """The lab's pages behind a login (RFC 7617): a paper says that there is one, and not what it looks like."""

    server: "_Server"

    def do_GET(self) -> None:
        if self._is_let_in():
            super().do_GET()

    def do_PUT(self) -> None:
        if self._is_let_in():
            super().do_PUT()

    def _is_let_in(self) -> bool:
        name, _, password = self._credentials().partition(":")
        if self.server.reception.lets_in(self.request, name, password):
            return True
        self.close_connection = True  # what was sent along is not read
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="service"')
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        return False

    def _credentials(self) -> str:
        with suppress(binascii.Error, UnicodeDecodeError):
            return base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        return ""


class _Tunnel(socketserver.BaseRequestHandler):
    """A line with name and password; then every octet comes back. What a foreign tunnel carries is no concern of the box."""

    server: "_Server"

    def handle(self) -> None:
        name, _, password = self._line().partition(":")
        if not self.server.reception.lets_in(self.request, name, password):
            return
        self.request.sendall(b"up\n")
        while octets := self.request.recv(65536):
            self.request.sendall(octets)

    def _line(self) -> str:
        line = b""
        while not line.endswith(b"\n") and (octet := self.request.recv(1)):
            line += octet
        return line.decode(errors="replace").strip()


class _Server(TlsServer):
    reception: Reception


def _context(row: StandIn, credential: Credential, authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version, context.maximum_version = _VERSIONS[row.versions[0]], _VERSIONS[row.versions[-1]]
    context.load_cert_chain(credential.certificate, credential.key)
    context.load_verify_locations(authority)
    context.verify_mode = row.certificate
    return context


class StandInEnd:
    """The server itself, in threads of the test's own process that stand in a namespace."""

    def __init__(self, namespace: str, address: str, port: int, row: StandIn, credential: Credential, authority: Path) -> None:
        self._reception = Reception(row)
        self._server: _Server | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True,
                                        args=(namespace, (address, port), _context(row, credential, authority)))
        self._thread.start()
        assert self._ready.wait(10), f"the stand-in for {row.profile} did not start"

    def _serve(self, namespace: str, address: tuple[str, int], context: ssl.SSLContext) -> None:
        namespaces.enter(namespace)
        with _Server(address, _Tunnel if self._reception.row.tunnel else _Pages, context) as server:
            server.reception = self._reception
            self._server = server
            self._ready.set()
            server.serve_forever(poll_interval=0.05)

    @property
    def visits(self) -> list[Visit]:
        return self._reception.visits

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
        self._thread.join()
