"""The box resolves cloud names itself; a name that leads into the clinic or nowhere gives no session."""

import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.site import ServiceSpec, TenantSpec
from support.cloud_end import CloudEnd
from support.tls_pipe import Truncated

_NAMED = ServiceSpec("named", 9000, 9000, addresses=())
_INWARD = ServiceSpec("inward", 9001, 9001, addresses=())
_NOWHERE = ServiceSpec("nowhere", 9002, 9002, addresses=())


class NamesLeadOnlyWhereTheyMay(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (_NAMED, _INWARD, _NOWHERE)),)
    cloud: CloudEnd

    @classmethod
    def names(cls, names: dict[str, list[str]]) -> dict[str, list[str]]:
        del names["nowhere.karte.cloud.example"]
        return names | {"inward.karte.cloud.example": ["10.11.1.77"]}

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte", "named")

    def _refusal(self, service: str) -> str:
        session = self.open(door=self.door("karte", service))
        with self.assertRaises((Truncated, OSError)):
            session.receive()
        return self.wait_record("session.refused", seconds=20)["reason"]

    def test_name_of_the_cloud_is_resolved_and_reached(self) -> None:
        session = self.open(door=self.door("karte", "named"))
        session.send(b"found")
        self.assertEqual(self.cloud.accept().receive_exactly(5), b"found")

    def test_name_that_leads_into_the_clinic_is_not_dialled(self) -> None:
        self.assertEqual(self._refusal("inward"), "upstream_forbidden")
        self.wait_record("address.refused")

    def test_name_nobody_knows_is_told_as_such(self) -> None:
        self.assertEqual(self._refusal("nowhere"), "upstream_unresolved")


if __name__ == "__main__":
    unittest.main()
