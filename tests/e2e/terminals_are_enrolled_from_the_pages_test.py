"""An administrator enrols a terminal from the pages (LAN-01, CRT-04): the ticket is shown once and printed as a label, the terminal comes
with it, and its certificate is revoked where it is listed."""

import unittest
from contextlib import ExitStack

from lab.pki import Credential
from support import est_device, site_ca
from support.browser import SHOTS
from support.browser_test import BrowserTest
from support.site import Site

_WIDTHS = (1440, 360)


class TerminalsAreEnrolledFromThePages(BrowserTest):
    @classmethod
    def shape(cls, site: Site) -> Site:
        est_device.let_ask(site)
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        site_ca.found_for(cls)

    def _looks_well(self, name: str) -> None:
        """Accessible, and nothing beside the screen, on wide and narrow ones."""
        for width in _WIDTHS:
            self.browser.do("size", width=width)
            self.browser.do("shot", path=str(SHOTS / f"{name}-{width}.png"))
            self.assertEqual(self.browser.do("axe"), [], width)
            self.assertLessEqual(self.browser.do("evaluate", script="document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0)
        self.browser.do("size", width=_WIDTHS[0])

    def _is_visible(self, selector: str) -> bool:
        return bool(self.browser.do("evaluate", script=f"document.querySelector({selector!r}).checkVisibility({{checkVisibilityCSS: true}})"))

    def _invited(self, terminal: str) -> str:
        """The ticket, as somebody reads it."""
        self.browser.go("terminals")
        self.browser.click(f"端末 {terminal} を登録")
        self.browser.fill("理由", "新しい端末", within="dialog")
        self.browser.click("チケットを作る")
        self.browser.sees("チケットが表示されるのは今だけです。")
        return self.browser.text(".label output")

    def _enrolled(self, terminal: str, ticket: str) -> Credential:
        place = est_device.request_in(self.folder / terminal)
        status, answer = est_device.by_ticket(self, place, terminal, ticket)
        self.assertEqual(status, 200, answer)
        return est_device.kept(place, answer)

    def test_a_ticket_is_shown_once_and_printed_as_a_label_alone(self) -> None:
        self.comes_in()
        ticket = self._invited("desk-2")
        for words in (est_device.PLACE, "karte/desk-2", ticket):
            self.assertIn(words, self.browser.text("dialog"))
        self._looks_well("ticket")
        self.browser.do("media", media="print")
        self.browser.do("shot", path=str(SHOTS / "ticket-printed.png"))
        self.assertEqual([self._is_visible(one) for one in (".label", ".label .qr", ".label output")], [True] * 3)
        self.assertEqual([self._is_visible(one) for one in (".label .button", "dialog .buttons", ".once", "table", "h1")], [False] * 5)
        self.browser.do("media", media="screen")
        self.browser.click("控えたので閉じる")
        self.browser.sees("desk-2")
        self.assertNotIn(ticket, str(self.browser.do("evaluate", script="document.documentElement.outerHTML")))
        self.is_quiet()

    def test_a_terminal_comes_with_its_ticket_and_is_revoked_where_it_is_listed(self) -> None:
        self.comes_in()
        ticket = self._invited("desk-1")
        self.browser.click("控えたので閉じる")
        device = self._enrolled("desk-1", ticket)
        session = self.open(self.terminal_with(device))
        self.cloud.accept()
        self.browser.click("端末の証明書", "tab")
        self.browser.sees("使えます")
        self._looks_well("certificates")
        self.browser.do("evaluate", script="document.querySelector('table.rows .action button').click()")
        self.browser.sees("元には戻せません")
        self.browser.fill("理由", "紛失", within="dialog")
        self.browser.fill("確かめるために「desk-1」", "ｄｅｓｋ-1", within="dialog")
        self.browser.click("失効", within="dialog")
        self.browser.sees("端末「desk-1」の証明書を失効させました。")
        self.ends(session)
        self.wait_record("terminal.revoked", administrator="first", detail="紛失")
        self.is_refused(device, "terminal_blocked")
        self.browser.do("shows", role="cell", name="失効", exact=False)
        self.assertEqual(self.browser.do("count", selector="table.rows .action button"), 0, "there is nothing left to revoke")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
