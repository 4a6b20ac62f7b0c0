"""A cut takes effect within a second, ends what it names and nothing else, and stands until it is restored (ISO-10)."""

import subprocess
import time
import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe, Truncated


class CutIsAtOnceAndOutlivesARestart(BoxTest):
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def _order(self, *words: str, reason: str = "a test") -> subprocess.CompletedProcess[str]:
        return self.lab.box.order(*words, "--reason", reason)

    def _session(self, name: str) -> tuple[TlsPipe, TlsPipe]:
        near = self.open(self.terminal("karte", name))
        return near, self.cloud.accept()

    def _moves(self, session: tuple[TlsPipe, TlsPipe]) -> bool:
        session[0].send(b"there")
        return session[1].receive_exactly(5) == b"there"

    def _is_refused(self, name: str) -> None:
        mark = self.lab.box.records.mark()
        with self.assertRaises((OSError, Truncated)):
            pipe = self.open(self.terminal("karte", name))
            while pipe.receive():
                pass
        self.lab.box.records.wait(mark, 10, event="session.refused", reason="cut_off")

    def test_a_terminal_is_cut_off_until_it_is_restored(self) -> None:
        cut_off, stays = self._session("desk-1"), self._session("desk-2")
        began = time.monotonic()
        done = self._order("cut", "terminal", "karte/desk-1", reason="stolen tablet")
        self.assertEqual(done.returncode, 0, done.stderr)
        with self.assertRaises((Truncated, ConnectionError)):
            while cut_off[0].receive():
                pass
        self.assertLess(time.monotonic() - began, 1.0)
        self.assertEqual(self.wait_record("cut.made")["detail"], "stolen tablet")
        self.assertTrue(self._moves(stays))
        self._is_refused("desk-1")

        self.lab.box.stop()
        self.lab.box.start()
        self.assertEqual(self.lab.box.status()["cuts"], [{"what": "terminal", "tenant": "karte", "name": "desk-1"}])
        self._is_refused("desk-1")
        self.assertTrue(self._moves(self._session("desk-2")))

        self.assertEqual(self._order("restore", "terminal", "karte/desk-1").returncode, 0)
        self.assertTrue(self._moves(self._session("desk-1")))
        self.assertEqual(self.lab.box.status()["cuts"], [])

    def test_a_name_that_is_not_there_is_told_and_nothing_is_cut(self) -> None:
        done = self._order("cut", "terminal", "karte/desk-99")
        self.assertEqual(done.returncode, 1)
        self.assertIn("has no terminal karte/desk-99", done.stderr)
        self.assertEqual(self.lab.box.status()["cuts"], [])

    def test_without_a_reason_nothing_is_cut(self) -> None:
        done = self.lab.box.order("cut", "everything")
        self.assertEqual(done.returncode, 64)
        self.assertIn("say why", done.stderr)


if __name__ == "__main__":
    unittest.main()
