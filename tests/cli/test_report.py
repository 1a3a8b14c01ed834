"""tracker report: into files by ending, to stdout, filters, and what cannot be reported."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cli.running import Tracker


@pytest.mark.parametrize("name", ["agreement", "portfolio"])
@pytest.mark.parametrize(("ending", "begins"), [("md", b"# "), ("html", b"<!"), ("xlsx", b"PK")])
def test_formats(examples: Tracker, name: str, ending: str, begins: bytes) -> None:
    args = (name, "DEMO-WORK-PLAN") if name == "agreement" else (name,)
    found = examples("report", *args, "-o", f"report.{ending}")
    assert found.out == ""
    assert f"wrote report.{ending}" in found.err
    written = Path(f"report.{ending}").read_bytes()
    assert written.startswith(begins)
    if ending == "xlsx":
        assert zipfile.ZipFile(f"report.{ending}").testzip() is None
    else:
        assert "Demonstration" in written.decode("utf-8")
        other = "other.bin"
        examples("report", *args, "-o", other, "--format", ending)
        assert Path(other).read_bytes() == written


def test_markdown_goes_to_stdout(examples: Tracker) -> None:
    assert (
        examples("report", "agreement", "demo-work-plan").out
        == examples("report", "agreement", "DEMO-WORK-PLAN", "-o", "-", "--format", "md").out
    )


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
