"""The vendor's enrolment server (EST) in the cloud: tests/support/est/est_server.py in a namespace of its own address."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from lab import command, namespaces

_SCRIPT = Path(__file__).resolve().parents[2] / "support" / "est" / "est_server.py"


class EstEnd:
    NAME = "est.cloud.example"

    def __init__(self, namespace: str, folder: Path, address: str, port: int) -> None:
        self.folder, self.address, self.port = folder, address, port
        folder.mkdir(exist_ok=True)
        namespaces.add_address(namespace, "lo", f"{address}/32")
        arguments = (sys.executable, "-B", str(_SCRIPT), str(folder), str(port), address)
        self._process = subprocess.Popen(command.inside(namespace, arguments), stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        assert self._line().startswith("ready")

    @property
    def servers_ca(self) -> Path:
        """Who vouches for the server itself."""
        return self.folder / "tls.pem"

    @property
    def clients_ca(self) -> Path:
        """Who issues what is asked for."""
        return self.folder / "ca.pem"

    def order(self, *words: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        answer = self._line()
        assert answer.startswith("ok"), answer
        return answer[2:].strip()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
