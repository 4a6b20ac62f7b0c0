"""The whole box on two cables that carry VLANs: one per tenant toward the clinic, one toward the cloud (ISO-03, LAN-03).
Needs a kernel with 802.1Q; runs in the machine of tests/machine."""

import unittest
from contextlib import ExitStack

from lab import command, namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site

_SILENCE = 2.0
_TENANTS = ("karte", "imaging")


class TwoVlansOnOneCableAreTwoSegments(BoxTest):
    WRONG_CERTIFICATES = False

    clouds: dict[str, CloudEnd]

    @classmethod
    def shape(cls, site: Site) -> Site:
        tagged = site.changed()
        for lan, vlan in zip(tagged.tree["network"]["lan"], (20, 21)):
            lan |= {"interface": "lan0", "vlan": vlan}
        tagged.tree["network"]["wan"]["vlan"] = 7
        return tagged

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in _TENANTS}

    def _in_lan(self, *arguments: str) -> str:
        watcher = next(p for p in self.lab.box.status()["processes"] if p["name"] == "watchd-lan")
        return command.run("nsenter", "-t", str(watcher["pid"]), "-n", "--", *arguments)

    def _answers(self, tenant: str, address: str, port: int) -> bool:
        with namespaces.socket_in(self.lab.namespace(f"clinic-{tenant}")) as attempt:
            attempt.settimeout(_SILENCE)
            return attempt.connect_ex((address, port)) == 0

    def _expect_service(self, tenant: str) -> None:
        near, far = self.open(self.terminal(tenant), self.door(tenant)), self.clouds[tenant].accept()
        near.send(b"question")
        self.assertEqual(far.receive_exactly(8), b"question")
        far.send(b"answer")
        self.assertEqual(near.receive_exactly(6), b"answer")

    def test_each_terminal_reaches_its_own_service_over_the_tagged_cable(self) -> None:
        for tenant, vlan in zip(_TENANTS, (20, 21)):
            with self.subTest(tenant):
                self._expect_service(tenant)
                self.assertIn(f"protocol 802.1Q id {vlan}", self._in_lan("ip", "-d", "link", "show", f"lan0.{vlan}"))

    def test_no_terminal_reaches_a_listener_of_the_other(self) -> None:
        for tenant, other in (_TENANTS, _TENANTS[::-1]):
            with self.subTest(tenant):
                door = self.door(other)
                self.assertFalse(self._answers(tenant, door.address, door.port))
                self.assertTrue(self._answers(other, door.address, door.port))

    def test_no_device_of_the_other_and_no_cloud_is_reached_past_the_box(self) -> None:
        device = command.run("ip", "-4", "-br", "address", "show", "lan1", namespace=self.lab.namespace("clinic-imaging"))
        address = device.split()[2].split("/")[0]
        with namespaces.socket_in(self.lab.namespace("clinic-imaging")) as listening:
            listening.bind((address, 104))
            listening.listen()
            self.assertTrue(self._answers("imaging", address, 104))
            self.assertFalse(self._answers("karte", address, 104))
        before = self.clouds["karte"].accepted
        self.assertFalse(self._answers("karte", "203.0.113.20", 9000))
        self.assertEqual(self.clouds["karte"].accepted, before)

    def test_a_cable_that_went_down_and_a_vlan_that_went_away_are_repaired(self) -> None:
        for change, missing in ((("ip", "link", "set", "lan0", "down"), "interface lan0 was down"),
                                (("ip", "link", "del", "lan0.20"), "interface lan0.20 was missing")):
            with self.subTest(missing):
                mark = self.lab.box.records.mark()
                self._in_lan(*change)
                wait_for(f"`{missing}` to be recorded", lambda: any(
                    missing in r["detail"] for r in self.lab.box.records.since(mark, event="network.drifted")), 30)
                for tenant in _TENANTS:
                    self._expect_service(tenant)


if __name__ == "__main__":
    unittest.main()
