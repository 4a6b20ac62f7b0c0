"""Dependencies go one way (architecture, section 2.1): the include lines say so."""

from __future__ import annotations

import re
import unittest
from pathlib import PurePosixPath

import repository

# Whom a module may include besides itself. An arrow that the architecture does not draw names its decision.
ARROWS: dict[str, set[str]] = {
    "base": set(),
    "metrics": {"base"},  # decisions/0052: values in, text and octets out
    "http": {"base"},  # decisions/0029: values over octets, for EST and for OCSP
    "http2": {"base", "http"},  # decisions/0057: values over octets
    "sys": {"base"},
    "model": {"base"},
    "dns": {"base", "model"},  # decisions/0016: the asking and the answering side read one wire format
    "ipc": {"base", "sys", "model"},  # decisions/0009: messages carry the model's ids
    "config": {"base", "model"},
    "papers": {"base", "model", "config"},  # decisions/0048: a text in, values and questions out
    "packs": {"base", "model", "config", "pki"},  # decisions/0049: a text in, values out; who signed it
    "pki": {"base", "model"},
    "evidence": {"base", "model", "packs", "pki", "backup"},  # decisions/0050: values in, files and sums out; it comes in an archive
    "tls": {"base", "sys", "model", "ipc", "pki"},
    # These never include each other: they meet in ipc messages only.
    "proxy": {"base", "sys", "model", "ipc", "pki", "tls", "http", "http2"},  # decisions/0047, 0057: it hears CONNECT
    "dial": {"base", "sys", "model", "ipc", "dns", "http"},  # decisions/0029: it asks OCSP responders
    "names": {"base", "sys", "model", "ipc", "dns"},
    "keys": {"base", "sys", "model", "ipc", "pki"},
    "token": {"base", "model", "ipc", "keys"},  # decisions/0030: it stands in for a key, in a process of its own
    "ca": {"base", "model", "ipc", "pki", "keys", "config", "backup"},  # decisions/0023, 0027, 0040: it signs with keys, and knows what they sign
    "https": {"base", "sys", "model", "pki", "tls"},  # decisions/0028
    "front": {"base", "sys", "model", "ipc", "tls", "https"},  # decisions/0028: what webd and enrold have in common
    "browsers": {"base", "model"},  # decisions/0047: texts, made of values
    "enrol": {"base", "sys", "model", "ipc", "pki", "est", "tls", "https", "front", "browsers"},
    "est": {"base", "model", "pki", "keys", "ca", "http"},  # decisions/0025: values over octets, so neither tls nor sys
    "net": {"base", "sys", "model", "ipc"},
    "watch": {"base", "sys", "model", "ipc"},
    "capture": {"base", "model", "watch"},  # decisions/0046: frames in, a file's octets out
    "probe": {"base", "sys", "model", "ipc", "pki", "tls", "net", "dial", "proxy"},  # decisions/0014: it uses what it tries
    "store": {"base"},  # decisions/0031: SQLite, and nothing of ours
    "spool": {"base", "store"},  # decisions/0053: octets and a database
    "audit": {"base", "model", "pki"},
    "accounts": {"base", "model", "store"},  # decisions/0032: values and a database, so neither keys nor a network
    "changes": {"base", "model", "store", "pki", "accounts"},  # decisions/0037: values and a database; told what to order
    "orders": {"base", "model", "config", "packs", "pki", "store"},  # decisions/0064: octets in, values out, and a database
    "backup": {"base", "sys", "model", "config", "pki", "keys", "accounts"},  # decisions/0035: octets and a folder, no network
    "bundle": {"base", "sys", "model", "config", "accounts", "backup", "api"},  # decisions/0045: texts and a folder
    "maintenance": {"base", "model", "pki", "store", "accounts"},  # decisions/0036: values and a database
    "review": {"base", "model", "pki", "store", "audit", "accounts"},  # decisions/0036: the same
    "setup": {"base", "pki", "store", "accounts"},  # decisions/0043: the same
    "incidents": {"base", "model", "pki", "store", "accounts", "evidence"},  # decisions/0055: values and a database; pages for print
    "detect": {"base", "model", "store"},  # decisions/0065: records in, tellings out; a database of what is usual
    "api": {"base", "model", "accounts"},  # decisions/0034: who may ask is the accounts' table
    "control": {"base", "sys", "model", "ipc", "pki", "config", "keys", "store", "audit", "accounts", "api", "changes", "orders", "backup", "bundle", "maintenance", "review", "setup", "incidents", "detect", "capture", "evidence", "packs", "papers", "spool", "metrics"},  # decisions/0031: it asks keyd as a one-shot does; 0032, 0034, 0037, 0038, 0040, 0043, 0046, 0050, 0054, 0055, 0064, 0065
    "agent": {"base", "sys", "model", "ipc", "pki", "tls", "http", "metrics"},  # decisions/0054
    "web": {"base", "sys", "model", "ipc", "pki", "tls", "https", "front", "api", "accounts"},  # decisions/0034
    "cli": {"base", "sys", "model", "ipc", "config", "orders", "papers", "packs", "pki", "keys", "ca", "audit", "accounts", "api", "browsers", "evidence"},  # decisions/0009, 0023, 0031, 0039, 0047, 0048, 0049, 0050, 0073
}
# Programs stand on top: they may include any module, but never another program.
PROGRAMS = ("daemons", "oneshots")

