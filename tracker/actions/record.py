"""The record: one agreement as one document (docs/record-file.md), the shape in which every write arrives.

The command line builds it from flags, a record file from YAML or JSON; both are checked here and nowhere else.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from tracker.actions import record_fields as f
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
    Part,
    PartyDescription,
    PartyPart,
    PersonPart,
    ProvisionsPart,
    Renewal,
    ScopePart,
    Signatory,
    Waiver,
    refuse,
    twice_in,
)
from tracker.models.enums import AgreementKind, Confidentiality, EventKind

__all__ = [
    "ActivityPart",
    "AttendancePart",
    "Clauses",
    "DocumentPart",
    "EventPart",
    "FigurePart",
    "Fulfilment",
    "LinkPart",
    "NotePart",
    "ObligationPart",
    "Part",
    "PartyDescription",
    "PartyPart",
    "PersonPart",
    "ProvisionsPart",
    "Record",
    "Renewal",
    "ScopePart",
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
            ("obligations", [f"number {part.number}" for part in self.obligations if part.number]),
            ("activities", [f"number {part.number}" for part in self.activities if part.number]),
        ):
            if twice := twice_in(values):
                raise refuse(f"{name} has {twice} twice")
        if self.recorded_on is not None and self.recorded_on.precision != "day":
            raise refuse(f"recorded_on is {self.recorded_on}: expected a day")
        held = {f"A{part.number}" for part in self.activities}
        for obligation in self.obligations:
            for fulfilment in obligation.fulfilled:
                if fulfilment.by and fulfilment.by not in held:
                    raise refuse(f"an obligation is fulfilled by {fulfilment.by}, which is not among activities")
        held |= {f"O{part.number}" for part in self.obligations}
        for document in self.documents:
            if document.of and document.of.partition(":")[0] not in held:
                raise refuse(f"document {document.file} is of {document.of}, which is not recorded here")
        self._end_after_start()
        return self

    def _end_after_start(self) -> None:
        ends = self.provisions.ends
        starts = [
            event.on.lower
            for event in self.events
            if event.event in (EventKind.SIGNED, EventKind.ENTERED_INTO_FORCE) and event.on.lower
        ]
        if ends and ends.upper and starts and ends.upper < min(starts):
            raise refuse(f"ends on {ends}, before it was signed or in force on {min(starts)}")
        for event in self.events:
            if event.until and event.until.upper and event.on.lower and event.until.upper < event.on.lower:
                raise refuse(f"is renewed until {event.until}, before the renewal of {event.on}")
