"""A switch's port that carries several networks to one card of an emulated machine, each frame with its tag (IEEE 802.1Q); for kernels
that cannot do that themselves. Beyond it every network is an interface of its own, without tags."""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Mapping

from lab import namespaces

_TUNSETIFF = 0x400454CA  # linux/if_tun.h
_IFF_TAP, _IFF_NO_PI = 0x0002, 0x1000
_TAG = 0x8100
_ADDRESSES = 12  # octets of a frame, in front of its type or tag
_MOST = 65536
_PAUSE = 0.5


def _open_tap(namespace: str, name: str) -> int:
    def opened() -> int:
        namespaces.enter(namespace)
        handle = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.ioctl(handle, _TUNSETIFF, struct.pack("16sH14x", name.encode(), _IFF_TAP | _IFF_NO_PI))
        return handle
    with ThreadPoolExecutor(1) as elsewhere:  # entering moves the calling thread only, and that one ends here
        return elsewhere.submit(opened).result()


class Trunk:
    """Between the emulator's datagrams at `machine` (whose side is `here`) and a tap for each network."""

    def __init__(self, namespace: str, taps: Mapping[int, str], here: Path, machine: Path) -> None:
        self.seen: Counter[int] = Counter()  # frames from the machine, by their network; 0: without a tag
        self._machine, self._taps = machine, {vlan: _open_tap(namespace, tap) for vlan, tap in taps.items()}
        here.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(here))
        self._socket.setblocking(False)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ends.set()
        self._thread.join()
        self._socket.close()
        for tap in self._taps.values():
            os.close(tap)

    def _carry(self) -> None:
        vlans = {tap: vlan for vlan, tap in self._taps.items()}
        while not self._ends.is_set():
            for ready in select.select([self._socket, *vlans], [], [], _PAUSE)[0]:
                with suppress(OSError):  # the machine is off, or a cable is full: a lost frame, as on any cable
                    if ready is self._socket:
                        self._from_machine(self._socket.recv(_MOST))
                    else:
                        self._to_machine(os.read(ready, _MOST), vlans[ready])

    def _from_machine(self, frame: bytes) -> None:
        kind, tag = struct.unpack_from("!HH", frame, _ADDRESSES)
        vlan = tag & 0x0FFF if kind == _TAG else 0
        self.seen[vlan] += 1
        if vlan in self._taps:
            os.write(self._taps[vlan], frame[:_ADDRESSES] + frame[_ADDRESSES + 4:])

    def _to_machine(self, frame: bytes, vlan: int) -> None:
        tagged = frame[:_ADDRESSES] + struct.pack("!HH", _TAG, vlan) + frame[_ADDRESSES:]
        self._socket.sendto(tagged, str(self._machine))
