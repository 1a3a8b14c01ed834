"""Facts and results in one line each, so that tables of cases can be read. Holds no expectations."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tracker.models.enums import EventKind, RenewalMode
from tracker.rules.dates import parse_date
from tracker.rules.derivation import derive
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.facts import (
    ActivityFact,
    Derivation,
    EventFact,
    Facts,
    ObligationFact,
    Provisions,
)
from tracker.rules.schedules import parse_schedule

HORIZON = date(2030, 12, 31)


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(number: int, words: str) -> EventFact:
    """``signed 2017-05-18``, ``ratified 2017-08 A``, ``renewed 2020 until 2023`` or ``for P3Y``."""
    kind, on, *rest = words.split()
    until = parse_date(rest[rest.index("until") + 1]) if "until" in rest else None
    length = parse_duration(rest[rest.index("for") + 1]) if "for" in rest else None
    party = rest[0] if rest and rest[0] not in ("until", "for") else None
    return EventFact(f"E{number}", EventKind(kind), parse_date(on), party, until, length)


def facts(
    events: str = "",
    *,
    bound: str = "A B",
    entry: str = "",
    duration: str = "",
    ends: str = "",
    indefinite: bool = False,
    renewal: str = "none",
    period: str = "",
    times: int | None = None,
    notice: str = "",
    recorded: str = "2017-01-01",
    replaced: str = "",
    due: tuple[str, ...] = (),
    survives: bool = False,
    done: dict[int, str] | None = None,
    activities: dict[int, str] | None = None,
    country: str | None = None,
) -> Facts:
    """``events`` are separated by ``;``. ``due`` are obligations 1, 2, ...; ``done`` their days."""
    provisions = Provisions(
        entry_into_force=parse_entry_rule(entry) if entry else None,
        duration=parse_duration(duration) if duration else None,
        ends=parse_date(ends) if ends else None,
        indefinite=indefinite,
        renewal=RenewalMode(renewal),
        period=parse_duration(period) if period else None,
        times=times,
        notice=parse_notice(notice) if notice else None,
    )
    obligations = tuple(
        ObligationFact(
            number,
            parse_schedule(text),
            survives,
            tuple(parse_date(on) for on in (done or {}).get(number, "").split()),
        )
        for number, text in enumerate(due, 1)
    )
    return Facts(
        ref="PA-2017-001",
        recorded_on=day(recorded),
        bound=tuple(bound.split()),
        events=tuple(event(n, words.strip()) for n, words in enumerate(events.split(";"), 1)) if events else (),
        provisions=provisions,
        country=country,
        replaced_on=parse_date(replaced) if replaced else None,
        replaced_by="PA-2020-001" if replaced else None,
        obligations=obligations,
        activities=tuple(
            ActivityFact(number, *(parse_date(on) for on in days.split()))
            for number, days in (activities or {}).items()
        ),
    )


def standing_words(derivation: Derivation) -> str:
    """``signed 2017-05-18, in-force 2017-08-31``; ``always`` is since before anything dated."""
    found = derivation.standings
    for one, following in pairwise(found):
        assert one.to_day and following.from_day and (following.from_day - one.to_day).days == 1
    assert not found or found[-1].to_day is None
    return ", ".join(f"{one.status} {one.from_day or 'always'}" for one in found)


def term_words(derivation: Derivation) -> str:
    """``2017-05-18..2020-05-17 tacit``, one for each term; ``?`` where a day is not known."""
    return ", ".join(
        f"{term.from_day or '?'}..{term.to_day or '?'}{' renews' if term.renews else ''}" for term in derivation.terms
    )


def due_words(derivation: Derivation, obligation: int = 1) -> str:
    """The due dates of an obligation, ``WARN/DUE`` where they differ."""
    return " ".join(
        str(one.due_on) if one.warn_on == one.due_on else f"{one.warn_on}/{one.due_on}"
        for one in derivation.occurrences
        if one.obligation == obligation
    )


__all__ = ["HORIZON", "day", "derive", "due_words", "event", "facts", "standing_words", "term_words"]
