"""Whatever stands still, somebody notices: the board's watchdog resets a machine whose kernel hears no interrupt, systemd ends a
supervisor that says no more that its loop turns. The box serves again by itself."""

import unittest

from lab.waiting import wait_for
from support.appliance_test import START_SECONDS
from support.update_test import HANDED_OVER, WatchedUpdateTest

_STARTS = "systemctl show --property=NRestarts,ActiveState sekisho-supervisor.service"
_COUNTS = "watchdog0: watchdog did not stop!"  # the kernel, of one that was started and let go


class BoxThatStandsStillStartsAnew(WatchedUpdateTest):
    def test_kernel(self) -> None:
        self.box.stand_still()
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def test_what_runs_before_the_root_is_there(self) -> None:
        """Nobody feeds the watchdog yet."""
        self.box.cut_power()
        self.box.power_on()
        self.box.wait_for(_COUNTS, START_SECONDS)
        self.box.stand_still()
        self.box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn(HANDED_OVER, self.box.said())
        self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def test_first_process(self) -> None:
        """It is what feeds the watchdog, so the machine ends with it."""
        self.box.shell().run("kill -SEGV 1")
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def test_supervisor(self) -> None:
        shell = self.box.shell()
        shell.run("killall -STOP sekisho-supervisor")
        wait_for("systemd to have started it anew", lambda: shell.run(_STARTS).split() == ["NRestarts=1", "ActiveState=active"], START_SECONDS)
        self.is_whole("a")


if __name__ == "__main__":
    unittest.main()
