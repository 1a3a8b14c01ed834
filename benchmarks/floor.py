"""The floor programs: the same rows from the same database, by Typer, sqlite3 and tabulate alone.

    python benchmarks/floor.py deadlines DATABASE [LIMIT]

Each is what somebody would write who needs this one listing and nothing else: one statement, one table. No filters,
no formats, no checks of the file, no rules. What Tracker takes above it is the price of being a program.
"""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any

import typer
from tabulate import tabulate

DAY, UNTIL = "2026-11-24", "2026-12-24"
STANDING = "s.agreement_id = a.id AND s.from_day <= :day AND (s.to_day IS NULL OR s.to_day >= :day)"

DEADLINES = f"""
SELECT c.due_on, CAST(julianday(c.due_on) - julianday(:day) AS INTEGER),
       CASE WHEN c.due_on < :day THEN 'overdue' ELSE 'pending' END, 'obligation', a.ref || '/O' || o.number, o.text,
       p.name
FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
JOIN standing s ON {STANDING} LEFT JOIN person p ON p.id = coalesce(o.responsible_id, a.responsible_id)
WHERE c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on <= :until
  AND (a.last_day IS NULL OR c.due_on <= a.last_day)
  AND NOT (coalesce(a.last_day, :day) < :day AND a.last_day < c.due_on)
UNION ALL
SELECT m.on_day, CAST(julianday(m.on_day) - julianday(:day) AS INTEGER), 'pending', m.kind, a.ref,
       CASE m.kind WHEN 'notice' THEN 'last day to give notice before term ' || (m.term + 1)
                   WHEN 'renewal' THEN 'renews by itself for term ' || m.term
                   WHEN 'expiry' THEN 'expires: last day of term ' || m.term
                   ELSE CASE a.kind WHEN 'memorandum-of-understanding' THEN 'comes into effect'
                                    ELSE 'enters into force' END END, p.name
FROM milestone m JOIN agreement a ON a.id = m.agreement_id JOIN standing s ON {STANDING}
LEFT JOIN person p ON p.id = a.responsible_id
WHERE m.on_day BETWEEN :day AND :until
UNION ALL
SELECT v.on_upper, CAST(julianday(v.on_upper) - julianday(:day) AS INTEGER),
       CASE WHEN v.on_upper < :day THEN 'without-result' ELSE 'planned' END, 'activity', a.ref || '/A' || v.number,
       v.title, p.name
FROM activity v JOIN agreement a ON a.id = v.agreement_id JOIN standing s ON {STANDING}
LEFT JOIN person p ON p.id = a.responsible_id
WHERE v.status IN ('planned', 'postponed') AND coalesce(v.until_upper, v.on_upper) <= :until
ORDER BY 1, 5, 4 LIMIT :limit
"""

OBLIGATIONS = f"""
SELECT a.ref || '/O' || o.number, 'overdue', min(c.due_on), o.text,
       (SELECT group_concat(coalesce(p.acronym, p.name), ', ') FROM obligation_party x JOIN party p ON p.id = x.party_id
        WHERE x.obligation_id = o.id AND x.side = 'owed-by'),
       (SELECT group_concat(coalesce(p.acronym, p.name), ', ') FROM obligation_party x JOIN party p ON p.id = x.party_id
        WHERE x.obligation_id = o.id AND x.side = 'owed-to'),
       o.due, p.name
FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
JOIN standing s ON {STANDING} LEFT JOIN person p ON p.id = coalesce(o.responsible_id, a.responsible_id)
WHERE c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on < :day
  AND (a.last_day IS NULL OR c.due_on <= a.last_day OR a.last_day >= :day)
  AND o.id IN (SELECT x.obligation_id FROM obligation_party x JOIN party p ON p.id = x.party_id
               WHERE p.name_key = :party)
GROUP BY o.id ORDER BY 3, a.ref, o.number LIMIT :limit
"""

AGREEMENTS = f"""
SELECT a.ref, s.status, s.from_day, a.title,
       (SELECT group_concat(coalesce(p.acronym, p.name), ', ') FROM participation x JOIN party p ON p.id = x.party_id
        WHERE x.agreement_id = a.id),
       (SELECT t.to_day FROM term t WHERE t.agreement_id = a.id AND t.from_day <= :day ORDER BY t.number DESC LIMIT 1),
       (SELECT min(day) FROM (
            SELECT min(c.due_on) AS day FROM obligation o JOIN occurrence c ON c.obligation_id = o.id
            WHERE o.agreement_id = a.id AND c.due_on >= :day AND c.done_text IS NULL AND c.waived_text IS NULL
              AND (a.last_day IS NULL OR c.due_on <= a.last_day)
            UNION ALL SELECT min(m.on_day) FROM milestone m WHERE m.agreement_id = a.id AND m.on_day >= :day
            UNION ALL SELECT min(v.on_upper) FROM activity v
            WHERE v.agreement_id = a.id AND v.status || '' = 'planned' AND v.on_upper >= :day))
FROM agreement a JOIN standing s ON {STANDING}
WHERE s.status || '' = 'in-force' AND EXISTS (
    SELECT 1 FROM agreement_scope x JOIN scope_area v ON v.id = x.scope_id
    WHERE x.agreement_id = a.id AND v.code = :scope)
ORDER BY a.ref LIMIT :limit
"""

