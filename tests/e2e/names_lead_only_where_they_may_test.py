"""The box resolves cloud names itself; a name that leads into the clinic or nowhere gives no session,
and one that turns there is followed no longer (W8)."""

import os
import signal
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path

from lab.services.names import NameServer
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.site import ServiceSpec, TenantSpec
from support.cloud_end import CloudEnd
from support.tls_pipe import Truncated

_NAMED = ServiceSpec("named", 9000, 9000, addresses=())
_INWARD = ServiceSpec("inward", 9001, 9001, addresses=())
_TURNING = ServiceSpec("turning", 9003, 9003, addresses=())
_NOWHERE = ServiceSpec("nowhere", 9002, 9002, addresses=())


_RESOLVER = "198.51.100.53"
_DECISIONS = ("session.opened", "session.refused")


class NamesLeadOnlyWhereTheyMay(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (_NAMED, _INWARD, _NOWHERE, _TURNING)),)
    cloud: CloudEnd
    turning: CloudEnd

    @classmethod
    def names(cls, names: dict[str, list[str]]) -> dict[str, list[str]]:
        del names["nowhere.karte.cloud.example"]
        return names | {"inward.karte.cloud.example": ["10.11.1.77"]}

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte", "named")
        cls.turning = cls.cloud_end(stack, "karte", "turning")

    def _refusal(self, service: str) -> str:
        session = self.open(door=self.door("karte", service))
        with self.assertRaises((Truncated, OSError)):
            session.receive()
        return self.wait_record("session.refused", seconds=20)["reason"]

    def test_name_of_the_cloud_is_resolved_and_reached(self) -> None:
        session = self.open(door=self.door("karte", "named"))
        session.send(b"found")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"found")

    def test_name_that_leads_into_the_clinic_is_not_dialled(self) -> None:
        self.assertEqual(self._refusal("inward"), "upstream_forbidden")
        self.wait_record("address.refused")

    def _turn(self, name: str, address: str) -> None:
        """The name server is taken over by one that says something else."""
        options = self.lab.options
        old = int((self.lab.folder / f"names-{_RESOLVER}.pid").read_text())
        os.kill(old, signal.SIGKILL)
        wait_for("the name server to be gone", lambda: not Path(f"/proc/{old}/fd/0").exists())
        server = NameServer(self.lab.namespace("cloud"), _RESOLVER, self.folder, options.names | {name: [address]})
        self.addCleanup(server.stop)

    def test_name_that_turns_into_the_clinic_is_followed_no_longer(self) -> None:
        self.open(door=self.door("karte", "turning")).send(b"found")
        self.assertEqual(self.turning.accept().receive_exactly(5), b"found")
        self._turn("turning.karte.cloud.example", "10.11.1.77")
        wait_for("the box to ask again", lambda: self._refusal_or_none("turning") == "upstream_forbidden", 30)
        self.wait_record("address.refused")

    def _refusal_or_none(self, service: str) -> str | None:
        """Why the next session is refused; nothing if what was resolved before still counts."""
        mark = self.lab.box.records.mark()
        session = self.open(door=self.door("karte", service))
        with suppress(OSError):  # refused already
            session.send(b"x")
        wait_for("a decision", lambda: [r for r in self.lab.box.records.since(mark) if r["event"] in _DECISIONS], 20)
        refused = self.lab.box.records.since(mark, event="session.refused")
        session.cut()
        return refused[0]["reason"] if refused else None

    def test_name_nobody_knows_is_told_as_such(self) -> None:
        self.assertEqual(self._refusal("nowhere"), "upstream_unresolved")


if __name__ == "__main__":
    unittest.main()
