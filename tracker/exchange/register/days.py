"""Dates in the cells of a column: whole columns decide which of day and month comes first; nothing is guessed.

A workbook's own dates are days as they are. Texts are read in the forms people write; a text of numbers alone is
read in the order that the column's other texts prove, or the officer says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tracker import config
from tracker.errors import BadInput
from tracker.exchange.register.sheet import Broken, Value, as_text, tidy
from tracker.rules.dates import WrittenDate, parse_date, read_date
from tracker.rules.words import MONTH_NAMES, fold, month_number

ORDERS = {"dmy": "day-month-year", "mdy": "month-day-year", "ymd": "year-month-day"}
_NO_DATE = "is not a date: write YYYY-MM-DD, YYYY-MM or YYYY"
_FAR = 70
EARLIEST, LATEST = 1800, 2200
"""Years that a register's dates may have; 9999 says without end and is read by ``terms``."""

HAS_DIGITS = re.compile("[0-9]")
"""What every date and every amount in a text has."""

_NUMBERS = re.compile(r"([0-9]{1,4})\s?[-/.\s]\s?([0-9]{1,2})\s?[-/.\s]\s?([0-9]{1,4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s?[-/.]\s?([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})\s?[-/.]\s?([0-9]{1,2})")
_TIME = re.compile(
    r"[ T,]\s*[0-9]{1,2}[:hH][0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"
    r"\s*([ap]\.?m\.?|z|utc|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?[,.]?\s+"
    r"|^(lun(es|di)?|martes|mardi|mi[eé]r?(coles)?|mer(credi)?|jue?(ves|di)?|jeu(di)?|vie(rnes)?|ven(dredi)?"
    r"|s[aá]b(ado)?|sam(edi)?|dom(ingo)?|dim(anche)?|(segunda|ter[cç]a|quarta|quinta|sexta)(-feira)?)(, |[.,] ?|\s+)"
    r"(?=(the |el |le |o )?[0-9])"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})\s?[-/.]\s?([0-9]{1,2})\s?[-/.]\s?([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_GLUED = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])|(?<=[^\W\d_])[-/.,]+|[-/.,]+(?=[^\W\d_])|,")
