"""A certificate that the box keeps itself: without it its services alone stand still, and with it they serve."""

import ssl
import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd


class IdentityServesFromTheMomentItIsThere(BoxTest):
    WRONG_CERTIFICATES = False
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _serves(self) -> None:
        self.open().send(b"there")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"there")

    def test_identity_comes_after_the_configuration(self) -> None:
        changed = self.site.changed()
        tenant = changed.tenant("karte")
        side = tenant["services"][0]["downstream"]
        certificate, key = side.pop("certificate"), side.pop("key")
        side["identity"] = "emr-box"
        tenant["identities"] = [{"name": "emr-box", "est": {"server_name": "est.vendor.example", "port": 443,
                                                            "addresses": ["203.0.113.77"],
                                                            "anchors": tenant["terminal_anchors"]}}]
        self._serves()
        published = self.lab.box.publish(changed.write(self.folder / "identity.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.wait_record("session.closed", reason="key_unavailable")
        with self.assertRaises((ssl.SSLError, OSError)):
            self.open()
        self.wait_record("session.refused", reason="key_unavailable")
        self.assertEqual(self.records("process.ended"), [], "nobody falls over it")

        shelf = self.lab.box.run_folder / "state" / "identities" / "karte"
        shelf.mkdir(parents=True)
        (shelf / "emr-box.current").write_bytes((self.folder / key).read_bytes() + (self.folder / certificate).read_bytes())
        (shelf / "emr-box.current").chmod(0o600)
        again = self.lab.box.order("config", "republish")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.lab.box.wait_until_serving()
        self._serves()


if __name__ == "__main__":
    unittest.main()
