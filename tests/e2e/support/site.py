"""The site the tests run: two tenants, each with a LAN segment and opaque services of its own."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class ServiceSpec:
    """A service on a port of its own. Without addresses the box must resolve its name."""

    name: str
    port: int
    cloud_port: int
    addresses: tuple[str, ...] = ("203.0.113.20",)  # in the cloud
    limits: Json = field(default_factory=dict)


@dataclass(frozen=True)
class TenantSpec:
    name: str
    address: str
    services: tuple[ServiceSpec, ...]
    terminals: tuple[str, ...] = ("desk-1", "desk-2")
    limits: Json = field(default_factory=dict)


def _service(tenant: str, spec: ServiceSpec) -> Json:
    own = f"pki/{tenant}/{spec.name}"
    server_name = f"{spec.name}.{tenant}.cloud.example"
    upstream: Json = {"server_name": server_name, "port": spec.cloud_port, "certificate": f"{own}-client.pem",
                      "key": f"{own}-client.key", "anchors": f"{own}-cloud-ca.pem"}
    if spec.addresses:
        upstream["addresses"] = list(spec.addresses)
    service: Json = {"name": spec.name, "upstream": upstream,
                     "downstream": {"server_names": [f"{spec.name}.{tenant}.clinic.example"],
                                    "certificate": f"{own}.pem", "key": f"{own}.key"}}
    return service | ({"limits": spec.limits} if spec.limits else {})


def _tenant(spec: TenantSpec) -> Json:
    tenant: Json = {
        "name": spec.name,
        "terminal_anchors": f"pki/{spec.name}/terminal-ca.pem",
        "terminals": [{"name": terminal} for terminal in spec.terminals],
        "services": [_service(spec.name, service) for service in spec.services],
        "listeners": [{"name": s.name, "address": spec.address, "port": s.port, "services": [s.name]}
                      for s in spec.services],
        "rules": [{"name": f"use-{s.name}", "terminals": "all", "service": s.name} for s in spec.services],
    }
    return tenant | ({"limits": spec.limits} if spec.limits else {})


def _keeps_its_tls(service: Json, mode: str) -> None:
    upstream = service["upstream"]
    service["mode"] = mode
    service["upstream"] = {key: upstream[key] for key in ("server_name", "port", "addresses") if key in upstream}


class Site:
    """A configuration as a value that can be changed and written. JSON is YAML."""

    def __init__(self, tenants: tuple[TenantSpec, ...]) -> None:
        self.tree: Json = {
            "version": 1,
            "site": "e2e",
            "network": {
                "lan": [{"name": f"lan{n}", "interface": f"lan{n}", "addresses": [f"{tenant.address}/24"]}
                        for n, tenant in enumerate(tenants)],
                "wan": {"interface": "wan0", "addresses": ["198.51.100.2/24"], "gateways": ["198.51.100.1"]},
                "resolvers": ["198.51.100.53"],
            },
            "tenants": [_tenant(tenant) for tenant in tenants],
        }

    def changed(self) -> "Site":
        """A copy to change."""
        return copy.deepcopy(self)

    def with_ipv6(self) -> "Site":
        """Both address families on every line; each listener stands in the other family as well."""
        changed = self.changed()
        network = changed.tree["network"]
        network["wan"]["addresses"].append("2001:db8:ffff::2/64")
        network["wan"]["gateways"].append("2001:db8:ffff::1")
        for number, (lan, tenant) in enumerate(zip(network["lan"], changed.tree["tenants"])):
            address = f"2001:db8:1{number}::1"
            lan["addresses"].append(f"{address}/64")
            tenant["listeners"] += [listener | {"name": f"{listener['name']}-6", "address": address}
                                    for listener in tenant["listeners"]]
        return changed

    def share_listener(self, tenant: str) -> "Site":
        """All services of the tenant behind its first listener, told apart by server name."""
        changed = self.changed()
        first = changed.tenant(tenant)["listeners"][0]
        first["services"] = [service["name"] for service in changed.tenant(tenant)["services"]]
        changed.tenant(tenant)["listeners"] = [first]
        return changed

    def wrapped(self, tenant: str, service: str) -> "Site":
        """Terminals ask for the service by HTTP CONNECT and speak TLS with the cloud themselves."""
        changed = self.changed()
        _keeps_its_tls(changed.service(tenant, service), "wrap")
        return changed

    def passed_through(self, tenant: str, service: str, until: str, terminal: str, source: str) -> "Site":
        """The terminal is known to the service by its address, until that day."""
        changed = self.changed()
        found = changed.service(tenant, service)
        _keeps_its_tls(found, "pass_through")
        found.pop("downstream")
        found["exception"] = {"until": until, "reason": "a client of somebody else", "approver": "security"}
        next(one for one in changed.tenant(tenant)["terminals"] if one["name"] == terminal)["match"] = {"source": source}
        return changed

    def service(self, tenant: str, name: str) -> Json:
        return next(service for service in self.tenant(tenant)["services"] if service["name"] == name)

    def tenant(self, name: str) -> Json:
        return next(tenant for tenant in self.tree["tenants"] if tenant["name"] == name)

    def write(self, path: Path) -> Path:
        path.write_text(json.dumps(self.tree, indent=1))
        return path


RAW = ServiceSpec("raw", 9000, 9000)
WEB = ServiceSpec("web", 8443, 443)
HL7 = ServiceSpec("hl7", 2575, 2575)
DICOM = ServiceSpec("dicom", 11112, 11112)

KARTE = TenantSpec("karte", "10.11.1.1", (RAW,))
IMAGING = TenantSpec("imaging", "10.12.1.1", (ServiceSpec("raw", 9000, 9000, ("203.0.113.21",)),))
