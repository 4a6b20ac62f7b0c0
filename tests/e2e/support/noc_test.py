"""The fixture of the kit's tests: configs/noc in a namespace of its own, with the people who run it."""

from __future__ import annotations

import os
import unittest
from contextlib import ExitStack

from lab import namespaces
from lab.claim import Claim
from lab.waiting import wait_for

from .mail_end import MailEnd
from .noc_box import NocBox, Office, answers, certify_centre
from .noc_kit import Kit


class NocTest(unittest.TestCase):
    """A test file says which programs it wants, of those that Debian starts; the edge and the receiver of records are always there."""

    PROGRAMS: tuple[str, ...] = ("victoria-metrics",)
    HURRY = 1

    kit: Kit
    office: Office
    mail: MailEnd

    @classmethod
    def setUpClass(cls) -> None:
        with ExitStack() as stack:
            claim = stack.enter_context(Claim(f"noc{os.getpid()}-"))
            namespace = f"{claim.prefix}noc"
            claim.add(namespace)
            namespaces.create(namespace)
            cls.kit = Kit(claim.folder / "noc", namespace, cls.HURRY)
            stack.callback(cls.kit.stop)
            cls.office = Office(cls.kit, claim.folder / "boxes")
            cls.mail = MailEnd(namespace)
            stack.callback(cls.mail.close)
            certify_centre(cls.kit)
            cls.prepare(stack)
            for program in cls.PROGRAMS:
                cls.kit.start(program)
            cls.kit.start_edge()
            cls.kit.start_records()
            for port in (443, 6514):
                wait_for(f"port {port}", lambda: answers(cls.kit, port), 30)
            cls._stack = stack.pop_all()

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        """Whatever stands before the programs start."""

    def box(self, name: str | None) -> NocBox:
        box = NocBox(self.kit, self.office.boxes, name)
        self.addCleanup(box.hang_up)
        return box

    def read_anew(self) -> None:
        """What system/reload does where systemd runs the programs."""
        self.kit.reload_edge()
        self.kit.stop_one("rsyslogd")
        self.kit.start_records()
        wait_for("the receiver of records", lambda: answers(self.kit, 6514), 30)

    def sites(self, query: str) -> set[tuple[str, str]]:
        """Site and customer of what the store has."""
        return {(one["metric"].get("site", ""), one["metric"].get("customer", "")) for one in self.kit.ask(query)}
