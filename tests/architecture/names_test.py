"""Names say what a thing is; and some words have no place in the repository at all."""

from __future__ import annotations

import re
import unittest

import repository

_TYPE = re.compile(r"\b(?:class|struct|enum(?: class)?)\s+(?:\[\[\w+\]\]\s*)?(\w+)")
_EMPTY_WORDS = ("Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Impl", "Base")

_CPP_TEST = re.compile(r"\bTEST(_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)")
_PYTHON_CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
_PYTHON_TEST = re.compile(r"^ +def test_(\w+)", re.MULTILINE)

# What must stand nowhere: paths of somebody's machine, key material, and work that is promised, not done.
_BANNED = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|farm|tmp/team)/"),
    "a private key": re.compile(r"-{5}BEGIN (?:[A-Z]+ )*PRIVATE KEY"),
    "unfinished work": re.compile(r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK)\b"),
}
_BINARY = (".png", ".ico", ".woff2", ".dcm", ".pcap")


def empty_names(name: str, code: str) -> list[str]:
    """Types whose name says nothing about them."""
    return [f"{name}: {kind}" for kind in _TYPE.findall(repository.bare(code)) if kind.endswith(_EMPTY_WORDS)]


def words_of(name: str) -> int:
    return len([word for word in re.split(r"_|(?<=[a-z0-9])(?=[A-Z])", name) if word])


def is_sentence(suite: str, name: str, rows: bool) -> bool:
    """A sentence needs two words, and three with its subject; in a table of rows each row ends it."""
    snake = re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name) is not None
    subject = words_of(suite.removesuffix("Test"))
    return snake and (rows or (words_of(name) >= 2 and subject + words_of(name) >= 3))


def nameless_tests(name: str, code: str) -> list[str]:
    found = []
    if name.endswith(".py"):
        suites = _PYTHON_CLASS.findall(code)
        suite = suites[-1] if suites else ""
        tests = [(suite, test, words_of(suite) >= 4) for test in _PYTHON_TEST.findall(code)]
    else:
        tests = [(suite, test, kind == "_P") for kind, suite, test in _CPP_TEST.findall(code)]
    for suite, test, rows in tests:
        if not is_sentence(suite, test, rows):
            found.append(f"{name}: {suite}.{test}")
    return found


def banned_words(name: str, text: str) -> list[str]:
    return [
        f"{name}:{repository.line_of(text, match.start())}: {what}"
        for what, pattern in _BANNED.items()
        for match in pattern.finditer(text)
    ]


def test_files() -> list[str]:
    return [name for name in repository.files() if name.startswith("tests/") and name.endswith(("_test.cpp", "_test.py"))]


class NamesTest(unittest.TestCase):
    def test_every_type_is_named_for_what_it_is(self) -> None:
        found = [line for n in repository.cpp_files("gateway", "tests") for line in empty_names(n, repository.read(n))]
        self.assertEqual(found, [])

    def test_every_test_is_named_by_a_sentence(self) -> None:
        self.assertEqual([line for n in test_files() for line in nameless_tests(n, repository.read(n))], [])

    def test_end_to_end_files_are_named_by_a_sentence(self) -> None:
        entries = [n.removeprefix("tests/e2e/") for n in test_files() if n.startswith("tests/e2e/")]
        short = [n for n in entries if "/" not in n and words_of(n.removesuffix("_test.py")) < 3]
        self.assertEqual(short, [])

    def test_banned_words_stand_nowhere(self) -> None:
        texts = [name for name in repository.files() if not name.endswith(_BINARY)]
        self.assertEqual([line for n in texts for line in banned_words(n, repository.read(n))], [])

    def test_no_mock_stands_in_for_a_thing(self) -> None:
        mock = re.compile(r"\bMOCK_METHOD")
        self.assertEqual([n for n in repository.cpp_files("tests") if mock.search(repository.bare(repository.read(n)))], [])

    def test_no_test_waits_a_fixed_time(self) -> None:
        wait = re.compile(r"\bsleep_for\b|\bsleep_until\b|\busleep\(|\bnanosleep\(|\btime\.sleep\(|\bsleep\(\d")
        waiting = [n for n in repository.files() if n.startswith("tests/") and n.endswith((".cpp", ".h", ".py"))
                   # A benchmark measures for a time; this file names what it looks for.
                   and not n.startswith(("tests/bench/", "tests/architecture/")) and wait.search(repository.read(n))]
        self.assertEqual(waiting, [])

    def test_bad_names_are_noticed(self) -> None:
        self.assertTrue(empty_names("a.h", "class SessionManager {"))
        self.assertFalse(empty_names("a.h", "class Session {  // no SessionManager\n"))
        self.assertTrue(nameless_tests("a_test.cpp", "TEST(RelayTest, works) {"))
        self.assertTrue(nameless_tests("a_test.cpp", "TEST_F(RelayTest, HalfClose) {"))
        self.assertFalse(nameless_tests("a_test.cpp", "TEST(RelayTest, half_close_is_carried_over) {"))
        self.assertTrue(banned_words("a.cpp", "-" * 5 + "BEGIN EC " + "PRIVATE KEY" + "-" * 5))
        self.assertTrue(banned_words("a.cpp", "read('/wo" + "rk/x')"))
        self.assertTrue(banned_words("a.cpp", "// TO" + "DO later"))


if __name__ == "__main__":
    unittest.main()
