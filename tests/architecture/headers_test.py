"""Every header compiles alone. One that its own source includes first is proved by that source; the build compiles
each of the others by itself (headers_alone in CMakeLists.txt)."""

from __future__ import annotations

import json
import os
import re
import unittest
from pathlib import Path

import repository

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.MULTILINE)


def headers() -> list[str]:
    return [name for name in repository.cpp_files("gateway", "tests", "firmware", "hardware") if name.endswith(".h")]


def proves(header: str, source: str) -> bool:
    """Does the source include this header before anything else?"""
    first = _INCLUDE.search(source)
    return first is not None and (header == first.group(1) or header.endswith("/" + first.group(1)))


def proved_by_its_source(header: str) -> bool:
    source = header.removesuffix(".h") + ".cpp"
    return source in repository.files() and proves(header, repository.read(source))


def starts_with_pragma_once(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//")]
    return bool(lines) and lines[0].strip() == "#pragma once"


class HeadersTest(unittest.TestCase):
    def test_every_header_compiles_alone(self) -> None:
        alone = Path(os.environ["GW_HEADERS_ALONE"])
        if not alone.is_file():
            self.skipTest("this kind of build leaves it to the preset dev")
        compiled = set(json.loads(alone.read_text(encoding="utf-8")))
        self.assertEqual([name for name in headers() if name not in compiled and not proved_by_its_source(name)], [])

    def test_every_header_is_read_once(self) -> None:
        self.assertEqual([name for name in headers() if not starts_with_pragma_once(repository.read(name))], [])

    def test_an_unproved_header_is_noticed(self) -> None:
        header = "gateway/tls/stream.h"
        self.assertTrue(proves(header, '// why\n#include "tls/stream.h"\n#include <string>\n'))
        self.assertFalse(proves(header, '#include <string>\n#include "tls/stream.h"\n'))
        self.assertFalse(proves(header, '#include "tls/upstream.h"\n'))
        self.assertFalse(starts_with_pragma_once("#include <string>\n#pragma once\n"))


if __name__ == "__main__":
    unittest.main()
