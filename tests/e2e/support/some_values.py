"""Values made from a JSON Schema: such as it allows, such as stand at its edges, and such as it does not allow. From a seed."""

from __future__ import annotations

import random
import re._constants as kinds
import re._parser as patterns
import string
from typing import Any

Schema = dict[str, Any]

_LETTERS = string.ascii_letters + string.digits + " -_."
_STRANGE = ("", "\0", "\x1f", "院", "\u202e", "\ud83d\ude00", "' OR 1=1 --", "<script>", "%00", "../../etc/passwd", "\\", '"', "{{7*7}}",
            "A" * 300, "-1", "NaN", "null", "\ufeff", "é" * 64)
_ODD = (None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, 2**64, -2**63, 1.5, 1e308, "", "x", [], [1], [[]], {}, {"a": {"b": []}})
_LONGEST = 40  # of a text that is only to be right


class SomeValues:
    def __init__(self, seed: int | str) -> None:
        self.dice = random.Random(seed)

    # --- allowed

    def right(self, schema: Schema) -> Any:
        if "enum" in schema:
            return self.dice.choice(schema["enum"])
        make = {"string": self._text, "integer": self._number, "boolean": self._flag, "array": self._list, "object": self._object}
        return make[schema["type"]](schema)

    def least(self, schema: Schema) -> Any:
        """The smallest that is allowed."""
        if "enum" in schema:
            return schema["enum"][0]
        if schema["type"] == "integer":
            return schema.get("minimum", 0)
        if schema["type"] == "object":
            return {name: self.least(schema["properties"][name]) for name in schema.get("required", ())}
        if schema["type"] == "array":
            return [self.least(schema["items"])] * schema.get("minItems", 0)
        return self.right(schema) if schema["type"] != "boolean" else False

    def _text(self, schema: Schema) -> str:
        if schema.get("format") == "date-time":
            return f"20{self.dice.randrange(10, 99)}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}T08:30:00+09:00"
        low, high = schema.get("minLength", 0), min(schema.get("maxLength", _LONGEST), _LONGEST)
        if "pattern" in schema:
            return self._like(schema["pattern"], low, schema.get("maxLength", 1000))
        return "".join(self.dice.choices(_LETTERS, k=self.dice.randint(low, max(low, high))))

    def _number(self, schema: Schema) -> int:
        low, high = schema.get("minimum", 0), schema.get("maximum", 2**31)
        return self.dice.randint(low, min(high, low + self.dice.choice((0, 3, 30, high - low))))

    def _flag(self, schema: Schema) -> bool:
        return self.dice.random() < 0.5

    def _list(self, schema: Schema) -> list[Any]:
        low = schema.get("minItems", 0)
        return [self.right(schema["items"]) for _ in range(self.dice.randint(low, min(schema.get("maxItems", 3), low + 3)))]

    def _object(self, schema: Schema) -> dict[str, Any]:
        needed = schema.get("required", ())
        return {name: self.right(one) for name, one in schema.get("properties", {}).items() if name in needed or self.dice.random() < 0.5}

    def _like(self, pattern: str, low: int, high: int) -> str:
        for _ in range(100):
            text = "".join(self._piece(kind, value) for kind, value in patterns.parse(pattern))
            if low <= len(text) <= high:
                return text
        raise AssertionError(f"nothing of {low} to {high} characters is like {pattern}")

    def _piece(self, kind: Any, value: Any) -> str:
        if kind == kinds.LITERAL:
            return chr(value)
        if kind == kinds.IN:
            return self._piece(*self.dice.choice(value))
        if kind == kinds.RANGE:
            return chr(self.dice.randint(*value))
        if kind == kinds.SUBPATTERN:
            return "".join(self._piece(*one) for one in value[-1])
        if kind == kinds.MAX_REPEAT:
            low, high, inner = value
            return "".join(self._piece(*one) for _ in range(self.dice.randint(low, min(int(high), low + 8))) for one in inner)
        if kind == kinds.AT:
            return ""
        raise AssertionError(f"a pattern with {kind} is more than is understood here")

    # --- at the edges, and beyond

    def edge(self, schema: Schema) -> Any:
        """At a bound, or one beyond it."""
        step = self.dice.choice((-1, 0, 1))
        if schema.get("type") == "integer":
            return self.dice.choice((schema.get("minimum", 0), schema.get("maximum", 2**63))) + step
        if schema.get("type") == "string" and "maxLength" in schema:
            size = max(0, self.dice.choice((schema.get("minLength", 0), schema["maxLength"])) + step)
            return self.dice.choice("aé0院") * size
        if schema.get("type") == "array":
            size = max(0, self.dice.choice((schema.get("minItems", 0), schema.get("maxItems", 40))) + step)
            return [self.right(schema["items"]) for _ in range(size)]
        return self.odd()

    def odd(self) -> Any:
        """Of whatever type."""
        return self.dice.choice(_ODD)

    def strange(self) -> str:
        return self.dice.choice(_STRANGE)
