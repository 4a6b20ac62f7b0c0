"""Connections that never finish a handshake: each source has its share, and others are served meanwhile."""

import socket
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import IMAGING, RAW, TenantSpec
from support.tls_pipe import TlsPipe

_FLOOD = 200
_SHARE = 16  # of one source
_LIMITS = {"handshakes": 64, "sessions_per_source": _SHARE,
           "connections": "1000 per s", "connections_per_source": "1000 per s"}
_HONEST = "10.11.1.200"


class FloodsAreTurnedAwayAndOthersServed(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW,), limits=_LIMITS), IMAGING)
    clouds: dict[str, CloudEnd]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}
        namespaces.add_address(str(cls.lab.namespace("clinic-karte")), "lan0", f"{_HONEST}/24")

    def _silent_connection(self) -> None:
        silent = namespaces.socket_in(self.lab.namespace("clinic-karte"))
        self.addCleanup(silent.close)
        silent.settimeout(5)
        with suppress(OSError):
            silent.connect((self.door().address, self.door().port))
            silent.send(b"\x16\x03\x01")  # the first octets of a ClientHello whose rest never comes

    def _served(self, tenant: str, source: str = "") -> None:
        terminal, door = self.terminal(tenant), self.door(tenant)
        plain: socket.socket = namespaces.socket_in(terminal.namespace)
        self.addCleanup(plain.close)
        plain.settimeout(5)
        plain.bind((source, 0))
        plain.connect((door.address, door.port))
        session = TlsPipe(plain, terminal.context(door), door.server_name).handshake()
        session.send(b"honest")
        self.assertEqual(self.clouds[tenant].accept(5).receive_exactly(6), b"honest")

    def test_flood_of_one_source_is_capped_and_timed_out_while_others_are_served(self) -> None:
        for _ in range(_FLOOD):
            self._silent_connection()
        self._served("karte", _HONEST)
        self._served("imaging")
        self.assertGreater(self.wait_record("admission.limited")["count"], 0)
        timed_out = self.lab.box.records.wait(self.mark, 30, _SHARE, reason="handshake_timeout")
        self.assertEqual(len(timed_out), _SHARE)
        wait_for("the source that flooded to be served again", self._served_again, 10)

    def _served_again(self) -> bool:
        with suppress(OSError):
            self._served("karte")
            return True
        return False


if __name__ == "__main__":
    unittest.main()
