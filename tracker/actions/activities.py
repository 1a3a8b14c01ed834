"""Activities: the follow-up of an agreement, and who attended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.actions import derivation, obligations
from tracker.actions.books import Books
from tracker.actions.events import written
from tracker.actions.numbering import match_numbers, recognise
from tracker.actions.outcome import Outcome
from tracker.actions.record import ActivityPart, AttendancePart
from tracker.errors import BadInput, at
from tracker.models.enums import ActivityStatus
from tracker.models.tables import Activity, ActivityScope, Agreement, Attendance
from tracker.rules.dates import WrittenDate
from tracker.store import agreements as store
from tracker.store import references


@dataclass(frozen=True)
class Fulfils:
    """An obligation of the same agreement by its number, and which of its due dates (None: the one open)."""

    obligation: int
    due: WrittenDate | None


def save(books: Books, agreement: Agreement, parts: list[ActivityPart]) -> None:
    """Make the agreement's activities be these, each known by its number."""
    session = books.session
    wanted = recognise(session, Activity, agreement, [(part.number, columns(part)) for part in parts], "title")
    obligations.forget_activities(session, agreement, {number for number, _ in wanted})
    rows = match_numbers(session, Activity, agreement, "A", wanted)
    for position, (row, part) in enumerate(zip(rows, parts, strict=True)):
        with at("activities", position):
            _write_children(books, row, part)


def add(
    session: Session,
    ref: str,
    part: ActivityPart,
    today: date,
    *,
    fulfils: list[Fulfils],
    insist: bool = False,
) -> Outcome:
    """Record an activity; a held one may fulfil due dates. Raises BadInput when it was not held."""
    agreement = store.agreement(session, ref)
    if fulfils and part.status is not ActivityStatus.HELD:
        raise BadInput("--fulfils", "", f"an activity that is {part.status.value} fulfils nothing: give --status held")
    books = Books(session, insist=insist)
    _, number = references.give_next(session, f"{agreement.ref}/A")
    position = len(store.parts(session, Activity, agreement_id=agreement.id))
    activity = Activity(agreement_id=agreement.id, number=number, position=position, **columns(part))
    store.add_all(session, [activity])
    _write_children(books, activity, part)
    name = f"{agreement.ref}/A{number}"
    said = [f"added {name} {part.title} ({part.status.value})"]
    for item in fulfils:
        obligation = obligations.numbered(session, agreement, item.obligation)
        done = part.until or part.on
        due = obligations.mark_done(session, agreement, obligation, item.due, done, today, activity=activity)
        said.append(f"fulfilled {agreement.ref}/O{item.obligation}{due} by A{number}")
    derivation.derive(session, agreement, today)
    if part.status is ActivityStatus.PLANNED:
        following = f"tracker edit {name} status=held"
    else:
        following = f"tracker show {agreement.ref}"
    return Outcome(name, said, books.asides(), following)


def columns(part: ActivityPart) -> dict[str, Any]:
    """The columns of an activity but for its place in the agreement."""
    return {
        "title": part.title,
        "kind": part.kind,
        "place": part.place,
        "status": part.status,
        **written("on", part.on),
        **written("until", part.until),
    }


def _write_children(books: Books, row: Activity, part: ActivityPart) -> None:
    owner = {"activity_id": row.id}
    with at("scopes"):
        scopes = books.scopes.ids(part.scopes)
    wanted = [{"position": i, "scope_id": scope} for i, scope in enumerate(scopes)]
    store.replace(books.session, ActivityScope, owner, wanted)
    with at("attendance"):
        store.replace(books.session, Attendance, owner, _attendance(books, part.attendance))


def _attendance(books: Books, parts: list[AttendancePart]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    seen = set()
    for position, part in enumerate(parts):
        with at(position, "party"):
            party = books.parties.take(part.party)
            if party.id in seen:
                raise BadInput("party", part.party, "stands twice in the attendance")
        seen.add(party.id)
        rows.append({"position": position, **attendance_columns(part, party.id)})
    return rows


def attendance_columns(part: AttendancePart, party: int) -> dict[str, Any]:
    """The columns of an attendance but for its place in the activity; ``party`` is an id."""
    return {"party_id": party, "women": part.women, "men": part.men, "other": part.other, "total": part.total}
