"""``tracker import``, ``tracker export`` and ``tracker schema``: record files in and out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker import actions, config, exchange
from tracker.cli import complete, filters, keeping, options, output, values
from tracker.cli.context import database_to_write, reader
from tracker.errors import BadFile, BadInput, TrackerError
from tracker.models.enums import AgreementKind, Status


def import_records(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A record file; '-' reads YAML from stdin.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Put records whose reference exists in the place of what is recorded.")
    ] = False,
    new_party: options.NewParty = False,
) -> None:
    """Bring in agreements from a record file (YAML, JSON), all or nothing.

    Examples:

      tracker import agreements.yaml --dry-run

      tracker import agreements.yaml --update
    """
    name = values.required(file, "File", "FILE")
    if not name.strip():
        raise BadInput("FILE", "", "is empty: expected the name of a file")
    if name == "-":
        found = exchange.reading.parse(_stdin(), "stdin", as_json=False)
        folder = Path()
    else:
        found = exchange.reading.read(Path(name))
        folder = Path(name).absolute().parent
    path = database_to_write(ctx)
    today = config.today()
    records = found.records
    missing: list[str] = []
    if not dry_run:
        records, missing = actions.documents.keep_all_beside(found.records, folder, path)

    def use_case(session: object) -> list[actions.records.Brought]:
        return actions.records.bring_in(session, records, today, update=update, insist=new_party)  # type: ignore[arg-type]

    try:
        done = actions.running.run(path, use_case, dry_run=dry_run)
    except TrackerError as error:
        raise found.located(error) from error
    if not dry_run:
        keeping.read_unread(path)
    words = {"new": "would add" if dry_run else "added", "updated": "would update" if dry_run else "updated"}
    for item in done:
        typer.echo(f"{words.get(item.did, 'same as recorded:')} {item.ref} {item.title}")
        for line in item.changes:
            typer.echo(f"  {line}")
        for line in item.aside:
            typer.echo(line.replace("created ", "would create ", 1) if dry_run else line, err=True)
    for line in missing:
        typer.echo(line, err=True)
    counts = {did: sum(item.did == did for item in done) for did in ("new", "updated", "same")}
    summary = ", ".join(f"{count} {did}" for did, count in counts.items() if count)
    typer.echo(f"{summary}{'; nothing was written (dry run)' if dry_run else ''}", err=True)


def _stdin() -> str:
    """The text on stdin. Raises BadFile for what is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("stdin", f"is not UTF-8: byte 0x{error.object[error.start]:02x}") from error


def export(
    ctx: typer.Context,
    ref: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REF ...]", help="These agreements only.", autocompletion=complete.agreements),
    ] = None,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only with this status.")] = None,
    as_of: options.AsOf = None,
    format_name: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="yaml or json; else by the file's ending.")
    ] = None,
    out: options.Output = None,
) -> None:
    """Write agreements as record files, all of them or those that the filters leave.

    Examples:

      tracker export -o everything.yaml

      tracker export PA-2017-001 --format json
    """
    ending = Path(out).suffix.lower() if out and out != "-" else ""
    chosen = format_name or ("json" if ending == ".json" else "yaml")
    if chosen not in exchange.writing.FORMATS:
        raise BadInput(
            "--format", chosen, f"is not a format of records: expected {' or '.join(exchange.writing.FORMATS)}"
        )
    day = values.day(as_of)
    with reader(ctx) as rows:
        if ref:
            refs = [filters.agreement_ref(rows, item) for item in ref]
        elif any((party, scope, country, kind, status)):
            given = filters.values(rows, day, party=party, scope=scope, country=country, kind=kind, status=status)
            refs = [row["ref"] for row in rows.rows("agreements", **given)]
        else:
            refs = [row["ref"] for row in rows.rows("record_refs")]
        records = exchange.writing.records(rows, refs)
    if not records:
        typer.echo("no agreements", err=True)
    output.write(exchange.writing.text(records, chosen) if records else "", out)


def schema(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="record", help="What to describe: record.")] = "record",
    out: options.Output = None,
) -> None:
    """Print the JSON Schema of the record file."""
    if what != "record":
        raise BadInput("schema", what, "is not described: expected record")
    described = actions.record.Record.model_json_schema(by_alias=True)
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    output.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n", out)
