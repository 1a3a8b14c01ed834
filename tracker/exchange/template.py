"""Makes the workbook that officers fill in: headings that the import understands, lists to choose from, notes and an
example, in English, Spanish or French. Columns, kinds and renewals come from ``db/reference``.

A row whose first cell begins with ``#`` is a remark and no record: so are the notes and the example, and an officer
who leaves them in brings in no made-up agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tracker.exchange.workbook import INK, SETTINGS, close, set_up_print
from tracker.models.keys import fold
from tracker.store import reference_data

LANGUAGES = ("en", "es", "fr")
ROWS = 1000
"""How many rows have lists and formats set."""

_FIRST_ROW = 3
"""Where records begin: after headings, notes and the example."""

_WORDS = {
    "en": {
        "sheet": "Agreements",
        "lists": "Lists",
        "remark": "# rows that begin with # are not brought in",
        "example": "# example",
        "title": "Agreements to be brought into Tracker",
        "choose": "Choose from the list; other words are asked about when the file is brought in.",
        "day": "Is this a day? Where only the year or the month is known, type it after an apostrophe: '2017, '2017-05",
    },
    "es": {
        "sheet": "Convenios",
        "lists": "Listas",
        "remark": "# las filas que empiezan con # no se importan",
        "example": "# ejemplo",
        "title": "Convenios para importar en Tracker",
        "choose": "Elija de la lista; por otras palabras se preguntará al importar el archivo.",
        "day": "¿Es una fecha? Si solo se conoce el año o el mes, escríbalo tras un apóstrofo: '2017, '2017-05",
    },
    "fr": {
        "sheet": "Accords",
        "lists": "Listes",
        "remark": "# les lignes qui commencent par # ne sont pas importées",
        "example": "# exemple",
        "title": "Accords à importer dans Tracker",
        "choose": "Choisissez dans la liste ; les autres mots seront demandés à l'importation du fichier.",
        "day": "Est-ce une date ? Si seuls l'année ou le mois sont connus, tapez une apostrophe : '2017, '2017-05",
    },
}
_LISTS = {
    "kind": "kinds",
    "scope": "scopes",
    "party_country": "countries",
    "country": "countries",
    "renewal": "renewals",
}
_DAYS = ("signed", "in_force", "ends", "obligation_due")
_WIDTHS = {"title": 48, "summary": 40, "notes": 40, "party": 36, "our_party": 30, "kind": 30, "scope": 30}
_REQUIRED = ("title",)


def write(path: Path, lang: str, day: date) -> None:
    """Write the template in a language of LANGUAGES to ``path``; the same language and day give the same bytes."""
    words = _WORDS[lang]
    book = xlsxwriter.Workbook(path, SETTINGS)
    book.set_properties({"title": words["title"], "author": "Tracker", "created": datetime.combine(day, time())})
    page, lists = book.add_worksheet(words["sheet"]), book.add_worksheet(words["lists"])
    ranges = _fill_lists(lists, words["lists"], lists_in(lang), _looks(book))
    _fill_page(page, lang, ranges, _looks(book))
    set_up_print(page, words["title"])
    close(book)


def lists_in(lang: str) -> dict[str, dict[str, str]]:
    """The lists to choose from by name: what each code is called in the language; countries in alphabetical order."""
    countries = {code: row[f"name_{lang}"] for code, row in reference_data.countries().items()}
    return {
        "kinds": {row["code"]: row[lang] for row in reference_data.table("kinds")},
        "scopes": {row["code"]: row[f"name_{lang}"] for row in reference_data.table("scopes")},
        "countries": dict(sorted(countries.items(), key=lambda item: fold(item[1]))),
        "renewals": {row["code"]: row[lang] for row in reference_data.table("renewals")},
    }


def _looks(book: Any) -> dict[str, Any]:
    base: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
    head = {**base, "bold": True, "font_color": "#FFFFFF", "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}
    grey = {**base, "italic": True, "font_color": "#6B6B6B", "bg_color": "#F3F4F7"}
    line = {"bottom": 1, "bottom_color": "#B8BDCA"}
    return {
        "head": book.add_format({**head, "bg_color": INK}),
        "required": book.add_format({**head, "bg_color": "#8C1D18"}),
        "note": book.add_format({**grey, **line}),
        "example": book.add_format({**grey, **line}),
        "example_day": book.add_format({**grey, "num_format": "yyyy-mm-dd", "align": "left", **line}),
        "text": book.add_format({**base, "num_format": "@"}),
        "plain": book.add_format(base),
        "day": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _fill_page(page: Any, lang: str, ranges: Mapping[str, str], looks: Mapping[str, Any]) -> None:
    words = _WORDS[lang]
    columns = [row for row in reference_data.table("columns") if row["template"] == "1"]
    for place, column in enumerate(columns):
        field = column["field"]
        shape = looks["day" if field in _DAYS else "plain" if field in _LISTS else "text"]
        page.set_column(place, place, _WIDTHS.get(field, 20), shape)
        page.write_string(0, place, column[lang], looks["required" if field in _REQUIRED else "head"])
        first = place == 0
        page.write_string(1, place, words["remark"] if first else column[f"note_{lang}"], looks["note"])
        _example(page, place, words["example"] if first else column[f"example_{lang}"], field, lang, looks)
        if rule := _rule(field, ranges, words):
            page.data_validation(_FIRST_ROW, place, _FIRST_ROW + ROWS - 1, place, rule)
    page.set_row(0, 32)
    page.set_row(1, 62)
    page.set_row(2, 48)
    page.freeze_panes(2, 2)
    page.set_selection(_FIRST_ROW, 1, _FIRST_ROW, 1)


def _example(page: Any, place: int, value: str, field: str, lang: str, looks: Mapping[str, Any]) -> None:
    """A cell of the example: a code as it is called, a day as a date."""
    if field in _LISTS and value:
        value = lists_in(lang)[_LISTS[field]][value]
    if field in _DAYS and len(value) == 10:
        day = datetime.combine(date.fromisoformat(value), time())
        page.write_datetime(2, place, day, looks["example_day"])
    else:
        page.write_string(2, place, value, looks["example"])


def _rule(field: str, ranges: Mapping[str, str], words: Mapping[str, str]) -> dict[str, Any] | None:
    """What the program that the sheet is filled in with checks. It warns and does not stop."""
    if field in _LISTS:
        return {
            "validate": "list",
            "source": ranges[_LISTS[field]],
            "error_type": "warning",
            "error_title": "Tracker",
            "error_message": words["choose"],
        }
    if field in _DAYS:
        # 2017 typed into a cell of dates is the 2017th day from 1900: 1905-07-09
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1906, 1, 1),
            "maximum": date(2199, 12, 31),
            "error_type": "warning",
            "error_title": "Tracker",
            "error_message": words["day"],
        }
    return None


def _fill_lists(
    page: Any, name: str, found: Mapping[str, Mapping[str, str]], looks: Mapping[str, Any]
) -> dict[str, str]:
    """Write each list in a column of its own, and its codes beside it; where each of them stands."""
    ranges = {}
    for number, (key, values) in enumerate(found.items()):
        place = 2 * number
        page.set_column(place, place, 48)
        page.set_column(place + 1, place + 1, 30)
        page.write_string(0, place, key, looks["head"])
        page.write_string(0, place + 1, "code", looks["head"])
        for row, (code, value) in enumerate(values.items(), 1):
            page.write_string(row, place, value, looks["text"])
            page.write_string(row, place + 1, code, looks["text"])
        column = xl_col_to_name(place)
        ranges[key] = f"='{name}'!${column}$2:${column}${len(values) + 1}"
    page.freeze_panes(1, 0)
    return ranges
