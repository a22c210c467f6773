"""The figures of a catalog, its answers, and what to look at again -> pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from walletpick.facts.money import HUNDRED
from walletpick.facts.places import country_name
from walletpick.language import N_, _, ngettext, with_brackets
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
from walletpick.upkeep.answers import Answers, Counts, Firsts
from walletpick.upkeep.stale import FIRST, AgedFact
from walletpick.upkeep.stats import File, Section, Stats
from walletpick.words.common import share_words, tenth
from walletpick.words.phrases import count_words, in_a_row

_STATES = {
    "restricted": N_("{count} restricted"),
    "closed": N_("{count} closed"),
    "unconfirmed": N_("{count} unconfirmed"),
}


def stats_page(stats: Stats, top: int) -> Page:
    """Return the page of a catalog's figures; long lists have `top` lines (0: all)."""
    known = (
        _bar(_(name), share, _("{share} known", share=share_words(share)))
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
            share_words(each.known) if each.known is not None else "",
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
            share_words(file.evidence) if file.evidence is not None else _("not ranked"),
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
    yield bullets(_tally_lines(answers.total))
    personas = ((tally.name, tally) for tally in answers.personas)
    yield _tally_table(_("Persona"), [*personas, (_("all"), answers.total)])
    missing = [(country_name(each.name), each) for each in answers.countries if each.nobody]
    yield from section(
        _("Countries with the most personas that nobody is ranked for"),
        _tally_table(_("Country"), missing[: top or None]),
    )
    yield from section(_("Wallets that stand first most"), _firsts(answers.firsts[: top or None]))


def answers_change(old: Counts, new: Counts) -> Table:
    """Return the table of what answers a catalog gave and gives."""
    rows = zip(_figures(old), _figures(new), strict=True)
    return table(
        (_("Answers"), figures(_("before")), figures(_("after"))),
        ((title, was, now) for (title, was), (_title, now) in rows),
    )


def share_of(part: int, whole: int) -> str:
    """Return which share a part is of a whole; "" where there is no whole."""
    return share_words(Decimal(part) / whole) if whole else ""


def _tally_lines(total: Counts) -> Iterator[str]:
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


def _tally_table(title: str, rows: Iterable[tuple[str, Counts]]) -> Table:
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
