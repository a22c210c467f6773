"""Where the cheapest wallet changes, and whose price is not known there, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from walletpick.answers.vary import Stretch, Variation
from walletpick.facts.money import rounded
from walletpick.facts.periods import period_of
from walletpick.facts.places import country_name
from walletpick.words.bills import among_words
from walletpick.words.causes import causes_words
from walletpick.words.common import first_upper
from walletpick.words.phrases import (
    a_month,
    figure,
    listed,
    method_phrase,
    money,
    operation_phrase,
)

# More changes than these are told one by one.
_IN_A_SENTENCE = 3


def varied_words(variation: Variation) -> str:
    """Return what varies: "Send money to people abroad (Mexico), 50.00 to 2,000.00 USD a month"."""
    varied, needs = variation.varied, variation.needs
    usage, often = varied.usage, a_month(period_of(needs.for_))
    assert needs.currency
    words = first_upper(operation_phrase(usage.operation))
    if usage.country:
        words += f" ({country_name(usage.country)})"
    if usage.method:
        words += f" {method_phrase(usage.operation, usage.method)}"
    if varied.of == "times":
        each = "each time" if varied.each else "in all"
        sum_ = f"{money(usage.amount, needs.currency)} {each}"
        return f"{words}, {varied.low} to {varied.high} times {often}, {sum_}"
    low = f"{rounded(varied.low, needs.currency):,f}"
    words += f", {low} to {money(varied.high, needs.currency)} {often}"
    return words if usage.times == 1 else f"{words} in {usage.times} uses"


def value_words(variation: Variation, value: Decimal) -> str:
    """Return a value of what varies: "340.00 USD", "1 time", "12 times"."""
    if variation.varied.of == "times":
        return f"{value} time{'' if value == 1 else 's'}"
    assert variation.needs.currency
    return money(value, variation.needs.currency)


def cheapest_words(variation: Variation) -> list[str]:
    """Return who is cheapest from where to where: one sentence, or a line for each of many.

    Of one wallet there is nothing to say.
    """
    stretches = variation.stretches
    if len(variation.markets) == 1:
        return []
    often = a_month(period_of(variation.needs.for_))
    if len(stretches) == 1:
        (only,) = stretches
        if not only.cheapest:
            return [
                "No price is known in full of any that can do it, so none can be called cheapest."
            ]
        return [f"{_cheapest(variation, only)} throughout."]
    if len(stretches) <= _IN_A_SENTENCE + 1 and all(each.cheapest for each in stretches):
        first, *middle, last = stretches
        until = value_words(variation, first.high)
        parts = [f"{_cheapest(variation, first)} up to {until} {often}"]
        parts += (
            f"then {_names(variation, each)} up to {value_words(variation, each.high)}"
            for each in middle
        )
        return [f"{', '.join(parts)}, then {_names(variation, last)}."]
    return [
        f"{first_upper(_reach(variation, each.low, each.high))}: "
        + (
            _cheapest(variation, each)
            if each.cheapest
            else "of none that can do it is the price known in full"
        )
        for each in stretches
    ]


def change_words(variation: Variation, stretch: Stretch) -> str:
    """Return who is cheapest from the beginning of a stretch on."""
    start = value_words(variation, stretch.low)
    return f"From {start} on: {_cheapest(variation, stretch)}"


def uncounted_words(variation: Variation) -> Iterator[str]:
    """Yield of which wallets it cannot be said that they are cheapest, where, and why not.

    And whose price holds among its own users alone.
    """
    for number in range(len(variation.markets)):
        for state, reason in (("unknown", "its price is not known in full"), ("cannot", "")):
            spans = [each for each in variation.left_out(number) if each.state == state]
            if not spans:
                continue
            where = listed([_span(variation, each.low, each.high) for each in spans])
            out = "is not counted" if len(variation.markets) > 1 else ""
            head = " ".join(filter(None, (market_name(variation, number), out, where)))
            seen = _seen_elsewhere(variation, number) if state == "unknown" else ""
            yield f"{head}: {reason or _cannot(variation, number)}{seen}."
    for number, (wallet, _) in enumerate(variation.markets):
        lines = (line for each in variation.points for line in each.judgements[number].bill.lines)
        among = dict.fromkeys(line.operation for line in lines if line.among_users)
        for operation in among:
            yield f"The price counted is {among_words(operation, wallet.name)}."


def _seen_elsewhere(variation: Variation, number: int) -> str:
    """Return for which amounts a survey saw a price, where it saw it too far from some; else ""."""
    for point in variation.points:
        for line in point.judgements[number].bill.lines:
            if line.far:
                amounts = listed([figure(quote.usd) for quote in line.far.points])
                return f" ({line.far.head.by} saw it for {amounts} USD alone)"
    return ""


def market_name(variation: Variation, number: int) -> str:
    """Return the name of a wallet, with the country where there are several."""
    wallet, country = variation.markets[number]
    several = len({code for _, code in variation.markets}) > 1
    return f"{wallet.name} ({country})" if several else wallet.name


def _cheapest(variation: Variation, stretch: Stretch) -> str:
    if len(stretch.cheapest) == 1:
        return f"{_names(variation, stretch)} is cheapest"
    return f"{_names(variation, stretch)} are cheapest and cost the same"


def _names(variation: Variation, stretch: Stretch) -> str:
    return listed([market_name(variation, number) for number in stretch.cheapest])


def _span(variation: Variation, low: Decimal, high: Decimal) -> str:
    """Return a part of the range: "up to 99.99 USD", "from 1,000.01 USD on"; "" for all of it."""
    from_start, to_end = low == variation.varied.low, high == variation.varied.high
    if from_start and to_end:
        return ""
    if from_start:
        return f"up to {value_words(variation, high)}"
    if to_end:
        return f"from {value_words(variation, low)} on"
    return _reach(variation, low, high)


def _reach(variation: Variation, low: Decimal, high: Decimal) -> str:
    """Return a part of the range: "from 100.00 to 340.00 USD", "at 12 times"."""
    first, last = value_words(variation, low), value_words(variation, high)
    return f"at {first}" if low == high else f"from {first.partition(' ')[0]} to {last}"


def _cannot(variation: Variation, number: int) -> str:
    """Return why a wallet cannot do it, where a value that is shown says so."""
    for point in variation.points:
        if causes := point.judgements[number].obstacles:
            return causes_words(causes)
    return "it cannot do it"
