"""Registers on the command line: what was found in a spreadsheet, what is asked, what became of its rows."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from tracker import actions, config
from tracker.cli import keeping, register_view
from tracker.cli.context import author, database_to_write, location, reader
from tracker.cli.progress import watched
from tracker.errors import BadFile, BadInput, Conflict, NotFound
from tracker.exchange import delimited_file, workbook_file
from tracker.exchange.register import profile
from tracker.exchange.register.columns import SURE, Table, read_table
from tracker.exchange.register.days import ORDERS
from tracker.exchange.register.headings import field_called, field_named, fields
from tracker.exchange.register.mapping import DATES, IGNORED, KEPT_AS_NOTE, Assignment, columns_called, propose
from tracker.exchange.register.profile import DECIMALS, DEFAULTS, Profile
from tracker.exchange.register.reading import Choices, Problem, RowRead, RowReader
from tracker.exchange.register.sheet import Sheet
from tracker.models.keys import fold
from tracker.store.files import FileStore


@dataclass(frozen=True)
class Wanted:
    """What the officer asked for."""

    profile: Profile
    dry_run: bool = False
    new_party: bool = False
    save_profile: str | None = None
    errors: Path | None = None
    skip_bad: bool = False
    ask: bool = True
    format_name: str | None = None


def profile_of(said: Profile, maps: list[str], orders: list[str], defaults: list[str]) -> Profile:
    """The kept profile that is named, with everything said on the command line put over it.

    Raises BadInput for a pair that is none, and for what names no field or order.
    """
    kept = [profile.load(name) for name in maps if "=" not in name]
    if len(kept) > 1:
        raise BadInput("--map", "", "names two profiles: expected one")
    base = kept[0] if kept else Profile()
    columns = dict(_pair("--map", pair) for pair in maps if "=" in pair)
    by_column = dict(_pair("--date-order", pair) for pair in orders if "=" in pair)
    overall = [order for order in orders if "=" not in order]
    for order in (*overall, *by_column.values()):
        if order not in ORDERS:
            raise BadInput("--date-order", order, f"is no order of dates: expected {', '.join(ORDERS)}")
    decimal = said.decimal or base.decimal
    if decimal is not None and decimal not in (*DECIMALS, *DECIMALS.values()):
        raise BadInput("--decimal", decimal, f"is no sign before decimals: expected {' or '.join(DECIMALS)}")
    return Profile(
        sheet=said.sheet or base.sheet,
        heading_row=base.heading_row if said.heading_row is None else said.heading_row,
        separator=said.separator or base.separator,
        encoding=said.encoding or base.encoding,
        columns={**base.columns, **columns},
        ignore=(*base.ignore, *said.ignore),
        date_order=overall[-1] if overall else base.date_order,
        date_orders={**base.date_orders, **by_column},
        decimal=decimal,
        default={**base.default, **dict(_pair("--default", pair) for pair in defaults)},
        values=base.values,
    )


def bring_in(ctx: typer.Context, path: Path, wanted: Wanted) -> None:
    """Read a register and record its rows, or only say what would be done."""
    said = wanted.profile
    table, others = _table(path, said)
    mapping = propose(table, said.columns, said.ignore)
    asking = wanted.ask and _on_a_terminal()
    if asking:
        said, mapping = _asked(table, mapping, said)
    _refuse_nothing(table, mapping)
    register_view.found(table, mapping, said, others)
    if asking and not wanted.dry_run and not typer.confirm("Import with this mapping?", default=True, err=True):
        raise typer.Exit(1)
    if wanted.save_profile:
        kept = profile.save(_kept(said, mapping), wanted.save_profile)
        typer.echo(f"kept this mapping as {kept}: use it with --map {wanted.save_profile}", err=True)
    choices = _choices(ctx, table, said)
    if wanted.dry_run and not location(ctx).path.exists():
        typer.echo("there is no database yet: rows are compared with nothing", err=True)
    named = list(RowReader(table, mapping, choices).file_names())
    with _database(ctx, wanted) as database:
        with actions.documents.keeping(database) as files:
            attached = actions.documents.attach(files, path.absolute().parent, named, dry_run=wanted.dry_run)
            _record(ctx, database, table, RowReader(table, mapping, replace(choices, files=attached)), wanted, files)
        if attached and not wanted.dry_run:
            keeping.read_unread(database, author(ctx))


def _record(
    ctx: typer.Context, database: Path, table: Table, reading: RowReader, wanted: Wanted, files: FileStore
) -> None:
    """Run the import in one transaction, then say what became of each row."""
    today, registers = config.today(), actions.registers

    def use_case(session: Any) -> list[Any]:
        rows = map(_handed_on, watched(reading.rows(), table.count, "reading rows:"))
        options = {"insist": wanted.new_party, "skip_bad": wanted.skip_bad, "dry_run": wanted.dry_run}
        done: list[Any] = registers.bring_in(session, rows, today, **options)
        return done

    refused = None
    try:
        taken = actions.running.run(database, use_case, dry_run=wanted.dry_run, author=author(ctx), files=files)
    except actions.registers.Refused as error:
        taken, refused = error.taken, error
    shown = {"every": wanted.dry_run, "recorded": refused is None and not wanted.dry_run}
    register_view.outcomes(table, taken, format_name=wanted.format_name, **shown)
    if wanted.errors:
        register_view.write_errors(wanted.errors, table, taken)
    register_view.summary(taken, dry_run=wanted.dry_run, recorded=refused is None)
    if refused is not None:
        hint = "mend them (--errors FILE.xlsx marks them), or leave them out with --skip-bad"
        raise BadFile(table.sheet.name, str(refused), hint) if refused.unreadable else Conflict(str(refused), hint)
    if all(one.did == "skipped" for one in taken):
        raise BadFile(
            table.sheet.name, "has no row that is an agreement", "see with --dry-run why each was passed over"
        )


@contextmanager
def _database(ctx: typer.Context, wanted: Wanted) -> Iterator[Path]:
    """The database to write; for a dry run where there is none yet, an empty one that is thrown away."""
    if not wanted.dry_run or location(ctx).path.exists():
        yield database_to_write(ctx)
        return
    with TemporaryDirectory() as folder:
        actions.databases.create(Path(folder) / "empty.db")
        yield Path(folder) / "empty.db"


def _handed_on(row: RowRead) -> Any:
    """A row as the use case takes it; one that could not be read, or is none, as what became of it."""
    if row.skipped:
        return actions.registers.Taken(row.number, "skipped", remarks=[_fault(None, "", row.skipped)])
    if row.values is None:
        return actions.registers.Taken(row.number, "unreadable", None, row.title, [_said(one) for one in row.problems])
    remarks = [_said(one) for one in row.remarks]
    return actions.registers.RegisterRow(row.number, row.values, row.column_of, remarks, row.status)


def _said(problem: Problem) -> Any:
    return _fault(problem.column, problem.value, problem.reason, problem.remedy)


def _fault(column: int | None, value: str, reason: str, remedy: str | None = None) -> Any:
    return actions.registers.Fault(column, value, reason, remedy)


def _table(path: Path, said: Profile) -> tuple[Table, list[str]]:
    """The table to read, and what is said of the sheets that are not.

    Raises BadFile for a file without a heading to be found, NotFound for a sheet that is not there.
    """
    sheets: list[Sheet] = []
    if path.suffix.lower() in workbook_file.ENDINGS:
        sheets += workbook_file.open_workbook(path)
    else:
        sheets.append(delimited_file.open_delimited(path, encoding=said.encoding, separator=said.separator))
    if said.sheet is not None and path.suffix.lower() in workbook_file.ENDINGS:
        named = [sheet for sheet in sheets if fold(sheet.name) == fold(said.sheet)]
        if not named:
            raise NotFound("sheet", said.sheet, [sheet.name for sheet in sheets][:5])
        sheets = named
    found = [table for sheet in sheets if (table := read_table(sheet, said.heading_row)) is not None]
    if not found:
        hint = (
            "say which row has the headings with --heading-row ROW; 0 where there is none, then map columns by letters"
        )
        raise BadFile(path, "has no row that looks like the headings of a register", hint)
    table = max(found, key=lambda one: (one.count > 0, _known_headings(one), one.count))
    read = {one.sheet.name for one in found if one is table or not one.count}
    counts = {one.sheet.name: f"{one.sheet.name} ({one.count} rows)" for one in found}
    unread = [sheet.name for sheet in sheets if sheet.name not in read and any(map(any, islice(sheet.rows(), 1000)))]
    others = [counts.get(name, f"{name} (no headings found)") for name in unread]
    return table, others


def _on_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _known_headings(table: Table) -> int:
    """How many fields the headings of a table name."""
    named = (field_named(column.heading) for column in table.columns if column.heading)
    return len({name for name, sure in named if name and sure >= SURE})


def _asked(table: Table, mapping: list[Assignment], said: Profile) -> tuple[Profile, list[Assignment]]:
    """What the officer answers about columns that are not sure and dates that can mean two days."""
    columns, orders = dict(said.columns), dict(said.date_orders)
    for one in mapping:
        if one.field == KEPT_AS_NOTE and one.sure < SURE and one.column.filled:
            meant = one.why.removeprefix("may be ").split(":")[0]
            sample = ", ".join(one.column.samples[:2])
            question = f"{one.column.name} ({sample}): a field, or ENTER to keep it as a note [may be {meant}]"
            answer = typer.prompt(question, default="", show_default=False, err=True)
            if answer.strip():
                columns[one.column.heading or one.column.letters] = answer.strip()
    mapping = propose(table, columns, said.ignore)
    for one in mapping:
        if (
            one.field in DATES
            and one.column.days.undecided
            and not said.order_of(one.column.heading, one.column.letters)
        ):
            sample = one.column.days.first_either
            question = f"{one.column.name}: in {sample}, does the day, the month or the year stand first? (d, m, y)"
            answer = ""
            while answer not in ("d", "m", "y"):
                answer = typer.prompt(question, err=True).strip().lower()[:1]
            orders[one.column.heading or one.column.letters] = {"d": "dmy", "m": "mdy", "y": "ymd"}[answer]
    return replace(said, columns=columns, date_orders=orders), mapping


def _refuse_nothing(table: Table, mapping: list[Assignment]) -> None:
    if not table.count:
        raise BadFile(table.sheet.name, f"has no rows below its headings in row {table.heading_row}")
    if not {"title", "parties", "summary", "ref"} & {one.field for one in mapping}:
        known = ", ".join(one.column.name for one in mapping[:8])
        hint = f'say which column it is: --map "COLUMN=parties" or --map "COLUMN=title"; columns are {known}'
        raise BadFile(table.sheet.name, "has no column that is an agreement's title or parties", hint)


def _choices(ctx: typer.Context, table: Table, said: Profile) -> Choices:
    orders: dict[int | None, str] = {None: said.date_order} if said.date_order else {}
    for name, order in said.date_orders.items():
        orders |= {column.index: order for column in columns_called(table, name)}
    for name in said.default:
        if (field_called(name) or name) not in DEFAULTS:
            raise BadInput("--default", name, f"is no field with a value for all rows: expected {', '.join(DEFAULTS)}")
    for name in said.values:
        if field_called(name) is None:
            raise BadInput("values", name, f"is no field: expected one of {', '.join(fields())}")
    return Choices(
        orders=orders,
        decimal=DECIMALS.get(said.decimal or "", said.decimal),
        defaults={field_called(name) or name: value for name, value in said.default.items()},
        values={field_called(name) or name: meanings for name, meanings in said.values.items()},
        scopes=_scopes(ctx),
    )


def _scopes(ctx: typer.Context) -> dict[str, str]:
    """The code of each scope area by its folded code and names; those that come with the program before a database
    is made."""
    from tracker.store.reference_data import scope_areas

    rows: list[dict[str, Any]] = [dict(row) for row in scope_areas()]
    if location(ctx).path.exists():
        with reader(ctx) as opened:
            rows = opened.rows("scopes")
    return {
        fold(row[key]): row["code"] for row in rows for key in ("name_fr", "name_es", "name_en", "code") if row[key]
    }


def _kept(said: Profile, mapping: list[Assignment]) -> Profile:
    """The profile to keep: what was said, and what every named column was taken for."""
    named = [one for one in mapping if one.column.heading]
    count = Counter(fold(one.column.heading) for one in named)
    once = [one for one in named if count[fold(one.column.heading)] == 1]
    columns = {one.column.heading: one.field for one in once if one.field != IGNORED}
    others = [one for one in mapping if one not in once and (one.by_hand or one.field not in (KEPT_AS_NOTE, IGNORED))]
    letters = {one.column.letters: one.field for one in others if one.field != IGNORED}
    ignored = tuple(dict.fromkeys([*said.ignore, *(one.column.heading for one in named if one.field == IGNORED)]))
    return replace(said, columns={**columns, **letters}, ignore=ignored)


def _pair(flag: str, text: str) -> tuple[str, str]:
    """A name and its value; a column's heading may hold ``=``, and so may the value of a default."""
    name, _, value = text.partition("=") if flag == "--default" else text.rpartition("=")
    if not name.strip() or not value.strip():
        raise BadInput(flag, text, "is no pair: expected NAME=VALUE")
    return name.strip(), value.strip()
