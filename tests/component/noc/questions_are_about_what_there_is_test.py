"""Rules, dashboards and board ask for figures that a box tells (gateway/metrics/families.def) or the centre makes, with labels that those have, in
PromQL that promtool takes."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

_ROOT = Path(__file__).resolve().parents[3]
_NOC = _ROOT / "configs/noc"
_ENDINGS = {"counter": "_total", "info": "_info", "gauge": ""}
_OF_THE_EDGE = {"site", "customer"}
# What the centre makes itself: sekisho-noc, the rules, and whoever evaluates them.
_OF_THE_CENTRE = {
    "sekisho_inventory": {"site", "customer", "carrier", "phone", "ring"}, "sekisho:silent": {"site", "customer", "carrier", "phone"}, "sekisho:care_hours": set(), "sekisho:outage": {"carrier"}, "sekisho:refusals": {"site", "tenant"}, "sekisho:slow_dials": {"site"}, "sekisho:updates_ended": {"ring"}, "sekisho:updates_failed": {"ring"},
    "sekisho_noc_revocation_list_expiry_timestamp_seconds": set(), "sekisho_noc_authority_expiry_timestamp_seconds": {"authority"},
    "ALERTS": {"alertname", "alertstate", "severity", "site", "carrier"}}
_NAME = re.compile(r"\b(?:sekisho[_:][a-z_:]+|ALERTS)\b")
_SELECTOR = re.compile(r"\b(sekisho[_:][a-z_:]+|ALERTS)\{([^}]*)\}")


def _names(name: str, kind: str) -> list[str]:
    """Those of its series; all of a histogram's follow from its buckets."""
    return [name + end for end in ("_bucket", "_sum", "_count")] if kind == "histogram" else [name + _ENDINGS[kind]]


def _families() -> list[tuple[str, str, str]]:
    return re.findall(r'GW_FAMILY\(\w+,\s*"(\w+)",\s*(\w+),\s*"\w*",\s*\d+,\s*"[^"]*"((?:, "\w+")*)\)', (_ROOT / "gateway/metrics/families.def").read_text())


def _told() -> dict[str, set[str]]:
    return {one: set(re.findall(r'"(\w+)"', labels)) | _OF_THE_EDGE for name, kind, labels in _families() for one in _names(name, kind)}


def _of_dashboards() -> dict[str, str]:
    found = {}
    for path in sorted((_NOC / "dashboards").glob("*.json")):
        board = json.loads(path.read_text(encoding="utf-8"))
        for panel in board["panels"]:
            for target in panel["targets"]:
                found[f"{path.name}: {panel['title']} {target['refId']}"] = target["expr"]
    return found


def _of_board() -> dict[str, str]:
    text = (_NOC / "board/store.js").read_text(encoding="utf-8")
    found = {f"board: {name}": query.replace("${site}", "$site") for name, query in re.findall(r"\['(\w+)', \(site\) => `([^`]*)`", text)}
    fleet = re.search(r"Promise\.all\(\[(.*?)\]\.map", text)
    assert fleet
    return found | {f"board: {query}": query for query in re.findall(r"'([^']*)'", fleet[1])}


def _of_rules() -> dict[str, str]:
    groups = yaml.safe_load((_NOC / "rules.yml").read_text(encoding="utf-8"))["groups"]
    return {f"rules.yml: {rule.get('alert', rule.get('record'))}": rule["expr"] for group in groups for rule in group["rules"]}


class QuestionsAreAboutWhatThereIsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.questions = _of_dashboards() | _of_board() | _of_rules()
        self.known = _told() | _OF_THE_CENTRE

    def test_nothing_is_overlooked(self) -> None:
        self.assertEqual(len(_families()), (_ROOT / "gateway/metrics/families.def").read_text().count("\nGW_FAMILY("))
        self.assertEqual((len(_of_board()), sorted(path.name for path in (_NOC / "dashboards").iterdir())), (24, ["fleet.json", "site.json", "telemetry.json"]))

    def test_every_figure_is_told_by_somebody(self) -> None:
        for place, query in self.questions.items():
            self.assertEqual([name for name in _NAME.findall(query) if name not in self.known], [], place)

    def test_every_label_is_one_of_its_figure(self) -> None:
        for place, query in self.questions.items():
            for name, matchers in _SELECTOR.findall(query):
                labels = set(re.findall(r"(\w+)\s*[=!]", matchers))
                self.assertLessEqual(labels, self.known[name], (place, name))

    def test_every_figure_of_a_box_is_on_a_dashboard(self) -> None:
        shown = {name for query in _of_dashboards().values() for name in _NAME.findall(query)}
        figures = {_names(name, kind)[0] for name, kind, _ in _families()}
        self.assertEqual(figures - shown - {"sekisho_isolation_proof_timestamp_seconds"}, set())

    def test_every_question_is_promql(self) -> None:
        rules = [{"record": f"question:{number}", "expr": query.replace("$site", "x")} for number, query in enumerate(self.questions.values())]
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            yaml.safe_dump({"groups": [{"name": "questions", "rules": rules}]}, file, allow_unicode=True)
            file.flush()
            done = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
