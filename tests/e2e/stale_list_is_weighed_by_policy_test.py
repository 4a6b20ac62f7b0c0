"""What a revocation list that has become stale means is the policy's to say: nobody passes, or everybody who is not on it until
a day that the policy names; a fresh list brings the traffic back (SRV-03)."""

import unittest
from contextlib import ExitStack
from datetime import timedelta

from lab.pki import Credential
from support import authorities
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest, Session, from_now, written

_FRESH_DAYS = 7
_STALE = timedelta(days=8)
_PATIENCE_OVER = timedelta(days=9, minutes=1)
_LONG = 20  # days a list is fresh that comes later


class StaleListIsWeighedByPolicy(DatedBoxTest):
    clouds: dict[str, CloudEnd]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in ("karte", "imaging")}

    def setUp(self) -> None:
        super().setUp()
        self.asking = self.site.changed()
        self.device = self.keys.tenant("karte").terminal("desk-1")

    def tearDown(self) -> None:
        self.clock.goes_right()
        self.publish(self.site)

    # --- what is done

    def _list_of(self, authority: str, days: int = _FRESH_DAYS, revoked: list[Credential] | None = None) -> None:
        authorities.revocation_list(self.keys.folder / "karte" / authority, revoked or [], self.folder / "list.crl", days)

    def _ask_terminals(self, **policy: str) -> None:
        self.asking.tenant("karte")["terminal_revocation"] = {"lists": ["list.crl"], **policy}
        self.publish(self.asking)

    def _ask_the_cloud(self, **policy: str) -> None:
        self.asking.tenant("karte")["services"][0]["upstream"]["revocation"] = {"lists": ["list.crl"], **policy}
        self.publish(self.asking)

    # --- what is seen of it

    def _session(self, tenant: str = "karte") -> Session:
        near = self.open(self.terminal(tenant), self.door(tenant))
        return near, self.clouds[tenant].accept_of(near)

    def _fresh_list_brings_traffic_back(self, authority: str) -> None:
        self._list_of(authority, _LONG)
        self.publish(self.asking)
        self.stands(self._session())

    def _nobody_passes(self, standing: Session, reason: str) -> None:
        self.ends_in_time(standing, reason, tenant="karte", terminal="desk-1")
        self.is_refused(self.device, reason)

    # --- the tests

    def test_without_patience_nobody_passes(self) -> None:
        self._list_of("terminal-ca")
        self._ask_terminals()
        session, other = self._session(), self._session("imaging")
        self.clock.goes_ahead(_STALE)
        self._nobody_passes(session, "certificate_status_unknown")
        self.stands(other)
        self._fresh_list_brings_traffic_back("terminal-ca")
        self.stands(other)

    def test_patience_has_its_end(self) -> None:
        lost = authorities.issue_terminal(self.keys.folder / "karte" / "terminal-ca", self.folder / "lost", "karte", "desk-2")
        self._list_of("terminal-ca", revoked=[lost])
        self._ask_terminals(soft_until=written(from_now(days=9)))
        session = self._session()
        self.clock.goes_ahead(_STALE)
        later = self._session()
        self.is_refused(lost, "certificate_revoked")
        for each in (session, later):
            self.stands(each)
        self.clock.goes_ahead(_PATIENCE_OVER)
        self.ends_in_time(later, "certificate_status_unknown")
        self._nobody_passes(session, "certificate_status_unknown")
        self._fresh_list_brings_traffic_back("terminal-ca")

    def test_without_patience_no_cloud_is_believed(self) -> None:
        self._list_of("raw-cloud-ca")
        self._ask_the_cloud()
        session, other = self._session(), self._session("imaging")
        self.clock.goes_ahead(_STALE)
        self._nobody_passes(session, "upstream_certificate_status_unknown")
        self.stands(other)
        self._fresh_list_brings_traffic_back("raw-cloud-ca")

    def test_patience_with_a_cloud_has_its_end(self) -> None:
        self._list_of("raw-cloud-ca")
        self._ask_the_cloud(soft_until=written(from_now(days=9)))
        session = self._session()
        self.clock.goes_ahead(_STALE)
        self.stands(self._session())
        self.stands(session)
        self.clock.goes_ahead(_PATIENCE_OVER)
        self._nobody_passes(session, "upstream_certificate_status_unknown")
        self._fresh_list_brings_traffic_back("raw-cloud-ca")


if __name__ == "__main__":
    unittest.main()
