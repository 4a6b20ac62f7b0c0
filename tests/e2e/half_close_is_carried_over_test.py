"""One direction's orderly end passes through the box while the other direction goes on."""

import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe

_QUESTION = b"q" * 100_000
_ANSWER = b"a" * 300_000


class HalfCloseIsCarriedOver(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _close_halves(self, first: TlsPipe, second: TlsPipe) -> None:
        """`first` ends its direction; `second` answers after it has seen that end."""
        first.send(_QUESTION)
        first.finish_sending()
        self.assertEqual(second.receive_all(), _QUESTION)
        second.send(_ANSWER)
        second.finish_sending()
        self.assertEqual(first.receive_all(), _ANSWER)
        first.cut()
        second.cut()

    def test_terminal_ends_first_and_still_gets_the_answer(self) -> None:
        terminal = self.open()
        self._close_halves(terminal, self.cloud.accept())
        closed = self.wait_record("session.closed")
        self.assertEqual((closed["reason"], closed["bytes_up"], closed["bytes_down"]),
                         ("finished", len(_QUESTION), len(_ANSWER)))

    def test_cloud_ends_first_and_still_gets_the_rest(self) -> None:
        terminal = self.open()
        self._close_halves(self.cloud.accept(), terminal)
        closed = self.wait_record("session.closed")
        self.assertEqual((closed["reason"], closed["bytes_up"], closed["bytes_down"]),
                         ("finished", len(_ANSWER), len(_QUESTION)))


if __name__ == "__main__":
    unittest.main()
