"""The directory of a record file: scope areas of the officers' own, and parties and people beside the agreements."""

from __future__ import annotations

from tracker.actions import scopes
from tracker.actions.books import Books
from tracker.actions.outcome import Brought
from tracker.actions.record import Directory, OwnScope
from tracker.actions.revision import Revision
from tracker.errors import Conflict, at
from tracker.models.tables import ScopeArea
from tracker.store import scopes as store


def bring_in(books: Books, directory: Directory, *, update: bool) -> Brought:
    """Record what the directory describes; with ``update``, make what is known already be as it says.

    Raises Conflict where it contradicts what is recorded, unless ``update``.
    """
    changes = _scopes(books, directory.scopes, update)
    if update:
        books.parties.revision = Revision({}, frozenset(), frozenset(), frozenset())
    parties = []
    for position, part in enumerate(directory.parties):
        with at("directory", "parties", position):
            parties.append(books.parties.describe(part))
    books.parties.prefer({party.id for party in parties})
    for position, (part, party) in enumerate(zip(directory.parties, parties, strict=True)):
        with at("directory", "parties", position):
            books.parties.set_parents([part], [party])
    for position, person in enumerate(directory.people):
        with at("directory", "people", position):
            books.people.take(person)
    counts = (("scope area", directory.scopes), ("party", directory.parties), ("person", directory.people))
    held = ", ".join(f"{len(items)} {_many(word, len(items))}" for word, items in counts if items)
    aside = books.asides()
    did = "new" if books.parties.created or books.people.created or changes else "updated" if aside else "same"
    return Brought("directory", f"({held or 'empty'})", did, changes, aside)


def _scopes(books: Books, areas: list[OwnScope], update: bool) -> list[str]:
    """Add the areas that are not there, and check or change those that are; parents last, once all exist."""
    session = books.session
    said: list[str] = []
    new: set[str] = set()
    for position, area in enumerate(areas):
        with at("directory", "scopes", position, "code"):
            values = area.model_dump(exclude={"parent"})
            known = store.with_code(session, area.code)
            if known is None:
                said += scopes.add(session, values, None).said
                new.add(area.code)
                continue
            changed = {key: value for key, value in values.items() if getattr(known, key) != value}
            if changed and not update:
                key, value = next(iter(changed.items()))
                problem = f"{area.code} is recorded with {key} {getattr(known, key)}, here it has {value}"
                raise Conflict(problem, "bring in the change with --update")
            if changed:
                said += scopes.edit(session, known, changed).said
    for position, area in enumerate(areas):
        with at("directory", "scopes", position, "parent"):
            changed_parent = _parent(books, area, update)
            said += [] if area.code in new else changed_parent
    return said


def _parent(books: Books, area: OwnScope, update: bool) -> list[str]:
    session = books.session
    known = store.with_code(session, area.code)
    assert known is not None
    above = session.get_one(ScopeArea, known.parent_id).code if known.parent_id else None
    if above == area.parent:
        return []
    if above is not None and not update:
        raise Conflict(f"{area.code} is recorded below {above}, here it is below {area.parent or 'nothing'}")
    return scopes.edit(session, known, {"parent": area.parent}).said


def _many(word: str, count: int) -> str:
    return word if count == 1 else {"party": "parties", "person": "people"}.get(word, f"{word}s")
