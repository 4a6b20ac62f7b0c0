"""The bill of materials names every installed package with its source and where it is, what is compiled in, and is the same for the same
packages."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(_ROOT / "firmware" / "sbom"))
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
Built-Using: linux (= 6.12.57-1)
Static-Built-Using: glibc (= 2.41-12)
Source: linux-signed-amd64 (6.12.57+1)
Version: 6.12.57-1

Package: bash
Status: install ok installed
Maintainer: Somebody <somebody@example>
Architecture: amd64
Static-Built-Using: readline (= 8.2-6)
Version: 5.2.37-2

Package: netbase
Status: install ok installed
Maintainer: Somebody <somebody@example>
Architecture: all
Version: 6.5
"""
_LISTS = {"libc6:amd64": "/. /lib64 /lib64/ld-linux-x86-64.so.2 /usr /usr/lib /usr/lib/libc.so.6 /usr/share/doc/libc6/copyright",
          "cpp+": "/. /usr/bin/cpp+", "linux-image-amd64": "/. /boot /boot/vmlinuz-6 /usr/lib/modules/6/kernel/fs/ext4/ext4.ko.xz /usr/lib/modules/6/kernel/fs/btrfs.ko.xz",
          "bash": "/. /etc /etc/bash.bashrc /bin/bash /usr/lib/systemd/system/bash.service", "netbase": "/. /etc /etc/services"}
_LEFT = ("usr/lib64/ld-linux-x86-64.so.2", "usr/lib/libc.so.6", "usr/lib/modules/6/kernel/fs/ext4/ext4.ko", "etc/bash.bashrc",
         "usr/lib/systemd/system/bash.service", "etc/services")
_STUB = """Package: stub
Status: install ok installed
Maintainer: Somebody <somebody@example>
Architecture: amd64
Source: systemd
Version: 257.13-1
"""
_LOCK = {"packages": {"": {"dependencies": {"preact": "11.2.0"}},
                      "node_modules/preact": {"version": "11.2.0", "integrity": "sha512-" + "AAAA" * 21 + "AA==", "license": "MIT"},
                      "node_modules/@preact/signals": {"version": "2.11.4", "integrity": "sha1-" + "A" * 27 + "="},
                      "node_modules/vite": {"version": "6.4.6", "dev": True, "license": "MIT"}}}
_IMPORTED = re.compile(r"""^(?:(?:import (?!type )|export )(?:[^'"\n]* from )?|\} from |@import )['"](@?[a-z][a-z0-9./-]*)['"]""", re.MULTILINE)


