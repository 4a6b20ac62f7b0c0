"""What is no handshake of the service's profile: old versions, foreign protocols, silence in the middle."""

import socket
import ssl
import unittest

from lab import namespaces
from support.box_test import BoxTest
from support.site import KARTE
from support.tls_pipe import TlsPipe, Truncated


class HandshakesOutsideTheProfileAreRefused(BoxTest):
    TENANTS = (KARTE,)

    def _connect(self) -> socket.socket:
        door = self.door()
        plain = namespaces.socket_in(self.lab.namespace("clinic-karte"))
        self.addCleanup(plain.close)
        plain.settimeout(20)
        plain.connect((door.address, door.port))
        return plain

    def _reason(self) -> str:
        return self.wait_record("session.refused", seconds=20)["reason"]

    def _shake_hands(self, context: ssl.SSLContext) -> None:
        with self.assertRaises((ssl.SSLError, Truncated, OSError)):
            TlsPipe(self._connect(), context, self.door().server_name).handshake().receive()

    def test_tls_1_2_is_not_spoken(self) -> None:
        context = self.terminal().context(self.door())
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
        self._shake_hands(context)
        self.assertEqual(self._reason(), "tls_version")

    def test_group_outside_the_profile_is_not_used(self) -> None:
        context = self.terminal().context(self.door())
        context.set_ecdh_curve("secp521r1")
        self._shake_hands(context)
        self.assertEqual(self._reason(), "tls_parameters")

    def test_plain_http_is_no_client_hello(self) -> None:
        plain = self._connect()
        plain.sendall(b"GET / HTTP/1.1\r\nHost: box\r\n\r\n")
        self.assertEqual(self._reason(), "client_hello_malformed")

    def test_terminal_that_leaves_before_it_said_anything(self) -> None:
        self._connect().close()
        self.assertEqual(self._reason(), "handshake_abandoned")

    def test_terminal_that_does_not_trust_the_box(self) -> None:
        door = self.door()
        context = ssl.create_default_context()  # the system's authorities, none of which knows the box
        own = self.keys.tenant("karte").terminal("desk-1")
        context.load_cert_chain(own.certificate, own.key)
        with self.assertRaises(ssl.SSLCertVerificationError):
            TlsPipe(self._connect(), context, door.server_name).handshake()
        self.assertEqual(self._reason(), "tls_alert_downstream")


if __name__ == "__main__":
    unittest.main()
