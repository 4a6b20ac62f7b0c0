"""Every file that there ever was in a folder and beneath it, however short it stayed (inotify(7))."""

from __future__ import annotations

import ctypes
import os
import select
import struct
import threading
from contextlib import suppress
from pathlib import Path

_MADE, _MOVED_HERE, _FOLDERS_ALONE, _IS_FOLDER, _OVERFLOW = 0x100, 0x80, 0x01000000, 0x40000000, 0x4000
_HEAD = struct.Struct("iIII")  # watch, mask, cookie, length of the name
_libc = ctypes.CDLL(None, use_errno=True)


class FolderWatch:
    """`seen` has their paths from the folder. What comes and goes in a folder before that is watched itself is missed."""

    def __init__(self, folder: Path) -> None:
        self.seen: set[str] = set()
        self.is_whole = True
        self._folder, self._places = folder, dict[int, str]()
        self._events = _libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        self._end, self._stop = os.pipe2(os.O_CLOEXEC)
        self._look_into("")
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.close(self._stop)
        self._thread.join()
        for descriptor in (self._events, self._end):
            os.close(descriptor)

    def _listen(self) -> None:
        while True:
            ready, _, _ = select.select([self._events, self._end], [], [])
            with suppress(BlockingIOError):
                self._hear(os.read(self._events, 1 << 16))
            if self._end in ready:
                return

    def _hear(self, octets: bytes) -> None:
        while octets:
            watch, mask, _, length = _HEAD.unpack_from(octets)
            name = octets[_HEAD.size:_HEAD.size + length].rstrip(b"\0").decode()
            octets = octets[_HEAD.size + length:]
            self.is_whole &= not mask & _OVERFLOW
            if name:
                self._note(self._places[watch] + name, bool(mask & _IS_FOLDER))

    def _note(self, path: str, is_folder: bool) -> None:
        if is_folder:
            self._look_into(f"{path}/")
        else:
            self.seen.add(path)

    def _look_into(self, path: str) -> None:
        where = self._folder / path
        watch = _libc.inotify_add_watch(self._events, os.fsencode(where), _MADE | _MOVED_HERE | _FOLDERS_ALONE)
        if watch < 0:
            return  # it is gone again
        self._places[watch] = path
        with suppress(FileNotFoundError):
            for one in os.scandir(where):
                self._note(path + one.name, one.is_dir(follow_symlinks=False))
