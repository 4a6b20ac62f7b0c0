#!/usr/bin/env python3
"""Whether a vulnerability touches an image (UPD-03), without a network: an image's bill of materials, held against what Debian's
security team knows of every source package.

    firmware/sbom/vulnerabilities.py TRACKER BILL [CVE...]

TRACKER is a copy of https://security-tracker.debian.org/tracker/data/json, taken there by whoever has a network; the answer is as old as
that. BILL is an image's sbom.cdx.json. A line for each CVE that is asked for and each package of it; without one, for each that touches
the image, and for each package of npm's that is in it: the tracker knows nothing of those. A package of which the image's build has left
nothing but settings, manuals and units does not count; any other counts as a whole.

Ends with 0 when none touches the image, 1 when one does, 2 when that is not known of one and none does, 64 when a file or a number is
not what it should be."""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from itertools import zip_longest
from pathlib import Path
from typing import Any, Iterator

Json = dict[str, Any]
_NUMBER = re.compile(r"CVE-[0-9]{4}-[0-9]{4,}")
_NPM = "pkg:npm/"
_ANY = "any"  # stands for all numbers
_NEVER_AFFECTED = "0"  # as the tracker writes the version of a fix where no version ever needed one


class Malformed(Exception):
    """Which file, what is wrong with it, and what to do."""


class Touch(Enum):
    """In the order of what has to be told first; the value is how the program ends."""
    YES = 1
    UNKNOWN = 2
    NO = 0


@dataclass(frozen=True)
class Finding:
    cve: str
    touch: Touch
    because: str

    def to_line(self) -> str:
        word = {Touch.YES: "TOUCHES", Touch.UNKNOWN: "not known", Touch.NO: "does not"}[self.touch]
        return f"{self.cve:<16} {word:<9} {self.because}"


@dataclass(frozen=True)
class Image:
    suite: str
    sources: dict[str, str]  # of each source package the oldest version that is in it
    gone: frozenset[str]  # source packages of which nothing is left in it
    bundled: dict[str, str]  # packages of npm's, and their versions

    @staticmethod
    def of(bill: Json) -> "Image":
        sources, gone, bundled = dict[str, str](), set[str](), dict[str, str]()
        for component in bill["components"]:
            if component["purl"].startswith(_NPM):
                bundled[component["name"]] = component["version"]
                continue
            name, version = _value(component, "debian:source"), _value(component, "debian:source-version")
            if component.get("scope") == "excluded":
                gone.add(name)
            elif name not in sources or is_older(version, sources[name]):
                sources[name] = version
        return Image(_value(bill["metadata"]["component"], "debian:suite"), sources, frozenset(gone - sources.keys()), bundled)


def _value(component: Json, name: str) -> str:
    found = next((one["value"] for one in component["properties"] if one["name"] == name), None)
    if found is None:
        raise KeyError(name)
    return str(found)


def is_older(one: str, other: str) -> bool:
    """As deb-version(7) orders them."""
    for mine, its in zip(_parts(one), _parts(other)):
        for left, right in zip_longest(mine, its, fillvalue=_END):
            if left != right:
                return left < right
    return False


_Piece = tuple[tuple[int, ...], int]  # what is no digit, by rank; and the number behind it
_END: _Piece = ((0,), 0)


def _parts(version: str) -> tuple[list[_Piece], ...]:
    epoch, has_epoch, rest = version.partition(":")
    if not has_epoch:
        epoch, rest = "0", version
    upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "")
    return tuple([(_ranks(words), int(digits or 0)) for words, digits in re.findall(r"([^0-9]*)([0-9]*)", part)]
                 for part in (epoch, upstream, revision))


def _ranks(words: str) -> tuple[int, ...]:
    """A tilde comes before the end, the end before letters, and letters before everything else."""
    return (*(-1 if c == "~" else ord(c) if c.isalpha() else ord(c) + 256 for c in words), 0)


