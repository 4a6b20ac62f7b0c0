"""One thing under test, with its processes."""

from __future__ import annotations

import shutil
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import processes
from .peers import STARTS, Place
from .processes import Trouble

READY_WITHIN = 120.0  # seconds; a hundred compartments take their time


class Target:
    def __init__(self, name: str, place: Place) -> None:
        self.name = name
        self.place = place
        self._pid: int | None = None

    def start(self) -> None:
        shutil.rmtree(self.place.work, ignore_errors=True)
        self.place.work.mkdir(parents=True)
        self._pid = STARTS[self.name](self.place)
        deadline = time.monotonic() + READY_WITHIN
        while not self.serves("client"):
            if time.monotonic() > deadline or not processes.alive(self._pid):
                said = self.place.log.read_text(errors="replace")[-2000:]
                raise Trouble(f"{self.name} does not serve:\n{said}")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._pid is not None:
            processes.end(self._pid)
        self._pid = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def pids(self) -> list[int]:
        if self._pid is None:
            raise Trouble(f"{self.name} is not running")
        return processes.family(self._pid)

    def at(self, upstream: str, work: Path) -> Target:
        """The same target before another cloud, on a port of its own."""
        listen = f"127.0.0.1:{processes.free_port()}"
        return Target(self.name, replace(self.place, listen=listen, upstream=upstream, work=work))

    def serves(self, who: str | None, address: str | None = None) -> bool:
        """Whether somebody with that certificate, or with none, has a byte echoed by the backend."""
        certs = self.place.certs
        context = ssl.create_default_context(cafile=str(certs / "ca.pem"))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        if who is not None:
            context.load_cert_chain(certs / f"{who}.pem", certs / f"{who}.key")
        host, port = (address or self.place.listen).rsplit(":", 1)
        with suppress(OSError), socket.create_connection((host, int(port)), 5) as plain:
            with context.wrap_socket(plain, server_hostname="server.bench") as secured:
                if secured.cipher()[0] != "TLS_AES_256_GCM_SHA384":
                    return False
                secured.sendall(b"E")
                return secured.recv(1) == b"E"
        return False
