"""`gateway/run --check`: the demo from end to end."""

import os
import subprocess
import unittest
from pathlib import Path

_RUN = Path(__file__).resolve().parents[2] / "gateway" / "run"


class DemoGoesAsItMust(unittest.TestCase):
    def test_check_succeeds(self) -> None:
        done = subprocess.run([str(_RUN), "--check", "--bin", os.environ["GW_BIN"], "--prefix", f"demo{os.getpid()}-"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("Everything went as it must.", done.stdout)


if __name__ == "__main__":
    unittest.main()
