"""Evidence is made from the page of what the box observed, shown item by item of each edition, taken along, and checked by an auditor who has
nothing of the box but its key's fingerprint (GOV-01 to GOV-03). What changes on the box changes the cells that speak of it."""

import json
import os
import shutil
import subprocess
import tarfile
import unittest
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support.browser import BUILT, SHOTS
from support.browser_test import BrowserTest

_BIN = Path(os.environ["GW_BIN"])
_PAPERS = BUILT.parent / "evidence"  # kept to be looked at


class EvidenceIsMadeAndChecked(BrowserTest):
    def _asks(self, method: str, path: str, body: Any = None) -> Any:
        said = self.comes(self.first).ask(method, path, body)
        self.assertLess(said.status, 300, said)
        return said.json if said.body else None

    def _comes_and_goes(self) -> None:
        near, far = self.open(), self.cloud.accept()
        near.close()
        far.close()
        self.wait_record("session.closed", 10)

    def _tries_everything(self) -> None:
        """What must not work, and all services."""
        for path in ("/isolation", "/diagnosis"):
            self._asks("POST", path, {})
        wait_for("the proof", lambda: self.first.ask("GET", "/isolation").status == 200, 120)
        wait_for("the trials", lambda: self._asks("GET", "/diagnosis").get("ended"), 60)

    def _facts(self, number: int) -> dict[str, Any]:
        document = json.loads(self._asks("GET", f"/evidence/{number}")["document"])
        return {one["fact"]: one for one in document["findings"]}

    def _made(self) -> int:
        return int(self._asks("POST", "/evidence", {})["evidence"])

    def _signer(self, number: int) -> str:
        return str(wait_for("the signature", lambda: self._asks("GET", f"/evidence/{number}").get("signer"), 30))

    def _verifies(self, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(_BIN / "sekisho-evidence-verify"), "--lang", "en", *options, str(folder)], capture_output=True, text=True)

    def _checks(self, folder: Path, *command: str) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def _printed(self, folder: Path, name: str) -> str:
        """As somebody prints the page to PDF; its words."""
        beside = folder.parent / "evidence-printed"
        beside.mkdir(exist_ok=True)
        pdf = beside / name.replace(".html", ".pdf")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={beside}/chromium",
                        f"--print-to-pdf={pdf}", (folder / name).as_uri()], check=True, capture_output=True, timeout=120)
        return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout

    def test_it_is_made_shown_taken_along_and_checked(self) -> None:
        self._comes_and_goes()
        self._tries_everything()
        self.comes_in()
        self.browser.go("evidence")
        self.browser.sees("gl-7.0")
        self.browser.click("今の状態で作成")
        self.browser.sees("署名済み", 30)
        self.assertEqual(self.looks_right("evidence"), [])
        number = int(self._asks("GET", "/evidence")["evidence"][0]["evidence"])
        self.browser.click(f"証跡 {number} を表示", "link")
        self.browser.sees("分離の確認の結果")
        self.assertEqual(self.looks_right("evidence-facts"), [])
        self.browser.click("医療情報システムの安全管理に関するガイドライン システム運用編 第6.0版", "tab")
        self.browser.sees("この文書には、より新しい版があります。")
        self.assertEqual(self.looks_right("evidence-paper"), [])
        facts = self._facts(number)
        for fact in ("isolation.proved", "tls.endpoints", "tls.versions", "records.chain", "accounts.factors"):
            with self.subTest(fact):
                self.assertEqual(facts[fact]["state"], "shown", facts[fact])
        self.assertEqual(facts["whitelist.rules"]["state"], "by_design", "what is configured is not said to be observed")
        self.assertEqual(facts["incidents.contacts"]["state"], "unknown", "the box claims what it does not know")
        self._is_checked_by_an_auditor(number)
        self.is_quiet()

    def _is_checked_by_an_auditor(self, number: int) -> None:
        taken = self.folder.parent / "evidence.tar"
        self.assertRegex(self._downloads(number, taken), r"^sekisho-evidence-\d{8}-\d{8}-\d{4}\.tar$")
        self.wait_record("evidence.exported", 10, administrator="first")
        folder = _PAPERS
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tarfile.open(taken) as archive:
            archive.extractall(folder)
        signer = self._signer(number)
        self.assertEqual(self._verifies(folder, "--signer", signer).returncode, 0, self._verifies(folder, "--signer", signer))
        self.assertEqual(self._verifies(taken).returncode, 2, "nobody said whose key it is")
        self._checks(folder, str(_BIN / "sekisho"), "evidence", "verify", str(folder), "--signer", signer)
        self._checks(folder, "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "proof.pem", "-rawin", "-in", "proof.json",
                     "-sigfile", "proof.sig")
        self.assertIn("W1", (folder / "proof.json").read_text(), "the proof itself, not its digest alone")
        self.assertIn("中継方式の同意書", self._printed(folder, "form-consent-1.html"))
        self.assertIn("確認者", self._printed(folder, next(folder.glob("form-boundary-*.html")).name))
        self._checks(folder, "sha256sum", "--check", "--strict", "sha256sums.txt")
        self._checks(folder, "openssl", "dgst", "-sha256", "-verify", "signer.pem", "-signature", "seal.sig", "seal.txt")
        self.assertIn("rules", (folder / "facts.csv").read_text("utf-8-sig"))
        for name, item in (("paper-pgl-1.1-t41.html", "II-4"), ("paper-soumu-2018.html", "(9)")):
            self.assertIn(item, self._printed(folder, name))
        self.assertEqual(self._verifies(folder, "--signer", "00" * 32).returncode, 1)
        page = folder / "paper-cl-r7.html"
        page.write_text(page.read_text().replace("要確認", "確認済み", 1) + " ")
        changed = self._verifies(folder)
        self.assertEqual(changed.returncode, 1)
        self.assertIn("paper-cl-r7.html", changed.stdout)

    def test_the_forms_are_opened_and_printed(self) -> None:
        self.comes_in()
        number = self._made()
        forms = {one["form"]: one for one in json.loads(self._asks("GET", f"/evidence/{number}")["document"])["forms"]}
        self.assertIn("consent-1", forms)
        self.browser.go(f"evidence/{number}/forms")
        for form in forms.values():
            self.browser.do("shows", role="link", name=form["title"]["ja"])
        self.assertEqual(self.looks_right("evidence-forms"), [])
        self.browser.click(forms["consent-1"]["title"]["ja"], "link")
        self.browser.do("shows", role="heading", name=forms["consent-1"]["title"]["ja"])
        shown = self.browser.text(".paper")
        for words in [*(one["ja"] for one in forms["consent-1"]["says"] + forms["consent-1"]["blanks"]), *(cell for row in forms["consent-1"]["table"]["rows"] for cell in row)]:
            self.assertIn(words, shown)
        self.assertEqual(self.looks_right("evidence-form"), [])
        self.browser.do("media", media="print")
        self.browser.do("shot", path=str(SHOTS / "evidence-form-printed.png"))
        seen = "(at) => getComputedStyle(document.querySelector(at)).visibility"
        self.assertEqual([self.browser.do("evaluate", script=f"({seen})('{at}')") for at in (".paper", ".blank", "nav.pages")], ["visible", "visible", "hidden"])
        self.browser.do("media", media="screen")
        self.browser.go(f"evidence/{number}/forms/nothing-such")
        self.browser.sees("その画面はありません。")
        self.is_quiet()

    def _downloads(self, number: int, path: Path) -> str:
        self.browser.go("evidence")
        self.browser.sees("署名済み")
        return self.browser.download(f"証跡 {number} の書類一式をダウンロード", path)

    def test_what_changes_on_the_box_changes_the_cells_that_speak_of_it(self) -> None:
        before = self._facts(self._made())
        self._asks("POST", "/cuts", {"what": "terminal", "tenant": "karte", "name": "desk-2", "reason": "lost"})
        after = self._facts(self._made())
        self._asks("POST", "/cuts/undo", {"what": "terminal", "tenant": "karte", "name": "desk-2", "reason": "found"})
        self.assertEqual((before["isolation.cuts"]["state"], after["isolation.cuts"]["state"]), ("shown", "attention"))
        same = [fact for fact in before if before[fact]["state"] == after[fact]["state"]]
        self.assertEqual(sorted(set(before) - set(same)), ["isolation.cuts"])

    def test_when_a_cloud_is_gone_the_cells_that_speak_of_its_endpoint_say_so(self) -> None:  # last: it does not come back
        self._tries_everything()
        before = self._facts(self._made())
        ended = self._asks("GET", "/diagnosis")["ended"]
        self.cloud.close()
        self._asks("POST", "/diagnosis", {})
        wait_for("the trials", lambda: self._asks("GET", "/diagnosis").get("ended") not in (None, ended), 60)
        after = self._facts(self._made())
        other = {fact for fact in before if before[fact]["state"] != after[fact]["state"]}
        self.assertEqual(other, {"services.diagnosis", "tls.endpoints", "whitelist.names"})
        for fact in other:
            self.assertEqual((before[fact]["state"], after[fact]["state"]), ("shown", "attention"), fact)
        self.assertIn("接続できない (", str(after["tls.endpoints"]["table"]), "what people read is no id alone")


if __name__ == "__main__":
    unittest.main()
