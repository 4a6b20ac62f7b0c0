"""The image is built once more, from its packages on: the result is the same to the octet. What the compiler made for the first one is
taken again, and so are the keys."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from support.appliance import Image

_ROOT = Path(__file__).resolve().parents[2]


class ImageIsBuiltTheSameAgain(unittest.TestCase):
    def test_second_build_has_the_first_ones_digests(self) -> None:
        first = Image(Path(os.environ["GW_IMAGE"]))
        with tempfile.TemporaryDirectory(dir=first.folder.parent) as again:
            subprocess.run([_ROOT / "firmware" / "image" / "build", again], check=True)
            self.assertEqual((Path(again) / "SHA256SUMS").read_text(), (first.folder / "SHA256SUMS").read_text())
            self.assertGreater(len((Path(again) / "SHA256SUMS").read_text().splitlines()), 5)


if __name__ == "__main__":
    unittest.main()