def _judge(cve: str, source: str, entry: Json, image: Image) -> Finding:
    """One vulnerability of one source package."""
    mine = image.sources.get(source)
    if mine is None:
        of_npm = next((name for name in image.bundled if source == _debian_name(name)), None)
        if of_npm:
            return _not_covered(cve, of_npm, image)
        return Finding(cve, Touch.NO, f"{source} is not in the image" + (" any more: the build took all of it away" if source in image.gone else ""))
    here = entry.get("releases", {}).get(image.suite)
    if here is None:
        return Finding(cve, Touch.UNKNOWN, f"{source} {mine}: the tracker says nothing of {image.suite}")
    fixed, status = here.get("fixed_version", ""), here.get("status", "")
    if status == "resolved" and fixed == _NEVER_AFFECTED:
        return Finding(cve, Touch.NO, f"{source} {mine}: no version of {image.suite} was affected")
    if status == "resolved" and fixed:
        return Finding(cve, Touch.YES, f"{source} {mine}: fixed in {fixed}; build the image anew") if is_older(mine, fixed) else \
            Finding(cve, Touch.NO, f"{source} {mine}: fixed in {fixed}")
    if status == "open":
        told = ", ".join(word for word in (f"urgency {here.get('urgency', 'not said')}", here.get("nodsa", "")) if word)
        return Finding(cve, Touch.YES, f"{source} {mine}: no fix in {image.suite} yet ({told})")
    return Finding(cve, Touch.UNKNOWN, f"{source} {mine}: the tracker has {status or 'no status'} for {image.suite}")


def _debian_name(of_npm: str) -> str:
    """As Debian calls a package that it makes of one of npm's."""
    return f"node-{of_npm.lstrip('@').replace('/', '-')}"


def _not_covered(cve: str, of_npm: str, image: Image) -> Finding:
    return Finding(cve, Touch.UNKNOWN, f"{of_npm} {image.bundled[of_npm]}: comes from npm, and the tracker knows nothing of that version")


def of_image(tracker: Json, image: Image) -> list[Finding]:
    """Each that touches it, or may."""
    found = (_judge(cve, source, entry, image) for source in sorted(image.sources) for cve, entry in tracker.get(source, {}).items())
    return [*(one for one in found if one.touch is not Touch.NO), *(_not_covered(_ANY, name, image) for name in sorted(image.bundled))]


def of_number(tracker: Json, image: Image, cve: str) -> list[Finding]:
    found = [_judge(cve, source, entries[cve], image) for source, entries in sorted(tracker.items()) if cve in entries]
    return found or [Finding(cve, Touch.UNKNOWN, "the tracker does not know that number; is the copy newer than it?")]


def ending(findings: list[Finding]) -> int:
    touches = {finding.touch for finding in findings}
    return next((touch.value for touch in Touch if touch in touches), 0)


def _read(path: Path, what: str) -> Json:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Malformed(f"{path}: {error.strerror}; name {what}") from None
    except ValueError as error:
        raise Malformed(f"{path}: no JSON ({error}); name {what}") from None
    if not isinstance(read, dict):
        raise Malformed(f"{path}: JSON, but not {what}")
    return read


def _read_tracker(path: Path) -> Json:
    tracker = _read(path, "a copy of https://security-tracker.debian.org/tracker/data/json")
    if not tracker or not all(isinstance(entries, dict) and all(isinstance(entry, dict) for entry in entries.values())
                              for entries in tracker.values()):
        raise Malformed(f"{path}: not what https://security-tracker.debian.org/tracker/data/json gives: packages, and their CVEs")
    return tracker


def _read_image(path: Path) -> Image:
    bill = _read(path, "the sbom.cdx.json that was made with the image")
    try:
        return Image.of(bill)
    except (KeyError, TypeError) as error:
        raise Malformed(f"{path}: no bill of materials of an image ({error} is missing); firmware/image/build makes one") from None


def _numbers(words: list[str]) -> Iterator[str]:
    for word in words:
        if not _NUMBER.fullmatch(word.upper()):
            raise Malformed(f"{word!r} is no number of a vulnerability: write CVE-YEAR-NUMBER, such as CVE-2025-9230")
        yield word.upper()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracker", type=Path)
    parser.add_argument("bill", type=Path)
    parser.add_argument("cve", nargs="*")
    options = parser.parse_args(arguments)
    try:
        numbers = list(_numbers(options.cve))
        tracker, image = _read_tracker(options.tracker), _read_image(options.bill)
    except Malformed as error:
        print(f"firmware/sbom/vulnerabilities.py: {error}", file=sys.stderr)
        return 64
    found = [one for cve in numbers for one in of_number(tracker, image, cve)] if numbers else of_image(tracker, image)
    for finding in found:
        print(finding.to_line())
    copied = datetime.fromtimestamp(options.tracker.stat().st_mtime, timezone.utc).strftime("%Y-%m-%d")
    print(f"{len(image.sources)} source packages of {image.suite}, by a copy of {copied}", file=sys.stderr)
    if image.bundled:
        print(f"not covered: {', '.join(map(' '.join, sorted(image.bundled.items())))} (npm's; ask `npm audit --omit=dev` in gateway/web/ui)", file=sys.stderr)
    return ending(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
