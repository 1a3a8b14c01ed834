"""Obligations: what was promised, and each due date met or waived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tracker.actions import derivation, documents
from tracker.actions.books import Books
from tracker.actions.events import written
from tracker.actions.numbering import match_numbers, recognise
from tracker.actions.outcome import Outcome
from tracker.actions.record import Fulfilment, ObligationPart, Waiver
from tracker.errors import BadInput, Conflict, NotFound, at
from tracker.models.tables import (
    Activity,
    Agreement,
    Obligation,
    ObligationParty,
    ObligationScope,
    Occurrence,
    Side,
)
from tracker.rules.dates import WrittenDate
from tracker.rules.rings import ring, ring_in_words
from tracker.rules.schedules import parse_schedule
from tracker.store import agreements as store
from tracker.store import references


def save(books: Books, agreement: Agreement, parts: list[ObligationPart]) -> None:
    """Make the agreement's obligations be these, each known by its number, with what was fulfilled and waived."""
    session = books.session
    responsible = []
    for position, part in enumerate(parts):
        with at("obligations", position, "responsible"):
            responsible.append(books.person_id(part.responsible))
    given = [(part.number, columns(part, person)) for part, person in zip(parts, responsible, strict=True)]
    wanted = recognise(session, Obligation, agreement, given, "text")
    rows = match_numbers(session, Obligation, agreement, "O", wanted)
    activities = {row.number: row.id for row in store.parts(session, Activity, agreement_id=agreement.id)}
    for position, (row, part) in enumerate(zip(rows, parts, strict=True)):
        with at("obligations", position):
            _write_children(books, row, part)
            _write_facts(session, row, part, activities)
    refuse_rings([(row.number, row.due) for row in rows])


def add(session: Session, ref: str, part: ObligationPart, today: date, *, insist: bool = False) -> Outcome:
    """Record an obligation of an agreement."""
    agreement = store.agreement(session, ref)
    books = Books(session, insist=insist)
    _, number = references.give_next(session, f"{agreement.ref}/O")
    position = len(store.parts(session, Obligation, agreement_id=agreement.id))
    values = columns(part, books.person_id(part.responsible))
    row = Obligation(agreement_id=agreement.id, number=number, position=position, **values)
    store.add_all(session, [row])
    _write_children(books, row, part)
    there = store.parts(session, Obligation, agreement_id=agreement.id)
    refuse_rings([(other.number, other.due) for other in there], "--due")
    derivation.derive(session, agreement, today)
    name = f"{agreement.ref}/O{number}"
    said = [f"added {name} {part.text}", _due_in_words(session, row)]
    return Outcome(name, said, books.asides(), f"tracker obligations --agreement {agreement.ref} --occurrences")


def refuse_rings(due: Sequence[tuple[int, str]], field: str = "due") -> None:
    """Raises BadInput for an obligation that counts from itself, be it by way of others.

    ``due`` has the number and the schedule of each of an agreement's obligations.
    """
    schedules = {number: parse_schedule(text) for number, text in due}
    for position, (number, text) in enumerate(due):
        if found := ring(number, schedules):
            with at("obligations", position, "due"):
                raise BadInput(field, text, f"never falls due: {ring_in_words(found)}")


def fulfil(
    session: Session,
    ref: str,
    number: int,
    today: date,
    *,
    due: WrittenDate | None,
    on: WrittenDate,
    evidence: str | None,
    by: int | None,
    file: documents.Evidence | None = None,
) -> Outcome:
    """Mark a due date of an obligation as met. Raises NotFound for a day that is none of its due dates.

    A ``file`` is recorded as the document of that due date.
    """
    agreement = store.agreement(session, ref)
    row = numbered(session, agreement, number)
    activity = store.numbered(session, Activity, agreement, "A", by) if by else None
    said = mark_done(session, agreement, row, due, on, today, evidence=evidence, activity=activity)
    derivation.derive(session, agreement, today)
    name = f"{agreement.ref}/O{number}"
    done = [f"fulfilled {name}{said} on {on}"]
    if file is not None:
        done += documents.add_evidence(session, agreement, f"O{number}{said.replace(' due ', ':')}", file)
    return Outcome(name, done, [], f"tracker obligations --agreement {ref}")


