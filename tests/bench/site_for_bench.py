#!/usr/bin/env python3
"""Prints the box's configuration for a measurement, as JSON, which is YAML too.

With several tenants each has an address, a service and a compartment of its own: the first listens on --listen, the
others on 127.1.x.y with the same port. With several rules there is one terminal a rule; the one that the load plays
comes last. Certificates are those that side_by_side/pki.py makes; tenants share no key.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from typing import Any

UNLIMITED = {"sessions": 20000, "sessions_per_terminal": 20000, "sessions_per_source": 20000, "handshakes": 4096,
             "connections": "100000 per s", "connections_per_terminal": "100000 per s",
             "connections_per_source": "100000 per s"}


def addresses(listen: str, tenants: int) -> list[str]:
    return [listen] + [f"127.1.{i // 250}.{1 + i % 250}" for i in range(1, tenants)]


def _profile(name: str) -> str | dict[str, str]:
    if name == "HIGH-13":
        return name
    until = (date.today() + timedelta(days=300)).isoformat()
    return {"name": name, "until": until, "reason": "measured beside peers", "approver": "bench"}


def _terminals(rules: int) -> list[dict[str, Any]]:
    others = [{"name": f"other-{i}"} for i in range(1, rules)]
    return others + [{"name": "client", "match": {"dns": "client.bench"}}]


def _credential(role: str, tenant: int) -> dict[str, str]:
    stem = f"certs/{role}" if tenant == 0 else f"certs/{role}-{tenant}"
    return {"certificate": f"{stem}.pem", "key": f"{stem}.key"}


def _service(tenant: int, options: argparse.Namespace) -> dict[str, Any]:
    host, port = options.upstream.rsplit(":", 1)
    return {
        "name": "backend",
        "downstream": _credential("server", tenant) | {"profile": _profile(options.profile)},
        "upstream": _credential("upstream", tenant) | {
            "server_name": "backend.bench", "port": int(port), "addresses": [host], "anchors": "certs/ca.pem",
            "profile": _profile(options.profile), "resume": options.resume},
    }


def _tenant(number: int, address: str, options: argparse.Namespace) -> dict[str, Any]:
    port = int(options.listen.rsplit(":", 1)[1])
    terminals = _terminals(options.rules)
    return {
        "name": f"bench-{number}",
        "terminal_anchors": "certs/ca.pem",
        "limits": UNLIMITED,
        "terminals": terminals,
        "services": [_service(number, options)],
        "listeners": [{"name": "door", "address": address, "port": port, "services": ["backend"]}],
        "rules": [{"name": f"rule-{t['name']}", "terminals": [t["name"]], "service": "backend"} for t in terminals],
    }


def site(options: argparse.Namespace) -> dict[str, Any]:
    own = addresses(options.listen.rsplit(":", 1)[0], options.tenants)
    lan = [{"name": f"lan{i}", "interface": "lo" if i == 0 else f"lo{i}",
            "addresses": [f"{address}/32" for address in own[i:i + 8]]} for i in range(0, len(own), 8)]
    return {
        "version": 1,
        "site": "bench",
        "network": {"lan": lan, "wan": {"interface": "lo", "addresses": ["127.0.0.1/32"]}},
        "tenants": [_tenant(i, address, options) for i, address in enumerate(own)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", required=True, help="127.0.0.1:PORT")
    parser.add_argument("--upstream", required=True, help="127.0.0.1:PORT")
    parser.add_argument("--tenants", type=int, default=1)
    parser.add_argument("--rules", type=int, default=1)
    parser.add_argument("--profile", default="HIGH-13")
    parser.add_argument("--resume", default="on", help="upstream: on or off")
    print(json.dumps(site(parser.parse_args()), indent=1))


if __name__ == "__main__":
    main()
