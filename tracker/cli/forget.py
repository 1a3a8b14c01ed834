"""``tracker forget``: erases a person."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions
from tracker.cli import complete, values
from tracker.cli.context import author, database_to_write
from tracker.cli.writing import say


def forget(
    ctx: typer.Context,
    person: Annotated[
        str | None,
        typer.Argument(metavar="PERSON", help="The person's name or reference.", autocompletion=complete.people),
    ] = None,
    keep_mentions: Annotated[
        bool, typer.Option("--keep-mentions", help="Leave free text (titles, notes ...) that names the person.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase a person's name, office, e-mail and telephone number: from what is recorded, and from the journal.

    What they signed, answer for or are a contact of stays, under "Erased person N". Free text that names them has
    [erased] in its place, also the text that was read of documents; the kept files stay as they are, and those that
    name them are told. It cannot be undone. On a terminal it asks first.

    Examples:

      tracker forget "Ana Castillo"

      tracker forget person-7 --yes
    """
    name = values.required(person, "Person", "PERSON")
    path = database_to_write(ctx)
    erasure = actions.erasure
    found = actions.running.run(path, lambda session: erasure.survey(session, name), dry_run=True)
    texts = [] if keep_mentions else list(dict.fromkeys(map(str, found.replaced)))
    if texts:
        typer.echo("names them: " + ", ".join(texts), err=True)
    if not values.confirmed(f"Erase {found.ref} {found.name} for good?", yes=yes):
        typer.echo("nothing was erased", err=True)
        raise typer.Exit(1)
    done = actions.running.run(
        path,
        lambda session: erasure.forget(session, name, keep_mentions=keep_mentions),
        author=author(ctx),
    )
    erasure.compact(path)
    done.aside.extend(f"such a copy lies beside the database: {file}" for file in erasure.copies(path))
    say(done)
