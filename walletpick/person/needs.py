"""What a person wants: filling in defaults, and changing the currency. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from msgspec import field, structs

from walletpick.facts import places
from walletpick.facts.bounds import LEAST_AMOUNT, MOST_AMOUNT, MOST_TIMES
from walletpick.facts.model import Needs, Persona, Settings, Usage, UsualAmounts
from walletpick.facts.money import ZERO, UnknownRate, convert, two_digits
from walletpick.facts.periods import length_of, period_of
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    ADULT,
    CRITERIA,
    INCOMING_OPERATIONS,
    full_word,
)

# What a shop's wallet has to do, and how often shops are paid at least: uses a month.
SALES = "features:merchant-acceptance"
OFTEN = 20
# What is said twice of these, by a persona and by an option, counts once.
_ONCE = ("have", "person", "given", "bank")


class Settled(Needs, frozen=True, kw_only=True):
    """Needs with every default filled in: the weights are shares of the score and sum to 1.

    Only `settled` makes them. Weights that a person gives are steps, 0 to 5, whatever they sum to:
    these are `steps`.
    """

    steps: dict[str, Decimal] = field(default_factory=dict)


def needs_of(persona: Persona) -> Needs:
    """Return the needs of a persona, without what only a persona has."""
    return Needs(**{name: getattr(persona, name) for name in Needs.__struct_fields__})


def joined(usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """Return usages with those in one that are the same in every use, in the order of the first."""
    merged: list[Usage] = []
    places: dict[tuple[str, str | None, str | None, Decimal], int] = {}
    for usage in usages:
        key = (usage.operation, usage.method, usage.country, usage.amount / usage.times)
        if key in places:
            first = merged[places[key]]
            amount, times = first.amount + usage.amount, first.times + usage.times
            if amount <= MOST_AMOUNT and times <= MOST_TIMES:
                merged[places[key]] = structs.replace(first, amount=amount, times=times)
                continue
        places[key] = len(merged)
        merged.append(usage)
    return tuple(merged)


def is_incoming(usage: Usage) -> bool:
    """Return whether a usage brings money in."""
    return usage.operation in INCOMING_OPERATIONS


def is_sale(usage: Usage, person: Sequence[str]) -> bool:
    """Return whether a usage is what the customers of a business pay: it is paid as often as shops.

    By which way is not said; whoever names one knows how the money comes.
    """
    paid = usage.operation == "receive" and usage.method is None
    return paid and usage.times >= OFTEN and "business" in person


def is_spent(usage: Usage) -> bool:
    """Return whether a usage takes money away, and neither brings it nor changes its currency."""
    return not is_incoming(usage) and usage.operation != "convert"


def fitted(kept: Iterable[Usage], base: Sequence[Usage], now: Sequence[Usage]) -> tuple[Usage, ...]:
    """Return what is kept of ready-made uses, `base`, beside those `now`, which replace the rest.

    Where other money comes in by these than the ready-made uses have, as much more or less goes
    out: no more than the size of that counts, and it is rounded down.
    """
    kept = tuple(kept)
    replaced = {usage.operation for usage in base if usage not in kept}
    came = [each.amount for each in filter(is_incoming, base)]
    comes = [each.amount for each in filter(is_incoming, (*kept, *now))]
    if replaced.isdisjoint(INCOMING_OPERATIONS) or not comes:
        return kept
    share = sum(comes, ZERO) / sum(came, ZERO)
    return tuple(_sized(each, share) if is_spent(each) and share != 1 else each for each in kept)


def for_the_stay(kept: Iterable[Usage], usual: str, stay: str) -> tuple[Usage, ...]:
    """Return what is done in a stay of `usual` length as it is done in one of `stay`, "2 weeks".

    Each use is as large, and there are as many more or fewer of them, one at least.
    """
    share = Decimal(period_of(stay).days) / period_of(usual).days
    return tuple(
        structs.replace(each, amount=each.amount / each.times * times, times=times)
        for each in kept
        for times in (min(max(1, round(each.times * share)), MOST_TIMES),)
    )


def _sized(usage: Usage, share: Decimal) -> Usage:
    amount = usage.amount * share
    size = amount.quantize(Decimal(1).scaleb(amount.adjusted() - 2), ROUND_FLOOR) + 0
    return structs.replace(usage, amount=min(max(size, LEAST_AMOUNT), MOST_AMOUNT))


def settled(needs: Needs, settings: Settings) -> Settled:
    """Return needs with every default filled in.

    The currency becomes the country's, else US dollars; words carry their family; weights not given
    follow from the usages, and all become shares of the score, which sum to 1 (see `share_of`).
    Cost weighs nothing without usages, which are all that it is judged by. What is said twice
    counts once, and what must be is no wish besides. What is settled stays as it is.
    """
    must = tuple(dict.fromkeys(full_word(word) for word in needs.must))
    wish = dict.fromkeys(full_word(word) for word in needs.wish)
    filled = {
        "currency": currency_of(needs),
        "for_": length_of(needs.for_) if needs.for_ else None,
        "must": must,
        "wish": tuple(word for word in wish if word not in must),
        **{name: tuple(dict.fromkeys(getattr(needs, name))) for name in _ONCE},
        "weights": needs.weights if isinstance(needs, Settled) else _shares(needs, settings),
        "steps": needs.steps if isinstance(needs, Settled) else needs.weights,
    }
    kept = {name: getattr(needs, name) for name in Needs.__struct_fields__}
    return Settled(**kept | filled)


def _shares(needs: Needs, settings: Settings) -> dict[str, Decimal]:
    """Return the share of the score that each criterion has for these needs."""
    shares = {name: share_of(weight) for name, weight in steps_of(needs, settings).items()}
    total = sum(shares.values())
    if not total:
        shares["security"] = total = Decimal(1)
    return {name: share / total for name, share in shares.items()}


def steps_of(needs: Needs, settings: Settings) -> dict[str, Decimal]:
    """Return what each criterion weighs, 0 to 5, for needs, settled or not.

    Of settled ones, only how much one counts beside another is known: what counts most is a 5.
    """
    if isinstance(needs, Settled):
        most = max(needs.weights.values())
        return {name: weight_of(share, most) for name, share in needs.weights.items()}
    weights = usual_weights(needs.use, settings) | dict(needs.weights)
    if not needs.use:
        weights["cost"] = ZERO
    return weights


def usual_weights(use: Sequence[Usage], settings: Settings) -> dict[str, Decimal]:
    """Return the weight of each criterion, 0 to 5, for somebody who says no more than these usages.

    It is the mean over what is done, however often.
    """
    done = dict.fromkeys(usage.operation for usage in use)
    rows = [dict(settings.default_weights) | dict(settings.weights_by_use.get(o, {})) for o in done]
    rows = rows or [dict(settings.default_weights)]
    return {name: sum((row.get(name, ZERO) for row in rows), ZERO) / len(rows) for name in CRITERIA}


def share_of(weight: Decimal) -> Decimal:
    """Return what a weight of 0 to 5 counts, 0 to 31: a step counts about as twice the one below.

    What matters most would else hardly count more than what matters: with eight criteria, the step
    from 4 to 5 would be one part in twenty.
    """
    return Decimal(2) ** weight - 1


def step_of(share: Decimal) -> Decimal:
    """Return the weight, 0 to 5, that counts so much, 0 to 31."""
    return (1 + share).ln() / Decimal(2).ln()


def weight_of(share: Decimal, most: Decimal) -> Decimal:
    """Return the weight, 0 to 5, that counts `share` where `most` counts as 5 does."""
    return step_of(share_of(Decimal(5)) * share / most)


def in_currency(usage: Usage, start: str, end: str, per_usd: Mapping[str, Decimal]) -> Usage:
    """Return the usage with its amount in another currency. Raises UnknownRate."""
    return structs.replace(usage, amount=convert(usage.amount, start, end, per_usd))


def move_to_currency(
    needs: Needs, currency: str | None, per_usd: Mapping[str, Decimal], rough: bool
) -> Needs:
    """Return needs with their amounts in another currency. Raises UnknownRate.

    `rough` rounds each amount to two digits: 200 dollars of a ready-made need are 13,000 pesos and
    not 12,735.94.
    """
    start = currency_of(needs)
    if currency is None or (currency == start and needs.currency):
        return needs
    use = [in_currency(usage, start, currency, per_usd) for usage in needs.use]
    keep = None if needs.keep is None else convert(needs.keep, start, currency, per_usd)
    if rough and currency != start:
        use = [structs.replace(usage, amount=two_digits(usage.amount)) for usage in use]
        keep = None if keep is None else two_digits(keep)
    return structs.replace(needs, currency=currency, use=tuple(use), keep=keep)


def currency_of(needs: Needs) -> str:
    """Return the currency of the needs' amounts: without one, their country's, else US dollars."""
    own = places.currency_of(needs.country) if needs.country else ""
    return needs.currency or own or "USD"


def one_currency(currencies: Iterable[str], needs: Needs) -> str:
    """Return the currency that all of these are, or where they are several, that of the needs."""
    several = set(currencies)
    return several.pop() if len(several) == 1 else currency_of(needs)


def far_from_usual(
    needs: Needs, usual: UsualAmounts, per_usd: Mapping[str, Decimal]
) -> Iterator[tuple[Usage, Decimal]]:
    """Yield each usage whose amount is far from what people move, and that in US dollars.

    Of an amount that is usual in all, but tiny at each use, that of one use is told.
    """
    for usage in needs.use:
        try:
            dollars = convert(usage.amount, currency_of(needs), "USD", per_usd)
        except UnknownRate:
            continue
        abroad = usage.operation in ABROAD_OPERATIONS
        least = usual.least_abroad_usd if abroad else usual.least_usd
        if not least <= dollars <= usual.most_usd:
            yield usage, dollars
        elif dollars / usage.times < usual.least_each_usd:
            yield usage, dollars / usage.times


def is_minor(needs: Needs) -> bool:
    """Return whether the person said that they are under age."""
    return "minor" in needs.person if needs.age is None else needs.age < ADULT
