"""sekisho-board and sekisho-panel as the image starts them, on a tree of files in the place of /sys: a board is found, its ports are
named, its lights blink, its button is heard; and the panel has given up its account, its capabilities and its files before it does."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for

_BIN = Path(os.environ.get("GW_BIN", "build/dev/bin"))
_ACCOUNT = 60_620  # model::kPanelAccount
_KEY = 0x198  # KEY_RESTART
_PROFILE = """version: 1
board: test-board
title: A board for tests
tried: never
recognised_by: {dmi: {product_name: Tree}}
ports:
  - {name: wan, path: "pci-0000:01:00.0", driver: igc, label: ETH1}
lights: {status: "t:green:status", attention: "t:red:*"}
button: {input: gpio-keys, key: restart}
tpm: none
sensors:
  - {name: processor, chip: coretemp, temperature: 1, bound: 90 C}
"""


class Board:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("sys/class/dmi/id/product_name", "Tree\n")
        for light in ("t:green:status", "t:red:attention"):
            self.write(f"sys/class/leds/{light}/brightness", "0")
            self.write(f"sys/class/leds/{light}/trigger", "none [heartbeat]")
        self.write("sys/class/input/event0/device/name", "gpio-keys\n")
        self.write("sys/class/hwmon/hwmon0/name", "coretemp\n")
        self.write("sys/class/hwmon/hwmon0/temp1_input", "95000\n")
        self.write("boards/test-board.yaml", _PROFILE)
        (root / "dev/input").mkdir(parents=True)
        os.mkfifo(root / "dev/input/event0")  # a device that says what a device would

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def light(self, name: str) -> bool:
        return not (self.root / f"sys/class/leds/{name}/brightness").read_text().startswith("0")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(_BIN / "sekisho-board"), "--root", str(self.root), command], capture_output=True, text=True)


class PanelIsShutIn(unittest.TestCase):
    def setUp(self) -> None:
        self.stack = ExitStack()
        self.addCleanup(self.stack.close)
        self.board = Board(Path(self.stack.enter_context(tempfile.TemporaryDirectory())))

    def start(self) -> subprocess.Popen[str]:
        done = self.board.run("settle")
        self.assertEqual((done.returncode, "board test-board" in done.stdout), (0, True), done.stdout)
        slate = self.board.root / "run/sekisho/board"
        before = slate.read_bytes()  # what sekisho-board says until there is a panel
        panel = subprocess.Popen([str(_BIN / "sekisho-panel"), "--root", str(self.board.root)], stdout=subprocess.PIPE, text=True)
        self.stack.callback(panel.stdout.close)  # type: ignore[union-attr]
        self.stack.callback(panel.wait)
        self.stack.callback(panel.kill)
        wait_for("the panel to serve", lambda: slate.read_bytes() not in (before, b""))
        return panel

    def press(self, keys: int, value: int) -> None:
        os.write(keys, struct.pack("llHHi", 0, 0, 1, _KEY, value))

    def hold(self, seconds: float) -> None:
        """A hand on the button."""
        until = time.monotonic() + seconds
        wait_for("the hand", lambda: time.monotonic() >= until, 2 * seconds)

    def test_ports_are_named_for_udev(self) -> None:
        self.board.run("settle")
        link = self.board.root / "run/systemd/network/10-sekisho-wan.link"
        self.assertEqual(link.read_text(), "[Match]\nPath=pci-0000:01:00.0\nDriver=igc\n\n[Link]\nName=wan\n")
        self.assertEqual(link.stat().st_mode & 0o777, 0o644)

    def test_unknown_board_keeps_the_kernels_names_and_has_no_panel(self) -> None:
        self.board.write("sys/class/dmi/id/product_name", "Another\n")
        done = self.board.run("settle")
        self.assertEqual(done.returncode, 0)
        self.assertIn("unknown board, which says of itself: product_name `Another`", done.stdout)
        self.assertFalse((self.board.root / "run/systemd/network").exists())
        ended = subprocess.run([str(_BIN / "sekisho-panel"), "--root", str(self.board.root)], timeout=30)
        self.assertEqual(ended.returncode, 0)

    def test_wrong_profile_is_told_with_its_place_and_passed_over(self) -> None:
        self.board.write("boards/other.yaml", _PROFILE.replace("name: wan", "name: eth0"))
        done = self.board.run("settle")
        self.assertEqual((done.returncode, "board test-board" in done.stdout), (0, True), done.stdout)
        self.assertIn("other.yaml:7:12: config.value.format", done.stdout)

    def test_lights_blink_and_a_hot_board_is_told(self) -> None:
        self.start()
        for lit in (True, False, True):
            wait_for(f"the light to be {'on' if lit else 'off'}", lambda lit=lit: self.board.light("t:green:status") == lit)
        self.assertIn(b"processor", (self.board.root / "run/sekisho/board").read_bytes())
        self.assertTrue((self.board.root / "sys/class/leds/t:green:status/trigger").read_text().startswith("none"))

    def test_it_has_given_itself_up(self) -> None:
        panel = self.start()
        status = dict(line.split(":\t", 1) for line in Path(f"/proc/{panel.pid}/status").read_text().splitlines() if ":\t" in line)
        self.assertEqual(set(status["Uid"].split() + status["Gid"].split()), {str(_ACCOUNT)})
        for capabilities in ("CapEff", "CapPrm", "CapInh", "CapAmb"):
            self.assertEqual(int(status[capabilities], 16), 0, capabilities)
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"], status["Groups"].strip()), ("1", "2", ""))
        held = sorted(os.readlink(each) for each in Path(f"/proc/{panel.pid}/fd").iterdir() if int(each.name) > 2)
        root = str(self.board.root)
        allowed = [f"{root}/{path}" for path in ("dev/input/event0", "run/sekisho-board/reset", "run/sekisho-board/wear", "run/sekisho/board",
                   "run/sekisho/condition", "sys/class/hwmon/hwmon0/temp1_input", "sys/class/leds/t:green:status/brightness",
                   "sys/class/leds/t:red:attention/brightness")]
        self.assertEqual(held, sorted(allowed), "lights, a button, a sensor and four slates")

    def test_whole_sequence_of_the_button_is_an_order(self) -> None:
        self.start()
        order = self.board.root / "run/sekisho-board/reset"
        keys = os.open(self.board.root / "dev/input/event0", os.O_WRONLY | os.O_NONBLOCK)
        self.stack.callback(os.close, keys)
        self.press(keys, 1)
        self.hold(11)
        self.press(keys, 0)
        self.press(keys, 1)
        self.assertEqual(order.read_bytes(), b"")
        wait_for("the order", lambda: b"reset by the button" in order.read_bytes())


if __name__ == "__main__":
    unittest.main()
