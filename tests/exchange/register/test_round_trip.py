"""What is written to a workbook or a text file by columns is read back as the same record, whatever its texts hold."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.register.sheets import read
from tracker.exchange.delimited_file import open_delimited
from tracker.exchange.register.columns import read_table
from tracker.exchange.register.sheet import Sheet
from tracker.exchange.workbook_file import open_workbook

HEADINGS = [
    "Title",
    "Kind",
    "Partner",
    "Country",
    "Signed",
    "Expiry",
    "Duration",
    "Renewal",
    "Notice",
    "Value",
    "Remarks",
]
HOSTILE = st.sampled_from(
    ["=1+1", "+41 text", "@SUM(A1)", "-x", 'a "quoted" b', "a, b", "é€", "שלום", "🤝 x", "a\tb", "'x", "1e5", "|x|"]
)
WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], exclude_characters=";|\n"), min_size=1, max_size=20
)


def plain(text: str) -> str:
    return " ".join(text.split()).strip()


def says_something(text: str) -> bool:
    from tracker.exchange.register import words
    from tracker.exchange.register.sheet import tidy

    return any(sign.isalpha() for sign in text) and words.said(text) == text == tidy(text) and not text.startswith("#")


def names(text: str) -> bool:
    """Whether a text is one name: no number or sign of a list before it."""
    from tracker.exchange.register.words import split_names

    return split_names(text) == [text]


TEXTS = st.one_of(HOSTILE, WORDS).map(plain).filter(says_something)
DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))
RECORDS = st.fixed_dictionaries(
    {
        "Title": TEXTS,
        "Kind": st.sampled_from(["treaty", "memorandum-of-understanding", "protocol"]),
        "Partner": TEXTS.filter(names),
        "Country": st.sampled_from(["PA", "PE", "CO"]),
        "Signed": DAYS,
        "end": st.one_of(DAYS, st.integers(1, 20), st.just("indefinite"), st.none()),
        "Renewal": st.sampled_from(["express", "none", None]),
        "Notice": st.sampled_from(["6 months", "90 days", None]),
        "Value": st.decimals(0, 10**9, places=2).map(str),
        "Remarks": st.one_of(st.none(), TEXTS),
    }
)


def cells(record: dict[str, Any]) -> list[Any]:
    end = record["end"]
    return [
        *(record[name] for name in ("Title", "Kind", "Partner", "Country", "Signed")),
        end if isinstance(end, date | str) else None,
        f"{end} years" if isinstance(end, int) else None,
        *(record[name] for name in ("Renewal", "Notice", "Value", "Remarks")),
    ]


def expected(record: dict[str, Any]) -> dict[str, Any]:
    end, provisions = record["end"], {}
    if isinstance(end, date):
        provisions["ends"] = end.isoformat()
    elif end == "indefinite":
        provisions["indefinite"] = True
    elif end:
        provisions["duration"] = "1 year" if end == 1 else f"{end} years"
    if record["Renewal"]:
        provisions["renewal"] = {"mode": record["Renewal"]}
    if record["Notice"]:
        provisions["notice"] = record["Notice"]
    values: dict[str, Any] = {
        "title": record["Title"],
        "kind": record["Kind"],
        "parties": [{"name": record["Partner"], "country": record["Country"]}],
        "countries": [record["Country"]],
        "events": [{"event": "signed", "on": record["Signed"].isoformat()}],
        "figures": [{"what": "Value", "value": record["Value"]}],
    }
    if provisions:
        values["provisions"] = provisions
    if record["Remarks"]:
        values["notes"] = [{"text": f"Remarks: {record['Remarks']}"}]
    return values


def check(sheet: Sheet, records: list[dict[str, Any]]) -> None:
    table = read_table(sheet, 1)
    assert table is not None
    found = read(table, decimal=".")
    assert [row.problems for row in found] == [[]] * len(records)
    assert [row.values for row in found] == [expected(record) for record in records]


FEW = settings(deadline=None, max_examples=40)
LISTS = st.lists(RECORDS, min_size=1, max_size=6)


@FEW
@given(records=LISTS)
def test_workbooks_with_real_dates(records: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            day, page = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet("R")
            page.write_row(0, 0, HEADINGS)
            for number, record in enumerate(records, 1):
                for column, value in enumerate(cells(record)):
                    if isinstance(value, date):
                        page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
                    elif value is not None:
                        page.write_string(number, column, value)
        [sheet] = open_workbook(path)
        check(sheet, records)


@FEW
@given(records=LISTS, form=st.sampled_from(["%Y-%m-%d", "%d %B %Y"]), western=st.booleans())
def test_text_files(records: list[dict[str, Any]], form: str, western: bool) -> None:
    rows = [
        [value.strftime(form) if isinstance(value, date) else value for value in cells(record)] for record in records
    ]
    encoding, separator = ("cp1252", ";") if western else ("utf-8", ",")
    try:
        str(rows).encode(encoding)
    except UnicodeEncodeError:
        encoding = "utf-8-sig"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([HEADINGS, *rows])
        check(open_delimited(path), records)
