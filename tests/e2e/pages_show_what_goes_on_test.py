"""A page that an administrator leaves open is told what has changed, over a WebSocket (RFC 6455); what it may see is judged each
time anew (ADM-06), and no page that reads nothing, says nonsense or is forgotten costs the box anything (decision 0041)."""

import asyncio
import json
import os
import socket
import ssl
import time
import unittest
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Awaitable

import websockets
from lab import namespaces
from lab.waiting import wait_for
from support.administered_box import ADDRESS, NAME, PORT, AdministeredBox
from support.administrator import Administrator, Json
from support.api_contract import Contract
from support.frames import frame
from support.https_client import Ended, HttpsClient
from support.page import Page, end_of, frame_in, hear, is_silent, opened_by_hand
from support.request_storm import memory_of

_PING, _TEXT, _CLOSE = 9, 1, 8


class PagesShowWhatGoesOn(AdministeredBox):
    contract: Contract
    context: ssl.SSLContext

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.contract = Contract(cls.first.ask("GET", "/openapi.json").json)
        cls.context = ssl.create_default_context(cafile=str(cls.folder / "pki/management/box-ca.pem"))

    def _page(self, who: Administrator | None = None, **shape: Any) -> Page:
        return Page(str(self.lab.namespace("office")), self.context, self.comes(who or self.first).token, **shape)

    def _client(self, desk: str = "", room: int = 0, patience: float = 20) -> HttpsClient:
        """`room`: octets that its kernel takes at most, or nearly so."""
        def make() -> socket.socket:
            plain = namespaces.socket_in(self.lab.namespace("office"))
            if room:
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
            return plain
        return HttpsClient(make, (ADDRESS, PORT), desk, NAME, self.context, patience)

    @staticmethod
    def _run(work: Awaitable[None]) -> None:
        asyncio.run(asyncio.wait_for(work, 120))  # type: ignore[arg-type]

    def _flaw(self, name: str, answer: Json) -> str:
        operation = self.contract.operation(name)
        return self.contract.flaw_of(operation, operation.status, "application/json", answer)

    # --- tests

    def test_what_has_changed_is_told_and_nothing_else(self) -> None:
        self._run(self._told_of_changes())

    async def _told_of_changes(self) -> None:
        async with self._page().opened() as talk:
            self.assertEqual(talk.extensions, [], "nothing is compressed")
            await talk.send(json.dumps({"watch": "records.find", "values": {"limit": 3, "event": "session.closed"}, "every": 1}))
            before = await hear(talk)
            self.assertEqual((before["watch"], self._flaw("records.find", before["answer"])), (1, ""))
            self.assertTrue(await is_silent(talk, 3), "nothing has changed")
            await asyncio.to_thread(self._session)
            after = await hear(talk)
            self.assertEqual(after["watch"], 1)
            self.assertEqual(after["answer"]["records"][0]["terminal"], "desk-1")
            self.assertNotEqual(after["answer"], before["answer"])
            await talk.send(json.dumps({"unwatch": 1}))
            await talk.send(json.dumps({"watch": "session.show"}))
            shown = await hear(talk)
            self.assertEqual((shown["watch"], shown["answer"]["account"]), (2, "first"))

    def _session(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        near.close()
        far.close()

    def test_a_page_of_another_site_and_whoever_is_not_signed_in_get_none(self) -> None:
        self._run(self._turned_away())

    async def _turned_away(self) -> None:
        nobody = Page(str(self.lab.namespace("office")), self.context, "0" * 64)
        for page, status in ((self._page(origin="https://evil.example"), 403), (self._page(origin="null"), 403), (nobody, 401)):
            with self.assertRaises(websockets.InvalidStatusCode) as refused:
                async with page.opened():
                    pass
            self.assertEqual(refused.exception.status_code, status)

    def test_what_is_no_request_for_one_is_told_so(self) -> None:
        plain = self.comes(self.first).ask("GET", "/live")
        self.assertEqual((plain.status, plain.code, plain.headers["sec-websocket-version"]), (426, "web.upgrade_needed", "13"))
        self.assertEqual(self.first.ask("POST", "/live", {}).status, 405)
        for key, version in (("short", "13"), ("dGhlIHNhbXBsZSBub25jZQ==", "8")):
            with self._client() as client:
                self.assertEqual(opened_by_hand(client, self.first.token, key, version), 426)

    def test_an_administrator_who_ends_the_session_ends_the_page(self) -> None:
        other = self.made("watches", "auditor")
        self._run(self._ended_from_elsewhere(other))

    async def _ended_from_elsewhere(self, other: Administrator) -> None:
        async with self._page(other).opened() as talk:
            await talk.send(json.dumps({"watch": "permissions.show", "every": 1}))
            await hear(talk)
            ended = await asyncio.to_thread(self.comes(self.first).ask, "DELETE", "/accounts/watches/sessions")
            self.assertEqual(ended.status, 204)
            code, said = await end_of(talk)
            self.assertEqual((code, [one["problem"]["code"] for one in said]), (4401, ["account.session_ended"]))

    def test_a_role_sees_what_it_may_see(self) -> None:
        self._run(self._seen_by_role(self.made("sees", "viewer")))

    async def _seen_by_role(self, viewer: Administrator) -> None:
        async with self._page(viewer).opened() as talk:
            for order, code in (({"watch": "records.find"}, "account.forbidden"), ({"watch": "accounts.create"}, "web.not_live"),
                                ({"watch": "nothing.such"}, "web.not_live"), ({"watch": "records.find", "values": {"limit": 0}}, "web.value"),
                                ({"watch": "session.show", "every": 0}, "web.value"), ({"watch": "session.show", "values": {"x": 1}}, "web.value")):
                with self.subTest(order):
                    await talk.send(json.dumps(order))
                    said = await hear(talk)
                    self.assertEqual(said["problem"]["code"], code, said)
            self.assertEqual(said["watch"], 6, "each order has its number")

    def test_pages_and_what_they_watch_are_few(self) -> None:
        self._run(self._few())

    async def _few(self) -> None:
        page = self._page(self.made("few", "viewer"))
        async with page.opened() as talk, page.opened():
            with self.assertRaises(websockets.InvalidStatusCode) as third:
                async with page.opened():
                    pass
            self.assertEqual(third.exception.status_code, 429)
            for number in range(1, 6):
                await talk.send(json.dumps({"watch": "session.show", "every": 60}))
                said = await hear(talk)
                self.assertEqual("problem" in said, number == 5, said)
            for _ in range(30):
                await talk.send(json.dumps({"unwatch": 4000}))
            self.assertEqual((await end_of(talk))[0], 1008)
        async with page.opened():
            pass  # there is room again

    def test_nonsense_is_answered_with_the_end(self) -> None:
        cookie = self.comes(self.first).token
        for octets, code in ((frame(_TEXT, b"{}", masked=False), 1002), (frame(2, b"x"), 1003), (frame(_TEXT, b"\xff"), 1007),
                             (frame(_TEXT, b"x" * 9_000), 1009), (frame(0, b"x"), 1002), (b"\xf1\x80\0\0\0\0", 1002), (frame(_CLOSE, b"\x03\xe8"), 1000)):
            with self.subTest(code, octets=octets[:8]), self._client() as client:
                self.assertEqual(opened_by_hand(client, cookie), 101)
                client.send(octets)
                opcode, payload = frame_in(client)
                self.assertEqual((opcode, int.from_bytes(payload[:2], "big")), (_CLOSE, code))
                with self.assertRaises(Ended):
                    client.take(1)

    def test_texts_come_in_pieces_with_questions_in_between(self) -> None:
        with self._client() as client:
            self.assertEqual(opened_by_hand(client, self.comes(self.first).token), 101)
            for octets in (frame(_TEXT, b'{"watch":', last=False), frame(_PING, b"there?"), frame(0, b'"session', last=False), frame(0, b'.show"}')):
                for at in range(len(octets)):
                    client.send(octets[at:at + 1])
            self.assertEqual(frame_in(client), (10, b"there?"))
            self.assertEqual(json.loads(frame_in(client)[1])["answer"]["account"], "first")

    def test_a_page_that_is_quiet_stays_and_one_that_is_gone_does_not(self) -> None:
        with self._client(patience=90) as gone:
            self.assertEqual(opened_by_hand(gone, self.comes(self.first).token), 101)
            began = time.monotonic()
            self._run(self._quiet(70))
            self.assertEqual(frame_in(gone), (_PING, b""))
            said = [frame_in(gone) for _ in range(2)]
            self.assertEqual(int.from_bytes(said[-1][1][:2], "big") if said[-1][0] == _CLOSE else 0, 1008)
            self.assertLess(time.monotonic() - began, 90)

    async def _quiet(self, seconds: float) -> None:
        async with self._page().opened() as talk:
            self.assertTrue(await is_silent(talk, seconds), "pings are answered by the library")
            await talk.send(json.dumps({"watch": "session.show"}))
            self.assertIn("answer", await hear(talk))

    def test_a_page_that_reads_nothing_is_cut_off_and_costs_no_memory(self) -> None:
        cookie, webd = self.comes(self.first).token, self.lab.box.own_pid("webd")
        before = most = memory_of(webd)
        alone = wait_for("those before to be gone", lambda: self._connections(webd), 10)
        with self._client(room=4096, patience=1) as deaf:
            self.assertEqual(opened_by_hand(deaf, cookie), 101)
            self.assertEqual(self._connections(webd), alone + 1)
            for _ in range(2):  # as many orders as are taken in a second
                deaf.send(frame(_TEXT, json.dumps({"watch": "records.find", "values": {"limit": 1000}, "every": 1}).encode()))
            began = time.monotonic()
            while self._connections(webd) > alone and time.monotonic() - began < 180:
                self.first.ask("GET", "/livez", root="", headers={"Host": "evil.example"})  # a record, so that there is news
                most = max(most, memory_of(webd))
            self.assertGreater(time.monotonic() - began, 10)
            self.assertEqual(self._connections(webd), alone, "what it does not read has filled the way to it, and it is gone")
        self.assertLess(most - before, 6 << 20)
        self.assertEqual(self.lab.box.own_pid("webd"), webd)

    @staticmethod
    def _connections(pid: int) -> int:
        links = []
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                links.append(os.readlink(entry))
        return sum(link.startswith("socket:") for link in links)

    def test_a_controld_that_is_killed_is_told_of_and_so_is_the_session_that_it_knew(self) -> None:
        self._run(self._told_of_another_controld())
        self.wait_until_administered()

    async def _told_of_another_controld(self) -> None:
        async with self._page().opened() as talk:
            await talk.send(json.dumps({"watch": "session.show", "every": 1}))
            self.assertIn("answer", await hear(talk))
            await asyncio.to_thread(self.lab.box.strike, "controld")
            code, said = await end_of(talk, 40)
            self.assertEqual((code, said[-1]["problem"]["code"]), (4401, "account.session_ended"))
            self.assertLessEqual({one["problem"]["code"] for one in said[:-1]}, {"web.unavailable"})

    def test_a_box_that_stops_serving_says_so(self) -> None:
        try:
            self._run(self._told_of_the_end())
        finally:
            self.assertTrue(self.lab.box.publish(self.site.write(self.folder / "again.yaml")).accepted)
            self.wait_until_administered()

    async def _told_of_the_end(self) -> None:
        async with self._page().opened() as talk:
            site = self.site.changed()
            del site.tree["management"]
            published = await asyncio.to_thread(self.lab.box.publish, site.write(self.folder / "without.yaml"))
            self.assertTrue(published.accepted, published.text)
            self.assertEqual((await end_of(talk))[0], 1001)


if __name__ == "__main__":
    unittest.main()
