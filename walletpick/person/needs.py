"""What a person wants: reading words of must-haves and wishes, and filling in defaults. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import structs

from walletpick.facts import places
from walletpick.facts.model import Needs, Usage
from walletpick.facts.money import convert
from walletpick.facts.vocabulary import CLAIM_FAMILIES, CRITERIA

# The least and the most that anybody moves in a month, in any currency.
LEAST_AMOUNT, MOST_AMOUNT = Decimal("0.0001"), 10**15
# The most usages, and the most words, banks or people of one kind.
MOST_OF_A_KIND = 200
# The most uses a month of all usages together: the cost of each is looked at.
MOST_USES = 20_000
# The most characters of a number.
MOST_DIGITS = 30
# The most times a month that a usage happens.
MOST_TIMES = 1000


def families_of(word: str) -> list[str]:
    """Return the families that a bare word of a claim stands in, in the order of the vocabulary."""
    return [family for family, words in CLAIM_FAMILIES.items() if word in words]


def word_problem(word: str) -> str | None:
    """Return what is wrong with a must-have or wish as written, or None."""
    from difflib import get_close_matches

    family, _, bare = word.rpartition(":")
    if family and family not in CLAIM_FAMILIES:
        return f'unknown family "{family}" in "{word}"; the families are: ' + ", ".join(
            CLAIM_FAMILIES
        )
    if family:
        if bare in CLAIM_FAMILIES[family]:
            return None
        known: Iterable[str] = (f"{family}:{w}" for w in CLAIM_FAMILIES[family])
    else:
        found = families_of(word)
        if len(found) == 1:
            return None
        if found:
            choices = " or ".join(f"{name}:{word}" for name in found)
            return f'"{word}" has several meanings: write {choices}'
        known = all_words()
    close = get_close_matches(word, list(known), n=3, cutoff=0.5)
    hint = f"; the nearest are: {', '.join(close)}" if close else ""
    return f'unknown word "{word}"{hint}'


def full_word(word: str) -> str:
    """Return a word with its family: "pay-nfc" -> "features:pay-nfc". The word must be known."""
    return word if ":" in word else f"{families_of(word)[0]}:{word}"


def all_words() -> list[str]:
    """Return every word that --must and --wish take, with the family where two share it."""
    words = []
    for family, table in CLAIM_FAMILIES.items():
        words += [w if len(families_of(w)) == 1 else f"{family}:{w}" for w in table]
    return words


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
    if rough and currency != start:
        use = [structs.replace(usage, amount=_two_digits(usage.amount)) for usage in use]
    return structs.replace(needs, currency=currency, use=tuple(use))


def _two_digits(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1)) + 0


def _own_currency(needs: Needs) -> str:
    """Return the currency of the needs' country; US dollars without one, as in Antarctica."""
    return (needs.country and places.currency_of(needs.country)) or "USD"
