"""Administrators come by the box's own cable for them, over TLS, with two factors, and may do what their role says (ADM-01, ADM-06,
ADM-11); nobody else gets anywhere, and what happens to the processes behind it hurts no terminal."""

import csv
import hashlib
import io
import json
import subprocess
import unittest
from pathlib import Path

from lab.waiting import wait_for
from support.administered_box import NAME, PORT, AdministeredBox
from support.administrator import Json


class BrowsersAdministerTheBox(AdministeredBox):
    def test_somebody_signs_in_with_two_factors_and_reads(self) -> None:
        self.comes(self.first)
        shown = self.first.ask("GET", "/session")
        self.assertEqual((shown.json["account"], shown.json["role"]), ("first", "clinic_admin"))
        self.assertEqual(shown.headers["cache-control"], "no-store")
        self.assertIn("max-age=", shown.headers["strict-transport-security"])
        self.assertIn("default-src 'none'", shown.headers["content-security-policy"])
        records = self.first.ask("GET", "/records?event=account.signed_in&limit=5")
        self.assertEqual(records.status, 200)
        self.assertEqual(self.first.ask("GET", "/permissions").status, 200)

    def test_records_are_found_by_who_did_it_and_what_came_of_it_and_taken_along_as_a_table(self) -> None:  # LOG-06, LOG-07
        auditor = self.made("reader", "auditor")
        mine = auditor.ask("GET", "/records?administrator=reader").json["records"]
        self.assertEqual({one["administrator"] for one in mine}, {"reader"})
        self.assertIn("account.signed_in", {one["event"] for one in mine})
        self.open().close()
        self.cloud.accept().close()
        ended = self.wait_record("session.closed", 10)
        same = wait_for("the record to be kept", lambda: auditor.ask("GET", f"/records?result={ended['reason']}").json["records"] or None)
        self.assertIn(ended["session"], [one.get("session") for one in same])
        self.assertEqual({one.get("result", one.get("reason")) for one in same}, {ended["reason"]})
        taken = auditor.ask("GET", "/records/table?administrator=reader")
        self.assertEqual(taken.status, 200, taken.body)
        rows = list(csv.DictReader(io.StringIO(taken.body.lstrip("\ufeff"))))
        self.assertEqual([row["number"] for row in rows], [str(one["number"]) for one in reversed(mine)])
        receipt = auditor.ask("GET", "/records?event=records.exported&limit=1").json["records"][0]
        self.assertEqual((receipt["administrator"], receipt["last"]), ("reader", mine[0]["number"]))
        self.assertEqual(self.first.ask("GET", "/records/table").code, "account.forbidden")

    def test_the_cookie_is_out_of_reach_of_other_sites_and_scripts(self) -> None:
        said = self.comes(self.first)
        self.assertNotEqual(said.token, "")
        again = self.somebody("first")
        cookie = again.sign_in(self.first.next_code()).headers["set-cookie"]
        for word in ("__Host-sekisho=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(word, cookie)
        self.assertEqual(again.ask("DELETE", "/session").status, 204)

    def test_a_wrong_second_factor_is_refused_like_anything_else(self) -> None:
        stranger = self.somebody("nobody-here")
        wrong = self.somebody("first")
        answers = [wrong.sign_in("000000"), stranger.sign_in("000000")]
        for answer in answers:
            self.assertEqual((answer.status, answer.code), (401, "account.refused"))
        self.assertEqual(answers[0].body, answers[1].body)

    def test_what_a_browser_of_another_site_sends_is_turned_away(self) -> None:
        self.comes(self.first)
        rebound = self.somebody("first", f"evil.example:{PORT}")
        rebound.options = ("--insecure",)
        self.assertEqual(rebound.ask("GET", "/session").code, "web.host_foreign")
        self.wait_record("web.refused")
        foreign = self.first.ask("POST", "/accounts", {}, headers={"Origin": "https://evil.example"})
        self.assertEqual((foreign.status, foreign.code), (403, "web.origin_foreign"))
        forged = self.first.ask("DELETE", "/session", headers={"X-CSRF-Token": "0" * 64})
        self.assertEqual((forged.status, forged.code), (403, "web.csrf_token_wrong"))
        own = self.first.ask("POST", "/accounts", {}, headers={"Origin": f"https://{NAME}:{PORT}"})
        self.assertEqual((own.status, own.json["at"]), (422, "/body/name"))

    def test_the_document_is_the_one_that_is_kept_with_the_source(self) -> None:
        self.assertEqual(self.comes(self.first).ask("GET", "/openapi.json").json, self._repository_contract())

    @staticmethod
    def _repository_contract() -> Json:
        return json.loads((Path(__file__).resolve().parents[2] / "gateway/api/openapi.json").read_text())

    def _published(self, port: int | None) -> None:
        site = self.site.changed()
        if port is None:
            del site.tree["management"]
        else:
            site.tree["management"]["port"] = port
        published = self.lab.box.publish(site.write(self.folder / "changed.yaml"))
        self.assertTrue(published.accepted, published.text)

    def _answers(self, port: int) -> bool:
        who = self.somebody("first", f"{NAME}:{port}")
        who.options = ("--connect-timeout", "2")
        return who.ask("GET", "/livez", root="").status == 200

    def test_where_it_listens_is_published_like_the_rest_and_no_terminal_notices(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        try:
            self._published(9443)
            self.assertEqual((self._answers(9443), self._answers(PORT)), (True, False))
            self._published(None)
            self.assertEqual((self._answers(9443), self._answers(PORT)), (False, False))
            self.assertEqual(self.lab.box.own_pid("webd"), 0)
        finally:
            self._published(PORT)
        wait_for("controld to be reached", lambda: self.first.ask("GET", "/readyz", root="").status == 200, 30)
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")

    def test_the_same_key_makes_one_account(self) -> None:
        self.comes(self.first)
        body, headers = {"name": "once", "person": "x", "role": "viewer"}, {"Idempotency-Key": "k-1"}
        made = [self.first.ask("POST", "/accounts", body, headers=headers) for _ in range(2)]
        self.assertEqual([one.status for one in made], [201, 201])
        self.assertEqual(made[0].body, made[1].body)
        other = self.first.ask("POST", "/accounts", body | {"name": "twice"}, headers=headers)
        self.assertEqual((other.status, other.code), (422, "web.idempotency_key_reused"))

    def test_a_certificate_of_its_own_is_an_accounts_second_factor(self) -> None:
        keys = self.folder / "pki/management/admins"
        der = subprocess.run(["openssl", "x509", "-in", str(keys / "first.pem"), "-outform", "DER"], check=True,
                             capture_output=True).stdout
        made = self.comes(self.first).ask("POST", "/accounts", {"name": "carries", "person": "x", "role": "auditor"})
        bound = self.first.ask("PUT", "/accounts/carries/certificate", {"certificate": hashlib.sha256(der).hexdigest()})
        self.assertEqual(bound.status, 204, bound)
        carries = self.somebody("carries")
        carries.options = ("--cert", str(keys / "first.pem"), "--key", str(keys / "first.key"))
        done = carries.ask("POST", "/enrolment/finish", {"name": "carries", "code": made.json["code"],
                                                         "password": carries.password})
        self.assertEqual(done.status, 200, done)
        self.assertEqual(carries.sign_in("").status, 201)
        carries.options = ()
        self.assertEqual(carries.ask("GET", "/session").code, "account.session_ended", "it is bound to the certificate")

    def test_a_certificate_of_somebody_elses_authority_gets_no_session(self) -> None:
        stranger, shown = self.somebody("first"), self.keys.tenant("karte").terminal("desk-1")
        stranger.options = ("--cert", str(shown.certificate), "--key", str(shown.key))
        self.assertEqual(stranger.ask("GET", "/livez", root="").status, 0)
        self.wait_record("web.no_session")

    def test_only_the_one_port_answers_administrators_and_terminals_reach_it_from_nowhere(self) -> None:
        self.assertEqual(self.comes(self.first).ask("GET", "/livez", root="").status, 200)
        terminal = self.somebody("first")
        terminal.namespace = str(self.lab.namespace("clinic-karte"))
        terminal.options = ("--connect-timeout", "2")
        self.assertEqual(terminal.ask("GET", "/livez", root="").status, 0)

    def test_a_controld_that_is_killed_signs_everybody_out_and_comes_back(self) -> None:
        self.comes(self.first)
        self.lab.box.strike("controld")
        wait_for("controld to be reached", lambda: self.first.ask("GET", "/readyz", root="").status == 200, 30)
        self.assertEqual(self.first.ask("GET", "/session").code, "account.session_ended")
        self.comes(self.first)

    def test_a_webd_that_is_killed_hurts_no_terminal_and_comes_back(self) -> None:
        near = self.open()
        far = self.cloud.accept()
        self.lab.box.strike("webd")
        near.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        wait_for("webd to be back", lambda: self.somebody("first").ask("GET", "/readyz", root="").status == 200, 30)
        self.comes(self.first)


if __name__ == "__main__":
    unittest.main()
