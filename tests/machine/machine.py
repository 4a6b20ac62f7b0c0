"""One run of the machine: emulated, so that it works wherever the tests do. Its root is the host's, read-only."""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Callable

import near
from guest import ROOT, Guest
from orders import Order

Json = dict[str, Any]
_MOMENT = 0.1
# Without what an emulator does slower than its plain counterpart: wide vectors, strings in one instruction.
_PROCESSOR = "Westmere,+rdrand"
_LAST_WORDS = 4000


def _share(tag: str, path: Path, writable: bool = False) -> list[str]:
    access = "" if writable else ",readonly=on"
    return ["-fsdev", f"local,id={tag},path={path},security_model=none,multidevs=remap{access}",
            "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]


def _command(guest: Guest, report: Path) -> list[str]:
    told = f"machine.tree={ROOT} machine.time={int(time.time())}"
    # Never KVM, even where the device is there: where that is itself emulated, a Debian kernel does not get anywhere.
    # One processor: several, emulated on a busy host, wait for each other most of the time.
    return ["setpriv", "--pdeathsig", "KILL", "--", "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg",
            "-cpu", _PROCESSOR, "-smp", "1", "-m", "2048", "-nodefaults", "-no-user-config",
            "-display", "none", "-no-reboot", "-serial", "stdio",
            *_share("host", Path("/")), *_share("tree", ROOT), *_share("report", report, writable=True),
            "-kernel", str(guest.image), "-initrd", str(guest.initramfs),
            "-append", f"console=ttyS0 quiet oops=panic panic=-1 random.trust_cpu=on mitigations=off {told}"]


class Report:
    """The folder the machine writes into."""

    def __init__(self, folder: Path, orders: list[Order]) -> None:
        self.folder = folder
        self._orders = orders
        self._write("orders", [order.as_json() for order in orders])
        self._write("near", near.files_for({order.program for order in orders if order.program is not None}))

    def ending(self, number: int) -> Json | None:
        return self._read(str(number))

    def done(self) -> Json | None:
        """None unless the machine came to the end of its orders."""
        done = self._read("done")
        return done if done is not None and done["orders"] == len(self._orders) else None

    def output(self, number: int) -> str:
        path = self.folder / f"{number}.output"
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    def last_words(self) -> str:
        return (self.folder / "console").read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]

    def _write(self, name: str, content: list[Any]) -> None:
        (self.folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")

    def _read(self, name: str) -> Json | None:
        path = self.folder / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def run(guest: Guest, report: Report, seconds: float, look: Callable[[], None]) -> bool:
    """Until it powers itself off; calls `look` all the while. False if it had to be ended."""
    deadline = time.monotonic() + seconds
    with open(report.folder / "console", "wb") as console:
        process = subprocess.Popen(_command(guest, report.folder), stdin=subprocess.DEVNULL, stdout=console,
                                   stderr=subprocess.STDOUT)
    try:
        while not _ends(process) and time.monotonic() < deadline:
            look()
        look()
        return process.poll() is not None
    finally:
        process.kill()
        process.wait()


def _ends(process: subprocess.Popen[bytes]) -> bool:
    """Within the next moment."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_MOMENT)
    return process.poll() is not None
