"""HTTP/1.1 over TLS by hand, as octets: for requests that no decent client sends, and many of them."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Callable

_HEAD_END = b"\r\n\r\n"


class Broken(Exception):
    """What came is no answer of HTTP/1.1."""


class Ended(Exception):
    """The connection is over, and no answer came."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def closes(self) -> bool:
        return self.headers.get("connection") == "close"


class HttpsClient:
    """One connection. `make`: gives a socket, in whatever namespace."""

    def __init__(self, make: Callable[[], socket.socket], at: tuple[str, int], source: str, name: str, context: ssl.SSLContext,
                 patience: float = 20) -> None:
        plain = make()
        try:
            plain.settimeout(patience)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.bind((source, 0))
            plain.connect(at)
            self._tls = context.wrap_socket(plain, server_hostname=name)
        except BaseException:
            plain.close()
            raise
        self._heard = b""

    def close(self) -> None:
        self._tls.close()

    def __enter__(self) -> HttpsClient:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def send(self, octets: bytes) -> None:
        """Whoever has ended it may have said why before."""
        try:
            self._tls.sendall(octets)
        except (ConnectionError, ssl.SSLError):
            pass

    def receive(self, method: str = "GET") -> Answer:
        """The next answer. A silence longer than the patience is TimeoutError."""
        head = self._until(_HEAD_END)
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ", 2)
        if words[0] != "HTTP/1.1" or len(words) < 2 or not words[1].isdecimal():
            raise Broken(lines[0])
        status = int(words[1])
        if status == 100:
            return self.receive(method)
        headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                raise Broken(line)
            headers[name.lower()] = value.strip()
        has_body = method != "HEAD" and status not in (101, 204)
        body = self._take(int(headers["content-length"])) if has_body else b""
        return Answer(status, headers, body)

    def take(self, size: int) -> bytes:
        """So many octets, whatever they are."""
        return self._take(size)

    def rest(self) -> bytes:
        """Says no more, and hears the box out until the end."""
        with suppress(OSError):
            socket.socket.shutdown(self._tls, socket.SHUT_WR)  # its own would forget the keys
        try:
            while True:
                self._more()
        except Ended:
            return self._heard

    def _more(self) -> None:
        try:
            got = self._tls.recv(65_536)
        except TimeoutError:
            raise
        except (ConnectionError, ssl.SSLError) as error:
            raise Ended from error
        if not got:
            raise Ended
        self._heard += got

    def _until(self, mark: bytes) -> bytes:
        while (at := self._heard.find(mark)) < 0:
            self._more()
        head, self._heard = self._heard[:at], self._heard[at + len(mark):]
        return head

    def _take(self, size: int) -> bytes:
        while len(self._heard) < size:
            self._more()
        body, self._heard = self._heard[:size], self._heard[size:]
        return body
