"""Pages made from the code say what the code says; pages made by hand point at what exists."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unittest
from pathlib import Path, PurePosixPath

import controls_page
import documents
import events_page
import repository

_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# A path in backquotes that means a file of the repository: it has a folder and an ending.
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w*-]+\.(?:h|cpp|py|md|def|yaml|txt|sh|nft))`")
# A test or a function named in a sentence: four words and more.
_SENTENCE = re.compile(r"`([a-z0-9]+(?:_[a-z0-9]+){3,})`")
_ROOTS = ("", "gateway", "gateway/doc", "tests")
_YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_NEVER = ("http://", "https://", "mailto:")


def pages() -> list[str]:
    return [name for name in repository.files() if name.endswith(".md")]


def points_somewhere(page: str, path: str) -> bool:
    """Is there such a file, seen from the page or from one of the usual roots?"""
    folders = (str(PurePosixPath(page).parent), *_ROOTS)
    return any(list(repository.ROOT.glob(str(PurePosixPath(folder) / path))) for folder in folders)


def dead_ends(page: str, text: str) -> list[str]:
    linked = [target for target in _LINK.findall(text) if not target.startswith(_NEVER)]
    wrong = [target for target in linked if not (repository.ROOT / page).parent.joinpath(target).exists()]
    return [f"{page}: {path}" for path in wrong + [p for p in _PATH.findall(text) if not points_somewhere(page, p)]]


def unknown_names(page: str, text: str, code: str) -> list[str]:
    """Names that stand nowhere in the code."""
    return [f"{page}: {name}" for name in _SENTENCE.findall(text) if not re.search(rf"\b(test_)?{name}\b", code)]


def lost_proofs(control: controls_page.Control) -> list[str]:
    """Tests a control counts on that do not exist."""
    return [f"{control.id}: {entry}" for entry in repository.lost_tests(control.tests)]


def problems_of(configuration: str) -> list[str]:
    """What the command line finds wrong besides certificates, which a page cannot have."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.yaml"
        file.write_text(configuration, encoding="utf-8")
        command = [repository.PROGRAMS / "sekisho", "config", "check", "page.yaml"]
        found = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout.splitlines()
    return [line for line in found if " config." in line and " config.file.unreadable: " not in line]


class DocumentsTest(unittest.TestCase):
    def test_generated_pages_follow_their_sources(self) -> None:
        for name, page in documents.PAGES.items():
            with self.subTest(name):
                self.assertEqual(repository.read(name), page(), "run: python3 tests/architecture/documents.py")

    def test_every_control_named_in_the_code_is_in_the_catalogue(self) -> None:
        known = {control.id for control in controls_page.catalogue()}
        self.assertEqual({id_: names for id_, names in controls_page.marks().items() if id_ not in known}, {})

    def test_every_control_is_proved_or_open(self) -> None:
        controls = controls_page.catalogue()
        self.assertEqual([line for control in controls for line in lost_proofs(control)], [])
        self.assertEqual([control.id for control in controls if not control.tests and not control.open], [])
        self.assertEqual(len({control.id for control in controls}), len(controls))

    def test_pages_point_at_files_that_exist(self) -> None:
        self.assertEqual([line for page in pages() for line in dead_ends(page, repository.read(page))], [])

    def test_pages_name_tests_that_exist(self) -> None:
        code = "\n".join(repository.read(n) for n in repository.files() if n.endswith((".h", ".cpp", ".py", ".def")))
        self.assertEqual([line for page in pages() for line in unknown_names(page, repository.read(page), code)], [])

    def test_configurations_on_pages_are_valid(self) -> None:
        shown = [(page, text) for page in pages() for text in _YAML.findall(repository.read(page))]
        self.assertTrue(shown)
        self.assertEqual([(page, line) for page, text in shown for line in problems_of(text)], [])
        self.assertTrue(problems_of(shown[0][1] + "surprise: 1\n"))

    def test_stale_pages_are_noticed(self) -> None:
        with self.assertRaises(ValueError):
            events_page.rows('GW_EVENT(a, "a.b", info, words)', "GW_EVENT", events_page._EVENT)
        with self.assertRaises(ValueError):
            controls_page.parse("NET-01 one space only")
        nobody = controls_page.Control("NET-01", "", ["tests/nowhere_test.cpp some_name"], [], [])
        self.assertTrue(lost_proofs(nobody))
        self.assertTrue(unknown_names("README.md", "`nobody_ever_wrote_this`", "TEST(A, somebody_wrote_this)"))
        self.assertTrue(dead_ends("README.md", "see [it](gateway/doc/nowhere.md)"))
        self.assertTrue(dead_ends("README.md", "see `proxy/nowhere.cpp`"))
        self.assertFalse(dead_ends("README.md", "see `proxy/session.cpp` and [it](LICENSE)"))


if __name__ == "__main__":
    unittest.main()
