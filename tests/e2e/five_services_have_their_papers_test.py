"""A clinic that uses five services has the papers for them: what each vendor has to answer, what each mode is agreed to by, who answers
for what, what a plan to go on working has to know; each is printed whole by the browser that a clinic has (GOV-02, BAK-06, NET-07). One
of them can be handed on without the others, and is no less the box's."""

import os
import re
import shutil
import subprocess
import tarfile
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from lab.waiting import wait_for
from support import administered_box, five_services
from support.browser import BUILT
from support.five_services import STAND_INS, USES
from support.site import Site

_VERIFY = Path(os.environ["GW_BIN"]) / "sekisho-evidence-verify"
_PAPERS = BUILT.parent / "papers-of-five"  # kept to be looked at
_PAPER, _MARGIN = 595.3, 15 / 25.4 * 72  # points: A4 is so wide, and so wide its pages' margins are
_WORD = re.compile(r'<word xMin="([0-9.]+)" yMin="[0-9.]+" xMax="([0-9.]+)"[^>]*>([^<]*)<')


class FiveServicesHaveTheirPapers(five_services.FiveServices, administered_box.AdministeredBox):
    TENANTS = five_services.FiveServices.TENANTS
    number: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        cls.raise_box()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.take_down()

    @classmethod
    def shape(cls, site: Site) -> Site:
        return super(five_services.FiveServices, cls).shape(super().shape(site))

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.first = cls.somebody("first")
        cls.wait_until_administered()
        cls.claim()
        for path in ("/isolation", "/diagnosis"):
            cls.comes(cls.first).ask("POST", path, {})
        wait_for("the proof", lambda: cls.first.ask("GET", "/isolation").status == 200, 180)
        wait_for("the trials", lambda: cls.comes(cls.first).ask("GET", "/diagnosis").json.get("ended"), 180)
        made = cls.comes(cls.first).ask("POST", "/evidence", {})
        assert made.status == 201, made
        cls.number = int(made.json["evidence"])
        wait_for("the signature", cls._signer, 30)
        cls._unpack(_PAPERS)

    @classmethod
    def _signer(cls) -> str:
        return str(cls.comes(cls.first).ask("GET", f"/evidence/{cls.number}").json.get("signer") or "")

    @classmethod
    def _unpack(cls, folder: Path, papers: str = "") -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        archive = folder.parent / f"{folder.name}.tar"
        cls.comes(cls.first).take(f"/evidence/{cls.number}/file" + (f"?papers={papers}" if papers else ""), archive)
        with tarfile.open(archive) as members:
            members.extractall(folder)

    def _says(self, name: str) -> str:
        return (_PAPERS / f"{name}.html").read_text().replace("<wbr>", "")

    def _verified(self, folder: Path, *options: str) -> int:
        return subprocess.run([str(_VERIFY), *options, "--signer", self._signer(), str(folder)], capture_output=True).returncode

    def test_each_use_has_its_consent_and_each_vendor_his_questions(self) -> None:
        consents = [self._says(f"form-consent-{n}") for n in range(1, len(USES) + 1)]
        for use in USES:
            self.assertEqual(sum(f">karte/{use.name}<" in text for text in consents), 1, use.name)
        for row in STAND_INS:
            with self.subTest(row.profile):
                self.assertIn("ホスト名", self._says(f"form-questions-{row.profile}"))

    def test_a_plan_to_go_on_working_finds_each_service_with_its_unit(self) -> None:
        plan = self._says("form-continuity")
        for use in USES:
            self.assertIn(f"karte/{use.name}", plan)
        for said in ("7 世代", "35 世代", "8 世代", "日"):
            self.assertIn(said, plan)

    def test_one_paper_is_handed_on_without_the_others(self) -> None:
        part = _PAPERS.parent / "papers-of-five-part"
        self._unpack(part, "form-continuity,paper-mds-5.0")
        names = {one.name for one in part.iterdir()}
        self.assertEqual(names, {"form-continuity.html", "paper-mds-5.0.html", "paper-mds-5.0.csv", "sha256sums.txt", "seal.txt",
                                 "seal.sig", "signer.pem"})
        self.assertEqual(self._verified(_PAPERS), 0)
        self.assertEqual((self._verified(part), self._verified(part, "--part")), (1, 0))
        self.wait_record("evidence.exported", 10, detail="form-continuity,paper-mds-5.0")
        refused = self.comes(self.first).ask("GET", f"/evidence/{self.number}/file?papers=paper-none")
        self.assertEqual(refused.status, 422)
        self.assertIn("form-continuity", refused.json["detail"], "nobody said which there are")

    def test_each_page_is_printed_with_every_glyph_and_cut_nowhere(self) -> None:
        for page in sorted(_PAPERS.glob("*.html")):
            with self.subTest(page.name):
                pdf = self._printed(page)
                boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
                words = _WORD.findall(boxes)
                self.assertGreater(len(words), 20)
                for left, right, word in words:
                    self.assertTrue(float(left) >= _MARGIN - 1 and float(right) <= _PAPER - _MARGIN + 1, f"{word} at {left} to {right}")
                    self.assertNotIn("\ufffd", word)
                fonts = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
                self.assertTrue(fonts)
                for font in fonts:
                    self.assertRegex(font, r" yes +(yes|no) +yes +[0-9]+ +[0-9]+$", "a font is not in the file, or not readable")

    @staticmethod
    def _printed(page: Path) -> Path:
        pdf = page.parent.parent / "papers-of-five-printed" / f"{page.stem}.pdf"
        pdf.parent.mkdir(exist_ok=True)
        subprocess.run(["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={pdf.parent}/chromium", f"--print-to-pdf={pdf}", page.as_uri()],
                       check=True, capture_output=True, timeout=120)
        return pdf


if __name__ == "__main__":
    unittest.main()
