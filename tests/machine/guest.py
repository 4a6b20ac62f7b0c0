"""The machine's kernel and first files, made once for each version of what goes into them, beneath build/machine."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import initramfs
import kernel
from kernel import MachineError
from modules import MODULES

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "machine"
_BUSYBOX = Path("/bin/busybox")
_INGREDIENTS = ("first.sh", "guest.py", "initramfs.py", "kernel.py", "modules.py")
_EMPTY = ("bin", "dev", "host", "modules", "proc", "sys")


@dataclass(frozen=True)
class Guest:
    image: Path
    initramfs: Path


def _version_of(package: str) -> str:
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    if done.returncode != 0:
        raise MachineError(f"the package {package} is missing: apt-get install {package}")
    return done.stdout


def _key(package: kernel.KernelPackage) -> str:
    digest = hashlib.sha256(f"{package} {_version_of('busybox-static')}".encode())
    for name in _INGREDIENTS:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:16]


def _first_files(modules: dict[str, bytes]) -> bytes:
    return initramfs.archive([
        *map(initramfs.folder, _EMPTY),
        initramfs.file("bin/busybox", _BUSYBOX.read_bytes()),
        initramfs.file("init", Path(__file__).with_name("first.sh").read_bytes()),
        initramfs.file("modules/order", "".join(f"{name}\n" for name in modules).encode()),
        *(initramfs.file(f"modules/{name}.ko", content) for name, content in modules.items())])


def _make(package: kernel.KernelPackage, target: Path) -> None:
    """Whole or not at all."""
    scratch = Path(tempfile.mkdtemp(prefix="new-", dir=CACHE))
    try:
        with kernel.UnpackedKernel(package, scratch) as unpacked:
            (scratch / "vmlinux").write_bytes(unpacked.image())
            (scratch / "initramfs").write_bytes(_first_files(unpacked.modules([name for name, _ in MODULES])))
        scratch.rename(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _place_of(package: kernel.KernelPackage) -> Path:
    return CACHE / f"guest-{_key(package)}"


def _provided() -> Path:
    package = kernel.known()
    if package is not None and _place_of(package).is_dir():
        return _place_of(package)
    package = kernel.newest()
    print(f"machine: unpacking {package.name} {package.version}", file=sys.stderr, flush=True)
    for former in CACHE.glob("guest-*"):
        shutil.rmtree(former)
    _make(package, _place_of(package))
    return _place_of(package)


def provide() -> Guest:
    """Made if there is none yet; former ones go."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = _provided()
    return Guest(folder / "vmlinux", folder / "initramfs")
