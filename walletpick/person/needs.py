"""What a person wants: filling in defaults, and changing the currency. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import structs

from walletpick.facts import places
from walletpick.facts.bounds import MOST_AMOUNT, MOST_TIMES
from walletpick.facts.model import Needs, Persona, Usage
from walletpick.facts.money import convert
from walletpick.facts.vocabulary import CRITERIA, full_word


def needs_of(persona: Persona) -> Needs:
    """Return the needs of a persona, without what only a persona has."""
    return Needs(**{name: getattr(persona, name) for name in Needs.__struct_fields__})


def joined(usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """Return usages with those in one that are the same in every use, in the order of the first."""
    found: list[Usage] = []
    places: dict[tuple[str, str | None, str | None, Decimal], int] = {}
    for usage in usages:
        key = (usage.operation, usage.method, usage.country, usage.amount / usage.times)
        if key in places:
            first = found[places[key]]
            amount, times = first.amount + usage.amount, first.times + usage.times
            if amount <= MOST_AMOUNT and times <= MOST_TIMES:
                found[places[key]] = structs.replace(first, amount=amount, times=times)
                continue
        places[key] = len(found)
        found.append(usage)
    return tuple(found)


def settled(needs: Needs, default_weights: Mapping[str, Decimal]) -> Needs:
    """Return needs with every default filled in.

    The currency becomes the country's, else US dollars; words carry their family; weights not given
    are the catalog's, and all are normalised to a sum of 1. A criterion that these needs give
    nothing to judge by (`cost` without usages, `coverage` without anything named) weighs nothing.
    """
    currency = needs.currency or _own_currency(needs)
    weights = dict.fromkeys(CRITERIA, Decimal(0)) | dict(default_weights) | dict(needs.weights)
    if not needs.use:
        weights["cost"] = Decimal(0)
        if not (needs.wish or needs.have or needs.platform):
            weights["coverage"] = Decimal(0)
    total = sum(weights.values())
    if not total:
        weights["security"] = total = Decimal(1)
    return structs.replace(
        needs,
        currency=currency,
        must=tuple(dict.fromkeys(full_word(word) for word in needs.must)),
        wish=tuple(dict.fromkeys(full_word(word) for word in needs.wish)),
        weights={name: weight / total for name, weight in weights.items()},
    )


def in_currency(usage: Usage, start: str, end: str, per_usd: Mapping[str, Decimal]) -> Usage:
    """Return the usage with its amount in another currency. Raises UnknownRate."""
    return structs.replace(usage, amount=convert(usage.amount, start, end, per_usd))


def move_to_currency(
    needs: Needs, currency: str | None, per_usd: Mapping[str, Decimal], rough: bool = False
) -> Needs:
    """Return needs with their amounts in another currency. Raises UnknownRate.

    `rough` rounds each amount to two digits: 200 dollars of a ready-made need are 13,000 pesos and
    not 12,735.94.
    """
    start = needs.currency or _own_currency(needs)
    if currency is None or (currency == start and needs.currency):
        return needs
    use = [in_currency(usage, start, currency, per_usd) for usage in needs.use]
    keep = None if needs.keep is None else convert(needs.keep, start, currency, per_usd)
    if rough and currency != start:
        use = [structs.replace(usage, amount=_two_digits(usage.amount)) for usage in use]
        keep = None if keep is None else _two_digits(keep)
    return structs.replace(needs, currency=currency, use=tuple(use), keep=keep)


def _two_digits(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1)) + 0


def _own_currency(needs: Needs) -> str:
    """Return the currency of the needs' country; US dollars without one, as in Antarctica."""
    return (needs.country and places.currency_of(needs.country)) or "USD"
