"""g++ 12 destroys some temporaries of a co_await expression twice: they are named first (doc/coroutines.md)."""

from __future__ import annotations

import re
import unittest

import repository

_AWAIT = re.compile(r"\bco_(?:await|yield)\b")
_COROUTINE = re.compile(r"\bco_(?:await|yield|return)\b")
# The `[` of a lambda, not of an index, an attribute or a structured binding.
_LAMBDA = re.compile(r"(?<![\w\)\]\[])\s*\[(?!\[)([^\[\]]*)\]\s*(?:\([^;{}]*?\))?[^;{}()\[\]=]*\{")
_BINDING = re.compile(r"\bauto\s*(?:&&?|const\s*&)?\s*$")


def expression_after(code: str, position: int) -> str:
    """From there to the end of the full expression: its semicolon, or the bracket around it."""
    depth = 0
    for end in range(position, len(code)):
        if code[end] in "([{":
            depth += 1
        elif code[end] in ")]}":
            depth -= 1
        if depth < 0 or (depth == 0 and code[end] == ";"):
            return code[position:end]
    return code[position:]


def unsafe_awaits(name: str, text: str) -> list[str]:
    """co_await expressions with a braced temporary or a capturing lambda inside."""
    code = repository.bare(text)
    found = []
    for match in _AWAIT.finditer(code):
        expression = expression_after(code, match.end())
        captures = any(inner.group(1).strip() for inner in _LAMBDA.finditer(expression))
        if "{" in expression or captures:
            found.append(f"{name}:{repository.line_of(code, match.start())}: {' '.join(expression.split())[:60]}")
    return found


def capturing_coroutines(name: str, text: str) -> list[str]:
    """Lambdas that capture and are coroutines: the captures die before the coroutine does."""
    code = repository.bare(text)
    found = []
    for match in _LAMBDA.finditer(code):
        if not match.group(1).strip() or _BINDING.search(code[: match.start()]):
            continue
        opening = match.end() - 1
        if _COROUTINE.search(code[opening : repository.closing(code, opening)]):
            found.append(f"{name}:{repository.line_of(code, match.start(1))}: [{match.group(1)}]")
    return found


# A reference into a generation, which another one may free while a coroutine waits.
_INTO_GENERATION = re.compile(r"&\s*(\w+)\s*=\s*(?:service\(\)|edition_->|edition\(\)|around_\.edition|snapshot\(\))")


def block_from(code: str, position: int) -> str:
    """From there to the end of the block it stands in."""
    depth = 0
    for end in range(position, len(code)):
        depth += {"{": 1, "}": -1}.get(code[end], 0)
        if depth < 0:
            return code[position:end]
    return code[position:]


def references_over_waits(name: str, text: str) -> list[str]:
    code = repository.bare(text)
    found = []
    for match in _INTO_GENERATION.finditer(code):
        block = block_from(code, match.end())
        wait = _AWAIT.search(block)
        if wait and re.search(rf"\b{match.group(1)}\b", block[expression_end(block, wait.end()) :]):
            found.append(f"{name}:{repository.line_of(code, match.start())}: {match.group(1)}")
    return found


def expression_end(code: str, position: int) -> int:
    return position + len(expression_after(code, position))


class CoroutineTest(unittest.TestCase):
    def test_no_reference_into_a_generation_is_used_after_a_wait(self) -> None:
        found = [line for n in repository.cpp_files("gateway") for line in references_over_waits(n, repository.read(n))]
        self.assertEqual(found, [])

    def test_temporaries_are_named_before_they_are_awaited(self) -> None:
        found = [line for n in repository.cpp_files("gateway", "tests") for line in unsafe_awaits(n, repository.read(n))]
        self.assertEqual(found, [])

    def test_coroutines_are_named_functions(self) -> None:
        found = [
            line for n in repository.cpp_files("gateway", "tests") for line in capturing_coroutines(n, repository.read(n))
        ]
        self.assertEqual(found, [])

    def test_references_over_waits_are_noticed(self) -> None:
        body = "{ const model::Upstream& cloud = service().upstream; auto asked = co_await hear(wake, cloud); %s }"
        self.assertEqual(len(references_over_waits("x", body % "return cloud.port;")), 1)
        self.assertEqual(references_over_waits("x", body % "return asked;"), [])

    def test_traps_are_noticed(self) -> None:
        for trap in (
            "co_await send(Message{1, 2});",
            "const auto x = co_await ask(\n    {service, limit});",
            "if (co_await run([&] { return 1; })) stop();",
            "co_return co_await call(a, Point{1}, b);",
        ):
            self.assertTrue(unsafe_awaits("a.cpp", trap), trap)
        self.assertTrue(capturing_coroutines("a.cpp", "start([this]() -> Task<> { co_await wake_; });"))
        self.assertTrue(capturing_coroutines("a.cpp", "auto f = [&x](int y) -> Detached { co_return; };"))

    def test_what_is_safe_passes(self) -> None:
        for safe in (
            "co_await wake_;",
            "if (co_await ready()) { go({1}); }",
            "while (!done) { co_await (this->*step)(); }",
            "reason = co_await call(values[3], Point(1)); use(Point{1});",
            'co_await say("{");',
        ):
            self.assertFalse(unsafe_awaits("a.cpp", safe), safe)
        self.assertFalse(capturing_coroutines("a.cpp", "auto [a, b] = pair(); Task<> f() { co_await wake_; }"))
        self.assertFalse(capturing_coroutines("a.cpp", "values[index] = 3; if (x) { co_await wake_; }"))


if __name__ == "__main__":
    unittest.main()
