"""Settings, read once: which database, and which day is today.

A flag comes before the environment, the environment before the user's configuration file, that before the default.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tracker.errors import BadInput, BadRecord, Missing

CONFIG_KEYS = ("db", "language", "person")


@dataclass(frozen=True)
class Location:
    """A database file; ``source`` says where its path came from (``--db``, ``TRACKER_DB``, the file, default)."""

    path: Path
    source: str

    @property
    def is_default(self) -> bool:
        return self.source == "default"


def today() -> date:
    """The one clock: ``TRACKER_TODAY`` (an ISO day) where set, else the machine's local day.

    Raises BadInput when ``TRACKER_TODAY`` is no day.
    """
    written = os.environ.get("TRACKER_TODAY")
    if not written:
        return date.today()
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise BadInput("TRACKER_TODAY", written, "is not a day: expected YYYY-MM-DD")


def now() -> datetime:
    """This moment in the machine's time zone; on the day of ``TRACKER_TODAY`` where that is set."""
    moment = datetime.now().astimezone()
    return datetime.combine(today(), moment.time()).astimezone() if os.environ.get("TRACKER_TODAY") else moment


def actor(flag: str | None = None) -> str:
    """Who writes, for the journal: ``--actor``, ``TRACKER_ACTOR``, else the user and the machine (``ana@desk``)."""
    named = flag if flag is not None else os.environ.get("TRACKER_ACTOR") or None
    if named is None:
        import platform

        return f"{_user()}@{platform.node() or 'unknown'}"
    if not named.strip() or len(named) > 200 or not named.isprintable():
        raise BadInput("--actor" if flag is not None else "TRACKER_ACTOR", named, "expected a name on one line")
    return named.strip()


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"


def location(flag: str | None = None) -> Location:
    """The database to use, by precedence; the file need not exist. Raises BadInput for a URL it cannot serve."""
    if flag is not None:
        return Location(_path(flag, "--db"), "--db")
    if named := os.environ.get("TRACKER_DB"):
        return Location(_path(named, "TRACKER_DB"), "TRACKER_DB")
    config = config_file()
    if config.is_file() and (named := _read(config).get("db")):
        return Location(_path(named, str(config)), str(config))
    return Location(data_folder() / "tracker.db", "default")


def person() -> str:
    """Who you are, for ``--mine``: ``TRACKER_PERSON``, else ``person`` in the configuration file.

    Raises Missing when neither says.
    """
    config = config_file()
    name = os.environ.get("TRACKER_PERSON") or (_read(config).get("person") if config.is_file() else None)
    if not name:
        raise Missing("Who you are", f'TRACKER_PERSON, or person = "NAME" in {config}')
    return name


def language(flag: str | None = None) -> tuple[str, str]:
    """The language of reports and where that is said: ``--lang``, ``TRACKER_LANG``, ``language`` in the configuration
    file, else English. Whether reports can be written in it is not looked at."""
    if flag is not None:
        return flag, "--lang"
    if named := os.environ.get("TRACKER_LANG"):
        return named, "TRACKER_LANG"
    config = config_file()
    if config.is_file() and (named := _read(config).get("language")):
        return named, f"language in {config}"
    return "en", "default"


def data_folder() -> Path:
    """The user's data folder for the program, following each system's custom; need not exist."""
    from platformdirs import user_data_path

    return user_data_path("tracker", appauthor=False)


def config_file() -> Path:
    """The user's configuration file (``config.toml``); need not exist."""
    from platformdirs import user_config_path

    return user_config_path("tracker", appauthor=False) / "config.toml"


def journal_key_file() -> Path:
    """The key that seals the journal, beside the configuration file; need not exist."""
    return config_file().with_name("journal.key")


def _path(named: str, source: str) -> Path:
    if named.startswith("sqlite:///"):
        named = named.removeprefix("sqlite:///")
    elif "://" in named:
        raise BadInput(source, named.split("://")[0] + "://...", "expected a file path or sqlite:///PATH")
    if not named.strip() or "\0" in named:
        raise BadInput(source, named, "expected a file path or sqlite:///PATH")
    return Path(named).expanduser().absolute()


def _read(config: Path) -> dict[str, str]:
    import tomllib

    try:
        values = tomllib.loads(config.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRecord(str(config), None, None, "", f"is not TOML: {error}") from error
    for key, value in values.items():
        if key not in CONFIG_KEYS or not isinstance(value, str):
            raise BadRecord(str(config), None, None, key, f"expected only: {', '.join(CONFIG_KEYS)} = TEXT")
    return values
