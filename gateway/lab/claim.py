"""Who owns which names. A lab holds a lock on a file that lists what it made; a file without a holder is a lab
that was killed, and whoever comes next removes what it lists."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import namespaces
from .command import LabError

_FOLDER = Path("/run/sekisho-lab")


def _locked(path: Path) -> int | None:
    """The file's descriptor with its lock held; None if somebody else holds it or it just went away."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    if os.fstat(handle).st_nlink == 0:
        os.close(handle)
        return None
    return handle


def _unpin(folder: Path) -> None:
    """The namespaces that a box pinned there live as long as their mounts."""
    mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for place in (place for place in mounted if place.startswith(f"{folder}/")):
        subprocess.run(["umount", "--lazy", place], check=False)


def _remove_all(path: Path) -> None:
    """Everything the file lists, and the file. Its lock must be held."""
    _unpin(path.with_suffix(".d"))
    with open(path, encoding="utf-8") as listed:
        text = listed.read()
    for name in json.loads(text)["namespaces"] if text else []:
        namespaces.remove(name)
    shutil.rmtree(path.with_suffix(".d"), ignore_errors=True)
    path.unlink()


def sweep() -> None:
    """Removes what labs left behind that no longer run."""
    for path in _FOLDER.glob("*.lab"):
        handle = _locked(path)
        if handle is not None:
            _remove_all(path)
            os.close(handle)


def _start_janitor() -> subprocess.Popen[bytes]:
    """A process that sweeps when this one is gone, however it went."""
    program = "import sys; sys.stdin.read(); from lab.claim import sweep; sweep()"
    return subprocess.Popen([sys.executable, "-B", "-c", program], cwd=Path(__file__).resolve().parents[1],
                            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


class Claim:
    """The right to make namespaces and files under one prefix, until release or the end of this process."""

    def __init__(self, prefix: str) -> None:
        if not all(letter.isalnum() or letter in "-_" for letter in prefix):
            raise LabError(f"--prefix {prefix}: letters, digits, - and _ only")
        self.prefix = prefix
        _FOLDER.mkdir(mode=0o700, exist_ok=True)
        sweep()
        self._path = _FOLDER / f"{prefix or 'default'}.lab"
        handle = _locked(self._path)
        if handle is None:
            raise LabError("another lab with the same names is running; choose other names with --prefix")
        self._handle = handle
        self._names: list[str] = []
        self.folder = self._path.with_suffix(".d")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._janitor = _start_janitor()

    def add(self, namespace: str) -> None:
        """Written down before it is made, so that not even a kill in between leaves it behind unlisted."""
        self._names.append(namespace)
        text = json.dumps({"pid": os.getpid(), "namespaces": self._names}).encode()
        os.pwrite(self._handle, text, 0)
        os.ftruncate(self._handle, len(text))

    def __enter__(self) -> "Claim":
        return self

    def __exit__(self, *ending: object) -> None:
        self.release()

    def release(self) -> None:
        _remove_all(self._path)
        os.close(self._handle)
        self._janitor.communicate()
