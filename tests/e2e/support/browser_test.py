"""An administered box, and somebody at a browser in the office."""

from __future__ import annotations

from contextlib import ExitStack

from .administered_box import ADDRESS, NAME, PORT, AdministeredBox
from .browser import SHOTS, Browser

# What a browser says in its console of answers that a test asked for.
_ASKED_FOR = ("401", "404", "409")


class BrowserTest(AdministeredBox):
    browser: Browser

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        SHOTS.mkdir(parents=True, exist_ok=True)
        cls.browser = cls.another_browser(stack)

    @classmethod
    def another_browser(cls, stack: ExitStack) -> Browser:
        """At another desk, for another person."""
        browser = Browser(str(cls.lab.namespace("office")), ADDRESS, NAME, PORT, cls.folder / "pki/management/box.pem")
        stack.callback(browser.stop)
        return browser

    def setUp(self) -> None:
        super().setUp()
        self.browser.do("told")

    def enters(self, code: str) -> None:
        self.browser.enters(self.first, code)

    def comes_in(self) -> None:
        self.browser.comes_in(self.first)

    def is_quiet(self) -> None:
        """Nothing was asked of anybody else, and no page broke a rule of its own policy."""
        told = self.browser.do("told")
        self.assertEqual([one for one in told["requests"] if not one.startswith(self.browser.origin)], [])
        self.assertEqual([one for one in told["console"] if not any(code in one for code in _ASKED_FOR)], [])
