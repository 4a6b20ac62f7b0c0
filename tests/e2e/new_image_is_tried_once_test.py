"""UPD-01: a bundle on a stick goes into the slot that the box does not run from, is tried once, and is kept because the box is no worse;
whatever is wrong with one, the box goes on with what it has."""

import unittest
from pathlib import Path

from lab.command import run
from support.appliance import flip, partition_start
from support.appliance_test import SERVING, START_SECONDS
from support.update_bundle import Bundle, Signer
from support.update_test import UpdateTest


class NewImageIsTriedOnce(UpdateTest):
    """The tests are one story of one box, in the order of their names."""

    bundle: Path

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.bundle = cls.image.folder / "sekisho.raucb"
        cls.box.power_on()
        cls.box.wait_for(SERVING, START_SECONDS)
        cls.box.wait_for("started from slot a", START_SECONDS)
        cls.box.eject()

    def test_1_bundle_that_is_not_ours_or_not_whole_is_not_taken(self) -> None:
        size = self.bundle.stat().st_size
        for name, spoil in (("truncated", lambda path: _truncate(path, size // 3)), ("changed", lambda path: flip(path, size // 2)),
                            ("unsigned", lambda path: _truncate(path, size - 4096))):
            with self.subTest(name):
                path = self.folder / f"{name}.raucb"
                run("cp", "--sparse=always", str(self.bundle), str(path))
                spoil(path)
                self.installs(self.stick_of(name, path), "update of slot b refused")
                self.serves()

    def test_2_bundle_of_another_signer_board_or_time_is_not_taken(self) -> None:
        ours = Signer.of_image(self.image.folder)
        stranger = Signer.stranger(self.folder / "stranger")
        for name, bundle, why in (("signer", Bundle(stranger), "signature"), ("board", Bundle(ours, compatible="other-board"), "compatible"),
                                  ("older", Bundle(ours, version="0.0.9"), "version")):
            with self.subTest(name):
                self.installs(self.stick_of(name, bundle.write(self.folder / name)), "update of slot b refused")
                said = self.box.said()
                self.assertIn(why, said[said.index("update of slot b refused"):].splitlines()[0].lower())
                self.serves()

    def test_3_new_image_is_tried_once_and_kept(self) -> None:
        self.installs(self.stick_of("good", self.bundle), "update of slot b waiting")
        self.serves()
        self.starts_anew("started from slot b, which is on trial")
        print(f"kept after {self.box.wait_for('update of slot b kept', START_SECONDS):.0f} s", flush=True)
        self.starts_anew("started from slot b\n")

    def test_4_image_that_does_not_start_is_tried_once(self) -> None:
        again = Bundle(Signer.of_image(self.image.folder), content=self.image.folder).write(self.folder / "again")
        self.installs(self.stick_of("again", again), "update of slot a waiting")
        self.box.cut_power()
        flip(self.box.disk, partition_start(self.box.disk, "root-a") + 5)
        self.fails_to_start("dm-verity device corrupted")
        self.starts_anew("started from slot b\n")
        self.box.wait_for("update of slot a lost", START_SECONDS)

    def test_5_first_choice_that_decays_gives_way_to_the_slot_that_proved_itself_before(self) -> None:
        third = Bundle(Signer.of_image(self.image.folder), content=self.image.folder).write(self.folder / "third")
        self.installs(self.stick_of("third", third), "update of slot a waiting")
        self.starts_anew("started from slot a, which is on trial")
        self.box.wait_for("update of slot a kept", START_SECONDS)
        self.box.cut_power()
        flip(self.box.disk, partition_start(self.box.disk, "root-a") + 5)
        self.fails_to_start("dm-verity device corrupted")
        self.starts_anew("started from slot b, which is not the first choice")


def _truncate(path: Path, size: int) -> None:
    with open(path, "r+b") as file:
        file.truncate(size)


if __name__ == "__main__":
    unittest.main()
