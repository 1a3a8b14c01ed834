"""``tracker import`` and ``tracker schema``: record files in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker import actions, config, exchange
from tracker.cli import keeping, options, output
from tracker.cli.context import author, database_to_write
from tracker.errors import BadFile, BadInput, TrackerError


def import_records(ctx: typer.Context, name: str, *, dry_run: bool, update: bool, new_party: bool) -> None:
    """Bring in the agreements of a record file (``-``: YAML from stdin), all or nothing."""
    if name == "-":
        found = exchange.reading.parse(_stdin(), "stdin", as_json=False)
        folder = Path()
    else:
        found = exchange.reading.read(Path(name))
        folder = Path(name).absolute().parent
    path = database_to_write(ctx)
    today, bring_in = config.today(), actions.records.bring_in
    missing: list[str] = []
    try:
        with actions.documents.keeping(path) as files:
            records = found.records
            if not dry_run:
                records, missing = actions.documents.keep_all_beside(records, folder, files)
            done = actions.running.run(
                path,
                lambda session: bring_in(session, records, today, update=update, insist=new_party),
                dry_run=dry_run,
                author=author(ctx),
                files=files,
            )
    except TrackerError as error:
        raise found.located(error) from error
    if not dry_run:
        keeping.read_unread(path, author(ctx))
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


def schema(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What to describe: record or directory.")] = "record",
    out: options.Output = None,
) -> None:
    """Print the JSON Schema of the record file: of an agreement, or of the directory beside them."""
    models: dict[str, type[actions.record.Part]] = {
        "record": actions.record.Record,
        "directory": actions.record.DirectoryDocument,
    }
    if what not in models:
        raise BadInput("schema", what, "is not described: expected record or directory")
    described = models[what].model_json_schema(by_alias=True)
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    output.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n", out)
