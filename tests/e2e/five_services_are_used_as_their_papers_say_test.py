"""Five services of which configs/services has the vendors' papers, each used through the box in its modes, and refused where its paper
or the guideline wants it refused. In the place of each stands a server that asks for what the paper says (support/stand_in.py); what
a server needs and no paper says is assumed by name (support/five_services.py)."""

import ssl
import unittest
from dataclasses import replace
from datetime import timedelta

from lab.records import Record
from lab.terminals import Terminal
from support.authorities import fingerprint_of
from support.five_services import (LAST_DAY, PASSWORD, STAND_INS, USES, FiveServices, Use, address_of, assumptions_of, is_open,
                                   statements)
from support.stand_in import INSTITUTION, NEIGHBOUR, Visit
from support.tls_pipe import Truncated

_THE_DAY_AFTER = timedelta(days=LAST_DAY + 2)
_WHETHER = {ssl.CERT_REQUIRED: "yes", ssl.CERT_OPTIONAL: "optional", ssl.CERT_NONE: "unknown"}
_WRAPPED = [use for use in USES if use.is_wrapped]
_PASSED = [use for use in USES if not use.is_wrapped]
_DATED_PARTS = ("until", "reason", "approver")
MEDICAL_NOTE, YADOC, WELBY, STATION, MDV = STAND_INS


def setUpModule() -> None:
    FiveServices.raise_box()
    unittest.addModuleCleanup(FiveServices.take_down)


