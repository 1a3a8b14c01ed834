"""Which backups are kept: the newest of each of the last days, weeks, months and years that have one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tracker.errors import BadInput

Period = tuple[int, ...]

PERIODS: Mapping[str, Callable[[datetime], Period]] = {
    "d": lambda moment: (moment.year, moment.month, moment.day),
    "w": lambda moment: tuple(moment.isocalendar())[:2],
    "m": lambda moment: (moment.year, moment.month),
    "y": lambda moment: (moment.year,),
}
"""What a moment belongs to: its day, its ISO week (from Monday), its month, its year."""

MOST = 10_000
"""The largest count that a rule may name."""


def parse(text: str) -> dict[str, int]:
    """A rule as ``7d,5w,12m``: how many days, weeks, months and years to keep one of.

    Each unit (d, w, m, y) at most once, each count from 1 to ``MOST``. Raises BadInput for anything else.
    """
    found: dict[str, int] = {}
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,5})([dwmy])\s*", part, re.ASCII)
        if match is None or match[2] in found or not 1 <= int(match[1]) <= MOST:
            raise BadInput("--keep", text, "is no rule: expected days, weeks, months or years to keep, as 7d,5w,12m")
        found[match[2]] = int(match[1])
    return found


def kept(moments: Iterable[datetime], rule: Mapping[str, int]) -> set[datetime]:
    """Those of the moments (of backups, in one time zone) that the rule keeps.

    For each unit the last so many periods that have a backup count, not those of the calendar: where nobody made any
    for a while, nothing goes for that reason. Of each period its newest is kept. The newest of all is always kept.
    """
    newest_first = sorted(set(moments), reverse=True)
    stays = set(newest_first[:1])
    for unit, count in rule.items():
        last: dict[Period, datetime] = {}
        for moment in newest_first:
            last.setdefault(PERIODS[unit](moment), moment)
        stays |= set(list(last.values())[:count])
    return stays
