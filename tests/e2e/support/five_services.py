"""A clinic that uses the five services of configs/services through one box, and the table of what stands in the place of each."""

from __future__ import annotations

import select
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Iterable, Iterator

from authority import Authority, Leaf
from lab import namespaces
from lab.pki import Credential
from lab.terminals import Door, Outcome, Terminal

from .dated_box_test import DatedBoxTest, from_now
from .site import Json, ServiceSpec, Site, TenantSpec
from .stand_in import INSTITUTION, NEIGHBOUR, Account, StandIn, StandInEnd, Visit
from .tls_pipe import TlsPipe

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "architecture"))
from service_profiles import is_open, statements  # noqa: E402, F401  (a test asks for them here)

_BOX, _WRAPPED, _PASSED = "10.11.1.1", 8443, 443
LAST_DAY = 20  # of the exceptions, from now; test certificates last longer
_SILENCE = 0.5
PASSWORD = "violet tractor humming"

_BOTH = ("TLS1.2", "TLS1.3")
_STAFF = Account(PASSWORD)
_STAFF_WITH_CERTIFICATE = Account(PASSWORD, INSTITUTION)
_NOWHERE_PRINTED = {
    "connection.names": "one name, set aside for tests",
    "connection.ports": "443/tcp",
    "transport.server_issuer": "an authority of the vendor's own",
}
_ITS_OWN_AUTHORITY = {"client_certificate.issuer": "the authority of the server's certificate"}
_ONE_FOR_EACH = {"client_certificate.scope": "one for each institution"}
_BOTH_VERSIONS = {"transport.versions": "TLS1.2 and TLS1.3"}
# The two that ask the vendor for no certificate of the box: with the terminal's certificate in front, and without it until a day.
_EITHER = ("wrap", "pass_through")
_ANY_MODE = {"connection.mode": "wrap and pass_through"}

STAND_INS = (
    StandIn("medical-note", _EITHER, _BOTH, ssl.CERT_NONE, {"staff": _STAFF},
            _NOWHERE_PRINTED | _ANY_MODE | _BOTH_VERSIONS | {"transport.encrypted": "yes", "client_certificate.required": "no"}),
    StandIn("yadoc", _EITHER, ("TLS1.2",), ssl.CERT_REQUIRED,
            {"staff": _STAFF_WITH_CERTIFICATE, "neighbour": Account(PASSWORD, NEIGHBOUR)},
            _NOWHERE_PRINTED | _ANY_MODE | _ITS_OWN_AUTHORITY | {"transport.versions": "TLS1.2 alone"}),
    StandIn("welby-mycarte", _EITHER, _BOTH, ssl.CERT_NONE, {"staff": _STAFF},
            _NOWHERE_PRINTED | _ANY_MODE | _BOTH_VERSIONS | {"client_certificate.required": "no"}),
    StandIn("medicalcare-station", _EITHER, _BOTH, ssl.CERT_OPTIONAL, {"staff": _STAFF, "chosen": _STAFF_WITH_CERTIFICATE},
            _NOWHERE_PRINTED | _ANY_MODE | _BOTH_VERSIONS | _ITS_OWN_AUTHORITY | _ONE_FOR_EACH),
    StandIn("mdv-cloud", ("pass_through",), _BOTH, ssl.CERT_REQUIRED, {"staff": _STAFF_WITH_CERTIFICATE},
            _NOWHERE_PRINTED | _BOTH_VERSIONS | _ITS_OWN_AUTHORITY | _ONE_FOR_EACH
            | {"connection.mode": "pass_through", "transport.encrypted": "yes", "connection.vpn": "TLS on one port"}, tunnel=True),
)


@dataclass(frozen=True)
class Use:
    """One way of the clinic to a service: a service of the box's configuration, with a desk of its own."""

    of: StandIn
    mode: str

    @property
    def name(self) -> str:
        return f"{self.of.profile}-{'wrapped' if self.is_wrapped else 'passed'}"

    @property
    def desk(self) -> str:
        """The one terminal that may use it."""
        return f"desk-{self.name}"

    @property
    def is_wrapped(self) -> bool:
        return self.mode == "wrap"

    @property
    def is_dated(self) -> bool:
        """It is an exception, or one stands in it."""
        return not self.is_wrapped or self.of.newest == "TLS1.2"


USES = tuple(Use(row, mode) for row in STAND_INS for mode in row.modes)


# What every stand-in has to know of its service, what one with certificates, and what a tunnel.
_ALWAYS = ("connection.mode", "connection.names", "connection.ports", "transport.encrypted", "transport.versions",
           "transport.server_issuer", "client_certificate.required")
