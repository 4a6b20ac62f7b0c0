"""The operations centre's own kit beside a box that follows its orders."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack
from pathlib import Path

from lab import command, namespaces
from lab.waiting import wait_for

from .administered_box import AdministeredBox
from .administrator import Json
from .noc_box import Office, answers, certify_centre
from .noc_end import NocEnd, messages_in
from .noc_kit import Kit
from .site import Site

_SITE = "e2e"


class OrderedBox(AdministeredBox):
    told: Site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        end = cls.lab.namespace("cloud")
        namespaces.add_address(end, "lo", f"{NocEnd.ADDRESS}/32")
        cls.kit = Kit(cls.folder.parent / "noc", end)
        stack.callback(cls.kit.stop)
        cls.office = Office(cls.kit, cls.folder.parent / "enrolled")
        certify_centre(cls.kit, f"DNS:edge.noc.example,DNS:{NocEnd.FIGURES},DNS:{NocEnd.RECORDS}")
        for name in (_SITE, "other"):
            cls.office.enrol(name)
        cls.kit.start("victoria-metrics")
        cls.kit.start_edge()
        cls.kit.start_records()
        wait_for("the centre", lambda: answers(cls.kit, 443) and answers(cls.kit, 6514), 30)
        cls._enrol()
        cls.told = NocEnd.told_by(cls.site)
        cls.told.tree["noc"]["orders"] = "pki/noc/orders.pem"
        published = cls.lab.box.publish(cls.told.write(cls.folder / "told.yaml"))
        assert published.accepted, published.text

    @classmethod
    def _enrol(cls) -> None:
        place = cls.folder / "pki/noc"
        place.mkdir(parents=True)
        for kind in ("pem", "key"):
            (place / f"box.{kind}").write_bytes((cls.office.boxes / f"{_SITE}.{kind}").read_bytes())
        (place / "centre-ca.pem").write_bytes((cls.kit.folder / "centre-ca.pem").read_bytes())
        for name in ("orders", "stranger"):
            command.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(cls.kit.folder / f"{name}.key"))
        command.run("openssl", "pkey", "-in", str(cls.kit.folder / "orders.key"), "-pubout", "-out", str(place / "orders.pem"))

    # --- the centre

    def make(self, *what: str, key: str = "orders", site: str = _SITE) -> str:
        return self._signs("make", site, *what, key=key)

    def takes_back(self, identity: str) -> str:
        return self._signs("withdraw", _SITE, identity)

    def _signs(self, *what: str, key: str = "orders") -> str:
        """Read by the box's own reader before."""
        checker = str(Path(os.environ["GW_BIN"]) / "sekisho")
        return self.office.do("order", *what, "--key", str(self.kit.folder / f"{key}.key"), "--checker", checker, "--reason", "as the test has it").strip()

    def withdraw_all(self) -> None:
        for line in self.office.do("order", "list").splitlines():
            self.office.do("order", "withdraw", *line.split()[:2])

    def hand(self, *rows: bytes) -> None:
        """What an edge hands over that somebody else has got hold of."""
        (self.kit.etc / "orders" / _SITE).write_bytes(b"".join(rows))

    def sealed(self, document: str) -> bytes:
        statement, signed = self.kit.folder / "statement", self.kit.folder / "signed"
        statement.write_text(f"sekisho order 1\nsha256 {hashlib.sha256(document.encode()).hexdigest()}\n")
        command.run("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(self.kit.folder / "orders.key"), "-in", str(statement), "-out", str(signed))
        whole = signed.read_bytes() + document.encode()
        return b"%d " % len(whole) + whole

    def row(self) -> bytes:
        return (self.kit.etc / "orders" / _SITE).read_bytes()

    def centre_hears(self, event: str, order: str) -> Json:
        def heard() -> Json | None:
            for message in messages_in(self.kit.folder / f"log/records/{_SITE}.log"):
                line = json.loads(message.line)
                if line["event"] == event and order in (line.get("object"), line.get("sha256")):
                    return line
            return None
        return wait_for(f"{event} of {order}", heard, 90)

    def two_rounds(self) -> None:
        """In which the box asked what there is for it."""
        log = self.kit.folder / "log/state.log"
        def told() -> int:
            return sum(f" {_SITE} " in line for line in log.read_text().splitlines()) if log.exists() else 0
        begun = told()
        wait_for("two rounds", lambda: told() >= begun + 2 or None, 90)

    # --- the box

    def asks(self, method: str, path: str, body: Json | None = None, status: int = 200) -> Json:
        said = self.comes(self.first).ask(method, path, body)
        self.assertEqual(said.status, status, f"{method} {path}: {said.body}")
        return said.json if said.body else {}

    def order(self, identity: str) -> Json | None:
        return next((one for one in self.asks("GET", "/noc/orders")["orders"] if one["order"] == identity), None)

    def becomes(self, identity: str, state: str) -> Json:
        return wait_for(f"{identity} to be {state}", lambda: (one := self.order(identity)) and one["state"] == state and one or None, 90)

    def base(self) -> str:
        changes = self.asks("GET", "/changes")
        return next(one["sha256"] for one in changes["changes"] if one["change"] == changes["confirmed"])

    def change(self, site: Site) -> str:
        return self.make("change", str(site.write(self.kit.folder / "wanted.yaml")), "--base", self.base())

    def wider(self) -> Site:
        changed = self.told.changed()
        changed.tree["tenants"][0]["terminals"].append({"name": "desk-3"})
        return changed
