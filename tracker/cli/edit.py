"""``tracker edit`` and ``tracker remove``."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import actions, config, exchange
from tracker.cli import filters, options, values
from tracker.cli.context import author, database_to_write, reader
from tracker.cli.writing import write
from tracker.errors import BadFile, BadInput, Conflict, Missing, TrackerError
from tracker.store.backup.room import room


def edit(
    ctx: typer.Context,
    ref: options.AnyRef = None,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE ...]", help="Fields to change; KEY= empties one.")
    ] = None,
) -> None:
    """Change fields of anything that has a reference; without fields, open the agreement's record in your editor.

    Lists are given with commas between their items, or by giving the key again; an item that holds a comma stands
    in double quotes. The editor is $VISUAL or $EDITOR; what you typed is not
    lost when it cannot be taken: the file is opened again with the error on top.

    Examples:

      tracker edit PA-2017-001 notice="6 months" responsible="Ana Castillo"

      tracker edit "Ministry of Public Security" acronym=MINSEG country=PA

      tracker edit PA-2017-001/A1 status=held

      tracker edit PA-2017-001/O1 owed_by='"Ministry of Justice, Security and Peace", IOM'
    """
    ref = values.required(ref, "Reference", "REF")
    if not changes:
        _in_editor(ctx, ref)
        return
    given: dict[str, str] = {}
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals:
            raise BadInput("KEY=VALUE", change, "has no '=': expected such as notice=\"6 months\"")
        key = key.strip().replace("-", "_")
        if key in given and key not in actions.editing.LISTS:
            raise BadInput("KEY=VALUE", change, f"gives {key} a second time")
        given[key] = f"{given[key]}, {value}" if key in given else value
    if given.get("country"):
        given["country"] = values.code_of_country(given["country"])
    write(ctx, lambda session: actions.editing.fields(session, ref, given, config.today()))


def remove(
    ctx: typer.Context,
    ref: options.AnyRef = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove an agreement with everything under it, or a part, party, person or scope area that nothing rests on.

    Its reference is never given again; tracker undo brings it back. On a terminal it asks first.

    Examples:

      tracker remove PA-2017-001/A2
    """
    ref = values.required(ref, "Reference", "REF")
    path = database_to_write(ctx)
    what, seen = actions.running.run(path, lambda session: actions.removal.describe(session, ref), dry_run=True)
    if not values.confirmed(f"Remove {what}?", yes=yes):
        typer.echo("nothing was removed", err=True)
        raise typer.Exit(1)
    write(ctx, lambda session: actions.removal.remove(session, ref, config.today(), seen=seen))


def _in_editor(ctx: typer.Context, ref: str) -> None:
    """Open the agreement's record, and put what comes back in its place; again for as long as it cannot be."""
    path = database_to_write(ctx)
    with reader(ctx) as rows:
        split = actions.targets.split_part(ref)
        whole = filters.agreement_ref(rows, split[0] if split else ref)
        before = exchange.writing.records(rows, [whole])[0]
    text = exchange.writing.text([before], "yaml")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise Missing("An editor", "KEY=VALUE, or set EDITOR")
    original = text
    problem: str | None = None
    while True:
        shown = f"# {problem}\n# (mend it and save, or empty the file to give up)\n{text}" if problem else text
        text = _edited(editor, shown, path)
        text = (
            "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# ")) if problem else text
        )
        if not text.strip() or text == original:
            typer.echo("nothing was changed", err=True)
            return
        try:
            _put(ctx, path, whole, text, before)
            return
        except Conflict as error:  # changed meanwhile: what is on the screen is no longer what is recorded
            raise Conflict(str(error), f"what you typed is kept in {_keep(text, path)}") from error
        except TrackerError as error:
            problem = str(error)
            if not sys.stdin.isatty():
                kept = _keep(text, path)
                raise BadFile(kept, f"was not taken: {problem}", "what you typed is kept there") from error


def _put(ctx: typer.Context, path: Path, ref: str, text: str, before: dict[str, Any]) -> None:
    found = exchange.reading.parse(text, "record", as_json=False)
    record = found.records[0]
    if len(found.records) != 1 or not isinstance(record, actions.record.Record):
        raise BadInput("record", "", "expected one document, of an agreement")
    try:
        brought = actions.running.run(
            path,
            lambda session: actions.editing.whole(session, ref, record, before, config.today()),
            author=author(ctx),
        )
    except TrackerError as error:
        raise found.located(_first(error)) from error
    typer.echo(f"changed {ref}" if brought.changes else f"{ref} is so already")
    for line in brought.changes:
        typer.echo(f"  {line}")
    for line in brought.aside:
        typer.echo(line, err=True)


def _first(error: TrackerError) -> TrackerError:
    """The error with the place of the only document in front, as ``located`` expects it."""
    if error.place:
        error.place = (0, *error.place)
    return error


def _edited(editor: str, text: str, database: Path) -> str:
    """The text after the editor has had it, in a folder beside the database that only its user can enter: what an
    editor keeps beside the file is as confidential, and goes with it."""
    try:
        with room(Path(os.path.realpath(database))) as folder:
            file = folder / "record.yaml"
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            try:
                ended = subprocess.call([*shlex.split(editor), str(file)])
            except (OSError, ValueError) as error:
                raise BadInput("EDITOR", editor, f"cannot be run: {error}") from error
            if ended != 0:
                raise BadInput("EDITOR", editor, f"ended with code {ended}; nothing was changed")
            return exchange.source.read_text(file)
    except OSError as error:
        raise BadFile(database.parent, f"cannot be written: {error.strerror}") from error


def _keep(text: str, database: Path) -> Path:
    """Keep what was typed where the officer finds it, and nobody else: beside the database."""
    folder = Path(os.path.realpath(database)).parent
    handle, name = tempfile.mkstemp(dir=folder, suffix=".yaml", prefix="tracker-unsaved-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)
