"""Good and broken requests without end, made from the API's own document: no fault of the box's own, no hang, no growth, and the
terminals notice nothing (ADM-11). `--requests N` asks for as many, `--seed TEXT` for others."""

import argparse
import socket
import ssl
import sys
import time
import unittest
from contextlib import ExitStack, suppress
from dataclasses import replace

from lab import namespaces
from support.administered_box import ADDRESS, NAME, PORT, AdministeredBox
from support.api_contract import Contract
from support.https_client import Ended, HttpsClient
from support.request_storm import Asker, Seat, Tally, memory_of, storm

_REQUESTS, _SEED = 6_000, "sekisho"
_ASKERS, _DESKS = 8, 12  # desks of strangers, for each asker
_WARM = 0.25             # of all requests: by then every buffer has been used, and every table is full
_GROWTH = 3 * 1024 * 1024
_CACHE = 16 * 1024 * 1024  # of controld's database (gateway/store/database.cpp): what was written lately is kept at hand
_MISSED = 0.1            # of what can be read: chance decides who asks for what
_SEATS = ("viewer", "clinic_admin", "approver", "auditor", "maintainer", "break_glass", "clinic_admin", "auditor")
_SESSIONS = 3            # of each of them; the last one is who types wrong passwords
# What these rights are used for is what the test looks for at the end.
_SPARES = frozenset(("cut", "restore", "session.end", "terminal.block", "backup.restore", "update.install"))
# A box proves its isolation an hour after its start, nobody sets this one up, and it takes a while to record packets.
_NOT_THERE_YET = {"isolation.proof", "setup.report", "captures.file"}


