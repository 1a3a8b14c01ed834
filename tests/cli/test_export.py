"""tracker export of lists, and tracker template: what the listings say, in every format, with their filters."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML

from cli.running import Tracker
from tracker.cli.listings import LISTINGS, NOUNS
from tracker.exchange import template
from tracker.store import reference_data

TABLES = {
    "agreements": "Agreements",
    "obligations": "Obligations",
    "obligations --occurrences": "Due dates",
    "deadlines": "Deadlines",
    "activities": "Activities",
    "activities --attendance": "Attendance",
    "parties": "Parties",
    "people": "People",
}
FILTERED = [
    "agreements --party UNODC",
    "agreements --scope counter-smuggling --status in-force",
    "agreements --country PA --kind project-agreement",
    "agreements --text refugee --as-of 1990-01-01",
    "agreements --within 1y",
    "agreements --overdue",
    "obligations --party IOM --overdue",
    "obligations --state pending --kind training",
    "obligations --agreement DEMO-WORK-PLAN --within 1y",
    "obligations --occurrences --overdue",
    "obligations --occurrences --within 1y --as-of 2025-06-01",
    "obligations --responsible person-1",
    "deadlines",
    "deadlines --within 5y --overdue",
    "activities --kind training --status held",
    "activities --party MINSEG --overdue",
    "activities --attendance --party MINSEG",
    "activities --attendance --agreement DEMO-WORK-PLAN --text workshop",
    "parties --kind ministry",
    "parties --country PA --text security",
    "people --party MINSEG",
]


def book(name: str) -> Any:
    return openpyxl.load_workbook(name)


def rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def in_a_cell(value: Any, *, dated: bool) -> Any:
    """A value of JSON as a cell of the workbook has it."""
    if isinstance(value, list):
        return "; ".join(value) or None
    if dated and isinstance(value, str) and len(value) == 10 and value >= "1900-03-01":
        return datetime.fromisoformat(value)
    return value


@pytest.mark.parametrize("line", [*TABLES, *FILTERED])
def test_rows_are_those_of_the_listing(examples: Tracker, line: str) -> None:
    words = line.split()
    expected = examples.json(*words)
    assert examples("export", *words, "--format", "json").json == expected
    examples("export", *words, "-o", "x.json")
    assert json.loads(Path("x.json").read_text("utf-8")) == expected
    examples("export", *words, "-o", "x.yaml")
    assert YAML(typ="safe", pure=True).load(Path("x.yaml").read_text("utf-8")) == expected
    assert [json.loads(text) for text in examples("export", *words, "-f", "jsonl").out.splitlines()] == expected
    assert examples("export", *words).out == (examples(*words, "--format", "csv").out if expected else
                                              examples("export", *words, "--format", "csv").out)  # fmt: skip
    found = examples("export", *words, "--excel", "-o", "x.csv")
    text = Path("x.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff") and text.count("\r\n") >= 1 + len(expected)
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert len(read) == 1 + len(expected)
    assert found.err.startswith("wrote x.csv: ") and str(len(expected)) in found.err


@pytest.mark.parametrize("line", TABLES)
def test_a_sheet_holds_what_the_listing_says(examples: Tracker, line: str) -> None:
    expected = examples.json(*line.split())
    assert expected
    examples("export", *line.split(), "-o", "x.xlsx")
    sheet = book("x.xlsx")[TABLES[line]]
    listing = next(item for item in LISTINGS if item.name == TABLES[line])
    headings = [cell.value for cell in sheet[1]]
    assert headings == [key.replace("_", " ").capitalize() for key in expected[0]]
    assert rows_of(sheet) == [
        [in_a_cell(value, dated=key in listing.shape.days) for key, value in row.items()] for row in expected
    ]


def test_every_date_column_is_named(examples: Tracker) -> None:
    """A column with a day known in full holds dates in the workbook, unless it is a rule or a free text."""
    for line, name in TABLES.items():
        listing = next(item for item in LISTINGS if item.name == name)
        for row in examples.json(*line.split()):
            for key, value in row.items():
                full = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
                assert not full or key in listing.shape.days or key == "due", (name, key)


def test_workbook_of_everything(examples: Tracker) -> None:
    found = examples("export", "-o", "register.xlsx")
    assert found.out == ""
    made = book("register.xlsx")
    assert made.sheetnames == [*TABLES.values(), "About"]
    for line, name in TABLES.items():
        assert made[name].max_row - 1 == len(examples.json(*line.split())), name
    about = {row[0].value: row[1].value for row in made["About"].iter_rows()}
    assert about["Looked from"] == "2026-11-24"
    assert about["Agreements"] == len(examples.json("agreements"))


def test_a_noun_with_its_due_dates_or_attendance(examples: Tracker) -> None:
    examples("export", "obligations", "-o", "o.xlsx")
    assert book("o.xlsx").sheetnames == ["Obligations", "Due dates", "About"]
    examples("export", "activities", "-o", "a.xlsx")
    assert book("a.xlsx").sheetnames == ["Activities", "Attendance", "About"]
    examples("export", "activities", "--attendance", "-o", "a.xlsx")
    assert book("a.xlsx").sheetnames == ["Attendance", "About"]


def test_overdue_is_said_and_coloured(examples: Tracker) -> None:
    examples("export", "-o", "x.xlsx")
    made = book("x.xlsx")
    for name in ("Obligations", "Due dates", "Deadlines", "Activities"):
        sheet = made[name]
        state = next(cell.column_letter for cell in sheet[1] if cell.value == "State")
        rules = {rule.formula[0]: rule for area in sheet.conditional_formatting for rule in area.rules}
        assert rules[f'${state}2="overdue"'].dxf.fill.bgColor.rgb == "FFFBE3E0"
        assert str(next(iter(sheet.conditional_formatting)).sqref).startswith("A2:")
    assert "overdue" in [cell.value for cell in made["Due dates"]["E"]]


def test_of_some_agreements(examples: Tracker) -> None:
    refs = ["DEMO-WORK-PLAN", "IOM-PA-MINSEG"]
    found = examples("export", *[ref.lower() for ref in refs], "-o", "x.xlsx")
    assert "left out parties: REF" in found.err and "left out people: REF" in found.err
    made = book("x.xlsx")
    assert made.sheetnames == [*[name for name in TABLES.values() if name not in ("Parties", "People")], "About"]
    assert [row[0] for row in rows_of(made["Agreements"])] == refs
    assert {row[1] for row in rows_of(made["Obligations"])} == set(refs)
    assert [row["ref"] for row in examples("export", "agreements", *refs, "-f", "json").json] == refs
    assert "there is no agreement 'NOBODY'" in examples("export", "agreements", "NOBODY", code=3).err
    assert "is an agreement" in examples("export", "people", "IOM-PA-MINSEG", code=2).err


def test_filters_narrow_records_too(examples: Tracker) -> None:
    found = examples("export", "IOM-PA-MINSEG", "DEMO-WORK-PLAN", "--status", "in-force", "--format", "json").json
    assert [record["ref"] for record in (found if isinstance(found, list) else [found])] == ["DEMO-WORK-PLAN"]
    for given in (("--overdue",), ("--text", "refugee"), ("--responsible", "person-1"), ("--within", "1y")):
        said = examples("export", *given, "--format", "json").out
        found = json.loads(said or "[]")
        refs = [record["ref"] for record in (found if isinstance(found, list) else [found])]
        assert refs == examples.refs("agreements", *given)


def test_a_sheet_that_cannot_be_filtered_is_left_out(examples: Tracker) -> None:
    found = examples("export", "--country", "PA", "--kind", "training", "-o", "x.xlsx")
    assert book("x.xlsx").sheetnames == ["Obligations", "Due dates", "Activities", "Attendance", "About"]
    assert "left out people: --country: is no filter of people" in found.err
    assert "left out agreements: --kind: 'training' is no kind of agreements" in found.err
    assert {row[1] for row in rows_of(book("x.xlsx")["Obligations"])} <= set(
        examples.refs("agreements", "--country", "PA")
    )
    about = {row[0].value: row[1].value for row in book("x.xlsx")["About"].iter_rows()}
    assert about["Filters"] == "country PA, kind training"


def test_folder_of_csv(examples: Tracker) -> None:
    examples("export", "--format", "csv", "-o", "lists/")
    assert sorted(path.name for path in Path("lists").iterdir()) == sorted(
        f"{name.lower().replace(' ', '-')}.csv" for name in TABLES.values()
    )
    for line, name in TABLES.items():
        text = Path(f"lists/{name.lower().replace(' ', '-')}.csv").read_text("utf-8")
        assert text == examples(*line.split(), "--format", "csv").out
    examples("export", "obligations", "--format", "csv", "-o", "lists")
    assert "cannot be made" in examples("export", "--format", "csv", "-o", "no/such/", code=2).err


def test_confidential_agreements_are_included_and_marked(small: Tracker) -> None:
    small("edit", "PA-2017-001", "confidentiality=confidential")
    for line in TABLES:
        for row in small.json(*line.split()):
            assert row.get("confidentiality", "confidential") == "confidential"
            assert ("confidentiality" in row) == (line not in ("parties", "people"))
    assert "included" in small("export", "--help").out


BAD = [
    (("people", "--country", "PA"), "--country: is no filter of people: expected one of --party, --text"),
    (("obligations", "--kind", "treaty"), "--kind: 'treaty' is no kind of obligations; expected one of: training"),
    (("agreements", "--status", "in-forc"), "did you mean in-force?"),
    (("--kind", "treatty"), "did you mean treaty?"),
    (("agreements", "--occurrences"), "--occurrences: goes with obligations"),
    (("--attendance", "-o", "x.xlsx"), "--attendance: goes with activities"),
    (("agreements", "--format", "xlsx"), "a workbook goes to a file"),
    (("-o", "x.csv"), "holds one list"),
    (("--format", "jsonl"), "holds one list"),
    (("agreements", "-o", "x.ods"), "does not end in .yaml"),
    (("-o", "x.ods"), "does not end in .yaml"),
    (("agreements", "--excel", "-o", "x.xlsx"), "is about CSV"),
    (("agreements", "--format", "xml"), "is not a format of agreements"),
    (("agreements", "--format", "xlsx", "-o", "folder"), "is a folder"),
    (("agreements", "--as-of", "2017"), "is not a single day"),
    (("deadlines", "--within", "soon"), "is not a length of time"),
    (("agreements", "-o", "no/such.xlsx"), "cannot be written"),
    (("agreements", "-o", "no/such.csv"), "cannot be written"),
    (("agreements", "-o", "a\0.csv"), "is not a file name"),
    (("agreements", "-o", ""), "is not a file name"),
]


@pytest.mark.parametrize(("args", "says"), BAD, ids=[" ".join(args).replace("\0", "NUL") for args, _ in BAD])
def test_bad_values_leave_nothing_behind(examples: Tracker, args: tuple[str, ...], says: str) -> None:
    Path("folder").mkdir()
    before = sorted(Path().iterdir())
    found = examples("export", *args, code=2)
    assert len(found.errors) == 1 and says in found.errors[0]
    assert found.out == ""
    assert sorted(Path().iterdir()) == before
    assert not list(Path("folder").iterdir())


def test_an_unknown_name_keeps_the_old_file(examples: Tracker) -> None:
    Path("x.xlsx").write_text("mine")
    assert "did you mean" in examples("export", "--party", "UNODCC", "-o", "x.xlsx", code=3).err
    assert Path("x.xlsx").read_text() == "mine"


def test_nouns_are_offered_and_told(bare: Tracker) -> None:
    told = bare("export", "--help").out
    assert all(noun in told for noun in NOUNS)
    for name in ("party", "scope", "country", "kind", "status", "state", "responsible", "within", "overdue", "text"):
        assert f"--{name}" in told


# -- the template


@pytest.mark.parametrize("lang", template.LANGUAGES)
def test_template(bare: Tracker, lang: str) -> None:
    found = bare("template", "-o", "t.xlsx", "--lang", lang)
    assert "tracker import t.xlsx --dry-run" in found.err
    made = book("t.xlsx")
    page, lists = made.worksheets
    columns = [row for row in reference_data.table("columns") if row["template"] == "1"]
    assert [cell.value for cell in page[1]] == [row[lang] for row in columns]
    assert page.freeze_panes == "C3"
    assert str(page["A2"].value).startswith("#") and str(page["A3"].value).startswith("#")
    example = {row["field"]: cell for row, cell in zip(columns, page[3], strict=True)}
    assert example["signed"].value == datetime(2017, 5, 18)
    assert example["signed"].number_format == "yyyy-mm-dd"
    assert page.max_row == 3, "no record in it"
    assert not [row for row in CalamineWorkbook.from_path("t.xlsx").get_sheet_by_index(0).to_python()
                if any(row) and not str(row[0]).startswith("#")][1:]  # fmt: skip

    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    places = {row["field"]: cell.column_letter for row, cell in zip(columns, page[1], strict=True)}
    choices = {field: choice(lists, rules[f"{places[field]}4"].formula1) for field in ("kind", "scope", "country")}
    assert choices["kind"] == [row[lang] for row in reference_data.table("kinds")]
    assert choices["scope"] == [row[f"name_{lang}"] for row in reference_data.table("scopes")]
    assert len(choices["country"]) == len(reference_data.countries())
    assert example["kind"].value in choices["kind"]
    assert example["country"].value in choices["country"]
    assert rules[f"{places['signed']}4"].type == "date"
    assert {rule.errorStyle for rule in rules.values()} == {"warning"}


def choice(lists: Any, formula: str) -> list[str]:
    """The values of the range that a list to choose from points to."""
    return [cell.value for row in lists[formula.partition("!")[2].replace("$", "")] for cell in row]


def test_template_needs_a_workbook(bare: Tracker) -> None:
    assert "is no workbook" in bare("template", "-o", "t.csv", code=2).err
    assert "-o FILE.xlsx" in bare("template", code=2).err
    assert "expected one of" in bare("template", "-o", "t.xlsx", "--lang", "pt", code=2).err
    assert not Path("t.csv").exists() and not Path("t.xlsx").exists()


def test_reference_lists_of_sheets() -> None:
    from tracker.models.enums import AgreementKind, RenewalMode

    assert [row["code"] for row in reference_data.table("kinds")] == list(AgreementKind)
    assert {row["code"] for row in reference_data.table("renewals")} == set(RenewalMode)
    columns = reference_data.table("columns")
    for lang in ("en", "es", "fr", "pt"):
        assert all(row[lang].strip() for name in ("columns", "kinds", "renewals") for row in reference_data.table(name))
        headings = [row[lang].casefold() for row in columns]
        assert len(set(headings)) == len(headings)
    assert len({row["field"] for row in columns}) == len(columns)


# -- a second office program


def converted(file: str, to: str, folder: Path) -> Path:
    """The file as LibreOffice writes it in another format; the test is skipped where there is none."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("TRACKER_SECOND_PROGRAMS") == "required":
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), file],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 and "Error" not in done.stderr, done.stderr
    return folder


