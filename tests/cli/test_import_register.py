"""``tracker import`` of spreadsheets, on a real database: what is said of each row, and what is written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import documents as made
import openpyxl
import pytest
import xlsxwriter

from cli.running import Result, Tracker

HEADINGS = ["Reference", "Title", "Partner", "Signed", "Expiry", "Status"]
GOOD = ["PA-1", "Training of officials", "Ministry of Health", "2020-05-18", "2030-05-17", ""]
OTHER = ["PA-2", "Exchange of data", "Statistics Office", "18/05/2021", "indefinido", ""]


@pytest.fixture
def write(empty: Tracker) -> Callable[..., str]:
    """Writes rows to a CSV file in the test's folder; gives its name."""

    def writes(*rows: list[Any], name: str = "register.csv", separator: str = ",", encoding: str = "utf-8") -> str:
        with (empty.folder / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(rows)
        return name

    return writes


def outcomes(result: Result) -> list[tuple[int, str]]:
    return [(row["row"], row["outcome"]) for row in result.json]


def test_a_dry_run_says_what_would_be_and_writes_nothing(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, GOOD, OTHER)
    before = empty.rows()
    result = empty("import", name, "--dry-run", "--format", "json")
    assert outcomes(result) == [(2, "new"), (3, "new")]
    assert set(result.json[0]) == {"row", "cell", "outcome", "ref", "title", "column", "value", "reason", "remedy"}
    assert "nothing was written (dry run)" in result.err
    assert empty.rows() == before


def test_a_dry_run_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = Tracker(tmp_path, monkeypatch)
    (tmp_path / "r.csv").write_text("Title,Partner\nA,B\n", encoding="utf-8")
    assert "1 new" in alone("import", "r.csv", "--dry-run").err
    assert not list(tmp_path.rglob("*.db"))


def test_rows_become_agreements_once(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, GOOD, OTHER)
    assert "added PA-1 Training of officials" in empty("import", name).out
    assert empty.refs("agreements") == ["PA-1", "PA-2"]
    shown = empty.json("show", "PA-1")
    assert "2030-05-17" in str(shown) and "2020-05-18" in str(shown)
    before = empty.rows()
    again = empty("import", name, "--format", "json")
    assert outcomes(again) == [(2, "same"), (3, "same")]
    assert empty.rows() == before


def test_rows_without_references_are_known_by_title_parties_and_signature(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS[1:], GOOD[1:], OTHER[1:], [*GOOD[1:3], "2021-05-18", "2031-05-17", ""])
    empty("import", name)
    before = empty.rows()
    assert [did for _, did in outcomes(empty("import", name, "--format", "json"))] == ["same"] * 3
    assert empty.rows() == before and len(empty.refs("agreements")) == 3


BAD = ["PA-3", "A row", "X", "31/02/2020", "2030-01-01", ""]


def test_one_bad_row_leaves_all_out_unless_it_is_skipped(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, GOOD, BAD, OTHER)
    before = empty.rows()
    refused = empty("import", name, code=2)
    assert empty.rows() == before
    assert "so nothing was" in refused.err and "register!D3" in refused.out
    assert "February 2020 has 29 days" in refused.out
    done = empty("import", name, "--skip-bad")
    assert "left out: rows 3" in done.err and empty.refs("agreements") == ["PA-1", "PA-2"]


def test_every_row_has_a_cell_a_reason_and_a_remedy(empty: Tracker, write: Any) -> None:
    name = write(
        HEADINGS,
        ["Section of the north"],
        GOOD,
        ["PA-4", "B", "X", "05/04/2021", "", ""],
        ["PA-1", "Another", "Y", "2020-01-01", "", ""],
        [*GOOD],
        ["", "", "", "2020-01-01", "2021-01-01", ""],
    )
    rows = empty("import", name, "--dry-run", "--map", "Reference=ref", "--format", "json").json
    assert [(row["cell"], row["outcome"]) for row in rows] == [
        ("register!2", "skipped"),
        ("register!3", "new"),
        ("register!D4", "unreadable"),
        ("register!A5", "conflicting"),
        ("register!6", "same"),
        ("register!7", "unreadable"),
    ]
    assert rows[2]["reason"] == "can mean 2021-04-05 or 2021-05-04" and "--date-order" in rows[2]["remedy"]
    assert rows[3]["reason"] == "is the reference of row 3 too"
    assert rows[4]["reason"] == "is the same as row 3"


def test_a_conflict_with_what_is_recorded_is_shown_never_written(empty: Tracker, write: Any) -> None:
    empty("import", write(HEADINGS, GOOD))
    before = empty.rows()
    changed = [*GOOD]
    changed[4] = "2031-05-17"
    result = empty("import", write(HEADINGS, changed), "--format", "json", code=4)
    [row] = result.json
    assert (row["outcome"], row["cell"], row["value"]) == ("conflicting", "register!E2", "2031-05-17")
    assert "2030-05-17" in row["reason"] and empty.rows() == before


def test_a_note_that_changed_is_said_and_is_no_conflict(empty: Tracker, write: Any) -> None:
    empty("import", write(HEADINGS, GOOD))
    before = empty.rows()
    [row] = empty("import", write(HEADINGS, [*GOOD[:5], "Expired"]), "--format", "json").json[:1]
    assert row["outcome"] == "same" and "note" in row["reason"] and empty.rows() == before


def test_a_status_that_the_dates_contradict_is_a_finding(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, ["PA-1", "A", "B", "2010-01-01", "2012-01-01", "Vigente"])
    [row] = empty("import", name, "--default", "in_force=on signature", "--format", "json").json
    assert (row["cell"], row["value"]) == ("register!F2", "Vigente")
    assert row["reason"] == "is contradicted: by its dates it is expired since 2012-01-02"


def test_the_order_of_dates_is_said_for_all_or_for_one_column(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, ["PA-1", "A", "B", "05/04/2010", "06/07/2030", ""])
    assert outcomes(empty("import", name, "--dry-run", "--format", "json"))[0] == (2, "unreadable")
    empty("import", name, "--date-order", "dmy", "--date-order", "Expiry=mdy")
    text = str(empty.json("show", "PA-1"))
    assert "2010-04-05" in text and "2030-06-07" in text
    assert "is no order of dates" in empty("import", name, "--date-order", "ddmm", code=2).err


def test_a_profile_keeps_what_was_said(empty: Tracker, write: Any) -> None:
    rows = [["C1", "U Lima", "Law", "01/03/2020", "x"], ["C2", "U Porto", "Arts", "02/03/2021", "y"]]
    name = write(*rows)
    letters = [f"--map={pair}" for pair in ("A=ref", "B=parties", "C=summary", "D=signed")]
    said = ("--heading-row", "0", "--ignore", "E", "--date-order", "D=dmy", "--default", "parties=ESAN")
    empty("import", name, *said, *letters, "--save-profile", "ours", "--dry-run")
    empty("import", name, "--map", "ours")
    assert empty.refs("agreements") == ["C1", "C2"]
    shown = str(empty.json("show", "C1"))
    assert "2020-03-01" in shown and "ESAN" in shown and "column E" not in shown
    before = empty.rows()
    empty("import", name, "--map", "ours")
    assert empty.rows() == before


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("colums:\n  A: ref\n", 1, "did you mean columns?"),
        ("columns:\n  Title: titel\n", None, "did you mean title?"),
        ("columns: [a]\n", 1, "expected names with a value each"),
        ("heading_row: first\n", 1, "is no row number"),
        ("date_order: ddmm\n", 1, "is no order"),
        ("sheet: A\ndate_orders:\n  Signed: ddmm\n", 3, "is no order"),
        ("ignore: {a: b}\n", 1, "expected a list"),
        ("values:\n  kind: MoU\n", 2, "expected names with a value each"),
        ("decimal: colon\n", None, "is no sign before decimals"),
        ("default:\n  titel: x\n", None, "is no field with a value for all rows"),
        ("- a\n", 1, "expected one mapping"),
        ("columns: {a\n", None, ""),
        ("", 1, "expected one mapping"),
    ],
)
def test_mistakes_in_a_profile_are_shown_where_they_are(
    empty: Tracker, write: Any, text: str, line: int | None, why: str
) -> None:
    name = write(HEADINGS, GOOD)
    (empty.folder / "p.yaml").write_text(text, encoding="utf-8")
    result = empty("import", name, "--map", "p.yaml", "--dry-run", code=None)
    assert result.code == 2 and result.errors and why in result.err
    if line:
        assert f"p.yaml:{line}" in result.err


