"""Counts, in a namespace, the marked packets that arrive: those a packet_storm sends."""

from __future__ import annotations

import json

from lab import command

from .packet_storm import CONNECTION, DATAGRAM

_TABLE = f"""table inet watch_post {{
  counter arrived {{ }}
  chain arriving {{
    type filter hook prerouting priority -500; policy accept;
    iifname "lo" return
    udp dport {DATAGRAM} counter name arrived
    tcp dport {CONNECTION} counter name arrived
    icmp type echo-request counter name arrived
    icmpv6 type echo-request counter name arrived
  }}
}}"""


class WatchPost:
    """A second one in the same place starts from nothing."""

    def __init__(self, namespace: str | None) -> None:
        self._namespace = namespace
        command.run("nft", "add table inet watch_post; delete table inet watch_post; " + _TABLE, namespace=namespace)

    def arrived(self) -> int:
        listed = json.loads(command.run("nft", "-j", "list", "counters", "table", "inet", "watch_post",
                                        namespace=self._namespace))
        return sum(each["counter"]["packets"] for each in listed["nftables"] if "counter" in each)
