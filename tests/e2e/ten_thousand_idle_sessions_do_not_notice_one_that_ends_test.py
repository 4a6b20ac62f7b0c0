"""Ten thousand sessions stand idle; one ends; nothing else moves, and the box's memory per session is bounded."""

import resource
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import RAW, TenantSpec
from support.tls_pipe import TlsPipe

_WANTED = 10_000
_HARD_LIMIT = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
# proxyd holds two descriptors a session, and so does this process. A machine that may not raise its limit has fewer.
_SESSIONS = min(_WANTED, (_HARD_LIMIT - 500) // 2)
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
        resource.setrlimit(resource.RLIMIT_NOFILE, (_HARD_LIMIT, _HARD_LIMIT))
        cls.cloud = cls.cloud_end(stack)

    def _open_one(self, number: int) -> None:
        """Opens a session and waits for a far end, not always its own: so many are under way at most."""
        self.near[number] = self.open()
        self.near[number].send(number.to_bytes(4, "big"))
        end = self.cloud.accept()
        self.far[int.from_bytes(end.receive_exactly(4), "big")] = end

    def test_one_ending_among_ten_thousand_moves_nothing_else(self) -> None:
        if _SESSIONS < _WANTED:
            print(f"ONLY {_SESSIONS} SESSIONS: at most {_HARD_LIMIT} descriptors are allowed here", flush=True)
        self.near: dict[int, TlsPipe] = {}
        self.far: dict[int, TlsPipe] = {}
        proxyd = self.lab.box.pids()["proxyd/karte"]
        before = _resident_kib(proxyd)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._open_one, range(_SESSIONS)))
        self.assertLess((_resident_kib(proxyd) - before) / _SESSIONS, _KIB_EACH)
        self.near[0].close()
        self.assertEqual(self.far[0].receive(), b"")
        self.far[0].close()
        self.assertEqual(self.wait_record("session.closed")["reason"], "finished")
        for number in range(1, _SESSIONS, _SAMPLE):
            self.far[number].send(b"idle")
            self.assertEqual(self.near[number].receive_exactly(4), b"idle")
        self.assertEqual(len(self.records("session.closed")), 1)


if __name__ == "__main__":
    unittest.main()
