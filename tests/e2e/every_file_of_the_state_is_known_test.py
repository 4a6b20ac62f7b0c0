"""A box that has lived keeps no file that gateway/doc/state.txt does not know, and each file that is told there; and what is told of each is so:
who may read it, which holds keys, what a backup takes of it, and which certificates are named at the box's end (DSP-01, BAK-01, CRT-01)."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

from support.busy_box import BusyBox, serial_of

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "architecture"))

import state_page  # noqa: E402
from state_page import Row  # noqa: E402

_PERSON = "院長"  # who claimed the box
_ORDER = "proposed m-sato\nat 1796000000000\nreason it is over\nagreed k-ito\nbutton none\n"
_CLEAR, _SEALED = b"BEGIN PRIVATE KEY", b"BEGIN ENCRYPTED PRIVATE KEY"


class EveryFileOfTheStateIsKnown(BusyBox):
    def setUp(self) -> None:
        super().setUp()
        self.rows = state_page.rows()
        self.files = {str(path.relative_to(self.state)): path for path in self.state.rglob("*") if path.is_file()}

    def _rows_of(self, path: str) -> list[Row]:
        return [row for row in self.rows if row.fits(path)]

    def _said(self, path: str, column: str) -> set[str]:
        return {word for row in self._rows_of(path) for word in row.words(column)}

    def _holding(self, octets: bytes) -> set[str]:
        return {name for name, path in self.files.items() if octets in path.read_bytes()}

    def test_each_file_is_one_row_and_each_row_a_file(self) -> None:
        self.assertTrue(self.watch.is_whole, "the kernel lost some of what there was")
        there_ever_was = self.seen | set(self.files)
        self.assertEqual([path for path in sorted(there_ever_was) if len(self._rows_of(path)) != 1], [], "to be told in gateway/doc/state.txt")
        self.assertEqual([row.pattern for row in self.rows if "where" not in row.said and not any(map(row.fits, there_ever_was))], [],
                         "no box makes it, or this one has not lived enough (tests/e2e/support/busy_box.py)")

    def test_nobody_reads_a_file_but_its_owner(self) -> None:
        for name, path in self.files.items():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, name)

    def test_keys_are_where_the_table_says_and_nowhere_else(self) -> None:
        keys = [path for path in self.folder.rglob("*.key") if _CLEAR in path.read_bytes()]
        self.assertGreater(len(keys), 3)
        clear = {name for key in keys for name in self._holding(b"".join(key.read_bytes().split(b"\n")[1:-2])[:60])} | self._holding(_CLEAR)
        sealed = self._holding(_SEALED)
        self.assertEqual([name for name in clear if "key" not in self._said(name, "secret")], [])
        self.assertEqual([name for name in sealed if not {"key", "sealed"} & self._said(name, "secret")], [])
        told = {name for name in self.files if "sealed" in self._said(name, "secret")}
        bare = {name for name in self.files if "key" in self._said(name, "secret")} - {"wrapping.secret", "seal.secret"}  # without any form
        beside = {name for name in told if any(name.startswith(f"{one}-") for one in told)}  # a database has it in either
        self.assertEqual((told - beside - {"records/records.db"}) - sealed, set())
        self.assertEqual(bare - clear, set())

    def test_names_of_people_are_where_the_table_says(self) -> None:
        holding = self._holding(_PERSON.encode())
        self.assertIn("records/records.db", {name.removesuffix("-wal") for name in holding})
        self.assertEqual([name for name in holding if "people" not in self._said(name, "secret")], [])

    def test_backup_has_the_parts_that_are_told_and_no_key(self) -> None:
        parts = self._parts_of_a_backup()
        del parts["manifest.txt"]  # names the others
        told = {name for row in self.rows for name in row.words("backup")}
        self.assertEqual([name for name in parts if not name.startswith(tuple(told))], [])
        self.assertEqual([name for name in told if not any(part.startswith(name) for part in parts)], [])
        octets = b"".join(parts.values())
        for name, path in self.files.items():
            if {"key", "sealed"} & self._said(name, "secret") and path.stat().st_size < 4096:
                for line in [one for one in path.read_bytes().split(b"\n") if len(one) > 30 and b"CERTIFICATE" not in one][:3]:
                    self.assertNotIn(line, octets, name)

    def _parts_of_a_backup(self) -> dict[str, bytes]:
        newest, who = max(self.state.glob("backups/*.tar")), self.recipients["clinic"]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["tar", "-xf", str(newest), "-C", folder], check=True)
            subprocess.run(["openssl", "cms", "-decrypt", "-inform", "DER", "-binary", "-in", f"{folder}/content.cms", "-recip", str(who.certificate), "-inkey",
                            str(who.key), "-out", f"{folder}/opened"], check=True, capture_output=True)
            with tarfile.open(f"{folder}/opened") as opened:
                return {one.name: opened.extractfile(one).read() for one in opened.getmembers() if one.isfile()}  # type: ignore[union-attr]

    def test_certificates_are_named_at_the_end_from_the_files_that_are_told(self) -> None:
        listed = {name for name in self.files if "listed" in self._said(name, "end")}
        named = self._named_at_the_end(listed)
        for name in sorted(listed - {"site-ca"}):  # an authority that nobody else has issued is nobody's to revoke
            self.assertTrue(self._named_at_the_end({name}), name)
        self.assertEqual(self._named_at_the_end(set(self.files) - listed), set())
        self.assertLessEqual(named, self._named_at_the_end(set(self.files)))
        self.assertIn(self.former, {line.split(" / ")[1] for line in named}, "of a configuration that is in force no more")
        for identity in self.state.glob("identities/*/*.current"):
            self.assertIn(serial_of(identity), {line.split(" / ")[1] for line in named})

    def _named_at_the_end(self, names: set[str]) -> set[str]:
        """What sekisho-erase would have revoked of a box that has these files."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in names:
                place = root / "var/lib/sekisho" / name
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(self.files[name], place)
            (root / "run/sekisho").mkdir(parents=True)
            (root / "run/sekisho/dispose").write_text(_ORDER)
            done = subprocess.run([str(Path(os.environ["GW_BIN"]) / "sekisho-erase"), "dispose", "--root", folder], capture_output=True, text=True, check=False)
        self.assertIn("見つからなかった", done.stdout, "there is no disk, and it goes on")
        return set(re.findall(r"^失効させる証明書: (.+)$", done.stdout, re.MULTILINE))


if __name__ == "__main__":
    unittest.main()
