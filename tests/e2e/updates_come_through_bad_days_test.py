"""UPD-01: a stick that is pulled out, a full state partition, a clock at 1970 and a firmware that forgot its entries: whatever comes
of an update on such a day, the box serves from the right slot, and has lost nothing."""

import time
import unittest

from support.appliance_test import SERVING, START_SECONDS
from support.update_test import INSTALL_SECONDS, WatchedUpdateTest

_MIB = 1024 * 1024
# What the file system keeps for root stays free, as when records have grown. The box writes meanwhile: what is left is taken again.
_FILL = ("cd /var/lib/sekisho; for n in 1 2 3 4 5 6 7 8; do fallocate -l $(($(stat -f -c '%a * %S' .))) filler$n 2> /dev/null; done; "
         "stat -f -c '%a' .")


class UpdatesComeThroughBadDays(WatchedUpdateTest):
    def test_stick_that_is_pulled_out_may_be_put_in_again(self) -> None:
        stick = self.stick("lab")
        self.box.forget_what_it_said()
        self.box.plug(stick)
        self.box.wait_for("update of slot b installing", INSTALL_SECONDS)
        self.box.wait_until_written(20 * _MIB, INSTALL_SECONDS)
        self.box.unplug()
        self.box.wait_for("update of slot b refused", INSTALL_SECONDS)
        self.is_whole("a")
        self.installs(stick, "update of slot b waiting")
        self._is_tried_and_kept()

    def test_state_partition_without_room_for_an_octet(self) -> None:
        self.assertEqual(int(self.box.shell().run(_FILL, INSTALL_SECONDS)), 0)
        self.installs(self.stick("lab"), "update of slot b waiting")
        self._is_tried_and_kept()
        self.box.shell().run("rm /var/lib/sekisho/filler*")
        self.is_whole("b")

    def test_clock_at_1970(self) -> None:
        self.box.cut_power()
        self.box.clock = "1970-01-01T00:00:00"
        self.addCleanup(setattr, self.box, "clock", "")
        self._starts_and_is_told_the_time("started from slot a\n")
        self.installs(self.stick("lab"), "update of slot b waiting")
        self.box.cut_power()
        self._starts_and_is_told_the_time("started from slot b, which is on trial")
        self.box.wait_for("update of slot b kept", START_SECONDS)
        self.is_whole("b")

    def _starts_and_is_told_the_time(self, words: str) -> None:
        """Before that it lets nothing through: its clock shows less than it has shown before (TIM-03)."""
        self.box.power_on()
        self.box.wait_for(words, START_SECONDS)
        shell = self.box.shell()
        self.assertLess(int(shell.run("date +%s")), time.time() - 60)
        self.assertNotIn(SERVING, self.box.said())
        shell.run(f"date -s @{int(time.time())}")
        self.box.wait_for(SERVING, START_SECONDS)
        self.serves()

    def test_firmware_that_forgot_its_entries(self) -> None:
        self.box.cut_power()
        self.box.replace_variables(self.image)
        self.starts("started from slot a\n")
        self.box.wait_for("the firmware knows slot b now", START_SECONDS)
        self.box.wait_for("the firmware knows slot a now", START_SECONDS)
        self.is_whole("a")
        self.installs(self.stick("lab"), "update of slot b waiting")
        self._is_tried_and_kept()

    def _is_tried_and_kept(self) -> None:
        """The box is told to start anew, by the word that its supervisor leaves when somebody says so."""
        self.box.shell().run("echo sekisho > /run/sekisho/restart")
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot b, which is on trial")
        self.box.wait_for("update of slot b kept", START_SECONDS)
        self.is_whole("b")


if __name__ == "__main__":
    unittest.main()
