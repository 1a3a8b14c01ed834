"""When an obligation falls due, as people write it: read and printed (docs/rules.md, section 6). Holds no due
dates.

``parse_schedule(str(schedule))`` gives the same schedule. ``due_dates`` turns schedules into days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.errors import BadInput
from tracker.models.enums import EventKind
from tracker.rules.dates import WrittenDate, parse_date
from tracker.rules.durations import Duration, parse_duration
from tracker.rules.patterns import Pattern, parse_pattern
from tracker.rules.recurrence import parse_rrule, rrule_until
from tracker.rules.words import fold, plural

FORMS = (
    "2026-06-30, ongoing, 'on request', '30 days after entry into force', '60 days before expiry', "
    "'every 6 months from 2017-09-01', 'every 6 months after entry into force', "
    "'every year on 31 March', 'every month on the first Monday' or 'RRULE:FREQ=... from DATE'"
)
EVENT_ANCHORS = {
    "opening of negotiations": EventKind.NEGOTIATION_OPENED,
    "adoption": EventKind.ADOPTED,
    "ratification": EventKind.RATIFIED,
    "acceptance": EventKind.ACCEPTED,
    "approval": EventKind.APPROVED,
    "accession": EventKind.ACCEDED,
    "formal confirmation": EventKind.FORMALLY_CONFIRMED,
    "provisional application": EventKind.PROVISIONALLY_APPLIED,
    "suspension": EventKind.SUSPENDED,
    "resumption": EventKind.RESUMED,
    "notice of non-renewal": EventKind.NON_RENEWAL_NOTICE,
    "notice of termination": EventKind.TERMINATION_NOTICE,
    "withdrawal": EventKind.WITHDREW,
    "abandonment": EventKind.ABANDONED,
    "registration": EventKind.REGISTERED,
}
ANCHORS = ("entry into force", "signature", "consent", "renewal", "expiry", "termination", *EVENT_ANCHORS)
_LONGEST = 200
_SHIFT = re.compile(r"(.*?),? (?:on )?(?:the )?(next|previous) working day")
_OFFSET = re.compile(r"(?:within )?(\S.*?) (after|before|of|from) (\S.*)")
_SERIES = re.compile(
    r"every (?P<step>\S.*?)(?: on (?P<pattern>\S.*?))?"
    r"(?: (?:from (?P<start>[^\s,]+)|after (?P<after>\S.*?)))?"
    r"(?:,? until (?P<until>[^\s,]+)|,? (?P<times>\S+) times?)?"
)
_RRULE = re.compile(r"rrule:(\S+)(?: from (\S+))?")
_UNITS = {
    "day": Duration(days=1),
    "week": Duration(weeks=1),
    "month": Duration(months=1),
    "quarter": Duration(months=3),
    "half-year": Duration(months=6),
    "year": Duration(years=1),
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Due on a date as written; ``unknown`` waits."""

    on: WrittenDate

    def __str__(self) -> str:
        return self.on.text


@dataclass(frozen=True, slots=True)
class Undated:
    """``ongoing`` or ``on request``: never due on a day."""

    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Offset:
    """Due once for each day of the anchor: so long after or before it, or on it (``length`` None)."""

    length: Duration | None
    before: bool
    anchor: str

    def __str__(self) -> str:
        side = "before" if self.before else "after"
        return f"{self.length} {side} {self.anchor}" if self.length else f"on {self.anchor}"


@dataclass(frozen=True, slots=True)
class Series:
    """Due again and again: each ``step``, on the days of ``pattern`` where there is one.

    Counted from ``start`` (which is itself due) or from ``after`` an anchor (which is not); with
    neither, a pattern starts on entry into force. Ends with ``until`` (the day included),
    ``until_expiry``, after ``times``, or with the agreement.
    """

    step: Duration
    pattern: Pattern | None = None
    start: WrittenDate | None = None
    after: str | None = None
    until: WrittenDate | None = None
    until_expiry: bool = False
    times: int | None = None

    def __str__(self) -> str:
        words = ["every", re.sub(r"^1 (?=\w+$)", "", str(self.step))]
        words += ["on", str(self.pattern)] if self.pattern else []
        words += ["from", str(self.start)] if self.start else []
        words += ["after", self.after] if self.after else []
        words += (
            ["until", "expiry" if self.until_expiry else str(self.until)] if (self.until or self.until_expiry) else []
        )
        end = f", {plural(self.times, 'time')}" if self.times else ""
        return " ".join(words) + end


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule of RFC 5545 from ``start`` (entry into force where None)."""

    rule: str
    start: WrittenDate | None = None

    def __str__(self) -> str:
        return f"RRULE:{self.rule}" + (f" from {self.start}" if self.start else "")


Rule = Fixed | Undated | Offset | Series | Recurrence


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule, and where a due day moves that is no working day: ``next``, ``previous`` or None."""

    rule: Rule
    shift: str | None = None

    def __str__(self) -> str:
        return f"{self.rule}, {self.shift} working day" if self.shift else str(self.rule)


