"""Certificate profiles (profiles/*.yaml) as sections for OpenSSL's command line."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).resolve().with_name("profiles")
_USAGE = {"digital_signature": "digitalSignature", "sign_certificates": "keyCertSign", "sign_lists": "cRLSign"}
_PURPOSES = {"client_auth": "clientAuth", "server_auth": "serverAuth", "code_signing": "codeSigning"}


def _values(text: str) -> list[str]:
    """"[a, b]" or "a"."""
    return [part.strip() for part in text.strip("[]").split(",") if part.strip()]


def read(role: str) -> dict[str, list[str]]:
    """A profile's keys. The files are flat, one key a line; the box's own reader is the strict one."""
    lines = (_FOLDER / f"{role}.yaml").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("#")[0].split(":", 1) for line in lines if line.split("#")[0].strip())
    return {key.strip(): _values(value.strip()) for key, value in pairs}


def section(name: str, role: str) -> str:
    """The role's extensions as a section of that name; $ENV::SAN is the subject alternative name."""
    profile = read(role)
    length = profile.get("path_length")
    lines = [f"[{name}]", "basicConstraints = critical, " + (f"CA:true, pathlen:{length[0]}" if length else "CA:false"),
             "keyUsage = critical, " + ", ".join(_USAGE[word] for word in profile["usage"])]
    if profile["purposes"]:
        lines.append("extendedKeyUsage = " + ", ".join(_PURPOSES[word] for word in profile["purposes"]))
    if profile["names"] != ["none"]:
        lines.append("subjectAltName = $ENV::SAN")
    lines.append("subjectKeyIdentifier = hash")
    if not length:
        lines.append("authorityKeyIdentifier = keyid")
    return "\n".join(lines) + "\n"
