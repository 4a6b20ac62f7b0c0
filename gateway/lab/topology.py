"""What must stand around a box, as a pure function of its configuration (the JSON of `sekisho config show`)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any, Iterable

Json = dict[str, Any]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Interface = ipaddress.IPv4Interface | ipaddress.IPv6Interface
_FIRST_CLINIC_HOST = 100


@dataclass(frozen=True)
class Segment:
    """One LAN of the box: its interface name, the VLAN on it (0: none) and the box's addresses."""

    interface: str
    vlan: int
    addresses: tuple[Interface, ...]


@dataclass(frozen=True)
class Attachment:
    """A clinic's foot in one LAN segment."""

    segment: int
    addresses: tuple[Interface, ...]
    box: tuple[Address, ...]  # the box's addresses in the same prefixes


@dataclass(frozen=True)
class Clinic:
    tenant: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True)
class Office:
    """Where administrators stand: the box's interface toward them, and their own addresses."""

    interface: str
    addresses: tuple[Interface, ...]


@dataclass(frozen=True)
class Loan:
    """What the cloud's DHCP server lends a box whose WAN borrows: RFC 5737, as the sites with fixed addresses."""

    router: ipaddress.IPv4Interface = ipaddress.IPv4Interface("198.51.100.1/24")
    first: ipaddress.IPv4Address = ipaddress.IPv4Address("198.51.100.2")
    last: ipaddress.IPv4Address = ipaddress.IPv4Address("198.51.100.9")


@dataclass(frozen=True)
class Topology:
    segments: tuple[Segment, ...]
    clinics: tuple[Clinic, ...]
    wan_interface: str
    wan_vlan: int                          # 0: none
    cloud_link: tuple[Interface, ...]      # gateways and resolvers in the WAN's own prefix
    cloud_distant: tuple[Address, ...]     # whatever the cloud holds elsewhere
    resolvers: tuple[Address, ...]
    loan: Loan | None = None               # of a WAN that borrows its IPv4 address
    office: Office | None = None           # of a box that browsers administer


def host_of(endpoint: str) -> Address:
    """`10.0.0.1`, `10.0.0.1:53`, `2001:db8::1`, `[2001:db8::1]:53`"""
    text = endpoint[1:].split("]")[0] if endpoint.startswith("[") else endpoint
    return ipaddress.ip_address(text.split(":")[0] if text.count(":") == 1 else text)


def _interfaces(texts: Iterable[str]) -> tuple[Interface, ...]:
    return tuple(ipaddress.ip_interface(text) for text in texts)


def _clinic_address(box: Interface, number: int) -> Interface:
    """A host address beside the box's; small prefixes wrap round."""
    span = box.network.num_addresses - 2 if box.version == 4 else 2**16
    offset = 1 + (_FIRST_CLINIC_HOST + number - 1) % max(span, 1)
    address = box.network.network_address + offset
    if address == box.ip:
        address = box.network.network_address + 1 + offset % max(span, 1)
    return ipaddress.ip_interface(f"{address}/{box.network.prefixlen}")


def _clinic(tenant: Json, number: int, segments: tuple[Segment, ...]) -> Clinic:
    """The clinic stands in every segment in which its tenant listens."""
    wanted = {ipaddress.ip_address(listener["address"]) for listener in tenant["listeners"]}
    attachments = []
    for index, segment in enumerate(segments):
        if any(address in box.network for box in segment.addresses for address in wanted):
            attachments.append(Attachment(index, tuple(_clinic_address(box, number) for box in segment.addresses),
                                          tuple(box.ip for box in segment.addresses)))
    return Clinic(tenant["name"], tuple(attachments))


def _upstream_addresses(site: Json) -> list[Address]:
    return [ipaddress.ip_address(address) for tenant in site["tenants"] for service in tenant["services"]
            for address in service["upstream"].get("addresses", [])]


def _office(site: Json) -> Office | None:
    if not (management := site.get("management")):
        return None
    return Office(management["interface"], tuple(_clinic_address(box, 0) for box in _interfaces(management["addresses"])))


def _loan(site: Json) -> Loan | None:
    return Loan() if site["network"]["wan"].get("dhcp") in ("on", True) else None


def _cloud(site: Json, extra: Iterable[Address], loan: Loan | None) -> tuple[tuple[Interface, ...], tuple[Address, ...]]:
    wan = _interfaces(site["network"]["wan"].get("addresses", [])) + ((loan.router,) if loan else ())
    held: list[Address] = [loan.router.ip] if loan else []
    held += [host_of(text) for text in site["network"]["wan"].get("gateways", [])]
    held += [host_of(text) for text in site["network"].get("resolvers", [])]
    held += [*_upstream_addresses(site), *extra]
    link, distant = [], []
    for address in dict.fromkeys(held):
        near = next((box for box in wan if address in box.network), None)
        if near is None:
            distant.append(address)
        else:
            link.append(ipaddress.ip_interface(f"{address}/{near.network.prefixlen}"))
    return tuple(link), tuple(distant)


def plan(site: Json, extra_cloud: Iterable[Address] = ()) -> Topology:
    network = site["network"]
    segments = tuple(Segment(lan["interface"], lan.get("vlan", 0), _interfaces(lan["addresses"])) for lan in network["lan"])
    clinics = tuple(_clinic(tenant, number, segments) for number, tenant in enumerate(site["tenants"]))
    loan = _loan(site)
    link, distant = _cloud(site, extra_cloud, loan)
    resolvers = tuple(host_of(text) for text in network.get("resolvers", []))
    wan = network["wan"]
    return Topology(segments, clinics, wan["interface"], wan.get("vlan", 0), link, distant, resolvers, loan,
                    _office(site))
