"""``tracker obligations``, ``add-obligation``, ``fulfil`` and ``waive``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import actions, config
from tracker.cli import complete, filters, keeping, options, output, values
from tracker.cli.context import database_to_write, reader
from tracker.cli.writing import write
from tracker.errors import BadFile, BadInput
from tracker.models.enums import ObligationKind, OccurrenceState, Status

SHAPE = output.Shape(
    noun="obligations",
    columns=(
        ("ref", "ref"),
        ("state", "state"),
        ("next_due", "next due"),
        ("text", "what"),
        ("owed_by", "owed by"),
        ("owed_to", "owed to"),
        ("due", "due"),
        ("responsible", "responsible"),
    ),
    lists=frozenset({"owed_by", "owed_to", "scopes"}),
    flags=frozenset({"survives"}),
    days=frozenset({"next_due"}),
    wraps=frozenset({"text", "owed_by", "owed_to", "due", "responsible"}),
)
OCCURRENCES = output.Shape(
    noun="due dates",
    columns=(
        ("ref", "ref"),
        ("due_on", "due on"),
        ("state", "state"),
        ("done_on", "done on"),
        ("text", "what"),
        ("evidence", "evidence"),
    ),
    days=frozenset({"due_on", "done_on", "waived_on"}),
    lists=frozenset({"documents"}),
    wraps=frozenset({"text", "evidence"}),
)


def obligations(
    ctx: typer.Context,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    agreement: options.AgreementFilter = None,
    kind: Annotated[ObligationKind | None, typer.Option(help="Only of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only of agreements with this status.")] = None,
    state: Annotated[OccurrenceState | None, typer.Option(help="Only in this state.")] = None,
    responsible: options.ResponsibleFilter = None,
    within: options.Within = None,
    overdue: options.Overdue = False,
    text: options.TextFilter = None,
    occurrences: Annotated[bool, typer.Option("--occurrences", help="One line for each due date.")] = False,
    as_of: options.AsOf = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List what is owed, by whom, to whom, by when. --party finds who owes or is owed.

    Examples:

      tracker obligations --overdue

      tracker obligations --party IOM --within 90d --occurrences
    """
    day = values.day(as_of)
    end = filters.end_of_window(within, day)
    with reader(
        ctx, until=values.day(end) if end else day, flag="--within" if end and as_of is None else "--as-of"
    ) as rows:
        given = filters.values(
            rows,
            day,
            party=party,
            scope=scope,
            country=country,
            agreement=agreement,
            responsible=responsible,
            text=text,
            within=within,
            overdue=overdue,
            kind=kind,
            status=status,
            state=state,
        )
        query = "occurrences" if occurrences else "obligations"
        found = rows.last(query, **given, limit=None if sort else limit)
        shape = OCCURRENCES if occurrences else SHAPE
        output.show(found, shape, format_name=format_name, output=out, sort=sort, limit=limit)


def add_obligation(
    ctx: typer.Context,
    ref: options.AgreementRef = None,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What is owed.")] = None,
    owed_by: Annotated[
        list[str] | None,
        typer.Option(metavar="PARTY", help="Who owes it; repeat for several.", autocompletion=complete.parties),
    ] = None,
    owed_to: Annotated[
        list[str] | None,
        typer.Option(metavar="PARTY", help="To whom; repeat for several.", autocompletion=complete.parties),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(
            metavar="SCHEDULE",
            help="2026-06-30, ongoing, on request, '30 days after entry into force', 'every 6 months from DATE' ...",
        ),
    ] = None,
    clause: Annotated[str | None, typer.Option(metavar="CLAUSE", help="Where it stands: 'Art. 3(1)'.")] = None,
    scope: options.ScopeOption = None,
    kind: Annotated[ObligationKind | None, typer.Option(help="What kind of commitment it is.")] = None,
    responsible: options.ResponsibleOption = None,
    survives: Annotated[bool, typer.Option("--survives", help="It is owed after the agreement has ended.")] = False,
    new_party: options.NewParty = False,
) -> None:
    """Record what a party owes under an agreement, and when it falls due.

    Examples:

      tracker add-obligation PA-2017-001 "Train government officials" --owed-by IOM
      --due "every 6 months from 2017-11-18" --clause "Art. 3(1)"
    """
    ref = values.required(ref, "Agreement", "REF")
    data = {
        "text": values.required(text, "What is owed", "TEXT"),
        "owed_by": values.required_list(owed_by, "Who owes it", "--owed-by PARTY"),
        "owed_to": owed_to,
        "due": _schedule(values.required(due, "When it falls due", "--due SCHEDULE")),
        "clause": clause,
        "scopes": scope,
        "kind": kind,
        "responsible": {"name": responsible} if responsible is not None else None,
        "survives": survives or None,
    }
    flags = {"text": "TEXT", "scopes": "--scope", "responsible.name": "--responsible"}
    part = values.part("ObligationPart", data, flags)
    write(ctx, lambda session: actions.obligations.add(session, ref, part, config.today(), insist=new_party))


