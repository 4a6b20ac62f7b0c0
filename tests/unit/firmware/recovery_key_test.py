"""The recovery key that was shown last is the only one that opens the state (PHY-01). The unit's own line is run, on a volume in a file
that a key in another file opens in the TPM's place."""

from __future__ import annotations

import re
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

_UNIT = Path(__file__).resolve().parents[3] / "firmware/image/root/etc/systemd/system/sekisho-recovery-key.service"
_RECOVERY_KEY = re.compile(r"\b[cbdefghijklnrtuv]{8}(?:-[cbdefghijklnrtuv]{8}){7}\b")  # systemd-cryptenroll(1)
_IN_PLACES = {"--unlock-tpm2-device=auto": "--unlock-key-file={}/key", "/dev/disk/by-partlabel/state": "{}/volume"}


class RecoveryKeyTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.volume, self.key = Path(folder.name) / "volume", Path(folder.name) / "key"
        self.volume.write_bytes(b"")
        with open(self.volume, "r+b") as file:
            file.truncate(32 * 1024 * 1024)
        self.key.write_bytes(b"what the TPM would give out")
        self.key.chmod(0o600)
        subprocess.run(["cryptsetup", "luksFormat", "--batch-mode", "--type", "luks2", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000",
                        str(self.volume), str(self.key)], check=True)

    def shown(self) -> str:
        line = re.search(r"^ExecStart=(.*)$", _UNIT.read_text(encoding="utf-8"), re.MULTILINE)
        assert line
        words = [_IN_PLACES.get(word, word).format(self.volume.parent) for word in shlex.split(line[1])]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        (found,) = _RECOVERY_KEY.findall(done.stdout + done.stderr)
        return str(found)

    def opens(self, key: str) -> bool:
        done = subprocess.run(["cryptsetup", "open", "--test-passphrase", "--key-file=-", str(self.volume)], input=key.encode(), capture_output=True)
        return done.returncode == 0

    def test_one_that_is_shown_again_takes_the_place_of_the_one_before(self) -> None:
        """As when the power went before the box had kept that it was shown."""
        first = self.shown()
        self.assertTrue(self.opens(first))
        second = self.shown()
        self.assertNotEqual(first, second)
        self.assertTrue(self.opens(second))
        self.assertFalse(self.opens(first))


if __name__ == "__main__":
    unittest.main()
