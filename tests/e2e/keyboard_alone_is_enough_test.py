"""Whoever has no pointer steers the box by the keys alone (WCAG 2.1.1, 2.4.3): after each dialogue and each thing that is gone the focus
is where one goes on."""

import unittest

from lab.command import LabError
from lab.waiting import wait_for
from support.browser_test import BrowserTest


class KeyboardAloneIsEnough(BrowserTest):
    def _press(self, *keys: str) -> None:
        for key in keys:
            self.browser.do("press", key=key)

    def _type(self, label: str, text: str) -> None:
        self.browser.tab_to(label)
        self.browser.do("type", text=text)

    def _goes_to(self, page: str) -> None:
        self.browser.tab_to(page)
        self._press("Enter")
        self.browser.do("shows", role="heading", name=page)
        self._has_focus(page)

    def _has_focus(self, words: str) -> None:
        seen: list[str] = []

        def is_there() -> bool | None:
            seen.append(str(self.browser.do("focused")))
            return seen[-1].startswith(words) or None
        try:
            wait_for(f"the focus on {words}", is_there, 10)
        except LabError as late:
            raise AssertionError(f"the focus is on {seen[-1]!r}") from late

    def _dialogue_opens(self, title: str) -> None:
        self.browser.do("shows", role="dialog", name=title)
        self.assertEqual(self.browser.do("axe"), [])

    def _no_dialogue(self) -> None:
        wait_for("the dialogue to close", lambda: self.browser.do("count", selector="dialog") == 0 or None, 10)

    def _signs_in(self) -> None:
        self.browser.do("renew")
        self.browser.open()
        self.browser.sees("サインインする")
        for label, text in (("アカウント名", self.first.name), ("パスワード", self.first.password), ("確認コード", self.first.next_code())):
            self._type(label, text)
        self._press("Enter")
        self.browser.do("shows", role="heading", name="概要")
        self.browser.tab_to("本文へ進む")
        self._press("Enter")
        self._has_focus("概要")

    def test_a_connection_is_ended_and_a_cut_made_and_undone(self) -> None:
        self.open()
        self.cloud.accept()
        self._signs_in()
        self._goes_to("接続一覧")
        self._ends_the_connection()
        self._goes_to("遮断")
        self._cuts_a_terminal_off()
        self.browser.tab_to("元に戻す")
        self._press("Enter")
        self.browser.sees("「端末 karte/desk-1」の遮断を解除しました。")
        self.wait_record("cut.undone", 10)
        self._has_focus("遮断")
        self.open()
        self.cloud.accept()

    def _ends_the_connection(self) -> None:
        self.browser.do("shows", role="button", name="desk-1 の接続", exact=False)
        self.browser.tab_to("desk-1 の接続")
        self._press("Enter")
        self._dialogue_opens("この接続を切断しますか")
        self._press("Escape")
        self._no_dialogue()
        self._has_focus("desk-1 の接続")
        self._press("Enter")
        self._dialogue_opens("この接続を切断しますか")
        self.browser.tab_to("切断")
        self._press("Enter")
        self.browser.sees("接続を切断しました。")
        self.wait_record("session.closed", 10, reason="aborted_by_admin")
        self.browser.sees("いま接続はありません。")
        self._has_focus("接続一覧")

    def _cuts_a_terminal_off(self) -> None:
        self._type("区画", "karte")
        self._type("名前またはアドレス", "desk-1")
        self._press("Enter")
        self._dialogue_opens("本当に遮断しますか")
        self._press("Escape")
        self._no_dialogue()
        self._has_focus("名前またはアドレス")
        self._press("Enter")
        self._dialogue_opens("本当に遮断しますか")
        self._type("理由", "lost tablet")
        self._press("Enter")
        self.browser.sees("「端末 karte/desk-1」を遮断しました。")
        self._no_dialogue()
        self._has_focus("名前またはアドレス")
        self.wait_record("cut.made", 10)

    def test_escape_leaves_a_terminal_as_it_is(self) -> None:
        self._signs_in()
        self._goes_to("機器")
        self.browser.do("shows", role="button", name="端末 desk-1 を停止")
        self.browser.tab_to("端末 desk-1 を停止")
        self._press("Enter")
        self._dialogue_opens("端末「desk-1」を停止しますか")
        self.browser.sees("この端末の証明書は使えなくなり")
        self._press("Escape")
        self._no_dialogue()
        self._has_focus("端末 desk-1 を停止")
        self.assertEqual(self.records("terminal.blocked"), [])


if __name__ == "__main__":
    unittest.main()
