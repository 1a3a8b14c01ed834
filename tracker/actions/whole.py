"""Checks an agreement's record as a whole after a part was added, so that it can always be edited and imported."""

from __future__ import annotations

from sqlmodel import Session

from tracker.actions.record_check import InvalidRecord, check, path_of
from tracker.errors import BadInput
from tracker.models.tables import Agreement
from tracker.store import dump
from tracker.store.transaction import rows_of


def check_whole(session: Session, agreement: Agreement) -> None:
    """Raises BadInput where what is now recorded contradicts itself."""
    try:
        check(dump.record(rows_of(session), agreement.ref) or {})
    except InvalidRecord as error:
        place, problem = error.problems[0]
        raise BadInput(path_of(place) or agreement.ref, "", problem) from error
