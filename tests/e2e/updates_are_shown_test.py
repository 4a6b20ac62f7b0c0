"""Which image the box runs and what becomes of a new one is shown (UPD-01), in Japanese and English, on wide and narrow screens; it is
tried when an administrator says so, and who did is in the records. What sekisho-slot tells is written here in its place: the program
itself runs on the appliance alone (new_image_is_tried_once_test.py)."""

import datetime
import unittest
from pathlib import Path

from lab.waiting import wait_for
from support.browser_test import BrowserTest
from support.site import KARTE, Site

_JST = datetime.timezone(datetime.timedelta(hours=9))
_RUNS = "version 0.1.0\nslot a\ntrial no\n"
_WAITS = _RUNS + "stage waiting\nof b\nbecause \n"
_FELL_BACK = "version 0.1.0\nslot a\ntrial no\nfallback\n"
_BACK = "version 0.1.0\nslot a\ntrial no\nstage given_up\nof b\nbecause isolation is broken\n"


class UpdatesAreShown(BrowserTest):
    TENANTS = (KARTE,)

    window: str

    @classmethod
    def shape(cls, site: Site) -> Site:
        """With a window that is not open while the test runs."""
        begin = datetime.datetime.now(_JST) + datetime.timedelta(hours=6)
        cls.window = f"{begin:%H}:00-{begin:%H}:59"
        site.tree["update"] = {"window": cls.window}
        return super().shape(site)

    @property
    def _folder(self) -> Path:
        return self.lab.box.run_folder

    def _tells(self, text: str) -> None:
        (self._folder / "update.new").write_text(text, encoding="ascii")
        (self._folder / "update.new").replace(self._folder / "update")
        self.wait_record("update.told")

    def test_box_of_no_image_says_so(self) -> None:
        (self._folder / "update").unlink(missing_ok=True)
        self.browser.comes_in(self.first)
        self.browser.go("update")
        self.browser.sees("コンピューターに直接インストールされたプログラム")
        self.browser.sees("登録のない機種です。")
        self.browser.sees("自分では消せません。")
        said = self.comes(self.first).ask("POST", "/update/restart", {"reason": "no image"})
        self.assertEqual((said.status, said.code), (409, "update.none_waiting"))

    def test_new_image_is_tried_when_somebody_says_so(self) -> None:
        self._tells(_WAITS)
        self.browser.comes_in(self.first)
        self.browser.go("update")
        self.browser.sees("新しいイメージを b 側に書き込みました。次の再起動で試します。")
        self.browser.sees(f"{self.window} の間に、自動で再起動して試します。")
        self.assertEqual(self.looks_right("update"), [])
        self.browser.click("再起動して試す")
        self.browser.click("再起動して試す", within="dialog")
        self.browser.sees("理由: 入力してください。")
        self.assertFalse((self._folder / "restart").exists())
        self.browser.fill("理由", "診療が終わったため", within="dialog")
        self.browser.click("再起動して試す", within="dialog")
        self.browser.sees("再起動を指示しました。")
        wait_for("the order for the machine's own unit", (self._folder / "restart").exists)
        record = self.wait_record("update.restart")
        self.assertEqual((record["administrator"], record["reason"]), (self.first.name, "診療が終わったため"))
        (self._folder / "restart").unlink()

    def test_update_that_was_given_up_says_why_and_nobody_restarts_for_it(self) -> None:
        self._tells(_BACK)
        self.browser.comes_in(self.first)
        self.browser.go("update")
        self.browser.sees("元のイメージに戻りました。保守業者に知らせてください。")
        self.browser.sees("分離が破れています")
        self.assertTrue(self.browser.do("lacks", role="button", name="再起動して試す"))

    def test_box_that_runs_in_the_place_of_its_first_choice_says_so(self) -> None:
        self._tells(_FELL_BACK)
        self.browser.comes_in(self.first)
        self.browser.go("update")
        self.browser.sees("優先する側が起動できなかったため、もう一方の側で動いています。")

    def test_whoever_may_only_look_is_not_asked(self) -> None:
        self._tells(_WAITS)
        viewer = self.made("viewer-2", "viewer")
        self.browser.comes_in(viewer)
        self.browser.go("update")
        self.browser.sees("次の再起動で試します。")
        self.assertTrue(self.browser.do("lacks", role="button", name="再起動して試す"))


if __name__ == "__main__":
    unittest.main()
