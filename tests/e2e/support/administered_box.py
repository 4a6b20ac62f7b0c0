"""A box that is administered over its own cable: its first administrator has enrolled, and others follow as a test needs them."""

from __future__ import annotations

import time
from contextlib import ExitStack

from lab import namespaces, people
from lab.waiting import wait_for

from .administrator import Administrator
from .box_test import BoxTest
from .cloud_end import CloudEnd
from .site import KARTE, Site

LABEL = "abcd-efgh-jkmn-npqr"
ADDRESS, NAME, PORT = "10.19.1.1", "box.clinic.example", 8443


class AdministeredBox(BoxTest):
    TENANTS = (KARTE,)
    WRONG_CERTIFICATES = False

    cloud: CloudEnd
    first: Administrator

    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["management"] = {
            "interface": "mgmt0", "addresses": [f"{ADDRESS}/24"], "address": ADDRESS, "port": PORT, "names": [NAME],
            "own_port": "on", "certificate": "pki/management/box.pem", "key": "pki/management/box.key",
            "anchors": "pki/management/admin-ca.pem"}
        people.put_label(cls.folder.parent, LABEL)
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        cls.first = cls.somebody("first")
        cls.wait_until_administered()
        cls.claim()

    @classmethod
    def claim(cls) -> None:
        """The first administrator takes the box over; a test may do so itself."""
        claimed = cls.first.ask("POST", "/box/claim", {"secret": LABEL, "name": "first", "person": "院長"})
        assert claimed.status == 204, claimed
        enrolled = cls.first.enrol(LABEL)
        assert enrolled.status == 200, enrolled
        wait_for("the box to let sessions begin", lambda: cls.lab.box.status()["sessions_begin"], 30)

    @classmethod
    def wait_until_administered(cls) -> None:
        wait_for("controld to be reached", lambda: cls.somebody("").ask("GET", "/readyz", root="").status == 200, 30)

    @classmethod
    def somebody(cls, name: str, place: str = f"{NAME}:{PORT}", source: str = "") -> Administrator:
        """Whoever that is; from one of the office's addresses."""
        options = ("--interface", source) if source else ()
        return Administrator(str(cls.lab.namespace("office")), ADDRESS, place, cls.folder / "pki/management/box-ca.pem", name,
                             options=options)

    @classmethod
    def desk(cls, number: int) -> str:
        """Another address in the office."""
        address = f"10.19.1.{number}"
        namespaces.add_address(str(cls.lab.namespace("office")), "desk0", f"{address}/24")
        return address

    @staticmethod
    def comes(who: Administrator) -> Administrator:
        if who.ask("GET", "/session").status != 200:
            said = who.sign_in()
            assert said.status == 201, said
        return who

    @classmethod
    def invite(cls, name: str, role: str, by: Administrator | None = None, ends: str = "") -> str:
        """One more account; the code for its owner."""
        body = {"name": name, "person": "somebody", "role": role} | ({"ends": ends} if ends else {})
        made = cls.comes(by or cls.first).ask("POST", "/accounts", body)
        assert made.status == 201, made
        return str(made.json["code"])

    @classmethod
    def made(cls, name: str, role: str, by: Administrator | None = None, source: str = "") -> Administrator:
        """One more account, in use and signed in."""
        ends = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 86_400)) if role == "maintainer" else ""
        code = cls.invite(name, role, by, ends)
        other = cls.somebody(name, source=source)
        other.is_patient = True
        enrolled = other.enrol(code)
        assert enrolled.status == 200, enrolled
        return cls.comes(other)
