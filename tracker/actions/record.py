"""The record: one agreement as one document (docs/record-file.md), the shape in which every write arrives.

The command line builds it from flags, a record file from YAML or JSON; both are checked here and nowhere else.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from tracker.actions import record_fields as f
from tracker.actions.record_base import Part, Shared, refuse, second_of_two
from tracker.actions.record_parts import (
    ActivityPart,
    AttendancePart,
    Clauses,
    DocumentPart,
    EventPart,
    FigurePart,
    Fulfilment,
    LinkPart,
    NotePart,
    ObligationPart,
    PartyDescription,
    PartyPart,
    PersonPart,
    ProvisionsPart,
    Renewal,
    ScopePart,
    Signatory,
    Waiver,
)
from tracker.models.enums import AgreementKind, Confidentiality, EventKind

__all__ = [
    "ActivityPart",
    "AttendancePart",
    "Clauses",
    "Directory",
    "DirectoryDocument",
    "DocumentPart",
    "EventPart",
    "FigurePart",
    "Fulfilment",
    "LinkPart",
    "NotePart",
    "ObligationPart",
    "OwnScope",
    "Part",
    "PartyDescription",
    "PartyPart",
    "PersonPart",
    "ProvisionsPart",
    "Record",
    "Renewal",
    "ScopePart",
    "Shared",
    "Signatory",
    "Waiver",
]


class Record(Part):
    """One agreement with everything recorded about it."""

    ref: f.Ref | None = None
    title: f.Line
    kind: AgreementKind = AgreementKind.OTHER
    summary: f.Text | None = None
    countries: Annotated[list[f.Country], f.Listed] = []
    languages: Annotated[list[f.Language], f.Listed] = []
    parties: list[PartyPart] = []
    other_parties: list[PartyDescription] = []
    """Organisations that are only mentioned (in attendance, as a parent), without a role."""
    scopes: Annotated[list[f.ScopeCode], f.Listed] = []
    provisions: ProvisionsPart = ProvisionsPart()
    events: list[EventPart] = []
    obligations: list[ObligationPart] = []
    activities: list[ActivityPart] = []
    links: list[LinkPart] = []
    documents: list[DocumentPart] = []
    contacts: list[PersonPart] = []
    figures: list[FigurePart] = []
    source: f.Text | None = None
    notes: list[NotePart] = []
    responsible: PersonPart | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    recorded_on: f.Written | None = None
    """The day the agreement was recorded; the day of the import where it is left out."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name, values in (
            ("countries", self.countries),
            ("languages", self.languages),
            ("scopes", self.scopes),
            ("links", [f"{link.kind.value} {(link.target or '').lower()}" for link in self.links]),
            ("obligations", [f"number {part.number}" if part.number else "" for part in self.obligations]),
            ("activities", [f"number {part.number}" if part.number else "" for part in self.activities]),
        ):
            if (position := second_of_two(values)) is not None:
                raise refuse(f"{name} has {values[position]} twice", name, position)
        if self.recorded_on is not None and self.recorded_on.precision != "day":
            raise refuse(f"is {self.recorded_on}: expected a day", "recorded_on")
        held = {f"A{part.number}" for part in self.activities}
        for which, obligation in enumerate(self.obligations):
            for position, fulfilment in enumerate(obligation.fulfilled):
                if fulfilment.by and fulfilment.by not in held:
                    problem = f"an obligation is fulfilled by {fulfilment.by}, which is not among activities"
                    raise refuse(problem, "obligations", which, "fulfilled", position, "by")
        held |= {f"O{part.number}" for part in self.obligations}
        for position, document in enumerate(self.documents):
            if document.of and document.of.partition(":")[0] not in held:
                problem = f"document {document.file} is of {document.of}, which is not recorded here"
                raise refuse(problem, "documents", position, "of")
        self._link_to_another()
        self._end_after_start()
        return self

    def _link_to_another(self) -> None:
        for position, link in enumerate(self.links):
            if self.ref is not None and (link.target or "").lower() == self.ref.lower():
                problem = f"{link.target} is the agreement itself: expected another one"
                raise refuse(problem, "links", position, link.kind.value)

    def _end_after_start(self) -> None:
        ends = self.provisions.ends
        starts = [
            event.on.lower
            for event in self.events
            if event.event in (EventKind.SIGNED, EventKind.ENTERED_INTO_FORCE) and event.on.lower
        ]
        if ends and ends.upper and starts and ends.upper < min(starts):
            problem = f"ends on {ends}, before it was signed or in force on {min(starts)}"
            raise refuse(problem, "provisions", "ends")
        for position, event in enumerate(self.events):
            if event.until and event.until.upper and event.on.lower and event.until.upper < event.on.lower:
                problem = f"is renewed until {event.until}, before the renewal of {event.on}"
                raise refuse(problem, "events", position, "until")


class OwnScope(ScopePart):
    """A scope area of the officers' own, with the area above it."""

    parent: f.ScopeCode | None = None


class Directory(Part):
    """What is recorded beside the agreements: scope areas of the officers' own, and the parties and people
    that no agreement describes in full."""

    scopes: list[OwnScope] = []
    parties: list[PartyDescription] = []
    people: list[PersonPart] = []

    @model_validator(mode="after")
    def _each_scope_once(self) -> Self:
        codes = [area.code for area in self.scopes]
        if (position := second_of_two(codes)) is not None:
            raise refuse(f"{codes[position]} stands twice", "scopes", position, "code")
        return self


class DirectoryDocument(Part):
    """A document of a record file that is no agreement."""

    directory: Directory