class AnyOfFiveServicesIsReachedAsAgreed(FiveServices):
    """What holds for all of them, in each mode."""

    def is_refused_for(self, use: Use, reason: str) -> Record:
        """Nobody reached the service meanwhile."""
        record = self.wait_record("session.refused", reason=reason)
        self.assertEqual(self.visits(use.of), [])
        return record

    def test_each_stand_in_assumes_by_name_what_its_profile_leaves_open(self) -> None:
        for row in STAND_INS:
            with self.subTest(row.profile):
                self.assertEqual(assumptions_of(row), set(row.assumed))

    def test_each_stand_in_does_what_its_profile_knows(self) -> None:
        for row in STAND_INS:
            with self.subTest(row.profile):
                self.assertIn(statements(row.profile, "connection.mode")[0]["is"], ("unknown", *row.modes))
                self.assertEqual(statements(row.profile, "client_certificate.required")[0]["is"], _WHETHER[row.certificate])
                known = {one["is"] for one in statements(row.profile, "transport.versions")} - {"unknown"}
                self.assertLessEqual(known, set(row.versions))

    def test_its_record_says_who_went_where_by_which_rule_and_between_whom_tls_was(self) -> None:  # LOG-02
        for use in USES:
            with self.about(use):
                self.asks(use)
                closed = self.wait_record("session.closed", service=use.name)
                door, cloud = self.knock(use), self.cloud(use.of)
                said = {"tenant": "karte", "terminal": use.desk, "rule": f"use-{use.name}", "local": door.address,
                        "local_port": door.port, "server_name": door.server_name, "remote": cloud.address, "remote_port": cloud.port}
                self.assertEqual({key: closed[key] for key in said}, said)
                self.assertRegex(closed["upstream_tls"], rf"^{use.of.newest.replace('TLS', 'TLSv')} \S+ end to end$")
                self.assertGreater(closed["bytes_up"], 0)
                self.assertNotIn("upstream_certificate_sha256", closed, "the box judged no cloud")
                shown = fingerprint_of(self.own(use)).replace(":", "").lower() if use.is_wrapped else None
                self.assertEqual(closed.get("downstream_certificate_sha256"), shown)
                self.assertEqual("downstream_tls" in closed, use.is_wrapped)

    def test_no_record_holds_what_was_asked_for_or_by_whom(self) -> None:  # LOG-08
        for use in USES:
            self.asks(use)
            self.wait_record("session.closed", service=use.name)
        written = self.lab.box.log.read_text()
        self.assertIn(USES[0].desk, written)
        for payload in ("/chart", PASSWORD, "staff", INSTITUTION):
            self.assertNotIn(payload, written)

    def test_the_desk_of_another_use_is_refused(self) -> None:
        for use in USES:
            for other in USES:
                if other is not use:
                    with self.about(use, desk=other.desk):
                        self.assertFalse(self.asks(use, desk=other).succeeded)
                        known = other.mode == use.mode  # by a certificate or by an address, and never by the other
                        self.is_refused_for(use, "policy_no_rule" if known else "policy_unknown_terminal")

    def test_a_desk_without_the_boxs_certificate_reaches_no_wrapped_service(self) -> None:
        for use in _WRAPPED:
            with self.about(use):
                nobody = Terminal(self.terminal_with(None).namespace, None)
                refused = nobody.curl_through(self.knock(use), self.cloud(use.of), self.institution(use.of), "/chart")
                self.assertFalse(refused.succeeded)
                self.is_refused_for(use, "certificate_missing")

    def test_a_tunnel_is_opened_to_no_other_name_or_port(self) -> None:  # WLS-01
        for use in _WRAPPED:
            cloud = self.cloud(use.of)
            elsewhere = [replace(cloud, server_name=self.cloud(row).server_name) for row in STAND_INS if row is not use.of]
            for place in (*elsewhere, replace(cloud, server_name="other.example"), replace(cloud, port=8443)):
                with self.about(use, name=place.server_name):
                    self.assertFalse(self.asks(use, cloud=place).succeeded)
                    self.assertEqual(self.is_refused_for(use, "connect_elsewhere")["detail"], f"{place.server_name}:{place.port}")

    def test_a_tunnel_for_one_name_carries_no_other(self) -> None:
        for use in _WRAPPED:
            with self.about(use):
                cloud = self.cloud(use.of)
                hidden = self.asks(use, "--connect-to", f"other.example:443:{cloud.server_name}:443",
                                   cloud=replace(cloud, server_name="other.example"))
                self.assertFalse(hidden.succeeded)
                self.is_refused_for(use, "inner_name")

    def test_an_address_opens_its_own_name_alone(self) -> None:  # WLS-01
        for use in _PASSED:
            others = {self.cloud(row).server_name: "policy_no_rule" for row in STAND_INS if row is not use.of}
            for name, reason in (others | {"other.example": "policy_unknown_name"}).items():
                with self.about(use, name=name):
                    self.assertFalse(self.asks(use, cloud=replace(self.cloud(use.of), server_name=name)).succeeded)
                    self.is_refused_for(use, reason)

    def test_no_way_leads_past_the_box_and_no_datagram_through_it(self) -> None:  # NET-10
        doors = {(self.knock(use).address, self.knock(use).port) for use in USES}
        self.assertEqual(len(doors), 2)
        for address, port in doors:
            self.assertTrue(self.answers(address, port))
            self.assertFalse(self.answers(address, port + 1), "a port that nobody declared")
        ports = {443, 500, 4500}  # QUIC and DTLS, IPsec's two
        for row in STAND_INS:
            with self.subTest(row.profile):
                self.assertFalse(self.answers(address_of(row), 443), "the cloud itself")
                self.assertEqual(self.datagrams_from("cloud", row, ports), ports)
                self.assertEqual(self.datagrams_from("clinic-karte", row, ports), set())

    def test_tls_older_than_the_services_profile_is_refused(self) -> None:  # NET-02
        for use in USES:
            with self.about(use):
                oldest = "1.1" if use.of.newest == "TLS1.2" else "1.2"
                self.assertFalse(self.asks(use, "--tlsv1.1", "--tls-max", oldest).succeeded)
                self.is_refused_for(use, "inner_tls_version")

    def test_a_cloud_of_that_name_which_the_desk_does_not_trust_gets_no_request(self) -> None:  # SRV-01
        for use in USES:
            with self.about(use):
                stranger = self.cloud(next(row for row in STAND_INS if row is not use.of))
                self.assertFalse(self.asks(use, cloud=replace(self.cloud(use.of), ca=stranger.ca)).succeeded)
                self.assertLess(self.wait_record("session.closed", service=use.name)["bytes_up"], 1000, "a hello and an alert")
                self.assertEqual(self.visits(use.of), [])

    def test_on_the_day_after_its_exception_a_use_is_over_and_the_others_are_not(self) -> None:  # NET-02
        self.clock.goes_ahead(_THE_DAY_AFTER)
        for use in USES:
            with self.about(use):
                self.assertEqual(self.asks(use).succeeded, not use.is_dated)
                if use.is_dated:
                    self.is_refused_for(use, "policy_exception_ended")

    def test_an_exception_without_its_day_reason_or_approver_is_no_configuration(self) -> None:
        for use in _PASSED:
            for part in _DATED_PARTS:
                with self.subTest(use.name, without=part):
                    changed = self.site.changed()
                    changed.service("karte", use.name)["exception"].pop(part)
                    self.assertIn(part, self.complaint_about(changed))


