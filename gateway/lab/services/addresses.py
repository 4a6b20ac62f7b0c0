"""The cloud's DHCP server, for a box whose WAN borrows its address."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .. import command
from ..topology import Loan
from ..waiting import wait_for


class AddressServer:
    """dnsmasq that lends and does nothing else. It can be stopped and started again with another offer."""

    def __init__(self, namespace: str | None, interface: str, folder: Path) -> None:
        self._namespace, self._interface, self._folder = namespace, interface, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, loan: Loan, seconds: int = 120) -> None:
        pid_file = self._folder / "lender.pid"
        pid_file.unlink(missing_ok=True)
        self._process = command.start(
            ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--user=root", "--no-ping",
             "--bind-interfaces", f"--interface={self._interface}", "--except-interface=lo", "--dhcp-authoritative",
             f"--dhcp-range={loan.first},{loan.last},{loan.router.netmask},{seconds}",
             f"--dhcp-option=option:router,{loan.router.ip}", "--dhcp-option=option:dns-server,192.0.2.66",
             "--leasefile-ro", f"--pid-file={pid_file}"], self._namespace)
        wait_for("the DHCP server", lambda: pid_file.exists() and pid_file.read_text().strip() != "")

    def stop(self) -> None:
        if self._process is not None:
            command.stop(self._process)
        self._process = None
