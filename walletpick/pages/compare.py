"""Comparison -> the page that `walletpick compare` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from walletpick.answers.compare import COST_ROWS, Comparison, Row, Value
from walletpick.facts.places import in_country
from walletpick.render.page import Block, Bullets, Cell, Column, Heading, Page, Table, Tone, text
from walletpick.score.ranking import Place
from walletpick.words.common import UNKNOWN, first_upper
from walletpick.words.phrases import claim_phrase, usage_phrase

BEST = "*"
STALE = "(stale)"


def compare_page(comparison: Comparison, everything: bool) -> Page:
    """Return the page: a table for each section, with the rows that differ or with all rows."""
    rows = shown_rows(comparison, everything)
    columns = (Column(title=""), *(Column(title=name) for name in side_names(comparison)))
    blocks: list[Block] = [Heading(_title(comparison), 1), *_asked(comparison)]
    for section in dict.fromkeys(row.section for row in rows):
        lines = tuple(
            (Cell(row.label), *(_cell(value) for value in row.values))
            for row in rows
            if row.section == section
        )
        blocks += [Heading(section, 2), Table(columns=columns, rows=lines)]
    blocks += _legend(comparison, rows, everything)
    return Page(tuple(blocks))


def compare_table(comparison: Comparison, everything: bool) -> Page:
    """Return everything as one table for a spreadsheet: the best are named in the last column."""
    names = side_names(comparison)
    titles = ("section", "key", "what", *names, "best", "stale")
    lines = []
    for row in shown_rows(comparison, everything):
        named = list(zip(names, row.values, strict=True))
        cells = [row.section, row.key, row.label, *(value.text for value in row.values)]
        cells.append(", ".join(name for name, value in named if value.best))
        cells.append(", ".join(name for name, value in named if value.stale))
        lines.append(tuple(Cell(words) for words in cells))
    columns = tuple(Column(title=title) for title in titles)
    return Page((Table(columns=columns, rows=tuple(lines)),))


def shown_rows(comparison: Comparison, everything: bool) -> tuple[Row, ...]:
    """Return the rows to show; what is asked for costs is shown also where it is equal."""
    return tuple(
        row for row in comparison.rows if everything or not row.equal or row.key in COST_ROWS
    )


def side_names(comparison: Comparison) -> list[str]:
    """Return the name of each side, with its country where they are in several."""
    countries = {side.candidate.country for side in comparison.sides}
    return [
        f"{side.wallet.name} ({side.candidate.country})" if len(countries) > 1 else side.wallet.name
        for side in comparison.sides
    ]


def _title(comparison: Comparison) -> str:
    *most, last = side_names(comparison)
    countries = {side.candidate.country for side in comparison.sides}
    where = f" in {in_country(countries.pop())}" if len(countries) == 1 else ""
    return f"{', '.join(most)} and {last}{where}"


def _asked(comparison: Comparison) -> Iterator[Block]:
    needs = comparison.needs
    assert needs.currency
    items = [first_upper(usage_phrase(usage, needs.currency)) for usage in needs.use]
    if needs.must:
        items.append(f"A must: it {', '.join(_plain(word) for word in needs.must)}")
    if needs.wish:
        items.append(f"Wished for: it {', '.join(_plain(word) for word in needs.wish)}")
    if items:
        yield Bullets(tuple((Cell(item),) for item in items))
    if not needs.use:
        yield text("No usage was given, so nothing is priced; --use or --persona gives some.")


def _plain(word: str) -> str:
    return claim_phrase(word, True)


def _cell(value: Value) -> Cell:
    words = value.text
    if value.stale:
        words += f" {STALE}"
    if value.best:
        words += f" {BEST}"
    tone: Tone = "good" if value.best else "" if value.known else "unknown"
    return Cell(words, tone)


def _legend(comparison: Comparison, rows: tuple[Row, ...], everything: bool) -> Iterator[Block]:
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
        noun = "row in which" if hidden == 1 else "rows in which"
        said.append(f"{hidden} {noun} all are equal: --all shows them too.")
    if said:
        yield text(" ".join(said), "dim")
    commands = "; ".join(_show(side) for side in comparison.sides)
    yield text(f"Every fact with its source: {commands}", "dim")


def _show(side: Place) -> str:
    return f"walletpick show {side.candidate.wallet.id} --country {side.candidate.country}"
