"""What takes more than one person, or a person's name, goes by the pages, in real browsers: remote maintenance (RMT-01), a change that
a second person allows (ADM-12), two who edit at once, a change that cuts its own browser off (WLS-04), reviews (LOG-06), backups
(BAK-01), and the first claim of a box (ADM-04)."""

import hashlib
import json
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from lab.people import totp
from support.administered_box import LABEL
from support.administrator import Administrator
from support.browser import SHOTS, Browser
from support.browser_test import BrowserTest
from support.change_page import confirms, loaded, sends, stages, written
from support.claim_page import claims, enrols
from support.moved_clock import MovedClock
from support.recipients import give_backups
from support.site import Site

_JAPAN = timezone(timedelta(hours=9))
_BACK = 60 + 40  # seconds: until a change that nobody confirms is undone, and seen to be


class TwoDesks(BrowserTest):
    """The first administrator at one, somebody else at the other."""

    other: Browser
    approver: Administrator

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.other = cls.another_browser(stack)
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))


class PeopleDecideByThePages(TwoDesks):
    @classmethod
    def shape(cls, site: Site) -> Site:
        give_backups(site, cls.folder, cls.folder.parent / "home", 4)
        return super().shape(site)

    def test_a_maintenance_is_asked_for_allowed_entered_ended_and_read(self) -> None:
        vendor = self.made("vendor-1", "maintainer", source=self.desk(32))
        self.other.comes_in(vendor, "遠隔保守")
        self.other.sees("いま開いている保守作業はないため、装置の状態は見られません。")
        self.assertEqual(self.other.do("axe"), [])
        number = self._asked_for()
        self.browser.comes_in(self.approver)
        self.browser.follow(f"遠隔保守 {number} が承認を待っています。")
        self.browser.sees("status.read: ランプの確認")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.click("承認する")
        self.browser.fill("伝えること", "昼休みにお願いします", within="dialog")
        self.browser.click("承認する", within="dialog")
        self.browser.sees("決定を記録しました。")
        self._done_by_vendor(number)
        self.browser.sees("計画と異なる点があります")
        self.browser.sees("保守作業報告書")
        self.browser.do("shot", path=str(SHOTS / "maintenance-report.png"))
        self.browser.click("報告書を確認した")
        self.browser.sees("報告書の確認を記録しました。")
        self.wait_record("maintenance.reported", 10)
        self.is_quiet()

    def _asked_for(self) -> int:
        self.other.go("maintenance")
        self.other.fill("業者", "vendor-a")
        self.other.fill("理由", "四半期の点検", within="form")
        self.other.fill("作業計画", "status.read: ランプの確認\nhistory.read")
        self.other.click("申請する")
        self.other.sees("作業を1つ以上選んでください。")
        for work in ("状態の確認", "設定履歴の確認"):
            self.other.click(work, "checkbox")
        self.other.click("申請する")
        self.other.sees("を申請しました。院内の承認を待ってください。")
        return int(self.other.text("p.said").split()[1])

    def _done_by_vendor(self, number: int) -> None:
        self.other.follow(f"遠隔保守 {number}")
        self.other.sees("昼休みにお願いします")
        self.other.click("保守を始める")
        self.other.sees("保守を始めました。")
        self.other.sees("進行中です。残り")
        self.other.go("maintenance")
        self.other.sees("申請した作業の画面を使えます。")
        self.other.go("overview")
        self.other.sees("正常に動いています")
        self.other.go("connections")
        self.other.sees("maintenance.not_allowed")
        self.other.go(f"maintenance/{number}")
        self.other.click("今すぐ終了")
        self.other.click("今すぐ終了", within="dialog")
        self.other.sees("遠隔保守を終了しました。")
        self.other.go("overview")
        self.other.sees("maintenance.not_open")

    def test_records_are_looked_for(self) -> None:
        near, far = self.open(), self.cloud.accept()
        near.close()
        far.close()
        self.wait_record("session.closed", 10)
        self.browser.comes_in(self.approver)
        self.browser.go("records")
        self.browser.fill("端末", "ｄｅｓｋ－１")
        self.browser.fill("出来事の番号", "session.closed")
        self.browser.click("探す")
        self.browser.sees("desk-1")
        self.assertNotIn("session.opened", self.browser.text("table.rows"))
        self.browser.fill("出来事の番号", "nothing.such")
        self.browser.click("探す")
        self.browser.sees("条件に合う記録はありません。")
        self.browser.click("条件を消す")
        self.browser.sees("50件を表示しています。")
        self.browser.click("続きを表示")
        self.assertEqual(self.browser.do("axe"), [])
        self.is_quiet()

    def test_a_backup_is_made_checked_and_taken_along(self) -> None:
        self.comes_in()
        self.browser.go("backups")
        self.browser.sees("clinic")
        self.browser.click("今すぐ作成する")
        self.browser.sees("バックアップの作成を頼みました。")
        self.browser.sees("手動", 40)
        number = int(str(self.browser.do("evaluate", script="[...document.querySelectorAll('tbody tr')].find((row) => row.textContent.includes('手動'))"
                                                            ".querySelector('button').getAttribute('aria-label')")).split()[1])
        self.browser.click(f"バックアップ {number} を検査")
        self.browser.sees(f"バックアップ {number} は壊れていません。")
        told = self.browser.text(".notice.good")
        taken = self.folder.parent / "taken.tar"
        name = self.browser.download(f"バックアップ {number} をダウンロード", taken)
        self.assertTrue(name.endswith("-by_hand.tar"), name)
        digest = hashlib.sha256(taken.read_bytes()).hexdigest()
        self.assertIn(digest, told)
        self.wait_record("backup.exported", 10, administrator="first", sha256=digest)
        self.is_quiet()

    def test_whoever_edits_what_another_has_changed_is_told_so_and_loses_nothing(self) -> None:
        self.comes_in()
        self.other.comes_in(self.made("second-1", "clinic_admin", source=self.desk(31)))
        hers, his = json.loads(loaded(self.other)), json.loads(loaded(self.browser))
        his["tenants"][0]["limits"] = {"sessions": 900}
        stages(self.browser, written(his), "接続を900まで")
        confirms(self.browser)
        hers["site"] = "renamed-by-second"
        text = written(hers)
        sends(self.other, text, "医院の改名")
        self.other.sees("この変更を作った後に別の変更が確定されました。")
        self.assertEqual(self.other.do("axe"), [])
        self.assertEqual(self.other.do("value", label="設定", within="form"), text)
        self.assertEqual(self.other.do("value", label="理由", within="form"), "医院の改名")
        fresh = json.loads(loaded(self.other))
        self.assertEqual(fresh["tenants"][0]["limits"], {"sessions": 900})
        self.other.sees("読み込む前に書いていた設定")
        self.assertIn("renamed-by-second", self.other.text(".diff"), "what she had changed")
        self.assertEqual(self.other.do("evaluate", script="document.querySelector('.kept pre').textContent"), text, "and all of it")
        self.assertEqual(self.other.do("axe"), [])
        fresh["site"] = "renamed-by-second"
        stages(self.other, written(fresh), "医院の改名")
        self.other.sees("「renamed-by-second」")
        self.other.click("取り下げる")
        self.other.fill("理由", "試し", within="dialog")
        self.other.click("取り下げる", within="dialog")
        self.other.sees("変更を取り下げました。")

    def test_a_change_that_cuts_its_own_browser_off_comes_back_by_itself(self) -> None:
        self.comes_in()
        tree = json.loads(loaded(self.browser))
        tree["management"]["port"] = 9443
        stages(self.browser, written(tree), "管理の窓口を移す")
        self.browser.sees("management port")
        self.browser.do("pick", label="確定を待つ時間", value="60")
        self.browser.click("適用して確認を待つ")
        self.browser.sees("新しい設定の装置に届いていません。", 40)
        self.browser.sees("自動で元に戻るまで")
        self.browser.do("shot", path=str(SHOTS / "change-cut-off.png"))
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.sees("この変更は元に戻りました。", _BACK)
        self.browser.sees("時間内に確定されなかったため、自動で元に戻りました。")
        self.wait_record("change.rolled_back", reason="nobody confirmed it in time")
        self.browser.go("overview")
        self.browser.sees("正常に動いています")


