"""The supervisor's unit leaves a program that was taken over no more than the supervisor needs (systemd-analyze security)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

_UNIT = Path(__file__).resolve().parents[3] / "firmware" / "packages" / "debian" / "sekisho.sekisho-supervisor.service"
_MOST = 49  # tenths: what root that makes namespaces, links and processes comes to; a unit that says nothing comes to 96


def exposure(text: str, most: int) -> subprocess.CompletedProcess[str]:
    """Status 0 if the unit is not more exposed than that."""
    with tempfile.TemporaryDirectory() as folder:
        unit = Path(folder) / "sekisho-supervisor.service"
        unit.write_text(text, encoding="utf-8")
        return subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={most}", str(unit)],
                              capture_output=True, text=True)


class ExposureTest(unittest.TestCase):
    def test_supervisors_unit_is_no_more_exposed_than_it_has_to_be(self) -> None:
        done = exposure(_UNIT.read_text(encoding="utf-8"), _MOST)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_wall_that_goes_is_noticed(self) -> None:
        for wall in ("ProtectSystem=", "CapabilityBoundingSet=", "SystemCallFilter="):
            lines = [line for line in _UNIT.read_text(encoding="utf-8").splitlines() if not line.startswith(wall)]
            self.assertNotEqual(exposure("\n".join(lines) + "\n", _MOST).returncode, 0, wall)


if __name__ == "__main__":
    unittest.main()
