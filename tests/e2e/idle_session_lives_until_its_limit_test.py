"""The idle limit ends a silent session, and only a silent one."""

import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import ServiceSpec, TenantSpec

_LIMIT = 3


class IdleSessionLivesUntilItsLimit(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1",
                          (ServiceSpec("raw", 9000, 9000, limits={"idle": f"{_LIMIT} s"}),)),)
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def test_silent_session_is_closed_at_its_limit_and_a_busy_one_is_not(self) -> None:
        silent, _ = self.open(self.terminal(name="desk-1")), self.cloud.accept()
        busy, busy_cloud = self.open(self.terminal(name="desk-2")), self.cloud.accept()
        def busy_until_one_closes() -> bool:
            busy.send(b"x")
            busy_cloud.receive_exactly(1)
            return bool(self.records("session.closed"))
        wait_for("the silent session to end", busy_until_one_closes, 4 * _LIMIT)
        closed = self.wait_record("session.closed")
        self.assertEqual((closed["terminal"], closed["reason"]), ("desk-1", "idle"))
        self.assertGreaterEqual(closed["duration_ms"], _LIMIT * 1000)
        self.assertLess(closed["duration_ms"], (_LIMIT + 3) * 1000)
        silent.plain.close()


if __name__ == "__main__":
    unittest.main()
