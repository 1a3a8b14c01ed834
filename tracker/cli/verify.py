"""``tracker verify``: whether everything is as it was recorded: the journal, every row, what is derived, kept files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker import actions, config
from tracker.cli import options, output
from tracker.cli.context import location, reader
from tracker.cli.usage import printable
from tracker.errors import BadInput
from tracker.store.files import FileStore
from tracker.store.journal.entries import Head

if TYPE_CHECKING:
    from tracker.actions.file_verification import FileFinding
    from tracker.store.journal.chain import Finding

SHAPE = output.Shape(
    noun="findings",
    columns=(("problem", "problem"), ("ref", "ref"), ("file", "file"), ("what", "what")),
    lists=frozenset(),
)

SHOWN_AFTER = 1.0
"""Seconds before progress is shown, and between two lines of it."""


def verify(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="COUNT:HASH", help="An earlier head of the journal, which it must still hold."),
    ] = None,
    files: Annotated[bool, typer.Option("--files", help="Verify the kept files only.")] = False,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Prove that nothing was lost or changed behind Tracker's back; exit code 1 with a list where something was.

    The journal is whole and sealed with the key; replaying it gives exactly today's rows; what is derived follows
    from the facts; the search index holds what is recorded; the database itself is sound. Every kept file is hashed
    again: none is missing, altered or orphaned (no document names it: tracker db compact removes it).

    Examples:

      tracker verify

      tracker verify --files
    """
    if files and since is not None:
        raise BadInput("--since", since, "is of the journal, and --files verifies the kept files only")
    given = None if since is None else Head.parse(since)
    with reader(ctx) as rows:  # upgraded where it is older
        store = FileStore(location(ctx).path)
        if files:
            found: Sequence[Finding | FileFinding] = list(
                actions.file_verification.findings(rows, store, partial(Told(), "files"))
            )
    now = None
    if not files:
        now, found = actions.verification.verify(location(ctx).path, config.today(), given, Told())
    if output.format_of(format_name, out) != "table":
        output.show(list(map(_row, found)), SHAPE, format_name=format_name, output=out)
    elif found:
        output.write("".join(f"{printable(str(finding))}\n" for finding in found), out)
    head = f"; the journal's head is {now}" if now else ""
    if found:
        typer.echo(f"{len(found)} finding{'s' if len(found) > 1 else ''}{head}", err=True)
        raise typer.Exit(1)
    typer.echo(f"all is as it was recorded{head}" if now else "every kept file is whole", err=True)


def _row(finding: Finding | FileFinding) -> dict[str, Any]:
    if isinstance(finding, actions.file_verification.FileFinding):
        named = list(finding.documents)
        return {"problem": finding.problem, "ref": None, "file": finding.file, "documents": named, "what": finding.what}
    return {
        "problem": "changed",
        "ref": _text(finding.ref),
        "file": None,
        "documents": [],
        "what": _text(finding.problem),
    }


def _text(found: str | None) -> str | None:
    """With bytes that are no text, which an altered database may hold, shown as escapes."""
    return None if found is None else found.encode("utf-8", "backslashreplace").decode("utf-8")


class Told:
    """Says on stderr how far the work is, once it takes longer than a second."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= SHOWN_AFTER:
            self.last = now
            typer.echo(f"{what}: {done} of {total}", err=True)
