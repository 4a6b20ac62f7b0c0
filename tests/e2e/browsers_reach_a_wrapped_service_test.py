"""A real browser, set up with what the box prints for it, reaches a cloud that wants a certificate of its own through the box that
wants another one: it shows each its own, and the box sees to what the tunnel is for (NET-07, NET-10)."""

import json
import unittest
from contextlib import ExitStack
from typing import Any

from lab import command
from lab.cloud import Cloud
from lab.pki import Credential
from support.box_test import BoxTest
from support.managed_browser import ManagedBrowser
from support.site import WEB, Site, TenantSpec

_PROXY, _CLOUD = "web.karte.clinic.example", "web.karte.cloud.example"
_CHART = '{"path": "/chart"}'


class BrowsersReachAWrappedService(BoxTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", (WEB,)),)

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.wrapped("karte", "web")

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        stack.enter_context(Cloud(cls.lab, cls.keys, cls.folder)).start("https", "karte", "web")

    def settings(self) -> dict[str, Any]:
        """What the box prints, and which certificate the cloud gets, which is for the service's vendor to say."""
        config = str(self.lab.options.config)
        policy = json.loads(command.run(self.lab.options.programs.path("sekisho"), "browser", "settings", config, "karte", "--for", "chromium"))
        shown = json.dumps({"pattern": f"https://{_CLOUD}", "filter": {"ISSUER": {"CN": "karte web cloud CA"}}})
        return policy | {"AutoSelectCertificateForUrls": [*policy["AutoSelectCertificateForUrls"], shown]}

    def browser(self, name: str, policy: dict[str, Any]) -> ManagedBrowser:
        keys = self.keys.tenant("karte")
        made = ManagedBrowser(self.lab.namespace("clinic-karte"), self.folder / name, {_PROXY: "10.11.1.1"})
        made.trusts("box", keys.box_ca())
        made.trusts("cloud", keys.cloud_ca("web"))
        made.holds(keys.terminal("desk-1"))
        made.holds(Credential(keys.folder / "web-client.pem"))
        made.is_told(policy)
        return made

    def test_it_shows_the_box_one_certificate_and_the_cloud_another(self) -> None:
        self.assertIn(_CHART, self.browser("managed", self.settings()).opens(f"https://{_CLOUD}/chart"))
        opened = self.wait_record("session.opened", service="web")
        self.assertEqual(opened["terminal"], "desk-1")
        self.assertRegex(opened["upstream_tls"], r"^TLSv1\.3 TLS_AES\w+ end to end$")
        self.assertRegex(opened["downstream_tls"], r"^TLSv1\.3 .* h2$", "it asked by HTTP/2, as browsers do where they can")

    def test_one_that_hides_whom_it_means_is_refused_and_the_record_says_why(self) -> None:
        hiding = self.settings() | {"EncryptedClientHelloEnabled": True}
        self.assertNotIn(_CHART, self.browser("hiding", hiding).opens(f"https://{_CLOUD}/chart"))
        self.wait_record("session.refused", reason="inner_encrypted")

    def test_one_that_asks_the_box_for_everything_gets_nothing_else(self) -> None:
        everything = self.settings() | {"ProxySettings": {"ProxyMode": "fixed_servers", "ProxyServer": f"https://{_PROXY}:8443"}}
        self.assertNotIn(_CHART, self.browser("everything", everything).opens("https://other.example/chart"))
        # A browser asks for pages of its maker's besides, and gets none of them either.
        self.wait_record("session.refused", reason="connect_elsewhere", detail="other.example:443")


if __name__ == "__main__":
    unittest.main()
