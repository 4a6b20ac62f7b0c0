#!/usr/bin/env python3
"""Measures Sekisho beside HAProxy and nginx (stream) and holds it to its bars.

    python3 tests/bench/compare.py                    everything; about twelve minutes
    python3 tests/bench/compare.py --only ping,idle   some scenarios: {scenarios}
    python3 tests/bench/compare.py --scale            the box alone, as tenants, rules and sessions grow

Needs a release build (--programs) and the packages haproxy, nginx-light and libnginx-mod-stream; root. Loopback only.
Each target runs on one CPU, load and cloud service on another. Exit code 1: a bar was missed; 2: no measurement.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from side_by_side import pki, report, scale
from side_by_side.lab import Lab
from side_by_side.load import Backend, Generator
from side_by_side.peers import STARTS, Place
from side_by_side.processes import Trouble, adopt_orphans, free_port
from side_by_side.scenarios import SCENARIOS, Row
from side_by_side.target import Target

ROOT = Path(__file__).resolve().parents[2]


def options() -> argparse.Namespace:
    text = (__doc__ or "").format(scenarios=", ".join(SCENARIOS))
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=Path, default=ROOT / "build/release/bin", help="the box's programs")
    parser.add_argument("--load", type=Path, help="bench-load; default: among the programs")
    parser.add_argument("--only", default=",".join(SCENARIOS), help="scenarios, with commas between")
    parser.add_argument("--targets", default=",".join(STARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3, help="length of a measured window")
    parser.add_argument("--cpu", type=int, default=0, help="of the target")
    parser.add_argument("--load-cpu", type=int, default=1)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--json", type=Path, help="write all values here")
    return parser.parse_args()


def make_lab(chosen: argparse.Namespace, scratch: Path) -> Lab:
    load = chosen.load or chosen.programs / "bench-load"
    names = ["sekisho"] if chosen.scale else chosen.targets.split(",")
    for program in (load, *([chosen.programs / "sekisho-supervisor"] if "sekisho" in names else [])):
        if not program.exists():
            raise Trouble(f"{program} is not built")
    certs = scratch / "certs"
    pki.make(certs, max(scale.TENANTS) if chosen.scale else 1)
    generator = Generator(load.resolve(), certs, chosen.load_cpu)
    backend = Backend(generator)

    def place(name: str) -> Place:
        return Place(f"127.0.0.1:{free_port()}", backend.address, certs, scratch / name, chosen.cpu,
                     chosen.programs.resolve())

    return Lab(generator, backend, [Target(name, place(name)) for name in names], scratch, chosen.rounds,
               chosen.seconds)


def compare(lab: Lab, names: list[str]) -> list[Row]:
    lab.backend.be()
    for target in lab.targets:
        target.start()
    lab.check()
    rows: list[Row] = []
    for name in names:
        rows += SCENARIOS[name](lab)
    return rows


def finish(rows: list[Row], chosen: argparse.Namespace) -> int:
    print("\nmedian (least–most)\n\n" + report.table(rows))
    if chosen.json:
        values = {row.figure.title: {"unit": row.figure.unit, "limit": row.figure.limit, "ratio": row.ratio,
                                     "values": row.values} for row in rows}
        chosen.json.write_text(json.dumps(values, indent=1))
    missed = [row.figure.title for row in rows if not row.holds]
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nall bars hold")
    return 1 if missed else 0


def main() -> int:
    chosen = options()
    names = chosen.only.split(",")
    if not set(names) <= set(SCENARIOS):
        raise Trouble(f"scenarios are {', '.join(SCENARIOS)}")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    adopt_orphans()
    scratch = Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
    scratch.chmod(0o755)
    lab = None
    try:
        lab = make_lab(chosen, scratch)
        load = os.getloadavg()[0]
        if load > 1:
            print(f"the machine is busy (load {load:.1f}): ratios hold roughly, values do not", flush=True)
        if chosen.scale:
            print("\n" + scale.measure(lab))
            return 0
        return finish(compare(lab, names), chosen)
    finally:
        if lab is not None:
            lab.stop()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    try:
        sys.exit(main())
    except Trouble as trouble:
        print(f"compare: {trouble}", file=sys.stderr)
        sys.exit(2)
