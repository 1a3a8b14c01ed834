"""``tracker scopes`` and ``tracker add-scope``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.writing import write
from tracker.errors import BadInput

SHAPE = output.Shape(
    noun="scope areas",
    columns=(
        ("indented", "code"),
        ("name_en", "English"),
        ("name_es", "Spanish"),
        ("name_fr", "French"),
        ("gcm", "Global Compact"),
        ("sdg", "SDG"),
        ("dac", "DAC"),
        ("agreements", "agreements"),
    ),
    flags=frozenset({"builtin"}),
    wraps=frozenset({"name_en", "name_es", "name_fr"}),
)


def scopes(
    ctx: typer.Context,
    text: options.TextFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List scope areas with their Global Compact objectives, SDG targets and DAC purpose codes."""
    with reader(ctx) as rows:
        found = rows.rows("scopes", **filters.values(rows, values.day(None), text=text))
    chosen = output.format_of(format_name, out)
    for row in found:
        depth = row.pop("depth")
        if chosen not in ("json", "jsonl", "csv"):
            row["indented"] = ("" if sort else "  " * depth) + row["code"]
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_scope(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="Small letters, digits and -.")] = None,
    name_en: Annotated[
        str | None, typer.Option("--name-en", "--name", metavar="TEXT", help="Its English name.")
    ] = None,
    name_es: Annotated[str | None, typer.Option(metavar="TEXT", help="Its Spanish name.")] = None,
    name_fr: Annotated[str | None, typer.Option(metavar="TEXT", help="Its French name.")] = None,
    parent: Annotated[
        str | None, typer.Option(metavar="SCOPE", help="The area above it.", autocompletion=complete.scopes)
    ] = None,
    gcm: Annotated[str | None, typer.Option(metavar="N", help="Global Compact objective.")] = None,
    sdg: Annotated[str | None, typer.Option(metavar="N.N", help="SDG target.")] = None,
    dac: Annotated[str | None, typer.Option(metavar="CODE", help="DAC purpose code.")] = None,
) -> None:
    """Add a scope area of your own.

    Examples:

      tracker add-scope darien-corridor --name "Darien corridor" --parent border-management
    """
    if parent is not None and not parent.strip():
        raise BadInput("--parent", "", "is empty: expected a scope area")
    data = {
        "code": values.required(code, "Code", "CODE"),
        "name_en": values.required(name_en, "English name", "--name TEXT"),
        "name_es": name_es,
        "name_fr": name_fr,
        "gcm": gcm,
        "sdg": sdg,
        "dac": dac,
    }
    area = values.part("ScopePart", data, {"code": "CODE", "name_en": "--name"}).model_dump()
    write(ctx, lambda session: actions.scopes.add(session, area, parent))
