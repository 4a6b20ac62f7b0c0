"""`sekisho cert` as it is called by hand, on the certificates that only tests need: each has its reason and its advice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("GW_BIN", ROOT / "build" / "dev" / "bin")) / "sekisho"
SITE = {"tenants": [{"name": "karte", "terminals": [{"name": "ct-1"}],
                     "listeners": [{"address": "10.1.0.1", "services": ["emr"]}],
                     "services": [{"name": "emr", "server_names": ["emr.box.example"],
                                   "upstream": {"server_name": "emr.cloud.example"}}]}]}
# What each wrong terminal of make_test_pki.py is told. `unknown` is sound: no terminal of the configuration has its name.
REASONS = {"wrong-ca": "certificate_untrusted", "lookalike": "certificate_untrusted", "expired": "certificate_expired",
           "not-yet-valid": "certificate_not_yet_valid", "wrong-usage": "certificate_wrong_usage", "weak-key": "certificate_weak",
           "sha1": "certificate_weak", "no-san": "certificate_no_identity"}


class WrongCertificatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.scratch = tempfile.TemporaryDirectory()
        folder = Path(cls.scratch.name)
        (folder / "site.json").write_text(json.dumps(SITE), encoding="utf-8")
        subprocess.run([sys.executable, "-B", str(ROOT / "certs" / "make_test_pki.py"), "--wrong", str(folder),
                        str(folder / "site.json")], check=True)
        cls.folder = folder / "karte"

    @classmethod
    def tearDownClass(cls) -> None:
        cls.scratch.cleanup()

    def sekisho(self, *words: str) -> tuple[int, str]:
        done = subprocess.run([PROGRAM, "cert", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_each_wrong_terminal_has_its_reason_and_advice_for_both(self) -> None:
        for kind, reason in REASONS.items():
            with self.subTest(kind):
                code, said = self.sekisho("explain", f"wrong/{kind}.pem", "--anchors", "terminal-ca.pem")
                self.assertEqual(code, 1, said)
                self.assertIn(f"  reason  {reason}\n", said)
                for line in ("  where   certificate 1 of 1", "  rule    ", "  clinic  ", "  vendor  "):
                    self.assertIn(line, said)

    def test_every_wrong_kind_is_tried(self) -> None:
        made = {path.stem for path in (self.folder / "wrong").glob("*.pem")} - {"stranger-ca", "lookalike-ca", "unknown"}
        self.assertEqual(made, set(REASONS))

    def test_sound_ones_are_believed(self) -> None:
        for leaf in ("terminals/ct-1.pem", "other/rsa-2048.pem", "other/p-384.pem", "wrong/unknown.pem"):
            self.assertEqual(self.sekisho("verify", leaf, "--anchors", "terminal-ca.pem")[0], 0, leaf)
        for leaf, anchors, name in (("emr.pem", "box-ca.pem", "emr.box.example"),
                                    ("emr-cloud.pem", "emr-cloud-ca.pem", "emr.cloud.example")):
            code, said = self.sekisho("verify", leaf, "--anchors", anchors, "--peer", "cloud", "--name", name)
            self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
