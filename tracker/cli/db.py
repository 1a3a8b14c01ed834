"""``tracker db``: looking after the database."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli import keeping
from tracker.cli.context import author, location
from tracker.cli.usage import printable
from tracker.cli.writing import say

db = typer.Typer(
    name="db",
    help="Look after the database.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@db.command("upgrade")
def upgrade(ctx: typer.Context) -> None:
    """Bring an older database to this program's schema; every command does so by itself."""
    say(actions.databases.upgrade(location(ctx).path, author(ctx)))


@db.command("rederive")
def rederive(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit 1 when something would change.")] = False,
) -> None:
    """Derive standing, terms, milestones and due dates anew from the facts."""
    changed = actions.databases.rederive(location(ctx).path, config.today(), dry_run=check, author=author(ctx))
    for ref in changed:
        typer.echo(f"{'differs' if check else 'derived anew'}: {ref}")
    if not changed:
        typer.echo("everything derived is as it follows from the facts", err=True)
    if check and changed:
        raise typer.Exit(1)


@db.command("reindex")
def reindex(
    ctx: typer.Context,
    anew: Annotated[bool, typer.Option("--anew", help="Read every file again, not only those not read yet.")] = False,
) -> None:
    """Read the text of kept files, and make the search index anew."""
    path = location(ctx).path
    actions.running.run(path, actions.kept_texts.rebuild_index, author=author(ctx))
    for name, what in keeping.read_unread(path, author(ctx), anew=anew):
        typer.echo(f"{printable(name)}: {what}")
    typer.echo("the search index is made anew", err=True)


@db.command("compact")
def compact(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Remove nothing; say what would be.")] = False,
) -> None:
    """Remove kept files that no document names any more, and unfinished copies.

    This cannot be undone: where undo brings back a document later, its file stays gone.
    """
    done = actions.compacting.compact(location(ctx).path, dry_run=dry_run, author=author(ctx))
    word = "would remove" if dry_run else "removed"
    for name, size in done.files:
        typer.echo(f"{word} {name} ({size} bytes)")
    if not done.files:
        typer.echo("no file to remove", err=True)
