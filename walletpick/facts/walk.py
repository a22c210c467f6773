"""The facts of a market one by one, each with its section and what makes it the same fact. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from walletpick.facts import model
from walletpick.facts.vocabulary import CLAIM_SECTIONS, ONBOARDING, OWN_FILE, YOU

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
CLAIMS = (*CLAIM_SECTIONS, "channels")
# Sections in which what a wider place says adds to what a narrower one does.
ADDED = ("ratings", "incidents")

# The fields of a record that say where it stands or why, and not what it says.
POSITION = frozenset({"line", "column", "path", "file", "implied_by", "rule"})

_SUPPORT = ("channels", "languages", "complaint", "reply", "escalation")
_ONBOARDING = (*ONBOARDING, "min_age", "max_age", "sign_up")
# The field that is the word of a fact, in sections that are lists of them.
_WORDS = {"plans": "id", "protection": "kind", "incidents": "kind"}

# For what a fact is said, by its kind.
_SCOPE = ("operation", "method", "plan", "corridor", "provider", "for_", "given", "when")
_IDENTITY: dict[type[model.Record], tuple[str, ...]] = {
    model.FeeRule: (*_SCOPE, "tax", "surcharge", "of", "paid_by"),
    model.GiveBack: (*_SCOPE, "balance"),
    model.Limit: (*_SCOPE, "what", "level"),
    model.Protection: ("plan", "given", "when"),
    model.Plan: ("id",),
    model.Escalation: ("body",),
    model.Rating: ("store",),
    model.Incident: ("date",),
    model.Statement: ("text",),
}


class Item(Struct, frozen=True):
    """A fact of a market: its section, its word there ("" where facts have none), the record."""

    section: str
    word: str
    fact: model.Fact | model.FeeRule


def items_of(market: model.Place) -> Iterator[Item]:
    """Yield every sourced record of a market or another place, in the order of the file.

    None that is implied.
    """
    return (item for item in _all_items(market) if not is_implied(item.fact))


def implied_of(market: model.Market) -> Iterator[Item]:
    """Yield every claim of a market that follows from another fact."""
    return (item for item in _all_items(market) if is_implied(item.fact))


def is_implied(fact: object) -> bool:
    """Return whether a fact is not stated, but follows from another."""
    return isinstance(fact, model.Claim) and bool(fact.implied_by)


def _all_items(place: model.Place) -> Iterator[Item]:
    for section in SECTIONS:
        facts = getattr(place.support if section in _SUPPORT else place, section, None)
        if not facts:
            continue
        if isinstance(facts, dict):
            for word, claim in facts.items():
                yield Item(section, word, claim)
        elif isinstance(facts, tuple):
            name = _WORDS.get(section)
            for fact in facts:
                yield Item(section, getattr(fact, name) if name else "", fact)
        elif isinstance(facts, model.Onboarding):
            words = {word: getattr(facts, word) for word in _ONBOARDING}
            yield from (Item(section, word, fact) for word, fact in words.items() if fact)
            yield from (Item(section, "about", statement) for statement in facts.about)
        else:
            yield Item(section, "", facts)


def facts_once(wallet: model.Wallet) -> Iterator[tuple[str, Item]]:
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
    kinds = (names for kind, names in _IDENTITY.items() if isinstance(item.fact, kind))
    return (item.section, item.word, *(getattr(item.fact, name) for name in next(kinds, ())))


def file_of(fact: object, source: model.Source, wallet: model.Wallet) -> str:
    """Return the file in which a fact about a wallet stands: its own, a law's, or the person's."""
    return OWN_FILE if source.publisher == YOU else getattr(fact, "file", "") or wallet.file


def own_of(market: model.Market, fact: object) -> model.Own | None:
    """Return what a market's `own` has of a fact, or None where nobody told it."""

    def told(each: object) -> list[object]:
        names = ("path", "source", "operation", "method", "corridor", "plan")
        return [getattr(each, name, None) for name in names]

    if not market.own or not getattr(fact, "path", ""):
        return None
    return next((own for own in market.own if told(own.fact) == told(fact)), None)


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
