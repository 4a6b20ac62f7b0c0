"""By the keys alone the box is looked after: faults are looked for and packets recorded, isolation is proved, backups, support files and evidence
are made, looked at and taken along, records are found and exported, a quarter is signed for, a new image is tried, and help is found."""

import os
import re
import signal
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from lab.people import totp
from lab.waiting import wait_for
from support.dated_box_test import from_now, written
from support.keyboard_test import KeyboardTest
from support.moved_clock import MovedClock
from support.noc_end import NocEnd
from support.recipients import give_backups
from support.site import Site

_JAPAN = timezone(timedelta(hours=9))
_PROVED = 300  # seconds


class KeyboardAloneLooksAfterTheBox(KeyboardTest):
    noc: NocEnd

    @classmethod
    def shape(cls, site: Site) -> Site:
        give_backups(site, cls.folder, cls.folder.parent / "home", 4)
        tenant = site.tenant("karte")
        tenant["terminal_anchors"] = [{"file": tenant["terminal_anchors"], "until": written(from_now(days=200))}]
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.noc = NocEnd(cls.lab.namespace("cloud"), cls.folder.parent / "noc", cls.folder)
        cls.noc.start(stack)
        told = cls.lab.box.publish(NocEnd.told_by(cls.site, "600 s").write(cls.folder / "told.yaml"))
        assert told.accepted, told.text
        cls.wait_until_administered()

    def setUp(self) -> None:
        super().setUp()
        self.signs_in(self.first)

    def test_faults_are_looked_for_and_packets_recorded(self) -> None:
        self.goes_to("診断")
        wait_for("all of the page", lambda: self.browser.do("count", selector="main .loading") == 0 or None, 20)
        again = "もう一度診断する"  # the box may have tried it by itself meanwhile
        with self.does("diagnosis.run"):
            self.presses(again if again in self.browser.text("main") else "経路を診断する")
            self.browser.sees("すべてのサービスに接続できます", 60)
        self.cloud.says_nothing()
        self.presses(again)
        self.browser.sees("さんの依頼で診断しています")
        with self.does("diagnosis.stop"):
            self.presses("診断を中止")
            self.browser.sees("診断を中止しました。")
        self.cloud.says_nothing(False)
        self.presses("測定したこと")
        self.prints("障害切分け票を印刷")
        self.presses("記録を始める")
        self.has_focus("入力を確認してください")
        self.picks("差込口", "lan0")
        self.picks("記録する時間", "60秒")
        self.types("理由", "保守業者の依頼")
        with self.does("captures.make"):
            self.press("Enter")
            self.browser.sees("lan0 の通信を記録しています")
        with self.does("captures.stop"):
            self.presses("記録を停止する")
            self.browser.sees("個のパケットを記録しました", 40)
        with self.does("captures.file"):
            self.presses("ファイルを持ち出す")
            self.wait_record("capture.made", 10, result="taken along")

    def test_isolation_is_proved_and_the_centre_told(self) -> None:
        self.goes_to("区画(テナント)")
        wait_for("all of the page", lambda: self.browser.do("count", selector="main .loading") == 0 or None, 20)
        with self.does("isolation.stop"):
            self.presses("今すぐ検証する")
            self.browser.sees("さんの依頼で検証しています")
            self.presses("検証を中止")
            self.browser.sees("検証を中止しました。")
        self.wait_record("isolation.unproven", 10)
        with self.does("isolation.try"):
            self.presses("今すぐ検証する")
            self.browser.sees("不合格も不明もありません。", _PROVED)
        self.presses("合格したもの")
        self.browser.do("shows", role="cell", name="合格", exact=False)
        self.goes_to("監視センター")
        with self.does("noc.tell"):
            self.presses("今すぐ送る")
            self.wait_record("noc.reached", 30)
        self.presses("操作の記録(誰が、何をしたか)")

    def test_a_backup_is_made_checked_and_taken_along(self) -> None:
        self.goes_to("バックアップ")
        with self.does("backups.make"):
            self.presses("今すぐ作成する")
            self.browser.sees("手動", 60)
        number = re.search(r"バックアップ (\d+) を検査", str(self.browser.do("evaluate", script="document.querySelector('table').outerHTML")))
        assert number
        with self.does("backups.check"):
            self.presses(f"バックアップ {number[1]} を検査")
            self.browser.sees(f"バックアップ {number[1]} は壊れていません。")
        self.has_focus(f"バックアップ {number[1]} を検査")
        with self.does("backups.download"):
            self.presses(f"バックアップ {number[1]} をダウンロード")
            self.wait_record("backup.exported", 10)

    def test_a_backup_that_waits_for_its_key_is_taken_back(self) -> None:
        self.goes_to("バックアップ")
        keyd = self.lab.box.strike("keyd", signal.SIGSTOP)
        try:
            self.presses("今すぐ作成する")
            self.browser.sees("first さんが頼んだバックアップは、署名する鍵が使えるようになるのを待っています。", 30)
            self.assertEqual(self.browser.do("axe"), [])
            with self.does("backups.withdraw"):
                self.presses("頼んだバックアップを取りやめる")
                self.browser.sees("頼んだバックアップを取りやめました。")
            wait_for("nothing to wait any more", lambda: "待っています" not in self.browser.text("main") or None, 10)
        finally:
            os.kill(keyd, signal.SIGCONT)

    def test_a_support_file_is_made_looked_at_taken_along_and_removed(self) -> None:
        self.goes_to("サポート用ファイル")
        self.presses("分離の検証の結果", key="Space")
        self.picks("記録の範囲", "直近3日間")
        self.presses("厳しく伏せる", key="Space")
        with self.does("bundles.make"):
            self.presses("作成を始める")
            self.browser.sees("できました。", 60)
        with self.does("bundles.file"):
            self.escapes("status.json の中身を見る", "status.json: 保守業者に見える内容")
        self.presses("閉じる")
        self.no_dialogue()
        self.has_focus("status.json の中身を見る")
        self.presses("仮の名前が指すもの")
        with self.does("bundles.download"):
            self.presses("サポート用ファイル 1 をダウンロード")
            self.wait_record("bundle.exported", 10)
        self.escapes("サポート用ファイル 1 を削除", "サポート用ファイル 1 を削除")
        self.types("確かめるために", "1")
        with self.does("bundles.remove"):
            self.presses("削除")
            self.browser.sees("サポート用ファイル 1 を削除しました。")
        self.no_dialogue()

    def test_evidence_is_made_read_printed_and_taken_along(self) -> None:
        self.goes_to("証跡・点検表")
        with self.does("evidence.make"):
            self.presses("今の状態で作成")
            self.browser.sees("署名済み", 60)
        with self.does("evidence.take"):
            self.presses("証跡 1 の書類一式をダウンロード")
            self.wait_record("evidence.exported", 10)
        self.presses("証跡 1 を表示")
        self.has_focus("証跡・点検表")
        self.browser.do("shows", role="tab", name="事実の一覧")
        self.comes_to("事実の一覧")
        self.press("ArrowLeft")
        self.has_focus("記入用紙")
        self.presses("中継方式の同意書")
        self.browser.do("shows", role="heading", name="中継方式の同意書", exact=False)
        self.prints("印刷する")
        self.presses("記入用紙の一覧へ")
        self.browser.do("shows", role="tab", name="記入用紙")
        self.presses("必要な書類だけを持ち出す")
        self.presses("構成図", key="Space")
        self.presses("選んだ書類(1件)をダウンロード")
        self.wait_record("evidence.exported", 10, detail="diagram")

    def test_records_are_found_and_more_of_them_shown(self) -> None:
        self.goes_to("ログ・操作履歴")
        self.types("出来事の番号", "account.signed_in")
        self.press("Enter")
        self.browser.do("shows", role="cell", name="account.signed_in", exact=False)
        self.presses("記録 ")
        self.browser.sees("admin_session")
        self.presses("条件を消す")
        self.goes_to("拒否の記録")
        self.types("端末", "nobody")
        self.press("Enter")
        self.browser.sees("この条件で拒否された通信はありません。")
        self.goes_to("定期点検")
        self.presses("表示: ")
        self.browser.do("shows", role="dialog", name="月ごとのまとめ", exact=False)
        self.presses("閉じる")
        self.no_dialogue()
        self.has_focus("表示: ")

    def test_a_new_image_is_tried(self) -> None:
        folder = self.lab.box.run_folder
        (folder / "update.new").write_text("version 0.1.0\nslot a\ntrial no\nstage waiting\nof b\nbecause \n", encoding="ascii")
        (folder / "update.new").replace(folder / "update")
        self.wait_record("update.told")
        self.goes_to("装置・更新")
        self.browser.sees("次の再起動で試します。")
        self.escapes("再起動して試す", "再起動して試す")
        self.presses("再起動して試す")
        self.has_focus("入力を確認してください")
        self.types("理由", "診療が終わったため")
        with self.does("update.restart"):
            self.press("Enter")
            self.browser.sees("再起動を指示しました。")
        (folder / "restart").unlink()

    def test_the_plan_for_an_authority_that_ends_is_printed(self) -> None:
        self.goes_to("証明書")
        self.browser.sees("端末の認証局を交代する")
        self.presses("pki/")
        self.prints("交代計画を印刷")

    def test_help_is_found(self) -> None:
        self.goes_to("困ったとき")
        self.types("コードまたはことば", "maintenance.not_open")
        self.browser.sees("1件あります。")


