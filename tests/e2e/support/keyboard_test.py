"""Whoever has no pointer steers the box by the keys alone (WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11). `does` names the operation of the API that a task
is: the browser has to have asked for it by the end. tests/architecture/keyboard_test.py reads which operations are named so."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from lab.command import LabError
from lab.waiting import wait_for

from .administrator import Administrator
from .browser import Browser
from .browser_test import BrowserTest

_CONTRACT = Path(__file__).resolve().parents[3] / "gateway/api/openapi.json"
_PRINTS = "window.print = () => { window.printed = (window.printed ?? 0) + 1; }"


def _requests() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Of each operation: how it is asked for, and where."""
    contract = json.loads(_CONTRACT.read_text())
    root = contract["servers"][0]["url"]
    return {row["operationId"]: (method.upper(), re.compile(re.escape(root) + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))))
            for path, methods in contract["paths"].items() for method, row in methods.items()}


class KeyboardTest(BrowserTest):
    REQUESTS = _requests()

    @contextmanager
    def does(self, *operations: str, browser: Browser | None = None) -> Iterator[None]:
        """What is done within is these operations."""
        at = browser or self.browser
        before = len(at.do("asked"))
        yield
        for operation in operations:
            method, place = self.REQUESTS[operation]
            wait_for(f"{operation} to be asked for", lambda: any(method == how and place.fullmatch(where) for how, where in at.do("asked")[before:]) or None, 10)

    # --- what fingers do

    def press(self, *keys: str) -> None:
        for key in keys:
            self.browser.do("press", key=key)

    def comes_to(self, words: str) -> None:
        """By Tab, and sees it."""
        self.browser.tab_to(words)
        wait_for(f"{words}, which has the focus, to be in sight", self._is_in_sight, 5)

    def _is_in_sight(self) -> bool | None:
        if self.browser.do("in_sight"):
            return True
        self.press("Shift+Tab", "Tab")  # what came in above it has moved it
        return None

    def presses(self, words: str, key: str = "Enter") -> None:
        self.comes_to(words)
        self.press(key)

    def types(self, label: str, text: str) -> None:
        """In the place of whatever the field has."""
        self.comes_to(label)
        self.press("Control+a")
        self.browser.do("type", text=text)

    def picks(self, label: str, option: str) -> None:
        """Of a list, by the words that the option begins with."""
        self.browser.tab_to(label, exact=True)
        steps = int(self.browser.do("steps", text=option))
        self.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        self.assertEqual(self.browser.do("steps", text=option), 0, option)

    def chooses(self, label: str, path: Path) -> None:
        self.comes_to(label)
        self.browser.do("choose", path=str(path))

    def prints(self, words: str) -> None:
        """Opens the browser's own dialogue for it."""
        self.browser.do("evaluate", script=_PRINTS)
        before = self._printed()
        self.presses(words)
        wait_for(f"{words} to print", lambda: self._printed() == before + 1 or None, 10)

    def _printed(self) -> int:
        return int(self.browser.do("evaluate", script="window.printed ?? 0"))

    # --- where one is

    def goes_to(self, page: str) -> None:
        self.browser.tab_to(page, exact=True)
        self.press("Enter")
        self.browser.do("shows", role="heading", name=page)
        self.has_focus(page)

    def skips_to(self, heading: str) -> None:
        """By the first link of every page."""
        self.browser.tab_to("本文へ進む", exact=True)
        self.press("Enter")
        self.has_focus(heading)

    def has_focus(self, words: str) -> None:
        seen: list[str] = []

        def is_there() -> bool | None:
            seen.append(str(self.browser.do("focused")))
            return seen[-1].startswith(words) or None
        try:
            wait_for(f"the focus on {words}", is_there, 10)
        except LabError as late:
            raise AssertionError(f"the focus is on {seen[-1]!r}, not on {words!r}") from late

    def dialogue_opens(self, title: str) -> None:
        self.browser.do("shows", role="dialog", name=title)
        self.assertEqual(self.browser.do("axe"), [])

    def no_dialogue(self) -> None:
        wait_for("the dialogue to close", lambda: self.browser.do("count", selector="dialog") == 0 or None, 10)

    def escapes(self, opener: str, title: str) -> None:
        """A dialogue is left by Escape, and what opened it has the focus again; then it is opened once more."""
        self.presses(opener)
        self.dialogue_opens(title)
        self.press("Escape")
        self.no_dialogue()
        self.has_focus(opener)
        self.press("Enter")
        self.dialogue_opens(title)

    def signs_in(self, who: Administrator, first: str = "概要") -> None:
        self.browser.do("renew")
        self.browser.open()
        self.browser.sees("サインインする")
        for label, text in (("アカウント名", who.name), ("パスワード", who.password), ("確認コード", who.next_code())):
            self.types(label, text)
        with self.does("session.open"):
            self.press("Enter")
            self.browser.do("shows", role="heading", name=first)
        self.skips_to(first)
