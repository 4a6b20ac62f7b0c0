"""nmap, told to believe nothing it knows beforehand, and what answered it."""

from __future__ import annotations

import functools
import subprocess
import xml.etree.ElementTree as xml
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Iterable

from lab import command

_PATIENCE = 400
_BLIND = ("-Pn", "-n", "--disable-arp-ping", "--max-retries", "1", "--min-rate", "20000", "--min-hostgroup", "64",
          "-oX", "-")
_ALL_TCP = ("-sS", "-p1-65535")
_USUAL_UDP = ("-sU", "--top-ports", "1000")
_ECHO = ("-sn", "-PE", "-n", "--disable-arp-ping", "-oX", "-")
_SILENT = ("filtered", "open|filtered")


@dataclass(frozen=True, order=True)
class Answer:
    """Something that came back: `open` from a listener; `closed` and the like tell the box is there too."""

    address: str
    protocol: str
    port: int
    state: str


@dataclass(frozen=True)
class Scan:
    """Who answered, and how many ports were tried on how many hosts."""

    answers: frozenset[Answer]
    tried: int

    def __or__(self, other: "Scan") -> "Scan":
        return Scan(self.answers | other.answers, self.tried + other.tried)


def _run(namespace: str | None, kind: Iterable[str], addresses: list[str]) -> xml.Element:
    family = ["-6"] if ":" in addresses[0] else []
    done = subprocess.run(command.inside(namespace, ["nmap", *family, *kind, *addresses]), capture_output=True,
                          text=True, timeout=_PATIENCE, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return xml.fromstring(done.stdout)


def _many(host: xml.Element, address: str) -> tuple[set[Answer], int]:
    """Ports that nmap only counts: those of the same state."""
    answers, tried = set(), 0
    for group in host.findall("ports/extraports"):
        tried += int(group.attrib["count"])
        loud = [f"{r.attrib['count']} {r.attrib['reason']}" for r in group if r.attrib["reason"] != "no-response"]
        if loud or group.attrib["state"] not in _SILENT:
            answers.add(Answer(address, "many", 0, f"{group.attrib['state']}: {', '.join(loud)}"))
    return answers, tried


def _single(host: xml.Element, address: str) -> tuple[set[Answer], int]:
    ports = host.findall("ports/port")
    states = [(port, port.find("state")) for port in ports]
    return {Answer(address, port.attrib["protocol"], int(port.attrib["portid"]), state.attrib["state"])
            for port, state in states
            if state is not None and (state.attrib["state"] not in _SILENT or state.attrib["reason"] != "no-response")
            }, len(ports)


def _read(root: xml.Element) -> Scan:
    scan = Scan(frozenset(), 0)
    for host in root.findall("host"):
        address = host.findall("address")[0].attrib["addr"]
        for answers, tried in (_many(host, address), _single(host, address)):
            scan |= Scan(frozenset(answers), tried)
    return scan


def _families(addresses: Iterable[str]) -> list[list[str]]:
    listed = list(addresses)
    return [group for group in ([a for a in listed if ":" not in a], [a for a in listed if ":" in a]) if group]


def _scan(namespace: str | None, kind: Iterable[str], addresses: Iterable[str]) -> Scan:
    """Both families at once: each is one process, and the waiting is most of it."""
    with ThreadPoolExecutor(2) as both:
        found = both.map(lambda group: _read(_run(namespace, [*_BLIND, *kind], group)), _families(addresses))
        return functools.reduce(Scan.__or__, found)


def all_tcp(namespace: str | None, addresses: Iterable[str]) -> Scan:
    """All 65,535 ports of each address."""
    return _scan(namespace, _ALL_TCP, addresses)


def some_tcp(namespace: str | None, addresses: Iterable[str], ports: Iterable[int]) -> Scan:
    return _scan(namespace, ["-sS", "-p" + ",".join(map(str, ports))], addresses)


def usual_udp(namespace: str | None, addresses: Iterable[str]) -> Scan:
    """The 1,000 ports most often found open."""
    return _scan(namespace, _USUAL_UDP, addresses)


def echoes(namespace: str | None, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that answer an echo request."""
    found = set()
    for group in _families(addresses):
        for host in _run(namespace, _ECHO, group).findall("host"):
            status = host.find("status")
            if status is not None and status.attrib["state"] == "up":
                found.add(host.findall("address")[0].attrib["addr"])
    return found
