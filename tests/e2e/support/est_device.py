"""A device that asks the box for its certificate itself, by EST (RFC 7030): a real openssl and a real curl, in the terminals' place."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from lab.pki import Credential
from lab.waiting import wait_for

from .box_test import BoxTest
from .site import Site

NAME, PORT = "enrol.box.example", 9443
PATH = "/.well-known/est"
PLACE = f"https://{NAME}:{PORT}{PATH}"


def openssl(*arguments: str, octets: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *arguments], check=False, capture_output=True, input=octets)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr.decode()}")
    return done.stdout


def let_ask(site: Site, name: str = "karte") -> None:
    """The tenant's terminals may."""
    tenant = site.tenant(name)
    tenant["enrolment"] = {"address": tenant["listeners"][0]["address"], "port": PORT, "downstream": {
        "server_names": [NAME], "certificate": f"pki/{name}/enrolment.pem", "key": f"pki/{name}/enrolment.key"}}


def request_in(place: Path) -> Path:
    """A key that never leaves the device, and a request for it."""
    place.mkdir()
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(place / "device.key"),
            "-out", str(place / "request.der"), "-outform", "DER", "-subj", "/CN=mine")
    return place


def base64_of(place: Path) -> bytes:
    return openssl("base64", "-in", str(place / "request.der"))


def curl(test: BoxTest, operation: str, *options: str, body: bytes | None = None, tenant: str = "karte",
         kind: str = "application/pkcs10") -> tuple[int, bytes]:
    """Status and answer. The status is zero if there is no TLS session."""
    address = test.site.tenant("karte")["listeners"][0]["address"]
    sent = () if body is None else ("--data-binary", "@-", "-H", f"Content-Type: {kind}")
    done = subprocess.run(
        ["ip", "netns", "exec", test.lab.namespace(f"clinic-{tenant}"), "curl", "--silent", "--connect-timeout", "3", "--max-time", "20",
         "--cacert", str(test.door().ca), "--connect-to", f"::{address}:{PORT}", "--write-out", "\n%{http_code}",
         *sent, *options, f"https://{NAME}:{PORT}{operation}"],
        check=False, capture_output=True, input=body)
    answer, _, status = done.stdout.rpartition(b"\n")
    return int(status), answer


def patient(test: BoxTest, *words: str, **more: Any) -> tuple[int, bytes]:
    """As a client that comes again when it is told to (RFC 9110 10.2.3)."""
    def heard() -> tuple[int, bytes] | None:
        answer = curl(test, *words, **more)
        return None if answer[0] == 503 else answer

    return wait_for("the box to hear it", heard, 130)


def by_ticket(test: BoxTest, place: Path, name: str, ticket: str) -> tuple[int, bytes]:
    return patient(test, f"{PATH}/simpleenroll", "--user", f"{name}:{ticket}", body=base64_of(place))


def by_certificate(test: BoxTest, place: Path, with_: Credential, tenant: str = "karte") -> tuple[int, bytes]:
    return patient(test, f"{PATH}/simplereenroll", "--cert", str(with_.certificate), "--key", str(with_.key),
                   body=base64_of(place), tenant=tenant)


def kept(place: Path, answer: bytes) -> Credential:
    """The certificate that came, beside its key."""
    certificates = openssl("pkcs7", "-inform", "DER", "-print_certs", octets=openssl("base64", "-d", octets=answer))
    (place / "device.pem").write_bytes(certificates)
    return Credential(place / "device.pem")
