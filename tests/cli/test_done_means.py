"""The main job from nothing: record an agreement, its obligation and a training; ask what is owed; hand on a sheet."""

from __future__ import annotations

from pathlib import Path

from cli.running import Tracker

TITLE = "Cooperation agreement between IOM and the Ministry of Public Security of Panama"


def test_main_job(bare: Tracker) -> None:
    bare("demo", "--folder", "demo")
    found = bare(
        *("add-agreement", TITLE, "--party", "IOM", "--party", "Ministry of Public Security", "--country", "PA"),
        *("--scope", "counter-smuggling", "--scope", "counter-trafficking", "--scope", "border-management"),
        *("--scope", "emergency-preparedness", "--scope", "crisis-response", "--signed", "2017-05-18"),
        *("--in-force", "on signature", "--duration", "3 years"),
    )
    assert found.out == f"added PA-2017-001 {TITLE}\n"
    assert "made a new database: " in found.err
    assert "created party-1 IOM\ncreated party-2 Ministry of Public Security\n" in found.err

    bare("edit", "Ministry of Public Security", "acronym=MINSEG")
    found = bare(
        *("add-obligation", "PA-2017-001", "Train government officials", "--owed-by", "IOM"),
        *("--due", "every 6 months from 2017-11-18", "--clause", "Art. 3(1)"),
    )
    assert "added PA-2017-001/O1 Train government officials\n" in found.out
    assert "2017-11-18, 2018-05-18, 2018-11-18" in found.out
    found = bare(
        *("add-activity", "PA-2017-001", "Workshop on forged documents", "--kind", "training", "--on", "2017-11-16"),
        *("--status", "held", "--fulfils", "O1:2017-11-18", "--attended", "MINSEG: 12 women, 9 men"),
    )
    assert "added PA-2017-001/A1 Workshop on forged documents (held)\n" in found.out
    assert "fulfilled PA-2017-001/O1 due 2017-11-18 by A1\n" in found.out
    assert "created" not in found.err

    owed = bare("obligations", "--overdue", "--as-of", "2018-06-01", "--format", "json").json
    assert [(row["ref"], row["state"], row["next_due"]) for row in owed] == [
        ("PA-2017-001/O1", "overdue", "2018-05-18")
    ]
    found = bare("deadlines", "--within", "90d", "--as-of", "2018-05-01")
    assert "2018-05-18  17 " in found.out
    assert "Train government officials" in found.out
    bare("report", "agreement", "PA-2017-001", "-o", "sheet.html")
    sheet = Path("sheet.html").read_text(encoding="utf-8")
    assert TITLE in sheet
    assert "Train government officials" in sheet


def test_acronym_given_when_the_ministry_is_recorded_first(bare: Tracker) -> None:
    bare("init")
    bare("add-party", "Ministry of Public Security", "--acronym", "MINSEG", "--kind", "ministry", "--country", "PA")
    bare("add-agreement", TITLE, "--party", "IOM", "--party", "MINSEG", "--signed", "2017-05-18")
    assert [row["name"] for row in bare.json("parties")] == ["IOM", "Ministry of Public Security"]
