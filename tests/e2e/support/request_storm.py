"""Several who ask the box whatever a RequestFuzz thinks of, each from desks of its own, and judge every answer."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Callable

from lab import namespaces
from lab.waiting import wait_for

from .administrator import Administrator
from .api_contract import Contract
from .https_client import Answer, Broken, Ended, HttpsClient
from .request_fuzz import RequestFuzz, Shot, Whoever

_PER_CONNECTION = 12
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_MOST_FLAWS = 40


@dataclass
class Seat:
    """Somebody who is signed in, at his desk. `shows_secrets`: he may be locked out for what he types."""

    who: Administrator
    desk: str
    role: str
    shows_secrets: bool = False
    is_empty: bool = False  # his codes are used up

    def as_whoever(self, spares: frozenset[str]) -> Whoever:
        return Whoever(self.who.token, self.who.csrf, self.shows_secrets, spares)

    def renew(self) -> None:
        """With one of his recovery codes."""
        self.is_empty = not self.who.recovery or self.who.sign_in(self.who.recovery.pop()).status != 201


@dataclass
class Tally:
    """What came of it all. Shared: each change of it is one step of the interpreter's."""

    budget: int
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    done_rightly: Counter[str] = field(default_factory=Counter)
    costly: set[str] = field(default_factory=set)  # operations that end the session of whoever asks: they are asked for once
    flaws: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def flaw(self, shot: Shot, words: str) -> None:
        if len(self.flaws) < _MOST_FLAWS:
            self.flaws.append(f"{shot.kind}: {words}\n    {shot.octets[:250]!r}")

    @property
    def is_over(self) -> bool:
        return self.asked >= self.budget or len(self.flaws) >= _MOST_FLAWS


class Asker(threading.Thread):
    def __init__(self, contract: Contract, at: tuple[str, int], host: str, context: ssl.SSLContext, namespace: str, seed: str,
                 seats: list[Seat], strangers_desks: list[str], tally: Tally, spares: frozenset[str]) -> None:
        super().__init__(daemon=True)
        self._contract = contract
        self._at, self._host, self._context, self._namespace = at, host, context, namespace
        self._fuzz = RequestFuzz(contract, f"{host}:{at[1]}", seed, tally.costly)
        self._seats, self._desks, self._tally, self._spares = seats, strangers_desks, tally, spares
        self._turn = 0
        self._free_at: dict[str, float] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            namespaces.enter(self._namespace)
            while not self._tally.is_over:
                self._take_a_turn()
        except BaseException as error:  # whoever started it raises it again
            self.failure = error

    def _take_a_turn(self) -> None:
        self._turn += 1
        seats = [seat for seat in self._seats if not seat.is_empty]
        if not seats or self._turn % 3 == 0:
            return self._at_desk(self._desks[self._turn // 3 % len(self._desks)], None)
        seat = seats[self._turn % len(seats)]
        return self._at_desk(seat.desk, seat)

    def _wait_for_leave(self, desk: str, requests: int) -> None:
        """The box takes twenty a second from one address; this asks for fewer, so that what is asked is looked at."""
        free = self._free_at.get(desk, 0.0)
        wait_for("the box to take more from the desk", lambda: time.monotonic() > free - 1, 30)
        self._free_at[desk] = max(free, time.monotonic()) + requests / 18

    def _at_desk(self, desk: str, seat: Seat | None) -> None:
        with ExitStack() as stack:
            client = stack.enter_context(HttpsClient(socket.socket, self._at, desk, self._host, self._context))
            left = _PER_CONNECTION
            while left > 0 and not self._tally.is_over:
                shot = self._fuzz.next(seat.as_whoever(self._spares) if seat else Whoever(spares=self._spares))
                left -= shot.requests
                self._wait_for_leave(desk, shot.requests)
                if not self._shoot(client, shot, seat):
                    return

    def _shoot(self, client: HttpsClient, shot: Shot, seat: Seat | None) -> bool:
        """False: the connection is of no use any more."""
        self._tally.asked += shot.requests
        self._tally.kinds[shot.kind] += shot.requests
        try:
            goes_on = self._exchange(client, shot, seat)
        except TimeoutError:
            self._tally.flaw(shot, "neither an answer nor an end")
            goes_on = False
        except Broken as broken:
            self._tally.flaw(shot, f"no HTTP: {broken}")
            goes_on = False
        return goes_on

    def _exchange(self, client: HttpsClient, shot: Shot, seat: Seat | None) -> bool:
        began = time.monotonic()
        client.send(shot.octets)
        if not shot.awaits:
            for status in _STATUS.findall(client.rest()):
                self._judge_status(shot, int(status))
            return False
        for method in shot.awaits:
            try:
                answer = client.receive(method)
            except Ended:
                if shot.is_whole:
                    self._tally.flaw(shot, "ended without an answer")
                return False
            self._tally.slowest = max(self._tally.slowest, time.monotonic() - began)
            self._judge(shot, answer, seat)
            if answer.closes:
                return False
        return not shot.closes

    def _judge_status(self, shot: Shot, status: int) -> None:
        self._tally.statuses[status] += 1
        if status >= 500 and not (status == 505 and not shot.is_of_this_version):
            self._tally.flaw(shot, f"status {status}")

    def _judge(self, shot: Shot, answer: Answer, seat: Seat | None) -> None:
        self._judge_status(shot, answer.status)
        body = self._body(shot, answer)
        if shot.operation and shot.operation.method == shot.awaits[0]:
            if flaw := self._contract.flaw_of(shot.operation, answer.status, answer.media, body):
                self._tally.flaw(shot, f"{flaw}: {answer.body[:300]!r}")
            if answer.status == shot.operation.status:
                self._tally.done_rightly[shot.operation.name] += 1
        took_the_cookie = "max-age=0" in answer.headers.get("set-cookie", "").lower()
        if seat and took_the_cookie and shot.kind != "header":
            if shot.operation and answer.status < 400:
                self._tally.costly.add(shot.operation.name)
            seat.renew()

    def _body(self, shot: Shot, answer: Answer) -> Any:
        if not answer.body or "json" not in answer.media:
            return answer.body.decode(errors="replace") or None
        try:
            return json.loads(answer.body)
        except ValueError:
            self._tally.flaw(shot, f"no JSON: {answer.body[:200]!r}")
            return None


def memory_of(pid: int) -> int:
    """What a process holds, in octets."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def storm(askers: list[Asker], tally: Tally, meanwhile: Callable[[], None]) -> None:
    """Until all that was to be asked is asked."""
    for asker in askers:
        asker.start()
    while any(asker.is_alive() for asker in askers):
        meanwhile()
        askers[0].join(0.5)
    for asker in askers:
        asker.join()
        if asker.failure:
            raise asker.failure
