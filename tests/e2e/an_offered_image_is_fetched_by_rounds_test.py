"""UPD-01: an image that the operations centre offers comes to the box by the agent's rounds, a piece at a time, goes on where the line or the power
was cut, and counts only by the digest of its order; it is installed when an administrator says so, or in the window that the site chose. What
sekisho-slot tells is written here in its place: the program itself runs on the appliance alone."""

import datetime
import hashlib
import random
import unittest
from pathlib import Path

from lab.waiting import wait_for
from support.administrator import Json
from support.keyboard_test import KeyboardTest
from support.ordered_box import OrderedBox

_MIB = 1024 * 1024
_RUNS = "version 2026.12\nslot a\ntrial no\n"
_JST = datetime.timezone(datetime.timedelta(hours=9))


class FetchingBox(OrderedBox):
    """An appliance, as far as it says."""

    def setUp(self) -> None:
        super().setUp()
        self.slot_tells(_RUNS)

    def slot_tells(self, text: str) -> None:
        (self.lab.box.run_folder / "update.new").write_text(text, encoding="ascii")
        (self.lab.box.run_folder / "update.new").replace(self.lab.box.run_folder / "update")

    def bundle(self, octets: int) -> Path:
        """Nothing that RAUC would take, of that size; another one each time."""
        path = self.kit.folder / "bundle"
        path.write_bytes(random.randbytes(octets))
        return path

    def offers(self, version: str, bundle: Path) -> tuple[str, str]:
        """The order, and the digest of what it offers."""
        order = self.make("update", version, "--bundle", str(bundle))
        self.becomes(order, "waits")
        return order, hashlib.sha256(bundle.read_bytes()).hexdigest()

    @property
    def here(self) -> Path:
        return self.lab.box.run_folder / "state/records/image/sekisho.raucb"

    @property
    def word(self) -> Path:
        """What the image's own unit looks for."""
        return self.lab.box.run_folder / "install"

    def update(self) -> Json:
        return self.asks("GET", "/update")

    def fetch_becomes(self, fetch: str, digest: str) -> Json:
        return wait_for(f"{digest} to be {fetch}", lambda: (said := self.update()).get("fetch") == fetch and said["image"] == digest and said or None, 120)

    def declines(self, order: str) -> None:
        self.asks("POST", f"/noc/orders/{order}/decline", {"reason": "by a stick"}, 204)

    def has_more_than(self, octets: int) -> int:
        return wait_for(f"more than {octets} octets", lambda: (has := self.update().get("image_here", 0)) > octets and has or None, 60)


class AnOfferedImageIsFetchedByRounds(FetchingBox):
    def test_1_it_comes_over_several_rounds_whatever_is_cut_and_is_installed_when_an_administrator_says_so(self) -> None:
        bundle = self.bundle(16 * _MIB)
        order, digest = self.offers("2027.01", bundle)
        first = self.has_more_than(_MIB)
        self.assertEqual(self.update()["image_size"], 16 * _MIB)
        refused = self.comes(self.first).ask("POST", "/update/install", {"reason": "too early"})
        self.assertEqual((refused.status, refused.code), (409, "update.none_fetched"))
        self.kit.stop_one("nginx")
        stopped = self.has_more_than(first - 1)
        self.kit.start_edge()
        second = self.has_more_than(stopped + _MIB)
        self.lab.box.kill()
        self.lab.box.start()
        self.wait_until_administered()
        self.assertGreaterEqual(self.has_more_than(0), stopped, "it goes on where it was")
        self.assertGreater(second, stopped)
        self.fetch_becomes("whole", digest)
        self.assertEqual(self.here.read_bytes(), bundle.read_bytes())
        self.assertEqual(self.wait_record("update.fetched")["sha256"], digest)
        self.assertFalse(self.word.exists(), "nobody has consented")
        self.asks("POST", "/update/install", {"reason": "after hours"}, 202)
        self.assertEqual(self.word.read_text(), f"{digest}\n")
        record = self.wait_record("update.install")
        self.assertEqual((record["administrator"], record["reason"], record["sha256"]), ("first", "after hours", digest))
        self.slot_tells(f"{_RUNS}stage waiting\nof b\nbecause \nbundle {digest}\n")
        wait_for("the file to go, since the slot has it", lambda: not self.here.exists(), 30)
        self.slot_tells(f"version 2027.01\nslot b\ntrial no\nstage kept\nof b\nbecause \nbundle {digest}\n")
        self.assertEqual(self.becomes(order, "done")["by"], "first")
        self.withdraw_all()
        self.word.unlink()

    def test_2_one_changed_octet_at_the_edge_is_not_the_image(self) -> None:
        bundle = self.bundle(300_000)
        handed = bytearray(bundle.read_bytes())
        handed[200_000] ^= 1
        digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
        order = self.make("update", "2027.02", "--bundle", str(bundle))
        (self.kit.etc / "images" / digest).write_bytes(handed)
        self.fetch_becomes("unfit", digest)
        self.assertFalse(self.here.exists())
        self.assertEqual(self.wait_record("update.not_fetched")["reason"], "unfit")
        self.assertEqual(self.comes(self.first).ask("POST", "/update/install", {"reason": "now"}).code, "update.none_fetched")
        self.assertFalse(self.word.exists())
        self.declines(order)
        self.withdraw_all()

    def test_3_what_the_edge_does_not_have_waits_and_rounds_go_on(self) -> None:
        digest = "a" * 64
        order = self.make("update", "2027.03", "--sha256", digest)
        self.fetch_becomes("fetching", digest)
        self.two_rounds()
        self.assertEqual(self.update()["image_here"], 0)
        self.assertEqual(self.asks("GET", "/noc")["state"], "told")
        self.declines(order)
        wait_for("nothing to be fetched", lambda: "fetch" not in self.update(), 30)
        self.withdraw_all()

    def test_4_in_the_window_of_the_site_it_is_installed_by_itself(self) -> None:
        now = datetime.datetime.now(_JST)
        window = f"{now:%H:%M}-{now + datetime.timedelta(hours=5):%H:%M}"
        windowed = self.told.changed()
        windowed.tree["update"] = {"window": window}
        published = self.lab.box.publish(windowed.write(self.folder / "windowed.yaml"))
        self.assertTrue(published.accepted, published.text)
        _, digest = self.offers("2027.04", self.bundle(300_000))
        wait_for("the word for the unit", self.word.exists, 120)
        self.assertEqual(self.word.read_text(), f"{digest}\n")
        record = self.wait_record("update.install", sha256=digest)
        self.assertEqual(record["reason"], f"the window {window} is open")
        self.assertNotIn("administrator", record)
        self.withdraw_all()
        self.word.unlink()


class TheClinicInstallsByTheKeysAlone(FetchingBox, KeyboardTest):
    def test_an_image_that_was_fetched_is_installed(self) -> None:
        order, digest = self.offers("2027.05", self.bundle(300_000))
        self.fetch_becomes("whole", digest)
        self.signs_in(self.first)
        self.goes_to("装置・更新")
        self.browser.sees("取得が終わり、案内されたイメージと一致することを確かめました。")
        self.escapes("イメージを書き込む", "イメージを書き込む")
        self.types("理由", "診療が終わったため")
        with self.does("update.install"):
            self.press("Enter")
            self.browser.sees("書き込みを指示しました。")
        self.no_dialogue()
        self.assertEqual(self.looks_right("update-fetched"), [])
        self.assertEqual(self.order(order)["by"], "first")  # type: ignore[index]
        self.word.unlink()


if __name__ == "__main__":
    unittest.main()
