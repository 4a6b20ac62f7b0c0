"""Command line of the lab; gateway/run calls it once the programs are built."""

from __future__ import annotations

import argparse
import ipaddress
import json
import os
import select
import signal
import sys
from pathlib import Path

from . import demo, pki
from .box import Programs
from .claim import Claim
from .command import LabError
from .lab import Lab, LabOptions


def _end(number: int, frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough; what follows is taking down
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(0)


def _wait_for_end_of_input(lab: Lab) -> None:
    while True:
        readable, _, _ = select.select([sys.stdin], [], [], 1.0)
        if readable and not os.read(sys.stdin.fileno(), 4096):
            return
        if not lab.box.running():
            raise LabError(f"the box ended by itself:\n{lab.box.final_words()}")


def _names(texts: list[str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for text in texts:
        host, _, address = text.partition("=")
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise LabError(f"--name {text}: write it as HOST=ADDRESS, e.g. emr.example=203.0.113.10") from None
        names.setdefault(host, []).append(address)
    return names


def _let_the_compiler_in(folder: Path) -> None:
    """The compiler reads under an account of its own; a folder from mktemp is closed to it."""
    mode = folder.stat().st_mode
    if mode & 0o005 != 0o005:
        folder.chmod(mode | 0o005)
        print(f"gateway/run: {folder} was closed to the configuration's compiler; others may now list it", file=sys.stderr)


def _make_pki(options: argparse.Namespace) -> int:
    print(pki.prepare(Programs(options.bin), options.pki.resolve()).folder)
    return 0


def _run_lab(options: argparse.Namespace) -> int:
    if not options.lab.is_file():
        raise LabError(f"there is no file {options.lab}")
    _let_the_compiler_in(options.lab.resolve().parent)
    site = LabOptions(options.lab.resolve(), Programs(options.bin), options.here, _names(options.name))
    if options.here:
        print("gateway/run: --here: NO KERNEL RULES are loaded; for benchmarks and test suites only", file=sys.stderr)
    with Claim(options.prefix) as claim, Lab(site, claim) as lab:
        print(json.dumps(lab.description()), flush=True)
        _wait_for_end_of_input(lab)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="gateway/run", description=__doc__)
    parser.add_argument("--bin", type=Path, required=True, help="folder with the product's programs")
    parser.add_argument("--check", action="store_true", help="run the demo once and judge it")
    parser.add_argument("--lab", type=Path, metavar="FILE.yaml", help="start the box on this configuration")
    parser.add_argument("--pki", type=Path, metavar="FILE.yaml", help="make a throw-away PKI for this configuration")
    parser.add_argument("--here", action="store_true", help="no namespaces and NO KERNEL RULES: stand in the caller's")
    parser.add_argument("--prefix", default="", help="put before the names of the namespaces")
    parser.add_argument("--name", action="append", default=[], metavar="HOST=ADDRESS",
                        help="a name the cloud's name server answers for; the cloud holds the address")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = _parse(arguments)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        if options.pki is not None:
            return _make_pki(options)
        if options.lab is not None:
            return _run_lab(options)
        return demo.run(Programs(options.bin), options.prefix, stay=not options.check)
    except LabError as error:
        print(f"gateway/run: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
