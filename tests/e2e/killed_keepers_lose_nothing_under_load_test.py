"""kill -9 of controld and of webd, over and over, with terminals and administrators at work: the terminals notice nothing, no
record of a session that ended is lost (LOG-01), and administrators are told when to come again."""

import json
import ssl
import threading
import unittest
from collections import Counter
from contextlib import ExitStack
from typing import Any

from lab import namespaces
from lab.waiting import wait_for
from support.administered_box import ADDRESS, NAME, PORT, AdministeredBox
from support.https_client import Ended, HttpsClient
from support.stream_load import StreamLoad, start
from support.tls_pipe import TlsPipe

_ROUNDS = 5
_LONG, _SHORT = 8, 4  # sessions that last, and sessions of each round that begin and end
_EACH = 300           # octets of a short one


class _Desk(threading.Thread):
    """An administrator's program that asks and asks, as often as it may. `said`: statuses that came, -1 where none did."""

    def __init__(self, test: "KilledKeepersLoseNothingUnderLoad", desk: str, targets: tuple[str, ...], cookie: str) -> None:
        super().__init__(daemon=True)
        self._test, self._desk, self._targets, self._cookie = test, desk, targets, cookie
        self._is_over = threading.Event()
        self.said: Counter[int] = Counter()
        self.without_a_time: list[str] = []

    def run(self) -> None:
        while not self._is_over.is_set():
            try:
                with self._test.client(self._desk) as client:
                    self._ask(client)
            except (OSError, ssl.SSLError, Ended):
                self.said[-1] += 1
                self._is_over.wait(0.1)

    def _ask(self, client: HttpsClient) -> None:
        for target in self._targets * 3:
            client.send(f"GET {target} HTTP/1.1\r\nHost: {NAME}:{PORT}\r\nCookie: __Host-sekisho={self._cookie}\r\n\r\n".encode())
            answer = client.receive()
            self.said[answer.status] += 1
            if answer.status == 503 and "retry-after" not in answer.headers and target != "/readyz":
                self.without_a_time.append(target)
            if answer.closes or self._is_over.wait(0.07):
                return

    def finish(self) -> None:
        self._is_over.set()
        self.join()


class KilledKeepersLoseNothingUnderLoad(AdministeredBox):
    context: ssl.SSLContext

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.context = ssl.create_default_context(cafile=str(cls.folder / "pki/management/box-ca.pem"))

    def client(self, desk: str) -> HttpsClient:
        return HttpsClient(lambda: namespaces.socket_in(self.lab.namespace("office")), (ADDRESS, PORT), desk, NAME, self.context)

    def _desks(self) -> list[_Desk]:
        """One who is signed in until controld dies, one who never was."""
        cookie = self.comes(self.first).token
        targets = ("/api/v1/records?limit=200", "/api/v1/session", "/api/v1/accounts", "/livez", "/readyz")
        desks = [_Desk(self, "", targets, cookie), _Desk(self, self.desk(31), targets, "")]
        for desk in desks:
            desk.start()
        return desks

    def _short(self) -> None:
        for number in range(_SHORT):
            near = self.open()
            near.send(number.to_bytes(4, "big"))
            far = self.cloud.accept()
            self.assertEqual(far.receive_exactly(4), number.to_bytes(4, "big"))
            self._moves(near, far)
            near.close()
            far.close()

    def _moves(self, near: TlsPipe, far: TlsPipe) -> None:
        near.send(b"x" * _EACH)
        self.assertEqual(far.receive_exactly(_EACH), b"x" * _EACH)

    def _closed(self) -> list[dict[str, Any]] | None:
        """Nothing while nobody can be asked."""
        done = self.lab.box.order("log", "list", "--last", "1000", "--event", "session.closed", "--tenant", "karte")
        return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else None

    def test_terminals_notice_nothing_and_no_record_is_lost(self) -> None:
        before = len(wait_for("somebody to ask", self._closed, 30))
        long: list[StreamLoad] = start([self.open() for _ in range(_LONG)], self.cloud)
        others = self.lab.box.pids()
        desks = self._desks()
        ended = 0
        for turn in range(_ROUNDS):
            for victim in ("controld", "webd"):
                killed = self.lab.box.strike(victim)
                self._short()
                ended += _SHORT
                wait_for(f"another {victim}", lambda: self.lab.box.own_pid(victim) not in (0, killed), 30)
                self.wait_until_administered()
            if turn == _ROUNDS // 2:
                ended += 1
                self.assertGreater(long.pop().finish(), 0)
        moved = [load.finish() for load in long]
        ended += len(long)
        self.assertTrue(all(moved), "octets went both ways, each where and as it was sent")
        self.assertEqual(self.lab.box.pids(), others)
        for desk in desks:
            desk.finish()
        self._judge(desks)
        self._assert_recorded(before, ended, moved)
        self.wait_until_administered()
        self.comes(self.first)

    def _judge(self, desks: list[_Desk]) -> None:
        for desk in desks:
            self.assertLessEqual(set(desk.said), {-1, 200, 401, 429, 503}, desk.said)
            self.assertGreater(desk.said[200], 10, desk.said)
            self.assertEqual(desk.without_a_time, [])
        self.assertGreater(desks[1].said[401], 0, "controld was asked in between")

    def _assert_recorded(self, before: int, ended: int, moved: list[int]) -> None:
        closed = wait_for("all of them", lambda: c if (c := self._closed()) is not None and len(c) >= before + ended else None, 60)
        closed = closed[before:]
        self.assertEqual(len(closed), ended)
        self.assertEqual(len({record["session"] for record in closed}), ended, "each has one of its own")
        kept = Counter((record["bytes_up"], record["bytes_down"]) for record in closed)
        self.assertEqual(kept[(4 + _EACH, 0)], 2 * _ROUNDS * _SHORT)
        for octets in moved:  # half of them each way, and a greeting of four
            self.assertGreaterEqual(kept[(octets // 2 + 4, octets // 2)], 1, kept)
        verdict = json.loads(self.lab.box.order("log", "verify", "--output", "json").stdout)
        self.assertTrue(verdict["intact"], verdict)


if __name__ == "__main__":
    unittest.main()
