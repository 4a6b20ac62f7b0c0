"""The throw-away PKI of a site: made by certs/make_test_pki.py, found by name."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import command
from .box import Programs

_PATIENCE = 300  # hundreds of keys, on a machine that may be slow
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

    def other(self, kind: str) -> Credential:
        return Credential(self.folder / "other" / f"{kind}.pem")

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

    def management_ca(self) -> Path:
        return self.folder / "management" / "box-ca.pem"


def _put_placeholders(config: Path, scratch: Path) -> None:
    """`config show` reads the certificates a configuration names, so something must stand where they will."""
    placeholder = scratch / "placeholder.pem"
    command.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-batch",
                "-keyout", str(placeholder.with_suffix(".key")), "-out", str(placeholder))
    for name in re.findall(r"\bpki/[\w./-]+", config.read_text(encoding="utf-8")):
        path = config.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(placeholder.with_suffix(path.suffix).read_bytes())


def prepare(programs: Programs, config: Path, wrong: bool = True) -> Pki:
    """Everything a configuration needs, right and wrong, in the folder `pki` beside it; or what is right alone."""
    folder = config.parent / "pki"
    with tempfile.TemporaryDirectory() as scratch:
        _put_placeholders(config, Path(scratch))
        described = Path(scratch) / "site.json"
        described.write_text(json.dumps(programs.show(config)))
        command.run(sys.executable, "-B", str(_SCRIPT), str(folder), str(described), *(["--wrong"] if wrong else []),
                    timeout=_PATIENCE)
    return Pki(folder)
