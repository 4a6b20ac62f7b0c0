"""Connections cut after a seeded number of octets of the TLS stream, on either leg, in handshake or in data: the far
side never sees an orderly end, and exactly one record tells the ending."""

import queue
import random
import socket
import ssl
import threading
import unittest
from contextlib import ExitStack, suppress

from lab import namespaces
from lab.records import Record
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.limited_socket import limited
from support.site import IMAGING, KARTE
from support.tls_pipe import TlsPipe, Truncated

_CUTS = 50  # on each leg
_SEED = 20260401
_HANDSHAKE = 3000  # octets, about
_LONGEST = 40_000
_DATA = b"d" * _LONGEST
_PATIENCE = 20
_GRACE = 0.3  # for a session that the box has already recorded as closed
_BROKEN = (Truncated, OSError, ssl.SSLError)


def _allowances() -> list[int]:
    """Half of the cuts fall into the handshake."""
    pick = random.Random(_SEED)
    return [pick.randrange(1, _LONGEST if number % 2 else _HANDSHAKE) for number in range(_CUTS)]


class CutAtAnyPointIsNoOrderlyEnd(BoxTest):
    TENANTS = (KARTE, IMAGING)
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def _only_ending(self, mark: int) -> Record:
        def endings() -> list[Record]:
            return [r for r in self.lab.box.records.since(mark) if r["event"] in ("session.closed", "session.refused")]
        self.lab.box.records.wait_until("the connection's ending", lambda _: bool(endings()), _PATIENCE)
        self.assertEqual(len(endings()), 1)
        self.assertNotEqual(endings()[0]["reason"], "finished")
        return endings()[0]

    def test_terminals_leg(self) -> None:
        for allowance in _allowances():
            with self.subTest(octets=allowance):
                mark = self.lab.box.records.mark()
                self._send_and_be_cut(allowance)
                if self._only_ending(mark)["event"] == "session.closed":
                    self._cloud_saw_no_end()

    def _cloud_saw_no_end(self) -> None:
        try:
            session = self.cloud.accept(_GRACE)
        except queue.Empty:
            return  # the reset overtook the cloud's part of the handshake
        with self.assertRaises(_BROKEN):
            session.receive_all()

    def _send_and_be_cut(self, allowance: int) -> None:
        terminal, door = self.terminal("karte"), self.door("karte")
        plain = namespaces.socket_in(terminal.namespace)
        plain.connect((door.address, door.port))
        with suppress(*_BROKEN):
            line = limited(plain, allowance, _PATIENCE)
            TlsPipe(line, terminal.context(door), door.server_name).handshake().send(_DATA)

    def test_clouds_leg(self) -> None:
        with _listener(self.lab.namespace("cloud")) as listener:
            for allowance in _allowances():
                with self.subTest(octets=allowance):
                    mark = self.lab.box.records.mark()
                    answering = threading.Thread(target=self._answer_and_be_cut, args=(listener, allowance))
                    answering.start()
                    session = self.open(self.terminal("imaging"), self.door("imaging"))
                    with self.assertRaises(_BROKEN):
                        session.receive_all()
                    answering.join()
                    self._only_ending(mark)

    def _answer_and_be_cut(self, listener: socket.socket, allowance: int) -> None:
        context = self.cloud_context("imaging", "raw")
        plain, _ = listener.accept()
        with suppress(*_BROKEN):
            TlsPipe(limited(plain, allowance, _PATIENCE), context).handshake().send(_DATA)


def _listener(namespace: str | None) -> socket.socket:
    listener = namespaces.socket_in(namespace)
    listener.bind(("203.0.113.21", 9000))
    listener.listen()
    return listener


if __name__ == "__main__":
    unittest.main()
