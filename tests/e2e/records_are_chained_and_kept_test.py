"""Every record of the box is chained to the one before it, signed once a minute, and kept whatever becomes of its keeper
(LOG-01, LOG-03, LOG-09)."""

import csv
import hashlib
import json
import os
import sqlite3
import subprocess
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_CHANGE = "UPDATE records SET line = replace(line, 'level', 'Level') WHERE number = 3"


class RecordsAreChainedAndKept(BoxTest):
    WRONG_CERTIFICATES = False
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    # --- what is done to the box

    def _session(self) -> None:
        near = self.open(self.terminal("karte"), self.door("karte"))
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        near.close()
        far.close()

    def _log(self, *words: str, ends: int = 0) -> str:
        done = self.lab.box.order("log", *words)
        self.assertEqual(done.returncode, ends, done.stdout + done.stderr)
        return done.stdout

    def _listed(self, *filters: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log("list", "--last", "1000", *filters).splitlines()]

    def _closed(self) -> list[dict[str, Any]]:
        return self._listed("--event", "session.closed", "--tenant", "karte")

    def _count(self) -> int | None:
        """Sessions that have ended; nothing while nobody can be asked."""
        done = self.lab.box.order("log", "list", "--last", "1000", "--event", "session.closed", "--tenant", "karte")
        return len(done.stdout.splitlines()) if done.returncode == 0 else None

    def _verdict(self, *words: str, ends: int = 0) -> dict[str, Any]:
        return json.loads(self._log("verify", *words, "--output", "json", ends=ends))

    def _exported(self) -> Path:
        path = self.folder / f"{self.id()}.jsonl"
        self._log("export", str(path))
        return path

    # --- tests

    def test_what_happens_is_found_and_stands_in_the_chain(self) -> None:
        before = len(self._closed())
        self._session()
        last = wait_for("the session's record", lambda: self._closed()[before:] or None)[0]
        self.assertEqual(last["terminal"], "desk-1")
        self.assertTrue(last["ts"].endswith("+09:00"), "in Japan's time")
        self.assertEqual(last["clock_state"], "right")
        self.assertEqual(self._listed("--terminal", "desk-1", "--event", "session.closed")[-1], last)
        self.assertEqual(self._listed("--until", "2001-01-01"), [])
        self.assertTrue(self._verdict()["intact"])

    def test_they_are_signed_by_a_key_that_keyd_holds(self) -> None:
        verdict = wait_for("a checkpoint", lambda: (v := self._verdict())["last_signed"] > 0 and v, 90)
        self.assertEqual(len(verdict["signer"]), 64)
        path = self._exported()
        self.assertTrue(self._verdict(str(path), "--signer", verdict["signer"])["intact"])
        stranger = self._verdict(str(path), "--signer", "ab" * 32, ends=1)
        self.assertEqual(stranger["flaws"][0]["kind"], "unknown_key")

    def test_no_record_of_a_session_is_lost_when_its_keeper_dies(self) -> None:
        before = len(self._closed())
        for count in range(1, 13):
            if count % 4 == 0:
                self.lab.box.strike("controld")
            self._session()
        wait_for("all of them", lambda: (n := self._count()) is not None and n == before + 12, 30)
        verdict = self._verdict()
        self.assertTrue(verdict["intact"], verdict)
        told = self.lab.box.records.since(self.mark, event="session.closed", tenant="karte")
        self.assertEqual(len(told), 12)

    def test_an_auditor_needs_nothing_but_the_file_and_his_program(self) -> None:
        self._session()
        path = self._exported()
        with path.open("rb") as export:
            done = subprocess.run([Path(os.environ["GW_BIN"]) / "sekisho-log-verify", "--lang", "ja", "--signer",
                                   str(self._verdict()["signer"])], stdin=export, capture_output=True, text=True, env={}, cwd="/", check=True)
        self.assertIn("改ざんはありません", done.stdout)

    def test_what_was_taken_along_has_a_receipt(self) -> None:  # LOG-07
        self._session()
        for form in ("chain", "csv"):
            with self.subTest(form):
                path = self.folder / f"taken.{form}"
                self._log("export", "--as", form, str(path))
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                receipt = wait_for("the receipt", lambda: [r for r in self._listed("--event", "records.exported") if r["sha256"] == digest] or None)[0]
                self.assertEqual((receipt["detail"], receipt["first"]), (form, 1))
                self.assertGreater(receipt["last"], 1)
                self.assertTrue(receipt["name"])

    def test_how_long_they_are_kept_is_changed_with_a_reason(self) -> None:  # LOG-05
        kept = json.loads(self._log("keep", "--output", "json"))
        self.assertEqual((kept["connection_years"], kept["administration_years"], kept["other_years"], kept["first"]), (5, 5, 5, 1))
        self.assertGreater(kept["octets_left"], 0)
        self._log("keep", "--class", "connection", "--years", "10", ends=64)
        self._log("keep", "--class", "connection", "--years", "1", "--reason", "room", ends=64)
        self._log("keep", "--class", "connection", "--years", "never", "--reason", "directive 7")
        self.assertEqual(json.loads(self._log("keep", "--output", "json"))["connection_years"], 0)
        change = wait_for("its record", lambda: self._listed("--event", "records.kept_for") or None)[-1]
        self.assertEqual(change["reason"], "directive 7")
        self.assertIn("for ever", change["detail"])

    def test_a_table_for_spreadsheets_has_every_record(self) -> None:  # LOG-07
        before = len(self._closed())
        self._session()
        wait_for("the session's record", lambda: self._closed()[before:] or None)
        path = self.folder / "table.csv"
        self._log("export", "--as", "csv", str(path))
        self.assertTrue(path.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        self.assertEqual([int(row["number"]) for row in rows], list(range(1, len(rows) + 1)))
        closed = [row for row in rows if row["event"] == "session.closed"]
        self.assertEqual(closed[-1]["terminal"], "desk-1")
        self.assertEqual({row["other"] for row in rows}, {""})

    def test_who_works_on_an_export_is_found_out(self) -> None:
        self._session()
        path = self._exported()
        lines = path.read_text().splitlines(keepends=True)
        at = next(i for i, line in enumerate(lines) if '"number":5,' in line)
        for kind, changed in (("changed", [*lines[:at], lines[at].replace('"level":"', '"level":"not '), *lines[at + 1:]]),
                              ("missing", [*lines[:at], *lines[at + 1:]]),
                              ("inserted", [*lines[:at], lines[at], *lines[at:]]),
                              ("moved", [*lines[:at], lines[at + 1], lines[at], *lines[at + 2:]])):
            with self.subTest(kind):
                path.write_text("".join(changed))
                flaws = self._verdict(str(path), ends=1)["flaws"]
                self.assertEqual((flaws[0]["kind"], flaws[0]["number"]), (kind, 5))
                self.assertLessEqual({flaw["number"] for flaw in flaws}, {5, 6}, "and the one beside it, which nothing proves")

    def test_who_works_on_the_store_itself_is_found_out_too(self) -> None:
        self._session()
        place = self.lab.box.run_folder / "state" / "records" / "records.db"
        for attempt in range(20):
            # Its keeper holds it alone, so whoever wants at it has to be there in the moment after its end.
            self.lab.box.strike("controld")
            try:
                with sqlite3.connect(place, timeout=0.01, isolation_level=None) as store:
                    with self.assertRaisesRegex(sqlite3.IntegrityError, "never changed"):
                        store.execute(_CHANGE)
                    store.execute("DROP TRIGGER records_are_never_changed")
                    store.execute(_CHANGE)
                store.close()
                break
            except sqlite3.OperationalError:
                continue
        else:
            self.fail("nobody got at the store")
        verdict = wait_for("a verdict", lambda: self._verdict_or_none(), 30)
        self.assertIn({"kind": "changed", "number": 3}, verdict["flaws"])

    def _verdict_or_none(self) -> dict[str, Any] | None:
        done = self.lab.box.order("log", "verify", "--output", "json")
        return json.loads(done.stdout) if done.returncode in (0, 1) and done.stdout else None


if __name__ == "__main__":
    unittest.main()
