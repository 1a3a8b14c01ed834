"""Many at once: writers with readers beside them, writers that are killed, upgrades of one database, backups."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections import Counter
from pathlib import Path

from faults.afterwards import findings
from faults.cases import ask, base, done, old
from faults.processes import SCRATCH, Process, run, start, until_ended, wait_all
from faults.report import Report

ADD = "add-agreement New --party Alpha --party Beta --signed 2020"
"""Reads the last reference that was given, and gives the next: two that read the same would give it twice."""


ROUNDS = 20
"""Of kills on one database."""


def fresh(name: str) -> Path:
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def added(process: Process) -> list[str]:
    """The references that it has acknowledged."""
    return [match[1] for line in process.acknowledged() if (match := re.match(r"added (\S+)", line))]


def writers(report: Report, count: int, each: int) -> None:
    """So many writers, each adding so many agreements; two readers all the while."""
    folder = fresh("writers")
    base(folder)
    with report.check(f"{count} writers x {each}, 2 readers") as told:
        working = [start(folder, *[ADD] * each) for _ in range(count)]
        readers: list[Process] = []
        while not until_ended(working):
            if sum(not reader.poll() for reader in readers) < 2:
                readers.append(start(folder, "agreements --format json"))
        wait_all(readers)
        refs = [ref for writer in working for ref in added(writer)]
        told.figures = {"acknowledged": len(refs), "reads": len(readers)}
        _sound(folder, refs, working, told, expected=count * each)
        for reader in readers:
            if reader.code != 0:
                told.violation(f"a reader failed: {reader.err[-200:]!r}")


def _sound(folder: Path, refs: list[str], working: list[Process], told: Report.Told, expected: int | None) -> None:
    for writer in working:
        if writer.code not in (0, None):
            told.violation(f"a writer failed: {writer.err.strip()[-200:]!r}")
    there = Counter(ask(folder, "SELECT ref FROM agreement WHERE title = 'New'"))
    if len(set(refs)) != len(refs):
        told.violation("a reference was given twice")
    if lost := set(refs) - set(there):
        told.violation(f"acknowledged and lost: {sorted(lost)[:5]}")
    if expected is not None and not len(refs) == sum(there.values()) == expected:
        told.violation(f"{expected} expected, {len(refs)} acknowledged, {sum(there.values())} there")
    if wrong := findings(folder):
        told.violation(f"verify: {wrong[:3]}")


def kills(report: Report, rounds: int) -> None:
    """Three writers killed at a random moment, again and again; after some rounds on another database, since each
    round proves everything that was written in it so far."""
    choose, killed, hot, acknowledged, span = random.Random(1), 0, 0, 0, 0.0
    with report.check(f"kill -9 of three writers, {rounds} rounds") as told:
        for number in range(rounds):
            if number % ROUNDS == 0:
                folder, refs = fresh("kills"), list[str]()
                base(folder)
                begun = time.monotonic()
                first = [start(folder, *[ADD] * 4) for _ in range(3)]
                wait_all(first)
                span = time.monotonic() - begun
                refs += [ref for writer in first for ref in added(writer)]
            working = [start(folder, *[ADD] * 4) for _ in range(3)]
            time.sleep(choose.uniform(0, span))
            killed += sum([writer.kill() for writer in working])
            hot += (folder / "tracker.db-journal").exists()
            now = [ref for writer in working for ref in added(writer)]
            acknowledged += len(now)
            refs += now
            _sound(folder, refs, working, told, expected=None)
            told.figures = {"killed": killed, "left a journal": hot, "acknowledged": acknowledged}


def upgrades(report: Report, rounds: int) -> None:
    """Four processes find one old database at once."""
    with report.check("4 processes upgrade one database") as told:
        for _ in range(rounds):
            told.add("rounds")
            folder = fresh("upgrades")
            old(folder)
            lines = ("db upgrade", "agreements", "add-agreement New --party Alpha --signed 2020", "db upgrade")
            working = [start(folder, line) for line in lines]
            wait_all(working)
            for process in working:
                if process.code != 0:
                    told.violation(f"ended with {process.code}: {process.err.strip()[-200:]!r}")
            if len(list(folder.glob("tracker-schema-1-*.zip"))) != 1 or list(folder.glob(".tracker*")):
                told.violation("not one backup before the upgrade, or something left over")
            _sound(folder, ask(folder, "SELECT ref FROM agreement WHERE title = 'New'"), working, told, expected=1)


def backups(report: Report, count: int) -> None:
    """Backups taken while eight write; each is restored and proven, and holds what was acknowledged before it."""
    folder = fresh("backups")
    base(folder)
    with report.check(f"{count} backups under 8 writers") as told:
        working = [start(folder, *[ADD] * (count * 2)) for _ in range(8)]
        for number in range(count):
            if all(writer.poll() for writer in working):
                working += [start(folder, *[ADD] * (count * 2)) for _ in range(8)]
            before = {ref for writer in working for ref in added(writer)}
            backup = run(folder, f"backup -o {number}.zip")
            told.add("under writers", int(not all(writer.poll() for writer in working)))
            if backup.code != 0:
                told.violation(f"backup: {backup.err.strip()[-200:]!r}")
                continue
            there = folder / f"restored-{number}" / "tracker.db"
            restored = run(folder, f"--db {there} restore {number}.zip", f"--db {there} verify")
            if restored.code != 0:
                told.violation(f"restored: {restored.out[-200:]!r} {restored.err.strip()[-200:]!r}")
                continue
            held = set(ask(there.parent, "SELECT ref FROM agreement"))
            told.add("restored")
            if before - held:
                told.violation(f"acknowledged before it and not in it: {sorted(before - held)[:5]}")
        wait_all(working)
        _sound(folder, [ref for writer in working for ref in added(writer)], working, told, expected=None)
    done(folder, "verify")
