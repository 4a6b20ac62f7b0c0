"""UPD-01: a bundle on a stick goes into the slot that the box does not run from, is tried once, and is kept because the box is no worse;
whatever is wrong with one, the box goes on with what it has."""

import random
import unittest
from pathlib import Path

from lab.command import run
from support.appliance import flip, medium, partition_start
from support.update_bundle import Bundle, Signer
from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_MESSAGES = 20
_INSTALL_SECONDS = 600  # emulated; some 15 on a quiet machine
_CUTS = 3
_WRITTEN = 200 * 1024 * 1024  # octets; an update writes a little more
_HANDED_OVER = "Welcome to"  # the root's first words


class NewImageIsTriedOnce(ApplianceTest):
    """The tests are one story of one box, in the order of their names."""

    bundle: Path
    stick: Path

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.bundle = cls.image.folder / "sekisho.raucb"
        cls.stick = cls.stick_of("good", cls.bundle)
        cls.box.power_on()
        cls.box.wait_for(SERVING, START_SECONDS)
        cls.box.wait_for("started from slot a", START_SECONDS)
        cls.box.eject()

    @classmethod
    def stick_of(cls, name: str, bundle: Path) -> Path:
        folder = cls.folder / f"stick-{name}"
        folder.mkdir()
        run("cp", "--sparse=always", str(bundle), str(folder / "sekisho.raucb"))
        return medium(cls.folder / f"{name}.img", "SEKISHOUPDATE", folder, "192M")

    def serves(self) -> None:
        self.assertEqual(self.terminal().hl7(self.door(), _MESSAGES), _MESSAGES)

    def starts_anew(self, words: str) -> None:
        """And serves."""
        self.box.cut_power()
        self.box.power_on()
        print(f"serving after {self.box.wait_for(SERVING, START_SECONDS):.0f} s", flush=True)
        self.box.wait_for(words, START_SECONDS)
        self.serves()

    def installs(self, stick: Path, words: str) -> None:
        self.box.plug(stick)
        print(f"{words} after {self.box.wait_for(words, _INSTALL_SECONDS):.0f} s", flush=True)
        self.box.unplug()

    def test_1_bundle_that_is_not_ours_or_not_whole_is_not_taken(self) -> None:
        size = self.bundle.stat().st_size
        for name, spoil in (("truncated", lambda path: _truncate(path, size // 3)), ("changed", lambda path: flip(path, size // 2)),
                            ("unsigned", lambda path: _truncate(path, size - 4096))):
            with self.subTest(name):
                path = self.folder / f"{name}.raucb"
                run("cp", "--sparse=always", str(self.bundle), str(path))
                spoil(path)
                self.box.forget_what_it_said()
                self.installs(self.stick_of(name, path), "update of slot b refused")
                self.serves()

    def test_2_bundle_of_another_signer_board_or_time_is_not_taken(self) -> None:
        ours = Signer.of_image(self.image.folder)
        stranger = Signer.stranger(self.folder / "stranger")
        for name, bundle, why in (("signer", Bundle(stranger), "signature"), ("board", Bundle(ours, compatible="other-board"), "compatible"),
                                  ("older", Bundle(ours, version="0.0.9"), "version")):
            with self.subTest(name):
                self.box.forget_what_it_said()
                self.installs(self.stick_of(name, bundle.write(self.folder / name)), "update of slot b refused")
                said = self.box.said()
                self.assertIn(why, said[said.index("update of slot b refused"):].splitlines()[0].lower())
                self.serves()

    def test_3_power_that_goes_while_it_is_written_changes_nothing(self) -> None:
        chance = random.Random(seed := random.randrange(1 << 32))
        print(f"cuts at random, seed {seed}", flush=True)
        for _ in range(_CUTS):
            self.box.forget_what_it_said()
            self.box.plug(self.stick)
            self.box.wait_for("update of slot b installing", _INSTALL_SECONDS)
            self.box.wait_until_written(chance.randrange(_WRITTEN), _INSTALL_SECONDS)
            self.starts_anew("started from slot ")
            if "on trial" in self.box.said():  # it was written whole: the one start is over when the power goes again
                self.starts_anew("started from slot a")

    def test_4_new_image_is_tried_once_and_kept(self) -> None:
        self.box.forget_what_it_said()
        self.installs(self.stick, "update of slot b waiting")
        self.serves()
        self.starts_anew("started from slot b, which is on trial")
        print(f"kept after {self.box.wait_for('update of slot b kept', START_SECONDS):.0f} s", flush=True)
        self.starts_anew("started from slot b\n")

    def test_5_image_that_does_not_start_is_tried_once(self) -> None:
        again = Bundle(Signer.of_image(self.image.folder), content=self.image.folder).write(self.folder / "again")
        self.box.forget_what_it_said()
        self.installs(self.stick_of("again", again), "update of slot a waiting")
        self.box.cut_power()
        flip(self.box.disk, partition_start(self.box.disk, "root-a") + 5)
        self.box.power_on()
        self.box.wait_for("dm-verity device corrupted", START_SECONDS)
        self.box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn(_HANDED_OVER, self.box.said())
        self.starts_anew("started from slot b\n")
        self.box.wait_for("update of slot a lost", START_SECONDS)

    def test_6_first_choice_that_decays_gives_way_to_the_slot_that_proved_itself_before(self) -> None:
        third = Bundle(Signer.of_image(self.image.folder), content=self.image.folder).write(self.folder / "third")
        self.box.forget_what_it_said()
        self.installs(self.stick_of("third", third), "update of slot a waiting")
        self.starts_anew("started from slot a, which is on trial")
        self.box.wait_for("update of slot a kept", START_SECONDS)
        self.box.cut_power()
        flip(self.box.disk, partition_start(self.box.disk, "root-a") + 5)
        self.box.power_on()
        self.box.wait_for("dm-verity device corrupted", START_SECONDS)
        self.box.wait_until_it_ends(START_SECONDS)
        self.starts_anew("started from slot b, which is not the first choice")


def _truncate(path: Path, size: int) -> None:
    with open(path, "r+b") as file:
        file.truncate(size)


if __name__ == "__main__":
    unittest.main()
