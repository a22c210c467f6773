"""What the checklists (`leave`, `complain`) are made of: steps, and items with their facts. Pure.

A step is made once and shown as a page or as JSON, so the two say the same. An item is something
to do, a fact, or something that is not known; each fact keeps its source and date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from walletpick.facts.ages import fact_is_stale
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
from walletpick.facts.places import in_country
from walletpick.facts.vocabulary import STATUSES
from walletpick.words.common import cited, first_upper
from walletpick.words.facts import channel_words, cover_words, no_channel_words, only_words
from walletpick.words.phrases import count_words, language_name

AnyFact = Fact | FeeRule | Limit
# Something to do, a fact, a fact that says no, something that is not known.
Kind = Literal["do", "fact", "no", "unknown"]


class Ground(Struct, frozen=True, kw_only=True):
    """A fact that an item rests on, with its source and the key to refer to it by."""

    fact: AnyFact
    key: str
    source: Source
    stale: bool

    @property
    def mark(self) -> str:
        """How the text refers to the source: "[fees, stale: 2021-04]"."""
        return cited(self.key, self.source, self.stale)


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


class Checklist(Struct, frozen=True, kw_only=True):
    """The steps for one account, and a warning where its market is not simply open."""

    account: Account
    warning: Item | None
    steps: tuple[Step, ...]

    @property
    def sources(self) -> dict[str, Source]:
        """The sources of its facts, by the keys that the items refer to them by."""
        items = [item for step in self.steps for item in step.items]
        warning = [self.warning] if self.warning else []
        return {at.key: at.source for item in (*warning, *items) for at in item.grounds}


class Account:
    """One market in which somebody has an account; it makes items of its facts."""

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
        """Return a way to reach support, then why; or that it is known not to exist."""
        if not channel.has:
            return self.item("no", no_channel_words(word), channel)
        page = self.market.links.help if word == "help-centre" else None
        words = channel_words(word, channel, page, missing=True)
        return self.item("fact", f"{words} - {reason}" if reason else words, channel)

    def languages(self) -> Item:
        """Return the languages of support."""
        languages = self.market.support.languages
        if not languages:
            return unknown("in which languages support answers")
        names = ", ".join(language_name(code) for code in languages.words)
        return self.item("fact", f"Languages of support: {names}", languages)

    def cover(self, cover: Protection) -> Item:
        """Return a kind of protection and by when to report."""
        words = cover_words(cover, self.market.currency)
        if cover.within_days is not None:
            words += f": report within {count_words(cover.within_days, 'day')}"
        else:
            words += ": within how many days to report is not known"
        return self.item("fact", words + only_words(cover), cover)


def step(step_id: str, title: str, items: Iterable[Item]) -> Step:
    """Return a step of these items."""
    return Step(id=step_id, title=title, items=tuple(items))


def unknown(what: str) -> Item:
    """Return that the catalog does not know something."""
    return Item(kind="unknown", text=f"Not known: {what}")


def to_do(words: str) -> Item:
    """Return something to do that rests on no fact of the catalog."""
    return Item(kind="do", text=words)
