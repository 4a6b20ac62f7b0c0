"""The processors of an emulated machine, through the emulator's debugger (GDB's remote serial protocol)."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from pathlib import Path

from lab.command import LabError

_INSTRUCTION_POINTER, _FLAGS = slice(128, 136), slice(136, 140)  # octets of x86-64's registers, as the protocol orders them
_INTERRUPTS = 1 << 9
_JUMP_TO_ITSELF = "ebfe"
_ANSWER_SECONDS = 20.0
_GREETING_SECONDS = 0.5
_PACKET = re.compile(rb"\$([^#]*)#..")


class _Debugger:
    """The machine stops when it comes, and goes on when it goes."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._socket.settimeout(_GREETING_SECONDS)
        with suppress(TimeoutError):
            while self._socket.recv(65536):  # that the machine has stopped; nobody asked
                pass
        self._socket.settimeout(_ANSWER_SECONDS)

    def ask(self, packet: str) -> str:
        self._socket.sendall(f"${packet}#{sum(packet.encode()) % 256:02x}".encode())
        heard = b""
        while not (found := _PACKET.search(heard)):
            more = self._socket.recv(65536)
            if not more:
                raise LabError(f"the emulator's debugger ended at {packet[:40]!r}")
            heard += more
        self._socket.sendall(b"+")
        answer = found[1].decode()
        if answer.startswith("E") or not answer:
            raise LabError(f"the emulator's debugger does not do {packet[:40]!r}: {answer}")
        return answer

    def processors(self) -> list[str]:
        found, answer = list[str](), self.ask("qfThreadInfo")
        while answer.startswith("m"):
            found += answer[1:].split(",")
            answer = self.ask("qsThreadInfo")
        return found

    def close(self) -> None:
        self.ask("D")
        self._socket.close()


def stand_still(path: Path) -> None:
    """From now on every processor jumps to where it is, and hears no interrupt: what a kernel that hangs looks like from outside."""
    debugger = _Debugger(path)
    for processor in debugger.processors():
        debugger.ask(f"Hg{processor}")
        registers = bytearray.fromhex(debugger.ask("g"))
        flags = int.from_bytes(registers[_FLAGS], "little") & ~_INTERRUPTS
        registers[_FLAGS] = flags.to_bytes(4, "little")
        debugger.ask(f"M{int.from_bytes(registers[_INSTRUCTION_POINTER], 'little'):x},2:{_JUMP_TO_ITSELF}")
        debugger.ask(f"G{registers.hex()}")
    debugger.close()
