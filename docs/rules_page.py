"""The page on the rules (docs/rules.md), its examples worked out by the program itself. Called by ``generate.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.models.enums import EventKind, RenewalMode
from tracker.rules.dates import parse_date, read_date
from tracker.rules.derivation import derive
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.facts import EventFact, Facts, ObligationFact, Provisions
from tracker.rules.schedules import parse_schedule

HORIZON = date(2021, 12, 31)
TODAY = date(2017, 9, 1)

_DATES = ("2017-05-18", "2017-05", "2017", "unknown")
_TYPED = ("today", "+30d", "-2w", "+3m", "eom", "eoq", "18 May 2017", "mayo de 2017", "le 3 novembre 2026")
_ENTRY = (
    ("2017-06-01", "signed 2017-05-18"),
    ("on signature", "signed 2017-05-18 A; signed 2017-05-20 B"),
    ("on consent", "signed 2017-05-18; ratified 2017-08-01 A; ratified 2017-10-12 B"),
    ("30 days after signature", "signed 2017-05-18"),
    ("90 days after the 2nd consent", "ratified 2017-08-01 A; acceded 2017-10-12 B"),
    ("on the 90th day after the 2nd consent", "ratified 2017-08-01 A; acceded 2017-10-12 B"),
    ("first day of the month following 3 months after the 2nd consent", "ratified 2002-08-01 A; acceded 2003-03-14 B"),
)
_STATUS = (
    ("negotiating", "from the first event, or from recording where there is none", "negotiation-opened 2017-02-01", {}),
    ("signed", "from the first signature", "signed 2017-05-18 A", {}),
    ("provisionally-applied", "from that event", "signed 2017-05-18; provisionally-applied 2017-06-01", {}),
    (
        "in-force",
        "from entry into force: the event where there is one, else the provision",
        "signed 2017-05-18",
        {"entry": "on signature", "duration": "3 years"},
    ),
    (
        "suspended",
        "from `suspended` until the day before `resumed`; terms keep running",
        "signed 2017-05-18; suspended 2018-01-10; resumed 2018-03-01",
        {"entry": "on signature"},
    ),
    (
        "expired",
        "from the day after the last day of the last term",
        "signed 2017-05-18",
        {"entry": "on signature", "duration": "3 years"},
    ),
    ("abandoned", "from an `abandoned` event, if never in force", "signed 2017-05-18; abandoned 2018-09-01", {}),
    (
        "terminated",
        "from a `terminated` event; or from notice of termination once it has run out; or from the "
        "withdrawal that leaves fewer than two parties",
        "signed 2017-05-18; termination-notice 2018-03-01",
        {"entry": "on signature", "notice": "90 days"},
    ),
    (
        "replaced",
        "from the day an agreement that replaces this one enters into force",
        "signed 2017-05-18",
        {"entry": "on signature", "replaced": "2019-01-01"},
    ),
)
_SCHEDULES = (
    "2018-06-30", "2018-06", "ongoing", "on request", "30 days after entry into force", "10 days after signature",
    "60 days before expiry", "90 days after expiry", "30 days after termination", "every 6 months from 2017-09-01",
    "every 6 months from 2017-09-01 until 2018-09-01", "every 6 months from 2017-09-01, 2 times",
    "every 6 months after entry into force", "every year after entry into force until expiry",
    "every quarter from 2019-06-30", "every year on 31 March", "every year on 31 March from 2018",
    "every month on the first Monday from 2018-02-01, 3 times",
    "every month on the last day from 2019-12-01, 3 times",
    "every month on the fifth Friday from 2018-01-01, 3 times", "every 2 weeks on Friday from 2020-03-01, 3 times",
    "RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=3 from 2017-09-01", "2018-11-03, next working day",
    "2018-11-03, previous working day",
)  # fmt: skip


def rules_page(notice: str) -> str:
    """The rules of dates, standing and schedules, with an example of each worked out by the program."""
    return "\n".join(
        [
            "# The rules",
            "",
            notice,
            "",
            *_FACTS,
            *_section_dates(),
            *_section_standing(),
            *_section_schedules(),
        ]
    )


_SUSPENSION = """\
A resumption ends the suspension that it follows, on its lower bound, since it starts the agreement anew. Where that is
no later than the day from which it is suspended, the resumption is later than its lower bound, and what ends does so
on the upper bound: suspended in `2018-03` and resumed in `2018`, it is suspended from 2018-03-01 to 2018-12-30. A
resumption that is wholly before the suspension, or on an unknown day, ends nothing (check A07 speaks).""".splitlines()

_RENEWAL = """\
Facts win over the text, since the parties may agree otherwise: a `renewed` event counts without a renewal clause,
with renewal `none`, and more often than `times` (check A23 speaks). Under tacit renewal it counts only after the last
term that renews by itself; one that adds no term is found by check A24. Where an agreement renews tacitly and for how
long is not known (neither `period` nor `duration`), the term that follows the first is open: the agreement stays in
force, with no later notice day and no last day, until a `renewed` event or an ending says more (check A22
speaks).""".splitlines()

_FACTS = """Section numbers are those that `tracker explain` cites.

