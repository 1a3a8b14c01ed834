"""At every call that changes a file, one after the other: the process is killed there, or the call fails.

The disk is full (ENOSPC) or broken (EIO). Afterwards what was acknowledged is there, the rest wholly or not at all,
``verify`` passes, an error is one line, and the same command succeeds.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

from faults.cases import AFTER, BEFORE, Case
from faults.processes import SCRATCH, run
from faults.report import Report

CALLS = (
    *("pwrite64", "write", "ftruncate", "fsync", "fdatasync", "unlink", "unlinkat", "rename", "renameat", "link"),
    *("linkat", "openat", "mkdir", "sendfile"),
)
NO_SPACE_HERE = ("unlink", "unlinkat", "fsync", "fdatasync")
KINDS = ("KILL", "ENOSPC", "EIO")


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


def check(case: Case, report: Report, most: int | None) -> None:
    """Break the case at every point, or at ``most`` of them spread evenly (with each kind of call among them)."""
    base, folder = SCRATCH / "base", SCRATCH / "work"
    for one in (base, folder):
        shutil.rmtree(one, ignore_errors=True)
    folder.mkdir()
    case.set_up(folder)
    shutil.copytree(folder, base)
    found = points(case, folder)
    chosen = found if most is None or most >= len(found) else [found[i * len(found) // most] for i in range(most)]
    with report.check(f"faults at every call: {case.name}") as told:
        told.figures = {"calls": len(found)}
        for call, number in chosen:
            for kind in KINDS:
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
                after(case, folder, process.code == 0 or bool(process.acknowledged()), where, told)
    shutil.rmtree(folder)
    shutil.rmtree(base)


def after(case: Case, folder: Path, acknowledged: bool, where: str, told: Report.Told) -> None:
    """What holds after any fault: nothing acknowledged is lost, nothing is done by halves, and it can be repeated."""
    before_anything_else = "db upgrade" if case.line == "db upgrade" else "agreements"
    if case.name == "migration":
        state = case.state(folder)  # asked first: verify upgrades
    wrong = findings(folder)
    if case.name != "migration":
        state = case.state(folder)
    if case.name == "restore" and state == BEFORE:  # the documents are gone that it brings back
        wrong = [one for one in wrong if not one.startswith("missing")]
    if wrong:
        told.violation(f"verify: {wrong[:3]}, {where}")
    if state not in (BEFORE, AFTER):
        told.violation(f"done by halves, {where}")
    if acknowledged and state != AFTER:
        told.violation(f"acknowledged and not there, {where}")
    if run(folder, before_anything_else).code != 0:
        told.violation(f"{before_anything_else} fails afterwards, {where}")
    if state == BEFORE and case.name != "migration":
        again = run(folder, case.line)
        if again.code != 0 or case.state(folder) != AFTER:
            told.violation(f"the repeat fails: {again.err.strip()[-200:]!r}, {where}")
        elif wrong := findings(folder):
            told.violation(f"verify after the repeat: {wrong[:3]}, {where}")


def findings(folder: Path) -> list[str]:
    """What ``verify`` finds; a file that no document names is left over (``tracker db compact``), not wrong."""
    process = run(folder, "verify --format json")
    if process.code == 0:
        return []
    try:
        found = json.loads(process.out)
    except ValueError:
        return [f"verify ended with {process.code}: {process.err.strip()[-200:]!r}"]
    return [f"{one['problem']}: {one['what']}" for one in found if one["problem"] != "orphaned"]
