"""The image is built a second time, from its packages and sources on, in another folder and with nothing that was compiled before: each file
is the same to the octet. The bundle's hashes are salted and its signature tells the hour, so of it what is in it is."""

import hashlib
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_BUNDLE = "sekisho.raucb"


def _digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


class ImageIsBuiltTheSameAgain(unittest.TestCase):
    def setUp(self) -> None:
        self.first = Path(os.environ["GW_IMAGE"])
        place = tempfile.TemporaryDirectory(dir=self.first.parent, prefix="again-")
        self.addCleanup(place.cleanup)
        self.place = Path(place.name)

    def _in_bundle(self, out: Path) -> dict[str, str]:
        content = self.place / f"bundle-of-{out.name}"
        subprocess.run(["unsquashfs", "-no-progress", "-dest", content, out / _BUNDLE], check=True, stdout=subprocess.DEVNULL)
        return _digests(content)

    def test_second_build_has_the_first_ones_digests(self) -> None:
        again = self.place / "out-again"
        subprocess.run([_ROOT / "firmware" / "image" / "build", again, "--keys", self.first.parent / "keys", "--work", self.place / "work"],
                       check=True)
        first, second = (_digests(out) for out in (self.first, again))
        for digests in (first, second):
            for name in (_BUNDLE, "SHA256SUMS"):  # of which the second has the digest of the first in it
                del digests[name]
        self.assertEqual(second, first)
        self.assertLessEqual({"disk.img", "root.img", "esp.img", "sbom.cdx.json"}, set(first))
        self.assertEqual(self._in_bundle(again), self._in_bundle(self.first))


if __name__ == "__main__":
    unittest.main()
