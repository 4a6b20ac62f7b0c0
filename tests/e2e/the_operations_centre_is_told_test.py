"""The vendor's operations centre hears from the box by itself: figures by Remote-Write through nginx, which asks for the box's
certificate, into Prometheus; its state; its records by syslog over TLS into rsyslog. A time without a line loses nothing, and whoever
stands in the way is named."""

import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.box_test import BoxTest
from support.noc_end import Message, NocEnd
from support.site import KARTE


class TheOperationsCentreIsTold(BoxTest):
    WRONG_CERTIFICATES = False
    TENANTS = (KARTE,)
    noc: NocEnd

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.noc = NocEnd(cls.lab.namespace("cloud"), cls.folder.parent / "noc", cls.folder)
        cls.noc.start(stack)
        cls.cloud = cls.cloud_end(stack)
        published = cls.lab.box.publish(NocEnd.told_by(cls.site).write(cls.folder / "told.yaml"))
        assert published.accepted, published.text

    def setUp(self) -> None:
        super().setUp()
        self._reached()

    def _reached(self) -> None:
        """The last round went well."""
        def went_well() -> bool:
            told = [record["event"] for record in self.lab.box.records.refresh() if record["event"].startswith("noc.")]
            return told[-1:] == ["noc.reached"]
        wait_for("the operations centre to be reached", went_well, 60)

    def _block(self, number: int) -> None:
        """Something that people do to the box."""
        for word in ("block", "unblock"):
            done = self.lab.box.order("terminal", word, "karte/desk-2", "--reason", f"round {number}")
            self.assertEqual(done.returncode, 0, done.stderr)

    def _audit(self, word: str) -> list[Message]:
        return [message for message in self.noc.messages() if message.stream == "audit" and word in message.line]

    def _blocked(self, number: int) -> None:
        wait_for(f"the records of round {number}", lambda: len(self._audit(f"round {number}\"")) >= 2, 60)

    def _figure(self, query: str, least: float = 1) -> float:
        def is_there() -> float | None:
            found = self.noc.ask(query)
            value = float(found[0]["value"][1]) if found else None
            return value if value is not None and value >= least else None
        return wait_for(query, is_there, 60)

    def _whole(self) -> None:
        """Every number of each class came, and every record is the one that the box itself has, with the same link."""
        path = self.folder / "export.jsonl"
        exported = self.lab.box.order("log", "export", str(path))
        self.assertEqual(exported.returncode, 0, exported.stderr)
        own = set(path.read_text().splitlines())
        path.unlink()
        told = [f'{message.line[:-1]},"link":"{message.link}"}}' for message in self.noc.messages()]
        self.assertEqual([line for line in told if line not in own], [])
        for stream in ("audit", "events"):
            numbers = {message.number for message in self.noc.messages() if message.stream == stream}
            self.assertEqual(numbers, set(range(1, max(numbers, default=0) + 1)), f"there is a gap in {stream}")

    def test_figures_state_and_records_arrive(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        near.send(b"x" * 5000)
        far.receive_exactly(5000)
        self._figure('sekisho_sessions{service="raw",tenant="karte",site="e2e"}')
        near.finish_sending()
        far.finish_sending()
        self.wait_record("session.closed")
        self._figure('sekisho_session_bytes_total{direction="up",tenant="karte"}', 5000)
        self._figure('sekisho_path_dns_seconds{service="raw",tenant="karte"}', 0)
        self._figure('sekisho_path_tcp_seconds{service="raw",tenant="karte"}', 0)
        self._figure('sekisho_path_tls_seconds{service="raw",tenant="karte"}', 0.001)
        self._figure("sekisho_maintenance_unapproved", -1)
        self._figure("sekisho_certificate_expiry_timestamp_seconds", 1e9)
        self._figure('sekisho_process_resident_memory_bytes{process="proxyd",tenant="karte"}', 1e5)
        self._figure('sekisho_generation{state="adopted"}')
        self.assertLessEqual(abs(self._figure("sekisho_clock_offset_seconds", -2)), 2)
        self.assertLessEqual(len(self.noc.ask('{__name__=~"sekisho_.+"}')), 200)
        self._block(1)
        self._blocked(1)
        self._whole()
        state = self.noc.states()[-1]
        self.assertEqual((state["format"], state["site"]), ("sekisho.state/1", "e2e"))
        self.assertIn(f"CN={NocEnd.BOX}", state["sender"])
        self.assertTrue(any(process["name"] == "keyd" for process in state["processes"]))

    def test_no_session_is_told_one_by_one(self) -> None:
        near = self.open()
        self.cloud.accept()
        near.finish_sending()
        self._block(2)
        self._blocked(2)
        events = {message.event for message in self.noc.messages()}
        self.assertFalse(events & {"session.opened", "session.closed"}, events)

    def test_time_without_a_line_and_a_killed_box_lose_no_record_and_no_figure(self) -> None:
        mark = self.lab.box.records.mark()
        self.noc.line_down()
        self.addCleanup(self.noc.line_up)
        self.lab.box.records.wait(mark, 60, event="noc.not_reached", reason="noc.unreachable")
        for number in range(10, 14):
            self._block(number)
        before = self.lab.box.status()["generation"]
        self.lab.box.strike("controld")
        self.lab.box.wait_until_serving()
        self._block(14)
        self.noc.line_up()
        self._reached()
        for number in range(10, 15):
            self._blocked(number)
        self._whole()
        self.assertEqual(self.lab.box.status()["generation"], before)
        self._figure('count_over_time(sekisho_clock_behind[2m])', 6)  # those of the dark came afterwards

    def test_receiver_that_is_killed_is_told_once_more(self) -> None:
        self.noc.stop_one("rsyslogd")
        mark = self.lab.box.records.mark()
        self._block(20)
        self.lab.box.records.wait(mark, 60, event="noc.not_reached")
        self.noc.start_rsyslog()
        self._blocked(20)
        self._whole()

    def test_who_stands_in_the_way_is_named(self) -> None:
        for make, reason, words in ((self.noc.broken_open, "noc.untrusted", "Inspection of the hotel"),
                                    (self.noc.in_http, "noc.answered_in_http", "HTTP")):
            self.noc.stop_one("nginx")
            mark = self.lab.box.records.mark()
            self.noc.start_nginx(make())
            told = self.lab.box.records.wait(mark, 60, event="noc.not_reached", reason=reason)[-1]
            self.assertIn(words, told["detail"])
            self.noc.stop_one("nginx")
            self.noc.start_nginx()
            self._reached()


if __name__ == "__main__":
    unittest.main()
