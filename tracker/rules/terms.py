"""The terms of an agreement: each period for which it binds, one after another (docs/rules.md, section 5).

Holds no status and no deadlines. Terms may go on for ever under tacit renewal, so they are made one
by one: ``Terms`` keeps those made and makes more only when asked past them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.errors import BadInput, naming
from tracker.models.enums import EventKind, RenewalMode
from tracker.rules.dates import UNKNOWN, WrittenDate, add_days
from tracker.rules.durations import Duration
from tracker.rules.endings import Ending
from tracker.rules.facts import EventFact, Fact, Facts, Reason, Term
from tracker.rules.in_force import SECTION, Dated, events_of, quote
from tracker.rules.non_renewal import because_by_agreement, because_not_renewed, in_time, used_up


class Terms:
    """The terms of an agreement in order, made as far as they are asked for."""

    def __init__(self, source: Iterator[Term]) -> None:
        self._source = source
        self._made: list[Term] = []

    def __iter__(self) -> Iterator[Term]:
        place = 0
        while place < len(self._made) or self._make():
            yield self._made[place]
            place += 1

    def _make(self) -> bool:
        """Makes one term more; False where there is none."""
        term = next(self._source, None)
        if term:
            self._made.append(term)
        return term is not None

    def until(self, horizon: date) -> tuple[Term, ...]:
        """All terms, but of those that renew by themselves none that starts after ``horizon``."""
        found: list[Term] = []
        for term in self:
            if found and found[-1].renews and term.from_day and term.from_day > horizon:
                break
            found.append(term)
        return tuple(found)

    def reaching(self, day: date) -> Term | None:
        """A term that lasts until ``day`` or longer, else the last of all; None without terms."""
        while not self._made or (self._made[-1].to_day or date.max) < day:
            if not self._make():
                break
        return self._made[-1] if self._made else None


@dataclass(frozen=True, slots=True)
class _Course:
    """Where counting began (between two bounds) and how much has been added up since."""

    lower: date
    upper: date
    length: Duration | None = None

    def plus(self, length: Duration) -> _Course:
        """One term more. Whole months add up from the anchor; after days the count begins anew."""
        so_far = self.length
        if so_far is None:
            return replace(self, length=length)
        if so_far.weeks or so_far.days:
            return _Course(so_far.after(self.lower), so_far.after(self.upper), length)
        return replace(self, length=so_far + length)

    def last_days(self) -> tuple[date | None, date | None]:
        """The last day of the term, lower and upper bound."""
        if self.length is None:
            return None, None
        lower, upper = self.length.after(self.lower), self.length.after(self.upper)
        return add_days(lower, -1), add_days(upper, -1)

    def words(self) -> str:
        """How the last day was counted: ``2017-05-18 + 6 years - 1 day``."""
        return f"{WrittenDate.between(self.lower, self.upper)} + {self.length} - 1 day"


def terms(facts: Facts, entry: Dated | None, ending: Ending | None) -> Iterator[Term]:
    """The terms in order, perhaps without end. None start once an ending has taken effect."""
    first = _first(facts, entry)
    if first is None or _ended(ending, first[0].from_day):
        return
    term, course = first
    notices = _events(facts, EventKind.NON_RENEWAL_NOTICE)
    period = facts.provisions.period or facts.provisions.duration
    before: Term | None = None
    while _renews(facts, term, notices, ending):
        before = replace(term, renews=True)
        yield before
        try:
            term, course = _tacit(facts, before, course, period)
        except BadInput:  # the calendar ends with the year 9999
            return
    tail = [because_not_renewed(facts, term, before, notices)]
    for event in _events(facts, EventKind.RENEWED):
        course = _express(facts, tail, course, event, ending)
    yield from [*tail[:-1], because_by_agreement(facts, tail[-1])]


def _events(facts: Facts, kind: EventKind) -> list[EventFact]:
    return events_of(facts, {kind})


def _ended(ending: Ending | None, day: date | None) -> bool:
    """Whether nothing starts on ``day`` because the agreement has ended by a known day."""
    return bool(ending and ending.from_day and day and ending.from_day <= day)


def _first(facts: Facts, entry: Dated | None) -> tuple[Term, _Course] | None:
    """The first term, from entry into force; also where only its last day is known (``ends``)."""
    provisions, clauses = facts.provisions, facts.provisions.clauses
    ends, length = provisions.ends, provisions.duration
    on = entry.on if entry else UNKNOWN
    because = (entry.reason,) if entry else ()
    begin = Fact(facts.ref, "entry into force", on.text)
    last: tuple[date | None, date | None] = (None, None)
    if ends and ends.lower and ends.upper:
        begin = Fact(facts.ref, "ends", ends.text)
        course = _Course(_day_after(ends.lower), _day_after(ends.upper))
        last, section, how = (ends.lower, ends.upper), clauses.get("ends", SECTION), ""
        rule, precision = "last day as agreed", ends.precision
    elif entry is None:
        return None
    elif length and not provisions.indefinite and on.lower and on.upper:
        course = _Course(on.lower, on.upper).plus(length)
        with naming("duration", "provisions", "duration"):
            last = course.last_days()
        section, how = clauses.get("duration", SECTION), course.words()
        rule, precision = f"term of {length}", on.precision
    else:
        course, section, how = _Course(date.max, date.max), clauses.get("indefinite", SECTION), ""
        rule, precision = "indefinite" if provisions.indefinite else "no last day is known", on.precision
    reason = Reason(rule, section, str(last[1] or "open"), precision, how, (begin,), because)
    return _term(facts, 1, on.lower, last, "entry-into-force", reason), course


def _day_after(day: date) -> date:
    """The following day; of the calendar's last day, that day itself, which nothing can follow."""
    return add_days(day, 1) if day < date.max else day


