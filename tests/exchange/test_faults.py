"""Empty keys, and where the faults of a whole record stand in its file."""

from __future__ import annotations

import pytest

from tracker import actions, exchange
from tracker.actions.record import Record
from tracker.errors import BadRecord

PARTS = {
    "parties": "{name: A, %s: }",
    "events": "{event: signed, on: 2017, %s: }",
    "obligations": "{text: T, %s: }",
    "activities": "{title: T, kind: meeting, on: 2017, %s: }",
    "documents": "{file: a.pdf, %s: }",
    "contacts": "{name: A, %s: }",
    "figures": "{what: W, value: 1, %s: }",
    "notes": "{text: T, %s: }",
}
OPTIONAL = {
    "parties": ["acronym", "kind", "country", "part_of", "former_names", "other_names", "role", "signatory"],
    "events": ["party", "until", "for", "note"],
    "obligations": ["number", "kind", "clause", "owed_by", "owed_to", "scopes", "due", "responsible", "survives",
                    "fulfilled", "waived"],
    "activities": ["number", "until", "place", "status", "scopes", "attendance"],
    "documents": ["kind", "title", "language", "on", "sha256"],
    "contacts": ["office", "email", "phone", "party"],
    "figures": ["unit", "period", "source"],
    "notes": ["on"],
}  # fmt: skip


def parsed(text: str) -> Record:
    found = exchange.reading.parse(text, "file", as_json=False).records[0]
    assert isinstance(found, Record)
    return found


@pytest.mark.parametrize("key", [key for key in Record.model_fields if key != "title"])
def test_every_key_may_stand_empty(key: str) -> None:
    assert parsed(f"title: T\n{key}:\n") == parsed("title: T\n")


@pytest.mark.parametrize(("section", "key"), [(section, key) for section, keys in OPTIONAL.items() for key in keys])
def test_every_key_of_a_part_may_stand_empty(section: str, key: str) -> None:
    with_key = parsed(f"title: T\n{section}: [{PARTS[section] % key}]\n")
    without = parsed(f"title: T\n{section}: [{PARTS[section].replace(', %s: ', '')}]\n")
    assert with_key == without or with_key.model_dump() == without.model_dump()


@pytest.mark.parametrize("text", ["title:\n", "title: T\nevents: [{event: , on: 2017}]\n", "title: T\nfoo:\n"])
def test_what_must_be_there_may_not_stand_empty_and_the_unknown_is_refused(text: str) -> None:
    with pytest.raises(BadRecord, match=r"is missing|is not a key here"):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "key"),
    [
        ("ref: X-1\ntitle: T\nlinks:\n  - amends: x-1\n", 4, 5, "links[1].amends"),
        ("title: T\ncountries: [PA, pa]\n", 2, 17, "countries[2]"),
        ("title: T\nlanguages:\n  - es\n  - es\n", 4, 5, "languages[2]"),
        ("title: T\nlanguages: [qq]\n", 2, 13, "languages[1]"),
        ("title: T\nrecorded_on: 2017\n", 2, 1, "recorded_on"),
        ("title: T\nobligations:\n  - text: O\n    fulfilled:\n      - {on: 2018, by: A7}\n", 5, 20,
         "obligations[1].fulfilled[1].by"),
        ("title: T\nevents:\n  - {event: signed, on: 2018}\nprovisions:\n  ends: 2017\n", 5, 3, "provisions.ends"),
        ("title: T\nprovisions:\n  clauses:\n    notice: Art. 1\n", 4, 5, "provisions.clauses.notice"),
        ("title: T\nactivities:\n  - {title: A, kind: meeting, on: 2018, until: 2017}\n", 3, 41,
         "activities[1].until"),
        ("directory:\n  scopes:\n    - {code: x, name_en: X}\n    - {code: x, name_en: X}\n", 4, 8,
         "directory.scopes[2].code"),
    ],
)  # fmt: skip
def test_a_fault_is_placed_where_its_value_stands(text: str, line: int, column: int, key: str) -> None:
    with pytest.raises(BadRecord) as caught:
        exchange.reading.parse(text, "file", as_json=False)
    assert (caught.value.line, caught.value.column, caught.value.key) == (line, column, key)


def test_the_schemas_can_be_made() -> None:
    for model in (actions.record.Record, actions.record.DirectoryDocument):
        assert model.model_json_schema(by_alias=True)["additionalProperties"] is False
