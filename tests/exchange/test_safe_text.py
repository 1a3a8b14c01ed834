"""Text on its way to a spreadsheet: what could run is made harmless, everything else stays."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.exchange.safe_text import spreadsheet_safe


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "|x",
        "%x",
        "\tx",
        "\rx",
        " =1",
        "'=1",
        '"=1',
        " '\"=1",
        "＝1",
        "－x",
    ],
)
def test_what_would_run_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["a=b", "", "-1.50", "+5", "-1e5", "2017-05-18", "it's", "مرحبا", 5, -1.5, None, True, "x\n=1"]
)
def test_everything_else_stays(value: Any) -> None:
    assert spreadsheet_safe(value) is value
