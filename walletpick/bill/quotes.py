"""Prices that a survey saw, in the place of a tariff that nobody published. Pure.

A quote is of one service, one way to pay and one amount. It prices its own corridor: exactly at the
amounts that were asked for, between them by the straight line from one sum to the other, and near
them inside two bounds; farther away it says nothing. The formulas are those of `docs/method.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from walletpick.bill.case import Case
from walletpick.bill.rules import can_use
from walletpick.facts.model import FeeRule, Quote, Quoted, SurveyHead, Usage
from walletpick.facts.money import HUNDRED, ZERO, Range
from walletpick.facts.vocabulary import YOU

# A quote is taken to hold from a tenth of the least amount that was asked for to ten times the
# most: its range, from all of a fee being fixed to nothing of it, says how little is known there.
NEAR = 10

# A survey says "from a bank account", which is either.
FROM_BANK = ("bank-linked", "bank-transfer")


class SurveyPrice(Struct, frozen=True, kw_only=True):
    """What a survey saw of a usage by one way to pay, for a year, in the market's currency.

    `services` has the one that gives the estimate first. `fee` and `margin` (what the exchange rate
    costs) are parts of one price.
    """

    services: tuple[Quoted, ...]
    fee: Range
    margin: Range


def ways_seen(case: Case, usage: Usage) -> list[str]:
    """Return the ways to pay, open to the person, by which a survey saw the usage's corridor."""
    ways: dict[str, None] = {}
    for quote in _quotes(case, usage)[1]:
        alike = (quote.method, *FROM_BANK) if quote.method in FROM_BANK else (quote.method,)
        ways.update(dict.fromkeys([way for way in alike if can_use(case, way)][:1]))
    return list(ways)


def seen(case: Case, usage: Usage) -> SurveyPrice | None:
    """Return what a survey saw of a usage by its method, or None where that says nothing of it.

    Of several services alike the dearest is the estimate: a cheaper one may be slower, or an offer
    for a first transfer. Raises UnknownRate.
    """
    head, quotes = _quotes(case, usage)
    quotes = [quote for quote in quotes if _is_by(quote, usage.method)]
    if head is None or not quotes:
        return None
    services = _services(head, quotes)
    each = case.away(usage.amount / usage.times, "USD")
    factor = case.whole(usage.amount) / each if each else ZERO
    spans = []
    for service in services:
        fee = _fee_at(each, [(quote.usd, quote.fee_percent) for quote in service.points])
        margin = _margin_at(each, [(quote.usd, rate_cost(quote)) for quote in service.points])
        spans.append((fee.times(factor), margin.times(factor), service))
    spans.sort(key=lambda span: (span[0] + span[1]).estimate, reverse=True)
    return SurveyPrice(
        services=tuple(service for _, _, service in spans),
        fee=_hull([fee for fee, _, _ in spans]),
        margin=_hull([margin for _, margin, _ in spans]),
    )


def too_far(case: Case, usage: Usage) -> Quoted | None:
    """Return the dearest service that a survey saw of a usage, for amounts too far from its own.

    None where a survey prices it, or saw nothing of it by its method. Raises UnknownRate.
    """
    if usage.operation != "send-abroad" or usage.country is None or _quotes(case, usage)[1]:
        return None
    for head, listed in case.catalog.quotes_of(case.candidate.wallet.id, case.candidate.country):
        quotes = [
            quote
            for quote in listed
            if quote.to == usage.country
            and (_is_by(quote, usage.method) if usage.method else can_use(case, quote.method))
        ]
        if quotes:
            # By one way, as a price is: that of the first.
            return _services(head, [q for q in quotes if _is_by(q, quotes[0].method)])[-1]
    return None


def _services(head: SurveyHead, quotes: Sequence[Quote]) -> list[Quoted]:
    """Return the services that quotes of one way to pay are of, the cheapest first."""
    points: dict[Decimal, list[Quote]] = {}
    for quote in quotes:
        points.setdefault(quote.usd, []).append(quote)
    alike = [sorted(points[usd], key=whole_cost) for usd in sorted(points)]
    # The cheapest at one amount belongs with the cheapest at the other, and so on upwards.
    count = max(map(len, alike))
    return [
        Quoted.made_of(head, tuple(listed[min(place, len(listed) - 1)] for listed in alike))
        for place in range(count)
    ]


