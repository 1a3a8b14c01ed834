"""Prints rows: aligned tables for people, JSON as a promise, CSV and every tabulate format; to stdout or a file."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import typer

from tracker.cli import tables
from tracker.errors import BadFile, BadInput
from tracker.exchange.rows_file import WRITERS
from tracker.exchange.table import Table
from tracker.store import neighbours
from tracker.store.reader import split

Row = dict[str, Any]

_OWN = ("table", "json", "jsonl", "csv", "markdown")
_TABULATE = tuple(
    """plain simple github grid simple_grid rounded_grid heavy_grid mixed_grid double_grid fancy_grid outline
    colon_grid simple_outline rounded_outline heavy_outline mixed_outline double_outline fancy_outline pipe orgtbl
    jira presto pretty psql rst mediawiki moinmoin youtrack html unsafehtml latex latex_raw latex_booktabs
    latex_longtable textile tsv asciidoc""".split()  # noqa: SIM905 (a list of 40 lines says less)
)
FORMATS = (*_OWN, *_TABULATE)
_EXTENSIONS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".tsv": "tsv",
    ".rst": "rst",
    ".tex": "latex",
    ".txt": "table",
}


@dataclass(frozen=True)
class Shape:
    """How the rows of one noun are printed: the columns of its table (key and heading), which keys hold lists,
    yes and no, or dates as written, and which may wrap on a narrow terminal."""

    noun: str
    columns: Sequence[tuple[str, str]]
    lists: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    wraps: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset({"id"})


def format_of(name: str | None, output: str | None) -> str:
    """The format asked for, else the one of the file's extension, else ``table``. Raises BadInput with the nearest."""
    if name is None:
        return _EXTENSIONS.get(Path(output).suffix.lower(), "table") if output and output != "-" else "table"
    if name not in FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(name, FORMATS, n=1)
        expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(FORMATS)}"
        raise BadInput("--format", name, f"is not a format; {expected}")
    return name


def show(
    rows: Iterable[Row],
    shape: Shape,
    *,
    format_name: str | None,
    output: str | None,
    sort: str | None = None,
    limit: int | None = None,
    dress: Callable[[str, bool], str] | None = None,
) -> None:
    """Print rows in the format asked for; an empty table says so on stderr.

    ``dress`` may put the last touch on the text; it is told whether colours are shown. Formats for programs are written
    row by row, as they are read; a table has to know all its rows.
    """
    chosen = format_of(format_name, output)
    rows = typed(rows, shape.lists, shape.flags, shape.hidden)
    if sort:
        rows = iter(_sorted(list(rows), sort))
    rows = islice(rows, None if limit is None else min(limit, sys.maxsize))
    if chosen in WRITERS:
        _write_rows(rows, shape, chosen, output)
        return
    first = next(rows, None)
    if first is None and chosen == "table":
        typer.echo(f"no {shape.noun}", err=True)
        write("", output)
        return
    width = terminal_width(output)
    pieces = render(chain(() if first is None else (first,), rows), shape, chosen, width)
    if dress is not None:
        pieces = [dress("".join(pieces), width is not None and not os.environ.get("NO_COLOR"))]
    write_pieces(pieces, output)


def _write_rows(rows: Iterator[Row], shape: Shape, chosen: str, output: str | None) -> None:
    """Write rows one by one, as CSV or JSON, to stdout or a file that is there once it is whole."""
    first = next(rows, None)
    keys = tuple(key for key, _ in shape.columns) if first is None else tuple(first)
    table = Table(shape.noun, keys, rows if first is None else chain((first,), rows))
    if output in (None, "-"):
        WRITERS[chosen](table, sys.stdout)
        sys.stdout.flush()
        return
    with whole_file(Path(output or "")) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        WRITERS[chosen](table, file)


def render(
    rows: Iterable[Row], shape: Shape, chosen: str, width: int | None = None, *, coloured: bool = True
) -> Iterable[str]:
    """The rows as a table, piece by piece; ``table`` is fitted to ``width`` columns, and ``coloured`` only where there
    is a width."""
    headings = [heading for _, heading in shape.columns]
    if chosen == "table":
        wraps = [place for place, (key, _) in enumerate(shape.columns) if key in shape.wraps]
        return tables.table(headings, _cells(rows, shape), wraps, width, coloured=coloured)
    from tabulate import tabulate

    cells = list(_cells(rows, shape))
    style = {"markdown": "github"}.get(chosen, chosen)
    if style in ("github", "pipe", "jira", "orgtbl", "textile", "mediawiki", "asciidoc", "youtrack"):
        cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in cells]
    return [tabulate(cells, headings, tablefmt=style, disable_numparse=True) + "\n"]


