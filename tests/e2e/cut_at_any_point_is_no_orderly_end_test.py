"""Connections cut after a seeded number of octets of the TLS stream, on either leg, in handshake or in data."""

import random
import socket
import ssl
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe, Truncated

_CUTS = 60
_SEED = 20260401
_LONGEST = 40_000  # octets; a handshake takes about two thousand
_DATA = b"d" * 20_000


class LimitedSocket(socket.socket):
    """Sends so many octets, then closes in the middle of whatever it was told to send."""

    allowance = 0

    def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
        super().sendall(data[:self.allowance], flags)
        self.allowance -= len(data)
        if self.allowance <= 0:
            self.close()
            raise ConnectionAbortedError("cut here on purpose")


def _limited(plain: socket.socket, allowance: int) -> LimitedSocket:
    limited = LimitedSocket(fileno=plain.detach())
    limited.allowance = allowance
    limited.settimeout(30)
    return limited


class CutAtAnyPointIsNoOrderlyEnd(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _ending_seen_by_cloud(self) -> str:
        with suppress(Exception):
            session = self.cloud.accept(0.5)
            try:
                session.receive_all()
                return "orderly"
            except (Truncated, OSError):
                return "broken"
        return "never heard of it"

    def test_cloud_never_takes_a_cut_terminal_for_a_finished_one(self) -> None:
        pick = random.Random(_SEED)
        for number in range(_CUTS):
            allowance = pick.randrange(1, _LONGEST if number % 2 else 3000)
            with self.subTest(octets=allowance):
                self.assertNotEqual(self._cut_terminal(allowance), "orderly")

    def _cut_terminal(self, allowance: int) -> str:
        mark = self.lab.box.records.mark()
        terminal, door = self.terminal(), self.door()
        plain = namespaces.socket_in(terminal.namespace)
        plain.connect((door.address, door.port))
        with suppress(OSError, ssl.SSLError, Truncated):
            pipe = TlsPipe(_limited(plain, allowance), terminal.context(door), door.server_name).handshake()
            pipe.send(_DATA + _DATA)
        seen = self._ending_seen_by_cloud()
        reason = self._ending_recorded(mark)
        self.assertNotEqual(reason, "finished")
        return seen

    def _ending_recorded(self, mark: int) -> str:
        """Exactly one record tells how the connection ended."""
        def endings() -> list[str]:
            return [r["reason"] for r in self.lab.box.records.since(mark) if r["event"] in ("session.closed", "session.refused")]
        self.lab.box.records.wait_until("the connection's ending", lambda _: bool(endings()))
        self.assertEqual(len(endings()), 1)
        return endings()[0]


if __name__ == "__main__":
    unittest.main()
