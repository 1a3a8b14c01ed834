"""tracker import, export and schema: files in and out, all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.running import Tracker

RECORD = """\
ref: {ref}
title: {title}
parties: [{{name: IOM}}, {{name: UNHCR}}]
events: [{{event: signed, on: 2020-01-01}}]
"""


def put(name: str, *documents: str) -> str:
    Path(name).write_text("---\n".join(documents), encoding="utf-8")
    return name


def test_import_says_what_it_did(small: Tracker) -> None:
    file = put("two.yaml", RECORD.format(ref="A-1", title="First"), RECORD.format(ref="A-2", title="Second"))
    before = small.rows()
    found = small("import", file, "--dry-run")
    assert found.out == "would add A-1 First\nwould add A-2 Second\n"
    assert "2 new; nothing was written (dry run)" in found.err
    assert small.rows() == before
    found = small("import", file)
    assert found.out == "added A-1 First\nadded A-2 Second\n"
    assert "created party-3 UNHCR" in found.err
    assert "2 new\n" in found.err


def test_known_reference_is_refused_unless_updated(small: Tracker) -> None:
    file = put("one.yaml", RECORD.format(ref="A-1", title="First"))
    small("import", file)
    before = small.rows()
    found = small("import", file, code=4)
    assert "one.yaml:1:" in found.err
    assert "--update" in found.err
    assert small.rows() == before
    assert small("import", file, "--update").out == "same as recorded: A-1 First\n"
    put("one.yaml", RECORD.format(ref="A-1", title="Renamed"))
    found = small("import", file, "--update", "--dry-run")
    assert found.out == "would update A-1 Renamed\n  title: First -> Renamed\n"
    assert small.json("agreements", "--text", "Renamed") == []
    assert small("import", file, "--update").out == "updated A-1 Renamed\n  title: First -> Renamed\n"
    assert len(small.json("agreements", "--text", "Renamed")) == 1


def test_all_or_nothing(small: Tracker) -> None:
    file = put(
        "two.yaml", RECORD.format(ref="A-1", title="First"), RECORD.format(ref="A-2", title="X") + "scopes: [nosuch]\n"
    )
    before = small.rows()
    found = small("import", file, code=None)
    assert found.code in (2, 3)
    assert "two.yaml:10:" in found.err
    assert "nosuch" in found.err
    assert small.rows() == before


def test_import_from_stdin(small: Tracker) -> None:
    assert small("import", "-", typed=RECORD.format(ref="A-1", title="First")).out == "added A-1 First\n"
    found = small("import", "-", typed=b"title: \xff\n", code=2)
    assert found.errors == ["error: stdin: is not UTF-8: byte 0xff"]
    assert "stdin: holds no record" in small("import", "-", typed="", code=2).err


BAD_FILES = {
    "alias bomb": "a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n",
    "tag": "title: !!python/object/apply:os.system [ls]\n",
    "duplicate key": "title: X\ntitle: Y\n",
    "unknown key": "title: X\ncountrys: [PA]\n",
    "not YAML": "title: [X\n",
    "a list": "- title: X\n",
    "a word": "hello\n",
    "nothing": "# only a comment\n",
    "deep": "title: " + "[" * 3000 + "]" * 3000,
    "bad date": "title: X\nevents: [{event: signed, on: 03/04/2017}]\n",
    "impossible date": "title: X\nevents: [{event: signed, on: 2026-02-29}]\n",
    "date in words": "title: X\nevents: [{event: signed, on: 18 May 2017}]\n",
    "end before start": "title: X\nprovisions: {ends: 2016}\nevents: [{event: signed, on: 2017}]\n",
    "negative count": "title: X\nactivities: [{number: 1, title: W, kind: training, on: 2017, "
    "attendance: [{party: IOM, women: -1}]}]\n",
    "huge count": "title: X\nactivities: [{number: 1, title: W, kind: training, on: 2017, "
    "attendance: [{party: IOM, women: " + "9" * 5000 + "}]}]\n",
    "huge number": "title: X\nfigures: [{what: W, value: 1e999999}]\n",
    "mass assignment": "title: X\nid: 1\n",
    "control character": 'title: "a\\u001bb"\n',
    "bidirectional control": 'title: "a\\u202eb"\n',
    "no title": "kind: treaty\n",
    "empty title": "title: ''\n",
    "long title": f"title: {'x' * 10_000}\n",
    "look-alike reference": "title: X\nref: РА-2017-009\n",
    "traversal": "title: X\nref: AG/../x\n",
    "file outside": "title: X\ndocuments: [{file: ../../etc/passwd}]\n",
    "unknown kind": "title: X\nkind: treatty\n",
    "party twice": "title: X\nparties: [{name: IOM}, {name: iom}]\n",
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_files_change_nothing(small: Tracker, kind: str) -> None:
    file = put("bad.yaml", BAD_FILES[kind])
    before = small.rows()
    for more in ((), ("--dry-run",), ("--update",)):
        found = small("import", file, *more, code=2)
        assert found.out == ""
        assert len(found.errors) == 1, found.err
        assert found.errors[0].startswith("error: bad.yaml:")
        assert len(found.err) < 700
    assert small.rows() == before


BAD_JSON = {
    "NaN": '{"title": "X", "figures": [{"what": "W", "value": NaN}]}',
    "duplicate key": '{"title": "X", "title": "Y"}',
    "unclosed": '{"title": "X"',
    "deep": "[" * 100_000,
    "number": "3",
    "surrogate": '{"title": "\\ud800"}',
}


@pytest.mark.parametrize("kind", BAD_JSON)
def test_bad_json_changes_nothing(small: Tracker, kind: str) -> None:
    file = put("bad.json", BAD_JSON[kind])
    before = small.rows()
    found = small("import", file, code=2)
    assert found.out == ""
    assert len(found.errors) == 1, found.err
    assert small.rows() == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.yaml", "title: Año\n".encode("latin-1"), "is not UTF-8"),
        ("utf16.yaml", "title: X\n".encode("utf-16"), "is not UTF-8"),
        ("nul.yaml", b"title: a\0b\n", "nul.yaml"),
        ("x.xlsx", b"PK", "is no workbook"),
        ("empty.yaml", b"", "holds no record"),
    ],
)
def test_bad_bytes(small: Tracker, name: str, content: bytes, said: str) -> None:
    Path(name).write_bytes(content)
    before = small.rows()
    found = small("import", name, code=2)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said in found.err
    assert small.rows() == before


@pytest.mark.parametrize("name", ["missing.yaml", "folder", "", "."])
def test_no_file(small: Tracker, name: str) -> None:
    Path("folder").mkdir()
    found = small("import", name, code=2)
    assert found.out == ""
    assert len(found.errors) == 1


def test_documents_beside_the_file_are_kept(small: Tracker) -> None:
    Path("annex.txt").write_text("the annex", encoding="utf-8")
    put("one.yaml", "ref: A-1\ntitle: X\ndocuments: [{file: annex.txt, kind: annex}, {file: lost.pdf}]\n")
    found = small("import", "one.yaml")
    assert "document lost.pdf is named only" in found.err
    assert [(row["file"], row["kept"]) for row in small.json("documents")] == [("annex.txt", True), ("lost.pdf", False)]


def test_export_all_and_back_gives_the_same_bytes(examples: Tracker, made: object) -> None:
    for name in ("all.yaml", "all.json"):
        examples("export", "-o", name)
        first = Path(name).read_bytes()
        again = examples.folder / f"again-{name}.db"
        examples("init", "--db", str(again))
        shutil.rmtree(examples.folder / "unused", ignore_errors=True)
        examples("import", name, "--db", str(again))
        examples("export", "-o", name, "--db", str(again))
        assert Path(name).read_bytes() == first


@pytest.mark.parametrize(
    "given",
    [
        ("IOM-PA-MINSEG",),
        ("iom-pa-minseg", "DEMO-WORK-PLAN"),
        ("--party", "UNODC"),
        ("--scope", "counter-smuggling"),
        ("--country", "PA"),
        ("--kind", "convention"),
        ("--status", "in-force"),
        ("--status", "in-force", "--as-of", "1990-01-01"),
    ],
)
def test_export_filters(examples: Tracker, given: tuple[str, ...]) -> None:
    found = examples("export", *given, "--format", "json").json
    refs = [record["ref"] for record in (found if isinstance(found, list) else [found])]
    if given[0].startswith("--"):
        assert refs == examples.refs("agreements", *given)
    else:
        assert [ref.lower() for ref in refs] == [ref.lower() for ref in given]
    assert 0 < len(refs) < len(examples.refs("agreements"))


def test_export_of_nothing(examples: Tracker) -> None:
    found = examples("export", "--kind", "letter-of-intent")
    assert found.out == ""
    assert "no agreements" in found.err
    assert "is not a format of records" in examples("export", "--format", "xml", code=2).err


def test_schema_describes_every_key(bare: Tracker) -> None:
    schema = json.loads(bare("schema", "record").out)
    assert schema["required"] == ["title"]
    assert {"ref", "parties", "events", "obligations", "activities"} <= set(schema["properties"])
    assert "is not described" in bare("schema", "nothing", code=2).err


def test_what_belongs_to_no_agreement_is_handed_on(small: Tracker) -> None:
    small("add-scope", "my-own", "--name", "My own", "--parent", "asylum")
    small("add-party", "Observatory of Tides", "--country", "PA")
    small("add-person", "Luis Arosemena", "--party", "Observatory of Tides")
    small("add-person", "Luis Arosemena", "--email", "luis@example.org")
    small("export", "-o", "all.yaml")
    small("--db", "other.db", "init")
    small("--db", "other.db", "import", "all.yaml")
    small("--db", "other.db", "export", "-o", "again.yaml")
    assert Path("again.yaml").read_bytes() == Path("all.yaml").read_bytes()
    assert "Observatory of Tides" in Path("all.yaml").read_text(encoding="utf-8")
    assert small("import", "all.yaml", "--update").out.count("same as recorded") == 2


def test_an_import_that_fails_leaves_no_file_behind(small: Tracker) -> None:
    Path("a.pdf").write_bytes(b"signed")
    Path("bad.yaml").write_text("title: T\nscopes: [nonsense]\ndocuments: [{file: a.pdf}]\n", encoding="utf-8")
    small("import", "bad.yaml", code=None)
    assert [path for path in Path("documents").rglob("*") if path.is_file()] == []
    changed = f"title: T\ndocuments:\n  - file: a.pdf\n    sha256: {'ab' * 32}\n"
    Path("changed.yaml").write_text(changed, encoding="utf-8")
    assert (
        small("import", "changed.yaml", code=4).errors[0].startswith("error: changed.yaml:4:5: documents[1].sha256: ")
    )
    assert [path for path in Path("documents").rglob("*") if path.is_file()] == []
