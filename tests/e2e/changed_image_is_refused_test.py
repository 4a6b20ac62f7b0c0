"""One bit is changed in what a box starts from, something is added to it, or its disk stands in another machine: it does not serve."""

import unittest
from contextlib import contextmanager
from typing import Iterator

from lab.command import run
from support.appliance import Appliance, flip, partition_start
from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_HANDED_OVER = "Welcome to"  # the root's first words
_TAKEN_OVER = "obeyed the tables"


class ChangedImageIsRefused(ApplianceTest):
    def fresh(self, name: str) -> Appliance:
        box = Appliance(self.image, self.folder / name, self.names["box"])
        self.addCleanup(box.cut_power)
        return box

    def test_changed_root_is_not_entered(self) -> None:
        box = self.fresh("changed-root")
        flip(box.disk, partition_start(box.disk, "root-a") + 5)  # the file system's first block, which is always read
        box.power_on()
        box.wait_for("dm-verity device corrupted", START_SECONDS)
        box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn(_HANDED_OVER, box.said())

    def test_changed_kernel_is_not_started(self) -> None:
        box = self.fresh("changed-kernel")
        kernel = (self.image.folder / "sekisho.efi").read_bytes()
        part = kernel[len(kernel) // 2:][:4096]
        begin = partition_start(box.disk, "esp-a")
        with open(box.disk, "rb") as disk:
            disk.seek(begin)
            place = disk.read(2 * len(kernel)).index(part)
        flip(box.disk, begin + place)
        box.power_on()
        box.wait_for("Access Denied", START_SECONDS)  # EFI_ACCESS_DENIED, UEFI 2.10 7.4.1
        self.assertNotIn("Linux version", box.said())
        self.assertNotIn(_HANDED_OVER, box.said())

    def test_words_of_the_boards_tables_are_not_obeyed(self) -> None:
        """systemd-stub(7) adds them behind the ones that were signed."""
        box = self.fresh("more-words")
        box.tables = [f"io.systemd.stub.kernel-cmdline-extra=sekisho.root={'0' * 64},4096"]
        box.power_on()
        box.wait_for("words were added to the command line that was signed", START_SECONDS)
        box.wait_until_it_ends(START_SECONDS)
        self.assertNotIn(_HANDED_OVER, box.said())

    def test_state_stays_closed_in_another_machine_and_to_what_was_not_signed(self) -> None:
        self.box.tables = [f"io.systemd.credential:tmpfiles.extra=w+ /dev/kmsg - - - - {_TAKEN_OVER}"]
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.assertNotIn(_TAKEN_OVER, self.box.said(), "what the board's tables say is no instruction (systemd.system-credentials(7))")
        self.box.cut_power()
        self.box.eject()

        with self.file_beside_the_signed_one():
            self.does_not_open()
        self.box.move_disk()
        self.does_not_open()

    @contextmanager
    def file_beside_the_signed_one(self) -> Iterator[None]:
        """The stub takes it along; nothing in the image looks at it, and the TPM has heard of it (register 12)."""
        system_partition, beside = f"{self.box.disk}@@{partition_start(self.box.disk, 'esp-a')}", "::/EFI/BOOT/BOOTX64.EFI.extra.d"
        file = self.folder / "more.cred"
        file.write_text("taken along", encoding="ascii")
        run("mmd", "-i", system_partition, beside)
        run("mcopy", "-i", system_partition, str(file), beside)
        yield
        run("mdeltree", "-i", system_partition, beside)

    def does_not_open(self) -> None:
        self.box.power_on()
        self.box.wait_for("Failed to start systemd-cryptsetup", START_SECONDS)
        self.box.wait_for("Dependency failed for sekisho-supervisor.service", START_SECONDS)
        self.assertNotIn(SERVING, self.box.said())
        self.box.cut_power()


if __name__ == "__main__":
    unittest.main()
