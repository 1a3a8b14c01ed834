"""Power lost at any moment: what a command does to files is recorded, and states of the disk afterwards are rebuilt.

Safe is what was synced: data by a sync of its file, names by a sync of their folder (kept in order, as journalling
file systems do). Everything newer may be lost, kept, or kept in part; the last write may be torn at 512 bytes.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from faults.afterwards import Afterwards
from faults.cases import Case
from faults.processes import SCRATCH, run
from faults.report import Report

CALLS = (
    "openat,open,creat,close,lseek,read,write,pwrite64,writev,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,"
    "rename,renameat,renameat2,link,linkat,sendfile,copy_file_range,dup,dup2,dup3,mkdir,mkdirat,rmdir"
)
NAMES = ("create", "unlink", "rename", "link")


class Step(NamedTuple):
    """One operation: what kind, on which file (by number), with what."""

    kind: str
    file: int
    what: object


@dataclass
class Recording:
    """What a command did to the files below a folder, and the files there before."""

    root: str
    steps: list[Step] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    places: dict[tuple[str, int], list[int]] = field(default_factory=dict)  # of open files: file, offset, append
    first: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, file in enumerate(sorted(f for f in Path(self.root).rglob("*") if f.is_file())):
            self.names[str(file)], self.contents[number] = number, file.read_bytes()
            self.sizes[number] = len(self.contents[number])
        self.first = dict(self.names)

    def read(self, log: Path) -> None:
        waiting: dict[str, str] = {}
        for line in log.read_text(errors="replace").splitlines():
            match = re.match(r"(\d+)\s+(.*)", line)
            if match is None:
                continue
            pid, text = match[1], match[2]
            if text.endswith("<unfinished ...>"):
                waiting[pid] = text.removesuffix("<unfinished ...>")
                continue
            if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", text):
                text = waiting.pop(pid, "") + resumed[1]
            call = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", text)
            if call and int(call[3]) >= 0:
                self._call(pid, call[1], call[2], int(call[3]))

    def _within(self, path: str | None) -> bool:
        return path is not None and path.startswith(self.root + "/") and not path.endswith("-shm")

    def _new(self, path: str) -> int:
        number = len(self.sizes)
        self.names[path], self.sizes[number] = number, 0
        self.steps.append(Step("create", number, path))
        return number

    def _data(self, file: int, offset: int, content: bytes) -> None:
        self.steps.append(Step("data", file, (offset, content)))
        self.sizes[file] = max(self.sizes[file], offset + len(content))

    def _call(self, pid: str, name: str, words: str, gave: int) -> None:
        if name in ("openat", "open", "creat"):
            self._open(pid, name, words, gave)
        elif name in ("unlink", "unlinkat"):
            path = self._full(words)
            if self._within(path) and path in self.names:
                self.steps.append(Step("unlink", self.names.pop(path), path))
        elif name.startswith(("rename", "link")):
            self._rename(name, words)
        elif number := re.match(r"\s*(\d+)", words):
            self._write(pid, int(number[1]), name, words, gave)

    def _full(self, words: str) -> str:
        path = _texts(words)[0].decode("utf-8", "replace")
        return os.path.normpath(os.path.join(_path(words) or self.root, path))  # noqa: PTH118

    def _open(self, pid: str, name: str, words: str, gave: int) -> None:
        path = self._full(words)
        known = path in self.names
        if not self._within(path) or Path(path).is_dir() or not (known or "O_CREAT" in words or name == "creat"):
            return
        file = self.names[path] if known else self._new(path)
        if known and ("O_TRUNC" in words or name == "creat"):
            self.steps.append(Step("cut", file, 0))
            self.sizes[file] = 0
        self.places[pid, gave] = [file, 0, int("O_APPEND" in words)]

    def _rename(self, name: str, words: str) -> None:
        texts = [text.decode("utf-8", "replace") for text in _texts(words)[-2:]]
        old, new = (os.path.normpath(os.path.join(self.root, text)) for text in texts)  # noqa: PTH118
        if old in self.names and self._within(new):
            file = self.names.pop(old) if name.startswith("rename") else self.names[old]
            self.names[new] = file
            self.steps.append(Step("rename" if name.startswith("rename") else "link", file, (old, new)))
        elif any(path.startswith(old + "/") for path in self.names):
            raise AssertionError(f"a folder was renamed: {old}")

    def _write(self, pid: str, number: int, name: str, words: str, gave: int) -> None:
        path = _path(words)
        if name in ("fsync", "fdatasync"):
            if path and (path == self.root or self._within(path)):
                file = self.names.get(path)
                self.steps.append(Step("sync", file, None) if file is not None else Step("sync folder", -1, path))
            return
        if name == "write" and number == 1:
            self.steps.append(Step("said", -1, _texts(words)[0]))
        if not self._within(path) or path is None:
            return
        file = self.places[pid, number][0] if (pid, number) in self.places else self.names.get(path, -1)
        if file < 0:
            return
        place = self.places.setdefault((pid, number), [file, self.sizes[file], 0])
        if name == "lseek":
            place[1] = gave
        elif name == "read":
            place[1] += gave
        elif name in ("write", "writev"):
            offset = self.sizes[file] if place[2] else place[1]
            self._data(file, offset, b"".join(_texts(words))[:gave])
            place[1] = offset + gave
        elif name == "pwrite64":
            self._data(file, int(words.rsplit(",", 1)[1]), _texts(words)[0][:gave])
        elif name == "ftruncate":
            self.sizes[file] = int(words.rsplit(",", 1)[1])
            self.steps.append(Step("cut", file, self.sizes[file]))
        elif name in ("sendfile", "copy_file_range"):
            raise AssertionError(f"{name} is not followed here")


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _texts(words: str) -> list[bytes]:
    return [_bytes(found) for found in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', words)]


def _path(words: str) -> str | None:
    match = re.match(r"\s*(?:AT_FDCWD|-?\d+)<((?:\\x[0-9a-f]{2})*|[^>]*)>", words)
    if match is None:
        return None
    found = _bytes(match[1]) if match[1].startswith("\\x") else match[1].encode()
    return found.decode("utf-8", "replace").removesuffix(" (deleted)")


def states(recording: Recording, choose: random.Random, count: int) -> Iterator[tuple[str, dict[str, bytes], bool]]:
    """So many of the states that a disk may be in: its name, the files, and whether it was said to be done."""
    steps = recording.steps
    special = {place for place, step in enumerate(steps, 1) if step.kind != "data"}
    special |= {place - 1 for place in special if place > 1} | {len(steps)}
    others = [place for place in range(1, len(steps) + 1) if place not in special]
    choose.shuffle(others)
    plan = [(place, how) for place in sorted(special) for how in ("lost", "kept", "some", "last", "torn")]
    plan += [(place, how) for place in others for how in ("lost", "kept", "some")]
    plan += [(choose.randint(1, len(steps)), "some") for _ in range(count - len(plan))]
    if len(plan) > count:
        plan = [plan[place] for place in sorted(choose.sample(range(len(plan)), count))]
    for place, how in plan:
        seen = steps[:place]
        name = f"after step {place} ({seen[-1].kind}), unsynced {how}"
        yield name, _built(recording, seen, how, choose), _said(seen)


def _built(recording: Recording, seen: list[Step], how: str, choose: random.Random) -> dict[str, bytes]:
    synced = {step.file: place for place, step in enumerate(seen) if step.kind == "sync"}
    # a folder's names are safe up to its last sync; the model keeps all names in one order
    safe = max((place for place, step in enumerate(seen) if step.kind == "sync folder"), default=-1)
    loose = [p for p, step in enumerate(seen) if step.kind in ("data", "cut") and p > synced.get(step.file, -1)]
    names = [p for p, step in enumerate(seen) if step.kind in NAMES and p > safe]
    stays, cut, torn = set(loose), len(names), -1
    if how == "lost":
        stays, cut = set(), 0
    elif how == "last":
        stays = set(loose[-1:])
    elif how == "torn":
        torn = loose[-1] if loose else -1
    elif how == "some":
        stays, cut = {p for p in loose if choose.random() < 0.5}, choose.randint(0, len(names))
    dropped = (set(loose) - stays) | set(names[cut:])
    there, contents = dict(recording.first), {file: bytearray(c) for file, c in recording.contents.items()}
    for place, (kind, file, what) in enumerate(seen):
        if place in dropped:
            continue
        content = contents.setdefault(file, bytearray())
        if kind == "cut" and isinstance(what, int):
            del content[what:]
            content.extend(bytes(what - len(content)))
        elif kind == "data" and isinstance(what, tuple):
            offset, data = what
            data = data[: max(512, len(data) // 2 // 512 * 512)] if place == torn else data
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(data)] = data
        elif kind == "create":
            there[str(what)] = file
        elif kind == "unlink":
            there.pop(str(what), None)
        elif kind in ("rename", "link") and isinstance(what, tuple):
            if kind == "rename":
                there.pop(what[0], None)
            there[what[1]] = file
    return {path: bytes(contents.get(file, b"")) for path, file in there.items()}


def check(case: Case, report: Report, count: int) -> None:
    """Rebuild and prove so many states of one command after a power cut."""
    recording, folder = _record(case)
    afterwards = Afterwards(case, folder)
    with report.check(f"power lost: {case.name}") as told:
        told.figures = {"steps": len(recording.steps)}
        for name, files, said in states(recording, random.Random(1), count):
            told.add("states")
            _put(folder, files)
            afterwards.ask(told, name, acknowledged=said)


def kills(case: Case, report: Report, most: int | None) -> None:
    """Rebuild and prove what is there when the process is killed after every single one of its file operations, or
    after ``most`` of them spread evenly.

    A killed process leaves what it wrote, synced or not: nothing is lost that a call has done.
    """
    recording, folder = _record(case)
    afterwards = Afterwards(case, folder)
    count = len(recording.steps) + 1
    places = range(count) if most is None or most >= count else [place * count // most for place in range(most)]
    with report.check(f"killed after file operations, rebuilt: {case.name}") as told:
        told.figures = {"steps": len(recording.steps)}
        for place in places:
            told.add("states")
            seen = recording.steps[:place]
            _put(folder, _built(recording, seen, "kept", random.Random(1)))
            afterwards.ask(told, f"killed after step {place}", acknowledged=_said(seen))


def _record(case: Case) -> tuple[Recording, Path]:
    """What a faultless run does to files, and a folder in which states of it may be rebuilt."""
    folder, log = SCRATCH / "power", SCRATCH / "power.log"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    case.set_up(folder)
    recording = Recording(str(folder))
    options = ["-y", "-xx", "-s", "100000000", "-e", "trace=" + CALLS, "-o", str(log)]
    process = run(folder, case.line, strace=options)
    assert process.code == 0, process.err
    recording.read(log)
    log.unlink()
    return recording, folder


def _said(seen: list[Step]) -> bool:
    """Whether a whole line was printed by then."""
    return any(step.kind == "said" and isinstance(step.what, bytes) and b"\n" in step.what for step in seen)


def _put(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for path, content in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)
