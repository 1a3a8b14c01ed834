"""Cells that say when: signature, entry into force, end, duration, renewal, notice, due dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tracker.errors import BadInput
from tracker.exchange.register import words
from tracker.exchange.register.cell import Cell, Taker
from tracker.exchange.register.days import dates_in, day_within, read_day
from tracker.exchange.register.draft import Draft
from tracker.exchange.register.terms import Lasting, read_lasting, read_renewal
from tracker.rules.dates import WrittenDate
from tracker.rules.durations import parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import parse_schedule
from tracker.rules.words import fold

_AHEAD, _AHEAD_OF_START = 30, 3
"""How many years from now an end or a due date, and an entry into force, may lie when its year has two digits."""
_LEADING = re.compile(
    r"(valido|valida|valid|vigente|vigencia|vence|expire[s]?|expira|em|en|on|the|al?|el|le|o|until|till?"
    r"|hasta|jusqu|au|ate|up|to|fin|fim|le|and|y|et|e|with|con|com|avec|\W)+"
)

_UNTIL = re.compile(
    r"\b(until|till?|up to|to|ends?|ending|expir\w*|hasta|al|vence|fin|finaliza|ate|jusqu.? ?au?|fim|termina)"
    r"\W*(on|the|el|le|o|em|en|dia|jour)?\W*$"
)


def _signed(draft: Draft, cell: Cell) -> str | None:
    written = _day(cell)
    if written is None:
        return "is no date: the day of signature stays unknown"
    draft.event("signed", written.text, cell.column)
    return None


def _in_force(draft: Draft, cell: Cell) -> str | None:
    try:
        rule = str(parse_entry_rule(words.entry_rule(cell.line)))
    except BadInput:
        written = _day(cell, ahead=_AHEAD_OF_START)
        if written is None:
            return "is neither a date nor a rule of entry into force"
        rule = written.text
    if rule != "unknown":
        draft.provision("entry_into_force", rule, cell.column)
    return None


def _ends(draft: Draft, cell: Cell) -> str | None:
    if re.fullmatch(r"(31|30)?[-/. ]?(12)?[-/. ]?9999|9999-12-31", cell.text):
        draft.provision("indefinite", True, cell.column)
        return None
    lasting = read_lasting(cell.text, cell.unit) if isinstance(cell.value, str) else Lasting()
    if isinstance(cell.value, str) and (within := day_within(cell.text)) and within[1]:
        day, words_around = within
        lasting = read_lasting(words_around)
        if lasting.says_something and not _is_an_end(cell.line, day):
            hint = "write the last day alone, or the length of time alone"
            raise BadInput(cell.heading, cell.line, "has a day that may be the start: not read as the end", hint)
        if lasting.says_something or _LEADING.fullmatch(fold(words_around)):
            cell = _with(cell, day)
    remark = None
    if lasting.says_something:
        remark = _put_lasting(draft, cell, lasting)
        if not _is_day(cell):
            return remark
    written = _day(cell, ahead=_AHEAD)
    if written is None:
        return "is neither a date nor a length of time: the end stays unknown"
    if written.lower is not None:
        draft.provision("ends", written.text, cell.column)
    return remark


def _is_an_end(line: str, day: str) -> bool:
    """Whether a day beside other words is the last one: first in its cell, after a word for until, or in brackets."""
    before, _, after = line.partition(day)
    before, after = fold(before), fold(after)
    first = not before.strip(" (") and re.match(r"\W*$|\s*[(,;–-]|\s+(and|y|et|e|con|with|com|avec) ", after)
    bracketed = before.endswith("(") and after.startswith(")")
    return bool(first or bracketed or _UNTIL.search(before))


def _validity(draft: Draft, cell: Cell) -> str | None:
    """``24/12/2024 a 09/12/2026``: the first and the last day in one cell."""
    parts = dates_in(cell.text) if isinstance(cell.value, str) else []
    if len(parts) == 2:
        start, end = (_with(cell, part) for part in parts)
        if not read_lasting(cell.line).duration or _is_day(start):
            first, last = _day(start, ahead=_AHEAD_OF_START), _day(end, ahead=_AHEAD)
            if first is not None and last is not None:
                draft.provision("entry_into_force", first.text, cell.column)
                draft.provision("ends", last.text, cell.column)
                return None
    return _ends(draft, cell)


def _duration(draft: Draft, cell: Cell) -> str | None:
    if isinstance(cell.value, int | float) or re.fullmatch(r"[0-9]+([.,][0-9]+)?", cell.line):
        lasting = read_lasting(cell.line, cell.unit)
        if not lasting.duration:
            hint = "write its unit in the cell or in the heading: 5 years, 18 months"
            raise BadInput(cell.heading, cell.line, "has no unit: years or months?", hint)
    else:
        lasting = read_lasting(cell.text, cell.unit)
    if not lasting.says_something:
        if _is_day(cell):
            return _ends(draft, cell)
        return "is no length of time: the duration stays unknown"
    return _put_lasting(draft, cell, lasting)


def _renewal(draft: Draft, cell: Cell) -> str | None:
    if named := words.renewal_named(cell.line):
        draft.renewal(named, None, cell.column)
        return None
    lasting = read_renewal(cell.text, cell.unit, cell.heading)
    if not lasting.says_something:
        return "does not say whether renewal is tacit, express or none"
    draft.renewal(lasting.renewal, lasting.period or lasting.duration, cell.column)
    return None if lasting.whole and lasting.renewal else "has more words than were understood"


def _renewal_period(draft: Draft, cell: Cell) -> str | None:
    lasting = read_lasting(cell.line, cell.unit)
    if lasting.duration is None:
        return "is no length of time"
    draft.renewal(None, lasting.duration, cell.column)
    return None


def _put_lasting(draft: Draft, cell: Cell, lasting: Lasting) -> str | None:
    draft.wrote("duration" if lasting.duration else "indefinite", cell.heading, cell.line)
    if lasting.duration:
        draft.provision("duration", str(lasting.duration), cell.column)
    if lasting.indefinite:
        draft.provision("indefinite", True, cell.column)
    if lasting.renewal:
        draft.renewal(lasting.renewal, lasting.period, cell.column)
    return None if lasting.whole else "has more words than were understood"


def _notice(draft: Draft, cell: Cell) -> str | None:
    lasting = read_lasting(cell.line, cell.unit)
    try:
        notice = str(parse_notice(cell.line))
    except BadInput:
        if lasting.duration is None or not lasting.whole:
            if re.fullmatch(r"[0-9.,]+", cell.line):
                hint = "write its unit in the cell or in the heading: 90 days, 6 months"
                raise BadInput(cell.heading, cell.line, "has no unit: days or months?", hint) from None
            return "is no period of notice: it stays unknown"
        notice = str(lasting.duration)
    draft.provision("notice", notice, cell.column)
    return None


def _due(draft: Draft, cell: Cell) -> str | None:
    try:
        due = str(parse_schedule(cell.line))
    except BadInput:
        written = _day(cell, ahead=_AHEAD)
        if written is None:
            return "is neither a date nor a rule of due dates"
        due = written.text
    draft.due(due, cell.column)
    return None


def _day(cell: Cell, *, ahead: int = 1) -> WrittenDate | None:
    """The date in a cell; None for words without digits, which cannot be a date read wrongly.

    Raises BadInput for what has digits and is no date, and for dates that a program may have swapped.
    """
    day = cell.value
    if cell.swapped and isinstance(day, date) and day.month != day.day <= 12:
        reason = f"can mean {day:%Y-%m-%d} or {day:%Y-%d-%m}: the program that made this column may have swapped them"
        said = f'--date-order "{cell.heading}={cell.order}"'
        hint = f"if it is {day:%Y-%m-%d}, and so the others, say {said}; else mend the sheet"
        raise BadInput(cell.heading, f"{day:%Y-%m-%d}", reason, hint)
    try:
        return read_day(cell.value, cell.order, cell.heading, ahead=ahead, short=cell.short_order)
    except BadInput:
        if isinstance(cell.value, str) and not any(sign.isdigit() for sign in cell.text):
            return None
        raise


def _is_day(cell: Cell) -> bool:
    try:
        return _day(cell, ahead=_AHEAD) is not None
    except BadInput:
        return False


def _with(cell: Cell, text: str) -> Cell:
    return replace(cell, value=text, text=text)


TAKERS: dict[str, Taker] = {
    "signed": _signed,
    "in_force": _in_force,
    "ends": _ends,
    "validity": _validity,
    "duration": _duration,
    "renewal": _renewal,
    "renewal_period": _renewal_period,
    "notice": _notice,
    "due": _due,
}
