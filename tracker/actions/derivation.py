"""Derivation: facts in, rules applied, derived rows rewritten, all within the writer's transaction."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tracker.models.enums import BOUND_ROLES, LinkKind, ProvisionKind, RenewalMode
from tracker.models.tables import (
    Activity,
    Agreement,
    AgreementCountry,
    Event,
    Link,
    Milestone,
    Obligation,
    Occurrence,
    Participation,
    Party,
    Provision,
    Standing,
    Term,
)
from tracker.rules import facts as f
from tracker.rules.dates import WrittenDate, add_months, parse_date
from tracker.rules.derivation import derive as apply_rules
from tracker.rules.derivation import party_entry_into_force
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import parse_schedule
from tracker.store.agreements import parts, replace

HORIZON_MONTHS = 36
"""How far ahead of today open-ended terms and series are derived."""


def horizon_of(day: date) -> date:
    """The day up to which rows are derived when they are wanted on ``day``."""
    return add_months(day, HORIZON_MONTHS)


def derive(session: Session, agreement: Agreement, today: date) -> None:
    """Rewrite everything derived from this agreement's facts, and from those it replaces."""
    _rewrite(session, agreement, horizon_of(max(today, agreement.recorded_on)))
    derive_all(session, replaced_by(session, agreement), today)


def replaced_by(session: Session, agreement: Agreement) -> list[str]:
    """References of the agreements this one says it replaces."""
    links = parts(session, Link, agreement_id=agreement.id)
    return [link.to_ref for link in links if link.kind is LinkKind.REPLACES]


def derive_all(session: Session, refs: list[str], today: date) -> None:
    """Rewrite the agreements with these references, where recorded: what replaces them has changed or gone."""
    for other in session.exec(select(Agreement).where(col(Agreement.ref).in_(refs))):
        _rewrite(session, other, horizon_of(max(today, other.recorded_on)))


def extend(session: Session, until: date) -> int:
    """Derive further ahead every agreement that is open-ended and derived to before ``until``; says how many."""
    short = session.exec(select(Agreement).where(col(Agreement.derived_until) < until)).all()
    for agreement in short:
        _rewrite(session, agreement, horizon_of(until))
    return len(short)


def rederive(session: Session, today: date) -> list[str]:
    """Derive every agreement anew as far ahead as it is; gives the references of those whose rows changed."""
    changed = []
    for agreement in session.exec(select(Agreement).order_by(col(Agreement.id))).all():
        before = _snapshot(session, agreement)
        _rewrite(session, agreement, agreement.derived_until or horizon_of(max(today, agreement.recorded_on)))
        if _snapshot(session, agreement) != before:
            changed.append(agreement.ref)
    return changed


def facts_of(session: Session, agreement: Agreement) -> f.Facts:
    """The facts of an agreement as the rules take them."""
    labels, bound = _labels(session, agreement)
    countries = parts(session, AgreementCountry, agreement_id=agreement.id)
    replaced_on, replaced_by = _replacement(session, agreement)
    return f.Facts(
        ref=agreement.ref,
        recorded_on=agreement.recorded_on,
        bound=bound,
        events=tuple(_event(row, labels) for row in parts(session, Event, agreement_id=agreement.id)),
        provisions=_provisions(parts(session, Provision, agreement_id=agreement.id)),
        country=countries[0].country if countries else None,
        replaced_on=replaced_on,
        replaced_by=replaced_by,
        obligations=tuple(
            f.ObligationFact(
                number=row.number,
                due=parse_schedule(row.due),
                survives=row.survives,
                done=tuple(
                    _written(o.done_text, o.done_lower, o.done_upper)
                    for o in parts(session, Occurrence, obligation_id=row.id)
                    if o.done_text is not None
                ),
            )
            for row in parts(session, Obligation, agreement_id=agreement.id)
        ),
        activities=tuple(
            f.ActivityFact(row.number, _date(row, "on"), _date(row, "until"))
            for row in parts(session, Activity, agreement_id=agreement.id)
        ),
    )


def _rewrite(session: Session, agreement: Agreement, horizon: date) -> None:
    facts = facts_of(session, agreement)
    derived = apply_rules(facts, horizon)
    owner = {"agreement_id": agreement.id}
    replace(session, Standing, owner, [_standing(row) for row in derived.standings])
    replace(session, Term, owner, [_term(row) for row in derived.terms])
    replace(session, Milestone, owner, [_milestone(row) for row in derived.milestones])
    due: dict[int, dict[date, f.Occurrence]] = {}
    for occurrence in derived.occurrences:
        due.setdefault(occurrence.obligation, {})[occurrence.due_on] = occurrence
    for row in parts(session, Obligation, agreement_id=agreement.id):
        row.waits_for = derived.waiting.get(row.number)
        session.add(row)
        _rewrite_occurrences(session, row, due.get(row.number, {}))
    own = party_entry_into_force(facts)
    labels, _ = _labels(session, agreement)
    for participation in parts(session, Participation, agreement_id=agreement.id):
        day = own.get(labels[participation.party_id])
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
        row.model_dump(exclude={"id"})
        for model in (Standing, Term, Milestone)
        for row in parts(session, model, agreement_id=agreement.id)
    ]
    rows += [row.model_dump() for row in parts(session, Participation, agreement_id=agreement.id)]
    rows += [(row.number, row.waits_for) for row in obligations]
    for row in obligations:
        due = [o.model_dump(exclude={"id"}) for o in parts(session, Occurrence, obligation_id=row.id)]
        rows += sorted(due, key=lambda o: (o["due_on"] or date.min, str(o)))
    return [*rows, agreement.model_dump()]


