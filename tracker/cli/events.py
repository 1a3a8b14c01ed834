"""``tracker record``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli import complete, options, values
from tracker.cli.writing import write
from tracker.models.enums import EventKind


def record(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    event: Annotated[EventKind | None, typer.Argument(metavar="EVENT", help="What happened.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day; 'unknown' where it is not known.")] = None,
    party: Annotated[
        str | None,
        typer.Option(metavar="PARTY", help="Of which party; of all where left out.", autocompletion=complete.parties),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day of a renewal.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="TIME", help="How long a renewal holds.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A remark.")] = None,
) -> None:
    """Record an event in the life of an agreement; its status follows from it.

    Events: negotiation-opened, adopted, signed, ratified, accepted, approved, acceded, formally-confirmed,
    provisionally-applied, entered-into-force, renewed, suspended, resumed, non-renewal-notice,
    termination-notice, withdrew, terminated, abandoned, registered.

    Examples:

      tracker record PA-2017-001 renewed --on 2020-04-30 --for "3 years"

      tracker record PA-2017-001 ratified --on 2017-08 --party MINSEG
    """
    ref = values.required(ref, "Agreement", "REF")
    data = {
        "event": values.required(event, f"Event ({', '.join(EventKind)})", "EVENT"),
        "on": values.written(values.required(on, "Day", "--on DATE"), "--on"),
        "party": party,
        "until": values.written(until, "--until"),
        "for": for_,
        "note": note,
    }
    part = values.part("EventPart", data, {"event": "EVENT"})
    write(ctx, lambda session: actions.events.record(session, ref, part, config.today()))