_WITH_CERTIFICATES = ("client_certificate.scope", "client_certificate.issuer")


def assumptions_of(row: StandIn) -> set[str]:
    """What a stand-in cannot have from its profile."""
    needed = (*_ALWAYS, *(_WITH_CERTIFICATES if row.certificate is not ssl.CERT_NONE else ()),
              *(("connection.vpn",) if row.tunnel else ()))
    return {key for key in needed if is_open(row.profile, key)}


# --- the clinic

def address_of(row: StandIn) -> str:
    """In the cloud."""
    return f"203.0.113.{50 + STAND_INS.index(row)}"


def source_of(use: Use) -> str:
    """The address of the desk that uses it, where the box knows desks by nothing else."""
    return f"10.11.1.{111 + USES.index(use)}"


TENANT = TenantSpec("karte", _BOX, tuple(ServiceSpec(use.name, 443, 443, (address_of(use.of),)) for use in USES),
                    terminals=tuple(use.desk for use in USES))


def _dated(last_day: datetime, **more: str) -> Json:
    return {"until": last_day.strftime("%Y-%m-%d"), "reason": "the vendor's paper promises no more", "approver": "security"} | more


def _listener(name: str, port: int, mode: str) -> Json:
    return {"name": name, "address": _BOX, "port": port, "services": [use.name for use in USES if use.mode == mode]}


def clinic(site: Site, last_day: datetime) -> Site:
    """Each service in its modes, each for its one desk; two listeners, behind which services are told apart by name."""
    for use in USES:
        site = (site.wrapped("karte", use.name) if use.is_wrapped
                else site.passed_through("karte", use.name, last_day.strftime("%Y-%m-%d"), use.desk, source_of(use)))
        upstream = site.service("karte", use.name)["upstream"]
        upstream["server_name"] = f"{use.of.profile}.cloud.example"
        if use.of.newest == "TLS1.2":
            upstream["profile"] = _dated(last_day, name="HIGH-12")
    tenant = site.tenant("karte")
    tenant["listeners"] = [_listener("wrapped", _WRAPPED, "wrap"), _listener("passed", _PASSED, "pass_through")]
    for rule, use in zip(tenant["rules"], USES):
        rule["terminals"] = [use.desk]
    return site


