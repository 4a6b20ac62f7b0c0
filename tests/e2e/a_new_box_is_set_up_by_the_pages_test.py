"""A box that nobody has claimed is set up by its pages, from the label to the report that is handed over (ADM-04). What the box can find
out itself it judges by what it is; what it was told outlives the end of whoever keeps it; the report is what the box is, and its digest
is in the records."""

import hashlib
import json
import os
import signal
import subprocess
import unittest
from pathlib import Path

from lab import command
from lab.waiting import wait_for
from support.administered_box import LABEL
from support.administrator import Json
from support.browser_test import BrowserTest
from support.claim_page import claims, enrols

_TRIED = 300  # seconds: until all that must not work has been tried
_STEPS = ["language", "identity", "administrator", "time", "network", "noc", "site", "test", "report"]


def _spoken_by_openssl(certificate: Path) -> tuple[str, str]:
    """Serial number and fingerprint."""
    said = subprocess.run(["openssl", "x509", "-in", str(certificate), "-noout", "-serial", "-fingerprint", "-sha256"], check=True,
                          capture_output=True, text=True).stdout
    serial, fingerprint = (line.split("=")[1].replace(":", "").lower() for line in said.splitlines())
    return serial, fingerprint


class ANewBoxIsSetUpByThePages(BrowserTest):
    @classmethod
    def claim(cls) -> None:
        """By the test."""

    def test_1_the_box_is_compared_with_its_label_and_claimed(self) -> None:
        serial, fingerprint = _spoken_by_openssl(self.folder / "pki/management/box.pem")
        self.browser.do("renew")
        self.browser.open()
        self.browser.follow("新しい装置に最初の管理者を登録する")
        self.browser.sees(" ".join(fingerprint[at:at + 4] for at in range(0, 64, 4)))
        self.assertIn(serial, self.browser.text("main").lower())
        self.assertEqual(self.looks_right("setup-claim"), [])
        self.browser.fill("氏名と役職", "佐藤 院長")
        claims(self.browser, self.first, LABEL)
        enrols(self.browser, self.first)
        self.browser.enters(self.first, self.first.next_code())
        self.browser.do("shows", role="heading", name="概要")
        wait_for("the box to let sessions begin", lambda: self.lab.box.status()["sessions_begin"], 30)

    def test_2_one_step_follows_another_and_a_cable_that_is_out_holds_them_up(self) -> None:
        self.browser.follow("初期設定が終わっていません。")
        self.browser.do("shows", role="heading", name="言語")
        early = self.comes(self.first).ask("POST", "/setup/steps/noc", {"stated": "later"})
        self.assertEqual((early.status, early.code), (409, "setup.out_of_order"))
        self._line("down")
        self._presses("この言語で続ける")
        self.browser.do("shows", role="heading", name="本体の確認")
        self.assertEqual(self.looks_right("setup-identity"), [])
        self._presses("見比べて、一致しました")
        self.browser.do("shows", role="heading", name="日時")
        self._presses("装置の時刻は正しい")
        self.browser.do("shows", role="heading", name="ネットワーク")
        self.browser.sees("差込口「wan0」は、ケーブルの先から応答がありません。")
        self.assertEqual(self.looks_right("setup-network"), [])

    def test_3_what_was_done_outlives_the_end_of_whoever_keeps_it(self) -> None:
        before = self._steps()
        self.assertEqual([one["step"] for one in before if one["state"] == "open"], ["network"])
        old = self.lab.box.own_pid("controld")
        os.kill(old, signal.SIGKILL)
        wait_for("another controld", lambda: self.lab.box.own_pid("controld") not in (0, old), 30)
        self.wait_until_administered()
        self.assertEqual(self._steps(), before)
        self.browser.comes_in(self.first)
        self.browser.follow("初期設定が終わっていません。")
        self.browser.sees("差込口「wan0」は、ケーブルの先から応答がありません。")
        self._line("up")
        self.browser.sees("設定に監視センターがありません。", 30)
        self._presses("あとで登録する")
        self.browser.sees("同意した保守業者の会社と氏名を入力してください。")
        self.browser.fill("同意した保守業者の会社と氏名", "青空メンテナンス 田中")
        self.assertEqual(self.looks_right("setup-noc"), [])
        self._presses("あとで登録する")

    def test_4_everything_is_tried_and_the_report_is_what_the_box_is(self) -> None:
        self.browser.sees("いまの設定では、分離をまだ確認していません。")
        self.assertEqual(self.looks_right("setup-test"), [])
        self._presses("すべて試す")
        self.browser.sees("first さんの依頼で検証しています。")
        self.assertEqual(self.looks_right("setup-test-under-way"), [])
        self._presses("検証を中止")
        self.browser.sees("検証を中止しました。合格にはなりません。")
        self.wait_record("isolation.unproven", 10, result="given_up")
        self._presses("すべて試す")
        self.browser.do("sees", text="作れるのは一度だけです。", timeout=_TRIED * 1000)
        self._presses("報告書を作る")
        self.browser.do("shows", role="dialog", name="設置完了報告書")
        self.assertEqual(self.browser.do("axe"), [])
        self._presses("報告書を作る")
        self.browser.sees("この報告書のダイジェスト")
        said = self._report()
        record = self.wait_record("setup.finished", 10, administrator="first")
        self.assertEqual(said["sha256"], hashlib.sha256(said["report"].encode()).hexdigest())
        self.assertEqual(record["sha256"], said["sha256"])
        self._is_what_the_box_is(json.loads(said["report"]), said["sha256"])
        self.assertEqual(self.looks_right("setup-report"), [])

    def test_5_it_is_shown_again_as_it_was_and_nothing_waits_any_more(self) -> None:
        before = self._report()
        self._line("down")
        try:
            again = self.comes(self.first).ask("POST", "/setup/report")
            self.assertEqual((again.status, again.code), (409, "setup.over"))
            self.assertEqual(self._report(), before)
        finally:
            self._line("up")
        self.browser.go("overview")
        self.browser.sees("対応が必要なことはありません。")
        self.browser.go("setup")
        self.browser.sees(before["sha256"])
        self.is_quiet()

    # --- what the tests are made of

    def _presses(self, words: str) -> None:
        """By the keyboard alone."""
        self.browser.do("shows", role="button", name=words)
        self.browser.tab_to(words)
        self.browser.do("press", key="Enter")

    def _line(self, state: str) -> None:
        command.run("ip", "-n", str(self.lab.namespace("cloud")), "link", "set", "wan0", state)

    def _steps(self) -> list[Json]:
        steps: list[Json] = self.comes(self.first).ask("GET", "/setup").json["steps"]
        self.assertEqual([one["step"] for one in steps], _STEPS)
        return steps

    def _report(self) -> Json:
        return dict(self.comes(self.first).ask("GET", "/setup/report").json)

    def _is_what_the_box_is(self, report: Json, digest: str) -> None:
        serial, fingerprint = _spoken_by_openssl(self.folder / "pki/management/box.pem")
        self.assertEqual((report["device"]["serial"].lower(), report["device"]["sha256"]), (serial, fingerprint))
        status, proof = (self.comes(self.first).ask("GET", path).json for path in ("/status", "/isolation"))
        self.assertEqual((report["site"], report["by"], report["generation"]), ("e2e", "first", status["generation"]))
        self.assertEqual([report["proof"][one] for one in ("held", "broken", "unproven")], [status["held"], 0, 0])
        self.assertEqual(report["proof"]["held"], len(proof["cases"]))
        wan = next(port for port in report["network"]["ports"] if port["side"] == "wan")
        self.assertEqual((wan["state"], wan["addresses"], wan["gateways"]), ("up", ["198.51.100.2/24"], ["198.51.100.1"]))
        self.assertEqual([(one["tenant"], one["service"], one["terminals"]) for one in report["rules"]], [("karte", "raw", ["desk-1", "desk-2"])])
        self.assertEqual([(one["service"], one["outcome"]) for one in report["test"]["services"]], [("raw", "finished")])
        self.assertEqual([one["by"] for one in report["steps"] if "by" in one], ["first"] * 4)
        page = self.browser.text("main")
        for text in (digest, "e2e", "198.51.100.2/24", "desk-1", "raw", "あとで登録する(同意: 青空メンテナンス 田中)"):
            self.assertIn(text, page)


if __name__ == "__main__":
    unittest.main()
