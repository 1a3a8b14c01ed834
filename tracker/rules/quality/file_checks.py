"""Checks of the files themselves: of the database, and of what is kept beside it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.rules.quality.finding import MODE, Directory, Fix, Found, check


@check(
    "F01",
    "open-to-others",
    "warning",
    title="A file that others on this machine can read",
    why="It holds names, addresses, confidential agreements, or the key of the journal.",
    mend="tracker check --fix",
)
def open_to_others(d: Directory) -> Iterator[Found]:
    for file, mode in d.open_files:
        message = "others on this machine may read or enter it: its mode is {mode}"
        yield Found(file, message, {"mode": mode}, Fix(file, MODE, "private"))
