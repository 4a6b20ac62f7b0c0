"""What the firmware starts: kernel, early files and command line as one signed program (unified kernel image)."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from modules import kernel_of
from places import Places
from root import Verity
from workshop import Workshop, run

_STUB = "/usr/lib/systemd/boot/efi/linuxx64.efi.stub"


def early_files(workshop: Workshop, places: Places, tree: Path) -> Path:
    """An archive with what runs until the root is there: firmware/boot/init, BusyBox, veritysetup and the modules they need.
    The kernel goes to WORK."""
    early, source = places.work / "early", places.firmware / "boot"
    if early.exists():
        shutil.rmtree(early)
    for folder in ("bin", "dev", "proc", "sys", "run", "root", "modules"):
        (early / folder).mkdir(parents=True)
    shutil.copyfile(source / "init", early / "init")
    (early / "init").chmod(0o755)
    for program in ("usr/bin/busybox", "usr/sbin/veritysetup"):
        shutil.copy2(tree / program, early / "bin" / Path(program).name)
    _add_libraries(tree, early)
    _add_modules(tree, early, (source / "modules.txt").read_text(encoding="utf-8"))
    shutil.copyfile(tree / f"boot/vmlinuz-{kernel_of(tree)}", places.work / "vmlinuz")
    archive = places.work / "early.zst"
    script = ('find . -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} + && find . -print0 | LC_ALL=C sort -z | '
              "cpio --quiet --null --create --format=newc --reproducible --owner=0:0 | zstd --quiet -19 --threads=1 > /made/early.zst")
    workshop.run("sh", "-c", script, binds={"/early": early, "/made": places.work}, at="/early")
    return archive


def _add_libraries(tree: Path, early: Path) -> None:
    """Those of veritysetup, under the names by which it asks for them."""
    for word in run("chroot", str(tree), "ldd", "/usr/sbin/veritysetup").split():
        if not word.startswith("/"):
            continue
        target = early / word.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile((tree / word.lstrip("/")).resolve(), target)
        target.chmod(0o755)


def _add_modules(tree: Path, early: Path, text: str) -> None:
    """In the order in which they can be loaded, each after those it needs."""
    order: list[str] = []
    for name in (line.split()[0] for line in text.splitlines() if line and not line.startswith("#")):
        told = run("chroot", str(tree), "modprobe", "--show-depends", "--set-version", kernel_of(tree), name)
        order += [line.split()[1] for line in told.splitlines() if line.startswith("insmod ")]
    for number, path in enumerate(dict.fromkeys(order)):
        shutil.copyfile(tree / path.lstrip("/"), early / "modules" / f"{number:03}-{Path(path).name}")


def unify(workshop: Workshop, places: Places, tree: Path, early: Path, verity: Verity, words: str = "") -> None:
    """OUT/sekisho.efi, signed for the firmware; and, for the TPM, what it will have measured of it. `words` are more of the
    kernel's command line than an image has."""
    line = " ".join([*(places.firmware / "boot" / "cmdline").read_text(encoding="utf-8").split(), *words.split()])
    kernel = kernel_of(tree)
    signed_at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(workshop.epoch))  # it stands in the signatures
    workshop.run("faketime", "-f", signed_at, "ukify", "build", "--linux=/made/vmlinuz", f"--initrd=/made/{early.name}",
                 f"--cmdline={line} sekisho.root={verity.digest},{verity.offset}", "--os-release=@/tree/usr/lib/os-release",
                 f"--uname={kernel}", f"--stub={_STUB}", "--secureboot-private-key=/keys/db.key",
                 "--secureboot-certificate=/keys/db.crt", "--sign-kernel", "--pcr-private-key=/keys/measured.key",
                 "--pcr-public-key=/keys/measured.pub", "--pcr-banks=sha256", "--phases=enter-initrd", "--output=/out/sekisho.efi",
                 binds={"/made": places.work, "/tree": tree, "/keys": places.keys, "/out": places.out})
