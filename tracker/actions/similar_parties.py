"""Known parties whose name is so close to a new one that the new one may be a slip."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from sqlmodel import Session

from tracker.actions.known_names import KnownNames
from tracker.actions.record import PartyDescription
from tracker.models.enums import PartyKind
from tracker.models.keys import fold
from tracker.models.tables import Party
from tracker.store.reference_data import country_named

_WORDS_ALIKE = 50
"""Ratio from which on the words that differ may be a slip: safety and security (57)."""


def alike(session: Session, known_names: KnownNames, description: PartyDescription, cutoff: int) -> list[Party]:
    """Known parties like the described one, at most three.

    ``cutoff`` (0 to 100) is the ratio of two folded names from which on one may be a slip for the other. Names of
    two different countries are no slip: Austria and Australia, or two ministries of the interior.
    """
    key = fold(description.name)
    names = known_names.keys
    close = {i for _, _, i in process.extract(key, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=5)}
    if len(key.split()) >= 3 and description.kind is not PartyKind.STATE:
        whole = process.extract(key, names, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=5)
        close |= {i for known, _, i in whole if len(known.split()) >= 3}
    if len(key) <= 6:
        close |= {i for i, known in enumerate(names) if len(known) == len(key) and sorted(known) == sorted(key)}
    if description.acronym:
        close |= set(known_names.places(fold(description.acronym)))
    here = description.country or country_named(description.name)
    found: dict[int, Party] = {}
    for index in sorted(close):
        if not _may_be_slip(key, names[index]):
            continue
        party = session.get_one(Party, known_names.ids[index])
        there = party.country or country_named(party.name)
        if not (here and there and here != there):
            found[party.id] = party
    return list(found.values())[:3]


def _may_be_slip(one: str, other: str) -> bool:
    """Whether what tells two like names apart may be a slip: a numeral, a letter or another word is none."""
    left = [word for word in one.split() if word not in other.split()]
    right = [word for word in other.split() if word not in one.split()]
    if not left or not right:
        return True
    first, second = " ".join(left), " ".join(right)
    if max(len(first), len(second)) <= 2 or any(sign.isdigit() for sign in first + second):
        return False
    return fuzz.ratio(first, second) >= _WORDS_ALIKE
