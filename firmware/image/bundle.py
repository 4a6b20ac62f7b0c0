"""What a running box takes a new image from: root and system partition in one file that RAUC checks before it writes (UPD-01)."""

from __future__ import annotations

import configparser
import shutil

from places import Places
from workshop import Workshop

_NAME = "sekisho.raucb"
# The system partition is the last to be written: until then what stands there goes with another root, which it does not start.
_MANIFEST = """[update]
compatible={compatible}
version={version}

[bundle]
format=verity

[image.root]
filename=root.img

[image.efi]
filename=esp.img
"""


def manifest(board: str, version: str) -> str:
    return _MANIFEST.format(compatible=board, version=version)


def compatible(places: Places) -> str:
    """The board that an image is for, as a box has it in its own configuration."""
    config = configparser.ConfigParser()
    config.read(places.firmware / "image" / "root" / "etc" / "rauc" / "system.conf")
    return config["system"]["compatible"]


def pack(workshop: Workshop, places: Places) -> None:
    """OUT/sekisho.raucb. Its hashes are salted and its signature has the hour in it: two bundles of one image differ, and what is in
    them does not."""
    content = places.work / "bundle"
    content.mkdir(exist_ok=True)
    for name in ("root.img", "esp.img"):
        shutil.copyfile(places.out / name, content / name)
    (content / "manifest.raucm").write_text(manifest(compatible(places), places.version()), encoding="ascii")
    (places.out / _NAME).unlink(missing_ok=True)
    workshop.run("rauc", "--cert=/keys/release.crt", "--key=/keys/release.key", "--keyring=/keys/release-ca.crt",
                 "--conf=/box/system.conf", "bundle", "/bundle", f"/out/{_NAME}",
                 binds={"/bundle": content, "/out": places.out, "/keys": places.keys, "/box": places.firmware / "image/root/etc/rauc"})
