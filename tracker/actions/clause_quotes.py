"""The passages of kept texts that obligations rest on. Imports no SQLAlchemy: quoting is reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.rules.clause_references import find, references_in
from tracker.rules.clauses import Clause
from tracker.store.reader import Rows

Text = tuple[str, Sequence[Clause]]


def texts_of(rows: Rows, ref: str) -> list[Text]:
    """The kept texts of an agreement that have clauses, each with the document's reference and its clauses.

    The signed text comes first, then certified copies, amendments and annexes; no other kind is the agreement's text.
    """
    found: dict[str, list[Clause]] = {}
    for row in rows.rows("text_clauses", agreement=ref):
        clause = Clause(row["family"], row["number"], row["heading"], row["page"], row["text"])
        found.setdefault(row["document"], []).append(clause)
    return list(found.items())


def quotes(rows: Rows, ref: str, written: str | None) -> list[dict[str, Any]]:
    """What a clause as written says: for each division it names, the ``document``, ``page``, ``heading`` and ``text``
    of the first text that has it. Empty where no text of the agreement has."""
    found: list[dict[str, Any]] = []
    references = references_in(written or "")
    texts = texts_of(rows, ref) if references else []
    for reference in references:
        for document, clauses in texts:
            passage = find(clauses, reference)
            if passage is not None:
                clause = passage.clause
                quote = {"document": document, "page": clause.page, "heading": clause.heading, "text": passage.text}
                found.append(quote)
                break
    return found
