"""Profiles: what was said of a register, kept as YAML for the next one of its kind. Written to be edited by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tracker import config, exchange
from tracker.errors import BadFile, BadInput, BadRecord
from tracker.exchange import source
from tracker.exchange.register.days import ORDERS
from tracker.models.keys import fold

DECIMALS = {"comma": ",", "point": "."}


@dataclass(frozen=True)
class Profile:
    """What is said of a register. None and empty mean: nothing is said, let it be found.

    ``columns`` are fields by heading or letters; ``date_order`` an order for all columns, ``date_orders`` for some;
    ``default`` values by field for rows without; ``values`` what a written value of a field means.
    """

    sheet: str | None = None
    heading_row: int | None = None
    separator: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    date_order: str | None = None
    date_orders: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    default: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def order_of(self, heading: str, letters: str) -> str | None:
        """The order of dates said for a column, else for all."""
        for name, order in self.date_orders.items():
            if name.strip() == letters or fold(name) == fold(heading):
                return order
        return self.date_order


KEYS = tuple(Profile.__dataclass_fields__)
DEFAULTS = (
    "parties", "kind", "countries", "languages", "scopes", "in_force", "duration", "notice", "renewal", "responsible",
)  # fmt: skip
"""Fields that may be given for rows without them; parties are added to each row."""


def path_of(name: str) -> Path:
    """Where the profile of this name is kept: in the configuration folder; a name with ``/`` or ``.yaml`` is a file."""
    if "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
        return Path(name)
    if not name.strip() or name.startswith("."):
        raise BadInput("--save-profile", name, "is no name for a profile: expected letters and digits")
    return config.config_file().with_name("profiles") / f"{name}.yaml"


def load(name: str) -> Profile:
    """The profile of this name. Raises BadFile where there is none, BadRecord for what is wrong in it."""
    path = path_of(name)
    if not path.exists():
        known = sorted(file.stem for file in path.parent.glob("*.yaml")) if path.parent.is_dir() else []
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "keep one with --save-profile NAME, or map with COLUMN=FIELD"
        raise BadFile(path, "there is no such profile", hint)
    documents = exchange.yaml_file.parse(source.read_text(path), str(path))
    if len(documents) != 1 or not isinstance(documents[0].values, dict):
        raise BadRecord(str(path), 1, None, "", f"expected one mapping of {', '.join(KEYS)}")
    return _Reader(path, documents[0]).profile()


def save(profile: Profile, name: str) -> Path:
    """Write the profile under this name, and say where. Raises BadFile where that cannot be."""
    path = path_of(name)
    said = {key: _plain(getattr(profile, key)) for key in KEYS}
    text = exchange.yaml_file.write([{key: value for key, value in said.items() if value not in (None, {}, [])}])
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise BadFile(path, f"cannot be written: {error.strerror}") from error
    return path


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, int) else value


class _Reader:
    def __init__(self, path: Path, document: source.Document) -> None:
        self.path = path
        self.document = document

    def profile(self) -> Profile:
        values = dict(self.document.values)
        for key in values:
            if key not in KEYS:
                near = get_close_matches(key, KEYS, n=1)
                expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(KEYS)}"
                raise self._wrong((key,), f"is not a key here; {expected}")
        said: dict[str, Any] = {}
        for key in ("sheet", "separator", "encoding", "date_order", "decimal"):
            if values.get(key) is not None:
                said[key] = self._text(values[key], (key,))
        if (row := values.get("heading_row")) is not None:
            if not str(row).isdigit():
                raise self._wrong(("heading_row",), f"{row!r} is no row number: expected 0 or more")
            said["heading_row"] = int(row)
        ignored = values.get("ignore") or []
        names = [ignored] if isinstance(ignored, str) else self._list(ignored, ("ignore",))
        said["ignore"] = tuple(self._text(name, ("ignore", at)) for at, name in enumerate(names))
        for key in ("columns", "date_orders", "default"):
            said[key] = self._texts(values.get(key), (key,))
        meanings = values.get("values") or {}
        if not isinstance(meanings, dict):
            raise self._wrong(("values",), "expected fields, each with what its written values mean")
        said["values"] = {name: self._texts(inner, ("values", name)) for name, inner in meanings.items()}
        for key, order in {"date_order": said.get("date_order"), **said["date_orders"]}.items():
            if order is not None and order not in ORDERS:
                place = (key,) if key == "date_order" else ("date_orders", key)
                raise self._wrong(place, f"{order!r} is no order: expected {', '.join(ORDERS)}")
        return Profile(**said)

    def _texts(self, value: Any, place: source.Place) -> dict[str, str]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._wrong(place, "expected names with a value each")
        return {key: self._text(inner, (*place, key)) for key, inner in value.items()}

    def _text(self, value: Any, place: source.Place) -> str:
        if not isinstance(value, str):
            raise self._wrong(place, "expected a text")
        return value

    def _list(self, value: Any, place: source.Place) -> list[Any]:
        if not isinstance(value, list):
            raise self._wrong(place, "expected a list")
        return value

    def _wrong(self, place: source.Place, problem: str) -> BadRecord:
        line, column = self.document.position(place) or (None, None)
        return BadRecord(str(self.path), line, column, ".".join(map(str, place)), problem)
