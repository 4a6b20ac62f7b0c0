"""What a terminal does is learnt for two weeks without a word; what is unlike it is told once then, as something to look at
today, with its figures (IDS-01, IDS-04)."""

import ssl
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone

from lab.records import Record
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest

_JAPAN = timezone(timedelta(hours=9))
_WORKDAYS = 6  # of those that are learnt, spread over two weeks
_PIECE = bytes(1 << 16)
_USUAL, _FAR_MORE, _A_LITTLE = 16, 400, 4  # pieces; 25 MiB are far more
_PATIENCE = 60


def _in_the_evening() -> list[datetime]:
    """Half past nine in Japan, when a holiday is as other days are, on days to come without Sundays: those that are learnt, and more of
    them behind two weeks."""
    first = (datetime.now(_JAPAN) + timedelta(days=1)).replace(hour=21, minute=30, second=0, microsecond=0)
    days = [first + timedelta(days=n) for n in range(21)]
    workdays = [day for day in days if day.weekday() != 6]
    late = [day for day in workdays if day - first > timedelta(days=14)]
    return workdays[:2 * _WORKDAYS:2] + late


class WhatIsUnlikeATerminalIsTold(DatedBoxTest):
    TENANTS = DatedBoxTest.TENANTS[:1]
    cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")

    def _works(self, moment: datetime, pieces: int, context: ssl.SSLContext | None = None) -> Record:
        """A session at that moment, which moves so many pieces up; its record."""
        self.clock.goes_to(moment)
        mark = self.lab.box.records.mark()
        near = self.open(self.terminal("karte", "desk-1"), context=context)
        far = self.cloud.accept_of(near)
        for _ in range(pieces):
            near.send(_PIECE)
            far.receive_exactly(len(_PIECE))
        near.close()
        far.close()
        return self.lab.box.records.wait(mark, _PATIENCE, event="session.closed", terminal="desk-1")[-1]

    def _told(self, finding: str) -> Record:
        return self.wait_record("detection.notice", _PATIENCE, finding=finding, terminal="desk-1")

    def test_two_weeks_teach_and_then_what_is_unlike_is_told_once(self) -> None:
        days = _in_the_evening()
        learnt, (more, night, known) = days[:_WORKDAYS], days[_WORKDAYS:_WORKDAYS + 3]
        other = self.terminal("karte", "desk-1").context(self.door())
        other.minimum_version = ssl.TLSVersion.TLSv1_2  # it offers more, and agrees on the same
        for day in learnt:
            self._works(day, _USUAL)
        self._works(learnt[-1] + timedelta(hours=1), _FAR_MORE)
        fingerprints = {record["downstream_hello_fingerprint"] for record in self.records("session.opened", terminal="desk-1")}
        self.assertEqual(len(fingerprints), 1, "one client has one fingerprint")
        self.assertEqual(self.records("detection.notice", terminal="desk-1"), [], "while it is learnt")

        for _ in range(2):
            self._works(more, _FAR_MORE)
        told = self._told("unusual_volume")
        self.assertEqual(told["of_tenant"], "karte")
        self.assertRegex(told["detail"], r"^raw: \d+ MiB up today, usually up to \d+ MiB$")
        self.assertIn("Ask who used this terminal", told["advice"])

        self._works(night.replace(hour=3), _A_LITTLE)
        self.assertIn("T03:", self._told("unusual_hour")["detail"])
        self._works(known, _USUAL, other)
        told = self._told("new_tls_client")
        self.assertNotIn(told["detail"].removeprefix("raw: "), fingerprints)
        self._works(known, _USUAL, other)
        self.assertEqual(len(self.records("detection.notice", terminal="desk-1")), 3, "each is told once")


if __name__ == "__main__":
    unittest.main()