class SecondPersonsAllowByThePages(TwoDesks):
    @classmethod
    def shape(cls, site: Site) -> Site:
        site.tree["second_person"] = "widening"
        return super().shape(site)

    def test_a_change_that_widens_is_applied_once_another_has_allowed_it(self) -> None:
        self.comes_in()
        tree = json.loads(loaded(self.browser))
        tree["tenants"][0]["terminals"].append({"name": "desk-3"})
        number = stages(self.browser, written(tree), "三台目の端末")
        self.browser.sees("作成者以外の承認者の承認が必要です。")
        self.assertTrue(self.browser.do("lacks", role="button", name="適用して確認を待つ"))
        self.assertTrue(self.browser.do("lacks", role="button", name="承認する"))
        self.assertEqual(self.browser.do("axe"), [])
        early = self.comes(self.first).ask("POST", f"/changes/{number}/apply", {"within": 60})
        self.assertEqual(early.code, "change.unapproved")
        self.other.comes_in(self.approver)
        self.other.follow(f"設定変更 {number} が、二人目としてのあなたの承認を待っています。")
        self.other.sees("区画「karte」の端末「desk-3」を追加します")
        self.other.click("承認する")
        self.other.click("承認する", within="dialog")
        self.other.sees("承認しました。")
        self.other.go("overview")
        self.other.sees("対応が必要なことはありません。")
        self.browser.sees("approver-1")
        confirms(self.browser)
        self.wait_record("change.approved", administrator="approver-1")
        self.wait_record("change.confirmed", 10)
        self.is_quiet()


