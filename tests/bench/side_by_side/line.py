#!/usr/bin/env python3
"""A line of so many milliseconds to the cloud and back: line.py LISTEN UPSTREAM MILLISECONDS.

Relays connections and hands every byte on half a round trip after it came. The kernel answers a connect on loopback at
once; so that connecting costs its round trip too, nothing is handed to the cloud before a connection is that old.
"""

from __future__ import annotations

import asyncio
import sys


class Line:
    def __init__(self, upstream: str, milliseconds: float) -> None:
        self._host, self._port = upstream.rsplit(":", 1)
        self._round_trip = milliseconds / 1000

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = asyncio.get_running_loop().time()
        there_reader, there_writer = await asyncio.open_connection(self._host, int(self._port))
        await asyncio.gather(self._carry(reader, there_writer, accepted + self._round_trip),
                             self._carry(there_reader, writer, 0.0), return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, not_before: float) -> None:
        loop = asyncio.get_running_loop()
        way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await way.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)

        delivery = asyncio.create_task(deliver())
        data = b"on"
        while data:
            try:
                data = await reader.read(65536)
            except ConnectionError:
                data = b""
            way.put_nowait((max(loop.time(), not_before) + self._round_trip / 2, data))
        await delivery


async def _main(listen: str, upstream: str, milliseconds: str) -> None:
    host, port = listen.rsplit(":", 1)
    server = await asyncio.start_server(Line(upstream, float(milliseconds)).serve, host, int(port), backlog=1024)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:4]))
