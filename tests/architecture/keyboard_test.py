"""Whatever the pages let people do is done by the keys alone in some end-to-end test: each page is gone to, and each operation that changes
something or hands a file over stands in a `does(...)`, which sees to it that the browser asked for it."""

from __future__ import annotations

import re
import unittest

import repository

_UI = repository.ROOT / "gateway/web/ui/src"
_E2E = repository.ROOT / "tests/e2e"
_DONE = re.compile(r"\bdoes\(([^)]*)\)")
_QUOTED = re.compile(r"\"([a-z]+\.[a-z_]+)\"")
# Nothing is done there but to read; keyboard_alone_reaches_everything_test.py goes through them by Tab, as through all others.
_READ = {"overview", "rules", "network"}


def operations() -> set[str]:
    """Those that change something or hand over a file."""
    rows = re.findall(r"^GW_API\(\w+,\s*\"([^\"]+)\",\s*(\w+),[^)]*?\)?,\s*(\w+),\s*\d+", (repository.ROOT / "gateway/api/operations.def").read_text(), re.M)
    return {name for name, method, answer in rows if method != "GET" or answer == "Octets"}


def done_by(text: str) -> set[str]:
    return {name for given in _DONE.findall(text) for name in _QUOTED.findall(given)}


def used_in_pages(known: set[str]) -> set[str]:
    """By their own code: words have ids of their own."""
    sources = [path.read_text() for path in _UI.rglob("*.ts*") if "words" not in path.parts and path.name != "generated.ts"]
    called = {name for text in sources for name in re.findall(r"(?:call|placeOf)\('([a-z_.]+)'", text)}
    looped = {name for text in sources for name in re.findall(r"of \[([^\]]+)\] as const", text) for name in re.findall(r"'([a-z_.]+)'", name)}
    return (called | looped) & known


class KeyboardTest(unittest.TestCase):
    def setUp(self) -> None:
        self.tests = {path.name: path.read_text() for path in _E2E.glob("*_test.py") if "KeyboardTest" in path.read_text()}
        self.text = "\n".join(self.tests.values()) + (_E2E / "support/keyboard_test.py").read_text()

    def test_the_table_of_operations_is_read(self) -> None:
        known = operations()
        self.assertLessEqual({"terminals.revoke", "records.export"}, known)
        self.assertNotIn("records.find", known)
        self.assertGreater(len(used_in_pages(known)), 60)

    def test_each_thing_that_a_page_does_is_done_by_the_keys_alone(self) -> None:
        left = sorted(used_in_pages(operations()) - done_by(self.text) - self._told_by_name())
        self.assertEqual(left, [], "no end-to-end test of the keyboard does this")

    def _told_by_name(self) -> set[str]:
        """Handed on to a helper that says `does(operation)`."""
        return set(_QUOTED.findall("\n".join(text for text in self.tests.values() if "does(operation)" in text)))

    def test_each_page_is_gone_to_by_the_keys_alone(self) -> None:
        pages = re.findall(r"^  \{ id: '(\w+)'", (_UI / "pages/index.ts").read_text(), re.M)
        titles = dict(re.findall(r"^  'page\.(\w+)': \['([^']+)'", (_UI / "words/shell.ts").read_text(), re.M))
        gone = set(re.findall(r"(?:goes_to|skips_to|has_focus)\(\"([^\"]+)\"", self.text))
        sweeps = "_PAGES" in self.tests.get("keyboard_alone_reaches_everything_test.py", "")
        self.assertTrue(sweeps, "nothing goes through all pages")
        self.assertEqual([page for page in pages if titles[page] not in gone and page not in _READ], [])


if __name__ == "__main__":
    unittest.main()