_ORDINAL = re.compile(r"(?<=[0-9]) ?(st|nd|rd|th|ero|er|ro|re|o|[º°ª])(?= |$)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {roman: number for number, roman in enumerate(_ROMANS, 1)}


_RANGE = re.compile(
    r"(?:del? |from |du |de )?(.{4,30}?)"  # from the first to the last day
    r"\s*(?:\b(?:a|al|to|au|até|ate|hasta|until)\b|–|—|\s/\s|\s-\s)\s*(.{4,30})",
    re.IGNORECASE,
)


_WITHIN = re.compile(
    r"(?<![\w/.-])([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.]([0-9]{4}|[0-9]{2})"
    r"|[0-9]{1,2}( de |[-/. ])[^\W\d_]{3,10}( del? |[-/., ]{1,2})[0-9]{4}|[^\W\d_]{3,10} [0-9]{1,2}, ?[0-9]{4})"
    r"(?![\w/-]|[.,][0-9])"
)


@dataclass
class Evidence:
    """What a column's cells say about the order of day and month; ``add`` takes them one by one."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    own_dates: int = 0
    own_dates_over_12: int = 0
    texts: int = 0
    first_either: str = ""
    short: int = 0
    """Dates whose year has two digits: they may begin with it."""
    short_never: set[str] = field(default_factory=set)
    """Orders in which some of those are no dates."""
    short_to_come: int = 0
    """How many of those would lie ahead if they began with the year."""
    separators: set[str] = field(default_factory=set)
    short_separators: set[str] = field(default_factory=set)

    def add(self, value: Value) -> None:
        if isinstance(value, date):
            self.own_dates += 1
            self.own_dates_over_12 += value.day > 12
        elif isinstance(value, str):
            for text in dates_in(tidy(value)):
                self._add(text)

    def _add(self, text: str) -> None:
        if numbers := _numbers(text):
            first, second, last = numbers
            self.texts += 1
            signs = set(re.findall(r"[-/.]", text))
            if last < 0:
                self._add_short(first, second, -last - 1)
                self.short_separators |= signs
                self.first_either = self.first_either or text
                return
            self.separators |= signs
            if first > 12 >= second:
                self.day_first += 1
            elif second > 12 >= first:
                self.month_first += 1
            elif first != second and first <= 12 and second <= 12:
                self.either += 1
                self.first_either = self.first_either or text

    def _add_short(self, first: int, second: int, last: int) -> None:
        self.short += 1
        for order, day, month in (("dmy", first, second), ("mdy", second, first), ("ymd", last, second)):
            if not (1 <= day <= 31 and 1 <= month <= 12):
                self.short_never.add(order)
        self.short_to_come += 2000 + first > config.today().year + 1 and first < 70

    def short_order(self, *, past: bool) -> str | None:
        """The order of dates whose year has two digits; ``past``: none of them lies ahead.

        That of the dates with a whole year where they are written with the same signs, else the only one in which
        all of them are dates; None where two are left.
        """
        left = [order for order in ORDERS if order not in self.short_never]
        if past and self.short_to_come and "ymd" in left:
            left.remove("ymd")
        if self.order in left and self.short_separators <= self.separators:
            return self.order
        return left[0] if len(left) == 1 else None

    @property
    def order(self) -> str | None:
        """``dmy`` or ``mdy`` where the column proves one and only one of them; else None."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "dmy" if self.day_first else "mdy"

    @property
    def undecided(self) -> bool:
        """Whether texts can mean two days and nothing in the column says which."""
        return (self.either > 0 and self.order is None) or (self.short > 0 and self.short_order(past=False) is None)

    @property
    def swapped(self) -> bool:
        """Whether a spreadsheet program seems to have turned texts into dates in the wrong order.

        It then took those of up to 12 first and left the rest as text: no date of its own lies after the 12th, and
        no text before.
        """
        late = max(self.day_first, self.month_first) >= 3 and self.order is not None and not self.either
        return late and self.own_dates >= 3 and not self.own_dates_over_12


def dates_in(text: str) -> list[str]:
    """The two dates of a cell such as ``24/12/2024 a 09/12/2026``, else the text itself."""
    line = " ".join(text.split())
    found = None if _NUMBERS.fullmatch(line) or _YEAR_FIRST.fullmatch(line) else _RANGE.fullmatch(line)
    return list(found.groups()) if found else [text]


def day_within(text: str) -> tuple[str, str] | None:
    """The one date in a longer text and the words around it; None where there is none, or several."""
    line = " ".join(text.split())
    found = list(_WITHIN.finditer(line))
    if len(found) != 1:
        return None
    return found[0][0], f"{line[: found[0].start()]} {line[found[0].end() :]}".strip(" ,.;:()-–")


def read_day(value: Value, order: str | None, field: str, *, ahead: int = 1, short: str | None = None) -> WrittenDate:
    """The date in a cell. ``order`` is one of ORDERS or None, ``short`` that of years with two digits; ``ahead`` is how
    many years from now it may lie.

    Raises BadInput for what is no date, what can mean two days, and years outside EARLIEST to LATEST.
    """
    if isinstance(value, Broken):
        raise BadInput(field, "", value.reason)
    if isinstance(value, date):
        return _own(value.date() if isinstance(value, datetime) else value, field)
    text = as_text(value)
    if isinstance(value, time):
        raise BadInput(field, text, "is a time, not a date: it may be an empty cell with the format of a date")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, text, field)
    if not text:
        raise BadInput(field, text, "is empty")
    return _plausible(_text(text.replace("\n", " "), order, field, ahead, short), field)


