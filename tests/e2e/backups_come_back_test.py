"""A box makes its backups by itself, for the clinic and the vendor alone, and a spare comes up from one of them in minutes
(BAK-01 to BAK-05)."""

import hashlib
import os
import re
import shutil
import subprocess
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from authority import Authority, Leaf
from lab.people import bootstrap_hash
from lab.waiting import wait_for
from support.administered_box import ADDRESS, LABEL, NAME, PORT, AdministeredBox
from support.administrator import ROOT, Administrator, Json
from support.recipients import Recipient, give_backups
from support.site import KARTE, Site

_GENERATIONS = 4
_MINUTES = 10  # for a spare, from an empty disk to a terminal's session


class Backups(AdministeredBox):
    """A box with two recipients, an administrator, and whoever keeps backups elsewhere."""

    recipients: dict[str, Recipient]
    home: Path  # of somebody who is not at the box
    state: Path

    @classmethod
    def shape(cls, site: Site) -> Site:
        super().shape(site)
        cls.home = cls.folder.parent / "home"
        cls.recipients = give_backups(site, cls.folder, cls.home, _GENERATIONS)
        cls.state = cls.folder.parent / "run" / "state"
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.comes(cls.first)

    def listed(self) -> Json:
        said = self.first.ask("GET", "/backups")
        self.assertEqual(said.status, 200, said)
        return said.json

    def numbers(self) -> list[int]:
        return [one["backup"] for one in self.listed()["backups"]]

    def one_more(self) -> int:
        """Made by hand; its number."""
        before = max(self.numbers(), default=0)
        self.assertEqual(self.first.ask("POST", "/backups").status, 202)
        return wait_for("the backup", lambda: next((n for n in self.numbers() if n > before), None), 30)

    def taken_along(self, number: int) -> Path:
        """The file, as curl saves it under the name that the box gives it."""
        folder = self.home / f"taken-{number}"
        folder.mkdir(exist_ok=True)
        subprocess.run(
            ["ip", "netns", "exec", self.first.namespace, "curl", "--silent", "--show-error", "--fail", "--http1.1",
             "--remote-name", "--remote-header-name", "--cacert", str(self.first.ca), "--connect-to", f"::{ADDRESS}:",
             "-H", f"Cookie: __Host-sekisho={self.first.token}", f"https://{NAME}:{PORT}{ROOT}/backups/{number}/file"],
            cwd=folder, check=True, capture_output=True, text=True)
        found = list(folder.iterdir())
        self.assertEqual(len(found), 1, found)
        return found[0]

    def says(self, *words: str, status: int = 0) -> str:
        """What sekisho-backup answers."""
        done = subprocess.run([str(Path(os.environ["GW_BIN"]) / "sekisho-backup"), *words, "--lang", "en"],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def signer(self) -> tuple[str, ...]:
        return ("--signer", self.listed()["signer"])


class BackupsAreMade(Backups):
    def test_one_is_made_behind_each_confirmed_change_and_the_oldest_make_room(self) -> None:
        wait_for("the first backup", lambda: self.numbers() or None, 90)
        for day in range(_GENERATIONS + 1):
            before = max(self.numbers())
            site = self.site.changed()
            site.tree["tenants"][0]["limits"] = {"sessions": 1000 + day}
            published = self.lab.box.publish(site.write(self.folder / "changed.yaml"))
            self.assertTrue(published.accepted, published.text)
            wait_for("its backup", lambda: max(self.numbers()) > before or None, 90)
        last = self.listed()["backups"][-1]
        self.assertEqual((last["kind"], last["file"].split("-")[-1]), ("confirmed", "confirmed.tar"))
        self.assertEqual(last["change"], self.first.ask("GET", "/changes").json["confirmed"])
        self.assertLessEqual(len(self.numbers()), _GENERATIONS)
        self.assertEqual(sorted(path.name for path in (self.state / "backups").glob("*.tar")),
                         [one["file"] for one in self.listed()["backups"]])
        self.wait_record("backup.removed")
        chained = self.first.ask("GET", "/records?event=backup.made").json["records"]
        self.assertGreater(len(chained), _GENERATIONS)

    def test_what_is_taken_along_opens_with_known_tools_and_holds_no_private_key(self) -> None:
        file = self.taken_along(self.one_more())
        self.wait_record("backup.exported", administrator="first", sha256=hashlib.sha256(file.read_bytes()).hexdigest())
        folder = self.home / "by-hand"
        folder.mkdir()
        subprocess.run(["tar", "-xf", str(file), "-C", str(folder)], check=True)
        for name, who in self.recipients.items():
            opened = folder / f"{name}.tar"
            subprocess.run(["openssl", "cms", "-decrypt", "-inform", "DER", "-binary", "-in", str(folder / "content.cms"),
                            "-recip", str(who.certificate), "-inkey", str(who.key), "-out", str(opened)], check=True)
        self.assertEqual((folder / "clinic.tar").read_bytes(), (folder / "vendor.tar").read_bytes())
        parts = folder / "parts"
        parts.mkdir()
        subprocess.run(["tar", "-xf", str(folder / "clinic.tar"), "-C", str(parts)], check=True)
        self.assertIn(b"front-desk", (folder / "seal.txt").read_bytes())
        self.assertEqual((parts / "configuration/sekisho.yaml").read_bytes(), self._text_in_force())
        self.assertIn("name first", (parts / "accounts/accounts.txt").read_text())
        self.assertIn("pki/karte/raw.pem", (parts / "certificates.txt").read_text())
        self._holds_no_key(b"".join(path.read_bytes() for path in parts.rglob("*") if path.is_file()))

    def _text_in_force(self) -> bytes:
        return self.lab.box.order("config", "text").stdout.encode()

    def _holds_no_key(self, octets: bytes) -> None:
        """Neither as the files have them nor as the bare number in them."""
        keys = [path for path in (self.folder / "pki").rglob("*.key")] + [one.key for one in self.recipients.values()]
        self.assertGreater(len(keys), 6)
        for key in keys:
            der = subprocess.run(["openssl", "pkey", "-in", str(key), "-outform", "DER"], check=True, capture_output=True).stdout
            body = b"".join(key.read_bytes().split(b"\n")[1:-2])
            self.assertNotIn(der[-40:], octets)
            self.assertNotIn(body[:60], octets.replace(b"\n", b""), key)
        self.assertNotIn(b"PRIVATE KEY", octets)
        self.assertNotIn((self.state / "seal.secret").read_bytes(), octets)

    def test_one_flipped_octet_is_found_and_nobody_takes_it_along(self) -> None:
        number = self.one_more()
        checked = self.first.ask("POST", f"/backups/{number}/check")
        self.assertEqual((checked.json["good"], checked.json["faults"]), (True, []))
        path = self.state / "backups" / self.listed()["backups"][-1]["file"]
        octets = bytearray(path.read_bytes())
        octets[len(octets) // 2] ^= 1
        path.write_bytes(octets)
        checked = self.first.ask("POST", f"/backups/{number}/check")
        self.assertEqual((checked.json["good"], checked.json["faults"]), (False, ["envelope_changed"]))
        self.wait_record("backup.damaged", object=path.name)
        refused = self.first.ask("GET", f"/backups/{number}/file")
        self.assertEqual((refused.status, refused.code), (409, "backup.damaged"))
        self.assertIn("what is encrypted is not what the box signed", self.says("open", str(path), status=1))
        path.unlink()

    def test_a_restore_is_tried_with_the_real_compiler_and_recorded(self) -> None:
        number = self.one_more()
        file = self.taken_along(number)
        generation = self.lab.box.status()["generation"]
        for who in self.recipients.values():
            said = self.says("try", str(file), *who.words(), *self.signer())
            self.assertIn("its configuration is usable", said)
            self.assertIn("enrol anew, no private key is in a backup: pki/karte/raw.key", said)
            self.assertIn("nothing was changed", said)
        self.assertEqual(self.lab.box.status()["generation"], generation)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        wrong = self.first.ask("POST", f"/backups/{number}/tried", {"sha256": "00" * 32})
        self.assertEqual((wrong.status, wrong.code), (409, "backup.useless"))
        self.assertEqual(self.first.ask("POST", f"/backups/{number}/tried", {"sha256": digest}).status, 204)
        self.wait_record("backup.tried", administrator="first", sha256=digest)
        self.assertEqual([one["backup"] for one in self.listed()["backups"] if one["last_good"]], [number])

    def test_wrong_keys_other_boxes_and_cut_files_are_each_told(self) -> None:
        file = self.taken_along(self.one_more())
        clinic, vendor = self.recipients["clinic"], self.recipients["vendor"]
        stranger = Recipient(clinic.certificate, vendor.key)
        self.assertIn("it does not open with this key", self.says("open", str(file), *stranger.words(), status=1))
        self.assertIn("signed by another key than that of the box",
                      self.says("open", str(file), "--signer", "ab" * 32, status=1))
        cut = self.home / "cut.tar"
        cut.write_bytes(file.read_bytes()[:-1000])
        self.assertIn("or is cut off", self.says("open", str(cut), *clinic.words(), status=1))
        self.assertIn("file.unreadable", self.says("open", str(self.home / "missing.tar"), status=66))
        self.assertIn("restore needs", self.says("restore", str(file), *clinic.words(), status=64))
        full = self.says("restore", str(file), *clinic.words(), *self.signer(), "--state", str(self.state),
                         "--config", str(self.home / "spare"), status=1)
        self.assertIn("restore.not_empty", full)

    def test_a_copy_goes_onto_a_stick_and_comes_back_from_it(self) -> None:
        file = self.taken_along(self.one_more())
        stick = self.home / "stick"
        with self._mounted(stick):
            self.assertIn("written and read back", self.says("copy", str(file), "--folder", str(stick)))
            self.assertIn("nothing is written over", self.says("copy", str(file), "--folder", str(stick), status=1))
            self.assertEqual((stick / file.name).read_bytes(), file.read_bytes())
            self.says("open", str(stick / file.name), *self.recipients["clinic"].words(), *self.signer())

    def _mounted(self, place: Path) -> ExitStack:
        """A medium of its own: FAT where the kernel has it, else what it has."""
        image = self.home / "stick.img"
        image.write_bytes(b"\0" * (40 << 20))
        place.mkdir()
        kind = "vfat" if "vfat" in Path("/proc/filesystems").read_text() else "ext4"
        subprocess.run([f"mkfs.{kind}", str(image)], check=True, capture_output=True)
        subprocess.run(["mount", "-t", kind, "-o", "loop", str(image), str(place)], check=True, capture_output=True)
        stack = ExitStack()
        stack.callback(subprocess.run, ["umount", str(place)], check=True)
        return stack

    def test_a_fat_image_keeps_name_and_octets(self) -> None:
        file = self.taken_along(self.one_more())
        image, back = self.home / "fat.img", self.home / "back"
        image.write_bytes(b"\0" * (40 << 20))
        back.mkdir()
        for words in (["mkfs.vfat", str(image)], ["mcopy", "-i", str(image), str(file), "::"],
                      ["mcopy", "-i", str(image), f"::{file.name}", str(back)]):
            subprocess.run(words, check=True, capture_output=True)
        self.says("open", str(back / file.name), *self.recipients["vendor"].words(), *self.signer())

    def test_without_anybody_to_encrypt_to_there_are_none_and_it_is_told(self) -> None:
        site = self.site.changed()
        del site.tree["backup"]
        self.assertTrue(self.lab.box.publish(site.write(self.folder / "changed.yaml")).accepted)
        try:
            self.wait_record("backup.no_recipients")
            self.assertFalse(self.lab.box.status()["backups"])
            wait_for("the plan", lambda: self.listed()["recipients"] == [] or None, 10)
            refused = self.first.ask("POST", "/backups")
            self.assertEqual((refused.status, refused.code), (409, "backup.no_recipients"))
        finally:
            self.assertTrue(self.lab.box.publish(self.site.write(self.folder / "changed.yaml")).accepted)


class ASpareComesUp(Backups):
    def test_from_an_empty_disk_to_a_terminals_session_within_minutes(self) -> None:
        self._with_a_certificate("carries")
        wait_for("the first backup", lambda: self.numbers() or None, 90)
        file, signer = self.taken_along(self.one_more()), self.signer()
        signed = self.first.ask("GET", "/records?event=backup.made&limit=1").json["records"]
        self.assertTrue(signed)
        self.lab.box.stop()
        shutil.rmtree(self.state)

        began = time.monotonic()
        spare = self.folder.parent / "spare"
        self.state.mkdir()
        (self.state / "bootstrap.hash").write_text(bootstrap_hash(LABEL))
        said = self.says("restore", str(file), *self.recipients["clinic"].words(), *signer, "--state", str(self.state),
                         "--config", str(spare))
        self.assertIn("to be reset by an administrator: first", said)
        keys = re.findall(r"is in a backup: (\S+)", said)
        self.assertEqual(keys, ["pki/karte/raw-client.key", "pki/karte/raw.key", "pki/management/box.key"])
        self._enrol_anew(spare)
        self.lab.box.config = spare / "sekisho.yaml"
        self.lab.box.start()
        near = self.open()
        near.send(b"from the spare")
        self.assertEqual(self.cloud.accept().receive_exactly(14), b"from the spare")
        took = time.monotonic() - began
        print(f"a spare box served its first terminal {took:.1f} s after its disk was empty", flush=True)
        self.assertLess(took, _MINUTES * 60)

        self._is_administered_again()
        self._goes_on_from_the_old_records(file, signer[1])

    def _carrying(self, name: str) -> Administrator:
        keys = self.folder / "pki/management/admins"
        who = self.somebody(name)
        who.options = ("--cert", str(keys / "first.pem"), "--key", str(keys / "first.key"))
        return who

    def _with_a_certificate(self, name: str) -> None:
        """One more clinic_admin, whose second factor is a certificate."""
        pem = self.folder / "pki/management/admins/first.pem"
        der = subprocess.run(["openssl", "x509", "-in", str(pem), "-outform", "DER"], check=True, capture_output=True).stdout
        made = self.first.ask("POST", "/accounts", {"name": name, "person": "x", "role": "clinic_admin"})
        self.assertEqual(made.status, 201, made)
        bound = self.first.ask("PUT", f"/accounts/{name}/certificate", {"certificate": hashlib.sha256(der).hexdigest()})
        self.assertEqual(bound.status, 204, bound)
        who = self._carrying(name)
        done = who.ask("POST", "/enrolment/finish", {"name": name, "code": made.json["code"], "password": who.password})
        self.assertEqual(done.status, 200, done)

    def _enrol_anew(self, spare: Path) -> None:
        """New keys on the spare, certified by the same authorities as those of the box that is gone."""
        old, new = self.folder / "pki", spare / "pki"
        self.assertEqual(list(spare.rglob("*.key")), [])
        Authority(old / "karte/box-ca").issue(
            Leaf(new / "karte/raw", "server", "raw", f"DNS:raw.karte.clinic.example,IP:{KARTE.address}"))
        Authority(old / "karte/raw-cloud-ca").issue(
            Leaf(new / "karte/raw-client", "client", "karte box", "URI:urn:sekisho:karte:box"))
        Authority(old / "management/box-ca").issue(
            Leaf(new / "management/box", "server", "administration", f"DNS:{NAME},IP:{ADDRESS}"))

    def _is_administered_again(self) -> None:
        """Password and certificate hold on the spare; whoever had an app is reset by him, and enrols anew (ADM-09)."""
        self.wait_until_administered()
        carries = self._carrying("carries")
        self.assertEqual(carries.sign_in("").status, 201)
        self.assertEqual(self.first.sign_in().code, "account.refused")
        refused = self.first.ask("POST", "/box/claim", {"secret": LABEL, "name": "thief", "person": "x"})
        self.assertEqual(refused.code, "account.refused", "the label opens nothing where an administrator can sign in")
        reset = carries.ask("POST", "/accounts/first/reset")
        self.assertEqual(reset.status, 200, reset)
        type(self).first = self.somebody("first")
        self.first.password = "another tractor humming"
        self.assertEqual(self.first.enrol(reset.json["code"]).status, 200)
        self.assertEqual(self.first.sign_in().status, 201)

    def _goes_on_from_the_old_records(self, file: Path, signer: str) -> None:
        first = self.first.ask("GET", "/records?event=backup.restored").json["records"]
        self.assertEqual(len(first), 1)
        self.assertEqual((first[0]["number"], first[0]["object"], first[0]["detail"]),
                         (1, file.name, f"signed by the key {signer}"))
        self.assertGreater(first[0]["last"], 0)
        self.assertRegex(first[0]["link_last"], "^[0-9a-f]{64}$")
        self.assertEqual(self.lab.box.order("log", "verify").returncode, 0)
        wait_for("the spare's own first backup", lambda: self.numbers() or None, 90)
        self.assertNotEqual(self.listed()["signer"], signer, "a key of its own")


if __name__ == "__main__":
    unittest.main()
