"""The archive a Linux kernel starts from: cpio, in the format `newc`, of a few files that are all root's."""

from __future__ import annotations

from dataclasses import dataclass

_FOLDER, _PROGRAM = 0o040755, 0o100755


@dataclass(frozen=True)
class Entry:
    name: str
    mode: int
    content: bytes = b""


def folder(name: str) -> Entry:
    return Entry(name, _FOLDER)


def file(name: str, content: bytes) -> Entry:
    return Entry(name, _PROGRAM, content)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _record(number: int, entry: Entry) -> bytes:
    name = entry.name.encode() + b"\0"
    # inode, mode, user, group, links, time, size, device (2), device it is (2), size of the name, checksum
    fields = (number, entry.mode, 0, 0, 1, 0, len(entry.content), 0, 0, 0, 0, len(name), 0)
    return _padded(b"070701" + b"".join(b"%08X" % field for field in fields) + name) + _padded(entry.content)


def archive(entries: list[Entry]) -> bytes:
    """Not compressed: an emulator unpacks slower than it reads."""
    return b"".join(_record(number + 1, entry) for number, entry in enumerate([*entries, Entry("TRAILER!!!", 0)]))
