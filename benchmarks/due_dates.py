"""What finding the days of quarterly obligations costs, beside ``dateutil.rrule`` finding the very same days.

    python -m benchmarks.due_dates [OBLIGATIONS ...]

Ours is ``tracker.rules.dates.monthly``, on which every series by months and years rests (``tracker.rules.due_dates``).
The peer is ``dateutil.rrule.rrule``, asked for the days that a clamped day of the month means. Twenty days of each
obligation, from first days spread over five years and all days of the month. The peer finds those of every tenth
obligation, which are compared day by day, and its time is counted tenfold.
"""

from __future__ import annotations

import platform
import sys
import time
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from dateutil.rrule import MONTHLY, rrule

from tracker.rules.dates import monthly

GOAL = 15.0
"""Times as fast as dateutil."""
DAYS, MONTHS, SHARE = 20, 3, 10


def main(sizes: list[int]) -> None:
    print(f"Python {platform.python_version()}")
    for size in sizes:
        ours, peer = measure(size)
        print(f"{size:,} obligations due every {MONTHS} months, {DAYS} days each, all days equal")
        for what, seconds in (("month arithmetic", ours), ("dateutil.rrule", peer)):
            print(f"  {what:<17} {seconds:8.2f} s processor, {size * DAYS / seconds:12,.0f} days a second")
        print(f"  ratio             {peer / ours:8.1f}   goal {GOAL:.0f} or more")


def ratios(size: int, place: Path) -> list[tuple[str, float, float]]:
    """Name, figure and goal: our time beside the peer's, at most one part in ``GOAL``."""
    ours, peer = measure(size)
    return [(f"due dates of {size:,} quarterly obligations, to dateutil.rrule", ours / peer, 1 / GOAL)]


def measure(size: int) -> tuple[float, float]:
    """Seconds of the processor that ours takes for so many obligations, and the peer. Raises where a day differs."""
    first = date(2021, 11, 24)
    anchors = [first + timedelta(days=number % 1826) for number in range(size)]
    begun = time.process_time()
    ours = [list(islice(monthly(anchor, MONTHS), DAYS)) for anchor in anchors]
    used = time.process_time() - begun
    some = range(0, size, SHARE)
    begun = time.process_time()
    theirs = [[day.date() for day in by_rrule(anchors[number])] for number in some]
    taken = (time.process_time() - begun) * size / len(some)
    if [ours[number] for number in some] != theirs:
        raise AssertionError("the days differ")
    return used, taken


def by_rrule(anchor: date) -> rrule:
    """The rule for the same day of every third month; for one of the last three days, or the month's last before it."""
    start = datetime(anchor.year, anchor.month, anchor.day)
    if anchor.day <= 28:
        return rrule(MONTHLY, interval=MONTHS, count=DAYS, dtstart=start)
    days = range(28, anchor.day + 1)
    return rrule(MONTHLY, interval=MONTHS, count=DAYS, dtstart=start, bymonthday=days, bysetpos=-1)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