@pytest.mark.slow
def test_libreoffice_reads_the_same_cells(examples: Tracker, tmp_path: Path) -> None:
    examples("add-agreement", "=1+1", "--ref", "F-1", "--party", "+1", "--party", "@SUM(1)", "--signed", "2017-05")
    examples("add-obligation", "F-1", "=2+2", "--owed-by", "+1", "--due", "2020-01-31")
    examples("export", "-o", "x.xlsx")
    out = tmp_path / "converted"
    # every sheet (-1), as shown, text in quotes: https://wiki.documentfoundation.org, filter options of CSV
    converted("x.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", out)
    for line, name in TABLES.items():
        rows = examples.json(*line.split())
        read = list(csv.reader((out / f"x-{name}.csv").open(encoding="utf-8", newline="")))
        assert read[0] == [key.replace("_", " ").capitalize() for key in rows[0]]
        assert [[as_shown(value) for value in row.values()] for row in rows] == read[1:], name
    assert "=1+1" in [row[1] for row in csv.reader((out / "x-Agreements.csv").open(encoding="utf-8", newline=""))]


def as_shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


@pytest.mark.slow
def test_libreoffice_prints_headings_on_landscape_pages(examples: Tracker, tmp_path: Path) -> None:
    import pypdfium2

    examples("export", "-o", "x.xlsx")
    examples("template", "-o", "t.xlsx", "--lang", "fr")
    pdf = pypdfium2.PdfDocument(converted("x.xlsx", "pdf", tmp_path / "converted") / "x.pdf")
    assert all(page.get_width() > page.get_height() for page in pdf)
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert all("Confidentiality" in text for text in texts[:5])
    assert any("overdue" in text for text in texts)
    made = pypdfium2.PdfDocument(converted("t.xlsx", "pdf", tmp_path / "converted") / "t.pdf")
    assert "Date de signature" in made[0].get_textpage().get_text_bounded()
