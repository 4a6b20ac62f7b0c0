"""Standing in somebody's place: a program of the test's with that process's account, powers and network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from lab.lab import Lab

from . import box_inside, knock

_KNOCK = Path(knock.__file__).read_text()
_PATIENCE = 60


def of_a_process(lab: Lab, process: str, interface: str) -> list[str]:
    """The start of a Python command in the place of one of the box's processes, on the side where the interface is."""
    account = Path(f"/proc/{lab.box.pids()[process]}/status").read_text().split("Uid:")[1].split()[0]
    return ["nsenter", f"--net={box_inside.ground_with(lab.box.pid, interface)}", "--", "setpriv", f"--reuid={account}",
            f"--regid={account}", "--clear-groups", "--bounding-set=-all", "--no-new-privs", "--", sys.executable, "-B", "-c"]


def in_namespace(name: str | None) -> list[str]:
    return ["nsenter", f"--net=/run/netns/{name}", "--", sys.executable, "-B", "-c"]


def answers(start: list[str], doors: list[knock.Door], seconds: float = 2) -> set[knock.Door]:
    """Which doors answer whoever stands there."""
    done = subprocess.run([*start, _KNOCK, str(seconds), json.dumps(doors)], capture_output=True, text=True,
                          timeout=_PATIENCE)
    assert done.returncode == 0, done.stderr
    return {(protocol, address, port) for protocol, address, port in json.loads(done.stdout)}
