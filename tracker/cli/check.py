"""``tracker check``: findings about what is recorded, like a linter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Annotated, Any

import typer

from tracker import actions, config
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import author, database_to_write, reader
from tracker.cli.progress import watched
from tracker.errors import BadInput
from tracker.rules.quality.catalogue import CHECKS, named
from tracker.rules.quality.finding import MODE, Check, Finding, Fix

SHAPE = output.Shape(
    noun="findings",
    columns=(("code", "code"), ("severity", "severity"), ("ref", "ref"), ("what", "finding"), ("mend", "how to mend")),
    wraps=frozenset({"what", "mend"}),
)


def check(
    ctx: typer.Context,
    ref: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REF ...]", help="These agreements only.", autocompletion=complete.agreements),
    ] = None,
    party: options.PartyFilter = None,
    country: options.CountryFilter = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="Leave a check out; repeat for several.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a check looks for, why, how to mend.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, then check again.")] = False,
    as_of: options.AsOf = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Check what is recorded. Silent when all is well; exit code 1 when something is found.

    Examples:

      tracker check

      tracker check IOM-PA-MINSEG --ignore D01

      tracker check --explain A06
    """
    if explain is not None:
        output.write(_explained(explain), out)
        return
    ignored = [_check(code, "--ignore").code for code in ignore or []]
    day = values.day(as_of)
    as_table = output.format_of(format_name, out) == "table"
    found = partial(_findings, ctx, ref, day, ignored, party=party, country=country)
    if fix and (mended := [finding.fix for finding in found() if finding.fix]):
        for item in mended:
            if item.key == MODE:
                typer.echo(f"mended {item.ref}: mode {actions.checking.close(item.ref)}", err=True)
        if edits := [item for item in mended if item.key != MODE]:
            actions.running.run(database_to_write(ctx), partial(_mend, edits), author=author(ctx))
    rows = map(_row, found(quiet=not as_table and output.terminal_width(out) is not None))
    first = next(rows, None)
    if first is not None or not as_table:
        output.show(rows if first is None else chain((first,), rows), SHAPE, format_name=format_name, output=out)
    if first is not None:
        raise typer.Exit(1)


def _findings(
    ctx: typer.Context, refs: list[str] | None, day: date, ignored: list[str], *, quiet: bool = False, **given: Any
) -> Iterator[Finding]:
    """The findings one by one, as they are found; ``quiet``: without a line that says how far the work is."""
    with reader(ctx, until=day) as rows:
        if refs:
            chosen = [filters.agreement_ref(rows, item) for item in refs]
        else:
            chosen = [row["ref"] for row in rows.stream("check_refs", **filters.values(rows, day, **given))]
        told = actions.checking.of_agreements(rows, chosen, day, ignored)
        for _, each in told if quiet else watched(told, len(chosen), "checking agreements:"):
            yield from each
        if not refs and not any(given.values()):
            yield from actions.checking.of_directory(rows, ignored)


def _mend(fixes: list[Fix], session: Any) -> None:
    """Make all the safe edits, in one transaction."""
    for item in fixes:
        actions.editing.fields(session, item.ref, {item.key: item.value}, config.today())
        typer.echo(f"mended {item.ref}: {item.key}={item.value}", err=True)


def _row(finding: Finding) -> dict[str, Any]:
    check_ = finding.check
    return {
        "code": check_.code,
        "name": check_.name,
        "severity": check_.severity,
        "ref": finding.ref,
        "what": finding.what,
        "why": check_.why,
        "mend": _mending(check_.mend, finding.ref),
        "fixable": finding.fix is not None,
    }


def _mending(words: str, ref: str) -> str:
    """How to mend, with the references of this finding in place of REF, REF/O1, PARTY and PERSON."""
    agreement, _, part = ref.partition("/")
    if part:
        words = re.sub(rf"REF/{part[0]}1", ref, words)
    return re.sub(r"\b(REF|PARTY|PERSON)\b", lambda found: agreement, words) if "REF" in words or not part else words


def _check(code: str, flag: str) -> Check:
    found = named(code)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(code.lower(), [check.name for check in CHECKS], n=1)
        expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(c.code for c in CHECKS)}"
        raise BadInput(flag, code, f"is no check; {expected}")
    return found


def _explained(code: str) -> str:
    if code == "all":
        return "".join(f"{check.code}  {check.severity:<8} {check.title}\n" for check in CHECKS)
    found = _check(code, "--explain")
    return (
        f"{found.code} {found.name} ({found.severity})\n\n{found.title}.\n\n"
        f"Why     {found.why}\nMend    {found.mend}\nIgnore  tracker check --ignore {found.code}\n"
    )
