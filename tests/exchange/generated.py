"""Whole records with hostile texts, for properties: whatever can be written must come back the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Mn", "Me"), exclude_characters=_BIDI)
_WORDS = """- x|a: b|#c|x # y|'q'|"q"|null|~|true|no|2017-05-18|010|1:30|NO|ééé|مرحبا|👍🏽|{a}|[b]|&x|*y|!z|@e|`f|
> g|---|...|? k|=cmd|0x1F|1e5|+1|1_000|.5|yes|<<|{{7*7}}|<script>|'; DROP TABLE|[/red]"""
_HOSTILE = st.sampled_from(
    [*_WORDS.replace("\n", "").split("|"), "|x", "e\u0301", "\ufeffbom", "a\u00a0b", "x" * 300, "word " * 60 + "end"]
)
LINE = st.one_of(_HOSTILE, st.text(_CHARACTERS, min_size=1, max_size=30).map(lambda text: f"a{text}b"))
TEXT = st.one_of(
    LINE,
    st.lists(st.one_of(LINE, st.just(""), st.just("   indented")), max_size=4).map(lambda v: "\n".join(["a", *v, "b"])),
)
DAY = st.dates(date(1950, 1, 1), date(2040, 1, 1)).map(str)
WRITTEN = st.one_of(DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]), st.just("unknown"))
_DUE = """2026-06-30|2026-06|ongoing|on request|30 days after entry into force|60 days before expiry|
every 6 months from 2017-09-01|every month on the first Monday from 2018-02-01, 3 times|every year on 31 March|
RRULE:FREQ=MONTHLY;BYDAY=1MO from 2017-09-01|30 days after A1, next working day"""
DUE = st.sampled_from(_DUE.replace("\n", "").split("|"))
NAMES = ("Alpha Institute", "Ministry of Beta Affairs", "Gamma 组织", "Delta Órgano", "Epsilon Agency of Zeta")
ACRONYMS = ("AI", "MBA", None, "DO", None)
COUNTRIES = ("PA", None, "NO", "FR", "ES")


def given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def some(codes: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), unique=True)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """One record that can be taken; any section may be missing."""
    names = NAMES[: draw(st.integers(0, 5))]
    one = st.sampled_from(names) if names else st.just("Lonely Body")
    several = st.lists(one, unique=True, max_size=3)
    person = st.fixed_dictionaries({"name": LINE, "email": st.just("a@example.org")})
    activities = [
        given(
            number=number,
            title=draw(LINE),
            kind=draw(st.sampled_from(["training", "meeting"])),
            on=draw(WRITTEN),
            place=draw(maybe(LINE)),
            status=draw(st.sampled_from(["held", "planned"])),
            attendance=[{"party": party, "women": draw(st.integers(0, 5)), "men": 0} for party in draw(several)],
        )
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]
    obligations = [
        given(
            number=number,
            text=draw(TEXT),
            kind="reporting",
            clause=draw(maybe(LINE)),
            owed_by=draw(several),
            owed_to=draw(several),
            scopes=draw(some(["border-management", "asylum"])),
            due=draw(DUE),
            responsible=draw(maybe(person)),
            survives=draw(st.sampled_from([None, True])),
            fulfilled=[_fulfilled(draw, due, bool(activities)) for due in draw(st.lists(DAY, unique=True, max_size=2))],
            waived=draw(maybe(st.just([{"due": "1999-01-01", "on": "2000", "reason": "x"}]))),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    kinds = ["signed", "ratified", "suspended", "resumed", "adopted", "terminated"]
    return given(
        title=draw(LINE),
        kind=draw(st.sampled_from(["treaty", "other"])),
        summary=draw(maybe(TEXT)),
        countries=draw(some(["PA", "NO", "FR"])),
        languages=draw(some(["es", "no"])),
        parties=[_party(draw, place) for place in range(len(names))],
        scopes=draw(some(["border-management", "asylum"])),
        provisions=given(
            entry_into_force=draw(
                maybe(st.sampled_from(["on signature", "2018-01-01", "90 days after the 2nd consent"]))
            ),
            duration=draw(maybe(st.sampled_from(["3 years", "P6M", "1 year and 6 months"]))),
            notice=draw(maybe(st.sampled_from(["6 months", "3 months to the end of a year"]))),
            clauses=draw(maybe(st.fixed_dictionaries({"notice": LINE}))),
        ),
        events=[
            given(event=kind, on=draw(WRITTEN), party=draw(maybe(one)) if names else None, note=draw(maybe(TEXT)))
            for kind in draw(st.lists(st.sampled_from(kinds), max_size=4))
        ],
        obligations=obligations,
        activities=activities,
        links=draw(st.lists(st.sampled_from([{"implements": "X-1"}, {"replaces": "Y.2"}]), unique_by=str)),
        documents=draw(st.lists(st.fixed_dictionaries({"file": st.just("sub/b c.pdf"), "title": LINE}), max_size=2)),
        contacts=draw(st.lists(st.fixed_dictionaries({"name": LINE, "email": st.just("x@example.org")}), max_size=1)),
        figures=draw(
            st.lists(
                st.fixed_dictionaries(
                    {"what": LINE, "value": st.sampled_from(["31749", "-1.50", "0"]), "period": WRITTEN}
                ),
                max_size=2,
            )
        ),
        source=draw(maybe(TEXT)),
        notes=draw(st.lists(st.fixed_dictionaries({"on": WRITTEN, "text": TEXT}), max_size=2)),
        responsible=draw(maybe(person)),
        confidentiality=draw(st.sampled_from(["public", "confidential"])),
    )


def _party(draw: st.DrawFn, place: int) -> dict[str, Any]:
    return given(
        name=NAMES[place],
        acronym=ACRONYMS[place],
        kind="ngo",
        country=COUNTRIES[place],
        part_of="Omega Parent Body" if place == 2 else None,
        other_names=["Delta Organ"] if place == 3 else [],
        role=draw(st.sampled_from(["party", "participant", "donor"])),
        signatory=draw(maybe(st.fixed_dictionaries({"name": LINE, "office": LINE}))),
    )


def _fulfilled(draw: st.DrawFn, due: str, held: bool) -> dict[str, Any]:
    by = "A1" if held and draw(st.booleans()) else None
    return given(due=due, on=draw(WRITTEN), by=by, evidence=draw(maybe(TEXT)))
