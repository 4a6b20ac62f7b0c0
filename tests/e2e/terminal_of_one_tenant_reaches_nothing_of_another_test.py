"""A terminal of one tenant finds neither the other tenant's listeners nor the cloud nor the box itself."""

import socket
import unittest
from contextlib import ExitStack

from lab import namespaces
from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_SILENCE = 1.0


class TerminalOfOneTenantReachesNothingOfAnother(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _answers(self, address: str, port: int) -> bool:
        with namespaces.socket_in(self.lab.namespace("clinic-karte")) as attempt:
            attempt.settimeout(_SILENCE)
            return attempt.connect_ex((address, port)) == 0

    def test_own_listener_answers(self) -> None:
        door = self.door("karte")
        self.assertTrue(self._answers(door.address, door.port))

    def test_listener_of_the_other_tenant_does_not_answer(self) -> None:
        door = self.door("imaging")
        self.assertFalse(self._answers(door.address, door.port))

    def test_cloud_is_not_reached_past_the_box(self) -> None:
        self.assertFalse(self._answers("203.0.113.20", 9000))
        self.assertEqual(self.cloud.accepted, 0)

    def test_nothing_but_listeners_answers_on_the_box(self) -> None:
        for port in (22, 53, 80, 443, 8080):
            with self.subTest(port=port):
                self.assertFalse(self._answers(self.door("karte").address, port))

    def test_datagrams_through_the_box_go_nowhere(self) -> None:
        with namespaces.socket_in(self.lab.namespace("cloud"), kind=socket.SOCK_DGRAM) as cloud, \
                namespaces.socket_in(self.lab.namespace("clinic-karte"), kind=socket.SOCK_DGRAM) as terminal:
            cloud.bind(("203.0.113.20", 9001))
            cloud.settimeout(_SILENCE)
            terminal.sendto(b"anybody?", ("203.0.113.20", 9001))
            with self.assertRaises(TimeoutError):
                cloud.recv(100)


if __name__ == "__main__":
    unittest.main()
