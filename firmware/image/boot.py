"""What the firmware starts: kernel, early files and command line as one signed program (unified kernel image)."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from modules import kernel_of
from places import Places
from root import Verity
from workshop import Workshop, run

STUB = "/usr/lib/systemd/boot/efi/linuxx64.efi.stub"


@dataclass(frozen=True)
class Early:
    archive: Path
    taken: list[str]  # which files of the tree are in it
    kernel: str  # which one is the kernel


def early_files(workshop: Workshop, places: Places, tree: Path) -> Early:
    """An archive with what runs until the root is there: firmware/boot/init, BusyBox, veritysetup and the modules they need.
    The kernel goes to WORK."""
    early, source = places.work / "early", places.firmware / "boot"
    if early.exists():
        shutil.rmtree(early)
    for folder in ("bin", "dev", "proc", "sys", "run", "root", "modules"):
        (early / folder).mkdir(parents=True)
    shutil.copyfile(source / "init", early / "init")
    (early / "init").chmod(0o755)
    programs = ["usr/bin/busybox", "usr/sbin/veritysetup"]
    for program in programs:
        shutil.copy2(tree / program, early / "bin" / Path(program).name)
    taken = [*programs, *_add_libraries(tree, early), *_add_modules(tree, early, (source / "modules.txt").read_text(encoding="utf-8"))]
    kernel = f"boot/vmlinuz-{kernel_of(tree)}"
    shutil.copyfile(tree / kernel, places.work / "vmlinuz")
    script = ('find . -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} + && find . -print0 | LC_ALL=C sort -z | '
              "cpio --quiet --null --create --format=newc --reproducible --owner=0:0 | zstd --quiet -19 --threads=1 > /made/early.zst")
    workshop.run("sh", "-c", script, binds={"/early": early, "/made": places.work}, at="/early")
    return Early(places.work / "early.zst", taken, kernel)


def _add_libraries(tree: Path, early: Path) -> list[str]:
    """Those of veritysetup, under the names by which it asks for them."""
    found = [word for word in run("chroot", str(tree), "ldd", "/usr/sbin/veritysetup").split() if word.startswith("/")]
    for word in found:
        target = early / word.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile((tree / word.lstrip("/")).resolve(), target)
        target.chmod(0o755)
    return found


def _add_modules(tree: Path, early: Path, text: str) -> list[str]:
    """In the order in which they can be loaded, each after those it needs."""
    order: list[str] = []
    for name in (line.split()[0] for line in text.splitlines() if line and not line.startswith("#")):
        told = run("chroot", str(tree), "modprobe", "--show-depends", "--set-version", kernel_of(tree), name)
        order += [line.split()[1] for line in told.splitlines() if line.startswith("insmod ")]
    found = list(dict.fromkeys(order))
    for number, path in enumerate(found):
        shutil.copyfile(tree / path.lstrip("/"), early / "modules" / f"{number:03}-{Path(path).name}")
    return found


def unify(workshop: Workshop, places: Places, tree: Path, early: Path, verity: Verity, words: str = "") -> None:
    """OUT/sekisho.efi, signed for the firmware; and, for the TPM, what it will have measured of it. `words` are more of the
    kernel's command line than an image has."""
    line = " ".join([*(places.firmware / "boot" / "cmdline").read_text(encoding="utf-8").split(), *words.split()])
    kernel = kernel_of(tree)
    signed_at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(workshop.epoch))  # it stands in the signatures
    workshop.run("faketime", "-f", signed_at, "ukify", "build", "--linux=/made/vmlinuz", f"--initrd=/made/{early.name}",
                 f"--cmdline={line} sekisho.root={verity.digest},{verity.offset}", "--os-release=@/tree/usr/lib/os-release",
                 f"--uname={kernel}", f"--stub={STUB}", "--secureboot-private-key=/keys/db.key",
                 "--secureboot-certificate=/keys/db.crt", "--sign-kernel", "--pcr-private-key=/keys/measured.key",
                 "--pcr-public-key=/keys/measured.pub", "--pcr-banks=sha256", "--phases=enter-initrd", "--output=/out/sekisho.efi",
                 binds={"/made": places.work, "/tree": tree, "/keys": places.keys, "/out": places.out})
