"""No unit of ours leaves a program that was taken over more than the unit needs (systemd-analyze security)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

_FIRMWARE = Path(__file__).resolve().parents[3] / "firmware"
_UNITS = _FIRMWARE / "image/root/etc/systemd/system"
_CAGE = "sekisho-.service.d/cage.conf"
# In tenths; a unit that says nothing comes to 96.
_MOST = {
    # one view of the files, and no power of root, or one
    "sekisho-board.service": 15,
    "sekisho-restart.service": 15,
    "sekisho-closed.service": 16,
    "sekisho-panel.service": 19,
    "sekisho-wear.service": 19,
    "sekisho-check.service": 21,
    "sekisho-slot.service": 21,
    "sekisho-trial.service": 21,
    "sekisho-fetched.service": 23,
    "sekisho-measured.service": 24,
    # what writes slots, and keys
    "rauc.service": 33,
    "sekisho-recovery-key.service": 35,
    "sekisho-seal.service": 35,
    # what one line mounts, another sees
    "sekisho-grounds.service": 39,
    "sekisho-dispose.service": 40,
    "sekisho-reset.service": 40,
    "sekisho-update.service": 40,
    "sekisho-site.service": 41,
    "sekisho-unit.service": 41,
    # makes partitions
    "sekisho-new-state.service": 43,
    # maps the state, and mounts
    "sekisho-recovery.service": 45,
    # root that makes namespaces, links and processes
    "sekisho-supervisor.service": 49,
}


class ExposureTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.units = Path(folder.name)
        for path in _UNITS.glob("*.service*"):
            if path.is_dir():
                shutil.copytree(path, self.units / path.name)
            elif not path.is_symlink():
                shutil.copy(path, self.units)
        for path in (_FIRMWARE / "packages/debian").glob("sekisho.*.service"):
            shutil.copy(path, self.units / path.name.removeprefix("sekisho."))
        # RAUC's own says no more.
        (self.units / "rauc.service").write_text("[Service]\nExecStart=/usr/bin/rauc service\n", encoding="utf-8")

    def asked(self, name: str) -> subprocess.CompletedProcess[str]:
        """Status 0 if the unit, with what is laid over it, is not more exposed than it may be."""
        return subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={_MOST[name]}", str(self.units / name)],
                              capture_output=True, text=True)

    def without(self, place: str, wall: str) -> None:
        path = self.units / place
        text = path.read_text(encoding="utf-8")
        left = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(wall))
        self.assertNotEqual(left, text, f"{place} has no {wall}")
        path.write_text(left, encoding="utf-8")

    def test_each_unit_has_its_bound(self) -> None:
        self.assertEqual({path.name for path in self.units.glob("*.service")}, set(_MOST))

    def test_no_unit_is_more_exposed_than_it_has_to_be(self) -> None:
        for name in _MOST:
            done = self.asked(name)
            self.assertEqual(done.returncode, 0, name + done.stdout + done.stderr)

    def test_a_wall_that_goes_is_noticed(self) -> None:
        for name, place, wall in (("sekisho-supervisor.service", "sekisho-supervisor.service", "ProtectSystem="),
                                  ("sekisho-supervisor.service", "sekisho-supervisor.service", "CapabilityBoundingSet="),
                                  ("sekisho-supervisor.service", "sekisho-supervisor.service", "SystemCallFilter="),
                                  ("sekisho-slot.service", "sekisho-slot.service", "ProtectSystem="),
                                  ("sekisho-reset.service", "sekisho-reset.service", "CapabilityBoundingSet="),
                                  ("sekisho-update.service", _CAGE, "NoNewPrivileges="),
                                  ("rauc.service", "rauc.service.d/slot.conf", "CapabilityBoundingSet=")):
            with self.subTest(name=name, wall=wall):
                kept = (self.units / place).read_text(encoding="utf-8")
                self.without(place, wall)
                self.assertNotEqual(self.asked(name).returncode, 0)
                (self.units / place).write_text(kept, encoding="utf-8")

    def test_run_is_as_closed_to_writing_as_the_rest(self) -> None:
        """ProtectProc= and its like bring MountAPIVFS=, which takes /run out of what ProtectSystem=strict closes; no score tells."""
        for path in self.units.glob("*.service"):
            drop_ins = sorted((self.units / f"{path.name}.d").glob("*.conf"))
            lines = "".join(each.read_text(encoding="utf-8") for each in (path, *drop_ins)).splitlines()
            if "ProtectSystem=strict" in lines:
                self.assertTrue({"ReadOnlyPaths=/run", "ReadWritePaths=/run"} & set(lines), path.name)

    def test_systemd_knows_every_word(self) -> None:
        """What it does not know it passes over, and the wall is none."""
        said = subprocess.run(["systemd-analyze", "verify", "--man=no", "--generators=no", *map(str, sorted(self.units.glob("*.service")))],
                              capture_output=True, text=True).stderr
        about = [line for line in said.splitlines() if line.startswith(str(self.units)) or "sekisho" in line]
        self.assertEqual([line for line in about if "is not executable" not in line], [])


if __name__ == "__main__":
    unittest.main()
