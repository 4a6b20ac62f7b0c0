"""The profiles of configs/services as tests and pages read them: what a paper says, and what somebody has to be asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

import repository
import yaml

_FOLDER = "configs/services"
Statement = dict[str, str]


def profiles() -> list[str]:
    return [PurePosixPath(name).stem for name in repository.files() if name.startswith(_FOLDER + "/")]


@lru_cache(maxsize=None)
def _said(profile: str) -> dict[str, list[Statement]]:
    groups = yaml.load(repository.read(f"{_FOLDER}/{profile}.yaml"), yaml.BaseLoader)
    return {f"{group}.{key}": said if isinstance(said, list) else [said]
            for group, keys in groups.items() if isinstance(keys, dict) for key, said in keys.items()}


def keys(profile: str) -> list[str]:
    """Of the table of facts (gateway/papers/facts.def), in its order."""
    return list(_said(profile))


def statements(profile: str, key: str) -> list[Statement]:
    return _said(profile)[key]


def _is_open(one: Statement) -> bool:
    return one["is"] == "unknown" or one.get("confirmed") == "no"


def is_open(profile: str, key: str) -> bool:
    """Somebody has to answer, or to confirm what is there."""
    return any(_is_open(one) for one in statements(profile, key))


def owner(profile: str, key: str) -> str:
    """Who has to answer; the vendor confirms what is his own."""
    return next(one.get("owner", "vendor") for one in statements(profile, key) if _is_open(one))


def places(profile: str, key: str) -> list[str]:
    """Where the paper says what is known of it."""
    return list(dict.fromkeys(one["where"] for one in statements(profile, key) if one["is"] != "unknown"))
