"""Whole records with hostile texts, for properties: whatever can be written must come back the same.

Every value is drawn in the form in which it is kept (NFC, canonical rules, due dates in order), and every record
describes its parties and people in full, so that an export equals what was written, key by key.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.models import enums
from tracker.models.keys import NO_EMAIL, fold
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import parse_schedule
from tracker.rules.text import clean_line, clean_text
from tracker.store.directory import tell_apart

Draw = st.DrawFn
Values = dict[str, Any]

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ANY = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters=_BIDI)
_WORDS = r"""- x|- |-|a: b|a:|: x|:|#c|x # y|#|'q'|"q"|'|"|'q|q"|\|\n|null|~|true|false|no|yes|NO|on|2017-05-18|2017
2017-05|010|0o7|1:30|0x1F|1e5|+1|1_000|.5|.inf|NaN|مرحبا بالعالم|שלום|👍🏽|👩‍👩‍👧|日本語|{a}|{|}|[b]|[|]|&x|*y
!z|!!str a|@e|`f|%TAG|> g|>|---|--- a|...|? k|?|, c|=|<<|=cmd|{{7*7}}|<script>|'; DROP TABLE|[/red]|$HOME|a\tb
NULL|Null|unknown|A & B < C"""
HOSTILE = [
    *_WORDS.replace("\n", "|").split("|"),
    "|",
    "|x",
    "|-",
    "a\u0301\u0323",
    "\ufeffbom",
    "a\u00a0b",
    "a\u200bb",
    "\ufffe\uffff",
    "\U0010ffff",
    "\ue000",
    "x" * 300,
    "word " * 60 + "end",
    "'" + "it's " * 50 + '"',
    "تعاون " * 40 + "بين",
]


def kept(text: str, *, lines: bool = False) -> str | None:
    """The text as it would be kept; None where it would be refused."""
    try:
        return (clean_text if lines else clean_line)(text, "")
    except BadInput:
        return None


def _taken(texts: st.SearchStrategy[str], *, lines: bool = False) -> st.SearchStrategy[str]:
    return texts.map(lambda text: kept(text, lines=lines)).filter(bool).map(str)


LINE = _taken(st.one_of(st.sampled_from(HOSTILE), st.text(_ANY, min_size=1, max_size=25)))
_ROW = st.one_of(
    LINE, st.sampled_from(["", " ", "   indented", "\ttab", "trailing  ", "- item", "# no comment", "---"])
)
TEXT = _taken(st.one_of(LINE, st.lists(_ROW, min_size=1, max_size=5).map("\n".join)), lines=True)
DAY = st.dates(date(1950, 1, 1), date(2040, 1, 1)).map(str)
WRITTEN = st.one_of(DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]), st.just("unknown"))
LATER = st.sampled_from(["2045", "2046-02", "2047-12-31"])
DURATION = st.sampled_from(["3 years", "6 months", "90 days", "1 year and 6 months"])
ENTRY = st.sampled_from(
    ["on signature", "on consent", "2018-01-01", "2018", "90 days after the 2nd consent", "30 days after signature"]
).map(lambda text: str(parse_entry_rule(text, "")))
_DUE = """2026-06-30|2026-06|ongoing|on request|30 days after entry into force|60 days before expiry
every 6 months from 2017-09-01|every month on the first Monday from 2018-02-01, 3 times|every year on 31 March
every 6 months after entry into force until expiry|RRULE:FREQ=MONTHLY;BYDAY=1MO from 2037-09-01
30 days after A1, next working day|every 3 months from 2036-01-31 6 times, previous working day|10 days after O1"""
DUE = st.sampled_from(_DUE.replace("\n", "|").split("|")).map(lambda text: str(parse_schedule(text, "")))
NUMBER = st.sampled_from(["31749", "-1.50", "0", "0.10", "-0", "999999999999999999.999999"])
HASH = st.sampled_from(["ab" * 32, "0" * 64, "1" * 64])
SCOPES = ["border-management", "asylum", "counter-smuggling", "counter-trafficking"]
COUNTRIES = ["PA", "NO", "FR", "DE", "ES"]
LANGUAGES = ["es", "no", "en", "ar"]


def given(**values: Any) -> Values:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def some(codes: list[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(codes), unique_by=str, max_size=most) if codes else st.just([])


def code(kind: type[Any]) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in kind])


class Book:
    """The parties and people that the records of one file share, each with a name of its own."""

    def __init__(self, draw: Draw) -> None:
        names = draw(st.lists(LINE.filter(_a_name), min_size=1, max_size=14, unique_by=fold))
        self.draw = draw
        self.parties: list[Values] = []
        self.people: list[Values] = []
        while names:
            taken = [names.pop() for _ in range(min(len(names), draw(st.integers(1, 4))))]
            (self._party if not self.parties or draw(st.booleans()) else self._person)(taken)

    def _party(self, names: list[str]) -> None:
        draw = self.draw
        name, *more = names
        acronym = more.pop() if more and draw(st.booleans()) else None
        former, other = more[:1], more[1:]
        self.parties.append(
            given(
                name=name,
                acronym=acronym,
                kind=draw(maybe(code(enums.PartyKind))),
                country=draw(maybe(st.sampled_from(COUNTRIES))),
                part_of=draw(maybe(st.sampled_from([called(party) for party in self.parties])))
                if self.parties
                else None,
                former_names=former,
                other_names=other,
            )
        )

    def _person(self, names: list[str]) -> None:
        draw = self.draw
        for name in names:
            self.people.append(
                given(
                    name=name,
                    office=draw(maybe(LINE)),
                    email=draw(maybe(st.sampled_from(["a@example.org", "x.y+z@example.com"]))),
                    phone=draw(maybe(st.sampled_from(["+507 305-3350", "305 3350 ext. 12"]))),
                    party=draw(maybe(st.sampled_from([called(party) for party in self.parties]))),
                )
            )
            twin = draw(maybe(st.sampled_from([None, "a@example.org", "B@example.org"])))
            if draw(st.booleans()) and twin != self.people[-1].get("email"):
                self.people.append(given(name=name, email=twin, phone=draw(maybe(st.just("+507 305-0000")))))

    def someone(self) -> Values | None:
        return self.draw(maybe(st.sampled_from(self.people))) if self.people else None

    def with_parents(self, names: set[str]) -> set[str]:
        """These names and those of everything they are part of."""
        by_name = {called(party): party for party in self.parties}
        todo, found = list(names), set()
        while todo:
            name = todo.pop()
            found.add(name)
            todo += [parent] if (parent := by_name[name].get("part_of")) else []
        return found


def called(party: Values) -> str:
    name: str = party.get("acronym") or party["name"]
    return name


def _a_name(text: str) -> bool:
    """Whether a text can be a name: no reference, and told apart by more than its signs."""
    return not text.lower().startswith(("party-", "person-")) and any(sign.isalnum() for sign in text)


@st.composite
def files(draw: Draw) -> list[Values]:
    """The documents of one file; any section may be missing from any of them, and those told apart who must be."""
    book = Book(draw)
    listed = _directory(draw, book)
    found = [_record(draw, book, place, listed.get("scopes", [])) for place in range(draw(st.integers(1, 2)))]
    tell_apart(found, listed, NO_EMAIL)
    return [{"directory": listed}, *found] if listed else found


def _directory(draw: Draw, book: Book) -> Values:
    people = draw(some(book.people, 4))
    wanted = {called(party) for party in draw(some(book.parties, 4))}
    names = book.with_parents(wanted | {person["party"] for person in people if "party" in person})
    own = draw(some(["x-one", "x-two", "x-three"]))
    scopes = [
        given(code=code, parent=draw(maybe(st.sampled_from(["asylum", *own[:place]]))), name_en=draw(LINE),
              name_es=draw(maybe(LINE)), sdg=draw(maybe(st.just("10.7"))))
        for place, code in enumerate(own)
    ]  # fmt: skip
    return given(scopes=scopes, parties=[party for party in book.parties if called(party) in names], people=people)


def _record(draw: Draw, book: Book, place: int, own: list[Values]) -> Values:
    taking_part = draw(some(book.parties, 4))
    names = [called(party) for party in taking_part]
    everyone = [called(party) for party in book.parties]
    activities = [_activity(draw, number, everyone) for number in draw(_numbers())]
    obligations = [_obligation(draw, book, number, everyone, activities) for number in draw(_numbers())]
    contacts = draw(some(book.people, 2))
    responsible = book.someone()
    mentioned = {name for part in obligations for side in ("owed_by", "owed_to") for name in part.get(side, [])}
    mentioned |= {row["party"] for part in activities for row in part.get("attendance", [])}
    people = [responsible, *contacts, *(part.get("responsible") for part in obligations)]
    mentioned |= {person["party"] for person in people if person and "party" in person}
    mentioned |= {called(party) for party in draw(some(book.parties, 2))}  # though nothing else names them
    others = book.with_parents({*mentioned, *names}) - set(names)
    return given(
        ref=f"REF.{place}" if draw(st.booleans()) else None,
        title=draw(LINE),
        kind=draw(code(enums.AgreementKind)),
        summary=draw(maybe(TEXT)),
        countries=draw(some(COUNTRIES)),
        languages=draw(some(LANGUAGES)),
        parties=[_participation(draw, book, party) for party in taking_part],
        other_parties=[party for party in book.parties if called(party) in others],
        scopes=draw(some([*SCOPES, *(area["code"] for area in own)])),
        provisions=_provisions(draw),
        events=[_event(draw, kind, names) for kind in draw(st.lists(code(enums.EventKind), max_size=4))],
        obligations=obligations,
        activities=activities,
        links=[{kind: target} for kind, target in draw(_links(place))],
        documents=draw(st.lists(_documents(_parts(obligations, activities)), max_size=2)),
        contacts=contacts,
        figures=draw(st.lists(_figures(), max_size=2)),
        source=draw(maybe(TEXT)),
        notes=[given(on=draw(maybe(WRITTEN)), text=text) for text in draw(st.lists(TEXT, max_size=2))],
        responsible=responsible,
        confidentiality=draw(code(enums.Confidentiality)),
        recorded_on=draw(maybe(DAY)),
    )


def _numbers() -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from([1, 2, 3, 17, 999]), unique=True, max_size=2)


def _links(place: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    targets = ["X-1", "Y.2", f"REF.{1 - place}"]
    one = st.tuples(code(enums.LinkKind), st.sampled_from(targets))
    return st.lists(one, unique=True, max_size=3)


def _participation(draw: Draw, book: Book, party: Values) -> Values:
    signatory = book.someone()
    if signatory is not None:
        signatory = given(name=signatory["name"], office=draw(maybe(LINE)), email=signatory.get("email"))
    return {**party, "role": draw(code(enums.Role)), **given(signatory=signatory)}


def _provisions(draw: Draw) -> Values:
    end = draw(maybe(st.sampled_from(["duration", "ends", "indefinite"])))
    duration = draw(DURATION) if end == "duration" else None
    mode = draw(maybe(code(enums.RenewalMode)))
    renewal = None
    if mode is not None:
        period = draw(DURATION) if mode == "tacit" and duration is None else draw(maybe(DURATION))
        times = draw(maybe(st.integers(1, 3)))
        renewal = {"mode": mode} if mode == "none" else given(mode=mode, period=period, times=times)
    rules = given(
        entry_into_force=draw(maybe(ENTRY)),
        duration=duration,
        ends=draw(LATER) if end == "ends" else None,
        indefinite=True if end == "indefinite" else None,
        renewal=renewal,
        notice=draw(maybe(st.sampled_from(["6 months", "3 months to the end of a year"]))),
    )
    clauses = {key: draw(LINE) for key in rules if draw(st.booleans())}
    return {**rules, **given(clauses=clauses)}


def _event(draw: Draw, kind: str, names: list[str]) -> Values:
    until = draw(maybe(LATER)) if kind == "renewed" else None
    return given(
        event=kind,
        on=draw(WRITTEN),
        party=draw(maybe(st.sampled_from(names))) if names else None,
        until=until,
        **{"for": draw(maybe(DURATION)) if kind == "renewed" and until is None else None},
        note=draw(maybe(TEXT)),
    )


def _activity(draw: Draw, number: int, names: list[str]) -> Values:
    on = draw(WRITTEN)
    return given(
        number=number,
        title=draw(LINE),
        kind=draw(code(enums.ActivityKind)),
        on=on,
        until=draw(maybe(LATER)) if on != "unknown" else None,
        place=draw(maybe(LINE)),
        status=draw(code(enums.ActivityStatus)),
        scopes=draw(some(SCOPES)),
        attendance=[{"party": name, **draw(_counts())} for name in draw(some(names))],
    )


def _counts() -> st.SearchStrategy[Values]:
    count = st.integers(0, 1_000_000)
    split = st.fixed_dictionaries({"women": count}, optional={"men": count, "other": count})
    return st.one_of(split, count.map(lambda total: {"total": total}))


def _obligation(draw: Draw, book: Book, number: int, names: list[str], activities: list[Values]) -> Values:
    days = draw(st.lists(DAY, unique=True, max_size=4))
    done, waived = sorted(days[:2]), sorted(days[2:])
    by = [f"A{activity['number']}" for activity in activities]
    return given(
        number=number,
        text=draw(TEXT),
        kind=draw(code(enums.ObligationKind)),
        clause=draw(maybe(LINE)),
        owed_by=draw(some(names)),
        owed_to=draw(some(names)),
        scopes=draw(some(SCOPES)),
        due=draw(DUE.filter(lambda due: not due.endswith(f"after O{number}"))),
        responsible=book.someone(),
        survives=draw(st.sampled_from([None, True])),
        fulfilled=[
            given(
                due=due,
                on=draw(WRITTEN),
                by=draw(maybe(st.sampled_from(by))) if by else None,
                evidence=draw(maybe(TEXT)),
            )
            for due in [*done, *draw(some([None], 1))]
        ],
        waived=[given(due=due, on=draw(WRITTEN), reason=draw(TEXT)) for due in [*waived, *draw(some([None], 1))]],
    )


def _parts(obligations: list[Values], activities: list[Values]) -> list[str]:
    """What a document can be of: the numbered obligations, their due dates, and the numbered activities."""
    duties = [f"O{part['number']}" for part in obligations if part.get("number")]
    held = [f"A{part['number']}" for part in activities if part.get("number")]
    return [*held, *duties, *(f"{duty}:2018-05-18" for duty in duties)]


def _documents(parts: list[str]) -> st.SearchStrategy[Values]:
    of = {"of": st.sampled_from(parts)} if parts else {}
    return st.fixed_dictionaries(
        {"file": st.sampled_from(["sub/b c.pdf", "القرار.pdf", "- x.pdf", "2017"]), "kind": code(enums.DocumentKind)},
        optional={"title": LINE, "language": st.sampled_from(LANGUAGES), "on": WRITTEN, "sha256": HASH, **of},
    )


def _figures() -> st.SearchStrategy[Values]:
    return st.fixed_dictionaries(
        {"what": LINE, "value": NUMBER}, optional={"unit": LINE, "period": WRITTEN, "source": TEXT}
    )
