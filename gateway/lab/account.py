"""What the demo tells its reader, line by line, and whether all of it is as it must be."""

from __future__ import annotations


class Account:
    def __init__(self) -> None:
        self._wrong = 0

    @property
    def good(self) -> bool:
        return self._wrong == 0

    def title(self, text: str) -> None:
        print(f"\n{text}")

    def line(self, who: str, what: str, outcome: str, as_expected: bool) -> None:
        self._wrong += not as_expected
        mark = "  " if as_expected else "!!"
        print(f"{mark} {who:<16} {what:<42} {outcome}", flush=True)

    def verdict(self) -> str:
        if self.good:
            return "\nEverything went as it must."
        return f"\n{self._wrong} line(s) above, marked !!, are not as they must be."
