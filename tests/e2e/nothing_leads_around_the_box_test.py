"""QUIC, DNS past the box, DNS over TLS and over HTTPS: neither a terminal nor whoever took over a process of the box has a
path for them, though everybody out there would answer (NET-10, WLS-01, W3, ISO-04)."""

import socket
import threading
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from support import place
from support.box_test import BoxTest
from support.knock import Door
from support.site import Site

_RESOLVER, _FOREIGN, _FOREIGN6, _SERVICE = "198.51.100.53", "203.0.113.53", "2001:db8:ffff::53", "203.0.113.20"
# QUIC and DNS over HTTPS (443), DNS, DNS over TLS and QUIC (853), HTTP, a port of WireGuard
_PORTS = (53, 80, 443, 853, 51820)
_DOORS: list[Door] = [(protocol, address, port) for protocol in ("tcp", "udp") for port in _PORTS
                      for address in (_RESOLVER, _FOREIGN, _FOREIGN6, _SERVICE)]
_OWN_BUSINESS = {("tcp", _RESOLVER, 53), ("udp", _RESOLVER, 53)}  # a dialer asks the configured resolver


def _echo(answering: socket.socket) -> None:
    with suppress(OSError):
        while True:
            data, sender = answering.recvfrom(2048)
            answering.sendto(data, sender)


class NothingLeadsAroundTheBox(BoxTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.with_ipv6()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        """Everybody in the cloud answers on every one of these ports."""
        cloud = cls.lab.namespace("cloud")
        namespaces.add_address(str(cloud), "lo", f"{_FOREIGN}/32")
        namespaces.add_address(str(cloud), "lo", f"{_FOREIGN6}/128")
        for protocol, address, port in _DOORS:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
            answering = namespaces.socket_in(cloud, family, kind)
            stack.callback(answering.close)
            answering.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            answering.bind((address, port))
            if protocol == "tcp":
                answering.listen(64)
            else:
                threading.Thread(target=_echo, args=(answering,), daemon=True).start()

    def test_everybody_answers_whoever_stands_outside(self) -> None:
        found = place.answers(place.in_namespace(self.lab.namespace("cloud")), _DOORS)
        self.assertEqual(found, set(_DOORS))

    def test_terminal_finds_no_way_out(self) -> None:
        for tenant in ("karte", "imaging"):
            with self.subTest(tenant=tenant):
                clinic = place.in_namespace(self.lab.namespace(f"clinic-{tenant}"))
                self.assertEqual(place.answers(clinic, _DOORS), set())

    def test_dialer_in_foreign_hands_finds_its_resolver_at_most(self) -> None:
        for tenant in ("karte", "imaging"):
            with self.subTest(tenant=tenant):
                dialer = place.of_a_process(self.lab, f"dialerd/{tenant}", "wan0")
                self.assertLessEqual(place.answers(dialer, _DOORS), _OWN_BUSINESS)
                own = _SERVICE if tenant == "karte" else "203.0.113.21"
                self._assert_reaches_its_service(dialer, own)

    def _assert_reaches_its_service(self, dialer: list[str], address: str) -> None:
        """Or its silence elsewhere would prove nothing."""
        with namespaces.socket_in(self.lab.namespace("cloud")) as service:
            service.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            service.bind((address, 9000))
            service.listen()
            self.assertEqual(place.answers(dialer, [("tcp", address, 9000)], 20), {("tcp", address, 9000)})

    def test_proxy_in_foreign_hands_finds_nobody_from_either_side(self) -> None:
        for interface in ("lan0", "wan0"):
            with self.subTest(interface=interface):
                proxy = place.of_a_process(self.lab, "proxyd/karte", interface)
                self.assertEqual(place.answers(proxy, _DOORS), set())


if __name__ == "__main__":
    unittest.main()
