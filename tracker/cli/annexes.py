"""``tracker add-link``, ``add-note`` and ``add-figure``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli import complete, options, values
from tracker.cli.writing import write
from tracker.models.enums import LinkKind


def add_link(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    kind: Annotated[LinkKind | None, typer.Argument(metavar="MEANING", help="amends, extends, replaces ...")] = None,
    target: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="The other agreement.", autocompletion=complete.agreements),
    ] = None,
) -> None:
    """Say that an agreement amends, extends, replaces, implements or terminates another.

    An agreement that replaces another ends it on the day it enters into force.

    Examples:

      tracker add-link DEMO-WORK-PLAN implements IOM-PA-MINSEG
    """
    ref = values.required(ref, "Agreement", "REF")
    meaning = values.required(kind, f"Meaning ({', '.join(LinkKind)})", "MEANING")
    part = values.part("LinkPart", {str(meaning): values.required(target, "Other agreement", "OTHER")})
    write(ctx, lambda session: actions.annexes.add_link(session, ref, part, config.today()))


def add_note(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The remark.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Its day; today where left out.")] = None,
) -> None:
    """Add a dated remark to an agreement.

    Examples:

      tracker add-note PA-2017-001 "The ministry asked for a new annex"
    """
    ref = values.required(ref, "Agreement", "REF")
    data = {
        "text": values.required(text, "Remark", "TEXT"),
        "on": values.written("today" if on is None else on, "--on"),
    }
    part = values.part("NotePart", data, {"text": "TEXT"})
    write(ctx, lambda session: actions.annexes.add_note(session, ref, part))


def add_figure(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="What is counted.")] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The number.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="Its unit: persons, USD ...")] = None,
    period: Annotated[str | None, typer.Option(metavar="DATE", help="The year, month or day it is of.")] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="Who says so.")] = None,
) -> None:
    """Add a figure an agreement rests on or is measured by.

    Examples:

      tracker add-figure PA-2017-001 "officials trained" 120 --unit persons --period 2018
    """
    ref = values.required(ref, "Agreement", "REF")
    data = {
        "what": values.required(what, "What is counted", "WHAT"),
        "value": values.required(value, "Number", "VALUE"),
        "unit": unit,
        "period": values.written(period, "--period"),
        "source": source,
    }
    part = values.part("FigurePart", data, {"what": "WHAT", "value": "VALUE"})
    write(ctx, lambda session: actions.annexes.add_figure(session, ref, part))
