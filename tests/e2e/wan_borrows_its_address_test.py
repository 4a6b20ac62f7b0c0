"""The Internet's side has what a DHCP server lends it, and a terminal's session does not notice (network.wan.dhcp)."""

import ipaddress
import os
import signal
import socket
import unittest
from contextlib import ExitStack, suppress

from lab import command, namespaces
from lab.topology import Loan
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site
from support.tls_pipe import TlsPipe

_TO_SERVER, _TO_CLIENT = b"\x00\x44\x00\x43", b"\x00\x43\x00\x44"
_OTHER = Loan(ipaddress.IPv4Interface("198.51.100.1/24"), ipaddress.IPv4Address("198.51.100.30"),
              ipaddress.IPv4Address("198.51.100.31"))
_CLINIC = Loan(ipaddress.IPv4Interface("10.11.1.1/24"), ipaddress.IPv4Address("10.11.1.30"),
               ipaddress.IPv4Address("10.11.1.31"))


class WanBorrowsItsAddress(BoxTest):
    cloud: CloudEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["network"]["wan"] = {"interface": "wan0", "dhcp": True}
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def setUp(self) -> None:
        super().setUp()
        wait_for("an address on the WAN", lambda: self._address() != "" and self._settled(), 60)

    def _in(self, *arguments: str) -> str:
        watcher = next(p for p in self.lab.box.status()["processes"] if p["name"] == "watchd-wan")
        return command.run("nsenter", "-t", str(watcher["pid"]), "-n", "--", *arguments)

    def _address(self) -> str:
        words = self._in("ip", "-4", "-o", "address", "show", "dev", "wan0").split()
        return words[words.index("inet") + 1] if "inet" in words else ""

    def _settled(self) -> bool:
        return "default via 198.51.100.1" in self._in("ip", "-4", "route")

    def _client(self) -> int:
        return int(next(p for p in self.lab.box.status()["processes"] if p["name"] == "dhcp-client")["pid"])

    def _renew(self) -> None:
        """The client asks now instead of in a minute."""
        os.kill(self._client(), signal.SIGUSR1)

    def _lend(self, loan: Loan) -> None:
        assert self.lab.lender is not None
        self.lab.lender.stop()
        self.lab.lender.start(loan)

    def _session(self) -> tuple[TlsPipe, TlsPipe]:
        """Both ends. A minute after a service could not be reached the box tries it by itself, and comes to the same cloud."""
        near = self.open()
        return near, self.cloud.accept_of(near)

    def test_a_session_reaches_its_service_and_a_renewal_costs_it_nothing(self) -> None:
        near, far = self._session()
        before = self._address()
        for number in range(200):
            if number == 100:
                self._renewal()
            near.send(bytes([number]) * 1000)
            self.assertEqual(far.receive_exactly(1000), bytes([number]) * 1000)
        self.assertEqual(self._address(), before)
        self.assertEqual(self.lab.box.records.since(self.mark, event="wan.lease_lost"), [])
        near.close()

    def test_a_renewal_goes_to_the_server_that_lent_and_to_nobody_else(self) -> None:
        question = self._renewal()
        self.assertEqual(question[:1], b"\x01")  # RFC 2131 2: BOOTREQUEST
        self.assertEqual(self.lab.box.records.since(self.mark, event="packet.refused"), [])

    def _renewal(self) -> bytes:
        """What a renewal asked, once it is answered. Asked before it took an answer, the client begins afresh."""
        wait_for("the client to rest", lambda: ":68 " not in self._in("ss", "-uan"), 10)
        own, lender = ipaddress.ip_interface(self._address()).ip.packed, b"\xc6\x33\x64\x01"  # 198.51.100.1
        with namespaces.socket_in(self.lab.namespace("cloud"), socket.AF_PACKET, socket.SOCK_DGRAM) as wire:
            wire.bind(("wan0", 0x0003))  # all, what the server sends too
            self._renew()
            question = self._frame(wire, own + lender, _TO_SERVER)
            self._frame(wire, lender + own, _TO_CLIENT)
        return question

    def _frame(self, wire: socket.socket, ends: bytes, ports: bytes) -> bytes:
        """What the next DHCP message between these two says; one sent to all would fail the test."""
        wire.settimeout(20)
        while True:
            packet = wire.recv(4096)
            if packet[0] == 0x45 and packet[9] == socket.IPPROTO_UDP and packet[20:24] in (_TO_SERVER, _TO_CLIENT):
                self.assertEqual((packet[12:20], packet[20:24]), (ends, ports))
                return packet[28:]

    def test_a_killed_client_costs_nothing_and_comes_back(self) -> None:
        near, far = self._session()
        before, client = self._address(), self._client()
        os.kill(client, signal.SIGKILL)
        wait_for("another client", lambda: self._client() not in (0, client), 20)
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        self.assertEqual(self._address(), before)
        self.assertEqual(self.lab.box.records.since(self.mark, event="wan.lease_lost"), [])
        near.close()

    def test_a_publication_keeps_the_lease_and_is_no_drift(self) -> None:
        before = self._address()
        self.assertTrue(self.lab.box.publish(self.folder / "site.yaml").accepted)
        self.assertEqual(self._address(), before)
        for event in ("wan.lease_lost", "network.drifted"):
            self.assertEqual(self.lab.box.records.since(self.mark, event=event), [], event)

    def test_a_configuration_may_stop_borrowing_and_begin_again(self) -> None:
        fixed = self.site.changed()
        fixed.tree["network"]["wan"] = {"interface": "wan0", "addresses": ["198.51.100.77/24"],
                                        "gateways": ["198.51.100.1"]}
        self.assertTrue(self.lab.box.publish(fixed.write(self.folder / "fixed.yaml")).accepted)
        try:
            self.assertEqual(self._address(), "198.51.100.77/24")
            wait_for("the client to go", lambda: not any(p["name"] == "dhcp-client"
                                                         for p in self.lab.box.status()["processes"]), 10)
            self.assertNotIn("60608", self._in("nft", "list", "ruleset"))
        finally:
            self.assertTrue(self.lab.box.publish(self.folder / "site.yaml").accepted)
        wait_for("a borrowed address", lambda: self._address() not in ("", "198.51.100.77/24"), 30)
        self.assertEqual(self.lab.box.records.since(self.mark, event="network.drifted"), [])

    def test_an_address_taken_away_by_hand_is_drift(self) -> None:
        before = self._address()
        self._in("ip", "address", "flush", "dev", "wan0", "scope", "global")
        wait_for("the address again", lambda: self._address() == before, 10)
        self.lab.box.records.wait(self.mark, 10, event="network.drifted")

    def test_another_lease_takes_the_place_of_the_one_before(self) -> None:
        self._lend(_OTHER)
        try:
            self._renew()  # is refused: the server does not know that address
            wait_for("the other address", lambda: self._address() in ("198.51.100.30/24", "198.51.100.31/24"), 60)
            self.lab.box.records.wait(self.mark, 10, event="wan.lease_lost")
            wait_for("the route", self._settled, 10)
            near, far = self._session()
            near.send(b"here")
            self.assertEqual(far.receive_exactly(4), b"here")
            near.close()
        finally:
            self._lend(Loan())
            self._renew()
            wait_for("the address of before", lambda: self._address() in
                     {f"{Loan().first + n}/24" for n in range(8)}, 60)

    def test_without_an_address_listeners_serve_and_sessions_are_refused(self) -> None:
        assert self.lab.lender is not None
        self._session()[0].close()  # that a service is not reached is told once, until it is
        self._lend(_OTHER)
        self._renew()  # is refused: the server does not know that address
        try:
            self.lab.box.records.wait(self.mark, 60, event="wan.lease_lost")
            self.lab.lender.stop()  # a refused client rests for three seconds before it asks anybody again
            wait_for("address and route to go", lambda: self._address() == "" and not self._settled(), 10)
            self.open_to_nothing()
            seen = self.lab.box.records.wait(self.mark, 30, event="session.refused")
            self.assertEqual(seen[0]["reason"], "upstream_timeout")
            self.lab.box.records.wait(self.mark, 10, event="endpoint.failed", detail="Network is unreachable")
        finally:
            self._lend(Loan())

    def open_to_nothing(self) -> None:
        with suppress(OSError):  # the session ends before or after the terminal thinks it has one
            self.open().receive()

    def test_port_68_answers_nobody(self) -> None:
        own = str(ipaddress.ip_interface(self._address()).ip)
        with namespaces.socket_in(self.lab.namespace("cloud"), kind=socket.SOCK_DGRAM) as stranger:
            stranger.bind(("198.51.100.1", 40_067))
            stranger.connect((own, 68))
            stranger.send(bytes(300))
            stranger.settimeout(1)
            with self.assertRaises(TimeoutError):  # neither an answer nor an ICMP error
                stranger.recv(1)

    def test_without_a_server_the_address_goes_with_its_lease(self) -> None:
        assert self.lab.lender is not None
        before = self._address()
        self._renew()
        self.lab.lender.stop()
        try:
            self.lab.box.records.wait(self.mark, 180, event="wan.lease_lost")
            wait_for("the address to go", lambda: self._address() == "", 10)
        finally:
            self.lab.lender.start(Loan())
        wait_for("the address again", lambda: self._address() != "", 60)
        self.assertEqual(self._address().split("/")[1], before.split("/")[1])

    def test_a_lease_in_the_clinic_is_refused_and_told_once(self) -> None:
        command.run("ip", "-n", self.lab.namespace("cloud") or "", "address", "add", "10.11.1.1/24", "dev", "wan0")
        self._lend(_CLINIC)
        try:
            self._renew()
            seen = self.lab.box.records.wait(self.mark, 60, event="wan.lease_refused")
            self.assertEqual(seen[0]["reason"], "clinic")
            self.assertFalse(self._address().startswith("10.11."))
        finally:
            command.run("ip", "-n", self.lab.namespace("cloud") or "", "address", "del", "10.11.1.1/24", "dev", "wan0")
            self._lend(Loan())
            os.kill(self._client(), signal.SIGKILL)
            wait_for("an address", lambda: self._address().startswith("198.51.100."), 60)


if __name__ == "__main__":
    unittest.main()
