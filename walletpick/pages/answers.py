"""The answers of a catalog -> parts of a page. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from walletpick.facts.money import HUNDRED
from walletpick.facts.places import country_name
from walletpick.language import _, percent_words, with_brackets
from walletpick.render.page import (
    Block,
    Cell,
    Column,
    Heading,
    Table,
    bullets,
    figures,
    section,
    table,
    text,
)
from walletpick.upkeep.answers import Answers, Counts, Firsts


def answers_blocks(answers: Answers, top: int) -> Iterator[Block]:
    """Yield the part of a page about a catalog's answers; long lists have `top` lines (0: all)."""
    yield Heading(_("Answers"), 2)
    if not answers.total.pairs:
        yield text(_("There is no persona to answer."))
        return
    yield text(
        _(
            "Of each persona in each country where its needs make sense: how many wallets are"
            " ranked. Of those that rank any: whether the first is known to do every use, and has a"
            " known price for all of it."
        ),
        "dim",
    )
    yield bullets(_lines(answers.total))
    personas = ((tally.name, tally) for tally in answers.personas)
    yield _table(_("Persona"), [*personas, (_("all"), answers.total)])
    missing = [(country_name(each.name), each) for each in answers.countries if each.nobody]
    yield from section(
        _("Countries with the most personas that nobody is ranked for"),
        _table(_("Country"), missing[: top or None]),
    )
    yield from section(_("Wallets that stand first most"), _firsts(answers.firsts[: top or None]))


def answers_change(old: Counts, new: Counts) -> Table:
    """Return the table of what answers a catalog gave and gives."""
    rows = zip(_figures(old), _figures(new), strict=True)
    return table(
        (_("Answers"), figures(_("before")), figures(_("after"))),
        ((title, was, now) for (title, was), (_title, now) in rows),
    )


def percent(share: Decimal) -> str:
    """Return a share as people read it: "42 %"."""
    return percent_words((share * HUNDRED).to_integral_value())


def share_of(part: int, whole: int) -> str:
    """Return which share a part is of a whole; "" where there is no whole."""
    return percent(Decimal(part) / whole) if whole else ""


def _lines(total: Counts) -> Iterator[str]:
    of = total.pairs
    yield _(
        "{count} pairs of a persona and a country: {nobody} rank nobody, {one} one wallet, {two}"
        " two or more, {three} three or more",
        count=f"{of:,}",
        nobody=share_of(total.nobody, of),
        one=share_of(total.one, of),
        two=share_of(total.two_or_more, of),
        three=share_of(total.three_or_more, of),
    )
    if answered := total.answered:
        yield _(
            "{count} rank somebody: in {confirmed} the first is confirmed for every use, in"
            " {priced} its bill is known in full",
            count=f"{answered:,}",
            confirmed=share_of(total.confirmed, answered),
            priced=share_of(total.priced, answered),
        )


def _figures(total: Counts) -> list[tuple[str, str]]:
    """Return the title of each figure, and the figure."""

    def of(part: int, whole: int) -> str:
        share = share_of(part, whole)
        return with_brackets(f"{part:,}", share) if whole else ""

    return [
        (_("pairs of persona and country"), f"{total.pairs:,}"),
        (_("rank nobody"), of(total.nobody, total.pairs)),
        (_("rank one wallet"), of(total.one, total.pairs)),
        (_("rank two or more"), of(total.two_or_more, total.pairs)),
        (_("rank three or more"), of(total.three_or_more, total.pairs)),
        (_("first place confirmed for every use"), of(total.confirmed, total.answered)),
        (_("first place's bill known in full"), of(total.priced, total.answered)),
    ]


def _table(title: str, rows: Iterable[tuple[str, Counts]]) -> Table:
    numbers = (
        *(_("Pairs"), _("Nobody"), _("One"), _("2 or more"), _("3 or more")),
        *(_("Confirmed"), _("Bill known")),
    )
    return table(
        (Column(title=title, whole=True), *map(figures, numbers)),
        (
            (
                Cell(name, "strong"),
                *(f"{of:,}" for of in (counts.pairs, counts.nobody, counts.one)),
                *(f"{of:,}" for of in (counts.two_or_more, counts.three_or_more)),
                *(f"{of:,}" for of in (counts.confirmed, counts.priced)),
            )
            for name, counts in rows
        ),
    )


def _firsts(firsts: Iterable[Firsts]) -> Table:
    return table(
        (_("Wallet"), *map(figures, (_("First"), _("Confirmed"), _("Bill known")))),
        (
            (
                Cell(one.name, "strong"),
                *(f"{of:,}" for of in (one.pairs, one.confirmed, one.priced)),
            )
            for one in firsts
        ),
    )
