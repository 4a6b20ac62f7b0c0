"""One authority hands over to the next by the dates of one publication: in between both count, afterwards the old one's
sessions end by themselves, and nobody else notices (CRT-03)."""

import unittest
from contextlib import ExitStack
from datetime import timedelta

from lab.pki import Credential
from support import authorities
from support.cloud_end import CloudEnd
from support.dated_box_test import DatedBoxTest, Session, from_now, written

_BOTH = timedelta(minutes=61)
_NEW_ALONE = timedelta(minutes=121)


class AuthoritiesHandOverByDate(DatedBoxTest):
    cloud: CloudEnd
    old_device: Credential
    new_device: Credential

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack)
        for name in ("next-terminal-ca", "next-cloud-ca"):
            authorities.another(cls.folder / name)
        cls.old_device = cls.keys.tenant("karte").terminal("desk-1")
        cls.new_device = authorities.issue_terminal(cls.folder / "next-terminal-ca", cls.folder / "device", "karte", "desk-2")

    def setUp(self) -> None:
        super().setUp()
        self.site_now = self.site.changed()

    def tearDown(self) -> None:
        self.clock.goes_right()
        self.publish(self.site)
        self.cloud.shows(self.keys.tenant("karte").cloud("raw"))

    # --- what is done

    def _hand_over(self, holder: dict, key: str, following: str) -> None:
        """The old authority has two hours, and the next one begins in one."""
        holder[key] = [{"file": holder[key], "until": written(from_now(hours=2))},
                       {"file": following, "from": written(from_now(hours=1))}]
        self.publish(self.site_now)
        self.published = self.lab.box.status()["generation"]

    def _next_cloud(self) -> Credential:
        upstream = self.site_now.tenant("karte")["services"][0]["upstream"]
        return authorities.issue_cloud(self.folder / "next-cloud-ca", self.folder / "next-cloud", upstream["server_name"])

    # --- what is seen of it

    def _session(self, device: Credential) -> Session:
        near = self.open(self.terminal_with(device))
        return near, self.cloud.accept_of(near)

    def _nothing_was_published(self) -> None:
        self.assertEqual(self.lab.box.status()["generation"], self.published)

    def test_terminals_authority_hands_over(self) -> None:
        self._hand_over(self.site_now.tenant("karte"), "terminal_anchors", "next-terminal-ca.pem")
        by_old = self._session(self.old_device)
        self.is_refused(self.new_device, "certificate_untrusted")

        self.clock.goes_ahead(_BOTH)
        by_new = self._session(self.new_device)
        again_by_old = self._session(self.old_device)
        for session in (by_old, by_new, again_by_old):
            self.stands(session)

        self.clock.goes_ahead(_NEW_ALONE)
        self.ends_in_time(by_old, "certificate_untrusted", terminal="desk-1")
        self.ends_in_time(again_by_old, "certificate_untrusted", terminal="desk-1")
        self.is_refused(self.old_device, "certificate_untrusted")
        self.stands(by_new)
        self.stands(self._session(self.new_device))
        self._nothing_was_published()

    def test_cloud_s_authority_hands_over(self) -> None:
        following = self._next_cloud()
        self._hand_over(self.site_now.tenant("karte")["services"][0]["upstream"], "anchors", "next-cloud-ca.pem")
        to_old = self._session(self.old_device)
        self.cloud.shows(following)
        self.is_refused(self.old_device, "upstream_certificate_untrusted")

        self.clock.goes_ahead(_BOTH)
        to_new = self._session(self.old_device)
        self.stands(to_old)
        self.stands(to_new)

        self.clock.goes_ahead(_NEW_ALONE)
        self.ends_in_time(to_old, "upstream_certificate_untrusted")
        self.stands(to_new)
        self.stands(self._session(self.old_device))
        self.cloud.shows(self.keys.tenant("karte").cloud("raw"))
        self.is_refused(self.old_device, "upstream_certificate_untrusted")
        self._nothing_was_published()


if __name__ == "__main__":
    unittest.main()
