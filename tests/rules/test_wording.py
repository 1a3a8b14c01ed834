"""Words that fit the instrument and the party."""

from __future__ import annotations

import pytest

from tracker.models.enums import AgreementKind, EventKind, Status
from tracker.rules.wording import event_in_words, status_in_words, wording


@pytest.mark.parametrize("kind", AgreementKind)
def test_only_what_is_not_binding_comes_into_effect(kind: AgreementKind) -> None:
    not_binding = kind in ("memorandum-of-understanding", "letter-of-intent")
    assert (wording(kind).enters_into_force == "comes into effect") is not_binding
    assert (wording(kind).parties == "participants") is not_binding
    assert status_in_words("in-force", kind) == ("in effect" if not_binding else "in force")
    assert status_in_words("provisionally-applied", kind) == "provisionally applied"


@pytest.mark.parametrize(
    ("event", "party", "words"),
    [
        ("ratified", "state", "ratification"),
        ("ratified", None, "ratification"),
        ("ratified", "intergovernmental-organization", "formal confirmation"),
        ("formally-confirmed", "intergovernmental-organization", "formal confirmation"),
        ("acceded", "intergovernmental-organization", "accession"),
        ("signed", "intergovernmental-organization", "signature"),
    ],
)
def test_an_organisation_confirms_formally(event: str, party: str | None, words: str) -> None:
    assert event_in_words(event, "treaty", party) == words


@pytest.mark.parametrize("event", EventKind)
def test_every_event_has_words(event: EventKind) -> None:
    assert event_in_words(event, "treaty") and event_in_words(event, "memorandum-of-understanding")


def test_every_status_has_words() -> None:
    assert all("-" not in status_in_words(status, "treaty") for status in Status)
