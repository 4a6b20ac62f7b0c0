"""Takes one wall away at a time and demands that a test notices. `tests/run --mutate [NAME...]` calls it.

Works on a copy of the tree under build/mutation, which stays for the next run: only what a mutant touches is built
again. First all named tests must be green without any mutant. A mutant that does not apply or does not build is a fault of
the table; one that leaves every named test green has survived. Exit status 1 if there is any of these."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path
from typing import Iterable

from mutant import ROOT, Mutant
from mutants import MUTANTS

_SCRATCH = ROOT / "build" / "mutation"
_TREE, _BUILD = _SCRATCH / "tree", _SCRATCH / "build"
_JOBS = str(os.cpu_count() or 1)
# The same object files whatever folder the copy stands in.
_ENVIRONMENT = dict(os.environ, CCACHE_BASEDIR=str(_TREE), CCACHE_NOHASHDIR="1")


class TableError(RuntimeError):
    """The table is wrong, or the tree is not in order to begin with."""


def _files() -> list[str]:
    listed = subprocess.run(["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _copy_tree() -> None:
    """Unchanged files keep their times, so that they are not built again."""
    wanted = set(_files())
    for path in [p for p in _TREE.rglob("*") if p.is_file()]:
        if str(path.relative_to(_TREE)) not in wanted:
            path.unlink()
    for name in wanted:
        source, copy = ROOT / name, _TREE / name
        content = source.read_bytes()
        if not copy.is_file() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        copy.chmod(source.stat().st_mode)


def _quiet(*arguments: str) -> None:
    done = subprocess.run(arguments, env=_ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise TableError(f"`{' '.join(arguments)}` failed:\n" + "\n".join(done.stdout.splitlines()[-30:]))


def _configure() -> None:
    # What a mutant leaves without use is for a test to notice, not for the compiler.
    _quiet("cmake", "-S", str(_TREE), "-B", str(_BUILD), "--preset", "dev",
           "-DCMAKE_CXX_FLAGS=-Wno-unused-parameter -Wno-unused-function -Wno-unused-variable "
           "-Wno-unused-but-set-variable")


def _build(targets: Iterable[str]) -> None:
    _quiet("cmake", "--build", str(_BUILD), "--parallel", _JOBS, "--target", *sorted(set(targets)))


def _outcomes(tests: str) -> dict[str, bool]:
    """Each test's name and whether it was green; a second try tells a busy machine from a fault."""
    report = _SCRATCH / "report.xml"
    report.unlink(missing_ok=True)
    subprocess.run(["ctest", "--test-dir", str(_BUILD), "-R", tests, "--repeat", "until-pass:2", "--parallel", _JOBS,
                    "--output-junit", str(report)], env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not report.is_file():
        return {}
    return {case.attrib["name"].split("  #")[0]: case.attrib["status"] == "run" for case in xml.parse(report).getroot().iter("testcase")}


def _assert_green(mutants: list[Mutant]) -> None:
    unfit = [why for mutant in mutants if (why := mutant.unfit())]
    if unfit:
        raise TableError("\n".join(unfit))
    _copy_tree()
    _configure()
    _build(target for mutant in mutants for target in mutant.targets.split())
    for tests in sorted({mutant.tests for mutant in mutants}):
        outcomes = _outcomes(tests)
        red = [name for name, green in outcomes.items() if not green]
        if red or not outcomes:
            raise TableError(f"without any mutant, of the tests {tests}: " + (f"red: {', '.join(red)}" if red else "none"))


def _verdict(mutant: Mutant) -> tuple[bool, str]:
    """Was it noticed, and by whom."""
    path = _TREE / mutant.file
    original = path.read_text(encoding="utf-8")
    try:
        path.write_text(original.replace(mutant.text, mutant.instead), encoding="utf-8")
        _build(mutant.targets.split())
        red = [name for name, green in _outcomes(mutant.tests).items() if not green]
    except TableError as error:
        return False, f"DOES NOT BUILD: {error}"
    finally:
        path.write_text(original, encoding="utf-8")
    return bool(red), f"{len(red)} red: {red[0]}" if red else "SURVIVED"


def _chosen(patterns: list[str]) -> list[Mutant]:
    return [m for m in MUTANTS if not patterns or any(re.search(pattern, m.name) for pattern in patterns)]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests/run --mutate", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="regular expressions over the mutants' names; all by default")
    mutants = _chosen(parser.parse_args(arguments).names)
    try:
        _assert_green(mutants)
    except TableError as error:
        print(f"tests/run --mutate: {error}", file=sys.stderr)
        return 1
    rows: list[tuple[Mutant, bool, str]] = []
    for mutant in mutants:
        noticed, how = _verdict(mutant)
        rows.append((mutant, noticed, how))
        print(f"{'  ' if noticed else '!!'} {mutant.control:<7} {mutant.name:<26} {how}", flush=True)
    survivors = [mutant.name for mutant, noticed, _ in rows if not noticed]
    print(f"\n{len(rows) - len(survivors)} of {len(rows)} walls taken away were noticed"
          + (f"; not: {', '.join(survivors)}" if survivors else ""))
    return 1 if survivors or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
