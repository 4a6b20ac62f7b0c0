"""The same request by TLS clients of five makes. Each shows its certificate whatever it thinks of it."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Callable

from lab import command
from lab.terminals import ENVIRONMENT, Door, Terminal

_NODE = Path(__file__).with_name("terminal.js")
_PATIENCE = 20

Client = Callable[[Terminal, Door, str], bytes]  # what came back for a path; nothing if refused


def _request(door: Door, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {door.server_name}\r\nConnection: close\r\n\r\n".encode()


def _converse(terminal: Terminal, door: Door, path: str, arguments: list[str]) -> bytes:
    """A program that sends its standard input, which stays open, and prints what it receives."""
    process = subprocess.Popen(command.inside(terminal.namespace, arguments), stdin=subprocess.PIPE, env=ENVIRONMENT,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None and process.stdout is not None
    guard = threading.Timer(_PATIENCE, process.kill)
    guard.start()
    with process, suppress(BrokenPipeError):
        process.stdin.write(_request(door, path))
        process.stdin.flush()
        answer = process.stdout.read()
    guard.cancel()
    return answer


def _shown(terminal: Terminal, certificate: str, key: str) -> list[str]:
    if terminal.credential is None:
        return []
    return [certificate, str(terminal.credential.certificate), key, str(terminal.credential.key)]


def openssl(terminal: Terminal, door: Door, path: str) -> bytes:
    return _converse(terminal, door, path, [
        "openssl", "s_client", "-quiet", "-connect", f"{door.address}:{door.port}", "-servername", door.server_name,
        "-CAfile", str(door.ca), "-verify_return_error",
        *_shown(terminal, "-cert", "-key")])


def gnutls(terminal: Terminal, door: Door, path: str) -> bytes:
    return _converse(terminal, door, path, [
        "gnutls-cli", "--logfile=/dev/null", "--port", str(door.port), "--x509cafile", str(door.ca),
        "--sni-hostname", door.server_name, "--verify-hostname", door.server_name,
        "--priority", "NORMAL:%VERIFY_ALLOW_SIGN_WITH_SHA1:%PROFILE_VERY_WEAK",
        *_shown(terminal, "--x509certfile", "--x509keyfile"), door.address])


def curl(terminal: Terminal, door: Door, path: str) -> bytes:
    return terminal.curl(door, path).output


def python(terminal: Terminal, door: Door, path: str) -> bytes:
    try:
        with terminal.tls(door) as session:
            session.sendall(_request(door, path))
            return b"".join(iter(lambda: session.recv(65536), b""))
    except OSError:
        return b""


def node(terminal: Terminal, door: Door, path: str) -> bytes:
    shown = [] if terminal.credential is None else [str(terminal.credential.certificate), str(terminal.credential.key)]
    return _converse(terminal, door, path, ["node", str(_NODE), door.address, str(door.port), door.server_name,
                                            str(door.ca), *shown])


CLIENTS: dict[str, Client] = {"openssl": openssl, "gnutls": gnutls, "curl": curl, "python": python, "node": node}
