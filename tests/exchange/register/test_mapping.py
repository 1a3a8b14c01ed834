"""Which column is which field: proposed, contradicted by cells, given by hand."""

from datetime import date

import pytest

from exchange.register.sheets import mapped, table_of
from tracker.errors import BadInput, NotFound
from tracker.exchange.register.mapping import propose


def test_cells_that_contradict_a_heading_make_a_note_of_it() -> None:
    table = table_of(
        ["Title", "Signed?", "Type", "Country", "Value", "Year", "Contract", "Expired"],
        ["A", "yes", "Student exchange", "Arts", "high", 2019, 1, "no"],
        ["B", "no", "Visit", "Law", "low", 2020, 2, "yes"],
    )
    assert set(mapped(table).values()) == {"title", "notes"}


def test_a_heading_like_a_status_over_dates_is_the_end() -> None:
    table = table_of(
        ["Title", "Status", "Expired"], ["A", "Active", date(2026, 1, 31)], ["B", "Expired", "1 March 2018"]
    )
    assert mapped(table) == {"Title": "title", "Status": "status", "Expired": "ends"}


def test_a_field_is_given_to_the_surest_column_once_and_by_hand_to_any() -> None:
    table = table_of(["Title", "End date", "Expiry"], ["A", None, "2020-01-01"], ["B", None, "2021-01-01"])
    assert mapped(table) == {"Title": "title", "End date": "notes", "Expiry": "ends"}
    assert mapped(table, {"B": "ends"}) == {"Title": "title", "End date": "ends", "Expiry": "notes"}
    with pytest.raises(BadInput, match="Expiry and End date"):
        propose(table, {"End date": "ends", "Expiry": "ends"})


def test_name_is_the_partner_unless_another_column_is() -> None:
    assert mapped(table_of(["No", "Name", "Country"], [1, "A", "Peru"], [2, "B", "Chile"]))["Name"] == "parties"
    assert mapped(table_of(["Nombre", "Entidad"], ["A", "B"]))["Nombre"] == "title"


def test_references_that_repeat_or_count_are_none() -> None:
    assert mapped(table_of(["Contract", "Partner"], ["C1", "A"], ["C1", "B"]))["Contract"] == "notes"
    assert mapped(table_of(["Contract", "Partner"], [1, "A"], [2, "B"]))["Contract"] == "notes"
    assert mapped(table_of(["Contract", "Partner"], ["C1", "A"], ["C2", "B"]))["Contract"] == "ref"


def test_columns_are_known_by_their_cells_where_headings_say_nothing() -> None:
    table = table_of(["Title", None, "Etat actuel?"], ["A", "a@x.org", "Active"], ["B", "b@x.org", "Expired"])
    assert list(mapped(table).values()) == ["title", "contact_email", "status"]


def test_columns_are_left_out_by_heading_or_letters_also_both_of_two() -> None:
    table = table_of(["Title", "Obs", "Obs", None], ["A", "x", "y", "z"])
    assert [one.field for one in propose(table, {}, ["obs", "D"])] == ["title", "ignore", "ignore", "ignore"]


@pytest.mark.parametrize(
    ("wanted", "error", "expected"),
    [
        ({"Titel": "title"}, NotFound, "Title"),
        ({"Title": "titel"}, BadInput, "did you mean title"),
        ({"Title": "expiry date"}, BadInput, "expected one of"),
        ({"Title": ""}, BadInput, "names no field"),
        ({"ZZ": "title"}, NotFound, "ZZ"),
    ],
)
def test_a_column_or_field_that_is_none(wanted: dict[str, str], error: type[Exception], expected: str) -> None:
    with pytest.raises(error) as refused:
        propose(table_of(["Title", "Partner"], ["A", "B"]), wanted)
    assert expected in f"{refused.value} {getattr(refused.value, 'hint', '')} {vars(refused.value)}"


def test_other_names_of_fields_are_taken_by_hand() -> None:
    assert mapped(table_of(["Title", "X"], ["A", "B"]), {"X": "Partner"})["X"] == "parties"
