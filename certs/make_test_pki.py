#!/usr/bin/env python3
"""Makes a throw-away PKI for a configuration: every certificate the box, its terminals and its cloud need.

Reads what `sekisho config show FILE --output json` prints (or any JSON with the same names) and writes

    TENANT/terminal-ca.pem             the tenant's terminals are issued by it
    TENANT/terminals/TERMINAL.pem      a terminal: P-256, URI urn:sekisho:TENANT:TERMINAL, clientAuth
    TENANT/box-ca.pem                  the terminals trust it
    TENANT/SERVICE.pem                 the box toward the terminals
    TENANT/enrolment.pem               the box where the tenant's terminals enrol, if they do
    TENANT/SERVICE-cloud-ca.pem        the service's own anchor
    TENANT/SERVICE-cloud.pem           the cloud service
    TENANT/SERVICE-client.pem          the box toward the cloud service, or the clinic itself where the box does not speak TLS with it
    TENANT/wrong/KIND.pem              with --wrong: terminals that must be refused, see WRONG below
    TENANT/other/KIND.pem              with --wrong: the first terminal with other keys that are strong enough
    TENANT/SERVICE-cloud-rsa.pem       with --wrong: the cloud service with an RSA key

    management/box-ca.pem              administrators' browsers trust it
    management/box.pem                 the box toward administrators, if browsers administer it
    management/admin-ca.pem            administrators' own certificates are issued by it
    management/admins/first.pem        one of them

each with its private key beside it (.key). Never commit what this writes.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable

from authority import EC_P384, RSA_1024, RSA_2048, Authority, Leaf

Json = dict[str, Any]


@dataclass(frozen=True)
class TenantPki:
    """Where one tenant's certificates go, and its terminals' authority."""

    name: str
    folder: Path
    terminal_ca: Authority

    def identity(self, terminal: str) -> str:
        return f"URI:urn:sekisho:{self.name}:{terminal}"

    def wrong(self, kind: str, terminal: str, **changed: Any) -> Leaf:
        right = Leaf(self.folder / "wrong" / kind, "terminal", terminal, self.identity(terminal))
        return replace(right, **changed)


def _expired(pki: TenantPki, terminal: str) -> None:
    now = datetime.now(timezone.utc)
    pki.terminal_ca.issue(pki.wrong("expired", terminal, not_before=now - timedelta(days=20),
                                    not_after=now - timedelta(days=1)))


def _not_yet_valid(pki: TenantPki, terminal: str) -> None:
    now = datetime.now(timezone.utc)
    pki.terminal_ca.issue(pki.wrong("not-yet-valid", terminal, not_before=now + timedelta(days=1)))


def _wrong_ca(pki: TenantPki, terminal: str) -> None:
    Authority.make(pki.folder / "wrong" / "stranger-ca", "Somebody else's CA").issue(pki.wrong("wrong-ca", terminal))


def _lookalike_ca(pki: TenantPki, terminal: str) -> None:
    same_name = Authority.make(pki.folder / "wrong" / "lookalike-ca", _terminal_ca_name(pki.name))
    same_name.issue(pki.wrong("lookalike", terminal))


def _simple(kind: str, **changed: Any) -> Callable[[TenantPki, str], None]:
    return lambda pki, terminal: pki.terminal_ca.issue(pki.wrong(kind, terminal, **changed))


WRONG: dict[str, Callable[[TenantPki, str], None]] = {
    "wrong-ca": _wrong_ca,              # issued by a stranger
    "lookalike": _lookalike_ca,         # issued by a stranger who uses the right CA's name
    "expired": _expired,
    "not-yet-valid": _not_yet_valid,
    "wrong-usage": _simple("wrong-usage", profile="terminal_as_server"),
    "weak-key": _simple("weak-key", key=RSA_1024),
    "sha1": _simple("sha1", digest="sha1"),
    "no-san": _simple("no-san", profile="terminal_without_name"),
    "unknown": lambda pki, terminal: pki.terminal_ca.issue(
        pki.wrong("unknown", "nobody", san=pki.identity("nobody-we-know"))),
}


OTHER = {"rsa-2048": RSA_2048, "p-384": EC_P384}


def _terminal_ca_name(tenant: str) -> str:
    return f"{tenant} terminal CA"


_SAN_KINDS = {"uri": "URI", "dns": "DNS", "email": "email"}


def _terminal_san(tenant: TenantPki, terminal: Json) -> str:
    for kind, value in terminal.get("match", {}).items():
        if kind in _SAN_KINDS:  # one that is known by its address shows none, and gets one all the same
            return f"{_SAN_KINDS[kind]}:{value}"
    return tenant.identity(terminal["name"])


def _make_terminals(tenant: TenantPki, terminals: list[Json], wrong: bool) -> None:
    for terminal in terminals:
        tenant.terminal_ca.issue(Leaf(tenant.folder / "terminals" / terminal["name"], "terminal", terminal["name"],
                                      _terminal_san(tenant, terminal)))
    if wrong and terminals:
        for make in WRONG.values():
            make(tenant, terminals[0]["name"])
        for kind, key in OTHER.items():
            name = terminals[0]["name"]
            tenant.terminal_ca.issue(Leaf(tenant.folder / "other" / kind, "terminal", name,
                                          _terminal_san(tenant, terminals[0]), key))


def _box_names(tenant: Json, service: Json) -> str:
    """The names a terminal may reach this service by: its server names and its listeners' addresses."""
    addresses = {listener["address"] for listener in tenant["listeners"] if service["name"] in listener["services"]}
    names = [f"DNS:{name}" for name in service.get("server_names", [])]
    return ",".join(names + [f"IP:{address}" for address in sorted(addresses)])


