"""Thousands of boxes in one process, each with its own key and certificate, as the edge of an operations centre sees them: once a minute a new
connection, the state and as many figures as a box may tell. Their certificates are the centre's own (sekisho-noc), made here all at once."""

from __future__ import annotations

import json
import re
import resource
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from lab import command, namespaces

from .noc_box import Office, Series, figure, remote_write
from .noc_kit import SOURCE, Kit

_DAYS, _AT_ONCE, _PATIENCE = 30, 12, 60
_STATE = json.dumps({"format": "sekisho.state/1", "site": "crowd", "processes": [{"name": f"p{n}", "serving": True} for n in range(20)]}).encode()
_RECORD = b'<108>1 2026-11-30T00:00:00Z %s sekisho - refused [sekisho@32473 class="events" number="1" record="1" link="' + b"0" * 64 + b'"] {"event":"session.refused"}'


def name_of(number: int) -> str:
    return f"crowd-{number:06}"


def usual_figures() -> list[Series]:
    """As many of each family as a box may tell (gateway/metrics/families.def)."""
    table = (SOURCE.parents[1] / "gateway/metrics/families.def").read_text()
    rows = re.findall(r'GW_FAMILY\(\w+,\s*"(\w+)",\s*(\w+),\s*"\w*",\s*(\d+),\s*"[^"]*"((?:, "\w+")*)\)', table)
    told = []
    for family, kind, most, labels in rows:
        for number in range(int(most)):
            given = {label: f"{label}-{number}" for label in re.findall(r'"(\w+)"', labels)}
            told.append(figure(family + {"counter": "_total", "info": "_info", "gauge": "", "histogram": "_bucket"}[kind], time.time() + number, site="crowd", **given))
    return told


SERIES = len(usual_figures())  # of a box: at most 200 (CAP-01)


class Round(NamedTuple):
    """What became of one round of all."""

    boxes: int
    failed: list[str]  # why, each of them
    seconds: float


class Crowd:
    """Makes `count` certificates and has the edge read the list anew; connections are left standing until a box's next round."""

    def __init__(self, kit: Kit, office: Office, count: int) -> None:
        self._kit, self._boxes = kit, office.boxes
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(count + 1000, 4096), max(count + 1000, 4096)))
        self._lines: dict[int, ssl.SSLSocket] = {}
        self._lock, self._pace = threading.Lock(), threading.Event()
        self._body = b""
        self._certify(count)
        office.do("refresh")
        self._threads = ThreadPoolExecutor(_AT_ONCE, initializer=namespaces.enter, initargs=(str(kit.namespace),))

    def _certify(self, count: int) -> None:
        path = self._kit.folder / "lib/authority"
        authority = x509.load_pem_x509_certificate((path / "authority-1.pem").read_bytes())
        key = serialization.load_pem_private_key((path / "authority-1.key").read_bytes(), None)
        register = json.loads((path / "register.json").read_text())
        now = datetime.now(timezone.utc)
        for number in range(count):
            own, serial = ec.generate_private_key(ec.SECP256R1()), x509.random_serial_number()
            subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{name_of(number)}.box.noc.example")])
            made = (x509.CertificateBuilder().subject_name(subject).issuer_name(authority.subject).public_key(own.public_key()).serial_number(serial)
                    .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=_DAYS))
                    .add_extension(x509.BasicConstraints(False, None), True)
                    .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.CLIENT_AUTH]), False)
                    .add_extension(x509.SubjectAlternativeName([x509.DNSName(f"{name_of(number)}.box.noc.example")]), False)
                    .sign(key, hashes.SHA384()))  # type: ignore[arg-type]
            pem = made.public_bytes(serialization.Encoding.PEM) + own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            (self._boxes / f"{name_of(number)}.pem").write_bytes(pem)
            register["boxes"][name_of(number)] = {"customer": f"c{number % 50}", "carrier": f"line-{number % 9}", "phone": "03", "certificates": [
                {"serial": f"{serial:X}", "authority": 1, "ends": int(now.timestamp()) + _DAYS * 86400}]}
        (path / "register.json").write_text(json.dumps(register))

    # --- rounds

    def round(self, boxes: int, per_second: float, record_every: int = 0) -> Round:
        """The first so many once each, no faster than so many a second; one in `record_every` has a record to tell as well."""
        self._body = remote_write(usual_figures())
        begun, done = time.monotonic(), []
        for number in range(boxes):
            if (early := begun + number / per_second - time.monotonic()) > 0:
                self._pace.wait(early)
            record = record_every and number % record_every == 0
            done.append(self._threads.submit(self._go, number, bool(record)))
        failed = [why for one in done if (why := one.result())]
        return Round(boxes, failed, time.monotonic() - begun)

    def standing(self) -> int:
        return len(self._lines)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        for line in self._lines.values():
            line.close()

    def _go(self, number: int, record: bool) -> str:
        """Why not, if it did not go well."""
        with self._lock:
            old = self._lines.pop(number, None)
        if old is not None:
            old.close()
        try:
            line = self._dial(number, 443)
            said = [self._post(line, target, body, kind) for target, body, kind in (
                ("/sekisho/v1/state", _STATE, "identity"), ("/api/v1/write", self._body, "snappy"))]
            if record:
                self._tell(number)
        except OSError as why:
            return f"{name_of(number)}: {why}"
        with self._lock:
            self._lines[number] = line
        return "" if all(one.startswith("HTTP/1.1 204") for one in said) else f"{name_of(number)}: {said}"

    def _dial(self, number: int, port: int) -> ssl.SSLSocket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self._kit.folder / "centre-ca.pem")
        context.load_cert_chain(self._boxes / f"{name_of(number)}.pem")
        plain = socket.create_connection(("127.0.0.1", port), _PATIENCE)
        return context.wrap_socket(plain, server_hostname="edge.noc.example")

    @staticmethod
    def _post(line: ssl.SSLSocket, target: str, body: bytes, encoding: str) -> str:
        line.sendall(f"POST {target} HTTP/1.1\r\nHost: edge\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        said = b""
        while b"\r\n\r\n" not in said and (more := line.recv(4096)):
            said += more
        return said.split(b"\r\n")[0].decode()

    def _tell(self, number: int) -> None:
        message = _RECORD % name_of(number).encode()
        with self._dial(number, 6514) as line:
            line.sendall(str(len(message)).encode() + b" " + message)
            line.unwrap().close()


# --- what it costs


class Cost(NamedTuple):
    """Of one program with its children."""

    cpu: float     # seconds
    memory: float  # bytes that are its own: shared pages are counted by their share


def cost_of(pid: int) -> Cost:
    cpu = memory = 0.0
    for one in [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]:
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        cpu += (int(fields[11]) + int(fields[12])) / 100
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        memory += int(found[1]) * 1024 if found else 0
    return Cost(cpu, memory)


def connections_of_the_edge(namespace: str | None) -> int:
    return command.run("ss", "-Htn", "state", "established", "sport = :443", namespace=namespace).count("\n")


def costs(kit: Kit, programs: tuple[str, ...]) -> dict[str, Cost]:
    return {program: cost_of(kit.process(program).pid) for program in programs}
