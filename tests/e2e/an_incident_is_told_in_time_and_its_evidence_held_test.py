"""An incident is opened by the page, its time of detection corrected, and its clocks move; evidence of it is frozen, taken along and checked
by somebody who has nothing of the box; nothing removes the records of its time until a second person lets go of them; notices are drafted
and printed with what the box knows (INC-01, INC-03, INC-04)."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import unittest
from contextlib import ExitStack, closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support.administrator import Administrator
from support.browser import BUILT
from support.browser_test import BrowserTest

_BIN = Path(os.environ["GW_BIN"])
_TAKEN = BUILT.parent / "incident"  # kept to be looked at
_JAPAN = timezone(timedelta(hours=9))


def _local(hours_ago: float) -> str:
    """As a field for a time has it."""
    return (datetime.now(_JAPAN) - timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M")


class AnIncidentIsToldInTimeAndItsEvidenceHeld(BrowserTest):
    auditor: Administrator
    approver: Administrator

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.auditor = cls.made("auditor-1", "auditor", source=cls.desk(31))
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))

    def _asks(self, who: Administrator, method: str, path: str, body: Any = None) -> Any:
        said = self.comes(who).ask(method, path, body)
        self.assertLess(said.status, 300, said)
        return said.json if said.body else None

    def _shown(self) -> Any:
        return self._asks(self.approver, "GET", "/incidents/1")

    def _clock(self, name: str) -> Any:
        return next(one for one in self._shown()["incident"][0]["clocks"] if one["clock"] == name)

    def test_from_the_first_minute_to_its_end(self) -> None:
        near, far = self.open(), self.cloud.accept()
        near.close()
        far.close()
        self.wait_record("session.closed", 10)
        self.comes_in()
        self._is_opened()
        self._is_corrected()
        self._is_frozen()
        self._is_drafted()
        self._warns_on_the_overview()
        self._is_taken_along_and_checked()
        self._is_held_until_somebody_else_lifts_it()
        self._is_closed()
        self.is_quiet()

    def _is_opened(self) -> None:
        self.browser.go("incidents")
        self.browser.sees("登録された事故はありません。")
        self.browser.click("登録して期限を数え始める")
        self.browser.sees("入力してください")
        self.browser.fill("概要", "往診用のノートPCが盗まれた")
        self.browser.fill("発生日時", _local(30))
        self.browser.fill("検知日時", _local(1))
        for clock in ("サービス事業者から院内への通知(検知から72時間)", "個人情報保護委員会への速報(おおむね3〜5日以内)", "サービス事業者から院内への通知(発生から24時間)"):
            self.browser.click(clock, "checkbox")
        self.browser.click("登録して期限を数え始める")
        self.browser.sees("事故 1 を登録しました。")
        self.assertEqual(self.looks_right("incidents"), [])
        self.browser.click("事故 1 を表示", "link")
        self.browser.sees("期限超過")
        self.assertEqual(self.looks_right("incident"), [])
        self.wait_record("incident.opened", 10, administrator="first")
        self.wait_record("incident.clock_missed", 90, name="service.24h.occurred")

    def _is_corrected(self) -> None:
        before = self._clock("service.72h.detected")["ends"]
        self.browser.do("evaluate", script="document.querySelector('main details summary').click()")
        self.browser.fill("日時", _local(5), within="form")
        self.browser.fill("誰が何によって知らせたか", "看護師長。前日夕方の申し送り", within="form")
        self.browser.click("時刻を登録・訂正", within="form")
        self.browser.sees("時刻を登録しました。期限を計算し直しました。")
        after = self._clock("service.72h.detected")["ends"]
        moved = datetime.fromisoformat(before.replace("Z", "+00:00")) - datetime.fromisoformat(after.replace("Z", "+00:00"))
        self.assertEqual(round(moved / timedelta(hours=1)), 4)
        self.assertEqual([one["what"] for one in self._shown()["entries"] if one["kind"] == "stated"].count("detected"), 2, "the one before stays")

    def _is_frozen(self) -> None:
        self.browser.click("証拠を今すぐ凍結")
        self.browser.sees("として凍結しました。", 30)
        self.wait_record("incident.frozen", 10, administrator="first")
        wait_for("the signature", lambda: self._shown()["evidence"][0]["signed"], 60)

    def _is_drafted(self) -> None:
        self.browser.click("個人情報保護委員会(速報)", "link")
        self.browser.sees("記入待ち")
        self.browser.sees("往診用のノートPCが盗まれた")
        self.assertEqual(self.looks_right("incident-draft"), [])

    def _warns_on_the_overview(self) -> None:
        self.browser.go("")
        self.browser.sees("事故 1 の報告期限を過ぎています。すぐに報告してください。")

    def _is_taken_along_and_checked(self) -> None:
        number = self._shown()["evidence"][0]["evidence"]
        self.assertEqual(self.comes(self.first).ask("GET", f"/incidents/1/evidence/{number}/file").status, 403, "records go with an auditor")
        self.assertEqual(self.comes(self.auditor).ask("GET", f"/evidence/{number}/file").status, 409)
        self.browser.comes_in(self.auditor)
        self.browser.go("incidents/1")
        self.browser.fill("渡す相手", "所轄警察署")
        taken = self.folder.parent / "incident.tar"
        self.browser.download(f"証拠 {number} を持ち出す", taken)
        self.wait_record("incident.taken", 10, administrator="auditor-1", destination="所轄警察署")
        shutil.rmtree(_TAKEN, ignore_errors=True)
        _TAKEN.mkdir(parents=True)
        with tarfile.open(taken) as archive:
            archive.extractall(_TAKEN)
        signer = next(one["signer"] for one in self.comes(self.auditor).ask("GET", "/evidence").json["evidence"] if one["evidence"] == number)
        self._checks(str(_BIN / "sekisho-evidence-verify"), "--lang", "en", "--signer", signer, str(_TAKEN))
        self._checks(str(_BIN / "sekisho-log-verify"), "--lang", "en", "--signer", signer, "records.jsonl")
        self._checks("sha256sum", "--check", "--strict", "sha256sums.txt")
        self.assertIn("session.closed", (_TAKEN / "records.jsonl").read_text())
        self.assertIn("凍結した人: first", (_TAKEN / "custody.txt").read_text())
        words = self._printed("notice-ppc.first.html")
        self.assertIn("記入待ち", words)
        self.assertIn("往診用のノート", words)
        records = (_TAKEN / "records.jsonl").read_text()
        (_TAKEN / "records.jsonl").write_text(records.replace("session.closed", "session.opened", 1))
        self.assertEqual(subprocess.run([str(_BIN / "sekisho-evidence-verify"), str(_TAKEN)], capture_output=True).returncode, 1)

    def _checks(self, *command: str) -> None:
        done = subprocess.run(command, cwd=_TAKEN, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def _printed(self, name: str) -> str:
        """As somebody prints the page to PDF; its words."""
        pdf = _TAKEN.parent / "incident-printed.pdf"
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={self.folder.parent}/chromium",
                        f"--print-to-pdf={pdf}", (_TAKEN / name).as_uri()], check=True, capture_output=True, timeout=120)
        return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout

    def _remove(self) -> None:
        """As whoever works on the store itself; nothing of it stays."""
        place = self.lab.box.run_folder / "state" / "records" / "records.db"
        for _ in range(20):
            # Its keeper holds it alone, so whoever wants at it has to be there in the moment after its end.
            self.lab.box.strike("controld")
            try:
                with closing(sqlite3.connect(place, timeout=0.01, isolation_level=None)) as store:
                    store.execute("BEGIN")
                    store.execute("DROP TRIGGER records_are_never_removed")
                    try:
                        store.execute("DELETE FROM records WHERE number = (SELECT min(number) FROM records)")
                    finally:
                        store.execute("ROLLBACK")
                return
            except sqlite3.OperationalError:
                continue
        self.fail("nobody got at the store")

    def _is_held_until_somebody_else_lifts_it(self) -> None:
        number = self._shown()["evidence"][0]["evidence"]
        with self.assertRaisesRegex(sqlite3.IntegrityError, "held for an incident"):
            self._remove()
        self.wait_until_administered()
        refused = self.comes(self.first).ask("POST", f"/incidents/1/evidence/{number}/lift", {"reason": "over"})
        self.assertEqual(refused.status, 403)
        self.browser.comes_in(self.approver)
        self.browser.go("incidents/1")
        self.browser.click(f"証拠 {number} の保持を解除")
        self.browser.fill("理由", "警察に渡し、調査が終わった", within="dialog")
        self.browser.click("保持を解除", within="dialog")
        self.browser.sees("保持を解除しました。")
        self.wait_record("incident.lifted", 10, administrator="approver-1")
        self._remove()
        self.wait_until_administered()

    def _is_closed(self) -> None:
        refused = self.comes(self.first).ask("POST", "/incidents/1/close", {"reason": "over"})
        self.assertEqual(refused.status, 409, "a clock runs about which nobody was told")
        for clock in [one["clock"] for one in self._shown()["incident"][0]["clocks"]]:
            self._asks(self.first, "POST", "/incidents/1/reports", {"clock": clock, "note": "電話と受付フォーム"})
        self._asks(self.first, "POST", "/incidents/1/close", {"reason": "対応が終わった"})
        self.assertTrue(self._shown()["incident"][0]["is_closed"])
        self.assertEqual(self._clock("service.24h.occurred")["standing"], "late")


if __name__ == "__main__":
    unittest.main()
