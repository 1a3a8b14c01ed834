"""tracker edit: fields of anything with a reference, and the record in an editor. tracker remove."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from cli.running import Tracker
from tracker.cli import values


def editor(tracker: Tracker, body: str) -> None:
    """Make $EDITOR a small program: ``text`` is what it was given, and what it leaves is written back."""
    script = tracker.folder / "an editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "path = Path(sys.argv[1])\ntext = path.read_text(encoding='utf-8')\n"
        f"{body}\npath.write_text(text, encoding='utf-8')\n",
        encoding="utf-8",
    )
    tracker.env(EDITOR=shlex.join([sys.executable, str(script)]))


CHANGES = [
    ("PA-2017-001", "title=Another title", "title"),
    ("PA-2017-001", "kind=treaty", "kind"),
    ("PA-2017-001", "summary=", "summary"),
    ("PA-2017-001", "source=The text itself", "source"),
    ("PA-2017-001", "confidentiality=public", "confidentiality"),
    ("PA-2017-001", "responsible=Luis Arosemena", "responsible"),
    ("PA-2017-001", "countries=PA, CR", "countries"),
    ("PA-2017-001", "languages=es,en", "languages"),
    ("PA-2017-001", "scopes=counter-trafficking", "scopes"),
    ("PA-2017-001", "entry-into-force=2017-06-01", "entry_into_force"),
    ("PA-2017-001", "duration=4 years", "duration"),
    ("PA-2017-001", "notice=P90D", "notice"),
    ("PA-2017-001/O1", "text=Train them all", "text"),
    ("PA-2017-001/O1", "due=every year on 31 March", "due"),
    ("PA-2017-001/O1", "owed_to=", "owed_to"),
    ("PA-2017-001/O1", "responsible=Luis Arosemena", "responsible"),
    ("PA-2017-001/O1", "survives=true", "survives"),
    ("PA-2017-001/A1", "place=David", "place"),
    ("PA-2017-001/A1", "until=18 Nov 2017", "until"),
    ("PA-2017-001/E1", "on=2017-05-17", "on"),
    ("PA-2017-001/N1", "text=Another remark", "text"),
    ("PA-2017-001/F1", "value=121", "value"),
    ("MINSEG", "former_names=Ministry of Government, Ministry of Interior", "former_names"),
    ("party-2", "country=Panama", "country"),
    ("person-1", "email=ana@example.org", "email"),
]


@pytest.mark.parametrize(("ref", "change", "key"), CHANGES, ids=[f"{ref} {change}" for ref, change, _ in CHANGES])
def test_fields(small: Tracker, ref: str, change: str, key: str) -> None:
    found = small("edit", ref, change)
    assert found.out.startswith(("changed ", f"{ref} is so already"))
    assert key in found.out or "so already" in found.out or change == "country=Panama"
    assert "next: tracker " in found.err


def test_scope_area_of_ones_own(small: Tracker) -> None:
    small("add-scope", "darien", "--name", "Darien")
    small("edit", "darien", "name_es=Darién", "parent=border-management")
    area = next(row for row in small.json("scopes") if row["code"] == "darien")
    assert (area["name_es"], area["parent"], area["builtin"]) == ("Darién", "border-management", False)
    assert "comes with the program" in small("edit", "border-management", "name_es=x", code=4).err


def test_what_follows_is_derived_anew(small: Tracker) -> None:
    small("edit", "PA-2017-001", "duration=20 years")
    row = small.json("agreements")[0]
    assert (row["status"], row["ends"]) == ("in-force", "2037-05-17")
    assert small.json("obligations")[0]["fulfilled"] == 1


BAD_CHANGES = [
    (("PA-2017-001", "titel=x"), 2, "did you mean title"),
    (("PA-2017-001", "title"), 2, "has no '='"),
    (("PA-2017-001", "title="), 2, "title"),
    (("PA-2017-001", f"title={'x' * 10_000}"), 2, "at most 500"),
    (("PA-2017-001", "kind=treatty"), 2, "did you mean treaty"),
    (("PA-2017-001", "scopes=nosuch"), 3, "scope area 'nosuch'"),
    (("PA-2017-001", "countries=ZZ"), 2, "ZZ"),
    (("PA-2017-001", "entry_into_force=03/04/2017"), 2, "2017-04-03"),
    (("PA-2017-001", "duration=soon"), 2, "duration"),
    (("PA-2017-001", "ends=2016", "duration="), 2, "before it was signed"),
    (("PA-2017-001", "ends=2020"), 2, "only one of them"),
    (("PA-2017-001", "renewal_times=-1"), 2, "renewal"),
    (("PA-2017-001", "ref=OTHER"), 2, "field"),
    (("PA-2017-001", "responsible=\x1b[31mred"), 2, "U+001B"),
    (("PA-2017-001/O1", "due=03/04/2017"), 2, "2017-04-03"),
    (("PA-2017-001/O1", "survives=perhaps"), 2, "neither true nor false"),
    (("PA-2017-001/O9", "text=x"), 3, "PA-2017-001/O9"),
    (("PA-2017-001/X1", "text=x"), 2, "letter"),
    (("PA-2017-001/A1", "until=2016"), 2, "before it starts"),
    (("PA-2017-001/A1", "on=2017-02-30"), 2, "February 2017 has 28 days"),
    (("PA-2017-001/E1", "event=signd"), 2, "did you mean signed"),
    (("PA-2017-001/F1", "value=NaN"), 2, "NaN"),
    (("PA-2017-001/N1", "text="), 2, "text"),
    (("party-2", "country=ZZ"), 2, "ZZ"),
    (("party-2", "name="), 2, "name"),
    (("party-2", "country=", "name=IOM"), 4, "party-1"),
    (("party-2", "part_of=party-2"), 2, "part of itself"),
    (("person-1", "email=a@x\r\nBcc: b@y"), 2, "email"),
    (("person-9", "email=a@example.org"), 3, "person-9"),
    (("NOSUCH", "title=x"), 3, "NOSUCH"),
    (("PA-2017-01", "title=x"), 3, "did you mean PA-2017-001"),
]


@pytest.mark.parametrize(("given", "code", "said"), BAD_CHANGES, ids=[str(given)[:60] for given, _, _ in BAD_CHANGES])
def test_bad_changes_change_nothing(small: Tracker, given: tuple[str, ...], code: int, said: str) -> None:
    before = small.rows()
    found = small("edit", *given, code=code)
    assert found.out == ""
    assert len(found.errors) == 1, found.err
    assert said in found.err
    assert small.rows() == before


def test_in_an_editor(small: Tracker) -> None:
    editor(small, "text = text.replace('notice: 6 months', 'notice: 3 months') + '# a comment of mine\\n'")
    found = small("edit", "PA-2017-001")
    assert "changed PA-2017-001\n" in found.out
    assert "provisions.notice: 6 months -> 3 months" in found.out
    assert small("show", "PA-2017-001", "--format", "json").json["provisions"]["notice"] == "3 months"


def test_visual_comes_before_editor(small: Tracker) -> None:
    editor(small, "text = text.replace('6 months', '3 months')")
    small.env(VISUAL="false")
    assert "VISUAL" in small("edit", "PA-2017-001", code=2).err or "EDITOR" in small("edit", "PA-2017-001", code=2).err


@pytest.mark.parametrize("body", ["pass", "text = ''", "text = '\\n\\n'"])
def test_nothing_changed_in_the_editor(small: Tracker, body: str) -> None:
    editor(small, body)
    before = small.rows()
    found = small("edit", "PA-2017-001")
    assert "nothing was changed" in found.err
    assert found.out == ""
    assert small.rows() == before


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("text = text.replace('6 months', 'soon')", "provisions.notice"),
        ("text = text + 'titel: x\\n'", "did you mean title?"),
        ("text = 'title: [unclosed'", "is not YAML"),
        ("text = text.replace('PA-2017-001', 'PA-2017-009')", "a reference stays"),
        ("text = text.replace('counter-smuggling', 'nosuch')", "nosuch"),
        ("text = text + '---\\n' + text", "expected one document"),
        ("text = 'just words'", "is no record"),
    ],
)
def test_text_that_cannot_be_taken_is_kept(small: Tracker, body: str, said: str) -> None:
    editor(small, body)
    before = small.rows()
    found = small("edit", "PA-2017-001", code=2)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said in found.err
    assert "what you typed is kept there" in found.err
    kept = Path(found.errors[0].removeprefix("error: ").split(":")[0])
    assert kept.read_text(encoding="utf-8").strip()
    kept.unlink()
    assert small.rows() == before


@pytest.mark.parametrize("name", ["false", "no-such-editor-at-all", "'unclosed"])
def test_editor_that_fails(small: Tracker, name: str) -> None:
    small.env(EDITOR=name)
    before = small.rows()
    found = small("edit", "PA-2017-001", code=2)
    assert found.out == ""
    assert len(found.errors) == 1
    assert "EDITOR" in found.err
    assert small.rows() == before


def test_agreement_changed_while_it_was_edited(small: Tracker) -> None:
    db = small.db
    editor(
        small,
        "import subprocess\n"
        f"subprocess.run([sys.executable, '-m', 'tracker', '--db', {str(db)!r}, 'edit', 'PA-2017-001', "
        "'source=somebody else'], check=True, capture_output=True)\n"
        "text = text.replace('6 months', '3 months')",
    )
    found = small("edit", "PA-2017-001", code=4)
    assert "PA-2017-001 was changed meanwhile: source: public announcement -> somebody else" in found.err
    assert "6 months" in small("show", "PA-2017-001").out
    kept = Path(re.findall(r"hint: what you typed is kept in (.*)", found.err)[0])
    assert "3 months" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_record_changed_between_the_question_and_the_answer(small: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(question: str, *, yes: bool) -> bool:
        small("add-note", "PA-2017-001", "Do not remove this")
        return True

    monkeypatch.setattr(values, "confirmed", meanwhile)
    found = small("remove", "PA-2017-001", code=4)
    assert "was changed meanwhile, by entry" in found.err
    assert small.refs("agreements") == ["PA-2017-001"]


def test_remove(small: Tracker) -> None:
    assert "removed PA-2017-001/O1" in small("remove", "PA-2017-001/O1").out
    assert small.json("obligations") == []
    assert "removed PA-2017-001/A1" in small("remove", "PA-2017-001/A1", "-y").out
    small("add-obligation", "PA-2017-001", "Another", "--owed-by", "IOM", "--due", "ongoing")
    assert small.refs("obligations") == ["PA-2017-001/O2"]
    found = small("remove", "PA-2017-001")
    assert "with everything recorded under it" in found.out
    assert small.json("agreements") == []
    assert "given already" in small("add-agreement", "Again", "--ref", "PA-2017-001", code=4).err


@pytest.mark.parametrize(
    ("ref", "code", "said"),
    [
        ("PA-2017-001/A1", 4, "fulfils O1 due 2017-11-18"),
        ("MINSEG", 4, "still named by"),
        ("person-1", 4, "still named by"),
        ("border-management", 4, "comes with the program"),
        ("PA-2017-002", 3, "did you mean PA-2017-001"),
        ("PA-2017-001/O2", 3, "PA-2017-001/O2"),
        ("", 3, "reference ''"),
    ],
)
def test_what_cannot_be_removed(small: Tracker, ref: str, code: int, said: str) -> None:
    before = small.rows()
    found = small("remove", ref, "--yes", code=code)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said in found.err
    assert small.rows() == before


def test_an_item_of_a_list_may_hold_a_comma(small: Tracker) -> None:
    name = "Ministry of Justice, Security and Peace"
    small("add-party", name, "--new-party")
    small("edit", "PA-2017-001/O1", f'owed_by="{name}", IOM')
    assert small.json("obligations")[0]["owed_by"] == [name, "IOM"]
    small("edit", "PA-2017-001/O1", "owed_by=IOM", f'owed_by="{name}"')
    assert small.json("obligations")[0]["owed_by"] == ["IOM", name]
    assert "a quote that does not end" in small("edit", "PA-2017-001/O1", 'owed_by="IOM', code=2).errors[0]
    assert "a second time" in small("edit", "PA-2017-001", "title=A", "title=B", code=2).errors[0]


def test_what_the_editor_takes_from_a_party_is_gone(small: Tracker) -> None:
    editor(small, "text = text.replace('    acronym: MINSEG\\n', '')")
    found = small("edit", "PA-2017-001")
    assert "acronym: MINSEG -> nothing" in found.out
    assert [row for row in small.json("parties") if row["acronym"] == "MINSEG"] == []
