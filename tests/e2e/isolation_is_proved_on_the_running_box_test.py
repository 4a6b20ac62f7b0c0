"""`sekisho isolation prove` tries on the running box what must not work, in every place a stranger might take, over both
address families; everything is refused, no session notices, nobody is alarmed, and the signed record can be checked by
anybody (ISO-09, W1 to W8). What the trials find where a wall is gone is shown by tests/run --mutate and tests/component/probe."""

import json
import subprocess
import threading
import unittest
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab.waiting import wait_for
from support import box_inside
from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site

_WAYS = {"ISO-01", "ISO-02", "ISO-04", "NET-10", "W1", "W2", "W3", "W4", "W7", "W8"}
_EXCHANGES = 200
Json = dict[str, Any]


class IsolationIsProvedOnTheRunningBox(BoxTest):
    cloud: CloudEnd
    proof: Json

    @classmethod
    def shape(cls, site: Site) -> Site:
        return site.with_ipv6()

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.cloud = cls.cloud_end(stack, "karte")
        cls.proof = cls._prove()

    @classmethod
    def _prove(cls) -> Json:
        done = cls.lab.box.order("isolation", "prove", "--output", "json", timeout=300)
        if done.returncode not in (0, 1):
            raise AssertionError(done.stderr)
        return json.loads(done.stdout)

    def _assert_all_held(self, proof: Json) -> None:
        self.assertGreater(len(proof["cases"]), 100)
        self.assertEqual([case for case in proof["cases"] if case["outcome"] != "held"], [])

    @property
    def _state(self) -> Path:
        return self.lab.box.run_folder / "state"

    def test_everything_is_tried_and_nothing_works(self) -> None:
        proof = self.proof
        self._assert_all_held(proof)
        self.assertLessEqual(_WAYS, {case["way"] for case in proof["cases"]})
        tried = {(case["place"], case.get("tenant", "")) for case in proof["cases"] if case["way"] == "ISO-02"}
        for tenant in ("karte", "imaging"):
            self.assertLessEqual({("proxyd", tenant), ("dialerd", tenant)}, tried)
        strangers = {case["place"] for case in proof["cases"] if case["way"] == "ISO-04"}
        self.assertEqual(strangers, {"stranger at ns lan", "stranger at ns wan", "stranger at ns mgmt"})
        every_port = [case for case in proof["cases"] if "every port" in case["tried"]]
        self.assertEqual(len(every_port), 3)
        self.assertTrue(all(case["evidence"].startswith("65535 packets") for case in every_port))

    def test_both_families_are_tried(self) -> None:
        tried = " ".join(case["tried"] for case in self.proof["cases"])
        for address in ("10.11.1.1", "2001:db8:10::1", "198.51.100.2", "2001:db8:ffff::2", "fe80::"):
            self.assertIn(address, tried)

    def test_no_session_notices_and_nobody_is_alarmed(self) -> None:
        near, far = self.open(), self.cloud.accept()
        done = threading.Event()
        faults: list[BaseException] = []

        def prove() -> None:
            try:
                self._assert_all_held(self._prove())
            except BaseException as fault:
                faults.append(fault)
            finally:
                done.set()

        proving = threading.Thread(target=prove)
        proving.start()
        exchanged = 0
        while not done.is_set() or exchanged < _EXCHANGES:
            near.send(b"ping")
            self.assertEqual(far.receive_exactly(4), b"ping")
            exchanged += 1
        proving.join()
        self.assertEqual(faults, [])
        for event in ("session.closed", "network.drifted", "scan.ports", "isolation.broken", "isolation.unproven", "process.ended"):
            self.assertEqual(self.records(event), [], event)
        self.assertEqual([r for r in self.records("packet.refused") if r["interface"] == "canary0"], [])

    def test_one_that_is_given_up_leaves_the_walls_as_they_were_and_the_last_proof(self) -> None:
        """Whoever asked goes away while a cable lies between a stranger and the box."""
        rules = self._rules()
        mark = self.lab.box.records.mark()
        with subprocess.Popen(self.lab.box.typed_out("isolation", "prove"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as asked:
            wait_for("a stranger's cable", lambda: self._has_cable() or None, 60)
            asked.kill()
        given_up = self.lab.box.records.wait(mark, event="isolation.unproven")[0]
        self.assertEqual(given_up["result"], "given_up")
        wait_for("the cable to be gone", lambda: not self._has_cable() or None, 10)
        self.assertEqual(self._rules(), rules)
        self.assertEqual(self.records("isolation.proved"), [])
        self.assertEqual(self.lab.box.status()["proof"]["unproven"], 0)

    def test_record_is_signed_and_changes_are_found_out(self) -> None:
        record = Path(self.lab.box.records.since(0, event="isolation.proved")[0]["name"])
        self.assertEqual(json.loads(record.read_text())["began"], self.proof["began"])
        check = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(self._state / "evidence.pub"), "-rawin",
                 "-in", str(record), "-sigfile", str(record.with_suffix(".sig"))]
        self.assertEqual(subprocess.run(check, capture_output=True).returncode, 0)
        record.write_bytes(record.read_bytes().replace(b'"held"', b'"hold"', 1))
        self.assertNotEqual(subprocess.run(check, capture_output=True).returncode, 0)
        self.assertEqual((self._state / "evidence.key").stat().st_mode & 0o777, 0o600)

    def _grounds(self) -> list[str]:
        return list(box_inside.pinned(self.lab.box.run_folder).values())

    def _has_cable(self) -> bool:
        return any("canary0" in box_inside.interfaces_at(path) for path in self._grounds())

    def _rules(self) -> list[str]:
        """Of each namespace, without what they have counted."""
        return [box_inside.run_at(path, "nft", "-s", "list", "ruleset") for path in self._grounds()]

    def test_nothing_of_it_stays(self) -> None:
        self.assertFalse(self._has_cable())

    def test_last_proof_is_told_as_text_and_as_metrics(self) -> None:
        text = self.lab.box.order("isolation", "show")
        self.assertEqual(text.returncode, 0, text.stdout)
        self.assertIn("could not be tried", text.stdout)
        metrics = self.lab.box.order("isolation", "metrics").stdout
        self.assertIn('sekisho_isolation_cases{way="W1",place="dialerd",tenant="karte",outcome="held"}', metrics)
        self.assertEqual(self.lab.box.status()["proof"]["broken"], 0)


if __name__ == "__main__":
    unittest.main()