RECORD = {
    "parties": "SELECT p.acronym, p.name, x.role FROM participation x JOIN party p ON p.id = x.party_id"
    " WHERE x.agreement_id = :id ORDER BY x.position",
    "scopes": "SELECT v.code FROM agreement_scope x JOIN scope_area v ON v.id = x.scope_id WHERE x.agreement_id = :id",
    "provisions": "SELECT kind, rule, period, times FROM provision WHERE agreement_id = :id",
    "events": "SELECT on_text, kind, note FROM event WHERE agreement_id = :id ORDER BY position",
    "standing": "SELECT from_day, to_day, status FROM standing WHERE agreement_id = :id ORDER BY from_day",
    "terms": "SELECT number, from_day, to_day, notice_day, origin FROM term WHERE agreement_id = :id ORDER BY number",
    "milestones": "SELECT on_day, kind, term FROM milestone WHERE agreement_id = :id AND on_day >= :day"
    " ORDER BY on_day",
    "obligations": "SELECT o.number, o.text, o.due, (SELECT min(c.due_on) FROM occurrence c"
    " WHERE c.obligation_id = o.id AND c.done_text IS NULL) FROM obligation o"
    " WHERE o.agreement_id = :id ORDER BY o.position",
    "owing": "SELECT o.number, x.side, p.name FROM obligation o JOIN obligation_party x ON x.obligation_id = o.id"
    " JOIN party p ON p.id = x.party_id WHERE o.agreement_id = :id",
    "due": "SELECT o.number, c.due_on, c.done_text, c.evidence FROM obligation o JOIN occurrence c"
    " ON c.obligation_id = o.id WHERE o.agreement_id = :id ORDER BY c.due_on",
    "activities": "SELECT on_text, kind, title, status FROM activity WHERE agreement_id = :id ORDER BY position",
    "documents": "SELECT number, file, kind FROM document WHERE agreement_id = :id",
    "notes": "SELECT on_text, text FROM note WHERE agreement_id = :id",
    "figures": "SELECT what, value, unit FROM figure WHERE agreement_id = :id",
    "links": "SELECT kind, to_ref FROM link WHERE agreement_id = :id",
}

SEARCH = """
SELECT CASE h.id & 15 WHEN 1 THEN 'agreements' WHEN 2 THEN 'parties' WHEN 3 THEN 'obligations' ELSE 'activities' END,
       coalesce(b.ref || '/O' || o.number, c.ref || '/A' || v.number, a.ref, p.ref),
       coalesce(b.title, v.title, a.title, p.name), h.snippet
FROM (SELECT rowid AS id, snippet(search, -1, '[', ']', '…', 20) AS snippet FROM search WHERE search MATCH :words
      ORDER BY {order} LIMIT 50) h
LEFT JOIN agreement a ON h.id & 15 = 1 AND a.id = h.id >> 4
LEFT JOIN party p ON h.id & 15 = 2 AND p.id = h.id >> 4
LEFT JOIN obligation o ON h.id & 15 = 3 AND o.id = h.id >> 4 LEFT JOIN agreement b ON b.id = o.agreement_id
LEFT JOIN activity v ON h.id & 15 = 4 AND v.id = h.id >> 4 LEFT JOIN agreement c ON c.id = v.agreement_id
"""


def main(
    what: Annotated[str, typer.Argument()],
    database: Annotated[str, typer.Argument()],
    word: Annotated[str, typer.Argument()] = "",
    limit: Annotated[int, typer.Option()] = -1,
) -> None:
    """Print one listing: of ``word`` where it is of something, ``limit`` rows at most."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    given: dict[str, Any] = {"day": DAY, "until": UNTIL, "limit": limit}
    if what == "deadlines":
        table(db, DEADLINES, given, "on", "days left", "state", "kind", "ref", "what", "responsible")
    elif what == "obligations":
        given["party"] = word.lower()
        table(db, OBLIGATIONS, given, "ref", "state", "next due", "what", "owed by", "owed to", "due", "responsible")
    elif what == "agreements":
        given["scope"] = word
        table(db, AGREEMENTS, given, "ref", "status", "since", "title", "parties", "ends", "next deadline")
    elif what == "search":
        (count,) = db.execute("SELECT count(*) FROM search WHERE search MATCH :words", {"words": word}).fetchone()
        order = "bm25(search, 4.0, 1.0), rowid" if count <= 20_000 else "rowid DESC"
        table(db, SEARCH.format(order=order), {"words": word}, "section", "ref", "title", "snippet")
    else:
        row = db.execute("SELECT id, title, kind, source FROM agreement WHERE ref = :ref", {"ref": word}).fetchone()
        print(*row)
        for name, statement in RECORD.items():
            table(db, statement, given | {"id": row[0]}, name)


def table(db: sqlite3.Connection, statement: str, given: dict[str, Any], *headings: str) -> None:
    rows = db.execute(statement, given).fetchall()
    print(tabulate(rows, headings, disable_numparse=True, missingval=""))


if __name__ == "__main__":
    typer.run(main)
