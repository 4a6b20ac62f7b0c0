"""An administrator at the other end of the box's own cable for them: a real curl, an authenticator app, and a cookie."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.people import totp
from lab.waiting import wait_for

Json = dict[str, Any]
ROOT = "/api/v1"
_TYPING = 5  # seconds until a code that is shown has come to the box


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Json:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Of a problem; empty: it is none."""
        return str(self.json["code"]) if self.headers.get("content-type") == "application/problem+json" else ""


@dataclass
class Administrator:
    """`namespace`: where he stands; `place`: the box's name and port as he types them."""

    namespace: str
    address: str
    place: str
    ca: Path
    name: str = ""
    password: str = "violet tractor humming"
    secret: str = ""
    token: str = ""
    csrf: str = ""
    options: tuple[str, ...] = ()
    last_step: int = 0
    is_patient: bool = False  # whoever is told that he asks too often comes again
    recovery: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Json | None = None, *, headers: dict[str, str] | None = None,
            root: str = ROOT) -> Reply:
        """Status zero: no session came about."""
        said = self._ask_once(method, path, body, headers, root)
        if self.is_patient and said.code == "web.too_many_requests":
            said = wait_for("leave to ask", lambda: self._unless_too_often(self._ask_once(method, path, body, headers, root)), 30)
        return said

    def take(self, path: str, place: Path) -> None:
        """A file that the box hands over, octet for octet."""
        subprocess.run(
            ["ip", "netns", "exec", self.namespace, "curl", "--silent", "--fail", "--http1.1", "--max-time", "60", "--cacert", str(self.ca),
             "--connect-to", f"::{self.address}:", "-H", f"Cookie: __Host-sekisho={self.token}", *self.options, "--output", str(place),
             f"https://{self.place}{ROOT}{path}"], check=True, capture_output=True)

    @staticmethod
    def _unless_too_often(said: Reply) -> Reply | None:
        return None if said.code == "web.too_many_requests" else said

    def _ask_once(self, method: str, path: str, body: Json | None, headers: dict[str, str] | None, root: str) -> Reply:
        given = {"Accept-Language": "en"}
        if self.token:
            given |= {"Cookie": f"__Host-sekisho={self.token}", "X-CSRF-Token": self.csrf}
        if body is not None:
            given["Content-Type"] = "application/json"
        given |= headers or {}
        words = [word for name, value in given.items() if value for word in ("-H", f"{name}: {value}")]
        words += [] if body is None else ["--data-binary", json.dumps(body)]
        done = subprocess.run(
            ["ip", "netns", "exec", self.namespace, "curl", "--silent", "--include", "--http1.1", "--max-time", "20",
             "--cacert", str(self.ca), "--connect-to", f"::{self.address}:", "--request", method, *words, *self.options,
             f"https://{self.place}{root}{path}"], check=False, capture_output=True, text=True, errors="replace")
        return self._read(done.stdout) if done.stdout else Reply(0, {}, done.stderr)

    @staticmethod
    def _read(text: str) -> Reply:
        head, _, body = text.replace("\r\n", "\n").partition("\n\n")
        first, *lines = head.split("\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        return Reply(int(first.split()[1]), headers, body)

    def next_code(self) -> str:
        """Of the app, as it is shown now or next: each counts once."""
        step = max(self.last_step + 1, int(time.time() + _TYPING) // 30 - 1)
        if self.recovery and step > int(time.time()) // 30 + 1:
            return self.recovery.pop()
        wait_for("the app's next code", lambda: step <= int(time.time()) // 30 + 1, 60)
        self.last_step = step
        return totp(self.secret, step)

    def enrol(self, code: str) -> Reply:
        offer = self.ask("POST", "/enrolment", {"name": self.name, "code": code})
        if offer.status != 200:
            return offer
        self.secret = offer.json["totp_secret"]
        done = self.ask("POST", "/enrolment/finish", {"name": self.name, "code": code, "password": self.password,
                                                      "proof": self.next_code()})
        self.recovery = done.json["codes"] if done.status == 200 else []
        return done

    def sign_in(self, code: str | None = None) -> Reply:
        self.token = self.csrf = ""
        said = self.ask("POST", "/session", {"name": self.name, "password": self.password,
                                             "code": self.next_code() if code is None else code})
        if said.status == 201:
            self.token = said.headers["set-cookie"].split("=", 1)[1].split(";")[0]
            self.csrf = said.json["csrf"]
        return said
