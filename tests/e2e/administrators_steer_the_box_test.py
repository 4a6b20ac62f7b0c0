"""Administrators see the running box and steer it by its API: sessions, cuts, a change from its text to its end, remote maintenance
and reviews (WLS-04, ISO-10, RMT-01, LOG-06). Before anybody answers for it the box lets nothing through (ADM-04)."""

import json
import time
import unittest
from contextlib import ExitStack

from lab.waiting import wait_for
from support.administered_box import AdministeredBox
from support.administrator import Administrator, Json

_WITHIN = 60


def _in(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


class AdministratorsSteerTheBox(AdministeredBox):
    approver: Administrator
    before_claim: str

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.before_claim = cls._try_unclaimed()
        super().prepare(stack)
        cls.approver = cls.made("approver-1", "approver", source=cls.desk(30))

    @classmethod
    def _try_unclaimed(cls) -> str:
        """What a terminal meets at a box that nobody has claimed."""
        probe = cls("test_nothing_passes_before_the_box_is_claimed")
        mark = cls.lab.box.records.mark()
        try:
            probe.open()
        except OSError as refused:
            seen = wait_for("the refusal's record", lambda: [r for r in cls.lab.box.records.since(mark)
                                                             if r["event"] == "session.refused"] or None, 20)
            return f"{seen[0]['reason']}: {type(refused).__name__}"
        finally:
            probe.doCleanups()
        return "it was let through"

    def ask(self, method: str, path: str, body: Json | None = None, status: int = 200,
            by: Administrator | None = None) -> Json:
        said = self.comes(by or self.first).ask(method, path, body)
        self.assertEqual(said.status, status, f"{method} {path}: {said.body}")
        return said.json if said.body else {}

    def test_the_rules_that_are_in_force_are_listed_and_follow_what_is_confirmed(self) -> None:  # WLS-01, WLS-06
        wanted = {(tenant["name"], rule["name"], rule["service"]) for tenant in self.site.tree["tenants"] for rule in tenant["rules"]}
        listed = wait_for("the rules", lambda: self.ask("GET", "/rules")["rules"] or None)
        self.assertEqual({(one["tenant"], one["rule"], one["service"]) for one in listed}, wanted)
        self.assertFalse(any(one["unused"] for one in listed))
        begun = next(one for one in listed if one["rule"] == "use-raw")["idle_since"]
        self.open().close()
        self.cloud.accept().close()
        wait_for("the use of a rule", lambda: next(one for one in self.ask("GET", "/rules")["rules"] if one["rule"] == "use-raw")["idle_since"] > begun or None)

    def test_nothing_passes_before_the_box_is_claimed(self) -> None:
        self.assertIn("box_unclaimed", self.before_claim)
        self.assertFalse((self.folder.parent / "run" / "state" / "bootstrap.hash").exists(),
                         "the secret on the label opens nothing any more")
        self.open()

    def test_the_status_tells_how_the_box_is(self) -> None:
        status = self.ask("GET", "/status")
        self.assertTrue(status["sessions_begin"] and status["clock_is_right"])
        self.assertTrue(all(process["serving"] for process in status["processes"] if process["tenant"]), status)
        self.assertIn({"tenant": "karte", "address": "10.11.1.1", "port": 9000}, status["listeners"])
        self.assertEqual(status["confirmed"], self.ask("GET", "/changes")["confirmed"])

    def _row(self, terminal: str = "desk-1") -> Json:
        rows = self.ask("GET", f"/connections?terminal={terminal}")["connections"]
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def test_a_session_is_seen_while_it_stands_and_can_be_ended(self) -> None:
        near, far = self.open(), self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        row = wait_for("its octets", lambda: (r := self._row())["bytes_up"] == 5 and r or None, 10)
        self.assertEqual((row["tenant"], row["service"], row["rule"]), ("karte", "raw", "use-raw"))
        self.ask("DELETE", f"/connections/karte/{row['session']}", status=204)
        self.wait_record("session.closed", 10, reason="aborted_by_admin", session=row["session"])
        self.wait_record("session.end_ordered", 10, administrator="first")
        gone = self.first.ask("DELETE", f"/connections/karte/{row['session']}")
        self.assertEqual((gone.status, gone.code), (404, "session.unknown"))

    def test_a_terminal_is_cut_off_and_let_in_again(self) -> None:
        self.open()
        self.cloud.accept()
        cut = {"what": "terminal", "tenant": "karte", "name": "desk-1", "reason": "the tablet was lost"}
        self.ask("POST", "/cuts", cut, 204)
        self.addCleanup(lambda: self.first.ask("POST", "/cuts/undo", cut))
        self.wait_record("session.closed", 10, reason="cut_off")
        self.wait_record("cut.made", 10, detail="first: the tablet was lost")
        self.assertIn("cut_off", [row["standing"] for row in self.ask("GET", "/terminals")["terminals"]])
        self.is_refused(self.keys.tenant("karte").terminal("desk-1"), "cut_off")
        self.ask("POST", "/cuts/undo", cut, 204)
        self.open()
        self.cloud.accept()
        unknown = self.first.ask("POST", "/cuts", cut | {"name": "nobody-there"})
        self.assertEqual((unknown.status, unknown.code), (404, "cut.unknown_name"))

    def _checked(self, change: int) -> Json:
        self.ask("POST", f"/changes/{change}/check", status=202)
        return wait_for("the look", lambda: (c := self.ask("GET", f"/changes/{change}"))["state"] != "staged" and c or None, 30)

    def test_a_change_comes_as_text_and_says_whom_it_would_end(self) -> None:
        near, far = self.open(self.terminal(name="desk-2")), self.cloud.accept()
        shown = self.ask("GET", "/configuration")
        tree = json.loads(shown["configuration"])
        tree["tenants"][0]["terminals"] = [{"name": "desk-1"}]
        text = "# desk-2 は廃棄しました(院長 承認済み)\n" + json.dumps(tree, indent=1)
        staged = self.ask("POST", "/changes", {"configuration": text, "reason": "desk-2 is scrapped",
                                               "base": shown["change"]}, 201)["change"]
        checked = self._checked(staged)
        self.assertEqual(checked["state"], "checked", checked)
        self.assertIn({"tenant": "karte", "terminal": "desk-2", "service": "raw", "reason": "rule_removed", "sessions": 1},
                      checked["endings"])
        near.send(b"still")
        self.assertEqual(far.receive_exactly(5), b"still", "to look changes nothing")
        token = self.ask("POST", f"/changes/{staged}/apply", {"within": _WITHIN}, 202)["token"]
        self.wait_record("session.closed", 30, reason="rule_removed", terminal="desk-2")
        wait_for("the change to be in force",
                 lambda: self.ask("GET", f"/changes/{staged}")["state"] == "applied" or None, 30)
        self.ask("POST", "/change/confirm", {"token": token}, 202)
        self.wait_record("change.confirmed", 30)
        self.assertEqual(self.ask("GET", "/configuration")["configuration"], text, "comments and all")
        late = self.first.ask("POST", "/changes", {"configuration": text, "reason": "too late", "base": shown["change"]})
        self.assertEqual((late.status, late.code), (409, "change.stale"))

    def test_a_text_that_is_no_configuration_is_refused_with_the_place(self) -> None:
        slip = {"configuration": "version: 1\nsite: e2e\ntenant: []\n", "reason": "a slip"}
        blind = self.first.ask("POST", "/changes", slip)
        self.assertEqual((blind.status, blind.json["at"]), (422, "/body/base"), "whoever does not say what he began with undoes others' work")
        staged = self.ask("POST", "/changes", slip | {"base": self.ask("GET", "/configuration")["change"]}, 201)["change"]
        refused = self._checked(staged)
        self.assertEqual(refused["state"], "refused")
        self.assertTrue(any("3:1" in line for line in refused["report"]), refused["report"])

    def test_maintenance_is_asked_for_allowed_and_reported(self) -> None:
        vendor = self.made("vendor-1", "maintainer", source=self.desk(31))
        wanted = {"vendor": "vendor-a", "from": _in(-60), "until": _in(3600), "reason": "quarterly check",
                  "allowed": ["status.read", "history.read"], "plan": ["status.read: all lamps", "history.read"]}
        self.assertEqual(vendor.ask("GET", "/status").code, "maintenance.not_open")
        number = self.ask("POST", "/maintenance", wanted, 201, vendor)["maintenance"]
        self.assertIn(f"maintenance.undecided:{number}", self.ask("GET", "/status")["waits"])
        self.ask("POST", f"/maintenance/{number}/approve", {"words": "agreed"}, 204, self.approver)
        self.ask("POST", f"/maintenance/{number}/enter", status=204, by=vendor)
        self.ask("GET", "/status", by=vendor)
        self.assertEqual(vendor.ask("GET", "/connections").code, "maintenance.not_allowed")
        self.ask("POST", f"/maintenance/{number}/end", status=204, by=vendor)
        self.assertEqual(vendor.ask("GET", "/status").code, "maintenance.not_open")
        report = self.ask("GET", f"/maintenance/{number}")
        self.assertIn("保守作業報告書", report["japanese"])
        self.assertFalse(report["is_as_planned"])
        self.ask("POST", f"/maintenance/{number}/acknowledge", status=204)
        self.wait_record("maintenance.reported", 10)

    def test_records_are_summed_up_and_accounts_gone_through(self) -> None:
        auditor = self.made("auditor-1", "auditor", source=self.desk(32))
        month = self.ask("GET", "/summaries", by=auditor)["months"][0]
        summary = self.ask("GET", f"/summaries/{month}", by=auditor)
        self.assertIn(month, summary["japanese"])
        self.assertGreater(summary["last"], summary["first"])
        quarter = self.ask("GET", "/reviews", by=auditor)["reviews"][0]
        early = self.comes(auditor).ask("POST", f"/reviews/{quarter['quarter']}/sign",
                                        {"link": quarter["link"], "comment": "nothing found"})
        self.assertIn(early.code, ("review.not_over", "review.unsuitable"))
        self.ask("POST", "/accounts/stock-take", status=204)
        self.wait_record("account.stock_taken", 10, administrator="first")


if __name__ == "__main__":
    unittest.main()
