"""Derivation: facts in, rules applied, derived rows rewritten, all within the writer's transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.actions.facts import facts_of, labels_of
from tracker.errors import BadInput
from tracker.models.enums import LinkKind
from tracker.models.tables import (
    Agreement,
    Link,
    Milestone,
    Obligation,
    Occurrence,
    Participation,
    Standing,
    Term,
)
from tracker.rules import facts as f
from tracker.rules.dates import add_months
from tracker.rules.derivation import derive as apply_rules
from tracker.store.agreements import parts, replace
from tracker.store.journal.capture import Change
from tracker.store.transaction import changed_rows

HORIZON_MONTHS = 36
"""How far ahead of today open-ended terms and series are derived."""


def horizon_of(day: date) -> date:
    """The day up to which rows are derived when they are wanted on ``day``."""
    try:
        return add_months(day, HORIZON_MONTHS)
    except BadInput:  # the calendar ends before
        return date.max


def derive(session: Session, agreement: Agreement, today: date) -> None:
    """Rewrite everything derived from this agreement's facts, and from those of all it replaces in turn."""
    _rewrite(session, agreement, horizon_of(max(today, agreement.recorded_on)))
    derive_all(session, replaced_by(session, agreement), today)


def replaced_by(session: Session, agreement: Agreement) -> list[str]:
    """References of the agreements this one says it replaces."""
    links = parts(session, Link, agreement_id=agreement.id)
    return [link.to_ref for link in links if link.kind is LinkKind.REPLACES]


def derive_all(session: Session, refs: list[str], today: date) -> None:
    """Rewrite the agreements with these references, where recorded: what replaces them has changed or gone.

    Whether one of them is in force at all may hang on that, and so what it replaces in turn.
    """
    seen: set[str] = set()
    while left := [ref for ref in refs if ref not in seen]:
        seen.update(left)
        refs = []
        for other in session.exec(select(Agreement).where(col(Agreement.ref).in_(left))).all():
            _rewrite(session, other, horizon_of(max(today, other.recorded_on)))
            refs += replaced_by(session, other)


def extend(session: Session, until: date) -> int:
    """Derive further ahead every agreement that is open-ended and derived to before ``until``; says how many."""
    short = session.exec(select(Agreement).where(col(Agreement.derived_until) < until)).all()
    for agreement in short:
        _rewrite(session, agreement, horizon_of(until))
    return len(short)


def rederive(session: Session, today: date) -> list[str]:
    """Derive every agreement anew as far ahead as it is; gives the references of those whose rows changed."""
    agreements = session.exec(select(Agreement).order_by(col(Agreement.id))).all()
    return [agreement.ref for agreement in agreements if anew(session, agreement, today)]


def anew(session: Session, agreement: Agreement, today: date) -> bool:
    """Derive one agreement anew as far ahead as it is; says whether any of its rows changed."""
    before = _snapshot(session, agreement)
    _rewrite(session, agreement, agreement.derived_until or _past_all(session, agreement, today))
    return _snapshot(session, agreement) != before


def _past_all(session: Session, agreement: Agreement, today: date) -> date:
    """A horizon past every day of an agreement that was derived to its end, however far ahead that was asked for."""
    due = select(func.max(Occurrence.due_on)).join(Obligation).where(Obligation.agreement_id == agreement.id)
    known = (today, agreement.recorded_on, agreement.last_day, session.exec(due).one())
    return horizon_of(max(day for day in known if day is not None))


def follow_parties(session: Session, today: date) -> None:
    """Derive anew the agreements of parties that this transaction renamed: reasons call them by name."""
    renamed = [
        int(change.key)
        for change in changed_rows(session, "party")
        if change.operation == "update" and _renamed(change)
    ]
    if not renamed:
        return
    concerned = select(Participation.agreement_id).where(col(Participation.party_id).in_(renamed))
    for agreement in session.exec(select(Agreement).where(col(Agreement.id).in_(concerned))).all():
        anew(session, agreement, today)


def _renamed(change: Change) -> bool:
    old, new = json.loads(change.old or "{}"), json.loads(change.new or "{}")
    return any(old.get(name) != new.get(name) for name in ("name", "acronym"))


