"""One bit is changed in what a box starts from, or its disk stands in another machine: it does not serve."""

import unittest

from support.appliance import Appliance, flip, partition_start
from support.appliance_test import SERVING, START_SECONDS, ApplianceTest

_HANDED_OVER = "Welcome to"  # the root's first words


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

    def test_state_stays_closed_in_another_machine(self) -> None:
        self.box.power_on()
        self.box.wait_for(SERVING, START_SECONDS)
        self.box.cut_power()
        self.box.eject()
        self.box.move_disk()
        self.box.power_on()
        self.box.wait_for("Failed to start systemd-cryptsetup", START_SECONDS)
        self.box.wait_for("Dependency failed for sekisho-supervisor.service", START_SECONDS)
        self.assertNotIn(SERVING, self.box.said())


if __name__ == "__main__":
    unittest.main()
