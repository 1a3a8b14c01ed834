"""New agreements of one transaction, one after the other: looked up, derived, and kept until they are written."""

from __future__ import annotations

from datetime import date

from tracker.actions import agreements, derivation, facts
from tracker.actions.books import Books
from tracker.actions.bulk.agreement_rows import AgreementRows
from tracker.actions.bulk.given import Given
from tracker.actions.bulk.named import Named, Names
from tracker.actions.bulk.rows import Rows
from tracker.actions.record import Record
from tracker.errors import BadInput
from tracker.models import tables as t
from tracker.rules import facts as f
from tracker.rules.derivation import derive
from tracker.store import agreements as store
from tracker.store.transaction import write_down

_BATCH = 100
"""Agreements whose rows are kept before they are written."""


class Bulk:
    """New agreements within one transaction. ``save`` takes them one by one, ``write`` writes what is left."""

    def __init__(self, books: Books, today: date) -> None:
        self.books = books
        self.names = Names(books)
        self._session = books.session
        self._today = today
        self._rows = Rows(self._session)
        self._given = Given(self._session, self._rows)

    def takes(self, record: Record) -> bool:
        """Whether the record's rows can be worked out here: it hangs on no other agreement, and on no file."""
        if record.links or record.documents:
            return False
        ref = record.ref or self._given.next(record, agreements.recorded_on(record, self._today))
        return not self._given.is_spoken_of(ref)

    def save(self, record: Record, *, taken: bool | None = None) -> tuple[str, tuple[f.Standing, ...] | None]:
        """Record a new agreement; gives its reference, and its standings where its rows may not be written yet.

        ``taken`` is what ``takes`` said of it, where it was asked. Raises as ``agreements.save``.
        """
        if taken is None:
            taken = self.takes(record)
        try:
            return self._add(record) if taken else (self._save_one(record), None)
        finally:
            self.names.parties.prefer(())

    def write(self) -> None:
        """Write every row that is kept, table by table, and what was changed so far into the journal."""
        if self._rows.count(t.Agreement):
            self._rows.write()
            self._given.written()
            write_down(self._session)

    def recorded(self, ref: str | None) -> t.Agreement | None:
        """The agreement recorded with this reference."""
        if ref is None or not self._given.is_given(ref):
            return None
        self.write()
        return store.find(self._session, ref)

    def forget(self) -> None:
        """After anything was written another way: ask the database again."""
        self._rows.forget()
        self._given.forget()
        self.names.clear()
        self.books.forget()

    def _save_one(self, record: Record) -> str:
        """Record an agreement the ordinary way."""
        self.write()
        ref = agreements.save(self.books, record, self._today).ref
        self.forget()
        return ref

    def _add(self, record: Record) -> tuple[str, tuple[f.Standing, ...]]:
        parties = self.names.taking_part(record)
        responsible = self.names.responsible(record)
        day = agreements.recorded_on(record, self._today)
        ref = self._given.next(record, day)
        named = self.names.of(record, ref, parties)
        horizon = derivation.horizon_of(max(self._today, day))
        derived = _derived(record, ref, day, named, horizon)
        self._given.give(ref)
        AgreementRows(self._rows, ref, record, named, derived).keep(day, responsible, horizon)
        if self._rows.count(t.Agreement) >= _BATCH:
            self.write()
        return ref, derived.standings


def _derived(record: Record, ref: str, day: date, named: Named, horizon: date) -> f.Derivation:
    try:
        return derive(
            facts.of_record(
                record,
                ref,
                day,
                bound=named.bound,
                concerned=named.event_labels(),
                obligations=[one.number for one in named.obligations],
                activities=[one.number for one in named.activities],
            ),
            horizon,
        )
    except BadInput as error:
        error.place = error.place or agreements.whence(record, error.value)
        raise
