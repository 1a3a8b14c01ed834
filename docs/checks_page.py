"""The page on the checks (docs/checks.md); each example is the check's first case in the tests. Called by
``generate.py``."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.rules.quality.catalogue import CHECKS
from tracker.rules.quality.finding import Check

_CHECKS_INTRO = """\
`tracker check` looks for these findings, `tracker check --explain CODE` says the same as this page, and
`--ignore CODE` leaves one out. It is silent when all is well and ends with exit code 1 when it finds something.
`--fix` mends what can be mended safely: A09, F01.

A: agreements. D: documents. F: the files themselves. O: obligations. P: parties and people. T: activities.
""".splitlines()


def checks_page(notice: str) -> str:
    """Every check, why it matters and how to mend what it finds."""
    lines = ["# The checks", "", notice, "", *_CHECKS_INTRO, ""]
    for check in CHECKS:
        lines += [f"## {check.code} {check.name}", "", f"{check.title}. *({check.severity})*", ""]
        lines += [
            f"- Why: {check.why}",
            f"- Mend: `{check.mend}`" if "tracker" in check.mend else f"- Mend: {check.mend}",
        ]
        situation, said = _example(check)
        lines += [f"- Example: {situation}: *{said}*", ""]
    return "\n".join(lines)


def _example(check: Check) -> tuple[str, str]:
    """The situation of the check's first case in the tests, and what the check says of it."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from rules.quality import cases

    for code, situation, subject in cases.SPEAKS:
        if code == check.code and check.of_agreement:
            found = next(check.of_agreement(subject))
            return situation, f"{found.ref} {found.what}"
    for code, situation, directory in cases.OF_DIRECTORY:
        if code == check.code and check.of_directory:
            found = next(check.of_directory(directory))
            return situation, f"{found.ref} {found.what}"
    raise KeyError(check.code)
