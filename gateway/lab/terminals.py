"""Terminals in a clinic: the programs a clinic would use, with a certificate of their own."""

from __future__ import annotations

import os
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import command, mllp, namespaces
from .pki import Credential

_PATIENCE = 120
ENVIRONMENT = dict(os.environ, OPENSSL_CONF=str(Path(__file__).with_name("terminal.cnf")))


@dataclass(frozen=True)
class Door:
    """A listener as a terminal sees it, or a cloud: where to knock, whom to expect, which CA vouches for that."""

    address: str
    port: int
    server_name: str
    ca: Path


@dataclass(frozen=True)
class Outcome:
    """What a terminal program said. Its exit status is the terminal's own view of success."""

    succeeded: bool
    output: bytes
    errors: str


@dataclass(frozen=True)
class Terminal:
    """A place in a clinic and the certificate shown there; None shows none."""

    namespace: str | None
    credential: Credential | None

    def run(self, *arguments: str) -> Outcome:
        done = subprocess.run(command.inside(self.namespace, arguments), capture_output=True, timeout=_PATIENCE,
                              stdin=subprocess.DEVNULL, env=ENVIRONMENT)
        return Outcome(done.returncode == 0, done.stdout, done.stderr.decode(errors="replace"))

    def curl(self, door: Door, path: str, *options: str) -> Outcome:
        shown = [] if self.credential is None else ["--cert", str(self.credential.certificate),
                                                    "--key", str(self.credential.key)]
        return self.run("curl", "-sS", "--max-time", str(_PATIENCE), "--cacert", str(door.ca), *shown,
                        "--resolve", f"{door.server_name}:{door.port}:{door.address}", *options,
                        f"https://{door.server_name}:{door.port}{path}")

    def curl_through(self, door: Door, cloud: Door, inner: Credential | None, path: str, *options: str) -> Outcome:
        """To the cloud by a tunnel that the box opens at `door`, in which another certificate is shown, or none."""
        shown = [] if self.credential is None else ["--proxy-cert", str(self.credential.certificate),
                                                    "--proxy-key", str(self.credential.key)]
        shown += [] if inner is None else ["--cert", str(inner.certificate), "--key", str(inner.key)]
        return self.run("curl", "-sS", "--max-time", str(_PATIENCE), "--proxy", f"https://{door.server_name}:{door.port}",
                        "--proxy-cacert", str(door.ca), "--resolve", f"{door.server_name}:{door.port}:{door.address}",
                        "--cacert", str(cloud.ca), *shown, *options, f"https://{cloud.server_name}:{cloud.port}{path}")

    def dicom(self, program: str, door: Door, *arguments: str) -> Outcome:
        """One of DCMTK's callers, e.g. `echoscu`, `storescu`."""
        assert self.credential is not None
        return self.run(program, "-aec", "ARCHIVE", "+tls", str(self.credential.key), str(self.credential.certificate),
                        "+cf", str(door.ca), door.address, str(door.port), *arguments)

    def tls(self, door: Door, context: ssl.SSLContext | None = None) -> ssl.SSLSocket:
        """A TLS session to the door, with Python's own TLS."""
        plain = namespaces.socket_in(self.namespace)
        try:
            plain.settimeout(_PATIENCE)
            plain.connect((door.address, door.port))
            return (context or self.context(door)).wrap_socket(plain, server_hostname=door.server_name)
        except OSError:
            plain.close()
            raise

    def context(self, door: Door) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(door.ca))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        if self.credential is not None:
            context.set_ciphers("DEFAULT@SECLEVEL=0")  # as in terminal.cnf
            context.load_cert_chain(self.credential.certificate, self.credential.key)
        return context

    def hl7(self, door: Door, messages: int) -> int:
        """Sends that many admissions in one session; returns how many were acknowledged in order (AA)."""
        acknowledged = 0
        with self.tls(door) as session:
            answers = mllp.frames(session.recv)
            for control_id in range(messages):
                session.sendall(mllp.frame(mllp.admission(control_id)))
                answer = next(answers)
                acknowledged += mllp.field(answer, b"MSA", 1) == b"AA"
                acknowledged -= mllp.field(answer, b"MSA", 2) != str(control_id).encode()
            session.unwrap().close()
        return acknowledged
