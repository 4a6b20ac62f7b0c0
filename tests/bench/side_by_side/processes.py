"""Processes under test: started on one CPU, counted with their children, ended by their pids."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


class Trouble(RuntimeError):
    """The measurement cannot go on; says why."""


def adopt_orphans() -> None:
    """What a start script leaves behind becomes ours to wait for."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def pinned(cpu: int, *command: str) -> list[str]:
    return ["taskset", "-c", str(cpu), *command]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat from the state on: [state, parent, ...]."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def alive(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    with suppress(OSError):
        return _stat(pid)[0] != "Z"
    return False


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of all threads, from the processes' CPU clocks."""
    return sum(time.clock_gettime(~pid << 3 | 2) for pid in pids)  # the clock's number: clock_getcpuclockid(3)


def pss_kib(pids: list[int]) -> int:
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def end(pid: int, patience: float = 10) -> None:
    """SIGTERM to the process; whatever of its family is left then is killed."""
    pids = family(pid)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(alive(p) for p in pids):
        time.sleep(0.05)
    for left in (p for p in pids if alive(p)):
        with suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)
    while any(alive(p) for p in pids):
        time.sleep(0.05)


def start_detached(command: list[str], log: Path) -> int:
    with log.open("wb") as out:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                start_new_session=True).pid
