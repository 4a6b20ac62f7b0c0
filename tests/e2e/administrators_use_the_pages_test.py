"""Administrators run the box by its pages, in a real browser (ADM-11, WLS-04): they sign in, look, change the configuration,
end a session; the pages are accessible, in both languages, on wide and narrow screens, and no script that somebody stored runs."""

import json
import unittest
from contextlib import suppress

from lab.people import totp
from lab.waiting import wait_for
from support.browser import SHOTS
from support.browser_test import BrowserTest
from support.change_page import loaded, stages

_PAGES = ("overview", "connections", "refusals", "terminals", "rules", "certificates", "network", "cuts", "isolation", "changes", "history", "maintenance", "records", "reviews", "backups",
          "accounts", "own", "help")
_SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"


class AdministratorsUseThePages(BrowserTest):
    def test_a_wrong_second_factor_is_refused_and_a_right_one_signs_in(self) -> None:
        self.browser.do("renew")
        self.browser.open()
        self.enters("000000")
        self.browser.sees("サインインできませんでした")
        self.browser.fill("アカウント名", "ｆｉｒｓｔ")
        self.browser.do("blur", label="アカウント名")
        self.browser.sees("入力を「first」に直しました。")
        self.enters(self.first.next_code())
        self.browser.sees("正常に動いています")
        self.browser.click("サインアウト")
        self.browser.sees("サインアウトしました")
        self.is_quiet()

    def test_the_overview_says_in_a_sentence_how_the_box_is(self) -> None:
        self.comes_in()
        self.open()
        self.cloud.accept()
        self.browser.sees("正常に動いています。いま1件の接続があります。")
        path = self.browser.text(".path")
        for place in ("端末", "この装置", "回線", "クラウド"):
            self.assertIn(place, path)
        self.browser.click("English")
        self.browser.sees("Everything works. Connections now: 1.")
        self.is_quiet()

    def test_a_session_is_ended_by_hand_and_by_its_terminals_name(self) -> None:
        self.comes_in()
        self.open()
        self.cloud.accept()
        self.browser.go("connections")
        self.browser.sees("desk-1")
        self.browser.click("接続一覧", "link")
        self.browser.do("shows", role="row", name="desk-1", exact=False)
        for language in ("English", "日本語"):
            self.browser.click(language)
            wide = "document.querySelector('.long').scrollWidth - document.querySelector('.long').clientWidth"
            self.assertEqual(self.browser.do("evaluate", script=wide), 0, f"{language}: all that is done to a connection is in sight")
        session = self.browser.do("evaluate", script="document.querySelector('.long tbody button').getAttribute('aria-label')").split()[2].rstrip(":")
        self.browser.click(f"desk-1 の接続 {session} を切断")
        self.browser.sees("切断は元に戻せませんが")
        self.browser.click("切断", within="dialog")
        self.browser.sees("入力したことばが違います。")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.fill("確かめるために「desk-1」", "desk-1", within="dialog")
        self.browser.click("切断", within="dialog")
        self.browser.sees("接続を切断しました。")
        self.wait_record("session.closed", 10, reason="aborted_by_admin", session=int(session))
        self.browser.sees("いま接続はありません。")
        self.is_quiet()

    def _staged(self, text: str, reason: str) -> None:
        loaded(self.browser)
        stages(self.browser, text, reason)

    def test_a_change_is_prepared_checked_applied_and_confirmed(self) -> None:
        self.comes_in()
        near, far = self.open(self.terminal(name="desk-2")), self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        before = self.site.tree["tenants"][0]["terminals"]
        tree = json.loads(json.dumps(self.site.tree))
        tree["tenants"][0]["terminals"] = [one for one in before if one["name"] != "desk-2"]
        self._staged("# 端末の廃棄\n" + json.dumps(tree, indent=1), "desk-2 を廃棄")
        self.browser.sees("区画「karte」の端末「desk-2」を削除します")
        self.browser.sees("1件が切断されます")
        self.browser.do("shot", path=str(SHOTS / "change-checked.png"))
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.click("適用して確認を待つ")
        self.browser.sees("適用しました。正しく動くことを確かめて", 40)
        self.wait_record("session.closed", 30, reason="rule_removed", terminal="desk-2")
        self.browser.do("shot", path=str(SHOTS / "change-applied.png"))
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.click("時間を延ばす")
        self.browser.sees("いまから5分に延ばしました。")
        self.browser.click("確定する")
        self.browser.sees("この変更は確定しました。", 40)
        self.wait_record("change.confirmed", 30)
        self.is_quiet()

    def test_a_page_that_is_loaded_anew_shows_what_waits_and_cannot_confirm_it(self) -> None:
        self.comes_in()
        self._staged("# もう一度\n" + json.dumps(self.site.tree, indent=1), "<b>読み込み直し</b>")
        self.browser.click("適用して確認を待つ")
        self.browser.sees("適用しました。正しく動くことを確かめて", 40)
        self.browser.do("reload")
        self.browser.sees("確定用のことばは、適用した画面だけが持っています。")
        self.browser.go("overview")
        self.browser.sees("が確定を待っています。")
        self.browser.go("changes")
        self.browser.sees("確定を待っている変更があります")
        self.browser.do("evaluate", script="document.querySelector('main .notice a.button').click()")
        self.browser.click("元に戻す")
        self.browser.fill("理由", "もう一度行う", within="dialog")
        self.browser.click("元に戻す", within="dialog")
        self.browser.sees("この変更は元に戻りました。", 40)
        self.is_quiet()

    def test_every_page_is_accessible_in_both_languages_on_wide_and_narrow_screens(self) -> None:
        self.comes_in()
        self.open()
        self.cloud.accept()
        wrong: list[str] = []
        for language in ("日本語", "English"):
            self.browser.click(language)
            for page in _PAGES:
                self.browser.go(page)
                wait_for(f"the page {page}", lambda: self.browser.do("count", selector=".loading") == 0 or None, 20)
                for width in (1440, 360):
                    self.browser.do("size", width=width)
                    self.browser.do("shot", path=str(SHOTS / f"{page}-{'ja' if language == '日本語' else 'en'}-{width}.png"))
                    wrong += [f"{page} {width}: {one}" for one in self.browser.do("axe")]
                    wide = self.browser.do("evaluate", script="document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    wrong += [f"{page} {width}: {wide} pixels beside the screen"] if wide > 0 else []
                self.browser.do("size", width=1440)
        self.assertEqual(wrong, [])
        self.is_quiet()

    def test_the_pages_before_sign_in_are_accessible_too(self) -> None:
        wrong: list[str] = []
        for width in (1440, 360):
            self.browser.do("renew", width=width)
            for page, heading in (("", "サインイン"), ("enrol", "アカウントを使い始める"), ("claim", "最初の管理者を登録する")):
                self.browser.open(page)
                self.browser.do("shows", role="heading", name=heading)
                self.browser.do("shot", path=str(SHOTS / f"{page or 'sign_in'}-ja-{width}.png"))
                wrong += self.browser.do("axe")
        self.assertEqual(wrong, [])

    def test_somebody_enrols_with_a_code_that_an_administrator_hands_over(self) -> None:
        self.comes_in()
        self.browser.go("accounts")
        self.browser.fill("アカウント名", "clerk-1", within="form")
        self.browser.fill("氏名", _SCRIPT[:120], within="form")
        self.browser.click("作成して登録コードを表示")
        self.browser.sees("clerk-1 の登録コード")
        code = self.browser.text("dialog output")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.click("渡しました。閉じる")
        self.browser.sees(_SCRIPT[:30])
        self.browser.click("サインアウト")
        self.browser.click("登録コードでアカウントを使い始める", "link")
        self.browser.sees("手順 1 / 3")  # the page left behind has a field of the same name
        self.browser.fill("アカウント名", "clerk-1")
        self.browser.fill("登録コード", code)
        self.browser.click("次へ")
        self.browser.sees("QRコードを読み取ってください")
        self.browser.do("shot", path=str(SHOTS / "enrol-qr.png"))
        self.assertEqual(self.browser.do("axe"), [])
        secret = str(self.browser.do("evaluate", script="document.querySelector('details code').textContent")).replace(" ", "")
        self.browser.fill("新しいパスワード", "violet tractor humming")
        self.browser.fill("新しいパスワード(確認)", "violet tractor humming")
        now = int(self.browser.do("evaluate", script="Date.now()")) // 30_000
        self.browser.fill("認証アプリの確認コード", totp(secret, now))
        self.browser.click("登録する")
        self.browser.sees("回復コード")
        self.assertEqual(self.browser.do("count", selector=".codes li"), 10)
        self.browser.click("保管しました。サインインへ進む")
        self.browser.do("shows", role="heading", name="サインイン")
        self.is_quiet()

    def test_what_a_role_may_not_do_is_not_offered(self) -> None:
        viewer = self.made("viewer-1", "viewer")
        self.browser.comes_in(viewer)
        pages = self.browser.text("nav")
        for absent in ("遮断", "バックアップ", "利用者と権限", "変更の確認と適用"):
            self.assertNotIn(absent, pages)
        self.browser.go("accounts")
        self.browser.sees("この役割(閲覧者)では、この画面を使えません。")
        self.browser.go("terminals")
        self.browser.sees("利用できます")
        self.assertTrue(self.browser.do("lacks", role="button", name="端末 desk-1 を停止"))
        self.is_quiet()

    def test_enter_that_ends_a_conversion_of_kana_sends_nothing(self) -> None:
        self.browser.do("renew")
        self.browser.open()
        self.browser.sees("サインインする")
        enter = "document.querySelector('form input').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: %s, bubbles: true, cancelable: true}))"
        self.assertEqual([self.browser.do("evaluate", script=enter % is_converting) for is_converting in ("true", "false")], [False, True])

    def test_whoever_does_nothing_is_warned_and_signed_out(self) -> None:
        self.browser.do("renew")
        self.browser.do("clock")
        self.browser.open()
        self.browser.sees("サインイン")
        self.enters(self.first.next_code())
        self.browser.do("shows", role="heading", name="概要")
        self.browser.do("pass", seconds=485)
        self.browser.sees("まもなくサインアウトします")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.click("続ける")
        self.browser.do("pass", seconds=300)
        self.assertEqual(self.browser.do("count", selector="dialog"), 0)
        self.browser.do("pass", seconds=310)
        self.browser.sees("しばらく操作がなかったため、サインアウトしました。")
        self.wait_record("account.session_ended", 10, reason="signed_out")

    def test_to_cut_everything_off_a_word_is_typed_and_it_is_undone_at_once(self) -> None:
        self.comes_in()
        self.browser.go("cuts")
        self.browser.do("pick", label="範囲", value="everything")
        self.browser.click("遮断する")
        self.browser.fill("理由", "ウイルスの疑い", within="dialog")
        self.browser.click("遮断する", within="dialog")
        self.browser.sees("入力したことばが違います。")
        self.assertEqual(self.browser.do("axe"), [])
        self.browser.fill("確かめるために", "すべて遮断", within="dialog")
        self.browser.click("遮断する", within="dialog")
        self.browser.sees("「すべて」を遮断しました。")
        self.wait_record("cut.made", 10)
        self.browser.click("元に戻す")
        self.browser.sees("「すべて」の遮断を解除しました。")
        self.wait_record("cut.undone", 10)
        self.browser.go("overview")
        self.browser.sees("正常に動いています")

    def test_what_there_is_to_cut_off_is_offered(self) -> None:
        self.comes_in()
        self.browser.go("cuts")
        offered = "[...document.querySelectorAll('datalist')].flatMap((list) => [...list.options].map((one) => one.value))"
        wait_for("the names", lambda: {"karte", "desk-1"} <= set(self.browser.do("evaluate", script=offered)) or None, 10)
        self.browser.do("pick", label="範囲", value="service")
        self.assertEqual(self.browser.do("evaluate", script=offered), ["karte", "raw"])

    def test_a_backup_that_nobody_could_open_is_not_offered(self) -> None:
        self.comes_in()
        self.browser.go("backups")
        self.browser.sees("開ける人が登録されていないため、作成できません。")
        self.assertTrue(self.browser.do("lacks", role="button", name="今すぐ作成する"))
        self.browser.click("変更の確認と適用", "link", within="main")
        self.browser.do("shows", role="heading", name="変更の確認と適用")
        self.is_quiet()

    def test_who_is_logged_off_is_told_so(self) -> None:
        self.comes_in()
        self.lab.box.strike("controld")
        self.browser.sees("サインインが終了しました。", 40)

    def test_a_terminal_is_blocked_and_let_in_again_by_undo(self) -> None:
        self.comes_in()
        self.browser.go("terminals")
        self.browser.click("端末 desk-1 を停止")
        self.browser.fill("理由", _SCRIPT[:100], within="dialog")
        self.browser.click("停止", within="dialog")
        self.browser.sees("端末「desk-1」を停止しました。")
        self.browser.sees("停止中")
        with suppress(OSError):
            self.open()
        self.wait_record("session.refused", 10, reason="terminal_blocked")
        self.browser.click("元に戻す")
        self.browser.sees("端末「desk-1」を再開しました。")
        self.open()
        self.cloud.accept()
        self.browser.go("records")
        self.browser.sees("alert(1)")
        self.assertEqual(self.browser.do("told")["dialogs"], 0, "no script that was stored runs")

    def test_the_pages_come_under_a_policy_that_lets_nothing_else_in(self) -> None:
        anybody = self.somebody("")
        anybody.options = ("--compressed",)
        page = anybody.ask("GET", "/", root="")
        self.assertEqual((page.status, page.headers["cache-control"], page.headers["content-encoding"]), (200, "no-store", "gzip"))
        policy = page.headers["content-security-policy"]
        for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            self.assertIn(part, policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(page.headers["x-frame-options"], "DENY")
        self.assertIn("default-src 'none'", self.first.ask("GET", "/session").headers["content-security-policy"])
        self.browser.do("renew")
        self.browser.open()
        script = str(self.browser.do("evaluate", script="document.querySelector('script').src")).removeprefix(self.browser.origin)
        loaded = anybody.ask("GET", script, root="")
        self.assertIn("immutable", loaded.headers["cache-control"])
        again = anybody.ask("GET", script, root="", headers={"If-None-Match": loaded.headers["etag"]})
        self.assertEqual((again.status, again.body), (304, ""))
        self.assertEqual(anybody.ask("GET", "/assets/other.js", root="").status, 404)



if __name__ == "__main__":
    unittest.main()
