"""gateway/doc/events.md, out of the tables the programs are made from."""

from __future__ import annotations

import re

import repository
from markdown import table

_EVENT = re.compile(r'^GW_EVENT\(\w+,\s*"([^"]+)",\s*(\w+),\s*"([^"]+)"\)', re.MULTILINE)
_FIELD = re.compile(r'^GW_FIELD\(\w+,\s*"([^"]+)",\s*(\w+)\)', re.MULTILINE)
_REASON = re.compile(r'^GW_REASON\(\w+,\s*"([^"]+)",\s*"([^"]+)"\)', re.MULTILINE)

_FINDING = re.compile(r'^GW_FINDING\(\w+,\s*"([^"]+)",\s*(\w+),\s*"([^"]+)"\)', re.MULTILINE)

_TOP = """\
# Events

<!-- Made by tests/architecture/documents.py from base/events.def, model/close_reasons.def and model/findings.def. Do not edit. -->

Every record of the product is one JSON line. It begins with `ts` (RFC 3339, UTC, microseconds), `level`, `event` and
`process`, has `tenant` if the process serves one, then the event's fields, and ends with `msg`, the sentence below. Time,
process and tenant are put to it by the supervisor: a daemon can forge records of itself only. Ids and keys are never renamed.

No record holds payload, a path or key material. Text that a stranger can choose is escaped and cut at 128 bytes.
Records that a stranger can provoke are written at a bounded rate and counted beyond it (`session.refusals_folded`,
`admission.limited`); records that could not be written are counted too (`records.lost`).
"""


def rows(definitions: str, word: str, pattern: re.Pattern[str]) -> list[tuple[str, ...]]:
    """The rows of one macro; a row that is not understood is an error, not a gap in the page."""
    found = pattern.findall(definitions)
    if len(found) != len(re.findall(rf"^{word}\(", definitions, re.MULTILINE)):
        raise ValueError(f"a row of {word} is not understood")
    return found


def page() -> str:
    events = repository.read("gateway/base/events.def")
    records = rows(events, "GW_EVENT", _EVENT)
    fields = rows(events, "GW_FIELD", _FIELD)
    reasons = rows(repository.read("gateway/model/close_reasons.def"), "GW_REASON", _REASON)
    findings = rows(repository.read("gateway/model/findings.def"), "GW_FINDING", _FINDING)
    return "\n".join(
        (
            _TOP,
            "## Records\n",
            table(("event", "level", "what happened"), [(f"`{id_}`", level, words) for id_, level, words in records]),
            "## Fields\n\nA record carries those that are known when it is written.\n",
            table(("key", "kind"), [(f"`{key}`", kind) for key, kind in fields]),
            "## Reasons\n\nWhy a session ended (`session.closed`) or a connection never became one (`session.refused`).\n"
            "The list is closed: every ending of every connection has exactly one.\n",
            table(("reason", "what happened"), [(f"`{id_}`", words) for id_, words in reasons]),
            "## Findings\n\nWhat speaks for a second path (`second_path.seen`). Because of a `refusal` the device is cut off where its\n"
            "segment says `refuse_terminal`; an `alarm` refuses nobody.\n",
            table(("finding", "consequence", "advice"), [(f"`{id_}`", what, words) for id_, what, words in findings]),
        )
    )
