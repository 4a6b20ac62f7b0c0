"""A terminal with a second path is told once with advice; where the segment refuses such, its session ends and stays away
until it is restored, while others go on (ISO-05, LAN-03)."""

import socket
import unittest
from contextlib import ExitStack

from lab import namespaces
from lab.command import run
from lab.records import Record
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site
from support.tls_pipe import TlsPipe, Truncated

_LINES = {"karte": "lan0", "imaging": "lan1"}


class SecondPathIsToldAndRefused(BoxTest):
    """On karte's segment terminals are refused, on imaging's they are only told."""

    ends: dict[str, CloudEnd]

    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["network"]["lan"][0]["second_path"] = "refuse_terminal"
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.ends = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def _send(self, tenant: str, whom: str) -> None:
        """A datagram that nobody waits for: the clinic's kernel must find the next on the way."""
        with namespaces.socket_in(self.lab.namespace(f"clinic-{tenant}"), socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"?", (whom, 9))

    def _look_for_another_way(self, tenant: str, event: str) -> Record:
        """The clinic's kernel asks its cable for the box, and for a gateway of another network, until there is a record."""
        interface, name = _LINES[tenant], self.lab.namespace(f"clinic-{tenant}") or ""
        run("ip", "-n", name, "address", "add", "192.168.7.2/24", "dev", interface)
        self.addCleanup(run, "ip", "-n", name, "address", "del", "192.168.7.2/24", "dev", interface)

        def told() -> list[Record] | None:
            run("ip", "-n", name, "neigh", "flush", "dev", interface)
            self._send(tenant, self.door(tenant).address)
            self._send(tenant, "192.168.7.1")
            return self.records(event) or None

        return wait_for(f"a record of {event}", told)[0]

    def _stops_looking(self, tenant: str) -> None:
        """The clinic's kernel asks no more for what it has not found."""
        run("ip", "-n", self.lab.namespace(f"clinic-{tenant}") or "", "neigh", "flush", "dev", _LINES[tenant], "nud", "all")

    def _session(self, tenant: str) -> tuple[TlsPipe, TlsPipe]:
        near = self.open(self.terminal(tenant), self.door(tenant))
        return near, self.ends[tenant].accept()

    def _moves(self, session: tuple[TlsPipe, TlsPipe]) -> bool:
        session[0].send(b"there")
        return session[1].receive_exactly(5) == b"there"

    def _is_refused(self, tenant: str) -> None:
        mark = self.lab.box.records.mark()
        with self.assertRaises((OSError, Truncated)):
            pipe = self.open(self.terminal(tenant), self.door(tenant))
            while pipe.receive():
                pass
        self.lab.box.records.wait(mark, 10, event="session.refused", reason="cut_off")

    def test_it_is_told_once_with_advice_and_nobody_is_refused_where_that_is_all(self) -> None:
        session = self._session("imaging")
        seen = self._look_for_another_way("imaging", "second_path.seen")
        self.assertEqual((seen["finding"], seen["interface"]), ("foreign_gateway", _LINES["imaging"]))
        self.assertEqual(seen["destination"], "192.168.7.1")
        self.assertIn("Remove its other router", seen["advice"])
        self._send("imaging", "192.168.7.1")
        self.lab.box.status()
        self.assertEqual(len(self.records("second_path.seen", finding="foreign_gateway")), 1)
        self.assertEqual(self.lab.box.status()["cuts"], [])
        self.assertTrue(self._moves(session))

    def test_its_session_ends_and_it_stays_away_until_it_is_restored(self) -> None:
        cut_off, stays = self._session("karte"), self._session("imaging")
        made = self._look_for_another_way("karte", "cut.made")
        with self.assertRaises((Truncated, ConnectionError)):
            while cut_off[0].receive():
                pass
        self.assertEqual(made["detail"], "second path: foreign_gateway")
        ended = self.wait_record("session.closed", reason="cut_off")
        self.assertEqual(made["name"], f"source {ended['source']}")
        self._is_refused("karte")
        self.assertTrue(self._moves(stays))

        self.assertTrue(self.lab.box.publish(self.site.write(self.folder / "site.yaml")).accepted)
        self._is_refused("karte")
        self.lab.box.stop()
        self.lab.box.start()
        self.assertEqual(self.lab.box.status()["cuts"], [{"what": "source", "tenant": "", "name": ended["source"]}])
        self._is_refused("karte")

        self._stops_looking("karte")
        done = self.lab.box.order("restore", "source", ended["source"], "--reason", "the phone is gone")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self._moves(self._session("karte")))

    def test_what_is_no_address_is_not_cut_off(self) -> None:
        done = self.lab.box.order("cut", "source", "desk-1", "--reason", "a test")
        self.assertEqual(done.returncode, 64)
        self.assertIn("write the address", done.stderr)


if __name__ == "__main__":
    unittest.main()
