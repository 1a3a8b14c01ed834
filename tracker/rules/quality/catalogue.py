"""Every check, and running them over agreements and the directory."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tracker.rules.quality import (
    directory_checks,
    file_checks,
    part_checks,
    record_checks,
    renewal_checks,
    standing_checks,
)
from tracker.rules.quality.finding import REGISTERED, Check, Directory, Finding, Subject

__all__ = [
    "CHECKS",
    "directory_checks",
    "file_checks",
    "part_checks",
    "record_checks",
    "renewal_checks",
    "standing_checks",
]

CHECKS: tuple[Check, ...] = tuple(sorted(REGISTERED, key=lambda check: check.code))


def named(code: str) -> Check | None:
    """The check with this code or name, case aside."""
    wanted = code.lower()
    return next((check for check in CHECKS if wanted in (check.code.lower(), check.name)), None)


def of_agreement(subject: Subject, ignored: Collection[str] = ()) -> Iterator[Finding]:
    """What the checks of agreements find in one, in the order of their codes."""
    for check in CHECKS:
        if check.of_agreement is not None and check.code not in ignored:
            for found in check.of_agreement(subject):
                yield Finding(check, found)


def of_directory(directory: Directory, ignored: Collection[str] = ()) -> Iterator[Finding]:
    """What the checks of parties, people and files find."""
    for check in CHECKS:
        if check.of_directory is not None and check.code not in ignored:
            for found in check.of_directory(directory):
                yield Finding(check, found)
