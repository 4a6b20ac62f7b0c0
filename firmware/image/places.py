"""Where a build reads and writes, and the one time that stands in everything it makes."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SUITE = "trixie"


@dataclass(frozen=True)
class Places:
    root: Path  # of the repository
    out: Path
    keys: Path
    work: Path

    @property
    def firmware(self) -> Path:
        return self.root / "firmware"

    def make(self) -> None:
        for folder in (self.out, self.keys, self.work):
            folder.mkdir(parents=True, exist_ok=True)
        self.keys.chmod(0o700)

    def epoch(self) -> int:
        """SOURCE_DATE_EPOCH, else the last commit's time, else that of the changelog: as for the programs (gateway/base)."""
        given = os.environ.get("SOURCE_DATE_EPOCH")
        if given:
            return int(given)
        told = subprocess.run(["git", "-C", str(self.root), "log", "-1", "--format=%ct"], capture_output=True, text=True)
        return int(told.stdout) if told.stdout.strip() else int((self.root / "CHANGELOG.md").stat().st_mtime)

    def version(self) -> str:
        """The first one in the packages' changelog."""
        line = (self.firmware / "packages" / "debian" / "changelog").read_text(encoding="utf-8").split("\n", 1)[0]
        return line[line.index("(") + 1:line.index(")")]
