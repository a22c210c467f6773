"""Comparison -> the page that `walletpick compare` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.compare import COST_ROWS, Comparison
from walletpick.facts.model import Needs
from walletpick.facts.places import in_country
from walletpick.render.page import Block, Cell, Heading, Page, Tone, bullets, page, table, text
from walletpick.score.ranking import Place
from walletpick.words.common import UNKNOWN, asked_words
from walletpick.words.comparison import RowWords, ValueWords, rows_words
from walletpick.words.phrases import claim_phrase, count_words, listed

BEST = "*"
STALE = "(stale)"


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
    """Return everything as one table for a spreadsheet: the best are named in the last column."""
    names = side_names(comparison)
    rows = []
    for row in shown_rows(comparison, everything):
        named = list(zip(names, row.values, strict=True))
        best = ", ".join(name for name, value in named if value.best)
        stale = ", ".join(name for name, value in named if value.stale)
        said = (value.text for value in row.values)
        rows.append((row.section, row.key, row.label, *said, best, stale))
    return page(table(("section", "key", "what", *names, "best", "stale"), rows))


def shown_rows(comparison: Comparison, everything: bool) -> tuple[RowWords, ...]:
    """Return the rows to show; what is asked for costs is shown also where it is equal."""
    return tuple(
        row for row in rows_words(comparison) if everything or not row.equal or row.key in COST_ROWS
    )


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
    return f"walletpick show {side.candidate.wallet.id} --country {side.candidate.country}"
