"""Terminals that ask for it get the box's time from a kept chronyd in its cage, and nobody else does (TIM-02, WLS-01)."""

import os
import re
import signal
import socket
import struct
import subprocess
import time
import unittest
from contextlib import ExitStack
from functools import partial

from lab import command, namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site

_BOX = {"karte": "10.11.1.1", "imaging": "10.12.1.1"}
_HEALING = 30
_SINCE_1900 = 2_208_988_800  # RFC 5905 6: seconds between the eras of NTP and of Unix


class BoxTellsItsTerminalsTheTime(BoxTest):
    cloud: CloudEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        changed = site.changed()
        changed.tree["network"]["lan"][0]["serve"] = {"time": "on"}
        return changed

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _ask(self, clinic: str = "karte", seconds: float = 2.0) -> bytes | None:
        """One question of an NTP client (RFC 5905 7.3), and the answer."""
        with namespaces.socket_in(self.lab.namespace(f"clinic-{clinic}"), kind=socket.SOCK_DGRAM) as asking:
            asking.settimeout(seconds)
            asking.sendto(b"\x23" + 47 * b"\0", (_BOX[clinic], 123))
            try:
                return asking.recv(1024)
            except OSError:
                return None

    def _pid(self) -> int:
        return next((p["pid"] for p in self.lab.box.status()["processes"] if p["name"] == "chronyd"), 0)

    def test_answer_is_the_boxs_time_and_says_how_far_it_is_to_be_trusted(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        answer = self._ask()
        assert answer is not None
        leap, mode, stratum = answer[0] >> 6, answer[0] & 7, answer[1]
        self.assertEqual((leap, mode, stratum), (0, 4, 10))
        transmitted = struct.unpack(">I", answer[40:44])[0] - _SINCE_1900
        self.assertLess(abs(transmitted - time.time()), 2)

    def test_real_client_is_near_the_boxs_time(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        said = subprocess.run(command.inside(self.lab.namespace("clinic-karte"),
                              ["chronyd", "-Q", "-t", "20", f"server {_BOX['karte']} iburst", "cmdport 0",
                               "bindcmdaddress /"]), capture_output=True, text=True, timeout=60)
        wrong = re.search(r"System clock wrong by (-?[0-9.]+) seconds", said.stderr + said.stdout)
        self.assertIsNotNone(wrong, said.stderr + said.stdout)
        assert wrong is not None
        self.assertLess(abs(float(wrong.group(1))), 0.5)

    def test_segment_that_does_not_ask_gets_no_answer(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        self.assertIsNone(self._ask("imaging"))

    def test_it_has_its_account_one_power_and_no_file_that_anybody_else_finds(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        status = dict(line.split(":\t", 1) for line in open(f"/proc/{self._pid()}/status").read().splitlines() if ":\t" in line)
        self.assertEqual(status["Uid"].split(), ["60607"] * 4)
        self.assertEqual(int(status["CapEff"], 16), 1 << 10, "CAP_NET_BIND_SERVICE alone")
        self.assertEqual(int(status["CapBnd"], 16), 1 << 10)
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))
        self.assertEqual(os.readlink(f"/proc/{self._pid()}/exe"), "/usr/sbin/chronyd")

    def test_killed_time_service_ends_no_session_and_comes_back(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        session = self.open()
        session.send(b"before")
        cloud = self.cloud.accept()
        self.assertEqual(cloud.receive_exactly(6), b"before")
        old = self._pid()
        os.kill(old, signal.SIGKILL)
        wait_for("a new time service", lambda: self._pid() not in (0, old), _HEALING)
        wait_for("an answer", self._ask, _HEALING)
        self.wait_record("process.ended", name="chronyd")
        session.send(b"after")
        self.assertEqual(cloud.receive_exactly(5), b"after")

    def test_it_goes_with_the_last_segment_that_asks(self) -> None:
        wait_for("an answer", self._ask, _HEALING)
        changed = self.site.changed()
        changed.tree["network"]["lan"][0]["serve"] = {"time": "off"}
        self.addCleanup(partial(self._publish, self.site, "before"))
        self._publish(changed, "off")
        wait_for("it to be gone", lambda: self._pid() == 0, _HEALING)
        self.assertIsNone(self._ask())

    def _publish(self, site: Site, name: str) -> None:
        done = self.lab.box.publish(site.write(self.folder / f"{name}.yaml"))
        self.assertTrue(done.accepted, done.text)


if __name__ == "__main__":
    unittest.main()
