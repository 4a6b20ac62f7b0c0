"""Running programs: once and waiting for the end, or in the background for as long as this process lives."""

from __future__ import annotations

import subprocess
from typing import IO, Sequence


class LabError(RuntimeError):
    """Something the caller of a lab can understand and mend; printed without a stack."""


def inside(namespace: str | None, arguments: Sequence[str]) -> list[str]:
    """The same command, in a network namespace; None is the caller's own."""
    if namespace is None:
        return list(arguments)
    return ["nsenter", f"--net=/run/netns/{namespace}", "--", *arguments]


def run(*arguments: str, namespace: str | None = None, timeout: float = 60) -> str:
    """Standard output of a command that must succeed."""
    try:
        done = subprocess.run(inside(namespace, arguments), capture_output=True, text=True, timeout=timeout)
    except FileNotFoundError:
        raise LabError(f"there is no program {arguments[0]}") from None
    if done.returncode != 0:
        raise LabError(f"`{' '.join(arguments)}` failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def start(arguments: Sequence[str], namespace: str | None = None, output: int | IO[bytes] = subprocess.DEVNULL,
          errors: int | IO[bytes] | None = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """A program that dies with the thread that started it, so that a killed lab leaves none behind. Ctrl-C does not
    reach it: the lab ends it in its turn."""
    bound = ["setpriv", "--pdeathsig", "KILL", "--", *arguments]
    return subprocess.Popen(inside(namespace, bound), stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                            start_new_session=True)


def stop(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Asks to end, and insists after `patience` seconds."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
