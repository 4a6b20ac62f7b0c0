"""The bill of materials of an image, in CycloneDX 1.6 (UPD-03): its Debian packages, and what is compiled into them.

    cyclonedx.py DPKG ROOT --suite SUITE --name NAME --version VERSION --time SECONDS [--taken PLACE DPKG PATH]... [--npm WITHIN LOCK]

DPKG is a folder such as var/lib/dpkg, as it was before files were taken away from the tree that is ROOT now; SUITE is Debian's release
that the packages are of. PATH is a file of which there is a copy in PLACE; it is of a package of that DPKG, which may be another tree's.
LOCK is npm's list of what was bundled into the package WITHIN.

Each component says by `sekisho:place` where it is: `root`, another PLACE, `compiled-in`. A package that is nowhere is `excluded`. The same
packages and files give the same octets."""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import sys
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterator, Sequence
from urllib.parse import quote

Json = dict[str, Any]
_BUILT_USING = re.compile(r"(\S+) \(= ([^)]+)\)")
_SPACE = uuid.UUID("5e1c15b0-0000-4000-8000-0000000000b0")
_MERGED = ("bin/", "sbin/", "lib/", "lib64/")  # are links into usr
# What is there is settings, manuals, units and the like.
_WORDS = ("etc/", "usr/lib/mime/", "usr/lib/modprobe.d/", "usr/lib/systemd/system/", "usr/lib/sysusers.d/", "usr/lib/tmpfiles.d/",
          "usr/lib/udev/rules.d/", "usr/share/", "var/")
_HASHES = {"sha1": "SHA-1", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}


class Unreadable(Exception):
    """Which file, and what is wrong with it."""


@dataclass
class Package:
    fields: dict[str, str]
    files: list[str]  # below the root, and without folders
    left: int = 0  # of them
    places: set[str] = field(default_factory=set)


def read_packages(dpkg: Path) -> list[Package]:
    """Each installed one."""
    try:
        return [Package(fields, _files_of(dpkg, fields)) for fields in paragraphs((dpkg / "status").read_text(encoding="utf-8"))]
    except OSError as error:
        raise Unreadable(f"{error.filename}: {error.strerror}; name a folder such as var/lib/dpkg") from None


def paragraphs(status: str) -> Iterator[dict[str, str]]:
    """Of each installed package its fields; of a field the first line."""
    for paragraph in status.split("\n\n"):
        pairs = (line.partition(":") for line in paragraph.splitlines() if line and not line.startswith((" ", "\t")))
        fields = {name: value.strip() for name, _, value in pairs}
        if fields.get("Status", "").endswith(" installed"):
            yield fields


def _files_of(dpkg: Path, fields: dict[str, str]) -> list[str]:
    names = (fields["Package"], f"{fields['Package']}:{fields['Architecture']}")
    path = next((path for path in (dpkg / "info" / f"{name}.list" for name in names) if path.exists()), dpkg / "info" / f"{names[0]}.list")
    listed = path.read_text(encoding="utf-8").splitlines()
    folders = {os.path.dirname(one) for one in listed}
    return [_merged(one) for one in listed if one not in folders and one != "/."]


def _merged(path: str) -> str:
    path = path.lstrip("/")
    return f"usr/{path}" if path.startswith(_MERGED) else path


def look_for(packages: Sequence[Package], root: Path) -> None:
    """Whose files are still there. A program that was taken away is not there for its settings: words count of packages that have nothing else."""
    for package in packages:
        left = {path for path in package.files if _is_left(root / path)}
        package.left = len(left)
        works = {path for path in package.files if not path.startswith(_WORDS)}
        if left & works or (left and not works):
            package.places.add("root")


def _is_left(path: Path) -> bool:
    """The kernel's modules are unpacked where they stay."""
    return (os.path.lexists(path) and (path.is_symlink() or not path.is_dir())) or (path.name.endswith(".ko.xz") and path.with_suffix("").exists())


def take(packages: Sequence[Package], place: str, path: str) -> Package:
    """The one whose file has a copy there."""
    names = {_merged(path), f"{_merged(path)}.xz"}
    owner = next((package for package in packages if names.intersection(package.files)), None)
    if owner is None:
        raise Unreadable(f"{path}: no package brings it")
    owner.places.add(place)
    return owner


def source_of(package: dict[str, str]) -> tuple[str, str]:
    """Name and version of the source package: what vulnerabilities are told of."""
    name, _, version = package.get("Source", package["Package"]).partition(" ")
    return name, version.strip("()") or package["Version"]


def _sources_within(package: dict[str, str]) -> list[tuple[str, str]]:
    """Of other packages that are in it as a whole, since it was compiled or linked with them, or signed from them (deb-src-control(5)):
    the kernel is Debian's `linux`, and its package is of a source that only signs."""
    return [found for name in ("Built-Using", "Static-Built-Using") for found in _BUILT_USING.findall(package.get(name, ""))]


