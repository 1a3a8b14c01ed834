"""Registers on the command line: how what was found and what became of the rows is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from tracker.cli import output
from tracker.exchange import delimited_file
from tracker.exchange.register import errors_file
from tracker.exchange.register.columns import Table
from tracker.exchange.register.days import ORDERS
from tracker.exchange.register.mapping import DATES, IGNORED, KEPT_AS_NOTE, Assignment
from tracker.exchange.register.profile import Profile

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
    typer.echo(f"{sheet.name}: {table.count} rows below the headings in row {table.heading_row}{how}", err=True)
    if others:
        typer.echo(f"other sheets, not read: {', '.join(others)}; name one with --sheet", err=True)
    rows = [
        [
            one.column.letters,
            _cut(one.column.name, 28),
            one.field if one.field != IGNORED else "(left out)",
            f"{one.sure} %" if one.field not in (KEPT_AS_NOTE, IGNORED) else "",
            _why(one, said),
            _cut(" | ".join(" ".join(sample.split()) for sample in one.column.samples), 48),
        ]
        for one in mapping
    ]
    headings = ["", "column", "field", "sure", "why", "samples"]
    typer.echo(tabulate(rows, headings, disable_numparse=True), err=True)
    for one in mapping:
        if one.field in DATES and one.column.days.swapped:
            typer.echo(
                f"look at {one.column.name}: its {one.column.days.own_dates} real dates all lie before the 13th, "
                f"and its texts after: a spreadsheet program may have swapped day and month in the real ones",
                err=True,
            )
    if "in_force" not in said.default and not {"in_force", "validity"} & {one.field for one in mapping}:
        typer.echo(
            "no column says when agreements enter into force; if they do when signed, add: "
            '--default "in_force=on signature"',
            err=True,
        )


def _why(one: Assignment, said: Profile) -> str:
    if one.field not in DATES or not one.column.days.texts:
        return one.why
    order = one.column.days.order
    if said.order_of(one.column.heading, one.column.letters):
        return f"{one.why}; dates as said"
    return f"{one.why}; dates are {ORDERS[order]}" if order else f"{one.why}; order of dates not decided"


def outcomes(table: Table, taken: list[Any], *, every: bool, recorded: bool, format_name: str | None) -> None:
    """Each row and what became of it; after an import only what needs a look, and the agreements added."""
    rows = []
    for one in taken:
        said = [*one.faults, *one.remarks]
        if said or every or format_name:
            rows += [_line(table, one, fault) for fault in said or [None]]
    if recorded and not format_name:
        added = [one for one in taken if one.did == "new"]
        for one in added if len(added) <= 40 else ():
            typer.echo(f"added {one.ref} {one.title}")
        if len(added) > 40:
            typer.echo(f"added {len(added):,} agreements, from {added[0].ref} to {added[-1].ref}")
    if rows:
        output.show(rows, _SHAPE, format_name=format_name, output=None)


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
        "value": _cut(" ".join(fault.value.split()), 80) if fault is not None and fault.value else None,
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
    typer.echo(f"wrote {path}: {len(faults)} rows to mend, marked in their cells", err=True)


def _named(table: Table, column: int | None) -> str:
    return next((f"{known.name}: " for known in table.columns if known.index == column), "")


def summary(taken: list[Any], *, dry_run: bool, recorded: bool) -> None:
    counts = {
        did: sum(one.did == did for one in taken) for did in ("new", "same", "conflicting", "unreadable", "skipped")
    }
    words = {"skipped": "no agreements (sections, notes)"}
    said = ", ".join(f"{count:,} {words.get(did, did)}" for did, count in counts.items() if count)
    left = "; nothing was written (dry run)" if dry_run else "" if recorded else "; nothing was written"
    typer.echo(f"{len(taken):,} rows: {said or 'none'}{left}", err=True)
    if recorded and not dry_run and counts["conflicting"] + counts["unreadable"]:
        numbers = [str(one.number) for one in taken if one.did in ("conflicting", "unreadable")]
        typer.echo(f"left out: rows {_cut(', '.join(numbers), 300)}", err=True)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
