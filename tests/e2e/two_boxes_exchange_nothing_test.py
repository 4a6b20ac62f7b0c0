"""Two sites with boxes of their own, the same tenant and the same cloud service on one Internet: neither terminals nor
whoever took over a process of a box exchange a packet or a session with the other site (ISO-03, W1, W2, W3, W4)."""

import os
import socket
import ssl
import subprocess
import sys
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import cloud, command, namespaces
from lab.box import Programs
from lab.lab import Lab
from lab.terminals import Door, Terminal
from lab.waiting import wait_for
from support import box_inside, knock, packet_storm, place, two_sites
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import KARTE, Site
from support.tls_pipe import TlsPipe, Truncated
from support.watch_post import WatchPost

_STORM = Path(packet_storm.__file__).read_text()
_CLOUD = "203.0.113.20"
_PORT = 9000  # of the listeners, and of the cloud service
_ROUNDS = 200
_PATIENCE = 60


def _addresses(lab: Lab) -> list[str]:
    """Where a site's box and its terminal are to be found."""
    network = lab.site["network"]
    box = [a.split("/")[0] for line in (*network["lan"], network["wan"]) for a in line["addresses"]]
    clinic = [a["local"] for a in box_inside.addresses_at(f"/run/netns/{lab.namespace('clinic-karte')}", "lan0")
              if a["scope"] == "global"]
    return box + clinic