def _address(name: str, version: str, architecture: str) -> str:
    """As package URLs are written: what is no letter, digit or one of .-~_ is written as %XX."""
    return f"pkg:deb/debian/{quote(name, safe='.-~_')}@{quote(version, safe='.-~_')}?arch={architecture}"


def _properties(*pairs: tuple[str, str]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in pairs]


def _package(package: Package) -> Json:
    fields = package.fields
    source, source_version = source_of(fields)
    where = _address(fields["Package"], fields["Version"], fields["Architecture"])
    return {"type": "library", "bom-ref": where, "name": fields["Package"], "version": fields["Version"], "purl": where,
            "supplier": {"name": fields["Maintainer"]}, **({} if package.places else {"scope": "excluded"}),
            "properties": _properties(("debian:source", source), ("debian:source-version", source_version),
                                      *(("sekisho:place", place) for place in sorted(package.places)),
                                      ("sekisho:files", f"{package.left} of {len(package.files)}"))}


def _within(packages: Sequence[Package]) -> Iterator[Json]:
    """The sources that those which are there were made of besides their own."""
    found: dict[tuple[str, str], set[str]] = {}
    for package in packages:
        for pair in _sources_within(package.fields) if package.places else ():
            found.setdefault(pair, set()).add(package.fields["Package"])
    for (source, version), names in found.items():
        where = _address(source, version, "source")
        yield {"type": "library", "bom-ref": where, "name": source, "version": version, "purl": where,
               "properties": _properties(("debian:source", source), ("debian:source-version", version), ("sekisho:place", "compiled-in"),
                                         *(("sekisho:within", name) for name in sorted(names)))}


def bundled(lock: Json, within: str) -> Iterator[Json]:
    """Of npm's package-lock.json what is no tool of those who develop."""
    for path, entry in lock["packages"].items():
        if not path or entry.get("dev"):
            continue
        name, version = path.rpartition("node_modules/")[2], entry["version"]
        where = f"pkg:npm/{quote(name, safe='/.-~_')}@{quote(version, safe='.-~_')}"
        algorithm, _, digest = entry["integrity"].partition("-")
        yield {"type": "library", "bom-ref": where, "name": name, "version": version, "purl": where,
               **({"licenses": [{"expression": entry["license"]}]} if "license" in entry else {}),
               "hashes": [{"alg": _HASHES[algorithm], "content": base64.b64decode(digest).hex()}],
               "properties": _properties(("sekisho:place", "compiled-in"), ("sekisho:within", within))}


def bill(packages: Sequence[Package], others: Sequence[Json], suite: str, name: str, version: str, seconds: int) -> Json:
    components = sorted([*map(_package, packages), *_within(packages), *others], key=lambda one: str(one["bom-ref"]))
    number = uuid.uuid5(_SPACE, json.dumps([suite, name, version, components]))
    made = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}", "version": 1,
            "metadata": {"timestamp": made, "component": {"type": "operating-system", "bom-ref": name, "name": name,
                                                          "version": version,
                                                          "properties": _properties(("debian:suite", suite))}},
            "components": components}


def _read_lock(path: Path, within: str) -> list[Json]:
    try:
        return list(bundled(json.loads(path.read_text(encoding="utf-8")), within))
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}; name npm's package-lock.json") from None
    except (ValueError, KeyError, AttributeError) as error:
        raise Unreadable(f"{path}: not as npm's package-lock.json is ({error})") from None


def _gather(options: argparse.Namespace) -> tuple[list[Package], list[Json]]:
    packages = read_packages(options.dpkg)
    if not packages:
        raise Unreadable(f"{options.dpkg}: no package is installed there")
    look_for(packages, options.root)
    trees, more = {options.dpkg: packages}, dict[int, Package]()
    for place, dpkg, path in options.taken:
        tree = Path(dpkg)
        if tree not in trees:
            trees[tree] = read_packages(tree)
        owner = take(trees[tree], place, path)
        if tree != options.dpkg:
            more[id(owner)] = owner
    others = [one for within, lock in options.npm for one in _read_lock(Path(lock), within)]
    return [*packages, *more.values()], others


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dpkg", type=Path)
    parser.add_argument("root", type=Path)
    for name in ("suite", "name", "version"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--time", type=int, required=True, metavar="SECONDS")
    parser.add_argument("--taken", nargs=3, action="append", default=[], metavar=("PLACE", "DPKG", "PATH"))
    parser.add_argument("--npm", nargs=2, action="append", default=[], metavar=("WITHIN", "LOCK"))
    options = parser.parse_args(arguments)
    try:
        packages, others = _gather(options)
    except Unreadable as error:
        print(f"firmware/sbom/cyclonedx.py: {error}", file=sys.stderr)
        return 1
    json.dump(bill(packages, others, options.suite, options.name, options.version, options.time), sys.stdout, indent=1, ensure_ascii=False,
              sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
