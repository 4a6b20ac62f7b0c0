"""The root as one file: squashfs, and behind it the hashes by which the kernel checks every block that it reads (dm-verity)."""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from places import Places
from workshop import ImageError, Workshop

_BLOCK = 4096


@dataclass(frozen=True)
class Verity:
    digest: str  # of the hash tree's top: who knows it knows all of the root
    offset: int  # where the hashes begin, in octets


def seal(workshop: Workshop, places: Places, tree: Path, level: int = 15) -> Verity:
    """OUT/root.img, compressed by zstd's `level`. The salt follows from the content, so that the same content has the same digest."""
    image = places.out / "root.img"
    image.unlink(missing_ok=True)
    binds = {"/tree": tree, "/out": places.out}
    workshop.run("mksquashfs", "/tree", "/out/root.img", "-noappend", "-no-progress", "-no-xattrs", "-comp", "zstd",
                 "-Xcompression-level", str(level), "-b", "256K", binds=binds)
    _pad(image)
    offset, content = image.stat().st_size, hashlib.sha256(image.read_bytes()).hexdigest()
    told = workshop.run("veritysetup", "format", "/out/root.img", "/out/root.img", f"--hash-offset={offset}",
                        f"--salt={content}", f"--uuid={uuid.UUID(content[:32])}", binds=binds)
    found = re.search(r"Root hash:\s+([0-9a-f]{64})", told)
    if not found:
        raise ImageError(f"veritysetup named no root hash:\n{told}")
    _pad(image)
    (places.out / "root.digest").write_text(f"{found[1]} {offset}\n", encoding="ascii")
    return Verity(found[1], offset)


def _pad(image: Path) -> None:
    with open(image, "ab") as file:
        file.write(b"\0" * (-file.tell() % _BLOCK))
