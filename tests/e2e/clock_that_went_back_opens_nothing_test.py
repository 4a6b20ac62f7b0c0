"""TIM-03: a box whose clock cannot be right says so, starts no tenant, and goes on by itself once it is right."""

import json
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from lab import namespaces
from lab.waiting import wait_for
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest

_BATTERY_LOST = datetime(1970, 1, 1, 0, 0, 7, tzinfo=timezone.utc)
_DAY = timedelta(days=1)


class ClockThatWentBackOpensNothing(DatedBoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def setUp(self) -> None:
        self.clock.goes_right()
        if not self.lab.box.running():
            self.lab.box.launch()
        self.lab.box.wait_until_serving()
        super().setUp()

    @staticmethod
    def _tomorrow() -> int:
        return int((datetime.now(timezone.utc) + _DAY).timestamp())

    def _serves(self) -> None:
        self.cloud.accept_of(self.open())

    def _reachable(self) -> bool:
        door = self.door()
        with namespaces.socket_in(self.terminal().namespace) as plain:
            plain.settimeout(0.5)
            return plain.connect_ex((door.address, door.port)) == 0

    def test_battery_was_lost(self) -> None:
        self.lab.box.stop()
        self.clock.goes_to(_BATTERY_LOST)
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

        self.clock.goes_right()
        self.lab.box.wait_until_serving()
        self.wait_record("clock.right")
        self._serves()

    def test_clock_goes_back_under_a_running_box(self) -> None:
        standing = self.open()
        far = self.cloud.accept_of(standing)
        self.clock.goes_to(_BATTERY_LOST)
        self.wait_record("clock.behind")
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        self.assertFalse(self.lab.box.publish(self.lab.options.config).accepted)
        self.clock.goes_right()
        self.wait_record("clock.right")
        self.assertTrue(self.lab.box.publish(self.lab.options.config).accepted)

    def test_what_a_wrong_future_left_can_be_put_right_on_the_spot(self) -> None:
        self.lab.box.stop()
        tomorrow = self._tomorrow()
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
        ahead = self._tomorrow()
        (self.lab.box.run_folder / "state" / "clock").write_bytes(ahead.to_bytes(8, "big"))
        self.clock.goes_ahead(_DAY + timedelta(minutes=1))  # the clock is as wrong as the checkpoint, so nothing is noticed
        self.lab.box.launch()
        self.lab.box.wait_until_serving()
        standing = self.open()
        far = self.cloud.accept_of(standing)
        self.clock.goes_right()
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
