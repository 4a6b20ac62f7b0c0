"""An administrator has the way to the cloud tried: each service as a terminal's session would go, and the page says how far it comes and
what to do (DEM-03). Nobody's session is disturbed, and no trial counts as one (LOG-02). What the endpoint offers is seen with it (NET-06)."""

import os
import signal
import ssl
import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.administrator import Json
from support.browser import SHOTS
from support.browser_test import BrowserTest

_WIDTHS = (1440, 360)
_BUTTONS = ("経路を診断する", "もう一度診断する")


class TheWayToTheCloudIsTried(BrowserTest):
    WRONG_CERTIFICATES = True

    stack: ExitStack

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.stack = stack

    def _shown(self) -> Json:
        return self.comes(self.first).ask("GET", "/diagnosis").json

    def _tried(self) -> Json:
        """What came of a round that was asked for now."""
        asked = self.comes(self.first).ask("POST", "/diagnosis")
        self.assertEqual(asked.status, 202, asked)
        return wait_for("the trials to end", lambda: None if (said := self._shown())["under_way"] else said, 60)

    def _of(self, said: Json, service: str = "raw") -> Json:
        return next(one for one in said["services"] if one["service"] == service)

    def _is_reached(self) -> bool:
        return any(one["outcome"] == "finished" for one in self._tried()["services"])

    def _struck(self) -> Json | None:
        """What is shown while proxyd is away, if the question came in time."""
        if pid := self.lab.box.pids()["proxyd/karte"]:
            os.kill(pid, signal.SIGKILL)
        said = self._shown()
        return said if said["faults"] else None

    @staticmethod
    def _way(one: Json) -> dict[str, str]:
        return {hop["step"]: hop["standing"] for hop in one["way"]}

    def _page_ends_with(self, text: str) -> None:
        self.browser.go("diagnosis")
        self.browser.sees("クラウドまでの経路")
        named = next(name for name in _BUTTONS if name in self.browser.text("main"))
        self.browser.click(named)
        self.browser.sees(text, 60)

    def _looked_at(self, name: str) -> None:
        for language, button in (("en", "English"), ("ja", "日本語")):
            self.browser.click(button)
            for width in _WIDTHS:
                self.browser.do("size", width=width)
                self.browser.do("shot", path=str(SHOTS / f"diagnosis-{name}-{language}-{width}.png"))
                self.assertEqual(self.browser.do("axe"), [], (language, width))
            self.browser.do("size", width=_WIDTHS[0])

    def test_1_what_was_never_tried_is_not_known(self) -> None:
        said = self._shown()
        self.assertNotIn("began", said)
        self.assertEqual(self._way(said)["handshake"], "unknown")
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("まだ診断していません。")

    def test_2_a_service_that_answers_is_reached_and_nobody_is_disturbed(self) -> None:
        before = self.lab.box.records.mark()
        near, far = self.open(), self.cloud.accept()
        self.lab.box.records.wait(before, event="session.opened")
        mark = self.lab.box.records.mark()
        raw = self._of(self._tried())
        self.assertEqual((raw["outcome"], set(self._way(raw).values()) - {"good", "unknown"}), ("finished", set()), raw)
        self.assertIn("TLSv1.3", raw["tls"])
        self.assertEqual(self.cloud.accept().receive(), b"", "the cloud sees an orderly end and nothing else")
        self.lab.box.records.wait(mark, event="diagnosis.made", administrator="first")
        self.assertEqual([one for one in self.lab.box.records.since(mark) if one["event"].startswith("session.")], [])
        near.send(b"still here")
        self.assertEqual(far.receive(), b"still here")
        near.close()
        far.close()

    def test_3_the_page_says_which_step_fails_and_what_to_do(self) -> None:
        self.comes_in()
        self.cloud.shows(self.keys.tenant("karte").wrong("wrong-ca"))
        self._page_ends_with("クラウドとの認証に失敗しました。")
        raw = self._of(self._shown())
        self.assertEqual(raw["outcome"], "upstream_certificate_untrusted", raw)
        self.assertEqual(self._way(raw), {"box": "good", "names": self._way(raw)["names"], "connection": "good", "handshake": "bad"})
        self._looked_at("untrusted")
        self.cloud.close()
        said = self._tried()
        raw = self._of(said)
        self.assertEqual((raw["outcome"], self._way(raw)["connection"]), ("upstream_refused", "bad"), raw)
        self.assertRegex(said["code"], "^[123]{4}$")
        self.browser.sees("クラウドに接続できません。")
        type(self).cloud = self.cloud_end(self.stack, "karte")
        self.is_quiet()

    def _graded(self, said: Json) -> Json:
        return next(one for one in said["endpoints"] if one["service"] == "raw")

    def test_4_what_the_endpoint_offers_is_seen_and_told_when_it_changes(self) -> None:  # NET-06
        mutual = self._graded(self._tried())
        self.assertEqual((mutual["remarks"], mutual["client_certificate"]), ([], "demanded"), mutual)
        answers = {one["probe"]: one["answer"] for one in mutual["probes"]}
        self.assertEqual(answers, {"tls13": "agreed", "tls12": "refused", "other_suites": "refused", "older": "refused"}, mutual)
        mark = self.lab.box.records.mark()
        self.cloud.offers(ssl.TLSVersion.TLSv1_2, "ECDHE+AESGCM:ECDHE+AES+SHA1:@SECLEVEL=0")
        said = self._tried()
        self.assertNotEqual(self._of(said)["outcome"], "finished", "the service's profile is HIGH-13")
        graded = self._graded(said)
        self.assertEqual(graded["remarks"], ["profile_refused", "takes_other_suites"], graded)
        lost = self.lab.box.records.wait(mark, event="endpoint.version_lost", service="raw")[0]
        self.assertTrue(lost["before"].startswith("tls13: TLSv1.3 "), lost)
        weaker = self.lab.box.records.wait(mark, event="endpoint.weaker", service="raw")[0]
        self.assertIn("_CBC_SHA", weaker["after"], weaker)
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("接続先が提供するTLS")
        self.browser.sees("許可していない暗号スイートも受け付けます。")
        self._looked_at("graded")
        self.cloud.shows(self.keys.tenant("karte").cloud("raw"))
        self.assertEqual(self._graded(self._tried())["remarks"], [])
        self.is_quiet()

    def test_5_only_whoever_may_has_it_tried_and_one_round_goes_at_a_time(self) -> None:
        viewer = self.made("v-tanaka", "viewer")
        self.assertEqual(viewer.ask("GET", "/diagnosis").status, 200)
        self.assertEqual(viewer.ask("POST", "/diagnosis").code, "account.forbidden")
        self.comes(self.first)
        codes = [self.first.ask("POST", "/diagnosis").code for _ in range(2)]
        self.assertIn("diagnosis.under_way", codes)
        wait_for("the trials to end", lambda: None if self._shown()["under_way"] else True, 60)

    def test_6_whoever_asked_may_give_it_up_and_what_was_known_is_known_again(self) -> None:
        before = self._tried()
        mark = self.lab.box.records.mark()
        self.cloud.says_nothing()
        self.addCleanup(self.cloud.says_nothing, False)
        self.assertEqual(self.first.ask("POST", "/diagnosis").status, 202)
        shown = self._shown()
        self.assertEqual((shown["under_way"], shown["by"]), (True, "first"), shown)
        self.comes_in()
        self.browser.go("diagnosis")
        self.browser.sees("first さんの依頼で診断しています")
        self.browser.click("診断を中止")
        self.browser.sees("診断を中止しました。")
        record = self.lab.box.records.wait(mark, event="diagnosis.made", administrator="first", result="given_up")[0]
        self.assertEqual(record["object"], "asked for by first")
        shown = self._shown()
        self.assertEqual((shown["under_way"], shown["began"], shown["services"]), (False, before["began"], before["services"]))
        self.assertEqual(self.first.ask("POST", "/diagnosis/stop").status, 204, "what is over is not stopped, and nobody is blamed")
        self.assertEqual(len(self.lab.box.records.since(mark, event="diagnosis.made")), 1)
        self.is_quiet()

    def test_7_a_proxyd_that_dies_meanwhile_is_named(self) -> None:
        said = wait_for("the box to notice", self._struck, 20)
        self.assertEqual((said["faults"], self._way(said)["box"]), (["process_down:proxyd/karte"], "bad"))
        wait_for("the service to be reached again", lambda: self._is_reached() or None, 30)


if __name__ == "__main__":
    unittest.main()