def test_profiles_are_found_by_name(empty: Tracker, write: Any) -> None:
    name = write(HEADINGS, GOOD)
    empty("import", name, "--dry-run", "--save-profile", "ministry")
    assert "did you mean ministry?" in empty("import", name, "--map", "ministri", code=None).err
    for bad in ("", ".hidden", " "):
        assert empty("import", name, "--dry-run", "--save-profile", bad, code=None).code in (0, 2)


def test_a_sheet_is_written_back_mended_and_imported(empty: Tracker) -> None:
    path = empty.folder / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day, page = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet("Convenios")
        for row, cells in enumerate([["Registro 2024"], ["Título", "Entidad", "Fecha de firma", "Vencimiento"]]):
            page.write_row(row, 0, cells)
        page.write_row(2, 0, ["Uno", "A"])
        page.write_datetime(2, 2, datetime(2020, 5, 4), day)
        page.write_row(3, 0, ["Dos", "B", "31/02/2020", "=1+1"])
    before = empty.rows()
    empty("import", "r.xlsx", "--errors", "bad.xlsx", code=2)
    assert empty.rows() == before
    book = openpyxl.load_workbook(empty.folder / "bad.xlsx")
    page = book.active
    assert page is not None and page.title == "Convenios"
    assert page["E2"].value == "Tracker: to mend" and "Fecha de firma: is not a date" in str(page["E4"].value)
    assert page["C4"].fill.fgColor.rgb == "FFF8CBAD" and page["C3"].fill.fgColor.rgb != "FFF8CBAD"
    assert page["C3"].value == datetime(2020, 5, 4) and page["D4"].value in ("=1+1", "'=1+1", 0, None)
    page["C4"], page["D4"] = "29/02/2020", "indefinido"
    book.save(empty.folder / "mended.xlsx")
    empty("import", "mended.xlsx")
    assert len(empty.refs("agreements")) == 2
    assert "expected the ending .xlsx" in empty("import", "r.xlsx", "--errors", "bad.csv", code=None).err


