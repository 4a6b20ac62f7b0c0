"""A real EST server (RFC 7030) for tests: TLS 1.3 with client certificates, one-time tickets, an authority on OpenSSL's
command line; and it can be told to go wrong.

    python3 -B est_server.py FOLDER [PORT [ADDRESS]]

It makes its authorities in FOLDER (ca.pem, tls.pem), listens on a port (of the kernel's choice, on loopback), writes one line
"ready PORT" and then obeys one order a line on standard input, each answered with "ok ..." or "no ...":

    mode MODE            see _MODES; stays until the next one
    ticket TEXT          is good for one certificate
    life DAYS FROM       of the certificates that are issued over the wire from now on
    sign FILE DAYS FROM  certifies the request in FILE (DER) from FROM seconds after now for DAYS days; the answer names the chain
    issued               how many certificates were issued over the wire
"""

from __future__ import annotations

import base64
import ssl
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "certs"))
from authority import Authority, Leaf  # noqa: E402

NAME = "est.cloud.example"
_PREFIX = "/.well-known/est/"
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL: a late renewal (RFC 7030 4.2.2 leaves it to the server)
_CERTIFICATES = "application/pkcs7-mime; smime-type=certs-only"

# What is wrong, and where: "" is everywhere but for cacerts.
_MODES = {
    "well": "nothing",
    "later": "202 with Retry-After",
    "refuse": "403 with words",
    "refuse_next": "403 to whoever has a certificate; tickets are taken",
    "refuse_new": "403 to the newest certificate that was issued",
    "garbage": "200 with what is no base64",
    "not_http": "no HTTP at all",
    "other_key": "a certificate for a key of the server's own",
    "other_names": "a certificate with another name",
    "silent": "takes the request and closes the connection",
    "slow_head": "an endless head",
}


def _run(*command: str, data: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *command], input=data, capture_output=True, check=True).stdout


class Request(NamedTuple):
    """A PKCS#10 request that its key's owner signed."""

    pem: str
    subject: str  # as openssl writes it
    names: str  # as openssl.cnf wants them

    @classmethod
    def read(cls, der: bytes) -> Request:
        said = _run("req", "-inform", "DER", "-verify", "-subject", "-text", data=der).decode()
        lines = said.splitlines()
        names = lines[next(n for n, line in enumerate(lines) if "Subject Alternative Name" in line) + 1].strip()
        subject = next(line for line in lines if line.startswith("subject="))
        return cls(said[said.index("-----BEGIN"):], subject, names.replace("IP Address:", "IP:").replace(" ", ""))


