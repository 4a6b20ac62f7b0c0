"""Sessions that move numbered data both ways until they are told to stop, and that notice any octet lost."""

from __future__ import annotations

import hashlib
import itertools
import threading
from typing import Callable, Iterator

from .cloud_end import CloudEnd
from .tls_pipe import TlsPipe

_BLOCK = 8192
_PAUSE = 0.01  # seconds between blocks: often something under way, and time left for what is tested beside it


def _blocks(seed: int) -> Iterator[bytes]:
    """An endless stream in which no block is like another."""
    for number in itertools.count():
        yield hashlib.sha256(f"{seed}/{number}".encode()).digest() * (_BLOCK // 32)


class StreamLoad:
    """One session: the terminal sends a block, the cloud checks it and sends it back, the terminal checks it."""

    def __init__(self, near: TlsPipe, far: TlsPipe, seed: int) -> None:
        self._near, self._far, self._seed = near, far, seed
        self._stop = threading.Event()
        self._failure: BaseException | None = None
        self.octets = 0
        self._threads = [threading.Thread(target=self._guard, args=(work,)) for work in (self._ask, self._answer)]
        for thread in self._threads:
            thread.start()

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:
            self._failure = self._failure or failure

    def _ask(self) -> None:
        for block in _blocks(self._seed):
            if self._stop.wait(_PAUSE):
                break
            self._near.send(block)
            if self._near.receive_exactly(len(block)) != block:
                raise AssertionError("octets changed on their way")
            self.octets += 2 * len(block)
        self._near.finish_sending()
        if self._near.receive() != b"":
            raise AssertionError("octets after the end")

    def _answer(self) -> None:
        while block := self._far.receive():
            self._far.send(block)
        self._far.finish_sending()

    def finish(self) -> int:
        """Ends in order; raises what went wrong on either side. Returns how many octets went both ways."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failure is not None:
            raise self._failure
        return self.octets


def start(near: list[TlsPipe], cloud: CloudEnd) -> list[StreamLoad]:
    """A load on each session; the sessions find their far ends by a greeting."""
    for number, pipe in enumerate(near):
        pipe.send(number.to_bytes(4, "big"))
    ends = [cloud.accept() for _ in near]
    far = {int.from_bytes(end.receive_exactly(4), "big"): end for end in ends}
    return [StreamLoad(pipe, far[number], number) for number, pipe in enumerate(near)]
