"""Five makes of TLS client, each with the right certificate and with every wrong one: what passes, what is refused,
and for which reason."""

import unittest
from contextlib import ExitStack

from lab.cloud import Cloud
from lab.pki import Credential
from support.box_test import BoxTest
from support.clients import CLIENTS, Client
from support.site import WEB, TenantSpec

_WRONG = {
    "wrong-ca": "certificate_untrusted",
    "lookalike": "certificate_untrusted",
    "expired": "certificate_expired",
    "not-yet-valid": "certificate_not_yet_valid",
    "wrong-usage": "certificate_wrong_usage",
    "weak-key": "certificate_weak",
    "sha1": "certificate_weak",
    "no-san": "certificate_no_identity",
    "unknown": "policy_unknown_terminal",
}


class EveryClientIsJudgedByItsCertificate(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (WEB,)), TenantSpec("imaging", "10.12.1.1", (WEB,)))

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start("https", "karte", "web")

    def _ask(self, client: Client, credential: Credential | None) -> bytes:
        self.mark = self.lab.box.records.mark()
        return client(self.terminal_with(credential), self.door("karte", "web"), "/hello")

    def _judge(self, name: str, kind: str, credential: Credential | None, reason: str) -> None:
        with self.subTest(client=name, certificate=kind):
            self.assertNotIn(b"/hello", self._ask(CLIENTS[name], credential))
            refused = self.wait_record("session.refused")
            self.assertEqual((refused["reason"], refused["tenant"]), (reason, "karte"))
            self.assertEqual(self.records("session.opened"), [])

    def _judge_all(self, name: str) -> None:
        own, other = self.keys.tenant("karte"), self.keys.tenant("imaging")
        self.assertIn(b"/hello", self._ask(CLIENTS[name], own.terminal("desk-1")))
        self.assertEqual(self.wait_record("session.opened")["terminal"], "desk-1")
        self._judge(name, "none", None, "certificate_missing")
        self._judge(name, "other-tenant", other.terminal("desk-1"), "certificate_untrusted")
        for kind, reason in _WRONG.items():
            self._judge(name, kind, own.wrong(kind), reason)

    def test_openssl(self) -> None:
        self._judge_all("openssl")

    def test_gnutls(self) -> None:
        self._judge_all("gnutls")

    def test_curl(self) -> None:
        self._judge_all("curl")

    def test_python(self) -> None:
        self._judge_all("python")

    def test_node(self) -> None:
        self._judge_all("node")


if __name__ == "__main__":
    unittest.main()
