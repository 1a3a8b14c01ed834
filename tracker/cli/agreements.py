"""``tracker agreements`` and ``tracker add-agreement``."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.cli.writing import write
from tracker.models.enums import AgreementKind, Confidentiality, RenewalMode, Status

SHAPE = output.Shape(
    noun="agreements",
    columns=(
        ("ref", "ref"),
        ("status", "status"),
        ("since", "since"),
        ("title", "title"),
        ("parties", "parties"),
        ("ends", "ends"),
        ("next_deadline", "next deadline"),
    ),
    lists=frozenset({"parties", "scopes", "countries"}),
    days=frozenset({"since", "signed", "in_force", "ends", "next_deadline"}),
    wraps=frozenset({"title", "parties"}),
)


def agreements(
    ctx: typer.Context,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only with this status.")] = None,
    responsible: options.ResponsibleFilter = None,
    within: options.Within = None,
    overdue: options.Overdue = False,
    text: options.TextFilter = None,
    as_of: options.AsOf = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List agreements with their status on any day.

    Examples:

      tracker agreements --status in-force --country PA

      tracker agreements --as-of 2018-12-31 --format csv -o in-force.csv
    """
    day = values.day(as_of)
    with reader(ctx, until=day) as rows:
        given = filters.values(
            rows,
            day,
            party=party,
            scope=scope,
            country=country,
            responsible=responsible,
            text=text,
            within=within,
            overdue=overdue,
            kind=kind,
            status=status,
        )
        found = rows.last("agreements", **given, limit=None if sort else limit)
        output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_agreement(
    ctx: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="Its title.")] = None,
    ref: Annotated[str | None, typer.Option(metavar="REF", help="Your own reference; else one is given.")] = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="What kind of instrument it is.")] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(metavar="PARTY", help="A party; repeat for each.", autocompletion=complete.parties),
    ] = None,
    scope: options.ScopeOption = None,
    country: Annotated[
        list[str] | None, typer.Option(metavar="CC", help="A country it applies in; repeat for several.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(metavar="LL", help="A language of the text.")] = None,
    signed: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was signed by all.")] = None,
    in_force: Annotated[
        str | None,
        typer.Option(metavar="DATE_OR_RULE", help="A date, 'on signature', '30 days after signature' ..."),
    ] = None,
    ends: Annotated[str | None, typer.Option(metavar="DATE", help="Its last day.")] = None,
    duration: Annotated[str | None, typer.Option(metavar="TIME", help="How long it binds: '3 years', P3Y.")] = None,
    indefinite: Annotated[bool, typer.Option("--indefinite", help="It binds without an end.")] = False,
    renewal: Annotated[RenewalMode | None, typer.Option(help="How it is renewed.")] = None,
    renewal_period: Annotated[str | None, typer.Option(metavar="TIME", help="For how long each time.")] = None,
    renewal_times: Annotated[int | None, typer.Option(metavar="N", help="At most so many times.")] = None,
    notice: Annotated[
        str | None, typer.Option(metavar="TIME", help="Notice: '6 months', '3 months to the end of a year'.")
    ] = None,
    responsible: options.ResponsibleOption = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="Where the record was taken from.")] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is about.")] = None,
    confidentiality: Annotated[Confidentiality | None, typer.Option(help="Who may see it.")] = None,
    new_party: options.NewParty = False,
) -> None:
    """Record an agreement.

    Examples:

      tracker add-agreement "Cooperation agreement with the Ministry" --party IOM --party "Ministry of Public
      Security" --country PA --signed 2017-05-18 --in-force "on signature" --duration "3 years"
    """
    title = values.required(title, "Title", "TITLE")
    day = values.written(signed, "--signed")
    data = {
        "ref": ref,
        "title": title,
        "kind": kind,
        "summary": summary,
        "countries": [values.code_of_country(item) for item in country or []],
        "languages": language,
        "parties": [{"name": name} for name in party or []],
        "scopes": scope,
        "provisions": {
            key: value
            for key, value in {
                "entry_into_force": _date_or_rule(in_force),
                "duration": duration,
                "ends": values.written(ends, "--ends"),
                "indefinite": indefinite or None,
                "renewal": _renewal(renewal, renewal_period, renewal_times),
                "notice": notice,
            }.items()
            if value is not None
        },
        "events": [{"event": "signed", "on": day}] if day else [],
        "source": source,
        "responsible": {"name": responsible} if responsible is not None else None,
        "confidentiality": confidentiality,
    }
    flags = {"title": "TITLE", "provisions.entry_into_force": "--in-force", "parties.name": "--party"}
    flags |= {"renewal.period": "--renewal-period", "renewal.times": "--renewal-times", "scopes": "--scope"}
    flags |= {"languages": "--language", "provisions": "the provisions", "events.on": "--signed"}
    flags |= {"responsible.name": "--responsible", "provisions.renewal.period": "--renewal-period"}
    flags |= {"provisions.renewal.times": "--renewal-times"}
    record = values.part("Record", data, flags)
    write(ctx, lambda session: actions.agreements.add(session, record, config.today(), insist=new_party))


def _date_or_rule(text: str | None) -> str | None:
    """A date as people type it becomes the record's; anything else is left to the rule's own reader."""
    from tracker.errors import BadInput

    if text is None:
        return None
    try:
        return values.written(text, "--in-force")
    except BadInput:
        looks_like_a_date = text[:1].isdigit() and "after" not in text
        if looks_like_a_date:
            raise
        return text


def _renewal(mode: RenewalMode | None, period: str | None, times: int | None) -> dict[str, object] | None:
    if mode is None and (period or times):
        from tracker.errors import Missing

        raise Missing("How it is renewed", "--renewal tacit or --renewal express")
    if mode is None:
        return None
    given = {"mode": mode, "period": period, "times": times}
    return {key: value for key, value in given.items() if value is not None}
