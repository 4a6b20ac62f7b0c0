"""Files that the tests open again and again. The machine copies them into its memory: over its shared folders each opening
costs several journeys to a host that may be busy."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Iterable

_TOOLS = ("sh", "ip", "bridge", "nft", "sysctl", "nsenter", "setpriv", "cut", "grep", "openssl")
_TABLES = ("/etc/ld.so.cache", "/etc/nsswitch.conf", "/etc/passwd", "/etc/group")
_LIBRARY = re.compile(r"(/\S+) \(0x")


def libraries_in(listing: str) -> list[str]:
    """The files in what ldd says of a program."""
    return _LIBRARY.findall(listing)


def _libraries_of(program: str) -> list[str]:
    done = subprocess.run(["ldd", program], capture_output=True, text=True)
    return libraries_in(done.stdout) if done.returncode == 0 else []


def files_for(programs: Iterable[Path]) -> list[str]:
    """These programs, those of the product beside them, the tools that tests call, and all their libraries."""
    wanted = {str(program) for program in programs}
    wanted |= {str(beside) for program in programs for beside in program.parent.glob("sekisho*")}
    wanted |= {found for tool in _TOOLS if (found := shutil.which(tool)) is not None}
    wanted |= {library for program in list(wanted) for library in _libraries_of(program)}
    return sorted({str(Path(name).resolve()) for name in [*wanted, *_TABLES] if Path(name).is_file()})
