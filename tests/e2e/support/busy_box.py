"""A box that has lived: whatever makes it keep a file was done to it once. It has started anew, and stands still."""

from __future__ import annotations

import hashlib
import subprocess
from contextlib import ExitStack
from pathlib import Path

from authority import Authority, Leaf
from lab.waiting import wait_for

from . import site_ca
from .administered_box import AdministeredBox
from .est_end import EstEnd
from .folder_watch import FolderWatch
from .noc_end import NocEnd
from .recipients import Recipient, give_backups
from .site import IMAGING, KARTE, Site
from .soft_token import SoftToken

_WHY = ("--reason", "as the test says")
_EST, _RENEWED, _BY_HAND = ("203.0.113.77", 443), "imaging/raw-client", "karte/raw-client"


def serial_of(path: Path) -> str:
    done = subprocess.run(["openssl", "x509", "-in", str(path), "-noout", "-serial"], check=True, capture_output=True, text=True)
    return done.stdout.strip().removeprefix("serial=").lower()


class BusyBox(AdministeredBox):
    """`state` is its folder, `seen` what there ever was in it, `former` the serial number of a certificate that it had in its first configuration."""

    TENANTS = (KARTE, IMAGING)

    state: Path
    seen: set[str]
    former: str
    recipients: dict[str, Recipient]
    token: SoftToken

    @classmethod
    def shape(cls, site: Site) -> Site:
        super().shape(site)
        cls.recipients = give_backups(site, cls.folder, cls.folder.parent / "home", 4)
        cls.state = cls.folder.parent / "run" / "state"
        cls.watch = FolderWatch(cls.state)
        return site

    @classmethod
    def hardware(cls, stack: ExitStack) -> tuple[str, ...]:
        stack.callback(cls.watch.close)
        cls.token = SoftToken()
        stack.callback(cls.token.remove)
        folder = cls.keys.tenant("karte").folder
        (folder / "raw.key").unlink()
        cls.token.make_key("raw", folder / "raw.key", cls.folder / "request.pem")
        Authority(folder / "box-ca").certify(cls.folder / "request.pem", Leaf(folder / "raw", "server", "raw", "DNS:raw.karte.clinic.example,IP:10.11.1.1"))
        return cls.token.options

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.comes(cls.first)
        for part in (cls._gets_identities, cls._certifies_terminals, cls._is_cut_and_trusts_its_clock, cls._tries_itself, cls._backs_up, cls._supports):
            print(f"--- {part.__name__.strip('_')}", flush=True)
            part(*([stack] if part == cls._gets_identities else []))
        cls.lab.box.stop()
        cls.lab.box.start()
        cls.lab.box.stop()
        cls.seen = set(cls.watch.seen)

    @classmethod
    def order(cls, *words: str) -> str:
        done = cls.lab.box.order(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @classmethod
    def asks(cls, path: str, body: object = None) -> None:
        said = cls.comes(cls.first).ask("POST", path, body)
        assert said.status < 300, said

    # --- what is done to it

    @classmethod
    def _gets_identities(cls, stack: ExitStack) -> None:
        """One from an enrolment server, with a ticket and once more; one by hand. And it is to tell an operations centre."""
        est = EstEnd(str(cls.lab.namespace("cloud")), cls.folder / "est", *_EST)
        stack.callback(est.close)
        NocEnd(cls.lab.namespace("cloud"), cls.folder.parent / "noc", cls.folder)
        site = NocEnd.told_by(cls.site)
        for tenant in ("karte", "imaging"):
            upstream = site.tenant(tenant)["services"][0]["upstream"]
            cls.former = serial_of(cls.folder / upstream["certificate"])
            del upstream["certificate"], upstream["key"]
            upstream["identity"] = "raw-client"
        site.tenant("karte")["identities"] = [{"name": "raw-client"}]
        site.tenant("imaging")["identities"] = [{"name": "raw-client", "est": {
            "server_name": EstEnd.NAME, "port": _EST[1], "addresses": [_EST[0]], "anchors": "est/tls.pem"}}]
        cls.site = site
        published = cls.lab.box.publish(site.write(cls.folder / "managed.yaml"))
        assert published.accepted, published.text
        est.order("ticket", "first-word")
        cls._is_renewed("enrol", _RENEWED, "first-word")
        cls._is_renewed("renew", _RENEWED)
        request, vendor = cls.folder / "by-hand.csr", Authority.make(cls.folder / "vendor", "vendor")
        cls.order("cert", "request", _BY_HAND, str(request))
        vendor.certify(request, Leaf(cls.folder / "by-hand", "client", "karte box", "URI:urn:sekisho:karte:box"))
        chain = cls.folder / "chain.pem"
        chain.write_text((cls.folder / "by-hand.pem").read_text() + vendor.certificate.read_text())
        cls._is_renewed("adopt", _BY_HAND, str(chain))

    @classmethod
    def _is_renewed(cls, *words: str) -> None:
        mark = cls.lab.box.records.mark()
        cls.order("cert", *words)
        cls.lab.box.records.wait(mark, 60, event="identity.renewed")

    @classmethod
    def _certifies_terminals(cls) -> None:
        site_ca.found_for(cls)
        for act in ("enrol", "replace"):
            cls.order("terminal", act, "karte/desk-1", str(cls.folder / f"{act}.p12"), "--sheet", str(cls.folder / f"{act}.txt"), *_WHY)
        cls.order("terminal", "revoke", "karte/desk-1", *_WHY)

    @classmethod
    def _is_cut_and_trusts_its_clock(cls) -> None:
        cls.order("cut", "terminal", "karte/desk-2", *_WHY)
        cls.order("clock", "trust", *_WHY)

    @classmethod
    def _tries_itself(cls) -> None:
        for path in ("/isolation", "/diagnosis"):
            cls.asks(path, {})
        wait_for("the proof", lambda: cls.first.ask("GET", "/isolation").status == 200, 180)
        wait_for("the trials", lambda: cls.first.ask("GET", "/diagnosis").json.get("ended"), 120)
        cls.asks("/evidence", {})

    @classmethod
    def _backs_up(cls) -> None:
        cls.asks("/backups")
        backup = wait_for("a backup", lambda: next(iter(cls.first.ask("GET", "/backups").json["backups"]), None), 90)
        octets = (cls.state / "backups" / backup["file"]).read_bytes()
        cls.asks(f"/backups/{backup['backup']}/tried", {"sha256": hashlib.sha256(octets).hexdigest()})

    @classmethod
    def _supports(cls) -> None:
        cls.asks("/captures", {"interface": "mgmt0", "seconds": 1, "reason": "so that there is one"})
        cls.asks("/bundles", {"scope": ["configuration", "certificates"]})
        wait_for("the support file", lambda: cls.first.ask("GET", "/bundles").json["bundles"], 60)
