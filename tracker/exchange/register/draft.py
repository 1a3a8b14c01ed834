"""The draft of one record, filled cell by cell and finished once the whole row is read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from typing import Any

from tracker import paths
from tracker.errors import BadInput
from tracker.exchange.register import words
from tracker.models.keys import fold
from tracker.rules.dates import parse_date
from tracker.rules.durations import Duration, parse_duration

Place = tuple[str | int, ...]

_MEND = "mend the one that is wrong"
_ENDS = frozenset({"duration", "ends", "indefinite"})


class Draft:
    """What a row has said so far. ``values`` become the record, ``cells`` say where each came from."""

    def __init__(self, defaults: Mapping[str, str]) -> None:
        self.values: dict[str, Any] = {}
        self.cells: dict[Place, int] = {}
        self._defaults = defaults
        self._provisions: dict[str, Any] = {}
        self._renewal: dict[str, str] = {}
        self._parties: list[dict[str, Any]] = []
        self._ours: list[dict[str, Any]] = []
        self._of_party: list[tuple[str, Any, str]] = []
        self._notes: list[str] = []
        self._due: str | None = None
        self._wrote: dict[str, tuple[str, str]] = {}
        self.remarks: list[tuple[int | None, str, str]] = []
        """What is worth saying of cells that do not agree with each other: column, value, why."""

    def put(self, place: tuple[str], value: Any, column: int) -> None:
        self.values[place[0]] = value
        self.cells[place] = column

    def append(self, key: str, value: Any, column: int) -> None:
        """Add to a list, once."""
        held = self.values.setdefault(key, [])
        if value not in held:
            self.cells.setdefault((key, len(held)), column)
            held.append(value)

    def note(self, heading: str, text: str) -> None:
        """Keep a cell's words under their heading."""
        self._notes.append(f"{heading}: {text}")

    def event(self, kind: str, on: str, column: int) -> None:
        self.append("events", {"event": kind, "on": on}, column)

    def provision(self, key: str, value: Any, column: int) -> None:
        """What a cell says of a provision. Raises BadInput for another day than a cell before said; another length
        is kept as a note."""
        held = self._provisions.setdefault(key, value)
        self.cells.setdefault(("provisions", key), column)
        if held != value and key in ("ends", "entry_into_force"):
            raise BadInput(key, str(value), f"is another day than {held}, which another column says", _MEND)
        if held != value:
            self.note(key.capitalize(), str(value))

    def wrote(self, key: str, heading: str, text: str) -> None:
        """The words of a cell that said it, for a note where something else counts."""
        self._wrote.setdefault(key, (heading, text))

    def renewal(self, mode: str | None, period: Duration | None, column: int) -> None:
        """What a cell says of renewal; the first cell that says so counts."""
        if mode:
            self._renewal.setdefault("mode", mode)
        if period:
            self._renewal.setdefault("period", str(period))
        self.cells.setdefault(("provisions", "renewal"), column)

    def party(self, name: str, column: int, *, ours: bool = False) -> None:
        held = self._ours if ours else self._parties
        if not any(fold(party["name"]) == fold(name) for party in (*self._ours, *self._parties)):
            self.cells.setdefault(("parties", len(held) if not ours else 900 + len(held)), column)
            held.append({"name": name})

    def of_party(self, key: str, value: Any, column: int, heading: str) -> None:
        """Something of the counterpart, which may stand in a column further on."""
        self._of_party.append((key, value, heading))
        self.cells.setdefault(("parties", 0, key), column)

    def responsible(self, name: str | None, email: str | None, column: int) -> None:
        held = self.values.setdefault("responsible", {})
        held.update({key: value for key, value in (("name", name), ("email", email)) if value and key not in held})
        self.cells.setdefault(("responsible", "email" if name is None else "name"), column)

    def contact(self, name: str, email: str | None, column: int) -> None:
        contacts = self.values.setdefault("contacts", [])
        if all(fold(held["name"]) != fold(name) for held in contacts):
            self.cells.setdefault(("contacts", len(contacts)), column)
            contacts.append({"name": name, **({"email": email} if email else {})})

    def reach(self, key: str, values: list[str], column: int) -> bool:
        """Give contacts their e-mail or telephone, in order; False where they cannot all be given."""
        contacts = self.values.get("contacts", [])
        if not values or len(values) > len(contacts):
            return False
        for contact, value in zip(contacts, values, strict=False):
            contact.setdefault(key, value)
        self.cells.setdefault(("contacts", 0, key), column)
        return True

    def due(self, schedule: str, column: int) -> None:
        self._due = schedule
        self.cells[("obligations", 0, "due")] = column

    @property
    def title(self) -> str:
        """The title so far; empty where there is none yet."""
        return str(self.values.get("title", ""))

    def finished(self) -> dict[str, Any]:
        """The record's values. Raises BadInput for a row without title, parties and summary."""
        self._add_defaults()
        self._settle_parties()
        self._settle_provisions()
        if self._due:
            for obligation in self.values.get("obligations", []):
                obligation["due"] = self._due
            if not self.values.get("obligations"):
                self.note("Due", self._due)
        if not self.values.get("responsible", {}).get("name", "x"):
            self.values.pop("responsible")
        if "responsible" in self.values and "name" not in self.values["responsible"]:
            self.note("E-mail of the person responsible", self.values.pop("responsible")["email"])
        if "title" not in self.values:
            self.values["title"] = self._title()
        if self._notes:
            self.values["notes"] = [{"text": "\n".join(self._notes)}]
        return self.values

    def _add_defaults(self) -> None:
        for key, value in self._defaults.items():
            if key == "parties":
                for name in words.split_names(value):
                    self.party(name, -1, ours=True)
            elif key in ("countries", "languages", "scopes"):
                self.values.setdefault(key, words.split_words(value))
            elif key == "responsible":
                self.values.setdefault(key, {"name": value})
            elif key == "renewal":
                self._renewal.setdefault("mode", value)
            elif key == "in_force":
                self._provisions.setdefault("entry_into_force", value)
            elif key == "notice" or (key == "duration" and not _ENDS & self._provisions.keys()):
                self._provisions.setdefault(key, value)
            elif key != "duration":
                self.values.setdefault(key, value)

    def _settle_parties(self) -> None:
        countries = self.values.pop("party_country", None)
        of_each = countries is not None or len(self._parties) == 1
        if countries is None and len(self.values.get("countries", [])) == 1:
            countries = self.values["countries"]
        elif countries is not None:
            self.values.setdefault("countries", list(countries))
        if countries and len(countries) == 1 and of_each:
            for party in self._parties:
                party["country"] = countries[0]
        for key, value, heading in self._of_party:
            if len(self._parties) == 1:
                self._parties[0].setdefault(key, value)
            else:
                self.note(
                    heading,
                    value
                    if isinstance(value, str)
                    else "; ".join(value if isinstance(value, list) else value.values()),
                )
        parties = [*self._parties, *self._ours]
        if parties:
            self.values["parties"] = parties
            for contact in self.values.get("contacts", []):
                if self._parties:
                    contact["party"] = self._parties[0]["name"]

    def _settle_provisions(self) -> None:
        """One of ends, duration and indefinite, as a record has it; what another cell says stays as a note."""
        said = self._provisions
        if "ends" in said and "duration" in said:
            duration = said.pop("duration")
            if self._consistent(duration, said["ends"]):
                if self._renewal.get("mode") == "tacit":
                    self._renewal.setdefault("period", duration)
            else:
                self.note(*self._wrote.get("duration", ("Duration", duration)))
                if self._starts():
                    why = f"does not lead to the end {said['ends']}: the end counts, the duration is kept as a note"
                    self._remark("duration", duration, why)
        if said.get("indefinite") and ("ends" in said or "duration" in said):
            said.pop("indefinite")
            self.note(*self._wrote.get("indefinite", ("Duration", "indefinite")))
            self._remark("indefinite", "indefinite", "stands beside an end or a duration, which counts")
        if self._renewal.get("mode") == "none" and (period := self._renewal.pop("period", None)):
            self.note("Renewal period", period)
        if self._renewal.get("mode") == "tacit" and not self._renewal.get("period") and "duration" not in said:
            self._settle_tacit(said)
        if "mode" in self._renewal:
            said["renewal"] = self._renewal
        elif self._renewal:
            self.note("Renewal period", self._renewal["period"])
        if said:
            self.values["provisions"] = said

    def _settle_tacit(self, said: dict[str, Any]) -> None:
        """Renewal by itself for a time that no cell says: as long as from start to end, else without end."""
        if "ends" not in said:
            self._renewal.pop("mode")
            said["indefinite"] = True
            self.note("Renewal", "tacit")
            why = "renews by itself, for how long is not said: recorded as without end, so no day of notice is known"
            self._remark("renewal", "tacit", why)
        elif length := self._length_to(said["ends"]):
            self._renewal["period"] = str(length)
            self._remark("renewal", "tacit", f"renews by itself: taken for {length} more, as long as from start to end")

    def _length_to(self, ends: str) -> Duration | None:
        """The whole months or years from entry into force or signature to the end; None where they are none."""
        for start in self._starts():
            with suppress(BadInput, ValueError):
                first, last = date.fromisoformat(start), date.fromisoformat(ends)
                months = (last.year - first.year) * 12 + last.month - first.month
                for count in (months, months + 1):
                    length = Duration(years=count // 12) if count % 12 == 0 else Duration(months=count)
                    if count > 0 and self._consistent(str(length), ends):
                        return length
        return None

    def _consistent(self, duration: str, ends: str) -> bool:
        """Whether the end is that of the duration, counted from entry into force or signature (a day more or less)."""
        for start in self._starts():
            with suppress(BadInput, TypeError):
                last = parse_date(ends).upper
                end = parse_duration(duration).after(parse_date(start).lower)  # type: ignore[arg-type]
                if last is not None and abs(end - last) <= timedelta(days=1):
                    return True
        return False

    def _starts(self) -> list[str]:
        """The days from which a duration may count."""
        starts = [self._provisions.get("entry_into_force", "")]
        starts += [event["on"] for event in self.values.get("events", [])]
        return [start for start in starts if start[:1].isdigit()]

    def _remark(self, provision: str, value: str, why: str) -> None:
        self.remarks.append((self.cells.get(("provisions", provision)), value, why))

    def _title(self) -> str:
        """A title for a row without one: its kind and parties, else the beginning of its summary."""
        names = [party["name"] for party in self._parties or self._ours]
        kind = _kind_names().get(self.values.get("kind", ""), "Agreement")
        if names:
            shown = names[:3] + ([f"{len(names) - 3} more"] if len(names) > 3 else [])
            listed = " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
            return f"{kind} with {listed}"
        summary = " ".join(str(self.values.get("summary", "")).split())
        if not summary and "ref" in self.values:
            return f"{kind} {self.values['ref']}"
        if not summary:
            raise BadInput(
                "title", "", "has neither title nor parties", "fill one of them, or map the columns that hold them"
            )
        return summary if len(summary) <= 200 else f"{summary[:200].rsplit(' ', 1)[0]} ..."


@cache
def _kind_names() -> dict[str, str]:
    with (paths.REFERENCE / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: row["en"][:1].upper() + row["en"][1:] for row in csv.DictReader(file) if row["code"] != "other"
        }
