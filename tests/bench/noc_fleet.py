#!/usr/bin/env python3
"""What a box costs the operations centre: configs/noc on loopback, and one process that is as many boxes as it is told, each with a certificate of its
own (tests/e2e/support/noc_crowd.py). For each size every box does a first round, in which its series are new, and then one that is measured; a round
is a new connection with its handshake, the state, all figures, and of one box in ten a record. Rounds come as fast as ten thousand boxes make them, or
as the machine can; CPU is counted a round, so that a busy machine makes it slow and not wrong. A thousand boxes make a thousand rounds a minute.

  sudo PYTHONPATH=gateway:certs:tests/e2e /usr/bin/python3 -B tests/bench/noc_fleet.py --boxes 1000 2500 5000 10000"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import time
import urllib.parse
from contextlib import ExitStack
from typing import NamedTuple

import yaml
from lab import command, namespaces
from lab.claim import Claim
from lab.waiting import wait_for
from support.noc_box import Office, answers, certify_centre
from support.noc_crowd import SERIES, Cost, Crowd, Round, connections_of_the_edge, cost_of, costs
from support.noc_kit import STORE, Kit

_PROGRAMS = {"nginx": "edge", "victoria-metrics": "store", "rsyslogd": "records"}
_RECORD_EVERY = 10
_SECONDS = {"15s": 15, "1m": 60, "5m": 300}  # how often a group of rules is asked
_PACE = 10_000 / 60  # rounds a second, if the machine has time for them
_GROWTH = 2  # how much more a box may cost the largest fleet than it costs the smaller ones


class Measured(NamedTuple):
    round: Round
    connections: int
    cpu: dict[str, float]     # seconds a minute, of a thousand boxes
    memory: dict[str, float]  # MiB, of all
    rules: float              # seconds of the store's CPU that all rules take a minute
    samples: float            # a second, that were taken


class Fleet:
    def __init__(self, stack: ExitStack, boxes: int) -> None:
        claim = stack.enter_context(Claim(f"fleet{os.getpid()}-"))
        namespace = f"{claim.prefix}noc"
        claim.add(namespace)
        namespaces.create(namespace)
        command.run("sysctl", "-qw", "net.ipv4.ip_local_port_range=1024 65535", namespace=namespace)
        self.kit = Kit(claim.folder / "noc", namespace)
        stack.callback(self.kit.stop)
        office = Office(self.kit, claim.folder / "boxes")
        certify_centre(self.kit)
        edge = self.kit.etc / "nginx.conf"  # connections are left standing until the next round, however long that takes here
        edge.write_text(edge.read_text().replace("http {\n", "http {\n  keepalive_timeout 3600s;\n", 1))
        begun = time.monotonic()
        self.crowd = Crowd(self.kit, office, boxes)
        stack.callback(self.crowd.close)
        print(f"{boxes} certificates and the list of boxes: {time.monotonic() - begun:.0f} s", flush=True)
        self.kit.start("victoria-metrics")
        self.kit.start_edge()
        self.kit.start_records()
        wait_for("the centre", lambda: answers(self.kit, 443) and answers(self.kit, 6514), 60)
        self.idle = costs(self.kit, tuple(_PROGRAMS))

    def measure(self, boxes: int) -> Measured:
        self._round(boxes)
        self._settle()
        taken, before = self._taken(), costs(self.kit, tuple(_PROGRAMS))
        done = self._round(boxes)
        after = costs(self.kit, tuple(_PROGRAMS))
        wait_for("all samples to be taken", lambda: self._taken() - taken >= boxes * SERIES or None, 60)
        return Measured(done, connections_of_the_edge(self.kit.namespace), {program: (after[program].cpu - before[program].cpu) / boxes * 1000 for program in _PROGRAMS},
                        {program: after[program].memory / 2**20 for program in _PROGRAMS}, self._rules(), (self._taken() - taken) / done.seconds)

    def _round(self, boxes: int) -> Round:
        done = self.crowd.round(boxes, _PACE, _RECORD_EVERY)
        if len(done.failed) > boxes / 1000:  # a box whose round failed makes it once more; the machine may have been busy
            raise SystemExit(f"{len(done.failed)} of {boxes} rounds failed: {done.failed[:5]}")
        return done

    def _settle(self) -> None:
        """Until the store has sorted in what was new; it does that on the side."""
        store = self.kit.process("victoria-metrics").pid

        def is_quiet() -> bool:
            before = cost_of(store).cpu
            time.sleep(2)
            return cost_of(store).cpu - before < 0.2
        wait_for("the store to be quiet", is_quiet, 120)

    def _taken(self) -> float:
        lines = (self.kit.curl(STORE, "/metrics") or "").splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith('vm_rows_inserted_total{type="promremotewrite"}'))

    def _rules(self) -> float:
        groups = yaml.safe_load((self.kit.etc / "rules.yml").read_text(encoding="utf-8"))["groups"]
        line = http.client.HTTPConnection("store")
        line.sock = namespaces.socket_in(self.kit.namespace)
        line.sock.connect(("127.0.0.1", STORE))
        store, a_minute = self.kit.process("victoria-metrics").pid, 0.0
        for group in groups:
            before = cost_of(store).cpu
            for rule in group["rules"]:
                line.request("GET", "/api/v1/query?" + urllib.parse.urlencode({"query": rule["expr"], "nocache": 1}))
                line.getresponse().read()
            a_minute += (cost_of(store).cpu - before) * 60 / _SECONDS[group.get("interval", "15s")]
        line.close()
        return a_minute


def table(found: dict[int, Measured], idle: dict[str, Cost]) -> str:
    heads = ["boxes", "series", "round, s", "samples/s", "connections", "CPU s a minute for 1,000: " + ", ".join(_PROGRAMS.values()),
             "MiB: " + ", ".join(_PROGRAMS.values()), "CPU s a minute for all rules"]
    rows = [" | ".join(heads), " | ".join("---" for _ in heads)]
    for boxes, one in found.items():
        rows.append(" | ".join([f"{boxes:,}", f"{boxes * SERIES:,}", f"{one.round.seconds:.0f}", f"{one.samples:,.0f}", f"{one.connections:,}",
                                ", ".join(f"{one.cpu[program]:.2f}" for program in _PROGRAMS),
                                ", ".join(f"{one.memory[program]:.0f}" for program in _PROGRAMS), f"{one.rules:.2f}"]))
    empty = ", ".join(f"{idle[program].memory / 2**20:.0f}" for program in _PROGRAMS)
    return "\n".join(f"| {row} |" for row in rows) + f"\n\nEmpty: {empty} MiB."


def grows_faster(found: dict[int, Measured], idle: dict[str, Cost]) -> list[str]:
    """What costs a box of the largest fleet much more than one of a smaller."""
    sizes = sorted(found)
    if len(sizes) < 2:
        return []
    small, large = sizes[-2], sizes[-1]
    wrong = []
    for program, name in _PROGRAMS.items():
        own = {size: (found[size].memory[program] - idle[program].memory / 2**20) / size for size in (small, large)}
        for what, values in (("CPU", {size: found[size].cpu[program] for size in (small, large)}), ("memory", own)):
            if values[large] > _GROWTH * max(values[small], 1e-9):
                wrong.append(f"{what} of the {name}: {values[small]:.4g} a box of {small}, {values[large]:.4g} of {large}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boxes", type=int, nargs="+", default=[1000, 2500, 5000, 10000])
    sizes = sorted(parser.parse_args().boxes)
    with ExitStack() as stack:
        fleet, found = Fleet(stack, sizes[-1]), {}
        for boxes in sizes:
            found[boxes] = fleet.measure(boxes)
            print(f"{boxes}: {found[boxes]}", flush=True)
        print(table(found, fleet.idle))
        wrong = grows_faster(found, fleet.idle)
        print("\n".join(wrong) or "It grows no faster than the fleet.")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
