"""A new box is set up by the keys alone, and its operations centre is tried on the way (ADM-04, F3): while the centre cannot be reached the step
says so in plain words and what to do, and one may go on without it; once it answers the step shows the box as registered, and the report says
whose centre it is."""

import json
import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.administered_box import LABEL
from support.keyboard_test import KeyboardTest
from support.noc_end import NocEnd

_TRIED = 300  # seconds: until all that must not work has been tried


class _NamesItsCentre(KeyboardTest):
    noc: NocEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        """The configuration names the centre, as whoever sells the box prepares it; nobody answers there yet."""
        super().prepare(stack)
        cls.noc = NocEnd(cls.lab.namespace("cloud"), cls.folder.parent / "noc", cls.folder)
        told = cls.lab.box.publish(NocEnd.told_by(cls.site).write(cls.folder / "told.yaml"))
        assert told.accepted, told.text
        cls.wait_until_administered()

    def _shown(self) -> dict[str, str]:
        return dict(self.comes(self.first).ask("GET", "/noc").json)

    def _is_not_told(self) -> None:
        """In plain words, with what it means for care work, what to do, and how to go on."""
        wait_for("the centre to be tried in vain", lambda: self._shown()["state"] == "not_told" or None, 60)
        self.browser.sees("監視センターに送れていません。", 30)
        for words in ("端末とクラウドの通信は止まりません。", "回線の装置のランプを確かめてください。", "同意した保守業者の会社と氏名"):
            self.browser.sees(words)
        self.assertTrue(self.browser.do("lacks", role="button", name="登録されています。次へ進む"), "nobody calls it registered")


class ANewBoxFindsItsOperationsCentre(_NamesItsCentre):
    @classmethod
    def claim(cls) -> None:
        """By the test."""

    def test_1_the_box_is_claimed(self) -> None:
        self.browser.do("renew")
        self.browser.open()
        self.browser.sees("サインインする")
        self.presses("新しい装置に最初の管理者を登録する")
        self.browser.sees("指紋(SHA-256)")
        for label, text in (("ラベルの暗証", LABEL), ("アカウント名", self.first.name), ("氏名と役職", "佐藤 院長")):
            self.types(label, text)
        with self.does("box.claim"):
            self.press("Enter")
            self.browser.do("shows", role="heading", name="アカウントを使い始める")
        with self.does("enrolment.begin"):
            self.presses("次へ")
            self.browser.sees("QRコードを読み取ってください")
        self.first.secret = str(self.browser.do("evaluate", script="document.querySelector('details code').textContent")).replace(" ", "")
        for label in ("新しいパスワード必須", "新しいパスワード(確認)"):
            self.types(label, self.first.password)
        self.types("認証アプリの確認コード", self.first.next_code())
        with self.does("enrolment.finish"):
            self.press("Enter")
            self.browser.sees("回復コード")
        self.first.recovery = str(self.browser.text(".codes")).split()
        self.presses("保管しました。サインインへ進む")
        wait_for("the box to let sessions begin", lambda: self.lab.box.status()["sessions_begin"], 30)

    def test_2_one_step_follows_another_to_a_centre_that_does_not_answer(self) -> None:
        self.signs_in(self.first)
        self.presses("初期設定が終わっていません。")
        for words, following in (("この言語で続ける", "本体の確認"), ("見比べて、一致しました", "日時"), ("装置の時刻は正しい", "監視センターへの登録")):
            self.browser.do("shows", role="button", name=words)
            with self.does("setup.step"):
                self.presses(words)
                self.browser.do("shows", role="heading", name=following, timeout=40_000)
            self.has_focus("初期設定")
        self._is_not_told()
        self.assertEqual(self.looks_right("setup-noc-cut"), [])
        false = self.comes(self.first).ask("POST", "/setup/steps/noc", {"stated": "told: the tests"})
        self.assertEqual((false.status, false.code), (409, "setup.out_of_order"), "the box knows better")

    def test_3_once_the_centre_answers_the_step_shows_a_registered_box(self) -> None:
        with ExitStack() as stack:
            self.noc.start(stack)
            self.addClassCleanup(stack.pop_all().close)
        self.signs_in(self.first)
        self.presses("初期設定が終わっていません。")
        with self.does("noc.tell"):
            self.presses("今すぐ送る")
        self.browser.sees("監視センターに送れています。", 60)
        self.assertEqual(self._shown()["state"], "told")
        self.assertIn("sender", self.noc.states()[0], "the centre knows by its certificate which box told it")
        self.assertEqual(self.looks_right("setup-noc-told"), [])
        with self.does("setup.step"):
            self.presses("登録されています。次へ進む")
            self.browser.do("shows", role="heading", name="自己診断と分離の確認")

    def test_4_the_report_says_whose_centre_it_is(self) -> None:
        with self.does("diagnosis.run", "isolation.try"):
            self.presses("すべて試す")
            self.browser.do("sees", text="作れるのは一度だけです。", timeout=_TRIED * 1000)
        self.escapes("報告書を作る", "設置完了報告書")
        with self.does("setup.finish"):
            self.presses("報告書を作る")
            self.browser.sees("この報告書のダイジェスト")
        self.no_dialogue()
        self.prints("印刷する")
        report = json.loads(self.comes(self.first).ask("GET", "/setup/report").json["report"])
        self.assertEqual([one["stated"] for one in report["steps"] if one["step"] == "noc"], ["told: the tests"])
        page = self.browser.text("main")
        self.assertIn("the tests の監視センターに送れることを確認", page)
        self.assertNotRegex(page, r"\d{4}-\d\d-\d\dT", "a moment is told as people tell it")
        self.is_quiet()


class ANewBoxGoesOnWithoutItsOperationsCentre(_NamesItsCentre):
    def test_whoever_agrees_is_named_and_the_box_is_registered_later(self) -> None:
        for step in ("language", "identity", "time"):
            self.assertEqual(self.comes(self.first).ask("POST", f"/setup/steps/{step}", {"stated": "ja"}).status, 204)
        self.signs_in(self.first)
        self.presses("初期設定が終わっていません。")
        self._is_not_told()
        self.presses("あとで登録する")
        self.has_focus("入力を確認してください")
        self.types("同意した保守業者の会社と氏名", "青空メンテナンス 田中")
        with self.does("setup.step"):
            self.press("Enter")
            self.browser.do("shows", role="heading", name="自己診断と分離の確認")
        self.wait_record("setup.step_done", 10, object="noc", detail="later: 青空メンテナンス 田中")
        with ExitStack() as stack:
            self.noc.start(stack)
            self.addCleanup(stack.pop_all().close)
        self.goes_to("監視センター")
        with self.does("noc.tell"):
            self.presses("今すぐ送る")
        self.browser.sees("監視センターに送れています。", 60)


if __name__ == "__main__":
    unittest.main()