def _make_service(folder: Path, tenant: Json, box_ca: Authority, service: Json, wrong: bool) -> None:
    name = service["name"]
    box_ca.issue(Leaf(folder / name, "server", name, _box_names(tenant, service)))
    cloud_ca = Authority.make(folder / f"{name}-cloud-ca", f"{tenant['name']} {name} cloud CA")
    server_name = service["upstream"]["server_name"]
    cloud_ca.issue(Leaf(folder / f"{name}-cloud", "server", server_name, f"DNS:{server_name}"))
    if wrong:
        cloud_ca.issue(Leaf(folder / f"{name}-cloud-rsa", "server", server_name, f"DNS:{server_name}", RSA_2048))
    cloud_ca.issue(Leaf(folder / f"{name}-client", "client", f"{tenant['name']} box",
                        f"URI:urn:sekisho:{tenant['name']}:box"))


def make_tenant(out: Path, tenant: Json, wrong: bool) -> None:
    folder = out / tenant["name"]
    terminal_ca = Authority.make(folder / "terminal-ca", _terminal_ca_name(tenant["name"]))
    _make_terminals(TenantPki(tenant["name"], folder, terminal_ca), tenant["terminals"], wrong)
    box_ca = Authority.make(folder / "box-ca", f"{tenant['name']} box CA")
    for service in tenant["services"]:
        _make_service(folder, tenant, box_ca, service, wrong)
    if enrolment := tenant.get("enrolment"):
        names = [f"DNS:{name}" for name in enrolment["downstream"].get("server_names", [])]
        box_ca.issue(Leaf(folder / "enrolment", "server", "enrolment", ",".join([*names, f"IP:{enrolment['address']}"])))


def make_management(out: Path, management: Json) -> None:
    folder = out / "management"
    names = [f"DNS:{name}" for name in management.get("names", [])]
    box_ca = Authority.make(folder / "box-ca", "box CA for administrators")
    box_ca.issue(Leaf(folder / "box", "server", "administration", ",".join([*names, f"IP:{management['address']}"])))
    admin_ca = Authority.make(folder / "admin-ca", "administrators' CA")
    admin_ca.issue(Leaf(folder / "admins" / "first", "terminal", "first", "email:first@clinic.example"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("site", type=argparse.FileType("r"), help="JSON of `sekisho config show`, - for standard input")
    parser.add_argument("--wrong", action="store_true", help="also the certificates only tests need")
    options = parser.parse_args(arguments)
    site = json.load(options.site)
    for tenant in site["tenants"]:
        make_tenant(options.out, tenant, options.wrong)
    if management := site.get("management"):
        make_management(options.out, management)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
