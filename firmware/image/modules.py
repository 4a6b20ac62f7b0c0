"""The kernel's modules in the root: those that no box loads are taken away, and the others unpacked, since the root is packed as a whole
and a start unpacks a hundred of them."""

from __future__ import annotations

import lzma
from pathlib import Path

from workshop import ImageError, run


def settle(tree: Path, patterns: list[str]) -> None:
    """`patterns` are lines of kept_modules.txt. One that names nothing ends the build."""
    kernel = kernel_of(tree)
    place = tree / "usr/lib/modules" / kernel
    needed = _read_needs((place / "modules.dep").read_text(encoding="ascii"))
    kept = chosen(needed, patterns)
    for name in needed:
        packed = place / name
        if name in kept:
            packed.with_suffix("").write_bytes(lzma.decompress(packed.read_bytes()))
        packed.unlink()
    for folder in sorted((path for path in place.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    run("chroot", str(tree), "depmod", kernel)


def kernel_of(tree: Path) -> str:
    found = sorted(path.name for path in (tree / "usr/lib/modules").iterdir())
    if len(found) != 1:
        raise ImageError(f"one kernel is wanted, and the packages bring {found or 'none'}")
    return found[0]


def _read_needs(text: str) -> dict[str, list[str]]:
    """modules.dep(5): for each module those that it needs, directly and beyond."""
    return {name: needs.split() for name, needs in (line.split(":", 1) for line in text.splitlines())}


def chosen(needed: dict[str, list[str]], patterns: list[str]) -> set[str]:
    """Those that a pattern names, and what they need."""
    kept = set[str]()
    for pattern in patterns:
        named = {name for name in needed if name.startswith((f"kernel/{pattern}/", f"kernel/{pattern}."))}
        if not named:
            raise ImageError(f"kept_modules.txt names {pattern}, and the kernel has no such module; take the line out")
        kept |= named.union(*(needed[name] for name in named))
    return kept
