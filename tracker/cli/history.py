"""``tracker history``: who changed what, when; and a record as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated

import typer

from tracker import actions
from tracker.cli import complete, options, output, show, values
from tracker.cli.context import author, location, reader
from tracker.errors import BadInput, NotFound
from tracker.store.connect import OutdatedSchema
from tracker.store.history import history as history_of
from tracker.store.history import reference
from tracker.store.journal import past
from tracker.store.reader import Rows

SHAPE = output.Shape(
    noun="changes",
    columns=(
        ("entry", "entry"),
        ("at", "when (UTC)"),
        ("actor", "who"),
        ("ref", "ref"),
        ("what", "of"),
        ("change", "change"),
        ("field", "field"),
        ("before", "before"),
        ("after", "after"),
    ),
    wraps=frozenset({"before", "after", "actor"}),
)


def history(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="Only of this, and of its parts.", autocompletion=complete.references),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="Show REF as it was recorded at the end of this day.")
    ] = None,
    entry: Annotated[int | None, typer.Option("--entry", min=1, metavar="N", help="Only of this entry.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")] = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List who changed what, when, before and after, the last change first; with --at, show a record as it was.

    Examples:

      tracker history PA-2017-001

      tracker history PA-2017-001/O1 --format json

      tracker history PA-2017-001 --at 2018-06-30
    """
    if at is not None:
        _as_it_was(ctx, values.required(ref, "Reference", "REF"), values.day(at, "--at"), format_name, out)
        return
    moment = None if since is None else _utc(values.day(since, "--since"), time.min)
    with reader(ctx) as rows:
        found = history_of(rows, ref=None if ref is None else _reference(rows, ref), entry=entry, since=moment)
        output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def _reference(rows: Rows, given: str) -> str:
    found = reference(rows, given)
    if found is None:
        raise NotFound("reference", given, [], "list what was changed with: tracker history")
    return found


def _as_it_was(ctx: typer.Context, ref: str, day: date, format_name: str | None, out: str | None) -> None:
    chosen = output.format_of(format_name, out)
    if chosen not in ("table", "json"):
        raise BadInput("--format", chosen, "does not fit one record: expected table or json")
    path = location(ctx).path
    try:
        with past.copy(path) as db:
            text, number = _shown(Rows(db, path), ref, day, chosen, out, past.go_back_to(db, _utc(day, time.max)))
    except OutdatedSchema:
        actions.databases.upgrade(path, author(ctx))
        _as_it_was(ctx, ref, day, format_name, out)
        return
    typer.echo(f"{ref} as recorded on {day}, after entry {number}", err=True)
    output.write(text, out)


def _shown(rows: Rows, ref: str, day: date, chosen: str, out: str | None, number: int) -> tuple[str, int]:
    if number == 0:
        raise NotFound(
            "record of that day", ref, [], "the journal begins later: tracker history --sort entry --limit 1"
        )
    try:
        found = show.find(rows, ref, day)
    except NotFound as error:
        error.hint = f"it was not recorded on {day}: see when it was with: tracker history {ref}"
        raise
    return show.rendered(found, chosen, out), number


def _utc(day: date, moment: time) -> str:
    """A local moment as entries of the journal have it."""
    try:
        return datetime.combine(day, moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError):  # the calendar begins or ends there
        return f"{day}T{moment:%H:%M:%S}Z"
