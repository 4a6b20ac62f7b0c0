"""Who administers a box: the secret on its label, and its first administrator with a password and an authenticator app."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from .box import Box
from .command import LabError
from .waiting import wait_for

_PATIENCE = 30


def totp(secret: str, step: int) -> str:
    """RFC 6238, of what the app was shown."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", step), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15:][:4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def bootstrap_hash(code: str) -> str:
    """What the box keeps of the secret on its label."""
    salt = bytes(range(16))
    tidied = code.replace("-", "").encode()
    return f"{salt.hex()}:{hashlib.sha256(salt + tidied).hexdigest()}\n"


def put_label(folder: Path, code: str) -> None:
    """Before a lab with that folder starts its box: the secret that its first administrator needs."""
    state = folder / "run" / "state"
    state.mkdir(parents=True)
    (state / "bootstrap.hash").write_text(bootstrap_hash(code))


@dataclass(frozen=True)
class FirstAdministrator:
    name: str
    password: str
    secret: str  # of the authenticator app

    def code(self) -> str:
        """As the app shows it now."""
        return totp(self.secret, int(time.time()) // 30)


def take_over(box: Box, label: str, name: str, password: str) -> FirstAdministrator:
    """The first administrator claims the box at its command line; sessions begin then."""
    claimed = wait_for("controld", lambda: box.order("box", "claim", name, "--person", "demo", typed=f"{label}\n"), _PATIENCE)
    offer = box.order("enrolment", "begin", name, "--output", "json", typed=f"{label}\n")
    if claimed.returncode != 0 or offer.returncode != 0:
        raise LabError(f"nobody could claim the box: {claimed.stderr}{offer.stderr}")
    first = FirstAdministrator(name, password, json.loads(offer.stdout)["totp_secret"])
    done = box.order("enrolment", "finish", name, "--output", "json", typed=f"{label}\n{password}\n{first.code()}\n")
    if done.returncode != 0:
        raise LabError(f"{name} could not enrol: {done.stderr}")
    wait_for("the box to let sessions begin", lambda: box.status()["sessions_begin"], _PATIENCE)
    return first
