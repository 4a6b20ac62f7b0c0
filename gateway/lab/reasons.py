"""The closed list of reasons a session ends with, and their sentences, read from the product's own table."""

from __future__ import annotations

import re
from pathlib import Path

_TABLE = Path(__file__).resolve().parents[1] / "model" / "close_reasons.def"
_ROW = re.compile(r'^GW_REASON\(\w+,\s*"(\w+)",\s*"([^"]*)"\)', re.MULTILINE)


def sentences() -> dict[str, str]:
    return dict(_ROW.findall(_TABLE.read_text(encoding="utf-8")))
