"""A scan, guessed certificates and a copied key are each told once, with whose doing it is and what to do; ordinary traffic, and the box's
own proof of isolation, are not (IDS-01, IDS-04, CRT-07)."""

import socket
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from lab import command, namespaces
from lab.records import Record
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe

_SCANNER, _GUESSER, _ELSEWHERE, _LAST = (f"10.11.1.{n}" for n in (71, 72, 73, 74))
_GUESSES = 60
_PATIENCE, _PROOF = 30, 240


class WhoAttacksIsToldOfOnce(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        for address in (_SCANNER, _GUESSER, _ELSEWHERE, _LAST):
            namespaces.add_address(str(cls.lab.namespace("clinic-karte")), "lan0", f"{address}/24")

    def _in_clinic(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command.inside(self.lab.namespace("clinic-karte"), arguments), stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def _scan(self, source: str) -> None:
        done = self._in_clinic("nmap", "-Pn", "-n", "-sS", "-S", source, "-e", "lan0", "-p1-100", "--max-retries", "0", self.door().address)
        self.assertEqual(done.returncode, 0, done.stderr)

    def _datagrams(self, source: str) -> None:
        """A scan as whoever binds a socket can make it."""
        sender = namespaces.socket_in(self.lab.namespace("clinic-karte"), socket.AF_INET, socket.SOCK_DGRAM)
        with sender:
            sender.bind((source, 0))
            for port in range(1, 60):
                sender.sendto(b"?", (self.door().address, port))

    def _guess(self, _: int) -> None:
        door, stranger = self.door(), self.keys.tenant("karte").wrong("wrong-ca")
        self._in_clinic("openssl", "s_client", "-connect", f"{door.address}:{door.port}", "-servername", door.server_name, "-bind", _GUESSER,
                        "-cert", str(stranger.certificate), "-key", str(stranger.key), "-quiet")

    def _session(self, source: str = "", terminal: str = "desk-1") -> TlsPipe:
        near = self.open(self.terminal("karte", terminal), source=source)
        self.cloud.accept()
        return near

    def _told(self) -> list[Record]:
        """Of what has happened so far: what comes after it was told, too."""
        self._datagrams(_LAST)
        self.lab.box.records.wait(self.mark, _PATIENCE, event="detection.alarm", source=_LAST)
        return [record for event in ("detection.alarm", "detection.notice", "detection.still")
                for record in self.records(event) if record.get("source") != _LAST]

    def test_1_ordinary_traffic_and_the_boxs_own_trials_are_none(self) -> None:
        for terminal in ("desk-1", "desk-2") * 5:
            session = self._session(terminal=terminal)
            session.send(b"x" * 100_000)
            session.close()
        for _ in range(3):
            with self.assertRaises(Exception):
                self.open(self.terminal_with(None)).receive()
        self.assertEqual(self.lab.box.order("isolation", "prove", timeout=_PROOF).returncode, 0)  # the box tries its own walls
        self.assertEqual(self._told(), [])

    def test_2_a_scan_is_told_once(self) -> None:
        self._scan(_SCANNER)
        told = self.wait_record("detection.alarm", _PATIENCE, source=_SCANNER)
        self.assertEqual((told["finding"], told["of_tenant"], told["count"]), ("port_scan", "karte", 1))
        self.assertIn("take it off the network", told["advice"])

    def test_3_guessed_certificates_are_told_once_with_their_source(self) -> None:
        with ThreadPoolExecutor(8) as several:
            list(several.map(self._guess, range(_GUESSES)))
        told = self.wait_record("detection.alarm", _PATIENCE, finding="handshake_guess")
        self.assertEqual((told["source"], told["of_tenant"]), (_GUESSER, "karte"))
        self.assertGreaterEqual(told["count"], 30)
        self.assertEqual(len(self.records("detection.alarm", finding="handshake_guess")), 1)

    def test_4_a_copied_key_is_told_once(self) -> None:
        sessions = [self._session(source) for source in ("", _ELSEWHERE) * 4]
        told = self.wait_record("detection.alarm", _PATIENCE, finding="two_places")
        self.assertEqual((told["terminal"], told["of_tenant"]), ("desk-1", "karte"))
        self.assertIn(_ELSEWHERE, told["detail"])
        self.assertEqual(len(self.records("detection.alarm", finding="two_places")), 1)
        for session in sessions:
            session.close()


if __name__ == "__main__":
    unittest.main()
