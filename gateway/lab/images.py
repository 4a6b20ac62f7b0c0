"""DICOM images made at run time: noise that differs from image to image, wrapped by DCMTK."""

from __future__ import annotations

import hashlib
import random
import struct
from dataclasses import dataclass
from pathlib import Path

from . import command


@dataclass(frozen=True)
class Image:
    file: Path
    instance: str      # SOP instance UID
    pixels_sha256: str


def _bitmap(pixels: bytes, width: int, height: int) -> bytes:
    """A 24-bit Windows bitmap, bottom row first. The width must be a multiple of four."""
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(pixels), 0, 0, 54) + header + pixels


def _as_dicom(pixels: bytes, width: int, height: int) -> bytes:
    """The same picture as DICOM stores it: top row first, red before blue."""
    row = width * 3
    rows = [pixels[y * row:(y + 1) * row] for y in reversed(range(height))]
    flat = bytearray(b"".join(rows))
    flat[0::3], flat[2::3] = flat[2::3], flat[0::3]
    return bytes(flat)


def make(folder: Path, count: int, side: int = 256) -> list[Image]:
    """Square colour images of 3 * side * side octets."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_make_one(folder, number, side) for number in range(count)]


def _make_one(folder: Path, number: int, side: int) -> Image:
    pixels = random.Random(number).randbytes(3 * side * side)
    bitmap, image = folder / f"{number}.bmp", folder / f"{number}.dcm"
    bitmap.write_bytes(_bitmap(pixels, side, side))
    instance = f"1.2.826.0.1.3680043.2.1143.1.{number + 1}"
    command.run("img2dcm", "-i", "BMP", str(bitmap), str(image), "-k", f"PatientName=Test^Patient{number}",
                "-k", f"PatientID={number}", "-k", f"SOPInstanceUID={instance}")
    bitmap.unlink()
    return Image(image, instance, hashlib.sha256(_as_dicom(pixels, side, side)).hexdigest())