## 1. Facts and what follows from them

You record facts: events with their dates, and provisions (what the text says on entry into force, duration,
renewal and notice). Everything else follows from them, anew with every change: the status on each day, the terms,
the notice days, the due dates. `tracker explain REF` prints the chain; `tracker db rederive --check` proves that
what is stored is what follows.

## 2. What is not known

Nothing is guessed. An event on an `unknown` day counts as having happened, before anything dated. What hangs on
something that has not happened has no date, and says on what it waits. A date known to the month or the year has
two bounds. What starts, starts on the lower bound. What ends or falls due, does so on the upper bound, and warns from
the lower one.

## 3. Words that fit

A memorandum of understanding or a letter of intent comes into effect between participants; every other instrument
enters into force between parties. An international organisation does not ratify, it confirms formally (Vienna
Convention of 1986, article 2(1)(b bis)). `tracker show`, `tracker explain` and the lists follow.
""".splitlines()


def _section_dates() -> list[str]:
    lines = ["## 4. Dates", "", "| written | first day | last day |", "|---|---|---|"]
    for text in _DATES:
        on = parse_date(text)
        lines.append(f"| `{on}` | {on.lower or '-'} | {on.upper or '-'} |")
    lines += [
        "",
        f"On the command line these do as well (today being {TODAY}):",
        "",
        "| typed | read as |",
        "|---|---|",
    ]
    lines += [f"| `{text}` | {read_date(text, TODAY)} |" for text in _TYPED]
    lines += ["", "`03/04/2017` is refused with both readings, and so is every other form. A duration is", ""]
    lines[-1] = "ISO 8601 (`P3Y`, `P6M`, `P90D`) or words:"
    lines += ["", "| written | kept as | 2017-01-31 and so long |", "|---|---|---|"]
    for text in ("P3Y", "6 months", "1 month", "90 days", "1 year and 6 months", "2 semanas"):
        length = parse_duration(text)
        lines.append(f"| `{text}` | {length} | {length.after(date(2017, 1, 31))} |")
    lines += [
        "",
        "Intervals are of whole days, both ends included. Adding months stops at the month's end, and repeated",
    ]
    lines += ["months count from the first day: 31 January, 28 February, 31 March.", ""]
    for start, length in (("2017-05-18", "3 years"), ("2017", "2 years")):
        term = derive(_facts(f"signed {start}", entry="on signature", duration=length), HORIZON).terms[0]
        lines.append(f"- {length} from {start}: from {term.from_day}, last day {term.to_day}.")
    return [*lines, ""]


def _section_standing() -> list[str]:
    lines = [
        "## 5. Standing",
        "",
        "Entry into force, with the day it gives:",
        "",
        "| provision | events | day |",
        "|---|---|---|",
    ]
    for rule, events in _ENTRY:
        entry = derive(_facts(events, entry=rule), HORIZON).entry_into_force
        lines.append(f"| `{rule}` | {events} | {entry} |")
    lines += ["", 'An `entered-into-force` event comes before the provision. "On signature" is the day of the last']
    lines += ['signature needed, of every party and participant; "on consent" likewise. Consent is ratification,']
    lines += [
        "acceptance, approval, accession or formal confirmation. A party that consents after the agreement entered"
    ]
    lines += [
        "into force has its own day, by the same provision counted from its own consent. `on the 90th day after` is"
    ]
    lines += [
        "kept as `90 days after`, which is the same day. A consent that is withdrawn later still counts for the Nth:"
    ]
    lines += ["deposited is deposited, and a withdrawal does not take back the count."]
    lines += ["What is replaced, terminated, abandoned or expired on the day"]
    lines += ["on which it would enter into force, or before it, never does: it has no such day, and replaces nothing."]
    lines += [
        "A suspension on that day only hides it. An entry into force on an unknown day comes before everything dated.",
        "",
    ]
    lines += [
        "The status on a day is the first of these that applies:",
        "",
        "| status | holds | example | then |",
        "|---|---|---|---|",
    ]
    for status, holds, events, given in reversed(_STATUS):
        found = derive(_facts(events, **given), HORIZON)
        days = next(one for one in found.standings if one.status == status)
        until = f" to {days.to_day}" if days.to_day else ""
        said = "; ".join([events, *(f"{key} {value}" for key, value in given.items())])
        lines.append(f"| `{status}` | {holds} | {said} | from {days.from_day}{until} |")
    lines += ["", *_SUSPENSION, ""]
    lines += ["Terms follow one another. The notice day of a term is its last day minus the notice.", ""]
    lines += ["| renewal | what it does |", "|---|---|"]
    lines += ["| `none` | the agreement expires after its last day; a `renewed` event adds a term all the same |"]
    lines += [
        "| `tacit` | terms follow by themselves, `times` over or without end, until a `non-renewal-notice` on or before"
    ]
    lines[-1] += " the notice day of the current term; a later one acts on the next term |"
    lines += ["| `express` | only a `renewed` event adds a term, `until` a day or `for` a time |", "", *_RENEWAL, ""]
    tacit = _facts(
        "signed 2017-05-18; non-renewal-notice 2019-12-01", entry="on signature", duration="3 years", notice="6 months",
        renewal="tacit", period="1 year",
    )  # fmt: skip
    lines += ["Signed on 2017-05-18 for 3 years with tacit renewal for 1 year and 6 months' notice; notice is given on"]
    lines += [
        "2019-12-01, too late for the first term:",
        "",
        "| term | from | last day | notice day | renews |",
        "|---|---|---|---|---|",
    ]
    for term in derive(tacit, HORIZON).terms:
        renews = "by itself" if term.renews else "no"
        lines.append(f"| {term.number} | {term.from_day} | {term.to_day} | {term.notice_day} | {renews} |")
    lines += [
        "",
        "Notice may run to the end of a period:",
        "",
        "| notice | given | no longer binds from |",
        "|---|---|---|",
    ]
    for text, given in (("90 days", "2018-03-01"), ("3 months to the end of a month", "2018-03-15"),
                        ("3 months to the end of a year", "2018-03-15")):  # fmt: skip
        lines.append(f"| `{text}` | {given} | {parse_notice(text).runs_out(date.fromisoformat(given))} |")
    return [*lines, ""]


def _section_schedules() -> list[str]:
    lines = [
        "## 6. Schedules",
        "",
        "When an obligation falls due, for an agreement with a party in Panama signed and in force on",
    ]
    lines += ["2017-05-18 for 3 years:", "", "| due | first due dates |", "|---|---|"]
    for text in _SCHEDULES:
        schedule = parse_schedule(text)
        facts = _facts("signed 2017-05-18", entry="on signature", duration="3 years", country="PA",
                       obligations=(ObligationFact(1, schedule, survives="after expiry" in text),))  # fmt: skip
        found = derive(facts, HORIZON)
        days = [_shown(one.warn_on, one.due_on) for one in found.occurrences]
        said = ", ".join(days[:4]) + (" ..." if len(days) > 4 else "") if days else found.waiting.get(1, "no due date")
        lines.append(f"| `{schedule}` | {said} |")
    lines += ["", *_SCHEDULES_END, ""]
    return lines


def _shown(warn: date, due: date) -> str:
    return str(due) if warn == due else f"{due} (warned of from {warn})"


_SCHEDULES_END = """\
"Every 6 months after entry into force" falls due first 6 months after it; "every 6 months from DATE" falls due on
that date itself. A schedule can hang on an activity (`30 days after A1`), from its last day, or on another obligation:
`30 days after O1` counts from each fulfilment, `10 days before O1` from each due date. A series ends at `until`, after
so many times, or on the last day of the last term, unless the obligation survives the agreement. A day that a month
does not have is the last of that month; a fifth Friday that it does not have is skipped (RFC 5545). Of an `UNTIL` with
a time of day the date counts, since due dates are whole days. A series may not end before it starts, nor an obligation
count from itself, be it by way of others. Open-ended series are derived three years ahead and one due date beyond, and
further by themselves when you ask further ahead.

