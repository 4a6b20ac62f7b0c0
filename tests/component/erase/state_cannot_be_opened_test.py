"""DSP-01: what sekisho-erase has erased opens to nobody. A real LUKS2 volume on a loop device, opened before by its key and by what a
TPM's simulator had sealed, and by neither afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import stat
import subprocess
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for

_BIN = Path(os.environ.get("GW_BIN", "build/dev/bin"))
_ERASE = _BIN / "sekisho-erase"
_UUID = "8f6f9f52-11de-4e4e-9a3b-000000000001"
_SECRET = b"what opens the state"
_ORDER = "proposed m-sato\nat 1796000000000\nreason the lease is over <b>\nagreed k-ito\nbutton pressed\n"
_RESET = b"reset by the button\n"
_CUTS = 12


def run(*words: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, input=stdin, capture_output=True, env={**os.environ, **(environment or {})})


def slate(text: bytes) -> bytes:
    """As gateway/sys/slate.h has it: a sum (FNV-1a), the size, the octets."""
    rest = len(text).to_bytes(4, "big") + text
    total = 2166136261
    for octet in rest:
        total = ((total ^ octet) * 16777619) & 0xFFFFFFFF
    return total.to_bytes(4, "big") + rest


def book(serials: list[str], is_whole: bool = True) -> bytes:
    """As the supervisor keeps it (gateway/model/held_certificates.h)."""
    def text(what: str) -> bytes:
        return len(what).to_bytes(4, "big") + what.encode()

    def entry(serial: str) -> bytes:
        words = b"".join(map(text, ("CN=box, former", "CN=Cloud CA", serial, "P-256")))
        return words + hashlib.sha256(serial.encode()).digest() + (0).to_bytes(8, "big") + (4_000_000_000).to_bytes(8, "big")

    return len(serials).to_bytes(4, "big") + b"".join(map(entry, serials)) + bytes([is_whole])


class Box:
    """A folder that holds what the program finds on a box."""

    def __init__(self, stack: ExitStack) -> None:
        self.root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for folder in ("dev", "run/sekisho", "run/sekisho-board", "run/sekisho-paper",
                       "sys/class/dmi/id", "usr/lib", "var/lib/sekisho/site", "tpm"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "sys/class/dmi/id/product_serial").write_text("SN-0042\n")
        (self.root / "usr/lib/os-release").write_text("ID=sekisho\nIMAGE_VERSION=0.1.0\n")
        self.key = self.root / "key"
        self.key.write_bytes(os.urandom(64))
        self._make_volume(stack)
        self._make_tpm(stack)
        self._make_certificate()

    def _make_volume(self, stack: ExitStack) -> None:
        disk = self.root / "disk.img"
        with open(disk, "wb") as file:
            file.truncate(64 * 1024 * 1024)
        made = run("losetup", "--find", "--show", str(disk))
        self.device = made.stdout.decode().strip()
        stack.callback(run, "losetup", "--detach", self.device)
        self.make_partition("disk", "state", self.device)
        self.make_partition("disk", "root-a", "/dev/null")
        at = os.stat(self.root).st_dev
        mapping = self.root / f"sys/dev/block/{os.major(at)}:{os.minor(at)}/slaves"
        mapping.mkdir(parents=True)
        (mapping / "root-a").symlink_to(self.root / "sys/devices/disk/root-a")
        done = run("cryptsetup", "luksFormat", "--batch-mode", "--type", "luks2", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000",
                   "--uuid", _UUID, self.device, str(self.key))
        assert done.returncode == 0, done.stderr
        self.header = self.root / "header"
        run("cryptsetup", "luksHeaderBackup", self.device, "--header-backup-file", str(self.header))

    def make_partition(self, disk: str, label: str, device: str, name: str = "") -> None:
        """As sysfs and devtmpfs have it."""
        entry = self.root / "sys/devices" / disk / (name or label)
        entry.mkdir(parents=True)
        (entry / "uevent").write_text(f"MAJOR=7\nPARTN=6\nPARTNAME={label}\n")
        (self.root / "dev" / (name or label)).symlink_to(device)

    def _make_tpm(self, stack: ExitStack) -> None:
        line = self.root / "dev/tpmrm0"
        self.tools = {"TPM2TOOLS_TCTI": f"swtpm:path={line}"}
        process = subprocess.Popen(["swtpm", "socket", "--tpm2", "--server", f"type=unixio,path={line}", "--ctrl",
                                    f"type=unixio,path={line}.ctrl", "--tpmstate", f"dir={self.root / 'tpm'}", "--flags", "startup-clear"],
                                   stderr=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_for("swtpm", line.exists)

    def _make_certificate(self) -> None:
        folder = self.root / "var/lib/sekisho/site"
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(self.root / "ca.key"),
            "-out", str(folder / "ca.pem"), "-subj", "/CN=Cloud CA", "-days", "30")
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(self.root / "box.key"),
            "-out", str(self.root / "box.csr"), "-subj", "/CN=box")
        (self.root / "authority.cnf").write_text("basicConstraints = critical, CA:TRUE\n")
        for serial, name, options in (("0x1234abcd", "box.pem", ()), ("0x5678", "slot.pem", ()),
                                      ("0x9abc", "authority.pem", ("-extfile", str(self.root / "authority.cnf"))),
                                      ("0xdef0", "site.pem", ("-extfile", str(self.root / "authority.cnf")))):
            run("openssl", "x509", "-req", "-in", str(self.root / "box.csr"), "-CA", str(folder / "ca.pem"), "-CAkey", str(self.root / "ca.key"),
                "-set_serial", serial, "-out", str(folder / name), "-days", "30", *options)
        # as the box keeps what it renews itself, and its site's own authority
        (folder.parent / "identities/karte").mkdir(parents=True)
        (folder.parent / "identities/karte/emr.current").write_text((self.root / "box.key").read_text() + (folder / "slot.pem").read_text())
        (folder.parent / "site-ca").write_bytes(b"\0\1key" + (folder / "site.pem").read_bytes() + b"\0\2")
        for name in ("slot.pem", "site.pem"):
            (folder / name).unlink()

    def make_evidence_key(self) -> str:
        """As the box makes it; its fingerprint, as the report of the installation has it."""
        key = self.root / "var/lib/sekisho/evidence.key"
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(key))
        public = run("openssl", "pkey", "-in", str(key), "-pubout", "-outform", "DER").stdout
        return hashlib.sha256(public).hexdigest()

    def tpm(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        done = run(*words, stdin=stdin, environment=self.tools)
        run("tpm2_flushcontext", "--transient-object", environment=self.tools)  # there is room for three
        return done

    def seal(self) -> None:
        folder = self.root
        for words, stdin in ((("tpm2_createprimary", "-Q", "-C", "o", "-c", str(folder / "primary")), b""),
                             (("tpm2_create", "-Q", "-C", str(folder / "primary"), "-i", "-", "-u", str(folder / "public"), "-r", str(folder / "private")), _SECRET)):
            done = self.tpm(*words, stdin=stdin)
            assert done.returncode == 0, done.stderr

    def unsealed(self) -> bytes:
        """By the TPM as it is now."""
        folder = self.root
        self.tpm("tpm2_createprimary", "-Q", "-C", "o", "-c", str(folder / "primary"))
        if self.tpm("tpm2_load", "-Q", "-C", str(folder / "primary"), "-u", str(folder / "public"), "-r", str(folder / "private"), "-c", str(folder / "object")).returncode != 0:
            return b""
        return self.tpm("tpm2_unseal", "-c", str(folder / "object")).stdout

    def opens(self) -> bool:
        return run("cryptsetup", "open", "--test-passphrase", "--key-file", str(self.key), self.device).returncode == 0

    def erase(self, kind: str) -> subprocess.CompletedProcess[bytes]:
        return run(str(_ERASE), kind, "--root", str(self.root))

    def head(self) -> bytes:
        with open(self.device, "rb") as device:
            return device.read(32 * 1024 * 1024)


class StateCannotBeOpened(unittest.TestCase):
    def setUp(self) -> None:
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.box, self.stack = Box(stack), stack
        self.assertTrue(self.box.opens(), "the volume opens before")

    def test_whatever_nobody_ordered_is_not_done(self) -> None:
        for kind, path, text in (("dispose", "run/sekisho/dispose", b"proposed a\nat 1\nreason r\nagreed a\nbutton none\n"),
                                 ("dispose", "run/sekisho/dispose", b"proposed a\nat 1\nreason r\nagreed b\n"),
                                 ("dispose", "run/sekisho/dispose", b"proposed a\n"), ("reset", "run/sekisho-board/reset", _RESET),
                                 ("reset", "run/sekisho-board/reset", slate(b"reset"))):
            (self.box.root / path).write_bytes(text)
            done = self.box.erase(kind)
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn(b"nothing is ordered", done.stdout)
            (self.box.root / path).unlink()
        self.assertTrue(self.box.opens())

    def test_asking_erases_nothing_and_settling_cannot_be_asked_for(self) -> None:
        def ask(command: str) -> int:
            return run(str(_ERASE), command, "--is-ordered", "--root", str(self.box.root)).returncode

        self.assertEqual(ask("reset"), 1)
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        self.assertEqual((ask("reset"), ask("dispose"), ask("settle")), (0, 1, 64))
        self.assertEqual(run(str(_ERASE), "settle", "--is-ordered").returncode, 64, "of this machine, neither")
        self.assertTrue(self.box.opens())

    def test_button_destroys_the_volumes_keys_and_nothing_of_the_tpms(self) -> None:
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        done = self.box.erase("reset")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertFalse(self.box.opens())
        self.assertEqual(self.box.head().strip(b"\0"), b"")
        said = done.stdout.decode()
        self.assertIn(_UUID, said)
        self.assertNotIn("TPM", said, "a box that stays keeps its TPM")

    def test_program_that_is_killed_at_any_moment_leaves_all_or_nothing_once_it_is_settled(self) -> None:
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        began = 0
        for _ in range(_CUTS):
            process = subprocess.Popen([str(_ERASE), "reset", "--root", str(self.box.root)], stdout=subprocess.DEVNULL)
            try:
                process.wait(random.uniform(0, 0.4))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            was_whole = self.box.opens()
            settled = self.box.erase("settle")
            self.assertEqual(settled.returncode, 1 if was_whole else 0, settled.stdout)
            self.assertEqual(self.box.opens(), was_whole)
            if was_whole:
                continue
            began += 1
            self.assertEqual(self.box.head().strip(b"\0"), b"")
            run("cryptsetup", "luksHeaderRestore", "--batch-mode", self.box.device, "--header-backup-file", str(self.box.header))
            self.assertTrue(self.box.opens())
        self.assertGreater(began, 0, "none was killed in its midst")

    def test_volume_with_a_damaged_head_is_left_to_whoever_can_mend_it(self) -> None:
        with open(self.box.device, "r+b") as device:
            device.write(b"\0" * 4096)
        self.assertEqual(self.box.erase("settle").returncode, 1)
        self.assertTrue(self.box.opens(), "by the second copy of its header")

    def test_part_of_the_first_write_leaves_a_volume_or_one_that_is_settled(self) -> None:
        """Each block of the head may have come to the disk or not, when the power goes."""
        with open(self.box.device, "r+b") as device:
            device.seek(16384)
            device.write(b"\0" * 512)
        self.assertEqual(self.box.erase("settle").returncode, 1)
        self.assertTrue(self.box.opens(), "by the first copy of its header, which mends the second")
        with open(self.box.device, "r+b") as device:
            device.write(b"\0" * 512)
            device.seek(16384)
            device.write(b"\0" * 512)
        self.assertFalse(self.box.opens())
        self.assertEqual(self.box.erase("settle").returncode, 0)
        self.assertEqual(self.box.head().strip(b"\0"), b"")

    def test_disposal_that_the_power_interrupted_clears_the_tpm_at_the_next_start(self) -> None:
        self.box.seal()
        head = b"\0" * 512 + b"sekisho-erase dispose\n"
        with open(self.box.device, "r+b") as device:
            device.write(head.ljust(65536, b"\0"))
        away = self.box.root / "dev/away"
        (self.box.root / "dev/tpmrm0").rename(away)
        self.assertEqual(self.box.erase("settle").returncode, 2, "no new state before the TPM is cleared")
        self.assertEqual(self.box.head()[:65536], head.ljust(65536, b"\0"), "and the mark stays")
        self.assertEqual(self.box.head()[65536:].strip(b"\0"), b"", "no key waits for a TPM that may never answer")
        away.rename(self.box.root / "dev/tpmrm0")
        self.assertEqual(self.box.erase("settle").returncode, 0)
        self.assertEqual(self.box.unsealed(), b"")
        self.assertEqual(self.box.head().strip(b"\0"), b"")

    def test_what_is_named_state_on_a_stick_is_left_alone(self) -> None:
        disk = self.box.root / "stick.img"
        disk.write_bytes(b"\0" * 1024 * 1024)
        self.box.make_partition("stick", "state", str(disk), "stick1")
        self.assertEqual(self.box.erase("settle").returncode, 1, "a blank one of another disk is no erased state")
        (self.box.root / "sys/devices/disk/state/uevent").unlink()
        done = self.box.erase("settle")
        self.assertEqual(done.returncode, 1)
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        self.assertEqual(self.box.erase("reset").returncode, 2)
        self.assertTrue(self.box.opens())

    def test_one_that_was_made_since_the_start_is_known_by_what_is_open(self) -> None:
        entry = self.box.root / "sys/devices/disk/state"
        (entry / "uevent").write_text("MAJOR=7\nPARTN=6\n")
        (entry / "holders/dm-1/dm").mkdir(parents=True)
        (entry / "holders/dm-1/dm/name").write_text("state\n")
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        self.box.erase("reset")
        self.assertFalse(self.box.opens())

    def test_two_partitions_named_state_are_both_left_alone(self) -> None:
        self.box.make_partition("disk", "state", "/dev/null", "other")
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        done = self.box.erase("reset")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"two partitions named state", done.stdout)
        self.assertTrue(self.box.opens())

    def test_file_system_that_is_still_being_written_writes_nothing_over_it(self) -> None:
        """As that of the volume, it lies behind its keys on the same device."""
        made = run("losetup", "--find", "--show", "--offset", str(16 * 1024 * 1024), self.box.device)
        inner, folder = made.stdout.decode().strip(), self.box.root / "var/lib/sekisho"
        self.stack.callback(run, "losetup", "--detach", inner)
        self.assertEqual(run("mkfs.ext4", "-q", inner).returncode, 0)
        self.assertEqual(run("mount", "-t", "ext4", inner, str(folder)).returncode, 0)
        self.stack.callback(run, "umount", str(folder))
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        for is_held in (False, True):
            (folder / "dirty").write_bytes(os.urandom(8 * 1024 * 1024))
            with ExitStack() as held:
                if is_held:
                    held.enter_context(open(folder / "dirty", "rb"))
                done = self.box.erase("reset")
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn(_UUID, done.stdout.decode())
                if is_held:
                    with self.assertRaises(OSError):
                        (folder / "more").write_bytes(b"more")
                else:
                    self.assertFalse(os.path.ismount(folder))
                run("sync")
                with open(self.box.device, "rb") as device:
                    self.assertEqual(device.read(16 * 1024 * 1024).strip(b"\0"), b"")
            if not is_held:
                run("cryptsetup", "luksHeaderRestore", "--batch-mode", self.box.device, "--header-backup-file", str(self.box.header))
                self.assertEqual(run("mount", "-t", "ext4", inner, str(folder)).returncode, 0)

    def test_disposal_clears_the_tpm_too_and_leaves_its_paper(self) -> None:
        self.box.seal()
        self.assertEqual(self.box.unsealed(), _SECRET)
        paper = self._paper()
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        done = self.box.erase("dispose")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertFalse(self.box.opens())
        self.assertEqual(self.box.unsealed(), b"", "what was sealed opens no more")
        page = (paper / "sekisho-erased.html").read_text(encoding="utf-8")
        for words in ("廃棄証明", "SN-0042", "0.1.0", _UUID, "m-sato", "k-ito", "the lease is over &lt;b&gt;", "上書きされたことを確認した", "TPM2_Clear", "Cloud CA", "1234abcd"):
            self.assertIn(words.lower(), page.lower())
        self.assertNotIn("<script", page)

    def _paper(self) -> Path:
        """The stick for it."""
        paper = self.box.root / "run/sekisho-paper"
        run("mount", "-t", "tmpfs", "none", str(paper))
        self.stack.callback(run, "umount", str(paper))
        return paper

    def _disposed(self) -> Path:
        """What it left on a stick."""
        paper = self._paper()
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        done = self.box.erase("dispose")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return paper

    def test_certificates_are_found_wherever_the_box_keeps_them(self) -> None:
        page = (self._disposed() / "sekisho-erased.html").read_text(encoding="utf-8").lower()
        for serial in ("1234abcd", "5678", "def0"):
            self.assertIn(f"<td>{serial}</td>", page, "the one of a file, of a slot that renews itself, of the site's own authority")
        self.assertNotIn("<td>9abc</td>", page, "what the box trusts is nobody's to revoke for it")
        self.assertNotIn("private key", page)

    def test_certificates_of_former_configurations_are_named_by_the_book_and_nobody_elses(self) -> None:
        """Though they are in no file any more; and what others have in a configuration is theirs."""
        state = self.box.root / "var/lib/sekisho"
        (state / "certificates").write_bytes(book(["0badcafe"]))
        (state / "records").mkdir()
        for name in ("records/records.db", "start"):
            (state / name).write_bytes(b"\0sqlite" + (state / "site/box.pem").read_bytes())
        page = (self._disposed() / "sekisho-erased.html").read_text(encoding="utf-8").lower()
        for serial in ("0badcafe", "5678", "def0"):
            self.assertIn(f"<td>{serial}</td>", page)
        self.assertNotIn("<td>1234abcd</td>", page, "a recipient of backups, as it may be")
        self.assertIn("全部で 3 枚です。</p>", page)

    def test_book_that_is_damaged_is_said_and_what_the_box_starts_with_is_named(self) -> None:
        state = self.box.root / "var/lib/sekisho"
        former = book(["0badcafe"])
        (state / "start").write_bytes(b"\0\0\0\1" + b"-----BEGIN CERTIFICATE-----" * 500_000 + (state / "site/box.pem").read_bytes())
        (state / "site/box.pem").unlink()
        for octets in (former[:-1], former + b"\0", book([], is_whole=False)):
            (state / "certificates").write_bytes(octets)
            (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
            done = subprocess.run([str(_ERASE), "reset", "--root", str(self.box.root)], capture_output=True, timeout=60)
            said = done.stdout.decode()
            self.assertIn("装置の台帳が読めなかった", said)
            self.assertIn("CN=Cloud CA / 1234abcd", said)

    def test_paper_that_has_no_room_for_all_says_how_many_there_are_and_where(self) -> None:
        self.box.make_evidence_key()
        (self.box.root / "var/lib/sekisho/certificates").write_bytes(book([f"{number:06x}" for number in range(0x500000, 0x500000 + 250)]))
        paper = self._disposed()
        page = (paper / "sekisho-erased.html").read_text(encoding="utf-8")
        self.assertIn("全部で 252 枚です。この紙に載せたのは最初の 200 枚だけです。すべての一覧は、同じ媒体の intent.txt(装置の署名つき)にあります。", page)
        self.assertEqual(page.count("<tr><td>CN=Cloud CA"), 200)
        intent = (paper / "intent.txt").read_text()
        self.assertIn("\ncertificates 252\n", intent)
        self.assertEqual(intent.count("\ncertificate "), 252)

    def test_paper_that_is_the_only_list_has_them_all(self) -> None:
        (self.box.root / "var/lib/sekisho/certificates").write_bytes(book([f"{number:06x}" for number in range(0x500000, 0x500000 + 250)]))
        page = (self._disposed() / "sekisho-erased.html").read_text(encoding="utf-8")
        self.assertIn("全部で 252 枚です。</p>", page)
        self.assertEqual(page.count("<tr><td>CN=Cloud CA"), 252)

    def test_stick_that_somebody_has_prepared_leads_nowhere_and_holds_nothing_up(self) -> None:
        """A link to a file of the box, and a pipe that nobody reads, where the paper is written first."""
        self.box.make_evidence_key()
        paper, victim = self._paper(), self.box.root / "victim"
        victim.write_text("of the box")
        (paper / "intent.txt.new").symlink_to(victim)
        (paper / "intent.sig").symlink_to(victim)
        os.mkfifo(paper / "sekisho-erased.html.new")
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        done = subprocess.run([str(_ERASE), "dispose", "--root", str(self.box.root)], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(victim.read_text(), "of the box")
        for name in ("sekisho-erased.html", "intent.txt", "intent.sig"):
            self.assertTrue(stat.S_ISREG(os.lstat(paper / name).st_mode), name)

    def test_part_of_the_paper_that_cannot_be_written_is_named(self) -> None:
        self.box.make_evidence_key()
        (self._paper() / "result.sig/folder").mkdir(parents=True)
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        said = self.box.erase("dispose").stdout.decode()
        self.assertIn("NOT on the stick: result.sig: ", said)
        self.assertIn("on the stick: result.txt\n", said)

    def test_paper_without_a_key_to_sign_it_says_so(self) -> None:
        paper = self._disposed()
        self.assertIn("署名の鍵が読めなかった", (paper / "sekisho-erased.html").read_text(encoding="utf-8"))
        self.assertEqual([one.name for one in paper.iterdir()], ["sekisho-erased.html"])
        self.assertFalse((self.box.root / "var/lib/sekisho/evidence.key").exists(), "nor is one made for it")

    def test_paper_is_signed_by_the_key_that_the_box_had_and_by_the_one_that_it_named(self) -> None:
        signer = self.box.make_evidence_key()
        paper = self._disposed()
        said = self._verified(paper, signer)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        for words in ("kind disposal", "machine SN-0042", f"volume {_UUID}", "button pressed", "read-back blank", "result erased", "the box says that it was erased"):
            self.assertIn(words, said.stdout.decode())
        self.assertEqual(self._verified(paper).returncode, 2, "nobody said whose key it has to be")
        self.assertEqual(self._verified(paper, "0" * 64).returncode, 1)
        for text, signature, key in (("intent.txt", "intent.sig", "box.pem"), ("result.txt", "result.sig", "result.pem")):
            done = run("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(paper / key), "-rawin", "-in", str(paper / text), "-sigfile", str(paper / signature))
            self.assertEqual(done.returncode, 0, done.stdout)
        for name in sorted(one.name for one in paper.iterdir()):
            with self.subTest(changed=name):
                copy = self.box.root / "copy"
                shutil.copytree(paper, copy)
                octets = bytearray((copy / name).read_bytes())
                octets[len(octets) // 2] ^= 1
                (copy / name).write_bytes(octets)
                self.assertEqual(self._verified(copy, signer).returncode, 1)
                shutil.rmtree(copy)

    def test_result_of_another_key_than_the_box_named_is_none(self) -> None:
        """Who has the box's key from before can make an intent, and who has none can make a result; neither makes the other's."""
        signer = self.box.make_evidence_key()
        paper = self._disposed()
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(self.box.root / "forger"))
        run("openssl", "pkey", "-in", str(self.box.root / "forger"), "-pubout", "-out", str(paper / "result.pem"))
        run("openssl", "pkeyutl", "-sign", "-inkey", str(self.box.root / "forger"), "-rawin", "-in", str(paper / "result.txt"), "-out", str(paper / "result.sig"))
        said = self._verified(paper, signer)
        self.assertEqual(said.returncode, 1)
        self.assertIn(b"result.pem: missing, or not what was signed", said.stdout)

    def _verified(self, folder: Path, signer: str = "") -> subprocess.CompletedProcess[bytes]:
        return run(str(_BIN / "sekisho-erasure-verify"), "--lang", "en", *(("--signer", signer) if signer else ()), str(folder))

    def test_copy_of_the_header_brings_nothing_back_without_the_tpm(self) -> None:
        """Who took one before has the slots, and no key that the TPM would give out for them."""
        self.box.seal()
        self.assertEqual(self.box.unsealed(), _SECRET)
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        self.assertEqual(self.box.erase("dispose").returncode, 0)
        run("cryptsetup", "luksHeaderRestore", "--batch-mode", self.box.device, "--header-backup-file", str(self.box.header))
        self.assertTrue(self.box.opens(), "the copy was a good one")
        self.assertEqual(self.box.unsealed(), b"")

    def test_tpm_that_is_not_there_is_no_disposal(self) -> None:
        (self.box.root / "dev/tpmrm0").unlink()
        paper = self._paper()
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        done = self.box.erase("dispose")
        self.assertEqual(done.returncode, 2)
        page = (paper / "sekisho-erased.html").read_text(encoding="utf-8")
        self.assertNotIn("廃棄証明", page, "nobody files it as one")
        self.assertIn("秘密鍵が消去されたことは、確かめられていません。", page)
        self.assertIn("NOT erased", done.stdout.decode())
        self.assertFalse(self.box.opens(), "what could be erased is")

    def _is_cut_off_at_its_tpm(self) -> None:
        """Which never answers."""
        (self.box.root / "dev/tpmrm0").unlink()
        mute = self.stack.enter_context(socket.socket(socket.AF_UNIX))
        mute.bind(str(self.box.root / "dev/tpmrm0"))
        mute.listen()
        (self.box.root / "run/sekisho/dispose").write_text(_ORDER)
        process = subprocess.Popen([str(_ERASE), "dispose", "--root", str(self.box.root)], stdout=subprocess.DEVNULL)
        try:
            wait_for("the keys to go", lambda: self.box.head()[65536:16 << 20].strip(b"\0") == b"", 60)
        finally:
            process.kill()  # as if the power went
            process.wait()

    def test_tpm_that_never_answers_leaves_no_key_and_is_remembered(self) -> None:
        self._is_cut_off_at_its_tpm()
        self.assertEqual(self.box.head()[:16 << 20].strip(b"\0"), b"sekisho-erase dispose\n", "what is still to be done")

    def test_power_that_goes_leaves_what_is_to_be_revoked_on_the_stick_and_no_proof(self) -> None:
        signer, paper = self.box.make_evidence_key(), self._paper()
        (paper / "sekisho-erased.html").write_text("廃棄証明 of another box")
        self._is_cut_off_at_its_tpm()
        said = self._verified(paper, signer)
        self.assertEqual(said.returncode, 1)
        self.assertIn(b"certificate 1234abcd ", said.stdout)
        self.assertIn(b"result.pem: missing, or not what was signed", said.stdout)
        self.assertFalse((paper / "sekisho-erased.html").exists())

    def test_partition_without_a_volume_is_overwritten_and_its_disk_named_as_one_to_destroy(self) -> None:
        with open(self.box.device, "r+b") as device:
            device.write(b"no volume" * 1000)
        (self.box.root / "run/sekisho-board/reset").write_bytes(slate(_RESET))
        done = self.box.erase("reset")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("見つからなかった", done.stdout.decode())
        self.assertIn(b"NOT erased: destroy the disk", done.stdout)
        self.assertEqual(self.box.head().strip(b"\0"), b"")


if __name__ == "__main__":
    unittest.main()
