"""Boxes as the operations centre sees them: whoever has a certificate, tells figures by Remote-Write 1.0, state and records."""

from __future__ import annotations

import ctypes
import http.client
import ssl
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Iterable

from authority import Authority, Leaf
from lab import command, namespaces

from .noc_kit import SOURCE, Kit

Series = tuple[dict[str, str], float]  # labels with the name among them, and a value
_snappy = ctypes.CDLL("libsnappy.so.1")
_CENTRE = "edge.noc.example"


def _compressed(data: bytes) -> bytes:
    out = ctypes.create_string_buffer(_snappy.snappy_max_compressed_length(ctypes.c_size_t(len(data))))
    size = ctypes.c_size_t(len(out))
    assert _snappy.snappy_compress(data, ctypes.c_size_t(len(data)), out, ctypes.byref(size)) == 0
    return out.raw[:size.value]


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def remote_write(series: Iterable[Series], when: float | None = None) -> bytes:
    """The body of a request: every series with one sample, of now or of then."""
    stamp = _varint(2 << 3) + _varint(int((time.time() if when is None else when) * 1000))
    out = b""
    for labels, value in series:
        told = b"".join(_field(1, _field(1, name.encode()) + _field(2, text.encode())) for name, text in sorted(labels.items()))
        out += _field(1, told + _field(2, b"\x09" + struct.pack("<d", value) + stamp))
    return _compressed(out)


def figure(family: str, value: float, **labels: str) -> Series:
    return {"__name__": family, **labels}, value


class Office:
    """Whoever runs sekisho-noc there: the kit's files for boxes, and certificates for them beside each other in a folder."""

    def __init__(self, kit: Kit, boxes: Path) -> None:
        self._kit, self.boxes = kit, boxes
        boxes.mkdir(exist_ok=True)
        self.do("init")

    def do(self, *arguments: str) -> str:
        return command.run(str(SOURCE / "sekisho-noc"), "--public", str(self._kit.etc), "--secret", str(self._kit.folder / "lib/authority"), *arguments)

    def refuses(self, *arguments: str) -> str:
        """Why."""
        try:
            self.do(*arguments)
        except command.LabError as refused:
            return str(refused)
        raise AssertionError(f"{arguments} is done")

    def enrol(self, site: str, name: str = "", carrier: str = "line-x", customer: str = "clinic-a") -> str:
        """A box with a new key; its certificate is at `name`.pem, as is its key."""
        name = name or site
        path = self.boxes / name
        command.run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=box",
                    "-keyout", f"{path}.key", "-out", f"{path}.csr")
        self.do("enrol", site, "--request", f"{path}.csr", "--out", f"{path}.pem", "--carrier", carrier, "--customer", customer, "--phone", "03-0000-0001")
        return name


class NocBox:
    """The certificate `name` of a folder, or none, before the kit's edge and its receiver of records."""

    def __init__(self, kit: Kit, folder: Path, name: str | None) -> None:
        self._kit = kit
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._context.load_verify_locations(kit.folder / "centre-ca.pem")
        if name:
            self._context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        self._line: http.client.HTTPConnection | None = None

    def dial(self, port: int) -> ssl.SSLSocket:
        plain = namespaces.socket_in(self._kit.namespace)
        plain.settimeout(10)
        plain.connect(("127.0.0.1", port))
        return self._context.wrap_socket(plain, server_hostname=_CENTRE)

    def get(self, target: str, **fields: str) -> tuple[int, bytes]:
        """The status and what came with it, to a request with those header fields."""
        line = http.client.HTTPConnection(_CENTRE)
        line.sock = self.dial(443)
        line.request("GET", target, headers=fields)
        with line.getresponse() as answer:
            said = answer.status, answer.read()
        line.close()
        return said

    def post(self, target: str, body: bytes, encoding: str = "snappy") -> int:
        """The status; 0 if the connection ends without one. The connection stays for the next time, as long as the edge leaves it."""
        again = self._line is not None
        if self._line is None:
            self._line = http.client.HTTPConnection(_CENTRE)
            self._line.sock = self.dial(443)
        try:
            self._line.request("POST", target, body, {"Content-Encoding": encoding, "Content-Type": "application/x-protobuf"})
            with self._line.getresponse() as answer:
                answer.read()
                return answer.status
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return self.post(target, body, encoding) if again else 0

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def tell(self, *series: Series, when: float | None = None) -> int:
        return self.post("/api/v1/write", remote_write(series, when))

    def record(self, message: bytes) -> bool:
        """By syslog over TLS; whether it was taken, as far as a sender can know."""
        try:
            with self.dial(6514) as line:
                line.sendall(str(len(message)).encode() + b" " + message)
                line.unwrap().close()
                return True
        except OSError:
            return False


def certify_centre(kit: Kit, names: str = f"DNS:{_CENTRE}") -> None:
    """What boxes are shown, by an authority that they know (`centre-ca.pem` in the kit's folder)."""
    centre = Authority.make(kit.folder / "centre-ca", "NOC authority")
    for name in ("centre", "records"):
        centre.issue(Leaf(kit.etc / name, "server", _CENTRE, names))


def answers(kit: Kit, port: int) -> bool:
    with suppress(OSError), namespaces.socket_in(kit.namespace) as plain:
        plain.connect(("127.0.0.1", port))
        return True
    return False
