"""configs/noc with the real things, in a folder and a network namespace of a test's own: every file as it stands, with the test's places in the
place of those it was written for, and each program with the arguments that the kit gives it."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import urllib.parse
from contextlib import suppress
from pathlib import Path
from typing import Any

from lab import command
from lab.waiting import wait_for

SOURCE = Path(__file__).resolve().parents[3] / "configs/noc"
STORE, PROMETHEUS, ALERTMANAGER, OWN_PEOPLE = 8428, 9090, 9093, 8427  # ports
_PLACES = {"/etc/sekisho-noc": "etc", "/var/log/sekisho-noc": "log", "/var/lib/sekisho-noc": "lib", "/usr/share/sekisho-noc": "share"}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_READY = {"prometheus": (PROMETHEUS, "/-/ready"), "prometheus-alertmanager": (ALERTMANAGER, "/-/ready"), "victoria-metrics": (STORE, "/health"),
          "vmalert": (8880, "/health")}


def hurried(text: str, factor: int) -> str:
    """The durations that stand in it (`5m`, `30s`), each so many times shorter."""
    if factor == 1:
        return text
    return re.sub(r"(?<![\w.])(\d+)([smhd])(?!\w)", lambda found: f"{max(1000 * int(found[1]) * _UNITS[found[2]] // factor, 1)}ms", text)


def arguments_of(program: str) -> list[str]:
    """What the kit starts it with (system/PROGRAM, for /etc/default)."""
    line = next(one for one in (SOURCE / "system" / program).read_text().splitlines() if one.startswith("ARGS="))
    return shlex.split(shlex.split(line.removeprefix("ARGS="))[0])


def _children(pid: int) -> set[int]:
    return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


class Kit:
    """Its folder has etc, log and lib; `hurry` is by how much its rules, routes and rounds are faster than they are written."""

    def __init__(self, folder: Path, namespace: str | None, hurry: int = 1) -> None:
        self.folder, self.namespace, self.hurry = folder, namespace, hurry
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        for place in _PLACES.values():
            (folder / place).mkdir(parents=True)
        folder.chmod(0o755)
        (folder / "share/board").symlink_to(SOURCE / "board")
        for path in [one for one in SOURCE.iterdir() if one.suffix in (".yml", ".tmpl", ".conf")]:
            (folder / "etc" / path.name).write_text(self.here(path.read_text()))
        for name in ("rules.yml", "alertmanager.yml", "scrape.yml", "prometheus.yml"):
            path = folder / "etc" / name
            path.write_text(re.sub(r"(out_of_order_time_window: )\d+ms", r"\g<1>8d", hurried(path.read_text(), hurry)))

    def always_in_care_hours(self) -> None:
        """Whoever is silent is called for, at whatever hour the test runs."""
        path = self.etc / "rules.yml"
        text, count = re.subn(r"(- record: sekisho:care_hours\n +expr:) >-\n(?: {10}.*\n)+", r"\1 vector(1)\n", path.read_text())
        assert count == 1
        path.write_text(text)

    @property
    def etc(self) -> Path:
        return self.folder / "etc"

    def here(self, text: str) -> str:
        for place, name in _PLACES.items():
            text = text.replace(place, str(self.folder / name))
        return text

    # --- programs

    def start(self, program: str, *more: str) -> None:
        """One of those that Debian starts from /etc/default, until it answers."""
        self.run(program, *[self.here(hurried(one, self.hurry) if "Interval=" in one else one) for one in arguments_of(program)], *more)
        port, target = _READY[program]
        try:
            wait_for(f"{program} to answer", lambda: self.curl(port, target) is not None, 30)
        except command.LabError as late:
            raise command.LabError(f"{late}; it says: {(self.folder / 'log' / f'{program}.out').read_text()[-1500:]}") from None

    def start_edge(self) -> None:
        scratch = " ".join(f"{kind}_temp_path {self.folder}/lib;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        text = (self.etc / "nginx.conf").read_text()
        if scratch not in text:
            (self.etc / "nginx.conf").write_text(text.replace("http {\n", f"http {{\n  {scratch}\n", 1))
        self.run("nginx", "-c", f"{self.etc}/nginx.conf", "-g", f"daemon off; user root; pid {self.folder}/nginx.pid;")  # whose folder nobody else reads

    def reload_edge(self) -> None:
        """Returns when workers that know the lists of before take nothing more."""
        master = self._processes["nginx"].pid
        before = _children(master)
        os.kill(master, signal.SIGHUP)
        wait_for("new workers of the edge", lambda: not before & _children(master) or None, 30)

    def start_records(self) -> None:
        self.run("rsyslogd", "-n", "-f", f"{self.etc}/rsyslog.conf", "-i", f"{self.folder}/rsyslog.pid")

    def run(self, name: str, *arguments: str) -> None:
        with open(self.folder / "log" / f"{name}.out", "ab") as output:
            self._processes[name] = command.start([name, *arguments], self.namespace, output=output, errors=output)

    def process(self, name: str) -> subprocess.Popen[bytes]:
        return self._processes[name]

    def stop_one(self, name: str) -> None:
        command.stop(self._processes.pop(name))

    def stop(self) -> None:
        for name in list(self._processes):
            self.stop_one(name)

    # --- what came of it

    def curl(self, port: int, target: str, *more: str) -> str | None:
        with suppress(command.LabError):
            return command.run("curl", "-sSf", "--max-time", "10", *more, f"http://127.0.0.1:{port}{target}", namespace=self.namespace)
        return None

    def times(self, query: str) -> list[float]:
        """When the samples of one series were taken, in seconds since 1970."""
        said = self.curl(STORE, "/api/v1/export?" + urllib.parse.urlencode({"match[]": query})) or ""
        return sorted(stamp / 1000 for line in said.splitlines() for stamp in json.loads(line)["timestamps"])

    def ask(self, query: str, port: int = STORE) -> list[dict[str, Any]]:
        """The answer of the store to a query, as it is now."""
        said = self.curl(port, "/api/v1/query?" + urllib.parse.urlencode({"query": query}))
        return [] if said is None else json.loads(said)["data"]["result"]
