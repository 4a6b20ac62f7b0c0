"""Ten thousand sessions stand idle; one ends; nothing else moves, and the box's memory per session is bounded."""

import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import RAW, TenantSpec
from support.tls_pipe import TlsPipe

_SESSIONS = 10_000
_AT_ONCE = 16
_SAMPLE = 97  # every so manyth session is spoken to afterwards
_KIB_EACH = 80  # 64 KiB of heap and what the sockets' bookkeeping adds to the process
_LIMITS = {"sessions": 12_000, "sessions_per_terminal": 12_000, "sessions_per_source": 12_000,
           "connections": "10000 per s", "connections_per_terminal": "10000 per s",
           "connections_per_source": "10000 per s", "handshakes": 1000}


def _resident_kib(pid: int) -> int:
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1])


class TenThousandIdleSessions(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW,), limits=_LIMITS),)
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def _numbered(self, number: int) -> TlsPipe:
        session = self.open()
        session.send(number.to_bytes(4, "big"))
        return session

    def test_one_ending_among_ten_thousand_moves_nothing_else(self) -> None:
        proxyd = self.lab.box.pids()["proxyd/karte"]
        before = _resident_kib(proxyd)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            near = list(pool.map(self._numbered, range(_SESSIONS)))
        ends = [self.cloud.accept() for _ in range(_SESSIONS)]
        far = {int.from_bytes(end.receive_exactly(4), "big"): end for end in ends}
        self.assertLess((_resident_kib(proxyd) - before) / _SESSIONS, _KIB_EACH)
        near[0].close()
        self.assertEqual(far[0].receive(), b"")
        far[0].close()
        self.assertEqual(self.wait_record("session.closed")["reason"], "finished")
        for number in range(1, _SESSIONS, _SAMPLE):
            far[number].send(b"idle")
            self.assertEqual(near[number].receive_exactly(4), b"idle")
        self.assertEqual(len(self.records("session.closed")), 1)


if __name__ == "__main__":
    unittest.main()
