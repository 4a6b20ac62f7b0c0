"""The top level of the repository is exactly what decision D3 lists."""

from __future__ import annotations

import unittest

import repository

FOLDERS = {"gateway", "certs", "firmware", "configs", "tests", "hardware"}
FILES = {"CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "LICENSE"}


def differences(names: set[str]) -> tuple[set[str], set[str]]:
    """What is too much and what is missing among the names at the top."""
    plain = {name for name in names if not name.startswith(".")}
    return plain - FOLDERS - FILES, (FOLDERS | FILES) - plain


class TopLevelTest(unittest.TestCase):
    def test_top_level_is_exactly_the_list(self) -> None:
        self.assertEqual(differences({name.split("/")[0] for name in repository.files()}), (set(), set()))

    def test_both_commands_and_ci_can_be_run(self) -> None:
        for name in ("gateway/run", "tests/run", ".ci/run"):
            self.assertTrue((repository.ROOT / name).stat().st_mode & 0o111, f"{name} has no run bit")

    def test_a_stranger_at_the_top_is_noticed(self) -> None:
        names = FOLDERS | FILES
        self.assertEqual(differences(names | {"scripts"})[0], {"scripts"})
        self.assertEqual(differences(names - {"certs"})[1], {"certs"})
        self.assertEqual(differences(names | {".editorconfig"}), (set(), set()))


if __name__ == "__main__":
    unittest.main()
