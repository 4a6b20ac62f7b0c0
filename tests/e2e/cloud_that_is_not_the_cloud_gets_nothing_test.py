"""Whoever answers in the cloud's place, the terminal gets no session and the record says why."""

import unittest
from contextlib import closing

from lab import namespaces
from lab.pki import Credential
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import RAW, TenantSpec
from support.tls_pipe import Truncated


class CloudThatIsNotTheCloudGetsNothing(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW,)),)

    def _ending(self) -> str:
        """The reason with which a terminal's attempt ended."""
        session = self.open()
        with self.assertRaises((Truncated, OSError)):
            session.receive()
        return self.wait_record("session.refused", seconds=20)["reason"]

    def _behind(self, credential: Credential) -> CloudEnd:
        keys = self.keys.tenant("karte")
        return CloudEnd(self.lab.namespace("cloud"), "203.0.113.20", 9000, credential, str(keys.cloud_ca("raw")))

    def test_nobody_there(self) -> None:
        self.assertEqual(self._ending(), "upstream_refused")

    def test_certificate_of_a_stranger(self) -> None:
        with closing(self._behind(self.keys.tenant("karte").wrong("wrong-ca"))):
            self.assertEqual(self._ending(), "upstream_certificate_untrusted")

    def test_certificate_of_the_box_itself(self) -> None:
        with closing(self._behind(Credential(self.keys.tenant("karte").folder / "raw-client.pem"))):
            self.assertIn(self._ending(), ("upstream_certificate_usage", "upstream_certificate_name"))

    def test_somebody_who_does_not_speak_tls(self) -> None:
        with namespaces.socket_in(self.lab.namespace("cloud")) as mute:
            mute.bind(("203.0.113.20", 9000))
            mute.listen()
            session = self.open()
            connection, _ = mute.accept()
            connection.sendall(b"220 mail.example ESMTP\r\n")
            self.assertEqual(self.wait_record("session.refused")["reason"], "upstream_tls_failed")
            connection.close()
            session.plain.close()


if __name__ == "__main__":
    unittest.main()
