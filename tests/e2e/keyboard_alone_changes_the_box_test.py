"""By the keys alone the configuration is changed (WLS-04, ADM-12): written, checked, applied, given more time, confirmed, undone, withdrawn,
prepared once more from the history, filled in from a template, and allowed by a second person."""

import json
import unittest

import yaml
from support.change_page import written
from support.keyboard_test import KeyboardTest
from support.site import Site

_APPLIED = "適用しました。正しく動くことを確かめて"
_SECOND = "10.11.1.2"


class KeyboardAloneChangesTheBox(KeyboardTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["network"]["lan"][0]["addresses"].append(f"{_SECOND}/24")
        return super().shape(site)

    def _loads(self) -> str:
        self.goes_to("変更の確認と適用")
        self.presses("現在の設定を読み込む")
        self.browser.sees("の設定を読み込みました。")
        return str(self.browser.do("value", label="設定", within="form"))

    def _prepares(self, text: str, reason: str) -> None:
        self.types("設定必須", text)
        self.types("理由", reason)
        with self.does("changes.stage", "changes.check"):
            self.press("Enter")
            self.browser.sees("確認済み", 40)
        self.has_focus("変更の確認と適用")

    def _applies(self) -> None:
        with self.does("changes.apply"):
            self.presses("適用して確認を待つ")
            self.browser.sees(_APPLIED, 40)

    def _limits(self, sessions: int) -> str:
        tree = json.loads(self._loads())
        tree["tenants"][0]["limits"] = {"sessions": sessions}
        return written(tree)

    def test_1_a_change_is_applied_given_more_time_and_confirmed(self) -> None:
        self.signs_in(self.first)
        self._prepares(self._limits(700), "接続を700まで")
        self.picks("確定を待つ時間", "5")
        self._applies()
        self.assertEqual(self.browser.do("axe"), [])
        with self.does("change.extend"):
            self.presses("時間を延ばす")
            self.browser.sees("いまから5分に延ばしました。")
        self.presses("確定用のことばを控える")
        self.presses("コピー")
        with self.does("change.confirm"):
            self.presses("確定する")
            self.browser.sees("この変更は確定しました。", 40)
        self.wait_record("change.confirmed", 30)
        self.has_focus("変更の確認と適用")

    def test_2_a_change_is_undone_and_prepared_once_more_from_the_history_and_withdrawn(self) -> None:
        self.signs_in(self.first)
        self._prepares(self._limits(600), "接続を600まで")
        self._applies()
        self.escapes("元に戻す", "この変更を元に戻しますか")
        self.types("理由", "やはり足りない")
        with self.does("change.roll_back"):
            self.press("Enter")
            self.browser.sees("この変更は元に戻りました。", 40)
        self.no_dialogue()
        self.goes_to("変更履歴")
        self.presses("変更 3")
        self.browser.sees("この変更は元に戻りました。")
        self.escapes("この内容でもう一度準備する", "変更 3 の内容で準備しますか")
        self.types("理由", "もう一度")
        with self.does("changes.copy", "changes.check"):
            self.press("Enter")
            self.browser.sees("確認済み", 40)
        self.no_dialogue()
        self.escapes("取り下げる", "この変更を取り下げますか")
        self.types("理由", "試し")
        with self.does("changes.withdraw"):
            self.press("Enter")
            self.browser.sees("変更を取り下げました。")

    def test_3_a_tenant_is_written_from_the_template(self) -> None:
        self.signs_in(self.first)
        self.types("設定必須", yaml.safe_dump(json.loads(self._loads()), allow_unicode=True, sort_keys=False))
        self.presses("テンプレートから")
        self.picks("サービスの種類", "HTTPS")
        for label, words in (("区画の名前", "lab"), ("サービスの名前", "results"), ("端末が使う名前", "results.clinic.example"), ("クラウドの名前", "results.cloud.example"),
                             ("端末の名前", "bench-1")):
            self.types(label, words)
        self.picks("端末が接続する装置のアドレス", _SECOND)
        keys = self.keys.tenant("karte")
        self.chooses("端末の証明書を発行する認証局", keys.folder / "terminal-ca.pem")
        self.chooses("クラウドの証明書を発行する認証局", keys.cloud_ca("raw"))
        self.presses("設定に書き加える")
        self.browser.sees("区画 lab を下の設定に書き加えました。")
        self.assertIn("- {name: bench-1}", str(self.browser.do("value", label="設定", within="form")))


class KeyboardAloneAllowsChanges(KeyboardTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["second_person"] = "widening"
        return super().shape(site)

    def test_a_second_person_allows_what_widens(self) -> None:
        tree = json.loads(json.dumps(self.site.tree))
        tree["tenants"][0]["terminals"].append({"name": "desk-3"})
        first = self.comes(self.first)
        base = first.ask("GET", "/configuration").json["change"]
        number = first.ask("POST", "/changes", {"configuration": written(tree), "reason": "三台目の端末", "base": base}).json["change"]
        self.assertEqual(first.ask("POST", f"/changes/{number}/check", {}).status, 202)
        self.signs_in(self.made("approver-1", "approver", source=self.desk(30)))
        self.presses(f"設定変更 {number} が、二人目としてのあなたの承認を待っています。")
        self.browser.sees("確認済み", 40)
        self.escapes("承認する", "この変更を承認しますか")
        with self.does("changes.approve"):
            self.presses("承認する")
            self.browser.sees("承認しました。")
        self.no_dialogue()
        self.wait_record("change.approved", administrator="approver-1")


if __name__ == "__main__":
    unittest.main()
