"""A lost device is shut out within five seconds, by hand, by a revocation list or with its authority; the sessions of all
others lose no octet (CRT-04, SRV-03); a key in two places is told (CRT-07)."""

import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import namespaces
from lab.pki import Credential
from support import authorities, stream_load
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site
from support.stream_load import StreamLoad
from support.tls_pipe import TlsPipe

_AT_MOST = 5.0  # seconds
_ELSEWHERE = "10.11.1.66"  # where a copied key turns up


class LostCertificateEndsItsSessionsAtOnce(BoxTest):
    WRONG_CERTIFICATES = False

    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def setUp(self) -> None:
        super().setUp()
        self.load: StreamLoad = stream_load.start([self.open(self.terminal("karte", "desk-2"))], self.cloud)[0]

    # --- what is done to the box

    def _publish(self, site: Site) -> None:
        publication = self.lab.box.publish(site.write(self.folder / "next.yaml"))
        self.assertTrue(publication.accepted, publication.text)

    def _terminal(self, act: str, *more: str) -> None:
        done = self.lab.box.order("terminal", act, "karte/desk-1", "--reason", "stolen tablet", *more)
        self.assertEqual(done.returncode, 0, done.stderr)

    def _authority(self) -> Path:
        return self.keys.folder / "karte" / "terminal-ca"

    # --- what is seen of it

    def _session(self, credential: Credential) -> TlsPipe:
        near = self.open(self.terminal_with(credential))
        self.cloud.accept()
        return near

    def _ends_in_time(self, session: TlsPipe, began: float, reason: str) -> None:
        self.ends(session)
        self.assertLess(time.monotonic() - began, _AT_MOST)
        # Sessions of the test before may be recorded as ended only now.
        self.wait_record("session.closed", terminal="desk-1", reason=reason)

    def _others_noticed_nothing(self) -> None:
        self.assertGreater(self.load.finish(), 0)
        ended = [record["reason"] for record in self.records("session.closed", terminal="desk-2")]
        self.assertLessEqual(set(ended), {"finished"})

    # --- the tests

    def test_a_blocked_terminal_stays_out_over_publications_and_restarts(self) -> None:
        device = self.keys.tenant("karte").terminal("desk-1")
        session = self._session(device)
        began = time.monotonic()
        self._terminal("block")
        self._ends_in_time(session, began, "terminal_blocked")
        self.assertEqual(self.wait_record("terminal.blocked")["detail"], "stolen tablet")
        self.is_refused(device, "terminal_blocked")
        self._publish(self.site)
        self.is_refused(device, "terminal_blocked")
        self._others_noticed_nothing()

        self.lab.box.stop()
        self.lab.box.start()
        self.assertEqual(self.lab.box.status()["blocks"],
                         [{"tenant": "karte", "terminal": "desk-1", "certificate": ""}])
        listed = self.lab.box.order("terminal", "list").stdout.splitlines()
        self.assertIn("blocked  certificates of karte/desk-1", listed)
        known = {f"known    {spec.name}/{name}" for spec in self.TENANTS for name in spec.terminals} - {"known    karte/desk-1"}
        self.assertEqual(set(listed) - {"blocked  certificates of karte/desk-1"}, known)
        self.is_refused(device, "terminal_blocked")
        self._terminal("unblock")
        self.assertEqual(self.lab.box.status()["blocks"], [])
        self._session(device)

    def test_a_blocked_certificate_leaves_the_new_device_of_the_same_name_alone(self) -> None:
        lost = self.keys.tenant("karte").terminal("desk-1")
        given_out_anew = authorities.issue_terminal(self._authority(), self.folder / "anew", "karte", "desk-1")
        session = self._session(lost)
        replacement = self._session(given_out_anew)
        fingerprint = authorities.fingerprint_of(lost)
        began = time.monotonic()
        self._terminal("block", "--certificate", fingerprint)
        self._ends_in_time(session, began, "terminal_blocked")
        self.is_refused(lost, "terminal_blocked")
        replacement.send(b"still there")
        self._session(given_out_anew)
        self._others_noticed_nothing()
        self._terminal("unblock", "--certificate", fingerprint)

    def test_a_published_revocation_list_ends_whom_it_names(self) -> None:
        device = self.keys.tenant("karte").terminal("desk-1")
        session = self._session(device)
        authorities.revocation_list(self._authority(), [device], self.folder / "lost.crl")
        site = self.site.changed()
        site.tenant("karte")["terminal_revocation"] = {"lists": ["lost.crl"]}
        self.addCleanup(self._publish, self.site)
        began = time.monotonic()
        self._publish(site)
        self._ends_in_time(session, began, "certificate_revoked")
        self.is_refused(device, "certificate_revoked")
        self._others_noticed_nothing()

    def test_an_authority_that_is_taken_away_takes_its_terminals_along(self) -> None:
        authorities.another(self.folder / "other-ca")
        device = authorities.issue_terminal(self.folder / "other-ca", self.folder / "theirs", "karte", "desk-1")
        site = self.site.changed()
        anchors = site.tenant("karte")["terminal_anchors"]
        site.tenant("karte")["terminal_anchors"] = [anchors, {"file": "other-ca.pem", "until": "2099-01-01T00:00:00Z"}]
        self.addCleanup(self._publish, self.site)
        self._publish(site)
        session = self._session(device)
        began = time.monotonic()
        self._publish(self.site)
        self._ends_in_time(session, began, "certificate_untrusted")
        self.is_refused(device, "certificate_untrusted")
        self._others_noticed_nothing()

    def test_a_key_that_is_at_work_in_two_places_is_told_once(self) -> None:
        device = self.keys.tenant("karte").terminal("desk-1")
        self._session(device)
        self._session(device)
        namespaces.add_address(str(self.lab.namespace("clinic-karte")), "lan0", f"{_ELSEWHERE}/24")
        for _ in range(2):
            self.open(self.terminal_with(device), source=_ELSEWHERE)
            self.cloud.accept()
        told = self.wait_record("certificate.two_places")
        self.assertEqual((told["terminal"], told["source"]), ("desk-1", _ELSEWHERE))
        self.assertIn("10.11.1.100", told["detail"])
        self.assertEqual(len(self.records("certificate.two_places")), 1)
        self._others_noticed_nothing()

    def test_what_is_not_there_is_told(self) -> None:
        for words, told in ((("block", "karte/desk-9"), "no terminal karte/desk-9"),
                            (("unblock", "karte/desk-2"), "is not blocked")):
            done = self.lab.box.order("terminal", *words, "--reason", "a test")
            self.assertEqual(done.returncode, 1)
            self.assertIn(told, done.stderr)
        self._others_noticed_nothing()


if __name__ == "__main__":
    unittest.main()
