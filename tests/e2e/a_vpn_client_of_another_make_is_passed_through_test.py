"""A real VPN client and its server, of a make that the box knows nothing of: their tunnel goes by its name and port and nothing else
does, its packets arrive, and it ends on the exception's day (NET-02, NET-07, NET-10)."""

import socket
import unittest
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from authority import Authority, Leaf
from lab import namespaces
from lab.cloud import service_of
from lab.pki import Credential
from lab.terminals import Door
from support.dated_box_test import DatedBoxTest, from_now
from support.foreign_vpn import INSIDE, USER, VpnClient, VpnServer
from support.site import ServiceSpec, Site, TenantSpec

_PATIENCE = 20
_OCTETS = bytes(range(256)) * 200


class AVpnClientOfAnotherMakeIsPassedThrough(DatedBoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (ServiceSpec("vpn", 443, 443),)),)
    shows: Credential

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.passed_through("karte", "vpn", from_now(days=20).strftime("%Y-%m-%d"), "desk-1", "10.11.1.100")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        keys = cls.keys.tenant("karte")
        cls.shows = Credential(cls.folder / "clinic.pem")
        Authority(keys.cloud_ca("vpn").with_suffix("")).issue(Leaf(cls.folder / "clinic", "client", USER, "URI:urn:example:institution"))
        upstream = service_of(cls.lab.site, "karte", "vpn")["upstream"]
        server = VpnServer(cls.lab.namespace("cloud"), cls.folder / "server",
                           Door(upstream["addresses"][0], 443, upstream["server_name"], keys.cloud_ca("vpn")), keys.cloud("vpn"))
        stack.callback(server.close)

    def door_of_the_vpn(self, name: str = "") -> Door:
        """The client knows the server by its name, and the clinic's names lead to the box."""
        box, upstream = self.door("karte", "vpn"), service_of(self.lab.site, "karte", "vpn")["upstream"]
        return Door(box.address, box.port, name or upstream["server_name"], self.keys.tenant("karte").cloud_ca("vpn"))

    def client(self, door: Door | None = None, **given: Any) -> VpnClient:
        client = VpnClient(self.lab.namespace("clinic-karte"), self.folder / "client", door or self.door_of_the_vpn(),
                           **({"shows": self.shows} | given))
        self.addCleanup(client.close)
        return client

    def octets_arrive(self) -> None:
        """In packets of the tunnel, at a server behind it."""
        with namespaces.socket_in(self.lab.namespace("cloud")) as server, namespaces.socket_in(self.lab.namespace("clinic-karte")) as sender:
            server.bind((INSIDE, 7000))
            server.listen(1)
            sender.settimeout(_PATIENCE)
            sender.connect((INSIDE, 7000))
            sender.sendall(_OCTETS)
            sender.shutdown(socket.SHUT_WR)
            receiver, _ = server.accept()
            with receiver:
                receiver.settimeout(_PATIENCE)
                self.assertEqual(b"".join(iter(lambda: receiver.recv(65536), b"")), _OCTETS)

    def test_its_packets_arrive_and_its_datagrams_beside_the_tunnel_do_not(self) -> None:
        client = self.client(datagrams=True)
        client.wait_until_up()
        self.octets_arrive()
        self.wait_record("packet.refused", protocol="udp", destination_port=443, reason="not_listening")
        client.close()
        closed = self.lab.box.records.wait(self.mark, event="session.closed", service="vpn", count=2)
        self.assertGreater(max(record["bytes_up"] for record in closed), len(_OCTETS))
        self.assertEqual({record["terminal"] for record in closed}, {"desk-1"})
        self.assertTrue(all(record["upstream_tls"].endswith(" end to end") for record in closed))

    def test_the_server_refuses_whoever_lacks_certificate_or_password(self) -> None:
        for lacks in ({"shows": None}, {"password": "something else"}):
            with self.subTest(**lacks):
                client = self.client(**lacks)
                self.assertNotEqual(client.wait_until_gone(), 0)
                self.assertFalse(client.is_up())
                self.wait_record("session.closed", service="vpn")

    def test_another_name_is_refused_by_the_box(self) -> None:
        client = self.client(self.door_of_the_vpn("other.example"))
        self.assertNotEqual(client.wait_until_gone(), 0)
        self.wait_record("session.refused", reason="policy_unknown_name")

    def test_it_ends_on_the_exceptions_day_and_does_not_come_back(self) -> None:
        client = self.client()
        client.wait_until_up()
        self.octets_arrive()
        self.clock.goes_ahead(timedelta(days=22))
        self.wait_record("session.closed", service="vpn", reason="policy_exception_ended")
        client.wait_until_gone()
        self.wait_record("session.refused", service="vpn", reason="policy_exception_ended")
        self.assertFalse(client.is_up())


if __name__ == "__main__":
    unittest.main()
