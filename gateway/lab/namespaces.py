"""Network namespaces, links between them, and sockets inside them."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from .command import LabError, run

_FOLDER = Path("/run/netns")
_CLONE_NEWNET = 0x40000000
_PATIENCE = 300  # seconds: a kernel that has a million tracked packets to forget makes whoever takes a namespace away wait
_libc = ctypes.CDLL(None, use_errno=True)


def exists(name: str) -> bool:
    return (_FOLDER / name).exists()


def refuse_existing(name: str) -> None:
    if exists(name):
        raise LabError(f"namespace {name} exists and was made by somebody else; remove it (ip netns del {name}) "
                       f"or choose other names with --prefix")


def create(name: str) -> None:
    """A namespace with only loopback up. Addresses serve at once: duplicate address detection is off."""
    run("ip", "netns", "add", name)
    run("ip", "-n", name, "link", "set", "lo", "up")
    run("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0", namespace=name)


def processes(name: str) -> list[int]:
    wanted, found = os.stat(_FOLDER / name), []
    for pid in (int(one) for one in os.listdir("/proc") if one.isdigit()):
        with suppress(OSError):  # it has ended meanwhile
            if os.path.samestat(os.stat(f"/proc/{pid}/ns/net"), wanted):
                found.append(pid)
    return found


def remove(name: str) -> None:
    """Ends what still runs in the namespace, then takes it away."""
    if not exists(name):
        return
    for pid in processes(name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run("ip", "netns", "del", name, timeout=_PATIENCE)


def _hardware_address(end: tuple[str, str]) -> str:
    """The same for the same end, as with a real interface: neighbours remember it when the box comes back."""
    digest = hashlib.sha256("/".join(end).encode()).digest()
    return ":".join(f"{octet:02x}" for octet in (0x02, *digest[:5]))  # locally administered


def connect(first: tuple[str, str], second: tuple[str, str]) -> None:
    """A cable between two (namespace, interface) ends; the first end is up, the second is as new."""
    run("ip", "link", "add", first[1], "netns", first[0], "address", _hardware_address(first), "type", "veth",
        "peer", "name", second[1], "netns", second[0], "address", _hardware_address(second))
    run("ip", "-n", first[0], "link", "set", first[1], "up")


def end_of_vlan(namespace: str, interface: str, vlan: int, name: str) -> str:
    """Where the VLAN's frames come without their tag: an interface `name` on this one; without a VLAN this one itself."""
    if vlan == 0:
        return interface
    run("ip", "-n", namespace, "link", "add", "link", interface, "name", name, "type", "vlan", "id", str(vlan))
    run("ip", "-n", namespace, "link", "set", name, "up")
    return name


def disconnect(end: tuple[str, str]) -> None:
    """Takes the cable away, if it is still there. Its other end goes with it."""
    with suppress(LabError):
        run("ip", "-n", end[0], "link", "del", end[1])


def add_switch(namespace: str, name: str) -> None:
    run("ip", "-n", namespace, "link", "add", name, "type", "bridge", "mcast_snooping", "0")
    run("ip", "-n", namespace, "link", "set", name, "up")


def add_address(namespace: str, interface: str, address: str) -> None:
    run("ip", "-n", namespace, "address", "replace", address, "dev", interface)


def enter(name: str) -> None:
    """The calling thread alone, for the rest of its life."""
    with open(_FOLDER / name, "rb") as handle:
        if _libc.setns(handle.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {name}")


def socket_in(name: str | None, family: int = socket.AF_INET, kind: int = socket.SOCK_STREAM) -> socket.socket:
    """A socket that belongs to a namespace for all its life, while this process stays where it is."""
    if name is None:
        return socket.socket(family, kind)
    with ThreadPoolExecutor(1) as elsewhere:  # setns moves the calling thread only, and that one ends here
        return elsewhere.submit(_make_socket, name, family, kind).result()


def _make_socket(namespace: str, family: int, kind: int) -> socket.socket:
    enter(namespace)
    return socket.socket(family, kind)
