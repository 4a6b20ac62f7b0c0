"""By the keys alone accounts are made, enrolled, changed and taken away, and somebody changes his own password, codes and app (ADM-02, ADM-06)."""

import unittest

from lab.people import totp
from support.keyboard_test import KeyboardTest

_NEW = "another tractor humming"


class KeyboardAloneManagesPeople(KeyboardTest):
    def _secret(self) -> str:
        """That the app is shown."""
        return str(self.browser.do("evaluate", script="document.querySelector('details code').textContent")).replace(" ", "")

    def test_1_an_account_is_made_and_its_owner_enrols(self) -> None:
        self.signs_in(self.first)
        self.goes_to("利用者と権限")
        self.types("アカウント名", "clerk-1")
        self.types("氏名", "鈴木")
        with self.does("accounts.create"):
            self.press("Enter")
            self.dialogue_opens("clerk-1 の登録コード")
        code = self.browser.text("dialog output")
        self.presses("渡しました。閉じる")
        self.no_dialogue()
        with self.does("session.close"):
            self.presses("サインアウト")
            self.browser.sees("サインアウトしました")
        self.presses("登録コードでアカウントを使い始める")
        self.browser.sees("手順 1 / 3")
        self.types("アカウント名", "clerk-1")
        self.types("登録コード", code)
        with self.does("enrolment.begin"):
            self.press("Enter")
            self.browser.sees("QRコードを読み取ってください")
        secret = self._secret()
        for label in ("新しいパスワード", "新しいパスワード(確認)"):
            self.types(label, self.first.password)
        self.types("認証アプリの確認コード", totp(secret, int(self.browser.do("evaluate", script="Date.now()")) // 30_000))
        with self.does("enrolment.finish"):
            self.press("Enter")
            self.browser.sees("回復コード")
        self.prints("印刷する")
        self.presses("保管しました。サインインへ進む")
        self.browser.do("shows", role="heading", name="サインイン")

    def test_2_it_is_managed(self) -> None:
        self.signs_in(self.first)
        self.goes_to("利用者と権限")
        self.browser.do("shows", role="button", name="clerk-1 を操作")
        self.escapes("clerk-1 を操作", "clerk-1 を操作")
        self.picks("役割", "監査者")
        with self.does("accounts.role"):
            self.presses("役割を変える")
            self.browser.sees("clerk-1 の役割を変えました。")
        self.browser.do("shows", role="cell", name="監査者", exact=False)
        self._acts("サインインをすべて終了させる", "clerk-1 のサインインを終了させました。", "accounts.sessions_end")
        self._acts("使えなくする", "clerk-1 を使えなくしました。", "accounts.disable")
        with self.does("accounts.enable"):
            self.presses("元に戻す")
            self.browser.sees("clerk-1 を使えるようにしました。")
        self.has_focus("利用者と権限")
        self._acts("使えなくする", "clerk-1 を使えなくしました。", "accounts.disable")
        self._acts("使えるようにする", "clerk-1 を使えるようにしました。", "accounts.enable")
        self._is_reset()
        self.escapes("棚卸し", "棚卸しを記録しますか")
        with self.does("accounts.stock_take"):
            self.presses("棚卸し")
            self.browser.sees("棚卸しを記録しました。")
        self.no_dialogue()
        self.has_focus("棚卸し")

    def _acts(self, words: str, said: str, operation: str) -> None:
        self.presses("clerk-1 を操作")
        self.dialogue_opens("clerk-1 を操作")
        with self.does(operation):
            self.presses(words)
            self.browser.sees(said)
        self.no_dialogue()
        self.has_focus("clerk-1 を操作")

    def _is_reset(self) -> None:
        self.presses("clerk-1 を操作")
        self.dialogue_opens("clerk-1 を操作")
        self.presses("認証情報を消して登録し直す")
        self.dialogue_opens("clerk-1 の認証情報を消しますか")
        self.types("確かめるために", "clerk-1")
        with self.does("accounts.reset"):
            self.press("Enter")
            self.dialogue_opens("clerk-1 の登録コード")
        self.presses("渡しました。閉じる")
        self.no_dialogue()
        self.has_focus("clerk-1 を操作")

    def test_3_whoever_tried_too_often_is_let_in_again(self) -> None:
        self.made("clerk-2", "viewer", source=self.desk(40))
        stranger = self.somebody("clerk-2", source=self.desk(41))
        stranger.is_patient, stranger.password = True, "not it at all"
        for _ in range(5):
            stranger.ask("POST", "/session", {"name": "clerk-2", "password": stranger.password, "code": "000000"})
        self.wait_record("account.locked", 20)
        self.signs_in(self.first)
        self.goes_to("利用者と権限")
        self.browser.do("shows", role="button", name="clerk-2 を操作")
        self.presses("clerk-2 を操作")
        self.dialogue_opens("clerk-2 を操作")
        with self.does("accounts.unlock"):
            self.presses("ロックを解除する")
            self.browser.sees("clerk-2 のロックを解除しました。")
        self.no_dialogue()
        self.skips_to("利用者と権限")
        self.press("Tab", "ArrowRight")
        self.has_focus("サインイン中")
        self.browser.do("shows", role="button", name="clerk-2 のサインインを終了させる")
        with self.does("sessions.end"):
            self.presses("clerk-2 のサインインを終了させる")
            self.browser.sees("サインインを終了させました。")

    def test_4_somebody_changes_what_is_his_own(self) -> None:
        self.signs_in(self.first)
        self.goes_to("自分のアカウント")
        self._in_part(2, self.first.password)
        with self.does("account.recovery_codes"):
            self.press("Enter")
            self.browser.sees("認証アプリを使えなくなったときのための")
        self.browser.sees("回復コードはあと10個使えます。")
        self.first.recovery = str(self.browser.text(".codes")).split()
        self._in_part(3, self.first.password)
        with self.does("account.totp"):
            self.press("Enter")
            self.browser.sees("QRコードを読み取ってください")
        self.first.secret, self.first.last_step = self._secret(), 0
        self.types("認証アプリの確認コード", self.first.next_code())
        with self.does("account.totp_confirm"):
            self.press("Enter")
            self.browser.sees("サインアウトしました")
        self.signs_in(self.first)
        self.goes_to("自分のアカウント")
        for label, text in (("いまのパスワード", self.first.password), ("新しいパスワード", _NEW), ("新しいパスワード(確認)", _NEW)):
            self.types(label, text)
        with self.does("account.password"):
            self.press("Enter")
            self.browser.sees("サインアウトしました")
        self.first.password = _NEW
        self.signs_in(self.first)

    def _in_part(self, number: int, text: str) -> None:
        """The present password, in the first field of that part of the page."""
        self.browser.do("evaluate", script="document.querySelector('h1').focus()")
        for _ in range(number):
            self.browser.tab_to("いまのパスワード")
        self.browser.do("type", text=text)


if __name__ == "__main__":
    unittest.main()
