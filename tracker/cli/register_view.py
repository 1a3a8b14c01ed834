"""Registers on the command line: how what was found and what became of the rows is shown."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import typer

from tracker.cli import output
from tracker.errors import shortened
from tracker.exchange import delimited_file
from tracker.exchange.register import errors_file
from tracker.exchange.register.columns import Table
from tracker.exchange.register.days import ORDERS
from tracker.exchange.register.mapping import DATES, IGNORED, KEPT_AS_NOTE, Assignment
from tracker.exchange.register.profile import Profile

_MOST = 40
"""Lines of what needs a look after an import; the rest is counted."""
_PAGE = 100
"""Signs in a line where there is no terminal."""

_SHAPE = output.Shape(
    noun="rows",
    columns=(
        ("cell", "cell"),
        ("outcome", "outcome"),
        ("ref", "agreement"),
        ("title", "title"),
        ("column", "column"),
        ("value", "value"),
        ("reason", "reason"),
        ("remedy", "remedy"),
    ),
    wraps=frozenset({"title", "value", "reason", "remedy"}),
)


def found(table: Table, mapping: list[Assignment], said: Profile, others: list[str]) -> None:
    """What was found in the file: sheet, heading, and what each column is taken for, on stderr."""
    from tabulate import tabulate

    sheet = table.sheet
    how = ""
    if isinstance(sheet, delimited_file.DelimitedFile):
        how = f", {sheet.encoding.removesuffix('-sig')}, {delimited_file.SEPARATORS[sheet.separator]} between cells"
    where = f"below the headings in row {table.heading_row}" if table.heading_row else "without headings"
    typer.echo(f"{sheet.name}: {table.count:,} rows {where}{how}", err=True)
    if others:
        typer.echo(f"other sheets, not read: {', '.join(others)}; name one with --sheet", err=True)
    rows = [
        [
            one.column.letters,
            shortened(one.column.name, 26),
            one.field if one.field != IGNORED else "(left out)",
            f"{one.sure} %" if one.field not in (KEPT_AS_NOTE, IGNORED) else "",
            _why(one, said),
            " | ".join(" ".join(sample.split()) for sample in one.column.samples),
        ]
        for one in mapping
    ]
    headings = ["", "column", "field", "sure", "why", "samples"]
    typer.echo(tabulate(_fitted(rows, headings), headings, disable_numparse=True), err=True)
    for one in mapping:
        if one.field in DATES and one.column.days.swapped:
            typer.echo(
                f"look at {one.column.name}: its {one.column.days.own_dates} real dates all lie before the 13th, "
                f"and its texts after: a spreadsheet program may have swapped day and month in the real ones",
                err=True,
            )
    if "parties" not in said.default and not {"parties", "our_party"} & {one.field for one in mapping}:
        typer.echo('no column says who the parties are; if one does, add: --map "COLUMN=parties"', err=True)
    if "in_force" not in said.default and not {"in_force", "validity"} & {one.field for one in mapping}:
        typer.echo(
            "no column says when agreements enter into force; if they do when signed, add: "
            '--default "in_force=on signature"',
            err=True,
        )


def _fitted(rows: list[list[str]], headings: list[str]) -> list[list[str]]:
    """The rows with samples, and then reasons, cut to what the terminal, or a page of 100 signs, has room for."""
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else _PAGE
    for column, least in ((5, 16), (4, 14)):
        widest = [max(len(cells[0]) + 2, *map(len, cells)) + 2 for cells in zip(headings, *rows, strict=True)]
        room = max(least, width - sum(widest) + widest[column])
        rows = [[*row[:column], shortened(row[column], room), *row[column + 1 :]] for row in rows]
    return rows


def _why(one: Assignment, said: Profile) -> str:
    if one.field not in DATES or not one.column.days.texts:
        return one.why
    order = one.column.days.order
    if said.order_of(one.column.heading, one.column.letters):
        return f"dates as said, {one.why}"
    return f"{ORDERS[order]}, {one.why}" if order else f"{one.why}; order of dates not decided"


def outcomes(table: Table, taken: list[Any], *, every: bool, recorded: bool, format_name: str | None) -> None:
    """Each row and what became of it; after an import only what needs a look, and the agreements added.

    What needs a look comes with the rows left out first, and not more of it than can be read at once.
    """
    whole = every or format_name is not None
    rows = []
    for one in taken if whole else sorted(taken, key=lambda one: (not one.faults, one.did == "skipped")):
        said = [*one.faults, *one.remarks]
        if said or whole:
            rows += [_line(table, one, fault) for fault in said or [None]]
    more = 0 if whole else max(len(rows) - _MOST, 0)
    rows = rows[: len(rows) - more]
    if recorded and not format_name:
        added = [one for one in taken if one.did == "new"]
        for one in added if len(added) <= 40 else ():
            typer.echo(f"added {one.ref} {one.title}")
        if len(added) > 40:
            typer.echo(f"added {len(added):,} agreements, from {added[0].ref} to {added[-1].ref}")
    if rows:
        output.show(rows, _SHAPE, format_name=format_name, output=None)
    if more:
        typer.echo(f"... and {more:,} more; see them all with --dry-run, or with --format csv", err=True)


def _line(table: Table, one: Any, fault: Any) -> dict[str, Any]:
    column = fault.column if fault is not None else None
    heading = next((known.name for known in table.columns if known.index == column), None)
    return {
        "row": one.number,
        "cell": table.address(one.number, column),
        "outcome": one.did,
        "ref": one.ref,
        "title": one.title or None,
        "column": heading,
        "value": shortened(" ".join(fault.value.split()), 80) if fault is not None and fault.value else None,
        "reason": fault.reason if fault is not None else None,
        "remedy": fault.remedy if fault is not None else None,
    }


def write_errors(path: Path, table: Table, taken: list[Any]) -> None:
    faults = {
        one.number: [
            (fault.column, ". ".join(filter(None, (f"{_named(table, fault.column)}{fault.reason}", fault.remedy))))
            for fault in one.faults
        ]
        for one in taken
        if one.faults
    }
    errors_file.write(path, table.sheet, table.heading_row, faults)
    rows = "1 row" if len(faults) == 1 else f"{len(faults):,} rows"
    typer.echo(f"wrote {path}: {rows} to mend, marked in their cells", err=True)


def _named(table: Table, column: int | None) -> str:
    return next((f"{known.name}: " for known in table.columns if known.index == column), "")


def summary(taken: list[Any], *, dry_run: bool, recorded: bool) -> None:
    counts = {
        did: sum(one.did == did for one in taken) for did in ("new", "same", "conflicting", "unreadable", "skipped")
    }
    words = {"skipped": "no agreements (sections, notes)"}
    said = ", ".join(f"{count:,} {words.get(did, did)}" for did, count in counts.items() if count)
    left = "; nothing was written (dry run)" if dry_run else "" if recorded else "; nothing was written"
    typer.echo(f"{len(taken):,} {'row' if len(taken) == 1 else 'rows'}: {said or 'none'}{left}", err=True)
    if recorded and not dry_run and counts["conflicting"] + counts["unreadable"]:
        numbers = [str(one.number) for one in taken if one.did in ("conflicting", "unreadable")]
        typer.echo(f"left out: rows {shortened(', '.join(numbers), 300)}", err=True)
