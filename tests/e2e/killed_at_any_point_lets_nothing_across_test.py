"""Power goes, or a process is killed, at pseudo-random points of start and publication, under fire from all sides: no
packet crosses, the box answers none, no process of it is left, and what is left is closed: its namespaces with their
interfaces and their rules, from which the next start goes on (W2, W3, W7, ISO-01, ISO-03). The seed is printed; GW_SEED
repeats a run."""

import os
import random
import signal
import subprocess
import threading
import time
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path

from lab import command, namespaces
from lab.waiting import wait_for
from support import box_inside, remains
from support.box_test import BoxTest
from support.crossfire import Crossfire
from support.site import Site

_STARTS, _PUBLICATIONS = 60, 40
_GONE, _HEALED, _COMING = 30, 60, 0.5
_BEYOND = 1.3  # points reach this far past the usual end of what they interrupt
_CLOSED = {"input", "forward", "output"}
_FIRST = "conf-compile"  # lives for some milliseconds, where others begin
_KINDS = ("supervisor", "net-apply", "conf-compile", "proxyd", "dialerd", "watchd")


def _pass(seconds: float) -> None:
    threading.Event().wait(seconds)  # a point in time, not a wait for something


class KilledAtAnyPointLetsNothingAcross(BoxTest):
    fire: Crossfire
    dice: random.Random
    others: list[Path]

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.with_ipv6()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        seed = int(os.environ.get("GW_SEED", random.SystemRandom().randrange(2**32)))
        print(f"GW_SEED={seed}", flush=True)
        cls.dice = random.Random(seed)
        remains.adopt_orphans()
        other = cls.site.changed()
        for tenant in other.tree["tenants"]:
            for listener in tenant["listeners"]:
                listener["port"] += 1
        cls.others = [other.write(cls.folder / "other.yaml"), cls.folder / "site.yaml"]
        services = [a for t in cls.lab.site["tenants"] for s in t["services"] for a in s["upstream"].get("addresses", [])]
        cls.lab.box.kill()
        cls.fire = Crossfire(cls.lab, services)
        cls._plug()
        cls.fire.start()
        stack.callback(cls.fire.stop)

    @classmethod
    def _plug(cls) -> None:
        assert cls.lab.neighbourhood is not None
        cls.lab.neighbourhood.plug_box()

    def _start(self) -> None:
        """With new cables as at power-on, or with those that hang in what the box before left."""
        if self.dice.random() < 0.5:
            self._plug()
            self.fire.aim_from_the_cloud()
        self.lab.box.launch()

    def setUp(self) -> None:
        super().setUp()
        self.known = remains.children(os.getpid())
        self.crossed, self.answered = self.fire.crossed(), self.fire.answered()

    # --- what must hold after each point

    def _kill_box(self, point: str) -> None:
        self.lab.box.kill()
        wait_for("all processes of the box to be gone", lambda: not remains.orphans(self.known), _GONE)
        for name, path in box_inside.pinned(self.lab.box.run_folder).items():
            if box_inside.interfaces_at(path):
                self.assertEqual(box_inside.closed_hooks_at(path), _CLOSED, f"ns {name} at {point}")
        self._assert_nothing_crossed(point)

    def _assert_nothing_crossed(self, point: str) -> None:
        self.assertTrue(self.fire.running())
        self.assertEqual(self.fire.crossed(), self.crossed, f"at {point}")
        self.assertEqual(self.fire.answered(), self.answered, f"at {point}")

    # --- points

    def _kill_one(self, kind: str) -> str:
        """kill -9 of a process of this kind, at once or as soon as there is one; of any if none comes."""
        wanted = self._wait_for_one(kind) or list(remains.children(self.lab.box.pid))
        if not wanted:
            return "nobody"
        victim = self.dice.choice(sorted(wanted))
        name = remains.name_of(victim)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        return name

    def _wait_for_one(self, kind: str) -> list[int]:
        until = time.monotonic() + _COMING
        while time.monotonic() < until and self.lab.box.running():
            if found := [pid for pid in remains.children(self.lab.box.pid) if remains.name_of(pid) == kind]:
                return found
            _pass(0.001)
        return []

    def _usual_start(self) -> float:
        began = time.monotonic()
        self._start()
        self.lab.box.wait_until_serving()
        return time.monotonic() - began

    def test_killed_while_it_starts(self) -> None:
        usual = self._usual_start()
        self._kill_box("rest")
        for number in range(_STARTS):
            kind = self.dice.choice(_KINDS)
            first, second = sorted(self.dice.uniform(0, usual * _BEYOND) for _ in range(2))
            if kind == _FIRST:
                first = 0
            self._start()
            _pass(first)
            if kind != "supervisor":
                kind = self._kill_one(kind)
            _pass(second - first)
            self._kill_box(f"start {number}: {kind} after {first:.3f} s, then all after {second:.3f} s")

    def _publish(self, config: Path) -> "subprocess.Popen[bytes]":
        return command.start([str(Path(os.environ["GW_BIN"]) / "sekisho"), "config", "publish", str(config), "--reason",
                              "as the test says", "--socket", str(self.lab.box.control)])

    def _usual_publication(self) -> float:
        began = time.monotonic()
        self.assertEqual(self._publish(self.others[0]).wait(_HEALED), 0)
        return time.monotonic() - began

    def test_killed_while_it_publishes(self) -> None:
        self._usual_start()
        usual = self._usual_publication()
        for number in range(_PUBLICATIONS):
            kind = self.dice.choice(_KINDS)
            moment = 0 if kind == _FIRST else self.dice.uniform(0, usual * _BEYOND)
            publication = self._publish(self.others[number % 2 == 0])
            _pass(moment)
            if kind == "supervisor":
                self._kill_box(f"publication {number}: all after {moment:.3f} s")
                self._usual_start()
            else:
                kind = self._kill_one(kind)
                wait_for("the box to heal", self.lab.box.serving, _HEALED)
            publication.wait(_HEALED)
            self.lab.box.order("config", "rollback", "--reason", "its author was cut off")  # if it waits to be confirmed
            self._assert_nothing_crossed(f"publication {number}: {kind} after {moment:.3f} s")
        self._kill_box("rest")

    # --- what a killed box leaves

    def test_killed_box_leaves_its_interfaces_behind_closed_rules(self) -> None:
        self._usual_start()
        self._kill_box("rest")
        left = {name: box_inside.interfaces_at(path) for name, path in box_inside.pinned(self.lab.box.run_folder).items()}
        self.assertEqual(left, {"lan": {"lan0", "lan1"}, "wan": {"wan0"}, "mgmt": set()})
        self.lab.box.start()
        self.wait_record("box.found_closed")
        self.lab.box.stop()
        for name, path in box_inside.pinned(self.lab.box.run_folder).items():
            self.assertEqual(box_inside.closed_hooks_at(path), _CLOSED, name)
            self.assertNotIn("openings", box_inside.run_at(path, "nft", "list", "ruleset"), "the rules of a box that ended")
        self._assert_nothing_crossed("the end")

    # --- and the same fire where a router stands in the box's place

    def test_same_fire_crosses_a_router(self) -> None:
        self._plug()
        self.fire.aim_from_the_cloud()
        box = self.lab.namespace("box")
        assert box is not None
        for name in ("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"):
            command.run("sysctl", "-qw", f"{name}=1", namespace=box)
        network = self.lab.site["network"]
        for line in (*network["lan"], network["wan"]):
            command.run("ip", "-n", box, "link", "set", line["interface"], "up")
            for address in line["addresses"]:
                namespaces.add_address(box, line["interface"], address)
        wanted = {"clinic-karte", "clinic-imaging", "cloud"}
        wait_for("packets to cross everywhere", lambda: self.fire.crossed().keys() >= wanted, _GONE)
        wait_for("answers from everywhere", lambda: self.fire.answered().keys() >= wanted, _GONE)
        self.assertTrue(all(count > 0 for count in self.fire.sent().values()))


if __name__ == "__main__":
    unittest.main()
