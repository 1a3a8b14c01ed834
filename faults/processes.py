"""Runs ``tracker`` as processes of their own, by the hundred: forked from one that has loaded everything already.

A forked process runs the very same ``main()`` as the command does; only the loading of modules is left out.
"""

from __future__ import annotations

import ctypes
import os
import pkgutil
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import tracker
from tracker import actions
from tracker.cli import app
from tracker.store import queries

IN_MEMORY, ENOUGH = Path("/dev/shm"), 1 << 30


def _where() -> str | None:
    """A folder in memory where there is room: nothing here waits for a disk, whose failures are simulated."""
    there = "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)
    return str(IN_MEMORY) if there and shutil.disk_usage(IN_MEMORY).free > ENOUGH else None


SCRATCH = Path(tempfile.mkdtemp(prefix="tracker-faults-", dir=_where()))
"""What processes print, and traces: outside of the folders whose files are watched."""


def load() -> None:
    """Load what any command may need, once: what is loaded later would be a call more, and the next ones be counted
    otherwise in a run that finds the module compiled."""
    import alembic.command  # noqa: F401

    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if module.name != "tracker.__main__":
            import_module(module.name)
    actions.running._load()
    queries.catalogue()


@dataclass
class Process:
    """A running or ended command: its exit code (None: killed) and what it printed."""

    pid: int
    out_file: Path
    err_file: Path
    code: int | None = None
    ended: bool = False
    trace: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def out(self) -> str:
        return self.out_file.read_text(encoding="utf-8", errors="replace")

    @property
    def err(self) -> str:
        return self.err_file.read_text(encoding="utf-8", errors="replace")

    def acknowledged(self) -> list[str]:
        """The whole lines on stdout: what a user has read of a process that was killed."""
        text = self.out
        return text[: text.rfind("\n") + 1].splitlines()

    def wait(self) -> Process:
        if not self.ended:
            _, status = os.waitpid(self.pid, 0)
            self._end(status)
        return self

    def poll(self) -> bool:
        """Whether it has ended."""
        if not self.ended:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._end(status)
        return self.ended

    def kill(self) -> bool:
        """Kill it at once; whether it was still running."""
        if self.poll():
            return False
        os.kill(self.pid, signal.SIGKILL)
        self.wait()
        return self.code is None

    def _end(self, status: int) -> None:
        self.ended = True
        self.code = os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else None
        if self.trace:
            self.trace.wait()


_number = 0


def start(folder: Path, *lines: str, strace: list[str] | None = None) -> Process:
    """Start command lines, one after the other in one process, in a folder with its own configuration.

    ``tracker`` is left out; ``{folder}`` stands for the folder. With ``strace`` options it is traced from its start.
    """
    global _number
    _number += 1
    out, err = SCRATCH / f"{_number}.out", SCRATCH / f"{_number}.err"
    out.touch()  # what it has printed may be asked for before it has begun
    err.touch()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os._exit(_child(folder, lines, out, err, stopped=strace is not None))
    process = Process(pid, out, err)
    if strace is not None:
        os.waitpid(pid, os.WUNTRACED)
        process.trace = subprocess.Popen(["strace", "-f", *strace, "-p", str(pid)], stderr=subprocess.PIPE)
        assert process.trace.stderr
        while b"attached" not in (line := process.trace.stderr.readline()):
            assert line, "strace cannot attach"
        os.kill(pid, signal.SIGCONT)
    return process


def untraceable() -> str | None:
    """Why strace cannot follow a process here; None where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    pid = os.fork()
    if pid == 0:
        _let_trace()
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.waitpid(pid, os.WUNTRACED)
    with subprocess.Popen(["strace", "-o", os.devnull, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as trace:
        assert trace.stderr
        said = trace.stderr.readline().strip()
        os.kill(pid, signal.SIGCONT)
        os.waitpid(pid, 0)
    return None if "attached" in said else f"strace may not follow a process here ({said.removeprefix('strace: ')})"


def _let_trace() -> None:
    """Allow strace, which is no parent of this process, to follow it where the system asks for that (Yama)."""
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER, PR_SET_PTRACER_ANY


def run(folder: Path, *lines: str, strace: list[str] | None = None) -> Process:
    return start(folder, *lines, strace=strace).wait()


def _child(folder: Path, lines: tuple[str, ...], out: Path, err: Path, *, stopped: bool) -> int:
    os.chdir(folder)
    os.environ.update(
        XDG_CONFIG_HOME=str(folder / "configuration"),
        XDG_DATA_HOME=str(folder / "data"),
        TRACKER_DB=str(folder / "tracker.db"),
        TRACKER_ACTOR="somebody",
        NO_COLOR="1",
    )
    for name, number in ((os.devnull, 0), (out, 1), (err, 2)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(name, flags, 0o600), number)
    if stopped:
        _let_trace()
        os.kill(os.getpid(), signal.SIGSTOP)
    worst = 0
    for line in lines:
        sys.argv = ["tracker", *(word.replace("{folder}", str(folder)) for word in shlex.split(line))]
        try:
            app.main()
        except SystemExit as ended:
            worst = max(worst, ended.code if isinstance(ended.code, int) else int(ended.code is not None))
        except BaseException:
            import traceback

            traceback.print_exc()
            worst = 99
        sys.stdout.flush()
        sys.stderr.flush()
    return worst


def wait_all(processes: list[Process]) -> None:
    for process in processes:
        process.wait()


def until_ended(processes: list[Process]) -> bool:
    """Whether all have ended."""
    time.sleep(0.01)
    return all(process.poll() for process in processes)
