"""Keys other than P-256 that are strong enough pass: RSA 2048 and P-384 of terminals, RSA 2048 of the cloud."""

import unittest
from contextlib import closing

from lab.pki import Credential
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import KARTE


class CertificatesOfOtherStrongKindsAreAccepted(BoxTest):
    TENANTS = (KARTE,)

    def _passes(self, terminal: Credential, cloud: Credential) -> None:
        keys = self.keys.tenant("karte")
        anchors = str(keys.cloud_ca("raw"))
        with closing(CloudEnd(self.lab.namespace("cloud"), "203.0.113.20", 9000, cloud, anchors)) as end:
            session = self.open(self.terminal_with(terminal))
            session.send(b"strong")
            self.assertEqual(end.accept(5).receive_exactly(6), b"strong")

    def test_terminals(self) -> None:
        keys = self.keys.tenant("karte")
        for kind in ("rsa-2048", "p-384"):
            with self.subTest(terminal=kind):
                self._passes(keys.other(kind), keys.cloud("raw"))

    def test_cloud_with_an_rsa_key(self) -> None:
        keys = self.keys.tenant("karte")
        self._passes(keys.terminal("desk-1"), Credential(keys.folder / "raw-cloud-rsa.pem"))


if __name__ == "__main__":
    unittest.main()
