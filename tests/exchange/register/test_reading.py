"""Rows as records: every cell with something to say is in the record, in a note, or explained."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.register.sheets import Grid, SeparatedGrid, one, read, table_of
from tracker.exchange.register.columns import read_table
from tracker.exchange.register.mapping import propose
from tracker.exchange.register.reading import Choices, RowReader
from tracker.exchange.register.sheet import Broken, Value, is_empty


def provisions(headings: str, *cells: Value, **choices: Any) -> Any:
    row = one(headings, *cells, **choices)
    assert row.values is not None, row.problems
    return row.values.get("provisions")


def notes(row: Any) -> str:
    return str(row.values["notes"][0]["text"]) if "notes" in row.values else ""


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (date(2025, 12, 31), {"ends": "2025-12-31"}),
        ("31/12/2025", {"ends": "2025-12-31"}),
        ("auto renew", {"indefinite": True}),
        ("no limit, auto renew", {"indefinite": True}),
        ("auto renew, 5 years", {"duration": "5 years", "renewal": {"mode": "tacit"}}),
        ("unlimited", {"indefinite": True}),
        ("5 Years", {"duration": "5 years"}),
        ("until 31 December 2025", {"ends": "2025-12-31"}),
        ("hasta el 31/12/2025", {"ends": "2025-12-31"}),
        ("jusqu'au 31 mai 2025", {"ends": "2025-05-31"}),
        ("até 31/12/2025", {"ends": "2025-12-31"}),
        ("31/12/2025, automatic renewal", {"ends": "2025-12-31", "renewal": {"mode": "tacit"}}),
        ("5 years (31/12/2025)", {"ends": "2025-12-31"}),
        ("31/12/9999", {"indefinite": True}),
        (date(9999, 12, 31), {"indefinite": True}),
        ("9999", {"indefinite": True}),
        ("2025", {"ends": "2025"}),
        ("n/a", None),
    ],
)
def test_the_end_in_every_form(ends: Value, expected: Any) -> None:
    assert provisions("Title|Expiry", "A", ends) == expected


def test_an_end_that_is_no_date_but_has_digits_is_refused() -> None:
    row = one("Title|Expiry|Signed", "A", "31/12/2025 (renovado)", "2020-01-01")
    assert row.values is None and row.problems[0].column == 1


def test_renewal_by_itself_for_a_time_that_is_not_said() -> None:
    row = one("Title|Signed|Expiry|Auto renewal", "A", "2020-05-18", "2025-05-17", "yes")
    assert (row.values or {})["provisions"] == {"ends": "2025-05-17", "renewal": {"mode": "tacit", "period": "5 years"}}
    assert "5 years more" in row.remarks[0].reason and row.remarks[0].column == 3
    row = one("Title|Expiry", "A", "auto renew")
    assert "without end" in row.remarks[0].reason and notes(row) == "Renewal: tacit"
    row = one("Title|Expiry", "A", "auto renew", defaults={"duration": "2 years"})
    assert (row.values or {})["provisions"] == {"renewal": {"mode": "tacit"}, "duration": "2 years"} and not row.remarks


def test_words_for_a_date_are_kept_with_a_remark() -> None:
    table = table_of(["Title", "Signed"], ["A", "2020-01-01"], ["B", "in the spring"])
    row = read(table)[1]
    assert notes(row) == "Signed: in the spring" and "events" not in (row.values or {})
    assert [(remark.column, remark.value) for remark in row.remarks] == [(1, "in the spring")]


def test_a_column_of_dates_that_cannot_be_read_is_refused_not_kept_as_notes() -> None:
    table = table_of(
        ["Partner", "Signed", "Expiry"], ["A", "5 May 2560", 45000.0], ["B", "6 May 2561", "31/12/2025 (ext.)"]
    )
    assert [[problem.column for problem in row.problems] for row in read(table)] == [[1, 2], [1, 2]]


def test_validity_gives_the_first_and_the_last_day() -> None:
    assert provisions("Proponente|Vigência", "A", "24/12/2024 a 09/12/2026") == {
        "entry_into_force": "2024-12-24",
        "ends": "2026-12-09",
    }


def test_an_end_beside_a_duration_counts_and_what_does_not_fit_is_said() -> None:
    fits = one("Title|Signed|Expiry|Duration", "A", "2020-01-01", "2022-12-31", "3 years")
    assert (fits.values or {})["provisions"] == {"ends": "2022-12-31"} and not fits.remarks and not notes(fits)
    other = one("Title|Signed|Expiry|Duration", "A", "2020-01-01", "2022-12-31", "5 years")
    assert (other.values or {})["provisions"] == {"ends": "2022-12-31"} and notes(other) == "Duration: 5 years"
    assert [remark.column for remark in other.remarks] == [3]


def test_a_bare_number_takes_the_unit_of_its_heading_or_is_refused() -> None:
    assert provisions("Partner|Tiempo Conv. (Anos)", "A", 1.5) == {"duration": "18 months"}
    assert provisions("Partner|Year", "A", "6 Month") == {"duration": "6 months"}
    row = one("Partner|Duration", "A", 3)
    assert row.values is None and "unit" in row.problems[0].reason
    row = one("Partner|Notice", "A", "3")
    assert row.values is None and "unit" in row.problems[0].reason


def test_a_calendar_date_is_never_made_of_a_number() -> None:
    row = one("Partner|Signed", "A", 44197.0)
    assert row.values is None or "events" not in row.values


@pytest.mark.parametrize("swap", [lambda day: f"{day}/05/2020", lambda day: f"05/{day}/2020"])
def test_dates_that_a_program_may_have_swapped_are_refused_until_the_order_is_said(swap: Any) -> None:
    rows: list[list[Value]] = [[f"A{day}", date(2020, 3, day)] for day in range(1, 8)]
    rows += [[f"B{day}", swap(day)] for day in (13, 14, 15)]
    table = table_of(["Title", "Signed"], *rows)
    found = read(table)
    assert [row.values is None for row in found] == [day != 3 for day in range(1, 8)] + [False] * 3
    assert "2020-03-01 or 2020-01-03" in found[0].problems[0].reason
    order = table.columns[1].days.order
    assert f'--date-order "Signed={order}"' in (found[0].problems[0].remedy or "")
    assert all(row.values for row in read(table, orders={1: order}))


def test_the_order_of_dates_is_that_of_each_column() -> None:
    table = table_of(
        ["Title", "Signed", "Expiry"],
        ["A", "05/04/2017", "05/04/2019"],
        ["B", "18/05/2017", "05/18/2019"],
    )
    first = read(table)[0].values
    assert first is not None
    assert (first["events"][0]["on"], first["provisions"]["ends"]) == ("2017-04-05", "2019-05-04")


def test_an_order_said_for_all_counts_where_the_column_does_not_decide() -> None:
    table = table_of(
        ["Title", "Signed", "Expiry"], ["A", "05/04/2017", "05/04/2019"], ["B", "05/18/2017", "06/04/2019"]
    )
    first = read(table, orders={None: "dmy"})[0].values
    assert first is not None
    assert (first["events"][0]["on"], first["provisions"]["ends"]) == ("2017-05-04", "2019-04-05")


def test_sections_blank_rows_totals_and_repeated_headings_are_no_agreements() -> None:
    headings = ["No", "Partner", "Title", "Signed"]
    table = table_of(
        ["REGISTER"],
        headings,
        ["National"],
        [1, "A", "T1", "2020-01-01"],
        [],
        headings,
        ["International", None, None, None],
        [1, "B", "T2", "2021-01-01"],
        [2, None, None, None],
        ["# a remark", "x"],
        ["TOTAL", None, 2, None],
    )
    found = read(table)
    assert [row.number for row in found] == [3, 4, 6, 7, 8, 9, 10, 11]
    assert [bool(row.skipped) for row in found] == [True, False, True, True, False, True, True, True]
    assert notes(found[1]) == "Section: National" and notes(found[4]) == "Section: International"


def test_contacts_get_their_addresses_wherever_the_columns_stand() -> None:
    row = one("Phone|Email|Partner|Contact person", "+51 1 2345678", "a@x.org; b@x.org", "P", "Ana; Ben")
    assert row.values is not None
    assert row.values["contacts"] == [
        {"name": "Ana", "email": "a@x.org", "phone": "+51 1 2345678", "party": "P"},
        {"name": "Ben", "email": "b@x.org", "party": "P"},
    ]


def test_references_are_made_of_signs_that_references_may_have() -> None:
    row = one("Resolución|Entidad", "Resolución N° 123-2020 / UNT", "A")
    assert row.values is not None and row.values["ref"] == "Resolucion-N-123-2020/UNT"
    row = one("Contract number|Partner", "契約", "A")
    assert row.values is not None and "ref" not in row.values and "契約" in notes(row) and row.remarks


def test_amounts_with_words_are_notes_and_amounts_that_can_be_two_are_refused() -> None:
    table = table_of(["Title", "Amount"], ["A", "USD 100"], ["B", "10,000 per year"], ["C", "1,234"])
    found = read(table)
    assert (found[0].values or {})["figures"] == [{"what": "Amount", "value": "100", "unit": "USD"}]
    assert notes(found[1]) == "Amount: 10,000 per year" and found[1].remarks
    assert found[2].values is None


def test_errors_are_refused_where_they_matter_and_said_where_they_do_not() -> None:
    broken = Broken("holds the error #REF!")
    table = table_of(["Title", "Signed", "Remarks"], ["A", "2020-01-01", "x"], ["B", broken, "x"], ["C", None, broken])
    found = read(table)
    assert found[1].values is None and found[1].problems[0].reason == "holds the error #REF!"
    assert found[2].values is not None and [remark.column for remark in found[2].remarks] == [2]


def test_a_row_of_text_longer_than_its_heading_is_refused() -> None:
    sheet = SeparatedGrid([["Title", "Partner", "Signed"], ["A", "B", "2020-01-01"], ["A", "B", "C", "2020-01-01"]])
    table = read_table(sheet)
    assert table is not None
    found = read(table)
    assert found[0].values and not found[1].values and "wrong columns" in found[1].problems[0].reason


def test_a_cell_means_what_the_officer_says_it_means() -> None:
    row = one("Title|Type|Expiry", "A", "MoU", "2020-01-01", values={"kind": {"mou": "treaty"}})
    assert row.values is not None and row.values["kind"] == "treaty"


def test_defaults_fill_what_a_row_does_not_say() -> None:
    row = one(
        "Title|Partner|Kind", "A", "B", None, defaults={"parties": "IOM", "kind": "treaty", "in_force": "on signature"}
    )
    assert row.values is not None
    assert [party["name"] for party in row.values["parties"]] == ["B", "IOM"]
    assert (row.values["kind"], row.values["provisions"]) == ("treaty", {"entry_into_force": "on signature"})


def test_a_file_beside_the_register_is_attached_and_others_are_notes() -> None:
    row = one("Title|File", "A", "here.pdf; gone.pdf", files={"here.pdf": "ab" * 32})
    assert row.values is not None and row.values["documents"] == [{"file": "here.pdf", "sha256": "ab" * 32}]
    assert notes(row) == "File: gone.pdf"


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "Title",
            "Partner",
            "Signed",
            "Expiry",
            "Duration",
            "05/04/2017",
            "18/05/2017",
            "5 years",
            "auto renew",
            "-",
            "TOTAL",
            "#",
            "MoU",
            "1.234",
            "a@x.org",
            "24/12/2024 a 09/12/2026",
            "mar-16",
            "9999",
            "\n",
            "'=1",
        ]
    ),
    st.booleans(),
    st.integers(-10, 90000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.just(Broken("holds the error #N/A")),
)
HEADINGS = [
    "Ref",
    "Title",
    "Partner",
    "Country",
    "Type",
    "Signed",
    "Start",
    "Expiry",
    "Vigencia",
    "Duration",
    "Renewal",
    "Notice",
    "Amount",
    "Status",
    "Responsible",
    "Contact",
    "Email",
    "Phone",
    "Obligation",
    "Due date",
    "File",
    "Language",
    "Replaces",
    "Obs",
    None,
]


@settings(deadline=None, max_examples=120)
@given(
    headings=st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=8),
    rows=st.lists(st.lists(CELLS, max_size=10), max_size=8),
)
def test_every_row_is_read_or_explained(headings: list[str | None], rows: list[list[Value]]) -> None:
    table = read_table(Grid([headings, *rows]), 1)
    assert table is not None
    found = list(RowReader(table, propose(table, {}), Choices()).rows())
    filled = [at for at, row in enumerate(rows, start=2) if not all(map(is_empty, row))]
    assert [row.number for row in found] == filled
    for row in found:
        assert (row.values is not None) + bool(row.problems) + bool(row.skipped) == 1


@pytest.mark.parametrize(
    "text",
    [
        "5 years from 1 January 2022",
        "vigencia de 5 años desde 01/01/2022",
        "36 meses contados do dia 01/01/2022",
        "3 years as of 01/01/2022",
        "01/01/2022 + 5 years",
        "3 years (signed 01/01/2022)",
        "indefinite from 2022-01-01",
        "Unlimited (reviewed 01/01/2022)",
        "auto renew 01/01/2022",
    ],
)
def test_a_day_that_may_be_the_start_is_not_the_end(text: str) -> None:
    row = one("Title|Partner|Expiry", "A", "B", text)
    assert row.values is None
    assert "start" in row.problems[0].reason


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("31 December 2027 (auto renew)", "2027-12-31"),
        ("5 years until 31/12/2027", "2027-12-31"),
        ("5 años, hasta el 31/12/2027", "2027-12-31"),
        ("5 ans (31/12/2027)", "2027-12-31"),
        ("tacit, vence el 31/12/2027", "2027-12-31"),
    ],
)
def test_a_day_said_to_be_the_last_is_the_end(text: str, ends: str) -> None:
    row = one("Title|Partner|Expiry", "A", "B", text)
    assert row.values is not None, row.problems
    assert row.values["provisions"]["ends"] == ends


def test_two_columns_with_two_ends_are_no_agreement() -> None:
    row = one("Titulo|Partes|Vigencia|Fin de vigencia", "A", "B", "01/02/2024 a 25/03/2026", "2026-05-03")
    assert row.values is None
    assert "2026-03-25" in row.problems[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "5 ans et demi",
        "un año y medio",
        "dois anos e meio",
        "3 years and a half",
        "5 (four) years",
        "up to 5 years",
        "at least 5 years",
        "max 5 years",
        "hasta 5 años",
        "3 Years (Extended by 2 years)",
        "1 year, then indefinite",
    ],
)
def test_a_length_that_is_another_than_its_number_is_none(text: str) -> None:
    row = one("Title|Partner|Duration", "A", "B", text)
    assert row.values is not None
    assert "duration" not in row.values.get("provisions", {})
    assert text in row.values["notes"][0]["text"]


def test_a_duration_that_does_not_lead_to_the_end_is_no_period_of_renewal() -> None:
    row = one(
        "Title|Partner|Signed|Expiry|Duration", "A", "B", "2022-06-01", "31 December 2027 (auto renew)", "6 Month"
    )
    assert row.values is not None
    assert row.values["provisions"]["renewal"].get("period") != "6 months"
    assert "Duration: 6 Month" in row.values["notes"][0]["text"]
