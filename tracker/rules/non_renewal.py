"""Why no term follows by itself: notice in time, the renewals used up, or renewal by agreement only.

Holds the reasons and the two tests they give (docs/rules.md, section 5); ``terms`` makes the terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.models.enums import RenewalMode
from tracker.rules.facts import EventFact, Fact, Facts, Reason, Term
from tracker.rules.in_force import SECTION, quote


def used_up(facts: Facts, term: Term) -> bool:
    """Whether no tacit renewal is left after ``term``: ``times`` of them have come before it."""
    times = facts.provisions.times
    return times is not None and term.number > times


def in_time(term: Term, notices: Sequence[EventFact]) -> EventFact | None:
    """The first notice of non-renewal given in time for ``term``; None where there is none.

    In time is on or before the notice day; without a notice provision, on or before the last day. A later one
    finds the next term's notice day still ahead, and acts on that. What is known between bounds counts on the upper;
    what was given on an unknown day was given before anything dated.
    """
    until = term.notice_day or term.to_day
    given = [one for one in notices if until and (one.on.upper or date.min) <= until]
    return min(given, key=lambda one: one.on.upper or date.min, default=None)


def because_not_renewed(facts: Facts, term: Term, before: Term | None, notices: Sequence[EventFact]) -> Term:
    """``term`` with the reason why no tacit renewal follows it, where a notice or ``times`` is the reason.

    ``before`` is the term that it renews; None for the first.
    """
    if facts.provisions.renewal != RenewalMode.TACIT or term.to_day in (None, date.max):
        return term
    times = facts.provisions.times
    if used_up(facts, term):
        said = f"renewal {times} of {times} was the last" if times else "no renewal is provided for"
        return _with(facts, term, said, "day")
    notice = in_time(term, notices)
    if notice is None:
        return term
    upper, until = notice.on.upper, _until(term)
    if upper is None:
        how = ", so before anything dated"
    else:
        at_latest = "" if str(upper) == notice.on.text else f", at the latest {upper}"
        late = f", after {_until(before)}, but" if before else ","
        how = f"{at_latest}{late} on or before {until}"
    return _with(facts, term, f"notice {notice.on}", notice.on.precision, how, quote(notice))


def because_by_agreement(facts: Facts, term: Term) -> Term:
    """``term``, the last of all, with the reason that only a ``renewed`` event can add another."""
    if facts.provisions.renewal != RenewalMode.EXPRESS or term.to_day in (None, date.max):
        return term
    return _with(facts, term, "renewed only by agreement", "day")


def _until(term: Term) -> str:
    """The last day on which notice is in time, in words."""
    what = "notice day" if term.notice_day else "last day"
    return f"the {what} {term.notice_day or term.to_day} of term {term.number}"


def _with(facts: Facts, term: Term, result: str, precision: str, how: str = "", *quoted: Fact) -> Term:
    rule = f"no term {term.number + 1} by itself"
    section = facts.provisions.clauses.get("renewal", SECTION)
    arithmetic = f"{rule} {result}{how}" if how else ""
    cause = Reason(rule, section, result, precision, arithmetic, quoted)
    return replace(term, reason=replace(term.reason, because=(*term.reason.because, cause)))
