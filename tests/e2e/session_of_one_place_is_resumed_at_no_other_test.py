"""No TLS session is resumed at the box, whoever gave it out: not another tenant's listener, not the same one, not a server
of the attacker's own; with TLS 1.3, and with TLS 1.2 where an exception lets it be spoken (W4, ISO-07, NET-05)."""

import datetime
import ssl
import unittest
from contextlib import ExitStack

from support.box_test import BoxTest
from support.cloud_end import CloudEnd
from support.site import Site
from support.ticket_office import TicketOffice
from support.tls_pipe import TlsPipe, Truncated

_VERSIONS = (ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2)
_EXCEPTION = {"name": "HIGH-12", "reason": "The terminals of this test speak TLS 1.2.", "approver": "The tests"}
_TENANTS = ("karte", "imaging")


def _first_flight(context: ssl.SSLContext, name: str, session: ssl.SSLSession | None) -> int:
    """How long the ClientHello is: longer by what it offers to resume."""
    outgoing = ssl.MemoryBIO()
    client = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=name, session=session)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return len(outgoing.read())


class SessionOfOnePlaceIsResumedAtNoOther(BoxTest):
    clouds: dict[str, CloudEnd]

    @classmethod
    def shape(cls, site: Site) -> Site:
        until = str(datetime.date.today() + datetime.timedelta(days=90))
        for tenant in _TENANTS:
            for service in site.tenant(tenant)["services"]:
                service["downstream"]["profile"] = _EXCEPTION | {"until": until}
        return site

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        cls.clouds = {tenant: cls.cloud_end(stack, tenant) for tenant in _TENANTS}

    def _context(self, version: ssl.TLSVersion, tenant: str | None) -> ssl.SSLContext:
        """A client that trusts everybody involved, and shows the tenant's certificate if any."""
        context = ssl.create_default_context()
        for name in _TENANTS:
            context.load_verify_locations(self.keys.tenant(name).box_ca())
        context.load_verify_locations(self.keys.tenant("karte").cloud_ca("raw"))
        context.minimum_version = context.maximum_version = version
        context.check_hostname = False  # a session carried elsewhere keeps the name it was made for
        if tenant is not None:
            own = self.keys.tenant(tenant).terminal("desk-1")
            context.load_cert_chain(own.certificate, own.key)
        return context

    def _knock(self, context: ssl.SSLContext, tenant: str, session: ssl.SSLSession | None) -> TlsPipe:
        return self.open(self.terminal(tenant), self.door(tenant), context, session)

    def _full_session(self, context: ssl.SSLContext, tenant: str, offered: ssl.SSLSession | None) -> ssl.SSLSession | None:
        """A handshake in full that carries bytes both ways, so that whatever is given out has come."""
        pipe = self._knock(context, tenant, offered)
        self.assertFalse(pipe.session.session_reused)
        far = self.clouds[tenant].accept()
        pipe.send(b"there")
        self.assertEqual(far.receive_exactly(5), b"there")
        far.send(b"back")
        self.assertEqual(pipe.receive_exactly(4), b"back")
        return pipe.session.session

    def _foreign(self, context: ssl.SSLContext, version: ssl.TLSVersion, tickets: bool = True) -> ssl.SSLSession:
        """A session of an attacker's own server, which resumes it willingly."""
        office = TicketOffice(self.keys.tenant("karte").cloud("raw"), version, tickets)
        self.addCleanup(office.close)
        session, _ = office.visit(context, self.door("karte").server_name)
        assert session is not None
        self.assertTrue(office.visit(context, self.door("karte").server_name, session)[1])
        return session

    # --- what the box gives out

    def test_box_gives_out_nothing_to_resume(self) -> None:
        for version in _VERSIONS:
            with self.subTest(version=version.name):
                session = self._full_session(self._context(version, "karte"), "karte", None)
                self.assertFalse(session is not None and session.has_ticket)
                self.assertEqual(session.id if session is not None and version == ssl.TLSVersion.TLSv1_2 else b"", b"")

    # --- what the box takes

    def test_session_of_the_same_listener_begins_anew(self) -> None:
        for version in _VERSIONS:
            context = self._context(version, "karte")
            with self.subTest(version=version.name):
                self._full_session(context, "karte", self._full_session(context, "karte", None))

    def test_session_of_one_tenant_opens_nothing_at_the_other(self) -> None:
        for version in _VERSIONS:
            context = self._context(version, "karte")
            session = self._full_session(context, "karte", None)
            with self.subTest(version=version.name):
                self._assert_refused(context, session, "certificate_untrusted")

    def test_foreign_session_is_offered_and_begins_anew(self) -> None:
        for version, tickets in ((_VERSIONS[0], True), (_VERSIONS[1], True), (_VERSIONS[1], False)):
            context = self._context(version, "karte")
            session = self._foreign(context, version, tickets)
            name = self.door("karte").server_name
            with self.subTest(version=version.name, tickets=tickets):
                if tickets:
                    self.assertGreater(_first_flight(context, name, session), _first_flight(context, name, None) + 50)
                self._full_session(context, "karte", session)

    def test_foreign_session_is_no_certificate(self) -> None:
        for version in _VERSIONS:
            context = self._context(version, None)
            session = self._foreign(context, version)
            with self.subTest(version=version.name):
                self._assert_refused(context, session, "certificate_missing")

    def _assert_refused(self, context: ssl.SSLContext, session: ssl.SSLSession | None, reason: str) -> None:
        self.mark = self.lab.box.records.mark()
        before = self.clouds["imaging"].accepted
        with self.assertRaises((ssl.SSLError, Truncated, OSError)):
            self._knock(context, "imaging", session).receive()
        self.assertEqual(self.wait_record("session.refused", seconds=20)["reason"], reason)
        self.assertEqual(self.clouds["imaging"].accepted, before)


if __name__ == "__main__":
    unittest.main()
