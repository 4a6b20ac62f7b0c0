"""Waiting is polling a predicate with a deadline; nothing here sleeps for a fixed time."""

from __future__ import annotations

import time
from typing import Callable, TypeVar

from .command import LabError

T = TypeVar("T")
_PAUSE = 0.02


def wait_for(what: str, predicate: Callable[[], T | None], seconds: float = 10) -> T:
    """The first value of `predicate` that is neither None nor False."""
    deadline = time.monotonic() + seconds
    while True:
        value = predicate()
        if value is not None and value is not False:
            return value
        if time.monotonic() > deadline:
            raise LabError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(_PAUSE)
