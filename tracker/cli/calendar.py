"""``tracker calendar``: deadlines as an iCalendar file for Outlook, Thunderbird, Google Calendar, a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import actions, config, exchange
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import author, location, reader
from tracker.cli.progress import watched
from tracker.errors import BadInput, DatabaseUnusable, NotFound
from tracker.models.enums import AgreementKind, Status
from tracker.rules.calendar import Plan, calendar_of
from tracker.rules.text import clean_line
from tracker.store.calendar import Request
from tracker.store.reader import Reader, Row

DEFAULT_WINDOW = "2y"
EVER = "9999-12-31"
LONGEST_ALARM = 3650
Which = Callable[[Row], bool]


class DeadlineKind(StrEnum):
    """Kinds of deadlines."""

    OBLIGATION = "obligation"
    ACTIVITY = "activity"
    NOTICE = "notice"
    RENEWAL = "renewal"
    EXPIRY = "expiry"
    ENTRY_INTO_FORCE = "entry-into-force"


def calendar(
    ctx: typer.Context,
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF]",
            help="Only what this names: PA-2017-001, PA-2017-001/O1, PA-2017-001/O1:2018-05-18 ...",
            autocompletion=complete.references,
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TIME", help="How far to look ahead: 90d, 1y; 2y where not given."),
    ] = None,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    agreement: options.AgreementFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of agreements of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only of agreements with this status.")] = None,
    deadline: Annotated[DeadlineKind | None, typer.Option(help="Only deadlines of this kind.")] = None,
    responsible: options.ResponsibleFilter = None,
    mine: Annotated[
        bool, typer.Option("--mine", help="Only what you answer for (TRACKER_PERSON, or person in the configuration).")
    ] = False,
    overdue: options.Overdue = False,
    text: options.TextFilter = None,
    as_of: options.AsOf = None,
    todo: Annotated[bool, typer.Option("--todo", help="Due dates of obligations as tasks instead of events.")] = False,
    alarm: Annotated[
        list[str] | None,
        typer.Option("--alarm", metavar="TIME", help="Remind so long before: 14d, 2w; repeat for several."),
    ] = None,
    no_alarms: Annotated[bool, typer.Option("--no-alarms", help="Remind of nothing.")] = False,
    include_confidential: Annotated[
        bool, typer.Option("--include-confidential", help="Deadlines of confidential agreements too.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The calendar's name.")] = None,
    out: options.Output = None,
) -> None:
    """Write deadlines as a calendar (iCalendar): one all-day event each, with reminders.

    Export and import it again at any time: an event keeps its identity, a moved one is moved, and one
    whose deadline has gone is cancelled. Reminders come 30 and 7 days before, for a notice day also 90.

    Examples:

      tracker calendar -o deadlines.ics

      tracker calendar --mine --todo --alarm 14d -o mine.ics

      tracker calendar PA-2017-001/O1:2018-05-18 -o training.ics
    """
    _check_file(out)
    style = exchange.calendar_file.Style(
        clean_line(title, "--title") if title is not None else "Deadlines", todo, _alarms(alarm, no_alarms)
    )
    day = values.day(as_of)
    given: dict[str, Any] = {
        "party": party,
        "scope": scope,
        "country": country,
        "agreement": agreement,
        "kind": kind,
        "status": status,
        "deadline": deadline,
        "responsible": config.person() if mine else responsible,
        "overdue": overdue or None,
        "text": text,
    }
    if ref is not None and (flag := next((key for key, value in given.items() if value is not None), None)):
        flag = "mine" if mine and flag == "responsible" else flag
        raise BadInput(f"--{flag}", "", "does not go with REF, which says already what to give")
    made, left_out = _made(ctx, ref, given, within, day, todo=todo, include_confidential=include_confidential)
    _hand_over(made, left_out, exchange.calendar_file.write(made.items, day, style), out)


def _made(
    ctx: typer.Context,
    ref: str | None,
    given: dict[str, Any],
    within: str | None,
    day: date,
    *,
    todo: bool,
    include_confidential: bool,
) -> tuple[Plan, int]:
    """What is to be given, decided from what was given before; it counts as given from now on."""
    until = values.day(filters.end_of_window(within or DEFAULT_WINDOW, day))
    with reader(ctx, until=max(until, _named_day(ref) or until)) as rows:
        named = alike = None
        if ref is not None:
            given, named, alike = _named(rows, ref, day, include_confidential=include_confidential)
        chosen = filters.values(rows, day, **given, within=within or DEFAULT_WINDOW)
        if ref is not None and within is None:
            chosen["until"] = EVER
        about = {key: value for key, value in chosen.items() if key not in ("day", "until")}
        about |= {"ref": ref.upper() if ref else None, "todo": todo or None}
        request = Request(calendar_of(about), chosen, include_confidential, named)
        made, left_out = actions.calendar.plan(rows, request, day)
        if not made.items and (asked := _named_day(ref)):
            days = sorted({row["on"] for row in rows.stream("deadlines", **chosen) if alike is None or alike(row)})
            near = sorted(days, key=lambda on: abs(date.fromisoformat(on) - asked))[:3]
            hint = f"see what there is with: tracker deadlines --agreement {chosen['agreement']}"
            raise NotFound("deadline", str(ref), sorted(near), hint)
    if not made.says_something_new:
        return made, left_out
    try:
        memory = actions.calendar_memory
        return actions.running.run(
            location(ctx).path,
            lambda session: memory.give(session, request, day),
            author=author(ctx),
        )
    except DatabaseUnusable as error:
        if not error.problem.startswith("cannot be written"):
            raise
        typer.echo(f"{error}: what this calendar was given is not remembered", err=True)
        return made, left_out


def _named_day(ref: str | None) -> date | None:
    """The day that a reference names; None where it names none."""
    match = filters.DEADLINE.fullmatch(ref) if ref is not None else None
    return values.day(match["day"], "REF") if match and match["day"] else None


def _named(rows: Reader, ref: str, day: date, *, include_confidential: bool) -> tuple[dict[str, Any], Which, Which]:
    """The filters for what ``ref`` names; whether a row of ``deadlines`` is named by it, and whether but for its day.

    Raises NotFound, and BadInput for a confidential agreement.
    """
    match = filters.DEADLINE.fullmatch(ref)
    if match is None:
        raise NotFound("agreement", ref, [])
    whole = filters.agreement_ref(rows, match["agreement"])
    record = rows.row("record_agreement", ref=whole) or {}
    if record["confidentiality"] == "confidential" and not include_confidential:
        raise BadInput("REF", ref, "is confidential: give --include-confidential to export it")
    part = f"{whole}/{match['letter'].upper()}{match['number']}" if match["number"] else None
    if part is not None:
        noun, query = ("obligation", "obligations") if match["letter"] in "Oo" else ("activity", "activities")
        if rows.row(query, day=day.isoformat(), agreement=whole, number=int(match["number"])) is None:
            raise NotFound(noun, part, [], f"see what there is with: tracker {query} --agreement {whole}")

    def alike(row: Row) -> bool:
        return row["ref"] == part if part else not match["day"] or row["kind"] not in ("obligation", "activity")

    def named(row: Row) -> bool:
        return alike(row) and match["day"] in (None, row["on"])

    return {"agreement": whole}, named, alike


def _alarms(given: list[str] | None, none: bool) -> tuple[int, ...] | None:
    """Days before a deadline; None for the usual ones. Raises BadInput for what is no number of days or weeks."""
    if none and given:
        raise BadInput("--no-alarms", "", "does not go with --alarm")
    if none:
        return ()
    if not given:
        return None
    days = set()
    for text in given:
        match = re.fullmatch(r"([0-9]{1,4})([dw])", text)
        count = int(match[1]) * (7 if match[2] == "w" else 1) if match else LONGEST_ALARM + 1
        if count > LONGEST_ALARM:
            raise BadInput("--alarm", text, f"is not a time before: expected such as 14d, 2w, at most {LONGEST_ALARM}d")
        days.add(count)
    return tuple(sorted(days))


def _check_file(out: str | None) -> None:
    """Raises BadInput or BadFile for what cannot become a calendar file, before it counts as given."""
    if out in (None, "-"):
        return
    path = Path(out or "")
    if path.suffix.lower() != ".ics":
        raise BadInput("--output", str(out), "does not end in .ics: a calendar is an iCalendar file")
    output.must_be_writable(path)


def _hand_over(made: Plan, left_out: int, pieces: Iterable[bytes], out: str | None) -> None:
    pieces = watched(pieces, len(made.items), "writing deadlines:")
    if out in (None, "-"):
        for piece in pieces:
            typer.echo(piece, nl=False)
    else:
        output.write_file(Path(out or ""), pieces)
    gone = sum(item.entry.cancelled for item in made.items)
    there = len(made.items) - gone
    said = f"{there} deadline{'' if there == 1 else 's'}" if there else "no deadlines"
    if out not in (None, "-"):
        typer.echo(f"wrote {out} ({said}{f', {gone} cancelled' if gone else ''})", err=True)
    elif not made.items:
        typer.echo(said, err=True)
    if left_out:
        typer.echo(f"left out {left_out} of confidential agreements: --include-confidential gives them too", err=True)
