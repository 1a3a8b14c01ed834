"""``tracker activities`` and ``tracker add-activity``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from tracker import actions, config
from tracker.cli import filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.writing import write
from tracker.errors import BadInput
from tracker.models.enums import ActivityKind, ActivityStatus

if TYPE_CHECKING:
    from tracker.actions.activities import Fulfils

SHAPE = output.Shape(
    noun="activities",
    columns=(
        ("ref", "ref"),
        ("on", "on"),
        ("state", "state"),
        ("kind", "kind"),
        ("title", "title"),
        ("place", "place"),
        ("women", "women"),
        ("men", "men"),
        ("people", "people"),
    ),
    lists=frozenset({"scopes", "fulfils"}),
    days=frozenset({"on", "until"}),
    wraps=frozenset({"title", "place"}),
)
ATTENDANCE = output.Shape(
    noun="attendance",
    columns=(
        ("ref", "ref"),
        ("on", "on"),
        ("title", "title"),
        ("party", "party"),
        ("women", "women"),
        ("men", "men"),
        ("other", "other"),
        ("people", "people"),
    ),
    days=frozenset({"on"}),
    wraps=frozenset({"title", "party"}),
)

_ATTENDED = ("attendance", "party", "women", "men", "other", "total")
_FLAGS = {"title": "TITLE", "scopes": "--scope"} | dict.fromkeys(_ATTENDED, "--attended")


def activities(
    ctx: typer.Context,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    agreement: options.AgreementFilter = None,
    kind: Annotated[ActivityKind | None, typer.Option(help="Only of this kind.")] = None,
    status: Annotated[ActivityStatus | None, typer.Option(help="Only with this status.")] = None,
    within: options.Within = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose day passed without a result.")] = False,
    text: options.TextFilter = None,
    attendance: Annotated[bool, typer.Option("--attendance", help="One line for each party that attended.")] = False,
    as_of: options.AsOf = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List trainings, work sessions and other follow-up, with how many people attended.

    Examples:

      tracker activities --kind training --party MINSEG
    """
    day = values.day(as_of)
    with reader(ctx) as rows:
        given = filters.values(
            rows,
            day,
            party=party,
            scope=scope,
            country=country,
            agreement=agreement,
            text=text,
            within=within,
            overdue=overdue,
            kind=kind,
            status=status,
        )
        query = "attendances" if attendance else "activities"
        found = rows.last(query, **given, limit=None if sort else limit)
        shape = ATTENDANCE if attendance else SHAPE
        output.show(found, shape, format_name=format_name, output=out, sort=sort, limit=limit)


def add_activity(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What it is.")] = None,
    kind: Annotated[ActivityKind | None, typer.Option(help="What kind of activity it is.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Its (first) day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Its last day.")] = None,
    place: Annotated[str | None, typer.Option(metavar="TEXT", help="Where.")] = None,
    status: Annotated[ActivityStatus | None, typer.Option(help="Its status, planned where left out.")] = None,
    fulfils: Annotated[
        list[str] | None,
        typer.Option(metavar="O1[:DUE]", help="An obligation it fulfils, and which due date; repeat for several."),
    ] = None,
    attended: Annotated[
        list[str] | None,
        typer.Option(metavar="'PARTY: 12 women, 9 men'", help="Who attended; repeat for each party."),
    ] = None,
    scope: options.ScopeOption = None,
    new_party: options.NewParty = False,
) -> None:
    """Record a training, work session, exchange of information or other follow-up.

    Examples:

      tracker add-activity PA-2017-001 "Workshop on forged documents" --kind training --on 2017-11-16
      --status held --fulfils O1:2017-11-18 --attended "MINSEG: 12 women, 9 men"
    """
    ref = values.required(ref, "Agreement", "REF")
    data = {
        "title": values.required(title, "Title", "TITLE"),
        "kind": values.required(kind, f"Kind ({', '.join(ActivityKind)})", "--kind KIND"),
        "on": values.written(values.required(on, "Day", "--on DATE"), "--on"),
        "until": values.written(until, "--until"),
        "place": place,
        "status": status,
        "scopes": scope,
        "attendance": [values.attendance(item) for item in attended or []],
    }
    part = values.part("ActivityPart", data, _FLAGS)
    done = [_fulfils(item, ref) for item in fulfils or []]
    write(
        ctx,
        lambda session: actions.activities.add(session, ref, part, config.today(), fulfils=done, insist=new_party),
    )


def _fulfils(text: str, ref: str) -> Fulfils:
    """``O1:2017-11-18`` as obligation and due date. Raises BadInput for another form."""
    match = re.fullmatch(r"(?:(?P<ref>.+)/)?O(?P<number>[1-9][0-9]{0,5})(?::(?P<due>.+))?", text, re.IGNORECASE)
    if match is None:
        raise BadInput("--fulfils", text, "cannot be read: expected O1 or O1:2017-11-18")
    if match["ref"] and match["ref"].lower() != ref.lower():
        raise BadInput("--fulfils", text, f"is an obligation of another agreement: expected one of {ref}")
    due = values.date_or_none(match["due"], "--fulfils")
    return actions.activities.Fulfils(int(match["number"]), due)
