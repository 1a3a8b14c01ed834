"""Registers: rows of a spreadsheet become agreements, all of them or none, each compared with what is recorded.

A row is the same as an agreement recorded with its reference, or with its title, parties and day of signature. Then
nothing is written; what differs is a conflict for the officer to settle, never an overwriting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.actions.books import Books
from tracker.actions.bulk import Bulk, seldom_collecting
from tracker.actions.bulk.known_parties import KnownParty
from tracker.actions.record import Record
from tracker.actions.record_check import InvalidRecord, check, path_of
from tracker.errors import BadInput, Conflict, Similar, TrackerError
from tracker.models.enums import Status
from tracker.models.keys import fold
from tracker.rules import facts as f
from tracker.store import dump
from tracker.store.transaction import rows_of

Place = tuple[str | int, ...]

NEW, SAME, CONFLICTING, UNREADABLE, SKIPPED = "new", "same", "conflicting", "unreadable", "skipped"

_LIKE = (
    frozenset({Status.IN_FORCE, Status.PROVISIONALLY_APPLIED}),
    frozenset({Status.EXPIRED, Status.TERMINATED, Status.REPLACED, Status.ABANDONED}),
    frozenset({Status.SIGNED, Status.NEGOTIATING}),
    frozenset({Status.SUSPENDED}),
)
"""Statuses typed by hand are held to mean one of these: nobody types the difference."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong or worth saying at a cell of a row (its column; None: the whole row), and how to mend it."""

    column: int | None
    value: str
    reason: str
    remedy: str | None = None


@dataclass(slots=True)
class Taken:
    """What became of one row: ``did`` is new, same, conflicting, unreadable or skipped.

    ``faults`` say why it was not recorded, ``remarks`` what is worth knowing of a row that can be.
    """

    number: int
    did: str
    ref: str | None = None
    title: str = ""
    faults: Sequence[Fault] = ()
    remarks: Sequence[Fault] = ()


