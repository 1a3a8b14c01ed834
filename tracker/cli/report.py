"""``tracker report``: the fact sheet of an agreement and the portfolio, as Markdown, HTML or a workbook."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import reports
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput, WrongUsage
from tracker.models.enums import AgreementKind, Status
from tracker.reports.catalogue import ENDINGS, FORMATS, REPORTS, Format, Report
from tracker.rules.text import clean_line
from tracker.store.reader import Reader


def _names() -> list[str]:
    return list(REPORTS)


def report(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="agreement or portfolio.", autocompletion=_names)
    ] = None,
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="The agreement, for its fact sheet.", autocompletion=complete.agreements),
    ] = None,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only with this status.")] = None,
    responsible: options.ResponsibleFilter = None,
    text: options.TextFilter = None,
    as_of: options.AsOf = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What to head the report with.")] = None,
    include_confidential: Annotated[
        bool, typer.Option("--include-confidential", help="Report on confidential agreements too.")
    ] = False,
    format_name: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="md, html or xlsx; else by the file's ending."),
    ] = None,
    out: options.Output = None,
) -> None:
    """Write a report: agreement (the fact sheet of one) or portfolio (many side by side).

    The filters are for the portfolio. Without a file, Markdown goes to stdout.

    Examples:

      tracker report agreement IOM-PA-MINSEG -o sheet.html

      tracker report portfolio --country PA --as-of 2026-12-31 -o panama.xlsx
    """
    chosen = _report(values.required(name, "Report", f"NAME ({' or '.join(REPORTS)})"))
    form = _format(format_name, out)
    heading = None if title is None else clean_line(title, "--title")
    day = values.day(as_of)
    asked = {"party": party, "scope": scope, "country": country, "kind": kind, "status": status}
    given = {
        key: value for key, value in (asked | {"responsible": responsible, "text": text}).items() if value is not None
    }
    if chosen.of_agreement:
        ref = values.required(ref, "Agreement", "REF")
        if given:
            raise BadInput(f"--{next(iter(given))}", "", "does not go with the report of one agreement")
    elif ref is not None:
        raise BadInput("REF", ref, f"does not go with the {chosen.name}: choose agreements with the filters")
    shared: dict[str, Any] = {"include_confidential": include_confidential}
    with reader(ctx, until=reports.parts.horizon(day)) as rows:
        if ref is not None:
            shared |= {"heading": heading} if heading else {}
            built: Any = reports.agreement.build(rows, filters.agreement_ref(rows, ref), day, **shared)
        else:
            shared |= {"title": heading} if heading else {}
            built = _portfolio(rows, day, given, shared)
    _hand_over(reports.catalogue.render(chosen.name, form.name, built), form, out)


def _portfolio(rows: Reader, day: date, given: dict[str, Any], shared: dict[str, Any]) -> Any:
    chosen = filters.values(rows, day, **given)
    said = [(key, str(chosen[key]) if key == "country" else str(value)) for key, value in given.items()]
    return reports.portfolio.build(rows, day, chosen, filters=said, **shared)


def _report(name: str) -> Report:
    """The report of this name. Raises WrongUsage with the nearest."""
    if name in REPORTS:
        return REPORTS[name]
    near = get_close_matches(name.lower(), REPORTS, n=1)
    suggestion = f"; did you mean {near[0]}?" if near else ""
    raise WrongUsage(f"there is no report {name!r}{suggestion}", f"reports: {', '.join(REPORTS)}")


def _format(name: str | None, out: str | None) -> Format:
    """The format asked for, else the one of the file's ending, else Markdown. Raises BadInput."""
    to_file = out is not None and out != "-"
    if name is not None:
        if name not in FORMATS:
            near = get_close_matches(name.lower(), FORMATS, n=1)
            expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(FORMATS)}"
            raise BadInput("--format", name, f"is not a format of reports; {expected}")
        chosen = FORMATS[name]
    elif to_file:
        ending = Path(out or "").suffix.lower()
        if ending not in ENDINGS:
            raise BadInput(
                "--output", out or "", f"does not end in {', '.join(ENDINGS)}: give --format or another ending"
            )
        chosen = ENDINGS[ending]
    else:
        chosen = FORMATS["md"]
    if not chosen.text and not to_file:
        raise BadInput("--output", "", f"is missing: {chosen.name} goes to a file, give -o FILE.{chosen.name}")
    return chosen


def _hand_over(content: bytes, form: Format, out: str | None) -> None:
    if out is None or out == "-":
        output.write(content.decode("utf-8"), None)
        return
    output.write_file(Path(out), content)
    typer.echo(f"wrote {out} ({form.name}, {len(content):,} bytes)", err=True)
