"""The figures of a catalog, and what to look at again -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from walletpick.facts.money import HUNDRED
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
    page,
    table,
    text,
)
from walletpick.upkeep.diff import many
from walletpick.upkeep.stale import FIRST, AgedFact
from walletpick.upkeep.stats import File, Section, Stats
from walletpick.words.common import tenth
from walletpick.words.phrases import date_words


def stats_page(stats: Stats, top: int) -> Page:
    """Return the page of a catalog's figures; long lists have `top` lines (0: all)."""
    known = (_bar(name, share, f"{percent(share)} known") for name, share in stats.criteria.items())
    most = max(stats.ages.values(), default=0)
    ages = (
        _bar(words, Decimal(count) / max(most, 1), f"{count:,} facts")
        for words, count in stats.ages.items()
    )
    return page(
        Heading("The catalog in figures", 1),
        bullets(_lines(stats)),
        answers_blocks(stats.answers, top),
        Heading("Known, by criterion", 2),
        text(
            "Of what the personas' needs ask, the share that is known: the mean over the personas"
            " and the markets ranked for them.",
            "dim",
        ),
        Bars(tuple(known)),
        Heading("Known, by section", 2),
        text(
            "Of the words that could stand in a section, the share on which there is a yes or no;"
            " of fees, the share of what a market does that has a price; of other sections, the"
            " share of markets that have one.",
            "dim",
        ),
        _section_table(stats.sections),
        Heading("How old the facts are", 2),
        text("By the date that the page itself gives, where it gives one.", "dim"),
        Bars(tuple(ages)),
        _files("The stalest files", _stalest(stats.files), top),
        _files("The thinnest files", _thinnest(stats.files), top),
    )


def _lines(stats: Stats) -> Iterator[str]:
    markets = sum(stats.markets.values())
    other = [f"{count} {state}" for state, count in stats.markets.items() if state != "active"]
    yield (
        f"{stats.wallets:,} wallets, {markets:,} markets in {stats.countries} countries"
        + (f" ({', '.join(other)})" if other else "")
    )
    yield f"{stats.facts:,} facts from {stats.pages:,} pages ({stats.sources:,} sources)"
    official = share_of(stats.official, stats.facts)
    yield f"{official} of the facts are from the operator or a public authority"
    if stats.second_hand:
        share = share_of(stats.second_hand, stats.facts)
        yield f"{share} are second hand: as another page quotes them"
    yield f"{share_of(stats.stale, stats.facts)} are stale: look at walletpick catalog stale"
    if stats.oldest_rate:
        yield f"The oldest exchange rates are of {stats.oldest_rate}"


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
    columns = (Column(title="Section", whole=True), *map(_figures, ("Facts", "Official", "Known")))
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
    if not files:
        return
    yield Heading(title, 2)
    rows = (
        (
            Cell(file.file, "strong"),
            str(file.facts),
            share_of(file.stale, file.facts),
            many(file.median_age_days, "day"),
            percent(file.evidence) if file.evidence is not None else "not ranked",
        )
        for file in files[: top or None]
    )
    age = Column(title="Median age", right=True, whole=True, keep=5)
    columns = ("File", _figures("Facts"), _figures("Stale"), age, _figures("Evidence"))
    yield table(columns, rows)


def _figures(title: str) -> Column:
    return Column(title=title, right=True, whole=True)


def _bar(label: str, share: Decimal, words: str) -> Bar:
    at = float(share * HUNDRED)
    return Bar(label=label, low=at, estimate=at, high=at, full=100.0, text=words)


# What to look at again.


def stale_page(facts: Sequence[AgedFact], days: int | None, top: int) -> Page:
    """Return the page of facts to look at again, `top` of them (0: all)."""
    of = f"of {days} days or more" if days is not None else "older than the catalog allows"
    if not facts:
        return page(text(f"No fact is {of}."))
    shown = facts[: top or None]
    columns = (
        _figures("Points"),
        *("Wallet", "Fact"),
        Column(title="Dated", whole=True),
        Column(title="Source", keep=5),
    )
    rest = f"{len(facts) - len(shown):,} more; --top 0 shows all."
    return page(
        Heading("Facts to look at again", 1),
        text(
            f"{len(facts):,} {'fact is' if len(facts) == 1 else 'facts are'} {of}; those that the"
            f" first {FIRST} places of the personas hang on most stand first. Points: what the"
            " parts of the score that rest on the fact are worth in these places, summed over all"
            " personas and countries.",
        ),
        table(columns, map(_stale_row, shown)),
        text(rest, "dim") if len(shown) < len(facts) else None,
    )


def _stale_row(fact: AgedFact) -> tuple[Cell | str, ...]:
    return (
        Cell(tenth(fact.points), "strong"),
        f"{fact.name} ({fact.country})",
        fact.text,
        date_words(fact.source).replace("undated, read", "read"),
        Cell(fact.source.url, "dim"),
    )
