"""A terminal that was enrolled from the pages stores DICOM images through the box, and is blocked from the pages while it stores more: the
transfer ends at once, nothing of it is let in again, and taking the block back lets it send (LAN-01, CRT-04)."""

import threading
import unittest
from contextlib import ExitStack

from lab import images
from lab.cloud import Cloud
from lab.pki import Credential
from lab.services.archive import Archive
from lab.terminals import Outcome
from lab.waiting import wait_for
from support import est_device, site_ca
from support.browser_test import BrowserTest
from support.site import DICOM, RAW, Site, TenantSpec

_MANY = "2000"  # times that it stores what it has


class ATerminalEnrolledFromThePagesSendsImages(BrowserTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW, DICOM)),)
    archive: Archive
    device: Credential

    @classmethod
    def shape(cls, site: Site) -> Site:
        est_device.let_ask(site)
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        site_ca.found_for(cls)
        cls.archive = stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start_archive("karte", "dicom")

    def _enrols(self) -> Credential:
        self.browser.go("terminals")
        self.browser.click("端末 desk-1 を登録")
        self.browser.fill("理由", "新しい撮影装置", within="dialog")
        self.browser.click("チケットを作る")
        self.browser.sees("チケットが表示されるのは今だけです。")
        ticket = self.browser.text(".label output")
        self.browser.click("控えたので閉じる")
        place = est_device.request_in(self.folder / "desk-1")
        status, answer = est_device.by_ticket(self, place, "desk-1", ticket)
        self.assertEqual(status, 200, answer)
        return est_device.kept(place, answer)

    def _stores(self, *words: str) -> Outcome:
        return self.terminal_with(self.device).dicom("storescu", self.door("karte", "dicom"), *words)

    def _held(self) -> set[str]:
        """By the archive."""
        return {str(self.archive.ask(f"instances/{one}/simplified-tags")["SOPInstanceUID"]) for one in self.archive.ask("instances")}

    def test_it_stores_images_and_is_blocked_while_it_stores_more(self) -> None:
        self.comes_in()
        self.device = self._enrols()
        made = images.make(self.folder / "images", 4)
        files = [str(one.file) for one in made]
        outcome = self._stores(*files)
        self.assertTrue(outcome.succeeded, outcome.errors)
        self.assertEqual(self._held(), {one.instance for one in made})
        outcomes: list[Outcome] = []
        sender = threading.Thread(target=lambda: outcomes.append(self._stores("--repeat", _MANY, *files)))
        mark = self.lab.box.records.mark()
        sender.start()
        self.lab.box.records.wait(mark, 20, event="session.opened", service="dicom")
        self.browser.go("connections")
        self.browser.sees("dicom")
        self.assertTrue(sender.is_alive(), "it is over before anybody could block it")
        self.browser.go("terminals")
        self.browser.click("端末 desk-1 を停止")
        self.browser.fill("理由", "持ち出された", within="dialog")
        self.browser.click("停止", within="dialog")
        self.browser.sees("端末「desk-1」を停止しました。")
        self.lab.box.records.wait(mark, 10, event="session.closed", reason="terminal_blocked", service="dicom")
        wait_for("the sender to notice", lambda: not sender.is_alive() or None, 60)
        self.assertFalse(outcomes[0].succeeded, "the transfer went on")
        self.assertFalse(self._stores(*files).succeeded, "it is let in again")
        self.wait_record("session.refused", 10, reason="terminal_blocked")
        self.browser.click("元に戻す")
        self.browser.sees("端末「desk-1」を再開しました。")
        self.assertTrue(self._stores(*files).succeeded)
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
