"""The demo's three acts: what passes, what is refused and why, and what is walled off."""

from __future__ import annotations

import hashlib
from typing import Callable

from . import images, namespaces, reasons
from .account import Account
from .cloud import door_of, service_of
from .command import LabError
from .pki import Credential
from .records import Record
from .stage import Stage
from .terminals import Door, Outcome, Terminal

_UPLOAD = bytes(range(256)) * 65536  # 16 MiB
_MESSAGES = 200
_IMAGES = 10


def _first_terminal(stage: Stage, tenant: str) -> str:
    return next(t for t in stage.lab.site["tenants"] if t["name"] == tenant)["terminals"][0]["name"]


def _terminal(stage: Stage, tenant: str, credential: Credential | None) -> Terminal:
    return Terminal(stage.lab.namespace(f"clinic-{tenant}"), credential)


def _right(stage: Stage, tenant: str) -> Terminal:
    return _terminal(stage, tenant, stage.keys.tenant(tenant).terminal(_first_terminal(stage, tenant)))


def _door(stage: Stage, tenant: str, service: str) -> Door:
    return door_of(stage.lab.site, stage.keys, tenant, service)


def _tls(facts: str) -> str:
    """Version and suite; the record has more."""
    return " ".join(facts.split()[:2])


def _facts(stage: Stage, mark: int, service: str) -> str:
    """What the box recorded about the session that just ended."""
    record = stage.lab.box.records.wait(mark, event="session.closed", service=service)[-1]
    return f"{record['reason']}; {_tls(record['downstream_tls'])} | {_tls(record['upstream_tls'])}"


def _upload(stage: Stage, tenant: str, service: str) -> bool:
    body = stage.folder / "upload.bin"
    body.write_bytes(_UPLOAD)
    sent = _right(stage, tenant).curl(_door(stage, tenant, service), "/records", "-T", str(body))
    return sent.succeeded and hashlib.sha256(_UPLOAD).hexdigest().encode() in sent.output


def _tunnel(stage: Stage, tenant: str, service: str) -> bool:
    """The terminal shows the box one certificate and the cloud another."""
    body = stage.folder / "upload.bin"
    body.write_bytes(_UPLOAD)
    keys = stage.keys.tenant(tenant)
    upstream = service_of(stage.lab.site, tenant, service)["upstream"]
    cloud = Door("", upstream["port"], upstream["server_name"], keys.cloud_ca(service))
    own = Credential(keys.folder / f"{service}-client.pem")
    sent = _right(stage, tenant).curl_through(_door(stage, tenant, service), cloud, own, "/records", "-T", str(body))
    return sent.succeeded and hashlib.sha256(_UPLOAD).hexdigest().encode() in sent.output


def _messages(stage: Stage, tenant: str, service: str) -> bool:
    return _right(stage, tenant).hl7(_door(stage, tenant, service), _MESSAGES) == _MESSAGES


def _echo(stage: Stage, tenant: str, service: str) -> bool:
    return _right(stage, tenant).dicom("echoscu", _door(stage, tenant, service)).succeeded


def _store(stage: Stage, tenant: str, service: str) -> bool:
    made = images.make(stage.folder / "images", _IMAGES)
    sent = _right(stage, tenant).dicom("storescu", _door(stage, tenant, service), *(str(i.file) for i in made))
    return sent.succeeded and len(stage.archive.ask("instances")) == _IMAGES


_PASSES: list[tuple[str, str, str, Callable[[Stage, str, str], bool]]] = [
    ("karte", "emr", "HTTPS, 16 MiB up, digest compared", _upload),
    ("karte", "hl7", f"HL7 v2 MLLP, {_MESSAGES} messages acknowledged", _messages),
    ("karte", "portal", "HTTPS inside a tunnel, digest compared", _tunnel),
    ("imaging", "dicom", "DICOM C-ECHO", _echo),
    ("imaging", "dicom", f"DICOM C-STORE of {_IMAGES} images", _store),
    ("imaging", "archive", "HTTPS, 16 MiB up, digest compared", _upload),
]


