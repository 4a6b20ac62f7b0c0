"""configs/noc/alertmanager.yml with Debian's Alertmanager: who is told of what by mail, in Japanese, and of what nothing is said because something
larger says it already."""

from __future__ import annotations

import json
import os
import threading
import unittest
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from lab import command, namespaces
from lab.claim import Claim
from lab.waiting import wait_for
from support.mail_end import MailEnd
from support.noc_kit import ALERTMANAGER, Kit

_HURRY = 60
_NOTICES = {
    "ManyBoxesSilent": ("page", "N-02", "回線障害の疑い"), "BoxSilent": ("call", "N-01", "装置から連絡がない"),
    "IsolationBroken": ("page", "N-03", "分離が破れている"), "CertificateEnds": ("ticket", "N-05", "証明書の期限が近い"),
    "ClockOff": ("ticket", "N-09", "時計のずれ"), "MaintenanceTooLong": ("page", "N-15", "遠隔保守が承認の時間を過ぎても開いている"), "Watchdog": ("none", "N-16", "監視は動いている")}


class Outside:
    """Whoever watches from outside that somebody watches: takes webhooks until `close`."""

    def __init__(self, namespace: str) -> None:
        self.heard: list[str] = []
        heard = self.heard

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                heard.extend(f"{one['labels']['alertname']} {one['status']}" for one in said["alerts"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 9095), Hook, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = namespaces.socket_in(namespace)
        self._server.allow_reuse_address = True
        self._server.server_bind()
        self._server.server_activate()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class PeopleAreToldOnceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with ExitStack() as stack:
            claim = stack.enter_context(Claim(f"told{os.getpid()}-"))
            cls.namespace = f"{claim.prefix}noc"
            claim.add(cls.namespace)
            namespaces.create(cls.namespace)
            cls.kit = Kit(claim.folder / "noc", cls.namespace, _HURRY)
            stack.callback(cls.kit.stop)
            cls.mail = MailEnd(cls.namespace)
            stack.callback(cls.mail.close)
            cls.outside = Outside(cls.namespace)
            stack.callback(cls.outside.close)
            cls.kit.start("prometheus-alertmanager")
            cls._stack = stack.pop_all()

    @classmethod
    def tearDownClass(cls) -> None:
        cls._stack.close()

    def _say(self, alert_name: str, ended: bool = False, **labels: str) -> None:
        severity, code, summary = _NOTICES[alert_name]
        alert = {"labels": {"alertname": alert_name, "severity": severity, **labels},
                 "annotations": {"help": code, "summary": summary, "action": f"{summary}の対応"}}
        now = datetime.now(timezone.utc)
        alert |= {"startsAt": (now - timedelta(minutes=5)).isoformat(), "endsAt": (now + timedelta(minutes=-1 if ended else 60)).isoformat()}
        self.assertIsNotNone(self.kit.curl(ALERTMANAGER, "/api/v2/alerts", "-H", "Content-Type: application/json", "-d", json.dumps([alert])))

    def _come(self, *subjects: str) -> None:
        for subject in subjects:
            wait_for(f"a mail: {subject}; there are {self.mail.subjects()}", lambda: subject in self.mail.subjects(), 20)

    def test_every_severity_has_its_people(self) -> None:
        config = str(self.kit.etc / "alertmanager.yml")
        command.run("amtool", "check-config", config)
        for severity, receiver in (("page", "page"), ("call", "desk"), ("ticket", "ticket"), ("none", "outside"), ("new", "desk")):
            command.run("amtool", "config", "routes", "test", f"--config.file={config}", f"--verify.receivers={receiver}", f"severity={severity}", "site=a")

    def test_what_is_said_is_japanese_and_leads_to_the_help(self) -> None:
        self._say("IsolationBroken", site="words")
        self._come("【緊急】words: 分離が破れている")
        mail = next(one for one in self.mail.mails("page") if "words" in one.subject)
        self.assertIn("対応: 分離が破れているの対応", mail.text)
        self.assertIn("https://board.noc.example/help.html#N-03", mail.text)
        self._say("IsolationBroken", ended=True, site="words")
        self._come("【復旧】words: 分離が破れている")
        self.assertEqual(len(self.mail.subjects("words")), 2)

    def test_a_carriers_outage_is_one_page_and_no_call_for_each_box(self) -> None:
        self._say("ManyBoxesSilent", carrier="line-x")
        for number in range(8):
            self._say("BoxSilent", site=f"of-x-{number}", carrier="line-x")
        self._say("BoxSilent", site="y-1", carrier="line-y")
        self._come("【緊急】line-x: 回線障害の疑い", "【連絡】y-1: 装置から連絡がない")
        self.assertEqual(self.mail.subjects("-x"), ["【緊急】line-x: 回線障害の疑い"])
        self._say("ManyBoxesSilent", ended=True, carrier="line-x")
        for number in range(7):
            self._say("BoxSilent", ended=True, site=f"of-x-{number}", carrier="line-x")
        self._come("【復旧】line-x: 回線障害の疑い", "【連絡】of-x-7: 装置から連絡がない")  # the one that stays away is told now
        self.assertEqual(len(self.mail.subjects("-x")), 3)

    def test_a_silent_box_is_one_call_and_nothing_old_is_said_of_it(self) -> None:
        self._say("BoxSilent", site="alone", carrier="line-z")
        self._say("ClockOff", site="alone")
        self._say("IsolationBroken", site="alone")
        self._say("ClockOff", site="another")
        self._come("【連絡】alone: 装置から連絡がない", "【緊急】alone: 分離が破れている", "【後日】another: 時計のずれ")
        self.assertNotIn("【後日】alone: 時計のずれ", self.mail.subjects())

    def test_the_watchdog_goes_outside_again_and_again_and_to_nobody_else(self) -> None:
        self._say("Watchdog")
        wait_for("the watchdog outside, once more and once more", lambda: self.outside.heard.count("Watchdog firing") >= 3, 40)
        self.assertEqual(set(self.outside.heard), {"Watchdog firing"})
        self.assertEqual(self.mail.subjects("監視は動いている"), [])

    def test_a_maintenance_that_does_not_end_is_a_page_also_of_a_silent_box(self) -> None:
        self._say("BoxSilent", site="kept-open", carrier="line-k")
        self._come("【連絡】kept-open: 装置から連絡がない")
        self._say("MaintenanceTooLong", site="kept-open")
        self._come("【緊急】kept-open: 遠隔保守が承認の時間を過ぎても開いている")

    def test_what_one_box_has_comes_together(self) -> None:
        self._say("CertificateEnds", site="both", name="emr")
        self._say("ClockOff", site="both")
        self._come("【後日】both: 2件")
        text = next(one for one in self.mail.mails("tickets") if one.subject == "【後日】both: 2件").text
        self.assertIn("証明書の期限が近い", text)
        self.assertIn("時計のずれ", text)


if __name__ == "__main__":
    unittest.main()
