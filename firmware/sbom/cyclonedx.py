"""The bill of materials of a tree of Debian packages, in CycloneDX 1.6 (UPD-03).

    cyclonedx.py STATUS-FILE --suite SUITE --name NAME --version VERSION --time SECONDS

STATUS-FILE is dpkg's (var/lib/dpkg/status), SUITE is Debian's release that they are of. The same packages give the same octets."""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import quote

Json = dict[str, Any]
_BUILT_USING = re.compile(r"(\S+) \(= ([^)]+)\)")
_SPACE = uuid.UUID("5e1c15b0-0000-4000-8000-0000000000b0")


def packages(status: str) -> Iterator[dict[str, str]]:
    """Of each installed one its fields; of a field the first line."""
    for paragraph in status.split("\n\n"):
        pairs = (line.partition(":") for line in paragraph.splitlines() if line and not line.startswith((" ", "\t")))
        fields = {name: value.strip() for name, _, value in pairs}
        if fields.get("Status", "").endswith(" installed"):
            yield fields


def source_of(package: dict[str, str]) -> tuple[str, str]:
    """Name and version of the source package: what vulnerabilities are told of."""
    name, _, version = package.get("Source", package["Package"]).partition(" ")
    return name, version.strip("()") or package["Version"]


def sources_within(package: dict[str, str]) -> list[tuple[str, str]]:
    """Of other packages that are in it as a whole, since it was linked with them, or signed from them (deb-src-control(5)): the kernel is
    Debian's `linux`, and its package is of a source that only signs."""
    return [found for field in ("Built-Using", "Static-Built-Using") for found in _BUILT_USING.findall(package.get(field, ""))]


def component(package: dict[str, str]) -> Json:
    name, version, architecture = package["Package"], package["Version"], package["Architecture"]
    source, source_version = source_of(package)
    # As package URLs are written: what is no letter, digit or one of .-~_ is written as %XX
    where = f"pkg:deb/debian/{quote(name, safe='.-~_')}@{quote(version, safe='.-~_')}?arch={architecture}"
    return {"type": "library", "bom-ref": where, "name": name, "version": version, "purl": where,
            "supplier": {"name": package["Maintainer"]},
            "properties": [{"name": "debian:source", "value": source},
                           {"name": "debian:source-version", "value": source_version},
                           *({"name": "debian:built-using", "value": " ".join(each)} for each in sources_within(package))]}


def bill(status: str, suite: str, name: str, version: str, seconds: int) -> Json:
    components = sorted((component(package) for package in packages(status)), key=lambda one: one["bom-ref"])
    number = uuid.uuid5(_SPACE, json.dumps([suite, name, version, components]))
    made = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}", "version": 1,
            "metadata": {"timestamp": made, "component": {"type": "operating-system", "bom-ref": name, "name": name,
                                                          "version": version,
                                                          "properties": [{"name": "debian:suite", "value": suite}]}},
            "components": components}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("status", type=Path)
    for name in ("suite", "name", "version"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--time", type=int, required=True, metavar="SECONDS")
    options = parser.parse_args(arguments)
    made = bill(options.status.read_text(encoding="utf-8"), options.suite, options.name, options.version, options.time)
    if not made["components"]:
        print(f"{options.status}: no package is installed there", file=sys.stderr)
        return 1
    json.dump(made, sys.stdout, indent=1, ensure_ascii=False, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
