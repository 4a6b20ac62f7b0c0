"""What the machine is told to run: programs as they stand in the build tree, on the same paths as here."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kernel import MachineError

Json = dict[str, Any]
_SECONDS = 120.0
_SCRIPT_SECONDS = 400.0
SLOWER = 3.0  # by which an emulated processor may take longer than what a test's limit was made for


@dataclass(frozen=True)
class Order:
    name: str
    command: list[str]
    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    seconds: float = _SECONDS * SLOWER

    @property
    def program(self) -> Path | None:
        """The product's or a test's own program that it starts; None if that is a tool of the host."""
        started = [self.command[0], self.environment.get("GW_BIN", "") + "/sekisho"]
        return next((Path(name) for name in started if Path(name).is_file() and not name.startswith("/usr/")), None)

    def as_json(self) -> Json:
        return asdict(self)


def _properties(test: Json) -> dict[str, Any]:
    return {entry["name"]: entry["value"] for entry in test.get("properties", [])}


def of_ctest(listing: Json, patterns: list[str]) -> list[Order]:
    """Those of `ctest --show-only=json-v1` whose names match."""
    orders = []
    for test in listing["tests"]:
        if not any(re.search(pattern, test["name"]) for pattern in patterns):
            continue
        properties = _properties(test)
        environment = dict(text.split("=", 1) for text in properties.get("ENVIRONMENT", []))
        orders.append(Order(test["name"], test["command"], properties.get("WORKING_DIRECTORY", "/"), environment,
                            properties.get("TIMEOUT", _SECONDS) * SLOWER))
    return orders


def tests_in(listing: str) -> list[str]:
    """Those of a GoogleTest program's --gtest_list_tests."""
    names, suite = [], ""
    for line in listing.splitlines():
        text = line.split("#")[0].rstrip()
        if text.startswith(" "):
            names.append(suite + text.strip())
        elif text.endswith("."):
            suite = text
    return names


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise MachineError(f"`{' '.join(command)}` failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def of_build(build: Path, patterns: list[str]) -> list[Order]:
    listing = json.loads(_said("ctest", "--test-dir", str(build), "--show-only=json-v1"))
    return of_ctest(listing, patterns)


def of_program(program: Path) -> list[Order]:
    """One for each of a GoogleTest program's tests."""
    names = tests_in(_said(str(program), "--gtest_list_tests"))
    return [Order(name, [str(program), f"--gtest_filter={name}"], str(program.parent)) for name in names]


def of_script(script: Path) -> list[Order]:
    """A Python file with unit tests, and the places this process was told: where programs and modules are."""
    told = {name: os.environ[name] for name in ("GW_BIN", "PYTHONPATH") if name in os.environ}
    return [Order(script.stem, ["/usr/bin/python3", "-B", str(script)], "/", told, _SCRIPT_SECONDS * SLOWER)]