class TwoBoxesExchangeNothing(BoxTest):
    TENANTS = (KARTE,)
    other: two_sites.OtherBox
    sites: tuple[Lab, Lab]
    cloud: CloudEnd
    posts: list[WatchPost]

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.with_ipv6()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        programs = Programs(Path(os.environ["GW_BIN"]))
        cls.other = two_sites.OtherBox(stack, programs, two_sites.elsewhere(cls.site), f"e2f{os.getpid()}-")
        cls.other.trust_cloud_of(cls.keys, "karte", "raw")
        cls.sites = (cls.lab, cls.other.start())
        two_sites.join(*cls.sites, [_CLOUD])
        boxes = two_sites.client_authorities(cls.folder, cls.keys, cls.other.keys, "karte", "raw")
        cls.cloud = CloudEnd(cls.lab.namespace("cloud"), _CLOUD, _PORT, cls.keys.tenant("karte").cloud("raw"), str(boxes))
        stack.callback(cls.cloud.close)
        cls.posts = [WatchPost(lab.namespace("clinic-karte")) for lab in cls.sites]

    # --- who is who

    def _far(self, here: int) -> list[str]:
        return _addresses(self.sites[1 - here])

    def _door_at(self, number: int) -> Door:
        keys = self.keys if number == 0 else self.other.keys
        return cloud.door_of(self.sites[number].site, keys, "karte", "raw")

    def _terminal_at(self, number: int, keys_of: int) -> Terminal:
        keys = self.keys if keys_of == 0 else self.other.keys
        return Terminal(self.sites[number].namespace("clinic-karte"), keys.tenant("karte").terminal("desk-1"))

    def _storm(self, start: list[str], addresses: list[str]) -> "subprocess.Popen[bytes]":
        process = command.start([*start, _STORM, *addresses])
        self.addCleanup(command.stop, process)
        return process

    # --- sessions

    def _session(self, number: int) -> TlsPipe:
        return self.open(self._terminal_at(number, number), self._door_at(number))

    def test_both_sites_reach_their_cloud(self) -> None:
        for number in (0, 1):
            with self.subTest(site=number):
                near = self._session(number)
                near.send(b"there")
                self.assertEqual(self.cloud.accept().receive_exactly(5), b"there")

    def _refused(self, terminal: Terminal, door: Door) -> None:
        with self.assertRaises((Truncated, OSError, ssl.SSLError)):
            self.open(terminal, door).receive()

    def test_certificate_of_one_site_opens_nothing_at_the_other(self) -> None:
        for here in (0, 1):
            with self.subTest(site=here):
                before = self.cloud.accepted
                self._refused(self._terminal_at(here, keys_of=1 - here), self._door_at(here))
                reasons = {r["reason"] for r in self.sites[here].box.records.wait(0, 20, event="session.refused")}
                self.assertEqual(reasons, {"certificate_untrusted"})
                self.assertEqual(self.cloud.accepted, before)

    def test_session_of_one_site_is_worth_nothing_at_the_other(self) -> None:
        context = self._terminal_at(0, 0).context(self._door_at(0))
        context.load_verify_locations(self._door_at(1).ca)
        first = self.open(self._terminal_at(0, 0), self._door_at(0), context)
        first.send(b"there")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"there")
        before, mark = self.cloud.accepted, self.sites[1].box.records.mark()
        with self.assertRaises((Truncated, OSError, ssl.SSLError)):
            self.open(self._terminal_at(1, 0), self._door_at(1), context, first.session.session).receive()
        refused = self.sites[1].box.records.wait(mark, 20, event="session.refused")[0]
        self.assertEqual(refused["reason"], "certificate_untrusted")
        self.assertEqual(self.cloud.accepted, before)

    # --- packets

    def _assert_no_packet(self, starts: list[list[str]], here: int) -> None:
        """A storm from each of the starts, until each has come round many times."""
        before = [post.arrived() for post in self.posts]
        storms = [self._storm(start, self._far(here)) for start in starts]
        for storm in storms:
            wait_for("the storm to rage", lambda: _switches(storm.pid) > _ROUNDS, _PATIENCE)
            self.assertIsNone(storm.poll())
        self.assertEqual([post.arrived() for post in self.posts], before)

    def test_terminals_send_nothing_across(self) -> None:
        for here in (0, 1):
            with self.subTest(site=here):
                clinic = self.sites[here].namespace("clinic-karte")
                self._assert_no_packet([place.in_namespace(clinic)], here)

    def test_taken_over_processes_send_nothing_across(self) -> None:
        outside = [WatchPost(lab.namespace("cloud")) for lab in self.sites]
        self.assertEqual([post.arrived() for post in outside], [0, 0])
        for here in (0, 1):
            with self.subTest(site=here):
                self._assert_no_packet([place.of_a_process(self.sites[here], process, interface)
                                        for process in ("dialerd/karte", "proxyd/karte") for interface in ("lan0", "wan0")],
                                       here)
        self.assertEqual([post.arrived() for post in outside], [0, 0])

    def test_internet_itself_leads_to_both_boxes(self) -> None:
        """The same storm out of the Internet knocks at each box's outer door, for every address behind it."""
        for here in (0, 1):
            lab = self.sites[1 - here]
            ground, post = box_inside.ground_with(lab.box.pid, "wan0"), WatchPost(lab.namespace("cloud"))
            before = _received(ground)
            self._assert_no_packet([place.in_namespace(self.sites[here].namespace("cloud"))], here)
            wait_for("the storm to arrive at the box", lambda: _received(ground) > before + _ROUNDS, _PATIENCE)
            self.assertGreater(post.arrived(), _ROUNDS)

    # --- connections, at the very ports that are somebody's business

    def _doors(self, addresses: list[str]) -> set[knock.Door]:
        return {("tcp", address, _PORT) for address in addresses}

    def test_dialer_in_foreign_hands_reaches_its_cloud_and_no_other_site(self) -> None:
        for here in (0, 1):
            dialer = place.of_a_process(self.sites[here], "dialerd/karte", "wan0")
            own, far = self._doors([_CLOUD]), self._doors(self._far(here))
            with self.subTest(site=here):
                self.assertEqual(place.answers(dialer, sorted(own), 20), own)
                self.assertEqual(place.answers(dialer, sorted(far)), set())

    def test_terminal_reaches_no_listener_of_the_other_site(self) -> None:
        for here in (0, 1):
            with self.subTest(site=here):
                clinic = place.in_namespace(self.sites[here].namespace("clinic-karte"))
                self.assertEqual(place.answers(clinic, sorted(self._doors(self._far(here)))), set())


def _switches(pid: int) -> int:
    """How often a storm has paused: once a round."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])


def _received(ground: str) -> int:
    return int(box_inside.run_at(ground, "sh", "-c", "cat /proc/net/dev").split("wan0:")[1].split()[1])


if __name__ == "__main__":
    unittest.main()
