"""The appliance: the image of firmware/image in an emulated machine, with firmware that starts nothing unsigned, a TPM, a watchdog, and
a network card for each cable."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from lab import command, namespaces
from lab.command import LabError, run
from lab.waiting import wait_for

from . import processors
from .root_shell import Shell
from .trunk import Trunk

Cable = str | Mapping[int, str]  # an interface, or one for each network (VLAN) that the cable carries

_FIRMWARE = "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd"
_DISK = 4 * 1024 * 1024 * 1024
_FIRST_SLOT = 16  # of the network cards: hardware/boards/qemu-q35.yaml says which socket is behind each
_PORTS = ("lan1", "wan", "mgmt")
_LAST_WORDS = 5000
_COLOURS = re.compile(r"\x1b\[[0-9;?=]*[A-Za-z]|\r")


def card(number: int) -> str:
    """The interface that the box has for its network card `number`."""
    return _PORTS[number]


@dataclass(frozen=True)
class Image:
    """What firmware/image/build has left in a folder."""

    folder: Path

    @property
    def disk(self) -> Path:
        return self.folder / "disk.img"

    @property
    def variables(self) -> Path:
        """Of firmware that has the image's keys, and demands them."""
        return self.folder / "secure-boot" / "ovmf_vars.fd"


class Appliance:
    """One box with a disk, firmware variables and a TPM of its own; they outlive a power cut. `cables` lead from its network cards to
    interfaces of `namespace`."""

    def __init__(self, image: Image, folder: Path, namespace: str, cables: tuple[Cable, ...] = ()) -> None:
        self._folder, self._namespace, self._cables, self._media = folder, namespace, cables, list[Path]()
        self.trunks: list[Trunk] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self._plugged = self._forgotten = 0
        self.has_tpm = True
        self.clock = ""  # what the machine's own clock says when it is switched on; empty: what it is
        self.tables: list[str] = []  # what the board's tables say besides (SMBIOS 3.6, 7.12)
        self._tpm.mkdir(parents=True)
        run("cp", "--sparse=always", str(image.disk), str(self.disk))
        with open(self.disk, "r+b") as disk:
            disk.truncate(_DISK)
        shutil.copyfile(image.variables, self._variables)
        for number, cable in enumerate(cables):
            if isinstance(cable, str):
                self._lay_cable(f"tap{number}", cable)
            else:
                self._lay_trunk(number, cable)

    @property
    def disk(self) -> Path:
        return self._folder / "disk.img"

    @property
    def console(self) -> Path:
        return self._folder / "console"

    @property
    def _variables(self) -> Path:
        return self._folder / "variables.fd"

    @property
    def _tpm(self) -> Path:
        return self._folder / "tpm"

    @property
    def _monitor(self) -> Path:
        return self._folder / "monitor"

    @property
    def _machine_monitor(self) -> Path:
        return self._folder / "qmp"

    def copied_to(self, folder: Path) -> "Appliance":
        """The same box once more, as it would be if power went now. One of the two may run at a time: the cables are the same."""
        twin = copy.copy(self)
        twin._folder, twin._running, twin._media = folder, [], []
        folder.mkdir()
        if self.running():
            self._tell("stop")
        for place in ("disk.img", "variables.fd", "tpm"):
            run("cp", "--recursive", "--sparse=always", "--reflink=auto", str(self._folder / place), str(folder / place))
        if self.running():
            self._tell("cont")
        return twin

    def replace_variables(self, image: Image) -> None:
        """The firmware has forgotten what it learned since the box was new."""
        shutil.copyfile(image.variables, self._variables)

    def _lay_cable(self, tap: str, there: str) -> None:
        """From the machine's card to the interface, through a switch of two ports."""
        inside = ("ip", "-n", self._namespace)
        switch = f"br-{tap}"
        namespaces.add_switch(self._namespace, switch)
        run("ip", "tuntap", "add", tap, "mode", "tap", namespace=self._namespace)
        for port in (tap, there):
            run(*inside, "link", "set", port, "master", switch)
            run(*inside, "link", "set", port, "up")

    def _lay_trunk(self, number: int, cable: Mapping[int, str]) -> None:
        taps = {vlan: f"tap{number}v{vlan}" for vlan in cable}
        for vlan, there in cable.items():
            self._lay_cable(taps[vlan], there)
        self.trunks.append(Trunk(self._namespace, taps, *self._ends_of_trunk(number)))

    def _ends_of_trunk(self, number: int) -> tuple[Path, Path]:
        """The switch's and the machine's."""
        return self._folder / f"switch{number}", self._folder / f"card{number}"

    def insert(self, medium: Path) -> None:
        """A USB stick, there from the next start on."""
        self._media.append(medium)

    def eject(self) -> None:
        """All of them; they are not there from the next start on."""
        self._media.clear()

    def plug(self, medium: Path) -> None:
        """A USB stick into the running box, one at a time."""
        self._plugged += 1
        self._tell(f"drive_add 0 if=none,id=plugged{self._plugged},format=raw,readonly=on,file={medium}",
                   f"device_add usb-storage,drive=plugged{self._plugged},id=stick{self._plugged},bus=usb.0")

    def unplug(self) -> None:
        self._tell(f"device_del stick{self._plugged}")

    def move_key(self, key: str, is_down: bool) -> None:
        """Of its keyboard. The monitor for people holds the next key up for as long as the one before was held; this one does not."""
        event = {"type": "key", "data": {"down": is_down, "key": {"type": "qcode", "data": key}}}
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(str(self._machine_monitor))
            with line.makefile("rw", encoding="utf-8") as said:
                said.readline()  # who it is
                for order in ({"execute": "qmp_capabilities"}, {"execute": "input-send-event", "arguments": {"events": [event]}}):
                    said.write(json.dumps(order) + "\n")
                    said.flush()
                    answer = next(line for line in said if "event" not in json.loads(line))  # what happens in between it tells as well
                    if "return" not in json.loads(answer):
                        raise LabError(f"{order}: {answer}")

    def _tell(self, *lines: str) -> None:
        """QEMU, on its monitor for people; each line is answered with nothing but the next prompt."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.settimeout(10)
            monitor.connect(str(self._monitor))
            _read_prompt(monitor)
            for line in lines:
                monitor.sendall(f"{line}\n".encode())
                said = _read_prompt(monitor)
                if "error" in said.lower() or "could not" in said.lower():
                    raise LabError(f"{line}: {said}")

    def move_disk(self) -> None:
        """Into another machine of the same kind: another TPM."""
        shutil.rmtree(self._tpm)
        self._tpm.mkdir()

    def power_on(self) -> None:
        tpm = self._folder / "tpm.socket"
        tpm.unlink(missing_ok=True)
        if self.has_tpm:
            self._running.append(command.start(["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self._tpm}",
                                                "--ctrl", f"type=unixio,path={tpm}", "--terminate"]))
            wait_for("the TPM", tpm.exists)
        self._forgotten = 0
        with open(self.console, "wb") as console:
            self._running.append(command.start(self._machine(tpm), self._namespace, output=console, errors=console))

    def _machine(self, tpm: Path) -> list[str]:
        # Emulated even where KVM is there (decisions/0019). It ends where it would start anew: a start is a process. One processor: of two with a
        # thread each, QEMU 7.2 has one run a trap of the kernel's that the other took away before (one start in eight); of two with one thread,
        # what waits until nothing else is to be done takes half of it. Strings are copied an octet at a time where a processor says that it is
        # good at that, and a fifth level of page tables is looked through in vain.
        words = ["qemu-system-x86_64", "-machine", "q35,smm=on", "-accel", "tcg", "-cpu", "max,-erms,-la57", "-smp", "1",
                 "-m", "1536", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-serial", "stdio",
                 "-global", "driver=cfi.pflash01,property=secure,value=on",
                 "-drive", f"if=pflash,format=raw,unit=0,readonly=on,file={_FIRMWARE}",
                 "-drive", f"if=pflash,format=raw,unit=1,file={self._variables}",
                 "-serial", f"unix:{self._folder / 'shell'},server=on,wait=off",
                 "-gdb", f"unix:{self._folder / 'debugger'},server=on,wait=off",
                 "-monitor", f"unix:{self._monitor},server=on,wait=off",
                 "-qmp", f"unix:{self._machine_monitor},server=on,wait=off", "-device", "qemu-xhci,id=usb",
                 "-device", "virtio-keyboard-pci", "-device", "i6300esb", "-action", "watchdog=reset", "-device", "virtio-rng-pci",
                 "-drive", f"if=none,id=disk,format=raw,file={self.disk}", "-device", "virtio-blk-pci,drive=disk"]
        if self.has_tpm:
            words += ["-chardev", f"socket,id=tpm,path={tpm}", "-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-crb,tpmdev=tpm0"]
        words += ["-rtc", f"base={self.clock}"] if self.clock else []
        for said in self.tables:
            words += ["-smbios", f"type=11,value={said.replace(',', ',,')}"]
        for number, cable in enumerate(self._cables):
            words += ["-netdev", self._end_of_cable(number, cable),
                      "-device", f"virtio-net-pci,netdev=cable{number},addr={_FIRST_SLOT + number:#x},romfile="]
        for number, medium in enumerate(self._media):
            words += ["-drive", f"if=none,id=medium{number},format=raw,readonly=on,file={medium}"]
            words += ["-device", f"usb-storage,drive=medium{number},bus=usb.0"]
        return words

    def _end_of_cable(self, number: int, cable: Cable) -> str:
        if isinstance(cable, str):
            return f"tap,id=cable{number},ifname=tap{number},script=no,downscript=no"
        there, here = self._ends_of_trunk(number)
        here.unlink(missing_ok=True)
        return f"dgram,id=cable{number},local.type=unix,local.path={here},remote.type=unix,remote.path={there}"

    def running(self) -> bool:
        return bool(self._running) and self._running[-1].poll() is None

    def said(self) -> str:
        """Everything on the console since it was switched on, or since that was forgotten, without colours."""
        return _COLOURS.sub("", self.console.read_bytes()[self._forgotten:].decode(errors="replace"))

    def forget_what_it_said(self) -> None:
        self._forgotten = self.console.stat().st_size

    def wait_for(self, words: str, seconds: float) -> float:
        """Until the console says so; the seconds it took. It must not end before."""
        began = time.monotonic()

        def heard() -> bool:
            if words in self.said():
                return True
            if not self.running():
                raise LabError(f"the machine ended before it said {words!r}; its last words:\n{self.said()[-_LAST_WORDS:]}")
            return False
        try:
            wait_for(f"{words!r} on the console", heard, seconds)
        except LabError as error:
            raise LabError(f"{error}; its last words:\n{self.said()[-_LAST_WORDS:]}") from None
        return time.monotonic() - began

    def wait_until_it_ends(self, seconds: float) -> None:
        wait_for("the machine to end by itself", lambda: not self.running(), seconds)

    def shell(self) -> Shell:
        """Of an image that has one (image_variant.py)."""
        return Shell(self._folder / "shell")

    def stand_still(self) -> None:
        """It goes on and does nothing more, not even what an interrupt asks of it."""
        processors.stand_still(self._folder / "debugger")

    def _written(self) -> int:
        """Octets, by the machine to its disk and everything else since it was switched on (proc_pid_io(5))."""
        lines = Path(f"/proc/{self._running[-1].pid}/io").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("wchar:")).split()[1])

    def wait_until_written(self, octets: int, seconds: float) -> None:
        """So many more from now on."""
        begin = self._written()
        wait_for(f"{octets} octets to be written", lambda: self._written() - begin >= octets, seconds)

    def worked(self) -> float:
        """Seconds of a processor that the machine has taken since it was switched on (proc_pid_stat(5)): how far it is, on a busy
        machine as on a quiet one."""
        fields = Path(f"/proc/{self._running[-1].pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_worked(self, processor_seconds: float, seconds: float) -> None:
        """So many since it was switched on, or until it ended."""
        wait_for(f"{processor_seconds:.0f} s of a processor", lambda: not self.running() or self.worked() >= processor_seconds, seconds)

    def cut_power(self) -> None:
        while self._running:
            process = self._running.pop()
            process.kill()
            process.wait()

    def close(self) -> None:
        """Nobody comes back to it."""
        self.cut_power()
        while self.trunks:
            self.trunks.pop().close()


def _read_prompt(monitor: socket.socket) -> str:
    """What QEMU says until it asks for the next line."""
    said = b""
    while not said.endswith(b"(qemu) "):
        more = monitor.recv(4096)
        if not more:
            raise LabError("the machine ended while it was told something")
        said += more
    return said.decode(errors="replace")


def medium(path: Path, name: str, folder: Path, size: str = "32M") -> Path:
    """A stick with the folder's files, with their modes."""
    run("mke2fs", "-q", "-t", "ext4", "-L", name, "-d", str(folder), str(path), size)
    return path


def partition_start(disk: Path, name: str) -> int:
    """In octets."""
    table = json.loads(run("sfdisk", "--json", str(disk)))["partitiontable"]
    found = next(one for one in table["partitions"] if one["name"] == name)
    return int(found["start"] * table["sectorsize"])


def flip(path: Path, offset: int) -> None:
    """One bit of one octet."""
    with open(path, "r+b") as file:
        file.seek(offset)
        octet = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([octet ^ 1]))
