"""What derivation takes and gives: plain frozen values. Holds no rule and reads nothing.

``Facts`` is one agreement as recorded; ``Derivation`` is everything that follows from it. Each
derived value carries a ``Reason``: the rule, its section, the arithmetic, the facts, and what it
rests on. All days are whole days; ``from_day`` and ``to_day`` are both included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any

from tracker.models.enums import EventKind, MilestoneKind, RenewalMode, Status
from tracker.rules.dates import WrittenDate

if TYPE_CHECKING:
    from tracker.rules.durations import Duration, Notice
    from tracker.rules.entry_into_force import EntryRule
    from tracker.rules.schedules import Schedule


@dataclass(frozen=True, slots=True)
class EventFact:
    """One dated fact of the agreement's life; ``party`` None means all bound parties.

    ``until`` or ``duration`` belong to ``renewed`` only: the last day of the new term, or its
    length.
    """

    ref: str
    kind: EventKind
    on: WrittenDate
    party: str | None = None
    until: WrittenDate | None = None
    duration: Duration | None = None


@dataclass(frozen=True, slots=True)
class Provisions:
    """The rules that turn events into terms (docs/rules.md, section 5). ``clauses`` maps a provision kind to its
    clause.

    ``period`` None means the duration; ``times`` None means without limit. Keys of ``clauses`` are
    the field names here (``entry_into_force``, ``duration``, ``ends``, ``renewal``, ``notice``).
    """

    entry_into_force: EntryRule | None = None
    duration: Duration | None = None
    ends: WrittenDate | None = None
    indefinite: bool = False
    renewal: RenewalMode = RenewalMode.NONE
    period: Duration | None = None
    times: int | None = None
    notice: Notice | None = None
    clauses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivityFact:
    """When an activity takes place; a schedule counts from its last day."""

    number: int
    on: WrittenDate | None
    until: WrittenDate | None = None


@dataclass(frozen=True, slots=True)
class ObligationFact:
    """When an obligation falls due, whether it outlives the agreement, and when it was fulfilled."""

    number: int
    due: Schedule
    survives: bool = False
    done: tuple[WrittenDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One agreement as recorded. ``bound`` labels the parties whose role is party or participant.

    ``replaced_on`` is the day on which an agreement that replaces this one (``replaced_by``) really
    enters into force; unknown where that has happened on an unknown day. ``country`` is the
    ISO 3166-1 code whose public holidays move due days.
    """

    ref: str
    recorded_on: date
    bound: tuple[str, ...]
    events: tuple[EventFact, ...] = ()
    provisions: Provisions = field(default_factory=Provisions)
    country: str | None = None
    replaced_on: WrittenDate | None = None
    replaced_by: str | None = None
    obligations: tuple[ObligationFact, ...] = ()
    activities: tuple[ActivityFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded fact quoted in a reason: where it is, what it says, on which date as written."""

    ref: str
    what: str
    on: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a derived value is what it is; ``because`` are the derived values it rests on.

    ``rule`` is the rule in words, ``section`` its clause or section, ``result`` what followed,
    ``precision`` ``day``, ``month``, ``year``, ``range`` or ``unknown``.
    """

    rule: str
    section: str
    result: str
    precision: str
    arithmetic: str = ""
    facts: tuple[Fact, ...] = ()
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A status over whole days. ``from_day`` None: since before anything dated; ``to_day`` None:
    open.
    """

    status: Status
    from_day: date | None
    to_day: date | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Term:
    """One period for which the agreement binds; ``number`` counts from 1.

    ``from_day`` None: since an unknown day. ``to_day`` None: no end known. ``warn_day`` is the
    earliest day that may be the last one (lower bound). ``notice_day`` is the last day for notice.
    ``renews`` says that the term after it starts by itself; ``origin`` is ``entry-into-force``,
    ``tacit`` or ``express``.
    """

    number: int
    from_day: date | None
    to_day: date | None
    warn_day: date | None
    notice_day: date | None
    renews: bool
    origin: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day to watch: entry into force, notice, renewal or expiry; ``term`` is the number of the
    term.
    """

    kind: MilestoneKind
    on_day: date
    warn_day: date
    term: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One due date of an obligation: due by ``due_on``, warned of from ``warn_on``."""

    obligation: int
    warn_on: date
    due_on: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class Derivation:
    """Everything that follows from one agreement's facts, up to a horizon.

    ``waiting`` says for an obligation's number what it waits on, where nothing is due yet.
    ``entry_into_force`` has the bounds of a derived day; None where the agreement is not in force
    on any day, as one that ended before; ``party_entries`` is the same for each bound party.
    ``last_day`` is the last day before the agreement is over; None when open or unknown.
    ``complete`` is False when terms or an open-ended series were cut at the horizon, so that a later
    horizon would give more rows.
    """

    standings: tuple[Standing, ...]
    terms: tuple[Term, ...]
    milestones: tuple[Milestone, ...]
    occurrences: tuple[Occurrence, ...]
    waiting: Mapping[int, str]
    signed: WrittenDate | None
    entry_into_force: WrittenDate | None
    party_entries: Mapping[str, WrittenDate | None]
    last_day: date | None
    complete: bool


def as_json(reason: Reason) -> dict[str, Any]:
    """A reason as plain JSON values; the keys are a promise: the fields of Reason and Fact."""
    return {
        "rule": reason.rule,
        "section": reason.section,
        "result": reason.result,
        "precision": reason.precision,
        "arithmetic": reason.arithmetic,
        "facts": [{"ref": fact.ref, "what": fact.what, "on": fact.on, "party": fact.party} for fact in reason.facts],
        "because": [as_json(cause) for cause in reason.because],
    }


def as_json_text(reason: Reason, known: dict[int, str]) -> str:
    """``as_json`` as JSON without spaces. ``known`` keeps the text of each reason that others rest on, by its ``id``:
    pass the same one for all reasons of one derivation, while it lives."""
    facts = ",".join(
        [
            f'{{"ref":{_quoted(fact.ref)},"what":{_quoted(fact.what)},"on":{_quoted(fact.on)},'
            f'"party":{"null" if fact.party is None else _quoted(fact.party)}}}'
            for fact in reason.facts
        ]
    )
    causes = []
    for cause in reason.because:
        text = known.get(id(cause))
        if text is None:
            text = known[id(cause)] = as_json_text(cause, known)
        causes.append(text)
    return (
        f'{{"rule":{_quoted(reason.rule)},"section":{_quoted(reason.section)},"result":{_quoted(reason.result)},'
        f'"precision":{_quoted(reason.precision)},"arithmetic":{_quoted(reason.arithmetic)},'
        f'"facts":[{facts}],"because":[{",".join(causes)}]}}'
    )


def from_json(data: Mapping[str, Any]) -> Reason:
    """The reason that ``as_json`` wrote."""
    return Reason(
        rule=data["rule"],
        section=data["section"],
        result=data["result"],
        precision=data["precision"],
        arithmetic=data["arithmetic"],
        facts=tuple(Fact(**fact) for fact in data["facts"]),
        because=tuple(from_json(cause) for cause in data["because"]),
    )
