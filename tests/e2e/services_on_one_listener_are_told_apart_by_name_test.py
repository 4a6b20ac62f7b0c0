"""Two services of a tenant behind one address and port: the server name decides, and nothing else does."""

import ssl
import unittest
from contextlib import ExitStack
from dataclasses import replace

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import ServiceSpec, Site, TenantSpec
from support.tls_pipe import Truncated

_ONE = ServiceSpec("one", 8443, 9001)
_TWO = ServiceSpec("two", 8443, 9002)


class ServicesOnOneListenerAreToldApartByName(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (_ONE, _TWO)),)
    clouds: dict[str, CloudEnd]

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.share_listener("karte")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {name: cls.cloud_end(stack, "karte", name) for name in ("one", "two")}

    def test_each_name_leads_to_its_own_service(self) -> None:
        for name in ("one", "two", "one"):
            with self.subTest(service=name):
                session = self.open(door=self.door("karte", name))
                session.send(name.encode())
                self.assertEqual(self.clouds[name].accept().receive_exactly(3), name.encode())

    def test_name_nobody_serves_is_refused(self) -> None:
        door = replace(self.door("karte", "one"), server_name="three.karte.clinic.example")
        with self.assertRaises((ssl.SSLError, Truncated, OSError)):
            self.open(door=door).receive()
        self.assertEqual(self.wait_record("session.refused")["reason"], "policy_unknown_name")


if __name__ == "__main__":
    unittest.main()
