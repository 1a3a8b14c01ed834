"""``tracker demo``: a database of real agreements in a folder of its own, to look around in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker import actions, config, exchange, paths
from tracker.cli import activities, agreements, deadlines, obligations, output, report
from tracker.cli.context import author
from tracker.cli.settings import Settings
from tracker.errors import BadFile
from tracker.reports.catalogue import FORMATS
from tracker.store.journal.author import Author

DATABASE = "demo.db"
REPORTS = (
    ("agreement", "IOM-PA-MINSEG", "founding-agreement"),
    ("agreement", "DEMO-WORK-PLAN", "work-plan"),
    ("portfolio", None, "portfolio"),
    ("obligations", None, "obligations"),
    ("activities", None, "activities"),
    ("handover", "Ana Demo Quintero", "handover"),
)


def demo(
    ctx: typer.Context,
    folder: Annotated[
        str, typer.Option("--folder", metavar="DIR", help="Where to make it; kept when it is there already.")
    ] = "tracker-demo",
) -> None:
    """Look around: make a database of real agreements, list what is owed, write reports, and say what to try.

    The follow-up under DEMO-WORK-PLAN is fictitious and says so; everything else is publicly known.
    """
    place = Path(folder).absolute()
    database = place / DATABASE
    if database.exists():
        typer.echo(f"the demonstration in {folder} is there already; remove the folder to make it anew", err=True)
    else:
        _make(place, database, author(ctx))
    ctx.obj = (ctx.find_object(Settings) or Settings(None))._replace(db=str(database))
    _section("Agreements, with their status today")
    agreements.agreements(ctx)
    _section("Obligations under the demonstration work plan")
    obligations.obligations(ctx, agreement="DEMO-WORK-PLAN")
    _section("Overdue, and what falls due within a year")
    deadlines.deadlines(ctx, within="1y")
    _section("Activities")
    activities.activities(ctx)
    _section("Reports")
    for name, of, file in REPORTS:
        for form in FORMATS:
            report.report(ctx, name, of, out=str(place / f"{file}.{form}"))
    shown = _shown(database)
    typer.echo(
        f"""
Try next:
  export TRACKER_DB={shown}
  tracker show IOM-PA-MINSEG
  tracker agreements --status in-force --sort since
  tracker agreements --as-of 1990-01-01
  tracker deadlines --within 2y --format json
  tracker add-agreement "My first agreement" --party IOM --signed today --in-force "on signature" --duration "2 years"
  tracker report portfolio -o portfolio.pdf"""
    )


def _make(place: Path, database: Path, by: Author) -> None:
    """Make the database and load every example into it; a demonstration that fails half way leaves none."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(place, f"cannot be made: {error.strerror}") from error
    actions.databases.create(database, by)
    try:
        records = [
            record for file in sorted(paths.EXAMPLES.glob("*.yaml")) for record in exchange.reading.read(file).records
        ]
        today, bring_in = config.today(), actions.records.bring_in
        done = actions.running.run(database, lambda session: bring_in(session, records, today), author=by)
    except BaseException:
        database.unlink(missing_ok=True)
        raise
    typer.echo(f"made {_shown(database)} with {len(done)} agreements", err=True)


def _section(title: str) -> None:
    output.write(f"\n{title}\n{'-' * len(title)}\n", None)


def _shown(path: Path) -> str:
    """The path from the current folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
