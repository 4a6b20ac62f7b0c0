"""The box's keys for one tenant are in a PKCS#11 token: terminals and clouds see no difference, and whatever becomes of
the token's library, the other tenant does not feel it (CRT-01)."""

import signal
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path

from authority import Authority, Leaf
from lab.waiting import wait_for
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import IMAGING, KARTE
from support.soft_token import SoftToken


class KeysInATokenServeTheClinic(BoxTest):
    TENANTS = (KARTE, IMAGING)
    WRONG_CERTIFICATES = False
    token: SoftToken
    clouds: dict[str, CloudEnd]

    @classmethod
    def hardware(cls, stack: ExitStack) -> tuple[str, ...]:
        cls.token = SoftToken()
        stack.callback(cls.token.remove)
        folder = cls.keys.tenant("karte").folder
        cls._move_into_the_token(folder / "box-ca", Leaf(
            folder / "raw", "server", "raw", "DNS:raw.karte.clinic.example,IP:10.11.1.1"))
        cls._move_into_the_token(folder / "raw-cloud-ca", Leaf(
            folder / "raw-client", "client", "karte box", "URI:urn:sekisho:karte:box"))
        return cls.token.options

    @classmethod
    def _move_into_the_token(cls, issuer: Path, leaf: Leaf) -> None:
        key, request = leaf.path.with_suffix(".key"), cls.folder / "request.pem"
        key.unlink()
        cls.token.make_key(leaf.path.name, key, request)
        Authority(issuer).certify(request, leaf)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def _serves(self, tenant: str) -> None:
        near = self.open(self.terminal(tenant), self.door(tenant))
        near.send(b"there")
        self.assertEqual(self.clouds[tenant].accept().receive_exactly(5), b"there")

    def _served(self, tenant: str) -> bool:
        with suppress(OSError):
            self._serves(tenant)
            return True
        return False

    def _refused(self, tenant: str) -> bool:
        return not self._served(tenant)

    def test_both_legs_are_signed_in_the_token(self) -> None:
        self.assertIn("PKCS#11", (self.keys.tenant("karte").folder / "raw.key").read_text())
        self._serves("karte")

    def test_a_library_that_dies_is_started_again(self) -> None:
        standing = self.open(self.terminal("karte"), self.door("karte"))
        far = self.clouds["karte"].accept()
        self.lab.box.strike("tokend")
        wait_for("the tenant to be served again", lambda: self._served("karte"), 30)
        self._serves("imaging")
        standing.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still", "and no session ended")

    def test_a_library_that_hangs_is_given_up(self) -> None:
        self.lab.box.strike("tokend", signal.SIGSTOP)
        wait_for("its tenant to be turned away", lambda: self._refused("karte"), 30)
        self._serves("imaging")
        wait_for("the tenant to be served again", lambda: self._served("karte"), 60)

    def test_a_wrong_pin_is_not_tried_a_second_time(self) -> None:
        box = self.lab.box
        self.token.write_pin("000000")
        self.addCleanup(self._put_right)
        for expected in ("the token refuses this PIN", "the token has refused this PIN"):
            mark = box.records.mark()
            box.strike("keyd")
            told = box.records.wait(mark, 30, event="token.useless")
            self.assertIn(expected, told[0]["detail"])
            box.records.wait(mark, 30, event="key.missing")
            self.assertTrue(self._refused("karte"))
            self._serves("imaging")
        self._put_right()

    def _put_right(self) -> None:
        self.token.write_pin()
        self.lab.box.strike("keyd")
        wait_for("the tenant to be served again", lambda: self._served("karte"), 30)


if __name__ == "__main__":
    unittest.main()
