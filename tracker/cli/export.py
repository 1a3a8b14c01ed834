"""``tracker export``: record files, and the listings as CSV, JSON, YAML or one workbook."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from tracker import exchange
from tracker.cli import complete, deadlines, filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.listings import LISTINGS, NOUNS, Listing, filter_options
from tracker.cli.progress import watched
from tracker.errors import BadFile, BadInput
from tracker.exchange.table import Table

ENDINGS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".xlsx": "xlsx",
}
FORMATS = ("yaml", "json", "jsonl", "csv", "xlsx")
_RECORDS = exchange.writing.FORMATS


@dataclass(frozen=True)
class Asked:
    """What is to be written: a noun or everything, of these agreements, with these filters, as seen on this day."""

    noun: str | None
    refs: tuple[str, ...]
    filters: dict[str, Any]
    flag: str | None
    day: date


def _with_filters(function: Callable[..., None]) -> Callable[..., None]:
    """The command with the filters of all listings as its options, in the place of ``**given``."""
    own = inspect.signature(function, eval_str=True)
    first, *others = (item for item in own.parameters.values() if item.kind is not inspect.Parameter.VAR_KEYWORD)
    what, *rest = others
    function.__signature__ = own.replace(parameters=[first, what, *filter_options(), *rest])  # type: ignore[attr-defined]
    return function


def _words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    nouns = [(noun, "") for noun in NOUNS if noun.startswith(incomplete)]
    return [*nouns, *complete.agreements(ctx, incomplete)]


@_with_filters
def export(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NOUN] [REF ...]", help=f"What: {', '.join(NOUNS)}; of these agreements.", autocompletion=_words
        ),
    ] = None,
    occurrences: Annotated[bool, typer.Option("--occurrences", help="Of obligations: the due dates only.")] = False,
    attendance: Annotated[bool, typer.Option("--attendance", help="Of activities: the attendance only.")] = False,
    as_of: options.AsOf = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV that Excel opens at once: byte order mark, ';' between values.")
    ] = False,
    format_name: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(FORMATS)}; else by the file's ending."),
    ] = None,
    out: options.Output = None,
    **given: Any,
) -> None:
    """Write records, or lists with the filters of the listings.

    Without a noun, YAML and JSON are record files, which import takes; a workbook (XLSX) has a sheet for each noun; CSV
    goes to a folder (-o FOLDER/), a file for each. Confidential agreements are included, and marked so.

    Examples:

      tracker export -o everything.yaml

      tracker export -o register.xlsx --country PA

      tracker export obligations --party IOM --overdue -o overdue.csv --excel
    """
    day = values.day(as_of)
    flag = "occurrences" if occurrences else "attendance" if attendance else None
    asked = _asked(what or [], {name: value for name, value in given.items() if value not in (None, False)}, flag, day)
    form = _format(format_name, out, asked, excel)
    if asked.noun is None and form in _RECORDS:
        _write_records(ctx, asked, form, out)
    else:
        _write_tables(ctx, asked, form, out, excel)


def _asked(words: list[str], given: dict[str, Any], flag: str | None, day: date) -> Asked:
    noun, refs = (words[0], words[1:]) if words and words[0] in NOUNS else (None, words)
    if agreement := given.pop("agreement", None):
        refs = [*refs, agreement]
    if flag and not any(listing.noun == noun and listing.flag == flag for listing in LISTINGS):
        owner = next(listing.noun for listing in LISTINGS if listing.flag == flag)
        raise BadInput(f"--{flag}", "", f"goes with {owner}: tracker export {owner} --{flag}")
    return Asked(noun, tuple(refs), given, flag, day)


def _format(name: str | None, out: str | None, asked: Asked, excel: bool) -> str:
    """The format asked for, else the file's; YAML for records and CSV for lists where neither says. Raises BadInput."""
    to_file = out not in (None, "-")
    ending = Path(out or "").suffix.lower() if to_file and not _is_folder(out) else ""
    if name is not None and name not in FORMATS:
        expected = " or ".join(_RECORDS) if asked.noun is None else ", ".join(FORMATS)
        raise BadInput("--format", name, f"is not a format of {asked.noun or 'records'}: expected {expected}")
    if name is None and ending and ending not in ENDINGS:
        raise BadInput("--output", str(out), f"does not end in {', '.join(ENDINGS)}: give --format or another ending")
    usual = "csv" if asked.noun or excel else "yaml"
    chosen = name or ENDINGS.get(ending, usual)
    if excel and chosen != "csv":
        raise BadInput(
            "--excel", "", f"is about CSV: {chosen} is what Excel needs" if chosen == "xlsx" else "is for CSV"
        )
    if chosen == "xlsx" and not to_file:
        raise BadInput("--output", "", "is missing: a workbook goes to a file, give -o FILE.xlsx")
    if _is_folder(out) and chosen != "csv":
        raise BadInput(
            "--output", str(out), "is a folder: expected a file name, or --format csv for a file of each list"
        )
    if asked.noun is None and chosen in ("csv", "jsonl") and not _is_folder(out):
        expected = f"say of what (tracker export {NOUNS[0]}), or give a folder (--format csv -o FOLDER/)"
        raise BadInput("--format", chosen, f"holds one list: {expected}")
    return chosen


