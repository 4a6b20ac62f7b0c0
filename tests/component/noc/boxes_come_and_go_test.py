"""sekisho-noc on the running edge: a box that was enrolled is heard, one that was revoked is refused at once and for ever, and while authorities
hand over those of both are heard."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from lab import command
from lab.waiting import wait_for
from support.noc_box import figure
from support.noc_kit import SOURCE
from support.noc_test import NocTest

_MESSAGE = b'<108>1 2026-11-30T00:00:00Z %s sekisho - x [sekisho@32473 number="%d"] {}'
_FIGURE = figure("sekisho_build_info", 1, version="1")


class BoxesComeAndGoTest(NocTest):
    PROGRAMS = ("victoria-metrics",)

    def _hears(self, name: str) -> tuple[int, bool]:
        """What the edge and the receiver of records make of it."""
        box, site = self.box(name), name.split("_")[0]
        self._number = getattr(self, "_number", 0) + 1
        status = box.tell(_FIGURE)
        box.record(_MESSAGE % (site.encode(), self._number))
        path, mark = self.kit.folder / f"log/records/{site}.log", f'number="{self._number}"'
        try:
            wait_for("the record", lambda: path.exists() and mark in path.read_text(), 2)
        except command.LabError:
            return status, False
        return status, True

    def test_a_box_that_makes_its_own_key_is_enrolled(self) -> None:
        path = self.office.boxes / "maker"
        command.run(str(Path(os.environ["GW_BIN"]) / "sekisho"), "cert", "csr", str(SOURCE.parents[1] / "certs/profiles/noc.yaml"), f"{path}.key", f"{path}.csr",
                    "--subject", "O=Clinic,CN=maker", "--names", "URI:urn:sekisho:noc:box")
        self.office.do("enrol", "maker", "--request", f"{path}.csr", "--out", f"{path}.pem", "--customer", "a", "--carrier", "x", "--phone", "03-1")
        self.read_anew()
        self.assertEqual(self._hears("maker"), (204, True))
        wait_for("the list of boxes", lambda: 'site="maker",customer="a",carrier="x",phone="03-1",ring="wide"' in (self.kit.curl(8427, "/inventory") or ""), 10)
        self.office.do("enrol", "maker", "--request", f"{path}.csr", "--out", f"{path}.pem", "--ring", "first")
        wait_for("its ring", lambda: 'carrier="x",phone="03-1",ring="first"' in (self.kit.curl(8427, "/inventory") or ""), 10)

    def test_a_revoked_box_is_refused_at_once_and_its_name_is_not_given_again(self) -> None:
        self.office.enrol("lost")
        self.office.enrol("found")
        self.read_anew()
        self.assertEqual((self._hears("lost"), self._hears("found")), ((204, True), (204, True)))
        standing = self.box("lost")
        self.assertEqual(standing.tell(_FIGURE), 204)
        self.office.do("revoke", "lost")
        self.read_anew()
        self.assertEqual(standing.tell(_FIGURE), 400, "a connection that stood goes on")
        self.assertEqual(self._hears("lost"), (400, False))
        self.assertEqual(self._hears("found"), (204, True))
        self.assertNotIn("lost", self.kit.curl(8427, "/inventory") or "")
        self.assertIn("another name", self.office.refuses("enrol", "lost", "--request", f"{self.office.boxes}/lost.csr", "--out", "/dev/null"))

    def test_while_authorities_hand_over_both_are_accepted(self) -> None:
        for site in ("early", "late"):
            self.office.enrol(site)
        self.office.do("rotate", "begin")
        self.addCleanup(self.read_anew)
        self.office.enrol("early", "early_2")
        self.read_anew()
        for name in ("early", "early_2", "late"):
            self.assertEqual(self._hears(name), (204, True), name)
        self.assertIn("late", self.office.refuses("rotate", "end"))
        for site in [line.split()[0] for line in self.office.do("show").splitlines() if "until" in line and "authority" not in line]:
            self.office.enrol(site, f"{site}_2")
        self.office.do("rotate", "end")
        self.read_anew()
        self.assertEqual(self._hears("late"), (400, False))
        self.assertEqual((self._hears("early_2"), self._hears("late_2")), ((204, True), (204, True)))

    def test_what_cannot_be_is_said_with_what_to_do(self) -> None:
        request = str(self.office.boxes / "odd.csr")
        command.run("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=box", "-keyout", f"{request}.key", "-out", request)
        given = ("--request", request, "--out", f"{request}.pem")
        facts = ("--customer", "a", "--carrier", "x", "--phone", "1")
        for arguments, words in (
                (("enrol", "Odd.Site", *given, *facts), "a site's name is of a-z"), (("enrol", "odd", *given), "--customer is needed"),
                (("enrol", "odd", *given, "--customer", "a;", *facts[2:]), "no blanks, quotes"), (("enrol", "odd", *given, *facts), "P-256"),
                (("revoke", "odd"), "sekisho-noc show lists them"), (("rotate", "end"), "sekisho-noc rotate begin"), (("init",), "rotate begin")):
            self.assertIn(words, self.office.refuses(*arguments))
        self.assertNotIn("odd", self.office.do("show"))


if __name__ == "__main__":
    unittest.main()
