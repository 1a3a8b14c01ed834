"""Reads what was typed: dates, durations of a window, attendance, parts of a record; asks for what is missing."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import typer

from tracker import actions, config
from tracker.errors import BadInput, Missing
from tracker.rules.dates import WrittenDate, read_date
from tracker.rules.text import items_of

_WHOLE = {"Record": "agreement", "PartyDescription": "party"}

_COUNT = re.compile(r"(?P<count>[0-9]{1,7})\s+(?P<word>\w+)")
_SEXES = {
    "women": ("women", "woman", "female", "mujeres", "mujer", "femmes", "femme", "mulheres", "mulher"),
    "men": ("men", "man", "male", "hombres", "hombre", "hommes", "homme", "homens", "homem"),
    "other": ("other", "others", "otros", "otras", "autres", "outros"),
    "total": ("people", "persons", "participants", "personas", "personnes", "pessoas", "total"),
}


def day(text: str | None, flag: str = "--as-of") -> date:
    """The day a listing looks from; today where none is given. Raises BadInput for what is no single day."""
    today = config.today()
    if text is None:
        return today
    written = read_date(text, today, flag)
    if written.lower is None or written.lower != written.upper:
        raise BadInput(flag, text, "is not a single day: expected YYYY-MM-DD")
    return written.lower


def written(text: str | None, flag: str) -> str | None:
    """A date as people type it in the form of the record (``18 May 2017`` as ``2017-05-18``)."""
    return None if text is None else read_date(text, config.today(), flag).text


def date_of(text: str, flag: str) -> WrittenDate:
    """A date as people type it, with its bounds."""
    return read_date(text, config.today(), flag)


def date_or_none(text: str | None, flag: str) -> WrittenDate | None:
    return None if text is None else date_of(text, flag)


def required(value: str | None, what: str, flag: str) -> str:
    """The value, asked for on a terminal where it is missing. Raises Missing, naming the flag, elsewhere."""
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise Missing(what, flag)
    answer: str = typer.prompt(what, err=True)
    return answer


def required_list(values: list[str] | None, what: str, flag: str) -> list[str]:
    """At least one value; on a terminal a line of several with commas between them is asked for."""
    if values:
        return values
    return items_of(required(None, what, flag), flag)


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether to go on: asked on a terminal only, unless ``yes``."""
    return yes or not sys.stdin.isatty() or typer.confirm(question, err=True)


def part(kind: str, data: Mapping[str, Any], flags: Mapping[str, str] | None = None) -> Any:
    """A part of a record (class ``kind`` of ``actions.record``) from values that are given.

    Raises BadInput naming the flag of the first value that cannot be taken; ``flags`` are those not
    called like their key.
    """
    given = {key: value for key, value in data.items() if value not in (None, [], {})}
    try:
        return actions.record_check.check_part(getattr(actions.record, kind), given)
    except actions.record_check.InvalidRecord as error:
        place, problem = error.problems[0]
        keys = [str(step) for step in place if isinstance(step, str)]
        named = (flags or {}).get(".".join(keys)) or (flags or {}).get(keys[-1] if keys else "")
        flag = named or (
            f"--{keys[-1].replace('_', '-')}" if keys else _WHOLE.get(kind, kind.removesuffix("Part").lower())
        )
        raise BadInput(flag, "", problem, "list them with: tracker scopes" if flag == "--scope" else None) from error


def attendance(text: str) -> dict[str, Any]:
    """``PARTY: 12 women, 9 men`` as values of the record; a bare number is a total.

    Raises BadInput for anything else.
    """
    party, colon, counts = text.rpartition(":")
    expected = "expected PARTY: 12 women, 9 men"
    if not colon or not party.strip() or not counts.strip():
        raise BadInput("--attended", text, f"cannot be read: {expected}")
    values: dict[str, Any] = {"party": party.strip()}
    for item in counts.split(","):
        item = item.strip().lower()
        if re.fullmatch(r"[0-9]{1,7}", item):
            values["total"] = item
            continue
        match = _COUNT.fullmatch(item)
        sex = next((key for key, words in _SEXES.items() if match and match["word"] in words), None)
        if match is None or sex is None or sex in values:
            raise BadInput("--attended", text, f"cannot be read at {item!r}: {expected}")
        values[sex] = match["count"]
    return values


def code_of_country(text: str) -> str:
    """The ISO 3166-1 code of a country given by code or name. Raises BadInput with the nearest names."""
    from difflib import get_close_matches

    from tracker.models.keys import fold
    from tracker.store.reference_data import codes_by_name, countries, country_named

    if text.upper() in countries():
        return text.upper()
    if code := country_named(text):
        return code
    names = codes_by_name()
    near = get_close_matches(fold(text), names, n=1, cutoff=0.75)
    suggestion = f"; did you mean {countries()[names[near[0]]]['name_en']} ({names[near[0]]})?" if near else ""
    raise BadInput("--country", text, f"is not a country: expected an ISO 3166-1 code such as PA{suggestion}")