def _is_folder(out: str | None) -> bool:
    return out is not None and (out.endswith("/") or ("\0" not in out and out != "" and Path(out).is_dir()))


def _write_records(ctx: typer.Context, asked: Asked, form: str, out: str | None) -> None:
    agreements = LISTINGS[0]
    if refused := agreements.refusal(asked.filters):
        raise refused
    with reader(ctx, until=asked.day) as rows:
        refs = [filters.agreement_ref(rows, ref) for ref in asked.refs]
        if asked.filters:
            refs = [row["ref"] for row in agreements.table(rows, asked.day, refs, asked.filters).rows]
        elif not refs:
            refs = [row["ref"] for row in rows.rows("record_refs")]
        whole = not (asked.refs or asked.filters)
        documents = exchange.writing.documents(rows, refs, whole=whole)
    if not refs:
        typer.echo("no agreements", err=True)
    output.write(exchange.writing.text(documents, form) if documents else "", out)


def _write_tables(ctx: typer.Context, asked: Asked, form: str, out: str | None, excel: bool) -> None:
    chosen = _chosen(asked, several=form == "xlsx" or _is_folder(out))
    with reader(ctx, until=_horizon(asked, chosen)) as rows:
        tables = [listing.table(rows, asked.day, asked.refs, asked.filters) for listing in chosen]
        tables = [replace(table, rows=watched(table.rows, 0, f"{table.name}:")) for table in tables]
        counts = _write(tables, asked, form, out, excel)
    if out not in (None, "-"):
        said = ", ".join(f"{name.lower()} {count:,}" for name, count in counts.items())
        typer.echo(f"wrote {out}: {said}", err=True)


def _chosen(asked: Asked, *, several: bool) -> list[Listing]:
    """The tables to write; of everything, those that can be filtered as asked. Raises BadInput where none can."""
    found = [item for item in LISTINGS if asked.noun in (None, item.noun) and asked.flag in (None, item.flag)]
    refused = {item.noun: why for item in found if (why := _refusal(item, asked))}
    left = [item for item in found if item.noun not in refused]
    if refused and (asked.noun is not None or not left):
        raise next(iter(refused.values()))
    for noun, why in refused.items():
        typer.echo(f"left out {noun}: {why}", err=True)
    return left if several else left[:1]


def _refusal(listing: Listing, asked: Asked) -> BadInput | None:
    if asked.refs and not listing.by_agreement:
        return BadInput("REF", asked.refs[0], f"is an agreement: {listing.noun} are of several")
    return listing.refusal(asked.filters)


def _horizon(asked: Asked, chosen: list[Listing]) -> date:
    """The last day that any of the tables looks ahead to."""
    windows = [item.filters["within"].default for item in chosen if "within" in item.filters]
    ends = [filters.end_of_window(asked.filters.get("within", usual), asked.day) for usual in windows]
    return max([asked.day, *(date.fromisoformat(end) for end in ends if end)])


def _write(tables: list[Table], asked: Asked, form: str, out: str | None, excel: bool) -> dict[str, int]:
    if form == "xlsx":
        with output.whole_file(Path(str(out))) as draft:
            return exchange.workbook.write(tables, draft, asked.day, _about(asked))
    more = {"excel": True} if excel else {}
    writer = exchange.rows_file.WRITERS[form]
    if out in (None, "-"):
        return {table.name: writer(table, sys.stdout, **more) for table in tables}
    paths = [Path(str(out))]
    if _is_folder(out):
        paths = [_folder(str(out)) / f"{table.stem}.csv" for table in tables]
    counts = {}
    with ExitStack() as files:
        for path, table in zip(paths, tables, strict=True):
            counts[table.name] = writer(table, files.enter_context(_text_file(files, path)), **more)
    return counts


def _text_file(files: ExitStack, path: Path) -> IO[str]:
    return files.enter_context(output.whole_file(path)).open("w", encoding="utf-8", newline="")


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise BadFile(folder, f"cannot be made: {getattr(error, 'strerror', None) or error}") from error
    return folder


def _about(asked: Asked) -> list[tuple[str, str]]:
    said = [f"{name} {value}" if value is not True else name for name, value in asked.filters.items()]
    within = asked.filters.get("within") or deadlines.DEFAULT_WINDOW
    lines = [("Looked from", asked.day.isoformat()), ("Deadlines up to", str(filters.end_of_window(within, asked.day)))]
    if asked.refs:
        lines.append(("Agreements chosen", ", ".join(asked.refs)))
    if said:
        lines.append(("Filters", ", ".join(said)))
    return [*lines, ("Confidential agreements", "included; see the column Confidentiality")]
