"""The page of certificates says of each what openssl says, sees a certificate that the box has renewed, plans the roll-over of an
authority that ends, and can be printed (CRT-05)."""

import subprocess
import unittest
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support import authorities
from support.browser import SHOTS
from support.browser_test import BrowserTest
from support.dated_box_test import from_now, written
from support.vendor import Vendor



def _openssl(certificate: Path, what: str) -> str:
    """What openssl says of a certificate's one fact."""
    said = subprocess.run(["openssl", "x509", "-noout", "-in", str(certificate), *what.split()], check=True, capture_output=True, text=True)
    return said.stdout.strip().partition("=")[2]


def _sha256(certificate: Path) -> str:
    return _openssl(certificate, "-fingerprint -sha256").replace(":", "").lower()


class PagesTellWhenCertificatesEnd(BrowserTest):
    vendor: Vendor

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.cloud.close()  # the vendor stands in its place
        cls.vendor = Vendor(stack, cls)

    def setUp(self) -> None:
        super().setUp()
        self.comes_in()

    def tearDown(self) -> None:
        self._publish(self.site)

    def _publish(self, site: Any) -> None:
        published = self.lab.box.publish(site.write(self.folder / "next.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.wait_until_administered()

    def _told(self) -> Any:
        """What the API says, which the page shows."""
        return self.comes(self.first).ask("GET", "/certificates").json

    def _shows(self, page: str = "certificates") -> None:
        self.browser.go(page)
        wait_for("the page", lambda: self.browser.do("count", selector=".loading") == 0 or None, 20)

    def test_the_page_says_what_openssl_says(self) -> None:
        self._shows()
        own = self._told()["own"]
        self.assertEqual({one["tenant"] for one in own}, {"karte", ""})
        self.browser.do("evaluate", script="document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page = self.browser.text("main")
        for one in own:
            file = self.folder / one["name"]
            with self.subTest(one["name"]):
                self.assertEqual(one["serial"].lstrip("0"), _openssl(file, "-serial").lower().lstrip("0"))
                self.assertEqual(one["sha256"], _sha256(file))
                ends = _openssl(file, "-enddate -dateopt iso_8601").replace(" ", "T")
                self.assertEqual(one["until"].replace(".000000Z", "Z"), ends)
                self.assertIn(one["sha256"], page)
                self.assertEqual(one["subject"], _openssl(file, "-subject -nameopt RFC2253"))
                self.assertIn(one["subject"], page)
                self.assertEqual(one["key_kept"], "plain_file")
        for anchor in (anchor for one in self._told()["trust"] for anchor in one["anchors"]):
            self.assertEqual(anchor["sha256"], _sha256(self.folder / anchor["file"]))
            self.assertIn(anchor["sha256"][:4], page)
        self.assertIn("暗号化していないファイル", page)
        self.is_quiet()

    def test_a_certificate_that_the_box_has_renewed_is_seen_on_the_page(self) -> None:
        self._publish(self.vendor.site)
        self.wait_record("identity.not_renewed", 30)
        self._shows()
        self.browser.sees("未取得")
        self.browser.sees("発行元から登録用のことばを受け取り")
        self.vendor.est.order("ticket", "first-word")
        self.vendor.est.order("life", str(150 / 86400), str(-80))  # two thirds of it are over in twenty seconds
        mark = self.lab.box.records.mark()
        self.assertEqual(self.lab.box.order("cert", "enrol", Vendor.IDENTITY, "first-word").returncode, 0)
        self.lab.box.records.wait(mark, 30, event="identity.renewed")
        first = wait_for("the first certificate to be told", self._managed_serial, 30)
        self.browser.do("shows", role="row", name="自動(", exact=False)
        self.browser.sees("新しい証明書を受け取りました", 30)
        self._page_has_serial(first)
        self.vendor.est.order("life", "30", str(-60.0))
        wait_for("another certificate", lambda: (now := self._managed_serial()) and now != first, 60)
        self._page_has_serial(self._managed_serial())
        self.is_quiet()

    def _managed(self) -> Any:
        return next(one for one in self._told()["own"] if one["renewal"] == "est")

    def _managed_serial(self) -> str:
        return str(self._managed().get("serial", ""))

    def _page_has_serial(self, serial: str) -> None:
        text = "Array.from(document.querySelectorAll('details code')).map((one) => one.textContent).join(' ')"
        wait_for(f"{serial} on the page", lambda: serial in str(self.browser.do("evaluate", script=text)) or None, 40)

    def test_an_authority_that_ends_has_a_plan_that_can_be_printed(self) -> None:
        authorities.another(self.folder / "next-terminal-ca")
        site = self.site.changed()
        tenant = site.tenant("karte")
        tenant["terminal_anchors"] = [{"file": tenant["terminal_anchors"], "until": written(from_now(days=200))}]
        self._publish(site)
        self._shows()
        self.browser.sees("端末の認証局を交代する")
        self.browser.sees("まだ設定にありません")
        tenant["terminal_anchors"].append({"file": "next-terminal-ca.pem"})
        self._publish(site)
        self.comes_in()
        self._shows()
        self.browser.sees("済み")
        sheet = self.browser.text(".sheet")
        self.assertIn("next-terminal-ca", sheet)
        self.assertIn("いま行う", sheet)
        self.assertIn("まだ先", sheet)
        self.assertEqual(self.looks_right("certificates-plan"), [])
        self.browser.do("media", media="print")
        self.browser.do("shot", path=str(SHOTS / "certificates-printed.png"))
        seen = "(at) => getComputedStyle(document.querySelector(at)).visibility"
        self.assertEqual([self.browser.do("evaluate", script=f"({seen})('{at}')") for at in (".plan", "nav.pages", "main > p")],
                         ["visible", "hidden", "hidden"])
        self.browser.do("media", media="screen")
        self.is_quiet()

    def test_what_ends_soon_and_a_list_that_is_stale_are_told(self) -> None:
        authority = self.keys.folder / "karte" / "terminal-ca"
        authorities.revocation_list(authority, [], self.folder / "list.crl", 7)
        site = self.site.changed()
        tenant = site.tenant("karte")
        tenant["terminal_revocation"] = {"lists": ["list.crl"], "soft_until": written(from_now(days=9))}
        tenant["terminal_anchors"] = [{"file": tenant["terminal_anchors"], "until": written(from_now(days=5))}]
        self._publish(site)
        self._shows()
        self.browser.sees("あと4日")
        self.browser.sees("遅れています")
        self.browser.sees("新しい")
        told = self._told()
        self.assertEqual([one["state"] for one in told["lists"]], ["fresh"])
        self.assertEqual(self.looks_right("certificates-soon"), [])
        self.is_quiet()

    def test_who_may_only_look_sees_it_too(self) -> None:
        viewer = self.made("viewer-1", "viewer")
        self.browser.comes_in(viewer)
        self._shows()
        self.browser.do("shows", role="heading", name="装置の証明書")
        self.browser.do("shows", role="heading", name="この施設の認証局")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
