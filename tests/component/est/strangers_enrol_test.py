"""Enrolment clients of other makes understand what the box would say to its terminals, and are understood: curl with
OpenSSL's command line, and BouncyCastle's EST classes (RFC 7030, RFC 8951)."""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(_ROOT / "certs"))
from authority import Authority, Leaf  # noqa: E402

_TICKET = "k7mh-x2pq"
_JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("bcprov", "bcpkix", "bcutil")]


class Peer:
    """The product's forms, in a process of their own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([Path(os.environ["GW_BIN"]) / "est_service_peer"], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        self._lock = threading.Lock()
        self.root = base64.b64decode(self._process.stdout.readline())

    def ask(self, *words: bytes) -> list[bytes]:
        line = " ".join(base64.b64encode(word).decode() or "-" for word in words)
        with self._lock:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            status, *rest = self._process.stdout.readline().split()
        return [status.encode(), *(b"" if word == "-" else base64.b64decode(word) for word in rest)]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    peer: Peer

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        said = self.peer.ask(self.path.encode(), self.headers.get("Content-Type", "").encode(),
                             self.headers.get("Authorization", "").encode(), body)
        status, kind, encoding, authenticate, later, text = said
        self.send_response(int(status))
        for name, value in (("Content-Type", kind), ("Content-Transfer-Encoding", encoding),
                            ("WWW-Authenticate", authenticate), ("Retry-After", later)):
            if value:
                self.send_header(name, value.decode())
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = _serve

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, credential: Path, peer: Peer) -> None:
        super().__init__(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"peer": peer}))
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(f"{credential}.pem", f"{credential}.key")

    def finish_request(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        with suppress(OSError), self._context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)


def _run(*command: str, data: bytes = b"", code: int = 0) -> bytes:
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != code:
        raise AssertionError(f"{command}: {done.returncode} {done.stderr.decode()}")
    return done.stdout


class StrangersEnrolTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        Authority.make(cls.folder / "tls", "est tls ca").issue(
            Leaf(cls.folder / "server", "server", "localhost", "DNS:localhost"))
        cls.peer = Peer()
        cls.addClassCleanup(cls.peer.close)
        (cls.folder / "root.pem").write_bytes(cls.peer.root)
        cls.server = Server(cls.folder / "server", cls.peer)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.port = cls.server.server_address[1]

    def _curl(self, operation: str, *options: str, data: bytes = b"") -> tuple[int, bytes]:
        answer = self.folder / "answer"
        status = _run("curl", "--silent", "--show-error", "--cacert", str(self.folder / "tls.pem"), "--output", str(answer),
                      "--write-out", "%{http_code}", *options, f"https://localhost:{self.port}/.well-known/est/{operation}",
                      data=data)
        return int(status), answer.read_bytes()

    def _certificates(self, body: bytes) -> bytes:
        der = _run("openssl", "base64", "-d", data=body)
        return _run("openssl", "pkcs7", "-inform", "DER", "-print_certs", data=der)

    def _request(self) -> bytes:
        der = _run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                   str(self.folder / "device.key"), "-subj", "/CN=whatever it likes", "-outform", "DER")
        return _run("openssl", "base64", data=der)

    def _enrol(self, ticket: str, body: bytes) -> tuple[int, bytes]:
        return self._curl("clinic/simpleenroll", "--user", f"ticket:{ticket}", "--header",
                          "Content-Type: application/pkcs10", "--data-binary", "@-", data=body)

    def test_curl_and_openssl_are_given_the_authorities(self) -> None:
        status, body = self._curl("cacerts")
        self.assertEqual(status, 200)
        self.assertEqual(self._certificates(body).count(b"BEGIN CERTIFICATE"), 2)

    def test_curl_and_openssl_enrol_and_the_chain_holds(self) -> None:
        status, body = self._enrol(_TICKET, self._request())
        self.assertEqual(status, 200, body)
        (self.folder / "device.pem").write_bytes(self._certificates(body))
        (self.folder / "authorities.pem").write_bytes(self._certificates(self._curl("cacerts")[1]))
        _run("openssl", "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", str(self.folder / "root.pem"),
             "-untrusted", str(self.folder / "authorities.pem"), str(self.folder / "device.pem"))
        public = [_run("openssl", *words) for words in (("x509", "-in", str(self.folder / "device.pem"), "-noout", "-pubkey"),
                                                        ("pkey", "-in", str(self.folder / "device.key"), "-pubout"))]
        self.assertEqual(*public)

    def test_curl_with_another_ticket_is_asked_who_it_is(self) -> None:
        self.assertEqual(self._enrol("another", self._request())[0], 401)

    def test_curl_with_no_request_is_told_what_is_wrong(self) -> None:
        status, body = self._enrol(_TICKET, b"*** no base64 ***")
        self.assertEqual(status, 400)
        self.assertIn(b"base64", body)

    def test_openssl_reads_the_attributes(self) -> None:
        der = _run("openssl", "base64", "-d", data=self._curl("csrattrs")[1])
        self.assertIn(b"ecdsa-with-SHA256", _run("openssl", "asn1parse", "-inform", "DER", data=der))

    @unittest.skipUnless(shutil.which("javac") and all(jar.exists() for jar in _JARS), "needs a JDK and libbcpkix-java")
    def test_bouncycastle_enrols_as_its_own_classes_do_it(self) -> None:
        source = Path(__file__).with_name("Stranger.java")
        said = _run("java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, _JARS)), str(source), str(self.port),
                    _TICKET, str(self.folder / "tls.pem"))
        lines = said.decode().splitlines()
        self.assertEqual(len([line for line in lines if line.startswith("authority ")]), 2, lines)
        self.assertIn("attributes 2", lines)
        self.assertRegex(said.decode(), "with a ticket: O=Clinic,CN=ct-1\n|with a ticket: CN=ct-1,O=Clinic\n")
        self.assertIn("with another: refused 401", lines)


if __name__ == "__main__":
    unittest.main()
