"""gateway/doc/services.md: what the papers of the services ask for, row by row, and what answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import repository
import service_profiles
from markdown import table

TABLE = "gateway/doc/services.txt"
_FACTS = "gateway/packs/facts.def"

_WAY = re.compile(r"way (\w+)")
_SERVICE = re.compile(r"service ([\w-]+) (\d+)")
_ROW = re.compile(r"(\d+)  (\S.*?)  (\S.*)")
_LINE = re.compile(r"    (by|done|test|fact|paper|asked|open) (\S.*)")
_OF_WAYS = ("done", "test", "fact", "open")  # and of rows; the others are of rows alone

_TOP = """\
# What the papers of five services ask for

<!-- Made by tests/architecture/documents.py from services.txt and configs/services. Do not edit. -->

Each row of each paper, in our own words, with where it stands there; what serves it (in `gateway/`), the test that would notice its loss (in
`tests/`), and the evidence: a fact of the rule packs ([facts.def](../packs/facts.def)), or a key of the service's profile with its place in the
paper. What the paper leaves open is asked under its key, of the owner in brackets (`sekisho service-profile questions`). The last column says what
of the row is not met. Nothing of a paper is evidence of what happens on the wire (NET-06), and a terminal's certificate in front of a service is
the box's doing, not the service's.
"""


@dataclass
class Lines:
    """What stands below a way or a row, by its first word."""

    of: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, word: str) -> list[str]:
        return self.of.get(word, [])

    def add(self, word: str, text: str) -> None:
        self.of.setdefault(word, []).append(text)


@dataclass
class Row:
    number: int
    where: str
    title: str
    lines: Lines = field(default_factory=Lines)


@dataclass
class Service:
    profile: str
    count: int  # of the rows of its paper
    rows: list[Row] = field(default_factory=list)


@dataclass
class Table:
    ways: dict[str, Lines] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)

    def all(self, row: Row, word: str) -> list[str]:
        """Of the row and of the ways by which it is served, once each."""
        own = row.lines[word] if word != "by" else []
        through = [text for way in row.lines["by"] for text in self.ways[way][word]] if word in _OF_WAYS else []
        return list(dict.fromkeys(own + through))


def parse(text: str) -> Table:
    found, below = Table(), None
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if way := _WAY.fullmatch(line):
            below = found.ways[way.group(1)] = Lines()
        elif service := _SERVICE.fullmatch(line):
            found.services.append(Service(service.group(1), int(service.group(2))))
            below = None
        elif (row := _ROW.fullmatch(line)) and found.services:
            found.services[-1].rows.append(Row(int(row.group(1)), row.group(2), row.group(3)))
            below = found.services[-1].rows[-1].lines
        elif (more := _LINE.fullmatch(line)) and below is not None:
            below.add(more.group(1), more.group(2))
        else:
            raise ValueError(f"{TABLE}: {line!r} is not understood")
    return found


def rows_of_papers() -> Table:
    return parse(repository.read(TABLE))


def facts() -> set[str]:
    """The ids that evidence knows."""
    return set(re.findall(r'^GW_PACK_FACT\(\w+,\s*"([\w.]+)"', repository.read(_FACTS), re.MULTILINE))


def _shown(parts: list[str]) -> str:
    return "<br>".join(parts) or "–"


def _evidence(found: Table, profile: str, row: Row) -> list[str]:
    known = [f"{key} ({'、'.join(service_profiles.places(profile, key))})" for key in row.lines["paper"]]
    return found.all(row, "fact") + known


def _asked(profile: str, keys: list[str]) -> list[str]:
    return [f"{key} ({service_profiles.owner(profile, key)})" for key in keys]


def _cells(found: Table, profile: str, row: Row) -> tuple[str, ...]:
    tests = [entry.removeprefix("tests/").replace(" ", ": ", 1) for entry in found.all(row, "test")]
    return (str(row.number), row.where, row.title, _shown([name.removeprefix("gateway/") for name in found.all(row, "done")]),
            _shown(tests), _shown(_evidence(found, profile, row)), _shown(_asked(profile, row.lines["asked"])),
            _shown(found.all(row, "open")))


def _besides(service: Service) -> list[str]:
    """What is open in the profile although no row is about it."""
    named = {key for row in service.rows for key in row.lines["asked"]}
    return [key for key in service_profiles.keys(service.profile) if service_profiles.is_open(service.profile, key) and key not in named]


def _section(found: Table, service: Service) -> str:
    head = ("row", "where", "what the paper says", "done by", "tested by", "evidence at", "unknown, asked", "open")
    name = service_profiles.statements(service.profile, "service.provider")[0]["is"]
    besides = ", ".join(_asked(service.profile, _besides(service))) or "nothing"
    return (f"\n## {service.profile}\n\n{name}, [its profile](../../configs/services/{service.profile}.yaml).\n\n"
            + table(head, [_cells(found, service.profile, row) for row in service.rows])
            + f"\nAsked besides, since the paper is silent: {besides}.\n")


def page() -> str:
    found = rows_of_papers()
    return _TOP + "".join(_section(found, service) for service in found.services)
