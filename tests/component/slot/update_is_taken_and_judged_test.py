"""sekisho-slot beneath a root of its own: RAUC, systemctl and efibootmgr are played there, and the firmware's variable is a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

_SLOT = Path(os.environ.get("GW_BIN", "build/dev/bin")).resolve() / "sekisho-slot"
_NEXT = "sys/firmware/efi/efivars/BootNext-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_BUNDLE = "run/stick/sekisho.raucb"
_ENTER = """
for name in usr/lib usr/lib64 proc; do [ ! -d "/$name" ] || mount --rbind "/$name" "$0/$name"; done
mount --bind "$0/release" "$0/usr/lib/os-release"
mount --bind "$1" "$0/slot"
mount --bind "$0/var/lib/sekisho" "$0/var/lib/sekisho"
[ "$2" = rw ] || mount -o remount,bind,ro "$0/var/lib/sekisho"
shift 2
exec chroot "$0" /slot "$@"
"""
_FIRMWARE = f"""
[ ! -e /{_NEXT} ] || echo 'BootNext: 0006'
echo 'BootOrder: 0007'
printf 'Boot0006* sekisho-b\\tHD(2)\\nBoot0007* sekisho-a\\tHD(1)\\n'
"""
_ASKS_FOR_A_START = f"echo 6 > /{_NEXT}\n"


class UpdateTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name)
        for folder in ("usr/lib", "usr/lib64", "usr/bin", "proc", "var/lib/sekisho", "run/stick", "run/sekisho-boot", Path(_NEXT).parent):
            (self.root / folder).mkdir(parents=True)
        for name in ("lib", "lib64", "bin"):
            (self.root / name).symlink_to(f"usr/{name}")
        (self.root / "release").write_text("ID=sekisho\nIMAGE_VERSION=0.1.0\n", encoding="ascii")
        (self.root / "slot").touch()
        shutil.copy("/bin/sh", self.root / "usr/bin/sh")
        self.run_from("a")
        self.play("efibootmgr", _FIRMWARE)
        self.play("systemctl", "")
        self.play("rauc", "")
        (self.root / _BUNDLE).write_bytes(b"an image")

    def play(self, program: str, script: str) -> None:
        path = self.root / "usr/bin" / program
        path.write_text(f'#!/bin/sh\necho "{program} $*" >> /called\n{script}', encoding="ascii")
        path.chmod(0o755)

    def run_from(self, slot: str) -> None:
        (self.root / "run/sekisho-boot/slot").write_text(f"{slot}\n", encoding="ascii")

    def call(self, *words: str, state: str = "rw") -> subprocess.CompletedProcess[str]:
        (self.root / "called").write_text("", encoding="ascii")
        return subprocess.run(["unshare", "--mount", "sh", "-euc", _ENTER, str(self.root), str(_SLOT), state, *words],
                              capture_output=True, text=True, timeout=30)

    def install(self) -> subprocess.CompletedProcess[str]:
        return self.call("install", f"/{_BUNDLE}")

    def called(self) -> list[str]:
        lines = (self.root / "called").read_text(encoding="ascii").splitlines()
        return [line for line in lines if not line.startswith("efibootmgr")]

    def kept(self) -> list[str]:
        return (self.root / "var/lib/sekisho/update/progress").read_text(encoding="utf-8").splitlines()

    def told(self) -> list[str]:
        return (self.root / "run/sekisho/update").read_text(encoding="utf-8").splitlines()

    def asks_for_a_start(self) -> bool:
        return (self.root / _NEXT).exists()

    def waits(self) -> None:
        self.play("rauc", _ASKS_FOR_A_START)
        done = self.install()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_image_that_was_written_waits(self) -> None:
        self.waits()
        self.assertEqual(self.called(), [f"rauc install /{_BUNDLE}"])
        self.assertIn("stage waiting", self.kept())
        self.assertTrue(self.asks_for_a_start())

    def test_what_is_no_file_on_the_stick_is_refused_and_holds_nothing_up(self) -> None:
        bundle = self.root / _BUNDLE
        for make in (os.mkfifo, os.mkdir, lambda path: os.symlink("/usr/bin/sh", path)):
            bundle.unlink()
            make(bundle)
            done = self.install()
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertIn("nothing is installed: ", done.stdout)
            self.assertIn(f"/{_BUNDLE}", done.stdout)
            self.assertEqual(self.called(), [])
            if bundle.is_dir():
                bundle.rmdir()
                bundle.touch()

    def test_image_that_the_service_wrote_behind_a_client_that_failed_is_not_started(self) -> None:
        """The service comes to its end at the very last, while it is told to end."""
        self.play("rauc", "echo '20% Checking bundle'\necho Timeout was reached >&2\nexit 1\n")
        for at_the_end, behind in (("", ""), (_ASKS_FOR_A_START, "; it was written all the same, and is not started")):
            self.play("systemctl", at_the_end)
            done = self.install()
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertEqual(self.called(), [f"rauc install /{_BUNDLE}", "systemctl stop rauc.service"])
            self.assertFalse(self.asks_for_a_start())
            self.assertIn(f"because /usr/bin/rauc ended with 1: 20% Checking bundle; Timeout was reached{behind}", self.kept())
            self.assertIn("stage refused", self.told())

    def test_service_that_cannot_be_stopped_or_a_firmware_that_does_not_answer_is_told(self) -> None:
        self.play("rauc", "exit 1\n")
        self.play("systemctl", _ASKS_FOR_A_START + "echo Access denied >&2\nexit 1\n")
        done = self.install()
        self.assertIn("/usr/bin/systemctl ended with 1: Access denied", done.stdout)
        self.assertFalse(self.asks_for_a_start())
        self.play("systemctl", "echo 'exit 5' > /usr/bin/efibootmgr\n")
        done = self.install()
        self.assertEqual(done.returncode, 1)
        self.assertIn("whether it is started is not known: ", done.stdout)
        self.assertIn("stage refused", self.kept())

    def test_image_that_is_no_worse_is_made_the_first_choice_and_kept(self) -> None:
        self.waits()
        self.run_from("b")
        done = self.call("judge", "1", "0")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.called(), ["rauc status mark-good"])
        self.assertIn("stage kept", self.kept())
        self.assertEqual([line for line in self.told() if line.split(" ")[0] in ("trial", "stage")], ["trial no", "stage kept"])

    def test_image_that_the_firmware_does_not_put_in_front_is_not_kept(self) -> None:
        self.waits()
        self.run_from("b")
        self.play("rauc", "exit 1\n")
        done = self.call("judge", "0", "0")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(self.called(), ["rauc status mark-good"])
        self.assertIn("stage given_up", self.kept())

    def test_first_choice_is_kept_although_there_is_no_room_to_say_so(self) -> None:
        self.waits()
        self.run_from("b")
        done = self.call("judge", "1", "0", state="ro")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.called(), ["rauc status mark-good"])
        self.assertIn("stage kept", self.told())
        self.assertIn("stage waiting", self.kept(), "nor could it be")


if __name__ == "__main__":
    unittest.main()
