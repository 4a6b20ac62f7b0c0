"""What a process cannot do is not even in its file: the libraries each program needs (architecture, section 2.1)."""

from __future__ import annotations

import re
import subprocess
import unittest
from pathlib import Path

import repository

_LANGUAGE = {"libstdc++", "libgcc_s", "libm", "libc", "ld-linux-x86-64", "ld-linux-aarch64"}
_INSTRUMENTS = {"libasan", "libubsan", "libtsan", "libpthread", "libdl", "librt"}  # of a sanitizer build

# Every program, and what it may need besides the language's own libraries.
PROGRAMS: dict[str, set[str]] = {
    "sekisho-supervisor": set(),  # root: no parser of any text format, no cryptography, no netlink
    "sekisho-proxyd": {"libssl", "libcrypto", "libnghttp2"},  # strangers' bytes: nothing that changes rules or reads YAML
    "sekisho-enrold": {"libssl", "libcrypto"},  # strangers' bytes: what it asks for is decided elsewhere
    "sekisho-dialerd": set(),  # sees no session byte, so it has no TLS
    "sekisho-conf-compile": {"libyaml-cpp", "libcrypto"},  # reads text and certificates, no key: no TLS
    "sekisho-watchd": {"libnetfilter_log", "libnfnetlink"},  # changes nothing, so nothing that could
    "sekisho-keyd": {"libcrypto", "libtss2-sys", "libtss2-mu"},  # signs; speaks no TLS itself
    "sekisho-tokend": {"libcrypto"},  # checks what a token signed; the token's library comes at run time
    # Keeps what happened, and administrators' hashes; reads configurations that were confirmed (decisions/0045); has no key and no network.
    "sekisho-controld": {"libcrypto", "libsqlite3", "libargon2", "libyaml-cpp"},
    "sekisho-webd": {"libssl", "libcrypto"},  # browsers' bytes: no database, no accounts, nothing to decide with
    "sekisho-log-verify": {"libcrypto"},  # an auditor's own: a hash and a signature, and nothing else of the box
    "sekisho-evidence-verify": {"libcrypto"},  # of whoever was handed evidence: the same
    "sekisho-backup": {"libcrypto", "libsqlite3"},  # a person's own: opens envelopes, makes a spare's database; no TLS, no YAML
    "sekisho-namesd": set(),  # answers from a table: nothing to ask with, nothing to look up with
    "sekisho-cage": set(),  # becomes what it starts
    "sekisho-net-apply": {"libnl-3", "libnl-route-3", "libnftables"},
    "sekisho-isolation-probe": {"libssl", "libcrypto", "libnghttp2"},  # it stands in a proxyd's place, too
    "sekisho-board": {"libyaml-cpp"},  # reads profiles, and ends
    "sekisho-panel": set(),  # lights and a button: no text format
    "sekisho-erase": {"libcrypto"},  # names the certificates that the box had
    "sekisho-erasure-verify": {"libcrypto"},  # of whoever was handed its paper
    "sekisho-recovery": set(),  # a key on its way from a stick: no cryptography, no network
    "sekisho-slot": {"libcrypto"},  # a bundle's digest; who signed it is for RAUC to judge
    "sekisho-evidence-sign": {"libcrypto"},  # no TLS, no text
    "sekisho-packet-capture": {"libcrypto"},  # strangers' frames: a hash, and nothing to send with
    "sekisho-registrar": {"libcrypto"},  # certifies: no TLS, no text of a configuration, no TPM
    "sekisho-renewer": {"libssl", "libcrypto"},  # a TLS client; its keys are elsewhere
    "sekisho-agent": {"libssl", "libcrypto", "libsnappy"},  # a TLS client; what it carries it does not read
    "sekisho-cage": set(),  # starts what is not ours
    "sekisho": {"libyaml-cpp", "libcrypto", "libqrencode"},  # looks at certificates, makes keys in files, prints; no TLS
}
# One file without loader and libraries: behind the walls of who runs it, it could open neither.
ALONE = {"sekisho-dhcp-lease"}


def needed(dynamic_section: str) -> set[str]:
    """Library names, without version, of `readelf --dynamic`."""
    names = re.findall(r"\(NEEDED\)[^\[]*\[([^\]]+)\]", dynamic_section)
    return {re.sub(r"(-\d+(\.\d+)*)?\.so.*$", lambda m: m.group(1) or "", name) for name in names}


def strange(dynamic_section: str, allowed: set[str]) -> set[str]:
    return needed(dynamic_section) - allowed - _LANGUAGE - _INSTRUMENTS


def dynamic_section_of(program: Path) -> str:
    return subprocess.run(["readelf", "--dynamic", "--wide", str(program)], check=True, capture_output=True, text=True).stdout


def interpreter_of(program: Path) -> str:
    segments = subprocess.run(["readelf", "--segments", "--wide", str(program)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"program interpreter: ([^\]]+)", segments)
    return found.group(1) if found else "no interpreter"


class LinksTest(unittest.TestCase):
    folder = repository.PROGRAMS

    def test_each_program_needs_nothing_beyond_its_list(self) -> None:
        for name, allowed in PROGRAMS.items():
            with self.subTest(name):
                section = dynamic_section_of(self.folder / name)
                self.assertIn("libc", needed(section), "not a program that readelf understands")
                self.assertEqual(strange(section, allowed), set())

    def test_every_program_has_its_list(self) -> None:
        built = {path.name for path in self.folder.glob("sekisho*") if path.is_file()}
        self.assertEqual(built - PROGRAMS.keys() - ALONE, set())

    def test_a_program_that_must_stand_alone_needs_no_other_file(self) -> None:
        for name in ALONE:
            with self.subTest(name):
                section = dynamic_section_of(self.folder / name)
                self.assertEqual(needed(section), set())
                self.assertIn("no interpreter", interpreter_of(self.folder / name))

    def test_programs_cannot_be_moved_or_rewritten_in_memory(self) -> None:
        for name in PROGRAMS.keys() | ALONE:
            with self.subTest(name):
                section = dynamic_section_of(self.folder / name)
                self.assertRegex(section, r"FLAGS_1\).*\bPIE\b")
                self.assertRegex(section, r"\bNOW\b")  # relocations are done, and read-only, before main

    def test_a_strange_library_is_noticed(self) -> None:
        section = " 0x1 (NEEDED) Shared library: [libnl-route-3.so.200]\n 0x1 (NEEDED) Shared library: [libc.so.6]\n"
        self.assertEqual(strange(section, {"libssl"}), {"libnl-route-3"})
        self.assertEqual(strange(section, {"libnl-route-3"}), set())
        self.assertEqual(needed("(NEEDED) Shared library: [libyaml-cpp.so.0.7]"), {"libyaml-cpp"})


if __name__ == "__main__":
    unittest.main()
