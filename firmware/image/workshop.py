"""The tree of the image's suite in which everything is compiled and put together, and how commands run in it."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

from places import SUITE, Places

_LAST_WORDS = 6000
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_LOCAL_FILES = "/usr/share/mmdebstrap/hooks/file-mirror-automount"  # lets packages come from files


class ImageError(RuntimeError):
    """Something whoever builds can understand and mend; printed without a stack."""


def run(*arguments: str, told: Sequence[str] = (), **environment: str) -> str:
    """Standard output of a command that must succeed; `told` is the command that an error names, if another one."""
    done = subprocess.run(arguments, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL,
                          env={**os.environ, **environment})
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-_LAST_WORDS:]
        raise ImageError(f"`{' '.join(told or arguments)}` ended with {done.returncode}:\n{said}")
    return done.stdout


def install_tools(root: Path) -> None:
    """What the machine itself needs for it: the purpose `image` of gateway/packages.txt, and what builds the pages."""
    if os.geteuid() != 0:
        raise ImageError("needs root, for the trees that the image is made in: sudo ./firmware/image/build")
    script = 'root=$1; . "$root/gateway/lab/prepare.sh"; install_packages build image'
    run("bash", "-euo", "pipefail", "-c", script, "firmware/image/build", str(root))


def packages_for(places: Places, purpose: str) -> list[str]:
    text = (places.firmware / "image" / "packages.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [words[1] for words in lines if words[0] == purpose]


def bootstrap(places: Places, tree: Path, purpose: str, local: Sequence[Path] = ()) -> None:
    """A tree with the purpose's packages and what they need, from the suite and its updates; its archives are kept for the next
    one. `local` are package files. What is mounted in it is mounted for mmdebstrap alone, so that nothing of it outlives a build."""
    kept = places.work / "archives"
    kept.mkdir(exist_ok=True)
    cache, here = '"$1/var/cache/apt/archives"', shlex.quote(str(kept))
    if tree.exists():
        shutil.rmtree(tree)
    run("unshare", "--mount", "mmdebstrap", "--mode=root", "--variant=essential", "--format=directory", f"--keyring={_KEYRING}",
        '--aptopt=Acquire::Languages "none"', "--dpkgopt=force-unsafe-io", "--skip=download/empty", "--skip=essential/unlink",
        f"--setup-hook=mkdir -p {cache}; cp --link {here}/*.deb {cache} || :",
        f"--customize-hook=cp --link --no-clobber {cache}/*.deb {here}",
        f"--hook-dir={_LOCAL_FILES}", f"--include={','.join([*packages_for(places, purpose), *map(str, local)])}",
        SUITE, str(tree), INITRD="No", SOURCE_DATE_EPOCH=str(places.epoch()))
    for path in local:
        _forget_place(tree, path)


def _forget_place(tree: Path, path: Path) -> None:
    """Where a file from out here was mounted for its packages, nothing is left: an image does not tell in which folder it was made."""
    place = tree / path.relative_to("/")
    place.unlink(missing_ok=True)
    for folder in place.parents:
        if folder == tree or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


@dataclass(frozen=True)
class Workshop:
    tree: Path
    epoch: int

    @staticmethod
    def ready(places: Places) -> "Workshop":
        """Made anew when what it should have has changed."""
        tree, stamp = places.work / "workshop", places.work / "workshop.made"
        wanted = hashlib.sha256(" ".join([SUITE, *packages_for(places, "workshop")]).encode()).hexdigest()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
            stamp.unlink(missing_ok=True)
            bootstrap(places, tree, "workshop")
            stamp.write_text(wanted, encoding="ascii")
        return Workshop(tree, places.epoch())

    def run(self, *arguments: str, binds: Mapping[str, Path], at: str = "/", **environment: str) -> str:
        """In the tree, without the network and with nothing of ours but `binds` (path in there -> path here)."""
        # Processes are counted from 1 in each, so builds at the same time would take each other's names in the shared memory.
        lines = ["mount -t proc proc \"$0/proc\"", "mount --rbind /dev \"$0/dev\"", "mount -t tmpfs shm \"$0/dev/shm\""]
        for inside, outside in binds.items():
            (self.tree / inside.lstrip("/")).mkdir(parents=True, exist_ok=True)
            lines.append(f'mount --bind {shlex.quote(str(outside))} "$0"{shlex.quote(inside)}')
        script = " && ".join([*lines, "root=$0; exec chroot \"$root\" env -C \"$@\""])
        settings = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                    "SOURCE_DATE_EPOCH": str(self.epoch), **environment}
        return run("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", script, str(self.tree), at, "-i",
                   *(f"{name}={value}" for name, value in settings.items()), *arguments, told=arguments)
