"""The fixture of tests of the appliance: its image, a clinic and a cloud around it, and a stick with the site's configuration."""

from __future__ import annotations

import os
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab import cloud, pki, topology
from lab.box import Programs
from lab.claim import Claim
from lab.neighbourhood import Neighbourhood
from lab.services import started
from lab.terminals import Door, Terminal
from lab import command

from .appliance import Appliance, Cable, Image, card, medium
from .site import HL7, Site, TenantSpec

SERVING = "Started sekisho-supervisor.service"
START_SECONDS = 900  # emulated, beside other tests; some 50 on a quiet machine
KARTE = TenantSpec("karte", "10.11.1.1", (HL7,))


class ApplianceTest(unittest.TestCase):
    """`cls.box` is switched off, with the site's stick in it; the cloud's HL7 service of each tenant runs."""

    TENANTS: tuple[TenantSpec, ...] = (KARTE,)
    CABLES: tuple[Cable, ...] = (card(0), card(1))

    site: dict[str, Any]
    keys: pki.Pki
    box: Appliance
    site_stick: Path
    _stack: ExitStack

    @classmethod
    def setUpClass(cls) -> None:
        with ExitStack() as stack:
            claim = stack.enter_context(Claim(f"image{os.getpid()}-"))
            cls.folder = claim.folder
            programs = Programs(Path(os.environ["GW_BIN"]))
            config = cls._write_site(claim.folder / "site")
            cls.keys = pki.prepare(programs, config, wrong=False)
            cls.site = programs.show(config)
            around = Neighbourhood(topology.plan(cls.around(cls.site)), claim)
            around.plug_box()
            cls.names = around.names
            cls.image = cls.image_to_start()
            cls.box = Appliance(cls.image, claim.folder / "box", cls.names["box"], cls.CABLES)
            stack.callback(lambda: cls.box.close())
            cls.site_stick = medium(claim.folder / "stick.img", "SEKISHOSITE", config.parent)
            cls.box.insert(cls.site_stick)
            cls._start_cloud(stack)
            cls._stack = stack.pop_all()

    @classmethod
    def image_to_start(cls) -> Image:
        """The one that firmware/image/build has made."""
        return Image(Path(os.environ["GW_IMAGE"]))

    @classmethod
    def _write_site(cls, folder: Path) -> Path:
        folder.mkdir()
        site = Site(cls.TENANTS)
        cls.shape(site)
        return site.write(folder / "sekisho.yaml")

    @classmethod
    def shape(cls, site: Site) -> None:
        """What is otherwise with an appliance: its interfaces."""
        site.tree["network"]["lan"][0]["interface"] = card(0)
        site.tree["network"]["wan"]["interface"] = card(1)

    @classmethod
    def around(cls, site: dict[str, Any]) -> dict[str, Any]:
        """The configuration as it looks at the other ends of the box's cables."""
        return site

    @classmethod
    def _start_cloud(cls, stack: ExitStack) -> None:
        for tenant in (spec.name for spec in cls.TENANTS):
            upstream = cloud.service_of(cls.site, tenant, "hl7")["upstream"]
            keys = cls.keys.tenant(tenant)
            for address in upstream["addresses"]:
                process = started.start("hl7", cls.names["cloud"], address, upstream["port"], keys.cloud("hl7").certificate,
                                        keys.cloud_ca("hl7"))
                stack.callback(command.stop, process)

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    def door(self, tenant: str = "karte") -> Door:
        return cloud.door_of(self.site, self.keys, tenant, "hl7")

    def terminal(self, tenant: str = "karte") -> Terminal:
        return Terminal(self.names[f"clinic-{tenant}"], self.keys.tenant(tenant).terminal("desk-1"))
