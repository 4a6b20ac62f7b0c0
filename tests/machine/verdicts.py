"""What came of an order. Only a test that ran, and ended well, has passed: one that left itself out has not."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
_LEFT_OUT = re.compile(r"\[  SKIPPED \]|\bskipped=\d")  # GoogleTest; unittest
_NOTHING = re.compile(r"^Running 0 tests|\] Running 0 tests|^Ran 0 tests", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    passed: bool
    how: str


def _failed(how: str) -> Verdict:
    return Verdict(False, how)


def of(ending: Json | None, output: str) -> Verdict:
    """`ending` is what inside.py wrote of it; None if there is nothing."""
    if ending is None:
        return _failed("has no result: the machine ended before it")
    seconds = ending["seconds"]
    if ending["status"] is None:
        return _failed(f"was ended after {seconds:.0f} s")
    if ending["status"] < 0:
        return _failed(f"died of {signal.Signals(-ending['status']).name}")
    if ending["status"] != 0:
        return _failed(f"ended with status {ending['status']}")
    if _LEFT_OUT.search(output):
        return _failed("left itself out")
    if _NOTHING.search(output):
        return _failed("ran no test")
    return Verdict(True, f"{seconds:.1f} s")
