"""``tracker check``: findings, their codes, exit codes, ignoring and mending."""

from __future__ import annotations

from cli.running import Tracker
from tracker.rules.quality.catalogue import CHECKS


def test_the_founding_agreement_says_what_is_missing(examples: Tracker) -> None:
    found = examples("check", "IOM-PA-MINSEG", "--format", "json", code=1).json
    codes = {row["code"] for row in found}
    assert {"A01", "A06", "A17", "O01"} <= codes
    two_names = next(row for row in found if row["code"] == "A06")
    assert "Ministry of Interior" in two_names["what"]
    assert set(two_names) == {"code", "name", "severity", "ref", "what", "why", "mend", "fixable"}


def test_silent_when_clean(examples: Tracker) -> None:
    every = [word for check in CHECKS for word in ("--ignore", check.code)]
    result = examples("check", *every)
    assert (result.out, result.err) == ("", "")


def test_ignore_takes_code_or_name(examples: Tracker) -> None:
    found = examples("check", "IOM-PA-MINSEG", "--ignore", "a06", "--ignore", "no-clause", "--format", "json", code=1)
    assert not {"A06", "O01"} & {row["code"] for row in found.json}


def test_mending_words_name_the_finding(examples: Tracker) -> None:
    found = examples("check", "DEMO-WORK-PLAN", "--format", "json", code=1).json
    overdue = next(row for row in found if row["ref"] == "DEMO-WORK-PLAN/O5")
    assert overdue["mend"] == "tracker fulfil DEMO-WORK-PLAN/O5, or tracker waive DEMO-WORK-PLAN/O5"


def test_fix_mends_what_is_safe(small: Tracker) -> None:
    small("edit", "IOM", "kind=intergovernmental-organization")
    small("record", "PA-2017-001", "ratified", "--on", "2017-06-01", "--party", "IOM")
    before = small("check", "PA-2017-001", "--format", "json", code=1).json
    assert [row["fixable"] for row in before if row["code"] == "A09"] == [True]
    after = small("check", "PA-2017-001", "--fix", "--format", "json", code=1)
    assert "mended PA-2017-001/E2: event=formally-confirmed" in after.err
    assert "A09" not in {row["code"] for row in after.json}
    assert small.json("show", "PA-2017-001")["events"][1]["event"] == "formally-confirmed"


def test_files_that_others_may_read(small: Tracker) -> None:
    assert small.db
    (small.folder / "annex.txt").write_text("the text of the annex")
    small("add-document", "PA-2017-001", "annex.txt")
    documents, kept = small.db.with_name("documents"), small.db.with_name(f"{small.db.stem}-replaced-x.db")
    key = small.home / ".config" / "tracker" / "journal.key"
    kept.touch()
    for file, mode in ((small.db, 0o644), (documents, 0o755), (kept, 0o660), (key, 0o604)):
        file.chmod(mode)
    before = small.rows()
    found = small("check", "--format", "json", code=1).json
    told = {row["ref"]: row["what"][-4:] for row in found if row["code"] == "F01"}
    assert told == {str(small.db): "0644", str(documents): "0755", str(kept): "0660", str(key): "0604"}
    after = small("check", "--fix", "--format", "json", code=None)
    assert f"mended {documents}: mode 0700" in after.err and f"mended {key}: mode 0600" in after.err
    assert "F01" not in {row["code"] for row in after.json} and small.rows() == before
    assert [file.stat().st_mode & 0o777 for file in (small.db, documents, kept, key)] == [0o600, 0o700, 0o600, 0o600]
    small("verify")


def test_everything_is_made_for_its_user_alone(empty: Tracker) -> None:
    """Whatever the mask of the process lets others do."""
    import os

    before = os.umask(0)
    try:
        (empty.folder / "annex.txt").write_text("the text of the annex")
        place = empty.folder / "deep" / "tracker.db"
        empty.env(XDG_CONFIG_HOME=str(empty.folder / "new"), TRACKER_DB=str(place))
        empty("init")
        empty("add-agreement", "First", "--ref", "X-1", "--party", "Alpha")
        empty("add-document", "X-1", "annex.txt")
        empty("backup", "-o", str(place.with_name("b.zip")))
        empty("restore", str(place.with_name("b.zip")))
    finally:
        os.umask(before)
    made = [place.parent, *place.parent.rglob("*"), *(empty.folder / "new" / "tracker").rglob("*")]
    assert len(made) > 8
    for file in made:
        assert file.stat().st_mode & 0o077 == 0, file


def test_what_an_editor_is_given_lies_beside_the_database(small: Tracker) -> None:
    assert small.db
    small.env(EDITOR=f'sh -c \'ls -ld "$0" "$(dirname "$0")" > {small.folder}/seen\'')
    small("edit", "PA-2017-001")
    seen = (small.folder / "seen").read_text()
    assert str(small.db.parent) in seen and "-rw-------" in seen and "drwx------" in seen
    assert not list(small.db.parent.glob(".tracker*"))


def test_parties_are_checked_with_everything_only(small: Tracker) -> None:
    assert "P01" in {row["code"] for row in small("check", "--format", "json", code=1).json}
    assert "P01" not in {row["code"] for row in small("check", "PA-2017-001", "--format", "json", code=1).json}


def test_likely_duplicates(empty: Tracker) -> None:
    empty("add-party", "International Organization for Migration")
    empty("add-party", "International Organisation for Migration", "--new-party")
    found = empty("check", "--format", "json", code=1).json
    assert [row["ref"] for row in found if row["code"] == "P03"] == ["party-2"]


def test_explain_a_check(bare: Tracker) -> None:
    shown = bare("check", "--explain", "A06").out
    assert "Two or more names" in shown and "Why" in shown and "Mend" in shown
    assert all(check.code in bare("check", "--explain", "all").out for check in CHECKS)


def test_unknown_codes_and_references(small: Tracker) -> None:
    assert small("check", "--explain", "two-name", code=2).errors == [
        "error: --explain: 'two-name' is no check; did you mean two-names?"
    ]
    assert small("check", "--ignore", "A99", code=2).errors
    assert small("check", "PA-2099-001", code=3).errors


def test_checks_look_from_any_day(small: Tracker) -> None:
    then = {row["code"] for row in small("check", "--as-of", "2018-06-01", "--format", "json", code=1).json}
    assert "O05" in then
    assert "A18" in {row["code"] for row in small("check", "--as-of", "2020-04-01", "--format", "json", code=1).json}