@pytest.mark.parametrize(
    "rows", [[], [HEADINGS], [HEADINGS, [], [""] * 6], [["x", "y"], ["1", "2"]], [HEADINGS, ["# note"]]]
)
def test_a_file_without_agreements_is_an_error(empty: Tracker, write: Any, rows: list[list[str]]) -> None:
    assert empty("import", write(*rows), code=None).code == 2


def test_no_column_of_titles_or_parties_is_an_error_that_says_what_to_do(empty: Tracker, write: Any) -> None:
    result = empty("import", write(["end_date", "status"], ["2020-01-01", "active"]), code=2)
    assert '--map "COLUMN=parties"' in result.err and "end_date" in result.err


def test_the_sheet_with_most_known_headings_is_read_and_the_others_named(empty: Tracker) -> None:
    with xlsxwriter.Workbook(empty.folder / "r.xlsx") as book:
        for sheet, rows in {
            "Contacts": [["Name", "Email"], *([f"n{number}", f"n{number}@x.org"] for number in range(9))],
            "Agreements": [HEADINGS, GOOD, OTHER],
            "Scribbles": [["some"], ["words"]],
        }.items():
            page = book.add_worksheet(sheet)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
    result = empty("import", "r.xlsx", "--dry-run")
    assert "Agreements!2" in result.out
    assert "Contacts (9 rows)" in result.err and "Scribbles (no headings found)" in result.err
    assert "Contacts!" in empty("import", "r.xlsx", "--dry-run", "--sheet", "contacts").out
    assert "Agreements" in empty("import", "r.xlsx", "--sheet", "Agrements", code=None).err


