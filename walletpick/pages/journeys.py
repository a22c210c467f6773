"""What the checklists (`leave`, `complain`) are made of: steps, and items with their facts. Pure.

A step is made once and shown as a page or as JSON, so the two say the same. An item is something
to do, a fact, or something that is not known; each fact keeps its source and date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from walletpick.facts.model import (
    Catalog,
    Channel,
    Fact,
    FeeRule,
    Limit,
    Market,
    Protection,
    Source,
    Wallet,
)
from walletpick.facts.money import Range, rounded
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import CHANNELS, PROTECTIONS, STATUSES
from walletpick.render.page import TICK, Block, Bullets, Cell, Heading, Paragraph, Tone, text
from walletpick.words.common import (
    age_words,
    fact_is_stale,
    first_upper,
    mark_words,
    source_line,
)
from walletpick.words.phrases import language_name, money, scope_words

AnyFact = Fact | FeeRule | Limit
# Something to do, a fact, a fact that says no, something that is not known.
Kind = Literal["do", "fact", "no", "unknown"]

_MARKERS = {"do": TICK, "fact": "", "no": "-", "unknown": "?"}


class Ground(Struct, frozen=True, kw_only=True):
    """A fact that an item rests on, with its source and the key to refer to it by."""

    fact: AnyFact
    key: str
    source: Source
    stale: bool

    @property
    def mark(self) -> Cell:
        """The mark of the source, as `show` writes it."""
        second = ", second-hand" if self.source.second_hand else ""
        words = f" [{self.key}{second}{mark_words(self.source, self.stale)}]"
        return Cell(words, "unknown" if self.stale else "dim")


class Item(Struct, frozen=True, kw_only=True):
    """One line of a checklist."""

    kind: Kind
    text: str
    grounds: tuple[Ground, ...] = ()


class Step(Struct, frozen=True, kw_only=True):
    """A step of a checklist."""

    id: str
    title: str
    items: tuple[Item, ...]


class Clerk:
    """Makes items of the facts of one market."""

    def __init__(self, catalog: Catalog, wallet: Wallet, country: str, today: date) -> None:
        self.catalog = catalog
        self.wallet = wallet
        self.country = country
        self.market: Market = wallet.markets[country]
        self.today = today

    @property
    def operator(self) -> str | None:
        """Who runs the wallet here, if that is known."""
        return self.market.operator or self.wallet.operator

    def ground(self, fact: AnyFact, key: str = "", source: Source | None = None) -> Ground:
        """Return a fact with its source; facts outside the wallet's file bring theirs."""
        key = key or fact.source
        source = source or self.wallet.sources[key]
        stale = fact_is_stale(fact, source, self.catalog, self.today)
        return Ground(fact=fact, key=key, source=source, stale=stale)

    def item(self, kind: Kind, words: str, *facts: AnyFact | Ground, notes: bool = True) -> Item:
        """Return an item: its words, then the notes of its facts."""
        grounds = tuple(fact if isinstance(fact, Ground) else self.ground(fact) for fact in facts)
        parts = [words, *(ground.fact.note for ground in grounds if notes)]
        said = [first_upper(part.strip().removesuffix(".")) for part in parts if part.strip()]
        return Item(kind=kind, text=". ".join(dict.fromkeys(said)), grounds=grounds)

    def status(self) -> Item | None:
        """Return a warning where the market is not simply open."""
        status = self.market.status
        if status is None or status.state == "active":
            return None
        since = f" (since {status.since})" if status.since else ""
        words = f"{self.wallet.name} in {in_country(self.country)} {STATUSES[status.state]}"
        return self.item("no", words + since, status)

    def channel(self, word: str, channel: Channel, reason: str = "") -> Item:
        """Return a way to reach support: number, address, link and hours, then why."""
        parts = [part for part in (channel.number, channel.address) if part]
        url = channel.url or (self.market.links.help if word == "help-centre" else None)
        if url:
            parts.append(url)
        if channel.hours:
            parts.append(f"hours: {channel.hours}")
        elif word in ("phone", "callback", "live-chat"):
            parts.append("hours not known")
        if word == "phone" and not channel.number:
            parts.insert(0, "number not known")
        if word == "email" and not channel.address:
            parts.insert(0, "address not known")
        words = first_upper(CHANNELS[word])
        if parts:
            # An address keeps its end free of punctuation.
            words += f": {'; '.join(parts)} "
        if scopes := scope_words(channel):
            words = f"{words.rstrip()} (only {', '.join(scopes)})"
        if reason:
            words = f"{words.rstrip()} - {reason}"
        return self.item("fact", words.rstrip(), channel)

    def no_channel(self, word: str, channel: Channel) -> Item:
        """Return that a way to reach support is known not to exist."""
        return self.item("no", f"No {CHANNELS[word].removeprefix('a ')}", channel)

    def languages(self) -> Item:
        """Return the languages of support."""
        languages = self.market.support.languages
        if not languages:
            return unknown("in which languages support answers")
        names = ", ".join(language_name(code) for code in languages.words)
        return self.item("fact", f"Languages of support: {names}", languages)

    def cover(self, cover: Protection) -> Item:
        """Return a kind of protection and by when to report."""
        words = PROTECTIONS[cover.kind]
        if cover.scheme:
            words += f" ({cover.scheme})"
        if cover.limit is not None:
            words += f", up to {money(cover.limit, self.market.currency)}"
            words += f" a {cover.per}" if cover.per else ""
        if cover.within_days is not None:
            words += f": report within {days(cover.within_days)}"
        else:
            words += ": within how many days to report is not known"
        if scopes := scope_words(cover):
            words += f" (only {', '.join(scopes)})"
        return self.item("fact", words, cover)


