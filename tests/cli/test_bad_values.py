"""Bad values of every field of every writing command: one clear line, the documented code, nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli.running import Tracker

DATES = [
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "0000-01-01",
    "10000-01-01",
    "20260301",
    "2026-W10-1",
    "2026-1-1",
    "01/02/2026",
    "03/04/2017",
    "12/2017",
    "2026-03-01T10:00",
    "2026-03-01 10:00",
    "٢٠٢٦-٠٣-٠١",
    "２０２６-03-01",
    " 2026-03-01",
    "2026-03-01 ",
    "2026-03-01\n",
    "1" * 5000,
    "",
    "   ",
    "some day",
    "May 17",
    "31 April 2017",
    "+99999y",
    "2026-03-01\0",
    "2026-03-01\x1b[31m",
    "2026-03-01\u202e",
    "NaN",
]
REF = "PA-2017-001"
OBLIGATION = ("add-obligation", REF, "X", "--owed-by", "IOM")
ACTIVITY = ("add-activity", REF, "X", "--kind", "training")
DATED = {
    "add-agreement --signed": ("add-agreement", "X", "--signed", "{}"),
    "add-agreement --in-force": ("add-agreement", "X", "--in-force", "{}"),
    "add-agreement --ends": ("add-agreement", "X", "--ends", "{}"),
    "add-obligation --due": (*OBLIGATION, "--due", "{}"),
    "add-obligation --due from": (*OBLIGATION, "--due", "every 6 months from {}"),
    "add-activity --on": (*ACTIVITY, "--on", "{}"),
    "add-activity --until": (*ACTIVITY, "--on", "2017-01-01", "--until", "{}"),
    "add-activity --fulfils": (*ACTIVITY, "--on", "2017-01-01", "--status", "held", "--fulfils", "O1:{}"),
    "add-note --on": ("add-note", REF, "X", "--on", "{}"),
    "add-figure --period": ("add-figure", REF, "X", "1", "--period", "{}"),
    "add-document --on": ("add-document", REF, "letter.txt", "--on", "{}"),
    "record --on": ("record", REF, "terminated", "--on", "{}"),
    "record --until": ("record", REF, "renewed", "--on", "2020-01-01", "--until", "{}"),
    "fulfil --due": ("fulfil", f"{REF}/O1", "--due", "{}"),
    "fulfil --on": ("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--on", "{}"),
    "waive --due": ("waive", f"{REF}/O1", "--reason", "X", "--due", "{}"),
    "waive --on": ("waive", f"{REF}/O1", "--reason", "X", "--due", "2018-05-18", "--on", "{}"),
    "edit on": ("edit", f"{REF}/A1", "on={}"),
    "edit due": ("edit", f"{REF}/O1", "due={}"),
    "edit recorded_on": ("edit", REF, "recorded_on={}"),
}

LINES = [
    "",
    "   ",
    "\u200b\u200d",
    "x" * 10_000,
    "a\x1b[31mb",
    "a\x07b",
    "a\x9bb",
    "a\u202eb",
    "a\u2066b",
    "a\0b",
    "a\nb",
    "a\rb",
    "a\u2028b",
    "a\ud800b",
    "e" + "\u0301" * 11,
]
TEXTS = [line for line in LINES if line not in ("a\nb", "x" * 10_000)] + ["x" * 100_001]
LINE_FIELDS = {
    "add-agreement TITLE": ("add-agreement", "{}"),
    "add-agreement --ref": ("add-agreement", "X", "--ref", "{}"),
    "add-agreement --party": ("add-agreement", "X", "--party", "{}"),
    "add-agreement --scope": ("add-agreement", "X", "--scope", "{}"),
    "add-agreement --country": ("add-agreement", "X", "--country", "{}"),
    "add-agreement --language": ("add-agreement", "X", "--language", "{}"),
    "add-agreement --duration": ("add-agreement", "X", "--duration", "{}"),
    "add-agreement --notice": ("add-agreement", "X", "--notice", "{}"),
    "add-agreement --renewal-period": ("add-agreement", "X", "--renewal", "tacit", "--renewal-period", "{}"),
    "add-agreement --responsible": ("add-agreement", "X", "--responsible", "{}"),
    "add-party NAME": ("add-party", "{}"),
    "add-party --acronym": ("add-party", "Something else", "--acronym", "{}"),
    "add-party --country": ("add-party", "Something else", "--country", "{}"),
    "add-party --part-of": ("add-party", "Something else", "--part-of", "{}"),
    "add-party --former-name": ("add-party", "Something else", "--former-name", "{}"),
    "add-party --other-name": ("add-party", "Something else", "--other-name", "{}"),
    "add-person NAME": ("add-person", "{}"),
    "add-person --office": ("add-person", "Somebody", "--office", "{}"),
    "add-person --email": ("add-person", "Somebody", "--email", "{}"),
    "add-person --phone": ("add-person", "Somebody", "--phone", "{}"),
    "add-person --party": ("add-person", "Somebody", "--party", "{}"),
    "add-scope CODE": ("add-scope", "{}", "--name", "X"),
    "add-scope --name": ("add-scope", "x", "--name", "{}"),
    "add-scope --name-es": ("add-scope", "x", "--name", "X", "--name-es", "{}"),
    "add-scope --name-fr": ("add-scope", "x", "--name", "X", "--name-fr", "{}"),
    "add-scope --parent": ("add-scope", "x", "--name", "X", "--parent", "{}"),
    "add-scope --gcm": ("add-scope", "x", "--name", "X", "--gcm", "{}"),
    "add-scope --sdg": ("add-scope", "x", "--name", "X", "--sdg", "{}"),
    "add-scope --dac": ("add-scope", "x", "--name", "X", "--dac", "{}"),
    "add-obligation REF": ("add-obligation", "{}", "X", "--owed-by", "IOM", "--due", "ongoing"),
    "add-obligation --owed-by": ("add-obligation", REF, "X", "--owed-by", "{}", "--due", "ongoing"),
    "add-obligation --owed-to": (*OBLIGATION, "--due", "ongoing", "--owed-to", "{}"),
    "add-obligation --clause": (*OBLIGATION, "--due", "ongoing", "--clause", "{}"),
    "add-obligation --scope": (*OBLIGATION, "--due", "ongoing", "--scope", "{}"),
    "add-obligation --responsible": (*OBLIGATION, "--due", "ongoing", "--responsible", "{}"),
    "add-activity TITLE": ("add-activity", REF, "{}", "--kind", "training", "--on", "2017"),
    "add-activity --place": (*ACTIVITY, "--on", "2017", "--place", "{}"),
    "add-activity --scope": (*ACTIVITY, "--on", "2017", "--scope", "{}"),
    "add-activity --attended": (*ACTIVITY, "--on", "2017", "--attended", "{}: 3 women"),
    "add-activity --fulfils": (*ACTIVITY, "--on", "2017", "--status", "held", "--fulfils", "{}"),
    "add-link OTHER": ("add-link", REF, "amends", "{}"),
    "add-figure WHAT": ("add-figure", REF, "{}", "1"),
    "add-figure VALUE": ("add-figure", REF, "X", "{}"),
    "add-figure --unit": ("add-figure", REF, "X", "1", "--unit", "{}"),
    "add-document FILE": ("add-document", REF, "{}"),
    "add-document --title": ("add-document", REF, "letter.txt", "--title", "{}"),
    "add-document --language": ("add-document", REF, "letter.txt", "--language", "{}"),
    "record REF": ("record", "{}", "terminated", "--on", "2018"),
    "record EVENT": ("record", REF, "{}", "--on", "2018"),
    "record --party": ("record", REF, "ratified", "--on", "2018", "--party", "{}"),
    "record --for": ("record", REF, "renewed", "--on", "2018", "--for", "{}"),
    "fulfil OBLIGATION": ("fulfil", "{}", "--due", "2018-05-18"),
    "fulfil --by": ("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--by", "{}"),
    "waive OBLIGATION": ("waive", "{}", "--due", "2018-05-18", "--reason", "X"),
    "edit REF": ("edit", "{}", "title=X"),
    "edit field": ("edit", REF, "{}=X"),
    "remove REF": ("remove", "{}", "--yes"),
}
TEXT_FIELDS = {
    "add-agreement --summary": ("add-agreement", "X", "--summary", "{}"),
    "add-agreement --source": ("add-agreement", "X", "--source", "{}"),
    "add-obligation TEXT": ("add-obligation", REF, "{}", "--owed-by", "IOM", "--due", "ongoing"),
    "add-note TEXT": ("add-note", REF, "{}"),
    "add-figure --source": ("add-figure", REF, "X", "1", "--source", "{}"),
    "record --note": ("record", REF, "terminated", "--on", "2018", "--note", "{}"),
    "fulfil --evidence": ("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--evidence", "{}"),
    "waive --reason": ("waive", f"{REF}/O1", "--due", "2018-05-18", "--reason", "{}"),
}


def refused(tracker: Tracker, args: tuple[str, ...], *codes: int) -> str:
    """Run a command that must be refused: one error line, perhaps a hint, nothing else; gives the error line."""
    found = tracker(*args, code=None)
    assert found.code in codes, f"{args!r:.300}: ended with {found.code}\n{found.both:.600}"
    assert found.out == "", args
    lines = found.err.splitlines()
    assert len(found.errors) == 1, found.err
    assert len(lines) <= 2, found.err
    assert all(line.startswith(("error: ", "hint: ")) for line in lines), found.err
    assert all(character.isprintable() for line in lines for character in line), found.err
    assert len(found.errors[0]) < 1000, found.errors[0]
    return found.errors[0]


@pytest.fixture
def office(small: Tracker) -> Tracker:
    Path("letter.txt").write_text("Dear Minister", encoding="utf-8")
    return small


@pytest.mark.parametrize("field", DATED)
def test_dates(office: Tracker, field: str) -> None:
    before = office.rows()
    for value in DATES:
        if field in ("edit on", "edit due", "edit recorded_on") and not value:
            continue  # empties the field
        if value != value.strip(" ") and field in ("add-obligation --due", "add-obligation --due from", "edit due"):
            continue  # words of a schedule may stand apart
        said = refused(office, tuple(word.replace("{}", value) for word in DATED[field]), 2)
        if value == "03/04/2017":
            assert "2017-04-03" in said
            assert "2017-03-04" in said
        if value == "2026-02-29":
            assert "February 2026 has 28 days" in said
        assert office.rows() == before, value


@pytest.mark.parametrize("field", LINE_FIELDS)
def test_lines(office: Tracker, field: str) -> None:
    before = office.rows()
    for value in LINES:
        refused(office, tuple(word.replace("{}", value) for word in LINE_FIELDS[field]), 2, 3)
        assert office.rows() == before, repr(value)


@pytest.mark.parametrize("field", TEXT_FIELDS)
def test_texts(office: Tracker, field: str) -> None:
    before = office.rows()
    for value in TEXTS:
        refused(office, tuple(word.replace("{}", value) for word in TEXT_FIELDS[field]), 2)
        assert office.rows() == before, repr(value)


OTHERS: list[tuple[tuple[str, ...], int, str]] = [
    (("add-agreement", "X", "--kind", "treatty"), 2, "did you mean treaty"),
    (("add-agreement", "X", "--scope", "border-managment"), 3, "did you mean border-management"),
    (("add-agreement", "X", "--scope", "nosuch"), 3, "tracker scopes"),
    (("add-agreement", "X", "--scope", "border-management", "--scope", "border-management"), 2, "twice"),
    (("add-agreement", "X", "--country", "PA", "--country", "Panama"), 2, "twice"),
    (("add-agreement", "X", "--party", "IOM", "--party", "iom"), 2, "twice"),
    (("add-agreement", "X", "--country", "Panam"), 2, "did you mean Panama (PA)"),
    (("add-agreement", "X", "--country", "ZZ"), 2, "--country"),
    (("add-agreement", "X", "--signed", "2017-05-18", "--ends", "2017-05-17"), 2, "before it was signed"),
    (("add-agreement", "X", "--ends", "2020", "--duration", "3 years"), 2, "only one of them"),
    (("add-agreement", "X", "--ends", "2020", "--indefinite"), 2, "only one of them"),
    (("add-agreement", "X", "--renewal-period", "1 year"), 2, "--renewal"),
    (("add-agreement", "X", "--renewal", "never"), 2, "--renewal"),
    (("add-agreement", "X", "--renewal", "express", "--renewal-times", "-1"), 2, "--renewal-times"),
    (("add-agreement", "X", "--renewal", "express", "--renewal-times", "9" * 30), 2, "--renewal-times"),
    (("add-agreement", "X", "--renewal", "express", "--renewal-times", "1e3"), 2, "--renewal-times"),
    (("add-agreement", "X", "--duration", "-3 years"), 2, "--duration"),
    (("add-agreement", "X", "--duration", "0 days"), 2, "no time at all"),
    (("add-agreement", "X", "--duration", "99999 years"), 2, "--duration"),
    (("add-agreement", "X", "--signed", "9999-12-31", "--in-force", "on signature", "--duration", "1 year"), 2, ""),
    (("add-agreement", "X", "--in-force", "on signing"), 2, "--in-force"),
    (("add-agreement", "X", "--in-force", "0 days after signature"), 2, "--in-force"),
    (("add-agreement", "X", "--confidentiality", "secret"), 2, "--confidentiality"),
    (("add-agreement", "X", "--language", "spanish"), 2, "ISO 639-1"),
    (("add-agreement", "X", "--ref", "PA-2017-001"), 4, "given already"),
    (("add-agreement", "X", "--ref", "pa-2017-001"), 4, "given already"),
    (("add-agreement", "X", "--ref", "AG/../x"), 2, "--ref"),
    (("add-agreement", "X", "--ref", "РА-2017-009"), 2, "--ref"),
    (("add-agreement", "X", "--ref", "PA-2017-００9"), 2, "--ref"),
    (("add-agreement", "X", "--ref", "PA-2017-009/O1"), 2, "--ref"),
    (("add-agreement", "X", "--ref", "party-9"), 2, "kept for parties"),
    (("add-agreement", "X", "--ref", "x" * 65), 2, "--ref"),
    (("add-agreement", "X", "--party", "Ministry of Publc Security"), 2, "similar to MINSEG"),
    (("add-party", "Ministry of Public Security"), 4, "party-2"),
    (("add-party", "ministry of públic security"), 4, "party-2"),
    (("add-party", "Ministry of Public Securiti"), 2, "similar"),
    (("add-party", "X", "--kind", "minstry"), 2, "did you mean ministry"),
    (("add-person", "Somebody", "--email", "a@x\r\nBcc: b@y.org"), 2, "--email"),
    (("add-person", "Somebody", "--email", "a@example.org, b@example.org"), 2, "--email"),
    (("add-person", "Somebody", "--email", "alice@example.org)bob@evil.example"), 2, "--email"),
    (("add-person", "Somebody", "--email", "Boss <a@example.org>"), 2, "--email"),
    (("add-person", "Somebody", "--email", "a" * 100_000 + "@example.org"), 2, "--email"),
    (("add-person", "Somebody", "--phone", "call me"), 2, "--phone"),
    (("add-person", "Ana Castillo"), 4, "person-1"),
    (("add-scope", "Border Management", "--name", "X"), 2, "CODE"),
    (("add-scope", "border-management", "--name", "X"), 4, "exists already"),
    (("add-scope", "x", "--name", "X", "--parent", "nosuch"), 3, "nosuch"),
    (("add-scope", "x", "--name", "X", "--sdg", "10,7"), 2, "--sdg"),
    (("add-obligation", "PA-2017-002", "X", "--owed-by", "IOM", "--due", "ongoing"), 3, "did you mean PA-2017-001"),
    (("add-obligation", "РА-2017-001", "X", "--owed-by", "IOM", "--due", "ongoing"), 3, "agreement"),
    ((*OBLIGATION, "--due", "every 0 months from 2017-01-01"), 2, "--due"),
    ((*OBLIGATION, "--due", "every -1 months from 2017-01-01"), 2, "--due"),
    ((*OBLIGATION, "--due", "every 6 months from 2017-01-01 until 03/04/2018"), 2, "2018-04-03"),
    ((*OBLIGATION, "--due", "every year on 31 February"), 2, "--due"),
    ((*OBLIGATION, "--due", "every 6 months from 2017-01-01, 0 times"), 2, "--due"),
    ((*OBLIGATION, "--due", "RRULE:FREQ=SECONDLY from 2017-01-01"), 2, "--due"),
    ((*OBLIGATION, "--due", "30 days after dawn"), 2, "--due"),
    ((*OBLIGATION, "--due", "(a+)+$" * 40), 2, "--due"),
    ((*OBLIGATION, "--due", "ongoing", "--kind", "trainin"), 2, "did you mean training"),
    ((*OBLIGATION, "--due", "ongoing", "--scope", "nosuch"), 3, "nosuch"),
    ((*OBLIGATION, "--due", "ongoing", "--owed-by", "IOM"), 2, "twice"),
    ((*OBLIGATION, "--due", "ongoing", "--owed-to", "MINSEGG"), 2, "similar to MINSEG"),
    ((*ACTIVITY, "--on", "2017-11-16", "--until", "2017-11-15"), 2, "before it starts"),
    ((*ACTIVITY, "--on", "2017", "--status", "hled"), 2, "did you mean held"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: -1 women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 1.5 women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 1_000 women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: ١٢ women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 9999999 women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", f"MINSEG: {'9' * 5000} women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 3 dogs"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 3 women, 2 women"), 2, "--attended"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 3 women, 20"), 2, "total"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEG: 3", "--attended", "minseg: 3"), 2, "twice"),
    ((*ACTIVITY, "--on", "2017", "--attended", "MINSEGG: 3"), 2, "similar"),
    ((*ACTIVITY, "--on", "2017", "--fulfils", "O1"), 2, "--status held"),
    ((*ACTIVITY, "--on", "2017", "--status", "held", "--fulfils", "O9"), 3, "PA-2017-001/O9"),
    ((*ACTIVITY, "--on", "2017", "--status", "held", "--fulfils", "O1:2011-01-01"), 3, "due date"),
    ((*ACTIVITY, "--on", "2017", "--status", "held", "--fulfils", "O1:2017-11-18"), 4, "fulfilled already"),
    ((*ACTIVITY, "--on", "2017", "--status", "held", "--fulfils", "A1"), 2, "--fulfils"),
    (("add-link", REF, "amends", REF), 2, "itself"),
    (("add-link", REF, "amends", "PA-2017-002"), 3, "did you mean PA-2017-001"),
    (("add-link", REF, "amend", "PA-2017-002"), 2, "did you mean amends"),
    (("add-figure", REF, "X", "NaN"), 2, "VALUE"),
    (("add-figure", REF, "X", "inf"), 2, "VALUE"),
    (("add-figure", REF, "X", "1e999999"), 2, "VALUE"),
    (("add-figure", REF, "X", "1_000"), 2, "VALUE"),
    (("add-figure", REF, "X", "1,000"), 2, "VALUE"),
    (("add-figure", REF, "X", "9" * 19), 2, "VALUE"),
    (("add-figure", REF, "X", "١٢٣"), 2, "VALUE"),
    (("record", REF, "signd", "--on", "2018"), 2, "did you mean signed"),
    (("record", REF, "terminated", "--on", "2018", "--until", "2019"), 2, "belong to renewed"),
    (("record", REF, "renewed", "--on", "2018", "--until", "2019", "--for", "1 year"), 2, "only one"),
    (("record", REF, "renewed", "--on", "2018", "--until", "unknown"), 2, "until"),
    (("record", REF, "ratified", "--on", "2018", "--party", "UNHCR"), 3, "party to this agreement"),
    (("record", "PA-2017-0O1", "signed", "--on", "2018"), 3, "did you mean PA-2017-001"),
    (("fulfil", REF, "--due", "2018-05-18"), 2, "OBLIGATION"),
    (("fulfil", f"{REF}/A1", "--due", "2018-05-18"), 2, "OBLIGATION"),
    (("fulfil", f"{REF}/O1"), 2, "4 open due dates"),
    (("fulfil", f"{REF}/O2"), 3, "PA-2017-001/O2"),
    (("fulfil", f"{REF}/O99999999999"), 2, "OBLIGATION"),
    (("fulfil", f"{REF}/O1", "--due", "2018-05-19"), 3, "did you mean"),
    (("fulfil", f"{REF}/O1", "--due", "2017-11-18"), 4, "fulfilled already"),
    (("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--by", "A9"), 3, "PA-2017-001/A9"),
    (("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--by", "O1"), 2, "--by"),
    (("waive", f"{REF}/O1", "--reason", "X"), 2, "4 open due dates"),
    (("waive", f"{REF}/O1", "--due", "2017-11-18", "--reason", "X"), 4, "fulfilled already"),
    (("init",), 4, "exists already"),
]


@pytest.mark.parametrize(("args", "code", "says"), OTHERS, ids=[" ".join(args)[:70] for args, _, _ in OTHERS])
def test_others(office: Tracker, args: tuple[str, ...], code: int, says: str) -> None:
    before = office.rows()
    assert says in refused(office, args, code) or says in office(*args, code=code).err
    assert office.rows() == before


@pytest.mark.parametrize("kind", ["folder", "missing", "empty", "pipe", "device", "dangling", "long", "inside"])
def test_files_that_cannot_be_kept(office: Tracker, kind: str) -> None:
    path = Path("document")
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "dangling":
        path.symlink_to("nowhere")
    elif kind == "long":
        path = Path("x" * 300)
    elif kind == "inside":
        path = Path("letter.txt/document")
    before = office.rows()
    refused(office, ("add-document", REF, str(path)), 2)
    assert office.rows() == before


def test_the_same_file_twice(office: Tracker) -> None:
    office("add-document", REF, "letter.txt")
    before = office.rows()
    assert "D1" in refused(office, ("add-document", REF, "letter.txt"), 4)
    assert office.rows() == before


def test_a_document_of_no_agreement_is_not_copied(office: Tracker) -> None:
    refused(office, ("add-document", "PA-2017-009", "letter.txt"), 3)
    assert not (office.folder / "documents").exists()


KEPT = [
    "=cmd|'/c calc'!A1",
    "[red]",
    "[/red]",
    "{{7*7}}",
    "{0.__class__}",
    "<script>alert(1)</script>",
    "'; DROP TABLE agreement; --",
    "مذكرة تفاهم",
    "谅解备忘录",
    "Accord 🤝 👩‍👩‍👧‍👦",
    "--help",
    "-x",
    "NO",
    "1:30",
    "010",
    "null",
    "%s %d _",
    "a\\b",
    '"quoted"',
    "x" * 500,
    "BEGIN:VEVENT",
    "Ñandú, Çelik & Søn",
]


def test_kept_exactly(office: Tracker) -> None:
    for value in KEPT:
        ref = office("add-agreement", "--source", value, "--", value).out.split()[1]
        office("add-note", ref, "--", value)
        office("add-figure", ref, "--unit", value, "--", value, "-5.50")
        found = office("show", ref, "--format", "json").json
        assert found["title"] == value
        assert found["source"] == value
        assert found["notes"][0]["text"] == value
        assert (found["figures"][0]["unit"], found["figures"][0]["value"]) == (value, "-5.50")
        assert value[:20] in office("show", ref).out
    for name in ("all.yaml", "all.json"):
        office("export", "-o", name)
        office("init", "--db", f"{name}.db")
        office("import", name, "--db", f"{name}.db", "--new-party")
        office("export", "-o", f"again.{name}", "--db", f"{name}.db")
        assert Path(f"again.{name}").read_bytes() == Path(name).read_bytes()


def test_names_of_parties_are_kept_exactly(office: Tracker) -> None:
    for value in ("=cmd|' /C calc'!A0", "<script>", "'; DROP TABLE party; --", "وزارة الأمن العام", "公安部", "--help"):
        office("add-party", "--new-party", "--", value)
        assert office.json("parties", "--party", value)[0]["name"] == value


def test_accents_are_stored_composed(office: Tracker) -> None:
    ref = office("add-agreement", "Cooperacio\u0301n").out.split()[1]
    assert office("show", ref, "--format", "json").json["title"] == "Cooperaci\u00f3n"


def test_what_stands_on_the_last_days_of_the_calendar(office: Tracker) -> None:
    """Arithmetic past the year 9999 is refused or left out, never a traceback."""
    before = office.rows()
    found = office(
        *("add-agreement", "X", "--signed", "9999-06-01", "--in-force", "on signature", "--duration", "P1Y"), code=None
    )
    assert found.code in (0, 2)
    if found.code == 2:
        assert office.rows() == before


def test_renewal_until_before_it_was_agreed(office: Tracker) -> None:
    before = office.rows()
    refused(office, ("record", REF, "renewed", "--on", "2020-04-30", "--until", "2019-01-01"), 2)
    assert office.rows() == before


def test_acronym_that_another_party_has(office: Tracker) -> None:
    before = office.rows()
    refused(office, ("edit", "party-1", "acronym=MINSEG"), 4)
    assert office.rows() == before
