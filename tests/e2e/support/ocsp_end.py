"""An OCSP responder in the cloud: `openssl ocsp`, in a namespace of its own address. It answers for one certificate."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lab import command, namespaces
from lab.pki import Credential
from lab.waiting import wait_for

_REVOKED_AT = "260901000000Z,keyCompromise"
_NEVER = "491231235959Z"
_PORT = 80


class OcspEnd:
    NAME = "ocsp.cloud.example"

    def __init__(self, namespace: str, folder: Path, address: str, authority: Path, subject: Credential) -> None:
        self._namespace, self._folder, self._authority, self._subject = namespace, folder, authority, subject
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / "log"
        folder.mkdir(exist_ok=True)
        namespaces.add_address(namespace, "lo", f"{address}/32")

    def start(self, revoked: bool = False) -> None:
        """Answers from now on, for a minute each time."""
        self.stop()
        serial = self._of("-serial")
        state = f"R\t{_NEVER}\t{_REVOKED_AT}" if revoked else f"V\t{_NEVER}\t"
        index = self._folder / "index.txt"
        index.write_text(f"{state}\t{serial}\tunknown\t/CN=cloud\n", encoding="ascii")
        authority = str(self._authority.with_suffix(".pem"))
        arguments = ("openssl", "ocsp", "-port", str(_PORT), "-index", str(index), "-CA", authority, "-rsigner", authority,
                     "-rkey", str(self._authority.with_suffix(".key")), "-nmin", "1")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command.inside(self._namespace, arguments), stdout=log, stderr=log)
        # A connection without a request would keep it busy for good.
        wait_for("the responder to listen", lambda: b"waiting for OCSP client connections" in self._log.read_bytes(), 10)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _of(self, what: str) -> str:
        return command.run("openssl", "x509", "-noout", "-in", str(self._subject.certificate), what).strip().partition("=")[2]
