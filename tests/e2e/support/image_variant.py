"""Images that differ from the delivered one in a few files and in words of the kernel's command line, signed with the same keys: one
with a shell on the machine's second serial line, and new ones with which a box is worse (firmware/image makes them as it makes its own)."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from lab.command import run

from .appliance import Image

_ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(_ROOT / "firmware" / "image"))
import boot  # noqa: E402
import bundle  # noqa: E402
import disk  # noqa: E402
import root  # noqa: E402
from places import Places  # noqa: E402
from workshop import Workshop  # noqa: E402

_UNITS = "etc/systemd/system"
_QUICK = 1  # level of compression
_SHELL = """[Unit]
Description=Whoever tests may look and do as root
After=sekisho-slot.service
[Service]
ExecStart=/usr/bin/busybox sh
StandardInput=tty
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS1
Restart=always
"""
# A trial takes minutes, most of them to see that nothing goes wrong; what goes wrong here does so at once.
_PATIENCE = """[Service]
ExecStart=
ExecStart=/usr/libexec/sekisho/sekisho-slot judge 400 10
"""
_PROOF = """[Unit]
Description=Isolation is proved at once, and not two minutes after the start
After=sekisho-supervisor.service
[Service]
Type=oneshot
ExecStart=/usr/bin/sekisho isolation prove
"""
_STOPPED = """[Unit]
Description=The supervisor stands still again and again
ConditionKernelCommandLine=lab.stopped
[Service]
ExecStart=/usr/bin/busybox sh -c 'while sleep 1; do killall -STOP sekisho-supervisor; done'
"""
_OPEN = """[Unit]
Description=The wall toward the clinic's line is opened again and again
ConditionKernelCommandLine=lab.open
[Service]
ExecStart=/usr/bin/busybox sh -c 'while sleep 5; do nsenter --net=/run/sekisho/ns/wan nft insert rule inet sekisho input accept; done'
"""
_UNPROVEN = """[Unit]
Description=Who tries whether the walls stand is ended again and again
ConditionKernelCommandLine=lab.unproven
[Service]
ExecStart=/usr/bin/busybox sh -c 'while sleep 0.5; do killall -KILL sekisho-isolation-probe; done'
"""
_CLOSED = """[Unit]
ConditionKernelCommandLine=!lab.closed
"""
_FILES = {f"{_UNITS}/lab-shell.service": _SHELL, f"{_UNITS}/lab-proof.service": _PROOF, f"{_UNITS}/lab-stopped.service": _STOPPED,
          f"{_UNITS}/lab-open.service": _OPEN,
          f"{_UNITS}/lab-unproven.service": _UNPROVEN, f"{_UNITS}/systemd-cryptsetup@state.service.d/lab.conf": _CLOSED,
          f"{_UNITS}/sekisho-trial.service.d/lab.conf": _PATIENCE}
_STARTED = ("lab-shell", "lab-proof", "lab-stopped", "lab-open", "lab-unproven")
# What is wrong with a new image, by name: words more on its kernel's command line.
FAULTS = {"lab": "", "panics": "rdinit=/nowhere", "stopped": "lab.stopped", "open": "lab.open", "unproven": "lab.unproven",
          "closed": "lab.closed"}


class Variants:
    """Made once for an image, in a folder beside it, and again when that is another one."""

    def __init__(self, image: Image) -> None:
        self._folder = image.folder.parent / "variants"
        self._image = image
        made_of = hashlib.sha256((image.folder / "SHA256SUMS").read_bytes() + repr((_FILES, FAULTS)).encode()).hexdigest()
        stamp = self._folder / "made.of"
        if not stamp.exists() or stamp.read_text(encoding="ascii") != made_of:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._make()
            stamp.write_text(made_of, encoding="ascii")

    def of(self, fault: str) -> Image:
        return Image(self._folder / fault)

    def _places(self, out: Path) -> Places:
        beside = self._image.folder.parent
        return Places(_ROOT, out, beside / "keys", beside / "work")

    def _make(self) -> None:
        tree, first = self._folder / "tree", self._folder / next(iter(FAULTS))
        first.mkdir(parents=True)
        run("cp", "--archive", "--link", str(self._places(first).work / "system"), str(tree))
        self._lay_over(tree)
        places = self._places(first)
        workshop = Workshop.ready(places)
        verity = root.seal(workshop, places, tree, _QUICK)
        for fault, words in FAULTS.items():
            places = self._places(self._folder / fault)
            places.out.mkdir(exist_ok=True)
            if places.out != first:
                run("cp", "--link", str(first / "root.img"), str(places.out / "root.img"))
            boot.unify(workshop, places, tree, places.work / "early.zst", verity, words)
            disk.assemble(workshop, places)
            bundle.pack(workshop, places)
            shutil.copytree(self._image.folder / "secure-boot", places.out / "secure-boot", dirs_exist_ok=True)
        shutil.rmtree(tree)

    @staticmethod
    def _lay_over(tree: Path) -> None:
        for name, text in _FILES.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, encoding="ascii")
        for unit in _STARTED:
            (tree / _UNITS / "multi-user.target.wants" / f"{unit}.service").symlink_to(f"/{_UNITS}/{unit}.service")
