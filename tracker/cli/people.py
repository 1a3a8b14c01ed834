"""``tracker people`` and ``tracker add-person``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.writing import write

SHAPE = output.Shape(
    noun="people",
    columns=(
        ("ref", "ref"),
        ("name", "name"),
        ("office", "office"),
        ("party", "party"),
        ("email", "e-mail"),
        ("phone", "phone"),
        ("agreements", "agreements"),
        ("obligations", "obligations"),
    ),
    wraps=frozenset({"name", "office", "party"}),
)


def people(
    ctx: typer.Context,
    party: options.PartyFilter = None,
    text: options.TextFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List signatories, contacts and those responsible, with what they answer for."""
    with reader(ctx) as rows:
        given = filters.values(rows, values.day(None), party=party, text=text)
        found = rows.rows("people", **given)
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_person(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The person's name.")] = None,
    office: Annotated[str | None, typer.Option(metavar="TEXT", help="The office held today.")] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help="The e-mail address.")] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help="The telephone number.")] = None,
    party: Annotated[
        str | None,
        typer.Option(metavar="PARTY", help="The party the person belongs to.", autocompletion=complete.parties),
    ] = None,
    new_party: options.NewParty = False,
) -> None:
    """Record a person.

    Examples:

      tracker add-person "Ana Castillo" --office "Programme officer" --email ana@example.org --party IOM
    """
    data = {"name": values.required(name, "Name", "NAME"), "office": office, "email": email, "phone": phone}
    part = values.part("PersonPart", data | {"party": party}, {"name": "NAME"})
    write(ctx, lambda session: actions.people.add(session, part, insist=new_party))
