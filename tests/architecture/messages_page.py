"""gateway/doc/messages.md, out of the headers in ipc/messages."""

from __future__ import annotations

import re
from typing import NamedTuple

import repository
from markdown import table

_FOLDER = "gateway/ipc/messages/"
# In the order in which a reader meets them.
_HEADERS = ("control_compartment.h", "control_watch.h", "control_dhcp.h", "proxy_dial.h", "proxy_key.h", "key_work.h", "control_token.h", "control_records.h", "noc.h", "records.h", "changes.h", "compile.h", "site.h",
            "renewal.h", "web_control.h", "probe.h", "capture.h", "log.h", "operator.h")

_NAMESPACE = re.compile(r"^namespace gw::ipc::(\w+) \{\n(.*?)^\}  // namespace gw::ipc::\1$", re.MULTILINE | re.DOTALL)
_MSG_ENUM = re.compile(r"^enum class Msg[^{]*\{(.*?)\};", re.MULTILINE | re.DOTALL)
_MSG = re.compile(r"(\w+) = (\d+),?[ \t]*(?:///<[ \t]*([^\n]*))?|//[ \t]*([^\n/<][^\n]*)")
_TABLE = re.compile(r"inline constexpr Permit k(\w+)\[\] = \{(.*?)\};", re.DOTALL)
_PERMIT = re.compile(r"permit\(\s*Msg::(\w+),\s*Phase::(\w+),\s*Times::(\w+)(?:,\s*(\d+))?\s*\)")
_STRUCT = re.compile(r"^struct (\w+) \{\n(.*?)^\};", re.MULTILINE | re.DOTALL)
_MEMBER = re.compile(r"^  ([\w:<>]+) (\w+)(?:\{[^}]*\}| = [^;]+)?;[ \t]*(?:///<[ \t]*([^\n]*))?", re.MULTILINE)
_VISIT = re.compile(r"^(?:template <class Io>\s*)void visit\(Io& io, (\w+)& m\) \{(.*?)\}[ ]*$", re.MULTILINE | re.DOTALL)
_LAYOUT = re.compile(r"io\.(\w+)\(m\.(\w+)(?:,\s*([^;]+?))?\);")

_TOP = """\
# Messages between processes

<!-- Made by tests/architecture/documents.py from ipc/messages/*.h. Do not edit. -->

Every channel is a `SOCK_SEQPACKET` pair that the supervisor made; there is no listening socket between daemons and no shared
memory. One datagram is one message:

| bytes | what |
| --- | --- |
| 0–1 | type, big-endian like every number |
| 2–3 | zero |
| 4–7 | length of the body, exactly; at most 65,536 |
| 8–15 | request: the asker's number, repeated in the answer; zero if there is none |
| 16– | body |

Up to four descriptors travel with a message. What is larger than a body travels as a *sealed memory file*: a descriptor whose
content nobody, not even its maker, can change, grow or shrink any more; the receiver asks for the seals before it believes the
size (`sys/sealed.h`).

A body's layout is written once, as `visit(io, value)`, and used in both directions (`base/codec.h`). Lengths, indexes and
enumerators are checked against the bounds below; bytes left over are a fault. Texts hold no NUL and, like lists, have their
length in four bytes before them. The body of `record` is an `Event` (events.md).

Who may send what, in which phase, once or many times, and with how many descriptors stands in the `Permit` tables below. A
malformed message, one out of its phase, or one with a wrong number of descriptors ends the channel. A compartment that does that
to the supervisor is killed and started again; one that loses its control channel ends by itself: closed, not open.
"""


class Permit(NamedTuple):
    table: str
    phase: str
    times: str
    descriptors: str


def _intro(header: str) -> str:
    """The comment between `#pragma once` and the first include, as it stands."""
    lines = header.split("#pragma once\n", 1)[1].split("#include", 1)[0].strip().splitlines()
    comments = [line.removeprefix("//").removeprefix(" ") for line in lines if line.startswith("//")]
    return "```\n" + "\n".join(comments).rstrip() + "\n```\n"


def _permits(body: str) -> dict[str, list[Permit]]:
    found: dict[str, list[Permit]] = {}
    for name, entries in _TABLE.findall(body):
        rows = _PERMIT.findall(entries)
        if len(rows) != entries.count("permit("):
            raise ValueError(f"a permit of k{name} is not understood")
        for message, phase, times, descriptors in rows:
            found.setdefault(message, []).append(Permit(f"k{name}", phase, times, descriptors or "0"))
    return found


def _messages(body: str) -> list[tuple[str, ...]]:
    permits = _permits(body)
    rows = []
    for name, number, words, _ in _MSG.findall(_MSG_ENUM.search(body).group(1)):
        if not name:
            continue
        allowed = permits.pop(name, [])
        if not allowed:
            raise ValueError(f"nobody may send {name}")
        tables = "<br>".join(f"`{permit.table}`" for permit in allowed)
        first = allowed[0]
        rows.append((number, f"`{name}`", words.strip(" ;") or "–", tables, first.phase, first.times, first.descriptors))
    if permits:
        raise ValueError(f"permits for messages that do not exist: {sorted(permits)}")
    return rows


def _bounds(kind: str, rest: str) -> str:
    rest = " ".join(rest.split())
    numbers = [re.sub(r"[\w:]+[{(]([\d']+)[)}]", r"\1", part).rstrip("u").replace("'", "") for part in rest.split(", ")]
    if kind == "range":
        return f"{numbers[0]} to {numbers[1]}"
    if kind == "text":
        return f"at most {numbers[0]} bytes"
    if kind == "list":
        return f"at most {numbers[0]} entries"
    if kind == "choice":
        return "a value of the list"
    return "–"


def _bodies(body: str) -> str:
    layouts = {name: {field: (kind, rest) for kind, field, rest in _LAYOUT.findall(text)} for name, text in _VISIT.findall(body)}
    out = ""
    for name, text in _STRUCT.findall(body):
        rows = []
        for kind, member, words in _MEMBER.findall(text):
            how, rest = layouts[name][member]
            rows.append((f"`{member}`", f"`{kind}`", _bounds(how, rest), words or "–"))
        if len(rows) != len(layouts[name]):
            raise ValueError(f"a member of {name} is not understood")
        out += f"\n`{name}`\n\n" + table(("field", "type", "bounds", "meaning"), rows)
    return out


def page() -> str:
    present = [name.removeprefix(_FOLDER) for name in repository.files() if name.startswith(_FOLDER)]
    if sorted(present) != sorted(_HEADERS):
        raise ValueError(f"headers this page does not know: {set(present) ^ set(_HEADERS)}")
    out = _TOP
    for header in _HEADERS:
        text = repository.read(_FOLDER + header)
        out += f"\n## {header}\n\n{_intro(text)}"
        parts = _NAMESPACE.findall(text)
        for name, body in parts:
            out += f"\n### {name}\n\n" if len(parts) > 1 else "\n"
            out += table(("type", "message", "body and what comes with it", "table", "phase", "times", "descriptors"), _messages(body))
            out += _bodies(body)
    return out
