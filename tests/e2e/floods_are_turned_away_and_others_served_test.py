"""Connections that never finish a handshake: they are capped and timed out, and an honest terminal is served."""

import socket
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import IMAGING, ServiceSpec, TenantSpec

_FLOOD = 200
_HANDSHAKES = 32
_LIMITS = {"handshakes": _HANDSHAKES, "connections_per_source": "1000 per s"}
_RAW = ServiceSpec("raw", 9000, 9000, limits={"handshake": "2 s"})


class FloodsAreTurnedAwayAndOthersServed(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (_RAW,), limits=_LIMITS), IMAGING)
    clouds: dict[str, CloudEnd]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def _silent_connection(self) -> socket.socket:
        silent = namespaces.socket_in(self.lab.namespace("clinic-karte"))
        self.addCleanup(silent.close)
        silent.settimeout(5)
        with suppress(OSError):
            silent.connect((self.door().address, self.door().port))
            silent.send(b"\x16\x03\x01")  # the first octets of a ClientHello whose rest never comes
        return silent

    def _served(self, tenant: str) -> None:
        session = self.open(self.terminal(tenant), self.door(tenant))
        session.send(b"honest")
        self.assertEqual(self.clouds[tenant].accept().receive_exactly(6), b"honest")

    def test_flood_is_capped_timed_out_and_over(self) -> None:
        for _ in range(_FLOOD):
            self._silent_connection()
        self._served("imaging")  # another tenant notices nothing
        refused = self.lab.box.records.wait(self.mark, 15, event="session.refused", reason="handshake_timeout")
        self.assertLessEqual(len(refused), _HANDSHAKES)
        self._served("karte")


if __name__ == "__main__":
    unittest.main()
