"""The options that several commands share, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import complete

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The day to look from, instead of today.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, json, jsonl, csv, markdown or any format of tabulate; else by the extension of -o.",
        autocompletion=complete.formats,
    ),
]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file ('-': stdout).")]
Sort = Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help="Sort by a column; -COLUMN for descending.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.")]

PartyFilter = Annotated[
    str | None,
    typer.Option("--party", metavar="PARTY", help="Only with this party.", autocompletion=complete.parties),
]
ScopeFilter = Annotated[
    str | None,
    typer.Option(
        "--scope", metavar="SCOPE", help="Only in this scope area or those below it.", autocompletion=complete.scopes
    ),
]
CountryFilter = Annotated[str | None, typer.Option("--country", metavar="CC", help="Only in this country.")]
ResponsibleFilter = Annotated[
    str | None,
    typer.Option(
        "--responsible", metavar="PERSON", help="Only what this person answers for.", autocompletion=complete.people
    ),
]
TextFilter = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help="Only with these words, case and accents aside.")
]
Within = Annotated[
    str | None, typer.Option("--within", metavar="TIME", help="Only what falls due in this time: 90d, 6m, 1y.")
]
AgreementFilter = Annotated[
    str | None,
    typer.Option("--agreement", metavar="REF", help="Only of this agreement.", autocompletion=complete.agreements),
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")]

AgreementRef = Annotated[
    str | None, typer.Argument(metavar="REF", help="The agreement.", autocompletion=complete.agreements)
]
AnyRef = Annotated[
    str | None,
    typer.Argument(
        metavar="REF",
        help="What to act on: PA-2017-001, PA-2017-001/O1, party-1 ...",
        autocompletion=complete.references,
    ),
]
ObligationRef = Annotated[
    str | None,
    typer.Argument(metavar="OBLIGATION", help="Its reference: PA-2017-001/O1.", autocompletion=complete.obligations),
]
ScopeOption = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="SCOPE", help="A scope area; repeat for several.", autocompletion=complete.scopes),
]
NewParty = Annotated[bool, typer.Option("--new-party", help="Create a party though its name is like a known one.")]
ResponsibleOption = Annotated[
    str | None,
    typer.Option("--responsible", metavar="NAME", help="Who answers for it.", autocompletion=complete.people),
]
