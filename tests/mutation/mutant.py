"""A wall taken away: one exact text of one file replaced, and the tests that must not stay green."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Mutant(NamedTuple):
    name: str
    control: str      # the demand the wall serves, as in gateway/doc/controls.txt
    file: str
    text: str         # stands exactly once in the file
    instead: str
    targets: str      # what must be built, separated by spaces
    tests: str        # a regular expression over ctest's names; one of them at least must fail

    def occurrences(self, root: Path = ROOT) -> int:
        path = root / self.file
        return path.read_text(encoding="utf-8").count(self.text) if path.is_file() else 0

    def unfit(self, root: Path = ROOT) -> str | None:
        """Why it can no longer be applied."""
        found = self.occurrences(root)
        return None if found == 1 else f"{self.name}: its text stands {found} times in {self.file}, not once"
