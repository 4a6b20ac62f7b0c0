"""gateway/doc/controls.md: which control is served where, and what is still open."""

from __future__ import annotations

import re
from typing import NamedTuple

import repository
from markdown import table

CATALOGUE = "gateway/doc/controls.txt"

_FAMILIES = "GOV|NET|ISO|WLS|SRV|CRT|LAN|ADM|LOG|TIM|BAK|UPD|INC|RMT|EMG|HA|CAP|IDS|PHY|DSP|DEM"
MARK = re.compile(rf"\b(?:(?:{_FAMILIES})-\d\d|W[1-8])\b")
_HEAD = re.compile(rf"((?:{_FAMILIES})-\d\d|W[1-8])  (\S.*)")
_ROW = re.compile(r"    (test|open|people) (\S.*)")

_TOP = f"""\
# Controls

<!-- Made by tests/architecture/documents.py from controls.txt and the ids named in code and tests. Do not edit. -->

What the product is asked for, where the code serves it, and which tests would notice its loss. An id in a comment says
"this line is here because of that demand"; it does not say that the whole demand is met: the last column tells what is not,
and what is for people to do, which no software will.
Demands that no line serves yet and that belong to parts not built are left out until there is something to say.

Ids: `W` ways round the isolation, `NET` transport, `ISO` isolation, `WLS` whitelist, `SRV` false servers, `CRT`
certificates, `ADM` and `EMG` administrators, `LOG` and `TIM` records and clock, `CAP` capacity, `BAK` backups, `RMT` remote
maintenance, `GOV` what is written down, `DEM` who answers for what, `INC` incidents, `UPD` updates, `HA` spares, `DSP` the end.
"""


class Control(NamedTuple):
    id: str
    demand: str
    tests: list[str]  # "FILE" or "FILE NAME"
    open: list[str]
    people: list[str]


def parse(text: str) -> list[Control]:
    controls: list[Control] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line):
            controls.append(Control(head.group(1), head.group(2), [], [], []))
        elif (row := _ROW.fullmatch(line)) and controls:
            {"test": controls[-1].tests, "open": controls[-1].open, "people": controls[-1].people}[row.group(1)].append(row.group(2))
        else:
            raise ValueError(f"{CATALOGUE}: {line!r} is not understood")
    return controls


def catalogue() -> list[Control]:
    return parse(repository.read(CATALOGUE))


def marks() -> dict[str, set[str]]:
    """Each id with the files that name it."""
    found: dict[str, set[str]] = {}
    for name in repository.files():
        if name.endswith((".h", ".cpp", ".def", ".py")) and not name.startswith("tests/architecture/"):
            for id_ in MARK.findall(repository.read(name)):
                found.setdefault(id_, set()).add(name)
    return found


def _linked(names: list[str]) -> str:
    return "<br>".join(names) or "–"


def page() -> str:
    found = marks()
    rows = []
    for control in catalogue():
        named = sorted(found.get(control.id, set()))
        code = [name.removeprefix("gateway/") for name in named if name.startswith("gateway/")]
        marked = [name.removeprefix("tests/") for name in named if name.startswith("tests/")]
        tests = [entry.removeprefix("tests/").replace(" ", ": ", 1) for entry in control.tests]
        tests += [name for name in marked if not any(test.startswith(name) for test in tests)]
        left = control.open + [f"for people: {words}" for words in control.people]
        rows.append((control.id, control.demand, _linked(code), _linked(tests), _linked(left)))
    return _TOP + "\n" + table(("id", "demand", "in gateway/", "in tests/", "open"), rows)
