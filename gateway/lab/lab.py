"""One box with its neighbourhood, made and taken away as a whole."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from . import topology
from .box import Box, Programs
from .claim import Claim
from .neighbourhood import Neighbourhood
from .services.addresses import AddressServer
from .services.names import NameServer


@dataclass(frozen=True)
class LabOptions:
    config: Path
    programs: Programs
    here: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)  # host name -> addresses the cloud holds
    hardware: tuple[str, ...] = ()  # the supervisor's options for it: --tpm, --token-module
    through: tuple[str, ...] = ()  # a command that starts the supervisor


class Lab:
    """A context: inside it the box serves. The claim's owner removes what it lists."""

    def __init__(self, options: LabOptions, claim: Claim) -> None:
        self.options = options
        self.folder = claim.folder
        self._claim = claim
        self._stack = ExitStack()
        self.neighbourhood: Neighbourhood | None = None
        self.lender: AddressServer | None = None

    def __enter__(self) -> "Lab":
        with ExitStack() as stack:
            self._build(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._stack.close()

    def _build(self, stack: ExitStack) -> None:
        self.site = self.options.programs.show(self.options.config)
        if not self.options.here:
            self._build_neighbourhood(stack)
        self.box = Box(self.options.programs, self.options.config, self.folder, self.namespace("box"),
                       self.options.hardware, self.options.through)
        stack.callback(self.box.stop)
        self.box.start()

    def _build_neighbourhood(self, stack: ExitStack) -> None:
        named = [ipaddress.ip_address(a) for addresses in self.options.names.values() for a in addresses]
        plan = topology.plan(self.site, named)
        self.neighbourhood = Neighbourhood(plan, self._claim)
        self.neighbourhood.plug_box()
        if plan.loan:
            self.lender = AddressServer(self.namespace("cloud"), "wan0", self.folder)
            stack.callback(self.lender.stop)
            self.lender.start(plan.loan)
        if self.options.names and plan.resolvers:
            server = NameServer(self.namespace("cloud"), str(plan.resolvers[0]), self.folder, self.options.names)
            stack.callback(server.stop)

    def namespace(self, logical: str) -> str | None:
        """The actual name of `clinic-TENANT`, `cloud`, `box`; None with --here."""
        return None if self.neighbourhood is None else self.neighbourhood.names[logical]

    def description(self) -> dict[str, Any]:
        """The line a caller of --lab gets; doc/lab.md is its contract."""
        return {
            "ready": True,
            "namespaces": {} if self.neighbourhood is None else self.neighbourhood.names,
            "listeners": listeners_of(self.site),
            "pids": self.box.pids(),
            "control": str(self.box.control),
            "log": str(self.box.log),
            "config": str(self.options.config),
        }


def listeners_of(site: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`TENANT/LISTENER` -> where it listens and which services are behind it."""
    return {f"{tenant['name']}/{listener['name']}":
            {"address": listener["address"], "port": listener["port"], "services": listener["services"]}
            for tenant in site["tenants"] for listener in tenant["listeners"]}
