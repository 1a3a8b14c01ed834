"""``tracker db``: looking after the database."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli.context import author, location
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
