"""Profiles are written, read back the same, and edited by hand."""

from pathlib import Path

import pytest

from tracker.errors import BadFile, BadInput
from tracker.exchange.register import profile
from tracker.exchange.register.profile import Profile

WHOLE = Profile(
    sheet="Hoja 1: lista",
    heading_row=0,
    separator="semicolon",
    encoding="cp1252",
    columns={"Año=x": "notes", "A": "ref", "no": "number", "EXPIRY\nCHECK": "status", "2019": "notes"},
    ignore=("yes", "#"),
    date_order="dmy",
    date_orders={"B": "mdy", "Fecha de firma": "ymd"},
    decimal="comma",
    default={"parties": "IOM; UN", "in_force": "on signature"},
    values={"kind": {"Entente: x": "treaty", "no": "other"}},
)


@pytest.mark.parametrize("kept", [WHOLE, Profile()])
def test_a_profile_is_read_back_the_same(tmp_path: Path, kept: Profile) -> None:
    path = tmp_path / "folder" / "p.yaml"
    assert profile.save(kept, str(path)) == path
    assert profile.load(str(path)) == kept


def test_orders_of_columns_come_before_that_of_all() -> None:
    assert [WHOLE.order_of(*column) for column in (("x", "B"), ("FECHA de firma", "C"), ("x", "C"))] == [
        "mdy",
        "ymd",
        "dmy",
    ]


def test_names_of_profiles_stay_in_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert profile.path_of("ours").parent.name == "profiles"
    assert profile.path_of("./x.yaml") == Path("x.yaml")
    for bad in ("", " ", ".", "..", ".x"):
        with pytest.raises(BadInput):
            profile.path_of(bad)
    with pytest.raises(BadFile, match="no such profile"):
        profile.load("ours")
