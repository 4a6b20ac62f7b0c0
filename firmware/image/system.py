"""The box's root: the suite's packages and ours, our files laid over them, and all taken away that a running box has no use for."""

from __future__ import annotations

import fnmatch
import shutil
from pathlib import Path

import bill
import modules
from places import SUITE, Places
from workshop import ImageError, bootstrap

_PROGRAM_FOLDERS = ("usr/bin", "usr/sbin")
_RELEASE = """PRETTY_NAME="Sekisho {version}"
NAME="Sekisho"
ID=sekisho
ID_LIKE=debian
VERSION_CODENAME={suite}
IMAGE_ID=sekisho
IMAGE_VERSION={version}
SUPPORT_END={support_end}
"""
_SUPPORT_END = "2030-06-30"  # of the suite's long-term support (UPD-05; firmware/README.md, Until when)


def install(places: Places, packages: list[Path]) -> Path:
    """Everything, as Debian installs it. What dpkg knows of it is kept in WORK: it goes with all else that a running box has no use for."""
    tree = places.work / "system"
    bootstrap(places, tree, "system", packages)
    _lay_over(places.firmware / "image" / "root", tree)
    shutil.copyfile(places.keys / "release-ca.crt", tree / "etc/rauc/keyring.pem")
    (tree / "usr/lib/os-release").write_text(
        _RELEASE.format(version=places.version(), suite=SUITE, support_end=_SUPPORT_END), encoding="utf-8")
    (tree / "usr/lib/clock-epoch").touch()  # gets the image's time with all others: no clock shows less (TIM-03)
    bill.keep(places, tree)
    modules.settle(tree, _lines(places, "kept_modules.txt"))
    return tree


def _lay_over(source: Path, tree: Path) -> None:
    for path in sorted(source.rglob("*")):
        target = tree / path.relative_to(source)
        if path.is_symlink():
            target.unlink(missing_ok=True)
            target.symlink_to(path.readlink())
        elif path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            target.chmod(0o644)


def _lines(places: Places, name: str) -> list[str]:
    text = (places.firmware / "image" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def reduce(places: Places, tree: Path) -> None:
    """WLS-05: of programs only those of kept.txt stay; of files none that removed.txt names."""
    _keep_only([path for folder in _PROGRAM_FOLDERS for path in (tree / folder).iterdir()], _lines(places, "kept.txt"))
    found = {pattern: list(tree.glob(pattern)) for pattern in _lines(places, "removed.txt")}
    if idle := [pattern for pattern, paths in found.items() if not paths]:
        raise ImageError(f"removed.txt names what is not there; take the lines out: {', '.join(idle)}")
    for path in (path for paths in found.values() for path in paths):
        _remove(path)
    for path in (path for folder in _PROGRAM_FOLDERS for path in (tree / folder).iterdir() if not path.is_symlink()):
        path.chmod(path.stat().st_mode & 0o755)  # nobody becomes root by a program
    for folder in ("dev", "proc", "sys", "run", "tmp", "var"):
        _empty(tree / folder)
    (tree / "etc/machine-id").write_text("", encoding="ascii")


def _keep_only(programs: list[Path], kept: list[str]) -> None:
    idle = [pattern for pattern in kept if not fnmatch.filter((path.name for path in programs), pattern)]
    if idle:
        raise ImageError(f"kept.txt names programs that no package brings: {', '.join(idle)}")
    for path in programs:
        if not any(fnmatch.fnmatch(path.name, pattern) for pattern in kept):
            path.unlink()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in list(folder.iterdir()):
        _remove(path)
