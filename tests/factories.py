"""Records as plain values, the way a file holds them, and what a database holds, for comparing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

ALPHA = "Alpha Institute"
BETA = "Beta Board"


def signed(on: str = "2017-05-18", **more: str) -> dict[str, str]:
    return {"event": "signed", "on": on, **more}


def agreement(ref: str = "X-1", **values: Any) -> dict[str, Any]:
    """An agreement of two parties, signed and in force since 2017-05-18 without an end."""
    return {
        "ref": ref,
        "title": f"Agreement {ref}",
        "parties": [{"name": ALPHA}, {"name": BETA}],
        "provisions": {"entry_into_force": "on signature", "indefinite": True},
        "events": [signed()],
        **values,
    }


def obligation(due: str, number: int = 1, **values: Any) -> dict[str, Any]:
    return {"number": number, "text": f"Duty {number}", "owed_by": [ALPHA], "due": due, **values}


def activity(number: int = 1, on: str = "2018-03-01", **values: Any) -> dict[str, Any]:
    return {"number": number, "title": f"Workshop {number}", "kind": "training", "on": on, **values}


def everything() -> dict[str, Any]:
    """An agreement with at least one part of every kind."""
    return agreement(
        "R-1",
        summary="What it is about",
        countries=["PA", "CR"],
        languages=["es"],
        scopes=["border-management"],
        source="the signed text",
        responsible={"name": "Ana Castillo", "office": "Desk officer"},
        provisions={
            "entry_into_force": "on signature",
            "duration": "3 years",
            "renewal": {"mode": "tacit", "period": "1 year", "times": 2},
            "notice": "6 months",
            "clauses": {"duration": "Art. 8", "renewal": "Art. 9", "notice": "Art. 10"},
        },
        obligations=[obligation("every 6 months from 2017-11-18", clause="Art. 3", owed_to=[BETA])],
        activities=[activity(status="held", place="Panama City", attendance=[{"party": BETA, "women": 3}])],
        links=[{"implements": "F-1"}],
        documents=[{"file": "annex.pdf", "kind": "annex", "title": "Annex", "language": "es", "on": "2017"}],
        contacts=[{"name": "Luis Arosemena", "phone": "+507 305-3350"}],
        figures=[{"what": "arrivals", "value": "31749", "unit": "persons", "period": "2015", "source": "SENAFRONT"}],
        notes=[{"on": "2017-06-01", "text": "A remark"}],
    )


def rows(database: Path) -> str:
    """Every row of every table as SQL: equal before and after where nothing was changed."""
    db = sqlite3.connect(database)
    try:
        return "\n".join(db.iterdump())
    finally:
        db.close()
