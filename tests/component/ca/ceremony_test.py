"""The commands of certs/ceremony.md do what the page says: they are run as they stand there, block by block."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = Path(os.environ.get("GW_BIN", ROOT / "build" / "dev" / "bin"))
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TYPED = re.compile(r"^head -n 1 >(half-[ab])$", re.MULTILINE)


class Room:
    """A folder in which the page is followed, and the two cards on which the halves are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cards: dict[str, str] = {}

    def follow(self, block: str) -> str:
        """Runs a block; what it printed. A command that fails ends the ceremony."""
        typed = _TYPED.search(block)
        where = self.folder.parent / "where"
        script = f"set -euo pipefail\numask 077\n{block}\npwd >'{where}'\n"
        environment = dict(os.environ, PATH=f"{PROGRAMS}:{os.environ['PATH']}", PROFILES=str(ROOT / "certs" / "profiles"))
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=environment, text=True, capture_output=True,
                              input=self.cards[typed.group(1)] if typed else "")
        if done.returncode != 0:
            raise AssertionError(f"{block}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
        self.folder = Path(where.read_text(encoding="utf-8").strip())
        for half in self.folder.glob("half-[ab]"):
            self.cards[half.name] = half.read_text(encoding="utf-8")
        return done.stdout + done.stderr


class CeremonyTest(unittest.TestCase):
    said: list[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.scratch = tempfile.TemporaryDirectory()
        folder = Path(cls.scratch.name) / "laptop"
        folder.mkdir()
        cls.room = Room(folder)
        blocks = _BLOCK.findall((ROOT / "certs" / "ceremony.md").read_text(encoding="utf-8"))
        cls.said = [cls.room.follow(block) for block in blocks]

    @classmethod
    def tearDownClass(cls) -> None:
        cls.scratch.cleanup()

    def out(self, name: str) -> Path:
        return self.room.folder / "out" / name

    def told(self, *command: str) -> str:
        return subprocess.run(command, cwd=self.room.folder, check=True, capture_output=True, text=True).stdout

    def test_root_is_of_its_profile(self) -> None:
        text = self.told("openssl", "x509", "-in", str(self.out("root.pem")), "-noout", "-text")
        for part in ("CA:TRUE, pathlen:1", "Certificate Sign, CRL Sign", "NIST CURVE: P-384", "ecdsa-with-SHA384",
                     "C = JP, O = Vendor, CN = Vendor root 1"):
            self.assertIn(part, text)

    def test_site_may_issue_within_its_territory_and_no_further(self) -> None:
        text = self.told("openssl", "x509", "-in", str(self.out("site.pem")), "-noout", "-text")
        for part in ("CA:TRUE, pathlen:0", "Permitted:", "DNS:clinic.example", "IP:10.1.0.0/255.255.0.0",
                     "X509v3 Authority Key Identifier"):
            self.assertIn(part, text)

    def test_gnutls_believes_what_was_made(self) -> None:
        chain = self.out("site.pem").read_text(encoding="utf-8") + self.out("root.pem").read_text(encoding="utf-8")
        done = subprocess.run(["certtool", "--verify-chain", "--verify-profile", "high"], input=chain, text=True,
                              capture_output=True, check=False)
        self.assertIn("Chain verification output: Verified.", done.stdout)

    def test_key_is_encrypted_and_readable_by_its_owner_alone(self) -> None:
        key = self.room.folder / "root.key"
        self.assertIn("ENCRYPTED", key.read_text(encoding="utf-8").splitlines()[0])
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)

    def test_nothing_secret_goes_out(self) -> None:
        self.assertEqual({path.name for path in self.out(".").iterdir()}, {"root.pem", "root.crl", "site.pem", "evidence.txt"})
        for path in self.out(".").iterdir():
            self.assertNotIn("PRIVATE", path.read_text(encoding="utf-8"))

    def test_a_wrong_half_opens_nothing(self) -> None:
        (self.room.folder / "wrong").write_text("wrong", encoding="utf-8")
        done = subprocess.run(["openssl", "pkey", "-in", "medium-a/root.key", "-passin", "file:wrong", "-noout"],
                              cwd=self.room.folder, capture_output=True, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_every_block_of_the_page_was_followed(self) -> None:
        page = (ROOT / "certs" / "ceremony.md").read_text(encoding="utf-8")
        self.assertEqual(len(self.said), page.count("\n```sh\n"))
        self.assertGreater(len(self.said), 15)

    def test_a_command_that_fails_ends_it(self) -> None:
        with self.assertRaises(AssertionError):
            self.room.follow("false\ntrue\n")


if __name__ == "__main__":
    unittest.main()
