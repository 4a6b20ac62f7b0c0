"""The bill of materials names every installed package with its source, and is the same for the same packages."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "firmware" / "sbom"))
import cyclonedx  # noqa: E402

_STATUS = """Package: libc6
Status: install ok installed
Maintainer: GNU Libc Maintainers <glibc@example>
Architecture: amd64
Source: glibc (2.41-12+deb13u1)
Version: 2.41-12+deb13u1
Description: shared libraries
 of all programs
Conffiles:
 /etc/ld.so.conf.d/x86_64-linux-gnu.conf d4e7a7b88a71b5ffd9e2644e71a0cfab

Package: gone
Status: deinstall ok config-files
Maintainer: Nobody <nobody@example>
Architecture: amd64
Version: 1:1.0

Package: cpp+
Status: install ok installed
Maintainer: Somebody <somebody@example>
Architecture: all
Version: 1:14.2~rc1-1

Package: linux-image-amd64
Status: install ok installed
Maintainer: Debian Kernel Team <kernel@example>
Architecture: amd64
Built-Using: linux (= 6.12.57-1), glibc (= 2.41-12)
Source: linux-signed-amd64 (6.12.57+1)
Version: 6.12.57-1
"""


class CycloneDxTest(unittest.TestCase):
    def setUp(self) -> None:
        self.bill = cyclonedx.bill(_STATUS, "trixie", "image", "0.1.0", 1764374400)

    def test_every_installed_package_is_named_and_no_removed_one(self) -> None:
        self.assertEqual([one["name"] for one in self.bill["components"]], ["cpp+", "libc6", "linux-image-amd64"])

    def test_vulnerabilities_are_found_by_the_source_package(self) -> None:
        told = {one["name"]: {p["name"]: p["value"] for p in one["properties"]} for one in self.bill["components"]}
        self.assertEqual(told["libc6"], {"debian:source": "glibc", "debian:source-version": "2.41-12+deb13u1"})
        self.assertEqual(told["cpp+"], {"debian:source": "cpp+", "debian:source-version": "1:14.2~rc1-1"})

    def test_what_is_in_a_package_as_a_whole_is_named(self) -> None:
        kernel = self.bill["components"][2]
        self.assertEqual([p["value"] for p in kernel["properties"] if p["name"] == "debian:built-using"], ["linux 6.12.57-1", "glibc 2.41-12"])

    def test_addresses_are_written_as_package_urls_are(self) -> None:
        self.assertEqual(self.bill["components"][0]["purl"], "pkg:deb/debian/cpp%2B@1%3A14.2~rc1-1?arch=all")

    def test_the_same_packages_give_the_same_bill_and_others_another_number(self) -> None:
        again = cyclonedx.bill("\n\n".join(reversed(_STATUS.strip().split("\n\n"))), "trixie", "image", "0.1.0", 1764374400)
        self.assertEqual(again, self.bill)
        newer = cyclonedx.bill(_STATUS.replace("deb13u1", "deb13u2"), "trixie", "image", "0.1.0", 1764374400)
        self.assertNotEqual(newer["serialNumber"], self.bill["serialNumber"])

    def test_the_bill_says_which_release_the_packages_are_of(self) -> None:
        self.assertEqual(self.bill["metadata"]["component"]["properties"], [{"name": "debian:suite", "value": "trixie"}])

    def test_a_tree_without_packages_is_an_error(self) -> None:
        with tempfile.NamedTemporaryFile() as empty:
            done = subprocess.run([sys.executable, "-B", cyclonedx.__file__, empty.name, "--suite", "trixie", "--name", "x",
                                   "--version", "1", "--time", "0"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn(empty.name, done.stderr)


if __name__ == "__main__":
    unittest.main()
