"""Runs the quality checks: agreements and the directory are read as plain rows and handed to the rules.

Imports no SQLAlchemy: checking is reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import actions
from tracker.errors import BadFile
from tracker.models.keys import fold
from tracker.rules.quality import catalogue
from tracker.rules.quality.finding import Directory, Finding, Subject, Values
from tracker.store import confidentiality, picture
from tracker.store.in_step import InStep
from tracker.store.reader import Rows

if TYPE_CHECKING:
    from tracker.rules.clauses import Clause

ALIKE = 90
"""Ratio (0 to 100) of two folded names from which on two parties are likely the same."""


def of_agreement(rows: Rows, ref: str, day: date, ignored: Collection[str] = ()) -> Iterator[Finding]:
    """Findings of one agreement on ``day``; ``ignored`` are codes of checks to leave out."""
    return catalogue.of_agreement(subject(rows, ref, day), ignored)


FEW = 20
"""Up to so many agreements are read one by one; more in step."""


def of_agreements(
    rows: Rows, refs: Sequence[str], day: date, ignored: Collection[str] = ()
) -> Iterator[tuple[str, list[Finding]]]:
    """The findings of each of many agreements, in the order given; of one that is given twice, once.

    The number of statements hardly depends on how many they are, and so does the memory they take.
    """
    refs = list(dict.fromkeys(refs))
    if len(refs) <= FEW:
        yield from ((ref, list(of_agreement(rows, ref, day, ignored))) for ref in refs)
        return
    read, wanted = InStep(rows), iter(refs)
    for some in read.batches(refs):
        found = {ref: list(of_agreement(read, ref, day, ignored)) for ref in some}
        yield from ((ref, found[ref]) for ref in islice(wanted, len(some)))


def of_directory(rows: Rows, ignored: Collection[str] = ()) -> Iterator[Finding]:
    """Findings of parties and people, and of the files of the database."""
    parties = rows.rows("check_parties")
    alike = [] if "P03" in ignored else _alike(parties)
    opened = list(confidentiality.open_to_others(rows.path))
    return catalogue.of_directory(Directory(parties, rows.rows("people"), alike, opened), ignored)


def close(file: str) -> str:
    """Take a file away from others on this machine; gives its mode now. Raises BadFile."""
    try:
        return confidentiality.close_to_others(Path(file))
    except OSError as error:
        raise BadFile(file, f"its mode cannot be changed: {error.strerror}") from error


def subject(rows: Rows, ref: str, day: date) -> Subject:
    """One agreement as the checks look at it."""
    record = picture.picture(rows, ref, day)
    derived = record["derived"]
    links = rows.rows("show_links", agreement=ref)
    in_force = rows.row("show_derived", agreement=ref) or {}
    return Subject(
        ref=ref,
        day=day,
        record=record,
        status=derived["status"],
        since=_day(derived["since"]),
        signed=derived["signed"],
        in_force=derived["in_force"],
        in_force_on=_day(in_force["in_force_on"]),
        last_day=_day(derived["last_day"]),
        terms=derived["terms"],
        milestones=derived["milestones"],
        obligations=derived["obligations"],
        open_after_end=[row["number"] for row in rows.rows("check_lapsing", agreement=ref)],
        off_schedule=[(row["number"], row["due_on"]) for row in rows.rows("check_off_schedule", agreement=ref)],
        implemented_by=[row["ref"] for row in derived["linked_from"] if row["kind"] == "implements"],
        unrecorded=[row["ref"] for row in links if row["title"] is None],
        texts=_texts(rows, ref, record),
    )


def _texts(rows: Rows, ref: str, record: Values) -> Sequence[tuple[str, Sequence[Clause]]]:
    """The agreement's texts, where an obligation rests on a clause and a file is kept at all."""
    rests = any(item.get("clause") for item in record.get("obligations", ()))
    return (
        actions.clause_quotes.texts_of(rows, ref)
        if rests and any(item.get("sha256") for item in record.get("documents", ()))
        else []
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and text != "unknown" else None


def _alike(parties: Sequence[Values]) -> list[tuple[Values, Values]]:
    """Pairs of parties whose names differ by little; different countries tell two apart."""
    from rapidfuzz import fuzz, process

    keys = [fold(party["name"]) for party in parties]
    pairs = []
    for place, key in enumerate(keys):
        for _, _, other in process.extract(key, keys[:place], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3):
            one, two = parties[other], parties[place]
            if not (one["country"] and two["country"] and one["country"] != two["country"]):
                pairs.append((one, two))
    return pairs
