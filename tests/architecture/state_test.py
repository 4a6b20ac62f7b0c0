"""The table of what a box keeps: each row says all that is to be known, and the file's name stands where it says. Whether a box has those files, and
no others, is seen on a box (tests/e2e/every_file_of_the_state_is_known_test.py)."""

from __future__ import annotations

import unittest

import state_page
from state_page import Row

_WHOLE = {"what": "x", "by": "gateway/daemons/supervisor/cut_book.cpp", "secret": "no", "backup": "no", "end": "no", "form": "x"}


class StateTest(unittest.TestCase):
    def test_every_row_is_whole_and_its_file_is_written_where_it_says(self) -> None:
        rows = state_page.rows()
        self.assertEqual([fault for row in rows for fault in state_page.faults(row)], [])
        self.assertEqual(len({row.pattern for row in rows}), len(rows))

    def test_rows_that_say_too_little_are_noticed(self) -> None:
        self.assertEqual(state_page.faults(Row("cuts", _WHOLE)), [])
        for pattern, word, said in (("cuts", "secret", "perhaps"), ("cuts", "end", "yes"), ("bruises", "what", "x"), ("cuts", "by", "gateway/nowhere.cpp"),
                                    ("cuts", "where", "elsewhere")):
            self.assertTrue(state_page.faults(Row(pattern, _WHOLE | {word: said})), (pattern, word, said))
        for word in state_page.WORDS:
            self.assertTrue(state_page.faults(Row("cuts", {key: said for key, said in _WHOLE.items() if key != word})), word)
        with self.assertRaises(ValueError):
            state_page.parse("cuts\n    what x\n    what y\n")

    def test_patterns_fit_what_they_say_and_what_is_beside_it(self) -> None:
        one, beneath = Row("identities/*/*.current"), Row("site/**")
        for path, fits in (("identities/a/b.current", True), ("identities/a/b.current.new", True), ("identities/b.current", False),
                           ("identities/a/b/c.current", False), ("identities/a/bxcurrent", False)):
            self.assertEqual(one.fits(path), fits, path)
        self.assertTrue(beneath.fits("site/pki/karte/raw.key"))
        self.assertFalse(beneath.fits("site-ca"))
        self.assertTrue(Row("records/records.db").fits("records/records.db-wal"))

    def test_image_alone_makes_what_its_own_files_write(self) -> None:
        for row in state_page.rows():
            self.assertEqual(row.said.get("where") == "image", row.said["by"].startswith("firmware/"), row.pattern)


if __name__ == "__main__":
    unittest.main()
