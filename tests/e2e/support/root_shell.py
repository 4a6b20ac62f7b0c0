"""A shell at the other end of a machine's serial line, and what it says to a command."""

from __future__ import annotations

import re
import secrets
import socket
import time
from pathlib import Path

from lab.command import LabError

_ANSWER_SECONDS = 60.0
_KNOCK_SECONDS = 2.0


class Shell:
    """Connects anew for each command: the machine may have been started anew meanwhile."""

    def __init__(self, line: Path) -> None:
        self._line = line

    def run(self, command: str, seconds: float = _ANSWER_SECONDS) -> str:
        """What it wrote, of a command that must succeed."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._line))
            line.settimeout(_KNOCK_SECONDS)
            self._exchange(line, "stty -echo", seconds, repeats=True)  # until somebody is there
            said, status = self._exchange(line, f"( {command} ) 2>&1", seconds)
        if status != 0:
            raise LabError(f"`{command}` in the machine ended with {status}: {said}")
        return said

    @staticmethod
    def _exchange(line: socket.socket, command: str, seconds: float, repeats: bool = False) -> tuple[str, int]:
        number = secrets.randbelow(1 << 30)
        mark = f"<$(({number} + 1)):"  # computed there, so that an echo of the command is no answer; a prompt stands outside
        words = f"echo \"{mark}begin>\"; {command}; echo \"{mark}$?>\"\n".encode()
        answer = re.compile(rf"<{number + 1}:begin>\n(.*)<{number + 1}:(\d+)>\n", re.DOTALL)
        heard, end = "", time.monotonic() + seconds
        line.sendall(words)
        while time.monotonic() < end:
            try:
                heard += line.recv(65536).decode(errors="replace").replace("\r", "")
            except TimeoutError:
                if repeats:
                    line.sendall(words)
                continue
            if found := answer.search(heard):
                return found[1], int(found[2])
        raise LabError(f"the machine's shell did not answer to `{command}` within {seconds:.0f} s: {heard[-2000:]}")
