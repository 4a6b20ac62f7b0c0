"""The box itself: started through its supervisor, asked through its command line, as a site would do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import command
from .command import LabError
from .records import Records
from .waiting import wait_for

Json = dict[str, Any]
_START_SECONDS = 60
_PACKS = Path(__file__).resolve().parents[2] / "configs" / "packs"
_PROFILES = _PACKS.with_name("services")
_FINAL_WORDS = 4000


@dataclass(frozen=True)
class Programs:
    """The folder with the product's programs."""

    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def show(self, config: Path) -> Json:
        """The effective configuration, as the box reads it."""
        return json.loads(command.run(self.path("sekisho"), "config", "show", str(config), "--output", "json"))


@dataclass(frozen=True)
class Publication:
    accepted: bool
    text: str


class Box:
    """One supervisor and its compartments. With no namespace it stands in the caller's own (`--here`)."""

    def __init__(self, programs: Programs, config: Path, folder: Path, namespace: str | None,
                 hardware: tuple[str, ...] = (), through: tuple[str, ...] = ()) -> None:
        self._programs = programs
        self._namespace = namespace
        self._hardware = hardware
        self._through = through
        self.config = config
        self.run_folder = folder / "run"
        self.log = folder / "box.log"
        self.control = self.run_folder / "control"
        self.records = Records(self.log)
        self._complaints = folder / "supervisor.err"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        self.launch()
        self.wait_until_serving()

    def launch(self) -> None:
        """Starts the supervisor and waits for nothing."""
        self.run_folder.mkdir(parents=True, exist_ok=True)
        arguments = [*self._through, self._programs.path("sekisho-supervisor"), "--config", str(self.config),
                     "--run-dir", str(self.run_folder), "--state-dir", str(self.run_folder / "state"),
                     "--programs", str(self._programs.folder), "--packs", str(_PACKS),
                     "--profiles", str(_PROFILES), "--log", str(self.log),
                     *(["--here"] if self._namespace is None else []),
                     *self._hardware]
        with open(self._complaints, "ab") as complaints:
            self._process = command.start(arguments, self._namespace, output=complaints, errors=complaints)

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def wait_until_serving(self) -> None:
        wait_for("the box to serve", self.serving, _START_SECONDS)

    def serving(self) -> bool:
        """Every process runs the configuration in force. Raises if the supervisor is gone."""
        if not self.running():
            raise LabError(f"the box ended by itself:\n{self.final_words()}")
        state = self.status_or_none()
        return state is not None and state["generation"] > 0 and all(p["serving"] for p in state["processes"])

    def status_or_none(self) -> Json | None:
        try:
            return self.status()
        except LabError:
            return None

    def status(self) -> Json:
        return json.loads(self._sekisho("status", "--output", "json"))

    def pids(self) -> dict[str, int]:
        """`supervisor`, and `proxyd/TENANT`, `dialerd/TENANT` for each tenant."""
        found = {f"{p['name']}/{p['tenant']}": p["pid"] for p in self.status()["processes"] if p["tenant"]}
        return {"supervisor": self.pid, **found}

    def own_pid(self, name: str) -> int:
        """Of one of the box's own processes; 0 while it does not run."""
        return next((p["pid"] for p in self.status()["processes"] if p["name"] == name and not p["tenant"]), 0)

    def strike(self, name: str, blow: int = signal.SIGKILL) -> int:
        """One of the box's own processes, as soon as it runs; its process number."""
        return wait_for(name, lambda: self._struck(self.own_pid(name), blow), 30)

    @staticmethod
    def _struck(pid: int, blow: int) -> int | None:
        """None if it does not run, or has ended just now and the supervisor does not know yet."""
        if pid == 0:
            return None
        try:
            os.kill(pid, blow)
        except ProcessLookupError:
            return None
        return pid

    def publish(self, config: Path) -> Publication:
        done = self.order("config", "publish", str(config), "--reason", "as the test says", timeout=120)
        return Publication(done.returncode == 0, done.stdout + done.stderr)

    def order(self, *words: str, timeout: float = 60, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """What the operator's command says to `words`, in English, whatever that is; `typed` is its standard input."""
        return subprocess.run(self.typed_out(*words), capture_output=True, text=True, timeout=timeout, input=typed)

    def typed_out(self, *words: str) -> list[str]:
        return [str(self._programs.path("sekisho")), *words, "--lang", "en", "--socket", str(self.control)]

    def final_words(self) -> str:
        """The ends of what the supervisor said and recorded."""
        return "\n".join(path.read_text(errors="replace")[-_FINAL_WORDS:].strip()
                         for path in (self._complaints, self.log) if path.exists())

    def stop(self) -> None:
        if self._process is not None:
            command.stop(self._process)
            self._process = None

    def kill(self) -> None:
        """As the kernel would on a bad day."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def _sekisho(self, *arguments: str) -> str:
        return command.run(self._programs.path("sekisho"), *arguments, "--socket", str(self.control))
