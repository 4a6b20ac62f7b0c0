"""Small files, small functions (architecture, section 6.7), and a data path that reads in one sitting."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import unittest
from typing import NamedTuple

import repository

LONGEST_FILE = 600
LONG_FILE = 400  # nine in ten are below
MEDIAN_FILE = 150
LONGEST_FUNCTION = 60
LONG_FUNCTION = 30  # nine in ten are below
LONGEST_DATA_PATH = 1400  # with the modes that keep the service's own TLS, and legs of two kinds

# Tables are read row by row and may be as long as they must.
TABLES = (".def",)
TABLE_FILES = {"gateway/sys/seccomp_tables.cpp"}

DATA_PATH = [f"gateway/proxy/{part}.{kind}" for part in ("listener", "session", "tunnel", "leg", "relay") for kind in ("h", "cpp")]
DATA_PATH += ["gateway/proxy/session_decisions.cpp"]


class Function(NamedTuple):
    lines: int
    where: str


def source_files() -> list[str]:
    names = repository.cpp_files("gateway", "tests", "firmware", "hardware")
    names += [name for name in repository.files() if name.endswith((".py", ".sh", ".ts", ".tsx", ".js"))]
    return [name for name in names if not name.endswith(TABLES) and name not in TABLE_FILES]


def length(name: str) -> int:
    return repository.read(name).count("\n")


def functions(names: list[str]) -> list[Function]:
    """The functions that universal-ctags finds, with their lengths."""
    command = ["ctags", "--options=NONE", "--languages=C++,Python", "--langmap=C++:+.h", "--kinds-C++=f",
               "--kinds-Python=fm", "--fields=nek", "--sort=no", "-f", "-", "-L", "-"]
    listed = subprocess.run(command, input="\n".join(names), check=True, capture_output=True, text=True, cwd=repository.ROOT)
    found = []
    for row in listed.stdout.splitlines():
        name, path, *fields = row.split("\t")
        numbers = dict(field.split(":", 1) for field in fields if field.startswith(("line:", "end:")))
        if "end" in numbers:
            found.append(Function(int(numbers["end"]) - int(numbers["line"]) + 1, f"{path}:{numbers['line']} {name}"))
    return found


def too_long(values: list[int], often: int, never: int) -> str | None:
    """What is wrong with these lengths, if anything."""
    if max(values) > never:
        return f"the longest has {max(values)} lines, {never} are allowed"
    below = sum(value < often for value in values) / len(values)
    return f"only {below:.0%} are below {often} lines" if below < 0.9 else None


class SizesTest(unittest.TestCase):
    def test_no_file_is_too_long(self) -> None:
        sizes = {name: length(name) for name in source_files()}
        wrong = too_long(list(sizes.values()), LONG_FILE, LONGEST_FILE)
        self.assertIsNone(wrong, sorted(sizes.items(), key=lambda item: -item[1])[:5])
        self.assertLess(statistics.median(sizes.values()), MEDIAN_FILE)

    def test_no_function_is_too_long(self) -> None:
        self.assertIsNotNone(shutil.which("ctags"), "install universal-ctags")
        found = functions(source_files())
        self.assertGreater(len(found), 500, "universal-ctags sees too little")
        wrong = too_long([function.lines for function in found], LONG_FUNCTION, LONGEST_FUNCTION)
        self.assertIsNone(wrong, sorted(found, reverse=True)[:5])

    def test_data_path_reads_in_one_sitting(self) -> None:
        self.assertLess(sum(length(name) for name in DATA_PATH), LONGEST_DATA_PATH)

    def test_what_is_too_long_is_noticed(self) -> None:
        self.assertIsNone(too_long([10] * 9 + [60], 30, 60))
        self.assertIsNotNone(too_long([10] * 9 + [61], 30, 60))
        self.assertIsNotNone(too_long([10] * 8 + [30, 31], 30, 60))


if __name__ == "__main__":
    unittest.main()
