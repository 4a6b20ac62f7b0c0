"""configs/noc with the real things: the edge (nginx before VictoriaMetrics) takes from a box's certificate which box it is, and drops
what the box claims; the receiver of records (rsyslog) lets nobody in but boxes."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

from authority import Authority, Leaf
from lab import command
from lab.waiting import wait_for

_CONFIGS = Path(__file__).resolve().parents[3] / "configs/noc"
_NAMES = ("north.box.noc.example", "south.box.noc.example", "lost.box.noc.example", "north.box.noc.example.evil.example")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class EdgeBelievesCertificatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="gw-edge-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.folder.chmod(0o755)
        cls.centre = Authority.make(cls.folder / "centre-ca", "NOC authority")
        boxes = Authority.make(cls.folder / "boxes", "Box authority")
        for name in ("centre", "records"):
            cls.centre.issue(Leaf(cls.folder / name, "server", "edge.noc.example", "DNS:edge.noc.example"))
        for name in _NAMES:
            boxes.issue(Leaf(cls.folder / name, "client", name, f"DNS:{name}"))
        boxes.list_revoked([], cls.folder / "boxes.crl")
        (cls.folder / "boxes.map").write_text("north clinic-a;\nsouth clinic-b;\n")
        cls.ports = {old: _free_port() for old in ("443", "6514", "8428", "8429")}
        for name in ("nginx.conf", "rsyslog.conf"):
            (cls.folder / name).write_text(cls._here((_CONFIGS / name).read_text()))
        cls._run("victoria-metrics", f"-httpListenAddr=127.0.0.1:{cls.ports['8428']}", f"-storageDataPath={cls.folder}/data")
        cls._run("nginx", "-c", f"{cls.folder}/nginx.conf", "-g", f"daemon off; pid {cls.folder}/nginx.pid;")
        cls._run("rsyslogd", "-n", "-f", f"{cls.folder}/rsyslog.conf", "-i", f"{cls.folder}/rsyslog.pid")
        for port in cls.ports.values():
            wait_for(f"port {port}", lambda: cls._answers(port), 30)

    @classmethod
    def _here(cls, text: str) -> str:
        """The file with this test's places and ports in the place of those it was written for."""
        for place in ("/etc/sekisho-noc", "/var/log/sekisho-noc", "/var/lib/sekisho-noc"):
            text = text.replace(place, str(cls.folder))
        text = text.replace("listen 443", f"listen 127.0.0.1:{cls.ports['443']}").replace('port="6514"', f'port="{cls.ports["6514"]}"')
        for old in ("8428", "8429"):
            text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{cls.ports[old]}")
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            text = text.replace("  access_log off;\n", f"  access_log off;\n  {kind}_temp_path {cls.folder};\n", 1)
        return text

    @classmethod
    def _run(cls, *arguments: str) -> None:
        with open(cls.folder / f"{arguments[0]}.out", "ab") as output:
            process = command.start(arguments, None, output=output, errors=output)
        cls.addClassCleanup(command.stop, process)

    @staticmethod
    def _answers(port: int) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return True
        return False

    # --- who speaks

    def _context(self, name: str | None) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.centre.certificate))
        context.check_hostname = False
        if name:
            context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context

    def _post(self, name: str | None, target: str, body: bytes, encoding: str = "snappy") -> int:
        request = urllib.request.Request(f"https://127.0.0.1:{self.ports['443']}{target}", data=body,
                                         headers={"Content-Encoding": encoding, "Content-Type": "application/x-protobuf"})
        try:
            return urllib.request.urlopen(request, timeout=10, context=self._context(name)).status
        except urllib.error.HTTPError as refused:
            return refused.code

    def _figures(self) -> bytes:
        subprocess.run([Path(os.environ["GW_BIN"]) / "metrics_peer", self.folder, str(int(time.time()))], check=True)
        return (self.folder / "figures.write").read_bytes()

    def _sites(self) -> set[tuple[str, str]]:
        root = f"http://127.0.0.1:{self.ports['8428']}"
        urllib.request.urlopen(root + "/internal/force_flush", timeout=10).close()
        query = urllib.parse.urlencode({"match[]": '{__name__=~"sekisho_.+"}'})
        rows = json.load(urllib.request.urlopen(f"{root}/api/v1/series?{query}", timeout=10))["data"]
        return {(row["site"], row["customer"]) for row in rows}

    def test_what_a_box_claims_is_overwritten_by_its_certificate(self) -> None:
        figures = self._figures()  # which say that they are of the site "north"
        self.assertEqual(self._post("south.box.noc.example", "/api/v1/write?extra_label=site=north&extra_label=customer=x", figures), 204)
        wait_for("the figures", lambda: self._sites() or None, 20)
        self.assertEqual(self._sites(), {("south", "clinic-b")})

    def test_nobody_else_is_let_in(self) -> None:
        for name, status in ((None, 400), ("lost.box.noc.example", 403), ("north.box.noc.example.evil.example", 403)):
            self.assertEqual(self._post(name, "/api/v1/write", b""), status, name)
        self.assertEqual(self._post("north.box.noc.example", "/api/v1/query?query=up", b""), 404)

    def test_the_state_is_written_down_beside_the_name_of_its_sender(self) -> None:
        self.assertEqual(self._post("north.box.noc.example", "/sekisho/v1/state", b'{"site":"south"}', "identity"), 204)
        log = self.folder / "state.log"
        wait_for("the state", lambda: log.exists() and log.read_text().endswith('north clinic-a {"site":"south"}\n'), 10)

    def _syslog(self, name: str, message: bytes) -> None:
        with suppress(OSError):
            with self._context(name).wrap_socket(socket.create_connection(("127.0.0.1", self.ports["6514"]), 10)) as line:
                line.sendall(str(len(message)).encode() + b" " + message)
                line.unwrap()

    def test_records_are_taken_from_boxes_alone(self) -> None:
        message = b"<108>1 2026-11-22T00:00:00Z %s sekisho - x [sekisho@32473 number=\"1\"] {}"
        self._syslog("north.box.noc.example.evil.example", message % b"evil")
        self._syslog("north.box.noc.example", message % b"../north")
        records = self.folder / "records"
        wait_for("a record", lambda: records.exists() and list(records.iterdir()), 20)
        self.assertEqual([path.name for path in records.iterdir()], [".._north.log"], "a name leads out of no folder")


if __name__ == "__main__":
    unittest.main()
