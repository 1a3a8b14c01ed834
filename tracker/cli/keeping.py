"""Keeps a file and reads its text, both before the transaction in which it is recorded."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tracker import actions, exchange
from tracker.store.files import FileStore
from tracker.store.journal.author import Author
from tracker.store.reader import Reader

if TYPE_CHECKING:
    from tracker.rules.pages import FileText
    from tracker.store.files import KeptFile

_SLOW = 5 * 1024 * 1024
"""Bytes from which on it is said that a file is being read."""


def keep(files: FileStore, source: Path) -> tuple[KeptFile, FileText]:
    """The file as it was kept in the store, and its text. Raises BadFile."""
    kept = actions.documents.keep(files, source)
    if kept.size > _SLOW:
        typer.echo(f"reading {source.name} ...", err=True)
    return kept, exchange.texts.read(files.where(kept.sha256), kept.media_type)


def read_unread(database: Path, author: Author, *, anew: bool = False) -> list[tuple[str, str]]:
    """Read the kept files whose text has not been read (``anew``: all), each recorded by itself; gives the name of
    each and what became of it."""
    with Reader(database) as rows:
        found = actions.kept_texts.unread(rows, FileStore(database), anew=anew)
    said = []
    for number, item in enumerate(found, start=1):
        if len(found) > 20 or item.kept.size > _SLOW:
            typer.echo(f"reading {number} of {len(found)}: {item.name}", err=True)
        text = exchange.texts.read(item.path, item.kept.media_type)
        actions.running.run(database, partial(_write, item.kept, text), author=author)
        said.append((item.name, actions.kept_texts.in_words(text)))
    return said


def _write(kept: KeptFile, text: FileText, session: object) -> None:
    actions.kept_texts.write(session, kept, text)  # type: ignore[arg-type]
