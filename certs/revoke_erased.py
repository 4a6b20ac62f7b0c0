#!/usr/bin/env python3
"""Has an authority of `openssl ca` revoke what it issued to a box that has erased itself (DSP-01; gateway/doc/decisions/0076).

    certs/revoke_erased.py FOLDER --signer SHA256 [--issued issued] -- -config root.cnf -cert root.pem -keyfile root.key

FOLDER is what the box left on the stick, SHA256 the fingerprint of its evidence key, as its report of the installation has it: the list counts
by that key's signature alone, which `sekisho-erasure-verify` verifies. A certificate is revoked if it is, to the octet, the one that this
authority keeps with that serial number. What stands behind `--` is for `openssl ca`; the list of revocations is made afterwards, as always.

Ends with 0 when all that was issued here is revoked, 1 when nothing was or something could not be, with what to do."""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_REASON = "cessationOfOperation"  # RFC 5280 5.3.1: nothing says that a key was copied
_LINE = re.compile(r"^certificate ([0-9a-f]{2,40}) ([0-9a-f]{64}) (of .*)$", re.MULTILINE)
_WHOLE, _NOT_WHOLE = 0, 1  # of the verifier: a box whose disk is still to be destroyed is revoked all the more


class Refused(Exception):
    """Said to whoever called, with what to do."""


@dataclass(frozen=True)
class Listed:
    serial: str
    fingerprint: str
    whose: str  # for people


def listed(verifier: str, folder: Path, signer: str) -> list[Listed]:
    """What the box has signed that it had; the verifier shows an intent only if that key signed it."""
    done = subprocess.run([verifier, "--lang", "en", "--signer", signer, str(folder)], capture_output=True, text=True, check=False)
    found = [Listed(*row) for row in _LINE.findall(done.stdout)]
    if done.returncode not in (_WHOLE, _NOT_WHOLE) or not found:
        raise Refused(f"{folder}: holds no list that the box with this key has signed\n{done.stdout}{done.stderr}".strip())
    if done.returncode == _NOT_WHOLE:
        print(f"revoke_erased: the erasure itself is not proved; its list is signed and counts\n{done.stdout.strip()}", file=sys.stderr)
    return found


def kept(one: Listed, issued: Path) -> Path | None:
    """Where the authority keeps that very certificate (ca(1), new_certs_dir)."""
    path = issued / f"{one.serial.upper()}.pem"
    if not path.exists():
        return None
    octets = subprocess.run(["openssl", "x509", "-in", str(path), "-outform", "DER"], capture_output=True, check=False).stdout
    return path if hashlib.sha256(octets).hexdigest() == one.fingerprint else None


def revoke(path: Path, options: list[str]) -> str:
    """What became of it."""
    done = subprocess.run(["openssl", "ca", *options, "-revoke", str(path), "-crl_reason", _REASON], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return "revoked"
    if "Already revoked" in done.stdout + done.stderr:
        return "was revoked before"
    raise Refused(f"{path}: openssl ca: {done.stderr.strip()}")


def revoke_all(given: argparse.Namespace, options: list[str]) -> int:
    """How many of them are this authority's own."""
    count = 0
    for one in listed(given.verifier, given.folder, given.signer):
        path = kept(one, given.issued)
        print(f"{one.serial} {one.whose}: {'is not of this authority' if path is None else revoke(path, options)}")
        count += path is not None
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--signer", required=True)
    parser.add_argument("--issued", type=Path, default=Path("issued"))
    parser.add_argument("--verifier", default="sekisho-erasure-verify")
    words = sys.argv[1:]
    own = words[:words.index("--")] if "--" in words else words
    given = parser.parse_args(own)
    try:
        if revoke_all(given, words[len(own) + 1:]) == 0:
            raise Refused(f"none of them is kept in {given.issued}; another authority issued them")
    except (Refused, OSError) as why:
        print(f"revoke_erased: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
