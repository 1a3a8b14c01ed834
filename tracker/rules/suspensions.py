"""When an agreement is suspended and when it is resumed (docs/rules.md, section 5). Holds no other status.

A suspension starts on the lower bound of its day and a resumption on its own lower bound. Where nothing is
suspended yet by then, the resumption is later than that: the suspension ends on its upper bound, as what
ends does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

from tracker.models.enums import EventKind
from tracker.rules.facts import EventFact


@dataclass(frozen=True, slots=True)
class Step:
    """A suspension or resumption taking effect; ``out`` are the parties suspended from then on.

    ``matched`` is False for a resumption of what is not suspended. Unknown days are ``date.min``.
    """

    day: date
    event: EventFact
    out: frozenset[str]
    matched: bool


def steps(events: Sequence[EventFact], parties: frozenset[str]) -> Iterator[Step]:
    """The suspensions and resumptions among ``events``, in the order in which they take effect.

    An event of no party is of all ``parties``; one of a party that is not among them counts for none.
    """
    queue = [(event.on.lower or date.min, False, place) for place, event in enumerate(events) if event.kind in _KINDS]
    heapify(queue)
    began: dict[str, date] = {}
    while queue:
        day, late, place = heappop(queue)
        event = events[place]
        whose = parties if event.party is None else parties & {event.party}
        if event.kind == EventKind.SUSPENDED:
            began = {**dict.fromkeys(whose, day), **began}
            yield Step(day, event, frozenset(began), matched=True)
            continue
        ends = [party for party in whose if party in began]
        before = [party for party in ends if began[party] < day]
        upper = event.on.upper or date.min
        if not before and not late and upper > day:
            heappush(queue, (upper, True, place))
            continue
        for party in ends:
            del began[party]
        yield Step(day, event, frozenset(began), matched=bool(ends))


_KINDS = (EventKind.SUSPENDED, EventKind.RESUMED)
