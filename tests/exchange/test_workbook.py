"""Workbooks and CSV of rows: read back by a second program, cell by cell, hostile texts among them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from ruamel.yaml import YAML

from tracker.exchange import rows_file, workbook
from tracker.exchange.safe_text import spreadsheet_safe, text_of_cell
from tracker.exchange.table import Table

from .generated import HOSTILE

DAY = date(2026, 11, 24)
BOMB = '<r><t>x</t></r></is></c><c r="C2"><f>1+1</f></c><c t="inlineStr"><is><r><t>y</t></r>'
FORMULAS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "'=1", '"=1', "|x", "%x", "＝1", "＋1", "－1", "＠x"),
    *("=cmd|'/c calc'!A1", '=HYPERLINK("http://x")', "{=1}", "=1\n=2", BOMB, "<r></r>", "_x0041_", "http://x.org"),
]
TEXTS = st.one_of(
    st.sampled_from([*FORMULAS, *HOSTILE]),
    st.tuples(st.sampled_from("=+-@\t\r|%＝＋－＠ '\""), st.text(max_size=30)).map("".join),
    st.text(max_size=60),
).map(lambda text: "".join(c for c in text if not "\ud800" <= c <= "\udfff"))
WRITTEN = ["2017-05-18", "1900-03-01", "1900-02-28", "1899-12-31", "2017-05", "2017", "unknown", "9999-12-31", None]


def table(rows: list[dict[str, Any]], **more: Any) -> Table:
    return Table("Things", tuple(rows[0]) if rows else ("ref", "state"), rows, **more)


def made(path: Path, *tables: Table) -> Path:
    workbook.write(tables, path, DAY, [("Looked from", "2026-11-24")])
    return path


def cells(path: Path) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(path)["Things"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=3)), min_size=1, max_size=8))
@example([(BOMB, "=1+1", ["=1", "-x"])])
def test_no_text_is_a_formula_in_a_workbook(tmp_path: Path, texts: list[tuple[str, str, list[str]]]) -> None:
    rows = [{"ref": one, "title": two, "parties": many} for one, two, many in texts]
    path = made(tmp_path / "x.xlsx", table(rows, wraps=frozenset({"title"})))
    inside = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in inside.partition("<sheetData>")[2].partition("</sheetData>")[0]
    sheet = openpyxl.load_workbook(path)["Things"]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "inlineStr", "n"), cell.value
            if isinstance(cell.value, str) and spreadsheet_safe(cell.value) is not cell.value:
                assert cell.quotePrefix, cell.value
    assert len(CalamineWorkbook.from_path(path).get_sheet_by_name("Things").to_python()) <= 1 + len(rows)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)), min_size=1, max_size=5), st.booleans())
def test_no_cell_of_csv_begins_a_formula(texts: list[tuple[str, list[str]]], excel: bool) -> None:
    rows = [{"ref": one, "parties": many} for one, many in texts]
    out = io.StringIO()
    assert rows_file.write_csv(table(rows), out, excel=excel) == len(rows)
    text = out.getvalue()
    assert text.startswith("\ufeff") == excel
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";" if excel else ","))
    assert read[0] == ["ref", "parties"]
    for row, found in zip(rows, read[1:], strict=True):
        for cell in found:
            risky = cell.lstrip(" \"'").startswith(tuple("=+-@|%\t\r＝＋－＠"))
            assert not risky or cell.startswith("'") or _is_number(cell)
        assert text_of_cell(found[0]) == row["ref"]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@given(TEXTS)
def test_the_apostrophe_is_taken_off_again(text: str) -> None:
    assert text_of_cell(spreadsheet_safe(text)) == text


@given(st.lists(st.fixed_dictionaries({"on": TEXTS, "n": st.none() | st.integers(), "many": st.lists(TEXTS)})))
def test_json_and_yaml_give_the_same_rows_back(rows: list[dict[str, Any]]) -> None:
    found = {name: io.StringIO() for name in ("json", "jsonl", "yaml")}
    for name, out in found.items():
        assert rows_file.WRITERS[name](table(rows), out) == len(rows)
    assert json.loads(found["json"].getvalue()) == rows
    assert found["json"].getvalue() == json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    assert [json.loads(line) for line in found["jsonl"].getvalue().split("\n")[:-1]] == rows
    assert YAML(typ="safe", pure=True).load(found["yaml"].getvalue()) == rows


@pytest.mark.parametrize("written", WRITTEN)
def test_days(tmp_path: Path, written: str | None) -> None:
    rows = [{"ref": written, "signed": written, "number": 1}]
    path = made(tmp_path / "x.xlsx", table(rows, days=frozenset({"signed"})))
    as_text, as_day, _ = cells(path)[1]
    assert as_text == written, "a text that looks like a day stays text"
    if written in ("2017-05-18", "1900-03-01", "9999-12-31"):
        assert as_day == datetime.fromisoformat(written or "")
        assert openpyxl.load_workbook(path)["Things"]["B2"].number_format == "yyyy-mm-dd"
    else:
        assert as_day == written


def test_numbers_flags_lists_and_blanks(tmp_path: Path) -> None:
    rows = [{"a": 5, "b": True, "c": ["x", "y"], "d": None, "e": "-5", "f": []}]
    assert cells(made(tmp_path / "x.xlsx", table(rows)))[1] == [5, True, "x; y", None, "-5", None]


def test_a_text_that_is_too_long_says_that_it_is_cut(tmp_path: Path) -> None:
    rows = [{"a": "x" * 32_767}, {"a": "x" * 32_768}, {"a": "👍" * 30_000}]
    _, (whole,), (cut,), (pairs,) = cells(made(tmp_path / "x.xlsx", table(rows)))
    assert whole == "x" * 32_767
    assert len(cut) == 32_767 and cut.endswith("[cut here: 32,768 characters in all; the CSV, JSON and record files "
                                               "have the whole text]")  # fmt: skip
    assert len(pairs.encode("utf-16-le")) // 2 <= 32_767 and pairs.startswith("👍👍") and "30,000" in pairs


def test_how_a_sheet_is_set_up(tmp_path: Path) -> None:
    rows = [{"ref": "A", "state": "overdue"}, {"ref": "B", "state": "pending"}]
    book = openpyxl.load_workbook(made(tmp_path / "x.xlsx", table(rows)))
    assert book.sheetnames == ["Things", "About"]
    sheet = book["Things"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    rules = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for area in sheet.conditional_formatting
             for rule in area.rules if rule.dxf.fill}  # fmt: skip
    assert rules['$B2="overdue"'] == "FFFBE3E0"
    assert [row[1].value for row in book["About"].iter_rows()] == ["2026-11-24", 2]
    assert book.properties.creator == "Tracker"


def test_a_full_sheet_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    path = made(tmp_path / "x.xlsx", table([{"ref": str(number)} for number in range(5)]))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Things", "Things 2", "Things 3", "About"]
    assert [row[0].value for name in book.sheetnames[:3] for row in book[name].iter_rows()] == [
        *("Ref", "0", "1", "Ref", "2", "3", "Ref", "4")
    ]


def test_no_rows_and_the_same_bytes(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a.xlsx", table([])), made(tmp_path / "b.xlsx", table([]))
    assert cells(first) == [["Ref", "State"]]
    assert first.read_bytes() == second.read_bytes()
    for name, expected in (("csv", "ref,state\n"), ("json", "[]\n"), ("jsonl", ""), ("yaml", "[]\n")):
        out = io.StringIO()
        rows_file.WRITERS[name](table([]), out)
        assert out.getvalue() == expected


def test_rows_are_taken_one_by_one(tmp_path: Path) -> None:
    """No writer reads ahead: what was read is written, or at least let go, before the next row is asked for."""
    alive: set[int] = set()

    class Counted(dict[str, Any]):
        def __init__(self, number: int) -> None:
            super().__init__(ref=f"R{number}", title="word " * 40)
            alive.add(id(self))

        def __del__(self) -> None:
            alive.discard(id(self))

    def rows() -> Any:
        for number in range(50):
            yield Counted(number)
            assert len(alive) <= 2

    for name, writer in rows_file.WRITERS.items():
        assert writer(Table("T", ("ref", "title"), rows()), io.StringIO()) == 50, name
    made(tmp_path / "x.xlsx", Table("Things", ("ref", "title"), rows(), wraps=frozenset({"title"})))


def test_a_failure_half_way_leaves_no_file(tmp_path: Path) -> None:
    def rows() -> Any:
        yield {"ref": "A", "state": "overdue"}
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "x.xlsx", Table("Things", ("ref", "state"), rows()))
    assert list(tmp_path.iterdir()) == []
