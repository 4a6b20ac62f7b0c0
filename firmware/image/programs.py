"""Our programs as Debian packages, compiled in the image's suite."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from places import Places
from workshop import ImageError, Workshop, run

_SOURCES = ("CMakeLists.txt", "gateway", "firmware/slot", "firmware/erase", "firmware/recovery", "hardware", "certs", "configs", "CHANGELOG.md")
# What lintian says and we know: nobody uploads these, and two programs have no page in the manual yet.
_KNOWN = ("initial-upload-closes-no-bugs", "no-manual-page")


def _listed(places: Places) -> list[str]:
    """The repository's files among the sources; all files where there is no git."""
    told = subprocess.run(["git", "-C", str(places.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard", *_SOURCES],
                          capture_output=True, text=True)
    if told.returncode == 0:
        return [name for name in told.stdout.split("\0") if name and (places.root / name).is_file()]
    found = (path for source in _SOURCES for path in ((places.root / source).rglob("*") if (places.root / source).is_dir()
                                                      else [places.root / source]))
    return [str(path.relative_to(places.root)) for path in found if path.is_file()]


def _lay_out(places: Places, sources: Path) -> None:
    if sources.exists():
        shutil.rmtree(sources)
    for name in _listed(places):
        target = sources / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(places.root / name, target)
    shutil.copytree(places.firmware / "packages" / "debian", sources / "debian")


def _build_pages(places: Places, sources: Path) -> None:
    """npm's registry is out of the workshop's reach, so the table of the pages is made out here (decisions/0060)."""
    ui = sources / "gateway" / "web" / "ui"
    run("node", str(ui / "scripts" / "build.mjs"), str(ui), str(sources / "gateway" / "api" / "openapi.json"),
        str(places.work / "ui"), str(sources / "ui_files.cpp"))


def build(workshop: Workshop, places: Places) -> list[Path]:
    """The packages that the image gets. Those with debugging symbols lie beside them."""
    folder = places.work / "packages"
    if folder.exists():
        shutil.rmtree(folder)
    sources, cache = folder / f"sekisho-{places.version()}", places.work / "ccache"
    cache.mkdir(exist_ok=True)
    _lay_out(places, sources)
    _build_pages(places, sources)
    binds = {"/src": folder, "/ccache": cache}
    workshop.run("dpkg-buildpackage", "--build=binary", "--no-sign", binds=binds, at=f"/src/{sources.name}", CCACHE_DIR="/ccache",
                 DEB_BUILD_OPTIONS="parallel=2")
    shutil.rmtree(sources)
    workshop.run("lintian", "--fail-on=error,warning", "--allow-root", f"--suppress-tags={','.join(_KNOWN)}",
                 *(f"/src/{path.name}" for path in sorted(folder.glob("*.changes"))), binds=binds)
    found = [path for path in sorted(folder.glob("*.deb")) if "-dbgsym_" not in path.name]
    if not found:
        raise ImageError(f"no packages were built in {folder}")
    return found
