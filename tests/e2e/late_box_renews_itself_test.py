"""A box that lay in a store-room past the end of its own certificate, or that woke up in 1970, gets a new one when it serves
again, and never dates one by a wrong clock (CRT-03, TIM-03)."""

import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lab.waiting import wait_for
from support.dated_box_test import DatedBoxTest, Session
from support.soft_tpm import SoftTpm
from support.vendor import Vendor

_LIFE_DAYS = 7
_DUE = timedelta(days=6)  # past two thirds of it, and what is spread
_STORE_ROOM = timedelta(weeks=3)  # the rest of the test PKI lasts for a month
_BATTERY_LOST = datetime(1970, 1, 1, 0, 0, 7, tzinfo=timezone.utc)


class BoxOfAVendor(DatedBoxTest):
    """Each test begins with a certificate that is new."""

    vendor: Vendor

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.vendor = Vendor(stack, cls)
        published = cls.lab.box.publish(cls.vendor.site.write(cls.folder / "managed.yaml"))
        assert published.accepted, published.text

    def setUp(self) -> None:
        self.lab.box.stop()
        self.clock.goes_right()
        self.vendor.kept("current").unlink(missing_ok=True)
        self.lab.box.start()
        super().setUp()
        self.vendor.est.order("mode", "well")
        self.vendor.est.order("life", str(_LIFE_DAYS), "-60")
        self._gives_a_ticket("installation")
        self._is_renewed()
        self.before = self.vendor.number_shown(self._session()[1])
        self.vendor.est.order("life", "40", "-60")  # counts by the box's clock and by the machine's
        self.mark = self.lab.box.records.mark()

    # --- what is done

    def _gives_a_ticket(self, word: str) -> None:
        self.vendor.est.order("ticket", word)
        given = self.lab.box.order("cert", "enrol", Vendor.IDENTITY, word)
        self.assertEqual(given.returncode, 0, given.stderr)

    def _lies_in_the_store_room(self) -> None:
        self.lab.box.stop()
        self.clock.goes_ahead(_STORE_ROOM)
        self.lab.box.start()

    # --- what is seen

    def _session(self) -> Session:
        near = self.open()
        return near, self.vendor.cloud.accept_of(near)

    def _events(self) -> list[str]:
        return [record["event"] for record in self.lab.box.records.since(self.mark)]

    def _new_one_is_in_force(self) -> bool:
        events = self._events()
        return "identity.renewed" in events and "configuration.published" in events[events.index("identity.renewed"):]

    def _is_renewed(self) -> None:
        wait_for("a new certificate to be in force", self._new_one_is_in_force, 30)
        self.lab.box.wait_until_serving()

    def _serves_with_another(self) -> None:
        session = self._session()
        self.stands(session)
        self.assertNotEqual(self.vendor.number_shown(session[1]), self.before)

    def _nothing_was_asked_before(self, event: str) -> None:
        events = self._events()
        self.assertEqual([each for each in events[:events.index(event)] if each.startswith("identity.")], [])


class LateBoxWithItsKeyInTheTpm(BoxOfAVendor):
    @classmethod
    def hardware(cls, stack: ExitStack) -> tuple[str, ...]:
        tpm = SoftTpm(cls.folder / "tpm")
        stack.callback(tpm.stop)
        return ("--tpm", str(tpm.socket))

    def test_store_room_costs_no_key(self) -> None:
        key = self._key_kept()
        self.assertIn("TSS2 PRIVATE KEY", key)
        self._lies_in_the_store_room()
        self._is_renewed()
        self._serves_with_another()
        self.assertIn("TSS2 PRIVATE KEY", self._key_kept())
        self.assertNotEqual(self._key_kept(), key)

    def _key_kept(self) -> str:
        return self.vendor.kept("current").read_text().partition("-----BEGIN CERTIFICATE")[0]


class LateBoxRenewsItself(BoxOfAVendor):
    def test_expired_certificate_is_renewed_by_itself(self) -> None:
        self._lies_in_the_store_room()
        self._is_renewed()
        self._serves_with_another()

    def test_server_that_wants_a_ticket_gets_one(self) -> None:
        self.vendor.est.order("mode", "refuse_next")
        self._lies_in_the_store_room()
        self.assertIn("ask with a ticket", self.wait_record("identity.not_renewed", 30)["detail"])
        self.assertIn("days left: 0", self.wait_record("certificate.due")["detail"])
        self._gives_a_ticket("back-again")
        self._is_renewed()
        self._serves_with_another()

    def test_nothing_is_renewed_in_1970(self) -> None:
        self.lab.box.stop()
        self.clock.goes_to(_BATTERY_LOST)
        self.lab.box.launch()
        self.wait_record("clock.behind", 20)
        issued = self.vendor.est.order("issued")
        early = self.lab.box.order("cert", "enrol", Vendor.IDENTITY, "too-early")
        self.assertIn("the box is starting", early.stderr)
        self.clock.goes_ahead(_DUE)
        self.wait_record("clock.right", 20)
        self._is_renewed()
        self._nothing_was_asked_before("clock.right")
        self.assertEqual(int(self.vendor.est.order("issued")), int(issued) + 1)
        self._serves_with_another()

    def test_clock_that_goes_back_holds_up_what_is_due(self) -> None:
        session = self._session()
        self.clock.goes_to(_BATTERY_LOST)
        self.wait_record("clock.behind", 20)
        self._gives_a_ticket("at-once")
        self.clock.goes_ahead(_DUE)
        self._is_renewed()
        self._nothing_was_asked_before("clock.right")
        self._serves_with_another()
        self.stands(session)


if __name__ == "__main__":
    unittest.main()
