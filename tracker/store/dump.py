"""One agreement's rows as the plain values of its record, keys in the order of the record file.

Read through named queries, so that export is fast and an edit can compare inside its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.models.keys import fold
from tracker.store.reader import Row, Rows


def record(reader: Rows, ref: str) -> dict[str, Any] | None:
    """The record of the agreement with this reference, or None; empty values are left out."""
    agreement = reader.row("record_agreement", ref=ref)
    return _Dump(reader, agreement).record() if agreement else None


class _Dump:
    def __init__(self, reader: Rows, agreement: Row) -> None:
        self.reader = reader
        self.agreement = agreement
        self.parties = {row["id"]: row for row in self.rows("record_parties")}
        self.further = {party: self.reader.rows("record_party_names", party=party) for party in self.parties}
        self.names = names_of(list(self.parties.values()), self.further)

    def rows(self, query: str) -> list[Row]:
        return self.reader.rows(query, agreement=self.agreement["id"])

    def grouped(self, query: str, key: str) -> dict[int, list[Row]]:
        groups: dict[int, list[Row]] = {}
        for row in self.rows(query):
            groups.setdefault(row[key], []).append(row)
        return groups

    def record(self) -> dict[str, Any]:
        a = self.agreement
        participations = self.rows("record_participations")
        taking_part = {row["party_id"] for row in participations}
        others = [row for row in self.parties.values() if row["id"] not in taking_part]
        return given(
            ref=a["ref"],
            title=a["title"],
            kind=a["kind"],
            summary=a["summary"],
            countries=[row["country"] for row in self.rows("record_countries")],
            languages=[row["language"] for row in self.rows("record_languages")],
            parties=[self.participation(row) for row in participations],
            other_parties=[self.description(row) for row in others],
            scopes=[row["code"] for row in self.rows("record_scopes")],
            provisions=self.provisions(),
            events=[self.event(row) for row in self.rows("record_events")],
            obligations=self.obligations(),
            activities=self.activities(),
            links=[{row["kind"]: row["to_ref"]} for row in self.rows("record_links")],
            documents=[
                given(
                    file=row["file"],
                    kind=row["kind"],
                    title=row["title"],
                    language=row["language"],
                    on=row["on_text"],
                    of=row["of_part"],
                    sha256=row["sha256"],
                )
                for row in self.rows("record_documents")
            ],
            contacts=[self.person(row) for row in self.rows("record_contacts")],
            figures=[
                given(**{key: row[key] for key in ("what", "value", "unit", "period", "source")})
                for row in self.rows("record_figures")
            ],
            source=a["source"],
            notes=[given(on=row["on_text"], text=row["text"]) for row in self.rows("record_notes")],
            responsible=self.person(a),
            confidentiality=a["confidentiality"],
            recorded_on=a["recorded_on"],
        )

    def name(self, party_id: int | None) -> str | None:
        return None if party_id is None else self.names[party_id]

    def person(self, row: Row) -> dict[str, Any] | None:
        return person(row, self.names)

    def description(self, party: Row) -> dict[str, Any]:
        return description(party, self.further[party["id"]], self.names)

    def participation(self, row: Row) -> dict[str, Any]:
        signatory = given(name=row["signatory"], office=row["signatory_office"], email=row["email"])
        return {
            **self.description(self.parties[row["party_id"]]),
            "role": row["role"],
            **given(signatory=signatory),
        }

    def provisions(self) -> dict[str, Any]:
        rules: dict[str, Any] = {}
        clauses: dict[str, str] = {}
        for row in self.rows("record_provisions"):
            key = row["kind"].replace("-", "_")
            if key == "indefinite":
                rules[key] = True
            elif key == "renewal":
                rules[key] = given(mode=row["rule"], period=row["period"], times=row["times"])
            else:
                rules[key] = row["rule"]
            if row["clause"]:
                clauses[key] = row["clause"]
        order = ("entry_into_force", "duration", "ends", "indefinite", "renewal", "notice")
        return given(**{key: rules.get(key) for key in order}, clauses=clauses)

    def event(self, row: Row) -> dict[str, Any]:
        values = {
            "event": row["kind"],
            "on": row["on_text"],
            "party": self.name(row["party_id"]),
            "until": row["until_text"],
            "for": row["duration"],
            "note": row["note"],
        }
        return given(**values)

    def obligations(self) -> list[dict[str, Any]]:
        parties = self.grouped("record_obligation_parties", "obligation_id")
        scopes = self.grouped("record_obligation_scopes", "obligation_id")
        settled = self.grouped("record_settled", "obligation_id")
        return [
            given(
                number=row["number"],
                text=row["text"],
                kind=row["kind"],
                clause=row["clause"],
                owed_by=self.side(parties.get(row["id"], []), "owed-by"),
                owed_to=self.side(parties.get(row["id"], []), "owed-to"),
                scopes=[scope["code"] for scope in scopes.get(row["id"], [])],
                due=row["due"],
                responsible=self.person(row),
                survives=bool(row["survives"]) or None,
                fulfilled=[
                    given(
                        due=fact["due_on"],
                        on=fact["done_text"],
                        by=f"A{fact['activity']}" if fact["activity"] else None,
                        evidence=fact["evidence"],
                    )
                    for fact in settled.get(row["id"], [])
                    if fact["done_text"]
                ],
                waived=[
                    given(due=fact["due_on"], on=fact["waived_text"], reason=fact["waived_reason"])
                    for fact in settled.get(row["id"], [])
                    if fact["waived_text"]
                ],
            )
            for row in self.rows("record_obligations")
        ]

    def side(self, rows: Iterable[Row], side: str) -> list[str]:
        return [self.names[row["party_id"]] for row in rows if row["side"] == side]

    def activities(self) -> list[dict[str, Any]]:
        scopes = self.grouped("record_activity_scopes", "activity_id")
        attendance = self.grouped("record_attendance", "activity_id")
        return [
            given(
                number=row["number"],
                title=row["title"],
                kind=row["kind"],
                on=row["on_text"],
                until=row["until_text"],
                place=row["place"],
                status=row["status"],
                scopes=[scope["code"] for scope in scopes.get(row["id"], [])],
                attendance=[
                    given(
                        party=self.names[people["party_id"]],
                        women=people["women"],
                        men=people["men"],
                        other=people["other"],
                        total=people["total"],
                    )
                    for people in attendance.get(row["id"], [])
                ],
            )
            for row in self.rows("record_activities")
        ]


def person(row: Row, names: dict[int, str]) -> dict[str, Any] | None:
    """A person as a record describes one; None where the row is of nobody."""
    if row["responsible"] is None:
        return None
    return given(
        name=row["responsible"],
        office=row["office"],
        email=row["email"],
        phone=row["phone"],
        party=names.get(row["party_id"]),
    )


def description(party: Row, further: list[Row], names: dict[int, str]) -> dict[str, Any]:
    """A party as a record describes one."""
    return given(
        name=party["name"],
        acronym=party["acronym"],
        kind=party["kind"],
        country=party["country"],
        part_of=names.get(party["part_of_id"]),
        former_names=[row["name"] for row in further if row["kind"] == "former"],
        other_names=[row["name"] for row in further if row["kind"] == "other"],
    )


def names_of(parties: list[Row], further: dict[int, list[Row]]) -> dict[int, str]:
    """How each party is named within the record: acronym, name, or name with country, whichever is its alone."""
    keys = []
    for party in parties:
        own = {party["name_key"], party["acronym_key"], *(fold(row["name"]) for row in further[party["id"]])}
        keys += [key for key in own if key]
    names = {}
    for party in parties:
        if party["acronym_key"] and keys.count(party["acronym_key"]) == 1:
            names[party["id"]] = party["acronym"]
        elif keys.count(party["name_key"]) == 1 or not party["country"]:
            names[party["id"]] = party["name"]
        else:
            names[party["id"]] = f"{party['name']} ({party['country']})"
    return names


def given(**values: Any) -> dict[str, Any]:
    """The values that say something: no None, no empty text, list or mapping; zero and False stay."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def links(reader: Rows, ref: str) -> list[str]:
    """References of the agreements this one is linked to."""
    agreement = reader.row("record_agreement", ref=ref)
    if agreement is None:
        return []
    return [row["to_ref"] for row in reader.rows("record_links", agreement=agreement["id"])]
