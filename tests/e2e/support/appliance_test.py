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

from .appliance import Appliance, Image, card, medium
from .site import HL7, Site, TenantSpec

SERVING = "Started sekisho-supervisor.service"
START_SECONDS = 900  # emulated, beside other tests; some 40 on a quiet machine
_TENANT = TenantSpec("karte", "10.11.1.1", (HL7,))


class ApplianceTest(unittest.TestCase):
    """`cls.box` is switched off, with the site's stick in it; the cloud's HL7 service runs."""

    site: dict[str, Any]
    keys: pki.Pki
    box: Appliance
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
            around = Neighbourhood(topology.plan(cls.site), claim)
            around.plug_box()
            cls.names = around.names
            cls.image = Image(Path(os.environ["GW_IMAGE"]))
            cls.box = Appliance(cls.image, claim.folder / "box", cls.names["box"], (card(0), card(1)))
            stack.callback(lambda: cls.box.cut_power())
            cls.box.insert(medium(claim.folder / "stick.img", "SEKISHOSITE", config.parent))
            cls._start_cloud(stack)
            cls._stack = stack.pop_all()

    @classmethod
    def _write_site(cls, folder: Path) -> Path:
        folder.mkdir()
        site = Site((_TENANT,))
        site.tree["network"]["lan"][0]["interface"] = card(0)
        site.tree["network"]["wan"]["interface"] = card(1)
        return site.write(folder / "sekisho.yaml")

    @classmethod
    def _start_cloud(cls, stack: ExitStack) -> None:
        upstream = cloud.service_of(cls.site, "karte", "hl7")["upstream"]
        keys = cls.keys.tenant("karte")
        for address in upstream["addresses"]:
            process = started.start("hl7", cls.names["cloud"], address, upstream["port"], keys.cloud("hl7").certificate,
                                    keys.cloud_ca("hl7"))
            stack.callback(command.stop, process)

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    def door(self) -> Door:
        return cloud.door_of(self.site, self.keys, "karte", "hl7")

    def terminal(self) -> Terminal:
        return Terminal(self.names["clinic-karte"], self.keys.tenant("karte").terminal("desk-1"))
