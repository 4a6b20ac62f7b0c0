"""What is measured, and the bar that each figure must hold."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from .lab import Lab, Values
from .load import IdleSessions, run
from .processes import Trouble
from .target import Target


@dataclass(frozen=True)
class Figure:
    """A figure of which less is better. The limit is a ratio to the better peer, or with `alone` a value."""

    title: str
    unit: str
    limit: float
    alone: bool = False


@dataclass(frozen=True)
class Row:
    figure: Figure
    values: Values

    def median(self, name: str) -> float:
        return statistics.median(self.values[name])

    @property
    def ratio(self) -> float | None:
        """To the better peer."""
        peers = [self.median(name) for name in self.values if name != "sekisho"]
        return self.median("sekisho") / min(peers) if peers and min(peers) > 0 else None

    @property
    def holds(self) -> bool:
        judged = self.median("sekisho") if self.figure.alone else self.ratio
        return judged is None or judged <= self.figure.limit


UP = Figure("bulk, terminal to cloud", "CPU s per GB", 0.92)
DOWN = Figure("bulk, cloud to terminal", "CPU s per GB", 0.92)
RESUMED = Figure("handshake, upstream resumed", "CPU ms", 0.65)
FULL = Figure("handshake, full on both legs", "CPU ms", 0.65)
PING = Figure("256-byte message, 64 connections", "CPU µs", 0.85)
IDLE = Figure("idle session, all processes", "KiB PSS", 0.95)
REST = Figure("at rest with those sessions open", "% of a CPU", 0.5, alone=True)
# The line's own clock is good to a millisecond in ninety.
FAR = Figure("first byte through a 30 ms line", "ms, median", 1.01)

FIRST_SESSIONS = 20   # open before memory is read the first time, so that what is needed once does not count
REST_SECONDS = 10.0


def most_sessions() -> int:
    """Two descriptors a session in one process; 10,000 are enough."""
    return min(10_000, (resource.getrlimit(resource.RLIMIT_NOFILE)[1] // 2 - 500) // 100 * 100)


def _bulk(lab: Lab, figure: Figure, direction: str) -> list[Row]:
    def once(target: Target) -> float:
        got = run(lab.generator, target, "bulk", lab.seconds, "--direction", direction)
        return float(got["cpu_s"] / (got["units"] / 1e9))

    lab.backend.be()
    return [Row(figure, lab.interleaved(figure.title, once))]


def handshake_ms(lab: Lab, target: Target, *options: str) -> float:
    got = run(lab.generator, target, "handshake", lab.seconds, *options)
    return float(got["cpu_s"] / got["units"] * 1e3)


def ping_us(lab: Lab, target: Target, *options: str) -> float:
    got = run(lab.generator, target, "ping", lab.seconds, *options)
    return float(got["cpu_s"] / got["units"] * 1e6)


def _handshakes(lab: Lab, figure: Figure, tickets: str) -> list[Row]:
    def once(target: Target) -> float:
        before = lab.backend.counters()
        value = handshake_ms(lab, target)
        after = lab.backend.counters()
        resumed, total = (after[key] - before[key] for key in ("resumed", "handshakes"))
        # libssl marks a session as used up at the end of its handshake: who comes before the next ticket goes in full.
        if resumed > 0 if tickets == "none" else resumed < 0.5 * total:
            raise Trouble(f"{target.name} resumed {resumed} of {total} sessions with the cloud")
        print(f"  {resumed} of {total} resumed with the cloud", flush=True)
        return value

    lab.backend.be(tickets=tickets)
    return [Row(figure, lab.interleaved(figure.title, once))]


def _ping(lab: Lab) -> list[Row]:
    lab.backend.be()
    return [Row(PING, lab.interleaved(PING.title, lambda target: ping_us(lab, target)))]


def at_rest(sessions: IdleSessions, seconds: float = REST_SECONDS) -> float:
    """Per cent of a CPU."""
    before = sessions.cpu_seconds()
    time.sleep(seconds)
    return (sessions.cpu_seconds() - before) / seconds * 100


def _idle(lab: Lab) -> list[Row]:
    count = most_sessions()
    rest: Values = {target.name: [] for target in lab.targets}

    def once(target: Target) -> float:
        target.restart()
        with IdleSessions(lab.generator, target) as sessions:
            sessions.open(FIRST_SESSIONS)
            time.sleep(sessions.SETTLE)
            base = sessions.pss_kib()
            sessions.open(count)
            time.sleep(sessions.SETTLE)
            grown = sessions.pss_kib() - base
            rest[target.name].append(at_rest(sessions))
        return grown / (count - FIRST_SESSIONS)

    lab.backend.be()
    rounds = 1 if lab.rounds < 3 else 2  # memory hardly varies
    return [Row(IDLE, lab.interleaved(f"{IDLE.title} ({count})", once, rounds=rounds)), Row(REST, rest)]


def _far(lab: Lab) -> list[Row]:
    def once(target: Target) -> float:
        seconds = max(2.0, lab.seconds)
        return float(run(lab.generator, target, "handshake", seconds, "--connections", "1")["p50_us"]) / 1e3

    lab.backend.be()
    with lab.behind_a_line(30) as far:
        return [Row(FAR, lab.interleaved(FAR.title, once, far))]


SCENARIOS: dict[str, Callable[[Lab], list[Row]]] = {
    "up": lambda lab: _bulk(lab, UP, "up"),
    "down": lambda lab: _bulk(lab, DOWN, "down"),
    "handshake": lambda lab: _handshakes(lab, RESUMED, "some"),
    "handshake-full": lambda lab: _handshakes(lab, FULL, "none"),
    "ping": _ping,
    "idle": _idle,
    "line": _far,
}
