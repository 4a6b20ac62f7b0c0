"""A certification authority on OpenSSL's command line, for throw-away test PKIs only."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import profiles

_SETTINGS = Path(__file__).resolve().with_name("authority.cnf")
# What the product's own profiles say; what is wrong on purpose stands in the file.
_SECTIONS = {"anchor": "site_ca", "terminal": "terminal", "server": "box_server", "client": "upstream"}
EC_P256 = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
EC_P384 = ("ec", "-pkeyopt", "ec_paramgen_curve:P-384")
RSA_1024 = ("rsa:1024",)
RSA_2048 = ("rsa:2048",)


class OpensslFailed(RuntimeError):
    """The command line refused; carries what it said."""


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Leaf:
    """What a certificate shall be. Validity defaults to the hour before now and the month after."""

    path: Path  # without suffix: .pem and .key are put to it
    profile: str
    common_name: str
    san: str = ""
    key: tuple[str, ...] = EC_P256
    digest: str = "sha256"
    not_before: datetime = field(default_factory=lambda: _now() - timedelta(hours=1))
    not_after: datetime = field(default_factory=lambda: _now() + timedelta(days=30))


def _openssl(*arguments: str, cwd: Path | None = None, san: str = "") -> None:
    environment = dict(os.environ, SAN=san or "DNS:unused.invalid")
    done = subprocess.run(["openssl", *arguments], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise OpensslFailed(f"openssl {' '.join(arguments)}\n{done.stderr}")


def _asn1_time(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%SZ")


def _settings_in(scratch: Path) -> str:
    """The settings with a section for each profile; the path of the file."""
    path = scratch / "openssl.cnf"
    sections = [profiles.section(name, role) for name, role in _SECTIONS.items()]
    path.write_text("\n".join([_SETTINGS.read_text(encoding="utf-8"), *sections]), encoding="utf-8")
    return str(path)


class Authority:
    """One CA: the certificate is at `path`.pem and its key at `path`.key."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def make(cls, path: Path, common_name: str) -> Authority:
        """A new one in the place of whatever was there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            _openssl("req", "-x509", "-config", _settings_in(Path(scratch)), "-extensions", "anchor", "-newkey", *EC_P384,
                     "-nodes", "-sha384", "-days", "365", "-subj", f"/O=Sekisho test PKI/CN={common_name}",
                     "-keyout", f"{path}.key", "-out", f"{path}.pem")
        return cls(path)

    @property
    def certificate(self) -> Path:
        return Path(f"{self.path}.pem")

    def issue(self, leaf: Leaf) -> None:
        """A new key and its certificate."""
        leaf.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            request = Path(scratch) / "request.pem"
            _openssl("req", "-new", "-config", _settings_in(Path(scratch)), "-newkey", *leaf.key, "-nodes",
                     "-subj", f"/O=Sekisho test PKI/CN={leaf.common_name}",
                     "-keyout", f"{leaf.path.absolute()}.key", "-out", str(request))
            self.certify(request, leaf)

    def certify(self, request: Path, leaf: Leaf) -> None:
        """For a key that its owner keeps."""
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / "issued").mkdir()
            # `ca` and not `x509`: it alone can set both ends of the validity (OpenSSL 3.0).
            self._ca(Path(scratch), [], "-batch", "-notext", "-extensions", leaf.profile, "-md", leaf.digest,
                     "-startdate", _asn1_time(leaf.not_before), "-enddate", _asn1_time(leaf.not_after),
                     "-in", str(request.absolute()), "-out", f"{leaf.path.absolute()}.pem", san=leaf.san)

    def list_revoked(self, serial_numbers: list[str], path: Path, days: int = 7) -> None:
        """A revocation list with those, in hexadecimal; fresh for so many days."""
        entries = [f"R\t360101000000Z\t260101000000Z\t{number}\tunknown\t/CN=revoked\n" for number in serial_numbers]
        with tempfile.TemporaryDirectory() as scratch:
            self._ca(Path(scratch), entries, "-gencrl", "-crldays", str(days), "-out", str(path.absolute()))

    def _ca(self, scratch: Path, index: list[str], *arguments: str, san: str = "") -> None:
        (scratch / "index.txt").write_text("".join(index))
        _openssl("ca", "-config", _settings_in(scratch), "-cert", str(self.certificate.absolute()),
                 "-keyfile", f"{self.path.absolute()}.key", *arguments, cwd=scratch, san=san)
