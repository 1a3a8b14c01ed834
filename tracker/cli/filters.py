"""Turns the filters of a listing into the values its query takes, and says when a name filters by nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.cli.values import code_of_country
from tracker.errors import BadInput, NotFound
from tracker.models.enums import Status
from tracker.models.keys import fold
from tracker.rules.dates import read_date
from tracker.store.narrowing import few
from tracker.store.reader import Rows

DEADLINE = re.compile(
    r"(?P<agreement>.+?)(?:/(?P<letter>[OA])(?P<number>[1-9][0-9]{0,8}))?(?::(?P<day>[0-9-]{4,10}))?", re.IGNORECASE
)
"""How deadlines are named: an agreement, a part of it, the day (``PA-2017-001/O1:2018-05-18``)."""


def contains(words: str) -> str:
    """A LIKE pattern for text that contains these words, its wildcards taken literally."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def end_of_window(within: str | None, day: date) -> str | None:
    """The last day of ``within`` (``90d``, ``6m``) from ``day``, included; at most the last of the calendar."""
    if within is None:
        return None
    if not re.fullmatch(r"\+?[0-9]{1,5}[dwmy]", within):
        raise BadInput("--within", within, "is not a length of time: expected such as 30d, 12w, 6m, 1y")
    length = f"+{within.lstrip('+')}"
    read_date(length, date.min, "--within")  # a length no calendar has is refused
    try:
        return read_date(length, day, "--within").text
    except BadInput:
        return date.max.isoformat()


def values(
    reader: Rows,
    day: date,
    *,
    party: str | None = None,
    scope: str | None = None,
    country: str | None = None,
    responsible: str | None = None,
    agreement: str | None = None,
    text: str | None = None,
    within: str | None = None,
    overdue: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """The values of a listing's query. Raises NotFound with the nearest for a name that nothing has."""
    if party is not None and not reader.row("known_party", party=fold(party)):
        raise NotFound("party", party, nearest_party(reader, party), "list them with: tracker parties")
    if scope is not None:
        codes = [row["code"] for row in reader.rows("known_scopes")]
        if scope not in codes:
            raise NotFound("scope area", scope, nearest(scope, codes), "list them with: tracker scopes")
    if responsible is not None and not reader.row("known_person", person=fold(responsible)):
        known = [row["name"] for row in reader.rows("people")]
        raise NotFound("person", responsible, nearest(responsible, known), "list them with: tracker people")
    if agreement is not None:
        agreement = agreement_ref(reader, agreement)
    if text is not None and not fold(text):
        raise BadInput("--text", text, "holds no word to look for")
    chosen = {
        "day": day.isoformat(),
        "party": fold(party) if party else None,
        "scope": scope,
        "country": code_of_country(country) if country else None,
        "responsible": fold(responsible) if responsible else None,
        "agreement": agreement,
    }
    of_agreements = {"status": more.get("status")} if isinstance(more.get("status"), Status) else {}
    return {
        **chosen,
        "few": few(reader, **chosen, **of_agreements),
        "text": contains(fold(text)) if text else None,
        "until": end_of_window(within, day),
        "overdue": 1 if overdue else None,
        **more,
    }


def agreement_ref(reader: Rows, ref: str) -> str:
    """The agreement's reference as it was given. Raises NotFound with the nearest ones."""
    found = reader.row("record_agreement", ref=ref)
    if found is not None:
        return str(found["ref"])
    known = [row["ref"] for row in reader.rows("known_references")]
    raise NotFound("agreement", ref, nearest(ref, known), "list them with: tracker agreements")


def nearest_party(reader: Rows, name: str) -> list[str]:
    """Names of parties most like ``name``."""
    keys = {row["key"]: row["name"] for row in reader.rows("party_keys")}
    return [keys[key] for key in nearest(fold(name), list(keys))]


def nearest(word: str, known: list[str]) -> list[str]:
    """At most two of ``known`` that are like ``word``."""
    from difflib import get_close_matches

    folded = {fold(item): item for item in known}
    return [folded[key] for key in get_close_matches(fold(word), folded, n=2, cutoff=0.6)]
