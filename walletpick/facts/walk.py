"""The facts of a market one by one, each with its section and what makes it the same fact. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from walletpick.facts.model import (
    Claim,
    Escalation,
    Fact,
    FeeRule,
    GiveBack,
    Incident,
    Limit,
    Market,
    Own,
    Place,
    Plan,
    Protection,
    Rating,
    Source,
    Statement,
    Wallet,
)
from walletpick.facts.vocabulary import OWN_FILE, YOU

# In the order of the file.
SECTIONS = (
    "reach",
    "status",
    "plans",
    "fees",
    "gives_back",
    "limits",
    "funding",
    "payout",
    "features",
    "security",
    "protection",
    "licence",
    "channels",
    "languages",
    "complaint",
    "reply",
    "escalation",
    "onboarding",
    "closing",
    "ratings",
    "incidents",
)
# Sections in which a fact is a word of the vocabulary, and a yes or no.
CLAIMS = ("funding", "payout", "features", "security", "channels")
# Sections in which what a wider place says adds to what a narrower one does.
ADDED = ("ratings", "incidents")

# The fields of a record that say where it stands or why, and not what it says.
POSITION = frozenset({"line", "column", "path", "file", "implied_by", "rule"})

_ONBOARDING = (
    "residents_only",
    "local_phone",
    "local_bank_account",
    "identity_document",
    "min_age",
    "sign_up",
)


class Item(Struct, frozen=True):
    """A fact of a market: its section, its word there ("" where facts have none), the record."""

    section: str
    word: str
    fact: Fact | FeeRule


def items_of(market: Place) -> Iterator[Item]:
    """Yield every sourced record of a market or another place, in the order of the file.

    None that is implied.
    """
    return (item for item in _all_items(market) if not is_implied(item.fact))


def implied_of(market: Market) -> Iterator[Item]:
    """Yield every claim of a market that follows from another fact."""
    return (item for item in _all_items(market) if is_implied(item.fact))


def is_implied(fact: object) -> bool:
    """Return whether a fact is not stated, but follows from another."""
    return isinstance(fact, Claim) and bool(fact.implied_by)


def _all_items(market: Place) -> Iterator[Item]:
    if isinstance(market, Market) and market.reach:
        yield Item("reach", "", market.reach)
    if market.status:
        yield Item("status", "", market.status)
    yield from (Item("plans", plan.id, plan) for plan in market.plans)
    yield from (Item("fees", "", rule) for rule in market.fees)
    yield from (Item("gives_back", "", rule) for rule in market.gives_back)
    yield from (Item("limits", "", limit) for limit in market.limits)
    for section in ("funding", "payout", "features", "security"):
        for word, claim in getattr(market, section).items():
            yield Item(section, word, claim)
    yield from (Item("protection", item.kind, item) for item in market.protection)
    if market.licence:
        yield Item("licence", "", market.licence)
    support, onboarding = market.support, market.onboarding
    yield from (Item("channels", word, channel) for word, channel in support.channels.items())
    for section in ("languages", "complaint", "reply"):
        if fact := getattr(support, section):
            yield Item(section, "", fact)
    yield from (Item("escalation", "", body) for body in support.escalation)
    for word in _ONBOARDING:
        if fact := getattr(onboarding, word):
            yield Item("onboarding", word, fact)
    yield from (Item("onboarding", "about", statement) for statement in onboarding.about)
    if market.closing:
        yield Item("closing", "", market.closing)
    yield from (Item("ratings", "", rating) for rating in market.ratings)
    yield from (Item("incidents", incident.kind, incident) for incident in market.incidents)


def facts_once(wallet: Wallet) -> Iterator[tuple[str, Item]]:
    """Yield every fact of a wallet once, with the first country in which it holds."""
    seen: set[str] = set()
    for country, market in wallet.markets.items():
        for item in items_of(market):
            if item.fact.path not in seen or not item.fact.path:
                seen.add(item.fact.path)
                yield country, item


def place_of(path: str) -> str:
    """Return where the fact of a path holds: "everywhere", a group, a country; "" for neither."""
    head, _, rest = path.partition(".")
    return head if head == "everywhere" else rest.partition(".")[0] if rest else ""


def is_wide(path: str) -> bool:
    """Return whether the fact of a path holds in more than one country."""
    return path.startswith(("everywhere.", "groups.", "reach["))


def identity(item: Item) -> tuple[object, ...]:
    """Return what stays the same while a fact changes: for what it is said, not what is said.

    Two facts of a market may share it, such as a monthly and a yearly price of one plan.
    """
    fact = item.fact
    key: tuple[object, ...] = ()
    if isinstance(fact, FeeRule):
        key = (
            fact.operation,
            fact.method,
            fact.plan,
            fact.corridor,
            fact.provider,
            fact.for_,
            fact.given,
            fact.when,
            fact.tax,
            fact.surcharge,
            fact.of,
            fact.paid_by,
        )
    elif isinstance(fact, GiveBack):
        key = (
            fact.operation,
            fact.balance,
            fact.method,
            fact.plan,
            fact.corridor,
            fact.provider,
            fact.for_,
            fact.given,
            fact.when,
        )
    elif isinstance(fact, Limit):
        key = (
            fact.what,
            fact.operation,
            fact.method,
            fact.plan,
            fact.corridor,
            fact.provider,
            fact.for_,
            fact.level,
            fact.given,
            fact.when,
        )
    elif isinstance(fact, Protection):
        key = (fact.plan, fact.given, fact.when)
    elif isinstance(fact, Plan):
        key = (fact.id,)
    elif isinstance(fact, Escalation):
        key = (fact.body,)
    elif isinstance(fact, Rating):
        key = (fact.store,)
    elif isinstance(fact, Incident):
        key = (fact.date,)
    elif isinstance(fact, Statement):
        key = (fact.text,)
    return (item.section, item.word, *key)


def file_of(fact: object, source: Source, wallet: Wallet) -> str:
    """Return the file in which a fact about a wallet stands: its own, a law's, or the person's."""
    return OWN_FILE if source.publisher == YOU else getattr(fact, "file", "") or wallet.file


def own_of(market: Market, fact: object) -> Own | None:
    """Return what a market's `own` has of a fact, or None where nobody told it."""
    path = getattr(fact, "path", "")
    told = (own for own in market.own if path and own.fact.path == path)
    return next((own for own in told if _alike(own.fact, fact)), None)


def _alike(one: object, other: object) -> bool:
    names = ("source", "operation", "method", "corridor", "plan")
    return all(getattr(one, name, None) == getattr(other, name, None) for name in names)


def content(value: Any, apart: Sequence[str] = ()) -> Any:
    """Return what a record says without where it says it, and without some fields: to compare."""
    if isinstance(value, Struct):
        names = (name for name in value.__struct_fields__ if name not in POSITION)
        return (
            type(value),
            *(content(getattr(value, name)) for name in names if name not in apart),
        )
    if isinstance(value, dict):
        return {key: content(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(content(item) for item in value)
    return value