class FiveServices(DatedBoxTest):
    """One box, made by `raise_box` for all classes of a file."""

    TENANTS = (TENANT,)
    stand_ins: dict[str, StandInEnd]

    @classmethod
    def raise_box(cls) -> None:
        super().setUpClass()

    @classmethod
    def take_down(cls) -> None:
        super().tearDownClass()

    @classmethod
    def setUpClass(cls) -> None:
        """The box is there already."""

    @classmethod
    def tearDownClass(cls) -> None:
        """Others use it after this class."""

    @classmethod
    def shape(cls, site: Site) -> Site:
        return clinic(site, from_now(days=LAST_DAY))

    @classmethod
    def prepare(cls, stack: ExitStack) -> None:
        for use in USES:
            namespaces.add_address(str(cls.lab.namespace("clinic-karte")), "lan0", f"{source_of(use)}/24")
        cls.stand_ins = {row.profile: cls._stand_in(stack, row) for row in STAND_INS}

    @classmethod
    def _stand_in(cls, stack: ExitStack, row: StandIn) -> StandInEnd:
        """With the vendor's authority, which certifies the server and whom it gives certificates."""
        place, name = cls._vendor(row), f"{row.profile}.cloud.example"
        authority = Authority.make(place / "ca", f"{row.profile} CA")
        authority.issue(Leaf(place / "server", "server", name, f"DNS:{name}"))
        for institution in (INSTITUTION, NEIGHBOUR):
            authority.issue(Leaf(place / institution, "client", institution, "URI:urn:example:institution"))
        end = StandInEnd(str(cls.lab.namespace("cloud")), address_of(row), 443, row, Credential(place / "server.pem"), authority.certificate)
        stack.callback(end.close)
        return end

    def setUp(self) -> None:
        super().setUp()
        self.begin()

    def begin(self) -> None:
        """What is seen is seen from now on."""
        self.mark = self.lab.box.records.mark()
        for end in self.stand_ins.values():
            end.visits.clear()

    @contextmanager
    def about(self, use: Use, **more: str) -> Iterator[None]:
        """One of several, with what is seen of it."""
        with self.subTest(use.name, **more):
            self.begin()
            yield

    # --- who is who

    @classmethod
    def _vendor(cls, row: StandIn) -> Path:
        return cls.folder / "vendors" / row.profile

    def institution(self, row: StandIn, name: str = INSTITUTION) -> Credential | None:
        """The certificate that the service gave the clinic, or another clinic; none if it gives none."""
        return None if row.certificate is ssl.CERT_NONE else Credential(self._vendor(row) / f"{name}.pem")

    def own(self, use: Use) -> Credential:
        """The desk's certificate, which the site gave it for the box."""
        return self.keys.tenant("karte").terminal(use.desk)

    def cloud(self, row: StandIn) -> Door:
        return Door(address_of(row), 443, f"{row.profile}.cloud.example", self._vendor(row) / "ca.pem")

    def knock(self, use: Use) -> Door:
        """Where the service's terminals knock at the box, and the name they say there."""
        door, cloud = self.door("karte", use.name), self.cloud(use.of)
        return door if use.is_wrapped else replace(cloud, address=door.address, port=door.port)

    @staticmethod
    def uses(row: StandIn) -> tuple[Use, ...]:
        """In the order of its modes."""
        return tuple(use for use in USES if use.of is row)

    def visits(self, row: StandIn) -> list[Visit]:
        return self.stand_ins[row.profile].visits

    # --- what a desk does

    def asks(self, use: Use, *options: str, desk: Use | None = None, account: str = "staff", shows: Any = ...,
             cloud: Door | None = None) -> Outcome:
        """`desk` (by default its own) asks the service for a page, and shows it `shows` (by default what it gave the clinic)."""
        desk, cloud = desk or use, cloud or self.cloud(use.of)
        inner = self.institution(use.of) if shows is ... else shows
        said = ("--fail", "--user", f"{account}:{PASSWORD}", *options)
        namespace, door = self.lab.namespace("clinic-karte"), self.knock(use)
        if use.is_wrapped:
            return Terminal(namespace, self.own(desk)).curl_through(door, cloud, inner, "/chart", *said)
        # A desk that is known by its certificate may stand anywhere.
        place = () if desk.is_wrapped else ("--interface", source_of(desk))
        return Terminal(namespace, inner).curl(replace(cloud, address=door.address, port=door.port), "/chart", *place, *said)

    def leads_nowhere(self, row: StandIn, name: str) -> None:
        """Neither a tunnel to it is opened nor a hello to it carried."""
        for use in self.uses(row):
            with self.about(use, name=name):
                self.assertFalse(self.asks(use, cloud=replace(self.cloud(row), server_name=name)).succeeded)
                said = {"reason": "connect_elsewhere", "detail": f"{name}:443"} if use.is_wrapped else {"reason": "policy_unknown_name"}
                self.wait_record("session.refused", **said)

    def tunnel(self, use: Use, account: str = "staff", shows: Any = ..., trusts: Path | None = None) -> TlsPipe:
        """A foreign client's, which is up."""
        door = self.knock(use)
        context = ssl.create_default_context(cafile=str(trusts or door.ca))
        inner = self.institution(use.of) if shows is ... else shows
        if inner is not None:
            context.load_cert_chain(inner.certificate, inner.key)
        tunnel = self.open(Terminal(self.lab.namespace("clinic-karte"), None), door, context, source=source_of(use))
        tunnel.send(f"{account}:{PASSWORD}\n".encode())
        self.assertEqual(tunnel.receive_exactly(3), b"up\n")
        return tunnel

    def answers(self, address: str, port: int) -> bool:
        with namespaces.socket_in(self.lab.namespace("clinic-karte")) as knocking:
            knocking.settimeout(_SILENCE)
            return knocking.connect_ex((address, port)) == 0

    def datagrams_from(self, place: str, row: StandIn, ports: Iterable[int]) -> set[int]:
        """The ports at which the service's address hears one from there."""
        with ExitStack() as stack:
            def open_socket(where: str) -> socket.socket:
                return stack.enter_context(namespaces.socket_in(self.lab.namespace(where), kind=socket.SOCK_DGRAM))
            heard, sender = {open_socket("cloud"): port for port in ports}, open_socket(place)
            for one, port in heard.items():
                one.bind((address_of(row), port))
                sender.sendto(b"anybody?", (address_of(row), port))
            arrived: set[int] = set()
            while ready := select.select([one for one in heard if heard[one] not in arrived], [], [], _SILENCE)[0]:
                arrived |= {heard[one] for one in ready}
            return arrived

    # --- what an administrator does

    def complaint_about(self, site: Site) -> str:
        """What is wrong with it; it has to be refused."""
        config = str(site.write(self.folder / "wrong.yaml"))
        said = subprocess.run([self.lab.options.programs.path("sekisho"), "config", "check", config, "--lang", "en"],
                              capture_output=True, text=True)
        self.assertEqual(said.returncode, 1, said)
        return said.stdout + said.stderr
