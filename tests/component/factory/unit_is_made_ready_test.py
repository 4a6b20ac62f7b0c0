"""hardware/factory/unit.py against a TPM's simulator: the unit gets a hash, the label the secret, the register neither; and no unit is
made twice."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from unittest import mock

from lab.waiting import wait_for

_PROGRAM = Path(__file__).resolve().parents[3] / "hardware" / "factory" / "unit.py"
_SECRET = re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{4}){3}\b")


def _program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("unit", _PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["unit"] = module
    spec.loader.exec_module(module)
    return module


class Tpm:
    def __init__(self, stack: ExitStack, folder: Path) -> None:
        folder.mkdir()
        line = folder / "line"
        self.tcti = f"swtpm:path={line}"
        process = subprocess.Popen(["swtpm", "socket", "--tpm2", "--server", f"type=unixio,path={line}", "--ctrl",
                                    f"type=unixio,path={line}.ctrl", "--tpmstate", f"dir={folder}", "--flags", "startup-clear"],
                                   stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_for("swtpm", line.exists)


class UnitIsMadeReady(unittest.TestCase):
    def setUp(self) -> None:
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self.tpm, self.other = Tpm(stack, self.folder / "tpm"), Tpm(stack, self.folder / "other")
        self.register = self.folder / "units.jsonl"

    def call(self, serial: str, tpm: Tpm, board: str = "qemu-q35") -> list[str]:
        return [str(_PROGRAM), "--serial", serial, "--board", board, "--tpm", tpm.tcti, "--register", str(self.register),
                "--to", str(self.folder / serial)]

    def make(self, serial: str, tpm: Tpm, board: str = "qemu-q35") -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.call(serial, tpm, board), capture_output=True, text=True)

    def test_hash_goes_to_the_unit_the_secret_to_the_label_and_neither_to_the_vendor(self) -> None:
        done = self.make("SN-0001", self.tpm)
        self.assertEqual(done.returncode, 0, done.stderr)
        label = (self.folder / "SN-0001/label.html").read_text(encoding="utf-8")
        secret, = set(_SECRET.findall(label))
        kept = (self.folder / "SN-0001/stick/bootstrap.hash").read_text()
        salt, digest = kept.strip().split(":")
        self.assertEqual(hashlib.sha256(bytes.fromhex(salt) + secret.replace("-", "").encode()).hexdigest(), digest)
        row = json.loads(self.register.read_text())
        self.assertEqual((row["serial"], row["board"], len(row["tpm"])), ("SN-0001", "qemu-q35", 64))
        self.assertIn(" ".join(row["tpm"][at:at + 4] for at in range(0, 16, 4)), label)
        self.assertIn("<svg", label)
        for text in (self.register.read_text(), kept, done.stdout, done.stderr):
            self.assertNotIn(secret, text)
            self.assertNotIn(secret.replace("-", ""), text)
        for path in ("label.html", "stick/bootstrap.hash"):
            self.assertEqual((self.folder / "SN-0001" / path).stat().st_mode & 0o777, 0o600)

    def test_no_number_and_no_tpm_is_of_two_units(self) -> None:
        self.assertEqual(self.make("SN-0001", self.tpm).returncode, 0)
        for serial, tpm, why in (("SN-0001", self.other, "is there already"), ("SN-0002", self.tpm, "the TPM is that of SN-0001")):
            done = self.make(serial, tpm)
            self.assertEqual(done.returncode, 1)
            self.assertIn(why, done.stderr)
        self.assertEqual(self.make("SN-0002", self.other).returncode, 0)
        self.assertEqual(len(self.register.read_text().splitlines()), 2)

    def test_stations_that_make_units_at_once_wait_for_each_other(self) -> None:
        with open(self.register, "w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with subprocess.Popen(self.call("SN-0001", self.tpm), stderr=subprocess.PIPE, text=True) as other:
                waiting = re.compile(rf"-> FLOCK .* {other.pid} ")
                wait_for("the other station to wait", lambda: waiting.search(Path("/proc/locks").read_text()) or other.poll() is not None)
                json.dump({"serial": "SN-0001", "board": "qemu-q35", "tpm": "ab" * 32, "made": "2026-11-30"}, file)
                file.flush()
                fcntl.flock(file, fcntl.LOCK_UN)
                said = other.communicate()[1]
        self.assertIn("SN-0001 was made on 2026-11-30 already", said)
        self.assertFalse((self.folder / "SN-0001").exists())

    def test_unit_that_cannot_be_registered_has_no_label(self) -> None:
        program = _program()
        with mock.patch.object(program.os, "fsync", side_effect=OSError("the disk is gone")), self.assertRaises(OSError):
            program.make("SN-0001", "qemu-q35", self.tpm.tcti, self.register, self.folder / "SN-0001")
        self.assertFalse((self.folder / "SN-0001/label.html").exists())
        self.register = self.folder / "nowhere/units.jsonl"
        done = self.make("SN-0002", self.tpm)
        self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), done.stderr)
        self.assertFalse((self.folder / "SN-0002").exists())

    def test_what_is_wrong_is_told_before_anything_is_made(self) -> None:
        for serial, board, why in (("sn 1", "qemu-q35", "no serial number"), ("SN-0009", "qemu", "there are friendlyelec-nanopi-r5s")):
            done = self.make(serial, self.tpm, board)
            self.assertEqual(done.returncode, 1)
            self.assertIn(why, done.stderr)
        self.assertFalse(self.register.exists())

    def test_tpm_is_known_by_the_same_fingerprint_after_it_was_cleared(self) -> None:
        program = _program()
        before = program.tpm_fingerprint(self.tpm.tcti)
        subprocess.run(["tpm2_clear"], check=True, capture_output=True, env={"TPM2TOOLS_TCTI": self.tpm.tcti, "PATH": "/usr/bin:/bin"})
        self.assertEqual(program.tpm_fingerprint(self.tpm.tcti), before)
        self.assertNotEqual(program.tpm_fingerprint(self.other.tcti), before)

    def test_picture_of_the_code_gives_no_secret_away(self) -> None:
        program = _program()
        unit = program.Unit("SN-0001", "qemu-q35", "ab" * 32, "2026-11-30")
        self.assertEqual(program.qr_content(unit), "urn:sekisho:unit:SN-0001?tpm=abababababababab")
        self.assertNotEqual(program.new_secret(), program.new_secret())
        self.assertRegex(program.new_secret(), _SECRET)


if __name__ == "__main__":
    unittest.main()
