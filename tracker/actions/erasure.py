"""Erasure: a person's data leaves the rows, the free text about them and the journal; what they signed stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from tracker.actions.outcome import Outcome
from tracker.actions.parties import PartyBook
from tracker.actions.people import PeopleBook
from tracker.models.keys import fold
from tracker.models.tables import Person
from tracker.rules.mentions import ERASED, Mentions
from tracker.store import confidentiality, search_index
from tracker.store.journal import erasing
from tracker.store.journal.erasing import FREE_TEXT, NAMES, Eraser, Mention
from tracker.store.journal.facts import READ_TABLES
from tracker.store.transaction import addition, raw_of


@dataclass(frozen=True)
class Survey:
    """What erasing a person would do: whom it is about, which texts name them, and which of those would stay."""

    key: int
    ref: str
    name: str
    mentions: Mentions
    replaced: list[Mention]
    left: list[Mention]

    @property
    def files(self) -> list[str]:
        """The documents whose text names the person."""
        found = (mention.ref or "a removed document" for mention in self.replaced if mention.table in READ_TABLES)
        return list(dict.fromkeys(found))


def survey(session: Session, name: str) -> Survey:
    """What ``forget`` would erase, and leave. Raises NotFound; BadInput where several people have the name."""
    person = PeopleBook(session, PartyBook(session)).known(name)
    db = raw_of(session)
    key = str(person.id)
    known = erasing.known_values(db, key)
    for column in known:
        known[column] = (known[column] | {getattr(person, column) or ""}) - {ERASED, _anonymous(person)}
    found = Mentions(known["name"], known["email"], known["phone"])
    replaced = list(erasing.mentions(db, found.found_in, FREE_TEXT, key))
    left = list(erasing.mentions(db, found.found_in, NAMES, key))
    return Survey(person.id, person.ref, person.name, found, replaced, left)


def forget(session: Session, name: str, *, keep_mentions: bool = False) -> Outcome:
    """Erase a person: the row keeps its reference and is called ``Erased person N``; what names it still does.

    Mentions in free text, of today and in the journal, become ``[erased]`` unless ``keep_mentions``. Call
    ``compact`` after the transaction. Raises NotFound, BadInput.
    """
    found = survey(session, name)
    if found.name == f"Erased person {found.key}" and not found.replaced:
        return Outcome(found.ref, [f"{found.ref} is erased already"], [], None)
    person, db = session.get_one(Person, found.key), raw_of(session)
    erased = found.mentions.erased_from
    eraser = Eraser(str(person.id), ERASED, (lambda text: text) if keep_mentions else erased, erased)
    told = addition(session)
    told.eraser = eraser
    person.name = _anonymous(person)
    person.name_key = fold(person.name)
    person.office = person.email = person.phone = person.party_id = None
    session.add(person)
    session.flush()
    if not keep_mentions:
        for mention in found.replaced:
            erasing.replace(db, mention, erased(mention.text))
    told.erased = erasing.erase_journal(db, eraser)
    search_index.purge(session.connection())
    session.expire_all()
    said = [f"erased {found.ref}, now called {_anonymous(person)}"]
    if found.replaced and not keep_mentions:
        said += dict.fromkeys(f"  {ERASED} in {mention}" for mention in found.replaced)
    said.append(f"  {ERASED} in {len(told.erased)} places of the journal")
    left = found.left + (found.replaced if keep_mentions else [])
    aside = list(dict.fromkeys(f"left as it is: {mention}" for mention in left))
    if naming := found.files:
        aside.append(f"the kept files themselves still name them: {', '.join(naming)}")
        aside.append("take one away with: tracker remove REF/D1, then tracker db compact")
    aside.append("copies and backups made before still hold it, and so may documents whose text could not be read")
    return Outcome(found.ref, said, aside, "tracker verify")


def compact(path: Path) -> None:
    """Write the database anew, so that no byte of what was erased is left in the file."""
    erasing.compact(path)


def copies(path: Path) -> list[Path]:
    """Earlier states of the database that lie beside it, and may hold what was erased."""
    return confidentiality.copies(path)


def _anonymous(person: Person) -> str:
    return f"Erased person {person.id}"
