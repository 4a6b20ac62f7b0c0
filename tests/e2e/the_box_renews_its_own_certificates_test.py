"""The box gets a certificate of its own with a ticket, renews it with another key when two thirds of its life are over, and
its terminals notice nothing (CRT-03)."""

import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.est_end import EstEnd
from support.site import Site

_EST = ("203.0.113.77", 443)


class TheBoxRenewsItsOwnCertificates(BoxTest):
    WRONG_CERTIFICATES = False

    est: EstEnd
    cloud: CloudEnd
    managed: Site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.est = EstEnd(str(cls.lab.namespace("cloud")), cls.folder / "est", *_EST)
        stack.callback(cls.est.close)
        cls.managed = cls.site.changed()
        tenant = cls.managed.tenant("karte")
        upstream = tenant["services"][0]["upstream"]
        del upstream["certificate"], upstream["key"]
        upstream["identity"] = "raw-client"
        tenant["identities"] = [{"name": "raw-client", "est": {"server_name": EstEnd.NAME, "port": _EST[1],
                                                               "addresses": [_EST[0]], "anchors": "est/tls.pem"}}]
        cls.cloud = cls._cloud_that_trusts_the_vendor(stack)

    @classmethod
    def _cloud_that_trusts_the_vendor(cls, stack: ExitStack) -> CloudEnd:
        upstream = cls.managed.tenant("karte")["services"][0]["upstream"]
        end = CloudEnd(cls.lab.namespace("cloud"), upstream["addresses"][0], upstream["port"],
                       cls.keys.tenant("karte").cloud("raw"), str(cls.est.clients_ca))
        stack.callback(end.close)
        return end

    # --- what is seen

    def _slot(self) -> Path:
        return self.lab.box.run_folder / "state" / "identities" / "karte"

    def _serves(self) -> str:
        """The serial number of the certificate that the cloud was shown."""
        near = self.open()
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        shown = far.session.getpeercert()
        assert shown is not None
        return str(shown["serialNumber"])

    def _renewed(self, mark: int) -> None:
        self.lab.box.records.wait(mark, 30, event="identity.renewed")
        self.lab.box.records.wait(mark, 30, event="configuration.published")

    # --- the life of an identity

    def test_from_the_first_ticket_to_a_new_key(self) -> None:
        published = self.lab.box.publish(self.managed.write(self.folder / "managed.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.wait_record("identity.not_renewed", 30)

        self.est.order("ticket", "first-word")
        self.est.order("life", str(150 / 86400), str(-80))  # two thirds of it are over in twenty seconds
        mark = self.lab.box.records.mark()
        given = self.lab.box.order("cert", "enrol", "karte/raw-client", "first-word")
        self.assertEqual(given.returncode, 0, given.stderr)
        self._renewed(mark)
        first = self._serves()
        self.assertFalse((self._slot() / "raw-client.ticket").exists(), "a ticket that was redeemed is gone")
        self.assertNotIn("BEGIN PRIVATE KEY", (self._slot() / "raw-client.current").read_text())

        session = self.open()
        far = self.cloud.accept()
        self.est.order("life", "30", str(-60.0))
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