def _cells(rows: Iterable[Row], shape: Shape) -> Iterator[list[str]]:
    """The rows as a table shows them."""
    keys = [key for key, _ in shape.columns]
    return ([cell if type(cell := row[key]) is str else _cell(_shortened(cell)) for key in keys] for row in rows)


def write(text: str, output: str | None) -> None:
    """Print to stdout, or write a file whole: under a temporary name, then renamed. Raises BadFile."""
    write_pieces([text], output)


def write_pieces(pieces: Iterable[str], output: str | None) -> None:
    """As ``write``, a text that is made piece by piece.

    Bytes of a damaged database that are no text (``verify``, ``history --at``) are shown as escapes.
    """
    encoded = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    if output in (None, "-"):
        for piece in encoded:
            sys.stdout.write(piece.decode("utf-8"))
        sys.stdout.flush()
        return
    write_file(Path(output or ""), encoded)


def must_be_writable(path: Path) -> None:
    """Raises BadFile for a folder, a missing folder, one that cannot be written, or what is never written over: before
    anything is done."""
    neighbours.must_not_be_replaced(path)
    if path.is_dir():
        raise BadFile(path, "is a folder: expected a file name")
    wrong = None if path.parent.is_dir() else errno.ENOENT
    if wrong or not os.access(path.parent, os.W_OK):
        raise BadFile(path, f"cannot be written: {os.strerror(wrong or errno.EACCES)}")


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all, also in pieces. Raises BadFile for a folder, a missing folder, or no
    permission."""
    with whole_file(path) as draft, draft.open("wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A draft beside ``path`` to write to; it takes the file's place once all is written, and is gone otherwise.

    Raises BadFile for a folder, a missing folder, no permission, or a database or kept file.
    """
    if "\0" in str(path) or not path.name:
        raise BadFile(repr(str(path)), "is not a file name")
    neighbours.must_not_be_replaced(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_dir():
            raise BadFile(path, "is a folder: expected a file name")
        yield draft
        draft.replace(path)
    except OSError as error:
        raise BadFile(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def typed(
    rows: Iterable[Row], lists: Collection[str], flags: Collection[str] = (), hidden: Collection[str] = ()
) -> Iterator[Row]:
    """Rows with the values that JSON promises: lists where the query joined texts, true and false where 1 and 0.

    The rows themselves are changed, each when it is asked for.
    """
    for row in rows:
        for key in hidden:
            row.pop(key, None)
        for key in lists:
            if key in row:
                row[key] = split(row[key])
        for key in flags:
            if key in row:
                row[key] = bool(row[key])
        yield row


def render_json(values: Any) -> str:
    """Values as JSON for people and programs: indented, in UTF-8."""
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def terminal_width(output: str | None) -> int | None:
    """The columns of the terminal that is written to; None where it is a file or a pipe."""
    on_terminal = output in (None, "-") and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if on_terminal else None


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    key, descending = sort.lstrip("-"), sort.startswith("-")
    if rows and key not in rows[0]:
        from difflib import get_close_matches

        near = get_close_matches(key, list(rows[0]), n=1)
        expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(rows[0])}"
        raise BadInput("--sort", key, f"is not a column; {expected}")
    known = [row for row in rows if row[key] not in (None, [])]
    unknown = [row for row in rows if row[key] in (None, [])]
    known.sort(
        key=lambda row: row[key] if isinstance(row[key], int) else _cell(row[key]).casefold(), reverse=descending
    )
    return known + unknown


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(value) if isinstance(value, list) else str(value)


def _shortened(value: Any) -> Any:
    """A long list as a table shows it: the first three and how many more; CSV and JSON have them all."""
    if isinstance(value, list) and len(value) > 5:
        return [*value[:3], f"and {len(value) - 3} more"]
    return value
