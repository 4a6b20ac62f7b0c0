"""The box's API as its own document tells it (OpenAPI 3.1, JSON Schema 2020-12), and nothing else: what may be asked, by whom,
with which values, and what an answer has to look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

Json = dict[str, Any]
Schema = dict[str, Any]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_formats = FormatChecker(formats=())
_formats.checks("date-time")(lambda text: not isinstance(text, str) or _TIME.fullmatch(text) is not None)


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str                     # with "{parameter}"
    row: Json

    @property
    def is_for_anyone(self) -> bool:
        return self.row["x-access"] == ["anyone"]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.row["x-roles"])

    @property
    def rights(self) -> frozenset[str]:
        return frozenset(self.row["x-access"])

    @property
    def status(self) -> int:
        """When it went well."""
        return next(int(code) for code in self.row["responses"] if code.isdecimal())

    @property
    def is_readable(self) -> bool:
        """Somebody may read it, whatever there is to read."""
        return self.method == "GET" and not self.parameters("path") and not self.opens_a_websocket

    @property
    def opens_a_websocket(self) -> bool:
        return "x-websocket" in self.row

    @property
    def needs_csrf(self) -> bool:
        return any(one["name"] == "X-CSRF-Token" for one in self.row["parameters"])

    @property
    def takes_secrets(self) -> bool:
        return any(schema.get("writeOnly") for schema in self.members.values())

    def parameters(self, place: str) -> dict[str, Json]:
        return {one["name"]: one for one in self.row["parameters"] if one["in"] == place}

    @property
    def body(self) -> Schema | None:
        if "requestBody" not in self.row:
            return None
        schema: Schema = self.row["requestBody"]["content"]["application/json"]["schema"]
        return schema

    @property
    def members(self) -> dict[str, Schema]:
        return self.body["properties"] if self.body else {}


class Contract:
    def __init__(self, document: Json) -> None:
        self.document = document
        self.root: str = document["servers"][0]["url"]
        self.roles: tuple[str, ...] = tuple(self._roles())
        self.operations = tuple(
            Operation(row["operationId"], method.upper(), path, row)
            for path, methods in document["paths"].items()
            for method, row in methods.items() if "x-access" in row)
        self._validators: dict[str, Draft202012Validator] = {}

    def _roles(self) -> list[str]:
        return next(row["x-roles"] for methods in self.document["paths"].values() for row in methods.values()
                    if row.get("x-access") == ["session"])

    def operation(self, name: str) -> Operation:
        return next(one for one in self.operations if one.name == name)

    def flaw_of(self, operation: Operation, status: int, media: str, body: Any) -> str:
        """Why that is no answer to the operation; empty: it is one. `body`: None if there is none."""
        responses = operation.row["responses"]
        response = responses.get(str(status), responses["default"])
        if str(status) not in responses and status < 400:
            return f"{status} is no answer of {operation.name}"
        content = response.get("content")
        if content is None or body is None:
            return "" if content is None and body is None else f"{status}: a body where there is none, or none where there is one"
        if media not in content:
            return f"{status}: {media} instead of {', '.join(content)}"
        return self._flaw(content[media]["schema"], body) or self._flaw_of_status(status, body)

    @staticmethod
    def _flaw_of_status(status: int, body: Json) -> str:
        return f"{status}, and the problem says {body['status']}" if status >= 400 and body["status"] != status else ""

    def _flaw(self, schema: Schema, value: Any) -> str:
        key = repr(schema)
        if key not in self._validators:
            Draft202012Validator.check_schema(schema)
            self._validators[key] = Draft202012Validator(schema, resolver=RefResolver("", self.document),
                                                         format_checker=_formats)
        errors = list(self._validators[key].iter_errors(value))
        return f"{errors[0].json_path}: {errors[0].message[:300]}" if errors else ""
