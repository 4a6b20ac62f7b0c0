"""Requests made from the box's own OpenAPI document, good and broken ones, without end and from a seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable
from urllib.parse import quote

from .api_contract import Contract, Operation
from .frames import frame
from .some_values import SomeValues

Json = dict[str, Any]
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "PROPFIND", "X" * 40)
_NAMES = tuple(f"fuzz-{number}" for number in range(12))  # some of them are accounts sooner or later, so that acts have somebody to act on


@dataclass(frozen=True)
class Shot:
    """What is sent at once. `awaits`: the methods of the requests that may be answered; none: the sender goes away in between.
    `operation`: by what a lone answer is judged. `is_whole`: HTTP allows it, so an answer has to come."""

    kind: str
    octets: bytes
    awaits: tuple[str, ...] = ()
    operation: Operation | None = None
    is_whole: bool = True
    is_of_this_version: bool = True
    closes: bool = False

    @property
    def requests(self) -> int:
        return max(1, len(self.awaits))


@dataclass(frozen=True)
class Whoever:
    """Whose session is shown. `spares`: rights that are not used rightly: what they are for is what the test looks for."""

    token: str = ""
    csrf: str = ""
    shows_secrets: bool = False
    spares: frozenset[str] = frozenset()


class RequestFuzz:
    def __init__(self, contract: Contract, host: str, seed: int | str, costly: set[str]) -> None:
        self._contract = contract
        self._host = host
        self._values = SomeValues(seed)
        self._dice = self._values.dice
        self._who = Whoever()
        self._costly = costly  # operations that nobody who is signed in asks for any more
        kinds: tuple[tuple[int, Callable[[], Shot]], ...] = (
            (34, self._right), (14, self._at_the_edge), (8, self._of_another_type), (3, self._too_much), (5, self._other_method),
            (6, self._unknown_member), (6, self._broken_json), (2, self._deep), (3, self._other_media), (7, self._odd_header),
            (3, self._in_chunks), (2, self._in_broken_chunks), (2, self._of_other_length), (2, self._noise), (2, self._one_after_the_other),
            (2, self._half), (3, self._frames), (5, self._odd_path), (2, self._other_version))
        self._weights = [weight for weight, _ in kinds]
        self._kinds = [kind for _, kind in kinds]

    def next(self, who: Whoever) -> Shot:
        self._who = who
        return self._dice.choices(self._kinds, self._weights)[0]()

    # --- parts

    def _operation(self, has_body: bool = False) -> Operation:
        while True:
            one = self._dice.choice(self._contract.operations)
            is_spared = (self._who.token != "" and (one.name in self._costly or one.takes_secrets != self._who.shows_secrets)
                         or bool(one.rights & self._who.spares))
            if not is_spared and (one.body or not has_body):
                return one

    def _value(self, name: str, schema: Json) -> Any:
        if name == "name" and self._dice.random() < 0.5:
            return self._dice.choice(_NAMES)
        return self._values.right(schema)

    def _target(self, operation: Operation, path: Json | None = None, query: Json | None = None) -> str:
        target = operation.path
        for name, one in operation.parameters("path").items():
            value = (path or {}).get(name, self._value(name, one["schema"]))
            target = target.replace("{" + name + "}", quote(str(value), safe="", errors="surrogatepass"))
        pairs = [(name, self._value(name, one["schema"])) for name, one in operation.parameters("query").items()
                 if one["required"] or self._dice.random() < 0.3]
        pairs += (query or {}).items()
        words = "&".join(f"{quote(name, errors='surrogatepass')}={quote(str(value), errors='surrogatepass')}" for name, value in pairs)
        return self._contract.root + target + ("?" + words if words else "")

    def _members(self, operation: Operation) -> Json | None:
        if not operation.body:
            return None
        needed = operation.body.get("required", ())
        return {name: self._value(name, schema) for name, schema in operation.members.items() if name in needed or self._dice.random() < 0.5}

    def _head(self, method: str, target: str, headers: dict[str, str] | None = None, version: str = "HTTP/1.1") -> str:
        given = {"Host": self._host, "Accept-Language": self._dice.choice(("ja", "en"))}
        if self._who.token:
            given |= {"Cookie": f"__Host-sekisho={self._who.token}", "X-CSRF-Token": self._who.csrf}
        given |= headers or {}
        return f"{method} {target} {version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def _octets(self, method: str, target: str, body: str | bytes | None = None, headers: dict[str, str] | None = None,
                version: str = "HTTP/1.1") -> bytes:
        octets = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body or b""
        given = headers or {}
        if body is not None:
            given = {"Content-Type": "application/json", "Content-Length": str(len(octets))} | given
        return self._head(method, target, given, version).encode("utf-8", "surrogatepass") + b"\r\n" + octets

    def _asks(self, kind: str, operation: Operation, members: Any = None, path: Json | None = None, query: Json | None = None) -> Shot:
        body = None if members is None else json.dumps(members, ensure_ascii=self._dice.random() < 0.5)
        return Shot(kind, self._octets(operation.method, self._target(operation, path, query), body), (operation.method,), operation)

    # --- kinds

    def _right(self) -> Shot:
        operation = self._operation()
        return self._asks("right", operation, self._members(operation))

    def _spoilt(self, kind: str, spoil: Callable[[Json], Any]) -> Shot:
        """One value of the operation's is another one."""
        operation = self._operation()
        places = [(place, name, one["schema"]) for place in ("path", "query") for name, one in operation.parameters(place).items()]
        places += [("body", name, schema) for name, schema in operation.members.items()]
        if not places:
            return self._unknown_member()
        place, name, schema = self._dice.choice(places)
        other = {name: spoil(schema)}
        members = self._members(operation)
        if place == "body":
            return self._asks(kind, operation, (members or {}) | other)
        return self._asks(kind, operation, members, **{place: other})

    def _at_the_edge(self) -> Shot:
        return self._spoilt("edge", self._values.edge)

    def _of_another_type(self) -> Shot:
        return self._spoilt("type", lambda _: self._values.odd() if self._dice.random() < 0.6 else self._values.strange())

    def _too_much(self) -> Shot:
        size = self._dice.choice((5_000, 17_000, 60_000, 70_000))
        operation = self._operation(has_body=True)
        name = self._dice.choice(list(operation.members))
        return self._asks("much", operation, (self._members(operation) or {}) | {name: "x" * size})

    def _other_method(self) -> Shot:
        operation, method = self._operation(), self._dice.choice(_METHODS)
        known = {one.method for one in self._contract.operations if one.path == operation.path}
        method = "PATCH" if method in known else method  # who asks rightly does so elsewhere
        return Shot("method", self._octets(method, self._target(operation)), (method,), operation if method != "HEAD" else None)

    def _unknown_member(self) -> Shot:
        operation = self._operation()
        other = {self._dice.choice(("x", "", "__proto__", "name ", "院", "a" * 300)): self._values.odd()}
        if operation.body and self._dice.random() < 0.5:
            return self._asks("unknown", operation, (self._members(operation) or {}) | other)
        return self._asks("unknown", operation, self._members(operation), query=other)

    def _broken_json(self) -> Shot:
        operation = self._operation(has_body=True)
        text = bytearray(json.dumps(self._members(operation)).encode())
        for _ in range(self._dice.randint(1, 4)):
            at = self._dice.randrange(len(text) + 1)
            text[at:at + self._dice.randint(0, 2)] = self._dice.choice((b"", b"{", b"}", b"[", b",", b'"', b"\\u", b"\xff", b"\0", b"1e999", b"//"))
        return Shot("json", self._octets(operation.method, self._target(operation), bytes(text)), (operation.method,), operation)

    def _deep(self) -> Shot:
        operation, depth = self._operation(has_body=True), self._dice.choice((7, 8, 9, 100, 8_000))
        text = self._dice.choice(('{"a":' * depth, "[" * depth, '{"name":' + "[" * depth + "]" * depth + "}"))
        return Shot("deep", self._octets(operation.method, self._target(operation), text), (operation.method,), operation)

    def _other_media(self) -> Shot:
        operation = self._operation(has_body=True)
        media = self._dice.choice(("text/plain", "", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16",
                                   "multipart/form-data; boundary=x", "APPLICATION/JSON", "application/json;;;", "x" * 500))
        octets = self._octets(operation.method, self._target(operation), json.dumps(self._members(operation)), {"Content-Type": media})
        return Shot("media", octets, (operation.method,), operation)

    def _odd_header(self) -> Shot:
        operation = self._operation()
        name, value = self._dice.choice((
            ("Host", "evil.example"), ("Host", ""), ("Host", self._host + "\r\nHost: evil.example"), ("Origin", "https://evil.example"),
            ("Origin", "null"), ("Cookie", "__Host-sekisho=" + "0" * 64), ("Cookie", "; ;=;a"), ("Cookie", "__Host-sekisho=1; __Host-sekisho=2"),
            ("Cookie", "x=" + "y" * 6_000), ("X-CSRF-Token", "0" * 5_000), ("X-CSRF-Token", ""), ("Idempotency-Key", self._values.strange()[:400]),
            ("Idempotency-Key", "k" * 129), ("Accept-Language", ",;q=,ja;q=9,*" * 100), ("X-Long", "x" * 9_000), ("Authorization", "Basic eDp4"),
            ("Expect", "100-continue"), ("Expect", "the best"), ("Connection", "upgrade, keep-alive"), ("Upgrade", "h2c"), ("X-Odd", "a\x01b"),
            ("X Odd", "1"), ("", "1"), ("Transfer-Encoding", "gzip, chunked"), ("Content-Length", "+1"), ("Content-Length", "0\r\nContent-Length: 1"),
            ("Range", "bytes=0-"), ("TE", "trailers"), ("X-Forwarded-For", "127.0.0.1"), ("X-HTTP-Method-Override", "DELETE")))
        lines = {f"X-{number}": "v" for number in range(self._dice.choice((0, 0, 0, 60, 400)))}
        head = self._head(operation.method, self._target(operation), {name: value} | lines).encode("utf-8", "replace")
        return Shot("header", head + b"\r\n", (operation.method,), None, is_whole=False, closes=True)

    def _in_chunks(self) -> Shot:
        operation = self._operation(has_body=True)
        return self._chunked(operation, json.dumps(self._members(operation)).encode(), b"0\r\n\r\n", "chunks")

    def _in_broken_chunks(self) -> Shot:
        tail = self._dice.choice((b"zz\r\n", b"-1\r\n\r\n", b"FFFFFFFFFFFFFFFFF\r\n", b"5\r\nab\r\n\r\n", b"0\r\nX: " + b"y" * 9_000 + b"\r\n\r\n", b"\0\0\0\0\r\n",
                                  b"1;" + b"e" * 20_000 + b"\r\n"))
        operation = self._operation(has_body=True)
        return self._chunked(operation, b"{}", tail, "broken chunks")

    def _chunked(self, operation: Operation, body: bytes, tail: bytes, kind: str) -> Shot:
        head = self._head(operation.method, self._target(operation), {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})
        pieces, is_good = b"", kind == "chunks"
        while body:
            size = self._dice.randint(1, 50)
            pieces += f"{len(body[:size]):x}\r\n".encode() + body[:size] + b"\r\n"
            body = body[size:]
        # A chunk that never ends is waited for until its sender goes away.
        return Shot(kind, head.encode("utf-8", "replace") + b"\r\n" + pieces + tail, (operation.method,) if is_good else (), operation if is_good else None,
                    is_whole=is_good, closes=not is_good)

    def _of_other_length(self) -> Shot:
        """What is left over is taken for another request; what is missing is waited for."""
        operation = self._operation(has_body=True)
        body = json.dumps(self._members(operation)).encode()
        length = self._dice.choice((0, 1, len(body) - 1, len(body) + 1, 65_537, 2**31, 2**64))
        octets = self._octets(operation.method, self._target(operation), body, {"Content-Length": str(length)})
        return Shot("length", octets, (operation.method,) if length < len(body) or length > 65_536 else (), None, is_whole=False, closes=True)

    def _noise(self) -> Shot:
        noise = self._dice.randbytes(self._dice.choice((1, 20, 500, 9_000)))
        return Shot("noise", noise + self._dice.choice((b"", b"\r\n\r\n")), (), None, is_whole=False, closes=True)

    def _one_after_the_other(self) -> Shot:
        shots = [self._right() for _ in range(self._dice.randint(2, 8))]
        return Shot("pipeline", b"".join(shot.octets for shot in shots), tuple(shot.awaits[0] for shot in shots))

    def _half(self) -> Shot:
        whole = self._right().octets
        return Shot("half", whole[:self._dice.randrange(1, len(whole))], (), None, is_whole=False, closes=True)

    def _frames(self) -> Shot:
        """A WebSocket, and what no page says on it, or says once too often."""
        live = [one for one in self._contract.operations if one.opens_a_websocket]
        if not live:
            return self._half()
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        octets = self._octets("GET", self._target(live[0]), None, upgrade)
        for _ in range(self._dice.randint(1, 6)):
            octets += self._frame(live[0])
        return Shot("frames", octets, (), None, is_whole=False, closes=True)

    def _frame(self, live: Operation) -> bytes:
        watch, unwatch = live.row["x-websocket"]["client"]["oneOf"]
        order = json.dumps(self._values.right(self._dice.choice((watch, watch, unwatch)))).encode()
        return self._dice.choice((frame(1, order), frame(1, order, last=False) + frame(9, b"x") + frame(0, b""), frame(1, order[:-1]),
                                  frame(1, order, masked=False), frame(9, b"?"), frame(8, b"\x03\xe8"), frame(2, order), frame(1, b"\xff"),
                                  frame(1, b"[" * 9_000), self._dice.randbytes(30)))

    def _odd_path(self) -> Shot:
        root = self._contract.root
        path = self._dice.choice(("/", "//", root, root + "/", root + "//session", root + "/session/", root + "/../..", "/..%2f..%2fetc", root + "/accounts/%",
                                  root + "/accounts/%zz/role", root + "/accounts/%00/sessions", root + "/" + "a/" * 2_000, root + "/records?limit=%", "*",
                                  root + "/records?" + "a=b&" * 500, root + "/records?limit=1&limit=2", root + "/openapi.json", "/livez?x", "/readyz?verbose",
                                  f"https://{self._host}{root}/session", root + "/session#x", root + "/accounts/院/sessions", root + "/session?"))
        method = self._dice.choice(("GET", "POST", "DELETE"))
        return Shot("path", self._octets(method, path), (method,), None, is_whole=False)

    def _other_version(self) -> Shot:
        operation = self._operation()
        version = self._dice.choice(("HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1 ", "", "ICY/1.1"))
        return Shot("version", self._octets(operation.method, self._target(operation), None, None, version), (operation.method,), None, is_whole=False,
                    is_of_this_version=False, closes=True)