def waive(
    session: Session,
    ref: str,
    number: int,
    today: date,
    *,
    due: WrittenDate | None,
    on: WrittenDate,
    reason: str,
) -> Outcome:
    """Mark a due date as waived, for a reason."""
    agreement = store.agreement(session, ref)
    row = numbered(session, agreement, number)
    occurrence = _open_occurrence(session, agreement, row, due, today)
    if occurrence is None:
        raise BadInput("--due", "", f"{agreement.ref}/O{number} is due {row.due}: it has no due date to waive")
    for name, value in {**written("waived", on), "waived_reason": reason}.items():
        setattr(occurrence, name, value)
    session.add(occurrence)
    session.flush()
    derivation.derive(session, agreement, today)
    name = f"{agreement.ref}/O{number}"
    return Outcome(name, [f"waived {name} due {occurrence.due_on}"], [], f"tracker obligations --agreement {ref}")


def numbered(session: Session, agreement: Agreement, number: int) -> Obligation:
    """The obligation with this number. Raises NotFound with the numbers there are."""
    return store.numbered(session, Obligation, agreement, "O", number)


def mark_done(
    session: Session,
    agreement: Agreement,
    row: Obligation,
    due: WrittenDate | None,
    on: WrittenDate,
    today: date,
    *,
    evidence: str | None = None,
    activity: Activity | None = None,
) -> str:
    """Mark one due date as met and say which (`` due 2017-11-18``); without due dates, note what was done."""
    if on.lower is not None and on.lower > today:
        raise BadInput("--on", on.text, f"is after today, {today}: it is not done yet")
    occurrence = _open_occurrence(session, agreement, row, due, today)
    if occurrence is None:
        occurrence = Occurrence(obligation_id=row.id)
    for name, value in written("done", on).items():
        setattr(occurrence, name, value)
    occurrence.evidence = evidence
    occurrence.activity_id = activity.id if activity else None
    session.add(occurrence)
    session.flush()
    return f" due {occurrence.due_on}" if occurrence.due_on else ""


def forget_activities(session: Session, agreement: Agreement, kept: set[int | None]) -> None:
    """Untie due dates from the activities of an agreement that are about to go (all but the numbers kept)."""
    gone = [row.id for row in store.parts(session, Activity, agreement_id=agreement.id) if row.number not in kept]
    for occurrence in session.exec(select(Occurrence).where(col(Occurrence.activity_id).in_(gone))):
        occurrence.activity_id = None
        session.add(occurrence)
    session.flush()


def _open_occurrence(
    session: Session, agreement: Agreement, row: Obligation, due: WrittenDate | None, today: date
) -> Occurrence | None:
    """The due date meant: the one given, else the only open one up to today, else the next; None where it has none."""
    occurrences = sorted(
        (o for o in store.parts(session, Occurrence, obligation_id=row.id) if o.due_on is not None),
        key=lambda o: o.due_on or date.max,
    )
    name = f"{agreement.ref}/O{row.number}"
    if due is not None:
        found = _within(occurrences, due)
        if len(found) > 1:
            days = ", ".join(str(o.due_on) for o in found[:6])
            raise BadInput("--due", due.text, f"holds {len(found)} due dates of {name} ({days}): say which")
        if found:
            _refuse_settled(found[0], name)
            return found[0]
        near = sorted(occurrences, key=lambda o: abs(((o.due_on or today) - (due.upper or today)).days))[:3]
        raise NotFound("due date", f"{name} {due}", sorted(str(o.due_on) for o in near))
    still = [o for o in occurrences if o.done_text is None and o.waived_text is None]
    if not occurrences or (not still and row.due in ("ongoing", "on request")):
        if row.waits_for:
            raise BadInput("--due", "", f"{name} has no due date yet: {row.waits_for}")
        return None
    if not still:
        raise Conflict(f"{name} has no open due date: all are fulfilled or waived")
    past = [o for o in still if o.due_on is not None and o.due_on <= today]
    if len(past) > 1:
        days = ", ".join(str(o.due_on) for o in past[:6])
        raise BadInput("--due", "", f"{name} has {len(past)} open due dates up to today ({days}): say which")
    return (past or still)[0]


def _within(occurrences: list[Occurrence], due: WrittenDate) -> list[Occurrence]:
    """The due dates meant by one as written: that with these very bounds, else all that fall between them."""
    exact = [o for o in occurrences if (o.warn_on, o.due_on) == (due.lower, due.upper)]
    if exact or due.lower is None or due.upper is None:
        return exact
    return [o for o in occurrences if o.due_on is not None and due.lower <= o.due_on <= due.upper]