class MedicalNote(FiveServices):
    """No certificate of its own, and a paper that denies in one sentence the encryption that it promises."""

    def test_staff_sign_in_and_the_box_shows_nothing_of_its_own(self) -> None:
        for use in self.uses(MEDICAL_NOTE):
            with self.about(use):
                self.assertTrue(self.asks(use).succeeded)
                self.assertFalse(self.asks(use, account="nobody").succeeded)
                self.assertEqual(self.visits(use.of), [Visit("staff", "", "TLSv1.3", True), Visit("nobody", "", "TLSv1.3", False)])

    def test_nothing_crosses_in_clear_whatever_the_paper_says(self) -> None:  # NET-06
        self.assertTrue(is_open("medical-note", "transport.encrypted"))
        wrapped, _ = self.uses(MEDICAL_NOTE)
        name = self.cloud(MEDICAL_NOTE).server_name
        session = self.open(self.terminal_with(self.own(wrapped)), self.knock(wrapped))
        session.send(f"CONNECT {name}:443 HTTP/1.1\r\nHost: {name}:443\r\n\r\n".encode())
        self.assertIn(b" 200 ", session.receive())
        session.send(b"GET /chart HTTP/1.1\r\nHost: a\r\n\r\n")
        self.wait_record("session.refused", reason="inner_hello_malformed")
        self.assertEqual(self.visits(MEDICAL_NOTE), [])

    def test_pages_for_people_and_sign_in_by_others_are_no_destinations(self) -> None:  # WLS-01
        printed = [one["is"] for one in statements("medical-note", "connection.names")]
        self.assertEqual(len(printed), 4)
        self.assertTrue(is_open("medical-note", "connection.other_sign_in"), "whose hosts the paper does not name")
        for name in (*printed, "sign-in.example"):
            self.leads_nowhere(MEDICAL_NOTE, name)


class YaDoc(FiveServices):
    """Two factors: a password, and the certificate of the institution; TLS 1.2 and no word of 1.3."""

    def test_staff_show_the_institutions_certificate_and_never_the_boxs(self) -> None:
        for use in self.uses(YADOC):
            with self.about(use):
                self.assertTrue(self.asks(use).succeeded)
                self.assertEqual(self.visits(YADOC), [Visit("staff", INSTITUTION, "TLSv1.2", True)])

    def test_a_password_alone_is_refused_by_the_service(self) -> None:
        for use in self.uses(YADOC):
            for what, certificate in {"no certificate": None, "the site's own": self.own(use)}.items():
                with self.about(use, shows=what):
                    self.assertFalse(self.asks(use, shows=certificate).succeeded)
                    self.assertEqual(self.visits(YADOC), [])

    def test_the_certificate_alone_is_refused_as_well(self) -> None:
        for use in self.uses(YADOC):
            with self.about(use):
                self.assertFalse(self.asks(use, account="nobody").succeeded)
                self.assertEqual(self.visits(YADOC), [Visit("nobody", INSTITUTION, "TLSv1.2", False)])

    def test_each_institution_has_a_certificate_of_its_own(self) -> None:
        for use in self.uses(YADOC):
            with self.about(use):
                neighbour = self.institution(YADOC, NEIGHBOUR)
                self.assertFalse(self.asks(use, shows=neighbour).succeeded)
                self.assertTrue(self.asks(use, shows=neighbour, account="neighbour").succeeded)
                self.assertEqual([visit.let_in for visit in self.visits(YADOC)], [False, True])

    def test_without_the_dated_exception_tls_1_2_is_not_let_through(self) -> None:  # NET-02
        strict = self.site.changed()
        for use in self.uses(YADOC):
            strict.service("karte", use.name)["upstream"].pop("profile")
        self.addCleanup(self.publish, self.site)
        self.publish(strict)
        for use in self.uses(YADOC):
            with self.about(use):
                self.assertFalse(self.asks(use).succeeded)
                self.wait_record("session.refused", reason="inner_tls_version", service=use.name)
                self.assertEqual(self.visits(YADOC), [])

    def test_tls_1_2_without_day_reason_or_approver_is_no_configuration(self) -> None:
        for use in self.uses(YADOC):
            for part in _DATED_PARTS:
                with self.subTest(use.name, without=part):
                    changed = self.site.changed()
                    changed.service("karte", use.name)["upstream"]["profile"].pop(part)
                    self.assertIn(part, self.complaint_about(changed))


