"""People: found by reference or name, created when new, completed when more is known of them."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import Session

from tracker.actions.outcome import Outcome
from tracker.actions.parties import PartyBook
from tracker.actions.record import PersonPart
from tracker.actions.revision import person_identity
from tracker.errors import BadInput, Conflict, NotFound, shortened
from tracker.models.keys import NO_EMAIL, fold
from tracker.models.tables import Person
from tracker.rules.text import clean_line
from tracker.store import people as store
from tracker.store import references

REFERENCE = re.compile(r"person-[1-9][0-9]*", re.IGNORECASE)


class PeopleBook:
    """The people within one transaction; a name with an e-mail tells two of the same name apart.

    ``apart`` are names (folded) of people who are said to have no e-mail: none is given to them. ``written`` counts
    how often somebody was created or completed.
    """

    def __init__(self, session: Session, parties: PartyBook, *, apart: frozenset[str] = frozenset()) -> None:
        self.session = session
        self.parties = parties
        self.apart = apart
        self.created: list[Person] = []
        self.changed: list[str] = []
        self.written = 0

    def asides(self, created: int = 0, changed: int = 0) -> list[str]:
        """Sentences on who was created, and what is recorded anew of those who were known, after the first so many
        of each."""
        new = [f"created {person.ref} {person.name}" for person in self.created[created:]]
        return new + self.changed[changed:]

    def take(self, part: PersonPart) -> Person:
        """The person of this description, created or completed. Raises BadInput where the name alone fits two."""
        if REFERENCE.fullmatch(part.name):
            return self.known(part.name)
        found = self._meant(part)
        if len(found) > 1:
            which = " and ".join(f"{person.ref} ({person.email or 'no e-mail'})" for person in found)
            raise BadInput("person", part.name, f"is the name of {which}: give the e-mail or the reference")
        person = found[0] if found else self._create(part.name)
        self._complete(person, part)
        return person

    def _meant(self, part: PersonPart) -> list[Person]:
        """Those of the name and e-mail; without one, whoever has none, else those of the name."""
        key = fold(part.name)
        known = store.with_key(self.session, key)
        identity = person_identity(part.name, part.email)
        same = [person for person in known if person_identity(person.name, person.email) == identity]
        if part.email is None:
            return same or known
        return same or [person for person in known if self._to_change(person)] or self._to_complete(part, known)

    def _to_change(self, person: Person) -> bool:
        """Whether the record so far names the person, and the new one names them so no longer."""
        revision = self.parties.revision
        if revision is None or person.id not in revision.people:
            return False
        return person_identity(person.name, person.email) not in revision.named_people

    def _to_complete(self, part: PersonPart, known: list[Person]) -> list[Person]:
        """The only one of the name, where no e-mail is known of them."""
        alone = len(known) == 1 and known[0].email is None and known[0].name_key not in self.apart
        return known if alone and part.email != NO_EMAIL else []

    def known(self, name: str) -> Person:
        """The person with this reference or name. Raises NotFound, or BadInput where several have it."""
        if REFERENCE.fullmatch(name):
            found = [person] if (person := store.with_ref(self.session, name)) else []
        else:
            found = store.with_key(self.session, fold(name))
        if not found:
            raise NotFound("person", name, [], "list them with: tracker people")
        if len(found) > 1:
            which = " and ".join(person.ref for person in found)
            raise BadInput("person", name, f"is the name of {which}: give the reference")
        return found[0]

    def _create(self, name: str) -> Person:
        name = clean_line(name, "person")
        ref, _ = references.give_next(self.session, "person", separator="-")
        person = Person(ref=ref, name=name, name_key=fold(name))
        self.created.append(person)
        self.written += 1
        return person

    def _complete(self, person: Person, part: PersonPart) -> None:
        revised = self.parties.revision is not None
        said: dict[str, Any] = {key: getattr(part, key) for key in ("office", "email", "phone", "party")}
        said["email"] = None if part.email == NO_EMAIL else part.email
        belongs = self.parties.take(part.party).id if part.party else None
        for field, value in said.items():
            if field not in part.model_fields_set or (value is None and not revised):
                continue
            column, kept = ("party_id", belongs) if field == "party" else (field, value)
            before = getattr(person, column)
            if kept == before:
                continue
            if revised and before is not None:
                self.parties.said.once(person.ref, person.name, field, value)
            setattr(person, column, kept)
            self.written += 1
            if before is not None:
                was = "" if field == "party" else f", before {shortened(before)}"
                now = f"has now {field} {shortened(value)}{was}" if value else f"has no {field} any more{was}"
                self.changed.append(f"{person.ref} {person.name} {now}")
        if revised and fold(part.name) == person.name_key:
            person.name = part.name
        self.session.add(person)
        self.session.flush()


def add(session: Session, part: PersonPart, *, insist: bool = False) -> Outcome:
    """Record a person. Raises Conflict when one of the same name and e-mail is recorded."""
    parties = PartyBook(session, insist=insist)
    book = PeopleBook(session, parties)
    if (other := _same(session, part.name, part.email)) is not None:
        hint = f"change it with: tracker edit {other.ref} KEY=VALUE"
        raise Conflict(f"{other.name} is recorded already, as {other.ref}", hint)
    person = book._create(part.name)
    book._complete(person, part)
    return Outcome(person.ref, [f"added {person.ref} {person.name}"], parties.asides(), "tracker people")


def edit(session: Session, person: Person, changes: dict[str, Any]) -> Outcome:
    """Change a person's fields (keys of PersonPart; None empties one)."""
    for field, value in changes.items():
        if field == "party":
            person.party_id = PartyBook(session).known(value).id if value else None
        elif field == "name":
            if value is None:
                raise BadInput("name", "", "a person has a name: expected some text")
            person.name, person.name_key = value, fold(value)
        else:
            setattr(person, field, None if field == "email" and value == NO_EMAIL else value)
    other = _same(session, person.name, person.email, but=person)
    if other is not None:
        told = f"with the e-mail {person.email}" if person.email else "without an e-mail"
        raise Conflict(f"{other.ref} is {other.name} {told} already", "give another name or e-mail")
    session.add(person)
    session.flush()
    said = [f"changed {person.ref} {person.name}: {', '.join(changes)}"]
    return Outcome(person.ref, said, [], "tracker people")


def _same(session: Session, name: str, email: str | None, but: Person | None = None) -> Person | None:
    """Another person of this name and e-mail: the two could not be told apart."""
    with session.no_autoflush:
        known = store.with_key(session, fold(name))
    identity = person_identity(name, email)
    same = [other for other in known if person_identity(other.name, other.email) == identity and other is not but]
    return same[0] if same else None
