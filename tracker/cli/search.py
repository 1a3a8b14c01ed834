"""``tracker search``: words in what is recorded and in the text of kept files."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

import typer

from tracker.cli import filters, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput
from tracker.rules.search_words import SECTIONS, Search, parse
from tracker.store.reader import Reader

RANKED = 20_000
"""Most matches that are ranked; ranking looks at each of them."""

SHOWN = 50
"""How many matches are shown where no limit is given."""

SHAPE = output.Shape(
    noun="matches",
    columns=(("ref", "ref"), ("section", "in"), ("page", "page"), ("title", "title"), ("snippet", "found")),
    lists=frozenset({"found"}),
    wraps=frozenset({"title", "snippet"}),
)
_DIGITS = dict(zip(SECTIONS, ((1,), (2,), (3,), (4,), (5,), (6,), (7, 8, 9)), strict=True))
_FOUND = re.compile("\x02([^\x03]*)\x03")


def search(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help="What to look for.")] = None,
    within: Annotated[
        str | None, typer.Option("--in", metavar="SECTION", help=f"Only in one of: {', '.join(SECTIONS)}.")
    ] = None,
    party: options.PartyFilter = None,
    scope: options.ScopeFilter = None,
    country: options.CountryFilter = None,
    agreement: options.AgreementFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = SHOWN,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Search agreements, parties, obligations, activities, notes, figures and the text of documents.

    Case and accents do not matter. All words must be there; "two words" side by side, traffick* for the beginning of a
    word, OR, NOT and parentheses join them. in:documents, party:IOM, scope:border-management, country:PA and
    agreement:PA-2017-001 say the same as the options. The best matches come first.

    Examples:

      tracker search panama

      tracker search '"border management" OR traffick* NOT crisis' --in documents

      tracker search training party:IOM --format json
    """
    wanted = parse(" ".join(words) if words else values.required(None, "Words", "WORDS"))
    for aside in wanted.asides:
        typer.echo(aside, err=True)
    given = {"in": within, "party": party, "scope": scope, "country": country, "agreement": agreement}
    fields: dict[str, Any] = {**wanted.fields, **{key: value for key, value in given.items() if value is not None}}
    with reader(ctx) as rows:
        found, count, ranked = _find(rows, wanted, fields, limit or SHOWN)
    if count > len(found):
        typer.echo(f"{len(found)} of {count} matches; more with --limit, fewer with more words", err=True)
    if not ranked:
        typer.echo(f"over {RANKED} matches are not ranked: those recorded last come first", err=True)
    _show(found, sort, format_name, out)


def _find(rows: Reader, wanted: Search, fields: dict[str, Any], limit: int) -> tuple[list[dict[str, Any]], int, bool]:
    """The matches, how many there are in all, and whether the best come first."""
    section = fields.pop("in", None)
    if section is not None and section not in SECTIONS:
        near = filters.nearest(section, list(SECTIONS))
        expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(SECTIONS)}"
        raise BadInput("--in", section, f"is not searched; {expected}")
    asked: dict[str, Any] = {"words": wanted.expression}
    if section is not None:
        asked["sections"] = json.dumps(_DIGITS[section])
    if fields:
        chosen = rows.rows("search_agreements", **filters.values(rows, values.day(None), **fields))
        asked["chosen"] = json.dumps([row["id"] for row in chosen])
    count = (rows.row("search_count", **asked) or {})["count"]
    ranked = wanted.expression is not None and count <= RANKED
    best = rows.rows("search_ranked" if ranked else "search_latest", limit=limit, **asked)
    hits = json.dumps([row["id"] for row in best])
    query = "search_snippets" if wanted.expression is not None else "search_beginnings"
    snippets = {row["id"]: row["snippet"] for row in rows.rows(query, hits=hits, words=wanted.expression)}
    found = rows.rows("search_found", hits=hits, chosen=asked.get("chosen"))
    for row in found:
        row["snippet"] = re.sub(r"\s+", " ", snippets.get(row.pop("id")) or "")
        del row["place"]
    return found, max(count, len(found)), ranked or count <= RANKED


def _show(found: list[dict[str, Any]], sort: str | None, format_name: str | None, out: str | None) -> None:
    """Tables mark the words in brackets, and on a terminal by bold letters as well; JSON and CSV list them."""
    chosen = output.format_of(format_name, out)
    data = chosen in ("json", "jsonl", "csv")
    for row in found:
        marked = row["snippet"]
        row["found"] = "\x1f".join(dict.fromkeys(_FOUND.findall(marked)))
        row["snippet"] = _FOUND.sub(r"\1", marked) if data else _FOUND.sub(_by_word, marked)
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, dress=None if data else _dressed)


def _by_word(match: re.Match[str]) -> str:
    """Marks around each word, so that none spans a line."""
    return " ".join(f"\x02{word}\x03" for word in match[1].split())


def _dressed(text: str, coloured: bool) -> str:
    """The marks as brackets, what is between them in bold letters where colours are shown."""
    if coloured:
        text = re.sub("\x02([^\x03\n]*)\x03", "\x1b[1m[\\1]\x1b[0m", text)
    return text.replace("\x02", "[").replace("\x03", "]")
