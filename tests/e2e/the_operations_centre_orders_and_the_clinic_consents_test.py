"""Orders of the operations centre, from its own kit to the box: a certificate is distrusted at once, once; a change that lets more through waits for an
administrator of the clinic, who applies or declines it; what only lets less through is kept once the centre was reached with it; a stranger's
order, another box's, one that has ended and one that was done before a restart do nothing; what waits ends with its key and can be taken back. What
becomes of each is among the centre's records."""

import hashlib
import unittest

from lab.waiting import wait_for
from support import authorities
from support.keyboard_test import KeyboardTest
from support.ordered_box import OrderedBox


class TheOperationsCentreOrdersAndTheClinicConsents(OrderedBox):
    def test_1_a_certificate_is_distrusted_at_once_and_once(self) -> None:
        lost = self.keys.tenant("karte").terminal("desk-1")
        near = self.open(self.terminal_with(lost))
        self.cloud.accept()
        fingerprint = authorities.fingerprint_of(lost).replace(":", "").lower()
        identity = self.make("revoke", "karte/desk-1", "--certificate", fingerprint)
        done = self.becomes(identity, "done")
        self.assertEqual(done["by"], "operations centre")
        self.ends(near)
        self.is_refused(lost, "terminal_blocked")
        self.centre_hears("order.accepted", identity)
        self.centre_hears("order.done", identity)
        said = self.lab.box.order("terminal", "unblock", "karte/desk-1", "--certificate", fingerprint, "--reason", "it was found")
        self.assertEqual(said.returncode, 0, said.stderr)
        self.lab.box.kill()
        self.lab.box.start()
        self.wait_until_administered()
        self.two_rounds()
        self.assertEqual(self.order(identity)["state"], "done")  # type: ignore[index]
        self.open(self.terminal_with(lost))
        self.withdraw_all()

    def test_2_what_lets_more_through_waits_and_is_applied_by_the_clinic(self) -> None:
        identity = self.change(self.wider())
        number = self.becomes(identity, "waits")["change"]
        change = self.asks("GET", f"/changes/{number}")
        self.assertEqual((change["by"], change["widens"], change["state"]), ("operations centre", True, "checked"))
        self.two_rounds()
        self.assertEqual(self.asks("GET", f"/changes/{number}")["state"], "checked", "nothing happens by itself")
        token = self.asks("POST", f"/changes/{number}/apply", {"within": 60}, 202)["token"]
        wait_for("it to be in force", lambda: self.asks("GET", f"/changes/{number}")["state"] == "applied" or None, 30)
        self.asks("POST", "/change/confirm", {"token": token}, 202)
        self.assertEqual(self.becomes(identity, "done")["by"], "first")
        self.assertEqual(self.centre_hears("order.done", identity)["administrator"], "first")
        self.withdraw_all()

    def test_3_the_clinic_declines_and_the_centre_is_told_why(self) -> None:
        wider = self.wider()
        wider.tree["tenants"][0]["terminals"].append({"name": "desk-4"})
        identity = self.change(wider)
        number = self.becomes(identity, "waits")["change"]
        self.asks("POST", f"/noc/orders/{identity}/decline", {"reason": "not before the new year"}, 204)
        self.assertEqual(self.asks("GET", f"/changes/{number}")["state"], "withdrawn")
        told = self.centre_hears("order.declined", identity)
        self.assertEqual((told["administrator"], told["reason"]), ("first", "not before the new year"))
        self.withdraw_all()

    def test_4_what_only_lets_less_through_is_kept_once_the_centre_was_reached_with_it(self) -> None:
        narrower = self.wider()
        narrower.tree["tenants"][0]["terminals"][-1]["blocked"] = "on"
        identity = self.change(narrower)
        done = self.becomes(identity, "done")
        self.assertEqual(done["by"], "operations centre")
        self.assertEqual(self.asks("GET", f"/changes/{done['change']}")["state"], "confirmed")
        self.withdraw_all()

    def test_5_nothing_is_done_for_anybody_else_nor_too_late(self) -> None:
        def refused(row: bytes, reason: str) -> None:
            self.hand(row)
            self.lab.box.records.wait(mark, 60, event="order.refused", reason=reason)
        mark = self.lab.box.records.mark()  # the box may ask while the stranger's is there, and tells of it once an hour
        before = len(self.asks("GET", "/noc/orders")["orders"])
        self.make("revoke", "karte/desk-1", key="stranger")
        stranger = self.row()
        self.withdraw_all()
        self.make("revoke", "karte/desk-1", site="other")
        other = (self.kit.etc / "orders/other").read_bytes()
        self.withdraw_all()
        document = ("version: 1\norder: late\nbox: e2e\nissued: 2026-01-01T00:00:00Z\nexpires: 2026-01-02T00:00:00Z\nreason: late\n"
                    "revoke: {tenant: karte, terminal: desk-1}\n")
        refused(stranger, "order.unsigned")
        refused(other, "order.of_another_box")
        refused(self.sealed(document), "order.expired")
        refused(b"<html>a page to sign in at</html>", "order.malformed")
        self.assertEqual(len(self.asks("GET", "/noc/orders")["orders"]), before)
        self.assertEqual(self.lab.box.status()["blocks"], [])
        self.centre_hears("order.refused", hashlib.sha256(document.encode()).hexdigest())
        self.hand()

    def test_6_a_support_file_and_an_image_wait_for_the_clinic(self) -> None:
        scope = self.asks("GET", "/bundles")["scopes"][0]
        bundle, update = self.make("bundle", scope), self.make("update", "2026.12", "--sha256", "a" * 64)
        self.assertEqual(self.becomes(bundle, "waits")["scopes"], [scope])
        self.assertEqual(self.becomes(update, "waits")["version"], "2026.12")
        self.asks("POST", f"/noc/orders/{update}/decline", {"reason": "later"}, 204)
        self.centre_hears("order.declined", update)
        self.withdraw_all()

    def test_7_an_offer_ends_by_what_the_box_runs(self) -> None:
        """What sekisho-slot tells is written here in its place: the program itself runs on the appliance alone."""
        def slot_tells(text: str) -> None:
            (self.lab.box.run_folder / "update.new").write_text(text, encoding="ascii")
            (self.lab.box.run_folder / "update.new").replace(self.lab.box.run_folder / "update")
        failed, done = self.make("update", "2027.01", "--sha256", "b" * 64), self.make("update", "2027.02", "--sha256", "c" * 64)
        for identity in (failed, done):
            self.becomes(identity, "waits")
        slot_tells(f"version 2026.12\nslot a\ntrial no\nstage given_up\nof b\nbecause isolation is broken\nbundle {'b' * 64}\n")
        self.assertEqual(self.becomes(failed, "failed")["outcome"], "given_up: isolation is broken")
        self.assertEqual(self.centre_hears("order.failed", failed)["reason"], "given_up: isolation is broken")
        slot_tells(f"version 2027.02\nslot b\ntrial yes\nstage waiting\nof b\nbecause \nbundle {'c' * 64}\n")
        self.two_rounds()
        self.assertEqual(self.order(done)["state"], "waits", "it is on trial")  # type: ignore[index]
        slot_tells(f"version 2027.02\nslot b\ntrial no\nstage kept\nof b\nbecause \nbundle {'c' * 64}\n")
        self.becomes(done, "done")
        self.centre_hears("order.done", done)
        wait_for("the figure", lambda: self.kit.ask(f'sekisho_update_info{{site="e2e",stage="kept",version="2027.02"}}') or None, 90)
        self.withdraw_all()

    def test_8_what_waits_is_taken_back_and_what_is_done_stays(self) -> None:
        offer = self.make("update", "2026.12", "--sha256", "b" * 64)
        self.becomes(offer, "waits")
        withdrawal = self.takes_back(offer)
        self.assertEqual(self.becomes(offer, "withdrawn")["by"], "operations centre")
        self.becomes(withdrawal, "done")
        self.centre_hears("order.withdrawn", offer)
        self.withdraw_all()
        block = self.make("revoke", "karte/desk-2", "--certificate", "c" * 64)
        self.becomes(block, "done")
        self.assertEqual(self.becomes(self.takes_back(block), "failed")["outcome"], "it is carried out already, which stays")
        self.assertEqual(self.order(block)["state"], "done")  # type: ignore[index]
        self.withdraw_all()

    def test_9_what_waits_ends_with_its_key(self) -> None:
        offer = self.make("update", "2027.01", "--sha256", "d" * 64)
        self.becomes(offer, "waits")
        keyless = self.told.changed()
        del keyless.tree["noc"]["orders"]
        published = self.lab.box.publish(keyless.write(self.folder / "keyless.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.assertEqual(self.becomes(offer, "failed")["outcome"], "the key that signed it counts no more")
        self.assertEqual(self.centre_hears("order.failed", offer)["reason"], "the key that signed it counts no more")
        self.assertFalse(self.asks("GET", "/noc/orders")["accepts"])


class TheClinicDeclinesByTheKeysAlone(OrderedBox, KeyboardTest):
    def test_an_order_that_waits_is_found_and_declined(self) -> None:
        order = self.make("update", "2026.12", "--sha256", "a" * 64)
        self.becomes(order, "waits")
        self.signs_in(self.first)
        self.goes_to("監視センター")
        self.escapes(f"指示 {order} を断る", f"指示 {order} を断る")
        self.types("理由", "年末は行わない")
        with self.does("noc.decline"):
            self.press("Enter")
            self.browser.sees(f"指示 {order} を断りました。")
        self.no_dialogue()
        self.assertEqual(self.looks_right("noc-orders"), [])
        self.assertEqual(self.centre_hears("order.declined", order)["reason"], "年末は行わない")


if __name__ == "__main__":
    unittest.main()
