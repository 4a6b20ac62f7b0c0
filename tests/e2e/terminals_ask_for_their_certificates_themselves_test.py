"""A terminal that can asks the box for its certificate itself, by EST (RFC 7030, RFC 8951): with a one-time ticket, and then
with the certificate it has. Nobody else gets one (LAN-01, CRT-07)."""

import json
import os
import re
import signal
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import namespaces
from lab.pki import Credential
from lab.waiting import wait_for
from support import est_device, site_ca
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.est_device import PATH, PLACE, PORT, openssl
from support.site import Site

_WHY = ("--reason", "a new device")


class TerminalsAskForTheirCertificatesThemselves(BoxTest):
    WRONG_CERTIFICATES = False

    cloud: CloudEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        est_device.let_ask(site)
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        site_ca.found_for(cls)

    # --- what a terminal does

    def _request(self, folder: str) -> Path:
        return est_device.request_in(self.folder / folder)

    def _enrolled(self, name: str, folder: str) -> Credential:
        place = self._request(folder)
        status, answer = est_device.by_ticket(self, place, name, self._ticket(name))
        self.assertEqual(status, 200, answer)
        return est_device.kept(place, answer)

    # --- what the clinic does

    def _order(self, *words: str, code: int = 0) -> dict:
        done = self.lab.box.order(*words, "--output", "json")
        self.assertEqual(done.returncode, code, done.stderr)
        self.told = done.stderr
        return json.loads(done.stdout) if done.stdout else {}

    def _ticket(self, name: str) -> str:
        made = self._order("terminal", "ticket", f"karte/{name}", *_WHY)
        self.assertEqual(made["place"], PLACE)
        return str(made["secret"])

    def _serves(self, credential: Credential) -> None:
        near = self.open(self.terminal_with(credential))
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")

    def tearDown(self) -> None:
        for entry in self._order("ca", "show")["certificates"]:
            if entry["standing"] == "valid":
                self._order("terminal", "revoke", f"karte/{entry['terminal']}", *_WHY)

    # --- the tests

    def test_a_ticket_gives_one_certificate_and_that_one_the_next(self) -> None:
        status, authorities = est_device.curl(self, f"{PATH}/cacerts")
        self.assertEqual(status, 200)
        printed = openssl("pkcs7", "-inform", "DER", "-print_certs", octets=openssl("base64", "-d", octets=authorities))
        self.assertIn(b"CN = terminals", printed)

        place, ticket = self._request("first"), self._ticket("desk-1")
        status, answer = est_device.by_ticket(self, place, "desk-1", ticket)
        self.assertEqual(status, 200, answer)
        first = est_device.kept(place, answer)
        self._serves(first)
        told = self.wait_record("terminal.certified", terminal="karte/desk-1")
        self.assertRegex(told["detail"], r"by the terminal itself, with a ticket, from [0-9.]+$")

        again = self._request("again")
        self.assertEqual(est_device.by_ticket(self, again, "desk-1", ticket)[0], 401, "a ticket is good once")
        self.wait_record("enrolment.refused", terminal="desk-1")

        next_place = self._request("next")
        status, answer = est_device.by_certificate(self, next_place, first)
        self.assertEqual(status, 200, answer)
        second = est_device.kept(next_place, answer)
        self._serves(second)
        self._serves(first)
        standings = sorted(e["standing"] for e in self._order("ca", "show")["certificates"] if e["terminal"] == "desk-1")
        self.assertEqual(standings, ["superseded", "valid"])

    def test_whoever_is_shut_out_gets_no_certificate(self) -> None:
        device = self._enrolled("desk-2", "shut-out")
        self._order("terminal", "block", "karte/desk-2", *_WHY)
        status, answer = est_device.by_certificate(self, self._request("blocked"), device)
        self.assertEqual(status, 403, answer)
        self.assertIn(b"blocked", answer)
        ticket = self._ticket("desk-2")
        self.assertEqual(est_device.by_ticket(self, self._request("blocked-too"), "desk-2", ticket)[0], 401, "and no word why")
        self.wait_record("enrolment.refused", terminal="desk-2", detail="ticket.unknown: its certificates are blocked")
        self._order("terminal", "unblock", "karte/desk-2", *_WHY)
        self._order("terminal", "revoke", "karte/desk-2", "--because", "key_compromise", *_WHY)
        self.assertEqual(est_device.by_certificate(self, self._request("revoked"), device)[0], 403)

    def test_nobody_gets_the_certificate_of_another(self) -> None:
        mine = self._enrolled("desk-1", "mine")
        before, mine_again = self._enroller(), self._request("mine-again")
        ticket = self._ticket("desk-2")
        for name in ("desk-1", "imaging/ct-1", "nobody", "", "desk-2 ", "../desk-2", "a" * 64, "desk-2\x01"):
            status, _ = est_device.curl(self, f"{PATH}/simpleenroll", "--user", f"{name}:{ticket}", body=est_device.base64_of(mine_again))
            self.assertIn(status, (401, 503), name)
        self.assertEqual(est_device.by_ticket(self, mine_again, "desk-2", ticket)[0], 200, "the ticket's own terminal, after a while")
        status, answer = est_device.patient(self, f"{PATH}/simplereenroll", body=est_device.base64_of(self._request("without")))
        self.assertEqual(status, 403, "no certificate was shown")
        self.assertIn(b"use a ticket", answer)
        foreign = self.keys.tenant("karte").terminal("desk-1")
        status, answer = est_device.by_certificate(self, self._request("foreign"), foreign)
        self.assertEqual((status, b"have a ticket made" in answer), (403, True), "another authority's: not ours to renew")
        self._serves(mine)
        self.assertEqual(self._enroller(), before, "and the process has noticed nothing")

    def _enroller(self) -> int:
        return next(p["pid"] for p in self.lab.box.status()["processes"] if p["name"] == "enrold")

    def test_the_other_tenant_finds_no_door(self) -> None:
        imaging = next(iter(self.site.tenant("imaging")["terminals"]))["name"]
        device = self.keys.tenant("imaging").terminal(imaging)
        self.assertEqual(est_device.by_certificate(self, self._request("across"), device, tenant="imaging")[0], 0)
        status, _ = est_device.by_certificate(self, self._request("inside"), device)
        self.assertEqual(status, 0, "its certificate is refused within the handshake")
        self.wait_record("enrolment.no_session")
        self._order("terminal", "ticket", f"imaging/{imaging}", *_WHY, code=1)
        self.assertIn("no `enrolment`", self.told)

    def test_nonsense_is_answered_in_words_and_hurts_nobody(self) -> None:
        for operation, options, body, status in (
                ("/", (), None, 404), (f"{PATH}/cacerts", ("-X", "DELETE"), None, 405),
                (f"{PATH}/other/cacerts", (), None, 404), (f"{PATH}/fullcmc", (), b"x", 404),
                (f"{PATH}/simpleenroll", (), b"AAAA", 401),
                (f"{PATH}/simpleenroll", ("--user", "desk-1:aaaa-bbbb-cccc-dddd-eeee"), b"AAAA", 400),
                (f"{PATH}/simpleenroll", ("--user", f"desk-1:{'x' * 200}"), b"AAAA", 401),
                (f"{PATH}/simpleenroll", ("--user", "desk-1:x"), b"A" * 100_000, 413),
                (f"{PATH}/cacerts", ("-H", f"X: {'x' * 9000}"), None, 431),
                (f"{PATH}/cacerts", ("-H", "Host:"), None, 400)):
            with self.subTest(operation=operation, status=status):
                self.assertEqual(est_device.patient(self, operation, *options, body=body)[0], status, "once it is heard")
        status, answer = est_device.curl(self, f"{PATH}/csrattrs")
        self.assertEqual(status, 200)
        self.assertTrue(re.fullmatch(rb"[A-Za-z0-9+/=\r\n]+", answer))

    def test_silent_strangers_do_not_keep_a_terminal_out(self) -> None:
        address = self.site.tenant("karte")["listeners"][0]["address"]
        silent = []
        for _ in range(40):
            plain = namespaces.socket_in(self.lab.namespace("clinic-karte"))
            self.addCleanup(plain.close)
            plain.connect((address, PORT))
            silent.append(plain)
        self.assertEqual(wait_for("a place", lambda: est_device.curl(self, f"{PATH}/cacerts")[0] == 200, 30), True)

    def test_a_killed_enroller_comes_back_and_the_ticket_counts_yet(self) -> None:
        ticket = self._ticket("desk-2")
        os.kill(self._enroller(), signal.SIGKILL)
        self.wait_record("process.ended", name="enrold")
        wait_for("another enroller", lambda: est_device.curl(self, f"{PATH}/cacerts")[0] == 200, 20)
        status, answer = est_device.by_ticket(self, self._request("survivor"), "desk-2", ticket)
        self.assertEqual(status, 200, answer)
        sheet = self.folder / "sheet.txt"
        made = self._order("terminal", "ticket", "karte/desk-1", "--sheet", str(sheet), *_WHY)
        self.assertNotIn("secret", made, "what is on the sheet is on no screen")
        self.assertIn(PLACE, sheet.read_text())


if __name__ == "__main__":
    unittest.main()
