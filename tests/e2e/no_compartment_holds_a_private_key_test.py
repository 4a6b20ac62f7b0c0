"""After work was done, the memory of every process but keyd is searched for the box's private keys (CRT-01)."""

import base64
import re
import subprocess
import unittest
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from support.box_test import BoxTest
from support.cloud_end import CloudEnd

_TENANTS = ("karte", "imaging")
_REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r.-?.*$", re.MULTILINE)
_PIECE = 16 * 1024 * 1024


def _scalar(key: Path) -> bytes:
    """The secret number of a P-256 key (SEC 1, C.4)."""
    text = subprocess.run(["openssl", "ec", "-in", str(key), "-noout", "-text"], check=True, capture_output=True, text=True).stdout
    digits = "".join(re.findall(r"[0-9a-f]{2}", text.split("priv:")[1].split("pub:")[0]))
    return int(digits, 16).to_bytes(32, "big")


def _forms(key: Path) -> dict[str, bytes]:
    """How a program could hold it."""
    scalar = _scalar(key)
    body = "".join(line for line in key.read_text().splitlines() if "-----" not in line)
    return {"as a number": scalar, "as libcrypto's number": scalar[::-1], "as DER": base64.b64decode(body)[:120],
            "as PEM": body[:48].encode()}


def _memory(pid: int) -> Iterator[bytes]:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, end in _REGION.findall(Path(f"/proc/{pid}/maps").read_text()):
            start, left = int(begin, 16), int(end, 16) - int(begin, 16)
            if start >= 1 << 63:  # the kernel's own page of calls
                continue
            for offset in range(0, left, _PIECE):
                try:
                    memory.seek(start + offset)
                    yield memory.read(min(_PIECE + 256, left - offset))
                except OSError:  # a page that is only set aside
                    break


def _held(pid: int, forms: dict[str, bytes]) -> set[str]:
    return {name for piece in _memory(pid) for name, form in forms.items() if form in piece}


class NoCompartmentHoldsAPrivateKey(BoxTest):
    clouds: dict[str, CloudEnd]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in _TENANTS}

    def _work(self) -> None:
        """Both keys of both tenants sign; one session of each stays."""
        for tenant in _TENANTS:
            for _ in range(20):
                near = self.open(self.terminal(tenant), self.door(tenant))
                near.send(b"there")
                self.assertEqual(self.clouds[tenant].accept().receive_exactly(5), b"there")

    def _compartments(self) -> dict[str, int]:
        """The supervisor hands files over, parses nothing of anybody's, and cannot be dumped either."""
        pids = self.lab.box.pids() | {name: self.lab.box.own_pid(name) for name in ("keyd", "controld")}
        return {name: pid for name, pid in pids.items() if name != "supervisor"}

    def _keys(self) -> dict[str, dict[str, bytes]]:
        """The box's own private keys, one for each leg of each service."""
        folder = self.lab.options.config.parent
        credentials = [service[leg] for tenant in self.lab.site["tenants"] for service in tenant["services"]
                       for leg in ("downstream", "upstream")]
        return {file: _forms(folder / file) for file in {credential["key"] for credential in credentials}}

    def test_only_keyd(self) -> None:
        self._work()
        keys = self._keys()
        found = {name: {file: forms for file, all_forms in keys.items() if (forms := _held(pid, all_forms))}
                 for name, pid in self._compartments().items()}
        self.assertEqual(set(found.pop("keyd")), set(keys), "the search finds what is there")
        self.assertEqual(found, {name: {} for name in found})

    def test_nobody_leaves_a_core(self) -> None:
        for name, pid in self._compartments().items():
            limits = Path(f"/proc/{pid}/limits").read_text()
            with self.subTest(name):
                self.assertRegex(limits, r"Max core file size +0 +0 ")


if __name__ == "__main__":
    unittest.main()
