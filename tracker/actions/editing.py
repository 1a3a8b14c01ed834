"""Edits: fields of anything that has a reference, and a whole record in place of another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session

from tracker.actions import parties, people, record_check, rewriting, scopes, targets
from tracker.actions.books import Books
from tracker.actions.outcome import Brought, Outcome
from tracker.actions.record import PartyDescription, PersonPart, Record, ScopePart
from tracker.actions.record_check import InvalidRecord, check, check_part
from tracker.errors import BadInput, Conflict
from tracker.models.tables import Agreement, Party, Person
from tracker.rules.dates import read_date
from tracker.rules.text import items_of
from tracker.store import agreements as store
from tracker.store import dump
from tracker.store.transaction import rows_of

_AGREEMENT = {
    "title": ("title",),
    "kind": ("kind",),
    "summary": ("summary",),
    "source": ("source",),
    "confidentiality": ("confidentiality",),
    "responsible": ("responsible", "name"),
    "countries": ("countries",),
    "languages": ("languages",),
    "scopes": ("scopes",),
    "recorded_on": ("recorded_on",),
    "entry_into_force": ("provisions", "entry_into_force"),
    "duration": ("provisions", "duration"),
    "ends": ("provisions", "ends"),
    "indefinite": ("provisions", "indefinite"),
    "renewal": ("provisions", "renewal", "mode"),
    "renewal_period": ("provisions", "renewal", "period"),
    "renewal_times": ("provisions", "renewal", "times"),
    "notice": ("provisions", "notice"),
}
_PARTS = {
    "O": ("text", "kind", "clause", "due", "owed_by", "owed_to", "scopes", "responsible", "survives"),
    "A": ("title", "kind", "on", "until", "place", "status", "scopes"),
    "E": ("event", "on", "party", "until", "for", "note"),
    "D": ("file", "kind", "title", "language", "on", "of"),
    "L": ("amends", "extends", "replaces", "implements", "terminates"),
    "N": ("on", "text"),
    "F": ("what", "value", "unit", "period", "source"),
}
_NAMES_THE_WHOLE = (("responsible", "name"), ("renewal", "mode"))
"""Keys that their part cannot be without: emptying one empties the part."""

_SCOPE = ("parent", "name_en", "name_es", "name_fr", "gcm", "sdg", "dac")
LISTS = ("countries", "languages", "scopes", "owed_by", "owed_to", "former_names", "other_names")
_DATES = ("on", "until", "ends", "recorded_on", "period")


def fields(session: Session, ref: str, changes: Mapping[str, str], today: date) -> Outcome:
    """Change fields of what ``ref`` names; an empty text empties the field.

    Raises BadInput for a field it does not have or a value that cannot be taken, NotFound for the reference.
    """
    target = targets.find(session, ref)
    if isinstance(target, Agreement):
        return _edit_record(session, target, target.ref, _AGREEMENT, (), changes, today)
    if isinstance(target, targets.PartOf):
        section = targets.SECTIONS[target.letter][0]
        paths = {key: (key,) for key in _PARTS[target.letter]}
        if target.letter == "O":
            paths["responsible"] = ("responsible", "name")  # type: ignore[assignment]
        return _edit_record(session, target.agreement, target.ref, paths, (section, target.position), changes, today)
    if isinstance(target, Party):
        return parties.edit(session, target, _checked(PartyDescription, changes, {"name": "x"}))
    if isinstance(target, Person):
        return people.edit(session, target, _checked(PersonPart, changes, {"name": "x"}))
    if isinstance(target, targets.PartyFile):
        raise BadInput("REF", target.ref, "cannot be edited: remove it and add it again")
    _known(changes, _SCOPE)
    given = _checked(ScopePart, {k: v for k, v in changes.items() if k != "parent"}, {"code": "x", "name_en": "x"})
    if "parent" in changes:
        given["parent"] = changes["parent"] or None
    return scopes.edit(session, target, given)


def whole(session: Session, ref: str, record: Record, before: dict[str, Any], today: date) -> Brought:
    """Put an edited record in the place of the one read as ``before``.

    Raises Conflict, with the difference, when the agreement changed since it was read.
    """
    agreement = store.agreement(session, ref)
    now = dump.record(rows_of(session), agreement.ref) or {}
    if now != before:
        lines = rewriting.differences(before, now)
        raise Conflict(f"{agreement.ref} was changed meanwhile: {'; '.join(lines[:5])}", "edit it again")
    if record.ref is not None and record.ref != agreement.ref:
        raise BadInput("ref", record.ref, f"cannot be changed: a reference stays, expected {agreement.ref}")
    return rewriting.rewrite(Books(session), agreement, record, None, today, removing=True)


def _edit_record(
    session: Session,
    agreement: Agreement,
    ref: str,
    paths: Mapping[str, tuple[str, ...]],
    within: tuple[str | int, ...],
    changes: Mapping[str, str],
    today: date,
) -> Outcome:
    _known(changes, paths)
    data = dump.record(rows_of(session), agreement.ref) or {}
    for key, value in changes.items():
        _set(data, (*within, *paths[key]), _value(key, value, today))
    try:
        record = check(data)
    except InvalidRecord as error:
        place, problem = error.problems[0]
        named = [key for key, path in paths.items() if path == place[len(within) :][: len(path)]]
        raise BadInput(named[0] if named else record_check.path_of(place) or ref, "", problem) from error
    brought = rewriting.rewrite(Books(session), agreement, record, None, today)
    said = [f"changed {ref}"] if brought.changes else [f"{ref} is so already"]
    return Outcome(ref, said + [f"  {line}" for line in brought.changes], brought.aside, f"tracker show {ref}")


def _known(changes: Mapping[str, str], keys: Any) -> None:
    for key in changes:
        if key not in keys:
            near = get_close_matches(key, list(keys), n=1)
            expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(keys)}"
            raise BadInput("field", key, f"cannot be edited here; {expected}")


def _value(key: str, value: str, today: date) -> Any:
    if not value:
        return None
    if key in _DATES:
        return str(read_date(value, today, key))
    if key in LISTS:
        return items_of(value, key)
    return value


def _set(data: Any, path: tuple[str | int, ...], value: Any) -> None:
    *way, last = path
    if value is None and tuple(path[-2:]) in _NAMES_THE_WHOLE:
        _set(data, tuple(way), None)
        return
    for step in way:
        if value is None and step not in data and not isinstance(step, int):
            return  # nothing there to empty
        data = data[step] if isinstance(step, int) else data.setdefault(step, {})
    if value is None:
        data.pop(last, None)
        if way == ["provisions"]:
            data.get("clauses", {}).pop(last, None)
    elif last == "name" and way and way[-1] == "responsible":
        data.clear()
        data[last] = value
    else:
        data[last] = value


def _checked(part: Any, changes: Mapping[str, str], rest: dict[str, str]) -> dict[str, Any]:
    """The changed fields, each checked as the part of a record it is."""
    _known(changes, part.model_fields)
    given = {key: items_of(value, key) if key in LISTS else value or None for key, value in changes.items()}
    try:
        whole = check_part(part, rest | {key: value for key, value in given.items() if value})
    except InvalidRecord as error:
        place, problem = error.problems[0]
        raise BadInput(record_check.path_of(place), "", problem) from error
    return {key: getattr(whole, key) if value else value for key, value in given.items()}
