"""People: found by reference or name, created when new, completed when more is known of them."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import Session

from tracker.actions.outcome import Outcome
from tracker.actions.parties import PartyBook
from tracker.actions.record import PersonPart
from tracker.errors import BadInput, Conflict, NotFound
from tracker.models.keys import fold
from tracker.models.tables import Person
from tracker.rules.text import clean_line
from tracker.store import people as store
from tracker.store import references

_REF = re.compile(r"person-[1-9][0-9]*", re.IGNORECASE)


class PeopleBook:
    """The people within one transaction; a name with an e-mail tells two of the same name apart."""

    def __init__(self, session: Session, parties: PartyBook) -> None:
        self.session = session
        self.parties = parties
        self.created: list[Person] = []
        self.changed: list[str] = []

    def asides(self) -> list[str]:
        """Sentences on who was created, and what is recorded anew of those who were known."""
        return [f"created {person.ref} {person.name}" for person in self.created] + self.changed

    def take(self, part: PersonPart) -> Person:
        """The person of this description, created or completed. Raises BadInput where the name alone fits two."""
        if _REF.fullmatch(part.name):
            return self.known(part.name)
        found = store.with_key(self.session, fold(part.name))
        if part.email:
            same = [person for person in found if (person.email or "").lower() == part.email.lower()]
            found = same or [person for person in found if person.email is None]
        if len(found) > 1:
            which = " and ".join(f"{person.ref} ({person.email or 'no e-mail'})" for person in found)
            raise BadInput("person", part.name, f"is the name of {which}: give the e-mail or the reference")
        person = found[0] if found else self._create(part.name)
        self._complete(person, part)
        return person

    def known(self, name: str) -> Person:
        """The person with this reference or name. Raises NotFound, or BadInput where several have it."""
        if _REF.fullmatch(name):
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
        return person

    def _complete(self, person: Person, part: PersonPart) -> None:
        for field in ("office", "email", "phone"):
            value, before = getattr(part, field), getattr(person, field)
            if value and value != before:
                setattr(person, field, value)
                if before:
                    self.changed.append(f"{person.ref} {person.name} has now {field} {value}, before {before}")
        if part.party:
            person.party_id = self.parties.take(part.party).id
        self.session.add(person)
        self.session.flush()


def add(session: Session, part: PersonPart, *, insist: bool = False) -> Outcome:
    """Record a person. Raises Conflict when one of the same name and e-mail is recorded."""
    parties = PartyBook(session, insist=insist)
    book = PeopleBook(session, parties)
    for other in store.with_key(session, fold(part.name)):
        if (other.email or "").lower() == (part.email or "").lower():
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
            setattr(person, field, value)
    session.add(person)
    session.flush()
    said = [f"changed {person.ref} {person.name}: {', '.join(changes)}"]
    return Outcome(person.ref, said, [], "tracker people")
