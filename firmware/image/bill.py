"""What an image is made of (UPD-03): packages.lock says what was installed, the bill of materials what of that is left in it, and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import boot
from places import SUITE, Places
from workshop import Workshop, run

_OURS = "sekisho"  # the package whose programs have the pages in them


def keep(places: Places, tree: Path) -> None:
    """What dpkg knows of the tree, for when that is reduced."""
    kept = _dpkg(places)
    if kept.exists():
        shutil.rmtree(kept)
    shutil.copytree(tree / "var/lib/dpkg", kept)
    listed = run("dpkg-query", f"--admindir={kept}", "--show", "--showformat=${Package}=${Version}\\n")
    (places.out / "packages.lock").write_text(listed, encoding="utf-8")


def _dpkg(places: Places) -> Path:
    return places.work / "dpkg"


def write(workshop: Workshop, places: Places, tree: Path, early: boot.Early) -> None:
    """Of the reduced tree, into which it goes as well."""
    mine, its = str(_dpkg(places)), str(workshop.tree / "var/lib/dpkg")
    taken = [*(("early", mine, path) for path in early.taken), ("start", mine, early.kernel), ("start", its, boot.STUB)]
    bill = run("python3", "-B", str(places.firmware / "sbom" / "cyclonedx.py"), mine, str(tree), "--suite", SUITE,
               "--name", "sekisho-image", "--version", places.version(), "--time", str(places.epoch()),
               *(word for one in taken for word in ("--taken", *one)),
               "--npm", _OURS, str(places.root / "gateway" / "web" / "ui" / "package-lock.json"))
    (places.out / "sbom.cdx.json").write_text(bill, encoding="utf-8")
    (tree / "usr/share/sekisho").mkdir(parents=True, exist_ok=True)
    (tree / "usr/share/sekisho/sbom.cdx.json").write_text(bill, encoding="utf-8")
