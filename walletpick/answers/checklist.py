"""What the checklists (`leave`, `complain`) are made of: steps, and items with their facts. Pure.

An item is something to do, a fact, or something that is not known; each fact keeps its source and
date. It names what is said, and holds the values of that: `words.checklist` says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from msgspec import Struct, structs

from walletpick.bill.observe import Candidate
from walletpick.facts import model
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.law import law_key, rights_in, rights_of_holder, source_of
from walletpick.facts.places import currency_of

AnyFact = model.Fact | model.FeeRule | model.Limit
# Something to do, a fact, a fact that says no, something that is not known.
Kind = Literal["do", "fact", "no", "unknown"]


class Ground(Struct, frozen=True, kw_only=True):
    """A fact that an item rests on, with its source and the key to refer to it by."""

    fact: AnyFact
    key: str
    source: model.Source
    stale: bool


class Item(Struct, frozen=True, kw_only=True):
    """One line of a checklist: what it says, by name, and the values that belong into it.

    `notes` are those of its facts that follow what it says.
    """

    kind: Kind
    says: str
    values: dict[str, Any] = {}
    grounds: tuple[Ground, ...] = ()
    notes: tuple[str, ...] = ()


class Step(Struct, frozen=True, kw_only=True):
    """A step of a checklist. `titled` is the name of its title, mostly the step's own."""

    id: str
    titled: str
    items: tuple[Item, ...]


class Checklist(Struct, frozen=True, kw_only=True):
    """The steps for one account, and a warning where its market is not simply open."""

    account: Account
    warning: Item | None
    steps: tuple[Step, ...]

    @property
    def sources(self) -> dict[str, model.Source]:
        """The sources of its facts, by the keys that the items refer to them by."""
        items = [item for step in self.steps for item in step.items]
        warning = [self.warning] if self.warning else []
        return {at.key: at.source for item in (*warning, *items) for at in item.grounds}


def unheard_of(name: str, kind: str) -> model.Wallet:
    """Return a wallet of which the catalog knows nothing but what the person says."""
    return model.Wallet(id=name, name=name, kind=kind, summary="", sources={}, markets={})


class Account:
    """One market in which somebody has an account; it makes items of its facts.

    The catalog need not have the market, nor the wallet: then there are no facts, and what the law
    gives there is all that is known.
    """

    def __init__(
        self, catalog: model.Catalog, wallet: model.Wallet, country: str, today: date
    ) -> None:
        self.catalog = catalog
        self.country = country
        self.today = today
        self.known = bool(wallet.sources)
        self.listed = country in wallet.markets
        if not self.listed:
            only = model.Market(currency=currency_of(country) or "USD")
            wallet = structs.replace(wallet, markets={**wallet.markets, country: only})
        self.wallet = wallet
        self.market: model.Market = wallet.markets[country]
        self.candidate = Candidate(wallet, country, self.market)

    @property
    def operator(self) -> str | None:
        """Who runs the wallet here, if that is known."""
        return self.market.operator or self.wallet.operator

    def ground(self, fact: AnyFact, key: str = "", source: model.Source | None = None) -> Ground:
        """Return a fact with its source; facts outside the wallet's file bring theirs."""
        key = key or fact.source
        source = source or self.wallet.source(key)
        stale = fact_is_stale(fact, source, self.catalog, self.today)
        return Ground(fact=fact, key=key, source=source, stale=stale)

    def item(
        self, kind: Kind, says: str, *facts: AnyFact | Ground, notes: bool = True, **values: Any
    ) -> Item:
        """Return an item that rests on facts, with their notes or without."""
        grounds = tuple(fact if isinstance(fact, Ground) else self.ground(fact) for fact in facts)
        of_facts = tuple(ground.fact.note for ground in grounds) if notes else ()
        return Item(kind=kind, says=says, values=values, grounds=grounds, notes=of_facts)

    def rights(self, *words: str, holder: str | None = None) -> tuple[model.Right, ...]:
        """Return what the law gives the customers here by these words, in their order.

        With `holder` ("bank", "card"), what it gives them against who holds the money.
        """
        laws, country = self.catalog.laws, self.country
        if holder:
            held = (rights_of_holder(laws, country, holder, word) for word in words)
            return tuple(right for rights in held for right in rights)
        given = rights_in(laws, self.wallet, country)
        return tuple(right for word in words for right in given if right.right == word)

    def lawful(self, right: model.Right) -> Ground:
        """Return what the law gives, with its source."""
        laws = self.catalog.laws
        return self.ground(right, law_key(laws, right), source_of(laws, right))

    def by_law(self, *words: str) -> tuple[Item, ...]:
        """Return what the law gives by these words, as items."""
        return tuple(
            self.item("fact", "by-law", self.lawful(right), right=right)
            for right in self.rights(*words)
        )

    def warning(self) -> Item | None:
        """Return a warning where the catalog lacks the market, or it is not simply open."""
        if not self.listed:
            lacks = "not-listed" if self.known else "not-known"
            law = self.country in self.catalog.laws
            return Item(kind="no", says=lacks if law else f"{lacks}-no-law")
        status = self.market.status
        if status is None or status.state == "active":
            return None
        if status.since:
            return self.item("no", "status-since", status, state=status.state, since=status.since)
        return self.item("no", "status", status, state=status.state)

    def channel(self, word: str, channel: model.Channel, about: str | None = None) -> Item:
        """Return a way to reach support, or that it is known not to exist.

        With `about`, a matter of complaint, also why it stands where it stands.
        """
        if not channel.has:
            return self.item("no", "no-channel", channel, word=word)
        return self.item("fact", "channel", channel, word=word, channel=channel, about=about)

    def languages(self) -> Item:
        """Return the languages of support."""
        languages = self.market.support.languages
        if not languages:
            return unknown("languages")
        return self.item("fact", "languages", languages, languages=languages.words)


def step(step_id: str, items: Iterable[Item], titled: str = "") -> Step:
    """Return a step of these items."""
    return Step(id=step_id, titled=titled or step_id, items=tuple(items))


def unknown(what: str, **values: Any) -> Item:
    """Return that the catalog does not know something."""
    return Item(kind="unknown", says=what, values=values)


def to_do(says: str, **values: Any) -> Item:
    """Return something to do that rests on no fact of the catalog."""
    return Item(kind="do", says=says, values=values)


def told(says: str, **values: Any) -> Item:
    """Return something to know that has no source of its own."""
    return Item(kind="fact", says=says, values=values)
