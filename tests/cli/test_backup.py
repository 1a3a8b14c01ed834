"""Backups made while others write, thinned out by rule, put back; and files that are none."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.running import Tracker
from tracker.store import schema

Change = Callable[[dict[str, bytes], dict[str, Any]], None]


@pytest.fixture
def tracker(tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """A database with an agreement and a document."""
    configuration = os.environ["XDG_CONFIG_HOME"]  # with the key that sealed the database of the tests
    tracker = Tracker(tmp_path, monkeypatch, database)
    tracker.env(XDG_CONFIG_HOME=configuration)
    (tmp_path / "annex.txt").write_text("the text of the annex")
    tracker("add-agreement", "First", "--ref", "X-1", "--party", "Alpha", "--party", "Beta", "--signed", "2017")
    tracker("add-document", "X-1", "annex.txt")
    return tracker


def opened(file: Path | bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The parts of a backup by name, and its manifest."""
    with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, json.loads(parts.pop("manifest.json"))


def packed(parts: dict[str, bytes], manifest: dict[str, Any] | bytes, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", manifest if isinstance(manifest, bytes) else json.dumps(manifest))
    return target


def state(tracker: Tracker) -> dict[str, bytes]:
    """Every file below the folder of the database, but not the home."""
    return {
        str(file.relative_to(tracker.folder)): file.read_bytes()
        for file in sorted(tracker.folder.rglob("*"))
        if file.is_file() and tracker.home not in file.parents
    }


def test_a_backup_is_one_file_that_any_program_opens(tracker: Tracker) -> None:
    said = tracker("backup", "-o", "b.zip")
    assert said.out == "backed up to b.zip: 1 document\n"
    head = tracker("journal", "head").out.strip()
    assert said.err == f"the journal's head is {head}\n"
    parts, manifest = opened(tracker.folder / "b.zip")
    assert manifest["journal"] == head and manifest["schema"] == schema.VERSION and manifest["missing"] == []
    (document,) = (name for name in parts if name != "tracker.db")
    assert parts[document] == b"the text of the annex"
    assert document.replace("/", "") == "documents" + manifest["parts"][1]["sha256"]
    (tracker.folder / "copy.db").write_bytes(parts["tracker.db"])
    assert tracker.rows(tracker.folder / "copy.db") == tracker.rows()
    assert (tracker.folder / "b.zip").stat().st_mode & 0o777 == 0o600
    assert not list(tracker.folder.glob(".tracker*")), "nothing is left over"


def test_restored_it_is_as_it_was_and_what_it_replaces_is_kept(tracker: Tracker) -> None:
    before = tracker.rows()
    tracker("backup", "-o", "b.zip")
    tracker("edit", "X-1", "title=Second")
    tracker("remove", "X-1/D1")
    after, later = tracker.rows(), tracker("journal", "head").out.strip()
    for file in (tracker.folder / "documents").rglob("*"):
        if file.is_file():
            file.unlink()
    said = tracker("restore", "b.zip")
    assert tracker.rows() == before
    kept = re.search(r"what was there is kept: (.*)", said.err)
    assert kept and tracker.rows(Path(kept[1])) == after
    assert f"the journal's head was {later} and is " in said.err
    tracker("verify")
    tracker("edit", "X-1", "title=Third")
    tracker("verify")
    assert tracker.db and tracker.db.stat().st_mode & 0o777 == 0o600


def test_a_second_restore_at_the_same_moment_keeps_both(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    for _ in range(3):
        tracker("restore", "b.zip")
    assert len(list(tracker.folder.glob("tracker-replaced-*.db"))) == 3


def test_restored_where_nothing_was(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    elsewhere = tracker.folder / "new" / "deeper" / "agreements.db"
    said = tracker("--db", str(elsewhere), "restore", "b.zip")
    assert "kept" not in said.err
    tracker("--db", str(elsewhere), "verify")
    assert tracker.rows(elsewhere) == tracker.rows()
    for file in [elsewhere, *elsewhere.parent.rglob("*"), elsewhere.parent]:
        wanted = 0o700 if file.is_dir() else 0o600
        assert file.stat().st_mode & 0o777 == wanted, file


def test_on_another_machine_the_strange_key_is_told(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker("backup", "-o", "b.zip")
    head = tracker("journal", "head").out.strip()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tracker.folder / "another"))
    said = tracker("--db", "new.db", "restore", "b.zip")
    assert "is sealed with the key" in said.err and "journal.key" in said.err
    tracker("--db", "new.db", "verify", "--since", head)


def test_a_damaged_database_is_replaced_and_kept_as_it_is(tracker: Tracker) -> None:
    before = tracker.rows()
    tracker("backup", "-o", "b.zip")
    assert tracker.db
    broken = b"\0" * 5000 + tracker.db.read_bytes()[5000:]
    tracker.db.write_bytes(broken)
    left = tracker.db.with_name("tracker.db-journal")
    left.write_bytes(b"what a program left that was killed")
    tracker("restore", "b.zip")
    assert tracker.rows() == before and not left.exists()
    (kept,) = tracker.folder.glob("tracker-replaced-*.db")
    assert kept.read_bytes() == broken
    tracker("verify")


def test_a_damaged_document_is_replaced_and_kept(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    (document,) = (file for file in (tracker.folder / "documents").rglob("*") if file.is_file())
    document.write_bytes(b"scribbled over")
    said = tracker("restore", "b.zip")
    (kept,) = (file for file in tracker.folder.glob("documents-replaced-*/*/*"))
    assert kept.read_bytes() == b"scribbled over" and str(kept.parent.parent) in said.err
    tracker("verify")


def test_documents_of_what_is_replaced_stay_with_it(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    (tracker.folder / "later.txt").write_text("what came later")
    tracker("add-document", "X-1", "later.txt")
    tracker("restore", "b.zip")
    (kept,) = (file for file in tracker.folder.glob("documents-replaced-*/*/*"))
    assert kept.read_bytes() == b"what came later"
    tracker("verify")


def test_documents_of_another_database_in_the_folder_are_left(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    (tracker.folder / "theirs.txt").write_text("the other's")
    tracker("--db", "other.db", "init")
    tracker("--db", "other.db", "add-agreement", "Other", "--ref", "Y-1", "--party", "Alpha")
    tracker("--db", "other.db", "add-document", "Y-1", "theirs.txt")
    tracker("restore", "b.zip")
    assert not list(tracker.folder.glob("documents-replaced-*"))
    tracker("--db", "other.db", "verify")


def test_another_programs_database_is_never_replaced(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    with closing(sqlite3.connect(tracker.folder / "places.db")) as db:
        db.execute("CREATE TABLE bookmark (url)")
        db.commit()
    before = state(tracker)
    said = tracker("--db", "places.db", "restore", "b.zip", code=5)
    assert said.errors == [f"error: {tracker.folder}/places.db: is another program's database, and is not replaced"]
    assert state(tracker) == before


def test_a_dry_run_proves_and_changes_nothing(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    before = state(tracker)
    assert tracker("restore", "b.zip", "--dry-run").out.startswith("can be restored: as of 2026-11-24T")
    assert state(tracker) == before


def test_what_is_wrong_is_told_and_backed_up_all_the_same(tracker: Tracker) -> None:
    (document,) = (file for file in (tracker.folder / "documents").rglob("*") if file.is_file())
    document.unlink()
    said = tracker("backup", "-o", "b.zip", code=1)
    assert "X-1/D1: its file is gone or is no longer what was kept" in said.err
    assert opened(tracker.folder / "b.zip")[1]["missing"]
    said = tracker("restore", "b.zip")
    assert "X-1/D1: its file is not in the backup, nor kept here" in said.err


def test_a_journal_that_does_not_prove_itself(tracker: Tracker) -> None:
    assert tracker.db
    with closing(sqlite3.connect(tracker.db)) as db:
        db.execute("UPDATE journal_entry SET actor = 'somebody'")
        db.commit()
    said = tracker("backup", "-o", "b.zip", code=1)
    assert "who wrote it, or by which command, was altered" in said.err
    before = state(tracker)
    said = tracker("restore", "b.zip", code=2)
    assert len(said.errors) == 1 and "is not proven by its journal: entry 1" in said.errors[0]
    assert "--unproven" in said.err and state(tracker) == before
    tracker("restore", "b.zip", "--unproven")


def test_a_database_that_is_damaged_is_not_backed_up(tracker: Tracker) -> None:
    assert tracker.db
    content = bytearray(tracker.db.read_bytes())
    for page in range(4, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    tracker.db.write_bytes(content)
    said = tracker("backup", "-o", "b.zip", code=5)
    assert len(said.errors) == 1 and not (tracker.folder / "b.zip").exists()
    assert not list(tracker.folder.glob(".tracker*"))


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("nowhere/b.zip", "cannot be written: No such file or directory"),
        ("nowhere/", "there is no such folder"),
        ("tracker.db", "is the database itself"),
        ("tracker.db-journal", "is the database itself"),
        ("-", "is no file"),
        ("", "is no file"),
        ("annex.txt/b.zip", "cannot be written: Not a directory"),
    ],
)
def test_where_no_backup_can_be_written(tracker: Tracker, target: str, problem: str) -> None:
    before = state(tracker)
    said = tracker("backup", "-o", target, code=2)
    assert len(said.errors) == 1 and problem in said.errors[0]
    assert state(tracker) == before


def test_into_a_folder_thinned_out_by_rule(tracker: Tracker) -> None:
    folder = tracker.folder / "backups"
    folder.mkdir()
    tracker("backup", "-o", "backups")
    (made,) = folder.iterdir()
    name = re.fullmatch(r"tracker-([0-9a-f]{8})-20261124T[0-9]{6}Z\.zip", made.name)
    assert name
    known = name[1]
    earlier = [f"tracker-{known}-202611{day:02}T120000Z.zip" for day in range(1, 24)]
    others = ["letter.zip", f"tracker-{known}-20260101T000000Z.zip.new", f"tracker-{known}-20269999T000000Z.zip"]
    others += ["tracker-00c0ffee-20260101T000000Z.zip"]  # of another database
    for one in [*earlier, *others]:
        (folder / one).touch()
    (folder / f"old-name-{known}-20250101T000000Z.zip.age").touch()
    said = tracker("backup", "-o", "backups/", "--keep", "3d,2w")
    stays = {file.name for file in folder.iterdir()}
    newest = max(stays - set(others))
    assert stays == {newest, earlier[22], earlier[21], *others}
    assert said.err.count("removed ") == 21 + 2
    assert newest >= made.name


def test_nothing_is_removed_where_something_is_wrong(tracker: Tracker) -> None:
    (tracker.folder / "backups").mkdir()
    tracker("backup", "-o", "backups")
    (document,) = (file for file in (tracker.folder / "documents").rglob("*") if file.is_file())
    document.unlink()
    said = tracker("backup", "-o", "backups", "--keep", "1d", code=1)
    assert "nothing was removed" in said.err and len(list((tracker.folder / "backups").iterdir())) == 2


@pytest.mark.parametrize("rule", ["7", "0d", "7d,7d", "7x"])
def test_a_rule_that_is_none(tracker: Tracker, rule: str) -> None:
    (tracker.folder / "backups").mkdir()
    assert "is no rule" in tracker("backup", "-o", "backups", "--keep", rule, code=2).errors[0]
    assert not list((tracker.folder / "backups").iterdir())


def test_thinning_out_takes_a_folder(tracker: Tracker) -> None:
    assert "is no folder" in tracker("backup", "-o", "b.zip", "--keep", "7d", code=2).errors[0]


# --- encrypted


@pytest.fixture
def secret(tracker: Tracker) -> Path:
    file = tracker.folder / "passphrase"
    file.write_text("correct horse battery staple\n")
    file.chmod(0o600)
    return file


def test_encrypted_it_holds_nothing_in_the_clear(tracker: Tracker, secret: Path) -> None:
    from pyrage import passphrase

    tracker("backup", "-o", "b.age", "--passphrase-file", str(secret))
    content = (tracker.folder / "b.age").read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"tracker.db" not in content and b"annex" not in content and b"PK" not in content[:4]
    parts, _ = opened(passphrase.decrypt(content, "correct horse battery staple"))
    assert "tracker.db" in parts
    assert (tracker.folder / "b.age").stat().st_mode & 0o777 == 0o600


def test_encrypted_and_restored(tracker: Tracker, secret: Path) -> None:
    before = tracker.rows()
    tracker("backup", "-o", "b.age", "--passphrase-file", str(secret))
    tracker("edit", "X-1", "title=Second")
    tracker("restore", "b.age", "--passphrase-command", f"cat '{secret}'")
    assert tracker.rows() == before
    tracker("verify")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ((), "the passphrase is missing: give --passphrase-file or --passphrase-command"),
        (("--passphrase-command", "echo another"), "the passphrase is wrong, or the file is damaged"),
        (("--passphrase-command", "false"), "ended with 1"),
        (("--passphrase-command", "no-such-command-here"), "cannot be run"),
        (("--passphrase-command", "echo 'a"), "is no command"),
        (("--passphrase-command", ""), "cannot be run"),
        (("--passphrase-command", "true"), "expected a passphrase on one line"),
        (("--passphrase-command", "printf 'a\\nb'"), "expected a passphrase on one line"),
        (("--passphrase-file", "nowhere"), "cannot be read"),
        (("--passphrase-file", "annex.txt"), "can be read by others"),
        (("--passphrase-file", "passphrase", "--passphrase-command", "x"), "cannot stand with"),
    ],
)
def test_no_passphrase(tracker: Tracker, secret: Path, given: tuple[str, ...], problem: str) -> None:
    tracker("backup", "-o", "b.age", "--passphrase-file", str(secret))
    (tracker.folder / "annex.txt").chmod(0o644)
    before = state(tracker)
    said = tracker("restore", "b.age", *given, code=2)
    assert len(said.errors) == 1 and problem in said.errors[0]
    assert state(tracker) == before


def test_a_passphrase_is_asked_for_on_a_terminal_only(tracker: Tracker) -> None:
    assert "the passphrase is missing" in tracker("backup", "-o", "b.age", "--encrypt", code=2).errors[0]
    assert not (tracker.folder / "b.age").exists()


def test_an_encrypted_file_cut_short_or_of_another_kind(tracker: Tracker, secret: Path) -> None:
    tracker("backup", "-o", "b.age", "--passphrase-file", str(secret))
    content = (tracker.folder / "b.age").read_bytes()
    header = content.split(b"---")[0]
    bad = [content[:-10], content[:100], content[:500], header, content[:-900] + bytes(4) + content[-896:]]
    bad += [b"age-encryption.org/v1\n-> X25519 YWJj\nYWJj\n--- YWJj\n"]
    bad += [re.sub(rb"(?<= )[0-9]+(?=\n)", b"63", content, count=1)]  # a scrypt work factor that would take years
    before = state(tracker)
    for place, one in enumerate(bad):
        (tracker.home / "bad.age").write_bytes(one)
        said = tracker("restore", str(tracker.home / "bad.age"), "--passphrase-file", str(secret), code=2)
        assert len(said.errors) == 1 and "cannot be decrypted" in said.errors[0], place
    assert state(tracker) == before


def test_a_passphrase_is_no_option_and_in_no_journal(tracker: Tracker, secret: Path) -> None:
    tracker("backup", "-o", "b.age", "--passphrase", "x", code=2)
    tracker("backup", "-o", "b.age", "--passphrase-file", str(secret))
    assert "horse" not in tracker.rows()


# --- what is no backup


def _more(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    parts["documents/../../evil"] = b"x"


def _named_more(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    import hashlib

    parts["../evil"] = b"x"
    manifest["parts"].append({"name": "../evil", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()})


def _less(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    parts.pop(manifest["parts"][1]["name"])


def _flipped(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    parts["tracker.db"] = parts["tracker.db"][:-1] + bytes([parts["tracker.db"][-1] ^ 1])


def _other_document(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    parts[manifest["parts"][1]["name"]] = b"the text of the ANNEX"


def _rehashed(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    """A title changed in the database, and the manifest made to fit."""
    import hashlib

    parts["tracker.db"] = parts["tracker.db"].replace(b"First", b"Forge")
    manifest["parts"][0]["sha256"] = hashlib.sha256(parts["tracker.db"]).hexdigest()


def _no_database(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    import hashlib

    parts["tracker.db"] = b"x" * 5000
    manifest["parts"][0] |= {"size": 5000, "sha256": hashlib.sha256(b"x" * 5000).hexdigest()}


def _bomb(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    import hashlib

    content = parts["tracker.db"][:100] + bytes(64 * 1024 * 1024)
    parts["tracker.db"] = content
    manifest["parts"][0] |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _foreign(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
    import hashlib

    content = parts["tracker.db"][:68] + b"ABCD" + parts["tracker.db"][72:]
    parts["tracker.db"] = content
    manifest["parts"][0] |= {"sha256": hashlib.sha256(content).hexdigest()}


def _set(key: str, value: Any) -> Change:
    def change(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest[key] = value

    change.__name__ = f"{key}={str(value)[:20]}"
    return change


def _part(key: str, value: Any) -> Change:
    def change(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest["parts"][1][key] = value

    change.__name__ = f"part {key}={str(value)[:20]}"
    return change


HOSTILE: list[Change] = [
    _more, _named_more, _less, _flipped, _other_document, _rehashed, _no_database, _bomb, _foreign,
    _set("format", "other"), _set("version", 2), _set("schema", "3"), _set("schema", True), _set("schema", 2),
    _set("parts", {}), _set("parts", []), _set("parts", [[]]), _set("missing", None), _set("missing", ["../x"]),
    _set("journal", 7), _set("journal", "1:" + "a" * 64), _set("journal", None), _set("documents", None),
    _part("name", "/etc/passwd"), _part("name", "tracker.db"), _part("name", None), _part("name", "documents/aa/bb"),
    _part("size", -1), _part("size", 10**15), _part("size", 1 << 60), _part("size", "21"), _part("size", 20),
    _part("sha256", "ab"), _part("mode", 7),
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__.strip("_"))
def test_a_backup_that_was_tampered_with(tracker: Tracker, change: Change) -> None:
    tracker("backup", "-o", "b.zip")
    parts, manifest = opened(tracker.folder / "b.zip")
    change(parts, manifest)
    bad = packed(parts, manifest, tracker.home / "bad.zip")
    before = state(tracker)
    said = tracker("restore", str(bad), code=2)
    assert len(said.errors) == 1 and len(said.err.splitlines()) <= 2
    assert state(tracker) == before


def test_one_repacked_as_it_was_is_restored(tracker: Tracker) -> None:
    """Shows that the tests above are refused for what they change."""
    tracker("backup", "-o", "b.zip")
    bad = packed(*opened(tracker.folder / "b.zip"), tracker.home / "good.zip")
    tracker("restore", str(bad))


def test_of_a_newer_program(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    parts, manifest = opened(tracker.folder / "b.zip")
    bad = packed(parts, manifest | {"schema": 999}, tracker.home / "bad.zip")
    before = state(tracker)
    said = tracker("restore", str(bad), code=5)
    assert "has schema 999, newer than this program" in said.errors[0]
    assert state(tracker) == before


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("tracker.db")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _twice(archive: zipfile.ZipFile) -> None:
    for _ in range(2):
        archive.writestr("manifest.json", "{}")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("fill", [_link, _twice, lambda archive: None,
                                  lambda a: a.writestr("manifest.json", "[" * 9999),
                                  lambda a: a.writestr("manifest.json", b"\xff\xfe"),
                                  lambda a: a.writestr("manifest.json", " " * (257 * 1024**2))])  # fmt: skip
def test_an_archive_that_is_no_backup(tracker: Tracker, fill: Callable[[zipfile.ZipFile], None]) -> None:
    bad = tracker.home / "bad.zip"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    before = state(tracker)
    said = tracker("restore", str(bad), code=2)
    assert len(said.errors) == 1 and "is no backup of Tracker, or is damaged" in said.errors[0]
    assert state(tracker) == before


def test_a_backup_cut_short_or_flipped_anywhere(tracker: Tracker) -> None:
    tracker("backup", "-o", "b.zip")
    content = (tracker.folder / "b.zip").read_bytes()
    bad = tracker.home / "bad.zip"
    before = state(tracker)
    size = len(content)
    for cut in (0, 1, 30, 1000, size // 2, size - 1000, size - 22, size - 1):
        bad.write_bytes(content[:cut])
        assert len(tracker("restore", str(bad), code=2).errors) == 1, cut
    harmless = 0
    for place in [*range(0, size, size // 40), *range(size - 400, size, 9)]:
        flipped = bytearray(content)
        flipped[place] ^= 0x40
        bad.write_bytes(flipped)
        said = tracker("restore", str(bad), "--dry-run", code=None)
        harmless += said.code == 0  # a time, a mode, a comment: what counts is proven by its hash
        assert said.code == 0 or (said.code in (2, 5) and len(said.errors) == 1), place
    assert state(tracker) == before and harmless < 40


@pytest.mark.parametrize("name", ["nowhere.zip", ".", "annex.txt", "tracker.db", "/dev/zero", "pipe"])
def test_what_is_no_archive(tracker: Tracker, name: str) -> None:
    os.mkfifo(tracker.folder / "pipe")
    before = tracker.rows()
    assert len(tracker("restore", name, code=2).errors) == 1
    assert tracker.rows() == before


# --- beside others


def test_the_backup_before_an_upgrade(tracker: Tracker) -> None:
    old = tracker.folder / "old" / "old.db"
    old.parent.mkdir()
    with closing(sqlite3.connect(old)) as db:
        db.executescript((Path(__file__).parents[1] / "fixtures" / "schema-1.sql").read_text(encoding="utf-8"))
    before = tracker.rows(old)
    tracker("--db", str(old), "agreements")
    made = old.parent / "old-schema-1-2026-11-24.zip"
    parts, manifest = opened(made)
    assert manifest["schema"] == 1 and manifest["journal"] is None and manifest["documents"] is False
    (tracker.folder / "copy.db").write_bytes(parts["tracker.db"])
    assert tracker.rows(tracker.folder / "copy.db") == before
    assert made.stat().st_mode & 0o777 == 0o600
    assert list(old.parent.glob("old-*")) == [made], "a read or a write afterwards makes no other"
    tracker("--db", str(old), "restore", str(made))
    assert tracker.rows(old) == before
    tracker("--db", str(old), "verify")


def test_the_last_three_backups_of_upgrades_are_kept(tracker: Tracker) -> None:
    old = tracker.folder / "old" / "old.db"
    old.parent.mkdir()
    fixture = (Path(__file__).parents[1] / "fixtures" / "schema-1.sql").read_text(encoding="utf-8")
    (old.parent / "old-schema-1-letter.zip").touch()
    for day in range(1, 6):
        old.unlink(missing_ok=True)
        with closing(sqlite3.connect(old)) as db:
            db.executescript(fixture)
        tracker.env(TRACKER_TODAY=f"2026-11-{day:02}")
        tracker("--db", str(old), "db", "upgrade")
    names = sorted(file.name for file in old.parent.glob("old-schema-*"))
    assert names == [*(f"old-schema-1-2026-11-0{day}.zip" for day in (3, 4, 5)), "old-schema-1-letter.zip"]


def test_a_writer_that_waits_while_a_backup_is_restored_is_refused_not_lost(tracker: Tracker) -> None:
    """It opened what was moved aside: what it would write there, nobody would see."""
    from tracker.errors import DatabaseUnusable
    from tracker.store.connect import connect, unusable

    tracker("backup", "-o", "b.zip")
    assert tracker.db
    with closing(connect(tracker.db)) as waiting:
        tracker("restore", "b.zip")
        waiting.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            waiting.execute("UPDATE agreement SET title = 'Lost'")
        assert isinstance(told := unusable(tracker.db, caught.value), DatabaseUnusable)
        assert "was replaced meanwhile" in str(told)
    tracker("verify")


def test_what_a_killed_backup_left_is_taken_away_a_day_later(tracker: Tracker) -> None:
    for name, hours in ((".tracker-work-old", 25), (".tracker-work-new", 1)):
        (tracker.folder / name).mkdir()
        (tracker.folder / name / "tracker.db").touch()
        then = (tracker.folder / "annex.txt").stat().st_mtime - hours * 3600
        os.utime(tracker.folder / name, (then, then))
    tracker("backup", "-o", "b.zip")
    assert [file.name for file in tracker.folder.glob(".tracker-work-*")] == [".tracker-work-new"]


def test_backup_loads_no_sqlalchemy(tracker: Tracker) -> None:
    code = "import sys, tracker.cli.backup, tracker.actions as a; a.backups; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    shutil.rmtree(tracker.folder / "documents")
