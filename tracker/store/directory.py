"""What a file of records needs beside them: the officers' own scope areas, parties and people no record describes.

Read through named queries, as the records are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tracker.models.keys import fold
from tracker.store import dump
from tracker.store.reader import Row, Rows

Values = dict[str, Any]


def directory(reader: Rows, records: list[Values], *, whole: bool) -> Values:
    """The directory beside these records; empty where they say everything.

    Of parts of a database only what the records need: the scope areas they use, and what is known of their
    signatories. Of a ``whole`` one also the parties and people that belong to no agreement.
    """
    people = _people(reader, records, whole)
    rows = {row["id"]: row for row in reader.rows("directory_parties")}
    described = {_party(part) for record in records for part in _parties(record)}
    wanted = {row["party_id"] for row in people if row["party_id"] is not None}
    if whole:
        wanted |= {key for key, row in rows.items() if (row["name_key"], row["country"]) not in described}
    parties = [row for key, row in rows.items() if key in _with_parents(wanted, rows)]
    further = {row["id"]: reader.rows("record_party_names", party=row["id"]) for row in parties}
    names = dump.names_of(parties, further)
    return dump.given(
        scopes=_scopes(reader, records, whole),
        parties=[dump.description(row, further[row["id"]], names) for row in parties],
        people=[dump.person(row, names) for row in people],
    )


def _scopes(reader: Rows, records: list[Values], whole: bool) -> list[Values]:
    own = {row["code"]: row for row in reader.rows("directory_scopes")}
    parts = [part for record in records for part in _with_parts(record, "obligations", "activities")]
    used = {code for part in parts for code in part.get("scopes", [])}
    for code in list(used):
        while code in own and (code := own[code]["parent"]):
            used.add(code)
    return [dump.given(**row) for code, row in own.items() if whole or code in used]


def _people(reader: Rows, records: list[Values], whole: bool) -> list[Row]:
    """Those no record describes; of signatories only those of whom more is known than a record says."""
    described = {_person(part) for record in records for part in _described_people(record)}
    signed = {
        _person(party["signatory"]) for record in records for party in record.get("parties", []) if "signatory" in party
    }
    found = []
    for row in reader.rows("directory_people"):
        identity = _person({"name": row["responsible"], "email": row["email"]})
        known = any(row[key] is not None for key in ("office", "phone", "party_id"))
        if identity not in described and (known if identity in signed else whole):
            found.append(row)
    return found


def _with_parts(record: Values, *sections: str) -> Iterator[Values]:
    yield record
    for section in sections:
        yield from record.get(section, [])


def _parties(record: Values) -> Iterator[Values]:
    yield from record.get("parties", [])
    yield from record.get("other_parties", [])


def _described_people(record: Values) -> Iterator[Values]:
    yield from record.get("contacts", [])
    yield from (part["responsible"] for part in _with_parts(record, "obligations") if "responsible" in part)


def _party(part: Values) -> tuple[str, str | None]:
    return fold(part["name"]), part.get("country")


def _person(part: Values) -> tuple[str, str]:
    return fold(part["name"]), (part.get("email") or "").lower()


def _with_parents(wanted: Iterable[int], rows: dict[int, Row]) -> set[int]:
    todo, found = list(wanted), set()
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            todo += [parent] if (parent := rows[key]["part_of_id"]) is not None else []
    return found


def tell_apart(records: list[Values], listed: Values, none: str) -> None:
    """Write ``none`` as the e-mail of whoever has none, where another of the same name has one."""
    people = [*listed.get("people", []), *(person for record in records for person in _described_people(record))]
    people += [party["signatory"] for record in records for party in record.get("parties", []) if "signatory" in party]
    addressed = {fold(person["name"]) for person in people if "email" in person}
    for person in people:
        if "email" not in person and fold(person["name"]) in addressed:
            given = dict(person)
            person.clear()
            before = [key for key in ("name", "office") if key in given]
            person |= {key: given.pop(key) for key in before} | {"email": none} | given
