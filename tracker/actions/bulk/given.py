"""References of agreements that were given: those in the database, and those whose rows are not written yet."""

from __future__ import annotations

import re
from datetime import date

from sqlmodel import Session

from tracker.actions import agreements
from tracker.actions.bulk.rows import Rows
from tracker.actions.record import Record
from tracker.errors import at
from tracker.store import references
from tracker.store.transaction import raw_of

_LIKE_A_PART = re.compile(r".+/[a-z][0-9]+", re.IGNORECASE)
"""An own reference like that of a part of another agreement: ``X/o1``."""


class Given:
    """The references of one transaction."""

    def __init__(self, session: Session, rows: Rows) -> None:
        self._session = session
        self._raw = raw_of(session)
        self._rows = rows
        self._unwritten: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._awaited: set[str] | None = None

    def is_given(self, ref: str) -> bool:
        """Whether a reference was given, be it to something removed since."""
        return self._as_given(ref) is not None

    def is_spoken_of(self, ref: str) -> bool:
        """Whether a new agreement of this reference is more than its own record says: others link to it, or have
        references like those its parts would get."""
        if self._awaited is None:
            links = "SELECT lower(to_ref) FROM link WHERE lower(to_ref) NOT IN (SELECT key FROM reference)"
            self._awaited = {key for (key,) in self._raw.execute(links)}
        key = ref.lower()
        parts = "SELECT 1 FROM reference WHERE key > ? || '/' AND key < ? || '0'"
        return bool(
            key in self._awaited or _LIKE_A_PART.fullmatch(ref) or self._raw.execute(parts, (key, key)).fetchone()
        )

    def next(self, record: Record, day: date) -> str:
        """The reference that ``agreements.save`` would give. Raises Conflict for one that was given before."""
        if record.ref is not None:
            if (given := self._as_given(record.ref)) is not None:
                with at("ref"):
                    raise references.taken(given)
            own: str = record.ref
            return own
        stem = agreements.stem(record, day)
        number = self._next(stem)
        while self.is_given(f"{stem}-{number:03}"):
            number += 1
        return f"{stem}-{number:03}"

    def give(self, ref: str) -> None:
        """Give an agreement its reference."""
        stem, number = agreements.counted(ref)
        if stem is not None and number is not None:
            self._numbers[stem] = max(self._next(stem) - 1, number)
        self._unwritten[ref.lower()] = ref
        self._rows.refer(ref, stem, number)

    def written(self) -> None:
        """Everything that was given is in the database now."""
        self._unwritten.clear()

    def forget(self) -> None:
        """After rows were written another way: ask the database again."""
        self._numbers.clear()
        self._awaited = None

    def _as_given(self, ref: str) -> str | None:
        return self._unwritten.get(ref.lower()) or references.as_given(self._session, ref)

    def _next(self, stem: str) -> int:
        if stem not in self._numbers:
            self._numbers[stem] = references.next_number(self._session, stem) - 1
        return self._numbers[stem] + 1
