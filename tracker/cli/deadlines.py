"""``tracker deadlines``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tracker import config
from tracker.cli import filters, options, output, values
from tracker.cli.context import reader
from tracker.models.enums import AgreementKind, Status

SHAPE = output.Shape(
    noun="deadlines",
    columns=(
        ("on", "on"),
        ("days_left", "days left"),
        ("state", "state"),
        ("kind", "kind"),
        ("ref", "ref"),
        ("what", "what"),
        ("responsible", "responsible"),
    ),
    days=frozenset({"on"}),
    wraps=frozenset({"what", "responsible"}),
)
DEFAULT_WINDOW = "90d"


class FailOn(StrEnum):
    """What makes ``deadlines`` end with exit code 1."""

    OVERDUE = "overdue"
    ANY = "any"


def deadlines(
    ctx: typer.Context,
    within: Annotated[
        str, typer.Option("--within", metavar="TIME", help="How far to look ahead: 30d, 6m, 1y.")
    ] = DEFAULT_WINDOW,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    agreement: options.AgreementFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of agreements of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only of agreements with this status.")] = None,
    responsible: options.ResponsibleFilter = None,
    mine: Annotated[
        bool, typer.Option("--mine", help="Only what you answer for (TRACKER_PERSON, or person in the configuration).")
    ] = False,
    overdue: options.Overdue = False,
    text: options.TextFilter = None,
    as_of: options.AsOf = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit code 1 when there is such a one; for scripts.")
    ] = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List what falls due: obligations, notice days, renewals, expiries, entries into force, activities.

    What is overdue and not done comes first; days left are counted from the day looked from.

    Examples:

      tracker deadlines --within 30d

      tracker deadlines --within 1y --as-of 2018-01-01 --format json

      tracker deadlines --mine --fail-on overdue
    """
    day = values.day(as_of)
    end = values.day(filters.end_of_window(within, day))
    with reader(ctx, until=end, flag="--within" if as_of is None else "--as-of") as rows:
        given = filters.values(
            rows,
            day,
            party=party,
            scope=scope,
            country=country,
            agreement=agreement,
            responsible=config.person() if mine else responsible,
            text=text,
            within=within,
            overdue=overdue,
            kind=kind,
            status=status,
        )
        found = rows.last("deadlines", **given, limit=None if sort or fail_on else limit)
        if fail_on is not None:
            every = list(found)
            failed = any(fail_on is FailOn.ANY or row["state"] == fail_on.value for row in every)
            found = iter(every)
        output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)
    if fail_on is not None and failed:
        raise typer.Exit(1)
