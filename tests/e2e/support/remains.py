"""What is left of a box whose supervisor was killed: its processes."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """From now on whoever loses its parent below us becomes our child, so that nobody can hide."""
    if _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def children(pid: int) -> set[int]:
    found: set[int] = set()
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found |= {int(child) for child in (thread / "children").read_text().split()}
    return found


def name_of(pid: int) -> str:
    """`proxyd`, `net-apply` ...; nothing if it is gone or is about to become something."""
    with suppress(OSError):
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode(errors="replace")
        return command_line.rpartition("/")[2].removeprefix("sekisho-")
    return ""


def _is_dead(pid: int) -> bool:
    """Collects a child that ended."""
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state != "Z":
            return False
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    return True


def orphans(known: set[int]) -> dict[int, str]:
    """Our children that we did not start and that still live."""
    return {pid: name_of(pid) for pid in children(os.getpid()) - known if not _is_dead(pid)}
