"""UPD-01: power goes at random moments of a box's first start, of the writing of a new image, and of that image's first start; the
next start serves, from a slot that is whole, with all that the box had. GW_CUTS says how often (50 for a release), GW_SEED repeats."""

import unittest

from support.appliance_test import SERVING, START_SECONDS
from support.update_test import INSTALL_SECONDS, WatchedUpdateTest, chance, rounds

_WRITTEN = 200 * 1024 * 1024  # octets; an update writes a little more


class PowerMayGoAtAnyMoment(WatchedUpdateTest):
    def test_of_the_first_start(self) -> None:
        random = chance()
        for _ in range(rounds()):
            self.renew()
            self._cut_while_it_starts(random.random())
            self.starts("started from slot a\n")
            self.is_whole("a")

    def test_of_writing_a_new_image(self) -> None:
        random = chance()
        for _ in range(rounds()):
            self.box.forget_what_it_said()
            self.box.plug(self.stick("lab"))
            self.box.wait_for("update of slot b installing", INSTALL_SECONDS)
            self.box.wait_until_written(random.randrange(_WRITTEN), INSTALL_SECONDS)
            self.box.cut_power()
            self._comes_back()

    def test_of_a_new_images_first_start(self) -> None:
        random = chance()
        for _ in range(rounds()):
            self.installs(self.stick("lab"), "update of slot b waiting")
            self.box.cut_power()
            self._cut_while_it_starts(random.random())
            self._comes_back()
            self.box.wait_for("update of slot b lost", START_SECONDS)

    def _comes_back(self) -> None:
        """Where the new image still has its one start, which is over when the power goes again."""
        self.starts("started from slot ")
        if "on trial" in self.box.said():
            self.starts_anew("started from slot a\n")
        self.is_whole("a")

    def _cut_while_it_starts(self, part: float) -> None:
        self.box.power_on()
        self.box.wait_until_worked(part * self.start_takes, START_SECONDS)
        print(f"power goes after {part:.0%} of a start{', it served already' if SERVING in self.box.said() else ''}", flush=True)
        self.box.cut_power()


if __name__ == "__main__":
    unittest.main()
