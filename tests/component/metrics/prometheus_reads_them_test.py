"""Figures are what Prometheus takes them for: its own reader of OpenMetrics, its own rules on names, and its own receiver of
Remote-Write get each of them with its labels, its value and its time."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

from lab.waiting import wait_for

_LARGEST_WHOLE = 9007199254740991


def _told(folder: Path) -> list[str]:
    """The samples of the text, one a line."""
    return [line for line in (folder / "figures.om").read_text().splitlines() if not line.startswith("#")]


def _series(text: str) -> dict[tuple[str, ...], float]:
    """Name and labels, sorted, to value, of lines as `promtool tsdb dump` writes them: {__name__="x", a="b"} 1 2."""
    found = {}
    for line in text.splitlines():
        labels, value = re.fullmatch(r"\{(.*)\} (\S+) \d+", line).groups()
        found[tuple(sorted(re.findall(r'(\w+="[^"]*")', labels)))] = float(value)
    return found


class Receiver:
    """Debian's Prometheus, which is asked for nothing but what it was sent."""

    def __init__(self, folder: Path) -> None:
        self._root = ""
        self._config = folder / "prometheus.yml"
        self._config.write_text("global: {}\n")
        self._folder = folder

    def __enter__(self) -> Receiver:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{free.getsockname()[1]}"
        self._root = f"http://{place}"
        self._process = subprocess.Popen(
            ["prometheus", "--web.enable-remote-write-receiver", f"--config.file={self._config}", f"--web.listen-address={place}",
             f"--storage.tsdb.path={self._folder / 'data'}", "--log.level=warn"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for("Prometheus", self._is_ready, 30)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _is_ready(self) -> bool:
        with suppress(OSError):
            return urllib.request.urlopen(self._root + "/-/ready", timeout=5).status == 200
        return False

    def take(self, message: bytes) -> int:
        headers = {"Content-Encoding": "snappy", "Content-Type": "application/x-protobuf", "X-Prometheus-Remote-Write-Version": "0.1.0"}
        request = urllib.request.Request(self._root + "/api/v1/write", data=message, headers=headers)
        return urllib.request.urlopen(request, timeout=10).status

    def ask(self, query: str, at: int) -> list[dict[str, object]]:
        words = urllib.parse.urlencode({"query": query, "time": at})
        return json.load(urllib.request.urlopen(f"{self._root}/api/v1/query?{words}", timeout=10))["data"]["result"]


class PrometheusReadsFiguresTest(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gw-figures-"))
        self.addCleanup(shutil.rmtree, self._folder)
        self._now = int(time.time())
        subprocess.run([Path(os.environ["GW_BIN"]) / "metrics_peer", self._folder, str(self._now)], check=True)

    def test_its_reader_of_openmetrics_finds_every_sample(self) -> None:
        blocks = self._folder / "blocks"
        made = subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", self._folder / "figures.om", blocks],
                              capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        (blocks / "wal").mkdir()  # the one who dumps wants it, though there is nothing in it
        found = _series(subprocess.run(["promtool", "tsdb", "dump", blocks], check=True, capture_output=True, text=True).stdout)
        self.assertEqual(len(found), len(_told(self._folder)))
        self.assertEqual(found[('__name__="sekisho_sessions"', 'service="emr"', 'tenant="karte"')], _LARGEST_WHOLE)
        self.assertEqual(found[('__name__="sekisho_process_starts_total"', 'process="keyd"')], 2)

    def test_its_rules_on_names_find_nothing(self) -> None:
        text = (self._folder / "figures.om").read_text()
        # promtool's rules are those of the older format, where a counter's family is called as its samples are.
        text = re.sub(r"^# (TYPE|HELP) (\S+)(.*)$", lambda m: m.group(0).replace(m.group(2), m.group(2) + "_total", 1)
                      if f"# TYPE {m.group(2)} counter" in text else m.group(0), text, flags=re.MULTILINE)
        for told in re.findall(r"^# TYPE (\S+) info$", text, re.MULTILINE):
            text = re.sub(rf"^# (TYPE|HELP) {told}\b", rf"# \1 {told}_info", text, flags=re.MULTILINE)
        text = text.replace(" info\n", " gauge\n")
        text = re.sub(r" \d+\.\d{3}$", "", text, flags=re.MULTILINE)  # of a scrape there is no time
        looked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        self.assertEqual((looked.returncode, looked.stderr), (0, ""))

    def test_its_receiver_of_remote_write_keeps_every_sample_at_its_time(self) -> None:
        with Receiver(self._folder) as receiver:
            self.assertEqual(receiver.take((self._folder / "figures.write").read_bytes()), 204)
            everything = receiver.ask('{__name__=~"sekisho_.+"}', self._now)
            self.assertEqual(len(everything), len(_told(self._folder)))
            self.assertEqual({row["metric"]["site"] for row in everything}, {"north"})
            [sessions] = receiver.ask('sekisho_sessions{service="emr"}', self._now)
            self.assertEqual(sessions["metric"], {"__name__": "sekisho_sessions", "service": "emr", "site": "north", "tenant": "karte"})
            self.assertEqual(sessions["value"], [self._now, str(_LARGEST_WHOLE)])
            self.assertEqual(receiver.ask('sekisho_sessions{service="emr"}', self._now - 60), [])
            [before] = receiver.ask('sekisho_process_starts_total{process="value-0"}', self._now - 60)
            self.assertEqual(before["value"], [self._now - 60, "0.25"])


if __name__ == "__main__":
    unittest.main()
