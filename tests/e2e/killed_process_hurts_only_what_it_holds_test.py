"""kill -9 of each process: what ends, what goes on, and that the box heals (architecture 1.4)."""

import os
import signal
import unittest
from contextlib import ExitStack
from functools import partial

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe, Truncated

_HEALING = 30


def _is_gone(pid: int) -> bool:
    return not os.path.exists(f"/proc/{pid}")


class KilledProcessHurtsOnlyWhatItHolds(BoxTest):
    clouds: dict[str, CloudEnd]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def _session(self, tenant: str) -> tuple[TlsPipe, TlsPipe]:
        near = self.open(self.terminal(tenant), self.door(tenant))
        return near, self.clouds[tenant].accept()

    def _assert_moves(self, session: tuple[TlsPipe, TlsPipe]) -> None:
        session[0].send(b"there")
        self.assertEqual(session[1].receive_exactly(5), b"there")

    def _assert_broken(self, pipe: TlsPipe) -> None:
        with self.assertRaises((Truncated, ConnectionError)):
            pipe.receive()

    def _kill(self, process: str) -> None:
        old = self.lab.box.pids()[process]
        os.kill(old, signal.SIGKILL)
        wait_for(f"a new {process}", lambda: self.lab.box.pids()[process] not in (0, old), _HEALING)
        wait_for("the box to heal", self.lab.box.serving, _HEALING)
        self.wait_record("process.ended")

    def test_killed_proxyd_ends_its_own_tenants_sessions_only(self) -> None:
        own, other = self._session("karte"), self._session("imaging")
        self._kill("proxyd/karte")
        self._assert_broken(own[0])
        self._assert_broken(own[1])
        self._assert_moves(other)
        self._assert_moves(self._session("karte"))

    def test_killed_dialerd_leaves_running_sessions_alone(self) -> None:
        own = self._session("karte")
        self._kill("dialerd/karte")
        self._assert_moves(own)
        self._assert_moves(self._session("karte"))

    def test_killed_keyd_ends_no_session_and_fails_no_handshake(self) -> None:
        own, other = self._session("karte"), self._session("imaging")
        for _ in range(5):
            self.lab.box.strike("keyd")
            self._assert_moves(self._session("karte"))  # waits for the next keyd
            self._assert_moves(own)
            self._assert_moves(other)
        self.assertEqual(self.records("session.refused"), [])

    def test_killed_supervisor_closes_everything_and_a_new_one_serves(self) -> None:
        session, pids = self._session("karte"), self.lab.box.pids()
        self.lab.box.kill()
        self._assert_broken(session[0])
        self._assert_broken(session[1])
        for name, pid in pids.items():
            wait_for(f"{name} to be gone", partial(_is_gone, pid), _HEALING)
        self.lab.box.start()
        self._assert_moves(self._session("karte"))


if __name__ == "__main__":
    unittest.main()
