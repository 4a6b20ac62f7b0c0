"""Makes the namespaces and cables of a topology: clinics, cloud, switch, and the one the box starts in."""

from __future__ import annotations

from . import namespaces
from .claim import Claim
from .command import run
from .topology import Address, Attachment, Clinic, Topology

_WAN = "wan0"
_TAGGED_WAN = "trunk0"  # the cable itself, where the WAN is a VLAN on it


class Neighbourhood:
    """Namespaces around one box. They live as long as the claim they are listed in."""

    def __init__(self, topology: Topology, claim: Claim) -> None:
        self._topology = topology
        logical = ["box", "switch", "cloud", *(f"clinic-{clinic.tenant}" for clinic in topology.clinics)]
        logical += ["office"] if topology.office else []
        self.names = {name: claim.prefix + name for name in logical}
        for name in self.names.values():
            namespaces.refuse_existing(name)
        for name in self.names.values():
            claim.add(name)
            namespaces.create(name)
        self._build_cloud()
        self._build_switch()
        for clinic in topology.clinics:
            self._build_clinic(clinic)

    def plug_box(self) -> None:
        """New cables from the box to both sides. Interfaces that went down with a former box are replaced."""
        switch, plugged = self.names["switch"], dict[str, str]()
        for index, segment in enumerate(self._topology.segments):
            if segment.interface not in plugged:  # VLANs share a cable
                plugged[segment.interface] = f"box{index}"
                self._cable((switch, f"box{index}"), segment.interface)
            port = namespaces.end_of_vlan(switch, plugged[segment.interface], segment.vlan, f"vlan{index}")
            run("ip", "-n", switch, "link", "set", port, "master", f"lan{index}")
        self._plug_cloud()
        self._address_cloud()
        self._plug_office()

    def _plug_office(self) -> None:
        """Administrators are at the other end of the box's own cable for them."""
        if (office := self._topology.office) is None:
            return
        self._cable((self.names["office"], "desk0"), office.interface)
        run("ip", "-n", self.names["office"], "link", "set", "desk0", "up")
        for address in office.addresses:
            namespaces.add_address(self.names["office"], "desk0", str(address))

    def _plug_cloud(self) -> None:
        cloud, vlan = self.names["cloud"], self._topology.wan_vlan
        end = _WAN if vlan == 0 else _TAGGED_WAN
        self._cable((cloud, end), self._topology.wan_interface)
        namespaces.end_of_vlan(cloud, end, vlan, _WAN)

    def _cable(self, outer: tuple[str, str], box_interface: str) -> None:
        namespaces.disconnect(outer)
        namespaces.disconnect((self.names["box"], box_interface))
        namespaces.connect(outer, (self.names["box"], box_interface))

    def _build_cloud(self) -> None:
        for address in self._topology.cloud_distant:
            self.add_cloud_address(address)

    def add_cloud_address(self, address: Address) -> None:
        namespaces.add_address(self.names["cloud"], "lo", f"{address}/{address.max_prefixlen}")

    def _address_cloud(self) -> None:
        for interface in self._topology.cloud_link:
            namespaces.add_address(self.names["cloud"], _WAN, str(interface))

    def _build_switch(self) -> None:
        for index in range(len(self._topology.segments)):
            namespaces.add_switch(self.names["switch"], f"lan{index}")

    def _build_clinic(self, clinic: Clinic) -> None:
        for attachment in clinic.attachments:
            self._attach(clinic, attachment)

    def _attach(self, clinic: Clinic, attachment: Attachment) -> None:
        name, interface = self.names[f"clinic-{clinic.tenant}"], f"lan{attachment.segment}"
        number = self._topology.clinics.index(clinic)
        port = (self.names["switch"], f"c{number}-{attachment.segment}")
        namespaces.connect(port, (name, interface))
        run("ip", "-n", port[0], "link", "set", port[1], "master", interface)
        run("ip", "-n", name, "link", "set", interface, "up")
        for address in attachment.addresses:
            namespaces.add_address(name, interface, str(address))
        # A clinic that tries to use the box as a router must find out that it is none (ISO-01).
        for box in attachment.box:
            run("ip", "-n", name, f"-{box.version}", "route", "replace", "default", "via", str(box), "dev", interface)
