"""The figures of a catalog, and what to look at again -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from walletpick.facts.money import HUNDRED
from walletpick.language import N_, _, ngettext, with_brackets
from walletpick.pages.answers import answers_blocks, percent, share_of
from walletpick.render.page import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Table,
    bullets,
    figures,
    page,
    section,
    table,
    text,
)
from walletpick.upkeep.stale import FIRST, AgedFact
from walletpick.upkeep.stats import File, Section, Stats
from walletpick.words.common import tenth
from walletpick.words.phrases import count_words, in_a_row

_STATES = {
    "restricted": N_("{count} restricted"),
    "closed": N_("{count} closed"),
    "unconfirmed": N_("{count} unconfirmed"),
}


def stats_page(stats: Stats, top: int) -> Page:
    """Return the page of a catalog's figures; long lists have `top` lines (0: all)."""
    known = (
        _bar(_(name), share, _("{share} known", share=percent(share)))
        for name, share in stats.criteria.items()
    )
    most = max(stats.ages.values(), default=0)
    ages = (
        _bar(_(words), Decimal(count) / max(most, 1), _("{count:,} facts", count=count))
        for words, count in stats.ages.items()
    )
    return page(
        Heading(_("The catalog in figures"), 1),
        bullets(_lines(stats)),
        answers_blocks(stats.answers, top),
        Heading(_("Known, by criterion"), 2),
        text(
            _(
                "Of what the personas' needs ask, the share that is known: the mean over the"
                " personas and the markets ranked for them."
            ),
            "dim",
        ),
        Bars(tuple(known)),
        Heading(_("Known, by section"), 2),
        text(
            _(
                "Of the words that could stand in a section, the share on which there is a yes or"
                " no; of fees, the share of what a market does that has a price; of other"
                " sections, the share of markets that have one."
            ),
            "dim",
        ),
        _section_table(stats.sections),
        Heading(_("How old the facts are"), 2),
        text(_("By the date that the page itself gives, where it gives one."), "dim"),
        Bars(tuple(ages)),
        _files(_("The stalest files"), _stalest(stats.files), top),
        _files(_("The thinnest files"), _thinnest(stats.files), top),
    )


def _lines(stats: Stats) -> Iterator[str]:
    markets = sum(stats.markets.values())
    other = [
        _(_STATES[state], count=count) for state, count in stats.markets.items() if state in _STATES
    ]
    words = _(
        "{wallets:,} wallets, {markets:,} markets in {countries} countries",
        wallets=stats.wallets,
        markets=markets,
        countries=stats.countries,
    )
    yield with_brackets(words, in_a_row(other))
    yield _(
        "{facts:,} facts from {pages:,} pages ({sources:,} sources)",
        facts=stats.facts,
        pages=stats.pages,
        sources=stats.sources,
    )
    official = share_of(stats.official, stats.facts)
    yield _("{share} of the facts are from the operator or a public authority", share=official)
    if stats.second_hand:
        share = share_of(stats.second_hand, stats.facts)
        yield _("{share} are second hand: as another page quotes them", share=share)
    stale = share_of(stats.stale, stats.facts)
    yield _("{share} are stale: look at walletpick catalog stale", share=stale)
    if stats.oldest_rate:
        yield _("The oldest exchange rates are of {date}", date=stats.oldest_rate)


def _section_table(sections: Iterable[Section]) -> Table:
    rows = (
        (
            Cell(each.section, "strong"),
            f"{each.facts:,}" if each.section != "links" else "",
            share_of(each.official, each.facts),
            percent(each.known) if each.known is not None else "",
        )
        for each in sections
    )
    columns = (
        Column(title=_("Section"), whole=True),
        *map(figures, (_("Facts"), _("Official"), _("Known"))),
    )
    return table(columns, rows)


def _stalest(files: Sequence[File]) -> list[File]:
    stale = [file for file in files if file.stale]
    return sorted(
        stale, key=lambda file: (-Decimal(file.stale) / file.facts, -file.median_age_days)
    )


def _thinnest(files: Sequence[File]) -> list[File]:
    known = [file for file in files if file.evidence is not None]
    return sorted(known, key=lambda file: (file.evidence, file.facts))


def _files(title: str, files: Sequence[File], top: int) -> Iterator[Block]:
    rows = (
        (
            Cell(file.file, "strong"),
            str(file.facts),
            share_of(file.stale, file.facts),
            count_words(file.median_age_days, "day"),
            percent(file.evidence) if file.evidence is not None else _("not ranked"),
        )
        for file in files[: top or None]
    )
    columns = (
        *(_("File"), figures(_("Facts")), figures(_("Stale"))),
        *(figures(_("Median age"), keep=5), figures(_("Evidence"))),
    )
    return section(title, table(columns, rows))


def _bar(label: str, share: Decimal, words: str) -> Bar:
    at = float(share * HUNDRED)
    return Bar(label=label, low=at, estimate=at, high=at, full=100.0, text=words)


# What to look at again.


def stale_page(facts: Sequence[AgedFact], days: int | None, top: int) -> Page:
    """Return the page of facts to look at again, `top` of them (0: all)."""
    if not facts and days is None:
        return page(text(_("No fact is older than the catalog allows.")))
    if not facts:
        return page(text(_("No fact is of {days} days or more.", days=days)))
    shown = facts[: top or None]
    columns = (
        figures(_("Points")),
        *(_("Wallet"), _("Fact")),
        Column(title=_("Dated"), whole=True),
        Column(title=_("Source"), keep=5),
    )
    rest = _("{count:,} more; --top 0 shows all.", count=len(facts) - len(shown))
    return page(
        Heading(_("Facts to look at again"), 1),
        text(_stale_words(len(facts), days)),
        table(columns, map(_stale_row, shown)),
        text(rest, "dim") if len(shown) < len(facts) else None,
    )


def _stale_words(count: int, days: int | None) -> str:
    """Return how many facts there are to look at, and what their order and points mean."""
    if days is None:
        how_many = ngettext(
            "{count} fact is older than the catalog allows",
            "{count} facts are older than the catalog allows",
            count,
        )
    else:
        how_many = ngettext(
            "{count} fact is of {days} days or more",
            "{count} facts are of {days} days or more",
            count,
            days=days,
        )
    return _(
        "{facts}; those that the first {first} places of the personas hang on most stand first."
        " Points: what the parts of the score that rest on the fact are worth in these places,"
        " summed over all personas and countries.",
        facts=how_many,
        first=FIRST,
    )


def _stale_row(fact: AgedFact) -> tuple[Cell | str, ...]:
    return (
        Cell(tenth(fact.points), "strong"),
        with_brackets(fact.called, fact.country),
        fact.text,
        fact.source.as_of or _("read {day}", day=fact.source.seen),
        Cell(fact.source.url, "dim"),
    )