class Registry:
    """The authority, the tickets, and what was issued. Handlers of several connections use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mode = "well"
        self.tickets: set[str] = set()
        self.issued = 0
        self.begins, self.days = -60.0, 30.0  # of what is issued: seconds from now, and how long
        self.newest = b""  # that went over the wire, DER
        self._subjects: dict[bytes, str] = {}  # of certificates in DER
        self._bags: dict[Path, bytes] = {}
        self._lock = threading.Lock()
        ready = folder / "tls-server.pem"
        self.clients = Authority(folder / "ca") if ready.exists() else Authority.make(folder / "ca", "est issuing ca")
        self.servers = Authority(folder / "tls") if ready.exists() else Authority.make(folder / "tls", "est tls ca")
        if not ready.exists():
            self.servers.issue(Leaf(folder / "tls-server", "server", NAME, f"DNS:{NAME}"))

    def certify(self, request: Request, begins: float, days: float) -> Path:
        """The names are the request's: whoever asks was let in before."""
        with self._lock:
            self.issued += 1
            place = self.folder / f"issued-{self.issued}-{time.monotonic_ns()}"
        asked = place.with_suffix(".csr")
        asked.write_text(request.pem)
        names = "URI:urn:sekisho:somebody:box" if self.mode == "other_names" else request.names
        side = "client" if "URI:" in names else "both_sides"
        now = datetime.now(timezone.utc)
        self.clients.certify(asked, Leaf(place, side, "unused", names, not_before=now + timedelta(seconds=begins),
                                         not_after=now + timedelta(seconds=begins, days=days)))
        pem = place.with_suffix(".pem")
        self._subjects[ssl.PEM_cert_to_DER_cert(pem.read_text())] = request.subject
        return pem

    def subject_of(self, certificate: bytes) -> str:
        if certificate not in self._subjects:  # of a life before this one
            said = _run("x509", "-inform", "DER", "-noout", "-subject", data=certificate).decode()
            self._subjects[certificate] = said.strip()
        return self._subjects[certificate]

    def bag_of(self, pem: Path) -> bytes:
        """Certificates only (RFC 5272 4.1), DER."""
        if pem not in self._bags:
            self._bags[pem] = _run("crl2pkcs7", "-nocrl", "-certfile", str(pem), "-outform", "DER")
        return self._bags[pem]

    def redeem(self, ticket: str) -> bool:
        with self._lock:
            known = ticket in self.tickets
            self.tickets.discard(ticket)
        return known

    def foreign_request(self) -> Request:
        made = _run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null",
                    "-subj", "/CN=other", "-addext", "subjectAltName=URI:urn:sekisho:imaging:box", "-outform", "DER")
        return Request.read(made)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    registry: Registry

    # --- answers

    def _say(self, status: int, kind: str = "", body: bytes = b"", **more: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def _say_certificates(self, pem: Path) -> None:
        bag = base64.encodebytes(self.registry.bag_of(pem))
        self._say(200, _CERTIFICATES, bag, Content_Transfer_Encoding="base64")

    def _refuse(self, words: str) -> None:
        self._say(403, "text/plain; charset=utf-8", words.encode() + b"\n")

    # --- who asks

    def _shown(self) -> bytes:
        """The client's certificate, DER; empty if it shows none."""
        return self.connection.getpeercert(binary_form=True) or b""

    def _ticket(self) -> str:
        scheme, _, pair = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return ""
        return base64.b64decode(pair).decode().partition(":")[2]

    # --- requests

    def do_GET(self) -> None:
        if self._goes_wrong(self.registry.mode in ("not_http", "silent", "slow_head")):
            return
        if self.path not in (_PREFIX + "cacerts", _PREFIX + "clinic/cacerts"):
            self._say(404, "text/plain", b"no such thing\n")
        elif self.registry.mode == "refuse_new" and self._shown() == self.registry.newest != b"":
            self._refuse("that certificate is not known here yet")
        else:
            self._say_certificates(self.registry.clients.certificate)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._goes_wrong(True):
            return
        if not self.headers["Content-Type"].startswith("application/pkcs10"):
            self._say(400, "text/plain", b"not a request\n")
            return
        request = Request.read(base64.b64decode(body))
        if self.path.endswith("/simplereenroll"):
            self._enrol_again(request)
        elif self.path.endswith("/simpleenroll"):
            self._enrol(request)
        else:
            self._say(404)

    def _enrol(self, request: Request) -> None:
        if not self.registry.redeem(self._ticket()):
            self._say(401, "text/plain", b"no such ticket\n", WWW_Authenticate='Basic realm="est"')
            return
        self._issue(request)

    def _enrol_again(self, request: Request) -> None:
        if not self._shown() or self.registry.mode == "refuse_next":
            self._refuse("ask with a ticket")
        elif self.registry.subject_of(self._shown()) != request.subject:  # RFC 7030 4.2.2
            self._refuse("that is somebody else")
        else:
            self._issue(request)

    def _issue(self, request: Request) -> None:
        if self.registry.mode == "other_key":
            request = self.registry.foreign_request()
        pem = self.registry.certify(request, self.registry.begins, self.registry.days)
        self.registry.newest = ssl.PEM_cert_to_DER_cert(pem.read_text())
        self._say_certificates(pem)

    def _goes_wrong(self, asks: bool) -> bool:
        """Does what the mode says; False if that is nothing."""
        mode = self.registry.mode if asks else "well"
        if mode == "later":
            self._say(202, Retry_After="4321")
        elif mode == "refuse":
            self._refuse("the authority is closed")
        elif mode == "garbage":
            self._say(200, _CERTIFICATES, b"*** no base64 ***")
        elif mode == "not_http":
            self._break_off(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        elif mode == "silent":
            self._break_off(b"")
        elif mode == "slow_head":
            self._break_off(b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 4096)
        else:
            return False
        return True

    def _break_off(self, said: bytes) -> None:
        with suppress(OSError):
            self.wfile.write(said)
            self.wfile.flush()
            self.connection.unwrap()
        self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The handshake is each connection's own matter: one that hangs keeps nobody waiting."""

    daemon_threads = True

    def __init__(self, registry: Registry, port: int, address: str) -> None:
        handler = type("BoundHandler", (Handler,), {"registry": registry})
        super().__init__((address, port), handler)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_3
        self._context.load_cert_chain(registry.folder / "tls-server.pem", registry.folder / "tls-server.key")
        self._context.load_verify_locations(registry.clients.certificate)
        self._context.verify_mode = ssl.CERT_OPTIONAL
        self._context.verify_flags |= _NO_CHECK_TIME

    def finish_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        with suppress(OSError), self._context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)
            with suppress(OSError):
                secured.unwrap()

    def handle_error(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        pass


def _obey(registry: Registry, words: list[str]) -> str:
    match words:
        case ["mode", mode] if mode in _MODES:
            registry.mode = mode
            return "ok"
        case ["ticket", text]:
            registry.tickets.add(text)
            return "ok"
        case ["sign", file, days, begins]:
            request = Request.read(Path(file).read_bytes())
            return f"ok {registry.certify(request, float(begins), float(days))}"
        case ["life", days, begins]:
            registry.days, registry.begins = float(days), float(begins)
            return "ok"
        case ["issued"]:
            return f"ok {registry.issued}"
    return "no such order"


def main() -> None:
    folder = Path(sys.argv[1])
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    registry = Registry(folder)
    server = Server(registry, port, sys.argv[3] if len(sys.argv) > 3 else "127.0.0.1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"ready {server.server_address[1]}", flush=True)
    for line in sys.stdin:
        print(_obey(registry, line.split()), flush=True)


if __name__ == "__main__":
    main()
