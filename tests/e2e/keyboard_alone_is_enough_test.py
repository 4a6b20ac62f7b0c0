"""Whoever has no pointer steers the box by the keys alone (WCAG 2.1.1, 2.4.3): connections, cuts and terminals. After each dialogue and each
thing that is gone the focus is where one goes on."""

import unittest
from contextlib import ExitStack

from support import est_device, site_ca
from support.keyboard_test import KeyboardTest
from support.site import Site


class KeyboardAloneIsEnough(KeyboardTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        est_device.let_ask(site)
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        site_ca.found_for(cls)

    def test_a_connection_is_ended_and_a_cut_made_and_undone(self) -> None:
        self.open()
        self.cloud.accept()
        self.signs_in(self.first)
        self.goes_to("接続一覧")
        self._ends_the_connection()
        self.goes_to("遮断")
        self._cuts_a_terminal_off()
        with self.does("cuts.undo"):
            self.presses("元に戻す")
            self.browser.sees("「端末 karte/desk-1」の遮断を解除しました。")
        self.wait_record("cut.undone", 10)
        self.has_focus("遮断")
        self.open()
        self.cloud.accept()

    def _ends_the_connection(self) -> None:
        self.browser.do("shows", role="button", name="を切断", exact=False)
        session = self._session()
        self.escapes(f"desk-1 の接続 {session}: なぜ許可?", "この接続が許可された理由")
        self.browser.sees("許可ルール「use-raw」により、サービス「raw」を使えます。")
        self.presses("閉じる")
        self.escapes(f"desk-1 の接続 {session} の機器を遮断", "本当に遮断しますか")
        self.press("Escape")
        self.no_dialogue()
        self.escapes(f"desk-1 の接続 {session} を切断", "この接続を切断しますか")
        self.types("確かめるために", "desk-1")
        with self.does("connections.end"):
            self.press("Enter")
            self.browser.sees("接続を切断しました。")
        self.wait_record("session.closed", 10, reason="aborted_by_admin")
        self.browser.sees("いま接続はありません。")
        self.has_focus("接続一覧")

    def _session(self) -> str:
        """The number of the one that stands."""
        return str(self.browser.do("evaluate", script="document.querySelector('.long tbody button').getAttribute('aria-label')")).split()[2].rstrip(":")

    def _cuts_a_terminal_off(self) -> None:
        self.types("区画", "karte")
        self.types("名前またはアドレス", "desk-1")
        self.press("Enter")
        self.dialogue_opens("本当に遮断しますか")
        self.press("Escape")
        self.no_dialogue()
        self.has_focus("名前またはアドレス")
        self.press("Enter")
        self.dialogue_opens("本当に遮断しますか")
        self.types("理由", "lost tablet")
        with self.does("cuts.make"):
            self.press("Enter")
            self.browser.sees("「端末 karte/desk-1」を遮断しました。")
        self.no_dialogue()
        self.has_focus("名前またはアドレス")
        self.wait_record("cut.made", 10)

    def test_a_terminal_is_blocked_and_let_in_again(self) -> None:
        self.signs_in(self.first)
        self.goes_to("機器")
        self.browser.do("shows", role="button", name="端末 desk-1 を停止")
        self.escapes("端末 desk-1 を停止", "端末「desk-1」を停止しますか")
        self.assertEqual(self.records("terminal.blocked"), [])
        with self.does("terminals.block"):
            self.types("理由", "紛失")
            self.press("Enter")
            self.browser.sees("端末「desk-1」を停止しました。")
        self.no_dialogue()
        self.browser.do("shows", role="button", name="端末 desk-1 を再開")
        self.has_focus("端末 desk-1 を再開")
        self.presses("端末 desk-1 を再開")
        self.dialogue_opens("端末「desk-1」を再開しますか")
        with self.does("terminals.unblock"):
            self.types("理由", "見つかった")
            self.press("Enter")
            self.browser.sees("端末「desk-1」を再開しました。")
        self.no_dialogue()
        self.open()
        self.cloud.accept()

    def test_a_terminal_gets_its_printed_ticket_and_its_certificate_is_revoked(self) -> None:
        self.signs_in(self.first)
        self.goes_to("機器")
        self.browser.do("shows", role="button", name="端末 desk-2 を登録")
        self.presses("端末 desk-2 を登録")
        self.browser.do("shows", role="dialog", name="端末「desk-2」", exact=False)
        self.types("理由", "新しい端末")
        with self.does("terminals.invite"):
            self.press("Enter")
            self.browser.sees("チケットが表示されるのは今だけです。")
        self.assertEqual(self.browser.do("axe"), [])
        ticket = self.browser.text(".label output")
        self.presses("コピー")
        self.prints("印刷する")
        self.presses("控えたので閉じる")
        self.no_dialogue()
        self.has_focus("端末 desk-2 を登録")
        place = est_device.request_in(self.folder / "desk-2")
        status, answer = est_device.by_ticket(self, place, "desk-2", ticket)
        self.assertEqual(status, 200, answer)
        self.comes_to("端末の一覧")
        self.press("ArrowRight")
        self.has_focus("端末の証明書")
        self.browser.sees("使えます")
        self.escapes("端末 desk-2 の証明書", "端末「desk-2」の証明書を失効させますか")
        self.types("理由", "紛失")
        self.press("Enter")
        self.has_focus("入力を確認してください")
        self.types("確かめるために", "desk-2")
        with self.does("terminals.revoke"):
            self.press("Enter")
            self.browser.sees("端末「desk-2」の証明書を失効させました。")
        self.wait_record("terminal.revoked", 10)
        self.no_dialogue()


if __name__ == "__main__":
    unittest.main()
