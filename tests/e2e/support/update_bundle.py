"""Bundles for the appliance that firmware/image/build does not make: of other signers, for other boards, older ones."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from lab.command import run

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "firmware" / "image"))
import bundle as image_bundle  # noqa: E402

@dataclass(frozen=True)
class Signer:
    certificate: Path
    key: Path

    @staticmethod
    def of_image(out: Path) -> "Signer":
        """Who signed the image's own bundle."""
        keys = out.parent / "keys"
        return Signer(keys / "release.crt", keys / "release.key")

    @staticmethod
    def stranger(folder: Path) -> "Signer":
        """One with the same names and purposes, of nobody we know."""
        folder.mkdir()
        made = Signer(folder / "release.crt", folder / "release.key")
        run("openssl", "req", "-x509", "-newkey", "rsa:3072", "-noenc", "-sha256", "-days", "30", "-subj", "/CN=Sekisho release",
            "-addext", "keyUsage=critical,digitalSignature", "-addext", "extendedKeyUsage=critical,codeSigning",
            "-keyout", str(made.key), "-out", str(made.certificate))
        return made


@dataclass(frozen=True)
class Bundle:
    """`content` has root.img and esp.img; without it they are a few octets, for a bundle that nobody shall write."""

    signer: Signer
    compatible: str = "sekisho-x86_64"
    version: str = "0.1.0"
    content: Path | None = None

    def write(self, folder: Path) -> Path:
        parts = folder / "parts"
        parts.mkdir(parents=True)
        for name in ("root.img", "esp.img"):
            if self.content is None:
                (parts / name).write_bytes(os.urandom(64 * 1024))
            else:
                run("cp", "--sparse=always", str(self.content / name), str(parts / name))
        (parts / "manifest.raucm").write_text(image_bundle.manifest(self.compatible, self.version), encoding="ascii")
        made = folder / "sekisho.raucb"
        run("rauc", "--cert", str(self.signer.certificate), "--key", str(self.signer.key), "bundle", str(parts), str(made))
        return made
