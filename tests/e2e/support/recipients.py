"""Whom a site's backups are encrypted to: real certificates, with keys that the box never sees."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from .site import Site

# The keys of the clinic and of the vendor are of both kinds that a recipient may have.
_KINDS = {"clinic": (("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"), "keyAgreement"),
          "vendor": (("-newkey", "rsa:3072"), "keyEncipherment")}


@dataclass(frozen=True)
class Recipient:
    """`certificate` is in the site's folder, `key` at home."""

    certificate: Path
    key: Path

    def words(self) -> tuple[str, ...]:
        return ("--certificate", str(self.certificate), "--key", str(self.key))


def make_recipient(name: str, folder: Path, home: Path) -> Recipient:
    new, usage = _KINDS[name]
    recipient = Recipient(folder / "backup" / f"{name}.pem", home / f"{name}.key")
    recipient.certificate.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    subprocess.run(["openssl", "req", "-x509", *new, "-nodes", "-batch", "-days", "400", "-subj", f"/CN={name} backups",
                    "-addext", "basicConstraints=critical,CA:FALSE", "-addext", f"keyUsage=critical,{usage}",
                    "-keyout", str(recipient.key), "-out", str(recipient.certificate)], check=True, capture_output=True)
    return recipient


def give_backups(site: Site, folder: Path, home: Path, generations: int) -> dict[str, Recipient]:
    """The site's backups are for both from now on."""
    site.tree["backup"] = {"box": "front-desk", "generations": generations,
                           "recipients": [{"name": name, "certificate": f"backup/{name}.pem"} for name in _KINDS]}
    return {name: make_recipient(name, folder, home) for name in _KINDS}
