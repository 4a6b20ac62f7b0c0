"""sekisho-noc order on the running edge: each box is handed its own orders and nobody else's, signed as the box verifies it, until they are withdrawn."""

from __future__ import annotations

import hashlib
import os
import re
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from lab import command
from support.noc_test import NocTest

_MODULE, _PIN = "/usr/lib/softhsm/libsofthsm2.so", "471147"
_DIGEST = "a" * 64


class Handed(NamedTuple):
    signature: bytes
    document: str


def _cut(row: bytes) -> list[Handed]:
    out = []
    while row:
        length, _, rest = row.partition(b" ")
        whole, row = rest[:int(length)], rest[int(length):]
        out.append(Handed(whole[:64], whole[64:].decode()))
    return out


class OrdersAreHandedOverTest(NocTest):
    PROGRAMS = ()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        for name in ("north", "south", "lost"):
            cls.office.enrol(name)
        cls.office.do("revoke", "lost")
        cls.key = cls.kit.folder / "orders.key"
        command.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(cls.key))

    def _make(self, site: str, *what: str) -> str:
        identity = self.office.do("order", "make", site, *what, "--key", str(self.key), "--reason", "it's lost; 紛失").strip()
        self.addCleanup(self._withdraw, site, identity)
        return identity

    def _withdraw(self, site: str, identity: str) -> None:
        if identity in self.office.do("order", "list", site):
            self.office.do("order", "withdraw", site, identity)

    def _asks(self, name: str | None) -> tuple[int, bytes]:
        return self.box(name).get("/sekisho/v1/orders")

    def _is_signed(self, handed: Handed, public: Path) -> bool:
        statement = self.kit.folder / "statement"
        statement.write_text(f"sekisho order 1\nsha256 {hashlib.sha256(handed.document.encode()).hexdigest()}\n")
        signature = self.kit.folder / "signature"
        signature.write_bytes(handed.signature)
        said = command.run("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", str(public), "-in", str(statement), "-sigfile", str(signature))
        return "Successfully" in said

    def test_each_box_is_handed_its_own_and_nobody_elses(self) -> None:
        first = self._make("north", "revoke", "karte/desk-1", "--certificate", _DIGEST)
        second = self._make("north", "bundle", "status", "records", "--hours", "48")
        other = self._make("south", "update", "2026.12", "--sha256", _DIGEST)
        status, row = self._asks("north")
        self.assertEqual(status, 200)
        documents = [one.document for one in _cut(row)]
        self.assertIn(f"order: {first}\nbox: north\n", documents[0])
        self.assertIn(f"order: {second}\nbox: north\n", documents[1])
        self.assertIn("reason: 'it''s lost; 紛失'\n", documents[0])
        status, row = self._asks("south")
        self.assertIn(f"order: {other}\nbox: south\n", _cut(row)[0].document)
        self.assertEqual(self._asks("lost")[0], 400)
        self.assertEqual(self._asks(None)[0], 400)
        for target in ("/sekisho/v1/orders/south", "/sekisho/v1/orders/../orders/south", "/orders/south"):
            self.assertEqual(self.box("north").get(target)[0], 404, target)
        self.assertEqual(self.box("north").post("/sekisho/v1/orders", b"x"), 403)

    def test_an_image_on_offer_is_there_for_boxes_alone_and_as_long_as_an_order_offers_it(self) -> None:
        bundle = self.kit.folder / "image.raucb"
        bundle.write_bytes(bytes(range(256)) * 2048)
        digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
        target = f"/sekisho/v1/images/{digest}"
        self.assertEqual(self.box("north").get(target)[0], 404)
        north, south = (self._make(site, "update", "2026.12", "--bundle", str(bundle)) for site in ("north", "south"))
        self.assertIn(f"update: {{version: '2026.12', sha256: {digest}}}\n", _cut(self._asks("north")[1])[0].document)
        for name in ("north", "south"):
            self.assertEqual(self.box(name).get(target, Range="bytes=1000-1255"), (206, bundle.read_bytes()[1000:1256]))
        self.assertEqual(self.box("north").get(target, Range="bytes=524288-")[0], 416)
        self.assertEqual(self.box("lost").get(target)[0], 400)
        self.assertEqual(self.box("north").post(target, b"x"), 403)
        for other in ("/sekisho/v1/images/", "/sekisho/v1/images/../boxes.map", f"/sekisho/v1/images/{digest}.new", f"/sekisho/v1/images/{'a' * 64}"):
            self.assertEqual(self.box("north").get(other)[0], 404, other)
        self._withdraw("north", north)
        self.assertEqual(self.box("north").get(target)[0], 200, "the other box may want it yet")
        self._withdraw("south", south)
        self.assertEqual(self.box("south").get(target)[0], 404)
        self.assertEqual(list((self.kit.etc / "images").iterdir()), [])

    def test_they_are_signed_as_the_box_verifies_it(self) -> None:
        public = self.kit.folder / "orders.pem"
        command.run("openssl", "pkey", "-in", str(self.key), "-pubout", "-out", str(public))
        self._make("north", "revoke", "karte/desk-1")
        for handed in _cut(self._asks("north")[1]):
            self.assertTrue(self._is_signed(handed, public))

    def test_what_is_withdrawn_is_handed_over_no_longer(self) -> None:
        identity = self._make("north", "revoke", "karte/desk-1")
        self.assertIn(identity, self.office.do("order", "list"))
        self.office.do("order", "withdraw", "north", identity)
        self.assertEqual(self._asks("north"), (204, b""))
        self.assertEqual(self.office.do("order", "list"), "")
        self.assertIn("no such order", self.office.refuses("order", "withdraw", "north", identity))

    def test_with_a_key_the_box_is_told_that_it_was_taken_back(self) -> None:
        identity = self._make("north", "update", "2026.12", "--sha256", _DIGEST, "--days", "3")
        ends = next(line for line in _cut(self._asks("north")[1])[0].document.splitlines() if line.startswith("expires:"))
        taken_back = self.office.do("order", "withdraw", "north", identity, "--key", str(self.key), "--reason", "wrong image").strip()
        self.addCleanup(self._withdraw, "north", taken_back)
        handed = _cut(self._asks("north")[1])
        self.assertEqual(len(handed), 1, "in the place of what it takes back")
        self.assertIn(f"order: {taken_back}\nbox: north\n", handed[0].document)
        self.assertIn(f"withdraw: {{order: {identity}}}\n", handed[0].document)
        self.assertIn(ends, handed[0].document.splitlines(), "it counts as long as that did")
        self.assertIn("a withdrawal itself", self.office.refuses("order", "withdraw", "north", taken_back, "--key", str(self.key), "--reason", "x"))

    def test_what_the_box_would_not_take_is_not_signed(self) -> None:
        site = self.kit.folder / "site.yaml"
        site.write_text("version: 1\nsite: north\nnetwrk: {}\n")
        no_key = self.kit.folder / "no.key"  # whoever signed first would say that it is not there
        checker = ("--checker", str(Path(os.environ["GW_BIN"]) / "sekisho"), "--key", str(no_key), "--reason", "lost")
        said = self.office.refuses("order", "make", "north", "change", str(site), "--base", _DIGEST, *checker)
        self.assertIn("order:11:1: config.key.unknown", said, "the line of the order")
        said = self.office.refuses("order", "make", "north", "bundle", "status", "--hours", "721", *checker)
        self.assertIn("order.malformed", said)
        said = self.office.refuses("order", "make", "north", "change", str(self.kit.folder / "missing"), "--base", _DIGEST, *checker)
        self.assertIn("No such file", said)
        self.assertIn("diagnosis", self.office.refuses("order", "make", "north", "bundle", "state", *checker))
        self.assertEqual(self.office.do("order", "list", "north"), "")

    def test_the_scopes_are_those_that_the_box_collects(self) -> None:
        rows = (Path(__file__).resolve().parents[3] / "gateway/control/collectors.def").read_text()
        self.assertIn(", ".join(dict.fromkeys(re.findall(r'^GW_COLLECTOR\("(\w+)"', rows, re.M))),
                      self.office.refuses("order", "make", "north", "bundle", "state", "--key", str(self.key), "--reason", "x"))

    def test_the_key_may_be_in_a_token(self) -> None:
        tokens = self.kit.folder / "tokens"
        tokens.mkdir()
        settings = self.kit.folder / "softhsm2.conf"
        settings.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
        with mock.patch.dict(os.environ, {"SOFTHSM2_CONF": str(settings), "SEKISHO_NOC_PIN": _PIN}):
            command.run("softhsm2-util", "--init-token", "--free", "--so-pin", "00000000", "--pin", _PIN, "--label", "vendor")
            pkcs8 = self.kit.folder / "orders.p8"
            command.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", str(self.key), "-out", str(pkcs8))
            command.run("softhsm2-util", "--import", str(pkcs8), "--token", "vendor", "--label", "orders", "--id", "01", "--pin", _PIN)
            identity = self.office.do("order", "make", "north", "revoke", "karte/desk-1", "--key", "orders", "--module", _MODULE, "--reason", "lost").strip()
        self.addCleanup(self._withdraw, "north", identity)
        public = self.kit.folder / "token.pem"
        command.run("openssl", "pkey", "-in", str(self.key), "-pubout", "-out", str(public))
        self.assertTrue(self._is_signed(_cut(self._asks("north")[1])[0], public))

    def test_what_cannot_be_is_said_with_what_to_do(self) -> None:
        def make(*given: str) -> str:
            return self.office.refuses("order", "make", *given, "--key", str(self.key), "--reason", "lost")
        self.assertIn("no box in service", make("lost", "revoke", "karte/desk-1"))
        self.assertIn("write TENANT/TERMINAL", make("north", "revoke", "karte"))
        self.assertIn("64 hexadecimal digits", make("north", "update", "1", "--sha256", "x"))
        self.assertIn("No such file", make("north", "update", "1", "--bundle", str(self.kit.folder / "missing")))
        with open(self.kit.folder / "large", "wb") as large:
            large.truncate(256 * 1024 * 1024 + 1)
        self.assertIn("no box fetches that", make("north", "update", "1", "--bundle", str(self.kit.folder / "large")))
        self.assertIn("1 to 31 days", make("north", "revoke", "karte/desk-1", "--days", "32"))
        for _ in range(8):
            self._make("north", "revoke", "karte/desk-1")
        self.assertIn("no more than 8 orders", make("north", "revoke", "karte/desk-1"))
        ec = self.kit.folder / "ec.key"
        command.run("openssl", "genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", str(ec))
        self.assertIn("no Ed25519 key", self.office.refuses("order", "make", "south", "revoke", "karte/desk-1", "--key", str(ec), "--reason", "lost"))


if __name__ == "__main__":
    unittest.main()
