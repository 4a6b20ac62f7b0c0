"""A support file is made from the page, watched, looked into, taken along and opened by the vendor with openssl; nothing in it names the
clinic, its terminals, its people, its addresses or its clouds. It can be given up, and who may not make one is told so."""

import re
import subprocess
import tarfile
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml
from lab.waiting import wait_for
from support.browser_test import BrowserTest
from support.recipients import Recipient, give_backups
from support.site import Site

# Words of the box's own that a configuration holds as well.
_OURS = re.compile(r"(on|off|all|\d.*|lan\d*|wan\d*|mgmt\d*|terminate|alert|HIGH-1[23]|p256|p384|refuse_terminal|before-tls|inside-tls|never|widening)")


def _texts(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return {text for value in tree.values() for text in _texts(value)}
    if isinstance(tree, list):
        return {text for value in tree for text in _texts(value)}
    return {tree} if isinstance(tree, str) else set()


class SupportFilesNameNobody(BrowserTest):
    recipients: dict[str, Recipient]

    @classmethod
    def shape(cls, site: Site) -> Site:
        cls.recipients = give_backups(site, cls.folder, cls.folder.parent / "home", 4)
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.made("kitamura", "viewer", source=cls.desk(40))

    def _real_names(self) -> set[str]:
        tree = yaml.safe_load((self.folder / "site.yaml").read_text())
        found = {text for text in _texts(tree) if not _OURS.fullmatch(text)}
        addresses = {text.split("/")[0] for text in _texts(tree) if re.fullmatch(r"[\d.]+\.\d+(/\d+)?|[0-9a-f:]+:[0-9a-f:]*(/\d+)?", text)}
        return (found | addresses | {"kitamura"}) - set(self.recipients)  # "clinic" and "vendor" are words of the box as well

    def _listed(self) -> list[Any]:
        return list(self.comes(self.first).ask("GET", "/bundles").json["bundles"])

    def _opened(self, taken: Path) -> dict[str, str]:
        """As the vendor opens it."""
        tar = taken.with_suffix("")
        vendor = self.recipients["vendor"]
        subprocess.run(["openssl", "cms", "-decrypt", "-inform", "DER", "-in", str(taken), "-recip", str(vendor.certificate), "-inkey", str(vendor.key),
                        "-out", str(tar)], check=True, capture_output=True)
        with tarfile.open(tar) as archive:
            return {one.name: archive.extractfile(one).read().decode() for one in archive.getmembers()}  # type: ignore[union-attr]

    def test_one_is_made_watched_looked_into_taken_along_and_opened(self) -> None:
        near, far = self.open(), self.cloud.accept()  # so that records name a terminal
        near.close()
        far.close()
        self.wait_record("session.closed", 10)
        self.comes_in()
        self.browser.go("support")
        self.browser.sees("開ける人: clinic, vendor")
        self.browser.click("作成を始める")
        self.browser.sees("の作成を始めました。")
        self.browser.sees("ダウンロードして、保守業者に渡してください。", 60)
        number = self._listed()[-1]["bundle"]
        self.browser.click("configuration.yaml の中身を見る")
        self.browser.sees("tenant-1")
        self.assertNotIn("karte", self.browser.text("dialog pre"))
        self.browser.click("閉じる")
        self.assertEqual(self.looks_right("support"), [])
        taken = self.folder.parent / "taken.tar.cms"
        name = self.browser.download(f"サポート用ファイル {number} をダウンロード", taken)
        self.assertRegex(name, r"^sekisho-support-\d{8}-\d{8}-\d{4}\.tar\.cms$")
        self.wait_record("bundle.exported", 10, administrator="first")
        files = self._opened(taken)
        self.assertIn("session.closed", files["records.jsonl"])
        self.assertEqual([one["file"] for one in self._listed()[-1]["files"] if one["state"] == "done"], list(files))
        for real in sorted(self._real_names()):
            at = re.compile(rf"(?<![0-9A-Za-z]){re.escape(real)}(?![0-9A-Za-z])")
            for file, text in files.items():
                with self.subTest(real, file=file):
                    self.assertIsNone(at.search(text), text[:2000])
        self.assertNotIn("PRIVATE KEY", "".join(files.values()))
        self.is_quiet()

    def test_the_clinic_knows_what_stands_for_whom(self) -> None:
        self._made()
        said = self.first.ask("GET", f"/bundles/{self._listed()[-1]['bundle']}/pseudonyms").json["pseudonyms"]
        self.assertIn({"pseudonym": "tenant-1", "name": "karte"}, said)
        self.comes_in()
        self.browser.go("support")
        self.browser.sees("仮の名前が指すもの")

    def _made(self, **wish: Any) -> None:
        self.comes(self.first)
        self.assertEqual(self.first.ask("POST", "/bundles", {"scope": ["configuration", "changes"], **wish}).status, 202)
        wait_for("the support file", lambda: all(one["state"] != "collecting" for one in self._listed()) or None, 30)

    def test_it_is_removed_from_the_page_after_a_question(self) -> None:
        self._made(strict=True)
        number = self._listed()[-1]["bundle"]
        self.comes_in()
        self.browser.go("support")
        self.browser.click(f"サポート用ファイル {number} を削除")
        self.browser.fill("確かめるために", str(number), within="dialog")
        self.browser.click("削除", within="dialog")
        self.browser.sees(f"サポート用ファイル {number} を削除しました。")
        self.assertNotIn(number, [one["bundle"] for one in self._listed()])
        self.wait_record("bundle.removed", 10, administrator="first")
        self.is_quiet()

    def test_who_may_not_make_one_is_told_so(self) -> None:
        viewer = self.made("looks", "viewer", source=self.desk(41))
        self.assertEqual(viewer.ask("GET", "/bundles").code, "account.forbidden")
        self.assertEqual(viewer.ask("POST", "/bundles", {"scope": ["status"]}).code, "account.forbidden")


if __name__ == "__main__":
    unittest.main()
