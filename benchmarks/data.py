"""A register as an office has one, made up: record files for ``tracker import``, the same for the same size and day.

    python benchmarks/data.py AGREEMENTS FOLDER      # FOLDER/AGREEMENTS.db, made by the program's own import

Every agreement has two parties, ten obligations with ten due dates on average, every second an activity, and every
twentieth a document. Of what fell due nearly all is fulfilled, as in an office that keeps its promises.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 24)
"""The day on which everything in ``benchmarks/`` is asked."""

_SEED = 20261124
_IN_ONE_FILE = 2_000
_WITH_TEXT = 20
"""Of so many agreements one has its signed text recorded."""
_SYLLABLES = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]
_BODIES = (
    "Ministry of {}",
    "University of {}",
    "Municipality of {}",
    "Red Cross of {}",
    "Customs of {}",
    "{} Institute",
)
_SUBJECTS = (
    "border management",
    "training of officials",
    "exchange of information",
    "readmission",
    "emergency preparedness",
    "crisis response",
    "trafficking in persons",
    "smuggling of migrants",
    "labour migration",
    "migration and health",
)
_SCOPES = ("counter-smuggling", "counter-trafficking", "border-management", "emergency-preparedness", "crisis-response")
_KINDS = ("memorandum-of-understanding", "cooperation-agreement", "project-agreement", "grant-agreement")
_COUNTRIES = ("PA", "CR", "CO", "MX", "FR", "ES", "HN", "GT")
_DUTIES = ("Report on", "Train officials in", "Meet about", "Send the figures of", "Pay the share for", "Review")
_OFFICERS = [
    f"{first} {last}" for first in ("Ana", "Ben", "Cleo", "Dan", "Eva") for last in ("Ruiz", "Moss", "Ng", "Kay")
]


def records(size: int) -> Iterator[dict[str, Any]]:
    """So many agreements, one by one, in the shape of the record file."""
    chance = random.Random(_SEED)
    places = ["".join(chance.choices(_SYLLABLES, k=4)).title() for _ in range(max(8, size // 40))]
    partners = list(dict.fromkeys(body.format(place) for place in places for body in _BODIES))
    for number in range(1, size + 1):
        yield _record(number, partners, chance)


def files(size: int, folder: Path) -> Iterator[Path]:
    """The same in record files (JSON) of two thousand agreements at most, written one by one."""
    every = records(size)
    for index in range(0, size, _IN_ONE_FILE):
        path = folder / f"records-{index:06}.json"
        part = list(islice(every, _IN_ONE_FILE))
        path.write_text(json.dumps(part), encoding="utf-8")
        yield path


def _record(number: int, partners: list[str], chance: random.Random) -> dict[str, Any]:
    signed = TODAY - timedelta(days=chance.randint(30, 2400))
    partner, subject = chance.choice(partners), chance.choice(_SUBJECTS)
    iom = {
        "name": "International Organization for Migration",
        "acronym": "IOM",
        "kind": "intergovernmental-organization",
    }
    record: dict[str, Any] = {
        "ref": f"XB-{signed.year}-{number:06}",
        "title": f"Agreement {number} with the {partner} on {subject}",
        "kind": chance.choice(_KINDS),
        "countries": [chance.choice(_COUNTRIES)],
        "parties": [iom, {"name": partner, "kind": "other"}],
        "scopes": chance.sample(_SCOPES, 2),
        "provisions": {
            "entry_into_force": "on signature",
            "duration": f"{chance.randint(3, 7)} years",
            "renewal": {"mode": chance.choice(("none", "express", "tacit"))},
            "notice": "3 months",
        },
        "events": [{"event": "signed", "on": signed.isoformat()}],
        "obligations": [_obligation(index, signed, partner, chance) for index in range(10)],
        "responsible": {"name": chance.choice(_OFFICERS)},
    }
    if number % _WITH_TEXT == 0:
        record["documents"] = [{"file": f"agreement-{number}.pdf", "kind": "signed-text", "on": signed.isoformat()}]
    if number % 2:
        held = signed + timedelta(days=chance.randint(10, 600))
        record["activities"] = [
            {
                "title": f"Workshop on {subject}",
                "kind": "training",
                "on": held.isoformat(),
                "status": "held" if held <= TODAY else "planned",
                "attendance": [{"party": partner, "women": chance.randint(0, 15), "men": chance.randint(0, 15)}],
            }
        ]
    return record


def _obligation(index: int, signed: date, partner: str, chance: random.Random) -> dict[str, Any]:
    """Six single due dates, two series of two, and two without a day: ten due dates for ten obligations."""
    subject = chance.choice(_SUBJECTS)
    owing = chance.choice(("IOM", partner))
    obligation: dict[str, Any] = {
        "text": f"{chance.choice(_DUTIES)} {subject}",
        "clause": f"Art. {index + 2}",
        "owed_by": [owing],
        "owed_to": [partner if owing == "IOM" else "IOM"],
    }
    if index >= 8:
        return obligation | {"due": ("ongoing", "on request")[index - 8]}
    first = signed + timedelta(days=chance.randint(20, 700))
    first = first.replace(day=min(first.day, 28))
    days = [first] if index < 6 else [first, _half_a_year_later(first)]
    rule = first.isoformat() if index < 6 else f"every 6 months from {first}, 2 times"
    kept = [day for day in days if day <= TODAY and chance.random() < 0.995]
    done = [{"due": day.isoformat(), "on": day.isoformat(), "evidence": "report sent"} for day in kept]
    return obligation | {"due": rule} | ({"fulfilled": done} if done else {})


def _half_a_year_later(day: date) -> date:
    month = day.month + 6
    return day.replace(year=day.year + (month - 1) // 12, month=(month - 1) % 12 + 1)


def database(size: int, folder: Path) -> Path:
    """The database of so many agreements in ``folder``, made where it is not there yet."""
    path = folder / f"{size}.db"
    if path.exists():
        return path
    draft = folder / f"{size}.draft.db"
    draft.unlink(missing_ok=True)
    tracker(draft, "init")
    for file in files(size, folder):
        tracker(draft, "import", str(file), "--new-party")
        file.unlink()
    return draft.rename(path)


def tracker(path: Path, *words: str) -> None:
    """Run the program on the database at ``path``; what it prints is not shown."""
    subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(path), *words],
        env=environment(path.parent),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def environment(folder: Path) -> dict[str, str]:
    """What the program is run with: the day, a configuration of its own, and bytecode that is kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours = {"TRACKER_TODAY": TODAY.isoformat(), "XDG_CONFIG_HOME": str(folder / "configuration"), "COLUMNS": "200"}
    return kept | ours


if __name__ == "__main__":
    print(database(int(sys.argv[1]), Path(sys.argv[2])))
