"""TIM-03: a box whose clock cannot be right says so, starts no tenant, and goes on by itself once it is right."""

import json
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab import namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
_BATTERY_LOST = "@1970-01-01 00:00:07"
_RIGHT = "+0"
_DAY = 86_400


class ClockThatWentBackOpensNothing(BoxTest):
    WRONG_CERTIFICATES = False
    shown: Path  # what the supervisor's clock shows
    cloud: CloudEnd

    @classmethod
    def through(cls) -> tuple[str, ...]:
        cls.shown = cls.folder / "shown"
        cls.shown.write_text(_RIGHT)
        return ("env", f"LD_PRELOAD={_LIBRARY}", f"FAKETIME_TIMESTAMP_FILE={cls.shown}", "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1", "NO_FAKE_STAT=1")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def setUp(self) -> None:
        self.shown.write_text(_RIGHT)
        if not self.lab.box.running():
            self.lab.box.launch()
        self.lab.box.wait_until_serving()
        super().setUp()

    def _serves(self) -> None:
        near = self.open()
        near.send(b"there")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"there")

    def _reachable(self) -> bool:
        door = self.door()
        with namespaces.socket_in(self.terminal().namespace) as plain:
            plain.settimeout(0.5)
            return plain.connect_ex((door.address, door.port)) == 0

    def test_battery_was_lost(self) -> None:
        self.lab.box.stop()
        self.shown.write_text(_BATTERY_LOST)
        self.lab.box.launch()
        told = self.wait_record("clock.behind", 20)
        self.assertTrue(told["clock"].startswith("1970-01-01T00:00:"), told)
        state = wait_for("the box to answer", self.lab.box.status_or_none)
        self.assertFalse(state["clock"]["right"])
        self.assertEqual([process for process in state["processes"] if process["tenant"]], [])
        self.assertFalse(self._reachable())
        self.assertIn("No tenant is started until it is set", self.lab.box.order("status").stdout)
        refused = self.lab.box.publish(self.lab.options.config)
        self.assertIn("clock.behind", refused.text)

        self.shown.write_text(_RIGHT)
        self.lab.box.wait_until_serving()
        self.wait_record("clock.right")
        self._serves()

    def test_clock_goes_back_under_a_running_box(self) -> None:
        standing, far = self.open(), self.cloud.accept()
        self.shown.write_text(_BATTERY_LOST)
        self.wait_record("clock.behind")
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        self.assertFalse(self.lab.box.publish(self.lab.options.config).accepted)
        self.shown.write_text(_RIGHT)
        self.wait_record("clock.right")
        self.assertTrue(self.lab.box.publish(self.lab.options.config).accepted)

    def test_what_a_wrong_future_left_can_be_put_right_on_the_spot(self) -> None:
        self.lab.box.stop()
        tomorrow = int(time.time()) + _DAY
        (self.lab.box.run_folder / "state" / "clock").write_bytes(tomorrow.to_bytes(8, "big"))
        self.lab.box.launch()
        self.wait_record("clock.behind", 20)
        self.assertNotEqual(self.lab.box.order("clock", "trust").returncode, 0, "wants a reason")
        trusted = self.lab.box.order("clock", "trust", "--reason", "the clock was a day ahead yesterday")
        self.assertEqual((trusted.returncode, trusted.stdout), (0, "the clock is believed from now on\n"))
        self.lab.box.wait_until_serving()
        self.assertEqual(self.wait_record("clock.trusted")["detail"], "the clock was a day ahead yesterday")
        self._serves()

    def test_trust_on_a_running_box_says_whose_sessions_it_ended(self) -> None:
        self.lab.box.stop()
        ahead = int(time.time()) + _DAY
        (self.lab.box.run_folder / "state" / "clock").write_bytes(ahead.to_bytes(8, "big"))
        self.shown.write_text(f"+{_DAY + 60}")  # the clock is as wrong as the checkpoint, so nothing is noticed
        self.lab.box.launch()
        self.lab.box.wait_until_serving()
        standing, far = self.open(), self.cloud.accept()
        self.shown.write_text(_RIGHT)
        self.wait_record("clock.behind")
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        trusted = self.lab.box.order("clock", "trust", "--reason", "the clock was a day ahead")
        self.assertEqual(trusted.returncode, 0, trusted.stderr)
        self.assertIn(f"the sessions of {len(self.TENANTS)} tenants have ended", trusted.stdout)
        self.assertEqual(self.wait_record("clock.trusted")["count"], len(self.TENANTS))
        self.lab.box.wait_until_serving()
        again = self.lab.box.order("clock", "trust", "--reason", "nothing is wrong", "--output", "json")
        self.assertEqual(json.loads(again.stdout), {"done": True, "compartments_restarted": 0})
        self._serves()


if __name__ == "__main__":
    unittest.main()
