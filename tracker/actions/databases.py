"""Databases: made once, and kept derived far enough ahead for what is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tracker.actions import derivation
from tracker.actions.outcome import Outcome
from tracker.store import migrate
from tracker.store.journal.author import Author
from tracker.store.transaction import transaction


def create(path: Path, author: Author | None = None) -> Outcome:
    """Make a new database with the reference data. Raises Conflict when a file is there already."""
    migrate.create(path, author)
    return Outcome(str(path), [f"made {path}"], [], 'tracker add-agreement "TITLE" --party NAME --signed DATE')


def upgrade(path: Path, author: Author | None = None) -> Outcome:
    """Bring an older database to this program's schema."""
    before = migrate.upgrade(path, author=author)
    return Outcome(str(path), [f"upgraded {path} from schema {before}"], [], None)


def rederive(path: Path, today: date, *, dry_run: bool, author: Author | None = None) -> list[str]:
    """Derive everything anew from the facts; gives the references of agreements whose derived rows changed."""
    with transaction(path, dry_run=dry_run, author=author) as session:
        return derivation.rederive(session, today)


def extend(path: Path, until: date, author: Author | None = None) -> int:
    """Derive open-ended terms and series of every agreement up to ``until`` at least; says how many it touched."""
    with transaction(path, author=author) as session:
        return derivation.extend(session, until)
