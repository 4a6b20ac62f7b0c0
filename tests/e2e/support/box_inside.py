"""The box's own namespaces: through the descriptors of its supervisor, or where they are pinned, which outlives it."""

from __future__ import annotations

import ctypes
import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from lab.command import LabError, run

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


def _network_paths(supervisor: int) -> list[str]:
    """One path for each network namespace the process holds a descriptor of."""
    found: dict[str, str] = {}
    for path in Path(f"/proc/{supervisor}/fd").iterdir():
        with suppress(OSError):
            target = os.readlink(path)
            if target.startswith("net:["):
                found.setdefault(target, str(path))
    return list(found.values())


def run_at(path: str, *arguments: str) -> str:
    return run("nsenter", f"--net={path}", "--", *arguments)


def ground_with(supervisor: int, interface: str) -> str:
    """The path of the namespace this interface stands in, valid while the supervisor lives."""
    for path in _network_paths(supervisor):
        if any(link["ifname"] == interface for link in json.loads(run_at(path, "ip", "-j", "link"))):
            return path
    raise LabError(f"{interface} is in none of the box's namespaces")


def pinned(run_folder: Path) -> dict[str, str]:
    """`lan`, `wan`, `mgmt` -> path, as far as they are pinned by now."""
    mounted = {line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()}
    places = {name: str(run_folder / "ns" / name) for name in ("lan", "wan", "mgmt")}
    return {name: place for name, place in places.items() if place in mounted}


def interfaces_at(path: str) -> set[str]:
    """All but the loopback."""
    return {link["ifname"] for link in json.loads(run_at(path, "ip", "-j", "link"))} - {"lo"}


def closed_hooks_at(path: str) -> set[str]:
    """The hooks at which whatever no rule lets through is dropped."""
    chains = [each["chain"] for each in json.loads(run_at(path, "nft", "-j", "list", "chains"))["nftables"] if "chain" in each]
    return {chain["hook"] for chain in chains if chain.get("policy") == "drop"}


def addresses_at(path: str, interface: str) -> list[dict[str, Any]]:
    return json.loads(run_at(path, "ip", "-j", "address", "show", "dev", interface))[0]["addr_info"]


def link_local(path: str, interface: str) -> str:
    return next(a["local"] for a in addresses_at(path, interface) if a["family"] == "inet6" and a["scope"] == "link")


def _make_socket(path: str, family: int, kind: int) -> socket.socket:
    with open(path, "rb") as handle:
        if _libc.setns(handle.fileno(), _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {path}")
    return socket.socket(family, kind)


def socket_at(path: str, family: int = socket.AF_INET, kind: int = socket.SOCK_STREAM) -> socket.socket:
    """A socket that belongs to the namespace, while this process stays where it is."""
    with ThreadPoolExecutor(1) as elsewhere:  # setns moves the calling thread only, and that one ends here
        return elsewhere.submit(_make_socket, path, family, kind).result()
