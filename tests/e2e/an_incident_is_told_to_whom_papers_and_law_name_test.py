"""Whom an incident is told to, and within which time, follows from its services' papers and from its kinds; whom to call stands there with
the day it was tried. A person's way: the register by the command line and its page, the incident by its page, what becomes known later by
the command line, the draft to the police by its page (INC-01, INC-02, INC-04)."""

import json
import os
import unittest
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from lab.waiting import wait_for
from support.browser_test import BrowserTest
from support.site import KARTE, ServiceSpec

_PAPER, _PLAIN = "medical-note", "raw"  # one has a paper that says within which time, of the other nobody knows
_POLICE = "サイバー犯罪対策課"


class AnIncidentIsToldToWhomPapersAndLawName(BrowserTest):
    TENANTS = (replace(KARTE, services=(*KARTE.services, ServiceSpec(_PAPER, 9100, 9100, ("203.0.113.22",)))),)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        runtime = cls.folder / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        stack.callback(os.environ.pop, "XDG_RUNTIME_DIR")
        super().prepare(stack)

    def _says(self, *words: str, ends: int = 0, typed: str | None = None) -> str:
        done = self.lab.box.order(*words, typed=typed)
        self.assertEqual(done.returncode, ends, done.stdout + done.stderr)
        return done.stdout

    def _json(self, *words: str) -> Any:
        return json.loads(self._says(*words, "--output", "json"))

    def _contact(self, name: str) -> Any:
        return next(one for one in self._json("contact", "list")["contacts"] if one["contact"] == name)

    def _clocks(self) -> dict[str, Any]:
        return {one["clock"]: one for one in self._json("incident", "show", "1")["incident"][0]["clocks"]}

    def test_from_the_register_to_the_draft(self) -> None:
        self._says("session", "open", "first", typed=f"{self.first.password}\n{self.first.recovery.pop()}\n")
        self.comes_in()
        self._contacts_are_written_down_and_due()
        self._trials_are_noted()
        self._clocks_follow()
        self._what_becomes_known_later_brings_its_clocks()
        self._what_was_set_aside_stays_aside()
        self._the_police_get_a_draft_with_what_is_known()
        self._it_is_closed_once_each_was_told()
        self.is_quiet()

    def _contacts_are_written_down_and_due(self) -> None:
        known = [one["contact"] for one in self._json("contact", "list")["contacts"]]
        self.assertLessEqual({"clinic", "police", f"service@{_PAPER}", f"service@{_PLAIN}"}, set(known))
        self.assertNotIn("main", self._contact("police"))
        self._says("contact", "state", "police", "--desk", _POLICE, "--main", "#9110", "--alternative", "所轄警察署の窓口")
        self._says("contact", "state", "clinic", "--desk", "安全管理責任者", "--main", "内線100")
        self._says("contact", "state", f"service@{_PAPER}", "--desk", "障害窓口", "--main", "03-0000-0000")
        self.wait_record("contact.test_overdue", 150, object="contact police")
        self.browser.go("")
        self.browser.sees("連絡先3件につながるか、6か月以上確かめていません。")

    def _trials_are_noted(self) -> None:
        self.browser.go("contacts")
        self.assertEqual(self.looks_right("contacts"), [])
        self.browser.click("都道府県警察: つながった")
        self.browser.fill("どの手段で、どう確かめたか", "両方に電話した", within="dialog")
        self.browser.click("つながった", within="dialog")
        self.browser.sees("結果を記録しました。")
        self.wait_record("contact.tested", 10, administrator="first", object="contact police")
        self._says("contact", "tried", f"service@{_PAPER}", "--works", "false", "--note", "呼出音だけ")
        tried, failed = self._contact("police"), self._contact(f"service@{_PAPER}")
        self.assertEqual((tried["is_overdue"], failed["is_overdue"]), (False, True))
        self.assertEqual(failed["found"], "呼出音だけ")
        self.browser.go("")
        self.browser.sees("連絡先2件につながるか、6か月以上確かめていません。")

    def _clocks_follow(self) -> None:
        self.browser.go("incidents")
        self.browser.fill("概要", "予約システムの画面が書き換えられた")
        self.browser.click(_PAPER, "checkbox")
        self.browser.click("医療情報システムへのサイバー攻撃", "checkbox")
        self.browser.click("登録して期限を数え始める")
        self.browser.sees("事故 1 を登録しました。")
        self.assertEqual(set(self._clocks()), {f"service.72h.occurred@{_PAPER}", "ministry", "police"})
        words = [one["words"] for one in self._json("incident", "show", "1")["entries"] if one.get("what") == f"service.72h.occurred@{_PAPER}"]
        self.assertTrue(any("§13" in one for one in words), words)
        self.assertNotIn("ends", self._clocks()[f"service.72h.occurred@{_PAPER}"], "nobody has said when it occurred")
        self._says("incident", "state", "1", "--moment", "occurred", "--at", "2026-11-30T09:00:00+09:00", "--source", "保守の記録")
        self.assertEqual(self._clocks()[f"service.72h.occurred@{_PAPER}"]["ends"], "2026-12-03T00:00:00.000000Z")

    def _what_becomes_known_later_brings_its_clocks(self) -> None:
        self._says("incident", "concern", "1", "--services", _PLAIN, "--kinds", "leak")
        self.assertLessEqual({f"service.unknown@{_PLAIN}", "ppc.first", "ppc.final", "patients"}, set(self._clocks()))
        self.assertNotIn("ends", self._clocks()[f"service.unknown@{_PLAIN}"], "a time that nobody has promised")

    def _what_was_set_aside_stays_aside(self) -> None:
        self._says("incident", "run", "1", "--clock", "patients", "--runs", "false", "--reason", "本人の情報は含まれない")
        self._says("incident", "concern", "1", "--kinds", "leak")
        self.assertNotIn("patients", self._clocks())

    def _the_police_get_a_draft_with_what_is_known(self) -> None:
        self._says("incident", "note", "1", "--note", "予約システムへの接続を遮断した")
        self.browser.go("incidents/1/police")
        for said in (_POLICE, "#9110", "予約システムの画面が書き換えられた", _PAPER, "予約システムへの接続を遮断した", "内線100", "記入待ち"):
            self.browser.sees(said)
        self.assertEqual(self.looks_right("incident-draft-police"), [])
        self.browser.go("contacts/sheet")
        for said in (_POLICE, "03-0000-0000", _PLAIN):
            self.browser.sees(said)

    def _it_is_closed_once_each_was_told(self) -> None:
        for clock in self._clocks():
            refused = self.lab.box.order("incident", "close", "1", "--reason", "対応が終わった")
            self.assertNotEqual(refused.returncode, 0, clock)
            self._says("incident", "report", "1", "--clock", clock, "--note", "電話した")
        self._says("incident", "close", "1", "--reason", "対応が終わった")
        wait_for("the end", lambda: self._json("incident", "show", "1")["incident"][0]["is_closed"], 10)


if __name__ == "__main__":
    unittest.main()