def _rewrite_occurrences(session: Session, obligation: Obligation, due: dict[date, f.Occurrence]) -> None:
    """Drop open due dates that no longer follow, add those that do now; fulfilled and waived ones stay."""
    fresh = dict(due)
    for row in parts(session, Occurrence, obligation_id=obligation.id):
        settled = row.done_text is not None or row.waived_text is not None
        if row.due_on is None:
            continue
        derived = fresh.pop(row.due_on, None)
        if derived is not None:
            row.warn_on, row.because = derived.warn_on, _json(derived.reason)
            session.add(row)
        elif settled:
            row.because = None
            session.add(row)
        else:
            session.delete(row)
    session.flush()
    for due_on, derived in sorted(fresh.items()):
        row = Occurrence(obligation_id=obligation.id, due_on=due_on, warn_on=derived.warn_on)
        row.because = _json(derived.reason)
        session.add(row)
    session.flush()


def _labels(session: Session, agreement: Agreement) -> tuple[dict[int, str], tuple[str, ...]]:
    """Each party's short name, unique within the agreement, and those bound by it."""
    labels: dict[int, str] = {}
    bound: list[str] = []
    for row in parts(session, Participation, agreement_id=agreement.id):
        party = session.get_one(Party, row.party_id)
        label = party.acronym or party.name
        if row.party_id not in labels:
            labels[row.party_id] = label if label not in labels.values() else f"{label} ({party.ref})"
        if row.role in BOUND_ROLES and labels[row.party_id] not in bound:
            bound.append(labels[row.party_id])
    return labels, tuple(bound)


def _replacement(session: Session, agreement: Agreement) -> tuple[date | None, str | None]:
    """The first day on which an agreement that replaces this one is in force, and its reference."""
    found = session.exec(
        select(Agreement)
        .join(Link, col(Link.agreement_id) == col(Agreement.id))
        .where(Link.kind == LinkKind.REPLACES, Link.to_ref == agreement.ref)
        .where(col(Agreement.in_force_on).is_not(None))
        .order_by(col(Agreement.in_force_on))
    ).first()
    return (found.in_force_on, found.ref) if found else (None, None)


def _event(row: Event, labels: dict[int, str]) -> f.EventFact:
    return f.EventFact(
        ref=f"E{row.number}",
        kind=row.kind,
        on=_written(row.on_text, row.on_lower, row.on_upper),
        party=labels.get(row.party_id) if row.party_id else None,
        until=_date(row, "until"),
        duration=parse_duration(row.duration) if row.duration else None,
    )


def _provisions(rows: list[Provision]) -> f.Provisions:
    by_kind = {row.kind: row for row in rows}

    def rule(kind: ProvisionKind) -> str | None:
        return by_kind[kind].rule if kind in by_kind else None

    entry, duration = rule(ProvisionKind.ENTRY_INTO_FORCE), rule(ProvisionKind.DURATION)
    ends, notice = rule(ProvisionKind.ENDS), rule(ProvisionKind.NOTICE)
    renewal = by_kind.get(ProvisionKind.RENEWAL)
    return f.Provisions(
        entry_into_force=parse_entry_rule(entry) if entry else None,
        duration=parse_duration(duration) if duration else None,
        ends=parse_date(ends) if ends else None,
        indefinite=ProvisionKind.INDEFINITE in by_kind,
        renewal=RenewalMode(renewal.rule) if renewal else RenewalMode.NONE,
        period=parse_duration(renewal.period) if renewal and renewal.period else None,
        times=renewal.times if renewal else None,
        notice=parse_notice(notice) if notice else None,
        clauses={row.kind.value.replace("-", "_"): row.clause for row in rows if row.clause},
    )


def _written(text: str | None, lower: date | None, upper: date | None) -> WrittenDate:
    return WrittenDate(text or "unknown", lower, upper)


def _date(row: Any, prefix: str) -> WrittenDate | None:
    text = getattr(row, f"{prefix}_text")
    if text is None:
        return None
    return _written(text, getattr(row, f"{prefix}_lower"), getattr(row, f"{prefix}_upper"))


def _json(reason: f.Reason) -> str:
    return json.dumps(f.as_json(reason), ensure_ascii=False, separators=(",", ":"))


def _standing(row: f.Standing) -> dict[str, Any]:
    return {
        "status": row.status,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "because": _json(row.reason),
    }


def _term(row: f.Term) -> dict[str, Any]:
    return {
        "number": row.number,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "warn_day": row.warn_day,
        "notice_day": row.notice_day,
        "renews": row.renews,
        "origin": row.origin,
        "because": _json(row.reason),
    }


def _milestone(row: f.Milestone) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "on_day": row.on_day,
        "warn_day": row.warn_day,
        "term": row.term,
        "because": _json(row.reason),
    }
