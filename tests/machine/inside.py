"""Runs in the machine: each order in turn, what it said and how it ended into files of the report. The last file is `done`.

    inside.py FOLDER        with orders.json in it"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

Json = dict[str, Any]


_MS_BIND = 4096
_libc = ctypes.CDLL(None, use_errno=True)


def bring_near(path: str, folder: Path) -> None:
    """A copy in memory stands over the file from now on."""
    copy = folder / path.replace("/", "_")
    shutil.copy(path, copy)
    if _libc.mount(str(copy).encode(), path.encode(), None, _MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), f"mount over {path}")


def _write(path: Path, content: Json) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.rename(path)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _end_of(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """Its exit status, as Popen tells it; None if it had to be killed."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def carry_out(order: Json, output: Path) -> Json:
    began = time.monotonic()
    with open(output, "wb") as said:
        process = subprocess.Popen(order["command"], stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                                   cwd=order["folder"], env={**os.environ, **order["environment"]}, start_new_session=True)
        status = _end_of(process, order["seconds"])
    return {"status": status, "seconds": round(time.monotonic() - began, 2)}


def main(folder: Path) -> int:
    orders = _read(folder / "orders.json")
    nearby = Path("/run/near")
    nearby.mkdir()
    for path in _read(folder / "near.json"):
        bring_near(path, nearby)
    for number, order in enumerate(orders):
        _write(folder / f"{number}.json", carry_out(order, folder / f"{number}.output"))
    _write(folder / "done.json", {"orders": len(orders), "up": time.monotonic()})
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
