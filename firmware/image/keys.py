"""The keys that a build signs with, made here and kept out of the repository; a product's own are made in a ceremony and come in by
--keys. Three say what firmware may start (PK, KEK, db), one what the TPM may open the state for; a running box takes a new image that a
release certificate of its authority has signed."""

from __future__ import annotations

from places import Places
from workshop import ImageError, Workshop

_OWNER = "5e1c15b0-0000-4000-8000-00000000000e"  # whose signatures they are, to the firmware
_LEVELS = (("PK", "Sekisho platform key"), ("KEK", "Sekisho key exchange key"), ("db", "Sekisho image signature"))
_VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"


def _has_pair(places: Places, name: str, signs: bool) -> bool:
    """A half is taken for a whole by nobody, nor made anew over. Of a pair with which a build `signs` nothing the certificate is enough:
    a product's key stays where its ceremony was."""
    key, certificate = places.keys / f"{name}.key", places.keys / f"{name}.crt"
    if key.exists() and not certificate.exists():
        raise ImageError(f"{certificate} is missing, and its key is there: put it there, or take the key away")
    if signs and certificate.exists() and not key.exists():
        raise ImageError(f"{key} is missing, and its certificate is there: put it there, or take the certificate away")
    return certificate.exists()


def provide(workshop: Workshop, places: Places) -> None:
    """What is missing of them."""
    binds = {"/keys": places.keys}
    for name, subject in _LEVELS:
        if not _has_pair(places, name, signs=name == "db"):
            workshop.run("openssl", "req", "-x509", "-newkey", "rsa:3072", "-noenc", "-sha256", "-days", "7300",
                         "-subj", f"/CN={subject}", "-keyout", f"/keys/{name}.key", "-out", f"/keys/{name}.crt", binds=binds)
    if not (places.keys / "measured.key").exists():
        workshop.run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "/keys/measured.key",
                     binds=binds)
    _provide_release(workshop, places)
    workshop.run("openssl", "pkey", "-in", "/keys/measured.key", "-pubout", "-out", "/keys/measured.pub", binds=binds)


def _provide_release(workshop: Workshop, places: Places) -> None:
    """An authority, and a certificate of it that is good for signing code and for nothing else."""
    has_authority = _has_pair(places, "release-ca", signs=False)
    if _has_pair(places, "release", signs=True):
        if not has_authority:
            raise ImageError(f"{places.keys / 'release-ca.crt'} is missing, by which a box knows release.crt: put it there")
        return
    if has_authority:
        raise ImageError(f"{places.keys} has an authority for releases and no certificate of it (release.crt, release.key): issue one, for signing code")
    new = ("req", "-x509", "-newkey", "rsa:3072", "-noenc", "-sha256")
    authority = (*new, "-days", "7300", "-subj", "/CN=Sekisho releases", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
                 "-keyout", "/keys/release-ca.key", "-out", "/keys/release-ca.crt")
    signer = (*new, "-days", "730", "-subj", "/CN=Sekisho release", "-CA", "/keys/release-ca.crt", "-CAkey", "/keys/release-ca.key",
              "-addext", "basicConstraints=critical,CA:FALSE", "-addext", "keyUsage=critical,digitalSignature",
              "-addext", "extendedKeyUsage=critical,codeSigning", "-keyout", "/keys/release.key", "-out", "/keys/release.crt")
    for arguments in (authority, signer):
        workshop.run("openssl", *arguments, binds={"/keys": places.keys})


def describe(workshop: Workshop, places: Places) -> None:
    """OUT/secure-boot: the certificates to enrol, and the variables of a QEMU machine that has enrolled them."""
    folder = places.out / "secure-boot"
    folder.mkdir(exist_ok=True)
    for name, _ in _LEVELS:
        (folder / f"{name}.crt").write_bytes((places.keys / f"{name}.crt").read_bytes())
    workshop.run("virt-fw-vars", "--input", _VARIABLES, "--output", "/out/ovmf_vars.fd", "--set-pk", _OWNER, "/out/PK.crt",
                 "--add-kek", _OWNER, "/out/KEK.crt", "--add-db", _OWNER, "/out/db.crt", "--secure-boot",
                 binds={"/out": folder})
