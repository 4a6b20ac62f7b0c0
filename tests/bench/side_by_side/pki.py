"""Throw-away certificates of the measurement: ECDSA P-256 throughout, issued by one authority, and a stranger's."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256", "-days", "30")


@dataclass(frozen=True)
class Leaf:
    name: str   # of the files
    usage: str
    host: str   # NAME.bench is what the certificate is for
    issuer: str = "ca"


def leaves(tenants: int) -> list[Leaf]:
    own = [Leaf("server", "serverAuth", "server"), Leaf("upstream", "clientAuth", "upstream"),
           Leaf("backend", "serverAuth", "backend"), Leaf("client", "clientAuth", "client")]
    strangers = [Leaf("stranger", "clientAuth", "client", "strangers"),
                 Leaf("stranger-backend", "serverAuth", "backend", "strangers")]
    further = [Leaf(f"{leaf.name}-{i}", leaf.usage, leaf.host) for i in range(1, tenants) for leaf in own[:2]]
    return own + strangers + further


def _openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(arguments)}\n{done.stderr}")


def _authority(folder: Path, name: str) -> None:
    _openssl(folder, "req", "-x509", *CURVE, "-subj", f"/CN=bench {name}", "-keyout", f"{name}.key",
             "-out", f"{name}.pem", "-addext", "basicConstraints=critical,CA:true",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")


def _issue(folder: Path, leaf: Leaf) -> None:
    extensions = folder / f"{leaf.name}.ext"
    extensions.write_text("basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
                          f"extendedKeyUsage={leaf.usage}\nauthorityKeyIdentifier=keyid\n"
                          f"subjectAltName=DNS:{leaf.host}.bench,IP:127.0.0.1\n")
    _openssl(folder, "req", "-new", *CURVE[:-2], "-subj", f"/CN={leaf.name}", "-keyout", f"{leaf.name}.key",
             "-out", f"{leaf.name}.csr")
    _openssl(folder, "x509", "-req", "-in", f"{leaf.name}.csr", "-CA", f"{leaf.issuer}.pem",
             "-CAkey", f"{leaf.issuer}.key", "-CAcreateserial", "-days", "30", "-sha256", "-extfile", extensions.name,
             "-out", f"{leaf.name}.pem")
    bundle = (folder / f"{leaf.name}.pem").read_text() + (folder / f"{leaf.name}.key").read_text()
    (folder / f"{leaf.name}-bundle.pem").write_text(bundle)  # as HAProxy wants it


def make(folder: Path, tenants: int = 1) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for authority in ("ca", "strangers"):
        _authority(folder, authority)
    for leaf in leaves(tenants):
        _issue(folder, leaf)