class KeyboardAloneSignsForAQuarter(KeyboardTest):
    clock: MovedClock

    @classmethod
    def through(cls, stack: ExitStack) -> tuple[str, ...]:
        cls.clock = MovedClock(stack)
        return cls.clock.through()

    def test_the_records_are_exported_and_the_review_is_signed_by_name(self) -> None:
        auditor = self.made("auditor-1", "auditor", source=self.desk(30))
        today = datetime.now(_JAPAN)
        then = datetime(today.year + today.month // 10, 3 * ((today.month - 1) // 3 + 1) % 12 + 1, 2, tzinfo=_JAPAN)
        self.clock.goes_to(then)
        auditor.next_code = lambda: totp(auditor.secret, int(then.timestamp()) // 30 + 1)  # type: ignore[method-assign]
        self.signs_in(auditor)
        self.goes_to("定期点検")
        self.browser.do("shows", role="button", name="に署名する", exact=False)
        label = str(self.browser.do("evaluate", script="document.querySelector('table .button.main').getAttribute('aria-label')"))
        quarter = label.removesuffix(" に署名する")
        self.escapes(f"{quarter} に署名する", f"{quarter} の点検に署名しますか")
        self.presses("署名する")
        self.has_focus("入力を確認してください")
        self.types("点検の所見", "異常なし。")
        self.types("見つかったこと", "端末の停止が1件")
        with self.does("reviews.sign"):
            self.presses("署名する")
            self.browser.sees(f"{quarter} の点検に署名しました。")
        self.no_dialogue()
        self.goes_to("ログ・操作履歴")
        for words in ("表(CSV)で保存", "署名したときのまま"):
            with self.does("records.export"):
                self.presses(words)
                self.wait_record("records.exported", 10)


if __name__ == "__main__":
    unittest.main()
