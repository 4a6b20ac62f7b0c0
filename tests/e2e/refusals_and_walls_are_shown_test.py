"""What the box refuses is shown by device and reason with what to do (IDS-01), and the tenants with the walls between them and their
last proof (GOV-05, ISO-09), in Japanese and English, on wide and narrow screens; a viewer sees the same."""

import json
import socket
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from lab.pki import Credential
from lab.waiting import wait_for
from support.administrator import Json
from support.browser import SHOTS
from support.browser_test import BrowserTest
from support.site import IMAGING, KARTE
from support.tls_pipe import Truncated

_STRANGER = "10.11.1.66"


class RefusalsAndWallsAreShown(BrowserTest):
    TENANTS = (KARTE, IMAGING)
    WRONG_CERTIFICATES = True

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        namespaces.add_address(str(cls.lab.namespace("clinic-karte")), "lan0", f"{_STRANGER}/24")

    # --- what is refused

    def _comes_amiss(self, credential: Credential | None, source: str = "") -> None:
        with suppress(OSError, Truncated):
            pipe = self.open(self.terminal_with(credential), source=source)
            while pipe.receive():
                pass

    def _is_refused_in_many_ways(self) -> None:
        own = self.keys.tenant("karte")
        for _ in range(2):
            self._comes_amiss(own.wrong("wrong-ca"), _STRANGER)
        self._comes_amiss(self.keys.tenant("imaging").terminal("desk-1"))
        self._comes_amiss(own.wrong("expired"))
        self._comes_amiss(own.wrong("unknown"))
        self.lab.box.records.wait(self.mark, 10, event="session.refused", reason="policy_unknown_terminal")
        door = self.door()
        with namespaces.socket_in(self.lab.namespace("clinic-karte"), socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.bind((_STRANGER, 0))
            sender.sendto(b"?", (door.address, 161))
        self.wait_record("packet.refused", destination_port=161)
        blocked = self.comes(self.first).ask("POST", "/terminals/karte/desk-2/block", {"reason": "lost"})
        self.assertEqual(blocked.status, 204)
        self._comes_amiss(own.terminal("desk-2"))
        self.wait_record("session.refused", reason="terminal_blocked")
        self.assertEqual(self.first.ask("POST", "/terminals/karte/desk-2/unblock", {"reason": "found"}).status, 204)

    def _listed(self, **filters: str) -> list[Json]:
        asked = "&".join(f"{name}={value}" for name, value in filters.items())
        said = self.comes(self.first).ask("GET", f"/refusals?{asked}")
        self.assertEqual(said.status, 200, said)
        return list(said.json["refusals"])

    # --- what is seen

    def _looks(self, page: str, words: dict[str, tuple[str, ...]]) -> None:
        """At the page in both languages, on both screens."""
        wrong: list[str] = []
        for language, texts in words.items():
            self.browser.click(language)
            self.browser.go(page)
            for text in texts:
                self.browser.sees(text)
            for width in (1440, 360):
                self.browser.do("size", width=width)
                self.browser.do("shot", path=str(SHOTS / f"{page}-full-{'ja' if language == '日本語' else 'en'}-{width}.png"))
                wrong += [f"{page} {width}: {one}" for one in self.browser.do("axe")]
                wide = self.browser.do("evaluate", script="document.documentElement.scrollWidth - document.documentElement.clientWidth")
                wrong += [f"{page} {width}: {wide} pixels beside the screen"] if wide > 0 else []
            self.browser.do("size", width=1440)
        self.browser.click("日本語")
        self.assertEqual(wrong, [])

    # --- tests

    def test_what_is_refused_is_shown_by_device_and_reason_with_what_to_do(self) -> None:
        self._is_refused_in_many_ways()
        stranger = wait_for("the refusals", lambda: [one for one in self._listed(tenant="karte") if one.get("source") == _STRANGER and
                                                     one["reason"] == "certificate_untrusted"])[0]
        self.assertGreaterEqual(stranger["count"], 2)
        self.assertEqual([one["reason"] for one in self._listed(terminal="desk-2")], ["terminal_blocked"])
        self.comes_in()
        self._looks("refusals", {
            "日本語": ("この区画で信用している認証局の証明書ではありません", "別の区画の端末か、知らない機器です。", "端末の証明書の期限が切れています",
                       "待ち受けていないアドレスかポートあてです", "止めた理由がなくなっていれば、「機器」の画面で再開してください。", _STRANGER),
            "English": ("Its certificate is of no authority that this tenant trusts", "It is another tenant’s terminal or a stranger.",
                        "The terminal’s certificate has expired", "Nothing listens there", "If the reason is gone, unblock it in “Terminals”.")})
        self._leads_to_the_terminal_and_the_records()
        self.is_quiet()

    def _leads_to_the_terminal_and_the_records(self) -> None:
        self.browser.go("refusals")
        self.browser.fill("端末", "desk-2")
        self.browser.click("探す")
        self.browser.sees("1種類、合わせて1回の拒否があります")
        self.browser.follow("desk-2 の「端末の証明書が停止されています」の記録を探す")
        self.browser.do("shows", role="heading", name="ログ・操作履歴")
        self.browser.sees("1件を表示しています。")
        self.browser.sees("terminal_blocked")
        self.browser.sees("理由: 端末の証明書が停止されています")
        self.browser.go("refusals")
        self.browser.follow("機器 desk-2 を開く")
        self.browser.do("shows", role="heading", name="機器")
        self.browser.sees("desk-2")
        self.assertEqual(self.browser.do("evaluate", script="[...document.querySelectorAll('tbody tr')].filter((row) => row.textContent.includes('desk-1')).length"), 0)

    def test_a_viewer_sees_why_a_device_is_refused(self) -> None:
        self._comes_amiss(self.keys.tenant("karte").wrong("expired"))
        self.wait_record("session.refused", reason="certificate_expired")
        self.browser.comes_in(self.made("looks-1", "viewer"))
        self.browser.go("refusals")
        self.browser.sees("端末の証明書の期限が切れています")
        self.assertEqual(self.browser.do("count", selector="main a[href^='#/records']"), 0, "records are not a viewer's")
        self.is_quiet()

    def _proves_it_by_the_page(self) -> None:
        """Once at a time, and the record says who asked (LOG-01)."""
        self.comes_in()
        self.browser.go("isolation")
        self.browser.click("今すぐ検証する")
        self.browser.sees("検証しています。")
        again = self.comes(self.first).ask("POST", "/isolation", {})
        self.assertEqual((again.status, again.json["code"]), (409, "diagnosis.under_way"))
        record = self.wait_record("isolation.proved", 300)
        self.assertEqual((record["administrator"], record["role"]), (self.first.name, "clinic_admin"))
        self.browser.sees("不合格も不明もありません。")

    def test_the_tenants_are_shown_with_the_walls_between_them_and_their_proof(self) -> None:
        self._proves_it_by_the_page()
        doors = self.comes(self.first).ask("GET", "/rules").json["doors"]
        self.assertEqual([(one["tenant"], one["segment"], one["address"], one["port"], one["services"]) for one in doors],
                         [("karte", "lan0", "10.11.1.1", 9000, ["raw"]), ("imaging", "lan1", "10.12.1.1", 9000, ["raw"])])
        self.comes_in()
        self._looks("isolation", {"日本語": ("区画の地図", "lan0", "10.12.1.1:9000", "raw.karte.cloud.example:9000", "合格"),
                                  "English": ("Map of the tenants", "lan1", "Held")})
        self.browser.sees("不合格も不明もありません。")
        self.browser.do("evaluate", script="document.querySelector('main details summary').click()")
        self.browser.sees("区画 imaging の待ち受け")
        untold = "[...document.querySelectorAll('main details tbody td:nth-of-type(5) [lang=en]')].map((one) => one.textContent)"
        self.assertEqual(self.browser.do("evaluate", script=untold), [])
        walls = json.loads(self.browser.do("evaluate", script="JSON.stringify([...[...document.querySelectorAll('caption')].find((one) => "
                                                              "one.textContent === '区画の間の壁').parentElement.querySelectorAll('tbody tr')].map((row) => "
                                                              "[...row.querySelectorAll('.cell')].map((cell) => cell.textContent.trim())))"))
        self.assertEqual([(row[0], row[1], row[2]) for row in walls], [("imaging", "karte", "✓合格"), ("karte", "imaging", "✓合格")])
        self.assertTrue(all(int(row[3]) >= 2 for row in walls), walls)
        self.assertEqual((self.browser.do("count", selector=".side"), self.browser.do("count", selector=".wall.good")), (2, 1))
        self.browser.do("media", media="print")
        self.browser.do("shot", path=str(SHOTS / "isolation-print.png"))
        self.browser.do("media", media="screen")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
