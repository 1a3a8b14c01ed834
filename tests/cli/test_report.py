"""tracker report: into files by ending, to stdout, filters, and what cannot be reported."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from cli.running import Tracker

NAMES = {
    "agreement": ("DEMO-WORK-PLAN",),
    "portfolio": (),
    "obligations": (),
    "activities": (),
    "handover": ("Ana Demo Quintero",),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("ending", "begins"), [("md", b"# "), ("html", b"<!"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("docx", b"PK")]
)
def test_formats(examples: Tracker, name: str, ending: str, begins: bytes) -> None:
    args = (name, *NAMES[name])
    found = examples("report", *args, "-o", f"report.{ending}")
    assert found.out == ""
    assert f"wrote report.{ending}" in found.err
    written = Path(f"report.{ending}").read_bytes()
    assert written.startswith(begins)
    if begins == b"PK":
        assert zipfile.ZipFile(f"report.{ending}").testzip() is None
    elif ending != "pdf":
        assert "forged travel documents" in written.decode("utf-8") or name == "portfolio"
        other = "other.bin"
        examples("report", *args, "-o", other, "--format", ending)
        assert Path(other).read_bytes() == written


def test_markdown_goes_to_stdout(examples: Tracker) -> None:
    assert (
        examples("report", "agreement", "demo-work-plan").out
        == examples("report", "agreement", "DEMO-WORK-PLAN", "-o", "-", "--format", "md").out
    )


def test_the_portfolio_of_another_day_is_exact(examples: Tracker) -> None:
    """What was in force on 31 December 2003, in the report and in the listing."""
    found = examples("report", "portfolio", "--as-of", "2003-12-31", "--status", "in-force").out
    rows = examples.json("agreements", "--as-of", "2003-12-31", "--status", "in-force")
    assert f"| Agreements | {len(rows)} |" in found and f"| In force | {len(rows)} |" in found
    assert len(rows) > 2 and all(row["title"] in found for row in rows)
    assert "UN-2000-TIP" in found and "UN-2000-SOM" not in found


def test_a_period_limits_what_is_listed(examples: Tracker) -> None:
    found = examples("report", "activities", "--from", "2026", "--until", "2026-06").out
    assert "Period: 1 January 2026 to 30 June 2026." in found
    assert "| Activities held | 1 |" in found and "DEMO-WORK-PLAN/A4" in found and "DEMO-WORK-PLAN/A2" not in found
    found = examples("report", "obligations", "--from", "2026-03-01", "--until", "2026-12-31").out
    assert "DEMO-WORK-PLAN/O5" in found and "exchange of letters" not in found
    assert "Mar 2026" in found and "Jan 2027" not in found
    found = examples("report", "portfolio", "--until", "2028-12-31").out
    assert "Expiring and notice days to 31 December 2028" in found and "9 Sep 2028" in found
    found = examples("report", "agreement", "DEMO-WORK-PLAN", "--from", "2026-01-01").out
    assert "First meeting of the focal points" not in found and "Second workshop" in found


def test_a_far_period_is_derived_first(small: Tracker) -> None:
    """Due dates of an open-ended series reach as far as the report asks."""
    small("edit", "PA-2017-001/O1", "due=every year on 31 March from 2018")
    small("edit", "PA-2017-001", "duration=", "indefinite=true")
    found = small("report", "obligations", "--from", "2040-01-01", "--until", "2040-12-31").out
    assert "Mar 2040" in found


def test_filters_of_the_follow_up(examples: Tracker) -> None:
    assert "| Institutions | 2 |" in examples("report", "activities", "--text", "information on smuggling").out
    found = examples("report", "obligations", "--responsible", "Rosa Demo Batista").out
    assert "| Obligations | 1 |" in found and "Limited to responsible Rosa Demo Batista." in found
    found = examples("report", "obligations", "--agreement", "demo-work-plan", "--party", "SENAFRONT").out
    assert "Limited to party SENAFRONT and agreement DEMO-WORK-PLAN." in found
    assert {"DEMO-WORK-PLAN/O3", "DEMO-WORK-PLAN/O5", "DEMO-WORK-PLAN/O6"} == set(
        re.findall(r"DEMO-WORK-PLAN/O\d", found)
    )
    assert "No obligations pass the filters." in examples("report", "obligations", "--kind", "grant-agreement").out
    assert "No activities pass the filters." in examples("report", "activities", "--country", "IT").out


def test_small_numbers_are_hidden(examples: Tracker) -> None:
    shown = examples("report", "activities").out
    hidden = examples("report", "activities", "--hide-below", "5").out
    assert "| IOM · DEMO-WORK-PLAN/A1 and DEMO-WORK-PLAN/A3 | 2 | 4 | 3 |" in shown
    assert "| 2 | \\* | \\* | " in hidden and "is hidden: one below 5" in hidden
    rows = [line.strip("| ").split(" | ") for line in hidden.splitlines() if line.count("|") == 8]
    assert len(rows) > 10 and not {"1", "2", "3", "4"} & {cell for row in rows for cell in row[2:]}


def test_the_template_goes_out_and_comes_back(examples: Tracker) -> None:
    assert "wrote own.docx" in examples("report", "--write-template", "own.docx").err
    examples("report", "portfolio", "--template", "own.docx", "-o", "with.docx")
    examples("report", "portfolio", "-o", "without.docx")
    assert Path("with.docx").read_bytes() == Path("without.docx").read_bytes()


def test_fields_are_listed(bare: Tracker) -> None:
    found = bare("report", "obligations", "--list-fields").out
    assert "report.overdue[].due_on" in found and "sections[].heading" in found
    every = bare("report", "--list-fields").out
    assert [line.split(":")[0] for line in every.splitlines() if line[:1].strip()] == list(NAMES)


def test_filters_of_the_portfolio(examples: Tracker) -> None:
    found = examples("report", "portfolio", "--country", "PA").out
    for row in examples.json("agreements"):
        assert (row["title"] in found) == ("PA" in row["countries"]), row["ref"]


@pytest.mark.parametrize("ref", ["DEMO-WORK-PLAN", "AR-UY-2006", "IT-LY-2017", "UN-2000-TIP"])
def test_every_kind_of_example_has_a_sheet(examples: Tracker, ref: str) -> None:
    examples("report", "agreement", ref)


@pytest.mark.parametrize("ending", ["md", "html", "xlsx"])
@pytest.mark.parametrize("what", ["document", "figure", "note", "contact"])
def test_part_of_which_little_is_known(small: Tracker, what: str, ending: str) -> None:
    Path("letter.txt").write_text("Dear Minister", encoding="utf-8")
    if what == "document":
        small("add-document", "PA-2017-001", "letter.txt")
    elif what == "figure":
        small("add-figure", "PA-2017-001", "people", "3")
    else:
        part = "notes: [{text: without a day}]" if what == "note" else "contacts: [{name: Nobody in particular}]"
        small("import", "-", typed=f"ref: X-1\ntitle: X\n{part}\n")
    small("report", "agreement", "PA-2017-001" if what in ("document", "figure") else "X-1", "-o", f"sheet.{ending}")


BAD = [
    (("agreemnt", "PA-2017-001"), 2, "did you mean agreement"),
    (("agreement", "PA-2017-002"), 3, "did you mean PA-2017-001"),
    (("agreement",), 2, "REF"),
    ((), 2, "NAME"),
    (("portfolio", "PA-2017-001"), 2, "REF"),
    (("agreement", "PA-2017-001", "--country", "PA"), 2, "--country"),
    (("portfolio", "--format", "htm"), 2, "did you mean html"),
    (("portfolio", "--format", "xlsx"), 2, "-o FILE.xlsx"),
    (("portfolio", "-o", "x.odt"), 2, "--output"),
    (("portfolio", "-o", "missing/x.html"), 2, "cannot be written"),
    (("portfolio", "-o", "folder", "--format", "md"), 2, "is a folder"),
    (("portfolio", "--title", "a\x1bb"), 2, "U+001B"),
    (("portfolio", "--party", "Nobody at all"), 3, "Nobody at all"),
    (("portfolio", "--as-of", "03/04/2017"), 2, "2017-04-03"),
    (("portfolio", "--from", "2018-02", "--until", "2018-01-31"), 2, "lies before"),
    (("portfolio", "--from", "unknown"), 2, "--from"),
    (("portfolio", "--hide-below", "5"), 2, "activities only"),
    (("activities", "--hide-below", "1"), 2, "--hide-below"),
    (("handover",), 2, "PERSON"),
    (("handover", "Ana Castilo"), 3, "did you mean Ana Castillo"),
    (("handover", "Ana Castillo", "--responsible", "Ana Castillo"), 2, "--responsible"),
    (("portfolio", "--template", "own.docx", "-o", "x.pdf"), 2, "--template"),
    (("portfolio", "--template", "missing.docx", "-o", "x.docx"), 2, "missing.docx"),
    (("portfolio", "--template", "tracker.db", "-o", "x.docx"), 2, "not a Word document"),
    (("portfolio", "-f", "pdf"), 2, "-o FILE.pdf"),
    (("nothing", "--list-fields"), 2, "no report"),
]


@pytest.mark.parametrize(("given", "code", "said"), BAD, ids=[" ".join(given)[:50] for given, _, _ in BAD])
def test_what_cannot_be_reported(small: Tracker, given: tuple[str, ...], code: int, said: str) -> None:
    Path("folder").mkdir()
    before = small.rows()
    found = small("report", *given, code=code)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said in found.err
    assert small.rows() == before
    assert sorted(path.name for path in Path().iterdir()) == ["folder", "home", "tracker.db"]


def test_markup_in_a_title_stays_text(small: Tracker) -> None:
    ref = small("add-agreement", "<script>alert(1)</script> {{7*7}} =1+1").out.split()[1]
    small("report", "agreement", ref, "-o", "sheet.html")
    text = Path("sheet.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "{{7*7}}" in text
