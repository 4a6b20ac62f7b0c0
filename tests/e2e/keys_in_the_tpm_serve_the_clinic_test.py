"""The box's keys for one tenant are in a TPM: terminals and clouds see no difference, and a slow one is nobody else's (CRT-01)."""

import ssl
import statistics
import time
import unittest
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

from authority import Authority, Leaf
from lab import namespaces
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import IMAGING, RAW, TenantSpec
from support.soft_tpm import SoftTpm

_SIGNATURE_SECONDS = 0.060
_CROWD = 1000  # handshakes that are asked for within about a second
_LIMITS = {"handshakes": 4000, "sessions": 4000, "sessions_per_source": 2000,
           "connections": "4000 per s", "connections_per_source": "4000 per s"}


def _hello(context: ssl.SSLContext, server_name: str) -> bytes:
    """A terminal's first words."""
    sent = ssl.MemoryBIO()
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname=server_name).do_handshake()
    return sent.read()


class KeysInTheTpmServeTheClinic(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (RAW,), limits=_LIMITS), IMAGING)
    WRONG_CERTIFICATES = False
    soft_tpm: SoftTpm
    clouds: dict[str, CloudEnd]

    @classmethod
    def hardware(cls, stack: ExitStack) -> tuple[str, ...]:
        cls.soft_tpm = SoftTpm(cls.folder / "tpm")
        stack.callback(cls.soft_tpm.stop)
        folder = cls.keys.tenant("karte").folder
        cls._move_into_the_tpm(folder / "box-ca", Leaf(
            folder / "raw", "server", "raw", "DNS:raw.karte.clinic.example,IP:10.11.1.1"))
        cls._move_into_the_tpm(folder / "raw-cloud-ca", Leaf(
            folder / "raw-client", "client", "karte box", "URI:urn:sekisho:karte:box"))
        return ("--tpm", str(cls.soft_tpm.socket))

    @classmethod
    def _move_into_the_tpm(cls, issuer: Path, leaf: Leaf) -> None:
        key, request = leaf.path.with_suffix(".key"), cls.folder / "request.pem"
        key.unlink()
        cls.soft_tpm.make_key(key, request, leaf.common_name)
        Authority(issuer).certify(request, leaf)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def tearDown(self) -> None:
        self.soft_tpm.delay = 0.0

    def _serves(self, tenant: str) -> None:
        near = self.open(self.terminal(tenant), self.door(tenant))
        near.send(b"there")
        self.assertEqual(self.clouds[tenant].accept().receive_exactly(5), b"there")

    def _served_again(self, tenant: str) -> bool:
        with suppress(OSError):
            self._serves(tenant)
            return True
        return False

    def _pace(self) -> float:
        """Seconds that a new session of the other tenant takes until its first octets are there; the median."""
        seconds = []
        for _ in range(21):
            before = time.monotonic()
            self._serves("imaging")
            seconds.append(time.monotonic() - before)
        return statistics.median(seconds)

    def _crowd(self) -> None:
        """So many terminals begin a handshake and wait."""
        terminal, door = self.terminal("karte"), self.door("karte")
        hello = _hello(terminal.context(door), door.server_name)
        for _ in range(_CROWD):
            waiting = namespaces.socket_in(terminal.namespace)
            self.addCleanup(waiting.close)
            waiting.settimeout(5)
            waiting.connect((door.address, door.port))
            waiting.send(hello)

    def test_both_legs_are_signed_in_the_tpm(self) -> None:
        self.assertIn("TSS2 PRIVATE KEY", (self.keys.tenant("karte").folder / "raw.key").read_text())
        before = self.soft_tpm.commands
        self._serves("karte")
        self.assertGreaterEqual(self.soft_tpm.commands - before, 2)

    def test_slow_tpm_holds_up_no_other_tenant_and_no_session_that_stands(self) -> None:
        quiet, standing = self._pace(), self.open()
        far = self.clouds["karte"].accept()
        self.soft_tpm.delay = _SIGNATURE_SECONDS
        self._crowd()
        crowded = self._pace()
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        self.assertLess(crowded, quiet * 2 + 0.02, f"{quiet * 1000:.1f} ms without a crowd")
        refused = self.lab.box.records.wait(self.mark, 30, event="session.refused", reason="key_busy")
        self.assertTrue(refused)
        self.soft_tpm.delay = 0.0
        wait_for("the tenant to be served again", lambda: self._served_again("karte"), 30)
        reasons = Counter(record["reason"] for record in self.records("session.refused"))
        self.assertLessEqual(set(reasons), {"key_busy", "key_unavailable", "handshake_abandoned", "handshake_timeout"})

    def test_the_site_s_authority_has_its_key_in_the_tpm(self) -> None:
        before = self.soft_tpm.commands
        for words in (("ca", "make", str(self.folder / "site-ca.pem")),
                      ("terminal", "enrol", "karte/desk-2", str(self.folder / "desk-2.p12"))):
            done = self.lab.box.order(*words, "--reason", "a test")
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(self.soft_tpm.commands - before, 4)
        shown = self.lab.box.order("ca", "show")
        self.assertIn("in the box's TPM", shown.stdout)
        self.assertIn(b"TSS2 PRIVATE KEY", (self.lab.box.run_folder / "state" / "site-ca").read_bytes())

    def test_tpm_that_goes_away_is_found_again(self) -> None:
        standing = self.open()
        far = self.clouds["karte"].accept()
        before = self.lab.box.own_pid("keyd")
        self.soft_tpm.cut()
        wait_for("the tenant to be served again", lambda: self._served_again("karte"), 30)
        self._serves("imaging")
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still")
        self.assertNotEqual(self.lab.box.own_pid("keyd"), before)


if __name__ == "__main__":
    unittest.main()
