"""Ten minutes without an octet, with a service whose limit allows it; then both directions still work."""

import threading
import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import ServiceSpec, TenantSpec

_SILENCE_SECONDS = 600


class TenMinutesOfSilence(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1",
                          (ServiceSpec("raw", 9000, 9000, limits={"idle": "15 min"}),)),)
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)

    def test_session_outlives_ten_minutes_of_silence(self) -> None:
        terminal, cloud = self.open(), self.cloud.accept()
        threading.Event().wait(_SILENCE_SECONDS)  # the wait is what is tested
        terminal.send(b"after")
        self.assertEqual(cloud.receive_exactly(5), b"after")
        cloud.send(b"wards")
        self.assertEqual(terminal.receive_exactly(5), b"wards")
        self.assertEqual(self.records("session.closed"), [])


if __name__ == "__main__":
    unittest.main()
