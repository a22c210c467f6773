"""What stands in a wallet's file -> its markets, each with all that holds there. Pure.

A fact stands once, at the widest place where it is true. The narrowest place that speaks of a thing
is believed: the country, then its groups, then everywhere. Prices and limits go by operation and
covers by kind: a place that gives any price of an operation gives all of that operation. Plans and
the bodies that hear complaints go together. What is said of a wallet beside its terms (ratings,
incidents, sentences about signing up) adds up.

Every fact keeps its line, its path and its source. Money of a place with another currency than the
market's is marked with that currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from msgspec import structs

from walletpick.facts import model
from walletpick.facts.places import currency_of
from walletpick.facts.vocabulary import CLAIM_SECTIONS, LINKS, ONBOARDING
from walletpick.facts.walk import ADDED

P = TypeVar("P", bound=model.Place)

# In a corridor that holds in several countries: the country itself.
HOME = "home"


def resolve(file: model.WalletFile, name: str) -> model.Wallet:
    """Return a wallet with its markets. `name` is that of the file, as messages name it."""
    about = {
        key: getattr(file, key) for key in model.Wallet.__struct_fields__ if hasattr(file, key)
    }
    markets = {country: _market(file, country) for country in countries_of(file)}
    return model.Wallet(**about | {"markets": markets, "file": name})


def places_of(file: model.WalletFile) -> Iterator[tuple[str, model.Place]]:
    """Yield the places of a file that hold facts, each with its name: "" for everywhere."""
    yield "", file.everywhere
    yield from file.groups.items()
    yield from file.markets.items()


def countries_of(file: model.WalletFile) -> list[model.Country]:
    """Return the countries of a wallet: those with facts of their own, then the others by code."""
    listed = [*(reach.in_ for reach in file.reach), *(group.in_ for group in file.groups.values())]
    others = {country for countries in listed for country in countries}
    return [*file.markets, *sorted(others - set(file.markets))]


def groups_of(file: model.WalletFile, country: model.Country) -> dict[str, model.Group]:
    """Return the groups of a country, by name."""
    return {name: group for name, group in file.groups.items() if country in group.in_}


def _market(file: model.WalletFile, country: model.Country) -> model.Market:
    own = file.markets.get(country)
    groups = groups_of(file, country).values()
    # What says that the wallet runs there.
    reach = next((reach for reach in file.reach if country in reach.in_), None)
    currency = own.currency if own else currency_of(country) or "USD"
    places = [_at_home(place, country, currency) for place in (*groups, file.everywhere)]
    if own:
        places.insert(0, own)
    position: model.Record = own or reach or next(iter(groups))
    return model.Market(
        line=position.line,
        column=position.column,
        path=position.path,
        currency=currency,
        reach=reach,
        status=_first(places, "status") or _status(reach),
        operator=_first(places, "operator") or (reach.operator if reach else None),
        protection=_by(places, "protection", "kind"),
        support=_support([place.support for place in places]),
        onboarding=_onboarding([place.onboarding for place in places]),
        links=_links([place.links for place in places]),
        **{key: _first(places, key) for key in ("kind", "plans", "licence", "closing")},
        **{key: _by(places, key, "operation") for key in ("fees", "gives_back", "limits")},
        **{key: _added(places, key) for key in ADDED},
        **{key: _word_by_word(places, key) for key in CLAIM_SECTIONS},
    )


def _status(reach: model.Reach | None) -> model.Status | None:
    if reach is None or reach.state is None:
        return None
    keys = ("line", "column", "path", "note", "source", "state", "since")
    return model.Status(**{key: getattr(reach, key) for key in keys})


# Joining places, the narrowest first.


def _first(records: Sequence[Any], key: str) -> Any:
    """Return the first value that says something, or what the last record has instead."""
    return next(filter(None, (getattr(each, key) for each in records)), getattr(records[-1], key))


def _added(places: Sequence[Any], key: str) -> Any:
    return tuple(item for place in places for item in getattr(place, key))


def _word_by_word(places: Sequence[Any], key: str) -> Any:
    joined: dict[str, Any] = {}
    for place in places:
        for word, fact in getattr(place, key).items():
            joined.setdefault(word, fact)
    return joined


def _by(places: Iterable[model.Place], key: str, thing: str) -> Any:
    joined: list[Any] = []
    settled: set[object] = set()
    for place in places:
        items = [item for item in getattr(place, key) if getattr(item, thing) not in settled]
        joined += items
        settled |= {getattr(item, thing) for item in items}
    return tuple(joined)


def _support(given: list[model.Support]) -> model.Support:
    return structs.replace(
        given[0],
        channels=_word_by_word(given, "channels"),
        **{key: _first(given, key) for key in ("languages", "complaint", "reply", "escalation")},
    )


def _onboarding(given: list[model.Onboarding]) -> model.Onboarding:
    keys = (*ONBOARDING, "min_age", "max_age", "sign_up")
    first = {key: _first(given, key) for key in keys}
    return structs.replace(given[0], about=_added(given, "about"), **first)


def _links(given: list[model.Links]) -> model.Links:
    first = next((links for links in given if links != model.Links()), model.Links())
    return structs.replace(first, **{key: _first(given, key) for key in LINKS})


# A wider place as one of its countries sees it.


def _at_home(place: P, country: model.Country, currency: str) -> P:
    """Return a place with its corridors beginning in a country, and its money marked."""
    theirs = getattr(place, "currency", None)
    foreign = theirs if theirs != currency else None
    return structs.replace(
        place,
        fees=tuple(_homely(rule, country, foreign) for rule in place.fees),
        gives_back=tuple(_homely(given, country, foreign) for given in place.gives_back),
        limits=tuple(_homely(limit, country, foreign) for limit in place.limits),
        protection=tuple(_marked(cover, foreign) for cover in place.protection),
    )


def _homely(item: Any, country: model.Country, foreign: str | None) -> Any:
    start, _, end = (item.corridor or "").partition("-")
    if start == HOME:
        item = structs.replace(item, corridor=f"{country}-{country if end == HOME else end}")
    return _marked(item, foreign)


def _marked(item: Any, foreign: str | None) -> Any:
    if foreign is None or item.currency or not has_money(item):
        return item
    return structs.replace(item, currency=foreign)


_MONEY = ("fixed", "fixed_max", "min", "max", "up_to", "up_to_amount", "from_", "amount", "least")
_LIMITS = ("limit", "min_amount")


def has_money(item: model.FeeRule | model.Limit | model.Protection | model.Record) -> bool:
    """Return whether a price, limit or cover names a sum of money other than zero."""
    inside = [part for name in ("bands", "steps") for part in getattr(item, name, ())]
    inside += [part for name in ("free", "cap") if (part := getattr(item, name, None))]
    sums = (getattr(item, name, None) for name in (*_MONEY, *_LIMITS))
    return any(sums) or any(map(has_money, inside))