def _own(day: date, field: str) -> WrittenDate:
    """A workbook's own date, unless it is what programs make of an empty cell or of a bare year."""
    if date(1899, 12, 29) < day < date(1900, 1, 2):
        raise BadInput(field, str(day), "is what programs show for an empty date", "leave the cell empty")
    days = (day - date(1899, 12, 30)).days
    if 1950 <= days <= 2060:  # the 2017th day: 2017 was typed into a cell with the format of dates
        hint = f"if it is the year {days}, write it as text: '{days}; if it is that day, write '{day}"
        raise BadInput(field, str(day), f"may be the year {days} in a cell with the format of a date", hint)
    return _plausible(WrittenDate.of(day), field)


def looks_like_day(value: Value) -> bool:
    """Whether a cell holds a date, in whatever order."""
    try:
        read_day(value, "dmy", "", short="dmy", ahead=_FAR)
    except BadInput:
        return any(_reads(value, order) for order in ("mdy", "ymd"))
    return True


def _reads(value: Value, order: str) -> bool:
    try:
        read_day(value, order, "", short=order, ahead=_FAR)
    except BadInput:
        return False
    return True


def _number(value: float, text: str, field: str) -> WrittenDate:
    if EARLIEST <= value <= LATEST and float(value).is_integer():
        return parse_date(str(int(value)), field)
    if 20000 <= value < 80000:
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(value))
        raise BadInput(
            field,
            text,
            "is a number, not a date",
            f"if it counts days it is {day}: give the column the format of a date",
        )
    raise BadInput(field, text, _NO_DATE)


def _text(text: str, order: str | None, field: str, ahead: int, short: str | None = None) -> WrittenDate:
    text = _TIME.sub("", text).strip(" .,;")
    if numbers := _numbers(text):
        if numbers[2] < 0:
            return _of_short(text, numbers, short, field, ahead)
        return _of_numbers(text, numbers, order, field)
    if found := _MONTH_YEAR.fullmatch(text):
        return parse_date(f"{found[2]}-{int(found[1]):02}", field)
    if found := _YEAR_MONTH.fullmatch(text):
        return parse_date(f"{found[1]}-{int(found[2]):02}", field)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (part for part in found.groups() if part)
        return parse_date(f"{year}-{int(month):02}-{int(day):02}", field)
    if any(sign.isalpha() for sign in text):
        return _in_words(text, field, ahead)
    if re.fullmatch("[0-9]{4}", text):
        return parse_date(text, field)
    raise BadInput(field, text, _NO_DATE)


def _numbers(text: str) -> tuple[int, int, int] | None:
    """Three numbers with the year last; None for other texts and for dates that begin with the year."""
    found = _NUMBERS.fullmatch(_TIME.sub("", text).strip(" .,;"))
    if not found or len(found[1]) > 2 or len(found[3]) not in (2, 4):
        return None
    return int(found[1]), int(found[2]), int(found[3]) if len(found[3]) == 4 else -int(found[3]) - 1


def _of_numbers(text: str, numbers: tuple[int, int, int], order: str | None, field: str) -> WrittenDate:
    first, second, year = numbers
    readings = {"dmy": f"{year:04}-{second:02}-{first:02}", "mdy": f"{year:04}-{first:02}-{second:02}"}
    return _chosen(text, readings, order if order in readings else None, field)


def _of_short(text: str, numbers: tuple[int, int, int], order: str | None, field: str, ahead: int) -> WrittenDate:
    """A date whose year has two digits, which may stand first or last."""
    first, second, last = numbers[0], numbers[1], -numbers[2] - 1
    places = {"dmy": (last, second, first), "mdy": (last, first, second), "ymd": (first, second, last)}
    if order in places:
        places = {order: places[order]}
    readings = {}
    for name, (year, month, day) in places.items():
        if 1 <= month <= 12 and 1 <= day <= 31:
            readings[name] = f"{_century(year, field, ahead):04}-{month:02}-{day:02}"
    if not readings:
        raise BadInput(field, text, f"is no date as {ORDERS[order]}" if order else _NO_DATE)
    return _chosen(text, readings, order, field)


