"""The state of one due date on one day (docs/rules.md, section 6). Holds no dates of its own.

Listings ask the database for the same (fragment ``occurrence_state`` in db/queries/fragments.sql).
"""

from __future__ import annotations

from datetime import date

from tracker.models.enums import OccurrenceState
from tracker.rules.dates import WrittenDate


def occurrence_state(
    due_upper: date,
    done: WrittenDate | None,
    waived: WrittenDate | None,
    last_day: date | None,
    survives: bool,
    day: date,
) -> OccurrenceState:
    """The state on ``day`` of what is due by ``due_upper``, the day itself included.

    ``fulfilled`` from the lower bound of ``done`` (unknown: always); ``waived`` likewise;
    ``lapsed`` once the agreement is over, where it fell due only after ``last_day`` and does not
    survive; ``overdue`` from the day after ``due_upper``; else ``pending``.
    """
    if done and (done.lower is None or done.lower <= day):
        return OccurrenceState.FULFILLED
    if waived and (waived.lower is None or waived.lower <= day):
        return OccurrenceState.WAIVED
    if last_day and not survives and last_day < due_upper and last_day < day:
        return OccurrenceState.LAPSED
    return OccurrenceState.OVERDUE if due_upper < day else OccurrenceState.PENDING
