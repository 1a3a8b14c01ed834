"""Agreements: a record becomes rows, as a new agreement or in place of what was recorded."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from tracker.actions import activities, annexes, derivation, events, obligations
from tracker.actions.books import Books
from tracker.actions.outcome import Outcome
from tracker.actions.record import PartyPart, PersonPart, Record, Signatory
from tracker.errors import BadInput, at
from tracker.models.enums import EventKind
from tracker.models.tables import (
    Agreement,
    AgreementCountry,
    AgreementLanguage,
    AgreementScope,
    Participation,
    Party,
)
from tracker.store import references
from tracker.store.agreements import replace, spell_links


def add(session: Session, record: Record, today: date, *, insist: bool = False) -> Outcome:
    """Record a new agreement. Raises Similar for a party like a known one, Conflict for a taken reference."""
    books = Books(session, insist=insist)
    agreement = save(books, record, today)
    said = [f"added {agreement.ref} {agreement.title}"]
    following = f'tracker add-obligation {agreement.ref} "..." --owed-by PARTY --due SCHEDULE'
    return Outcome(agreement.ref, said, books.asides(), following)


def save(
    books: Books,
    record: Record,
    today: date,
    *,
    existing: Agreement | None = None,
) -> Agreement:
    """Make the rows of one agreement be what the record says, then derive what follows from them.

    ``existing`` is rewritten in place (its parts keep their references where they stay); else a new one is
    made. Errors carry their place in the record.
    """
    session = books.session
    parties = _parties(books, record)
    agreement = existing or Agreement(ref="", title="", recorded_on=recorded_on(record, today))
    with at("responsible"):
        agreement.responsible_id = books.person_id(record.responsible)
    agreement.title = record.title
    agreement.kind = record.kind
    agreement.summary = record.summary
    agreement.source = record.source
    agreement.confidentiality = record.confidentiality
    if record.recorded_on is not None and record.recorded_on.lower is not None:
        agreement.recorded_on = record.recorded_on.lower
    if existing is None:
        with at("ref"):
            agreement.ref = _give_ref(session, record, agreement.recorded_on)
    session.add(agreement)
    session.flush()
    if existing is None:
        spell_links(session, agreement)
    owner = {"agreement_id": agreement.id}
    _write_lists(session, owner, record)
    with at("scopes"):
        scopes = books.scopes.ids(record.scopes)
    rows = [{"position": position, "scope_id": scope} for position, scope in enumerate(scopes)]
    replace(session, AgreementScope, owner, rows)
    _write_participations(books, owner, record.parties, parties)
    events.save(books, agreement, record.events, parties)
    events.save_provisions(session, agreement, record.provisions)
    activities.save(books, agreement, record.activities)
    obligations.save(books, agreement, record.obligations)
    annexes.save(books, agreement, record, today)
    try:
        derivation.derive(session, agreement, today)
    except BadInput as error:
        error.place = error.place or whence(record, error.value)
        raise
    return agreement


def whence(record: Record, calculated: str) -> tuple[str | int, ...]:
    """The place of the day from which a calculation (``9999-12-31 +36 months``) left the calendar."""
    start = calculated.split(" ")[0]
    places: list[tuple[tuple[str | int, ...], str | None]] = [
        *((("events", place, "on"), str(event.on)) for place, event in enumerate(record.events)),
        (("provisions", "entry_into_force"), record.provisions.entry_into_force),
        *((("obligations", place, "due"), part.due) for place, part in enumerate(record.obligations)),
        *((("activities", place, "on"), str(part.on)) for place, part in enumerate(record.activities)),
    ]
    found = [place for place, written in places if start and written and (start in written or written in start)]
    return found[0] if found else ("provisions",)


def recorded_on(record: Record, today: date) -> date:
    """The day the record says it was recorded on, else today."""
    written = record.recorded_on
    return written.lower if written is not None and written.lower is not None else today


def _give_ref(session: Session, record: Record, day: date) -> str:
    """The record's own reference, else country (or XX), year of signature (or of recording) and number."""
    if record.ref is not None:
        return references.give(session, record.ref, *counted(record.ref))
    ref, _ = references.give_next(session, stem(record, day), separator="-", width=3)
    return ref


def counted(ref: str) -> tuple[str | None, int | None]:
    """The stem and number of somebody's own reference where it is one like those given (``PA-2017-001``)."""
    country, _, rest = ref.partition("-")
    year, _, number = rest.partition("-")
    if len(country) == 2 and len(year) == 4 and number.isdigit() and len(number) < 10:
        return f"{country}-{year}".upper(), int(number)
    return None, None


def stem(record: Record, day: date) -> str:
    """What a given reference begins with: country (or XX) and year of signature, or of ``day``, the recording."""
    signed = [e.on.lower for e in record.events if e.event is EventKind.SIGNED and e.on.lower is not None]
    return f"{record.countries[0] if record.countries else 'XX'}-{min(signed).year if signed else day.year:04}"


def signatory_id(books: Books, signatory: Signatory | None) -> int | None:
    """The id of the person who signed, created where new; None for nobody."""
    if signatory is None:
        return None
    given = {"email": signatory.email} if signatory.email else {}
    return books.person_id(PersonPart(name=signatory.name, **given))


def _parties(books: Books, record: Record) -> list[Party]:
    """The parties of the record, in its order, created or completed; parents last, once all exist."""
    others = []
    for position, description in enumerate(record.other_parties):
        with at("other_parties", position):
            others.append(books.parties.describe(description))
    parties = []
    for position, part in enumerate(record.parties):
        with at("parties", position):
            parties.append(books.parties.describe(part))
    books.parties.prefer({party.id for party in (*parties, *others)})
    for section, descriptions, found in (
        ("other_parties", record.other_parties, others),
        ("parties", record.parties, parties),
    ):
        for position, (description, party) in enumerate(zip(descriptions, found, strict=True)):
            with at(section, position):
                books.parties.set_parents([description], [party])
    return parties


def _write_lists(session: Session, owner: dict[str, int], record: Record) -> None:
    countries = [{"position": i, "country": country} for i, country in enumerate(record.countries)]
    replace(session, AgreementCountry, owner, countries)
    languages = [{"position": i, "language": language} for i, language in enumerate(record.languages)]
    replace(session, AgreementLanguage, owner, languages)


def _write_participations(books: Books, owner: dict[str, int], parts: list[PartyPart], parties: list[Party]) -> None:
    rows = []
    seen = set()
    for position, (part, party) in enumerate(zip(parts, parties, strict=True)):
        if (party.id, part.role) in seen:
            with at("parties", position, "name"):
                raise BadInput("party", part.name, f"stands twice as {part.role.value}")
        seen.add((party.id, part.role))
        with at("parties", position, "signatory"):
            signed_by = signatory_id(books, part.signatory)
        rows.append(
            {
                "position": position,
                "party_id": party.id,
                "role": part.role,
                "signatory_id": signed_by,
                "signatory_office": part.signatory.office if part.signatory else None,
            }
        )
    replace(books.session, Participation, owner, rows, derived=("in_force_text",))