def passes(stage: Stage, account: Account) -> None:
    account.title("What went through (terminal to box | box to cloud)")
    for tenant, service, what, send in _PASSES:
        mark = stage.lab.box.records.mark()
        try:
            good, outcome = send(stage, tenant, service), ""
        except (LabError, OSError) as error:
            good, outcome = False, str(error)
        account.line(f"{tenant} {service}", what, outcome or _facts(stage, mark, service), good)


def _wrong(kind: str) -> Callable[[Stage], Credential]:
    return lambda stage: stage.keys.tenant("karte").wrong(kind)


def _of_the_other_tenant(stage: Stage) -> Credential:
    return stage.keys.tenant("imaging").terminal(_first_terminal(stage, "imaging"))


_REFUSED: list[tuple[str, Callable[[Stage], Credential | None], str]] = [
    ("no certificate", lambda stage: None, "certificate_missing"),
    ("a stranger's CA", _wrong("wrong-ca"), "certificate_untrusted"),
    ("a stranger's CA of the same name", _wrong("lookalike"), "certificate_untrusted"),
    ("the other tenant's certificate", _of_the_other_tenant, "certificate_untrusted"),
    ("expired", _wrong("expired"), "certificate_expired"),
    ("not yet valid", _wrong("not-yet-valid"), "certificate_not_yet_valid"),
    ("made for servers", _wrong("wrong-usage"), "certificate_wrong_usage"),
    ("RSA key of 1024 bits", _wrong("weak-key"), "certificate_weak"),
    ("signed with SHA-1", _wrong("sha1"), "certificate_weak"),
    ("a common name only", _wrong("no-san"), "certificate_no_identity"),
    ("a terminal nobody entered", _wrong("unknown"), "policy_unknown_terminal"),
]


def _knock(stage: Stage, credential: Credential | None) -> tuple[Outcome, Record]:
    mark = stage.lab.box.records.mark()
    outcome = _terminal(stage, "karte", credential).curl(_door(stage, "karte", "emr"), "/")
    return outcome, stage.lab.box.records.wait(mark, event="session.refused")[0]


def refused(stage: Stage, account: Account) -> None:
    account.title("What was refused, in the box's own words")
    sentences = reasons.sentences()
    for what, credential, expected in _REFUSED:
        outcome, record = _knock(stage, credential(stage))
        reason = record["reason"]
        account.line("karte emr", what, f"{reason}: {sentences.get(reason, '?')}",
                     reason == expected and not outcome.succeeded)


def pages(stage: Stage, account: Account) -> None:
    account.title("What an administrator finds")
    office = Terminal(stage.lab.namespace("office"), None)
    management = stage.lab.site["management"]
    door = Door(management["address"], management["port"], "localhost", stage.keys.management_ca())
    ready, page = office.curl(door, "/readyz"), office.curl(door, "/", "--compressed")
    account.line("office", "the box says that it is ready", ready.output.decode().strip() or ready.errors, ready.succeeded)
    account.line("office", "the pages", "open" if b"<title>" in page.output else page.errors, b"<title>" in page.output)


def _reaches(namespace: str | None, address: str, port: int) -> bool:
    with namespaces.socket_in(namespace) as attempt:
        attempt.settimeout(1.5)
        return attempt.connect_ex((address, port)) == 0


def walled_off(stage: Stage, account: Account) -> None:
    account.title("What a terminal finds when it looks around")
    own, other = _door(stage, "karte", "emr"), _door(stage, "imaging", "dicom")
    cloud = next(iter(stage.lab.options.names.values()))[0]
    for what, address, port, expected in (("its own listener", own.address, own.port, True),
                                          ("imaging's listener", other.address, other.port, False),
                                          ("the cloud, past the box", cloud, 443, False)):
        reached = _reaches(stage.lab.namespace("clinic-karte"), address, port)
        answer = "answers" if reached else "no answer"
        account.line("clinic karte", f"{what}, {address}:{port}", answer, reached == expected)