def _chosen(text: str, readings: dict[str, str], order: str | None, field: str) -> WrittenDate:
    possible = {name: reading for name, reading in readings.items() if _is_date(reading)}
    if order is not None and order not in possible and possible:
        other = next(iter(possible.values()))
        problem = f"is no date as {ORDERS[order]}, the order of this column"
        raise BadInput(field, text, problem, f"if it is {other}, write that")
    if not possible:
        return parse_date(next(iter(readings.values())), field)
    if len(set(possible.values())) == 1:
        return parse_date(next(iter(possible.values())), field)
    if order is None:
        both = " or ".join(dict.fromkeys(possible.values()))
        orders = " or ".join(f"--date-order {name}" for name in possible)
        raise BadInput(field, text, f"can mean {both}", f"say which with {orders}")
    return parse_date(possible[order], field)


def _century(year: int, field: str, ahead: int) -> int:
    """The year that two digits mean: the one of this century up to ``ahead`` years from now, else of the last.

    Raises BadInput for an end that can lie in either: from ``ahead`` years on to 2069.
    """
    if 2000 + year <= config.today().year + ahead:
        return 2000 + year
    if ahead > 1 and year < 70:
        raise BadInput(field, f"{year:02}", f"can mean {1900 + year} or {2000 + year}", "write the year in full")
    return 1900 + year


def _in_words(text: str, field: str, ahead: int) -> WrittenDate:
    folded = _WEEKDAY.sub("", fold(text))
    words = _ORDINAL.sub("", " ".join(_GLUED.sub(" ", folded).split()))
    parts = [part for part in words.split() if part not in ("de", "del", "of", "the", "d")]
    if len(parts) == 3 and re.fullmatch("[0-9]{4}", parts[0]) and month_number(parts[1]):  # 2017 May 18
        parts.reverse()
    words = " ".join(parts)
    if len(parts) == 3 and parts[1] in _ROMAN:
        return _text(f"{parts[0]}-{_ROMAN[parts[1]]}-{parts[2]}", "dmy", field, ahead)
    if not any(map(month_number, parts)):
        raise BadInput(field, text, _NO_DATE)
    short = [part for part in parts if re.fullmatch("[0-9]{2}", part)]
    if parts and not any(re.fullmatch("[0-9]{4}", part) for part in parts) and short:
        if len(parts) == 3 and parts[-1] == short[-1]:  # 28 Jul 20: the year stands last
            words = " ".join([*parts[:-1], str(_century(int(parts[-1]), field, ahead))])
        elif len(parts) == 2 and int(short[0]) > 31:  # Mar-98; Mar-16 can be a day of March
            words = " ".join(str(_century(int(part), field, ahead)) if part == short[0] else part for part in parts)
        elif len(parts) == 2:
            name = next(MONTH_NAMES[number - 1] for number in map(month_number, parts) if number)
            hint = f"write {name} {_century(int(short[0]), field, ahead)}, or the day with its year"
            raise BadInput(field, text, "can mean a day or a year", hint)
    try:
        return read_date(words, config.today(), field)
    except BadInput as error:
        expected = _NO_DATE if "eom" in error.expected else error.expected
        raise BadInput(field, text, expected) from None


def _plausible(written: WrittenDate, field: str) -> WrittenDate:
    if written.lower and not EARLIEST <= written.lower.year <= LATEST:
        why = "is the year of another calendar?" if 2300 < written.lower.year < 2800 else "is it a slip?"
        raise BadInput(field, written.text, f"lies outside the years {EARLIEST} to {LATEST}: {why}")
    return written


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except BadInput:
        return False
    return True
