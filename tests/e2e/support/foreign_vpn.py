"""A VPN of another make on both ends: ocserv in the cloud, openconnect in the clinic. The packets that they carry go through real
tunnel interfaces; a person signs in with name and password, and the client shows a certificate as well."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lab import command
from lab.pki import Credential
from lab.terminals import Door
from lab.waiting import wait_for

USER, PASSWORD = "clinic", "violet tractor humming"
INSIDE = "192.168.77.1"  # the server's own address inside the tunnel
_SETTINGS = """
auth = "plain[passwd={folder}/passwords]"
auth = "certificate"
cert-user-oid = 2.5.4.3
listen-host = {door.address}
tcp-port = {door.port}
udp-port = {door.port}
server-cert = {own.certificate}
server-key = {own.key}
ca-cert = {door.ca}
socket-file = {folder}/socket
pid-file = {folder}/pid
run-as-user = root
run-as-group = root
isolate-workers = false
use-occtl = false
device = vpns
ipv4-network = 192.168.77.0/24
route = 192.168.77.0/24
keepalive = 300
try-mtu-discovery = false
max-clients = 4
"""
_LINK = """#!/bin/sh
[ "$reason" = connect ] || exit 0
ip address add "$INTERNAL_IP4_ADDRESS/24" dev "$TUNDEV" && ip link set "$TUNDEV" up
"""


class VpnServer:
    """Serves at `door`, whose authority certifies the server and its clients."""

    def __init__(self, namespace: str | None, folder: Path, door: Door, own: Credential) -> None:
        folder.mkdir()
        command.run("sh", "-c", f"printf '{PASSWORD}\\n{PASSWORD}\\n' | ocpasswd -c {folder}/passwords {USER}")
        (folder / "settings").write_text(_SETTINGS.format(folder=folder, door=door, own=own))
        with open(folder / "server.log", "wb") as log:
            self._process = command.start(["ocserv", "--foreground", "--config", str(folder / "settings")], namespace, log, log)
        wait_for("the VPN's server", lambda: (folder / "pid").exists(), 10)

    def close(self) -> None:
        command.stop(self._process)


class VpnClient:
    """A client under way. It tries datagrams beside its TLS first, unless it is told not to; without them its tunnel takes longer."""

    def __init__(self, namespace: str | None, folder: Path, door: Door, shows: Credential | None, password: str = PASSWORD,
                 datagrams: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self._namespace = namespace
        script, self._log = folder / "link", folder / "client.log"
        script.write_text(_LINK)
        script.chmod(0o755)
        shown = [] if shows is None else [f"--certificate={shows.certificate}", f"--sslkey={shows.key}"]
        arguments = ["openconnect", "--non-inter", "--passwd-on-stdin", f"--user={USER}", f"--cafile={door.ca}", *shown,
                     f"--resolve={door.server_name}:{door.address}", f"--script={script}", "--reconnect-timeout=1",
                     *([] if datagrams else ["--no-dtls"]), f"https://{door.server_name}:{door.port}"]
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(command.inside(namespace, ["setpriv", "--pdeathsig", "KILL", "--", *arguments]),
                                             stdin=subprocess.PIPE, stdout=log, stderr=log)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{password}\n".encode())
        self._process.stdin.close()

    def is_up(self) -> bool:
        """It has an interface with an address of the server's network."""
        return INSIDE.rsplit(".", 1)[0] in command.run("ip", "-4", "-o", "address", namespace=self._namespace)

    def wait_until_up(self) -> None:
        wait_for(f"the tunnel: {self._said()}", lambda: self.is_up() or not self._is_running(), 30)
        assert self.is_up(), self._said()

    def wait_until_gone(self) -> int:
        """What it ended with."""
        wait_for("the client to give up", lambda: not self._is_running(), 30)
        return self._process.returncode

    def _is_running(self) -> bool:
        return self._process.poll() is None

    def _said(self) -> str:
        return self._log.read_text(errors="replace")

    def close(self) -> None:
        command.stop(self._process)