def _term(
    facts: Facts,
    number: int,
    start: date | None,
    last: tuple[date | None, date | None],
    origin: str,
    reason: Reason,
) -> Term:
    warn, to = last
    if start and to and to < start:  # contradictory facts: said to end before it enters into force
        start = None
    notice = facts.provisions.notice
    with naming("notice", "provisions", "notice"):
        notice_day = notice.duration.before(to) if notice and to else None
    return Term(number, start, to, warn, notice_day, False, origin, reason)


def _renews(facts: Facts, term: Term, notices: Sequence[EventFact], ending: Ending | None) -> bool:
    """Whether the next term starts by itself: tacit, times left, no notice in time, not ended."""
    provisions = facts.provisions
    if provisions.renewal != RenewalMode.TACIT or term.to_day in (None, date.max):
        return False
    if used_up(facts, term) or in_time(term, notices):
        return False
    ended_unknown = ending is not None and ending.from_day is None
    return not ended_unknown and not _ended(ending, _day_after(term.to_day or date.max))


def _tacit(facts: Facts, before: Term, course: _Course, period: Duration | None) -> tuple[Term, _Course]:
    """The term that follows ``before`` by itself; open where no period is known."""
    provisions = facts.provisions
    start = _day_after(before.to_day or date.min)
    course = course.plus(period) if period else course
    last = course.last_days() if period else (None, None)
    reason = Reason(
        f"tacit renewal {before.number}" + (f" of {provisions.times}" if provisions.times else ""),
        provisions.clauses.get("renewal", SECTION),
        str(last[1] or "open"),
        before.reason.precision,
        course.words() if period else "for how long is not known",
        because=(replace(before.reason, because=()),),
    )
    return _term(facts, before.number + 1, start, last, "tacit", reason), course


def _express(facts: Facts, tail: list[Term], course: _Course, event: EventFact, ending: Ending | None) -> _Course:
    """Adds to ``tail`` the term of one ``renewed`` event, and gives the course from there on.

    It starts the day after the last term, or on its own day where that term had lapsed, and lasts
    ``until``, for its ``duration``, or the period. Under tacit renewal it counts only from the last
    term on. A last term without known end is ended by it, unless it is indefinite.
    """
    last, on = tail[-1], event.on
    provisions = facts.provisions
    section = provisions.clauses.get("renewal", SECTION)
    tacit = provisions.renewal == RenewalMode.TACIT
    if tacit and (on.upper is None or (last.from_day and on.upper < last.from_day)):
        return course
    anew = on.lower if on.lower and (last.to_day is None or on.lower > last.to_day) else None
    if last.to_day is None and (provisions.indefinite or not anew):
        return course
    start = anew or _day_after(last.to_day or date.min)
    length = event.duration or provisions.period or provisions.duration
    bounds: tuple[date | None, date | None] = (None, None)
    further, how = course, "for how long is not known"
    if event.until and event.until.lower and event.until.upper:
        bounds, how = (event.until.lower, event.until.upper), f"until {event.until}"
        further = _Course(_day_after(event.until.lower), _day_after(event.until.upper))
    elif length and not event.until:
        with naming(f"renewed on {on}", "events", facts.events.index(event)):
            further = (_Course(anew, on.upper or anew) if anew else course).plus(length)
            bounds, how = further.last_days(), further.words()
    if (bounds[1] and bounds[1] < start) or _ended(ending, start):
        return course
    if last.to_day is None:
        before = add_days(start, -1)
        if last.from_day and before < last.from_day:
            return course
        how_long = f"{start} - 1 day"
        ended = Reason("until renewed", section, str(before), on.precision, how_long, (quote(event),), (last.reason,))
        tail[-1] = replace(last, to_day=before, warn_day=before, reason=ended)
    reason = Reason("renewed", section, str(bounds[1] or "open"), on.precision, how, (quote(event),))
    tail.append(_term(facts, last.number + 1, start, bounds, "express", reason))
    return further
