"""By the keys alone the board is looked at and the box disposed of (DSP-01): one person proposes it, a second of the other role agrees, somebody
presses the button of the box, and it is withdrawn again. The panel is the real one, on a tree of files in the place of /sys; what erases is tried in
tests/component/erase."""

import unittest
from contextlib import ExitStack

from support.administered_box import NAME
from support.administrator import Administrator
from support.keyboard_test import KeyboardTest
from support.panel import Panel

_RUNS = "version 0.1.0\nslot a\ntrial no\n"
_PAGE = "装置・更新"


class KeyboardAloneDisposesOfTheBox(KeyboardTest):
    approver: Administrator
    panel: Panel

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))
        cls.panel = Panel(stack, cls.lab.options.programs.folder, cls.folder.parent / "board", cls.lab.box.run_folder)
        folder = cls.lab.box.run_folder
        (folder / "update.new").write_text(_RUNS, encoding="ascii")
        (folder / "update.new").replace(folder / "update")

    def _says(self, title: str, reason: str) -> None:
        """In the dialogue of that title, which is not sent before all of it is right."""
        self.presses(title)
        self.has_focus("入力を確認してください")
        self.types("理由", reason)
        self.types("確かめるために", NAME)
        self.presses(title)
        self.no_dialogue()

    def test_board_is_shown_with_its_sockets_and_what_is_not_as_its_profile_says(self) -> None:
        self.signs_in(self.first)
        self.goes_to(_PAGE)
        for words in ("A board for tests", "41 °C", "320 rpm", "差込口とケーブル: ETH1", "つながっています", "装置の点検が必要です"):
            self.browser.sees(words)
        self.panel.says("wear")
        self.browser.sees("port lan7, labelled ETH3, at pci-0000:03:00.0, driver igc: nothing is there", 40)
        self.browser.sees("機種の定義と違うところがあります。")
        told = self.comes(self.first).ask("GET", "/board").json
        self.assertEqual([one["well"] for one in told["readings"]], [True, False])

    def test_two_persons_and_the_button_dispose_of_it_and_it_is_withdrawn(self) -> None:
        self.signs_in(self.first)
        self.goes_to(_PAGE)
        self.browser.sees("先に持ち出す")
        self.assertEqual(self.looks_right("disposal"), [])
        self.escapes("消去を提案する", "消去を提案する")
        with self.does("disposal.propose"):
            self._says("消去を提案する", "リース満了")
            self.browser.sees("first さんが消去を提案しました。")
        self.assertTrue(self.browser.do("lacks", role="button", name="消去に同意する"))
        self.wait_record("disposal.proposed", administrator="first", reason="リース満了")

        self.signs_in(self.approver)
        self.goes_to(_PAGE)
        self.browser.sees("first さんが消去を提案しました。")
        self.escapes("消去に同意する", "消去に同意する")
        with self.does("disposal.agree"):
            self._says("消去に同意する", "確認済み")
            self.browser.sees("approver-1 さんが同意しました。")
        self.browser.sees("装置のボタンを3秒以上押して離してください。")
        self.assertEqual(self.looks_right("disposal-agreed"), [])
        self.panel.presses_button(3.5)
        self.browser.sees("装置のボタンが押されました。", 40)
        self.assertFalse((self.lab.box.run_folder / "dispose").exists(), "ten minutes are left to withdraw it")

        self.presses("取り下げる")
        self.dialogue_opens("取り下げる")
        self.types("理由", "記録を先に持ち出すため")
        with self.does("disposal.withdraw"):
            self.presses("取り下げる")
            self.no_dialogue()
        self.browser.sees("消去を提案する")
        self.wait_record("disposal.withdrawn", administrator="approver-1")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
