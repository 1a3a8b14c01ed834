"""The command ``python -m faults``."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time

from faults import behind, calls, crowd, power, processes
from faults.cases import cases
from faults.report import Report

PARTS = (
    "calls",
    "power",
    "rebuilt",
    "writers",
    "kills",
    "upgrades",
    "backups",
    "behind",
    "forged",
    "states",
    "erasure",
)
TRACED = PARTS[:3]


def main() -> None:
    parser = argparse.ArgumentParser(prog="faults", description="Break Tracker on purpose; exit 1 on any violation.")
    parser.add_argument("only", nargs="*", help=f"parts: {' '.join(PARTS)}")
    parser.add_argument("--full", action="store_true", help="everything, as long as it takes (hours)")
    parser.add_argument("--case", action="append", help="for calls and power: these commands only")
    parser.add_argument("--points", type=int, help="for calls: at most so many calls of each command")
    parser.add_argument("--kinds", default=",".join(calls.KINDS), help="for calls: of KILL,ENOSPC,EIO")
    parser.add_argument("--share", default="1/1", help="for calls: only the second of three shares, for example: 2/3")
    parser.add_argument("--rounds", type=int, help="for kills: so many rounds")
    parser.add_argument("--states", type=int, help="for power: so many states of each command")
    given = parser.parse_args()
    wanted = given.only or PARTS
    if unknown := sorted(set(wanted) - set(PARTS)):
        parser.error(f"there is no part {' '.join(unknown)}; choose from: {' '.join(PARTS)}")
    if reason := processes.untraceable() if set(wanted) & set(TRACED) else None:
        wanted = [part for part in wanted if part not in TRACED]
        print(f"{reason}: {', '.join(TRACED)} are left out", file=sys.stderr)
        if shutil.which("strace") is None and os.environ.get("TRACKER_SECOND_PROGRAMS") == "required":
            raise SystemExit(1)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # what was found by then is told, and nothing is left behind
    processes.load()
    report, start, full = Report(), time.monotonic(), given.full
    chosen = [case for case in cases(1000 if full else 20) if not given.case or case.name in given.case]
    share, kinds = tuple(map(int, given.share.split("/"))), given.kinds.split(",")
    parts = {
        "calls": lambda: [calls.check(c, report, given.points or (None if full else 3), kinds, share) for c in chosen],
        "power": lambda: [power.check(c, report, given.states or (600 if full else 12)) for c in chosen],
        "rebuilt": lambda: [power.kills(c, report, None if full else 12) for c in chosen],
        "writers": lambda: crowd.writers(report, 8, 50 if full else 4),
        "kills": lambda: crowd.kills(report, given.rounds or (200 if full else 8)),
        "upgrades": lambda: crowd.upgrades(report, 20 if full else 2),
        "backups": lambda: crowd.backups(report, 20 if full else 3),
        "behind": lambda: behind.edits(report, 500 if full else 60),
        "forged": lambda: behind.forgeries(report, 20 if full else 7),
        "states": lambda: behind.states(report),
        "erasure": lambda: behind.erasure(report, 20 if full else 4),
    }
    try:
        for part in wanted:
            parts[part]()
    finally:
        shutil.rmtree(processes.SCRATCH, ignore_errors=True)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"{len(report.checks)} checks in {time.monotonic() - start:.0f} s on {cores} cores (load {load:.1f})")
    print(f"violations: {report.violations}")
    raise SystemExit(bool(report.violations))


if __name__ == "__main__":
    main()
