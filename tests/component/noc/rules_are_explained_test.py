"""Every rule of configs/noc/rules.yml says in Japanese what to do, has a place on the help page, and has a test in which it calls for somebody and
one in which it does not."""

from __future__ import annotations

import re
import unittest
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

_NOC = Path(__file__).resolve().parents[3] / "configs/noc"
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_PARTS = ("意味", "最初に見るもの", "対応", "終わり")
_ALWAYS_THERE = {"Watchdog"}


def _alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((_NOC / "rules.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"] if "alert" in rule]


def _sections() -> dict[str, str]:
    page = (_NOC / "board/help.html").read_text(encoding="utf-8")
    return dict(re.findall(r'<section id="(N-\d+)"(.*?)</section>', page, re.DOTALL))


class RulesAreExplainedTest(unittest.TestCase):
    def test_each_has_one_that_fires_and_one_that_does_not(self) -> None:
        outcomes: dict[str, set[bool]] = defaultdict(set)
        for test in yaml.safe_load((_NOC / "rules_test.yml").read_text(encoding="utf-8"))["tests"]:
            for one in test.get("alert_rule_test", []):
                outcomes[one["alertname"]].add(bool(one["exp_alerts"]))
        for rule in _alerts():
            wanted = {True} if rule["alert"] in _ALWAYS_THERE else {True, False}
            self.assertEqual(outcomes[rule["alert"]], wanted, rule["alert"])

    def test_each_says_in_japanese_what_to_do_and_how_urgent_it_is(self) -> None:
        for rule in _alerts():
            with self.subTest(rule["alert"]):
                self.assertIn(rule["labels"]["severity"], ("page", "call", "ticket", "none"))
                for word in ("summary", "action"):
                    self.assertRegex(rule["annotations"][word], _JAPANESE)

    def test_each_has_its_place_on_the_help_page_and_no_place_is_of_none(self) -> None:
        sections, alerts = _sections(), _alerts()
        for rule in alerts:
            section = sections.get(rule["annotations"]["help"], "")
            self.assertIn(rule["alert"], section, f"board/help.html says nothing of {rule['alert']}")
        self.assertEqual(set(sections), {rule["annotations"]["help"] for rule in alerts})
        for code, section in sections.items():
            found = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section, re.DOTALL))
            self.assertEqual([part for part in _PARTS if len(found.get(part, "")) < 10], [], code)


if __name__ == "__main__":
    unittest.main()
