"""A civil clock for the box alone that a test moves while the box runs: all its processes, walls and empty environments
or not, see the moment that the test says. Deadlines are of another clock and stay as they are."""

from __future__ import annotations

import mmap
import shutil
import struct
import subprocess
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lab import command

_SOURCE = Path(__file__).with_name("moved_clock.c")
# Whoever starts there finds the library in the list of what is loaded into every program; nobody else on the machine does.
_PLACE = """
set -e
mount -t tmpfs moved-clock "$1/over"
mkdir "$1/over/upper" "$1/over/work"
echo "$2" > "$1/over/upper/ld.so.preload"
mount -t overlay -o "lowerdir=/etc,upperdir=$1/over/upper,workdir=$1/over/work" moved-clock /etc
echo ready
exec sleep infinity
"""


class MovedClock:
    """Shows the machine's time until it is told otherwise. Ends with the stack, after the box."""

    def __init__(self, stack: ExitStack) -> None:
        folder = Path(tempfile.mkdtemp(prefix="moved-clock-"))
        stack.callback(shutil.rmtree, folder)
        folder.chmod(0o755)  # the box's accounts load it
        (folder / "over").mkdir()
        library = folder / "moved_clock.so"
        command.run("cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(library), str(_SOURCE))
        self._ahead = self._map(stack, Path(f"{library}.ahead"))
        self._place = command.start(["unshare", "--mount", "--", "sh", "-c", _PLACE, "sh", str(folder), str(library)],
                                    output=subprocess.PIPE, errors=None)
        stack.callback(command.stop, self._place)
        assert self._place.stdout is not None
        if self._place.stdout.readline() != b"ready\n":
            raise command.LabError("there is no place with a clock of its own; see above")

    @staticmethod
    def _map(stack: ExitStack, path: Path) -> mmap.mmap:
        path.write_bytes(struct.pack("q", 0))
        path.chmod(0o644)
        with open(path, "r+b") as file:
            return stack.enter_context(mmap.mmap(file.fileno(), 0))

    def through(self) -> tuple[str, ...]:
        """A command that starts a box under this clock."""
        return ("nsenter", f"--mount=/proc/{self._place.pid}/ns/mnt", "--")

    def goes_right(self) -> None:
        self.goes_ahead(timedelta())

    def goes_ahead(self, of_the_machine: timedelta) -> None:
        struct.pack_into("q", self._ahead, 0, round(of_the_machine.total_seconds()))

    def goes_to(self, moment: datetime) -> None:
        """Shows it now, and goes on from there."""
        self.goes_ahead(moment - datetime.fromtimestamp(time.time(), timezone.utc))
