"""Debian's own kernel out of its package, which is downloaded and unpacked but never installed here."""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_META = "linux-image-amd64"  # its dependency is the kernel of the running suite
_XZ = b"\xfd7zXZ\0"
_DEPENDS = re.compile(rb"\0depends=([^\0]*)\0")
_UNSANDBOXED = ("-o", "APT::Sandbox::User=root")  # the download goes where only root may write


class MachineError(RuntimeError):
    """Something whoever runs the machine can understand and mend; printed without a stack."""


@dataclass(frozen=True)
class KernelPackage:
    name: str
    version: str


def _said(*arguments: str, folder: Path | None = None) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        raise MachineError(f"`{' '.join(arguments)}` failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def known() -> KernelPackage | None:
    """The kernel package that the suite's meta package leads to, as far as apt's lists know."""
    shown = subprocess.run(["apt-cache", "show", "--no-all-versions", _META], capture_output=True, text=True).stdout
    found = re.search(r"^Depends:.*?(linux-image-\S+) \(= ([^)]+)\)", shown, re.MULTILINE)
    return KernelPackage(found[1], found[2]) if found else None


def newest() -> KernelPackage:
    """The same after a look at the archive, which keeps no former ones."""
    _said("apt-get", "update", "-qq")
    package = known()
    if package is None:
        raise MachineError(f"the package {_META} names no kernel; are these Debian's package lists?")
    return package


def image_of(compressed: bytes) -> bytes:
    """The kernel as an ELF file. Started that way it need not unpack itself, which takes an emulator seconds."""
    start = compressed.find(_XZ)
    if start < 0:
        raise MachineError("the kernel's image is not compressed with xz any more; teach image_of the new way")
    image = lzma.LZMADecompressor().decompress(compressed[start:])
    if not image.startswith(b"\x7fELF"):
        raise MachineError("what the kernel's image unpacks to is no ELF file")
    return image


def needs_of(module: bytes) -> list[str]:
    """The modules that must be there before this one, as it says itself."""
    found = _DEPENDS.search(module)
    return [name.replace("-", "_") for name in found[1].decode().split(",") if name] if found else []


class UnpackedKernel:
    """The package's files in a folder of their own, for as long as the context lasts."""

    def __init__(self, package: KernelPackage, scratch: Path) -> None:
        self._package = package
        self._folder = Path(tempfile.mkdtemp(prefix="kernel-", dir=scratch))

    def __enter__(self) -> "UnpackedKernel":
        _said("apt-get", "download", "-qq", *_UNSANDBOXED, f"{self._package.name}={self._package.version}",
              folder=self._folder)
        _said("dpkg-deb", "--extract", str(next(self._folder.glob("*.deb"))), str(self._folder))
        self._modules = {path.stem.replace("-", "_"): path for path in self._folder.glob("lib/modules/**/*.ko")}
        return self

    def __exit__(self, *ending: object) -> None:
        shutil.rmtree(self._folder)

    def image(self) -> bytes:
        return image_of(next(self._folder.glob("boot/vmlinuz-*")).read_bytes())

    def modules(self, wanted: list[str]) -> dict[str, bytes]:
        """The wanted ones and all they need, each after those it needs."""
        loaded: dict[str, bytes] = {}
        for name in wanted:
            self._add(name, loaded)
        return loaded

    def _add(self, name: str, loaded: dict[str, bytes]) -> None:
        if name in loaded:
            return
        if name not in self._modules:
            raise MachineError(f"{self._package.name} {self._package.version} has no module {name}")
        content = self._modules[name].read_bytes()
        for needed in needs_of(content):
            self._add(needed, loaded)
        loaded[name] = content
