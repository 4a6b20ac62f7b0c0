"""A certificate counts until its end and not a moment longer, in sessions that stand as in new ones, and its successor serves
at once (CRT-08, SRV-01)."""

import unittest
from contextlib import ExitStack
from datetime import timedelta

from lab.pki import Credential
from support import authorities
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest, Session, from_now

_PAST_THE_END = timedelta(minutes=61)


class WhatExpiresEndsItsSessions(DatedBoxTest):
    clouds: dict[str, CloudEnd]
    ending_cloud: Credential  # karte's; imaging's lasts
    lasting_cloud: Credential

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}
        cls.lasting_cloud = cls.keys.tenant("karte").cloud("raw")
        cls.ending_cloud = authorities.issue_cloud(cls.keys.folder / "karte" / "raw-cloud-ca", cls.folder / "ending-cloud",
                                                   "raw.karte.cloud.example", not_after=from_now(hours=1))

    def setUp(self) -> None:
        super().setUp()
        self.clouds["karte"].shows(self.lasting_cloud)

    def _session(self, tenant: str = "karte", credential: Credential | None = None) -> Session:
        credential = credential or self.keys.tenant(tenant).terminal("desk-2")
        near = self.open(self.terminal_with(credential, tenant), self.door(tenant))
        return near, self.clouds[tenant].accept_of(near)

    def _device(self, name: str, **dates: float) -> Credential:
        return authorities.issue_terminal(self.keys.folder / "karte" / "terminal-ca", self.folder / name, "karte", "desk-1",
                                          **{which: from_now(hours=hours) for which, hours in dates.items()})

    def test_terminal_s_certificate_ends(self) -> None:
        ending = self._device("ending", not_after=1)
        session, other = self._session(credential=ending), self._session()
        self.clock.goes_ahead(_PAST_THE_END - timedelta(minutes=2))
        self.stands(self._session(credential=ending))
        self.clock.goes_ahead(_PAST_THE_END)
        self.ends_in_time(session, "certificate_expired", tenant="karte", terminal="desk-1")
        self.is_refused(ending, "certificate_expired")
        self.stands(other)
        self.stands(self._session(credential=self._device("renewed")))

    def test_cloud_s_certificate_ends(self) -> None:
        self.clouds["karte"].shows(self.ending_cloud)
        session, other = self._session(), self._session("imaging")
        self.stands(session)
        self.assertTrue(self._session()[1].session.session_reused, "what could be resumed is no way past the end")
        self.clock.goes_ahead(_PAST_THE_END)
        self.ends_in_time(session, "upstream_certificate_expired", tenant="karte")
        self.is_refused(self.keys.tenant("karte").terminal("desk-1"), "upstream_certificate_expired")
        self.assertEqual(len(self.records("session.opened")), 3, "not even for a moment")
        self.stands(other)
        self.clouds["karte"].shows(self.lasting_cloud)
        self.stands(self._session())


if __name__ == "__main__":
    unittest.main()
