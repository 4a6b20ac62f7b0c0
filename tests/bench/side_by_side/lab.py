"""Everything one comparison needs, and the order in which it is measured."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .load import Backend, Generator
from .processes import Trouble, free_port, pinned
from .target import Target

Values = dict[str, list[float]]  # by target, one a round


@dataclass
class Lab:
    generator: Generator
    backend: Backend
    targets: list[Target]
    scratch: Path
    rounds: int
    seconds: float

    @property
    def box(self) -> Target:
        return next(target for target in self.targets if target.name == "sekisho")

    def interleaved(self, title: str, measure: Callable[[Target], float], targets: Sequence[Target] = (),
                    rounds: int = 0) -> Values:
        """A B C, C B A, A B C: what else goes on in the machine meets all of them alike."""
        order = list(targets) or self.targets
        values: Values = {target.name: [] for target in order}
        for count in range(rounds or self.rounds):
            for target in order if count % 2 == 0 else order[::-1]:
                values[target.name].append(measure(target))
                print(f"  {title}, {target.name}: {values[target.name][-1]:.3f}", flush=True)
        return values

    @contextmanager
    def behind_a_line(self, milliseconds: float) -> Iterator[list[Target]]:
        """The targets once more, with a line of that round trip between them and the cloud."""
        address = f"127.0.0.1:{free_port()}"
        program = str(Path(__file__).with_name("line.py"))
        command = pinned(self.generator.cpu, "python3", program, address, self.backend.address, str(milliseconds))
        line = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        far = [target.at(address, self.scratch / f"far-{target.name}") for target in self.targets]
        try:
            if line.stdout is None or not line.stdout.readline():
                raise Trouble("the line does not start")
            for target in far:
                target.start()
            yield far
        finally:
            for target in far:
                target.stop()
            line.terminate()
            line.wait()

    def check(self) -> None:
        """Each refuses who must be refused, on both legs; without that its figures mean nothing."""
        answers: dict[str, dict[str, bool]] = {}
        self.backend.be(name="stranger-backend")
        for target in self.targets:
            answers[target.name] = {"a foreign cloud": target.serves("client")}
        self.backend.be()
        for target in self.targets:
            target.restart()
            answers[target.name] |= {"no certificate": target.serves(None), "a foreign one": target.serves("stranger")}
        for name, served in answers.items():
            print(f"  {name} refuses: " + ", ".join(what for what, yes in served.items() if not yes), flush=True)
            if any(served.values()):
                raise Trouble(f"{name} serves with " + ", ".join(what for what, yes in served.items() if yes))

    def stop(self) -> None:
        for target in self.targets:
            target.stop()
        self.backend.stop()
