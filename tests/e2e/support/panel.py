"""A real sekisho-panel for a box in its namespace: its board is a tree of files, and its button a pipe that says what a device would."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for

_KEY = 0x198  # KEY_RESTART
_PROFILE = """version: 1
board: test-board
title: A board for tests
tried: never
recognised_by: {dmi: {product_name: Tree}}
ports:
  - {name: lan0, path: "pci-0000:01:00.0", driver: igc, label: ETH1}
  - {name: mgmt0, path: "pci-0000:02:00.0", driver: igc, label: ETH2}
  - {name: lan7, path: "pci-0000:03:00.0", driver: igc, label: ETH3}
button: {input: gpio-keys, key: restart}
tpm: none
sensors:
  - {name: processor, chip: coretemp, temperature: 1, bound: 90 C}
  - {name: case, chip: coretemp, fan: 1, bound: 500 rpm}
"""


class Panel:
    def __init__(self, stack: ExitStack, programs: Path, root: Path, run_folder: Path) -> None:
        self._programs, self._root = programs, root
        for path, text in (("sys/class/dmi/id/product_name", "Tree\n"), ("sys/class/input/event0/device/name", "gpio-keys\n"),
                           ("sys/class/hwmon/hwmon0/name", "coretemp\n"), ("sys/class/hwmon/hwmon0/temp1_input", "41000\n"),
                           ("sys/class/hwmon/hwmon0/fan1_input", "320\n"), ("boards/test-board.yaml", _PROFILE)):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="ascii")
        (root / "dev/input").mkdir(parents=True)
        os.mkfifo(root / "dev/input/event0")
        (root / "run").mkdir()
        (root / "run/sekisho").symlink_to(run_folder)
        self.says("settle")
        process = subprocess.Popen([str(programs / "sekisho-panel"), "--root", str(root)], stdout=subprocess.DEVNULL)
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_for("the panel to listen to its supervisor", (run_folder / "condition").exists)  # which it does once it has its button
        self._keys = os.open(root / "dev/input/event0", os.O_WRONLY | os.O_NONBLOCK)
        stack.callback(os.close, self._keys)

    def says(self, command: str) -> str:
        """sekisho-board, as a unit of the image runs it."""
        return subprocess.run([str(self._programs / "sekisho-board"), "--root", str(self._root), command], capture_output=True, text=True, check=True).stdout

    def presses_button(self, seconds: float) -> None:
        os.write(self._keys, struct.pack("llHHi", 0, 0, 1, _KEY, 1))
        until = time.monotonic() + seconds
        wait_for("the hand", lambda: time.monotonic() >= until, 2 * seconds)
        os.write(self._keys, struct.pack("llHHi", 0, 0, 1, _KEY, 0))
