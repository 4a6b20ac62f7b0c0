"""`gateway/run --lab`: the line it prints, and that it takes everything away however it ends (gateway/doc/lab.md)."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any, Callable

from lab import namespaces, pki
from lab.box import Programs
from lab.waiting import wait_for
from support.site import IMAGING, KARTE, RAW, Site, TenantSpec

_RUN = Path(__file__).resolve().parents[2] / "gateway" / "run"
_PREFIX = f"lab{os.getpid()}-"


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


class LabKeepsItsContract(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        Path(folder.name).chmod(0o755)  # the compiler reads certificates under an account of its own
        self.config = Site((KARTE, IMAGING)).write(Path(folder.name) / "site.yaml")
        pki.prepare(Programs(Path(os.environ["GW_BIN"])), self.config)
        self.command = [str(_RUN), "--lab", str(self.config), "--bin", os.environ["GW_BIN"], "--prefix", _PREFIX]

    def _start(self, *options: str) -> tuple["subprocess.Popen[str]", dict[str, Any]]:
        process = subprocess.Popen([*self.command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(_end, process)
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())

    def _ends_clean(self, end: Callable[["subprocess.Popen[str]"], object]) -> None:
        process, said = self._start()
        self.assertTrue(said["ready"])
        self.assertLessEqual({"clinic-karte", "clinic-imaging", "cloud"}, said["namespaces"].keys())
        self.assertTrue(all(namespaces.exists(name) for name in said["namespaces"].values()))
        self.assertEqual(said["listeners"]["karte/raw"], {"address": "10.11.1.1", "port": 9000, "services": ["raw"]})
        self.assertTrue(all(Path(f"/proc/{pid}").exists() for pid in said["pids"].values()))
        end(process)
        wait_for("the namespaces to go", lambda: not any(map(namespaces.exists, said["namespaces"].values())), 20)
        wait_for("the processes to go", lambda: not any(Path(f"/proc/{pid}").exists() for pid in said["pids"].values()))
        self.assertFalse(Path(said["log"]).exists())

    def test_end_of_input_takes_everything_away(self) -> None:
        def close_input(process: "subprocess.Popen[str]") -> None:
            assert process.stdin is not None
            process.stdin.close()
            self.assertEqual(process.wait(30), 0)
        self._ends_clean(close_input)

    def test_sigterm_takes_everything_away(self) -> None:
        def terminate(process: "subprocess.Popen[str]") -> None:
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(30), 0)
        self._ends_clean(terminate)

    def test_even_sigkill_leaves_nothing_behind(self) -> None:
        self._ends_clean(lambda process: process.kill())

    def test_here_stands_in_the_callers_namespace_and_makes_none(self) -> None:
        here = Site((TenantSpec("karte", "127.9.0.1", (RAW,)),)).write(self.config.with_name("here.yaml"))
        pki.prepare(Programs(Path(os.environ["GW_BIN"])), here)
        self.command[2] = str(here)
        _, said = self._start("--here")
        self.assertEqual(said["namespaces"], {})
        with socket.create_connection(("127.9.0.1", 9000), timeout=5):
            pass
        self.assertIn("box.without_kernel_rules", Path(said["log"]).read_text())

    def test_second_lab_of_the_same_names_is_refused(self) -> None:
        self._start()
        done = subprocess.run(self.command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("--prefix", done.stderr)


if __name__ == "__main__":
    unittest.main()
