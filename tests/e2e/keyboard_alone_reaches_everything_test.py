"""On every page Tab comes to whatever can be pressed or filled in, in the order in which it is read, and what has the focus is in sight
(WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11), in wide windows and in narrow ones, which are wide ones at 400 %."""

import re
import unittest
from pathlib import Path

from lab.waiting import wait_for
from support.keyboard_test import KeyboardTest

_UI = Path(__file__).resolve().parents[2] / "gateway/web/ui/src"
_PAGES = re.findall(r"^  \{ id: '(\w+)'", (_UI / "pages/index.ts").read_text(), re.M)
_PARTS = 8  # of a field for a moment, at most


class KeyboardAloneReachesEverything(KeyboardTest):
    def _names(self) -> dict[str, str]:
        """Of each page, as the navigation has it."""
        found = self.browser.do("evaluate", script="[...document.querySelectorAll('nav.pages a')].map((one) => [one.hash, one.textContent])")
        return {hash.removeprefix("#/"): name for hash, name in found}

    def _loaded(self) -> None:
        wait_for("the page", lambda: self.browser.do("count", selector="main .loading") == 0 or None, 20)

    def _next(self, here: str) -> str:
        """Where Tab leads from there; a field for a moment has parts, and Tab goes through them."""
        for _ in range(_PARTS):
            self.press("Tab")
            if (there := str(self.browser.do("stop_at"))) != here:
                return there
        return here

    def _stops(self, page: str) -> list[str]:
        """What is wrong with the way through it, from its heading on."""
        wanted = self.browser.do("stops", selector="main")
        came, hidden = [""], []
        for _ in wanted:
            came.append(self._next(came[-1]))
            if not self.browser.do("in_sight"):
                hidden.append(wanted[int(came[-1])] if came[-1] else "?")
        came, order = came[1:], [str(number) for number in range(len(wanted))]
        wrong = [] if came == order else [f"{page}: {[wanted[int(one)] if one else '(outside)' for one in came]} and not {wanted}"]
        return wrong + [f"{page}: {one} is not in sight" for one in hidden] + [f"{page}: something has no name" for one in wanted if one == ""]

    def test_what_lies_beneath_something_is_not_in_sight(self) -> None:
        self.browser.do("renew")
        self.browser.open()
        self.browser.sees("サインインする")
        self.comes_to("アカウント名")
        self.browser.do("evaluate", script="(() => { const over = document.createElement('p'); over.id = 'over';"
                                           " Object.assign(over.style, { position: 'fixed', inset: '0', margin: '0' }); document.body.append(over); })()")
        self.assertFalse(self.browser.do("in_sight"))
        self.browser.do("evaluate", script="document.getElementById('over').remove()")
        self.assertTrue(self.browser.do("in_sight"))

    def test_each_page_is_reached_and_gone_through_by_tab(self) -> None:
        self.open()
        self.cloud.accept()
        self.signs_in(self.first)
        names, wrong = self._names(), []
        self.assertEqual(sorted(names), sorted(_PAGES), "every page is offered to whoever administers the clinic")
        for width in (1440, 360):
            self.browser.do("size", width=width)
            for page in _PAGES:
                if width == 360:
                    self.presses("メニュー")
                self.goes_to(names[page])
                self._loaded()
                wrong += self._stops(f"{page} {width}")
                self.browser.do("evaluate", script="document.querySelector('h1').focus()")
        self.assertEqual("\n".join(wrong), "")
        self.is_quiet()


if __name__ == "__main__":
    unittest.main()
