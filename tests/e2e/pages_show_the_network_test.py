"""The page of the network says of each port what the kernel says in the box's own namespaces, tells a cable that is pulled out in
words, and that it is back."""

import json
import unittest
from typing import Any

from lab import command
from lab.waiting import wait_for
from support.browser_test import BrowserTest

_SIDES = ("lan", "wan", "mgmt")


class PagesShowTheNetwork(BrowserTest):
    def setUp(self) -> None:
        super().setUp()
        self.comes_in()
        self.browser.go("network")
        self.browser.sees("設定どおりに動いています")

    def _in(self, side: str, *arguments: str) -> str:
        """A command in one of the box's namespaces, as root."""
        watcher = next(p for p in self.lab.box.status()["processes"] if p["name"] == f"watchd-{side}")
        return command.run("nsenter", "-t", str(watcher["pid"]), "-n", "--", *arguments)

    def _kernel(self, side: str, what: str) -> list[dict[str, Any]]:
        return list(json.loads(self._in(side, "ip", "-j", *what.split()) or "[]"))

    def _told(self) -> Any:
        return self.comes(self.first).ask("GET", "/network").json

    def test_the_page_says_what_the_kernel_says(self) -> None:
        told, page = self._told(), self.browser.text("main")
        self.assertEqual({port["side"] for port in told["ports"]}, set(_SIDES))
        for port in told["ports"]:
            with self.subTest(port["interface"]):
                link = next(one for one in self._kernel(port["side"], "address") if one["ifname"] == port["interface"])
                addresses = sorted(f"{one['local']}/{one['prefixlen']}" for one in link["addr_info"] if one["scope"] == "global")
                self.assertEqual(port["addresses"], addresses)
                self.assertEqual(port["cables"], [{"interface": port["interface"], "state": "up", "mac": link["address"]}])
                self.assertIn("LOWER_UP", link["flags"])
                routes = [one["gateway"] for one in self._kernel(port["side"], "route show default")]
                self.assertEqual(port["gateways"], routes)
                self.assertTrue(port["as_configured"])
                for text in (port["interface"], link["address"], *addresses, *routes):
                    self.assertIn(text, page)
        for listener in told["listeners"]:
            self.assertTrue(listener["open"], listener)
            side = "lan" if listener["tenant"] else "mgmt"
            self.assertIn(f"{listener['address']}:{listener['port']}", self._in(side, "ss", "-Hltn"))
            self.assertIn(f"{listener['address']}:{listener['port']}", page)
        self.assertIn("198.51.100.53", page)
        self.assertIn("10.11.1.0/24", page)
        self.is_quiet()

    def test_a_cable_that_is_pulled_out_is_told_in_words_and_so_is_that_it_is_back(self) -> None:
        far_end = ("ip", "-n", str(self.lab.namespace("cloud")), "link", "set", "wan0")
        command.run(*far_end, "down")
        try:
            self.browser.sees("未接続", 30)
            self.browser.sees("差込口「wan0」は、ケーブルの先から応答がありません", 30)
            wan = next(port for port in self._told()["ports"] if port["side"] == "wan")
            self.assertEqual(wan["state"], "no_cable")
            self.assertNotIn("LOWER_UP", self._kernel("wan", "link show wan0")[0]["flags"])
            self.assertEqual(self.looks_right("network-no-cable"), [])
        finally:
            command.run(*far_end, "up")
        self.browser.sees("設定どおりに動いています", 30)
        self.is_quiet()

    def test_it_can_be_read_by_everybody(self) -> None:
        self.assertEqual(self.looks_right("network"), [])
        self.browser.click("ネットワークの設定を変える", "link")
        self.browser.do("shows", role="heading", name="変更の確認と適用")
        self.is_quiet()

    def test_a_segment_that_has_gone_from_the_configuration_is_gone_from_the_page(self) -> None:
        changed = self.site.changed()
        changed.tree["network"]["resolvers"] = []
        published = self.lab.box.publish(changed.write(self.folder / "without.yaml"))
        self.assertTrue(published.accepted, published.text)
        self.wait_until_administered()
        wait_for("no resolver to be told", lambda: self._told()["resolvers"] == [] or None, 20)
        self.assertTrue(self.lab.box.publish(self.folder / "site.yaml").accepted)
        self.wait_until_administered()

    def test_many_who_ask_at_once_are_all_answered(self) -> None:
        viewer = self.comes(self.made("looks", "viewer"))
        answers = [one.ask("GET", "/network") for one in (self.comes(self.first), viewer) for _ in range(5)]
        self.assertEqual([answer.status for answer in answers], [200] * 10)


if __name__ == "__main__":
    unittest.main()
