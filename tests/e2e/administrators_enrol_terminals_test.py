"""Administrators have terminals enrolled by the API as root does at the box: a ticket, the certificates, and their end (LAN-01, CRT-04,
CRT-07). Who did it is in the record; the ticket is in none (LOG-01)."""

import time
import unittest
from contextlib import ExitStack

from lab.pki import Credential
from support import authorities, est_device, site_ca
from support.administered_box import AdministeredBox
from support.administrator import Administrator, Json, Reply
from support.site import Site
from support.tls_pipe import TlsPipe

_AT_MOST = 5.0  # seconds
_WHY = {"reason": "a new tablet"}


def _digest_of(credential: Credential) -> str:
    return authorities.fingerprint_of(credential).replace(":", "").lower()


class AdministratorsEnrolTerminals(AdministeredBox):
    authority: str

    @classmethod
    def shape(cls, site: Site) -> Site:
        est_device.let_ask(site)
        return super().shape(site)

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        super().prepare(stack)
        early = cls.comes(cls.first).ask("POST", "/terminals/karte/desk-1/ticket", _WHY)
        assert (early.status, early.code) == (409, "site_ca.missing"), early
        cls.authority = _digest_of(Credential(site_ca.found_for(cls)))

    def ask(self, method: str, path: str, body: Json | None = None, status: int = 200, **headers: str) -> Json:
        said = self.comes(self.first).ask(method, path, body, headers={name.replace("_", "-"): text for name, text in headers.items()})
        self.assertEqual(said.status, status, f"{method} {path}: {said.body}")
        return said.json if said.body else {}

    def _invite(self, name: str) -> Json:
        return self.ask("POST", f"/terminals/karte/{name}/ticket", _WHY, 201)

    def _enrolled(self, name: str, folder: str) -> Credential:
        place = est_device.request_in(self.folder / folder)
        status, answer = est_device.by_ticket(self, place, name, self._invite(name)["code"])
        self.assertEqual(status, 200, answer)
        return est_device.kept(place, answer)

    def _renewed(self, before: Credential, folder: str) -> Credential:
        place = est_device.request_in(self.folder / folder)
        status, answer = est_device.by_certificate(self, place, before)
        self.assertEqual(status, 200, answer)
        return est_device.kept(place, answer)

    def _certificates(self, name: str) -> list[Json]:
        given = self.ask("GET", f"/terminals/certificates?tenant=karte&terminal={name}")
        self.assertEqual(given["authority"], self.authority)
        self.assertEqual(given["all"], len(given["certificates"]))
        return list(given["certificates"])

    def _session(self, credential: Credential) -> TlsPipe:
        near = self.open(self.terminal_with(credential))
        far = self.cloud.accept()
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        return near

    # --- the tests

    def test_a_terminal_is_invited_comes_by_itself_and_is_shut_out_again(self) -> None:
        ticket = self._invite("desk-1")
        self.assertEqual((ticket["place"], ticket["authority"]), (est_device.PLACE, self.authority))
        self.assertGreater(ticket["until"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6 * 86_400)))
        told = self.wait_record("ticket.made", terminal="karte/desk-1")
        self.assertEqual((told["administrator"], told["role"], told["detail"]), ("first", "clinic_admin", "a new tablet"))
        self.assertEqual(told["source"], "local", "by the cable for administrators")
        self.assertNotEqual(told["admin_session"], "")

        place = est_device.request_in(self.folder / "first")
        status, answer = est_device.by_ticket(self, place, "desk-1", ticket["code"])
        self.assertEqual(status, 200, answer)
        device = est_device.kept(place, answer)
        again = est_device.request_in(self.folder / "again")
        self.assertEqual(est_device.by_ticket(self, again, "desk-1", ticket["code"])[0], 401, "a ticket is good once")
        session = self._session(device)
        [row] = self._certificates("desk-1")
        self.assertEqual((row["state"], row["certificate"]), ("valid", _digest_of(device)))
        self.assertLess(row["from"], row["until"])

        began = time.monotonic()
        self.ask("POST", "/terminals/karte/desk-1/revoke", {"certificate": row["certificate"], "reason": "it was lost"}, 204)
        self.ends(session)
        self.assertLess(time.monotonic() - began, _AT_MOST)
        told = self.wait_record("terminal.revoked", terminal="karte/desk-1")
        self.assertEqual((told["administrator"], told["detail"], told["name"]), ("first", "it was lost", f"serial {row['serial']}"))
        self.is_refused(device, "terminal_blocked")
        [row] = self._certificates("desk-1")
        self.assertEqual((row["state"], "revoked" in row), ("revoked", True))
        self._holds_no_secret(ticket["code"])

    def _holds_no_secret(self, code: str) -> None:
        """Neither what the box wrote, nor its records, nor what it keeps."""
        box = self.lab.box
        files = [box.log, *(one for one in (box.run_folder / "state").rglob("*") if one.is_file())]
        self.assertGreater(len(files), 5)
        self.assertEqual([one for one in files if code.encode() in one.read_bytes()], [])
        self.assertNotIn(code, str(self.ask("GET", "/records?limit=1000")))

    def test_one_of_two_certificates_is_revoked_and_the_other_serves_on(self) -> None:
        before = self._enrolled("desk-2", "before")
        session = self._session(before)
        after = self._renewed(before, "after")
        kept = self._session(after)
        self.assertEqual([row["state"] for row in self._certificates("desk-2")], ["valid", "superseded"])
        one = {"certificate": _digest_of(before), "reason": "the old tablet"}
        self.ask("POST", "/terminals/karte/desk-2/revoke", one, 204)
        self.ends(session)
        self.is_refused(before, "terminal_blocked")
        kept.send(b"still there")
        self._session(after)
        gone = self.first.ask("POST", "/terminals/karte/desk-2/revoke", one)
        self.assertEqual((gone.status, gone.code), (404, "register.terminal_unknown"))
        self.ask("POST", "/terminals/karte/desk-2/revoke", {"reason": "all of it"}, 204)
        self.is_refused(after, "terminal_blocked")
        self.assertEqual({row["state"] for row in self._certificates("desk-2")}, {"revoked"})

    def test_a_question_that_is_sent_twice_makes_one_ticket(self) -> None:
        first = self.ask("POST", "/terminals/karte/desk-2/ticket", _WHY, 201, Idempotency_Key="tablet-7")
        self.assertEqual(self.ask("POST", "/terminals/karte/desk-2/ticket", _WHY, 201, Idempotency_Key="tablet-7"), first)
        self.assertNotEqual(self._invite("desk-2")["code"], first["code"], "without its key it is another one")

    def test_nobody_but_the_clinics_own_administrators_may(self) -> None:
        unknown = self.comes(self.first).ask("POST", "/terminals/karte/nobody-there/ticket", _WHY)
        self.assertEqual((unknown.status, unknown.code), (404, "cut.unknown_name"))
        for number, role in enumerate(("viewer", "approver", "auditor")):
            other = self.made(f"{role}-1", role, source=self.desk(40 + number))
            for path in ("/terminals/karte/desk-1/ticket", "/terminals/karte/desk-1/revoke"):
                self._is_forbidden(other, other.ask("POST", path, _WHY))
            self.assertEqual(other.ask("GET", "/terminals/certificates").status, 200, "everybody sees them")

    def _is_forbidden(self, who: Administrator, said: Reply) -> None:
        self.assertEqual((said.status, said.code), (403, "account.forbidden"), who.name)
        self.wait_record("account.forbidden", administrator=who.name)


if __name__ == "__main__":
    unittest.main()
