"""What a session and a handshake cost the box as tenants, rules and sessions grow."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from site_for_bench import addresses

from . import processes
from .lab import Lab
from .load import IdleSessions
from .report import plain
from .scenarios import FIRST_SESSIONS, at_rest, handshake_ms, most_sessions, ping_us
from .target import Target

TENANTS = (1, 10, 100)
RULES = (10, 1_000)
SESSIONS_OF_TENANTS = 1_000


@dataclass(frozen=True)
class Case:
    title: str
    tenants: int
    rules: int
    sessions: int


def cases() -> list[Case]:
    by_tenants = [Case(f"tenants: {n}", n, 1, SESSIONS_OF_TENANTS) for n in TENANTS]
    by_rules = [Case(f"rules: {n:,}", 1, n, SESSIONS_OF_TENANTS) for n in RULES]
    by_sessions = [Case(f"sessions: {n:,}", 1, 1, n) for n in (100, 1_000, most_sessions())]
    return by_tenants + by_rules + by_sessions


def _measure(lab: Lab, case: Case) -> list[str]:
    settings = {"BENCH_TENANTS": str(case.tenants), "BENCH_RULES": str(case.rules)}
    place = replace(lab.box.place, settings=settings, work=lab.scratch / "scale",
                    listen=f"127.0.0.1:{processes.free_port()}")
    box = Target("sekisho", place)
    host, port = place.listen.rsplit(":", 1)
    doors = [f"{address}:{port}" for address in addresses(host, case.tenants)]
    try:
        box.start()
        while not all(box.serves("client", door) for door in doors):
            time.sleep(0.2)
        return [case.title, *_figures(lab, box, case, ",".join(doors))]
    finally:
        box.stop()


def _figures(lab: Lab, box: Target, case: Case, doors: str) -> list[str]:
    first = max(FIRST_SESSIONS, case.tenants)
    with IdleSessions(lab.generator, box, doors) as sessions:
        sessions.open(first)
        time.sleep(sessions.SETTLE)
        base = sessions.pss_kib()
        sessions.open(case.sessions)
        time.sleep(sessions.SETTLE)
        each = (sessions.pss_kib() - base) / (case.sessions - first)
        rest = at_rest(sessions, 5.0)
        handshake = handshake_ms(lab, box, "--to", doors)
        message = ping_us(lab, box, "--to", doors)
    return [f"{len(box.pids())}", f"{base / 1024 / case.tenants:.1f}", f"{each:.1f}", f"{rest:.2f}",
            f"{handshake:.3f}", f"{message:.1f}"]


def measure(lab: Lab) -> str:
    lab.backend.be()
    rows = []
    for case in cases():
        rows.append(_measure(lab, case))
        print("  " + ", ".join(rows[-1]), flush=True)
    return plain(["", "processes", "MiB per tenant", "KiB per idle session", "% CPU at rest", "CPU ms per handshake",
                  "CPU µs per message"], rows)
