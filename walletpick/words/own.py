"""What a person told themselves, beside what the catalog says of the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from walletpick.facts.model import Closing, FeeRule, Limit, Market, Own
from walletpick.facts.places import country_name
from walletpick.facts.target import Target
from walletpick.facts.vocabulary import METHODS
from walletpick.facts.walk import Item, own_of
from walletpick.words.facts import price_words, value_words
from walletpick.words.phrases import (
    PERIODS,
    claim_phrase,
    few_listed,
    figure,
    money,
    operation_phrase,
)

if TYPE_CHECKING:
    from walletpick.person.known import Standing

COUNTED = "Your own facts count (walletpick tell list); --no-own leaves them out."

_PARTS = {
    "percent": "share of the amount",
    "fixed": "fixed charge",
    "min": "least charge",
    "max": "highest charge",
    "fx_markup": "margin over the mid-market exchange rate",
}
_NAMES = {
    "onboarding.min_age": "lowest age",
    "closing.how": "where the account is closed",
    "closing.difficulty": "how hard it is to close the account",
    "reply.days": "days until a complaint is answered",
    "status": "whether it is open",
}


def own_words(own: Own) -> str:
    """Return what was told: "0.41 %"."""
    return value_words(Item(own.section, own.word, own.fact), own.currency)


def others_say(own: Own) -> tuple[str, ...]:
    """Return what the catalog says in its place, where that is something else."""
    mine = own_words(own)
    words = dict.fromkeys(
        value_words(Item(own.section, own.word, fact), own.currency) for fact in own.before
    )
    return tuple(each for each in words if each != mine)


def kept_words(own: Own) -> str:
    """Return which part of a told price is the catalog's: "2.00 GBP a use"; "" where none is."""
    return price_words(own.kept, own.currency) if own.kept else ""


def title_of(target: Target) -> str:
    """Return what a told fact is about, in words: "send money to people at home: percent"."""
    if target.section in ("fees", "limits"):
        done = operation_phrase(target.operation) if target.operation else "everything together"
        parts = [done if target.word != "balance" else "what may lie in it"]
        parts += [METHODS[target.method]] if target.method else []
        parts += [f"(plan {target.plan})"] if target.plan else []
        parts += [f"({country_name(target.country)})"] if target.country else []
        return " ".join(parts) + f": {_part_name(target)}"
    if target.takes == "yes or no":
        return claim_phrase(f"{target.section}:{target.word}", True)
    return _NAMES[target.alone]


def _part_name(target: Target) -> str:
    if target.section == "fees":
        return _PARTS.get(target.word, f"a {target.word}")
    most = {"amount": "at most", "count": "times at most", "least": "at least"}[target.measure]
    return most if target.word == "balance" else f"{most}, {PERIODS[target.word]}"


def market_words(row: Standing) -> str:
    """Return whose fact it is: "Wise (GB)"."""
    return f"{row.wallet.name if row.wallet else row.told.wallet} ({row.told.country})"


def told_words(row: Standing) -> str:
    """Return what was told: "0.41 %", "1.99 GBP", "yes"."""
    if row.target.takes == "money" and row.market and row.own:
        number, _, _ = row.told.value.partition(" ")
        return money(Decimal(number), row.market.currency)
    return row.told.value


def beside_told(row: Standing) -> str:
    """Return what the catalog says of just what was told: "catalog: 0.43 %"."""
    words = catalog_says(row)
    if words == told_words(row):
        words = "the same"
    return f"catalog: {words or 'not known'}"


def noted_words(row: Standing) -> str:
    """Return what was told, beside what the catalog says, as a line."""
    about = f"{market_words(row)}, {title_of(row.target)}"
    return f"{about}. You: {told_words(row)}; {beside_told(row)}."


def idle_words(row: Standing) -> str:
    """Return why what was told changes nothing."""
    if row.market is None:
        return "the catalog does not have this wallet there"
    plans = [plan.id for plan in row.market.plans]
    if row.target.plan not in (None, *plans):
        known = f"its plans are {', '.join(plans)}" if plans else "it has no plans"
        return f'there is no plan "{row.target.plan}" ({known})'
    if row.target.takes == "money" and not row.told.value.endswith(row.market.currency):
        return f"its prices are in {row.market.currency}"
    return "alone it is no price (percent, fixed or fx_markup makes one, with min not above max)"


def catalog_says(row: Standing) -> str:
    """Return what the catalog says of just what was told: "0.43 %"; "" where it says nothing."""
    parts = (_part(row.target, own, fact) for own in row.own for fact in own.before)
    return few_listed(list(dict.fromkeys(filter(None, parts))))


def _part(target: Target, own: Own, fact: Any) -> str:
    """Return what a fact of the catalog says of the part of it that was told."""
    if isinstance(fact, FeeRule) and not (fact.bands or fact.steps):
        part = "fixed" if target.word in ("month", "year") else target.word
        value, most = getattr(fact, part), getattr(fact, f"{part}_max", None)
        if value is None:
            return ""
        if target.takes == "percent":
            return " to ".join(figure(each) for each in (value, most) if each is not None) + " %"
        return money(value, fact.currency or own.currency)
    if isinstance(fact, Limit):
        value = getattr(fact, target.measure)
        return (
            str(value) if target.takes == "number" else money(value, fact.currency or own.currency)
        )
    if isinstance(fact, Closing):
        return getattr(fact, target.word) or ""
    return value_words(Item(own.section, own.word, fact), own.currency)


def beside_words(own: Own) -> str:
    """Return what the catalog says in the place of an own fact: "catalog: 0.43 %".

    "" where it says the same, or nothing.
    """
    words = others_say(own)
    return f"catalog: {few_listed(words)}" if words else ""


def owns_of(market: Market, facts: Sequence[object]) -> list[Own]:
    """Return what was told among facts of a market."""
    return [own for fact in facts if (own := own_of(market, fact))]
