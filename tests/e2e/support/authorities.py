"""Authorities beside those of the site's PKI, and lists of what an authority has revoked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from authority import Authority, Leaf
from lab import command
from lab.pki import Credential


def another(place: Path) -> Authority:
    """An authority of its own at `place`.pem."""
    return Authority.make(place, place.name)


def issue_terminal(authority: Path, place: Path, tenant: str, name: str, **dates: datetime) -> Credential:
    """A terminal's certificate by the authority whose files stand at `authority`.pem and .key."""
    Authority(authority).issue(Leaf(place, "terminal", name, f"URI:urn:sekisho:{tenant}:{name}", **dates))
    return Credential(place.with_suffix(".pem"))


def issue_cloud(authority: Path, place: Path, server_name: str, **dates: datetime) -> Credential:
    """A cloud service's certificate, likewise."""
    Authority(authority).issue(Leaf(place, "server", server_name, f"DNS:{server_name}", **dates))
    return Credential(place.with_suffix(".pem"))


def _of(certificate: Path, what: str) -> str:
    return command.run("openssl", "x509", "-noout", "-in", str(certificate), *what.split()).strip().partition("=")[2]


def fingerprint_of(credential: Credential) -> str:
    """SHA-256, as openssl prints it."""
    return _of(credential.certificate, "-fingerprint -sha256")


def revocation_list(authority: Path, revoked: list[Credential], place: Path, days: int = 7) -> Path:
    """A list of the authority, fresh for so many days."""
    Authority(authority).list_revoked([_of(each.certificate, "-serial") for each in revoked], place, days)
    return place