def test_files_beside_the_register_are_attached_and_paths_never_followed(empty: Tracker, write: Any) -> None:
    (empty.folder / "one.pdf").write_bytes(made.pdf())
    (empty.folder / "sub").mkdir()
    (empty.folder / "sub" / "two.pdf").write_bytes(b"%PDF-1.4 two")
    name = write(
        ["Title", "Partner", "File"], ["A", "B", "one.pdf; sub/two.pdf; ../home; /etc/passwd; https://x.org/a.pdf"]
    )
    empty("import", name, "--map", "File=documents")
    [ref] = empty.refs("agreements")
    shown = str(empty.json("show", ref))
    assert "one.pdf" in shown
    for kept in ("sub/two.pdf", "/etc/passwd", "https://x.org/a.pdf"):
        assert f"File: {kept}" in shown


def kept(tracker: Tracker) -> list[Path]:
    return [path for path in (tracker.folder / "documents").rglob("*") if path.is_file()]


def test_a_file_beside_the_register_is_kept_and_read_and_the_row_is_the_same_later(empty: Tracker, write: Any) -> None:
    (empty.folder / "one.pdf").write_bytes(made.pdf())
    (empty.folder / "more.txt").write_text("named by a row that is no agreement")
    heading = ["Title", "Partner", "File"]
    name = write(heading, ["A", "B", "one.pdf"], ["# a note", "", "more.txt"])
    said = ("import", name, "--map", "File=documents", "--format", "json")
    assert [row["outcome"] for row in empty(*said, "--dry-run").json] == ["new", "skipped"] and kept(empty) == []
    empty(*said)
    (document,) = empty.json("documents")
    assert (document["file"], document["kept"], document["text"]) == ("one.pdf", True, "read")
    assert len(kept(empty)) == 1, "what no document names is not kept"
    assert empty.refs("search", "ilícito") == [document["ref"]]
    assert [row["outcome"] for row in empty(*said).json] == ["same", "skipped"]
    (empty.folder / "one.pdf").write_bytes(made.pdf("Another text"))
    assert empty(*said, "--dry-run", code=None).json[0]["outcome"] == "conflicting"
    empty(*said, code=4)
    assert len(kept(empty)) == 1 and "all is as it was recorded" in empty("verify").err


def test_an_import_that_fails_leaves_no_file_and_a_bad_file_is_said_of_its_cell(empty: Tracker, write: Any) -> None:
    (empty.folder / "one.pdf").write_bytes(made.pdf())
    (empty.folder / "run.exe").write_bytes(b"MZ\x90\x00")
    name = write(["Title", "Partner", "File"], ["A", "B", "one.pdf"], ["C", "D", "run.exe"])
    for dry in (["--dry-run"], []):
        result = empty("import", name, "--map", "File=documents", "--format", "json", *dry, code=None)
        assert [(row["outcome"], row["cell"]) for row in result.json if row["reason"]] == [
            ("unreadable", "register!C3")]  # fmt: skip
        assert "is a program" in str(result.json) and kept(empty) == []
    empty("import", name, "--map", "File=documents", "--skip-bad")
    assert len(kept(empty)) == 1 and [row["file"] for row in empty.json("documents")] == ["one.pdf"]


def test_scope_areas_by_name_in_three_languages(empty: Tracker, write: Any) -> None:
    areas = empty.json("scopes")[:1]
    names = [areas[0][key] for key in ("name_en", "name_es", "name_fr") if key in areas[0]] or [areas[0]["code"]]
    rows = [[f"T{number}", f"P{number}", name] for number, name in enumerate(names)]
    result = empty("import", write(["Title", "Partner", "Scope area"], *rows), "--format", "json")
    assert all(row["reason"] is None for row in result.json)


def test_a_party_like_a_known_one_is_refused_until_it_is_insisted_on(empty: Tracker, write: Any) -> None:
    empty("import", write(HEADINGS, GOOD))
    name = write(HEADINGS, ["PA-9", "Other", "Ministery of Health", "2020-01-01", "", ""])
    [row] = empty("import", name, "--format", "json", code=4).json
    assert row["outcome"] == "conflicting" and row["cell"] == "register!C2" and "Ministry of Health" in row["reason"]
    empty("import", name, "--new-party")