The state of a due date on a day: `fulfilled` (done by then), `waived`, `lapsed` (the agreement was over before it fell
due, and the obligation does not survive), `overdue` (its last possible day lies before), `pending`. When the rule or
what it counts from changes, due dates follow; those fulfilled or waived stay.""".splitlines()


def _facts(
    events: str,
    *,
    entry: str = "",
    duration: str = "",
    notice: str = "",
    renewal: str = "none",
    period: str = "",
    replaced: str = "",
    country: str | None = None,
    obligations: Sequence[ObligationFact] = (),
) -> Facts:
    """An agreement of two parties, A and B; ``events`` as ``ratified 2017-08-01 A`` with ``;`` between them."""
    found = []
    for number, words in enumerate(events.split("; "), start=1):
        kind, on, *party = words.split()
        found.append(EventFact(f"E{number}", EventKind(kind), parse_date(on), party[0] if party else None))
    provisions = Provisions(
        entry_into_force=parse_entry_rule(entry) if entry else None,
        duration=parse_duration(duration) if duration else None,
        notice=parse_notice(notice) if notice else None,
        renewal=RenewalMode(renewal),
        period=parse_duration(period) if period else None,
    )
    return Facts(
        ref="X",
        recorded_on=date(2017, 1, 1),
        bound=("A", "B"),
        events=tuple(found),
        provisions=provisions,
        country=country,
        replaced_on=parse_date(replaced) if replaced else None,
        obligations=tuple(obligations),
    )