class CycloneDxTest(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        for name in _LEFT:
            (self.folder / "root" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "root" / name).write_text("", encoding="utf-8")
        (self.folder / "lock.json").write_text(json.dumps(_LOCK), encoding="utf-8")
        self.dpkg("dpkg", _STATUS, _LISTS)
        self.dpkg("workshop", _STUB, {"stub": "/. /usr/lib/linuxx64.efi.stub"})
        self.made = self.bill()

    def dpkg(self, name: str, status: str, lists: dict[str, str]) -> None:
        (self.folder / name / "info").mkdir(parents=True, exist_ok=True)
        (self.folder / name / "status").write_text(status, encoding="utf-8")
        for package, files in lists.items():
            (self.folder / name / "info" / f"{package}.list").write_text("".join(f"{path}\n" for path in files.split()), encoding="utf-8")

    def ask(self, *more: str) -> tuple[int, str, str]:
        mine, its = str(self.folder / "dpkg"), str(self.folder / "workshop")
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as said:
            code = cyclonedx.main([mine, str(self.folder / "root"), "--suite", "trixie", "--name", "image", "--version", "0.1.0",
                                   "--time", "1764374400", "--taken", "early", mine, "/lib64/ld-linux-x86-64.so.2",
                                   "--taken", "early", mine, "/lib/modules/6/kernel/fs/ext4/ext4.ko", "--taken", "start", mine, "boot/vmlinuz-6",
                                   "--taken", "start", its, "/usr/lib/linuxx64.efi.stub", "--npm", "sekisho", str(self.folder / "lock.json"), *more])
        return code, out.getvalue(), said.getvalue()

    def bill(self) -> dict[str, Any]:
        code, out, said = self.ask()
        self.assertEqual((code, said), (0, ""))
        return dict(json.loads(out))

    def component(self, purl: str) -> dict[str, Any]:
        return next(one for one in self.made["components"] if one["purl"].startswith(purl))

    def told(self, purl: str, name: str) -> list[str]:
        return [one["value"] for one in self.component(purl)["properties"] if one["name"] == name]

    def test_every_installed_package_is_named_and_no_removed_one(self) -> None:
        self.assertEqual([one["name"] for one in self.made["components"] if "arch=source" not in one["purl"] and "pkg:deb" in one["purl"]],
                         ["bash", "cpp+", "libc6", "linux-image-amd64", "netbase", "stub"])

    def test_vulnerabilities_are_found_by_the_source_package(self) -> None:
        self.assertEqual((self.told("pkg:deb/debian/libc6@", "debian:source"), self.told("pkg:deb/debian/libc6@", "debian:source-version")),
                         (["glibc"], ["2.41-12+deb13u1"]))
        self.assertEqual(self.told("pkg:deb/debian/cpp%2B@", "debian:source"), ["cpp+"])

    def test_each_package_says_where_it_is_and_one_of_which_nothing_is_left_is_none_of_the_image(self) -> None:
        """A program's settings do not make it be there, unless the package is nothing else."""
        places = {name: self.told(f"pkg:deb/debian/{name}@", "sekisho:place") for name in ("bash", "cpp%2B", "libc6", "linux-image-amd64", "netbase", "stub")}
        self.assertEqual(places, {"bash": [], "cpp%2B": [], "libc6": ["early", "root"], "linux-image-amd64": ["early", "root", "start"],
                                  "netbase": ["root"], "stub": ["start"]})
        self.assertEqual([one["name"] for one in self.made["components"] if one.get("scope") == "excluded"], ["bash", "cpp+"])
        self.assertEqual(self.told("pkg:deb/debian/libc6@", "sekisho:files"), ["2 of 3"])

    def test_what_is_in_a_package_as_a_whole_is_named_if_that_is_there(self) -> None:
        found = {one["purl"]: [each["value"] for each in one["properties"] if each["name"] in ("sekisho:place", "sekisho:within")]
                 for one in self.made["components"] if "arch=source" in one["purl"]}
        self.assertEqual(found, {"pkg:deb/debian/linux@6.12.57-1?arch=source": ["compiled-in", "linux-image-amd64"],
                                 "pkg:deb/debian/glibc@2.41-12?arch=source": ["compiled-in", "linux-image-amd64"]})

    def test_what_npm_brings_into_the_pages_is_named_and_its_tools_are_not(self) -> None:
        self.assertEqual([one["purl"] for one in self.made["components"] if "pkg:npm" in one["purl"]],
                         ["pkg:npm/%40preact/signals@2.11.4", "pkg:npm/preact@11.2.0"])
        preact = self.component("pkg:npm/preact@")
        self.assertEqual((preact["licenses"], self.told("pkg:npm/preact@", "sekisho:place")), ([{"expression": "MIT"}], ["compiled-in"]))
        self.assertEqual(preact["hashes"], [{"alg": "SHA-512", "content": "00" * 64}])

    def test_what_the_pages_import_is_none_of_the_tools(self) -> None:
        """By its place in package.json the bill knows what is in the image."""
        ui = _ROOT / "gateway" / "web" / "ui"
        sources = [path for path in (ui / "src").rglob("*") if path.suffix in (".ts", ".tsx", ".css")]
        asked = {name for path in sources for name in _IMPORTED.findall(path.read_text(encoding="utf-8"))}
        packages = {"/".join(name.split("/")[:2 if name.startswith("@") else 1]) for name in asked}
        self.assertTrue({"preact", "@digital-go-jp/design-tokens"} <= packages, packages)
        self.assertLessEqual(packages, {one["name"] for one in cyclonedx.bundled(json.loads((ui / "package-lock.json").read_text(encoding="utf-8")), "x")})

    def test_addresses_are_written_as_package_urls_are(self) -> None:
        self.assertIn("pkg:deb/debian/cpp%2B@1%3A14.2~rc1-1?arch=all", [one["purl"] for one in self.made["components"]])

    def test_the_same_packages_give_the_same_bill_and_others_another_number(self) -> None:
        self.dpkg("dpkg", "\n\n".join(reversed(_STATUS.strip().split("\n\n"))), _LISTS)
        self.assertEqual(self.bill(), self.made)
        self.dpkg("dpkg", _STATUS.replace("deb13u1", "deb13u2"), _LISTS)
        newer = self.bill()
        self.assertNotEqual(newer["serialNumber"], self.made["serialNumber"])

    def test_the_bill_says_which_release_the_packages_are_of(self) -> None:
        self.assertEqual(self.made["metadata"]["component"]["properties"], [{"name": "debian:suite", "value": "trixie"}])

    def test_what_cannot_be_read_or_found_is_said_with_its_place(self) -> None:
        self.assertIn("usr/bin/nowhere: no package brings it", self.refused("--taken", "early", str(self.folder / "dpkg"), "usr/bin/nowhere"))
        self.assertIn("status: not as npm's package-lock.json is", self.refused("--npm", "x", str(self.folder / "dpkg" / "status")))
        self.assertIn("gone.json: No such file", self.refused("--npm", "x", str(self.folder / "gone.json")))
        (self.folder / "dpkg" / "info" / "bash.list").unlink()
        self.assertIn("bash.list: No such file", self.refused())
        self.dpkg("dpkg", "", {})
        self.assertIn("dpkg: no package is installed there", self.refused())
        shutil.rmtree(self.folder / "dpkg")
        self.assertIn("status: No such file", self.refused())

    def refused(self, *more: str) -> str:
        code, out, said = self.ask(*more)
        self.assertEqual((code, out), (1, ""), said)
        return said


if __name__ == "__main__":
    unittest.main()
