"""A terminal comes with a certificate of three months that ends in ten days, and of which the box has no list: it says whose it is, and
until when it counts, also when its memory was started anew meanwhile (CRT-05)."""

import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from authority import Authority, Leaf
from lab.pki import Credential
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import KARTE

_A_LOOK = 120  # seconds: the first comes a minute after controld was started


class WhoseCertificateEndsIsTold(BoxTest):
    TENANTS = (KARTE,)
    WRONG_CERTIFICATES = False
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _ending(self) -> Credential:
        now, keys = datetime.now(timezone.utc), self.keys.tenant("karte")
        leaf = Leaf(self.folder / "ending", "terminal", "desk-1", "URI:urn:sekisho:karte:desk-1",
                    not_before=now - timedelta(days=80), not_after=now + timedelta(days=10, hours=1))
        Authority(keys.folder / "terminal-ca").issue(leaf)
        return Credential(leaf.path.with_suffix(".pem"))

    def test_a_terminals_that_ends_in_ten_days(self) -> None:
        near = self.open(self.terminal_with(self._ending()))
        self.cloud.accept_of(near)
        opened = self.wait_record("session.opened")
        near.close()
        self.lab.box.strike("controld")
        self.lab.box.wait_until_serving()
        told = self.wait_record("certificate.due", _A_LOOK, terminal="desk-1")
        self.assertEqual((told["of_tenant"], told["days_left"]), ("karte", 10))
        self.assertEqual(told["until"], opened["downstream_certificate_until"])
        self.assertEqual(told["sha256"], opened["downstream_certificate_sha256"])


if __name__ == "__main__":
    unittest.main()
