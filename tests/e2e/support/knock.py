"""Knocks at many doors at once and prints, as JSON, those that answered: `knock.py SECONDS [[PROTOCOL, ADDRESS, PORT]...]`.
It asks with whatever account and namespace it is started in, so it can stand in anybody's place."""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from contextlib import suppress

Door = tuple[str, str, int]


def _asking(door: Door) -> socket.socket | None:
    protocol, address, port = door
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    asking = socket.socket(family, socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    asking.setblocking(False)
    try:
        with suppress(BlockingIOError):
            asking.connect((address, port))
        if protocol == "udp":
            asking.send(b"anybody?")
    except OSError:
        asking.close()
        return None
    return asking


def _answered(asking: socket.socket) -> bool:
    """A connection that stands, or a datagram that came; an error is neither."""
    if asking.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0:
        return False
    if asking.type == socket.SOCK_STREAM:
        return True
    with suppress(OSError):
        return len(asking.recv(100)) > 0
    return False


def knock(doors: list[Door], seconds: float) -> list[Door]:
    asking = {each.fileno(): (each, door) for door in doors if (each := _asking(door)) is not None}
    poll = select.poll()
    for number, (each, _) in asking.items():
        poll.register(number, select.POLLIN | (select.POLLOUT if each.type == socket.SOCK_STREAM else 0))
    answered, deadline = [], time.monotonic() + seconds
    while asking and (left := deadline - time.monotonic()) > 0:
        for number, _ in poll.poll(left * 1000):
            each, door = asking.pop(number)
            poll.unregister(number)
            if _answered(each):
                answered.append(door)
            each.close()
    return answered


if __name__ == "__main__":
    print(json.dumps(knock([(p, a, n) for p, a, n in json.loads(sys.argv[2])], float(sys.argv[1]))))
