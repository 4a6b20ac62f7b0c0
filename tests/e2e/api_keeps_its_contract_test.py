"""Every operation of the API that the box serves, by every role and by nobody (ADM-06): what comes back is what the box's own
document says (ADM-11). Whatever is added to the document is asked for here too."""

import json
import ssl
import unittest
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

from lab import namespaces
from lab.waiting import wait_for
from support.administered_box import ADDRESS, NAME, PORT, AdministeredBox
from support.administrator import Administrator, Json, Reply
from support.api_contract import Contract, Operation
from support.https_client import Answer, HttpsClient
from support.set_up import sets_up
from support.some_values import SomeValues

# An answer with one of these says that what was asked for was never looked at.
_IN_FRONT = frozenset(("account.session_ended", "web.csrf_token_wrong", "web.value", "web.malformed", "web.media_type", "web.not_found",
                       "web.too_many_requests", "web.origin_foreign", "web.host_foreign"))
_NOBODYS_TOKEN = "0" * 64


class ApiKeepsItsContract(AdministeredBox):
    contract: Contract
    people: dict[str, Administrator]

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        cls.contract = Contract(cls.first.ask("GET", "/openapi.json").json)
        cls.values = SomeValues("contract")
        cls.lab.box.order("isolation", "prove", timeout=300)  # so that there is a proof to read
        sets_up(cls.comes(cls.first))  # likewise a report
        cls._records_packets()
        cls.people = {}
        for number, role in enumerate(cls.contract.roles):
            if role == "noc":  # no account of the box: it comes with a certificate (ADM-08)
                continue
            cls.people[role] = cls.made(f"a-{role.replace('_', '-')}", role, source=cls.desk(20 + number))

    @classmethod
    def _records_packets(cls) -> None:
        asked = cls.first.ask("POST", "/captures", {"interface": "mgmt0", "seconds": 1, "reason": "so that there is a file"})
        assert asked.status == 202, asked
        wait_for("the file", lambda: cls.comes(cls.first).ask("GET", "/captures").json.get("size"), 20)

    # --- asking

    def _target(self, operation: Operation) -> str:
        target = operation.path
        for name, one in operation.parameters("path").items():
            target = target.replace("{" + name + "}", quote(str(self.values.least(one["schema"])), safe=""))
        pairs = [f"{name}={quote(str(self.values.least(one['schema'])))}" for name, one in operation.parameters("query").items() if one["required"]]
        return target + ("?" + "&".join(pairs) if pairs else "")

    def _bodies(self, operation: Operation) -> list[Json | None]:
        """The least that is allowed, with each word of a choice: what a role may do may hang on it."""
        if operation.body is None:
            return [None]
        least = self.values.least(operation.body)
        choices = [(name, word) for name, schema in operation.members.items() for word in schema.get("enum", ()) if name in least]
        return [least | {name: word} for name, word in choices] or [least]

    def _ask(self, who: Administrator, operation: Operation, body: Json | None, **headers: str) -> Reply:
        said = who.ask(operation.method, self._target(operation), body, headers={name.replace("_", "-"): text for name, text in headers.items()})
        flaw = self.contract.flaw_of(operation, said.status, said.headers.get("content-type", "").split(";")[0], self._read(said))
        self.assertEqual(flaw, "", said)
        self.assertLess(said.status, 500, said)
        return said

    @staticmethod
    def _read(said: Reply) -> Any:
        """A file stands for itself."""
        is_json = said.headers.get("content-type", "").split(";")[0].endswith("json")
        return json.loads(said.body) if is_json and said.body else said.body or None

    def _each(self, *, is_for_anyone: bool) -> list[Operation]:
        """Those that a wrong password counts in come last: it locks."""
        found = [one for one in self.contract.operations if one.is_for_anyone == is_for_anyone]
        return sorted(found, key=lambda one: one.takes_secrets)

    # --- tests

    def test_who_is_not_signed_in_gets_nothing_but_the_way_in(self) -> None:
        nobody, stale = self.somebody("nobody", source=self.desk(40)), self.somebody("nobody", source=self.desk(41))
        stale.token = stale.csrf = _NOBODYS_TOKEN
        for operation in self._each(is_for_anyone=False):
            with self.subTest(operation.name):
                for who in (nobody, stale):
                    said = self._ask(who, operation, self._bodies(operation)[0])
                    self.assertEqual((said.status, said.code), (401, "account.session_ended"), said)

    def test_what_anyone_may_ask_needs_no_session(self) -> None:
        for number, operation in enumerate(self._each(is_for_anyone=True)):
            with self.subTest(operation.name):
                said = self._ask(self.somebody("nobody", source=self.desk(50 + number)), operation, self._bodies(operation)[0])
                is_well = said.status == operation.status
                self.assertTrue(is_well or (said.code not in _IN_FRONT and not operation.is_readable), said)

    def test_a_role_may_do_what_the_document_says_and_nothing_else(self) -> None:
        went_well: set[str] = set()
        for role, who in self.people.items():
            for operation in self._each(is_for_anyone=False):
                with self.subTest(operation.name, role=role):
                    said = [self._ask(self.comes(who), operation, body) for body in self._bodies(operation)]
                    self._judge(role, operation, said)
                    went_well |= {operation.name for one in said if one.status == operation.status}
        for operation in self.contract.operations:
            if operation.is_readable and not operation.is_for_anyone:
                self.assertIn(operation.name, went_well, "somebody may read it")

    def _judge(self, role: str, operation: Operation, said: list[Reply]) -> None:
        if role not in operation.roles:
            self.assertEqual({(one.status, one.code) for one in said}, {(403, "account.forbidden")}, said)
            return
        for one in said:
            self.assertTrue(one.status == operation.status or one.code not in _IN_FRONT, one)
        self.assertTrue(any(one.code != "account.forbidden" for one in said), said)

    def test_what_changes_something_shows_the_sessions_own_token(self) -> None:
        other = self.comes(self.people["auditor"])
        for role, who in self.people.items():
            self.comes(who)
            for operation in self.contract.operations:
                if not operation.needs_csrf:
                    continue
                with self.subTest(operation.name, role=role):
                    strange = other.csrf if who is not other else _NOBODYS_TOKEN
                    for csrf in (strange, ""):
                        said = self._ask(who, operation, self._bodies(operation)[0], X_CSRF_Token=csrf)
                        self.assertEqual((said.status, said.code), (403, "web.csrf_token_wrong"), said)

    def test_what_changes_something_comes_from_the_boxs_own_pages(self) -> None:
        who = self.comes(self.people["clinic_admin"])
        for operation in self._each(is_for_anyone=False):
            with self.subTest(operation.name):
                said = self._ask(who, operation, self._bodies(operation)[0], Origin="https://evil.example")
                if operation.method != "GET":
                    self.assertEqual((said.status, said.code), (403, "web.origin_foreign"), said)

    def test_whoever_asks_too_often_is_told_when_to_come_again_and_others_are_served(self) -> None:
        hasty, calm = self.desk(60), self.somebody("nobody", source=self.desk(61))
        refused = [one for _ in range(20) for one in self._ask_at_once(hasty, 12) if one.status == 429]
        self.assertNotEqual(refused, [], "240 requests from one address")
        self.assertEqual(json.loads(refused[0].body)["code"], "web.too_many_requests")
        self.assertEqual(refused[0].headers["retry-after"], "5")
        self.assertEqual(calm.ask("GET", "/session").code, "account.session_ended")

    def _ask_at_once(self, desk: str, count: int) -> list[Answer]:
        context = ssl.create_default_context(cafile=str(self.folder / "pki/management/box-ca.pem"))
        with HttpsClient(lambda: namespaces.socket_in(self.lab.namespace("office")), (ADDRESS, PORT), desk, NAME, context) as client:
            client.send(f"GET {self.contract.root}/session HTTP/1.1\r\nHost: {NAME}:{PORT}\r\n\r\n".encode() * count)
            return [client.receive() for _ in range(count)]


if __name__ == "__main__":
    unittest.main()
