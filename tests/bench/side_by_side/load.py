"""The load and the cloud service: bench-load on a CPU of its own."""

from __future__ import annotations

import json
import select
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .processes import Trouble, cpu_seconds, free_port, pinned, pss_kib
from .target import Target


@dataclass(frozen=True)
class Generator:
    """Where bench-load is and what it shows."""

    program: Path
    certs: Path
    cpu: int

    def command(self, name: str, *options: str) -> list[str]:
        return pinned(self.cpu, str(self.program), name, "--certs", str(self.certs), *options)


class Conversation:
    """A bench-load that is told what to do line by line and answers in JSON."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line: str, within: float) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], within)
        answer = self._process.stdout.readline() if ready else ""
        if not answer:
            raise Trouble("bench-load does not answer")
        return dict(json.loads(answer))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Backend:
    """The cloud service on one port; it can be another one from one moment to the next."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.address = f"127.0.0.1:{free_port()}"
        self._running: tuple[str, str, Conversation] | None = None

    def be(self, tickets: str = "some", name: str = "backend") -> None:
        if self._running is not None and self._running[:2] == (tickets, name):
            return
        self.stop()
        command = self._generator.command("backend", "--listen", self.address, "--tickets", tickets, "--name", name)
        self._running = (tickets, name, Conversation(command))
        self.counters()

    def counters(self) -> dict[str, int]:
        if self._running is None:
            raise Trouble("the backend is not running")
        return self._running[2].ask("counters", 10)

    def stop(self) -> None:
        if self._running is not None:
            self._running[2].close()
        self._running = None


def run(generator: Generator, target: Target, command: str, seconds: float, *options: str) -> dict[str, Any]:
    """One measured window."""
    watched = ",".join(str(pid) for pid in target.pids())
    full = generator.command(command, "--watch", watched, "--seconds", str(seconds), *options)
    if "--to" not in options:
        full += ["--to", target.place.listen]
    done = subprocess.run(full, capture_output=True, text=True, timeout=seconds + 60, check=False)
    if done.returncode != 0 or not done.stdout:
        raise Trouble(f"{command} against {target.name}: {done.stdout} {done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    if result["errors"] > 0:
        raise Trouble(f"{command} against {target.name}: {result['errors']} connections broke")
    return result


class IdleSessions:
    """Sessions that are open and quiet; to be used in a `with`."""

    SETTLE = 4.0  # seconds until everybody has given back what it gives back

    def __init__(self, generator: Generator, target: Target, to: str | None = None) -> None:
        self._target = target
        self._talk = Conversation(generator.command("idle", "--to", to or target.place.listen))

    def __enter__(self) -> IdleSessions:
        return self

    def __exit__(self, *_: object) -> None:
        self._talk.close()

    def open(self, count: int) -> None:
        answer = self._talk.ask(str(count), 300)
        if answer["open"] != count:
            raise Trouble(f"{self._target.name} holds {answer['open']} of {count} sessions")

    def pss_kib(self) -> int:
        return pss_kib(self._target.pids())

    def cpu_seconds(self) -> float:
        return cpu_seconds(self._target.pids())
