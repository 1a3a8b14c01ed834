"""At every call that changes a file, one after the other: the process is killed there, or the call fails.

The disk is full (ENOSPC) or broken (EIO). Afterwards what was acknowledged is there, the rest wholly or not at all,
``verify`` passes, an error is one line, and the same command succeeds.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from faults.afterwards import Afterwards
from faults.cases import Case
from faults.processes import SCRATCH, run
from faults.report import Report

CALLS = (
    *("pwrite64", "write", "ftruncate", "fsync", "fdatasync", "unlink", "unlinkat", "rename", "renameat", "link"),
    *("linkat", "openat", "mkdir", "sendfile"),
)
NO_SPACE_HERE = ("unlink", "unlinkat", "fsync", "fdatasync")
KINDS = ("KILL", "ENOSPC", "EIO")

Share = tuple[int, ...]
"""The first of three: (1, 3)."""


def points(case: Case, folder: Path) -> list[tuple[str, int]]:
    """The calls of a faultless run that change a file in the folder: name, and its number among those of that name."""
    log = SCRATCH / "calls.log"
    done = run(folder, case.line, strace=["-y", "-o", str(log), "-e", "trace=" + ",".join(CALLS)])
    assert done.code == 0, f"{case.name}: {done.err}"
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"\d+\s+(\w+)\(", line)
        if match and match[1] in CALLS:
            seen[match[1]] += 1
            if str(folder) in line and not (match[1] == "openat" and "O_CREAT" not in line):
                found.append((match[1], seen[match[1]]))
    return found


def check(case: Case, report: Report, most: int | None, kinds: Sequence[str] = KINDS, share: Share = (1, 1)) -> None:
    """Break the case at every point, or at ``most`` of them spread evenly; or at a share of these."""
    base, folder = SCRATCH / "base", SCRATCH / "work"
    for one in (base, folder):
        shutil.rmtree(one, ignore_errors=True)
    folder.mkdir()
    case.set_up(folder)
    shutil.copytree(folder, base)
    found = points(case, folder)
    chosen = found if most is None or most >= len(found) else [found[i * len(found) // most] for i in range(most)]
    chosen = chosen[share[0] - 1 :: share[1]]
    afterwards = Afterwards(case, folder)
    with report.check(f"faults at calls: {case.name}") as told:
        told.figures = {"calls": len(found), "broken": len(chosen)}
        for call, number in chosen:
            for kind in kinds:
                if kind == "ENOSPC" and call in NO_SPACE_HERE:
                    continue
                told.add("runs")
                shutil.rmtree(folder)
                shutil.copytree(base, folder)
                what = f"signal=KILL:when={number}" if kind == "KILL" else f"error={kind}:when={number}"
                options = ["-o", "/dev/null", "-e", "trace=" + ",".join(CALLS), "-e", f"inject={call}:{what}"]
                process = run(folder, case.line, strace=options)
                where = f"{kind} at {call} {number}: exit {process.code}, {process.err.strip()[-200:]!r}"
                told.add("refused" if process.code else "killed" if process.code is None else "went on")
                if "Traceback" in process.err:
                    told.violation(f"traceback, {where}")
                if process.code and process.err.count("error: ") != 1:
                    told.violation(f"not one line of error, {where}")
                afterwards.ask(told, where, acknowledged=process.code == 0 or bool(process.acknowledged()))
    shutil.rmtree(folder)
    shutil.rmtree(base)
