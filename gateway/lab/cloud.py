"""Fills the cloud of a site with real services, one for each service of the configuration."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import command
from .lab import Lab
from .pki import Pki
from .services import started
from .services.archive import Archive
from .terminals import Door

Json = dict[str, Any]
_FREE_ADDRESS = "203.0.113.{}"  # RFC 5737; for services that the configuration knows by name only
_FIRST_FREE = 10


def names_of(site: Json) -> dict[str, list[str]]:
    """An address in the cloud for each service that is resolved by name."""
    resolved = [service["upstream"]["server_name"] for tenant in site["tenants"] for service in tenant["services"]
                if not service["upstream"].get("addresses")]
    return {name: [_FREE_ADDRESS.format(_FIRST_FREE + number)] for number, name in enumerate(dict.fromkeys(resolved))}


def service_of(site: Json, tenant: str, service: str) -> Json:
    found = next(t for t in site["tenants"] if t["name"] == tenant)
    return next(s for s in found["services"] if s["name"] == service)


def door_of(site: Json, pki: Pki, tenant: str, service: str) -> Door:
    """Where the tenant's terminals knock for the service."""
    found = next(t for t in site["tenants"] if t["name"] == tenant)
    listener = next(x for x in found["listeners"] if service in x["services"])
    names = service_of(site, tenant, service).get("server_names") or [listener["address"]]
    return Door(listener["address"], listener["port"], names[0], pki.tenant(tenant).box_ca())


@dataclass
class Cloud:
    """The services that run in a lab's cloud. Ends them all."""

    lab: Lab
    pki: Pki
    folder: Path

    def __post_init__(self) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        self._archives: list[Archive] = []

    def __enter__(self) -> "Cloud":
        return self

    def __exit__(self, *ending: object) -> None:
        for process in self._processes:
            command.stop(process)
        for archive in self._archives:
            archive.stop()

    def start(self, module: str, tenant: str, service: str) -> None:
        """One of lab.services as the cloud's end of a tenant's service, at each of its addresses."""
        upstream = service_of(self.lab.site, tenant, service)["upstream"]
        keys = self.pki.tenant(tenant)
        for address in upstream.get("addresses") or self.lab.options.names[upstream["server_name"]]:
            self._processes.append(started.start(module, self.lab.namespace("cloud"), address, upstream["port"],
                                                 keys.cloud(service).certificate, keys.cloud_ca(service)))

    def start_archive(self, tenant: str, service: str) -> Archive:
        upstream = service_of(self.lab.site, tenant, service)["upstream"]
        keys = self.pki.tenant(tenant)
        archive = Archive(self.lab.namespace("cloud"), upstream["port"], keys.cloud(service).certificate,
                          keys.cloud_ca(service), self.folder / "orthanc")
        self._archives.append(archive)
        return archive
