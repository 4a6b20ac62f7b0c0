"""No unit of the image waits for itself by way of others: systemd would leave one of them out, and say so on a console that nobody reads
(systemd-analyze verify)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

_FIRMWARE = Path(__file__).resolve().parents[3] / "firmware"
_DEBIANS = Path("/lib/systemd/system")


class StartOrderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        units = self.root / "usr/lib/systemd/system"
        shutil.copytree(_DEBIANS, units, symlinks=True)
        (self.root / "lib").symlink_to("usr/lib")
        for unit in (_FIRMWARE / "packages/debian").glob("sekisho.*.service"):
            shutil.copy(unit, units / unit.name.removeprefix("sekisho."))
        shutil.copytree(_FIRMWARE / "image/root/etc", self.root / "etc", symlinks=True)

    def cycles(self) -> list[str]:
        said = subprocess.run(["systemd-analyze", "verify", "--man=no", "--generators=no", f"--root={self.root}", "multi-user.target"],
                              capture_output=True, text=True).stderr
        return [line for line in said.splitlines() if "ordering cycle" in line]

    def test_no_unit_waits_for_itself(self) -> None:
        self.assertEqual(self.cycles(), [])

    def test_one_that_does_is_noticed(self) -> None:
        unit = self.root / "etc/systemd/system/sekisho-reset.path"
        unit.write_text(unit.read_text(encoding="utf-8").replace("[Unit]\n", "[Unit]\nAfter=sekisho-panel.service\n"), encoding="utf-8")
        self.assertNotEqual(self.cycles(), [])

    def test_each_unit_that_asks_to_be_started_is(self) -> None:
        """The links are files of the image: nobody enables a unit in it."""
        units = _FIRMWARE / "image/root/etc/systemd/system"
        for unit in (path for path in units.iterdir() if path.is_file()):
            for target in re.findall(r"^WantedBy=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
                self.assertTrue((units / f"{target}.wants" / unit.name).is_file(), unit.name)


if __name__ == "__main__":
    unittest.main()
