"""``tracker documents`` and ``tracker add-document``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker import actions
from tracker.cli import filters, options, output, values
from tracker.cli.context import author, database_to_write, reader
from tracker.cli.writing import say
from tracker.models.enums import DocumentKind

SHAPE = output.Shape(
    noun="documents",
    columns=(
        ("ref", "ref"),
        ("kind", "kind"),
        ("file", "file"),
        ("title", "title"),
        ("language", "language"),
        ("on", "on"),
        ("kept", "kept"),
    ),
    flags=frozenset({"kept"}),
    wraps=frozenset({"file", "title"}),
)


def documents(
    ctx: typer.Context,
    agreement: options.AgreementFilter = None,
    kind: Annotated[DocumentKind | None, typer.Option(help="Only of this kind.")] = None,
    text: options.TextFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List the files kept with agreements; one that is only named has no file in the store."""
    with reader(ctx) as rows:
        given = filters.values(rows, values.day(None), agreement=agreement, text=text, kind=kind)
        found = rows.rows("documents", **given)
    for row in found:
        row["kept"] = row["sha256"] is not None
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_document(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="The file to keep.")] = None,
    kind: Annotated[DocumentKind | None, typer.Option(help="What kind of document it is.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")] = None,
    language: Annotated[str | None, typer.Option(metavar="LL", help="Its language.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it bears.")] = None,
) -> None:
    """Keep a file with an agreement: copied beside the database under the SHA-256 of its content.

    Examples:

      tracker add-document PA-2017-001 signed.pdf --kind signed-text --language es
    """
    ref = values.required(ref, "Agreement", "REF")
    source = Path(values.required(file, "File", "FILE"))
    data = {"file": source.name, "kind": kind, "title": title, "language": language}
    part = values.part("DocumentPart", data | {"on": values.written(on, "--on")}, {"file": "FILE"})
    path = database_to_write(ctx)
    with reader(ctx) as rows:
        filters.agreement_ref(rows, ref)  # before anything is copied
    with actions.documents.keeping(path) as files:
        kept = files.keep(source)
        outcome = actions.running.run(
            path, lambda session: actions.documents.add(session, ref, part, kept), author=author(ctx)
        )
    say(outcome)
