"""The table of what the papers of five services ask for: every row is there once, and what it names exists."""

from __future__ import annotations

import re
import unittest

import repository
import service_profiles
import services_page
from services_page import Row, Table

_SAMPLE = """
way papers
    done gateway/papers/reading.cpp
    test tests/unit/papers/files_test.cpp the_five_services_are_there
    fact services.papers
service yadoc 2
1  (1)  something
    by papers
2  (2)  something else
    asked connection.ports
"""


def misnumbered(found: Table) -> list[str]:
    """Services whose rows are not each there once, and profiles without any."""
    wrong = [service.profile for service in found.services
             if [row.number for row in service.rows] != list(range(1, service.count + 1))]
    named = [service.profile for service in found.services]
    return wrong + [profile for profile in service_profiles.profiles() if named.count(profile) != 1]


def unanswered(found: Table, row: Row) -> bool:
    """Neither is it done, tested and shown, nor is anybody asked."""
    shown = found.all(row, "fact") + row.lines["paper"]
    return not (row.lines["asked"] or (found.all(row, "done") and found.all(row, "test") and shown))


def wrong_keys(profile: str, row: Row) -> list[str]:
    """Keys that do not exist, that show something and are not known, or that are asked and are not open."""
    known = set(service_profiles.keys(profile))
    shown = [key for key in row.lines["paper"] if key not in known or not service_profiles.places(profile, key)]
    return shown + [key for key in row.lines["asked"] if key not in known or not service_profiles.is_open(profile, key)]


def faults(found: Table) -> list[str]:
    """All that is wrong with a table, each with its place."""
    said = [f"{profile}: not each row once" for profile in misnumbered(found)]
    named = {way for service in found.services for row in service.rows for way in row.lines["by"]}
    said += [f"way {way}: nobody goes it" for way in found.ways.keys() - named]
    said += [f"{way}: there is no such way" for way in named - found.ways.keys()]
    for service in found.services:
        for row in service.rows:
            place = f"{service.profile} {row.number}"
            if row.lines["by"] and not set(row.lines["by"]) <= found.ways.keys():
                continue  # told already
            said += [f"{place}: neither answered nor asked"] * unanswered(found, row)
            said += [f"{place}: {name} is no file" for name in found.all(row, "done") if name not in repository.files()]
            said += [f"{place}: {entry} is no test" for entry in repository.lost_tests(found.all(row, "test"))]
            said += [f"{place}: {fact} is no fact" for fact in found.all(row, "fact") if fact not in services_page.facts()]
            said += [f"{place}: {key} is not so in the profile" for key in wrong_keys(service.profile, row)]
    return said


class ServicesTest(unittest.TestCase):
    def test_every_row_of_every_paper_is_answered_or_asked_and_names_what_exists(self) -> None:
        self.assertEqual(faults(services_page.rows_of_papers()), [])

    def test_what_is_open_in_a_profile_stands_on_the_page_with_whoever_answers(self) -> None:
        sections = re.split(r"^## ", services_page.page(), flags=re.MULTILINE)[1:]
        for section, service in zip(sections, services_page.rows_of_papers().services):
            with self.subTest(service.profile):
                open_keys = [key for key in service_profiles.keys(service.profile) if service_profiles.is_open(service.profile, key)]
                self.assertGreater(len(open_keys), 15)
                missing = [key for key in open_keys if f"{key} ({service_profiles.owner(service.profile, key)})" not in section]
                self.assertEqual(missing, [])

    def test_the_end_to_end_tests_of_the_services_all_stand_in_the_table(self) -> None:
        name = "tests/e2e/five_services_are_used_as_their_papers_say_test.py"
        table = repository.read(services_page.TABLE)
        of_papers = repository.read(name).split("\nclass MedicalNote(")[1]  # what holds for all of them is before
        tests = set(re.findall(r"def test_(\w+)", of_papers))
        self.assertGreater(len(tests), 10)
        self.assertEqual({test for test in tests if f"{name} {test}" not in table}, set())

    def test_what_is_wrong_with_a_table_is_noticed(self) -> None:
        def faults_of(old: str, new: str) -> list[str]:
            return [fault for fault in faults(services_page.parse(_SAMPLE.replace(old, new))) if not fault.endswith("not each row once")]
        self.assertEqual(faults_of("", ""), [])
        for old, new in (("papers/reading.cpp", "papers/nowhere.cpp"), ("the_five_services_are_there", "nobody_wrote_this"),
                         ("fact services.papers", "fact services.nothing"), ("asked connection.ports", "asked service.name"),
                         ("asked connection.ports", "paper connection.ports"), ("asked connection.ports", "open a wish"),
                         ("by papers", "by nothing"), ("    done gateway/papers/reading.cpp\n", "")):
            with self.subTest(new):
                self.assertNotEqual(faults_of(old, new), [])
        for old, new in (("2  (2)", "3  (2)"), ("2  (2)", "1  (2)"), ("yadoc 2", "yadoc 3")):
            self.assertIn("yadoc", misnumbered(services_page.parse(_SAMPLE.replace(old, new))))
        with self.assertRaises(ValueError):
            services_page.parse("    done before any way")


if __name__ == "__main__":
    unittest.main()
