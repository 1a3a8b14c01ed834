"""Whole processes side by side: one command and its peer in turns, so that a busy machine slows both alike."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """Medians of what one command and its peer took (milliseconds by the clock), and the median of their ratios, by
    the clock and by the processor. ``goal`` is the most (or, where ``at_least``, the least) the ratio may be."""

    name: str
    ours: float
    peer: float
    ratio: float
    by_processor: float
    goal: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def __str__(self) -> str:
        goal = f"{'>=' if self.at_least else '<='} {self.goal:g}"
        said = "yes" if self.holds else "no"
        times = f"{self.ours:10.1f} {self.peer:10.1f} {self.ratio:7.2f} {self.by_processor:7.2f}"
        return f"{self.name:<58} {times}   {goal:>8}  {said}"


Command = Sequence[str] | Callable[[], Sequence[str]]
"""The words of a command, or what gives other ones for each run."""

HEADING = f"{'':<58} {'ours ms':>10} {'peer ms':>10} {'ratio':>7} {'by cpu':>7}   {'goal':>8}  holds"


def pair(
    name: str,
    ours: Command,
    peer: Command,
    goal: float,
    *,
    runs: int,
    environment: Mapping[str, str],
    at_least: bool = False,
) -> Pair:
    """Run the two in turns, ``runs`` times after one that warms up.

    With ``at_least`` the ratio is how many times the peer takes what ours does, else the other way round.
    """
    taken: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for turn in range(runs + 1):
        if turn % 2:
            other = run(_words(peer), environment)
            own = run(_words(ours), environment)
        else:
            own = run(_words(ours), environment)
            other = run(_words(peer), environment)
        if turn:
            taken.append((own, other))
    clock = [own[0] / other[0] for own, other in taken]
    processor = [own[1] / max(other[1], 1e-9) for own, other in taken]
    if at_least:
        clock, processor = [1 / value for value in clock], [1 / max(value, 1e-9) for value in processor]
    return Pair(
        name,
        1000 * median(own[0] for own, _ in taken),
        1000 * median(other[0] for _, other in taken),
        median(clock),
        median(processor),
        goal,
        at_least,
    )


def _words(command: Command) -> Sequence[str]:
    return command() if callable(command) else command


def run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor that one process takes. Raises CalledProcessError when it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):  # 1: there are findings
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
