"""An operations centre of packaged parts in the cloud: nginx, which asks for the box's certificate, before Prometheus; and rsyslog."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.parse
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

from authority import Authority, Leaf
from lab import command, namespaces
from lab.waiting import wait_for

from .site import Site

_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  client_body_buffer_size 512k; client_max_body_size 512k;
  log_format state escape=none '$ssl_client_s_dn $request_body'; access_log off;
  server {{
    listen {address}:443 ssl; server_name {figures};
    ssl_certificate {folder}/figures.pem; ssl_certificate_key {folder}/figures.key; ssl_protocols TLSv1.3;
    ssl_client_certificate {folder}/boxes.pem; ssl_verify_client on;
    location = /api/v1/write {{ proxy_pass http://127.0.0.1:9090; }}
    location = /sekisho/v1/state {{ access_log {folder}/state.log state; proxy_pass http://127.0.0.1:9091; }}
  }}
  server {{ listen 127.0.0.1:9091; location / {{ return 204; }} }}
}}
"""
_RSYSLOG = """
global(workDirectory="{folder}" defaultNetstreamDriverCAFile="{folder}/boxes.pem"
       defaultNetstreamDriverCertFile="{folder}/records.pem" defaultNetstreamDriverKeyFile="{folder}/records.key"
       maxMessageSize="64k")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/name" permittedPeer=["{box}"])
template(name="raw" type="string" string="%rawmsg%\\n")
input(type="imtcp" port="6514" address="{address}")
action(type="omfile" file="{folder}/syslog" template="raw")
"""
# Samples of days ago are taken, as after a time without a line.
_PROMETHEUS = "storage: {tsdb: {out_of_order_time_window: 8d}}\n"
_MESSAGE = re.compile(r"<(\d+)>1 (\S+) (\S+) sekisho (\S+) (\S+) \[sekisho@32473 class=\"(\w+)\" number=\"(\d+)\""
                      r" record=\"(\d+)\" link=\"([0-9a-f]{64})\"\] (\{.*\})")


class Message(NamedTuple):
    """What rsyslog wrote down of one message (RFC 5424)."""

    priority: int
    site: str
    event: str
    stream: str
    number: int
    record: int
    link: str
    line: str


def messages_in(path: Path) -> list[Message]:
    """Those of boxes that the receiver has written there."""
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    found = [_MESSAGE.fullmatch(line) for line in lines if "sekisho@32473" in line]
    assert all(found), [line for line, match in zip(lines, found) if not match]
    return [Message(int(m[1]), m[3], m[5], m[6], int(m[7]), int(m[8]), m[9], m[10]) for m in found if m]


class NocEnd:
    ADDRESS, FIGURES, RECORDS, BOX = "203.0.113.40", "figures.noc.example", "records.noc.example", "e2e.box.example"

    def __init__(self, namespace: str, folder: Path, site_folder: Path) -> None:
        self.folder, self._namespace = folder, namespace
        folder.mkdir()
        folder.chmod(0o755)
        (site_folder / "pki/noc").mkdir(parents=True)
        centre = Authority.make(site_folder / "pki/noc/centre-ca", "NOC authority")
        boxes = Authority.make(folder / "boxes", "Box authority")
        for name, host in (("figures", self.FIGURES), ("records", self.RECORDS)):
            centre.issue(Leaf(folder / name, "server", host, f"DNS:{host}"))
        boxes.issue(Leaf(site_folder / "pki/noc/box", "client", self.BOX, f"DNS:{self.BOX}"))
        self._stranger = Authority.make(folder / "stranger", "Inspection of the hotel's network")
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        for name, text in (("nginx.conf", _NGINX), ("rsyslog.conf", _RSYSLOG), ("prometheus.yml", _PROMETHEUS)):
            if name != "prometheus.yml":
                text = text.format(folder=folder, address=self.ADDRESS, figures=self.FIGURES, box=self.BOX)
            (folder / name).write_text(text)

    @classmethod
    def told_by(cls, site: Site, every: str = "5 s") -> Site:
        """The site, with this operations centre; its certificate and whom it believes are in its folder's pki/noc."""
        changed = site.changed()
        changed.tree["noc"] = {
            "operated_by": "the tests", "country": "JP", "certificate": "pki/noc/box.pem", "key": "pki/noc/box.key",
            "anchors": "pki/noc/centre-ca.pem", "every": every,
            "figures": {"server_name": cls.FIGURES, "port": 443, "addresses": [cls.ADDRESS]},
            "records": {"server_name": cls.RECORDS, "port": 6514, "addresses": [cls.ADDRESS]}}
        return changed

    def start(self, stack: ExitStack) -> None:
        stack.callback(self.stop)
        self.line_up()
        self._run("prometheus", "--web.enable-remote-write-receiver", f"--config.file={self.folder}/prometheus.yml",
                  "--web.listen-address=127.0.0.1:9090", f"--storage.tsdb.path={self.folder}/data", "--log.level=warn")
        self.start_nginx()
        self.start_rsyslog()
        wait_for("Prometheus", lambda: self._curl("/-/ready") is not None, 30)

    def start_nginx(self, config: str = "nginx.conf") -> None:
        self._run("nginx", "-c", str(self.folder / config))

    def start_rsyslog(self) -> None:
        self._run("rsyslogd", "-n", "-f", f"{self.folder}/rsyslog.conf", "-i", f"{self.folder}/rsyslog.pid")

    def broken_open(self) -> str:
        """The name of an nginx configuration in which somebody else answers for the receiver of figures."""
        self._stranger.issue(Leaf(self.folder / "broken", "server", self.FIGURES, f"DNS:{self.FIGURES}"))
        text = (self.folder / "nginx.conf").read_text().replace("figures.pem", "broken.pem").replace("figures.key", "broken.key")
        (self.folder / "broken.conf").write_text(text)
        return "broken.conf"

    def in_http(self) -> str:
        """The same for a proxy that speaks no TLS."""
        text = (self.folder / "nginx.conf").read_text().replace(":443 ssl;", ":443;")
        (self.folder / "http.conf").write_text(text)
        return "http.conf"

    def stop_one(self, name: str) -> None:
        command.stop(self._processes.pop(name))

    def stop(self) -> None:
        for name in list(self._processes):
            self.stop_one(name)

    def line_up(self) -> None:
        namespaces.add_address(self._namespace, "lo", f"{self.ADDRESS}/32")

    def line_down(self) -> None:
        command.run("ip", "address", "del", f"{self.ADDRESS}/32", "dev", "lo", namespace=self._namespace)

    # --- what came

    def messages(self) -> list[Message]:
        return messages_in(self.folder / "syslog")

    def states(self) -> list[dict[str, Any]]:
        """Each with who sent it, by his certificate."""
        path = self.folder / "state.log"
        lines = path.read_text().splitlines() if path.exists() else []
        out = []
        for line in lines:
            name, _, text = line.partition(" {")
            out.append(json.loads("{" + text) | {"sender": name})
        return out

    def ask(self, query: str) -> list[dict[str, Any]]:
        said = self._curl("/api/v1/query?" + urllib.parse.urlencode({"query": query}))
        return [] if said is None else json.loads(said)["data"]["result"]

    def _curl(self, target: str) -> str | None:
        with suppress(command.LabError):
            return command.run("curl", "-sSf", "--max-time", "5", f"http://127.0.0.1:9090{target}", namespace=self._namespace)
        return None

    def _run(self, name: str, *arguments: str) -> None:
        with open(self.folder / f"{name}.out", "ab") as output:
            self._processes[name] = command.start([name, *arguments], self._namespace, output=output, errors=output)
