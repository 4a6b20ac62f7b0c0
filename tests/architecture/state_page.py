"""gateway/doc/state.md: every file that a box keeps, and what is to be known of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import repository
from markdown import table

TABLE = "gateway/doc/state.txt"
WORDS = ("what", "by", "secret", "backup", "end", "form")
SECRETS, ENDS = {"key", "sealed", "people", "no"}, {"listed", "no"}
WHERE = {"image": " (in the image alone)", "appliance": " (where there are two slots)"}

_LINE = re.compile(rf"    ({'|'.join(WORDS)}|where) (\S.*)")
_PIECES = {"**": ".+", "*": "[^/]+"}
_BESIDE = re.compile(r"(\.new|-wal|-journal|-shm)$")

_TOP = """\
# What a box keeps

<!-- Made by tests/architecture/documents.py from state.txt. Do not edit. -->

Every file of the state folder (`/var/lib/sekisho`). The folder is of its owner alone, and so is each file; in the image it lies on an encrypted
volume. `NAME.new` is a file that is being written, and takes the place of `NAME`; `NAME-wal` and `NAME-journal` are SQLite's, of a database `NAME`.
A test gives a box a busy life and demands that each file that there ever was is a row here, that each row is a file of that box unless the image
alone makes it, and that what the columns say is so ([every_file_of_the_state_is_known](../../tests/e2e/every_file_of_the_state_is_known_test.py)).

**secret**: *key*, a private key or a secret as it is; *sealed*, keys under one of those or in the TPM; *people*, names of people in the clear.
**backup**: the parts of a backup that are made of it; no file is taken as it is ([backups](backups.md)). **at the end**: whether its certificates are
named as ones to revoke when the box erases itself ([decision 0076](decisions/0076-a-box-signs-what-is-to-be-revoked.md)); all files are erased with
their volume's keys.
"""


@dataclass
class Row:
    pattern: str
    said: dict[str, str] = field(default_factory=dict)

    def words(self, column: str) -> set[str]:
        return set(self.said[column].split()) - {"no"}

    def fits(self, path: str) -> bool:
        """Of the file itself or one beside it that is of it."""
        form = "".join(_PIECES.get(piece, re.escape(piece)) for piece in re.split(r"(\*\*|\*)", self.pattern))
        return any(re.fullmatch(form, one) for one in (path, _BESIDE.sub("", path)))


def parse(text: str) -> list[Row]:
    rows: list[Row] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found and rows and found[1] not in rows[-1].said:
            rows[-1].said[found[1]] = found[2]
        elif re.fullmatch(r"\S+", line):
            rows.append(Row(line))
        else:
            raise ValueError(f"{TABLE}: {line!r} is not understood")
    return rows


def rows() -> list[Row]:
    return parse(repository.read(TABLE))


def faults(row: Row) -> list[str]:
    """What is wrong with it by itself."""
    wrong = [f"no {word}" for word in WORDS if word not in row.said]
    if wrong:
        return [f"{row.pattern}: {what}" for what in wrong]
    wrong += [f"secret {word}" for word in row.said["secret"].split() if word not in SECRETS]
    wrong += [f"end {row.said['end']}"] * (row.said["end"] not in ENDS)
    wrong += [f"where {row.said.get('where')}"] * (row.said.get("where", "image") not in WHERE)
    name = max(re.split(r"\*+", row.pattern.removesuffix("/**").rpartition("/")[2]), key=len)
    wrong += [f"{name} does not stand in {row.said['by']}"] * (row.said["by"] not in repository.files() or name not in repository.read(row.said["by"]))
    return [f"{row.pattern}: {what}" for what in wrong]


def page() -> str:
    def cells(row: Row) -> tuple[str, ...]:
        said = row.said
        where = WHERE[said["where"]] if "where" in said else ""
        return (f"`{row.pattern}`", said["what"] + where, said["secret"], said["backup"], said["end"], said["form"], said["by"])
    return _TOP + "\n" + table(("file", "what", "secret", "backup", "at the end", "when its form changes", "its name stands in"), map(cells, rows()))
