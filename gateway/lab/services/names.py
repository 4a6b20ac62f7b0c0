"""The cloud's name server: answers for the names it is given and for nothing else."""

from __future__ import annotations

from pathlib import Path

from .. import command
from ..waiting import wait_for


class NameServer:
    """dnsmasq as an authoritative responder, with no upstream and no cache."""

    def __init__(self, namespace: str | None, address: str, folder: Path, names: dict[str, list[str]]) -> None:
        pid_file = folder / f"names-{address}.pid"
        records = [f"--host-record={name},{a}" for name, addresses in names.items() for a in addresses]
        self._process = command.start(
            ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root",
             "--bind-interfaces", f"--listen-address={address}", "--local=/#/", "--cache-size=0", "--local-ttl=1",
             f"--pid-file={pid_file}", *records], namespace)
        wait_for("the name server", lambda: pid_file.exists() and pid_file.read_text().strip() != "")

    def stop(self) -> None:
        command.stop(self._process)
