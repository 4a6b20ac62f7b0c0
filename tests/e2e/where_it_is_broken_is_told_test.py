"""Terminal, clinic's network, line, DNS, way to the cloud, service: each is broken in turn, and the box says which it is as far as it has
measured it, in the API, on the page and on the slip that is printed for whoever is called (DEM-03)."""

import os
import signal
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path

from lab import command
from lab.services.names import NameServer
from lab.waiting import wait_for
from support import box_inside
from support.administrator import Json
from support.browser_test import BrowserTest
from support.cloud_end import CloudEnd
from support.site import ServiceSpec, TenantSpec
from support.tls_pipe import Truncated

_RESOLVER, _OTHER, _GATEWAY = "198.51.100.53", "203.0.113.21", "198.51.100.1"
_SERVICES = (ServiceSpec("raw", 9000, 9000), ServiceSpec("images", 9001, 9001, addresses=(_OTHER,)),
             ServiceSpec("named", 9002, 9002, addresses=()))


class WhereItIsBrokenIsTold(BrowserTest):
    TENANTS = (TenantSpec("karte", "10.11.1.1", _SERVICES),)
    WRONG_CERTIFICATES = True

    ends: dict[str, CloudEnd]
    stack: ExitStack

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.stack = stack
        cls.ends = {"raw": cls.cloud} | {name: cls.cloud_end(stack, "karte", name) for name in ("images", "named")}

    # --- what the box says

    def _judged(self) -> Json:
        said = self.comes(self.first).ask("GET", "/diagnosis/verdict")
        self.assertEqual(said.status, 200, said)
        return said.json

    def _tried(self) -> Json:
        """The verdict after all services were tried once more: the box does so by itself too when one fails, and one round is made at a time."""
        wait_for("a round of trials to begin", lambda: self.comes(self.first).ask("POST", "/diagnosis").status == 202 or None, 90)
        return wait_for("the trials to end", lambda: None if (said := self._judged())["under_way"] else said, 90)

    def _comes_to(self, state: str) -> Json:
        """Without another trial: the kernel tells of a cable within a second or two."""
        return wait_for(f"the verdict {state}", lambda: said if (said := self._judged())["state"] == state else None, 15)

    @staticmethod
    def _sides(said: Json, standing: str) -> list[str]:
        return [one["side"] for one in said["sides"] if one["standing"] == standing]

    def _is_broken(self, said: Json, *sides: str) -> None:
        self.assertEqual((said["state"], self._sides(said, "bad")), ("broken", list(sides)), said["reasons"])

    def _cloud(self, *arguments: str) -> None:
        command.run("ip", "-n", str(self.lab.namespace("cloud")), *arguments)

    # --- each side in turn

    def test_1_before_anything_was_tried_nothing_is_known(self) -> None:
        said = self._judged()
        self.assertEqual((said["state"], self._sides(said, "bad")), ("unknown", []))
        self.assertEqual({one["standing"] for one in said["observations"] if one["observation"].startswith("trial_")}, {"unknown"})

    def test_2_dns(self) -> None:
        """Before any name was resolved, since what was resolved counts for a while when nobody answers any more."""
        pid = int((self.lab.folder / f"names-{_RESOLVER}.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        wait_for("the name server to be gone", lambda: not Path(f"/proc/{pid}/fd/0").exists())
        try:
            said = self._tried()
            self._is_broken(said, "dns")
            self.assertEqual([one["about"] for one in said["reasons"]], ["karte/named"])
        finally:
            server = NameServer(self.lab.namespace("cloud"), _RESOLVER, self.folder, self.lab.options.names)
            self.stack.callback(server.stop)

    def test_3_nothing_is_broken(self) -> None:
        near, far = self.open(), self.cloud.accept()
        said = wait_for("all to be well", lambda: got if (got := self._tried())["state"] == "sound" else None, 60)
        self.assertEqual(said["reasons"], [])
        self.assertEqual(self._sides(said, "good"), ["terminal", "clinic_lan", "box", "line", "cloud_edge", "service"])
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("装置からすべてのサービスまで、測定した範囲に異常はありません。")
        near.close()
        far.close()

    def test_4_the_clinics_cable(self) -> None:
        """From the box to the clinic's switch."""
        end = ("ip", "-n", str(self.lab.namespace("switch")), "link", "set", "box0")
        command.run(*end, "down")
        try:
            self._is_broken(self._comes_to("broken"), "clinic_lan")
        finally:
            command.run(*end, "up")

    def test_5_the_lines_cable_and_each_change_of_the_verdict_is_a_record(self) -> None:
        self._cloud("link", "set", "wan0", "down")
        try:
            self._is_broken(self._comes_to("broken"), "line")
            self._is_broken(self._tried(), "line")
            self._is_shown("障害の場所は「回線(ルーターを含む)」です。", "回線業者")
            told = self.lab.box.records.wait(self.mark, 90, event="fault.found", result="broken: line")[-1]
            self.assertEqual(told["detail"].split(",")[0], "wan_link wan0")
        finally:
            self._cloud("link", "set", "wan0", "up")
        self._tried()  # what failed while the line was down speaks against it until it was tried again
        self.lab.box.records.wait(self.mark, 90, event="fault.over")

    def test_6_a_router_that_is_silent(self) -> None:
        command.run("sysctl", "-qw", "net.ipv4.conf.all.promote_secondaries=1", namespace=self.lab.namespace("cloud"))
        self._cloud("address", "del", f"{_GATEWAY}/24", "dev", "wan0")
        box_inside.run_at(box_inside.ground_with(self.lab.box.pid, "wan0"), "ip", "neighbour", "flush", "dev", "wan0")
        try:
            said = self._tried()
            self._is_broken(said, "line")
            self.assertIn("gateway_answers", [one["observation"] for one in said["reasons"]])
        finally:
            self._cloud("address", "add", f"{_GATEWAY}/24", "dev", "wan0")

    def test_7_the_way_to_one_cloud(self) -> None:
        self._cloud("address", "del", f"{_OTHER}/32", "dev", "lo")
        self._cloud("route", "add", "blackhole", f"{_OTHER}/32")
        try:
            said = self._tried()
            self._is_broken(said, "cloud_edge")
            self.assertEqual([one["about"] for one in said["reasons"]], ["karte/images"])
        finally:
            self._cloud("route", "del", "blackhole", f"{_OTHER}/32")
            self._cloud("address", "add", f"{_OTHER}/32", "dev", "lo")

    def test_8_the_service_itself_and_whoever_is_not_shown_to_be_it(self) -> None:
        self.ends["images"].shows(self.keys.tenant("karte").wrong("wrong-ca"))
        said = self._tried()
        self.assertEqual((said["state"], self._sides(said, "suspect")), ("unclear", ["line", "cloud_edge", "service"]), said["reasons"])
        self.ends["images"].close()
        said = self._tried()
        self._is_broken(said, "service")
        self._is_shown("障害の場所は「クラウドサービス」です。", "サービスの提供者")
        self.ends["images"] = self.cloud_end(self.stack, "karte", "images")

    def test_9_a_terminal_with_a_certificate_of_the_past_is_the_terminal(self) -> None:
        with suppress(OSError, Truncated):
            self.open(self.terminal_with(self.keys.tenant("karte").wrong("expired"))).receive()
        refused = self.wait_record("session.refused", seconds=20)
        said = self._judged()
        if "terminal" not in refused:
            self.assertNotIn("terminal", self._sides(said, "bad"), "nobody knows whose it is")
            return
        self._is_broken(said, "terminal")

    # --- the page, and the slip

    def _is_shown(self, verdict: str, called: str) -> None:
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees(verdict, 30)
        self.assertEqual(self.looks_right("diagnosis-verdict"), [])
        slip = str(self.browser.do("evaluate", script="document.querySelector('.slip').textContent"))
        for text in ("障害切分け票", verdict, called, "(記入)"):
            self.assertIn(text, slip)
        self.browser.go("overview")
        self.browser.sees(verdict)


if __name__ == "__main__":
    unittest.main()
