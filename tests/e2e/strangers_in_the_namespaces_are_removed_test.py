"""Whoever gets a socket or a fixed neighbour into one of the box's namespaces loses it, and it is recorded (ISO-01, ISO-04,
WLS-01); a session that runs does not notice."""

import socket
import time
import unittest
from collections.abc import Callable
from contextlib import ExitStack

from lab import command
from lab.waiting import wait_for
from support import box_inside
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_SECONDS = 2.0  # from a notice of the kernel's to the repair
_MINUTE = 75.0  # the kernel tells nobody of a socket: the look that comes each minute finds it
_PORT = 54321


class StrangersInTheNamespacesAreRemoved(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def _path(self, ground: str) -> str:
        watcher = next(p for p in self.lab.box.status()["processes"] if p["name"] == f"watchd-{ground}")
        return f"/proc/{watcher['pid']}/ns/net"

    def _in(self, ground: str, *arguments: str) -> str:
        return command.run("nsenter", f"--net={self._path(ground)}", "--", *arguments)

    def _wait_recorded(self, text: str, patience: float, event: str = "network.drifted") -> None:
        def recorded() -> bool:
            return any(text in r["detail"] for r in self.lab.box.records.since(self.mark, event=event))
        wait_for(f"a {event} that says `{text}`", recorded, patience)

    def _session(self) -> Callable[[], None]:
        """What moves a byte over a session that stood before."""
        near, far = self.open(self.terminal("karte", "desk-1")), self.cloud.accept()

        def moves() -> None:
            near.send(b"there")
            self.assertEqual(far.receive_exactly(5), b"there")
        moves()
        return moves

    def _stray(self, ground: str, family: int, kind: int) -> socket.socket:
        made = box_inside.socket_at(self._path(ground), family, kind)
        self.addCleanup(made.close)
        made.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", _PORT))
        if kind == socket.SOCK_STREAM:
            made.listen()
        return made

    def test_neighbours_that_were_set_by_hand_are_gone_in_two_seconds(self) -> None:
        moves = self._session()
        for ground, interface, address in (("lan", "lan0", "10.255.255.7"), ("wan", "wan0", "2001:db8:ffff::7")):
            with self.subTest(ground):
                began = time.monotonic()
                self._in(ground, "ip", "neigh", "add", address, "lladdr", "02:00:00:00:00:07", "dev", interface, "nud", "permanent")
                wait_for("the neighbour to go", lambda: self._in(ground, "ip", "neigh", "show", "nud", "permanent") == "", 20)
                self.assertLess(time.monotonic() - began, _SECONDS)
                self._wait_recorded(f"{ground}: neighbour {address} on {interface} is not ours", 10)
        moves()

    def test_stray_listeners_are_closed_within_a_minute_and_the_boxs_own_stay(self) -> None:
        moves = self._session()
        for ground in ("lan", "wan", "mgmt"):
            self._stray(ground, socket.AF_INET, socket.SOCK_STREAM)
            self._stray(ground, socket.AF_INET6, socket.SOCK_DGRAM)  # the kernel closes none that was bound
        own = self._in("lan", "ss", "-Htln", f"sport != :{_PORT}")
        self.assertIn(":9000", own)
        for ground in ("lan", "wan", "mgmt"):
            with self.subTest(ground):
                self._wait_recorded(f"{ground}: listening TCP socket 0.0.0.0:{_PORT} of account 0 is not ours", _MINUTE)
                self.assertEqual(self._in(ground, "ss", "-Htln", f"sport = :{_PORT}"), "")
                self._wait_recorded(f"{ground}: UDP socket [::]:{_PORT} of account 0 is not ours", 10, "network.differs")
        self.assertEqual(self._in("lan", "ss", "-Htln"), own)
        moves()
        self._session()

    def test_socket_in_front_of_the_rules_is_told_once(self) -> None:
        packet = box_inside.socket_at(self._path("wan"), socket.AF_PACKET, socket.SOCK_RAW)
        self.addCleanup(packet.close)
        for host in (7, 8):  # each makes the box look
            self._in("wan", "ip", "neigh", "add", f"192.0.2.{host}", "lladdr", "02:00:00:00:00:07", "dev", "wan0", "nud", "permanent")
            self._wait_recorded(f"neighbour 192.0.2.{host}", 10)
        told = self.lab.box.records.since(self.mark, event="network.differs")
        self.assertEqual([r["detail"].split(" and ")[0] for r in told], ["wan: packet socket of account 0 is not ours"])


if __name__ == "__main__":
    unittest.main()
