"""Runs one use case for a writing command and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from tracker import actions
from tracker.cli.context import author, database_to_write

if TYPE_CHECKING:
    from tracker.actions.outcome import Outcome
    from tracker.store.files import FileStore


def write(ctx: typer.Context, use_case: Callable[[Any], Outcome], files: FileStore | None = None) -> None:
    """Run the use case in one transaction, with the files it names; then say what changed, what was created on the
    way, what to do next."""
    path = database_to_write(ctx)
    say(actions.running.run(path, use_case, author=author(ctx), files=files))


def say(outcome: Outcome) -> None:
    """What changed goes to stdout; what was noticed on the way and the next step go to stderr."""
    for line in outcome.said:
        typer.echo(line)
    for line in outcome.aside:
        typer.echo(line, err=True)
    if outcome.next:
        typer.echo(f"next: {outcome.next}", err=True)
