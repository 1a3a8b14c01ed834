"""``tracker template``: a workbook to be filled in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tracker import config, exchange
from tracker.cli import output, values
from tracker.errors import BadInput


class Language(StrEnum):
    """The languages of the template."""

    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"


def template(
    out: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The workbook to make: FILE.xlsx.")
    ] = None,
    lang: Annotated[
        Language, typer.Option("--lang", help="The language of its headings and lists.")
    ] = Language.ENGLISH,
) -> None:
    """Make a workbook to be filled in and brought in: headings, lists to choose from, notes and an example.

    Rows that begin with # are left out when it is brought in.

    Examples:

      tracker template -o agreements.xlsx

      tracker template -o convenios.xlsx --lang es
    """
    name = values.required(out, "File", "-o FILE.xlsx")
    if Path(name).suffix.lower() != ".xlsx":
        raise BadInput("--output", name, "is no workbook: expected FILE.xlsx")
    with output.whole_file(Path(name)) as draft:
        exchange.template.write(draft, lang.value, config.today())
    typer.echo(f"wrote {name}", err=True)
    typer.echo(f"next: fill it in, then: tracker import {name} --dry-run", err=True)
