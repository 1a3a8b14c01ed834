"""``tracker parties`` and ``tracker add-party``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.writing import write
from tracker.models.enums import PartyKind

SHAPE = output.Shape(
    noun="parties",
    columns=(
        ("ref", "ref"),
        ("acronym", "acronym"),
        ("name", "name"),
        ("kind", "kind"),
        ("country", "country"),
        ("part_of", "part of"),
        ("agreements", "agreements"),
    ),
    lists=frozenset({"former_names", "other_names"}),
    wraps=frozenset({"name", "part_of"}),
)


def parties(
    ctx: typer.Context,
    party: options.PartyFilter = None,
    kind: Annotated[PartyKind | None, typer.Option(help="Only of this kind.")] = None,
    country: options.CountryFilter = None,
    text: options.TextFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List organisations and States, with the number of agreements they take part in."""
    with reader(ctx) as rows:
        given = filters.values(rows, values.day(None), party=party, country=country, text=text, kind=kind)
        found = rows.rows("parties", **given)
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_party(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Its name.")] = None,
    acronym: Annotated[str | None, typer.Option(metavar="TEXT", help="Its acronym.")] = None,
    kind: Annotated[PartyKind | None, typer.Option(help="What kind of party it is.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CC", help="Its country.")] = None,
    part_of: Annotated[
        str | None,
        typer.Option(metavar="PARTY", help="The party it belongs to.", autocompletion=complete.parties),
    ] = None,
    former_name: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A name it had before.")] = None,
    other_name: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Another name it has.")] = None,
    new_party: options.NewParty = False,
) -> None:
    """Record an organisation or State.

    Examples:

      tracker add-party "Servicio Nacional de Fronteras" --acronym SENAFRONT --kind agency --country PA
    """
    data = {
        "name": values.required(name, "Name", "NAME"),
        "acronym": acronym,
        "kind": kind,
        "country": values.code_of_country(country) if country is not None else None,
        "part_of": part_of,
        "former_names": former_name,
        "other_names": other_name,
    }
    flags = {"name": "NAME", "former_names": "--former-name", "other_names": "--other-name"}
    description = values.part("PartyDescription", data, flags)
    write(ctx, lambda session: actions.parties.add(session, description, insist=new_party))
