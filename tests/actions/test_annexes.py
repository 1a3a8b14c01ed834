"""Notes, figures, links, contacts and documents: numbered, kept apart, and each link of one meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement

from tracker import actions
from tracker.actions.record import DocumentPart, FigurePart, LinkPart, NotePart
from tracker.errors import BadInput, Conflict, NotFound
from tracker.models.enums import LinkKind
from tracker.store.files import FileStore

Bring = Callable[..., list[Any]]
Read = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Any]
Edit = Callable[..., list[str]]
Exported = Callable[[str], dict[str, Any]]


def test_notes_and_figures_count_on(bring: Bring, run: Run, exported: Exported) -> None:
    bring(agreement("X-1", notes=[{"text": "First"}]))
    assert run(actions.annexes.add_note, "x-1", NotePart(on="2018", text="First")).ref == "X-1/N2"
    assert run(actions.annexes.add_note, "X-1", NotePart(text="First")).ref == "X-1/N3"
    outcome = run(actions.annexes.add_figure, "X-1", FigurePart(what="arrivals", value="007", unit="persons"))
    assert outcome.said == ["added X-1/F1 arrivals: 7 persons"]
    assert exported("X-1")["notes"] == [{"text": "First"}, {"on": "2018", "text": "First"}, {"text": "First"}]


def test_a_removed_note_gives_its_number_to_nothing(bring: Bring, run: Run) -> None:
    bring(agreement("X-1", notes=[{"text": "First"}, {"text": "Second"}]))
    run(actions.removal.remove, "X-1/N2", TODAY)
    assert run(actions.annexes.add_note, "X-1", NotePart(text="Third")).ref == "X-1/N3"
    with pytest.raises(NotFound) as caught:
        run(actions.targets.find, "X-1/N2")
    assert caught.value.nearest == ["X-1/N1", "X-1/N3"]


@pytest.mark.parametrize("kind", list(LinkKind))
def test_a_link_of_every_kind(bring: Bring, run: Run, exported: Exported, kind: LinkKind) -> None:
    bring(agreement("X-1"), agreement("Y-1"))
    part = LinkPart(**{kind.value: "y-1"})
    assert run(actions.annexes.add_link, "x-1", part, TODAY).said == [f"added X-1/L1: X-1 {kind.value} Y-1"]
    assert exported("X-1")["links"] == [{kind.value: "Y-1"}]
    with pytest.raises(Conflict, match="already"):
        run(actions.annexes.add_link, "X-1", part, TODAY)


def test_links_that_cannot_be(bring: Bring, run: Run) -> None:
    bring(agreement("X-1"))
    with pytest.raises(BadInput, match="the agreement itself"):
        run(actions.annexes.add_link, "X-1", LinkPart(amends="x-1"), TODAY)
    with pytest.raises(NotFound):
        run(actions.annexes.add_link, "X-1", LinkPart(amends="Y-1"), TODAY)
    for links in ([{}], [{"amends": "A-1", "extends": "B-1"}], [{"amends": "A-1"}, {"amends": "a-1"}]):
        with pytest.raises(actions.record_check.InvalidRecord):
            actions.record_check.check(agreement("X-1", links=links))


@pytest.mark.parametrize("first", ["OLD", "NEW"])
def test_a_link_typed_in_another_case_is_the_same_link(
    bring: Bring, exported: Exported, read: Read, first: str
) -> None:
    """Whichever of the two is recorded first."""
    records = {"OLD": agreement("OLD"), "NEW": agreement("NEW", links=[{"replaces": "old"}])}
    bring(records[first])
    bring(*(record for ref, record in records.items() if ref != first))
    assert exported("NEW")["links"] == [{"replaces": "OLD"}]
    assert {row["ref"]: row["status"] for row in read("agreements")} == {"NEW": "in-force", "OLD": "replaced"}
    assert [row["ref"] for row in read("show_links_here", agreement="OLD")] == ["NEW"]


def test_links_are_reordered_and_changed_in_place(bring: Bring, run: Run, exported: Exported) -> None:
    links = [{"amends": "A-1"}, {"extends": "B-1"}, {"implements": "C-1"}]
    bring(agreement("X-1", links=links))
    changed = [links[2], {"extends": "D-1"}, links[0]]
    bring(agreement("X-1", links=changed), update=True)
    assert exported("X-1")["links"] == changed
    numbers = {run(actions.targets.find, f"X-1/L{number}").row.to_ref for number in (1, 2, 3)}
    assert numbers == {"A-1", "C-1", "D-1"}


def test_contacts_are_people_of_the_directory(bring: Bring, read: Read) -> None:
    bring(agreement("X-1", contacts=[{"name": "ana", "party": "Gamma Group"}], responsible={"name": "Ana"}))
    assert [(row["name"], row["party"]) for row in read("people")] == [("Ana", "Gamma Group")]


@pytest.fixture
def keep(database: Path, run: Run, tmp_path: Path) -> Callable[..., Any]:
    def keeps(name: str, content: bytes, ref: str = "X-1") -> Any:
        (tmp_path / name).write_bytes(content)
        with actions.documents.keeping(database) as files:
            return run(actions.documents.add, ref, DocumentPart(file=name), files.keep(tmp_path / name), files=files)

    return keeps


def test_a_document_is_kept_once_for_each_agreement(bring: Bring, keep: Any, exported: Exported) -> None:
    bring(agreement("X-1"), agreement("Y-1"))
    assert keep("a.txt", b"signed").ref == "X-1/D1"
    with pytest.raises(Conflict, match=r"X-1/D1 \(a.txt\) is the same file"):
        keep("b.txt", b"signed")
    assert keep("c.txt", b"other").ref == "X-1/D2"
    assert keep("a.txt", b"signed", "Y-1").ref == "Y-1/D1"
    assert len({row["sha256"] for ref in ("X-1", "Y-1") for row in exported(ref)["documents"]}) == 2


def test_files_beside_a_record_are_kept_and_missing_ones_said(database: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"signed")
    record = actions.record_check.check(agreement(documents=[{"file": "sub/a.txt"}, {"file": "gone.pdf"}]))
    kept, missing = actions.documents.keep_all_beside([record], tmp_path, FileStore(database))
    assert [len(part.sha256 or "") for part in kept[0].documents] == [64, 0]
    assert missing == [f"document gone.pdf is named only: the file is not in {tmp_path}"]


def test_a_document_that_is_no_file_stops_the_import(database: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    record = actions.record_check.check(agreement(documents=[{"file": "a.txt"}]))
    with pytest.raises(Exception, match="is empty"):
        actions.documents.keep_all_beside([record], tmp_path, FileStore(database))


@pytest.mark.parametrize("name", ["/etc/passwd", "../a.pdf", "a/../../b", "a\\b", "..", "x" * 256, "a\nb"])
def test_a_document_never_leaves_the_folder_of_its_record(name: str) -> None:
    with pytest.raises(actions.record_check.InvalidRecord):
        actions.record_check.check(agreement(documents=[{"file": name}]))


def test_a_file_that_is_not_the_recorded_one_is_refused(database: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"changed")
    record = actions.record_check.check(agreement(documents=[{"file": "a.pdf", "sha256": "ab" * 32}]))
    with pytest.raises(
        Conflict, match=r"a.pdf has the SHA-256 [0-9a-f]{12}\.\.\., the record says abababababab"
    ) as caught:
        actions.documents.keep_all_beside([record], tmp_path, FileStore(database))
    assert caught.value.place == (0, "documents", 0, "sha256") and "leave sha256 out" in (caught.value.hint or "")
    assert not FileStore(database).folder.exists()


def test_what_was_kept_for_nothing_is_taken_out_and_what_was_there_stays(
    bring: Bring, keep: Any, database: Path, tmp_path: Path
) -> None:
    bring(agreement("X-1"))
    keep("a.pdf", b"signed")
    (tmp_path / "b.pdf").write_bytes(b"new")

    def kept() -> list[str]:
        return sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "documents").rglob("*") if path.is_file())

    before = kept()
    with pytest.raises(Conflict), actions.documents.keeping(database) as files:
        for name in ("a.pdf", "b.pdf"):
            files.keep(tmp_path / name)
        assert len(files.waiting) == 2
        raise Conflict("anything")
    assert kept() == before
