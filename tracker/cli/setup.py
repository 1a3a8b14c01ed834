"""``tracker init`` and ``tracker config``."""

from __future__ import annotations

import typer

from tracker import actions, config
from tracker.cli.context import author, location
from tracker.cli.writing import say


def init(ctx: typer.Context) -> None:
    """Make a new database: where --db or TRACKER_DB says, else in your data folder."""
    say(actions.databases.create(location(ctx).path, author(ctx)))


def config_(ctx: typer.Context) -> None:
    """Say which database is used and where that is set."""
    place = location(ctx)
    typer.echo(f"database       {place.path}")
    typer.echo(f"set by         {place.source}")
    typer.echo(f"exists         {'yes' if place.path.exists() else 'no'}")
    typer.echo(f"configuration  {config.config_file()}")
    typer.echo(f"journal's key  {config.journal_key_file()}")
    typer.echo(f"written by     {author(ctx).actor}")
    typer.echo(f"today          {config.today()}")
