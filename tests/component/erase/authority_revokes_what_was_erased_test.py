"""DSP-01: what a box has signed that it had is all that an authority needs to revoke it. The real programs: sekisho-erase, sekisho-erasure-verify
and `openssl ca`."""

from __future__ import annotations

import shutil
import subprocess
import unittest
from contextlib import ExitStack
from pathlib import Path

from state_cannot_be_opened_test import _BIN, _ORDER, Box, run

_REVOKE = Path(__file__).resolve().parents[3] / "certs/revoke_erased.py"
_SETTINGS = """[ca]
default_ca = authority
[authority]
database = {0}/index.txt
new_certs_dir = {0}/issued
crlnumber = {0}/crlnumber
rand_serial = yes
default_md = sha256
unique_subject = no
policy = subject
[subject]
commonName = supplied
"""


class Authority:
    """As certs/ceremony.md makes one; the serial numbers are said, to have two authorities give the same."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        (folder / "issued").mkdir(parents=True)
        (folder / "index.txt").touch()
        (folder / "crlnumber").write_text("01\n")
        (folder / "ca.cnf").write_text(_SETTINGS.format(folder))
        self._must("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(folder / "ca.key"),
                   "-out", str(folder / "ca.pem"), "-subj", f"/CN={name}", "-days", "30")
        self.options = ("-config", str(folder / "ca.cnf"), "-cert", str(folder / "ca.pem"), "-keyfile", str(folder / "ca.key"))

    @staticmethod
    def _must(*words: str) -> None:
        done = run("openssl", *words)
        assert done.returncode == 0, done.stderr

    def issue(self, name: str, serial: str, out: Path) -> Path:
        request, settings = self.folder / "request", self.folder / "one.cnf"
        self._must("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(self.folder / "key"), "-out", str(request),
                   "-subj", f"/CN={name}")
        (self.folder / "serial").write_text(serial + "\n")
        settings.write_text(_SETTINGS.format(self.folder).replace("rand_serial = yes", f"serial = {self.folder}/serial"))
        self._must("ca", "-batch", "-notext", "-days", "30", "-config", str(settings), *self.options[2:], "-in", str(request), "-out", str(out))
        return out

    def revoke(self, paper: Path, signer: str) -> subprocess.CompletedProcess[bytes]:
        return run(str(_REVOKE), str(paper), "--signer", signer, "--issued", str(self.folder / "issued"), "--verifier", str(_BIN / "sekisho-erasure-verify"),
                   "--", *self.options)

    def is_revoked(self, certificate: Path) -> bool:
        """As whoever asks its list is told."""
        both = self.folder / "both.pem"
        self._must("ca", *self.options, "-gencrl", "-crldays", "30", "-out", str(self.folder / "list.pem"))
        both.write_bytes((self.folder / "ca.pem").read_bytes() + (self.folder / "list.pem").read_bytes())
        done = run("openssl", "verify", "-crl_check", "-CAfile", str(both), str(certificate))
        assert (done.returncode == 0) != (b"certificate revoked" in done.stderr), done.stderr
        return done.returncode != 0

    def register(self) -> bytes:
        return (self.folder / "index.txt").read_bytes()


class AuthorityRevokesWhatWasErased(unittest.TestCase):
    def setUp(self) -> None:
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.box, self.stack = Box(stack), stack
        self.vendor, self.cloud = (Authority(self.box.root / name, f"{name} root") for name in ("vendor", "cloud"))
        state = self.box.root / "var/lib/sekisho"
        self.own = self.vendor.issue("box", "4A5B6C", state / "site/noc.pem")
        self.clouds = self.cloud.issue("box at the cloud", "0BCD", state / "identities/karte/pacs.current")
        self.neighbour = self.vendor.issue("another box", "0BCD", self.box.root / "neighbour.pem")  # the serial number of the cloud's
        self.signer = self.box.make_evidence_key()

    def _disposed(self, status: int = 0) -> Path:
        paper = self.box.root / "run/sekisho-paper"
        run("mount", "-t", "tmpfs", "none", str(paper))
        self.stack.callback(run, "umount", str(paper))
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        done = self.box.erase("dispose")
        self.assertEqual(done.returncode, status, done.stdout)
        return paper

    def test_each_authority_revokes_what_it_issued_and_no_other_ones(self) -> None:
        paper = self._disposed()
        self.assertFalse(self.vendor.is_revoked(self.own))
        done = self.vendor.revoke(paper, self.signer)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"4a5b6c of CN=vendor root for CN=box: revoked", done.stdout)
        self.assertIn(b"0bcd of CN=cloud root for CN=box at the cloud: is not of this authority", done.stdout)
        self.assertTrue(self.vendor.is_revoked(self.own))
        self.assertFalse(self.vendor.is_revoked(self.neighbour), "with the serial number of the box's at the cloud")
        self.assertEqual(self.cloud.revoke(paper, self.signer).returncode, 0)
        self.assertTrue(self.cloud.is_revoked(self.clouds))

    def test_what_was_revoked_before_is_no_fault(self) -> None:
        paper = self._disposed()
        self.vendor.revoke(paper, self.signer)
        before, again = self.vendor.register(), self.vendor.revoke(paper, self.signer)
        self.assertEqual(again.returncode, 0)
        self.assertIn(b"for CN=box: was revoked before", again.stdout)
        self.assertEqual(self.vendor.register(), before)

    def test_list_that_the_box_has_not_signed_revokes_nothing(self) -> None:
        paper, before = self._disposed(), self.vendor.register()
        self.assertEqual(self.vendor.revoke(paper, "0" * 64).returncode, 1, "another box's")
        for name, old, new in (("intent.txt", b"0bcd", b"4a5b"), ("intent.sig", None, b"\0" * 64), ("box.pem", None, (paper / "result.pem").read_bytes())):
            with self.subTest(changed=name):
                copy = self.box.root / "copy"
                shutil.copytree(paper, copy)
                text = (copy / name).read_bytes()
                (copy / name).write_bytes(new if old is None else text.replace(old, new))
                done = self.vendor.revoke(copy, self.signer)
                self.assertEqual(done.returncode, 1)
                self.assertIn(b"holds no list that the box with this key has signed", done.stderr)
                shutil.rmtree(copy)
        self.assertEqual(self.vendor.register(), before)

    def test_box_whose_disk_is_still_to_be_destroyed_is_revoked_all_the_same(self) -> None:
        (self.box.root / "dev/tpmrm0").unlink()
        done = self.vendor.revoke(self._disposed(status=2), self.signer)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"the erasure itself is not proved", done.stderr)
        self.assertTrue(self.vendor.is_revoked(self.own))

    def test_authority_that_issued_none_of_them_says_so(self) -> None:
        other = Authority(self.box.root / "other", "other root")
        done = other.revoke(self._disposed(), self.signer)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"another authority issued them", done.stderr)


if __name__ == "__main__":
    unittest.main()
