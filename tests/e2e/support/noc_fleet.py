"""Boxes that are nothing but a certificate and a few figures, for as many of a fleet as a test does not want whole."""

from __future__ import annotations

import threading
from contextlib import suppress

from .noc_box import NocBox, Office, Series, figure
from .noc_kit import Kit


class Fleet:
    """Each speaks every few seconds until it is hushed; what one has to tell beside that it is there can be changed. Ends with `close`."""

    def __init__(self, kit: Kit, office: Office, names: list[str], every: float = 2) -> None:
        self._boxes = {name: NocBox(kit, office.boxes, name) for name in names}
        self._more: dict[str, list[Series]] = {name: [] for name in names}
        self._hushed: set[str] = set()
        self._every, self._ended = every, threading.Event()
        self.refused: list[tuple[str, int]] = []
        self._thread = threading.Thread(target=self._speak, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        for box in self._boxes.values():
            box.hang_up()

    def tells(self, name: str, *more: Series) -> None:
        self._more[name] = list(more)

    def hush(self, *names: str) -> None:
        self._hushed.update(names)

    def speak_again(self, *names: str) -> None:
        self._hushed.difference_update(names)

    def _speak(self) -> None:
        while not self._ended.is_set():
            for name, box in self._boxes.items():
                if name not in self._hushed:
                    self._round(name, box)
            self._ended.wait(self._every)

    def _round(self, name: str, box: NocBox) -> None:
        with suppress(OSError):
            status = box.tell(figure("sekisho_build_info", 1, version="1"), *self._more[name])
            if status != 204:
                self.refused.append((name, status))
