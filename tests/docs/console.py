"""Reads the commands that a page shows, with the output shown under each, and runs them in order.

In a page: ```` ```console ```` blocks hold lines beginning with ``$ `` (a command, continued with ``\\`` at the line's
end) and the output beneath. A command that ends with another code than 0 says so: ``# exit 3``. ``...`` on a line of
its own stands for any lines, inside a line for any text. A block after ``<!-- file: NAME -->`` is written to NAME.
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from cli.running import Tracker

HOME = "/home/ana"
"""How a page writes the folder of the person at the keyboard."""

WIDTH = 100
"""The columns of the terminal that pages show."""

_FENCE = re.compile(r"^```(\w*)$")
_FILE = re.compile(r"^<!-- file: (\S+) -->$")
_EXIT = re.compile(r"\s+# exit ([0-9]+)$")


@dataclass
class Step:
    """A command of a page (``file`` None) with the output shown, or a file the page has one make."""

    page: str
    line: int
    command: str = ""
    code: int = 0
    shown: list[str] = field(default_factory=list)
    file: str | None = None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: $ {self.command}"


def steps(page: Path) -> list[Step]:
    """The steps of a page in order. Raises AssertionError for a command outside a console block."""
    found: list[Step] = []
    block: str | None = None
    name: str | None = None
    continued = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        fence = _FENCE.match(line.strip())
        if fence and block is None:
            block, continued = fence[1] or "plain", False
            if name is not None:
                found.append(Step(page.name, number, file=name))
                name, block = None, "file"
            continue
        if fence and not fence[1]:
            block = None
        elif block == "file":
            found[-1].shown.append(line)
        elif block == "console" and continued:
            continued = line.endswith("\\")
            found[-1].command += " " + line.removesuffix("\\").strip()
        elif block == "console" and line.startswith("$ "):
            continued = line.endswith("\\")
            found.append(Step(page.name, number, command=line.removeprefix("$ ").removesuffix("\\").strip()))
        elif block == "console":
            assert found, f"{page.name}:{number}: output before any command"
            found[-1].shown.append(line)
        elif block is None and (match := _FILE.match(line.strip())):
            name = match[1]
        else:
            assert not line.startswith("$ "), f"{page.name}:{number}: a command outside a console block"
    assert block is None, f"{page.name}: a block is not closed"
    for step in found:
        if match := _EXIT.search(step.command):
            step.command, step.code = step.command[: match.start()], int(match[1])
    return found


def run(step: Step, tracker: Tracker) -> str | None:
    """What the step's command prints; None for a command that is not run here (make, pip, git)."""
    if step.file is not None:
        Path(step.file).write_text("\n".join(step.shown) + "\n", encoding="utf-8")
        return None
    words = shlex.split(step.command)
    if words[0] == "export":
        key, _, value = words[1].partition("=")
        tracker.env(**{key: value})
        return ""
    if words[0] == "cat":
        return "".join(Path(name).read_text(encoding="utf-8") for name in words[1:])
    if words[0] == "ls":
        names = sorted(path.name for path in Path(words[1] if words[1:] else ".").iterdir())
        return "".join(f"{name}\n" for name in names if not name.startswith("."))
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    assert words[0] == "tracker", f"{step}: is a command this page may not show"
    found = tracker(*words[1:], code=None)
    assert found.code == step.code, f"{step}\nended with {found.code}:\n{found.both}"
    return found.both.replace(str(tracker.home), HOME).replace(str(tracker.folder), HOME)


def same(shown: list[str], real: str) -> bool:
    """Whether the output shown is the real one, ``...`` standing for what is left out."""
    while shown and not shown[-1].strip():
        shown = shown[:-1]
    pattern = ""
    for line in shown:
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part.rstrip()) for part in line.rstrip().split("...")) + r"\n"
    text = "".join(f"{line.rstrip()}\n" for line in real.rstrip("\n").splitlines())
    return re.fullmatch(pattern, text) is not None
