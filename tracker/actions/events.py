"""Events and provisions: the facts an agreement's standing follows from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.actions import derivation
from tracker.actions.books import Books
from tracker.actions.numbering import keep_numbered
from tracker.actions.outcome import Outcome
from tracker.actions.party_changes import label
from tracker.actions.record import EventPart, ProvisionsPart
from tracker.actions.whole import check_whole
from tracker.errors import NotFound, at
from tracker.models.enums import ProvisionKind, RenewalMode
from tracker.models.tables import Agreement, Event, Participation, Party, Provision, Standing
from tracker.rules.dates import WrittenDate
from tracker.store import agreements as store


def written(prefix: str, value: WrittenDate | None) -> dict[str, Any]:
    """A date as written in its three columns (``on_text``, ``on_lower``, ``on_upper``)."""
    if value is None:
        return {f"{prefix}_text": None, f"{prefix}_lower": None, f"{prefix}_upper": None}
    return {f"{prefix}_text": value.text, f"{prefix}_lower": value.lower, f"{prefix}_upper": value.upper}


def save(books: Books, agreement: Agreement, parts: list[EventPart], parties: list[Party]) -> None:
    """Make the agreement's events be these; the same ones keep their numbers."""
    rows = []
    for position, part in enumerate(parts):
        with at("events", position, "party"):
            party = _participant(books, agreement, part.party, parties) if part.party else None
        rows.append(columns(part, party.id if party else None))
    keep_numbered(books.session, Event, agreement, "E", rows)


def save_provisions(session: Session, agreement: Agreement, part: ProvisionsPart) -> None:
    """Make the agreement's provisions be these."""
    store.replace(session, Provision, {"agreement_id": agreement.id}, provision_columns(part))


def provision_columns(part: ProvisionsPart) -> list[dict[str, Any]]:
    """The columns of each provision."""
    rules: dict[ProvisionKind, dict[str, Any]] = {}
    if part.entry_into_force:
        rules[ProvisionKind.ENTRY_INTO_FORCE] = {"rule": part.entry_into_force}
    if part.duration:
        rules[ProvisionKind.DURATION] = {"rule": part.duration}
    if part.ends:
        rules[ProvisionKind.ENDS] = {"rule": str(part.ends)}
    if part.indefinite:
        rules[ProvisionKind.INDEFINITE] = {"rule": "indefinite"}
    if part.renewal:
        renewal = part.renewal
        rules[ProvisionKind.RENEWAL] = {
            "rule": renewal.mode.value,
            "period": renewal.period,
            "times": renewal.times,
        }
    if part.notice:
        rules[ProvisionKind.NOTICE] = {"rule": part.notice}
    for kind, row in rules.items():
        row["kind"] = kind
        row["clause"] = getattr(part.clauses, kind.value.replace("-", "_")) if part.clauses else None
    return list(rules.values())


def record(session: Session, ref: str, part: EventPart, today: date) -> Outcome:
    """Record an event of an agreement. Raises NotFound for a party that takes no part in it."""
    agreement = store.agreement(session, ref)
    books = Books(session)
    parties = [
        session.get_one(Party, row.party_id) for row in store.parts(session, Participation, agreement_id=agreement.id)
    ]
    books.parties.prefer({party.id for party in parties})
    party = _participant(books, agreement, part.party, parties) if part.party else None
    rows = store.parts(session, Event, agreement_id=agreement.id)
    kept = [_values(row) for row in rows]
    keep_numbered(session, Event, agreement, "E", [*kept, columns(part, party.id if party else None)])
    added = max(store.parts(session, Event, agreement_id=agreement.id), key=lambda row: row.number)
    check_whole(session, agreement)
    derivation.derive(session, agreement, today)
    said = [
        f"recorded {agreement.ref}/E{added.number} {part.event.value} on {part.on}",
        _status(session, agreement, today),
    ]
    if part.event.value == "renewed" and _mode(session, agreement) is None:
        said.append("the agreement has no renewal clause on record: it counts as renewed all the same")
    return Outcome(f"{agreement.ref}/E{added.number}", said, books.asides(), f"tracker show {agreement.ref}")


def _status(session: Session, agreement: Agreement, today: date) -> str:
    """What the agreement's status is today, and its last day where one follows."""
    for row in store.parts(session, Standing, agreement_id=agreement.id):
        if (row.from_day or date.min) <= today <= (row.to_day or date.max):
            last = f", last day {agreement.last_day}" if agreement.last_day else ""
            return f"{agreement.ref} is {row.status.value} since {row.from_day or 'an unknown day'}{last}"
    return f"{agreement.ref} has no status yet: its first event lies ahead"


def _mode(session: Session, agreement: Agreement) -> RenewalMode | None:
    for row in store.parts(session, Provision, agreement_id=agreement.id):
        if row.kind is ProvisionKind.RENEWAL:
            return RenewalMode(row.rule)
    return None


def columns(part: EventPart, party: int | None) -> dict[str, Any]:
    """The columns of an event but for its place in the agreement; ``party`` is the id of the one it concerns."""
    return {
        "kind": part.event,
        "party_id": party,
        "duration": part.for_,
        "note": part.note,
        **written("on", part.on),
        **written("until", part.until),
    }


def _values(row: Event) -> dict[str, Any]:
    return row.model_dump(exclude={"id", "agreement_id", "number", "position"})


def _participant(books: Books, agreement: Agreement, name: str, parties: list[Party]) -> Party:
    party = books.parties.find(name)
    if party is None or all(party.id != other.id for other in parties):
        raise not_among(name, [label(other) for other in parties], agreement.ref)
    return party


def not_among(name: str, labels: Sequence[str], ref: str) -> NotFound:
    """The error for an event of a party that takes no part in its agreement; ``labels`` are those that do."""
    return NotFound("party to this agreement", name, list(labels[:5]), f"see them with: tracker show {ref}")
