"""``tracker journal``, ``tracker verify`` and ``tracker undo``: the journal proven, and an entry taken back."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli.context import location, reader
from tracker.cli.writing import write
from tracker.store.journal.entries import Head

journal = typer.Typer(
    name="journal",
    help="Look at the journal itself.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SHOWN_AFTER = 1.0
"""Seconds before progress is shown, and between two lines of it."""


@journal.callback()
def journal_() -> None:
    """Look at the journal itself."""


@journal.command("head")
def head(ctx: typer.Context) -> None:
    """Print how many entries there are and the hash of the last one, as COUNT:HASH.

    Kept elsewhere (in a letter, a report, a backup), it proves later with verify --since that nothing was cut off.
    """
    with reader(ctx) as rows:
        found = rows.row("journal_head")
    typer.echo(Head(found["count"], found["hash"]) if found else "0:")


def verify(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="COUNT:HASH", help="An earlier head of the journal, which it must still hold."),
    ] = None,
) -> None:
    """Prove that nothing was lost or changed behind Tracker's back; exit code 1 with a list where something was.

    The journal is whole and sealed with the key; replaying it gives exactly today's rows; what is derived follows
    from the facts; files are what was kept; the database itself is sound.

    Examples:

      tracker verify

      tracker journal head
    """
    given = None if since is None else Head.parse(since)
    with reader(ctx):
        pass  # upgraded where it is older
    now, found = actions.verification.verify(location(ctx).path, config.today(), given, Told())
    for finding in found:
        typer.echo(str(finding))
    if found:
        typer.echo(f"{len(found)} finding{'s' if len(found) > 1 else ''}; the journal's head is {now}", err=True)
        raise typer.Exit(1)
    typer.echo(f"all is as it was recorded; the journal's head is {now}", err=True)


class Told:
    """Says on stderr how far the work is, once it takes longer than a second."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= SHOWN_AFTER:
            self.last = now
            typer.echo(f"{what}: {done} of {total}", err=True)


def undo(
    ctx: typer.Context,
    entry: Annotated[
        int | None,
        typer.Option("--entry", min=1, metavar="N", help="Take back this entry of the journal, instead of the last."),
    ] = None,
) -> None:
    """Take back what the last command recorded, or an earlier one; undoing that brings it back.

    An earlier entry can be taken back when nothing recorded since touched the same. References stay given.

    Examples:

      tracker undo

      tracker undo --entry 12
    """
    write(ctx, lambda session: actions.undoing.undo(session, entry, config.today()))
