"""By the keys alone remote maintenance is asked for, allowed, refused, entered, ended, read and stopped altogether (RMT-01)."""

import unittest
from contextlib import ExitStack

from support.administrator import Administrator
from support.keyboard_test import KeyboardTest


class KeyboardAloneLetsVendorsIn(KeyboardTest):
    approver: Administrator
    vendor: Administrator

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))
        cls.vendor = cls.made("vendor-1", "maintainer", source=cls.desk(32))

    def _asks(self) -> int:
        self.types("業者", "vendor-a")
        self.types("理由", "四半期の点検")
        self.presses("状態の確認", key="Space")
        self.types("作業計画", "status.read: ランプの確認")
        with self.does("maintenance.request"):
            self.presses("申請する")
            self.browser.sees("を申請しました。院内の承認を待ってください。")
        return int(self.browser.text("p.said").split()[1])

    def _opens(self, number: int) -> None:
        self.presses(f"遠隔保守 {number}")
        self.browser.do("shows", role="heading", name=f"遠隔保守 {number}")

    def test_1_it_is_asked_for_and_refused(self) -> None:
        self.signs_in(self.vendor, "遠隔保守")
        self.presses("申請する")
        self.has_focus("入力を確認してください")
        number = self._asks()
        self.signs_in(self.approver)
        self.presses(f"遠隔保守 {number} が承認を待っています。")
        self.escapes("断る", f"遠隔保守 {number} を断りますか")
        self.types("伝えること", "今日は休診です")
        with self.does("maintenance.refuse"):
            self.presses("断る")
            self.browser.sees("決定を記録しました。")
        self.no_dialogue()

    def test_2_it_is_allowed_entered_ended_and_read(self) -> None:
        self.signs_in(self.vendor, "遠隔保守")
        number = self._asks()
        self.signs_in(self.approver)
        self.presses(f"遠隔保守 {number} が承認を待っています。")
        self.escapes("承認する", f"遠隔保守 {number} を承認しますか")
        with self.does("maintenance.approve"):
            self.presses("承認する")
            self.browser.sees("決定を記録しました。")
        self.no_dialogue()
        self.signs_in(self.vendor, "遠隔保守")
        self._opens(number)
        with self.does("maintenance.enter"):
            self.presses("保守を始める")
            self.browser.sees("保守を始めました。")
        self.escapes("今すぐ終了", f"遠隔保守 {number} を終了しますか")
        with self.does("maintenance.end"):
            self.presses("今すぐ終了")
            self.browser.sees("遠隔保守を終了しました。")
        self.no_dialogue()
        self.signs_in(self.approver)
        self.goes_to("遠隔保守")
        self._opens(number)
        with self.does("maintenance.acknowledge"):
            self.presses("報告書を確認した")
            self.browser.sees("報告書の確認を記録しました。")

    def test_3_all_of_it_is_stopped_and_allowed_again(self) -> None:
        self.signs_in(self.first)
        self.goes_to("遠隔保守")
        self.escapes("すべての遠隔保守を今すぐ止める", "すべての遠隔保守を止めますか")
        with self.does("maintenance.stop"):
            self.presses("すべての遠隔保守を今すぐ止める")
            self.browser.sees("すべての遠隔保守を止めました。")
        self.no_dialogue()
        with self.does("maintenance.switch_on"):
            self.presses("遠隔保守を再び許可する")
            self.browser.sees("遠隔保守を再び許可しました。")


if __name__ == "__main__":
    unittest.main()
