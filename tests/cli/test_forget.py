"""``tracker forget``: no byte of a person is left, everything else is, and the journal still proves itself."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import Enum, String

from cli.running import Tracker
from tracker.models.tables import METADATA
from tracker.store.journal.erasing import FREE_TEXT, NAMES, OWN

A = "PA-2017-001"
NAME, EMAIL, PHONE = "José Ángel Núñez", "jose.nunez@example.org", "+507 6123-4567"


def bytes_left(path: Path, *texts: str) -> list[str]:
    """Which texts are still in the file, in either form of Unicode, in any case, with or without accents."""
    content = path.read_bytes().lower()
    found = []
    for text in texts:
        forms = {unicodedata.normalize(form, text.lower()) for form in ("NFC", "NFD")}
        forms |= {"".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))}
        found += [text for form in forms if form.encode() in content]
    return found


@pytest.fixture
def known(small: Tracker) -> Tracker:
    """A person who signed, answers for an obligation, is a contact, and is named in texts of every kind."""
    small("add-person", NAME, "--email", EMAIL, "--phone", PHONE, "--office", "Chief of Mission", "--party", "IOM")
    small("edit", A, f"responsible={NAME}", f"summary=Drafted by {NAME.upper()}", "title=Accord with Jose Angel Nunez")
    small("add-note", A, f"Ask {NAME} ({EMAIL}, {PHONE}) about it")
    small("add-activity", A, f"Talk by {NAME}", "--kind", "meeting", "--on", "2018-02-01", "--place", "IOM")
    small("edit", f"{A}/O1", f"responsible={NAME}")
    small("edit", "person-2", "name=J. A. Núñez Pérez", "email=other@example.org")
    small("edit", "person-2", f"name={NAME}", f"email={EMAIL}")
    small("remove", f"{A}/A2", "--yes")
    return small


def test_nothing_of_the_person_is_left(known: Tracker) -> None:
    assert known.db is not None
    assert bytes_left(known.db, NAME, EMAIL, PHONE)
    said = known("forget", NAME)
    assert said.out.splitlines()[0] == "erased person-2, now called Erased person 2"
    assert f"  [erased] in {A} (agreement title)" in said.out
    assert "backups" in said.err
    assert bytes_left(known.db, NAME, EMAIL, PHONE, "J. A. Núñez Pérez", "other@example.org") == []
    assert list(known.db.parent.glob("tracker.db-*")) == []
    assert "all is as it was recorded" in known("verify").err


def test_what_the_person_did_stays(known: Tracker) -> None:
    before = known("show", A, "--format", "json").json
    known("forget", "person-2")
    record = known("show", A, "--format", "json").json
    assert record["responsible"]["name"] == "Erased person 2"
    assert record["title"] == "Accord with [erased]" and record["summary"] == "Drafted by [erased]"
    assert record["notes"][-1]["text"] == "Ask [erased] ([erased], [erased]) about it"
    assert record["obligations"][0]["responsible"]["name"] == "Erased person 2"
    for changed in ("title", "summary", "notes", "responsible", "obligations", "derived"):
        before.pop(changed), record.pop(changed)
    assert record == before
    (person,) = [row for row in known.json("people") if row["ref"] == "person-2"]
    assert (person["name"], person["office"], person["email"], person["phone"], person["party"]) == (
        "Erased person 2", None, None, None, None)  # fmt: skip
    history = known("history", A, "--format", "json").out + known("history", "person-2", "--format", "json").out
    assert "[erased]" in history and "Erased person 2" in history


def test_the_past_is_without_the_person_too(known: Tracker) -> None:
    known("forget", "person-2")
    past = known("history", A, "--at", "2026-11-24", "--format", "json")
    assert "[erased]" in past.out and bytes_left_in(past.out) == []


def bytes_left_in(text: str) -> list[str]:
    return [one for one in (NAME, EMAIL, PHONE) if one.lower() in text.lower()]


def test_it_cannot_be_undone_but_later_work_can(known: Tracker) -> None:
    known("forget", "person-2")
    assert "what was erased is gone" in known("undo", code=4).err
    known("add-note", A, "Later")
    assert "add-note" in known("undo").out
    before = known.rows()
    assert known("forget", "person-2").out == "person-2 is erased already\n"
    assert known.rows() == before
    assert "all is as it was recorded" in known("verify").err


def test_an_older_undo_does_not_bring_a_mention_back(known: Tracker) -> None:
    assert known.db is not None
    (entry,) = {row["entry"] for row in known.json("history", f"{A}/A2") if row["change"] == "removed"}
    known("forget", "person-2")
    known("undo", "--entry", str(entry))
    assert "Talk by [erased]" in {row["title"] for row in known.json("activities")}
    assert bytes_left(known.db, NAME, EMAIL, PHONE) == []
    assert "all is as it was recorded" in known("verify").err


def test_mentions_may_stay(known: Tracker) -> None:
    said = known("forget", "person-2", "--keep-mentions")
    assert f"left as it is: {A} (agreement title)" in said.err
    assert known("show", A, "--format", "json").json["title"] == "Accord with Jose Angel Nunez"
    assert "all is as it was recorded" in known("verify").err


def test_others_of_the_same_name_stay_and_are_told(known: Tracker) -> None:
    known("add-person", NAME, "--email", "another@example.org")
    known("add-party", f"Foundation {NAME}")
    assert "person-2 and person-3" in known("forget", NAME, code=2).err
    said = known("forget", "person-2")
    assert "left as it is: person-3 (person name)" in said.err
    (party,) = [row["ref"] for row in known.json("parties") if row["name"] == f"Foundation {NAME}"]
    assert f"left as it is: {party} (party name)" in said.err
    names = [row["name"] for row in known.json("people")]
    assert NAME in names and "Erased person 2" in names


@pytest.mark.parametrize("name", ["", "person-99", "Nobody", "party-1"])
def test_who_is_not_known(known: Tracker, name: str) -> None:
    before = known.rows()
    assert known("forget", name, code=3).errors
    assert known.rows() == before


def test_a_terminal_is_asked(known: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.cli import values

    asked = []
    monkeypatch.setattr(values, "confirmed", lambda question, *, yes: asked.append(question))
    before = known.rows()
    assert "nothing was erased" in known("forget", "person-2", code=1).err
    assert asked == [f"Erase person-2 {NAME} for good?"]
    assert known.rows() == before


def test_words_that_are_codes_are_never_erased(small: Tracker) -> None:
    """A person called like a code, a kind or a party does no harm to them."""
    for name in ("Training", "Other", "IOM", "PA", "Held", "2017"):
        small("add-person", name, "--email", f"{name}@example.org")
        small("forget", name, "--yes")
    assert small("show", A, "--format", "json").json["kind"] == "cooperation-agreement"
    assert "all is as it was recorded" in small("verify").err


def test_twenty_people(small: Tracker) -> None:
    assert small.db is not None
    people = [(f"Person Número {n} Ñandú", f"p{n}.x@example.org", f"+507 6{n:03}-1{n:03}") for n in range(20)]
    for name, email, phone in people:
        small("add-person", name, "--email", email, "--phone", phone)
        small("add-note", A, f"{name} / {email} / {phone}")
    for name, email, phone in people:
        small("forget", name)
        assert bytes_left(small.db, name, email, phone) == []
    assert "all is as it was recorded" in small("verify").err


def test_every_column_of_text_is_known_to_erasure() -> None:
    """A new column in which people write is one that erasure looks into."""
    fixed = {
        "ref",
        "key",
        "stem",
        "sha256",
        "language",
        "country",
        "code",
        "gcm",
        "sdg",
        "dac",
        "due",
        "rule",
        "period",
    }
    fixed |= {"of_part", "media_type", "family", "number", "uid"}
    fixed |= {"duration", "because", "waits_for", "origin", "value", "to_ref", "name_key", "acronym_key"}
    unknown = []
    for table in METADATA.sorted_tables:
        for column in table.columns:
            plain = isinstance(column.type, String) and not isinstance(column.type, Enum)
            looked = column.name in FREE_TEXT.get(table.name, set()) | NAMES.get(table.name, set())
            own = table.name == "person" and column.name in OWN
            if plain and not looked and not own and column.name not in fixed and not column.name.endswith("_text"):
                unknown.append(f"{table.name}.{column.name}")
    assert [name for name in unknown if not name.startswith("journal_")] == []


def test_the_person_leaves_the_text_of_documents_and_the_index(known: Tracker) -> None:
    """The kept file stays as it is; that it names the person is said, and reading it again does not bring them back."""
    assert known.db is not None
    Path("letter.txt").write_text("Article 1\nJosé Ángel\nNúñez presides.\nArticle 2\nNothing.\n", encoding="utf-8")
    known("add-document", A, "letter.txt")
    known("add-document", "IOM", "letter.txt")
    known("add-note", A, f"{NAME} again")
    known("remove", f"{A}/N2", "--yes")
    assert bytes_left(known.db, "nunez") and f"{A}/D1" in known.refs("search", "nunez")
    said = known("forget", "person-2")
    assert f"  [erased] in {A}/D1, party-1/D1 (text of the file)" in said.out.splitlines()
    assert f"the kept files themselves still name them: {A}/D1, party-1/D1" in said.err
    for again in ((), ("db", "reindex"), ("db", "reindex", "--anew")):
        if again:
            known(*again)
        assert bytes_left(known.db, "nunez", NAME, "José Ángel\nNúñez") == []
        assert known.refs("search", "nunez") == [] and f"{A}/D1" in known.refs("search", "presides")
        assert "all is as it was recorded" in known("verify").err
    Path("copy.txt").unlink(missing_ok=True)
    known("export-document", f"{A}/D1", "-o", "copy.txt")
    assert "Núñez" in Path("copy.txt").read_text(encoding="utf-8")
