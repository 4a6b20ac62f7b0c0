"""Sends to every address given, again and again, whatever may carry a packet across a box: datagrams, beginnings of
connections, echo requests. `python3 packet_storm.py ADDRESS...`; ends when it is killed."""

from __future__ import annotations

import select
import socket
import sys
from contextlib import suppress

DATAGRAM, CONNECTION = 47111, 47112  # destination ports that nothing else in the lab uses
_PAUSE = 0.003
_ECHO4 = bytes.fromhex("0800f7ff00000000")  # RFC 792, checksum included
_ECHO6 = bytes.fromhex("8000000000000000")  # RFC 4443; the kernel puts the checksum in


class _Gun:
    """The sockets of one address family."""

    def __init__(self, family: socket.AddressFamily, echo: bytes, protocol: int) -> None:
        self._family, self._echo = family, echo
        self._datagrams = socket.socket(family, socket.SOCK_DGRAM)
        self._datagrams.setblocking(False)
        self._echoes: socket.socket | None = None
        with suppress(PermissionError):  # not everybody may
            self._echoes = socket.socket(family, socket.SOCK_RAW, protocol)
            self._echoes.setblocking(False)

    def fire(self, address: str) -> None:
        with suppress(OSError):
            self._datagrams.sendto(b"across", (address, DATAGRAM))
        if self._echoes is not None:
            with suppress(OSError):
                self._echoes.sendto(self._echo, (address, 0))
        with socket.socket(self._family, socket.SOCK_STREAM) as connection:
            connection.setblocking(False)
            with suppress(OSError):
                connection.connect((address, CONNECTION))


def main(addresses: list[str]) -> None:
    guns = {False: _Gun(socket.AF_INET, _ECHO4, socket.IPPROTO_ICMP),
            True: _Gun(socket.AF_INET6, _ECHO6, socket.IPPROTO_ICMPV6)}
    while True:
        for address in addresses:
            guns[":" in address].fire(address)
        select.select([], [], [], _PAUSE)


if __name__ == "__main__":
    main(sys.argv[1:])
