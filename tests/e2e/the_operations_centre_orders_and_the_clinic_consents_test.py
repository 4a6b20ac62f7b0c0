"""Orders of the operations centre, from its own kit to the box: a certificate is distrusted at once, once; a change that lets more through waits for an
administrator of the clinic, who applies or declines it; what only lets less through is kept once the centre was reached with it; a stranger's
order, another box's, one that has ended and one that was done before a restart do nothing. What becomes of each is among the centre's records."""

import hashlib
import json
import unittest
from contextlib import ExitStack

from lab import command, namespaces
from lab.waiting import wait_for
from support import authorities
from support.administered_box import AdministeredBox
from support.administrator import Json
from support.noc_box import Office, answers, certify_centre
from support.noc_end import NocEnd, messages_in
from support.noc_kit import Kit
from support.site import Site

_SITE = "e2e"


class TheOperationsCentreOrdersAndTheClinicConsents(AdministeredBox):
    told: Site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        end = cls.lab.namespace("cloud")
        namespaces.add_address(end, "lo", f"{NocEnd.ADDRESS}/32")
        cls.kit = Kit(cls.folder.parent / "noc", end)
        stack.callback(cls.kit.stop)
        cls.office = Office(cls.kit, cls.folder.parent / "enrolled")
        certify_centre(cls.kit, f"DNS:edge.noc.example,DNS:{NocEnd.FIGURES},DNS:{NocEnd.RECORDS}")
        for name in (_SITE, "other"):
            cls.office.enrol(name)
        cls.kit.start("victoria-metrics")
        cls.kit.start_edge()
        cls.kit.start_records()
        wait_for("the centre", lambda: answers(cls.kit, 443) and answers(cls.kit, 6514), 30)
        cls._enrol()
        cls.told = NocEnd.told_by(cls.site)
        cls.told.tree["noc"]["orders"] = "pki/noc/orders.pem"
        published = cls.lab.box.publish(cls.told.write(cls.folder / "told.yaml"))
        assert published.accepted, published.text

    @classmethod
    def _enrol(cls) -> None:
        place = cls.folder / "pki/noc"
        place.mkdir(parents=True)
        for kind in ("pem", "key"):
            (place / f"box.{kind}").write_bytes((cls.office.boxes / f"{_SITE}.{kind}").read_bytes())
        (place / "centre-ca.pem").write_bytes((cls.kit.folder / "centre-ca.pem").read_bytes())
        for name in ("orders", "stranger"):
            command.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", str(cls.kit.folder / f"{name}.key"))
        command.run("openssl", "pkey", "-in", str(cls.kit.folder / "orders.key"), "-pubout", "-out", str(place / "orders.pem"))

    # --- the centre

    def _make(self, *what: str, key: str = "orders", site: str = _SITE) -> str:
        return self.office.do("order", "make", site, *what, "--key", str(self.kit.folder / f"{key}.key"), "--reason", "as the test has it").strip()

    def _withdraw_all(self) -> None:
        for line in self.office.do("order", "list").splitlines():
            self.office.do("order", "withdraw", *line.split()[:2])

    def _hand(self, *rows: bytes) -> None:
        """What an edge hands over that somebody else has got hold of."""
        (self.kit.etc / "orders" / _SITE).write_bytes(b"".join(rows))

    def _sealed(self, document: str) -> bytes:
        statement, signed = self.kit.folder / "statement", self.kit.folder / "signed"
        statement.write_text(f"sekisho order 1\nsha256 {hashlib.sha256(document.encode()).hexdigest()}\n")
        command.run("openssl", "pkeyutl", "-sign", "-rawin", "-inkey", str(self.kit.folder / "orders.key"), "-in", str(statement), "-out", str(signed))
        whole = signed.read_bytes() + document.encode()
        return b"%d " % len(whole) + whole

    def _row(self) -> bytes:
        return (self.kit.etc / "orders" / _SITE).read_bytes()

    def _centre_hears(self, event: str, order: str) -> Json:
        def heard() -> Json | None:
            for message in messages_in(self.kit.folder / f"log/records/{_SITE}.log"):
                line = json.loads(message.line)
                if line["event"] == event and order in (line.get("object"), line.get("digest")):
                    return line
            return None
        return wait_for(f"{event} of {order}", heard, 90)

    def _two_rounds(self) -> None:
        """In which the box asked what there is for it."""
        log = self.kit.folder / "log/state.log"
        def told() -> int:
            return sum(f" {_SITE} " in line for line in log.read_text().splitlines()) if log.exists() else 0
        begun = told()
        wait_for("two rounds", lambda: told() >= begun + 2 or None, 90)

    # --- the box

    def _ask(self, method: str, path: str, body: Json | None = None, status: int = 200) -> Json:
        said = self.comes(self.first).ask(method, path, body)
        self.assertEqual(said.status, status, f"{method} {path}: {said.body}")
        return said.json if said.body else {}

    def _order(self, identity: str) -> Json | None:
        return next((one for one in self._ask("GET", "/noc/orders")["orders"] if one["order"] == identity), None)

    def _is(self, identity: str, state: str) -> Json:
        return wait_for(f"{identity} to be {state}", lambda: (one := self._order(identity)) and one["state"] == state and one or None, 90)

    def _base(self) -> str:
        changes = self._ask("GET", "/changes")
        return next(one["sha256"] for one in changes["changes"] if one["change"] == changes["confirmed"])

    def _change(self, site: Site) -> str:
        return self._make("change", str(site.write(self.kit.folder / "wanted.yaml")), "--base", self._base())

    def _wider(self) -> Site:
        changed = self.told.changed()
        changed.tree["tenants"][0]["terminals"].append({"name": "desk-3"})
        return changed

    # --- what happens

    def test_1_a_certificate_is_distrusted_at_once_and_once(self) -> None:
        lost = self.keys.tenant("karte").terminal("desk-1")
        near = self.open(self.terminal_with(lost))
        self.cloud.accept()
        fingerprint = authorities.fingerprint_of(lost).replace(":", "").lower()
        identity = self._make("revoke", "karte/desk-1", "--certificate", fingerprint)
        done = self._is(identity, "done")
        self.assertEqual(done["by"], "operations centre")
        self.ends(near)
        self.is_refused(lost, "terminal_blocked")
        self._centre_hears("order.accepted", identity)
        self._centre_hears("order.done", identity)
        said = self.lab.box.order("terminal", "unblock", "karte/desk-1", "--certificate", fingerprint, "--reason", "it was found")
        self.assertEqual(said.returncode, 0, said.stderr)
        self.lab.box.kill()
        self.lab.box.start()
        self.wait_until_administered()
        self._two_rounds()
        self.assertEqual(self._order(identity)["state"], "done")  # type: ignore[index]
        self.open(self.terminal_with(lost))
        self._withdraw_all()

    def test_2_what_lets_more_through_waits_and_is_applied_by_the_clinic(self) -> None:
        identity = self._change(self._wider())
        number = self._is(identity, "waits")["change"]
        change = self._ask("GET", f"/changes/{number}")
        self.assertEqual((change["by"], change["widens"], change["state"]), ("operations centre", True, "checked"))
        self._two_rounds()
        self.assertEqual(self._ask("GET", f"/changes/{number}")["state"], "checked", "nothing happens by itself")
        token = self._ask("POST", f"/changes/{number}/apply", {"within": 60}, 202)["token"]
        wait_for("it to be in force", lambda: self._ask("GET", f"/changes/{number}")["state"] == "applied" or None, 30)
        self._ask("POST", "/change/confirm", {"token": token}, 202)
        self.assertEqual(self._is(identity, "done")["by"], "first")
        self.assertEqual(self._centre_hears("order.done", identity)["administrator"], "first")
        self._withdraw_all()

    def test_3_the_clinic_declines_and_the_centre_is_told_why(self) -> None:
        wider = self._wider()
        wider.tree["tenants"][0]["terminals"].append({"name": "desk-4"})
        identity = self._change(wider)
        number = self._is(identity, "waits")["change"]
        self._ask("POST", f"/noc/orders/{identity}/decline", {"reason": "not before the new year"}, 204)
        self.assertEqual(self._ask("GET", f"/changes/{number}")["state"], "withdrawn")
        told = self._centre_hears("order.declined", identity)
        self.assertEqual((told["administrator"], told["reason"]), ("first", "not before the new year"))
        self._withdraw_all()

    def test_4_what_only_lets_less_through_is_kept_once_the_centre_was_reached_with_it(self) -> None:
        identity = self._change(self.told)  # without desk-3
        done = self._is(identity, "done")
        self.assertEqual(done["by"], "operations centre")
        self.assertEqual(self._ask("GET", f"/changes/{done['change']}")["state"], "confirmed")
        self._withdraw_all()

    def test_5_nothing_is_done_for_anybody_else_nor_too_late(self) -> None:
        def refused(row: bytes, reason: str) -> None:
            mark = self.lab.box.records.mark()
            self._hand(row)
            self.lab.box.records.wait(mark, 60, event="order.refused", reason=reason)
        before = len(self._ask("GET", "/noc/orders")["orders"])
        self._make("revoke", "karte/desk-1", key="stranger")
        stranger = self._row()
        self._withdraw_all()
        self._make("revoke", "karte/desk-1", site="other")
        other = (self.kit.etc / "orders/other").read_bytes()
        self._withdraw_all()
        document = ("version: 1\norder: late\nbox: e2e\nissued: 2026-01-01T00:00:00Z\nexpires: 2026-01-02T00:00:00Z\nreason: late\n"
                    "revoke: {tenant: karte, terminal: desk-1}\n")
        refused(stranger, "order.unsigned")
        refused(other, "order.of_another_box")
        refused(self._sealed(document), "order.expired")
        refused(b"<html>a page to sign in at</html>", "order.malformed")
        self.assertEqual(len(self._ask("GET", "/noc/orders")["orders"]), before)
        self.assertEqual(self.lab.box.status()["blocks"], [])
        self._centre_hears("order.refused", hashlib.sha256(document.encode()).hexdigest())
        self._hand()

    def test_6_a_support_file_and_an_image_wait_for_the_clinic(self) -> None:
        scope = self._ask("GET", "/bundles")["scopes"][0]
        bundle, update = self._make("bundle", scope), self._make("update", "2026.12", "--sha256", "a" * 64)
        self.assertEqual(self._is(bundle, "waits")["scopes"], [scope])
        self.assertEqual(self._is(update, "waits")["version"], "2026.12")
        self._ask("POST", f"/noc/orders/{update}/decline", {"reason": "later"}, 204)
        self._centre_hears("order.declined", update)
        self._withdraw_all()


if __name__ == "__main__":
    unittest.main()
