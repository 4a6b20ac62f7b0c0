"""Runs tests in an emulated machine with Debian's own kernel, for what the kernel here may lack (decision 0019).

    tests/machine/run.py --build build/dev REGEX...          tests by their ctest names
    tests/machine/run.py --program build/dev/bin/PROGRAM     all tests of a GoogleTest program
    tests/machine/run.py --script FILE.py                    a Python file with unit tests

Exit status 0 if every one passed there; one that leaves itself out has not."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

import guest
import machine
import orders
import verdicts
from kernel import MachineError
from orders import Order


class Teller:
    """A line for each order as soon as its result is there."""

    def __init__(self, report: machine.Report, wanted: list[Order], loud: bool) -> None:
        self._report, self._wanted, self._loud = report, wanted, loud
        self._told = 0
        self.failures: list[str] = []

    def look(self) -> None:
        while self._told < len(self._wanted) and self._report.ending(self._told) is not None:
            self._tell()

    def tell_the_rest(self) -> None:
        while self._told < len(self._wanted):
            self._tell()

    def _tell(self) -> None:
        name, output = self._wanted[self._told].name, self._report.output(self._told)
        verdict = verdicts.of(self._report.ending(self._told), output)
        self._told += 1
        print(f"{'  ' if verdict.passed else '!!'} {name}: {verdict.how}", flush=True)
        if not verdict.passed:
            self.failures.append(name)
        if self._loud or not verdict.passed:
            print(output, flush=True)


def _wanted(options: argparse.Namespace) -> list[Order]:
    found = orders.of_build(options.build, options.names) if options.names else []
    for program in options.program:
        found += orders.of_program(program.resolve())
    for script in options.script:
        found += orders.of_script(script.resolve())
    if not found:
        raise MachineError("no test has such a name")
    return found


def _run(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    provided = guest.provide()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="report-", dir=guest.CACHE) as folder:
        report = machine.Report(Path(folder), wanted)
        teller = Teller(report, wanted, options.loud)
        ended = machine.run(provided, report, options.seconds, teller.look)
        teller.tell_the_rest()
        done = report.done()
        if not ended or done is None:
            print(f"!! the machine {'ended early' if ended else 'did not end'}; its last words:\n{report.last_words()}")
            return 1
    print(f"{len(wanted) - len(teller.failures)} of {len(wanted)} passed in the machine, "
          f"in {time.monotonic() - began:.0f} s with its start")
    return 1 if teller.failures else 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests/machine/run.py", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="REGEX", help="over the names of the build's tests")
    parser.add_argument("--build", type=Path, default=guest.ROOT / "build" / "dev")
    parser.add_argument("--program", type=Path, action="append", default=[])
    parser.add_argument("--script", type=Path, action="append", default=[])
    parser.add_argument("--loud", action="store_true", help="show what passing tests say, too")
    parser.add_argument("--seconds", type=float, default=1800, help="the whole run; then it is ended")
    return parser.parse_args(arguments)


def _end(number: int, frame: object) -> None:
    raise SystemExit(1)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _end)  # the machine and its report go, too
    try:
        return _run(_parse(arguments))
    except MachineError as error:
        print(f"tests/machine/run.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
