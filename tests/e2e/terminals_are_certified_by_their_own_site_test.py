"""A terminal gets its certificate from the site's own authority, whose key nobody can take out of the box; what is
revoked or replaced counts no more within five seconds (LAN-01, CRT-01, CRT-04, CRT-07)."""

import json
import subprocess
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.pki import Credential
from support import site_ca
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe

_AT_MOST = 5.0  # seconds
_WHY = ("--reason", "a new device")


def _openssl(*arguments: str, text: str = "") -> str:
    done = subprocess.run(["openssl", *arguments], check=False, capture_output=True, text=True, input=text)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments[0]}: {done.stderr}")
    return done.stdout + done.stderr


class TerminalsAreCertifiedByTheirOwnSite(BoxTest):
    WRONG_CERTIFICATES = False

    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        cls.authority = site_ca.found_for(cls)

    # --- what is done to the box

    def _order(self, *words: str, code: int = 0) -> dict:
        done = self.lab.box.order(*words, "--output", "json")
        self.assertEqual(done.returncode, code, done.stderr)
        self.told = done.stderr
        return json.loads(done.stdout) if done.stdout else {}

    def _by_request(self, act: str, name: str, folder: str) -> Credential:
        """The terminal has made its key; the box sees a request alone."""
        place = self.folder / folder
        place.mkdir()
        _openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                 str(place / "device.key"), "-out", str(place / "request.pem"), "-subj", "/CN=whatever it likes")
        self._order("terminal", act, f"karte/{name}", str(place / "device.pem"), "--request",
                    str(place / "request.pem"), *_WHY)
        return Credential(place / "device.pem")

    def _by_bundle(self, act: str, name: str, folder: str) -> Credential:
        """The box has made the key: it comes in one file, under a password that is said once."""
        place = self.folder / folder
        place.mkdir()
        issued = self._order("terminal", act, f"karte/{name}", str(place / "all.p12"), "--sheet",
                             str(place / "sheet.txt"), *_WHY)
        self.assertNotIn("secret", issued, "what is on the sheet is on no screen")
        sheet = (place / "sheet.txt").read_text().splitlines()
        password = next(line.split()[1] for line in sheet if line.startswith("password"))
        for option, out in (("-nocerts", "device.key"), ("-nokeys", "device.pem")):
            _openssl("pkcs12", "-in", str(place / "all.p12"), "-passin", f"pass:{password}", option, "-nodes",
                     "-out", str(place / out))
        return Credential(place / "device.pem")

    # --- what is seen of it

    def _session(self, credential: Credential) -> TlsPipe:
        near = self.open(self.terminal_with(credential))
        self.cloud.accept()
        return near

    def _status(self, leaf: Path, answer: Path) -> str:
        return _openssl("ocsp", "-no_nonce", "-issuer", str(self.authority), "-cert", str(leaf), "-respin", str(answer),
                        "-CAfile", str(self.authority))

    def _ends_in_time(self, session: TlsPipe, began: float) -> None:
        self.ends(session)
        self.assertLess(time.monotonic() - began, _AT_MOST)

    # --- the tests

    def test_a_terminal_with_its_own_request_is_let_in_until_it_is_revoked(self) -> None:
        device = self._by_request("enrol", "desk-1", "own")
        session = self._session(device)
        written = self.wait_record("terminal.certified")
        self.assertEqual((written["terminal"], written["detail"]), ("karte/desk-1", "a new device"))
        self._order("terminal", "enrol", "karte/desk-1", str(self.folder / "second.pem"), *_WHY, code=1)
        self.assertIn("renew it, replace it", self.told)
        self.assertFalse((self.folder / "second.pem").exists(), "what was not issued leaves no file")
        began = time.monotonic()
        self._order("terminal", "revoke", "karte/desk-1", "--because", "key_compromise", *_WHY)
        self._ends_in_time(session, began)
        self.is_refused(device, "terminal_blocked")

        self.lab.box.stop()
        self.lab.box.start()
        self._publish_again()
        self.is_refused(device, "terminal_blocked")
        again = self._by_request("enrol", "desk-1", "own-again")
        self._session(again)
        self._order("terminal", "revoke", "karte/desk-1", *_WHY)

    def _publish_again(self) -> None:
        publication = self.lab.box.publish(self.folder / "next.yaml")
        self.assertTrue(publication.accepted, publication.text)

    def test_a_terminal_that_makes_no_request_gets_its_key_in_a_file(self) -> None:
        device = self._by_bundle("enrol", "desk-2", "bundle")
        session = self._session(device)
        renewed = self._by_bundle("renew", "desk-2", "renewed")
        self._session(renewed)
        session.send(b"the one before counts for a while yet")
        began = time.monotonic()
        replacement = self._by_bundle("replace", "desk-2", "replacement")
        self._ends_in_time(session, began)
        for lost in (device, renewed):
            self.is_refused(lost, "terminal_blocked")
        self._session(replacement)
        standings = [entry["standing"] for entry in self._order("ca", "show")["certificates"]
                     if entry["terminal"] == "desk-2"]
        self.assertEqual(sorted(standings), ["revoked", "revoked", "valid"])
        label = self.lab.box.order("terminal", "label", "karte/desk-2")
        self.assertIn("karte/desk-2", label.stdout)
        self._order("terminal", "revoke", "karte/desk-2", *_WHY)

    def test_strangers_can_check_the_list_and_ask(self) -> None:
        device = self._by_request("enrol", "desk-1", "asked")
        self._order("ca", "list", str(self.folder / "terminals.crl"), "--reason", "for a stranger")
        listed = _openssl("crl", "-inform", "DER", "-in", str(self.folder / "terminals.crl"), "-CAfile",
                          str(self.authority), "-noout", "-text")
        self.assertIn("verify OK", listed)
        question, answer = self.folder / "question.der", self.folder / "answer.der"
        leaf = self.folder / "leaf.pem"
        leaf.write_text(_openssl("x509", "-in", str(device.certificate)))
        _openssl("ocsp", "-issuer", str(self.authority), "-cert", str(leaf), "-reqout", str(question))
        self._order("ca", "answer", str(question), str(answer))
        self.assertIn(": good", self._status(leaf, answer))
        self._order("terminal", "revoke", "karte/desk-1", *_WHY)
        answer.unlink()
        self._order("ca", "answer", str(question), str(answer))
        self.assertIn(": revoked", self._status(leaf, answer))

    def test_what_makes_no_sense_is_told_and_changes_nothing(self) -> None:
        before = self._order("ca", "show")
        for words, told in (
                (("terminal", "enrol", "karte/desk-9", str(self.folder / "x.pem")), "no terminal karte/desk-9"),
                (("terminal", "revoke", "karte/desk-9"), "has no certificate"),
                (("ca", "make", str(self.folder / "y.pem")), "has its authority")):
            self._order(*words, *_WHY, code=1)
            self.assertIn(told, self.told)
        broken = self.folder / "broken.csr"
        broken.write_text("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n")
        self._order("terminal", "enrol", "karte/desk-1", str(self.folder / "z.pem"), "--request", str(broken), *_WHY, code=1)
        self.assertEqual(self._order("ca", "show")["certificates"], before["certificates"])
        self.assertFalse(list(self.folder.glob("[xyz].pem")))

    def test_the_authority_s_key_lies_nowhere_in_the_clear(self) -> None:
        for path in (self.lab.box.run_folder / "state").iterdir():
            content = path.read_bytes() if path.is_file() else b""
            own = self._keys_in_plain_files() if path.name == "start" else 0
            self.assertEqual(content.count(b"BEGIN PRIVATE KEY"), own, path)
            self.assertNotIn(b"BEGIN EC PRIVATE KEY", content)

    def _keys_in_plain_files(self) -> int:
        """Of the configuration; what the box starts with has them."""
        return sum("key" in service[side] for tenant in self.site.tree["tenants"] for service in tenant["services"]
                   for side in ("upstream", "downstream"))


if __name__ == "__main__":
    unittest.main()
