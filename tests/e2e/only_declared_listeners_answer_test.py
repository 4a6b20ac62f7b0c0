"""Every TCP port and the usual UDP ports of the box, in both address families, from each clinic and from outside:
the declared listeners answer and nothing else does; toward the cloud nothing at all (ISO-04, ISO-08, W3, NET-10)."""

import os
import signal
import socket
import threading
import unittest
from contextlib import suppress

from lab.command import run
from lab.waiting import wait_for
from support import box_inside, port_scan
from support.box_test import BoxTest
from support.port_scan import Answer, Scan
from support.site import Site

_PORT = 9000  # of every declared listener
_PORTS = 65535
_STRAY_TCP, _STRAY_UDP = 54321, 161
_SETTLED = 60

_HOLES = f"""flush ruleset
table inet holed {{
  chain input {{
    type filter hook input priority 0; policy drop;
    icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert, echo-request }} accept
    icmp type echo-request accept
    tcp dport {_STRAY_TCP} accept
    udp dport {_STRAY_UDP} accept
  }}
}}"""


class OnlyDeclaredListenersAnswer(BoxTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.with_ipv6()

    def setUp(self) -> None:
        super().setUp()
        supervisor = self.lab.box.pid
        self.lans = {t: box_inside.ground_with(supervisor, f"lan{n}") for n, t in enumerate(("karte", "imaging"))}
        self.wan = box_inside.ground_with(supervisor, "wan0")
        self.lan = {t: [a["local"] for a in box_inside.addresses_at(path, f"lan{n}") if a["scope"] == "global"]
                    for n, (t, path) in enumerate(self.lans.items())}
        self.outer = [a["local"] for a in box_inside.addresses_at(self.wan, "wan0") if a["scope"] == "global"]

    def _aims(self, tenant: str, number: int) -> list[str]:
        """Every address of the box: on this clinic's line, on the other clinic's, and outside."""
        near = box_inside.link_local(self.lans[tenant], f"lan{number}")
        return [*self.lan["karte"], *self.lan["imaging"], *self.outer, f"{near}%lan{number}"]

    def _outer_aims(self) -> list[str]:
        """Somebody outside who knows the clinic's addresses sends them to the box."""
        cloud = self.lab.namespace("cloud")
        for address in [a for lan in self.lan.values() for a in lan]:
            via = next(o for o in self.outer if (":" in o) == (":" in address))
            run("ip", "-n", str(cloud), "route", "replace", address, "via", via)
        near = box_inside.link_local(self.wan, "wan0")
        return [*self.lan["karte"], *self.lan["imaging"], *self.outer, f"{near}%wan0"]

    def _declared(self, tenant: str) -> set[Answer]:
        return {Answer(address, "tcp", _PORT, "open") for address in self.lan[tenant]}

    def _assert_silent_but_for(self, declared: set[Answer], scan: Scan, tried: int) -> None:
        self.assertEqual(scan.tried, tried)
        self.assertLessEqual(set(scan.answers), declared)

    def _assert_clinic_sees_its_listeners_only(self, tenant: str, number: int) -> None:
        clinic, aims = self.lab.namespace(f"clinic-{tenant}"), self._aims(tenant, number)
        declared = self._declared(tenant)
        self._assert_silent_but_for(declared, port_scan.all_tcp(clinic, aims), _PORTS * len(aims))
        self._assert_silent_but_for(set(), port_scan.usual_udp(clinic, aims), 1000 * len(aims))
        # A box may think little of whoever knocked at every door; it comes round.
        wait_for("the declared listeners to answer", lambda: port_scan.some_tcp(clinic, aims, [_PORT]).answers
                 == declared, _SETTLED)

    def test_clinic_sees_its_own_listeners_only(self) -> None:
        self._assert_clinic_sees_its_listeners_only("karte", 0)

    def test_other_clinic_sees_its_own_listeners_only(self) -> None:
        self._assert_clinic_sees_its_listeners_only("imaging", 1)

    def test_cloud_sees_nothing_at_all(self) -> None:
        cloud, aims = self.lab.namespace("cloud"), self._outer_aims()
        self._assert_silent_but_for(set(), port_scan.all_tcp(cloud, aims), _PORTS * len(aims))
        self._assert_silent_but_for(set(), port_scan.usual_udp(cloud, aims), 1000 * len(aims))
        self.assertEqual(port_scan.echoes(cloud, aims), set())

    # --- the same eyes where the wall has a hole

    def _make_holes(self) -> None:
        """With the supervisor held still, so that nobody mends it; a new box takes its place afterwards."""
        def replace() -> None:
            self.lab.box.kill()
            self.lab.box.start()
        self.addCleanup(replace)
        os.kill(self.lab.box.pid, signal.SIGSTOP)
        for ground in {*self.lans.values(), self.wan}:
            box_inside.run_at(ground, "nft", _HOLES)

    def _stray(self, ground: str, address: str) -> None:
        """A listener and something that answers datagrams, which nobody declared."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listener = box_inside.socket_at(ground, family)
        echo = box_inside.socket_at(ground, family, socket.SOCK_DGRAM)
        for each, port in ((listener, _STRAY_TCP), (echo, _STRAY_UDP)):
            self.addCleanup(each.close)
            each.bind((address, port))
        listener.listen()
        echo.settimeout(120)
        threading.Thread(target=_answer_all, args=(echo,), daemon=True).start()

    def _assert_found(self, viewpoint: str, ground: str, address: str) -> None:
        self._stray(ground, address)
        namespace = self.lab.namespace(viewpoint)
        self.assertIn(Answer(address, "tcp", _STRAY_TCP, "open"), port_scan.all_tcp(namespace, [address]).answers)
        self.assertIn(Answer(address, "udp", _STRAY_UDP, "open"), port_scan.usual_udp(namespace, [address]).answers)
        self.assertEqual(port_scan.echoes(namespace, [address]), {address})

    def test_stray_listener_is_found_where_the_rules_have_a_hole(self) -> None:
        self._make_holes()
        for address in self.lan["karte"]:
            with self.subTest(address=address):
                self._assert_found("clinic-karte", self.lans["karte"], address)
        for address in self.outer:
            with self.subTest(address=address):
                self._assert_found("cloud", self.wan, address)


def _answer_all(echo: socket.socket) -> None:
    with suppress(OSError):
        while True:
            data, sender = echo.recvfrom(65536)
            echo.sendto(data or b"yes", sender)


if __name__ == "__main__":
    unittest.main()
