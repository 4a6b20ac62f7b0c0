"""HL7 v2 over MLLP: the frame (HL7 Lower Layer Protocol, release 1) and as much of the message as both ends need."""

from __future__ import annotations

from typing import Callable, Iterator

_START, _END = b"\x0b", b"\x1c\r"
_LIMIT = 16 * 1024 * 1024


def frame(message: bytes) -> bytes:
    return _START + message + _END


def frames(receive: Callable[[int], bytes]) -> Iterator[bytes]:
    """The messages of a stream, until it ends. Raises ValueError at anything that is no frame."""
    pending = b""
    while block := receive(65536):
        pending += block
        while _END in pending:
            message, pending = pending.split(_END, 1)
            if not message.startswith(_START):
                raise ValueError("an MLLP frame starts with 0x0b")
            yield message[1:]
        if len(pending) > _LIMIT:
            raise ValueError("an MLLP frame without end")
    if pending:
        raise ValueError("the stream ended within an MLLP frame")


def field(message: bytes, segment: bytes, number: int) -> bytes:
    """MSH counts its separator as field 1 (HL7 2.5 2.5.4)."""
    for line in message.split(b"\r"):
        if line.startswith(segment + b"|"):
            return line.split(b"|")[number - 1 if segment == b"MSH" else number]
    raise ValueError(f"no segment {segment.decode()}")


def admission(control_id: int) -> bytes:
    """An ADT^A01 as a reception desk sends it. Control ids are what acknowledgements refer to."""
    return (f"MSH|^~\\&|RECEPTION|CLINIC|EMR|CLOUD|20260401120000||ADT^A01|{control_id}|P|2.5\r"
            f"PID|||{100000 + control_id}||Test^Patient{control_id}||19700101|F\r").encode()


def acknowledgement(message: bytes) -> bytes:
    control_id = field(message, b"MSH", 10)
    return (b"MSH|^~\\&|EMR|CLOUD|RECEPTION|CLINIC|20260401120000||ACK|" + control_id + b"|P|2.5\r"
            b"MSA|AA|" + control_id + b"\r")
