"""Which database a command works on, opened for reading or named for writing."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import typer

from tracker import actions, config
from tracker.cli.settings import Settings
from tracker.errors import BadInput
from tracker.store.connect import OutdatedSchema
from tracker.store.journal.author import Author
from tracker.store.reader import Reader

FARTHEST = timedelta(days=150 * 366)
"""How far from today a listing may look ahead: open-ended series are derived up to there."""


def location(ctx: typer.Context) -> config.Location:
    settings = ctx.find_object(Settings)
    return config.location(settings.db if settings else None)


def author(ctx: typer.Context) -> Author:
    """Who writes by which command, for the journal. Raises BadInput for an actor that is no name."""
    settings = ctx.find_object(Settings) or Settings(None)
    return Author(config.actor(settings.actor), shlex.join(settings.words))


def database_to_write(ctx: typer.Context) -> Path:
    """The database a writing command works on. The one in the user's data folder is made on first use; a path
    that was given is never made, since it may be mistyped."""
    place = location(ctx)
    if place.is_default and not place.path.exists():
        actions.databases.create(place.path, author(ctx))
        typer.echo(f"made a new database: {place.path}", err=True)
    return place.path


@contextmanager
def reader(ctx: typer.Context, until: date | None = None, flag: str = "--as-of") -> Iterator[Reader]:
    """The database opened for reading, upgraded where it is older and derived ahead to ``until`` (as ``flag`` says)."""
    path = location(ctx).path
    try:
        opened = Reader(path)
    except OutdatedSchema:
        actions.databases.upgrade(path, author(ctx))
        opened = Reader(path)
    if until is not None and opened.row("short_of_horizon", until=until.isoformat()):
        opened.close()
        if until - config.today() > FARTHEST:
            raise BadInput(flag, until.isoformat(), "is more than 150 years ahead: expected a nearer day")
        actions.databases.extend(path, until, author(ctx))
        opened = Reader(path)
    with opened:
        yield opened
