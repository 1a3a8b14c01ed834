"""Runs one use case in one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from tracker import config
from tracker.actions import derivation
from tracker.store.journal.author import Author
from tracker.store.transaction import transaction

Result = TypeVar("Result")


def run(
    path: Path, use_case: Callable[[Session], Result], *, dry_run: bool = False, author: Author | None = None
) -> Result:
    """What ``use_case`` gives, after its changes are committed and journalled as the author's; a dry run takes
    them back."""
    with transaction(path, dry_run=dry_run, author=author) as session:
        result = use_case(session)
        derivation.follow_parties(session, config.today())
        return result
