"""The box's own records: JSON lines that the supervisor writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

from .waiting import wait_for

Record = dict[str, Any]


class Records:
    """Reads a growing file of records. Not thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._rest = b""
        self.seen: list[Record] = []

    def refresh(self) -> list[Record]:
        """All records so far."""
        if self._path.exists():
            with open(self._path, "rb") as log:
                log.seek(self._offset)
                self._rest += log.read()
                self._offset = log.tell()
        *lines, self._rest = self._rest.split(b"\n")
        self.seen += [json.loads(line) for line in lines if line]
        return self.seen

    def mark(self) -> int:
        """A place in the records; what comes later is `since` it."""
        return len(self.refresh())

    def since(self, mark: int, **fields: Any) -> list[Record]:
        """Records after a mark whose fields have these values."""
        return [record for record in self.refresh()[mark:] if all(record.get(k) == v for k, v in fields.items())]

    def wait(self, mark: int, seconds: float = 10, count: int = 1, **fields: Any) -> list[Record]:
        """Waits until `count` such records came after the mark."""
        def enough() -> list[Record] | None:
            found = self.since(mark, **fields)
            return found if len(found) >= count else None
        return wait_for(f"{count} record(s) with {fields}", enough, seconds)

    def wait_until(self, what: str, predicate: Callable[[list[Record]], bool], seconds: float = 10) -> None:
        wait_for(what, lambda: predicate(self.refresh()), seconds)
