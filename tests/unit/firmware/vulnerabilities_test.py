"""Whether a vulnerability touches an image is answered from files alone: its bill of materials and a copy of Debian's tracker."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "firmware" / "sbom"))
import cyclonedx  # noqa: E402
import vulnerabilities  # noqa: E402

_PACKAGE = "Package: {}\nStatus: install ok installed\nMaintainer: Nobody <nobody@example>\nArchitecture: amd64\nVersion: {}\n{}"
_STATUS = "\n\n".join((_PACKAGE.format("libssl3t64", "3.5.4-1~deb13u1", "Source: openssl\n"), _PACKAGE.format("rauc", "1.13-3", ""),
                       _PACKAGE.format("linux-image-amd64", "6.12.57-1", "Source: linux-signed-amd64 (6.12.57+1)\nBuilt-Using: linux (= 6.12.57-1)\n"),
                       _PACKAGE.format("busybox-static", "1:1.37.0-6", "Source: busybox\nBuilt-Using: glibc (= 2.41-11)\n"),
                       _PACKAGE.format("libc6", "2.41-12", "Source: glibc\n"), _PACKAGE.format("bash", "5.2.37-2", "")))
_LOCK = {"packages": {"node_modules/@preact/signals": {"version": "2.11.4", "integrity": "sha1-" + "A" * 27 + "="}}}


def _of(suite: str = "trixie", **told: str) -> dict[str, Any]:
    return {"releases": {suite: told}}


_TRACKER = {
    "openssl": {"CVE-2026-1001": _of(status="resolved", fixed_version="3.5.4-1~deb13u2", urgency="high"),
                "CVE-2026-1002": _of(status="resolved", fixed_version="3.5.4-1~deb13u1", urgency="high"),
                "CVE-2026-1003": _of(status="resolved", fixed_version="0", urgency="unimportant"),
                "CVE-2026-1008": _of("bookworm", status="open", urgency="high")},
    "linux": {"CVE-2026-1004": _of(status="open", urgency="medium", nodsa="Minor issue")},
    "rauc": {"CVE-2026-1005": _of(status="undetermined", urgency="not yet assigned")},
    "glibc": {"CVE-2026-1006": _of(status="resolved", fixed_version="2.41-12", urgency="low")},
    "firefox-esr": {"CVE-2026-1007": _of(status="open", urgency="high"), "CVE-2026-1002": _of(status="open", urgency="high")},
    "bash": {"CVE-2026-1009": _of(status="open", urgency="high")},
    "node-preact-signals": {"CVE-2026-1010": _of(status="resolved", fixed_version="0", urgency="high")},
}
_TOUCH = {"TOUCHES": "CVE-2026-1001 CVE-2026-1004 CVE-2026-1006", "not known": "CVE-2026-1005 CVE-2026-1008 CVE-2026-1010 CVE-2026-9999",
          "does not": "CVE-2026-1002 CVE-2026-1003 CVE-2026-1007 CVE-2026-1009"}


class Answer(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


class VulnerabilitiesTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.tracker, self.bill = Path(scratch.name) / "tracker.json", Path(scratch.name) / "sbom.cdx.json"
        self.tracker.write_text(json.dumps(_TRACKER), encoding="utf-8")
        packages = [cyclonedx.Package(fields, [], places=set() if fields["Package"] == "bash" else {"root"}) for fields in cyclonedx.paragraphs(_STATUS)]
        self.write_bill(packages, list(cyclonedx.bundled(_LOCK, "sekisho")))

    def write_bill(self, packages: list[cyclonedx.Package], others: list[dict[str, Any]]) -> None:
        self.bill.write_text(json.dumps(cyclonedx.bill(packages, others, "trixie", "image", "0.1.0", 1764374400)), encoding="utf-8")

    def ask(self, *numbers: str) -> Answer:
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as said:
            code = vulnerabilities.main([str(self.tracker), str(self.bill), *numbers])
        return Answer(code, out.getvalue(), said.getvalue())

    def test_each_number_gets_its_answer_and_the_reason(self) -> None:
        for word, numbers in _TOUCH.items():
            for number in numbers.split():
                lines = self.ask(number).stdout.splitlines()
                self.assertTrue(lines and all(line.startswith(f"{number}    {word}") for line in lines), lines)
        self.assertIn("fixed in 3.5.4-1~deb13u2; build the image anew", self.ask("CVE-2026-1001").stdout)
        self.assertIn("no fix in trixie yet (urgency medium, Minor issue)", self.ask("cve-2026-1004").stdout)
        self.assertIn("bash is not in the image any more", self.ask("CVE-2026-1009").stdout)
        self.assertIn("@preact/signals 2.11.4: comes from npm", self.ask("CVE-2026-1010").stdout)

    def test_how_it_ends_says_the_worst_of_them(self) -> None:
        for numbers, code in ((("CVE-2026-1002", "CVE-2026-1007"), 0), (("CVE-2026-1002", "CVE-2026-9999"), 2),
                              (("CVE-2026-9999", "CVE-2026-1001"), 1)):
            self.assertEqual(self.ask(*numbers).returncode, code, numbers)

    def test_without_a_number_all_that_touch_the_image_or_may_are_named(self) -> None:
        done = self.ask()
        self.assertEqual(done.returncode, 1)
        self.assertEqual(sorted(line.split()[0] for line in done.stdout.splitlines()),
                         [*(f"CVE-2026-{number}" for number in (1001, 1004, 1005, 1006, 1008)), "any"])
        self.assertIn("of trixie, by a copy of 20", done.stderr)

    def test_what_the_tracker_does_not_cover_is_never_taken_as_untouched(self) -> None:
        self.assertIn("not covered: @preact/signals 2.11.4", self.ask("CVE-2026-1002").stderr)
        rest = [cyclonedx.Package(fields, [], places={"root"}) for fields in cyclonedx.paragraphs(_STATUS) if fields["Package"] == "bash"]
        self.tracker.write_text('{"bash": {}}', encoding="utf-8")
        for others, code in ((list(cyclonedx.bundled(_LOCK, "sekisho")), 2), ([], 0)):
            self.write_bill(rest, others)
            self.assertEqual(self.ask().returncode, code)

    def test_versions_are_ordered_as_debian_orders_them(self) -> None:
        rising = ("0", "1.0~rc1", "1.0", "1.0-1~deb13u1", "1.0-1", "1.0-1.1", "1.0+b1", "1.0.9", "1.0.10", "1.0.10a", "2.41-12", "2.41-12+deb13u1", "1:0.9")
        for one, other in zip(rising, rising[1:]):
            subprocess.run(["dpkg", "--compare-versions", one, "lt", other], check=True)  # the list is Debian's own word
        for place, one in enumerate(rising):
            for other_place, other in enumerate(rising):
                self.assertEqual(vulnerabilities.is_older(one, other), place < other_place, (one, other))
        self.assertFalse(vulnerabilities.is_older("1:0.9", "1:0.9-0") or vulnerabilities.is_older("1:0.9-0", "1:0.9"))

    def test_what_is_no_such_file_or_number_is_said_with_its_place(self) -> None:
        self.assertIn("'CVE-26-1' is no number of a vulnerability: write CVE-YEAR-NUMBER", self.refused("CVE-26-1"))
        for spoilt, text, words in ((self.tracker, "<html>", "no JSON"), (self.tracker, "[]", "not a copy of https://security-tracker.debian.org"),
                                    (self.tracker, '{"openssl": 1}', "packages, and their CVEs"), (self.bill, '{"components": []}', "'metadata' is missing"),
                                    (self.bill, json.dumps(_TRACKER), "firmware/image/build makes one")):
            whole = spoilt.read_text(encoding="utf-8")
            spoilt.write_text(text, encoding="utf-8")
            said = self.refused("CVE-2026-1001")
            self.assertIn(words, said)
            self.assertIn(str(spoilt), said)
            spoilt.write_text(whole, encoding="utf-8")
        self.bill.unlink()
        self.assertIn(f"{self.bill}: No such file", self.refused())

    def refused(self, *numbers: str) -> str:
        done = self.ask(*numbers)
        self.assertEqual((done.returncode, done.stdout), (64, ""), done.stderr)
        return done.stderr


if __name__ == "__main__":
    unittest.main()