class Welby(FiveServices):
    """No certificate of its own, and first passwords that come by mail."""

    def test_staff_sign_in_and_the_box_shows_nothing_of_its_own(self) -> None:
        for use in self.uses(WELBY):
            with self.about(use):
                self.assertTrue(self.asks(use).succeeded)
                self.assertFalse(self.asks(use, account="nobody").succeeded)
                self.assertEqual(self.visits(WELBY), [Visit("staff", "", "TLSv1.3", True), Visit("nobody", "", "TLSv1.3", False)])

    def test_whoever_read_the_mail_needs_the_desk_as_well(self) -> None:  # LAN-01
        wrapped, passed = self.uses(WELBY)
        others = {"certificate_missing": None, "certificate_untrusted": self.institution(YADOC), "policy_unknown_terminal": self.own(passed),
                  "policy_no_rule": self.own(self.uses(MEDICAL_NOTE)[0])}
        for reason, credential in others.items():
            with self.about(wrapped, reason=reason):
                refused = self.terminal_with(credential).curl_through(self.knock(wrapped), self.cloud(WELBY), None, "/chart",
                                                                      "--fail", "--user", f"staff:{PASSWORD}")
                self.assertFalse(refused.succeeded)
                self.wait_record("session.refused", reason=reason)
                self.assertEqual(self.visits(WELBY), [])

    def test_whoever_sends_its_mail_and_messages_is_no_destination(self) -> None:  # WLS-01
        senders = [one["is"].lower() for one in statements("welby-mycarte", "service.sub_processors")[1:]]
        self.assertEqual(len(senders), 2)
        for sender in senders:
            self.leads_nowhere(WELBY, f"{sender}.example")


class MedicalCareStation(FiveServices):
    """A clinic may choose that its accounts need a certificate; then the desk has it, and the box does not."""

    def test_an_account_that_chose_the_certificate_needs_both(self) -> None:
        for use in self.uses(STATION):
            with self.about(use):
                self.assertTrue(self.asks(use, account="chosen").succeeded)
                self.assertFalse(self.asks(use, account="chosen", shows=None).succeeded)
                self.assertEqual([(visit.institution, visit.let_in) for visit in self.visits(STATION)], [(INSTITUTION, True), ("", False)])

    def test_an_account_that_did_not_needs_its_password(self) -> None:
        for use in self.uses(STATION):
            with self.about(use):
                self.assertTrue(self.asks(use, shows=None).succeeded)
                self.assertFalse(self.asks(use, shows=None, account="nobody").succeeded)
                self.assertEqual([(visit.institution, visit.let_in) for visit in self.visits(STATION)], [("", True), ("", False)])

    def test_a_certificate_of_another_clinic_or_of_the_site_is_none(self) -> None:
        for use in self.uses(STATION):
            with self.about(use):
                self.assertFalse(self.asks(use, account="chosen", shows=self.institution(STATION, NEIGHBOUR)).succeeded)
                self.assertFalse(self.asks(use, account="chosen", shows=self.own(use)).succeeded)
                self.assertEqual(self.visits(STATION), [Visit("chosen", NEIGHBOUR, "TLSv1.3", False)])


class AForeignClientsTunnelIsLetThroughByItsName(FiveServices):
    """The vendor's own VPN client: the box sees a name, and carries octets until a day."""

    (use,) = (use for use in USES if use.of is MDV)

    def test_octets_go_both_ways_and_the_client_shows_the_clinics_certificate(self) -> None:
        tunnel, octets = self.tunnel(self.use), bytes(range(256)) * 4096
        tunnel.send(octets)
        self.assertEqual(tunnel.receive_exactly(len(octets)), octets)
        tunnel.close()
        self.assertEqual(self.visits(MDV), [Visit("staff", INSTITUTION, "TLSv1.3", True)])
        closed = self.wait_record("session.closed", service=self.use.name)
        self.assertGreater(min(closed["bytes_up"], closed["bytes_down"]), len(octets))

    def test_name_password_and_certificate_are_needed_together(self) -> None:
        with self.assertRaises((OSError, Truncated)):
            self.tunnel(self.use, account="nobody")
        with self.assertRaises((OSError, Truncated)):
            self.tunnel(self.use, shows=None)
        self.assertEqual(self.visits(MDV), [Visit("nobody", INSTITUTION, "TLSv1.3", False)])

    def test_a_false_server_of_its_name_gets_neither_name_nor_password(self) -> None:  # SRV-01
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.tunnel(self.use, trusts=self.cloud(YADOC).ca)
        self.assertEqual(self.visits(MDV), [])

    def test_a_tunnel_that_stands_ends_with_its_exception(self) -> None:  # NET-02
        tunnel = self.tunnel(self.use)
        self.clock.goes_ahead(_THE_DAY_AFTER)
        self.ends_in_time((tunnel, tunnel), "policy_exception_ended", service=self.use.name)


if __name__ == "__main__":
    unittest.main()
