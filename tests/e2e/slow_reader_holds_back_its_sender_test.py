"""A peer that does not read stops the other one, in bounded memory, and holds up nobody else."""

import array
import fcntl
import socket
import termios
import threading
import unittest
from contextlib import ExitStack
from pathlib import Path

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe

_SENT = 64 * 1024 * 1024
_GROWTH_KIB = 4 * 1024
_BLOCK = b"s" * 65536
_STILL = 15  # looks at the queue in a row that must agree


def _resident_kib(pid: int) -> int:
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1])


def _unsent(plain: socket.socket) -> int:
    """Octets in the kernel's send queue."""
    count = array.array("i", [0])
    fcntl.ioctl(plain.fileno(), termios.TIOCOUTQ, count)
    return count[0]


class SlowReaderHoldsBackItsSender(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _pour(self, pipe: TlsPipe) -> None:
        for _ in range(_SENT // len(_BLOCK)):
            pipe.send(_BLOCK)
        pipe.finish_sending()

    def _until_stalled(self, plain: socket.socket) -> None:
        """The sender's kernel queue stands full and does not move."""
        seen = [0] * _STILL
        def stalled() -> bool:
            seen.append(_unsent(plain))
            return seen[-1] > 0 and len(set(seen[-_STILL:])) == 1
        wait_for("the sender to be held back", stalled)

    def test_unread_stream_stops_its_sender_in_bounded_memory(self) -> None:
        proxyd = self.lab.box.pids()["proxyd/karte"]
        sender, reader = self.open(), self.cloud.accept()
        before = _resident_kib(proxyd)
        thread = threading.Thread(target=self._pour, args=(sender,))
        thread.start()
        self._until_stalled(sender.plain)
        self.assertLess(_resident_kib(proxyd) - before, _GROWTH_KIB)
        self._other_session_moves()
        received = sum(len(block) for block in iter(reader.receive, b""))
        thread.join()
        self.assertEqual(received, _SENT)

    def _other_session_moves(self) -> None:
        terminal, cloud = self.open(), self.cloud.accept()
        terminal.send(b"still here?")
        self.assertEqual(cloud.receive_exactly(11), b"still here?")


if __name__ == "__main__":
    unittest.main()