def is_official(case: Case, rules: Sequence[FeeRule]) -> bool:
    """Return whether rules are what the operator, an authority or the person says."""
    return bool(rules) and all(
        case.candidate.source_of(rule).publisher in ("operator", "regulator", YOU) for rule in rules
    )


def is_told(case: Case, rules: Sequence[FeeRule]) -> bool:
    """Return whether any rule is a price that the person told."""
    return any(case.candidate.source_of(rule).publisher == YOU for rule in rules)


def _quotes(case: Case, usage: Usage) -> tuple[SurveyHead | None, list[Quote]]:
    """Return the quotes of a usage's corridor in the newest survey that asked for such amounts."""
    if usage.operation != "send-abroad" or usage.country is None:
        return None, []
    candidate = case.candidate
    each = case.away(usage.amount / usage.times, "USD")
    for head, listed in case.catalog.quotes_of(candidate.wallet.id, candidate.country):
        quotes = [quote for quote in listed if quote.to == usage.country]
        amounts = [quote.usd for quote in quotes]
        if amounts and min(amounts) / NEAR <= each <= max(amounts) * NEAR:
            return head, quotes
    return None, []


def _is_by(quote: Quote, method: str | None) -> bool:
    return quote.method == method or (quote.method in FROM_BANK and method in FROM_BANK)


def rate_cost(quote: Quote) -> Decimal:
    """Return what the exchange rate costs; one better than that between banks is no gain."""
    return max(quote.margin_percent, ZERO)


def whole_cost(quote: Quote) -> Decimal:
    """Return what fee and exchange rate cost together, in percent of the amount."""
    return quote.fee_percent + rate_cost(quote)


# Points are rising amounts, each with the share of it that it costs, in percent.
Points = Sequence[tuple[Decimal, Decimal]]


def _fee_at(amount: Decimal, points: Points) -> Range:
    """Return the fee of an amount.

    Outside the amounts asked for it is between that of the nearest (as if all of it were fixed) and
    its share (as if none were): there the estimate is on the line of the two nearest, or at the
    dear end where there are no two.
    """
    inside = _between(amount, points)
    if inside is not None:
        return Range.exactly(inside)
    below = amount < points[0][0]
    at, share = points[0 if below else -1]
    low, high = sorted((at * share / HUNDRED, amount * share / HUNDRED))
    if len(points) == 1:
        return Range(low, high, high)
    line = _on_line(amount, *(points[:2] if below else points[-2:]))
    return Range(low, min(max(line, low), high), high)


def _margin_at(amount: Decimal, points: Points) -> Range:
    """Return what the exchange rate costs, which has no fixed part: outside, the nearest share."""
    inside = _between(amount, points)
    if inside is None:
        inside = amount * points[0 if amount < points[0][0] else -1][1] / HUNDRED
    return Range.exactly(inside)


def _between(amount: Decimal, points: Points) -> Decimal | None:
    """Return what an amount costs at one asked for, or between two; None outside."""
    for at, share in points:
        if at == amount:
            return at * share / HUNDRED
    for lower, upper in pairwise(points):
        if lower[0] < amount < upper[0]:
            return _on_line(amount, lower, upper)
    return None


def _on_line(
    amount: Decimal, lower: tuple[Decimal, Decimal], upper: tuple[Decimal, Decimal]
) -> Decimal:
    """Return what an amount costs on the straight line from one sum to another."""
    (low, low_share), (high, high_share) = lower, upper
    start, end = low * low_share / HUNDRED, high * high_share / HUNDRED
    return start + (end - start) * (amount - low) / (high - low)


def _hull(spans: Sequence[Range]) -> Range:
    """Return the range of all services; the first gives the estimate."""
    return Range(
        min(span.low for span in spans), spans[0].estimate, max(span.high for span in spans)
    )
