"""A person at a browser in the office: headless Chromium, told what to do step by step (support/browser.js)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from .administrator import Administrator

_HERE = Path(__file__).resolve().parent
BUILT = Path(os.environ["GW_BIN"]).parent / "ui"
_MOST_STOPS = 120  # of the Tab key on a page, and a few
SHOTS = Path(os.environ["GW_BIN"]).parent / "ui-screenshots"


def spki_of(certificate: Path) -> str:
    """SHA-256 of its public key, as Chromium names a certificate that it shall take."""
    public = subprocess.run(["openssl", "x509", "-in", str(certificate), "-noout", "-pubkey"], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=public, check=True, capture_output=True).stdout
    return base64.b64encode(hashlib.sha256(der).digest()).decode()


class Browser:
    def __init__(self, namespace: str, address: str, name: str, port: int, certificate: Path | None) -> None:
        """Without a certificate there is no TLS."""
        self.origin = f"{'https' if certificate else 'http'}://{name}:{port}"
        environment = os.environ | {"NODE_PATH": str(BUILT / "node_modules"), "HOME": os.environ.get("HOME", "/root")}
        self._process = subprocess.Popen(["ip", "netns", "exec", namespace, "node", str(_HERE / "browser.js")], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True, env=environment)
        self.do("start", address=address, name=name, spki=spki_of(certificate) if certificate else "")

    def do(self, act: str, **given: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"act": act} | given) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"the browser is gone: {act} {given}")
        reply = json.loads(line)
        if "failed" in reply:
            SHOTS.mkdir(parents=True, exist_ok=True)
            raise AssertionError(f"{act} {given}: {reply['failed']}\n{self._last_sight()}")
        return reply["done"]

    def _last_sight(self) -> str:
        """What was on the page when something failed; it is kept as a picture as well."""
        sights = []
        for act, given in (("shot", {"path": str(SHOTS / "failed.png")}), ("text", {})):
            assert self._process.stdin and self._process.stdout
            self._process.stdin.write(json.dumps({"act": act} | given) + "\n")
            self._process.stdin.flush()
            sights.append(self._process.stdout.readline())
        return sights[-1][:1500]

    def stop(self) -> None:
        self._process.communicate(json.dumps({"act": "stop"}) + "\n", timeout=30)

    # --- what people do

    def comes_in(self, who: Administrator, first: str = "概要") -> None:
        """In a browser that knows nothing of anybody before; `first` is the page that opens."""
        self.do("renew")
        self.open()
        self.sees("サインイン")
        self.enters(who, who.next_code())
        self.do("shows", role="heading", name=first)

    def enters(self, who: Administrator, code: str) -> None:
        self.fill("アカウント名", who.name)
        self.fill("パスワード", who.password)
        self.fill("確認コード", code)
        self.click("サインインする")

    def open(self, page: str = "") -> None:
        self.do("goto", url=f"{self.origin}/#/{page}")

    def go(self, page: str) -> None:
        self.do("go", hash=f"#/{page}")

    def click(self, name: str, role: str = "button", within: str = "", at: int = 0) -> None:
        self.do("click", role=role, name=name, within=within, at=at)

    def follow(self, name: str) -> None:
        self.do("click", role="link", name=name, exact=False)

    def fill(self, label: str, text: str, within: str = "") -> None:
        self.do("fill", label=label, text=text, within=within)

    def tab_to(self, words: str, exact: bool = False) -> None:
        """By the keyboard alone, to what is called so, or begins so."""
        passed = []
        for _ in range(_MOST_STOPS):
            self.do("press", key="Tab")
            passed.append(str(self.do("focused")))
            if passed[-1] == words or (not exact and passed[-1].startswith(words)):
                return
        raise AssertionError(f"{words} is not reached: {[one[:40] for one in passed]}")

    def sees(self, text: str, seconds: int = 20) -> None:
        self.do("sees", text=text, timeout=seconds * 1000)

    def download(self, name: str, path: Path) -> str:
        """What the link leads to, kept at `path`; the name that the box gives it."""
        return str(self.do("download", role="link", name=name, path=str(path)))

    def text(self, selector: str = "body") -> str:
        return str(self.do("text", selector=selector))
