"""``tracker report``: five reports as PDF, HTML, Word, workbook or Markdown."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import config, reports
from tracker.cli import complete, filters, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput, NotFound, WrongUsage
from tracker.models.enums import AgreementKind, Status
from tracker.models.keys import fold
from tracker.reports.catalogue import ENDINGS, FORMATS, REPORTS, Format, Report
from tracker.rules.text import clean_line
from tracker.store.reader import Reader


def _names() -> list[str]:
    return list(REPORTS)


def _languages() -> list[str]:
    return reports.words.languages()


def report(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="agreement, portfolio, obligations, activities or handover.", autocompletion=_names
        ),
    ] = None,
    of: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF|PERSON]",
            help="The agreement of a fact sheet, the person of a handover.",
            autocompletion=complete.agreements_or_people,
        ),
    ] = None,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    kind: Annotated[AgreementKind | None, typer.Option(help="Only of agreements of this kind.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only of agreements with this status.")] = None,
    responsible: options.ResponsibleFilter = None,
    agreement: options.AgreementFilter = None,
    text: options.TextFilter = None,
    as_of: options.AsOf = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day of the period it is of.")
    ] = None,
    last: Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day of that period.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What to head the report with.")] = None,
    hide_below: Annotated[
        int | None,
        typer.Option(
            "--hide-below",
            min=2,
            metavar="N",
            help="In activities: hide numbers of people under N, and what gives one.",
        ),
    ] = None,
    include_confidential: Annotated[
        bool, typer.Option("--include-confidential", help="Report on confidential agreements too.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="CODE", help="The language of its words, as en.", autocompletion=_languages),
    ] = None,
    template: Annotated[
        str | None, typer.Option("--template", metavar="FILE.docx", help="For Word: a template of your own.")
    ] = None,
    write_template: Annotated[
        str | None,
        typer.Option("--write-template", metavar="FILE.docx", help="Write Tracker's own Word template, to change it."),
    ] = None,
    list_fields: Annotated[
        bool, typer.Option("--list-fields", help="List the fields that a template may use.")
    ] = False,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="pdf, html, docx, xlsx or md; else by the file's ending."
        ),
    ] = None,
    out: options.Output = None,
) -> None:
    """Write a report: agreement (the fact sheet of one), portfolio, obligations, activities or handover.

    Without a file, Markdown goes to stdout. Confidential agreements are left out, and the report says so.

    Examples:

      tracker report agreement IOM-PA-MINSEG -o sheet.pdf

      tracker report portfolio --country PA --as-of 2026-12-31 -o panama.xlsx

      tracker report activities --from 2026-01-01 --until 2026-12-31 --hide-below 5 -o donor.docx

      tracker report handover "Ana Castillo" -o handover.pdf
    """
    if write_template is not None:
        _write(reports.docx.OURS.read_bytes(), "docx", write_template)
        return
    if list_fields:
        _list_fields(name, out)
        return
    chosen = _report(values.required(name, "Report", f"NAME ({', '.join(REPORTS)})"))
    form = _format(format_name, out)
    if template is not None and form.name != "docx":
        raise BadInput("--template", template, f"goes with Word files only, not with {form.name}: give -o FILE.docx")
    day = values.day(as_of)
    period = _period(first, last)
    asked = {"party": party, "scope": scope, "country": country, "kind": kind, "status": status}
    asked |= {"responsible": responsible, "agreement": agreement, "text": text}
    given = {key: value for key, value in asked.items() if value is not None}
    _fits(chosen, of, given, hide_below)
    shared: dict[str, Any] = {"include_confidential": include_confidential, "period": period}
    shared |= {"title": clean_line(title, "--title")} if title is not None else {}
    shared |= {"hide_below": hide_below} if hide_below is not None else {}
    shared |= {"progress": _progress} if chosen.name == "portfolio" else {}
    with reports.words.speaking(reports.words.spoken(*config.language(lang))):
        with reader(ctx, until=_until(chosen, day, period)) as rows:
            built = _built(rows, chosen, of, day, given, shared)
        if template is not None:
            document = reports.catalogue.document(chosen.name, built)
            content = reports.docx.render_with(Path(template), document, built)
        else:
            content = reports.catalogue.render(chosen.name, form.name, built)
    _hand_over(content, form, out)


def _built(
    rows: Reader, chosen: Report, of: str | None, day: date, given: dict[str, Any], shared: dict[str, Any]
) -> Any:
    build = getattr(reports, chosen.name).build
    if chosen.of == "agreement":
        ref = filters.agreement_ref(rows, values.required(of, "Agreement", "REF"))
        return build(rows, ref, day, **shared)
    found = filters.values(rows, day, **given)
    said = [(key, str(found[key]) if key in ("country", "agreement") else str(value)) for key, value in given.items()]
    if chosen.of == "person":
        who = values.required(of, "Person", "PERSON")
        if not rows.row("people", person=fold(who)):
            known = [row["name"] for row in rows.rows("people")]
            raise NotFound("person", who, filters.nearest(who, known), "list them with: tracker people")
        return build(rows, who, day, found, filters=said, **shared)
    return build(rows, day, found, filters=said, **shared)


def _fits(chosen: Report, of: str | None, given: dict[str, Any], hide_below: int | None) -> None:
    """Raises BadInput for what does not go with the report."""
    if chosen.of == "agreement" and given:
        raise BadInput(f"--{next(iter(given))}", "", "does not go with the report of one agreement")
    if chosen.of == "person" and "responsible" in given:
        raise BadInput("--responsible", "", "does not go with a handover, which is of one person")
    if not chosen.of and of is not None:
        raise BadInput("REF", of, f"does not go with the {chosen.name}: choose agreements with the filters")
    if hide_below is not None and chosen.name != "activities":
        raise BadInput("--hide-below", "", "goes with the report of activities only")


def _progress(done: int, whole: int) -> None:
    typer.echo(f"checked {done:,} of {whole:,} agreements", err=True)


def _period(first: str | None, last: str | None) -> Any:
    """The period of --from and --until; a month or a year stands for its first or its last day."""
    start = values.date_or_none(first, "--from")
    end = values.date_or_none(last, "--until")
    if (start and start.lower is None) or (end and end.upper is None):
        raise BadInput("--from" if start and start.lower is None else "--until", "unknown", "is not a day")
    lower, upper = start.lower if start else None, end.upper if end else None
    if lower and upper and lower > upper:
        raise BadInput("--until", upper.isoformat(), f"lies before the first day of the period, {lower.isoformat()}")
    return reports.parts.Period(lower, upper)


def _until(chosen: Report, day: date, period: Any) -> date:
    """The last day up to which due dates must be derived for the report."""
    ahead = reports.parts.horizon(day)
    if chosen.name == "obligations":
        ahead = reports.obligations.last_day(day, period)
    return max(period.last or ahead, ahead)


def _list_fields(name: str | None, out: str | None) -> None:
    chosen = [_report(name)] if name else list(REPORTS.values())
    lines = []
    for item in chosen:
        lines += [f"{item.name}: {item.help}", ""]
        found = list(reports.fields.listed(item.name))
        width = max(len(path) for path, _what in found)
        lines += [f"  {path.ljust(width)}  {what}".rstrip() for path, what in found]
        lines.append("")
    output.write("\n".join(lines), out)


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
    _write(content, form.name, out)


def _write(content: bytes, form: str, out: str) -> None:
    output.write_file(Path(out), content)
    typer.echo(f"wrote {out} ({form}, {len(content):,} bytes)", err=True)
