"""WLS-05, DSP-01: the box knows its sockets by their place on the board, whatever the kernel calls the cards; and who goes through the
whole sequence of its button has it forget everything, which is seen on the disk."""

import re
import time
import unittest

from lab.waiting import wait_for
from support.appliance import partition_start
from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_MESSAGES = 20
_RECOVERY_KEY = re.compile(r"\b[cbdefghijklnrtuv]{8}(?:-[cbdefghijklnrtuv]{8}){7}\b")  # systemd-cryptenroll(1)
_HEADER = 1024 * 1024  # octets of the volume that are looked at
_BUTTON = "f12"  # hardware/boards/qemu-q35.yaml
_SLOW = 2.0  # an emulated machine's seconds are longer than ours


class BoxKnowsItsBoardAndIsResetByItsButton(ApplianceTest):
    """The tests are one story of one box, in the order of their names."""

    first_key: str

    def state(self) -> bytes:
        with open(self.box.disk, "rb") as disk:
            disk.seek(partition_start(self.box.disk, "state"))
            return disk.read(_HEADER)

    def hold(self, seconds: float) -> None:
        """A hand on the button, until it has let go."""
        self.box.move_key(_BUTTON, True)
        self.passes(seconds)
        self.box.move_key(_BUTTON, False)
        self.passes(_SLOW)

    @staticmethod
    def passes(seconds: float) -> None:
        until = time.monotonic() + seconds
        wait_for("time to pass", lambda: time.monotonic() >= until, 2 * seconds)

    def test_1_interfaces_have_the_names_of_their_sockets(self) -> None:
        """The site's configuration names lan1 and wan."""
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.box.wait_for("sekisho-panel: board qemu-q35", START_SECONDS)
        said = self.box.said()
        self.assertIn("sekisho-board: board qemu-q35", said)
        for complaint in ("no light", "no input device"):
            self.assertNotIn(complaint, said)
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)
        type(self).first_key = _RECOVERY_KEY.findall(said)[0]

    def test_2_half_of_the_sequence_changes_nothing(self) -> None:
        self.assertTrue(self.state().startswith(b"LUKS"))
        self.hold(4)
        self.hold(4)
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)
        self.assertTrue(self.state().startswith(b"LUKS"))

    def test_3_whole_sequence_erases_what_could_open_the_state(self) -> None:
        self.hold(13)
        self.hold(5)
        self.box.wait_for("sekisho-erase: erased", START_SECONDS)
        self.box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn("close the mapping", self.box.said(), "the kernel still had the key of what was erased")
        self.assertEqual(self.state().strip(b"\0"), b"", "something of the volume's head is left")

    def test_4_next_start_is_that_of_a_new_box(self) -> None:
        self.box.eject()
        self.box.power_on()
        self.box.wait_for("New recovery key enrolled", START_SECONDS)
        self.box.wait_for("sekisho-panel: board qemu-q35", START_SECONDS)
        said = self.box.said()
        keys = _RECOVERY_KEY.findall(said)
        self.assertEqual(len(keys), 1, "the new state has a key of its own")
        self.assertNotEqual(keys[0], self.first_key)
        self.assertNotIn(SERVING, said, "nothing of the site is left that could serve")


if __name__ == "__main__":
    unittest.main()
