"""``tracker journal`` and ``tracker undo``: the journal's head, and an entry taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli.context import reader
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
    undoing = actions.undoing
    write(ctx, lambda session: undoing.undo(session, entry, config.today()))