def unknown(what: str) -> Item:
    """Return that the catalog does not know something."""
    return Item(kind="unknown", text=f"Not known: {what}")


def to_do(words: str) -> Item:
    """Return something to do that rests on no fact of the catalog."""
    return Item(kind="do", text=words)


def days(count: int, kind: str = "") -> str:
    """Return a number of days: "1 day", "15 working days"."""
    return f"{count} {kind}day{'s' if count != 1 else ''}"


def span_words(span: Range, currency: str) -> str:
    """Return money with its range: "18.00 USD", "12.00 to 30.00 USD, about 18.00", or "nothing"."""
    low, middle, high = (rounded(at, currency) for at in (span.low, span.estimate, span.high))
    if low == high:
        return money(span.estimate, currency) if middle else "nothing"
    if not middle:
        return f"nothing, or up to {money(span.high, currency)}"
    return f"{low:,f} to {high:,f} {currency}, about {middle:,f}"


def grounds_of(items: Iterable[Item]) -> dict[str, Source]:
    """Return the sources that items refer to, by the keys they are referred to by."""
    return {ground.key: ground.source for item in items for ground in item.grounds}


# Pages.


def warning_block(item: Item) -> Paragraph:
    """Return an item as a paragraph that stands out."""
    return Paragraph((Cell(item.text, "bad"), *(ground.mark for ground in item.grounds)))


def step_blocks(steps: Iterable[Step], numbered: bool) -> Iterator[Block]:
    """Yield the steps, each under its heading."""
    for number, step in enumerate(steps, start=1):
        yield Heading(f"{number}. {step.title}" if numbered else step.title, 2)
        yield Bullets(
            tuple(_cells(item) for item in step.items),
            tuple(_MARKERS[item.kind] for item in step.items),
        )


def source_blocks(clerk: Clerk, items: Iterable[Item]) -> Iterator[Block]:
    """Yield the list of the sources that items refer to."""
    used = grounds_of(items)
    if used:
        yield Heading("Sources", 2)
        yield Bullets(
            tuple(
                (
                    Cell(f"[{key}] ", "strong"),
                    Cell(f"{source_line(source)} ({age_words(source, clerk.today)}). "),
                    Cell(source.url),
                )
                for key, source in used.items()
            )
        )
    settings = clerk.catalog.criteria.settings
    yield text(
        "The word in brackets after a fact names its source. What stands without one is general"
        f" advice. Stale: a price of {settings.stale_fees_months} months or more, another fact of"
        f" {settings.stale_facts_months} or more. Undated: the age counts from the reading. The"
        f" facts stand in {clerk.wallet.file} of the catalog; corrections are welcome.",
        "dim",
    )


def _cells(item: Item) -> tuple[Cell, ...]:
    tone: Tone = "unknown" if item.kind == "unknown" else ""
    # Several facts from one page need its mark once.
    marks = {ground.mark.text: ground.mark for ground in item.grounds}
    return (Cell(item.text, tone), *marks.values())
