"""A catalog with what a person told of it, and where each of those facts stands there. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from walletpick.facts.model import Catalog, Market, Own, Source, Told, Wallet
from walletpick.facts.overlay import Saying, laid_over
from walletpick.facts.target import Target, Value, price_of
from walletpick.facts.vocabulary import YOU
from walletpick.reading.imply import imply, rules_for, stated_in
from walletpick.reading.told import Untold, target_of, value_of


def with_own(catalog: Catalog, facts: Sequence[Told]) -> Catalog:
    """Return a catalog in which a person's own facts stand in the place of its own.

    What is told of a market that it does not have is passed over.
    """
    wallets = []
    for wallet in catalog.wallets:
        mine = [told for told in facts if told.wallet == wallet.id]
        wallets.append(_with(wallet, mine, catalog) if mine else wallet)
    return structs.replace(catalog, wallets=tuple(wallets))


class Standing(Struct, frozen=True):
    """An own fact in a catalog that has it: its market, if there is one, and what it does there.

    `own` has one for each price that it changes, and is empty where it does not count.
    """

    told: Told
    target: Target
    wallet: Wallet | None = None
    market: Market | None = None
    own: tuple[Own, ...] = ()


def standings(catalog: Catalog, facts: Sequence[Told]) -> list[Standing]:
    """Return where each of the facts stands in a catalog that was made with them."""
    wallets = {wallet.id: wallet for wallet in catalog.wallets}
    targets = [target_of(told.fact) for told in facts]
    # What was told of one price stands where one part of it does.
    paths: dict[tuple[object, ...], set[str]] = {}
    for told, target in zip(facts, targets, strict=True):
        paths.setdefault(_thing(told, target), set()).add(told.path)
    rows = []
    for told, target in zip(facts, targets, strict=True):
        wallet = wallets.get(told.wallet)
        market = wallet.markets.get(told.country) if wallet else None
        own = tuple(
            each
            for each in (market.own if market and _value(told, target, market) is not None else ())
            if each.section == target.section and each.fact.path in paths[_thing(told, target)]
        )
        rows.append(Standing(told, target, wallet, market, own))
    return rows


def _thing(told: Told, target: Target) -> tuple[object, ...]:
    """Return which record of a market is told of: parts of one price make one."""
    alone = target.section if target.section == "closing" else target.name
    of = price_of(target) if target.section == "fees" else (alone,)
    return (told.wallet, told.country, *of)


def _value(told: Told, target: Target, market: Market) -> Value | None:
    """Return the value in a market; None where it is a sum in another currency than its prices."""
    try:
        value, _ = value_of(target, told.value, market.currency)
    except Untold:
        return None
    return value


def _with(wallet: Wallet, facts: Sequence[Told], catalog: Catalog) -> Wallet:
    keys = _sources(wallet, facts)
    markets = dict(wallet.markets)
    for country in dict.fromkeys(told.country for told in facts):
        if market := markets.get(country):
            rules = rules_for(wallet.kind_in(market), catalog.implications)
            mine = [told for told in facts if told.country == country]
            markets[country] = imply(_told(market, country, mine, keys), rules)
    sources = {key: source_of(told) for told in facts for key in [keys[_read(told)]]}
    return structs.replace(wallet, markets=markets, sources={**wallet.sources, **sources})


def _told(
    market: Market, country: str, facts: Sequence[Told], keys: dict[tuple[str, str], str]
) -> Market:
    sayings = []
    for told in facts:
        target = target_of(told.fact)
        value = _value(told, target, market)
        if value is not None:
            sayings.append(Saying(target, value, keys[_read(told)], told.path, told.line))
    return laid_over(stated_in(market), country, sayings)


def _sources(wallet: Wallet, facts: Sequence[Told]) -> dict[tuple[str, str], str]:
    """Return how the sources of own facts are called: "yours 2026-11-27"."""
    keys: dict[tuple[str, str], str] = {}
    for told in facts:
        if _read(told) in keys:
            continue
        name, number = f"yours {told.seen}", 2
        while name in keys.values() or name in wallet.sources:
            name, number = f"yours {told.seen} ({number})", number + 1
        keys[_read(told)] = name
    return keys


def _read(told: Told) -> tuple[str, str]:
    return told.source, told.seen


def source_of(told: Told) -> Source:
    """Return the source of an own fact: its date is the day on which it was told."""
    is_page = told.source.startswith(("http:", "https:"))
    host = told.source.partition("://")[2].partition("/")[0].removeprefix("www.")
    return Source(
        url=told.source if is_page else "",
        title=host if is_page else told.source,
        publisher=YOU,
        as_of=told.seen,
        seen=told.seen,
    )
