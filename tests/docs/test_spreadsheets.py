"""The page on spreadsheets shows the register that comes with the program, and every field that a column can be."""

from docs.console import steps
from docs.test_commands import ROOT
from tracker import paths
from tracker.exchange.register.headings import fields


def test_the_register_of_the_page_is_the_one_that_comes_with_the_program() -> None:
    [file] = [step for step in steps(ROOT / "docs" / "spreadsheets.md") if step.file]
    assert file.file == "register.csv"
    assert "\n".join(file.shown) + "\n" == (paths.EXAMPLES / "register.csv").read_text(encoding="utf-8")


def test_the_page_names_every_field() -> None:
    page = (ROOT / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    assert [name for name in fields() if f"|`{name}`|" not in page] == []
