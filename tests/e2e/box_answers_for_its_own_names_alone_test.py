"""A terminal finds its services by the box's name service: for what stands on its own segment, and never by asking
anybody else (WLS-01, NET-10, ISO-02)."""

import os
import signal
import socket
import subprocess
import unittest
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from lab import command, namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site

_BOX = {"karte": "10.11.1.1", "imaging": "10.12.1.1"}
_OWN = "raw.karte.clinic.example"
_OTHERS = "raw.imaging.clinic.example"
_HEALING = 30


def _pid_of_names(box: "BoxTest") -> int:
    return next(p["pid"] for p in box.lab.box.status()["processes"] if p["name"] == "namesd")


class BoxAnswersForItsOwnNamesAlone(BoxTest):
    cloud: CloudEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        changed = site.with_ipv6()
        for lan in changed.tree["network"]["lan"]:
            lan["serve"] = {"names": "on"}
        changed.tree["network"]["lan"][0]["hosts"] = [{"name": "printer.clinic.example", "addresses": ["10.11.1.30"]}]
        return changed

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _dig(self, name: str, *options: str, clinic: str = "karte") -> str:
        """What a real resolver's tool makes of the answer."""
        return command.run("dig", "+tries=1", "+time=5", *options, f"@{_BOX[clinic]}", name,
                           namespace=self.lab.namespace(f"clinic-{clinic}"))

    def _addresses(self, name: str, *options: str, clinic: str = "karte") -> list[str]:
        return self._dig(name, "+short", *options, clinic=clinic).split()

    def test_service_leads_to_its_listener_in_both_families_and_over_both_transports(self) -> None:
        for transport in ("+notcp", "+tcp"):
            with self.subTest(transport=transport):
                self.assertEqual(self._addresses(_OWN, transport), ["10.11.1.1"])
                self.assertEqual(self._addresses(_OWN, transport, "AAAA"), ["2001:db8:10::1"])
        self.assertEqual(self._addresses("PRINTER.clinic.example"), ["10.11.1.30"])

    def test_answer_is_authoritative_and_offers_no_recursion(self) -> None:
        said = self._dig(_OWN)
        flags = next(line for line in said.splitlines() if "flags:" in line).split(";")[2].split()
        self.assertIn("aa", flags)
        self.assertNotIn("ra", flags)

    def test_name_of_the_other_tenants_segment_is_refused(self) -> None:
        self.assertEqual(self._addresses(_OTHERS, clinic="imaging"), ["10.12.1.1"])
        self.assertIn("status: REFUSED", self._dig(_OTHERS))

    def test_foreign_name_is_refused_and_nobody_is_asked(self) -> None:
        with namespaces.socket_in(self.lab.namespace("cloud"), socket.AF_PACKET, socket.SOCK_DGRAM) as line:
            line.bind(("wan0" if self._has_interface("wan0") else self._cloud_interface(), 0x0003))
            line.setblocking(False)
            for name in ("www.example.com", "raw.karte.cloud.example", "."):
                self.assertIn("status: REFUSED", self._dig(name))
            self.assertEqual(self._dns_packets(line), 0)

    def _has_interface(self, name: str) -> bool:
        return name in command.run("ip", "-br", "link", namespace=self.lab.namespace("cloud"))

    def _cloud_interface(self) -> str:
        links = command.run("ip", "-br", "link", namespace=self.lab.namespace("cloud")).split("\n")
        return next(line.split("@")[0].split()[0] for line in links if line and not line.startswith("lo"))

    @staticmethod
    def _dns_packets(line: socket.socket) -> int:
        """Those to port 53, of either family and transport."""
        seen = 0
        while True:
            try:
                packet = line.recv(2048)
            except BlockingIOError:
                return seen
            header = (packet[0] & 15) * 4 if packet[0] >> 4 == 4 else 40
            protocol = packet[9] if packet[0] >> 4 == 4 else packet[6]
            seen += protocol in (6, 17) and packet[header + 2:header + 4] == b"\x00\x35"

    def test_terminal_finds_its_service_by_name_alone_and_uses_it(self) -> None:
        resolv = Path("/etc/netns") / str(self.lab.namespace("clinic-karte")) / "resolv.conf"
        resolv.parent.mkdir(parents=True)
        self.addCleanup(resolv.parent.rmdir)
        resolv.write_text(f"nameserver {_BOX['karte']}\n")
        self.addCleanup(resolv.unlink)
        found = subprocess.run(["ip", "netns", "exec", str(self.lab.namespace("clinic-karte")), "getent", "ahostsv4", _OWN],
                               capture_output=True, text=True, timeout=30)
        self.assertEqual({line.split()[0] for line in found.stdout.splitlines()}, {"10.11.1.1"}, found.stderr)
        session = self.open()
        session.send(b"found")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"found")

    def test_killed_name_service_ends_no_session_and_comes_back(self) -> None:
        session = self.open()
        session.send(b"before")
        cloud = self.cloud.accept()
        self.assertEqual(cloud.receive_exactly(6), b"before")
        old = _pid_of_names(self)
        os.kill(old, signal.SIGKILL)
        wait_for("a new name service", lambda: _pid_of_names(self) not in (0, old), _HEALING)
        wait_for("the box to heal", self.lab.box.serving, _HEALING)
        self.assertEqual(self._addresses(_OWN), ["10.11.1.1"])
        session.send(b"after")
        self.assertEqual(cloud.receive_exactly(5), b"after")

    def test_names_follow_a_publication_and_are_gone_where_they_are_switched_off(self) -> None:
        changed = self.site.changed()
        lan = changed.tree["network"]["lan"]
        lan[0]["hosts"][0]["addresses"] = ["10.11.1.31"]
        lan[1]["serve"] = {"names": "off"}
        self.addCleanup(partial(self._publish, self.site, "before"))
        self._publish(changed, "changed")
        self.assertEqual(self._addresses("printer.clinic.example"), ["10.11.1.31"])
        for transport in ("+notcp", "+tcp"):
            with self.subTest(transport=transport), self.assertRaises(command.LabError):
                self._dig(_OTHERS, transport, "+time=1", clinic="imaging")

    def test_without_anybody_who_asks_for_names_there_is_no_name_service(self) -> None:
        changed = self.site.changed()
        for lan in changed.tree["network"]["lan"]:
            lan.pop("serve")
            lan.pop("hosts", None)
        self.addCleanup(partial(self._publish, self.site, "before"))
        self._publish(changed, "without")
        self.assertNotIn("namesd", {p["name"] for p in self.lab.box.status()["processes"]})
        with self.assertRaises(command.LabError):
            self._dig(_OWN, "+time=1")

    def _publish(self, site: Site, name: str) -> None:
        done = self.lab.box.publish(site.write(self.folder / f"{name}.yaml"))
        self.assertTrue(done.accepted, done.text)
        wait_for("the box to serve", self.lab.box.serving, _HEALING)


if __name__ == "__main__":
    unittest.main()