@lru_cache(maxsize=1024)
def parse_schedule(text: str, field: str = "due") -> Schedule:
    """A schedule from the words of docs/rules.md, section 6. Dates are in the strict forms.

    Raises BadInput, with the forms there are, for whatever else the text is.
    """
    if len(text) > _LONGEST or not text.isprintable() or not text.strip():
        raise BadInput(field, text, f"is not understood: write {FORMS}")
    words = " ".join(fold(text).split())
    shift = None
    if found := _SHIFT.fullmatch(words):
        words, shift = found[1], found[2]
    rule = _rule(words, text, field)
    if shift and isinstance(rule, Undated):
        raise BadInput(field, text, "has no due day that could move to a working day")
    return Schedule(rule, shift)


def read_schedule(text: str, field: str = "due") -> Schedule:
    """A schedule that somebody writes now: as ``parse_schedule``, and BadInput where it ends before it starts."""
    schedule = parse_schedule(text, field)
    rule = schedule.rule
    until = rule.until if isinstance(rule, Series) else None
    if isinstance(rule, Recurrence):
        until = rrule_until(rule.rule)
    start = rule.start if isinstance(rule, Series | Recurrence) else None
    if start and until and start.lower and until.upper and until.upper < start.lower:
        raise BadInput(field, text, f"ends on {until}, before it starts on {start}")
    return schedule


def _rule(words: str, text: str, field: str) -> Rule:
    if words in ("ongoing", "on request"):
        return Undated(words)
    if words == "unknown" or (words[:1].isdigit() and " " not in words):
        return Fixed(parse_date(words, field))
    if found := _RRULE.fullmatch(words):
        start = _start(found[2], text, field) if found[2] else None
        return Recurrence(parse_rrule(found[1], text, field), start)
    if found := _SERIES.fullmatch(words):
        return _series(found, text, field)
    if words.startswith("on "):
        return Offset(None, False, _anchor(words[3:], text, field))
    if found := _OFFSET.fullmatch(words):
        before = found[2] == "before"
        return Offset(parse_duration(found[1], field), before, _anchor(found[3], text, field))
    raise BadInput(field, text, f"is not understood: write {FORMS}")


def _series(found: re.Match[str], text: str, field: str) -> Series:
    if " from " in found["step"]:
        raise BadInput(field, text, "has no date after 'from': write a date, or 'after' an event")
    step = _UNITS.get(found["step"]) or _step(found["step"], field)
    pattern = parse_pattern(found["pattern"]) if found["pattern"] else None
    if found["pattern"] and (pattern is None or not pattern.fits(step)):
        days = "'on Monday' (weeks), 'on the 15th', 'on the last Friday' (months), 'on 31 March' (years)"
        raise BadInput(field, text, f"does not say a day of every {found['step']}: write {days}")
    start = _start(found["start"], text, field) if found["start"] else None
    after = _anchor(found["after"], text, field) if found["after"] else None
    if not (start or after or pattern):
        after = "entry into force"
    expiry = found["until"] == "expiry"
    until = _start(found["until"], text, field) if found["until"] and not expiry else None
    times = found["times"]
    if times and not re.fullmatch("[1-9][0-9]{0,2}", times):
        raise BadInput(field, text, "does not say how often: write 1 to 999 times")
    return Series(step, pattern, start, after, until, expiry, int(times) if times else None)


def _step(words: str, field: str) -> Duration:
    quarters = re.fullmatch("([0-9]{1,3}) quarters?", words)
    return parse_duration(f"{3 * int(quarters[1])} months" if quarters else words, field)


def _start(words: str, text: str, field: str) -> WrittenDate:
    on = parse_date(words, field)
    if on.lower is None:
        raise BadInput(field, text, "counts from or until an unknown day: give a date, or leave it out")
    return on


def _anchor(words: str, text: str, field: str) -> str:
    """The canonical name of what a schedule counts from: an anchor, or ``A1``, ``O1``."""
    name = words.removeprefix("the ").removeprefix("last ").replace("entry-into-force", ANCHORS[0])
    if name in ANCHORS:
        return name
    if re.fullmatch("[ao][1-9][0-9]{0,3}", name):
        return name.upper()
    known = f"{', '.join(ANCHORS)}, an activity (A1) or an obligation (O1)"
    raise BadInput(field, text, f"counts from something unknown: write one of {known}")
