"""Everybody around the box sends to everybody beyond it, all the time, and counts what arrives.

Nothing may arrive: not in a clinic from the cloud or another clinic, not in the cloud from a clinic, and no answer of the
box itself. Who sends knows the box's hardware addresses for good, so that no packet waits for ARP or ND."""

from __future__ import annotations

import ipaddress
import json
import os
import subprocess
import sys
from pathlib import Path

from lab import command
from lab.lab import Lab
from lab.topology import Interface

from .packet_storm import CONNECTION, DATAGRAM

_STORM = Path(__file__).with_name("packet_storm.py")
_TABLE = f"""table inet crossfire {{
  counter sent {{ }}
  counter crossed {{ }}
  counter answered {{ }}
  chain leaving {{
    type filter hook output priority -500; policy accept;
    udp dport {DATAGRAM} counter name sent
    tcp dport {CONNECTION} counter name sent
    icmp type echo-request counter name sent
    icmpv6 type echo-request counter name sent
  }}
  chain arriving {{
    type filter hook prerouting priority -500; policy accept;
    iifname "lo" return
    udp dport {DATAGRAM} counter name crossed
    tcp dport {CONNECTION} counter name crossed
    icmp type echo-request counter name crossed
    icmpv6 type echo-request counter name crossed
    udp sport {DATAGRAM} counter name answered
    tcp sport {CONNECTION} counter name answered
    icmp type {{ echo-reply, destination-unreachable, redirect, time-exceeded, parameter-problem }} counter name answered
    icmpv6 type {{ echo-reply, destination-unreachable, time-exceeded, parameter-problem, nd-redirect }} counter name answered
  }}
}}"""


class Crossfire:
    """Stands around one lab's box."""

    def __init__(self, lab: Lab, service_addresses: list[str]) -> None:
        assert lab.neighbourhood is not None
        self._names = lab.neighbourhood.names
        network = lab.site["network"]
        self._lans = [[ipaddress.ip_interface(a) for a in lan["addresses"]] for lan in network["lan"]]
        self._wan = [ipaddress.ip_interface(a) for a in network["wan"]["addresses"]]
        self._cloud = [*network["wan"]["gateways"], *service_addresses]
        self._clinics = [name for name in self._names if name.startswith("clinic-")]
        self._places = (*self._clinics, "cloud")
        self._storms: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        for number, clinic in enumerate(self._clinics):
            self._batch(clinic, [f"neigh replace {a.ip} lladdr {self._hardware(f'lan{number}')} dev lan{number} nud permanent"
                                 for a in self._lans[number]])
        for name in self._places:
            command.run("nft", _TABLE, namespace=self._names[name])
        self.aim_from_the_cloud()
        for name in self._places:
            self._storms.append(command.start([sys.executable, "-B", str(_STORM), *self._aims(name)], self._names[name]))

    def aim_from_the_cloud(self) -> None:
        """The way into the clinics leads through the box. To be said again after the box's cables were replaced."""
        hardware = self._hardware("wan0")
        ways = [f"route replace {lan.network} via {next(w.ip for w in self._wan if w.version == lan.version)}"
                for lans in self._lans for lan in lans]
        self._batch("cloud", [f"neigh replace {w.ip} lladdr {hardware} dev wan0 nud permanent" for w in self._wan] + ways)

    def stop(self) -> None:
        for storm in self._storms:
            command.stop(storm)
        self._storms.clear()

    def crossed(self) -> dict[str, int]:
        """Who received how many packets from beyond the box."""
        return self._received("crossed")

    def answered(self) -> dict[str, int]:
        """Who received how many answers of the box itself, or of its kernel."""
        return self._received("answered")

    def _received(self, counter: str) -> dict[str, int]:
        counts = {name: self._counters(name)[counter] for name in self._places}
        return {name: count for name, count in counts.items() if count}

    def sent(self) -> dict[str, int]:
        return {name: self._counters(name)["sent"] for name in self._places}

    def running(self) -> bool:
        return bool(self._storms) and all(storm.poll() is None for storm in self._storms)

    def _aims(self, name: str) -> list[str]:
        """Every address of the box, and everybody who is not where the sender is."""
        box = [str(a.ip) for a in (*(a for lan in self._lans for a in lan), *self._wan)]
        beyond = [str(self._host(lan, number)) for number, lans in enumerate(self._lans) for lan in lans
                  if name != self._clinics[number]]
        return box + beyond + ([] if name == "cloud" else self._cloud)

    @staticmethod
    def _host(lan: Interface, number: int) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        return lan.network.network_address + 100 + number  # as the lab gives them (gateway/lab/topology.py)

    def _hardware(self, interface: str) -> str:
        """Of the box's end, which is in the box's first namespace when its cables are new, or beyond reach later."""
        links = json.loads(command.run("ip", "-n", self._names["box"], "-j", "link"))
        return next(link["address"] for link in links if link["ifname"] == interface)

    def _counters(self, name: str) -> dict[str, int]:
        listed = json.loads(command.run("nft", "-j", "list", "counters", "table", "inet", "crossfire",
                                        namespace=self._names[name]))
        return {each["counter"]["name"]: each["counter"]["packets"] for each in listed["nftables"] if "counter" in each}

    def _batch(self, name: str, lines: list[str]) -> None:
        done = subprocess.run(["ip", "-n", self._names[name], "-batch", "-"], input="\n".join(lines), text=True,
                              capture_output=True, env=os.environ)
        assert done.returncode == 0, done.stderr
