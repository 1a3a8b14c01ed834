"""Runs one use case in one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from tracker.store.transaction import transaction

Result = TypeVar("Result")


def run(path: Path, use_case: Callable[[Session], Result], *, dry_run: bool = False) -> Result:
    """What ``use_case`` gives, after its changes are committed; a dry run takes them back."""
    with transaction(path, dry_run=dry_run) as session:
        return use_case(session)
