"""Ten thousand small requests over a few kept-alive sessions, and hundreds over sessions of their own."""

import http.client
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from lab.cloud import Cloud
from support.box_test import BoxTest
from support.site import WEB, TenantSpec

_SESSIONS = 8
_REQUESTS_EACH = 1250
_SHORT_SESSIONS = 300


class HttpsSmallRequestsAreAllAnswered(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (WEB,), limits={
        "connections": "1000 per s", "connections_per_terminal": "1000 per s", "connections_per_source": "1000 per s"}),)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start("https", "karte", "web")

    def _ask(self, requests: int, number: int) -> int:
        """Requests over one session; returns how many were answered with what was asked for."""
        door = self.door("karte", "web")
        session = http.client.HTTPConnection(door.server_name)
        session.sock = self.terminal().tls(door)
        right = 0
        for count in range(requests):
            path = f"/record/{number}/{count}"
            session.request("GET", path)
            right += path.encode() in session.getresponse().read()
        session.close()
        return right

    def test_ten_thousand_requests_over_kept_alive_sessions(self) -> None:
        with ThreadPoolExecutor(_SESSIONS) as pool:
            answered = sum(pool.map(lambda number: self._ask(_REQUESTS_EACH, number), range(_SESSIONS)))
        self.assertEqual(answered, _SESSIONS * _REQUESTS_EACH)

    def test_each_request_in_a_session_of_its_own(self) -> None:
        with ThreadPoolExecutor(_SESSIONS) as pool:
            answered = sum(pool.map(lambda number: self._ask(1, number), range(_SHORT_SESSIONS)))
        self.assertEqual(answered, _SHORT_SESSIONS)
        self.lab.box.records.wait(self.mark, event="session.closed", count=_SHORT_SESSIONS)


if __name__ == "__main__":
    unittest.main()
