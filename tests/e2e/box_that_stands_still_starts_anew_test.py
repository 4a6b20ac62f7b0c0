"""Whatever stands still, somebody notices: the board's watchdog resets a machine whose kernel hears no interrupt, systemd ends a
supervisor that says no more that its loop turns. The box serves again by itself."""

import unittest

from support.appliance_test import SERVING, START_SECONDS
from support.update_test import WatchedUpdateTest


class BoxThatStandsStillStartsAnew(WatchedUpdateTest):
    def test_kernel(self) -> None:
        self.box.stand_still()
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def test_first_process(self) -> None:
        """It is what feeds the watchdog, so the machine ends with it."""
        self.box.shell().run("kill -SEGV 1")
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def test_supervisor(self) -> None:
        self.box.forget_what_it_said()
        self.box.shell().run("killall -STOP sekisho-supervisor")
        self.box.wait_for(SERVING, START_SECONDS)
        self.is_whole("a")


if __name__ == "__main__":
    unittest.main()
