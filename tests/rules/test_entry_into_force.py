"""Entry-into-force provisions: read, printed, counted (docs/rules.md, section 5)."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.rules.dates import parse_date
from tracker.rules.entry_into_force import parse_entry_rule

FIRST = "first day of the month following"

# As written, in canonical words, the anchor's day, the day of entry into force.
RULES = [
    ("on signature", "on signature", "2017-05-18", "2017-05-18"),
    ("signature", "on signature", "2017", "2017"),
    ("on the last signature", "on signature", "unknown", "unknown"),
    ("On Consent", "on consent", "2017-05", "2017-05"),
    ("on the 2nd consent", "on the 2nd consent", "2017-05-18", "2017-05-18"),
    ("on the second consent", "on the 2nd consent", "2017-05-18", "2017-05-18"),
    ("on the last consent", "on consent", "2017-05-18", "2017-05-18"),
    ("30 days after signature", "30 days after signature", "2017-05-18", "2017-06-17"),
    ("30 days after signature", "30 days after signature", "2017-05", "2017-05-31..2017-06-30"),
    ("30 days after signature", "30 days after signature", "unknown", "unknown"),
    ("P1M after the last signature", "1 month after signature", "2017-01-31", "2017-02-28"),
    ("six months after consent", "6 months after consent", "2017-08-31", "2018-02-28"),
    ("90 days after the 40th consent", "90 days after the 40th consent", "2003-09-26", "2003-12-25"),
    ("on the 90th day after the 40th consent", "90 days after the 40th consent", "2003-09-26", "2003-12-25"),
    ("on the ninetieth day following the fortieth consent", "90 days after the 40th consent", "2003-09-26",
     "2003-12-25"),
    ("on the 30th day after the date of signature", "30 days after signature", "2017-05-18", "2017-06-17"),
    (f"{FIRST} 3 months after the 20th consent", f"{FIRST} 3 months after the 20th consent", "2003-03-14",
     "2003-07-01"),
    (f"on the {FIRST} the expiration of a period of three months after the twentieth consent",
     f"{FIRST} 3 months after the 20th consent", "2003-03-14", "2003-07-01"),
    # 30 November + 3 months is 28 February, and March follows; a first of a month goes on to the next.
    (f"{FIRST} 3 months after signature", f"{FIRST} 3 months after signature", "2017-11-30", "2018-03-01"),
    (f"{FIRST} 3 months after signature", f"{FIRST} 3 months after signature", "2017-03-01", "2017-07-01"),
    (f"{FIRST} signature", f"{FIRST} signature", "2017-12-31", "2018-01-01"),
    (f"{FIRST} signature", f"{FIRST} signature", "2017-05", "2017-06-01"),
    (f"{FIRST} the tenth consent", f"{FIRST} the 10th consent", "2017", "2017-02-01..2018-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "canonical", "anchor", "expected"), RULES)
def test_rule(text: str, canonical: str, anchor: str, expected: str) -> None:
    rule = parse_entry_rule(text)
    assert str(rule) == canonical
    assert parse_entry_rule(canonical) == rule
    assert str(rule.applied_to(parse_date(anchor))) == expected


@pytest.mark.parametrize("text", ["2017-05-18", "2017-05", "2017"])
def test_a_date(text: str) -> None:
    rule = parse_entry_rule(text)
    assert (rule.on, str(rule)) == (parse_date(text), text)


@pytest.mark.parametrize("number", [1, 2, 3, 11, 12, 13, 20, 21, 22, 30, 40, 50, 101, 111, 167])
def test_ordinals_print_and_parse(number: int) -> None:
    rule = parse_entry_rule(f"on the {number}th consent")
    assert rule.nth == number
    assert parse_entry_rule(str(rule)) == rule


def test_ordinals_in_words() -> None:
    words = "first third twelfth nineteenth twentieth thirtieth fortieth fiftieth sixty-first".split()  # noqa: SIM905
    numbers = [1, 3, 12, 19, 20, 30, 40, 50, 61]
    assert [parse_entry_rule(f"on the {word} consent").nth for word in words] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unknown",
        "soon",
        "on",
        "on the 0th consent",
        "on the Xth consent",
        "on the 2nd signature",
        "03/04/2017",
        "2017-02-29",
        "after signature",
        "0 days after signature",
        "30 days after",
        "30 days after lunch",
        "on the 1000th day after signature",
        "on the 99999th consent",
        "first day of the month following",
        "\ud800",
        "on signature\x00",
        "on the " + "9" * 100 + "th consent",
        "x" * 10_000,
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_entry_rule(text)
    assert "\n" not in str(caught.value)
