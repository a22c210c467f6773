"""Comparison -> the page that `walletpick compare` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.compare import COST_ROWS, Comparison, Value
from walletpick.bill.bill import is_priced
from walletpick.documents.out import money_out
from walletpick.facts.model import Needs
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, Range
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import METHODS
from walletpick.render.page import Block, Cell, Heading, Page, Tone, bullets, page, table, text
from walletpick.score.ranking import Place
from walletpick.words.common import UNKNOWN, asked_words, tenth
from walletpick.words.comparison import RowWords, ValueWords, rows_words
from walletpick.words.phrases import claim_phrase, count_words, listed

BEST = "*"
STALE = "(stale)"
_CSV_COLUMNS = (
    *("section", "key", "what", "wallet", "country", "known", "estimate", "low", "high", "unit"),
    *("text", "best", "stale"),
)


def compare_page(comparison: Comparison, everything: bool) -> Page:
    """Return the page: a table for each section, with the rows that differ or with all rows."""
    rows = shown_rows(comparison, everything)
    columns = ("", *side_names(comparison))
    sections = (
        (
            Heading(section, 2),
            table(
                columns,
                ((row.label, *map(_cell, row.values)) for row in rows if row.section == section),
            ),
        )
        for section in dict.fromkeys(row.section for row in rows)
    )
    return page(
        Heading(_title(comparison), 1),
        _asked(comparison.needs),
        *sections,
        _legend(comparison, rows, everything),
    )


def compare_table(comparison: Comparison, everything: bool) -> Page:
    """Return everything as one table for a spreadsheet: a row for each market and point.

    A figure stands apart from its range and its unit; what is none is in words (`text`). Where a
    figure is not known, it is what such figures usually are.
    """
    rows: list[tuple[str, ...]] = []
    for words, row in zip(rows_words(comparison), comparison.rows, strict=True):
        if not _is_shown(words, everything):
            continue
        for side, value, said in zip(comparison.sides, row.values, words.values, strict=True):
            market = (side.wallet.id, side.candidate.country)
            figures = _figures(comparison, row.key, side, value)
            known = "in part" if value.says == "published" and figures else _yes(value.known)
            words_alone = "" if said.text == UNKNOWN else said.text
            told = (*figures, _beside(value)) if figures else ("", "", "", "", words_alone)
            marks = (_yes(said.best), _yes(said.stale))
            rows.append((words.section, row.key, words.label, *market, known, *told, *marks))
    return page(table(_CSV_COLUMNS, rows))


def _figures(
    comparison: Comparison, key: str, side: Place, value: Value
) -> tuple[str, str, str, str] | None:
    """Return estimate, low, high and unit of a value that is a figure, else None."""
    match value.says:
        case "points":
            name = key.partition(":")[2]
            weight = comparison.needs.weights[name] * HUNDRED
            return _numbers(side.values[name].value.times(weight), "points")
        case "score" | "thin-score":
            return _numbers(side.score, "points")
        case "evidence":
            return _numbers(Range.exactly(value.worth or ZERO), "percent")
        case "diary":
            return _numbers(Range.exactly(side.own_points), "points") if side.own else None
        case "no-charge":
            span = NOTHING
        case "total" if not is_priced(side.bill, comparison.needs):
            return None
        case "published" if not value.known:
            return None
        case _ if value.span is None:
            return None
        case _:
            span = value.span
    unit = comparison.currency
    low, high = money_out(span.low, unit), money_out(span.high, unit)
    return money_out(span.estimate, unit), low, high, unit


def _numbers(span: Range, unit: str) -> tuple[str, str, str, str]:
    return tenth(span.estimate), tenth(span.low), tenth(span.high), unit


def _beside(value: Value) -> str:
    """Return what is to be known of a figure, in words."""
    words = [METHODS[value.line.method]] if value.line and value.line.method and value.way else []
    words += ["without what it cannot do"] if value.barred else []
    words += ["too little is known"] if value.says == "thin-score" else []
    return "; ".join(words)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def shown_rows(comparison: Comparison, everything: bool) -> tuple[RowWords, ...]:
    """Return the rows to show; what is asked for costs is shown also where it is equal."""
    return tuple(row for row in rows_words(comparison) if _is_shown(row, everything))


def _is_shown(row: RowWords, everything: bool) -> bool:
    return everything or not row.equal or row.key in COST_ROWS


def side_names(comparison: Comparison) -> list[str]:
    """Return the name of each side, with its country where they are in several."""
    countries = {side.candidate.country for side in comparison.sides}
    return [
        f"{side.wallet.name} ({side.candidate.country})" if len(countries) > 1 else side.wallet.name
        for side in comparison.sides
    ]


def _title(comparison: Comparison) -> str:
    countries = {side.candidate.country for side in comparison.sides}
    where = f" in {in_country(countries.pop())}" if len(countries) == 1 else ""
    return f"{listed(side_names(comparison))}{where}"


def _asked(needs: Needs) -> Iterator[Block]:
    items = asked_words(needs)
    for start, words in (("A must", needs.must), ("Wished for", needs.wish)):
        if words:
            items.append(f"{start}: it {', '.join(claim_phrase(word, True) for word in words)}")
    if items:
        yield bullets(items)
    if not needs.use:
        yield text("No usage was given, so nothing is priced; --use or --persona gives some.")


def _cell(value: ValueWords) -> Cell:
    words = value.text
    if value.stale:
        words += f" {STALE}"
    if value.best:
        words += f" {BEST}"
    tone: Tone = "good" if value.best else "" if value.known else "unknown"
    return Cell(words, tone)


def _legend(
    comparison: Comparison, rows: tuple[RowWords, ...], everything: bool
) -> Iterator[Block]:
    values = [value for row in rows for value in row.values]
    said = []
    if any(value.best for value in values):
        said.append(f"{BEST} is the best of what is known in the row.")
    if any(UNKNOWN in value.text for value in values):
        said.append(
            f"{UNKNOWN} is not known, which is neither no nor free; a fee that is not known is"
            " taken for what such fees usually are."
        )
    if any(value.stale for value in values):
        said.append(f"{STALE} rests on something older than it should be.")
    hidden = len(comparison.rows) - len(rows)
    if hidden and not everything:
        said.append(f"{count_words(hidden, 'row')} in which all are equal: --all shows them too.")
    if said:
        yield text(" ".join(said), "dim")
    commands = "; ".join(_show(side) for side in comparison.sides)
    yield text(f"Every fact with its source: {commands}", "dim")


def _show(side: Place) -> str:
    return f"walletpick show {side.candidate.wallet.id}@{side.candidate.country} --all"
