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


def _sign(authority: Path, request: Path, leaf: Leaf, scratch: Path, settings: str) -> None:
    (scratch / "issued").mkdir()
    (scratch / "index.txt").touch()
    # `ca` and not `x509`: it alone can set both ends of the validity (OpenSSL 3.0).
    _openssl("ca", "-batch", "-notext", "-config", settings, "-extensions", leaf.profile,
             "-md", leaf.digest, "-cert", f"{authority}.pem", "-keyfile", f"{authority}.key",
             "-startdate", _asn1_time(leaf.not_before), "-enddate", _asn1_time(leaf.not_after),
             "-in", str(request), "-out", f"{leaf.path.absolute()}.pem", cwd=scratch, san=leaf.san)


def certify(authority: Path, request: Path, leaf: Leaf) -> None:
    """For a key that somebody else keeps: the authority that was made at that path signs his request."""
    with tempfile.TemporaryDirectory() as scratch:
        _sign(authority.absolute(), request.absolute(), leaf, Path(scratch), _settings_in(Path(scratch)))


class Authority:
    """One CA with its key at `path`.pem and `path`.key. Made anew each time."""

    def __init__(self, path: Path, common_name: str) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            _openssl("req", "-x509", "-config", _settings_in(Path(scratch)), "-extensions", "anchor", "-newkey", *EC_P384,
                     "-nodes", "-sha384", "-days", "365", "-subj", f"/O=Sekisho test PKI/CN={common_name}",
                     "-keyout", f"{path}.key", "-out", f"{path}.pem")

    @property
    def certificate(self) -> Path:
        return Path(f"{self.path}.pem")

    def issue(self, leaf: Leaf) -> None:
        leaf.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            self._issue_in(Path(scratch), leaf)

    def _issue_in(self, scratch: Path, leaf: Leaf) -> None:
        request, settings = scratch / "request.pem", _settings_in(scratch)
        _openssl("req", "-new", "-config", settings, "-newkey", *leaf.key, "-nodes",
                 "-subj", f"/O=Sekisho test PKI/CN={leaf.common_name}",
                 "-keyout", f"{leaf.path.absolute()}.key", "-out", str(request))
        _sign(self.path.absolute(), request, leaf, scratch, settings)
