"""The parts of a record: parties, provisions, events, obligations, activities and what hangs on an agreement.

Each checks itself; ``record`` puts them together.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tracker.actions import record_fields as f
from tracker.actions.record_base import Part, Shared, refuse, second_of_two
from tracker.models.enums import (
    ActivityKind,
    ActivityStatus,
    DocumentKind,
    EventKind,
    LinkKind,
    ObligationKind,
    PartyKind,
    RenewalMode,
    Role,
)
from tracker.rules.entry_into_force import parse_entry_rule


def _digits(value: Any) -> Any:
    """Refuse what Python takes for a number and nobody writes: ``1_000``, ``1.0``, digits of other scripts."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]+", value):
        raise PydanticCustomError("int_digits", "not digits")
    return value


Count = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_digits)]
Ordinal = Annotated[int, Field(ge=1, le=999_999), BeforeValidator(_digits)]


_ADDRESSED = re.compile(r"(?P<name>[^<>]+?) *<(?P<email>[^<>]+)>")


class _Named(Shared):
    """A person by name and e-mail; ``Ana Castillo <ana@example.org>`` in place of the name is read as both."""

    @model_validator(mode="before")
    @classmethod
    def _addressed(cls, data: Any) -> Any:
        name = data.get("name") if isinstance(data, dict) else None
        if isinstance(name, str) and (found := _ADDRESSED.fullmatch(name.strip())) and not data.get("email"):
            return {**data, "name": found["name"], "email": found["email"]}
        return data


class PersonPart(_Named):
    name: f.Line
    office: f.Line | None = None
    email: f.PersonalEmail | None = None
    phone: f.Phone | None = None
    party: f.Line | None = None


class Signatory(_Named):
    """Who signed, and the office held that day; the e-mail tells two people of one name apart."""

    name: f.Line
    office: f.Line | None = None
    email: f.PersonalEmail | None = None


class PartyDescription(Shared):
    name: f.Line
    acronym: f.Line | None = None
    kind: PartyKind | None = None
    country: f.Country | None = None
    part_of: f.Line | None = None
    """The party this one belongs to, by any of its names."""
    former_names: Annotated[list[f.Line], f.Listed] = []
    other_names: Annotated[list[f.Line], f.Listed] = []


class PartyPart(PartyDescription):
    role: Role = Role.PARTY
    signatory: Signatory | None = None


class Renewal(Part):
    mode: RenewalMode
    period: f.DurationText | None = None
    times: Ordinal | None = None


class Clauses(Part):
    """Where in the instrument each provision stands."""

    entry_into_force: f.Line | None = None
    duration: f.Line | None = None
    ends: f.Line | None = None
    indefinite: f.Line | None = None
    renewal: f.Line | None = None
    notice: f.Line | None = None


class ProvisionsPart(Part):
    entry_into_force: f.EntryRuleText | None = None
    duration: f.DurationText | None = None
    ends: f.Written | None = None
    indefinite: bool = False
    renewal: Renewal | None = None
    notice: f.NoticeText | None = None
    clauses: Clauses | None = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        given = [
            name
            for name, value in (
                ("duration", self.duration),
                ("ends", self.ends),
                ("indefinite", self.indefinite),
            )
            if value
        ]
        if len(given) > 1:
            raise refuse(f"has {' and '.join(given)}: expected only one of them")
        if self.ends is not None and self.ends.upper is None:
            raise refuse("is unknown: leave ends out", "ends")
        self._end_after_entry()
        renewal = self.renewal
        if renewal and renewal.mode is RenewalMode.NONE and (renewal.period or renewal.times):
            raise refuse("renewal none has neither period nor times", "renewal")
        for name in Clauses.model_fields:
            if getattr(self.clauses, name, None) and not getattr(self, name):
                raise refuse(f"clauses say where {name} stands, but {name} is not given", "clauses", name)
        return self

    def _end_after_entry(self) -> None:
        entry = parse_entry_rule(self.entry_into_force).on if self.entry_into_force else None
        if entry and entry.lower and self.ends and self.ends.upper and self.ends.upper < entry.lower:
            raise refuse(f"is {self.ends}, before the agreement enters into force on {entry}", "ends")


class EventPart(Part):
    event: EventKind
    on: f.Written
    party: f.Line | None = None
    until: f.Written | None = None
    for_: f.DurationText | None = Field(default=None, alias="for")
    note: f.Text | None = None

    @model_validator(mode="after")
    def _renewal_only(self) -> Self:
        if (self.until or self.for_) and self.event is not EventKind.RENEWED:
            key = "until" if self.until else "for"
            raise refuse(f"until and for belong to renewed, not to {self.event.value}", key)
        if self.until and self.for_:
            raise refuse("has until and for: expected only one of them")
        if self.until and self.until.upper is None:
            raise refuse("is unknown: leave until out", "until")
        return self


