"""A reception desk sends HL7 v2 messages over MLLP through the box; each is acknowledged, in order."""

import unittest
from contextlib import ExitStack

from lab.cloud import Cloud
from support.box_test import BoxTest
from support.site import HL7, TenantSpec

_MESSAGES = 1000


class Hl7MessagesAreAllAcknowledged(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (HL7,)),)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start("hl7", "karte", "hl7")

    def test_thousand_messages_are_acknowledged(self) -> None:
        self.assertEqual(self.terminal().hl7(self.door("karte", "hl7"), _MESSAGES), _MESSAGES)
        closed = self.wait_record("session.closed", service="hl7")
        self.assertEqual(closed["reason"], "finished")


if __name__ == "__main__":
    unittest.main()