class Refused(Exception):
    """Nothing was recorded because of some rows; ``taken`` has what each of them would have become.

    ``unreadable`` says whether any of them could not be read; else they contradict what is recorded.
    """

    def __init__(self, taken: list[Taken]) -> None:
        bad = sum(one.did in (CONFLICTING, UNREADABLE) for one in taken)
        super().__init__(f"{'1 row' if bad == 1 else f'{bad} rows'} cannot be recorded, so nothing was")
        self.taken = taken
        self.unreadable = any(one.did == UNREADABLE for one in taken)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row as it was read: the values of its record, the column that a place of the record came from, what is worth
    saying of it, and the status typed by hand: its column, its text and the standing that it means."""

    number: int
    values: dict[str, Any]
    column_of: Callable[[Place], int | None] = lambda place: None
    remarks: list[Fault] = field(default_factory=list)
    status: tuple[int, str, str] | None = None


def bring_in(
    session: Session,
    rows: Iterable[RegisterRow | Taken],
    today: date,
    *,
    insist: bool = False,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> list[Taken]:
    """Record the rows that are new, and say of each what became of it; rows that are ``Taken`` already pass through.

    Raises Refused, with all of that, when a row cannot be recorded, unless ``skip_bad`` or ``dry_run``.
    """
    register = _Register(session, today, insist)
    with seldom_collecting():
        taken = [row if isinstance(row, Taken) else register.take(row) for row in rows]
    bad = any(one.did in (CONFLICTING, UNREADABLE) for one in taken)
    if bad and not (skip_bad or dry_run):
        raise Refused(taken)
    register.bulk.write()
    return taken


class _Register:
    def __init__(self, session: Session, today: date, insist: bool) -> None:
        self.session = session
        self.today = today
        self.books = Books(session, insist=insist)
        self.bulk = Bulk(self.books, today)
        self.parties = self.bulk.names.parties
        self._rows = rows_of(session)
        self._recorded: dict[int, list[str]] = defaultdict(list)
        for row in self._rows.stream("register_agreements"):
            parties = frozenset(map(int, (row["parties"] or "").split()))
            self._recorded[_key(row["title"], parties, row["signed"])].append(row["ref"])
        self._refs: dict[str, int] = {}
        self._contents: dict[int, int] = {}

    def take(self, row: RegisterRow) -> Taken:
        """What becomes of one row; its changes are taken back where it cannot be recorded."""
        try:
            record = check(row.values)
        except InvalidRecord as error:
            faults = [_fault(row, place, "", why) for place, why in error.problems]
            return Taken(row.number, UNREADABLE, title=str(row.values.get("title", "")), faults=faults)
        if (earlier := self._repeated(row, record)) is not None:
            return earlier
        candidates = self._candidates(record)
        values = record.model_dump(mode="json", by_alias=True, exclude_unset=True) if candidates else {}
        compared = [(ref, self._differing(ref, values)) for ref in candidates]
        for ref, found in compared:
            if all(place[0] == "notes" for place, _, _ in found):
                unsaid = [_fault(row, place, shown, "is a note that is not recorded") for place, shown, _ in found]
                return self._remarked(Taken(row.number, SAME, ref, record.title, remarks=unsaid), row)
        if compared:
            ref, found = min(compared, key=lambda one: len(one[1]))
            faults = [_fault(row, place, shown, f"{path_of(place)} {why}", _SETTLE) for place, shown, why in found]
            return Taken(row.number, CONFLICTING, ref, record.title, faults)
        return self._record(row, record)

    def _differing(self, ref: str, values: dict[str, Any]) -> list[tuple[Place, str, str]]:
        """Where a row says something else than an agreement: other parties than its own by whatever name, other days
        than those recorded or worked out."""
        known = self._rows.row("register_known", ref=ref, day=self.today.isoformat())
        assert known is not None
        ours = set((known["parties"] or "").split())
        days = {("provisions", "entry_into_force"): known["in_force"], ("provisions", "ends"): known["ends"]}

        def means_the_same(place: Place, shown: str) -> bool:
            if place[0] == "parties" and len(place) == 2 and "role" not in (said := values["parties"][int(place[1])]):
                party = self._described(said["name"], said.get("country"))
                return party is not None and str(party.id) in ours
            return place in days and shown == days[place]

        found = _differences(values, dump.record(self._rows, ref) or {}, ())
        return [one for one in found if not means_the_same(one[0], one[1])]

    def _record(self, row: RegisterRow, record: Record) -> Taken:
        mark = self.books.mark()
        record = self._with_known_parties(record)
        plain = self.bulk.takes(record)
        try:
            with self._taken_back_on_a_fault(record, plain):
                ref, standings = self.bulk.save(record, taken=plain)
        except TrackerError as error:
            self.books.back_to(mark)
            self.bulk.names.clear()
            did = CONFLICTING if isinstance(error, Conflict | Similar) else UNREADABLE
            value, reason = (error.value, error.expected) if isinstance(error, BadInput) else ("", str(error))
            return Taken(row.number, did, None, record.title, [_fault(row, error.place, value, reason, error.hint)])
        return self._remarked(Taken(row.number, NEW, ref, record.title), row, standings)

    def _taken_back_on_a_fault(self, record: Record, plain: bool) -> AbstractContextManager[Any]:
        if not plain:
            self.bulk.write()  # what is kept of other rows is not taken back with this one
        elif self.bulk.names.are_known(record):
            return nullcontext()
        return self.session.begin_nested()

    def _with_known_parties(self, record: Record) -> Record:
        """A country stands beside each partner in a register; one that is known without a country stays without."""
        parts = []
        for part in record.parties:
            if part.country and (known := self.parties.named(part.name)) is not None and known.country is None:
                part = part.model_copy(update={"country": None})
            parts.append(part)
        return record if parts == record.parties else record.model_copy(update={"parties": parts})

    def _repeated(self, row: RegisterRow, record: Record) -> Taken | None:
        """A row whose whole content or whose reference stands in the register before."""
        content = hash(record.model_dump_json(by_alias=True, exclude_unset=True))
        if (where := self._contents.setdefault(content, row.number)) != row.number:
            remark = Fault(None, "", f"is the same as row {where}")
            return Taken(row.number, SAME, None, record.title, remarks=[remark])
        if record.ref and (where := self._refs.setdefault(record.ref.lower(), row.number)) != row.number:
            fault = _fault(row, ("ref",), record.ref, f"is the reference of row {where} too")
            return Taken(row.number, CONFLICTING, None, record.title, [fault])
        return None

    def _candidates(self, record: Record) -> list[str]:
        """References of agreements that the row may be: with its reference, else its title, parties and signature."""
        if record.ref:
            found = self.bulk.recorded(record.ref)
            return [found.ref] if found else []
        parties = []
        for part in record.parties:
            party = self._described(part.name, part.country)
            if party is None:
                return []
            parties.append(party.id)
        signed = next((str(event.on) for event in record.events if event.event.value == "signed"), None)
        return self._recorded.get(_key(record.title, frozenset(parties), signed), [])

    def _described(self, name: str, country: str | None) -> KnownParty | None:
        """The party with this name; where several have it, the one of this country."""
        found = self.parties.named(name)
        if found is None and country and self.parties.is_a_name(name):
            found = self.parties.named(f"{name} ({country})")
        return found

    def _remarked(self, taken: Taken, row: RegisterRow, standings: Sequence[f.Standing] | None = None) -> Taken:
        """With what is worth saying of the row, a status that its dates contradict among it.

        ``standings`` are those of an agreement whose rows may not be written yet.
        """
        if row.remarks:
            taken.remarks = [*taken.remarks, *row.remarks]
        if row.status and taken.ref:
            column, typed, meant = row.status
            found = self._standing(taken.ref, standings)
            dated = row.values.get("events") or row.values.get("provisions")
            if found and dated and not any({Status(meant), found[0]} <= like for like in _LIKE):
                since = f" since {found[1]}" if found[1] else ""
                reason = f"is contradicted: by its dates it is {found[0].value}{since}"
                taken.remarks = [*taken.remarks, Fault(column, typed, reason)]
        return taken

    def _standing(self, ref: str, standings: Sequence[f.Standing] | None) -> tuple[Status, Any] | None:
        """The status of an agreement today, and the day from which it holds."""
        if standings is None:
            row = self._rows.row("register_standing", ref=ref, day=self.today.isoformat())
            return (Status(row["status"]), row["from_day"]) if row else None
        for one in standings:
            if (one.from_day or date.min) <= self.today <= (one.to_day or date.max):
                return one.status, one.from_day
        return None


def _fault(row: RegisterRow, place: Place, value: str, reason: str, remedy: str | None = None) -> Fault:
    return Fault(row.column_of(place), value, reason, remedy)


def _differences(said: Any, recorded: Any, place: Place) -> Iterator[tuple[Place, str, str]]:
    """Where a row says something else than what is recorded; what only the record has is no difference.

    Gives the place, what the row says, and how that differs.
    """
    if isinstance(said, dict):
        for key, value in said.items():
            if place[:1] == ("parties",) and key not in ("name", "role"):
                continue  # facts about the party, which other agreements share
            if place[:1] in (("contacts",), ("responsible",)) and key not in ("name", "email", "phone"):
                continue
            yield from _differences(value, (recorded or {}).get(key), (*place, key))
    elif isinstance(said, list):
        for position, value in enumerate(said):
            at = (*place, position)
            if all(any(_differences(value, other, at)) for other in recorded or []):
                yield at, _shown(value), "is not in what is recorded"
    elif not _equal(said, recorded, place):
        yield place, _shown(said), f"differs from what is recorded: {_shown(recorded) or 'nothing'}"


_SETTLE = "change the one that is wrong, with tracker edit or in the register"


def _equal(said: Any, recorded: Any, place: Place) -> bool:
    if said in (None, "", [], {}, False) and recorded in (None, "", [], {}, False):
        return True
    if place and place[-1] in ("name", "title"):
        return fold(str(said)) == fold(str(recorded or ""))
    return str(said) == str(recorded)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else str(value)


def _key(title: str, parties: frozenset[int], signed: str | None) -> int:
    return hash((fold(title), parties, signed))
