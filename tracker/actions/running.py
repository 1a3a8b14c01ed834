"""Runs one use case in one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from tracker import actions, config
from tracker.actions import derivation
from tracker.store.files import FileStore
from tracker.store.journal.author import Author
from tracker.store.transaction import transaction

Result = TypeVar("Result")

_OUTSIDE = {"backups", "checking", "compacting", "databases", "running", "verification"}
"""Use cases that open the database themselves."""

_SELDOM = {"calendar", "calendar_memory", "clause_quotes", "erasure", "file_verification", "undoing"}
_SELDOM |= {"records", "registers"}
"""Use cases of one command each, which loads them before it runs them."""


def run(
    path: Path,
    use_case: Callable[[Session], Result],
    *,
    dry_run: bool = False,
    author: Author | None = None,
    files: FileStore | None = None,
) -> Result:
    """What ``use_case`` gives, after its changes are committed and journalled as the author's; a dry run takes
    them back. What it names of ``files`` is kept with it."""
    _load()
    with transaction(path, dry_run=dry_run, author=author, files=files) as session:
        result = use_case(session)
        derivation.follow_parties(session, config.today())
        return result


def _load() -> None:
    """Load what a use case may need before the write lock is taken: loading it takes longer than most writes, and
    others would wait."""
    for name in sorted(set(actions.__all__) - _OUTSIDE - _SELDOM):
        getattr(actions, name)
    configure_mappers()
