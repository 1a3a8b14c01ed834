"""Loads one agreement's facts as the rules take them. Decides nothing, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from tracker.actions import events
from tracker.actions.party_changes import label
from tracker.actions.record import Record
from tracker.models.enums import BOUND_ROLES, LinkKind, ProvisionKind, RenewalMode, Role
from tracker.models.tables import (
    Activity,
    Agreement,
    AgreementCountry,
    Event,
    Link,
    Obligation,
    Occurrence,
    Participation,
    Party,
    Provision,
)
from tracker.rules import facts as f
from tracker.rules.dates import WrittenDate, parse_date
from tracker.rules.derivation import enters_into_force
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import parse_schedule
from tracker.store.agreements import parts


def facts_of(session: Session, agreement: Agreement) -> f.Facts:
    """The facts of an agreement as the rules take them, with what replaces it."""
    replaced_on, replaced_by = _replacement(session, agreement)
    return replace(_own_facts(session, agreement), replaced_on=replaced_on, replaced_by=replaced_by)


def _own_facts(session: Session, agreement: Agreement) -> f.Facts:
    """What is recorded of the agreement itself."""
    labels, bound = labels_of(session, agreement)
    countries = parts(session, AgreementCountry, agreement_id=agreement.id)
    return f.Facts(
        ref=agreement.ref,
        recorded_on=agreement.recorded_on,
        bound=bound,
        events=tuple(_event(row, labels) for row in parts(session, Event, agreement_id=agreement.id)),
        provisions=_provisions(parts(session, Provision, agreement_id=agreement.id)),
        country=countries[0].country if countries else None,
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


def of_record(
    record: Record,
    ref: str,
    day: date,
    *,
    bound: tuple[str, ...],
    concerned: Sequence[str | None],
    obligations: Sequence[int],
    activities: Sequence[int],
) -> f.Facts:
    """The facts of a record that is not among the rows yet, recorded on ``day``, as ``facts_of`` would load them.

    ``bound`` are the labels of the parties bound, ``concerned`` that of the party of each event (None: all), and
    ``obligations`` and ``activities`` the numbers of each.
    """
    return f.Facts(
        ref=ref,
        recorded_on=day,
        bound=bound,
        events=tuple(
            f.EventFact(
                ref=f"E{number}",
                kind=part.event,
                on=part.on,
                party=party,
                until=part.until,
                duration=parse_duration(part.for_) if part.for_ else None,
            )
            for number, (part, party) in enumerate(zip(record.events, concerned, strict=True), start=1)
        ),
        provisions=_provisions([_Rule(**columns) for columns in events.provision_columns(record.provisions)]),
        country=record.countries[0] if record.countries else None,
        obligations=tuple(
            f.ObligationFact(
                number=number,
                due=parse_schedule(part.due),
                survives=part.survives,
                done=tuple(item.on for item in part.fulfilled),
            )
            for number, part in zip(obligations, record.obligations, strict=True)
        ),
        activities=tuple(
            f.ActivityFact(number, part.on, part.until)
            for number, part in zip(activities, record.activities, strict=True)
        ),
    )


def labels_of(session: Session, agreement: Agreement) -> tuple[dict[int, str], tuple[str, ...]]:
    """Each party's short name by its id, unique within the agreement, and those bound by it."""
    rows = parts(session, Participation, agreement_id=agreement.id)
    parties = [session.get_one(Party, row.party_id) for row in rows]
    return labelled((party.id, label(party), party.ref, row.role) for party, row in zip(parties, rows, strict=True))


def labelled(taking_part: Iterable[tuple[int, str, str, Role]]) -> tuple[dict[int, str], tuple[str, ...]]:
    """As ``labels_of``, of each party's id, short name, reference and role, in the order of the agreement."""
    labels: dict[int, str] = {}
    bound: list[str] = []
    for party, short, ref, role in taking_part:
        if party not in labels:
            labels[party] = short if short not in labels.values() else f"{short} ({ref})"
        if role in BOUND_ROLES and labels[party] not in bound:
            bound.append(labels[party])
    return labels, tuple(bound)


def _replacement(session: Session, agreement: Agreement) -> tuple[WrittenDate | None, str | None]:
    """The first day on which an agreement that replaces this one really enters into force, and its reference."""
    found = [(entry, other.ref) for other in _replacing(session, agreement) if (entry := _entry(session, other, ()))]
    return min(found, default=(None, None))


def _replacing(session: Session, agreement: Agreement) -> list[Agreement]:
    """The agreements that say they replace this one."""
    query = (
        select(Agreement)
        .join(Link, col(Link.agreement_id) == col(Agreement.id))
        .where(Link.kind == LinkKind.REPLACES, Link.to_ref == agreement.ref)
        .order_by(col(Agreement.id))
    )
    return list(session.exec(query))


def _entry(session: Session, agreement: Agreement, path: tuple[str, ...]) -> WrittenDate | None:
    """The day an agreement enters into force, unless it was over by then, also by being replaced itself.

    Only what entered into force no later can have replaced it by then, so that days fall along a chain of
    replacements; ``path`` ends one of the same day that leads back to itself.
    """
    entry = enters_into_force(_own_facts(session, agreement))
    if entry is None or entry.lower is None:
        return entry
    for other in _replacing(session, agreement):
        if other.ref not in (agreement.ref, *path):
            before = _entry(session, other, (*path, agreement.ref))
            if before is not None and (before.lower is None or before.lower <= entry.lower):
                return None
    return entry


def _event(row: Event, labels: dict[int, str]) -> f.EventFact:
    return f.EventFact(
        ref=f"E{row.number}",
        kind=row.kind,
        on=_written(row.on_text, row.on_lower, row.on_upper),
        party=labels.get(row.party_id) if row.party_id else None,
        until=_date(row, "until"),
        duration=parse_duration(row.duration) if row.duration else None,
    )


class _Rule(NamedTuple):
    """A provision that is not among the rows yet."""

    kind: ProvisionKind
    rule: str
    clause: str | None = None
    period: str | None = None
    times: int | None = None


def _provisions(rows: Sequence[Provision | _Rule]) -> f.Provisions:
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
