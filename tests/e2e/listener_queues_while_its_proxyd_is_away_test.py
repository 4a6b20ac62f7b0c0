"""The supervisor holds the listeners: a terminal that connects while proxyd is dead waits, and is served."""

import os
import signal
import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd


class ListenerQueuesWhileItsProxydIsAway(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def test_terminal_that_comes_in_between_is_served_late(self) -> None:
        os.kill(self.lab.box.pids()["proxyd/karte"], signal.SIGKILL)
        terminal = self.open()  # no retry: one connection, one handshake
        terminal.send(b"late")
        self.assertEqual(self.cloud.accept().receive_exactly(4), b"late")


if __name__ == "__main__":
    unittest.main()
