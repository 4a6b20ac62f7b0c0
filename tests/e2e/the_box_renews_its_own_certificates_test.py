"""The box gets a certificate of its own with a ticket, renews it with another key when two thirds of its life are over, and
its terminals notice nothing (CRT-03)."""

import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.vendor import Vendor


class TheBoxRenewsItsOwnCertificates(BoxTest):
    WRONG_CERTIFICATES = False
    vendor: Vendor

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.vendor = Vendor(stack, cls)

    # --- what is seen

    def _serves(self) -> str:
        """The serial number of the certificate that the cloud was shown."""
        near = self.open()
        far = self.vendor.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        return self.vendor.number_shown(far)

    def _renewed(self, mark: int) -> None:
        self.lab.box.records.wait(mark, 30, event="identity.renewed")
        self.lab.box.records.wait(mark, 30, event="configuration.published")

    # --- the life of an identity

    def test_from_the_first_ticket_to_a_new_key(self) -> None:
        published = self.lab.box.publish(self.vendor.site.write(self.folder / "managed.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.wait_record("identity.not_renewed", 30)

        self.vendor.est.order("ticket", "first-word")
        self.vendor.est.order("life", str(150 / 86400), str(-80))  # two thirds of it are over in twenty seconds
        mark = self.lab.box.records.mark()
        given = self.lab.box.order("cert", "enrol", Vendor.IDENTITY, "first-word")
        self.assertEqual(given.returncode, 0, given.stderr)
        self._renewed(mark)
        first = self._serves()
        self.assertFalse(self.vendor.kept("ticket").exists(), "a ticket that was redeemed is gone")
        self.assertNotIn("BEGIN PRIVATE KEY", self.vendor.kept("current").read_text())

        session = self.open()
        far = self.vendor.cloud.accept()
        self.vendor.est.order("life", "30", str(-60.0))
        self.lab.box.records.wait(self.lab.box.records.mark(), 50, event="identity.renewed")
        wait_for("the new certificate to be shown", lambda: self._serves() != first, 30)
        session.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still", "a session that stands notices nothing")

        for unknown in ("imaging/none", "karte/none", "nobody/none"):
            refused = self.lab.box.order("cert", "enrol", unknown, "word")
            self.assertEqual(refused.returncode, 1)
            self.assertIn(f"no identity {unknown}", refused.stderr)


if __name__ == "__main__":
    unittest.main()
