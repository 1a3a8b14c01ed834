"""Collects the figures of each check and what was violated, and prints them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Report:
    """The figures of every check, in the order in which they were run."""

    class Told:
        """One check: its figures and violations."""

        def __init__(self, name: str) -> None:
            self.name = name
            self.figures: dict[str, int | float | str] = {}
            self.violations: list[str] = []

        def add(self, figure: str, count: int = 1) -> None:
            self.figures[figure] = int(self.figures.get(figure, 0)) + count

        def violation(self, what: str) -> None:
            self.violations.append(what)

    def __init__(self) -> None:
        self.checks: list[Report.Told] = []

    @contextmanager
    def check(self, name: str) -> Iterator[Told]:
        told = Report.Told(name)
        self.checks.append(told)
        start, ended = time.monotonic(), "broken off after "
        try:
            yield told
            ended = ""
        finally:
            self._print(told, f"{ended}{time.monotonic() - start:.0f} s")

    @staticmethod
    def _print(told: Told, lasted: str) -> None:
        figures = ", ".join(f"{key} {value}" for key, value in told.figures.items())
        print(f"{told.name}: {figures}; violations {len(told.violations)} ({lasted})", flush=True)
        for what in told.violations[:5]:
            print(f"  {what}", flush=True)

    @property
    def violations(self) -> int:
        return sum(len(told.violations) for told in self.checks)
