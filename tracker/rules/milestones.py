"""Days to watch in an agreement's life: entry into force, notice, renewal, expiry (docs/rules.md, section 5).

Holds no clock: which of them lie ahead is for the reader to ask. All of the terms given are listed,
also past the horizon, so that the next one is always there; none once an ending has taken effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.models.enums import MilestoneKind
from tracker.rules.dates import add_days
from tracker.rules.endings import Ending
from tracker.rules.facts import Facts, Milestone, Reason, Term
from tracker.rules.in_force import SECTION, Dated


def milestones(
    facts: Facts, entry: Dated | None, ending: Ending | None, terms: Sequence[Term]
) -> tuple[Milestone, ...]:
    """The milestones in order of their days. ``ending`` is the earliest; None where there is none."""
    over = (ending.from_day or date.min) if ending else None
    found = [*_entry(entry), *(day for term in terms for day in _of_term(facts, term, term is terms[-1]))]
    kept = [milestone for milestone in found if over is None or milestone.on_day < over]
    return tuple(sorted(kept, key=lambda one: one.on_day))


def _entry(entry: Dated | None) -> Iterator[Milestone]:
    if entry and entry.on.lower:
        day = entry.on.lower
        yield Milestone(MilestoneKind.ENTRY_INTO_FORCE, day, day, None, entry.reason)


def _of_term(facts: Facts, term: Term, is_last: bool) -> Iterator[Milestone]:
    """Notice day and renewal of a term that renews by itself; expiry of the last term."""
    last, warn = term.to_day, term.warn_day or term.to_day
    if last is None or warn is None or last == date.max:
        return
    if not term.renews:
        if is_last:
            yield Milestone(MilestoneKind.EXPIRY, last, warn, term.number, term.reason)
        return
    notice = facts.provisions.notice
    if notice and term.notice_day:
        reason = Reason(
            f"last day to give notice for term {term.number}",
            facts.provisions.clauses.get("notice", SECTION),
            str(term.notice_day),
            term.reason.precision,
            f"{last} - {notice.duration}",
            because=(term.reason,),
        )
        first = min(notice.duration.before(warn), term.notice_day)
        yield Milestone(MilestoneKind.NOTICE, term.notice_day, first, term.number, reason)
    start = add_days(last, 1)
    reason = Reason(
        f"renewal after term {term.number}",
        SECTION,
        str(start),
        term.reason.precision,
        f"{last} + 1 day",
        because=(term.reason,),
    )
    yield Milestone(MilestoneKind.RENEWAL, start, add_days(warn, 1), term.number + 1, reason)