class ApiWithstandsWhateverIsAsked(AdministeredBox):
    contract: Contract
    context: ssl.SSLContext

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.contract = Contract(cls.first.ask("GET", "/openapi.json").json)
        cls.context = ssl.create_default_context(cafile=str(cls.folder / "pki/management/box-ca.pem"))

    def _client(self, desk: str, patience: float = 20) -> HttpsClient:
        return HttpsClient(lambda: namespaces.socket_in(self.lab.namespace("office")), (ADDRESS, PORT), desk, NAME, self.context, patience)

    # --- the storm

    def _askers(self, tally: Tally) -> list[Asker]:
        seats = []
        for number, role in enumerate(_SEATS):
            desks = [self.desk(20 + _SESSIONS * number + more) for more in range(_SESSIONS)]
            owner = self.made(f"seat-{number}", role, source=desks[0])
            others = [replace(owner, options=("--interface", desk), recovery=owner.recovery[more::_SESSIONS])
                      for more, desk in enumerate(desks)]
            for who in others[1:]:
                self.assertEqual(who.sign_in(who.recovery.pop()).status, 201)
            seats += [Seat(who, desk, role, shows_secrets=number == len(_SEATS) - 1) for who, desk in zip(others, desks)]
        desks = [self.desk(100 + number) for number in range(_ASKERS * _DESKS)]
        return [Asker(self.contract, (ADDRESS, PORT), NAME, self.context, str(self.lab.namespace("office")), f"{_SEED}-{number}",
                      seats[number::_ASKERS], desks[number::_ASKERS], tally, _SPARES) for number in range(_ASKERS)]

    def test_no_request_does_harm(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        tally = Tally(_REQUESTS)
        askers = self._askers(tally)
        processes = {name: self.lab.box.own_pid(name) for name in ("webd", "controld", "keyd")}
        others = self.lab.box.pids()
        warm: dict[str, int] = {}
        written = [0]

        def meanwhile() -> None:
            near.send(b"there")
            self.assertEqual(far.receive_exactly(5), b"there")
            if not warm and tally.asked > _WARM * tally.budget:
                warm.update({name: memory_of(pid) for name, pid in processes.items()})
                written[0] = self._written()

        began = time.monotonic()
        storm(askers, tally, meanwhile)
        seconds = time.monotonic() - began
        self._tell(tally, seconds, warm, {name: memory_of(pid) for name, pid in processes.items()})
        self.assertEqual(len(tally.flaws), 0, "\n".join(tally.flaws[:8]))
        self.assertGreaterEqual(tally.asked, _REQUESTS)
        self.assertLess(tally.slowest, 15)
        self.assertEqual({name: self.lab.box.own_pid(name) for name in processes}, processes, "none of them was started again")
        self.assertEqual(self.lab.box.pids(), others)
        cached = {"controld": min(self._written() - written[0], _CACHE)}
        for name, pid in processes.items():
            self.assertLess(memory_of(pid) - warm[name] - cached.get(name, 0), _GROWTH, (name, cached))
        self._assert_it_was_worth_it(tally)
        meanwhile()

    def _written(self) -> int:
        """Octets of the database."""
        return sum(file.stat().st_size for file in (self.lab.box.run_folder / "state" / "records").glob("records.db*"))

    def _assert_it_was_worth_it(self, tally: Tally) -> None:
        """Most of it was looked at, and a good part of it done."""
        self.assertLess(tally.statuses[429], 0.2 * tally.asked)
        readable = {one.name for one in self.contract.operations if one.is_readable} - _NOT_THERE_YET
        missed = readable - set(tally.done_rightly)
        self.assertLess(len(missed), _MISSED * len(readable), missed)

    @staticmethod
    def _tell(tally: Tally, seconds: float, warm: dict[str, int], now: dict[str, int]) -> None:
        kept = {name: f"{warm[name] >> 10} -> {now[name] >> 10} KiB" for name in now}
        print(f"{tally.asked} requests in {seconds:.0f} s, the slowest took {tally.slowest:.2f} s; {kept}\n"
              f"{dict(sorted(tally.statuses.items()))}\n{dict(tally.kinds)}\n{dict(tally.done_rightly)}", flush=True)

    # --- those who say nothing

    def test_whoever_holds_connections_and_says_nothing_is_sent_away_and_others_are_served(self) -> None:
        held = []
        for number in range(10):
            for _ in range(8):
                with suppress(OSError, ssl.SSLError):
                    held.append(self._silent(self.desk(200 + number)))
        began = time.monotonic()
        late = self.somebody("nobody", source=self.desk(240))
        late.options += ("--max-time", "60")
        self.assertEqual(late.ask("GET", "/livez", root="").status, 200)
        self.assertLess(time.monotonic() - began, 30, "the others' time was over")
        for one in held:
            self.assertTrue(self._is_over(one))

    def _silent(self, desk: str) -> socket.socket:
        """Says the beginning of a TLS handshake."""
        plain: socket.socket = namespaces.socket_in(self.lab.namespace("office"))
        self.addCleanup(plain.close)
        plain.settimeout(30)
        plain.bind((desk, 0))
        plain.connect((ADDRESS, PORT))
        plain.send(b"\x16\x03\x01")
        return plain

    @staticmethod
    def _is_over(one: socket.socket) -> bool:
        """What it hears last is that it took too long, if anything."""
        with suppress(ConnectionError):
            while one.recv(100):
                pass
        return True

    def test_half_a_request_is_not_waited_for(self) -> None:
        for words in (b"GET /livez HT", b"POST /api/v1/session HTTP/1.1\r\nHost: " + f"{NAME}:{PORT}".encode() + b"\r\nContent-Length: 9\r\n\r\n{"):
            with self.subTest(words[:5]):
                with self._client(self.desk(30), patience=25) as client:
                    client.send(words)
                    with self.assertRaises(Ended):  # and not TimeoutError
                        client.receive()


def _arguments() -> list[str]:
    global _REQUESTS, _SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=_REQUESTS)
    parser.add_argument("--seed", default=_SEED)
    given, others = parser.parse_known_args()
    _REQUESTS, _SEED = given.requests, given.seed
    return [sys.argv[0], *others]


if __name__ == "__main__":
    unittest.main(argv=_arguments())
