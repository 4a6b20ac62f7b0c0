"""An administered box, and somebody at a browser in the office."""

from __future__ import annotations

from contextlib import ExitStack

from .administered_box import ADDRESS, NAME, PORT, AdministeredBox
from .browser import SHOTS, Browser

# What a browser says in its console of answers that a test asked for.
_ASKED_FOR = ("401", "404", "409")
_WIDTHS = (1440, 360)  # pixels


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

    def looks_right(self, name: str) -> list[str]:
        """The page in both languages, wide and narrow, each with a picture: what axe finds, and what stands beside the screen."""
        wrong: list[str] = []
        for word, language in (("English", "en"), ("日本語", "ja")):
            self.browser.click(word)
            for width in _WIDTHS:
                self.browser.do("size", width=width)
                self.browser.do("shot", path=str(SHOTS / f"{name}-{language}-{width}.png"))
                wrong += [f"{name} {width}: {one}" for one in self.browser.do("axe")]
                wide = self.browser.do("evaluate", script="document.documentElement.scrollWidth - document.documentElement.clientWidth")
                wrong += [f"{name} {width}: {wide} pixels beside the screen"] if wide > 0 else []
            self.browser.do("size", width=_WIDTHS[0])
        return wrong
