"""The image serves two clinics over one cable and reaches the clouds over another, each network with its tag (IEEE 802.1Q, ISO-03,
LAN-03); neither clinic's terminal reaches the other's listener."""

import unittest
from typing import Any

from lab import namespaces
from support.appliance import card
from support.appliance_test import KARTE, SERVING, START_SECONDS, ApplianceTest
from support.site import ServiceSpec, Site, TenantSpec

_MESSAGES = 20
_SILENCE = 5.0
_IMAGING = TenantSpec("imaging", "10.12.1.1", (ServiceSpec("hl7", 2575, 2575, ("203.0.113.21",)),))
_VLANS = {"karte": 20, "imaging": 21}
_WAN = 7


class ImageCarriesVlans(ApplianceTest):
    TENANTS = (KARTE, _IMAGING)
    CABLES = ({20: "lan0", 21: "lan1"}, {_WAN: "wan0"})

    @classmethod
    def shape(cls, site: Site) -> None:
        for lan, vlan in zip(site.tree["network"]["lan"], _VLANS.values()):
            lan |= {"interface": card(0), "vlan": vlan}
        site.tree["network"]["wan"] |= {"interface": card(1), "vlan": _WAN}

    @classmethod
    def around(cls, site: dict[str, Any]) -> dict[str, Any]:
        """Beyond the trunks nobody knows of tags."""
        network = site["network"]
        lans = [lan | {"interface": f"lan{number}", "vlan": 0} for number, lan in enumerate(network["lan"])]
        return site | {"network": network | {"lan": lans, "wan": network["wan"] | {"interface": "wan0", "vlan": 0}}}

    def test_each_clinic_is_served_over_its_own_network(self) -> None:
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        for tenant in _VLANS:
            with self.subTest(tenant):
                self.assertEqual(self.terminal(tenant).hl7(self.door(tenant), _MESSAGES), _MESSAGES)
        for tenant, other in (("karte", "imaging"), ("imaging", "karte")):
            with self.subTest(f"{tenant} to {other}"), namespaces.socket_in(self.names[f"clinic-{tenant}"]) as attempt:
                attempt.settimeout(_SILENCE)
                door = self.door(other)
                self.assertNotEqual(attempt.connect_ex((door.address, door.port)), 0)
        clinics, clouds = self.box.trunks
        self.assertEqual({vlan for vlan in clinics.seen if vlan}, set(_VLANS.values()))
        self.assertEqual({vlan for vlan in clouds.seen if vlan}, {_WAN})


if __name__ == "__main__":
    unittest.main()
