"""Authorities beside those of the site's PKI, and lists of what an authority has revoked."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from lab import command
from lab.pki import Credential

_CERTS = Path(__file__).resolve().parents[3] / "certs"
sys.path.append(str(_CERTS))

from authority import PROFILES, Authority, Leaf  # noqa: E402

__all__ = ["another", "fingerprint_of", "issue_terminal", "revocation_list"]


def another(place: Path) -> Authority:
    """An authority of its own at `place`.pem."""
    return Authority(place, place.name)


def issue_terminal(authority: Path, place: Path, tenant: str, name: str) -> Credential:
    """A terminal's certificate by the authority whose files stand at `authority`.pem and .key."""
    issuer = Authority.__new__(Authority)  # it is there already
    issuer.path = authority
    issuer.issue(Leaf(place, "terminal", name, f"URI:urn:sekisho:{tenant}:{name}"))
    return Credential(place.with_suffix(".pem"))


def _of(certificate: Path, what: str) -> str:
    return command.run("openssl", "x509", "-noout", "-in", str(certificate), *what.split()).strip().partition("=")[2]


def fingerprint_of(credential: Credential) -> str:
    """SHA-256, as openssl prints it."""
    return _of(credential.certificate, "-fingerprint -sha256")


def revocation_list(authority: Path, revoked: list[Credential], place: Path) -> Path:
    """A list of the authority, fresh for a week."""
    with tempfile.TemporaryDirectory() as scratch:
        entries = [f"R\t360101000000Z\t260101000000Z\t{_of(each.certificate, '-serial')}\tunknown\t/CN=revoked\n"
                   for each in revoked]
        Path(scratch, "index.txt").write_text("".join(entries))
        subprocess.run(["openssl", "ca", "-gencrl", "-config", str(PROFILES), "-crldays", "7",
                        "-cert", f"{authority.absolute()}.pem", "-keyfile", f"{authority.absolute()}.key",
                        "-out", str(place.absolute())],
                       cwd=scratch, env={"SAN": "DNS:unused.invalid", "PATH": "/usr/bin:/bin"}, check=True,
                       capture_output=True, timeout=60)
    return place
