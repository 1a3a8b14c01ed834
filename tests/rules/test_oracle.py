"""Slow oracles that look at every day in turn: a thousand random series, and the table of standing.

The oracle of series does no arithmetic on months: it asks of each day whether the words say it is
due. The oracle of standing reads the table of docs/rules.md, section 5 row by row for one day, for bilateral
agreements with days known to the day.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from .build import day, derive, due_words, facts

HORIZON = date(2021, 12, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0}
ONE = timedelta(days=1)


def is_last_of_month(on: date) -> bool:
    return (on + ONE).month != on.month


def months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def place_in_month(on: date, place: int) -> bool:
    if place == 0:
        return (on + 7 * ONE).month != on.month
    seen = 1
    while (on - 7 * seen * ONE).month == on.month:
        seen += 1
    return seen == place


def on_day(on: date, day: int) -> bool:
    return on.day == day or (is_last_of_month(on) and on.day < day)


def random_series(random: Random) -> tuple[str, dict[str, object]]:
    """The words of a random series, and what they mean."""
    start = date(2016, 1, 1) + random.randrange(900) * ONE
    number = random.choice([1, 1, 2, 3, 5, 6])
    unit = random.choice(["day", "week", "month", "year"])
    number = number * 9 if unit == "day" else number
    meant: dict[str, object] = {"start": start, "number": number, "unit": unit}
    words = f"every {unit}" if number == 1 else f"every {number} {unit}s"
    if unit != "day" and random.random() < 0.6:
        weekday, place = random.randrange(7), random.choice(list(PLACES))
        day, month = random.choice([1, 15, 28, 29, 30, 31]), random.randrange(12)
        day = min(day, 29 if month == 1 else 30) if unit == "year" else day
        if unit == "week":
            meant["match"] = lambda on: on.weekday() == weekday
            words += f" on {WEEKDAYS[weekday]}"
        elif random.random() < 0.5:
            meant["match"] = lambda on: (
                on.weekday() == weekday
                and place_in_month(on, PLACES[place])
                and (unit == "month" or on.month == month + 1)
            )
            words += f" on the {place} {WEEKDAYS[weekday]}"
            words += f" of {MONTHS[month]}" if unit == "year" else ""
        else:
            meant["match"] = lambda on: on_day(on, day) and (unit == "month" or on.month == month + 1)
            words += f" on {day} {MONTHS[month]}" if unit == "year" else f" on the {day}th"
    words += f" from {start}"
    if random.random() < 0.3:
        meant["times"] = random.randrange(1, 12)
        words += f", {meant['times']} times"
    elif random.random() < 0.4:
        meant["until"] = start + random.randrange(1200) * ONE
        words += f" until {meant['until']}"
    if random.random() < 0.4:
        meant["shift"] = random.choice(["next", "previous"])
        words += f", {meant['shift']} working day"
    return words, meant


def due_by_looking(meant: dict, last_day: date) -> list[str]:
    """Every day on which the series is due, found by looking at each day in turn."""
    start, number, unit = meant["start"], meant["number"], meant["unit"]
    nominal: list[date] = []
    on = start
    while on <= HORIZON + 10 * ONE:
        if match := meant.get("match"):
            due = match(on) and (
                not nominal
                or (unit == "week" and (on - nominal[0]).days % (7 * number) == 0)
                or (unit == "month" and months_between(nominal[0], on) % number == 0)
                or (unit == "year" and (on.year - nominal[0].year) % number == 0)
            )
        elif unit in ("day", "week"):
            due = (on - start).days % (number * (7 if unit == "week" else 1)) == 0
        else:
            every = number * (12 if unit == "year" else 1)
            due = on_day(on, start.day) and months_between(start, on) % every == 0
        if due:
            nominal.append(on)
        on += ONE
    nominal = [on for on in nominal if on <= meant.get("until", date.max)][: meant.get("times")]
    found = set()
    for on in nominal:
        while "shift" in meant and on.weekday() in (5, 6):
            on += ONE if meant["shift"] == "next" else -ONE
        found.add(on)
    return [str(on) for on in sorted(found) if on <= min(last_day, HORIZON)]


def test_a_thousand_random_series_agree_with_the_oracle() -> None:
    random = Random(20170518)
    seen = 0
    for _ in range(1_000):
        words, meant = random_series(random)
        ends = date(2018, 1, 1) + random.randrange(1500) * ONE
        found = derive(facts("signed 2016-01-01", entry="on signature", ends=str(ends), due=(words,)), HORIZON)
        days = [on for on in due_words(found).split() if on <= str(HORIZON)]
        assert days == due_by_looking(meant, ends), words
        seen += len(days)
    assert seen > 10_000


def status_by_the_table(meant: dict, on: date) -> str | None:
    """The first row of the table that applies on a day, read literally."""
    said = sorted(meant["events"])
    days = {kind: [at for at, one, _ in said if one == kind] for kind in {one for _, one, _ in said}}
    if on < said[0][0]:
        return None
    firsts = [
        min((at for at, one, who in said if one == "signed" and who in (side, "")), default=None) for side in "AB"
    ]
    signed = max(firsts) if None not in firsts else None
    entered = min(days.get("entered-into-force", [None]))
    entry = entered or (signed + relativedelta(days=30) if signed else None)
    over = [*days.get("terminated", []), *days.get("withdrew", [])]
    over += [at + relativedelta(months=3) for at in days.get("termination-notice", [])]
    abandoned = [at for at in days.get("abandoned", []) if entry is None or entry > at]
    if any(at <= on for at in over):
        return "terminated"
    if any(at <= on for at in abandoned):
        return "abandoned"
    if entry and on >= entry and min([*over, *abandoned], default=date.max) > entry:
        terms = 1
        while on >= entry + relativedelta(months=7 * terms):
            last = entry + relativedelta(months=7 * terms) - ONE
            stopped = any(at <= last - relativedelta(months=3) for at in days.get("non-renewal-notice", []))
            if stopped or terms > meant["times"]:
                return "expired"
            terms += 1
    for kind in ("suspended", "resumed"):
        days.setdefault(kind, [])
    latest = max(
        [(at, place) for place, kind in enumerate(("suspended", "resumed")) for at in days[kind] if at <= on],
        default=(on, 1),
    )
    if latest[1] == 0:
        return "suspended"
    if entry and on >= entry:
        return "in-force"
    for kind, status in (("provisionally-applied", "provisionally-applied"), ("signed", "signed")):
        if any(at <= on for at in days.get(kind, [])):
            return status
    return "negotiating"


KINDS = (
    "signed signed signed entered-into-force suspended resumed provisionally-applied adopted "
    "termination-notice non-renewal-notice terminated withdrew abandoned"
)


def test_random_agreements_agree_with_the_table_read_literally() -> None:
    random = Random(5)
    seen: set[str | None] = set()
    for _ in range(600):
        kinds = random.sample(KINDS.split(), random.randrange(1, 7))
        events = []
        for at, kind in zip(random.sample(range(1200), len(kinds)), kinds, strict=True):
            who = random.choice(["", "A", "B"]) if kind in ("signed", "withdrew", "termination-notice") else ""
            events.append((date(2016, 1, 1) + at * ONE, kind, who))
        meant = {"events": events, "times": random.randrange(3)}
        written = ";".join(f"{kind} {at} {who}" for at, kind, who in events)
        rules = {"entry": "30 days after signature", "duration": "7 months", "renewal": "tacit", "notice": "3 months"}
        found = derive(facts(written, **rules, times=meant["times"]), HORIZON)
        for on in [day("2015-12-31") + random.randrange(2000) * ONE for _ in range(60)]:
            expected = status_by_the_table(meant, on)
            ours = [one.status for one in found.standings if one.from_day <= on <= (one.to_day or date.max)]
            assert ours == ([expected] if expected else []), (written, meant["times"], on)
            seen.add(expected)
    assert len(seen) == 9  # none yet, and all statuses but replaced
