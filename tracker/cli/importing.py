"""``tracker import``: record files and registers (spreadsheets), told apart by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, records, register, values
from tracker.errors import BadFile, BadInput
from tracker.exchange import delimited_file, workbook_file
from tracker.exchange.register.profile import Profile
from tracker.exchange.source import ENDINGS as RECORD_ENDINGS

SHEETS = (*delimited_file.ENDINGS, *workbook_file.ENDINGS)


def import_(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A record file or a spreadsheet; '-' reads YAML records from stdin."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Record files: put records that exist in the place of what is recorded.")
    ] = False,
    new_party: options.NewParty = False,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD|PROFILE",
            help="Spreadsheets: what a column is, or a profile. Repeatable.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Spreadsheets: leave this column out, as well from notes. Repeatable."),
    ] = None,
    date_order: Annotated[
        list[str] | None,
        typer.Option(metavar="[COLUMN=]ORDER", help="Spreadsheets: dmy, mdy or ymd, for all columns or one."),
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(metavar="SIGN", help="Spreadsheets: the sign before decimals: comma or point.")
    ] = None,
    default: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE",
            help="Spreadsheets: for rows without one: parties=IOM, in_force='on signature'. Repeatable.",
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="Spreadsheets: the sheet to read.")] = None,
    heading_row: Annotated[
        int | None,
        typer.Option(min=0, metavar="ROW", help="Spreadsheets: the row of the headings; 0: there is none."),
    ] = None,
    separator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Text files: comma, semicolon, tab or bar.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar="NAME", help="Text files: such as utf-8, cp1252 or latin-1.")
    ] = None,
    save_profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Spreadsheets: keep what was said of the file for the next one.")
    ] = None,
    errors: Annotated[
        str | None,
        typer.Option(metavar="FILE.xlsx", help="Spreadsheets: write the sheet back with what is wrong marked in it."),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Spreadsheets: record the good rows and leave the others.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Spreadsheets: ask nothing.")] = False,
    format_name: options.Format = None,
) -> None:
    """Bring in agreements from record files (YAML, JSON) or a spreadsheet (XLSX, ODS, CSV, TSV), all or nothing.

    Examples:

      tracker import agreements.yaml --dry-run

      tracker import register.xlsx --dry-run

      tracker import register.csv --map "EXPIRY=ends" --date-order dmy --default parties=IOM --save-profile ours
    """
    name = values.required(file, "File", "FILE")
    if not name.strip():
        raise BadInput("FILE", "", "is empty: expected the name of a file")
    ending = Path(name).suffix.lower()
    if ending not in SHEETS:
        if name != "-" and ending not in RECORD_ENDINGS and Path(name).is_file():
            expected = ", ".join((*RECORD_ENDINGS, *SHEETS))
            raise BadFile(name, f"is neither a record file nor a spreadsheet: expected one of {expected}")
        for flag, value in (("--map", map_), ("--default", default), ("--errors", errors), ("--skip-bad", skip_bad)):
            if value:
                raise BadInput(flag, "", "is for spreadsheets, and this is a record file")
        records.import_records(ctx, name, dry_run=dry_run, update=update, new_party=new_party)
        return
    if update:
        raise BadInput(
            "--update", "", "is for record files: what a spreadsheet says differently is shown as a conflict"
        )
    said = Profile(
        sheet=sheet,
        heading_row=heading_row,
        separator=separator,
        encoding=encoding,
        ignore=tuple(ignore or ()),
        decimal=decimal,
    )
    register.bring_in(
        ctx,
        Path(name),
        register.Wanted(
            profile=register.profile_of(said, map_ or [], date_order or [], default or []),
            dry_run=dry_run,
            new_party=new_party,
            save_profile=save_profile,
            errors=Path(errors) if errors else None,
            skip_bad=skip_bad,
            ask=not yes,
            format_name=format_name,
        ),
    )
