"""Many agreements read one after another by as many statements as one takes.

A statement that asks for one agreement (``-- when agreement``) is run once for some hundreds of them, in the order in
which they were recorded (``-- when in_step``), and read on as they are asked for in that order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tracker.store.reader import Row, Rows

AT_ONCE = 500
"""Agreements that a statement is run for: what they take in memory does not grow with the database."""

_LAST = 1 << 63
"""Past the id of any agreement."""


class InStep(Rows):
    """Answers for one agreement at a time, in the order of ``batches``, what ``rows`` would answer by a statement each.

    No more rows are held than those of the agreement at hand, beside the names of all parties and, since they are read
    in the order in which they fall due, the obligations of the batch.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.path = rows.path
        self._ids: dict[str, int] = {}
        self._asked = "[]"
        self._groups: dict[tuple[str, Any], _Groups] = {}
        self._owed: dict[str, dict[str, list[Row]]] = {}
        self._names: dict[int, list[Row]] = {}
        for row in rows.rows("record_party_names", in_step=True):
            self._names.setdefault(row.pop("party_id"), []).append(row)

    def batches(self, refs: Sequence[str]) -> Iterator[list[str]]:
        """The references, so many at a time; those of a batch stand in the order in which their agreements have to be
        asked for, before the next batch is."""
        for begin in range(0, len(refs), AT_ONCE):
            some = json.dumps(refs[begin : begin + AT_ONCE])
            self._ids = {row["ref"]: row["id"] for row in self._rows.rows("record_refs", refs=some)}
            self._asked = json.dumps(list(self._ids.values()))
            self._groups.clear()
            self._owed.clear()
            yield list(self._ids)

    def stream(self, query: str, /, **values: Any) -> Iterator[Row]:
        """The rows of the named query; one that asks for no agreement is run as it is."""
        if query == "record_party_names":
            return iter(self._names.get(values["party"], ()))
        if query == "obligations":
            return map(dict, self._obligations(values["day"]).get(values["agreement"], ()))
        asked = [values.pop(key) for key in ("agreement", "ref") if key in values]
        if not asked:
            return self._rows.stream(query, **values)
        key = (query, tuple(sorted(values.items())))
        if key not in self._groups:
            self._groups[key] = _Groups(self._rows.stream(query, in_step=self._asked, **values))
        return self._groups[key].of(asked[0] if isinstance(asked[0], int) else self._ids[asked[0]])

    def _obligations(self, day: str) -> dict[str, list[Row]]:
        """The obligations of the batch on a day, by the reference of their agreement."""
        if day not in self._owed:
            found = self._owed.setdefault(day, {})
            for row in self._rows.rows("obligations", day=day, few=self._asked):
                found.setdefault(row["agreement"], []).append(row)
        return self._owed[day]


class _Groups:
    """Rows in the order of their agreements, those of one at a time."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=lambda row: int(row.pop("agreement_id")))
        self._group: Iterator[Row] = iter(())
        self._ahead, self._at = 0, 0
        self._held: list[Row] = []

    def of(self, agreement: int) -> Iterator[Row]:
        """The rows of an agreement, that at hand or a later one. Raises LookupError for an earlier one."""
        if agreement < self._at:
            raise LookupError(f"agreement {agreement} is asked for after {self._at}")
        if agreement > self._at:
            self._at = agreement
            while self._ahead < agreement:
                self._ahead, self._group = next(self._groups, (_LAST, iter(())))
            self._held = list(self._group) if self._ahead == agreement else []
        return map(dict, self._held)
