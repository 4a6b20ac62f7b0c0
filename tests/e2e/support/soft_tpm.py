"""A TPM 2.0 for the box: swtpm, behind a line that may be made slow or be cut."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from lab import command
from lab.waiting import wait_for

_HEADER = 10  # tag, size, code (TPM 2.0 Part 1, 18)
_PROVIDERS = ("-provider", "tpm2", "-provider", "default", "-propquery", "?provider=tpm2,tpm2.digest!=yes")


def _exactly(end: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        piece = end.recv(size - len(got))
        if not piece:
            raise ConnectionError("the TPM's line ended")
        got += piece
    return got


def _message(end: socket.socket) -> bytes:
    header = _exactly(end, _HEADER)
    return header + _exactly(end, int.from_bytes(header[2:6], "big") - _HEADER)


class SoftTpm:
    """`socket` is the box's end. `delay` is what each command takes, in seconds; it may be changed at any time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.socket = folder / "line"
        self.delay = 0.0
        self.commands = 0
        self._server = folder / "tpm"
        self._process = command.start(["swtpm", "socket", "--tpm2", "--server", f"type=unixio,path={self._server}",
                                       "--ctrl", f"type=unixio,path={self._server}.ctrl",
                                       "--tpmstate", f"dir={folder}", "--flags", "startup-clear"])
        wait_for("swtpm", self._server.exists)
        self._ended = threading.Event()
        self._line = socket.socket(socket.AF_UNIX)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.socket))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self.cut()
        self._thread.join()
        self._line.close()
        self._listener.close()
        command.stop(self._process)

    def cut(self) -> None:
        """Whoever uses the TPM loses his line to it, in the middle of whatever it does, and may open another."""
        with suppress(OSError):  # nobody's line, or one that has ended
            self._line.shutdown(socket.SHUT_RDWR)

    def make_key(self, key: Path, request: Path, subject: str) -> None:
        """A P-256 key that never leaves, as tpm2-openssl makes it, and its certificate request."""
        self._openssl("genpkey", "-provider", "tpm2", "-algorithm", "EC", "-pkeyopt", "group:P-256", "-out", str(key))
        self._openssl("req", *_PROVIDERS, "-new", "-key", str(key), "-subj", f"/CN={subject}", "-out", str(request))

    def _openssl(self, *arguments: str) -> None:
        """With the TPM for itself: the box does not run yet."""
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True,
                              env=dict(os.environ, TPM2OPENSSL_TCTI=f"swtpm:path={self._server}"))
        if done.returncode != 0:
            raise RuntimeError(f"openssl {' '.join(arguments)}: {done.stderr}")

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._line.close()
            self._line = line
            with socket.socket(socket.AF_UNIX) as tpm:
                tpm.connect(str(self._server))
                self._carry(line, tpm)
            self.cut()

    def _carry(self, box: socket.socket, tpm: socket.socket) -> None:
        try:
            while True:
                asked = _message(box)
                self.commands += 1
                self._ended.wait(self.delay)
                tpm.sendall(asked)
                box.sendall(_message(tpm))
        except OSError:
            return
