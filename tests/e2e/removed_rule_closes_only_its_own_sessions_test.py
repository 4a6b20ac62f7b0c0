"""A new configuration without a rule ends the sessions of that rule and leaves all others as they are."""

import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.tls_pipe import TlsPipe, Truncated


class RemovedRuleClosesOnlyItsOwnSessions(BoxTest):
    cloud: CloudEnd
    other_cloud: CloudEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        cls.other_cloud = cls.cloud_end(stack, "imaging")

    def _session(self, tenant: str, terminal: str) -> tuple[TlsPipe, TlsPipe]:
        near = self.open(self.terminal(tenant, terminal), self.door(tenant))
        return near, (self.cloud if tenant == "karte" else self.other_cloud).accept()

    def _moves(self, session: tuple[TlsPipe, TlsPipe]) -> bool:
        session[0].send(b"there")
        there = session[1].receive_exactly(5)
        session[1].send(b"back")
        return (there, session[0].receive_exactly(4)) == (b"there", b"back")

    def test_only_the_terminal_without_a_rule_is_cut_off(self) -> None:
        loses, keeps = self._session("karte", "desk-1"), self._session("karte", "desk-2")
        elsewhere = self._session("imaging", "desk-1")
        narrowed = self.site.changed()
        narrowed.tenant("karte")["rules"][0]["terminals"] = ["desk-2"]
        publication = self.lab.box.publish(narrowed.write(self.folder / "narrowed.yaml"))
        self.assertTrue(publication.accepted, publication.text)
        closed = self.wait_record("session.closed")
        self.assertEqual((closed["terminal"], closed["reason"]), ("desk-1", "rule_removed"))
        for end in loses:
            with self.assertRaises((Truncated, ConnectionError)):
                while end.receive():
                    pass
        self.assertTrue(self._moves(keeps))
        self.assertTrue(self._moves(elsewhere))
        self.assertEqual(len(self.records("session.closed")), 1)


if __name__ == "__main__":
    unittest.main()
