"""The page of the operations centre: is it told, what waits, who stands in the way, and what leaves the box; a line that is cut is told in
plain words, with what it means for care work. What the page says never leaves is not in anything that the centre received (F3, GOV-09)."""

import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.administrator import Json
from support.browser_test import BrowserTest
from support.noc_end import NocEnd

_ENDS = ("_total", "_info", "_bucket", "_sum", "_count")  # as OpenMetrics has them behind a family's name
_PAYLOAD = b"PATIENT-0042-NOT-TO-BE-TOLD"


class TheOperationsCentreHasItsPage(BrowserTest):
    noc: NocEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.noc = NocEnd(cls.lab.namespace("cloud"), cls.folder.parent / "noc", cls.folder)
        cls.noc.start(stack)

    def _shown(self) -> Json:
        said = self.comes(self.first).ask("GET", "/noc")
        self.assertEqual(said.status, 200, said)
        return said.json

    def _is(self, state: str) -> Json:
        return wait_for(f"the centre to be {state}", lambda: said if (said := self._shown())["state"] == state else None, 60)

    def _all_acknowledged(self) -> Json | None:
        said = self._shown()
        return said if all("acknowledged_at" in one for one in said["classes"]) else None

    def test_1_without_one_nothing_leaves_the_box_and_the_page_says_so(self) -> None:
        self.assertEqual(self._shown(), {"state": "nobody", "under_way": False, "kept": False, "classes": [], "gaps": []})
        self.comes_in()
        self.browser.go("noc")
        self.browser.sees("設定に監視センターがありません。")
        self.assertNotIn("今すぐ送る", self.browser.text("main"))
        self.assertEqual(self.comes(self.first).ask("POST", "/noc/tell").code, "noc.absent")

    def test_2_it_is_told_and_the_page_says_by_whom_and_what_arrived(self) -> None:
        published = self.lab.box.publish(NocEnd.told_by(self.site).write(self.folder / "told.yaml"))
        self.assertTrue(published.accepted, published.text)
        said = self._is("told")
        self.assertEqual((said["operated_by"], said["country"]), ("the tests", "JP"))
        self.assertEqual([(one["kind"], one["name"]) for one in said["receivers"]], [("records", NocEnd.RECORDS), ("figures", NocEnd.FIGURES)])
        self.assertIn(NocEnd.BOX, said["subject"])
        self.assertIn("until", said)
        arrived = wait_for("all to be acknowledged", self._all_acknowledged, 60)
        self.assertEqual([one["class"] for one in arrived["classes"]], ["audit", "events", "state", "metrics"])
        self.comes_in()
        self.browser.go("noc")
        self.browser.sees("監視センターに送れています。")
        for text in ("the tests", "日本", NocEnd.RECORDS, "操作の記録"):
            self.assertIn(text, self.browser.text("main"))
        self.assertEqual(self.looks_right("noc-told"), [])

    def test_3_a_line_that_is_cut_is_told_in_plain_words_and_nothing_stops(self) -> None:
        self.noc.line_down()
        self.addCleanup(self.noc.line_up)
        said = self._is("not_told")
        self.assertEqual(said["trouble"], "noc.unreachable")
        self.assertIn("state_since", said)
        self.browser.go("noc")
        self.browser.sees("監視センターに送れていません。", 30)
        for text in ("端末とクラウドの通信は止まりません。", "回線の装置のランプを確かめてください。"):
            self.browser.sees(text)
        self.assertEqual(self.looks_right("noc-cut"), [])
        near, far = self.open(), self.cloud.accept()
        near.send(_PAYLOAD)
        self.assertEqual(far.receive_exactly(len(_PAYLOAD)), _PAYLOAD, "care work goes on")
        near.close()
        far.close()
        self.assertGreater(sum(one["waiting"] for one in self._shown()["classes"]), 0)
        self.noc.line_up()
        mark = self.lab.box.records.mark()
        self.browser.click("今すぐ送る")
        self.lab.box.records.wait(mark, 30, event="noc.reached")
        self.browser.sees("監視センターに送れています。", 30)
        self.is_quiet()

    def test_4_who_stands_in_the_way_is_named(self) -> None:
        self.noc.stop_one("nginx")
        self.noc.start_nginx(self.noc.broken_open())
        try:
            said = wait_for("the inspection to be noticed", lambda: got if (got := self._shown()).get("trouble") == "noc.untrusted" else None, 60)
            self.assertIn("Inspection of the hotel", said["detail"])
            self.browser.go("noc")
            self.browser.sees("TLSの検査、または別の相手", 30)
        finally:
            self.noc.stop_one("nginx")
            self.noc.start_nginx()
        self._is("told")

    def test_5_what_never_leaves_never_left_and_what_left_is_listed(self) -> None:
        contents = self.comes(self.first).ask("GET", "/noc/contents").json
        self.assertEqual([one["name"] for one in contents["never"]], ["payload", "sessions", "names", "secrets"])
        received = b"".join((self.noc.folder / name).read_bytes() for name in ("syslog", "state.log"))
        secrets = [self.first.password.encode(), (self.folder / "pki/noc/box.key").read_bytes()[30:90]]
        for never in [_PAYLOAD, b"PRIVATE KEY", *secrets]:
            self.assertNotIn(never, received)
        told = {one["event"] for one in contents["records"] if "class" in one}
        self.assertLessEqual({message.event for message in self.noc.messages()}, told)
        self.assertNotIn("session.opened", told)
        listed = {one["name"] for one in contents["state"]}
        for state in self.noc.states():
            self.assertLessEqual(set(state) - {"sender"}, listed)
        figures = {one["name"]: set(one["labels"]) for one in contents["figures"]}
        for series in self.noc.ask('{__name__=~"sekisho_.+"}'):
            labels = dict(series["metric"])
            name = labels.pop("__name__")
            family = next((one for one in (name, *(name.removesuffix(end) for end in _ENDS)) if one in figures), None)
            self.assertIsNotNone(family, name)
            self.assertLessEqual(set(labels) - {"site", "job", "instance"}, figures[str(family)], name)
            self.assertNotIn("desk-1", labels.values())
        self.assertNotIn("desk-1", (self.noc.folder / "state.log").read_text())
        self.browser.go("noc")
        self.browser.sees("決して送らないもの")
        self.browser.sees("端末とクラウドサービスがやり取りする中身")


if __name__ == "__main__":
    unittest.main()
