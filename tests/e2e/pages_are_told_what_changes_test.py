"""Pages that show what goes on are told of it by the box, and ask by themselves while it does not tell (decision 0041)."""

import unittest

from lab.waiting import wait_for
from support.browser import SHOTS
from support.browser_test import BrowserTest
from support.tls_pipe import TlsPipe

_ASKS = "装置からの知らせが届かないため、"


class PagesAreToldWhatChanges(BrowserTest):
    def _questions(self, path: str) -> int:
        """How often the page has asked for it since it was loaded."""
        script = f"performance.getEntriesByType('resource').filter((one) => one.name.includes('/api/v1/{path}')).length"
        return int(self.browser.do("evaluate", script=script))

    def _is_told(self) -> None:
        """What is on the page has come by the WebSocket."""
        wait_for("the box to tell", lambda: _ASKS not in self.browser.text("main") or None, 30)

    def _asks_no_more(self) -> int:
        """How often it has asked for the connections, once it is told of them."""
        def still() -> int | None:
            before = self._questions("connections")
            self.browser.do("waits", seconds=6)
            return before if self._questions("connections") == before else None
        return wait_for("the page to ask no more", still, 30)

    def test_connections_come_and_go_without_a_question(self) -> None:
        self.comes_in()
        self.browser.go("connections")
        self.browser.sees("いま接続はありません。")
        asked = self._asks_no_more()
        near, far = self.open(), self.cloud.accept()
        self.browser.sees("desk-1", 5)
        near.close()
        far.close()
        self.browser.sees("いま接続はありません。", 5)
        self.assertEqual(self._questions("connections"), asked)
        self.browser.go("overview")
        self.browser.sees("正常に動いています。いま接続はありません。")
        asked = self._asks_no_more()
        near, far = self.open(), self.cloud.accept()
        self.browser.sees("いま1件の接続があります。", 5)
        self._draws_what_passes(near, far)
        self.assertEqual(self._questions("connections"), asked)
        self.assertNotIn(_ASKS, self.browser.text("main"))
        self.is_quiet()

    def _draws_what_passes(self, near: TlsPipe, far: TlsPipe) -> None:
        """And says it in a table, for whoever does not see the chart."""
        self.browser.do("evaluate", script="[...document.querySelectorAll('summary')].find((one) => one.textContent === '1分ごとの平均').click()")
        self.browser.do("waits", seconds=5)
        near.send(b"x" * 2_000_000)
        far.receive_exactly(2_000_000)
        wait_for("the table to tell of it", lambda: "kB/秒" in self.browser.text("main details[open] table") or None, 15)
        self.assertEqual([self.browser.do("count", selector=f".chart path.{line}[d^=M]") for line in ("up", "down")], [1, 1])
        self.browser.do("shot", path=str(SHOTS / "traffic-ja-1440.png"))
        self.browser.click("グラフを止める")
        self.browser.sees("グラフを動かす")

    def _presses_first(self, words: str) -> None:
        self.browser.do("evaluate", script=f"[...document.querySelectorAll('main button')].find((one) => one.textContent === '{words}').click()")

    def test_a_list_that_is_held_counts_what_is_new_and_what_is_pinned_outlives_its_end(self) -> None:
        self.comes_in()
        self.browser.go("connections")
        near, far = self.open(), self.cloud.accept()
        self.browser.sees("desk-1")
        self._presses_first("固定")
        self.browser.sees("固定を外す")
        self.browser.click("一覧を止める")
        second, its_end = self.open(), self.cloud.accept()
        self.browser.sees("新しい接続 1件を加える")
        self.browser.sees("1件を表示しています(全2件)。")
        near.close()
        far.close()
        self.browser.sees("終了")
        self.browser.click("新しい接続 1件を加える")
        self.browser.sees("新しい接続 0件を加える")
        self.browser.click("一覧を動かす")
        self.browser.sees("終了")
        self._presses_first("固定を外す")
        self.browser.sees("1件を表示しています(全1件)。")
        self.assertNotIn("終了", self.browser.text("main table"))
        second.close()
        its_end.close()
        self.browser.sees("いま接続はありません。")
        self.is_quiet()

    def test_a_page_that_is_not_told_asks_and_says_how_old_it_is(self) -> None:
        self.comes_in()
        self.browser.go("connections")
        self.browser.sees("いま接続はありません。")
        self._is_told()
        self.lab.box.strike("webd")
        self.browser.sees(_ASKS, 30)
        self.assertEqual(self.browser.do("axe"), [])
        self.open()
        self.cloud.accept()
        self.browser.sees("desk-1")
        self._is_told()

    def test_whoever_did_nothing_is_told_so_although_the_box_was_the_first_to_end_it(self) -> None:
        # What a page is told keeps no session, so that the box's ten minutes may be over before the page's.
        self.browser.do("renew")
        self.browser.do("clock")
        self.browser.open()
        self.browser.sees("サインイン")
        self.enters(self.first.next_code())
        self.browser.do("shows", role="heading", name="概要")
        self.browser.do("pass", seconds=485)
        self.browser.sees("まもなくサインアウトします")
        ended = self.comes(self.first).ask("DELETE", f"/accounts/{self.first.name}/sessions")
        self.assertEqual(ended.status, 204, ended)
        self.browser.do("pass", seconds=120)
        self.browser.sees("しばらく操作がなかったため、サインアウトしました。")


if __name__ == "__main__":
    unittest.main()
