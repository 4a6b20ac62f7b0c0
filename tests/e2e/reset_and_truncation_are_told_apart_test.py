"""Three ways a leg can break, each with its own reason; never does the other side see an orderly end."""

import unittest
from contextlib import ExitStack
from typing import Callable

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe, Truncated


class ResetAndTruncationAreToldApart(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _break(self, breaking: Callable[[TlsPipe], None], by_terminal: bool) -> str:
        """Breaks one leg; the other must see a broken end too. Returns the recorded reason."""
        terminal, cloud = self.open(), self.cloud.accept()
        terminal.send(b"hello")
        cloud.receive_exactly(5)
        broken, witness = (terminal, cloud) if by_terminal else (cloud, terminal)
        breaking(broken)
        with self.assertRaises((Truncated, ConnectionError)):
            witness.receive()
        return self.wait_record("session.closed")["reason"]

    def test_terminal_that_vanishes_without_close_notify_is_a_truncation(self) -> None:
        self.assertEqual(self._break(TlsPipe.cut, by_terminal=True), "truncated_downstream")

    def test_cloud_that_vanishes_without_close_notify_is_a_truncation(self) -> None:
        self.assertEqual(self._break(TlsPipe.cut, by_terminal=False), "truncated_upstream")

    def test_reset_by_the_terminal_resets_the_cloud(self) -> None:
        self.assertEqual(self._break(TlsPipe.reset, by_terminal=True), "reset_downstream")

    def test_reset_by_the_cloud_resets_the_terminal(self) -> None:
        self.assertEqual(self._break(TlsPipe.reset, by_terminal=False), "reset_upstream")


if __name__ == "__main__":
    unittest.main()