def fulfil(
    ctx: typer.Context,
    obligation: options.ObligationRef = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="Which due date; needed where several are open.")
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was done; today where left out.")] = None,
    evidence: Annotated[
        str | None, typer.Option(metavar="TEXT_OR_FILE", help="What shows it: words, or a file that is kept.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="ACTIVITY", help="The activity that fulfilled it: A1.")] = None,
) -> None:
    """Mark a due date of an obligation as met.

    Examples:

      tracker fulfil PA-2017-001/O1 --due 2017-11-18 --on 2017-11-16 --evidence "attendance list"

      tracker fulfil PA-2017-001/O1 --due 2018-05-18 --evidence attendance.pdf --by A1
    """
    ref, number = _reference(obligation)
    done = values.date_of("today" if on is None else on, "--on")
    shown = values.part("Fulfilment", {"on": str(done), "evidence": evidence, "by": _activity(by, ref)})
    file = _file(shown.evidence)

    def use_case(session: Any, shown_by: Any = None) -> Any:
        return actions.obligations.fulfil(
            session,
            ref,
            number,
            config.today(),
            due=values.date_or_none(due, "--due"),
            on=done,
            evidence=file.file if file else shown.evidence,
            by=int(shown.by[1:]) if shown.by else None,
            file=shown_by,
        )

    if file is None:
        write(ctx, use_case)
        return
    with actions.documents.keeping(database_to_write(ctx)) as files:
        shown_by = actions.documents.Evidence(file, *keeping.keep(files, Path(shown.evidence)))
        write(ctx, lambda session: use_case(session, shown_by), files)


def waive(
    ctx: typer.Context,
    obligation: options.ObligationRef = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="Which due date; needed where several are open.")
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was waived; today where left out.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
) -> None:
    """Mark a due date of an obligation as waived, for a reason.

    Examples:

      tracker waive PA-2017-001/O1 --due 2018-05-18 --reason "postponed by both sides"
    """
    ref, number = _reference(obligation)
    data = {
        "on": values.written("today" if on is None else on, "--on"),
        "reason": values.required(reason, "Reason", "--reason TEXT"),
    }
    part = values.part("Waiver", data)
    write(
        ctx,
        lambda session: actions.obligations.waive(
            session,
            ref,
            number,
            config.today(),
            due=values.date_or_none(due, "--due"),
            on=part.on,
            reason=part.reason,
        ),
    )


def _reference(obligation: str | None) -> tuple[str, int]:
    """Agreement and number of an obligation's reference. Raises BadInput for another form."""
    ref = values.required(obligation, "Obligation", "OBLIGATION")
    split = actions.targets.split_part(ref)
    if split is None or split[1] != "O":
        raise BadInput("OBLIGATION", ref, "is not the reference of an obligation: expected REF/O1")
    return split[0], split[2]


def _activity(by: str | None, ref: str) -> str | None:
    """The number of an activity given as ``A1`` or by its whole reference."""
    if by is None:
        return None
    agreement, _, tail = by.rpartition("/")
    if agreement and agreement.lower() != ref.lower():
        raise BadInput("--by", by, f"is an activity of another agreement: expected one of {ref}")
    return tail.upper()


def _schedule(text: str) -> str:
    """A single date as people type it becomes the record's; anything else is left to the schedule's reader."""
    try:
        return values.written(text, "--due") or text
    except BadInput:
        return text


def _file(evidence: str | None) -> Any:
    """The document that evidence names where it is the name of a file; None where it is words.

    Raises BadFile for words that name a folder, or end as a file's name does and name none: evidence that was meant to
    be kept and is not would be missed too late.
    """
    from tracker.rules.media_types import OF_NAME, ending_of, portable_name

    if evidence is None or "\n" in evidence or len(evidence.encode()) > 255:
        return None
    if not os.path.lexists(evidence):
        if ending_of(evidence) in OF_NAME:
            raise BadFile(evidence, "there is no such file", "name one that is there, or say in words what shows it")
        return None
    return values.part("DocumentPart", {"file": portable_name(Path(evidence).name)})
