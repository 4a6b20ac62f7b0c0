"""UPD-01: a new image whose kernel panics, which cannot open the state, whose supervisor stands still, with which walls fall again and
again or whose isolation is not proved has its one start; the box is back in the slot of before, serves from there, says why, and has lost
nothing."""

import unittest

from support.appliance_test import START_SECONDS
from support.update_test import WatchedUpdateTest


class WorseImageIsGivenUp(WatchedUpdateTest):
    def test_kernel_that_panics(self) -> None:
        self.installs(self.stick("panics"), "update of slot b waiting")
        self.box.cut_power()
        self.fails_to_start("Kernel panic")
        self.starts_anew("started from slot a\n")
        self.box.wait_for("update of slot b lost", START_SECONDS)
        self.is_whole("a")

    def test_supervisor_that_stands_still(self) -> None:
        self._is_given_up("stopped", "the supervisor does not answer")

    def test_walls_that_fall(self) -> None:
        self._is_given_up("open", "network wan had to be put right again and again")

    def test_proof_that_does_not_come_to_its_end(self) -> None:
        self._is_given_up("unproven", "isolation is proven in part only")

    def test_state_that_stays_closed(self) -> None:
        """There is nowhere to write down why; the one of before sees that it came to nothing."""
        self.installs(self.stick("closed"), "update of slot b waiting")
        self.box.cut_power()
        self.box.power_on()
        self.box.wait_for("started from slot b, which is on trial", START_SECONDS)
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.box.wait_for("update of slot b lost", START_SECONDS)
        self.is_whole("a")

    def _is_given_up(self, fault: str, why: str) -> None:
        self.installs(self.stick(fault), "update of slot b waiting")
        self.box.cut_power()
        self.box.power_on()
        self.box.wait_for("started from slot b, which is on trial", START_SECONDS)
        self.box.wait_for("update of slot b given_up", START_SECONDS)
        said = self.box.said()
        self.assertIn(why, said[said.index("update of slot b given_up"):].splitlines()[0])
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot a\n")
        self.is_whole("a")
        self.installs(self.stick(fault), "nothing is installed: this bundle was here before, and came to be given_up")


if __name__ == "__main__":
    unittest.main()
