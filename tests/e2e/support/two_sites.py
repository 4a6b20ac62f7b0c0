"""A second site with a box of its own, and an Internet on which the two boxes see each other. It is an obliging one: it
routes even the clinics' private networks to the boxes they stand behind, so that nothing but the boxes keeps them apart."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack
from pathlib import Path

from lab import command, namespaces, pki
from lab.box import Programs
from lab.claim import Claim
from lab.lab import Lab, LabOptions

from .site import Site

_PEERING = (("100.64.0.1/30", "2001:db8:fffd::1/64"), ("100.64.0.2/30", "2001:db8:fffd::2/64"))
_CABLE = "peer0"


def elsewhere(site: Site) -> Site:
    """The same tenants with the same names, terminals and cloud services at another place."""
    moved = site.changed()
    network = moved.tree["network"]
    for number, lan in enumerate(network["lan"]):
        lan["addresses"] = [f"10.{21 + number}.1.1/24", f"2001:db8:2{number}::1/64"]
    network["wan"]["addresses"] = ["192.0.2.2/24", "2001:db8:fffe::2/64"]
    network["wan"]["gateways"] = ["192.0.2.1", "2001:db8:fffe::1"]
    network["resolvers"] = ["192.0.2.53"]
    for number, tenant in enumerate(moved.tree["tenants"]):
        new = {version: lan_address.split("/")[0]
               for version, lan_address in zip(("4", "6"), network["lan"][number]["addresses"])}
        for listener in tenant["listeners"]:
            listener["address"] = new["6" if ":" in listener["address"] else "4"]
    return moved


class OtherBox:
    """A second lab beside the one of the fixture; ends with the stack."""

    def __init__(self, stack: ExitStack, programs: Programs, site: Site, prefix: str) -> None:
        self.claim = stack.enter_context(Claim(prefix))
        self.folder = self.claim.folder / "site"
        self.folder.mkdir()
        self.config = site.write(self.folder / "site.yaml")
        self.keys = pki.prepare(programs, self.config)
        self._programs = programs
        self._stack = stack

    def trust_cloud_of(self, keys: pki.Pki, tenant: str, service: str) -> None:
        """Both sites use the same cloud service: this one's box must believe it too. Before start()."""
        anchors = self.keys.tenant(tenant).cloud_ca(service)
        anchors.write_text(keys.tenant(tenant).cloud_ca(service).read_text() + anchors.read_text())

    def start(self) -> Lab:
        self.lab: Lab = self._stack.enter_context(Lab(LabOptions(self.config, self._programs), self.claim))
        return self.lab


def client_authorities(folder: Path, first: pki.Pki, second: pki.Pki, tenant: str, service: str) -> Path:
    """Whom the cloud believes: the boxes of both sites."""
    path = folder / f"{tenant}-{service}-boxes.pem"
    path.write_text("".join(keys.tenant(tenant).cloud_ca(service).read_text() for keys in (first, second)))
    return path


def _networks(lab: Lab) -> tuple[list[str], list[str]]:
    """The prefixes of a site's clinics, and of its WAN."""
    network = lab.site["network"]
    prefixes = [str(ipaddress.ip_interface(a).network) for lan in network["lan"] for a in lan["addresses"]]
    return prefixes, [str(ipaddress.ip_interface(a).network) for a in network["wan"]["addresses"]]


def _same_family(prefix: str, addresses: list[str]) -> str:
    return next(a.split("/")[0] for a in addresses if (":" in a) == (":" in prefix))


def _join(near: Lab, far: Lab, own: int) -> None:
    cloud = str(near.namespace("cloud"))
    for setting in ("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"):
        command.run("sysctl", "-qw", f"{setting}=1", namespace=cloud)
    command.run("ip", "-n", cloud, "link", "set", _CABLE, "up")
    for address in _PEERING[own]:
        namespaces.add_address(cloud, _CABLE, address)
    clinics, _ = _networks(near)
    ways = [(prefix, _same_family(prefix, near.site["network"]["wan"]["addresses"])) for prefix in clinics]
    ways += [(prefix, _same_family(prefix, list(_PEERING[1 - own]))) for group in _networks(far) for prefix in group]
    for prefix, via in ways:
        command.run("ip", "-n", cloud, "route", "replace", prefix, "via", via)


def join(first: Lab, second: Lab, cloud_addresses: list[str]) -> None:
    """One Internet. The cloud services stand at the first site's end of it."""
    ends = [str(lab.namespace("cloud")) for lab in (first, second)]
    namespaces.connect((ends[0], _CABLE), (ends[1], _CABLE))
    _join(first, second, 0)
    _join(second, first, 1)
    for address in cloud_addresses:
        command.run("ip", "-n", ends[1], "address", "del", f"{address}/32", "dev", "lo")
        command.run("ip", "-n", ends[1], "route", "replace", address, "via", _PEERING[0][0].split("/")[0])
