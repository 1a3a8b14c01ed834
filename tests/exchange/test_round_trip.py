"""Export, import into an empty database, export again: the same bytes, and all that was written."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exchange.generated import LINE, TEXT, files
from tracker import actions, exchange, paths
from tracker.errors import TrackerError
from tracker.models.keys import fold
from tracker.store.reader import Reader

Values = dict[str, Any]
Import = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def through(template: Path) -> Import:
    """Imports a text into an empty database and exports everything, in each format."""

    def passes(text: str, *, as_json: bool) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tracker.db"
            shutil.copy(template, path)
            found = exchange.reading.parse(text, "file", as_json=as_json)

            def use_case(session: Any) -> Any:
                return actions.records.bring_in(session, found.records, TODAY, insist=True)

            actions.running.run(path, use_case)
            with Reader(path) as rows:
                refs = [row["ref"] for row in rows.rows("record_refs")]
                records = exchange.writing.documents(rows, refs, whole=True)
            return {out: exchange.writing.text(records, out) for out in exchange.writing.FORMATS}

    return passes


def loaded(text: str) -> list[Values]:
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def comparable(record: Values, like: Values) -> Values:
    """A record without what is assigned where it was left out, and without those only mentioned."""
    assigned = {"ref", "recorded_on"} - like.keys()
    return {key: value for key, value in record.items() if key not in assigned | {"other_parties"}}


def described(documents: list[Values]) -> dict[str, list[str]]:
    """Every party, every person of whom more than the name is known, every own scope area, wherever it stands."""
    found: dict[str, set[str]] = {"parties": set(), "people": set(), "scopes": set()}
    for document in documents:
        listed = document.get("directory", {})
        parties = [*document.get("parties", []), *document.get("other_parties", []), *listed.get("parties", [])]
        people = [*document.get("contacts", []), *listed.get("people", [])]
        people += [p["responsible"] for p in [document, *document.get("obligations", [])] if "responsible" in p]
        own = ("role", "signatory")
        found["parties"] |= {json.dumps({k: v for k, v in party.items() if k not in own}) for party in parties}
        found["people"] |= {json.dumps(person) for person in people if person.keys() & {"office", "phone", "party"}}
        found["scopes"] |= {json.dumps(area) for area in listed.get("scopes", [])}
    return {kind: sorted(values) for kind, values in found.items()}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_whatever_is_recorded_comes_back(through: Import, written: list[Values]) -> None:
    first = through(json.dumps(written), as_json=True)
    back = loaded(first["json"])
    assert described(back) == described(written)
    agreements = [[document for document in file if "directory" not in document] for file in (back, written)]
    assert [comparable(record, like) for record, like in zip(*agreements, strict=True)] == [
        comparable(record, record) for record in agreements[1]
    ]
    assert through(first["yaml"], as_json=False) == first
    assert through(first["json"], as_json=True) == first


def every(documents: list[Values], kind: str) -> set[tuple[str, str]]:
    """The identities of all parties or people of a file: the name, and the country or the e-mail."""
    found = set()
    for document in documents:
        listed = document.get("directory", {}).get(kind, [])
        if kind == "parties":
            listed = [*listed, *document.get("parties", []), *document.get("other_parties", [])]
            found |= {(fold(part["name"]), part.get("country", "")) for part in listed}
            continue
        owners = [document, *document.get("obligations", [])]
        listed = [*listed, *document.get("contacts", []), *(p["responsible"] for p in owners if "responsible" in p)]
        listed += [party["signatory"] for party in document.get("parties", []) if "signatory" in party]
        found |= {(fold(part["name"]), part.get("email", "none")) for part in listed}
    return found


@settings(max_examples=300, deadline=None)
@example([{"title": "A", "summary": "several lines\nand \uffff or \ufeff"}])
@given(st.lists(st.fixed_dictionaries({"title": LINE}, optional={"summary": TEXT, "source": TEXT}), min_size=1))
def test_every_text_survives_both_formats(written: list[Values]) -> None:
    for out in exchange.writing.FORMATS:
        text = exchange.writing.text(written, out)
        records = exchange.reading.parse(text, "file", as_json=out == "json").records
        assert [record.model_dump(mode="json", exclude_unset=True) for record in records] == written
        assert text.endswith("\n") and "\r" not in text


EXAMPLES = sorted(paths.EXAMPLES.glob("*.yaml"))


def test_all_the_examples_come_back(through: Import) -> None:
    """All of them in one database, so that names and links between them are tried as well."""
    source = "---\n" + "\n---\n".join(file.read_text(encoding="utf-8") for file in EXAMPLES)
    first = through(source, as_json=False)
    assert len(loaded(first["json"])) >= len(EXAMPLES) >= 12
    assert through(first["yaml"], as_json=False) == first
    assert through(first["json"], as_json=True) == first


def test_the_record_of_the_design_is_taken_whole(through: Import) -> None:
    """Every key of the documented record, each in its documented form."""
    text = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")
    found = json.loads(through(text, as_json=False)["json"])
    assert found["ref"] == "PA-2017-001"
    assert found["provisions"]["renewal"] == {"mode": "tacit", "period": "3 years", "times": 2}
    assert found["obligations"][0]["fulfilled"] == [
        {"due": "2017-11-18", "on": "2017-11-02", "by": "A1", "evidence": "attendance list"}
    ]
    assert found["activities"][0]["attendance"] == [{"party": "MINSEG", "women": 12, "men": 9, "other": 0}]
    assert set(_keys(found)) >= {"until", "place", "responsible", "figures", "contacts", "links", "documents", "notes"}


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in _keys(inner))]
    return [key for inner in value for key in _keys(inner)] if isinstance(value, list) else []


NAMES = ["Alpha", "ALPHA", "Beta Board", "Gamma", "AB"]
WORDS = st.sampled_from(NAMES)
SPOKEN = st.sampled_from(["", "PA", "FR"])
STEPS = st.one_of(
    st.tuples(
        st.just("party"),
        st.fixed_dictionaries(
            {"name": WORDS},
            optional={
                "acronym": WORDS,
                "country": st.sampled_from(["PA", "FR"]),
                "part_of": WORDS,
                "former_names": st.lists(WORDS, max_size=2),
            },
        ),
    ),
    st.tuples(
        st.just("person"),
        st.fixed_dictionaries(
            {"name": WORDS},
            optional={
                "email": st.sampled_from(["a@example.org", "b@example.org"]),
                "phone": st.just("305 3350"),
                "party": WORDS,
            },
        ),
    ),
    st.tuples(
        st.just("edit"),
        st.integers(1, 4),
        st.sampled_from(["name", "acronym", "country", "part_of", "former_names", "other_names"]),
        st.one_of(WORDS, SPOKEN),
    ),
    st.tuples(
        st.just("edit person"),
        st.integers(1, 4),
        st.sampled_from(["name", "email", "phone", "office", "party"]),
        st.one_of(WORDS, st.sampled_from(["", "a@example.org"])),
    ),
    st.tuples(
        st.just("agreement"),
        st.fixed_dictionaries(
            {"title": WORDS},
            optional={
                "responsible": st.fixed_dictionaries({"name": st.sampled_from([*NAMES, "person-1", "person-2"])}),
                "contacts": st.lists(st.fixed_dictionaries({"name": WORDS}), max_size=2),
                "parties": st.lists(
                    st.fixed_dictionaries(
                        {"name": st.sampled_from([*NAMES, "party-1", "party-2"])},
                        optional={"signatory": st.fixed_dictionaries({"name": WORDS})},
                    ),
                    max_size=3,
                ),
            },
        ),
    ),
    st.tuples(st.just("obligation"), WORDS),
    st.tuples(st.just("remove"), st.integers(1, 4)),
)


def take_step(session: Any, step: tuple[Any, ...]) -> None:
    match step:
        case ("party", values):
            part = actions.record_check.check_part(actions.record.PartyDescription, values)
            actions.parties.add(session, part, insist=True)
        case ("person", values):
            part = actions.record_check.check_part(actions.record.PersonPart, values)
            actions.people.add(session, part, insist=True)
        case ("edit", number, key, value):
            actions.editing.fields(session, f"party-{number}", {key: value}, TODAY)
        case ("edit person", number, key, value):
            actions.editing.fields(session, f"person-{number}", {key: value}, TODAY)
        case ("agreement", values):
            actions.agreements.add(session, actions.record_check.check(values), TODAY, insist=True)
        case ("obligation", name):
            part = actions.record_check.check_part(actions.record.ObligationPart, {"text": "Report", "owed_by": [name]})
            actions.obligations.add(session, "XX-2026-001", part, TODAY, insist=True)
        case ("remove", number):
            actions.removal.remove(session, f"party-{number}", TODAY)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_whatever_the_commands_made_comes_back(template: Path, through: Import, steps: list[tuple[Any, ...]]) -> None:
    """Parties and people of one name, of none, that belong to nothing: what was taken can be handed on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)
        for step in steps:
            with suppress(TrackerError):
                actions.running.run(path, lambda session, step=step: take_step(session, step))
        with Reader(path) as rows:
            refs = [row["ref"] for row in rows.rows("record_refs")]
            documents = exchange.writing.documents(rows, refs, whole=True)
            known = [len(rows.rows(query)) for query in ("directory_parties", "directory_people")]
    text = {out: exchange.writing.text(documents, out) for out in exchange.writing.FORMATS}
    if documents:
        assert through(text["yaml"], as_json=False) == through(text["json"], as_json=True) == text
    assert len(every(documents, "parties")) == known[0]
    assert len(every(documents, "people")) == known[1]
