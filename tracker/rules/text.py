"""What a text may hold, and when two names are the same. Pure; holds no noun."""

from __future__ import annotations

import csv
import re
import unicodedata

from tracker.errors import BadInput

LINE = 500
"""Most characters of a one-line text (title, name, place)."""

NOTE = 100_000
"""Most characters of a text of several lines (note, summary)."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MARKS = 10
_GAPS: dict[str, dict[int, None]] = {allowed: dict.fromkeys(map(ord, allowed)) for allowed in ("", "\n\t")}
"""By what is allowed beside printable characters, how to take it out."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_line(text: str, field: str, limit: int = LINE) -> str:
    """One line of text in NFC, without spaces at its ends.

    Raises BadInput for an empty or blank text, one over ``limit`` characters, line breaks, control
    and bidirectional control characters, lone surrogates, and letters under more than 10 combining
    marks.
    """
    return _clean(text, field, limit, allowed="")


def clean_text(text: str, field: str, limit: int = NOTE) -> str:
    """Text of several lines in NFC: line feeds and tabs are allowed, ``\\r\\n`` becomes ``\\n``."""
    return _clean(text.replace("\r\n", "\n"), field, limit, allowed="\n\t")


def items_of(text: str, field: str) -> list[str]:
    """The items of a list with commas between them; one that holds a comma itself stands in double quotes.

    As in CSV, a quote inside quotes is doubled. Raises BadInput for a quote that does not end.
    """
    try:
        items = next(csv.reader([text], skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise BadInput(field, text, 'has a quote that does not end an item: expected such as "A, B", C') from error
    return [item.strip() for item in items if item.strip()]


def _clean(text: str, field: str, limit: int, allowed: str) -> str:
    if len(text) > limit:
        raise BadInput(field, f"{text[:40]}...", f"has {len(text)} characters: at most {limit} are kept")
    if text.isascii() and text.translate(_GAPS[allowed]).isprintable() and (plain := text.strip()):
        return plain  # printable ASCII holds none of what is refused below
    marks = 0
    for position, character in enumerate(text, start=1):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if character in allowed:
            continue
        if category in ("Cc", "Cs", "Zl", "Zp") or character in _BIDI:
            name = "a line break" if character in "\r\n" else f"the control character U+{ord(character):04X}"
            raise BadInput(field, "", f"holds {name} at position {position}: remove it")
        if marks > _MARKS:
            raise BadInput(field, "", f"has more than {_MARKS} marks on one letter at position {position}")
    text = unicodedata.normalize("NFC", text).strip()
    if not any(unicodedata.category(character)[0] in "LNPSM" for character in text):
        raise BadInput(field, "", "is empty: expected some text")
    return text


def in_a_workbook(text: str) -> str:
    """The text as it may be handed to XlsxWriter as a cell: what XML cannot hold becomes U+FFFD.

    XlsxWriter takes text from ``<r>`` to ``</r>`` for XML of its own and writes it as it is, so that a title could
    bring cells and formulas of its own; a space at the end keeps such a text a text.
    """
    if not text.isprintable():
        text = _NOT_IN_XML.sub("\ufffd", text)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
