#!/usr/bin/env python3
"""What it costs a box to be watched: a hundred sessions a second, first with nobody to be told and then with an operations centre, a round a minute.
Counted are the agents (whom the supervisor has buried), the dialer that is theirs, what controld works more than before, and every octet that goes to
the centre or comes from it, headers and acknowledgements with them. CPU time is what the kernel says, so that a busy machine makes it slow and not
wrong; a machine that cannot make the sessions says how many there were.

  sudo GW_BIN=build/release/bin PYTHONPATH=gateway:certs:tests/e2e /usr/bin/python3 -B tests/bench/telemetry_cost.py"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from lab import command, namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.noc_end import NocEnd
from support.site import KARTE, Site
from support.tls_pipe import TlsPipe, Truncated

_RATE = float(os.environ.get("BENCH_RATE", "100"))  # sessions a second
_SECONDS = float(os.environ.get("BENCH_SECONDS", "240"))  # of each window: four rounds
_MOST_CPU, _MOST_BITS = 0.01, 64_000  # of one core; a second
_WORKERS = 16
_TICK = os.sysconf("SC_CLK_TCK")
_UNLIMITED = {"sessions": 20000, "sessions_per_terminal": 20000, "sessions_per_source": 20000, "handshakes": 4096, "connections": "100000 per s",
              "connections_per_terminal": "100000 per s", "connections_per_source": "100000 per s"}
_COUNTERS = """
table ip centre {{
  counter told {{ }}
  counter heard {{ }}
  chain in {{ type filter hook input priority 0; ip daddr {address} counter name told; }}
  chain out {{ type filter hook output priority 0; ip saddr {address} counter name heard; }}
}}
"""


class Spent(NamedTuple):
    """Since the box began: seconds of CPU, octets, sessions."""

    buried: float
    dialer: float
    controld: float
    octets: int
    sessions: int

    def since(self, before: Spent) -> Spent:
        return Spent(*(now - then for now, then in zip(self, before)))


def _ticks(pid: int, first: int) -> float:
    """Two fields of /proc/PID/stat, of which the fourteenth is the time in user mode, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[first - 3]) + int(fields[first - 2])) / _TICK


class TelemetryCost(BoxTest):
    WRONG_CERTIFICATES = False
    TENANTS = (KARTE,)
    _tenants = ("karte",)
    noc: NocEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        changed = site.changed()
        for tenant in changed.tree["tenants"]:
            tenant["limits"] = _UNLIMITED
        return changed

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        namespace = cls.lab.namespace("cloud")
        cls.noc = NocEnd(namespace, cls.folder.parent / "noc", cls.folder)
        cls.noc.start(stack)
        cls.cloud = cls.cloud_end(stack)
        counters = cls.folder.parent / "counters.nft"
        counters.write_text(_COUNTERS.format(address=NocEnd.ADDRESS))
        command.run("nft", "-f", str(counters), namespace=namespace)

    # --- sessions

    def _one_session(self, context: object, number: int) -> None:
        door, terminal = self.door(), self.terminal()
        plain = namespaces.socket_in(terminal.namespace)
        try:
            plain.settimeout(30)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.connect((door.address, door.port))
            pipe = TlsPipe(plain, context, door.server_name).handshake()
            pipe.send(number.to_bytes(8, "big") * 32)
            pipe.finish_sending()
            with suppress(Truncated, OSError):
                pipe.receive_all()
            self._done.append(number)
        finally:
            plain.close()

    def _serve(self) -> None:
        """The cloud answers each session with what it was told."""
        while not self._stop.is_set():
            with suppress(Exception):  # nobody came in time: the next one may
                far = self.cloud.accept()
                with suppress(Truncated, OSError):
                    far.send(far.receive())
                    far.finish_sending()
                    far.receive_all()
                far.close()

    def _work(self, first: int, begun: float) -> None:
        context = self.terminal().context(self.door())
        number = first
        while not self._stop.is_set():
            due = begun + number / _RATE
            if self._stop.wait(max(0, due - time.monotonic())):
                return
            try:
                self._one_session(context, number)
            except (OSError, Truncated) as trouble:
                self._failed.append(str(trouble))
            number += _WORKERS

    def setUp(self) -> None:
        super().setUp()
        self._stop, self._done, self._failed = threading.Event(), [], []
        begun = time.monotonic()
        workers = [threading.Thread(target=self._work, args=(first, begun)) for first in range(_WORKERS)]
        workers += [threading.Thread(target=self._serve, daemon=True) for _ in range(_WORKERS)]
        for worker in workers:
            worker.start()
        self.addCleanup(lambda: [worker.join() for worker in workers[:_WORKERS]])
        self.addCleanup(self._stop.set)

    # --- what they cost

    def _octets(self) -> int:
        said = command.run("nft", "-j", "list", "counters", "table", "ip", "centre", namespace=self.lab.namespace("cloud"))
        return sum(one["counter"]["bytes"] for one in json.loads(said)["nftables"] if "counter" in one)

    def _spent(self) -> Spent:
        processes = self.lab.box.status()["processes"]
        dialers = [one["pid"] for one in processes if one["name"].startswith("dialerd") and one["pid"] and one["tenant"] not in self._tenants]
        return Spent(_ticks(self.lab.box.pid, 16), sum(_ticks(pid, 14) for pid in dialers), _ticks(self.lab.box.own_pid("controld"), 14), self._octets(),
                     len(self._done))

    def _window(self) -> tuple[Spent, float]:
        before, begun = self._spent(), time.monotonic()
        time.sleep(_SECONDS)
        return self._spent().since(before), time.monotonic() - begun

    def _proofs(self) -> int:
        """Those who prove the isolation after a publication are buried as well, and are no telemetry."""
        return sum(record["event"] == "isolation.proved" for record in self.lab.box.records.refresh())

    def _reached(self) -> bool:
        told = [record["event"] for record in self.lab.box.records.refresh() if record["event"].startswith("noc.")]
        return told[-1:] == ["noc.reached"]

    def test_to_be_watched_costs_a_hundredth_of_a_core_and_64_kbit_a_second(self) -> None:
        alone, alone_for = self._window()
        proofs = self._proofs()
        published = self.lab.box.publish(NocEnd.told_by(self.site, "60 s").write(self.folder / "told.yaml"))
        self.assertTrue(published.accepted, published.text)
        wait_for("the operations centre to be reached", self._reached, 90)
        wait_for("the proof of isolation", lambda: self._proofs() > proofs, 240)
        watched, watched_for = self._window()
        self.assertEqual(self._failed[:3], [])
        more = watched.controld / watched.sessions * _RATE - alone.controld / alone.sessions * _RATE
        agents = watched.buried / watched_for  # and whoever else was buried
        dialer = watched.dialer / watched_for
        bits = 8 * watched.octets / watched_for
        print(f"sessions a second: {alone.sessions / alone_for:.1f} alone, {watched.sessions / watched_for:.1f} watched; reckoned for {_RATE:.0f}\n"
              f"agents {agents:.3%}, their dialer {dialer:.3%}, controld {alone.controld / alone_for:.2%} alone and {more:+.3%} watched, of one core\n"
              f"to and from the centre: {bits / 1000:.1f} kbit/s", flush=True)
        self.assertGreater(watched.octets, 1000, "nothing was told")
        self.assertGreater(agents, 0, "no agent was buried")
        self.assertLess(agents + dialer + max(more, 0), _MOST_CPU)
        self.assertLess(bits, _MOST_BITS)


if __name__ == "__main__":
    unittest.main()
