"""``tracker verify``: whether what is kept is whole."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from tracker import actions
from tracker.cli import options, output
from tracker.cli.context import location, reader
from tracker.store.files import FileStore

SHAPE = output.Shape(
    noun="findings",
    columns=(("problem", "problem"), ("file", "file"), ("what", "what")),
    lists=frozenset(),
    wraps=frozenset({"file", "what"}),
)


def verify(
    ctx: typer.Context,
    files: Annotated[bool, typer.Option("--files", help="Verify the kept files.")] = True,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Hash every kept file again and name each that is missing, altered or orphaned.

    Silent but for one line when all is whole; exit code 1 when something is found.

    Examples:

      tracker verify --files
    """
    with reader(ctx) as rows:
        found = list(actions.file_verification.findings(rows, FileStore(location(ctx).path), _progress))
    lines: list[dict[str, Any]] = [
        {"problem": item.problem, "file": item.file, "documents": list(item.documents), "what": item.what}
        for item in found
    ]
    if lines or output.format_of(format_name, out) != "table":
        output.show(lines, SHAPE, format_name=format_name, output=out)
    if lines:
        raise typer.Exit(1)
    typer.echo("every kept file is whole", err=True)


def _progress(done: int, of: int) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty() and (done % 50 == 0 or done == of) and of > 100:
        typer.echo(f"\r{done} of {of} files", nl=done == of, err=True)
