"""Starts one of the Python services of this folder in a namespace."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .. import command
from ..command import LabError

_GATEWAY = Path(__file__).resolve().parents[2]


def start(module: str, namespace: str | None, address: str, port: int, certificate: Path,
          client_ca: Path) -> subprocess.Popen[bytes]:
    """Returns when the service accepts connections."""
    process = command.start(
        ["env", f"PYTHONPATH={_GATEWAY}", sys.executable, "-B", "-P", "-m", f"lab.services.{module}",
         "--address", address, "--port", str(port), "--certificate", str(certificate), "--client-ca", str(client_ca)],
        namespace, output=subprocess.PIPE, errors=None)
    assert process.stdout is not None
    if process.stdout.readline() != b"ready\n":
        raise LabError(f"the {module} service at {address} port {port} did not start")
    return process
