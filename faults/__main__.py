"""The command ``python -m faults``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time

from faults import behind, calls, crowd, power, processes
from faults.cases import cases
from faults.report import Report

PARTS = ("calls", "power", "writers", "kills", "upgrades", "backups", "behind", "states", "erasure")


def main() -> None:
    parser = argparse.ArgumentParser(prog="faults", description="Break Tracker on purpose; exit 1 on any violation.")
    parser.add_argument("only", nargs="*", help=f"parts: {' '.join(PARTS)}")
    parser.add_argument("--full", action="store_true", help="everything, as long as it takes (hours)")
    parser.add_argument("--case", action="append", help="for calls and power: these commands only")
    parser.add_argument("--points", type=int, help="for calls: at most so many calls of each command")
    parser.add_argument("--rounds", type=int, help="for kills: so many rounds")
    parser.add_argument("--states", type=int, help="for power: so many states of each command")
    given = parser.parse_args()
    processes.load()
    report, start = Report(), time.monotonic()
    chosen = [case for case in cases(1000 if given.full else 20) if not given.case or case.name in given.case]

    def wanted(part: str) -> bool:
        return not given.only or part in given.only

    try:
        if shutil.which("strace") is None:
            print("strace is not there: calls and power are left out", file=sys.stderr)
            if os.environ.get("TRACKER_SECOND_PROGRAMS") == "required":
                raise SystemExit(1)
            chosen = []
        for case in chosen if wanted("calls") else []:
            calls.check(case, report, given.points or (None if given.full else 3))
        for case in chosen if wanted("power") else []:
            power.check(case, report, given.states or (600 if given.full else 6))
        parts = {
            "writers": lambda: crowd.writers(report, 8, 50 if given.full else 4),
            "kills": lambda: crowd.kills(report, given.rounds or (200 if given.full else 8)),
            "upgrades": lambda: crowd.upgrades(report, 20 if given.full else 2),
            "backups": lambda: crowd.backups(report, 20 if given.full else 3),
            "behind": lambda: behind.edits(report, 500 if given.full else 40),
            "states": lambda: behind.states(report),
            "erasure": lambda: behind.erasure(report, 20 if given.full else 4),
        }
        for name, part in parts.items():
            if wanted(name):
                part()
    finally:
        shutil.rmtree(processes.SCRATCH, ignore_errors=True)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"{len(report.checks)} checks in {time.monotonic() - start:.0f} s on {cores} cores (load {load:.1f})")
    print(f"violations: {report.violations}")
    raise SystemExit(bool(report.violations))


if __name__ == "__main__":
    main()
