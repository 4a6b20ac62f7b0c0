"""configs/noc with the real things: the edge (nginx before VictoriaMetrics) takes from a box's certificate which box it is, and drops
what the box claims; the receiver of records (rsyslog) lets nobody in but boxes."""

from __future__ import annotations

import json
import os
import subprocess
import time
import unittest
from contextlib import ExitStack
from pathlib import Path

from authority import Authority, Leaf
from lab.waiting import wait_for
from support.noc_box import figure
from support.noc_test import NocTest

_STRANGER, _LONGER, _UNLISTED = "stranger", "north.box.noc.example.evil.example", "lost"


class EdgeBelievesCertificatesTest(NocTest):
    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.office.enrol("north", customer="clinic-a")
        cls.office.enrol("south", customer="clinic-b")
        boxes = Authority(cls.kit.folder / "lib/authority/authority-1")  # somebody has its key, and certifies what sekisho-noc would not
        for name, host in ((_LONGER, _LONGER), (_UNLISTED, f"{_UNLISTED}.box.noc.example")):
            boxes.issue(Leaf(cls.office.boxes / name, "client", host, f"DNS:{host}"))
        other = Authority.make(cls.kit.folder / "other", "Box authority of somebody else")
        other.issue(Leaf(cls.office.boxes / _STRANGER, "client", "north.box.noc.example", "DNS:north.box.noc.example"))

    def _figures(self) -> bytes:
        subprocess.run([Path(os.environ["GW_BIN"]) / "metrics_peer", self.kit.folder, str(int(time.time()))], check=True)
        return (self.kit.folder / "figures.write").read_bytes()

    def test_what_a_box_claims_is_overwritten_by_its_certificate(self) -> None:
        figures = self._figures()  # which say that they are of the site "north"
        self.assertEqual(self.box("south").post("/api/v1/write?extra_label=site=north&extra_label=customer=x", figures), 204)
        told = '{__name__=~"sekisho_.+",__name__!~"sekisho_(inventory|noc_.+|forged)"}'
        wait_for("the figures", lambda: self.sites(told) or None, 20)
        self.assertEqual(self.sites(told), {("south", "clinic-b")})

    def test_a_label_that_is_claimed_twice_and_a_customer_that_is_another_are_overwritten(self) -> None:
        self.assertEqual(self.box("north").tell(figure("sekisho_forged", 1, site="south", customer="clinic-b", extra_label="site=south")), 204)
        wait_for("the figure", lambda: self.sites("sekisho_forged") or None, 20)
        self.assertEqual(self.sites("sekisho_forged"), {("north", "clinic-a")})

    def test_nobody_else_is_let_in(self) -> None:
        for name, status in ((None, 400), (_UNLISTED, 403), (_LONGER, 403), (_STRANGER, 400)):
            self.assertEqual(self.box(name).post("/api/v1/write", b""), status, name)

    def test_nothing_can_be_asked_of_the_store_from_outside(self) -> None:
        for target in ("/api/v1/query?query=up", "/api/v1/admin/tsdb/delete_series?match[]=up", "/api/v1/write/../query", "/inventory", "/metrics", "/"):
            self.assertEqual(self.box("north").post(target, b""), 404, target)

    def test_the_state_is_written_down_beside_the_name_of_its_sender(self) -> None:
        self.assertEqual(self.box("north").post("/sekisho/v1/state", b'{"site":"south"}', "identity"), 204)
        log, serial = self.kit.folder / "log/state.log", self._serial("north")
        wait_for("the state", lambda: log.exists() and log.read_text().endswith(f'north clinic-a {serial} {{"site":"south"}}\n'), 10)

    def _serial(self, site: str) -> str:
        register = json.loads((self.kit.folder / "lib/authority/register.json").read_text())
        return str(register["boxes"][site]["certificates"][0]["serial"])

    def test_records_are_taken_from_boxes_alone(self) -> None:
        message = b"<108>1 2026-11-22T00:00:00Z %s sekisho - x [sekisho@32473 number=\"1\"] {}"
        for name in (None, _UNLISTED, _LONGER, _STRANGER):
            self.box(name).record(message % b"evil")
        self.box("north").record(message % b"../north")
        records = self.kit.folder / "log/records"
        wait_for("a record", lambda: records.exists() and list(records.iterdir()), 20)
        self.assertEqual([path.name for path in records.iterdir()], [".._north.log"], "a name leads out of no folder")


if __name__ == "__main__":
    unittest.main()
