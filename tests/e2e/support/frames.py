"""Frames of a WebSocket by hand (RFC 6455 5.2), also such as no client sends."""


def frame(opcode: int, payload: bytes, masked: bool = True, last: bool = True) -> bytes:
    mask = b"\x01\x02\x03\x04"
    head = bytes([(0x80 if last else 0) | opcode])
    size = len(payload)
    form = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big") if size < 65_536 else b"\x7f" + size.to_bytes(8, "big")
    if not masked:
        return head + form + payload
    hidden = bytes(octet ^ mask[at % 4] for at, octet in enumerate(payload))
    return head + bytes([form[0] | 0x80]) + form[1:] + mask + hidden
