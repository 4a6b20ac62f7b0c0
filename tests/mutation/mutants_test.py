"""The table of mutants cannot rot: each row's text still stands once in its file, and its tests are still there."""

from __future__ import annotations

import re
import sys
import tempfile
import unittest
from pathlib import Path, PurePath

from mutant import ROOT, Mutant
from mutants import MUTANTS

sys.path.insert(0, str(ROOT / "tests" / "architecture"))
import controls_page  # noqa: E402
import repository  # noqa: E402

_SUITE = re.compile(r"\bTEST(?:_F|_P)?\(\s*(\w+)")


class MutantsTest(unittest.TestCase):
    def test_each_text_stands_exactly_once_in_its_file(self) -> None:
        self.assertEqual([why for mutant in MUTANTS if (why := mutant.unfit())], [])

    def test_each_changes_something_and_has_a_name_of_its_own(self) -> None:
        self.assertEqual([m.name for m in MUTANTS if m.text == m.instead], [])
        self.assertEqual(len({m.name for m in MUTANTS}), len(MUTANTS))

    def test_each_serves_a_known_control(self) -> None:
        known = {control.id for control in controls_page.catalogue()}
        self.assertEqual([m.name for m in MUTANTS if m.control not in known], [])

    def test_each_names_suites_that_exist(self) -> None:
        suites = {suite for name in repository.files() if name.endswith("_test.cpp")
                  for suite in _SUITE.findall(repository.read(name))}
        suites |= {PurePath(name).name.removesuffix("_test.py") for name in repository.files() if name.startswith("tests/e2e/")
                   and name.endswith("_test.py")}
        suites |= {PurePath(name).stem for name in repository.files() if name.startswith("tests/component/")  # whole programs
                   and name.endswith("_test.cpp")}
        for mutant in MUTANTS:
            with self.subTest(mutant.name):
                self.assertTrue(any(suite in mutant.tests for suite in suites), mutant.tests)

    def test_unfit_one_is_noticed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "wall.cpp").write_text("wall(); wall();")
            row = Mutant("x", "W1", "wall.cpp", "wall();", "", "", "")
            self.assertIsNotNone(row.unfit(Path(folder)))
            self.assertIsNone(row._replace(text="; wall").unfit(Path(folder)))
            self.assertIsNotNone(row._replace(file="gone.cpp").unfit(Path(folder)))


if __name__ == "__main__":
    unittest.main()
