"""A page that an administrator has left open: the other end of the box's WebSocket, by a library of another make, and by hand."""

from __future__ import annotations

import asyncio
import json
import ssl
from typing import Any

import websockets
from lab import namespaces

from .administered_box import ADDRESS, NAME, PORT
from .administrator import ROOT
from .https_client import HttpsClient

Json = dict[str, Any]
LIVE = f"{ROOT}/live"


class Page:
    """Of whoever has the cookie; `async with page.opened() as talk`."""

    def __init__(self, namespace: str, context: ssl.SSLContext, cookie: str, origin: str | None = f"https://{NAME}:{PORT}",
                 host: str = f"{NAME}:{PORT}") -> None:
        self._namespace, self._context, self._cookie = namespace, context, cookie
        self._origin, self._host = origin, host

    def opened(self) -> Any:
        plain = namespaces.socket_in(self._namespace)
        plain.connect((ADDRESS, PORT))
        plain.setblocking(False)
        headers = {"Cookie": f"__Host-sekisho={self._cookie}", "Accept-Language": "en"}
        return websockets.connect(f"wss://{self._host}{LIVE}", sock=plain, ssl=self._context, server_hostname=NAME, origin=self._origin,
                                  extra_headers=headers, ping_interval=None, compression="deflate", max_size=2**22)


async def hear(talk: Any, seconds: float = 15) -> Json:
    """The next thing that the box says."""
    said: Json = json.loads(await asyncio.wait_for(talk.recv(), seconds))
    return said


async def is_silent(talk: Any, seconds: float) -> bool:
    try:
        await asyncio.wait_for(talk.recv(), seconds)
    except asyncio.TimeoutError:
        return True
    return False


async def end_of(talk: Any, seconds: float = 20) -> tuple[int, list[Json]]:
    """The code it is closed with, and what is said before."""
    said = []
    try:
        while True:
            said.append(await hear(talk, seconds))
    except websockets.ConnectionClosed:
        return int(talk.close_code or 0), said


def opened_by_hand(client: HttpsClient, cookie: str, key: str = "dGhlIHNhbXBsZSBub25jZQ==", version: str = "13") -> int:
    """The status that comes; after 101 the connection is one of frames."""
    client.send((f"GET {LIVE} HTTP/1.1\r\nHost: {NAME}:{PORT}\r\nCookie: __Host-sekisho={cookie}\r\nConnection: keep-alive, Upgrade\r\n"
                 f"Upgrade: websocket\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
    return client.receive().status


def frame_in(client: HttpsClient) -> tuple[int, bytes]:
    """The next one of the box's: opcode and payload."""
    first, size = client.take(2)
    if size >= 126:
        size = int.from_bytes(client.take(2 if size == 126 else 8), "big")
    return first & 15, client.take(size)
