"""Moving a due day off weekends and public holidays (docs/rules.md, section 6). Holds no calendar of its own.

Saturday and Sunday are the weekend everywhere; public holidays are those the ``holidays`` library
knows for the country. The library is imported on first use: it is heavy.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache

from tracker.rules.dates import add_days


def working_day(day: date, direction: str, country: str | None) -> date:
    """``day`` itself where it is a working day, else the ``next`` or ``previous`` one."""
    free = public_holidays(country)
    step = 1 if direction == "next" else -1
    while day.weekday() >= 5 or (free is not None and day in free):
        day = add_days(day, step)
    return day


@lru_cache(maxsize=64)
def public_holidays(country: str | None) -> Container[date] | None:
    """The public holidays of a country (ISO 3166-1 alpha-2); None where none are known."""
    if not country:
        return None
    from holidays import country_holidays

    try:
        return country_holidays(country)
    except NotImplementedError:
        return None
