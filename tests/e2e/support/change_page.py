"""A change of the configuration on its way through the pages, as a person at a browser takes it."""

from __future__ import annotations

import json
import re

from lab.waiting import wait_for

from .browser import Browser
from .site import Json


def loaded(browser: Browser) -> str:
    """The configuration in force, as it comes into the field."""
    browser.go("changes")
    browser.do("shows", role="heading", name="変更の確認と適用")
    browser.click("現在の設定を読み込む")
    browser.sees("の設定を読み込みました。")
    return str(browser.do("value", label="設定", within="form"))


def written(tree: Json) -> str:
    return json.dumps(tree, indent=1, ensure_ascii=False)


def sends(browser: Browser, text: str, reason: str) -> None:
    browser.fill("設定", text, within="form")
    browser.fill("理由", reason, within="form")
    browser.click("準備して確認する")


def stages(browser: Browser, text: str, reason: str) -> int:
    """Its number; the box has looked at it."""
    sends(browser, text, reason)
    place = wait_for("its own page", lambda: re.fullmatch("#/changes/([0-9]+)", str(browser.do("evaluate", script="location.hash"))), 30)
    browser.sees(f"変更 {place[1]}")
    browser.sees("確認済み", 40)
    return int(place[1])


def confirms(browser: Browser) -> None:
    browser.click("適用して確認を待つ")
    browser.sees("適用しました。正しく動くことを確かめて", 40)
    browser.click("確定する")
    browser.sees("この変更は確定しました。", 40)
