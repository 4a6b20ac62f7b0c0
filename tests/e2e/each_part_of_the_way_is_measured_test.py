"""A slow resolver makes the figure of a service's name grow, and a slow service that of its connection: neither the other's (N-21)."""

import re
import unittest
from contextlib import ExitStack

from lab import command
from lab.records import Record
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import ServiceSpec, TenantSpec

_NAMED = ServiceSpec("named", 9002, 9002, addresses=())
_ENOUGH = 900  # milliseconds: after a second the box asks a resolver again, and the kernel a server that did not answer


class EachPartOfTheWayIsMeasured(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (_NAMED,)),)
    WRONG_CERTIFICATES = False
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte", "named")

    def _nft(self, script: str) -> None:
        command.run("nft", script, namespace=self.lab.namespace("cloud"))

    def _times(self, silent: str = "", least: int = 0) -> tuple[int, int]:
        """Of a new session: what its service's name took and what the connection, in milliseconds. What fits `silent` is dropped before
        the cloud until so many packets were."""
        mark = self.lab.box.records.mark()
        if silent:
            self._nft(f"table inet slow {{ chain in {{ type filter hook input priority -10; {silent} counter drop; }}; }}")
        try:
            session = self.open(door=self.door(service="named"))
            if silent:
                wait_for("the box to ask in vain", lambda: self._dropped() >= least or None, 20)
        finally:
            if silent:
                self._nft("delete table inet slow")
        self.cloud.accept_of(session)
        opened: Record = self.lab.box.records.wait(mark, 20, event="session.opened")[-1]
        session.close()
        return opened["resolve_ms"], opened["dial_ms"] - opened["resolve_ms"]

    def _dropped(self) -> int:
        listed = command.run("nft", "list", "table", "inet", "slow", namespace=self.lab.namespace("cloud"))
        found = re.search(r"packets (\d+)", listed)
        return int(found[1]) if found else 0

    def test_1_a_slow_resolver_is_the_names_time(self) -> None:
        """Before the name is known: it counts for five seconds at least."""
        name, connection = self._times("udp dport 53", 2)
        self.assertGreaterEqual(name, _ENOUGH)
        self.assertLess(connection, _ENOUGH)

    def test_2_a_slow_service_is_the_connections_time(self) -> None:
        name, connection = self._times("tcp dport 9002", 1)
        self.assertLess(name, _ENOUGH)
        self.assertGreaterEqual(connection, _ENOUGH)

    def test_3_neither_is_slow(self) -> None:
        name, connection = self._times()
        self.assertLess(name + connection, _ENOUGH)


if __name__ == "__main__":
    unittest.main()
