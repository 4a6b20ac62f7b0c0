"""A PKCS#11 token for the box: SoftHSM, in a folder of the account that the box runs its library under."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_MODULE = "/usr/lib/softhsm/libsofthsm2.so"
_ACCOUNT = 60_613  # model::kTokenAccount
_PIN = "471147"
_LABEL = "clinic"


def _der(tag: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes([tag, len(content)]) + content


class SoftToken:
    """`options` are the supervisor's."""

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="gw-token-"))
        self._root.chmod(0o711)
        self._data = self._root / "data"
        (self._data / "tokens").mkdir(parents=True)
        self._settings = self._data / "softhsm2.conf"
        self._settings.write_text(f"directories.tokendir = {self._data}/tokens\nlog.level = ERROR\n")
        self._pin = self._root / "pin"
        self.write_pin(_PIN)
        self._run("softhsm2-util", "--init-token", "--free", "--so-pin", "00000000", "--pin", _PIN, "--label", _LABEL)

    @property
    def options(self) -> tuple[str, ...]:
        return ("--token-module", _MODULE, "--token-pin", str(self._pin), "--token-data", str(self._data),
                "--token-environment", f"SOFTHSM2_CONF={self._settings}")

    def remove(self) -> None:
        shutil.rmtree(self._root)

    def write_pin(self, pin: str = _PIN) -> None:
        self._pin.write_text(pin + "\n")
        self._pin.chmod(0o600)

    def make_key(self, name: str, key: Path, request: Path) -> None:
        """A P-256 key in the token: where it is, as pkcs11-provider writes it, and its certificate request."""
        self._run("pkcs11-tool", "--module", _MODULE, "--token-label", _LABEL, "--login", "--pin", _PIN,
                  "--keypairgen", "--key-type", "EC:prime256v1", "--label", name, "--id", name.encode().hex(), "--usage-sign")
        uri = f"pkcs11:token={_LABEL};object={name}"
        self._point(key, uri)
        template = request.with_suffix(".template")
        template.write_text(f'cn = "{name}"\n')
        self._run("certtool", "--provider", _MODULE, "--generate-request", "--load-privkey", f"{uri};type=private",
                  "--load-pubkey", f"{uri};type=public", "--template", str(template), "--outfile", str(request))
        self._run("chown", "-R", f"{_ACCOUNT}:{_ACCOUNT}", str(self._data))

    @staticmethod
    def _point(key: Path, uri: str) -> None:
        der = _der(0x30, _der(0x1a, b"PKCS#11 Provider URI v1.0") + _der(0x0c, uri.encode()))
        text = base64.encodebytes(der).decode()
        key.write_text(f"-----BEGIN PKCS#11 PROVIDER URI-----\n{text}-----END PKCS#11 PROVIDER URI-----\n")
        key.chmod(0o600)

    def _run(self, *words: str) -> None:
        done = subprocess.run(words, capture_output=True, text=True,
                              env=dict(os.environ, SOFTHSM2_CONF=str(self._settings), GNUTLS_PIN=_PIN))
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
