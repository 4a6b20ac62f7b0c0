"""The image before comes back to a database that a later one has changed, and the box has its records and its administrators (UPD-01)."""

from __future__ import annotations

import sqlite3
import unittest
from contextlib import closing

from lab.waiting import wait_for
from support.administered_box import AdministeredBox

# What a later image may do to it: a table more, and a column of the records, with what takes both away again.
_LATER = """
CREATE TABLE of_a_later_image(a INTEGER);
ALTER TABLE records ADD COLUMN b TEXT NOT NULL DEFAULT '';
INSERT INTO of_a_later_image SELECT count(*) FROM records;
"""
_BACK = "ALTER TABLE records DROP COLUMN b; DROP TABLE of_a_later_image;"


class EarlierImageUsesWhatALaterOneLeft(AdministeredBox):
    def _records(self) -> sqlite3.Connection:
        """While the box stands still."""
        return sqlite3.connect(self.lab.box.run_folder / "state/records/records.db")

    @staticmethod
    def _version(database: sqlite3.Connection) -> int:
        return int(database.execute("PRAGMA user_version").fetchone()[0])

    def test_records_and_administrators_are_there(self) -> None:
        self.comes(self.first)
        self.lab.box.stop()
        with closing(self._records()) as database:
            before, known = database.execute("SELECT count(*) FROM records").fetchone()[0], self._version(database)
            database.executescript(_LATER)
            database.execute("INSERT INTO ways_back VALUES(?, ?)", (known + 1, _BACK))
            database.execute(f"PRAGMA user_version={known + 1}")
            database.commit()
        self.assertGreater(before, 10)
        self.lab.box.start()
        self.wait_until_administered()
        wait_for("the administrator", lambda: self.comes(self.first).ask("GET", "/records?limit=1").status == 200, 30)
        verified = self.lab.box.order("log", "verify")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.lab.box.stop()
        with closing(self._records()) as database:
            self.assertEqual(self._version(database), known)
            self.assertGreater(database.execute("SELECT count(*) FROM records").fetchone()[0], before)
            self.assertEqual(database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'of_a_later_image'").fetchone()[0], 0)


if __name__ == "__main__":
    unittest.main()