def _next_quarter() -> datetime:
    """A day of it, in Japan."""
    today = datetime.now(_JAPAN)
    month = 3 * ((today.month - 1) // 3 + 1)
    return datetime(today.year + month // 12, month % 12 + 1, 2, tzinfo=_JAPAN)


class QuartersAreSignedByThePages(BrowserTest):
    clock: MovedClock

    @classmethod
    def through(cls, stack: ExitStack) -> tuple[str, ...]:
        cls.clock = MovedClock(stack)
        return cls.clock.through()

    def test_an_auditor_signs_for_the_quarter_that_is_over_by_name(self) -> None:
        auditor = self.made("auditor-1", "auditor", source=self.desk(30))
        then = _next_quarter()
        over = then - timedelta(days=5)
        quarter = f"{over.year}年第{(over.month + 2) // 3}四半期"
        self.clock.goes_to(then)
        self.browser.do("renew")
        self.browser.open()
        self.browser.enters(auditor, totp(auditor.secret, int(then.timestamp()) // 30 + 1))
        self.browser.follow(f"{quarter} の定期点検に署名する時期です。")
        self.browser.click(f"{quarter} に署名する")
        self.browser.click("署名する", within="dialog")
        self.browser.sees("入力を確認してください")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.fill("点検の所見", "異常なし。", within="dialog")
        self.browser.fill("見つかったこと", "断られた接続が1件\n端末の停止が1件", within="dialog")
        self.browser.click("署名する", within="dialog")
        self.browser.sees(f"{quarter} の点検に署名しました。")
        self.browser.sees("署名済み")
        self.wait_record("review.signed", 10, administrator="auditor-1")
        signed = str(self.browser.do("evaluate", script="document.querySelector('details pre').textContent"))
        for part in (f"{over.year}-Q{(over.month + 2) // 3}", "auditor-1", "異常なし。", "断られた接続が1件"):
            self.assertIn(part, signed)
        self.is_quiet()


class BoxesAreClaimedByThePages(BrowserTest):
    @classmethod
    def claim(cls) -> None:
        """By the test."""

    def test_whoever_has_the_secret_on_the_label_becomes_the_first_administrator(self) -> None:
        self.is_refused(self.keys.tenant("karte").terminal("desk-1"), "box_unclaimed")
        self.browser.do("renew")
        self.browser.open()
        self.browser.follow("新しい装置に最初の管理者を登録する")
        self.browser.fill("氏名と役職", "佐藤 院長")
        claims(self.browser, self.first, "wxyz-wxyz-wxyz-wxyz")
        self.browser.sees("account.refused")
        self.assertEqual(self.browser.do("value", label="氏名と役職"), "佐藤 院長")
        claims(self.browser, self.first, LABEL)
        enrols(self.browser, self.first)
        self.browser.enters(self.first, self.first.next_code())
        self.browser.sees("正常に動いています", 30)
        self.open()
        self.cloud.accept()
        self.browser.sees("いま1件の接続があります。")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
