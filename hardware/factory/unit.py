#!/usr/bin/env python3
"""Makes a unit ready to be delivered (ADM-04, PHY-01): a secret for its label, of which the unit gets the hash and nobody keeps the rest;
what its TPM is known by; and a line in the vendor's register.

    hardware/factory/unit.py --serial SN-0042 --board vendor-model --tpm device:/dev/tpmrm0 --register units.jsonl --to FOLDER

FOLDER gets `label.html`, to print and stick on, and `stick/`, whose files go to the unit on an ext4 volume named SEKISHOUNIT:
mke2fs -t ext4 -L SEKISHOUNIT -d FOLDER/stick STICK 8M. Run on the unit itself, or against its TPM from elsewhere."""

from __future__ import annotations

import argparse
import base64
import datetime
import fcntl
import hashlib
import html
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Iterator, TextIO

_SERIAL = re.compile(r"[A-Z0-9][A-Z0-9-]{2,31}")
_BOARDS = Path(__file__).resolve().parents[1] / "boards"
_SECRET_OCTETS = 10  # 80 bits, as gateway/accounts/one_time_code.h has them


class FactoryError(Exception):
    """What is wrong, and what to do."""


@dataclass(frozen=True)
class Unit:
    """What the vendor keeps. The secret is not among it."""

    serial: str
    board: str
    tpm: str  # SHA-256 over the public half of its endorsement key, DER; TPM 2.0 Part 1, 9.4.3
    made: str


def new_secret() -> str:
    """Four groups of four, of base32 in small letters."""
    code = base64.b32encode(secrets.token_bytes(_SECRET_OCTETS)).decode().lower()
    return "-".join(code[at:at + 4] for at in range(0, len(code), 4))


def hash_of(secret: str) -> str:
    """The line of `bootstrap.hash` (gateway/doc/administration.md)."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{hashlib.sha256(salt + secret.replace('-', '').encode()).hexdigest()}\n"


def _tpm2(tcti: str, *words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "TPM2TOOLS_TCTI": tcti})
    if done.returncode != 0:
        raise FactoryError(f"{words[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}; is {tcti} this unit's TPM?")


def tpm_fingerprint(tcti: str) -> str:
    """Of its endorsement key: the same after each start and each clearing, and of no other TPM."""
    with tempfile.TemporaryDirectory() as folder:
        public = Path(folder) / "public"
        _tpm2(tcti, "tpm2_createek", "--key-algorithm", "rsa", "--ek-context", f"{folder}/context", "--public", str(public), "--format", "der")
        _tpm2(tcti, "tpm2_flushcontext", "--transient-object")
        return hashlib.sha256(public.read_bytes()).hexdigest()


def spoken(fingerprint: str) -> str:
    """The sixteen digits that people compare."""
    return " ".join(fingerprint[at:at + 4] for at in range(0, 16, 4))


def qr(text: str) -> str:
    """ISO/IEC 18004, as SVG."""
    done = subprocess.run(["qrencode", "--type", "SVG", "--level", "M", "--output", "-"], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise FactoryError(f"qrencode: {done.stderr.strip()}")
    return done.stdout[done.stdout.index("<svg"):]


def qr_content(unit: Unit) -> str:
    """Whoever takes a picture of the box from a distance gets no secret by it: the secret is beneath the scratch field, in letters."""
    return f"urn:sekisho:unit:{unit.serial}?tpm={unit.tpm[:16]}"


def label(unit: Unit, secret: str) -> str:
    rows = (("製造番号", unit.serial), ("機種", unit.board), ("TPMの指紋", spoken(unit.tpm)), ("初期設定の番号", secret))
    cells = "".join(f"<tr><th>{name}</th><td>{html.escape(value)}</td></tr>" for name, value in rows)
    return ("<!doctype html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\"><title>" + html.escape(unit.serial) + "</title><style>"
            "@page{size:90mm 50mm;margin:2mm}body{font:8pt monospace;display:flex;gap:2mm}svg{width:26mm;height:26mm}th{text-align:left;white-space:nowrap}"
            "</style></head><body>" + qr(qr_content(unit)) + f"<div><strong>Sekisho 関所</strong><table>{cells}</table>"
            "<p>初期設定の番号は、最初の管理者の登録に一度だけ使います。</p></div></body></html>\n")


@contextmanager
def held(register: Path) -> Iterator[TextIO]:
    """Of stations that make units at once, one at a time."""
    with open(register, "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def check(register: TextIO, unit: Unit) -> None:
    """A unit is made once, and a TPM is in one unit."""
    register.seek(0)
    for other in (Unit(**json.loads(line)) for line in register):
        if other.serial == unit.serial:
            raise FactoryError(f"{unit.serial} was made on {other.made} already; take the next number")
        if other.tpm == unit.tpm:
            raise FactoryError(f"the TPM is that of {other.serial}; is this another unit?")


def enter(register: TextIO, unit: Unit) -> None:
    """On the disk when it returns."""
    register.write(json.dumps(asdict(unit), ensure_ascii=False) + "\n")
    register.flush()
    os.fsync(register.fileno())


def _write_own(path: Path, text: str) -> None:
    path.touch(0o600)
    path.write_text(text, encoding="utf-8")


def make(serial: str, board: str, tcti: str, register: Path, to: Path) -> Unit:
    if not _SERIAL.fullmatch(serial):
        raise FactoryError(f"{serial!r} is no serial number: use 3 to 32 of A-Z, 0-9 and hyphens")
    if not (_BOARDS / f"{board}.yaml").is_file():
        raise FactoryError(f"{board!r} is no board; there are {', '.join(sorted(path.stem for path in _BOARDS.glob('*.yaml')))}")
    made = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    unit, secret = Unit(serial, board, tpm_fingerprint(tcti), made), new_secret()
    stick = to / "stick"
    if stick.exists():
        raise FactoryError(f"{stick} is there already; each unit has a folder of its own")
    page = label(unit, secret)
    with held(register) as file:
        check(file, unit)
        stick.mkdir(parents=True)
        _write_own(stick / "bootstrap.hash", hash_of(secret))
        enter(file, unit)
    try:
        _write_own(to / "label.html", page)  # the last: no label is of a unit that is not registered
    except OSError as error:
        raise FactoryError(f"{serial} is in the register and has no label ({error}): take its line out, and make it anew in another folder") from error
    return unit


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("serial", "board", "tpm"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("register", "to"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    options = parser.parse_args(arguments)
    try:
        unit = make(options.serial, options.board, options.tpm, options.register, options.to)
    except (FactoryError, OSError) as error:
        print(f"hardware/factory/unit.py: {error}", file=sys.stderr)
        return 1
    print(f"{unit.serial}: TPM {spoken(unit.tpm)}; print {options.to}/label.html, then destroy it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