def test_after_a_long_import_only_what_can_be_read_is_shown_faults_first(empty: Tracker, write: Any) -> None:
    rows = [[f"R-{n}", f"T{n}", f"Partner number {n:04}", "2010-01-01", "2012-01-01", "Active"] for n in range(60)]
    rows[50][3] = "31/02/2010"
    name = write(HEADINGS, *rows)
    result = empty("import", name, "--skip-bad", "--new-party", "--default", "in_force=on signature")
    table = [line for line in result.out.splitlines() if line.startswith("register!")]
    assert len(table) == 40 and table[0].startswith("register!D52")
    assert "... and 20 more; see them all" in result.err and "added 59 agreements" in result.out
    everything = empty("import", name, "--dry-run", "--new-party")
    assert sum(line.startswith("register!") for line in everything.out.splitlines()) == 60


def test_the_mapping_fits_a_page(empty: Tracker, write: Any) -> None:
    headings = [
        "A very long heading of a column about nothing that anybody knows",
        "Title",
        "Partner",
        "Fecha de vencimiento",
    ]
    result = empty("import", write(headings, ["x" * 300, "y" * 300, "z", "31/12/2030"]), "--dry-run")
    assert max(map(len, result.err.splitlines())) <= 130
    table = [line for line in result.err.splitlines() if line[:2].strip() in ("A", "B", "C", "D")]
    assert len(table) == 4 and max(map(len, table)) <= 100


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--map", "Title=title", "--map", "a", "--map", "b"], "there is no such profile"),
        (["--map", "=title"], "is no pair"),
        (["--map", "Title="], "is no pair"),
        (["--default", "title=x"], "is no field with a value for all rows"),
        (["--decimal", "colon"], "is no sign before decimals"),
        (["--separator", "&"], "is not a separator"),
        (["--encoding", "klingon"], "is no encoding"),
        (["--ignore", "Nothing"], "Nothing"),
        (["--date-order", "Nothing=dmy"], "Nothing"),
        (["--heading-row", "-1"], ""),
        (["--update"], "record files"),
        (["--default", "kind=nonsense"], "nonsense"),
    ],
)
def test_what_is_said_wrongly_is_refused(empty: Tracker, write: Any, args: list[str], why: str) -> None:
    before = empty.rows()
    result = empty("import", write(HEADINGS, GOOD), *args, code=None)
    assert result.code in (2, 3) and why in result.both and empty.rows() == before


def test_questions_are_asked_on_a_terminal(empty: Tracker, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.cli import register

    monkeypatch.setattr(register, "_on_a_terminal", lambda: True)
    name = write(["Title", "Members slug", "Signed"], ["A", "B", "05/04/2010"])
    result = empty("import", name, "--save-profile", "asked", typed="parties\nd\ny\n")
    assert "does the day, the month or the year stand first?" in result.err
    [ref] = empty.refs("agreements")
    assert "2010-04-05" in str(empty.json("show", ref))
    before = empty.rows()
    assert "stand first" not in empty("import", name, "--map", "asked", typed="y\n").err
    assert empty.rows() == before
    empty("import", write(HEADINGS, GOOD), typed="n\n", code=1)
    assert empty.rows() == before
    assert "does the day" not in empty("import", name, "--yes", "--dry-run").err


@pytest.mark.parametrize("ref", ["901234/2020", "AB/2024", "A-1", "2024.001", "PA-2017-009"])
def test_a_reference_of_any_form_is_known_again(empty: Tracker, write: Any, ref: str) -> None:
    name = write(["Ref", "Title", "Partner", "Signed"], [ref, "A", "P", "2024-01-13"])
    empty("import", name)
    before = empty.rows()
    assert "1 same" in empty("import", name).err
    assert "1 same" in empty("import", name, "--dry-run").err
    assert empty.rows() == before
