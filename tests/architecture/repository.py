"""The repository as the architecture tests read it: its files, and C++ without comments and literals."""

from __future__ import annotations

import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Where the programs were built.
PROGRAMS = Path(os.environ.get("GW_BIN", ROOT / "build" / "dev" / "bin"))

_CPP = (".h", ".cpp")


@lru_cache(maxsize=None)
def files() -> tuple[str, ...]:
    """All files that are or could be committed, relative to the root."""
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, check=True, capture_output=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = list(_walk())  # a source archive has no index
    return tuple(sorted({name for name in listed if name and (ROOT / name).is_file()}))


def _walk() -> list[str]:
    found = []
    for folder, below, names in os.walk(ROOT):
        if Path(folder) == ROOT:
            below[:] = [name for name in below if name not in ("build", ".git")]
        below[:] = [name for name in below if name != "__pycache__"]
        found += [str((Path(folder) / name).relative_to(ROOT)) for name in names]
    return found


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def lost_tests(entries: list[str]) -> list[str]:
    """Of tests, each `FILE` or `FILE NAME`, those that do not exist."""
    def is_there(entry: str) -> bool:
        name, _, test = entry.partition(" ")
        return name in files() and (not test or re.search(rf"\b(test_)?{test}\b", read(name)) is not None)
    return [entry for entry in entries if not is_there(entry)]


def cpp_files(*folders: str) -> list[str]:
    """The C++ files beneath these folders."""
    return [name for name in files() if name.endswith(_CPP) and name.startswith(tuple(f + "/" for f in folders))]


_NOISE = re.compile(
    r"""//[^\n]*|/\*.*?\*/              # comments
      | R"([^()\s\\]*)\(.*?\)\1"        # raw strings
      | "(?:\\.|[^"\\\n])*"             # strings
      | (?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'   # characters, but not 1'000
    """,
    re.VERBOSE | re.DOTALL,
)


def bare(code: str) -> str:
    """C++ with comments and literals blanked; every position and line stays."""

    def blank(match: re.Match[str]) -> str:
        text = match.group(0)
        if text.startswith("/"):
            return re.sub(r"[^\n]", " ", text)
        return text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]

    return _NOISE.sub(blank, code)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


_PAIRS = {"(": ")", "[": "]", "{": "}"}


def closing(code: str, opening: int) -> int:
    """Where the bracket at `opening` closes, in bare code; its end if it does not."""
    depth = 0
    for position in range(opening, len(code)):
        if code[position] in "([{":
            depth += 1
        elif code[position] in ")]}":
            depth -= 1
            if depth == 0:
                return position
    return len(code)
