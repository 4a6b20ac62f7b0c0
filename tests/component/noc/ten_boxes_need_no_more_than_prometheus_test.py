"""Prometheus in the place of VictoriaMetrics and vmalert, for ten boxes: it takes what boxes push through the edge, knows the centre's own list,
and has people told of a box that is silent and of one that never spoke."""

from __future__ import annotations

import time
import unittest
from contextlib import ExitStack

from lab import command
from lab.waiting import wait_for
from support.noc_box import figure
from support.noc_fleet import Fleet
from support.noc_kit import PROMETHEUS, STORE
from support.noc_test import NocTest


class TenBoxesNeedNoMoreThanPrometheusTest(NocTest):
    PROGRAMS = ("prometheus-alertmanager", "prometheus")
    HURRY = 20

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.kit.always_in_care_hours()
        edge = cls.kit.etc / "nginx.conf"
        edge.write_text(edge.read_text().replace(f"127.0.0.1:{STORE}", f"127.0.0.1:{PROMETHEUS}"))
        for name in ("one", "two", "never"):
            cls.office.enrol(name)

    def test_its_configuration_is_one(self) -> None:
        command.run("promtool", "check", "config", str(self.kit.etc / "prometheus.yml"))

    def test_who_is_silent_and_who_never_spoke_is_told_and_who_speaks_is_not(self) -> None:
        fleet = Fleet(self.kit, self.office, ["one", "two"])
        self.addCleanup(fleet.close)
        fleet.tells("one", figure("sekisho_sessions", 7, site="one", tenant="karte", service="emr"))
        wait_for("a figure", lambda: self.kit.ask('sekisho_sessions{site="one"} == 7', PROMETHEUS) or None, 30)
        for name in ("one", "two"):
            fleet.tells(name, figure("sekisho_build_info", 1, site=name, version="1"))
        wait_for("two to be heard", lambda: self.kit.ask('sekisho_build_info{site="two"}', PROMETHEUS) or None, 30)
        fleet.hush("two")
        for name in ("two", "never"):
            wait_for(f"a call for {name}; there is {self.mail.subjects()}", lambda: f"【連絡】{name}: 装置から連絡がない" in self.mail.subjects(), 60)
        self.assertEqual(self.mail.subjects("one"), [])
        self.assertEqual(self.box("two").tell(figure("sekisho_build_info", 1, site="two", version="1"), when=time.time() - 7 * 86400), 204, "a week ago")


if __name__ == "__main__":
    unittest.main()
