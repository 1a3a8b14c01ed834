"""What a spreadsheet file gives: sheets of rows of plain values, each cell with its address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Protocol

MOST_COLUMNS = 2000
"""Most columns of a sheet; a register has tens."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TIDY = re.compile("[!-&(-~][!-~]*(?: [!-~]+)*")
"""What most cells are: words of ASCII with single spaces, and no apostrophe in front."""
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\r": "\n"})


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value to read: a spreadsheet error, or a formula whose result was never stored."""

    reason: str


Value = str | int | float | bool | date | datetime | time | Broken | None
Row = Sequence[Value]


class Sheet(Protocol):
    """One sheet of a file. ``rows`` may be asked for again and again, and keeps no row in memory."""

    @property
    def name(self) -> str: ...

    def rows(self) -> Iterator[Row]: ...


def letters(column: int) -> str:
    """The letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(sheet: str, row: int, column: int | None = None) -> str:
    """Where a cell stands, as spreadsheets say it: ``Sheet1!H12``; rows count from 1, columns from 0."""
    return f"{sheet}!{letters(column) if column is not None else ''}{row}"


def is_empty(value: Value) -> bool:
    """Whether a cell holds nothing, or only spaces."""
    return value is None or (isinstance(value, str) and not tidy(value))


@lru_cache(maxsize=256)
def tidy(text: str) -> str:
    """The text without what spreadsheets leave in it: spaces around and repeated, invisible characters.

    Line breaks stay; an apostrophe that guards against a formula goes (``tracker export`` puts one).
    """
    if _TIDY.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_SPACES)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    if text[:1] == "'" and text[1:].lstrip(" '\"")[:1] in tuple("=+-@|%＝＋－＠"):
        text = text[1:]
    return text


def as_text(value: Value) -> str:
    """A cell as a person reads it: whole numbers without decimals, days as ISO dates; empty for nothing."""
    if value is None or isinstance(value, Broken):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return tidy(str(value))
