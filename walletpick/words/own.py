"""What a person told themselves, beside what the catalog says of the same. Pure."""

from __future__ import annotations

from walletpick.facts.model import Market, Own
from walletpick.facts.overlay import own_of
from walletpick.facts.walk import Item
from walletpick.words.facts import value_words
from walletpick.words.phrases import few_listed


def own_words(own: Own, currency: str) -> str:
    """Return what was told: "0.41 %"."""
    return value_words(Item(own.section, own.word, own.fact), currency)


def others_say(own: Own, currency: str) -> tuple[str, ...]:
    """Return what the catalog says in its place, where that is something else."""
    mine = own_words(own, currency)
    words = dict.fromkeys(
        value_words(Item(own.section, own.word, fact), currency) for fact in own.before
    )
    return tuple(each for each in words if each != mine)


def beside_words(market: Market, fact: object) -> str:
    """Return what the catalog says in the place of an own fact: "the catalog has 0.43 %".

    "" for what nobody told, and where the catalog says the same, or nothing.
    """
    own = own_of(market, fact)
    words = others_say(own, market.currency) if own else ()
    return f"the catalog has {few_listed(words)}" if words else ""