def _refuse_settled(occurrence: Occurrence, name: str) -> None:
    if occurrence.done_text is not None:
        raise Conflict(f"{name} due {occurrence.due_on} is fulfilled already, on {occurrence.done_text}")
    if occurrence.waived_text is not None:
        raise Conflict(f"{name} due {occurrence.due_on} is waived: {occurrence.waived_reason}")


def columns(part: ObligationPart, responsible: int | None) -> dict[str, Any]:
    """The columns of an obligation but for its place in the agreement; ``responsible`` is a person's id."""
    return {
        "text": part.text,
        "kind": part.kind,
        "clause": part.clause,
        "due": part.due,
        "survives": part.survives,
        "responsible_id": responsible,
    }


def _write_children(books: Books, row: Obligation, part: ObligationPart) -> None:
    rows: list[dict[str, Any]] = []
    for side, field in ((Side.OWED_BY, "owed_by"), (Side.OWED_TO, "owed_to")):
        seen = set()
        for position, name in enumerate(getattr(part, field)):
            with at(field, position):
                party = books.parties.take(name)
                if party.id in seen:
                    raise BadInput("party", name, f"stands twice in {field}")
            seen.add(party.id)
            rows.append({"side": side, "position": position, "party_id": party.id})
    store.replace(books.session, ObligationParty, {"obligation_id": row.id}, rows)
    with at("scopes"):
        scopes = books.scopes.ids(part.scopes)
    wanted = [{"position": i, "scope_id": scope} for i, scope in enumerate(scopes)]
    store.replace(books.session, ObligationScope, {"obligation_id": row.id}, wanted)


def _write_facts(session: Session, row: Obligation, part: ObligationPart, activities: dict[int, int]) -> None:
    """Make fulfilments and waivers be those of the record; the derivation then rewrites the open due dates."""
    there = store.parts(session, Occurrence, obligation_id=row.id)
    dated = {occurrence.due_on: occurrence for occurrence in there if occurrence.due_on is not None}
    wanted: dict[date, dict[str, Any]] = {}
    undated: list[dict[str, Any]] = []
    facts: list[Fulfilment | Waiver] = [*part.fulfilled, *part.waived]
    for fact in facts:
        values = settled_columns(fact, activities)
        due = fact.due
        if due is not None and due.upper is not None:
            wanted[due.upper] = {"warn_on": due.lower, **values}
        else:
            undated.append(values)
    for due_on, occurrence in dated.items():
        for name, value in wanted.pop(due_on, _NO_FACT).items():
            if name != "warn_on":
                setattr(occurrence, name, value)
        session.add(occurrence)
    for due_on, values in wanted.items():
        session.add(Occurrence(obligation_id=row.id, due_on=due_on, **values))
    session.flush()
    without_day = [occurrence for occurrence in there if occurrence.due_on is None]
    if [{name: getattr(o, name) for name in _NO_FACT} for o in without_day] != undated:
        for occurrence in without_day:
            session.delete(occurrence)
        session.flush()
        store.add_all(session, (Occurrence(obligation_id=row.id, **values) for values in undated))


_NO_FACT: dict[str, Any] = {
    **written("done", None),
    **written("waived", None),
    "waived_reason": None,
    "evidence": None,
    "activity_id": None,
}


def settled_columns(fact: Fulfilment | Waiver, activities: Mapping[int, int]) -> dict[str, Any]:
    """The columns that say how a due date was settled; ``activities`` are the ids of the agreement's by number."""
    if isinstance(fact, Waiver):
        return {**_NO_FACT, **written("waived", fact.on), "waived_reason": fact.reason}
    activity = activities[int(fact.by[1:])] if fact.by else None
    return {**_NO_FACT, **written("done", fact.on), "evidence": fact.evidence, "activity_id": activity}


def _due_in_words(session: Session, row: Obligation) -> str:
    if row.waits_for:
        return f"due {row.due}: {row.waits_for}"
    days = sorted(o.due_on for o in store.parts(session, Occurrence, obligation_id=row.id) if o.due_on)
    if not days:
        return f"due {row.due}"
    shown = ", ".join(map(str, days[:4]))
    return f"due {row.due}: {shown}{' ...' if len(days) > 4 else ''}"
