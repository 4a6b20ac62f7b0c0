"""A terminal's own Chromium as a clinic's administrator sets it up: certificates in its store, a policy that says which of them
goes where, and a proxy for one name."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from lab.pki import Credential

_PATIENCE = 90
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--dump-dom", "--virtual-time-budget=20000")


class ManagedBrowser:
    """Its home is `home`; nobody else's Chromium sees its policy."""

    def __init__(self, namespace: str, home: Path, addresses: dict[str, str]) -> None:
        self._namespace, self._home = namespace, home
        self._rules = ",".join(f"MAP {name} {address}" for name, address in addresses.items())
        self._store = home / ".pki" / "nssdb"
        self._store.mkdir(parents=True)
        self._policies = home / "policies" / "managed"
        self._policies.mkdir(parents=True)
        self._run("certutil", "-N", "--empty-password", "-d", f"sql:{self._store}")

    @staticmethod
    def _run(*arguments: str) -> None:
        subprocess.run(arguments, check=True, capture_output=True, timeout=_PATIENCE)

    def trusts(self, name: str, ca: Path) -> None:
        self._run("certutil", "-A", "-d", f"sql:{self._store}", "-n", name, "-t", "C,,", "-i", str(ca))

    def holds(self, credential: Credential) -> None:
        bag = self._home / "bag.p12"
        self._run("openssl", "pkcs12", "-export", "-in", str(credential.certificate), "-inkey", str(credential.key), "-passout", "pass:",
                  "-out", str(bag))
        self._run("pk12util", "-i", str(bag), "-d", f"sql:{self._store}", "-W", "")
        bag.unlink()

    def is_told(self, policy: dict[str, Any]) -> None:
        (self._policies / "clinic.json").write_text(json.dumps(policy))

    def opens(self, url: str) -> str:
        """What stands on the page in the end, as text of HTML."""
        inside = (f"mount -t tmpfs none /etc/chromium && cp -r {self._home}/policies /etc/chromium/ && "
                  f"exec chromium {' '.join(_OPTIONS)} --user-data-dir={self._home}/profile '--host-resolver-rules={self._rules}' '{url}'")
        done = subprocess.run(["ip", "netns", "exec", self._namespace, "unshare", "-m", "sh", "-c", inside], capture_output=True, text=True,
                              timeout=_PATIENCE, env=os.environ | {"HOME": str(self._home)}, check=False)
        return done.stdout
