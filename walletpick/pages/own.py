"""A person's own facts -> the page that `walletpick tell list` shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from walletpick.language import _
from walletpick.pages.plain import plain_page
from walletpick.person.known import Standing
from walletpick.render.page import (
    Block,
    Cell,
    Heading,
    Page,
    bullets,
    page,
    paragraph,
    text,
)
from walletpick.words.own import (
    beside_told,
    catalog_says,
    idle_words,
    market_words,
    noted_words,
    title_of,
    told_words,
)
from walletpick.words.phrases import clauses


def told_page(rows: Sequence[Standing], path: str) -> Page:
    """Return what has just been told, beside what the catalog says, and how it is taken back."""
    markets: dict[str, list[str]] = {}
    for row in rows:
        market = f"{row.told.wallet}@{row.told.country}"
        markets.setdefault(market, []).append(row.told.fact)
    return page(
        bullets(map(noted_words, rows)),
        text(_("It counts in your answers at once, marked as yours; --no-own leaves it out.")),
        text(
            _(
                "What the catalog has for some cases only stays beside yours: a price for one case"
                " alone cannot be told."
            )
        )
        if any(own.beside for row in rows for own in row.own)
        else None,
        *(
            paragraph(
                _("To take it back: "),
                Cell(f"walletpick tell forget {market} {' '.join(names)}", "strong"),
            )
            for market, names in markets.items()
        ),
        text(_("It stays on this device: {path}", path=path), "dim"),
    )


def own_page(rows: Sequence[Standing], path: str) -> Page:
    """Return the page: the facts by market, each beside what the catalog says, and the file."""
    title = Heading(_("Your own facts"), 1)
    if not rows:
        return page(
            title,
            text(_("Nothing is told yet: walletpick tell wise@GB passkey=yes tells something.")),
            text(_("It will be kept on this device: {path}", path=path), "dim"),
        )
    return page(
        title,
        _by_market(rows),
        text(_("They count in your answers, marked as yours; --no-own leaves them out."), "dim"),
        text(_("They are on this device only: {path}", path=path), "dim"),
    )


def _by_market(rows: Sequence[Standing]) -> Iterator[Block]:
    markets: dict[str, list[Standing]] = {}
    for row in rows:
        markets.setdefault(market_words(row), []).append(row)
    for name, those in markets.items():
        yield Heading(name, 2)
        yield bullets(_item(row) for row in those)


def _item(row: Standing) -> tuple[Cell | str, ...]:
    told = row.told
    words = "" if row.own else _("; it does not count: {why}", why=idle_words(row))
    return (
        Cell(told.fact, "strong"),
        _(
            ", {fact}. You: {told}; {beside}",
            fact=title_of(row.target),
            told=told_words(row),
            beside=beside_told(row),
        ),
        Cell(words, "unknown"),
        Cell(f" [{clauses((told.seen, told.source))}]", "dim"),
    )


def own_table(rows: Sequence[Standing]) -> Page:
    """Return the facts alone, as one table of plain values."""
    columns = (
        *(_("wallet"), _("country"), _("fact"), _("you")),
        *(_("catalog"), _("counts"), _("seen"), _("source")),
    )
    told = (
        (
            *(row.told.wallet, row.told.country, row.told.fact, row.told.value),
            *(catalog_says(row), bool(row.own), row.told.seen, row.told.source),
        )
        for row in rows
    )
    return plain_page(columns, told)
