"""The throw-away PKI of a site: made by certs/make_test_pki.py, found by name."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import command

_SCRIPT = Path(__file__).resolve().parents[2] / "certs" / "make_test_pki.py"


@dataclass(frozen=True)
class Credential:
    """A certificate and its key."""

    certificate: Path

    @property
    def key(self) -> Path:
        return self.certificate.with_suffix(".key")


@dataclass(frozen=True)
class TenantPki:
    folder: Path

    def terminal(self, name: str) -> Credential:
        return Credential(self.folder / "terminals" / f"{name}.pem")

    def wrong(self, kind: str) -> Credential:
        return Credential(self.folder / "wrong" / f"{kind}.pem")

    def box_ca(self) -> Path:
        return self.folder / "box-ca.pem"

    def cloud(self, service: str) -> Credential:
        return Credential(self.folder / f"{service}-cloud.pem")

    def cloud_ca(self, service: str) -> Path:
        return self.folder / f"{service}-cloud-ca.pem"


@dataclass(frozen=True)
class Pki:
    folder: Path

    def tenant(self, name: str) -> TenantPki:
        return TenantPki(self.folder / name)


def make(folder: Path, site: dict[str, Any]) -> Pki:
    """Everything the site needs, right and wrong."""
    described = folder.with_suffix(".json")
    described.write_text(json.dumps(site))
    command.run(sys.executable, "-B", str(_SCRIPT), str(folder), str(described), "--wrong")
    return Pki(folder)