class Fulfilment(Part):
    """One due date met; ``due`` is left out for what was done on request."""

    due: f.Written | None = None
    on: f.Written
    by: Annotated[str, Field(pattern=r"^A[1-9][0-9]{0,8}$")] | None = None
    evidence: f.Text | None = None


class Waiver(Part):
    due: f.Written | None = None
    on: f.Written
    reason: f.Text


class ObligationPart(Part):
    number: Ordinal | None = None
    text: f.Text
    kind: ObligationKind = ObligationKind.OTHER
    clause: f.Line | None = None
    owed_by: Annotated[list[f.Line], f.Listed] = []
    owed_to: Annotated[list[f.Line], f.Listed] = []
    scopes: Annotated[list[f.ScopeCode], f.Listed] = []
    due: f.ScheduleText = "ongoing"
    responsible: PersonPart | None = None
    survives: bool = False
    fulfilled: list[Fulfilment] = []
    waived: list[Waiver] = []

    @model_validator(mode="after")
    def _each_due_date_once(self) -> Self:
        settled: list[tuple[str, int, Fulfilment | Waiver]] = [
            *(("fulfilled", position, item) for position, item in enumerate(self.fulfilled)),
            *(("waived", position, item) for position, item in enumerate(self.waived)),
        ]
        for key, position, item in settled:
            if item.due is not None and item.due.upper is None:
                raise refuse("a due date that is fulfilled or waived cannot be unknown", key, position, "due")
        days = [str(item.due.upper) if item.due else "" for _, _, item in settled]
        if (twice := second_of_two(days)) is not None:
            key, position, _ = settled[twice]
            raise refuse(f"due date {days[twice]} is fulfilled or waived twice", key, position, "due")
        return self


class AttendancePart(Part):
    """People of one party; ``total`` only where no split by sex is known."""

    party: f.Line
    women: Count | None = None
    men: Count | None = None
    other: Count | None = None
    total: Count | None = None

    @model_validator(mode="after")
    def _some_count(self) -> Self:
        split = [count for count in (self.women, self.men, self.other) if count is not None]
        if not split and self.total is None:
            raise refuse("has no count: expected women, men, other or total")
        if split and self.total is not None:
            raise refuse("has total beside women, men or other: expected one or the other")
        return self


class ActivityPart(Part):
    number: Ordinal | None = None
    title: f.Line
    kind: ActivityKind
    on: f.Written
    until: f.Written | None = None
    place: f.Line | None = None
    status: ActivityStatus = ActivityStatus.PLANNED
    scopes: Annotated[list[f.ScopeCode], f.Listed] = []
    attendance: list[AttendancePart] = []

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until and self.on.lower and (self.until.upper is None or self.until.upper < self.on.lower):
            raise refuse(f"ends on {self.until}, before it starts on {self.on}", "until")
        return self


class LinkPart(Part):
    amends: f.Ref | None = None
    extends: f.Ref | None = None
    replaces: f.Ref | None = None
    implements: f.Ref | None = None
    terminates: f.Ref | None = None

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if len(self.model_fields_set) != 1 or self.target is None:
            raise refuse(f"expected exactly one of {', '.join(kind.value for kind in LinkKind)}")
        return self

    @property
    def kind(self) -> LinkKind:
        return LinkKind(next(iter(self.model_fields_set)))

    @property
    def target(self) -> str | None:
        target: str | None = getattr(self, self.kind.value)
        return target


class DocumentPart(Part):
    file: f.FileName
    kind: DocumentKind = DocumentKind.OTHER
    title: f.Line | None = None
    language: f.Language | None = None
    on: f.Written | None = None
    of: f.OfPart | None = None
    """The activity, obligation or due date it is the document of (``A1``, ``O1``, ``O1:2017-11-18``)."""
    sha256: f.Sha256 | None = None


class FigurePart(Part):
    what: f.Line
    value: f.Number
    unit: f.Line | None = None
    period: f.Period | None = None
    source: f.Text | None = None


class NotePart(Part):
    on: f.Written | None = None
    text: f.Text


class ScopePart(Part):
    """A scope area of the officers' own; several codes stand with ``;`` between them."""

    code: f.ScopeCode
    name_en: f.Line
    name_es: f.Line | None = None
    name_fr: f.Line | None = None
    gcm: f.Codes | None = None
    sdg: f.Codes | None = None
    dac: f.Codes | None = None
