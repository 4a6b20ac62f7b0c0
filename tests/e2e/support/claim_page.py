"""The first claim of a box through its pages, as whoever stands before it with the label in his hand."""

from __future__ import annotations

from .administrator import Administrator
from .browser import Browser


def claims(browser: Browser, who: Administrator, secret: str) -> None:
    browser.fill("ラベルの暗証", secret)
    browser.fill("アカウント名", who.name)
    browser.click("登録へ進む")


def enrols(browser: Browser, who: Administrator) -> None:
    """With the app that was shown the secret."""
    browser.do("shows", role="heading", name="アカウントを使い始める")
    browser.click("次へ")
    browser.sees("QRコードを読み取ってください")
    who.secret = str(browser.do("evaluate", script="document.querySelector('details code').textContent")).replace(" ", "")
    for label in ("新しいパスワード", "新しいパスワード(確認)"):
        browser.fill(label, who.password)
    browser.fill("認証アプリの確認コード", who.next_code())
    browser.click("登録する")
    browser.sees("回復コード")
    who.recovery = str(browser.text(".codes")).split()
    browser.click("保管しました。サインインへ進む")
