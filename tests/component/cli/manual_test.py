"""The manual is one that man and mandoc take without a word, and names every command that the program has."""

from __future__ import annotations

import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("GW_BIN", ROOT / "build" / "dev" / "bin")) / "sekisho"
MANUAL = Path(os.environ.get("GW_MANUAL", ROOT / "build" / "dev" / "man"))
PAGES = ("man1/sekisho.1", "ja/man1/sekisho.1", "man5/sekisho.yaml.5", "man8/sekisho-supervisor.8")


def shown(page: str) -> tuple[str, str]:
    """As a reader sees it, on one line; and what there is to warn of."""
    done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", str(MANUAL / page)], check=True, capture_output=True, text=True,
                          env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "200", "MANROFFOPT": "-c", "MAN_KEEP_FORMATTING": ""})
    return " ".join(re.sub(".\b", "", done.stdout).split()), done.stderr


def commands() -> list[str]:
    done = subprocess.run([PROGRAM, "help", "--lang", "en"], check=True, capture_output=True, text=True)
    return [match.group(1) for match in re.finditer(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?= |$)", done.stdout, re.MULTILINE)]


class ManualTest(unittest.TestCase):
    def test_nothing_is_wrong_with_a_page(self) -> None:
        for page in PAGES:
            with self.subTest(page):
                linted = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(MANUAL / page)], check=False, capture_output=True,
                                        text=True)
                self.assertEqual((linted.stdout + linted.stderr, shown(page)[1]), ("", ""))

    def test_every_command_is_in_it_in_both_languages(self) -> None:
        self.assertGreater(len(commands()), 80)
        for page in PAGES[:2]:
            text = shown(page)[0]
            for command in commands():
                self.assertIn(f"sekisho {command} ", text)

    def test_the_supervisor_s_options_are_all_there(self) -> None:
        usage = subprocess.run([PROGRAM.parent / "sekisho-supervisor", "--nothing"], check=False, capture_output=True, text=True).stderr
        options = set(re.findall(r"--[a-z-]+", usage)) - {"--nothing"}
        self.assertGreater(len(options), 8)
        text = shown(PAGES[3])[0]
        for option in options:
            self.assertIn(option, text)


if __name__ == "__main__":
    unittest.main()