# Which files may use a library's headers.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "openssl/ssl.h": ("gateway/tls/", "gateway/probe/resumption"),
    "openssl/": ("gateway/pki/", "gateway/keys/", "gateway/ca/", "gateway/est/", "gateway/tls/",
                 "gateway/probe/resumption", "gateway/accounts/digest.cpp", "gateway/accounts/seal.cpp",
                 "gateway/backup/envelope.cpp", "gateway/backup/recipient.cpp",  # decisions/0035
                 "gateway/https/accept_key.cpp"),  # decisions/0041
    "tss2/": ("gateway/keys/tpm",),
    "p11-kit/": ("gateway/token/cryptoki.h",),
    "sqlite3.h": ("gateway/store/",),
    "nghttp2/": ("gateway/http2/connection.cpp",),  # decisions/0057
    "snappy.h": ("gateway/metrics/compression.cpp",),  # decisions/0052
    "argon2.h": ("gateway/accounts/password.cpp",),  # decisions/0032
    "yaml-cpp/": ("gateway/config/source.cpp",),
    "netlink/": ("gateway/net/",),
    "nftables/": ("gateway/net/rule_loader.cpp",),
    "libnetfilter_log/": ("gateway/watch/refusal_log.cpp",),
    "boost/json/": ("gateway/web/flat_object.cpp", "gateway/api/json_tree.cpp"),  # decisions/0034, 0039: headers alone
    "CLI/": ("gateway/cli/arguments.cpp",),  # decisions/0039: headers alone
    "boost/": ("gateway/http/connect.cpp", "gateway/http/http.cpp", "gateway/https/http.cpp"),  # decisions/0025, 0028, 0029: headers alone, of Beast
}

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)


def room_of(path: str) -> str:
    """The module, or program folder, of a path beneath gateway/."""
    parts = PurePosixPath(path).parts
    return "/".join(parts[:2]) if parts[0] in PROGRAMS else parts[0]


def may_include(room: str, other: str) -> bool:
    if other == room:
        return True
    if room.startswith(PROGRAMS):
        return other in ARROWS
    return other in ARROWS.get(room, set())


def broken_arrows(name: str, code: str) -> list[str]:
    """What an own include line of gateway/... breaks."""
    room = room_of(name.removeprefix("gateway/"))
    found = []
    for kind, target in _INCLUDE.findall(code):
        if kind != '"' or "/" not in target:
            continue  # a neighbour in the same folder
        if not may_include(room, room_of(target)):
            found.append(f"{name}: {room} includes {target}")
    return found


def strange_libraries(name: str, code: str) -> list[str]:
    found = []
    for kind, target in _INCLUDE.findall(code):
        for prefix, rooms in LIBRARIES.items():
            if kind == "<" and target.startswith(prefix):
                if not name.startswith(rooms or ("nowhere",)):
                    found.append(f"{name}: includes <{target}>")
                break
    return found


class LayersTest(unittest.TestCase):
    def test_every_include_follows_an_arrow(self) -> None:
        found = [line for name in repository.cpp_files("gateway") for line in broken_arrows(name, repository.read(name))]
        self.assertEqual(found, [])

    def test_a_library_is_used_in_its_room_only(self) -> None:
        found = [line for name in repository.cpp_files("gateway") for line in strange_libraries(name, repository.read(name))]
        self.assertEqual(found, [])

    def test_every_module_has_its_arrows(self) -> None:
        rooms = {room_of(name.removeprefix("gateway/")) for name in repository.cpp_files("gateway")}
        self.assertEqual({room for room in rooms if not room.startswith(PROGRAMS)} - ARROWS.keys(), set())

    def test_arrows_make_no_circle(self) -> None:
        placed: set[str] = set()
        while placed != ARROWS.keys():
            ready = {room for room, below in ARROWS.items() if below <= placed} - placed
            self.assertTrue(ready, f"a circle among {ARROWS.keys() - placed}")
            placed |= ready

    def test_product_code_includes_no_test(self) -> None:
        tests = re.compile(r'#\s*include\s*["<](tests/|support/|gtest/|gmock/)')
        self.assertEqual([n for n in repository.cpp_files("gateway") if tests.search(repository.read(n))], [])

    def test_a_wrong_arrow_is_noticed(self) -> None:
        self.assertTrue(broken_arrows("gateway/proxy/leg.h", '#include "dial/race.h"'))
        self.assertTrue(broken_arrows("gateway/base/fd.h", '#include "sys/child.h"'))
        self.assertTrue(broken_arrows("gateway/daemons/proxyd/main.cpp", '#include "daemons/supervisor/box.h"'))
        self.assertTrue(strange_libraries("gateway/pki/identity.h", "#include <openssl/ssl.h>"))
        self.assertTrue(strange_libraries("gateway/base/text.cpp", "#include <boost/asio.hpp>"))


if __name__ == "__main__":
    unittest.main()