def _rewrite(session: Session, agreement: Agreement, horizon: date) -> None:
    facts = facts_of(session, agreement)
    derived = apply_rules(facts, horizon)
    owner = {"agreement_id": agreement.id}
    text = reasons()
    replace(session, Standing, owner, [standing_columns(row, text) for row in derived.standings])
    replace(session, Term, owner, [term_columns(row, text) for row in derived.terms])
    replace(session, Milestone, owner, [milestone_columns(row, text) for row in derived.milestones])
    due: dict[int, dict[date, f.Occurrence]] = {}
    for occurrence in derived.occurrences:
        due.setdefault(occurrence.obligation, {})[occurrence.due_on] = occurrence
    for row in parts(session, Obligation, agreement_id=agreement.id):
        row.waits_for = derived.waiting.get(row.number)
        session.add(row)
        _rewrite_occurrences(session, row, due.get(row.number, {}), text)
    labels, _ = labels_of(session, agreement)
    for participation in parts(session, Participation, agreement_id=agreement.id):
        day = derived.party_entries.get(labels[participation.party_id])
        participation.in_force_text = day.text if day else None
        session.add(participation)
    agreement.signed_text = derived.signed.text if derived.signed else None
    in_force = derived.entry_into_force
    agreement.in_force_text = in_force.text if in_force else None
    agreement.in_force_on = in_force.lower if in_force else None
    agreement.last_day = derived.last_day
    agreement.derived_until = None if derived.complete else horizon
    session.add(agreement)
    session.flush()


def _snapshot(session: Session, agreement: Agreement) -> list[Any]:
    """Every derived value of an agreement, for comparing."""
    session.flush()
    obligations = parts(session, Obligation, agreement_id=agreement.id)
    rows: list[Any] = [
        row.model_dump(exclude={"id"}, warnings=False)
        for model in (Standing, Term, Milestone)
        for row in parts(session, model, agreement_id=agreement.id)
    ]
    rows += [row.model_dump(warnings=False) for row in parts(session, Participation, agreement_id=agreement.id)]
    rows += [(row.number, row.waits_for) for row in obligations]
    for row in obligations:
        due = [o.model_dump(exclude={"id"}, warnings=False) for o in parts(session, Occurrence, obligation_id=row.id)]
        rows += sorted(due, key=lambda o: (o["due_on"] or date.min, str(o)))
    return [*rows, agreement.model_dump(warnings=False)]


def _rewrite_occurrences(
    session: Session, obligation: Obligation, due: dict[date, f.Occurrence], text: ReasonText
) -> None:
    """Drop open due dates that no longer follow, add those that do now; fulfilled and waived ones stay."""
    fresh = dict(due)
    for row in parts(session, Occurrence, obligation_id=obligation.id):
        settled = row.done_text is not None or row.waived_text is not None
        if row.due_on is None:
            continue
        derived = fresh.pop(row.due_on, None)
        if derived is not None:
            row.warn_on, row.because = derived.warn_on, text(derived.reason)
            session.add(row)
        elif settled:
            row.because = None
            session.add(row)
        else:
            session.delete(row)
    session.flush()
    for _, derived in sorted(fresh.items()):
        session.add(Occurrence(obligation_id=obligation.id, **occurrence_columns(derived, text)))
    session.flush()


ReasonText = Callable[[f.Reason], str]
"""Gives a reason as it is kept."""


def reasons() -> ReasonText:
    """The texts of the reasons of one derivation, while that lives; what several rest on is written once."""
    return partial(f.as_json_text, known={})


def occurrence_columns(row: f.Occurrence, text: ReasonText) -> dict[str, Any]:
    """The columns of a due date but for its obligation."""
    return {"due_on": row.due_on, "warn_on": row.warn_on, "because": text(row.reason)}


def standing_columns(row: f.Standing, text: ReasonText) -> dict[str, Any]:
    """The columns of a standing but for its agreement."""
    return {
        "status": row.status,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "because": text(row.reason),
    }


def term_columns(row: f.Term, text: ReasonText) -> dict[str, Any]:
    """The columns of a term but for its agreement."""
    return {
        "number": row.number,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "warn_day": row.warn_day,
        "notice_day": row.notice_day,
        "renews": row.renews,
        "origin": row.origin,
        "because": text(row.reason),
    }


def milestone_columns(row: f.Milestone, text: ReasonText) -> dict[str, Any]:
    """The columns of a milestone but for its agreement."""
    return {
        "kind": row.kind,
        "on_day": row.on_day,
        "warn_day": row.warn_day,
        "term": row.term,
        "because": text(row.reason),
    }
