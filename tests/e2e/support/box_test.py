"""The fixture of every end-to-end test: one box with its neighbourhood for each test file."""

from __future__ import annotations

import os
import ssl
import unittest
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab import cloud, namespaces, pki
from lab.box import Programs
from lab.claim import Claim
from lab.lab import Lab, LabOptions
from lab.pki import Credential
from lab.records import Record
from lab.services.tls_server import server_context
from lab.terminals import Door, Terminal

from .cloud_end import CloudEnd
from .site import IMAGING, KARTE, Site, TenantSpec
from .tls_pipe import TlsPipe, Truncated

_PATIENCE = 30


class BoxTest(unittest.TestCase):
    """`lab.box` serves `site` with `keys`. A test file sets TENANTS; each test sees the records since it began."""

    TENANTS: tuple[TenantSpec, ...] = (KARTE, IMAGING)
    WRONG_CERTIFICATES = True  # most of the keys; a file that shows none of them need not make them

    site: Site
    keys: pki.Pki
    lab: Lab
    folder: Path
    _stack: ExitStack

    @classmethod
    def setUpClass(cls) -> None:
        with ExitStack() as stack:
            programs = Programs(Path(os.environ["GW_BIN"]))
            claim = stack.enter_context(Claim(f"e2e{os.getpid()}-"))
            cls.folder = claim.folder / "site"
            cls.folder.mkdir()
            cls.site = cls.shape(Site(cls.TENANTS))
            config = cls.site.write(cls.folder / "site.yaml")
            cls.keys = pki.prepare(programs, config, cls.WRONG_CERTIFICATES)
            names = cls.names(cloud.names_of(programs.show(config)))
            cls.lab = stack.enter_context(Lab(LabOptions(config, programs, names=names, hardware=cls.hardware(stack),
                                                            through=cls.through(stack)), claim))
            cls.prepare(stack)
            cls._stack = stack.pop_all()

    @classmethod
    def shape(cls, site: Site) -> Site:
        """The site to start with; a test file may change it."""
        return site

    @classmethod
    def through(cls, stack: ExitStack) -> tuple[str, ...]:
        """A command that starts the box's supervisor."""
        return ()

    @classmethod
    def hardware(cls, stack: ExitStack) -> tuple[str, ...]:
        """The supervisor's options for a TPM or a token; a test that has one may have made some of the box's keys in it."""
        return ()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        """Whatever else the file's tests share."""

    @classmethod
    def names(cls, names: dict[str, list[str]]) -> dict[str, list[str]]:
        """What the cloud's name server answers; a test may change it."""
        return names

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    def setUp(self) -> None:
        self.lab.box.status_or_none()  # what the test before left to be recorded is in the log now
        self.mark = self.lab.box.records.mark()

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        before = 0 if result is None else len(result.errors) + len(result.failures)
        result = super().run(result)
        if result is not None and len(result.errors) + len(result.failures) > before:
            self._tell_what_the_box_saw()
        return result

    def _tell_what_the_box_saw(self) -> None:
        seen = Counter((r["event"], r.get("reason", "")) for r in self.lab.box.records.since(self.mark))
        print(f"--- what the box recorded during {self.id()}")
        for (event, reason), count in sorted(seen.items()):
            print(f"{count:>8} {event} {reason}")
        print(f"--- its last words\n{self.lab.box.final_words()}\n---", flush=True)

    # --- who stands where

    def door(self, tenant: str = "karte", service: str = "raw") -> Door:
        return cloud.door_of(self.lab.site, self.keys, tenant, service)

    def terminal(self, tenant: str = "karte", name: str = "desk-1") -> Terminal:
        return self.terminal_with(self.keys.tenant(tenant).terminal(name), tenant)

    def terminal_with(self, credential: Credential | None, tenant: str = "karte") -> Terminal:
        return Terminal(self.lab.namespace(f"clinic-{tenant}"), credential)

    @classmethod
    def cloud_end(cls, stack: ExitStack, tenant: str = "karte", service: str = "raw") -> CloudEnd:
        upstream = cloud.service_of(cls.lab.site, tenant, service)["upstream"]
        keys = cls.keys.tenant(tenant)
        address = (upstream.get("addresses") or cls.lab.options.names[upstream["server_name"]])[0]
        end = CloudEnd(cls.lab.namespace("cloud"), address, upstream["port"], keys.cloud(service),
                       str(keys.cloud_ca(service)))
        stack.callback(end.close)
        return end

    def cloud_context(self, tenant: str, service: str) -> ssl.SSLContext:
        """For a test that plays the cloud service by itself."""
        keys = self.keys.tenant(tenant)
        return server_context(str(keys.cloud(service).certificate), str(keys.cloud_ca(service)))

    def open(self, terminal: Terminal | None = None, door: Door | None = None, context: ssl.SSLContext | None = None,
             resumed: ssl.SSLSession | None = None, source: str = "") -> TlsPipe:
        """A terminal's session with the box, as far as the terminal can tell; from one of its addresses."""
        terminal, door = terminal or self.terminal(), door or self.door()
        plain = namespaces.socket_in(terminal.namespace)
        plain.settimeout(_PATIENCE)
        self.addCleanup(plain.close)
        plain.bind((source, 0))
        plain.connect((door.address, door.port))
        return TlsPipe(plain, context or terminal.context(door), door.server_name, resumed).handshake()

    def ends(self, session: TlsPipe) -> None:
        """Waits until the box has ended the session, without an orderly end."""
        with self.assertRaises((Truncated, ConnectionError)):
            while session.receive():
                pass

    def is_refused(self, credential: Credential, reason: str) -> None:
        """The terminal with it gets no session, for that reason."""
        mark = self.lab.box.records.mark()
        with self.assertRaises((OSError, Truncated)):
            pipe = self.open(self.terminal_with(credential))
            while pipe.receive():
                pass
        self.lab.box.records.wait(mark, 10, event="session.refused", reason=reason)

    # --- what the box wrote down

    def wait_record(self, event: str, seconds: float = 10, **fields: Any) -> Record:
        return self.lab.box.records.wait(self.mark, seconds, event=event, **fields)[-1]

    def records(self, event: str, **fields: Any) -> list[Record]:
        return self.lab.box.records.since(self.mark, event=event, **fields)
