"""Somebody with root changes the kernel under the box: it is recorded and undone within two seconds (ISO-01, ISO-09)."""

import time
import unittest
from contextlib import ExitStack

from lab import command
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_SECONDS = 2.0


class DriftIsNoticedAndUndone(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def _in(self, ground: str, *arguments: str) -> str:
        """A command in one of the box's namespaces, as root."""
        watcher = next(p for p in self.lab.box.status()["processes"] if p["name"] == f"watchd-{ground}")
        return command.run("nsenter", "-t", str(watcher["pid"]), "-n", "--", *arguments)

    def _undone(self, ground: str, change: list[str], look: list[str]) -> list[str]:
        """What was recorded about a change that is gone again in time."""
        before = self._in(ground, *look)
        mark = self.lab.box.records.mark()
        began = time.monotonic()
        self._in(ground, *change)
        wait_for(f"`{' '.join(change)}` to be undone", lambda: self._in(ground, *look) == before, 20)
        self.assertLess(time.monotonic() - began, _SECONDS)
        return [r["detail"] for r in self.lab.box.records.wait(mark, 10, event="network.drifted")]

    def test_flushed_rules_are_loaded_again(self) -> None:
        for ground in ("lan", "wan", "mgmt"):
            with self.subTest(ground):
                seen = self._undone(ground, ["nft", "flush", "ruleset"], ["nft", "-s", "-t", "list", "ruleset"])
                self.assertTrue(any(ground in detail for detail in seen), seen)

    def test_forwarding_is_switched_off_again(self) -> None:
        for setting in ("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"):
            with self.subTest(setting):
                seen = self._undone("lan", ["sysctl", "-qw", f"{setting}=1"], ["sysctl", "-n", setting])
                self.assertTrue(any("forward" in detail for detail in seen), seen)

    def test_one_rule_more_is_noticed(self) -> None:
        self._undone("wan", ["nft", "insert", "rule", "inet", "sekisho", "input", "accept"],
                     ["nft", "-s", "-t", "list", "ruleset"])

    def test_strange_addresses_and_routes_are_removed(self) -> None:
        interface = self.lab.site["network"]["wan"]["interface"]
        self._undone("wan", ["ip", "address", "add", "192.0.2.77/32", "dev", interface], ["ip", "-4", "-o", "address"])
        self._undone("wan", ["ip", "route", "add", "10.99.0.0/16", "dev", interface], ["ip", "-4", "route"])

    def test_a_session_does_not_notice(self) -> None:
        near, far = self.open(self.terminal("karte", "desk-1")), self.cloud.accept()
        self._undone("lan", ["nft", "flush", "ruleset"], ["nft", "-s", "-t", "list", "ruleset"])
        self._undone("wan", ["nft", "flush", "ruleset"], ["nft", "-s", "-t", "list", "ruleset"])
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")

    def test_a_publication_is_no_drift(self) -> None:
        mark = self.lab.box.records.mark()
        narrowed = self.site.changed()
        narrowed.tenant("karte")["listeners"][0]["port"] += 1
        for config in (narrowed.write(self.folder / "narrowed.yaml"), self.folder / "site.yaml"):
            self.assertTrue(self.lab.box.publish(config).accepted)
            self._wait_for_looks()
        self.assertEqual(self.lab.box.records.since(mark, event="network.drifted"), [])

    def _wait_for_looks(self) -> None:
        until = time.monotonic() + 3
        wait_for("three seconds to pass", lambda: time.monotonic() > until, 10)
        self.lab.box.status()  # what was recorded is in the log now

    def test_after_the_repair_there_is_rest(self) -> None:
        self._undone("lan", ["nft", "flush", "ruleset"], ["nft", "-s", "-t", "list", "ruleset"])
        mark = self.lab.box.records.mark()
        self._wait_for_looks()
        self.assertEqual(self.lab.box.records.since(mark, event="network.drifted"), [])


if __name__ == "__main__":
    unittest.main()
