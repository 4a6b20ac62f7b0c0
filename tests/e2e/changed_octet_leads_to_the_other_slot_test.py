"""UPD-06: one bit anywhere in the first choice's root, kernel or command line is another: the box does not go on with it, comes up on
the slot that proved itself before, and says so."""

import unittest
from contextlib import contextmanager
from typing import Iterator

from support.appliance import flip, partition_start
from support.appliance_test import START_SECONDS
from support.update_test import WatchedUpdateTest, chance, rounds

_OTHER = "started from slot a, which is not the first choice"


class ChangedOctetLeadsToTheOtherSlot(WatchedUpdateTest):
    """Both slots have proved themselves, and b is the first choice."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.random = chance()
        cls.fresh()
        case = cls()
        case.starts("started from slot a\n")
        case.installs(case.stick("lab"), "update of slot b waiting")
        case.starts_anew("started from slot b, which is on trial")
        cls.box.wait_for("update of slot b kept", START_SECONDS)
        cls.box.shell().run("sync")
        cls.box.cut_power()

    def setUp(self) -> None:
        pass  # each test switches the box on itself

    @contextmanager
    def _flipped(self, place: int) -> Iterator[None]:
        """One bit of this octet of the disk, for as long as the box may run with it."""
        print(f"octet {place} of the disk", flush=True)
        flip(self.box.disk, place)
        try:
            yield
        finally:
            self.box.cut_power()
            flip(self.box.disk, place)

    def test_root(self) -> None:
        """Its blocks are checked as they are read, and all of them are read after the start."""
        begin = partition_start(self.box.disk, "root-b")
        size = int((self.variants.of("lab").folder / "root.digest").read_text(encoding="ascii").split()[1])
        for _ in range(rounds()):
            with self._flipped(begin + self.random.randrange(size)):
                self.box.power_on()
                self.box.wait_until_it_ends(START_SECONDS)
                self.starts_anew(_OTHER)
                self.is_whole("a")

    def test_kernel(self) -> None:
        kernel = (self.variants.of("lab").folder / "sekisho.efi").read_bytes()
        self._is_refused(kernel, self.random.randrange(len(kernel) // 4, len(kernel) // 2))

    def test_command_line(self) -> None:
        kernel = (self.variants.of("lab").folder / "sekisho.efi").read_bytes()
        self._is_refused(kernel, kernel.index(b"lockdown=confidentiality"))

    def _is_refused(self, kernel: bytes, at: int) -> None:
        """By the firmware (EFI_ACCESS_DENIED, UEFI 2.10 7.4.1), which goes on to the next of its order."""
        begin, part = partition_start(self.box.disk, "esp-b"), kernel[at:at + 512]
        with open(self.box.disk, "rb") as disk:
            disk.seek(begin)
            place = disk.read(2 * len(kernel)).index(part)
        with self._flipped(begin + place):
            self.starts(_OTHER)
            self.assertIn("Access Denied", self.box.said())
            self.is_whole("a")


if __name__ == "__main__":
    unittest.main()
