"""How the price of a usage becomes a line of a bill, and what an unknown is taken for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import structs

from walletpick.bill.case import Case
from walletpick.bill.conditions import cover_all
from walletpick.bill.line import Line, LineKind, widened
from walletpick.bill.pricing import Cost, State, alternatives, only_markup, taken_for
from walletpick.bill.rules import asked_by, is_ordinary
from walletpick.facts.model import (
    AverageCharge,
    AverageElsewhere,
    AverageFee,
    AverageOfUse,
    Averages,
    FeeRule,
    Usage,
)
from walletpick.facts.money import NOTHING, ZERO, MoneyRange, Range
from walletpick.facts.vocabulary import RECEIVING_OPERATIONS

# Few who have the app dial a code.
_BY_CODE = "ussd"
# Where too little is known of what is taken for a card, the price of these says more than all ways.
_AS_OTHER_CARDS = {"credit-card": ("card", "debit-card"), "card": ("debit-card",)}


def average_of(line: Line, averages: Averages) -> AverageFee | AverageCharge:
    """Return the average that stands in for what is unknown of a line."""
    if line.average:
        return line.average
    if line.operation in averages.charges:
        return averages.charges[line.operation]
    return _average(line.kind, line.operation, line.method, averages)


def unknown_fee(operation: str, method: str | None, averages: Averages) -> AverageOfUse:
    """Return what an unknown fee is taken for.

    By method where enough is known, a card as another card. Raises KeyError for an operation that
    has no averages.
    """
    by_method = averages.fees_by_method.get(operation, {})
    ways = (method, *_AS_OTHER_CARDS.get(method or "", ()))
    return next((by_method[way] for way in ways if way in by_method), averages.fees[operation])


def _average(kind: LineKind, operation: str, method: str | None, averages: Averages) -> AverageFee:
    if kind == "conversion":
        return averages.conversion
    if kind == "tax":
        return averages.tax
    return unknown_fee(operation, method, averages)


def priced_line(
    case: Case,
    kind: LineKind,
    usage: Usage,
    rules: Sequence[FeeRule],
    state: State,
    fee: Range | None = None,
) -> Line:
    """Return the line that a group of equally specific rules makes for a usage.

    `fee` is what the ordinary rule charges in the year, for taxes on it.
    """
    rules = [rule for rule in rules if not only_markup(rule)] or rules
    costs = alternatives(case, rules, usage, state, usual_average(case, kind, usage), fee)
    return costed_line(case, kind, usage, rules, costs)


def costed_line(
    case: Case, kind: LineKind, usage: Usage, rules: Sequence[FeeRule], costs: Sequence[Cost]
) -> Line:
    """Return a line from alternative rules and what each would charge in the year.

    The estimate is the ordinary rule's: the one without a condition, or else the dearest of
    the alternatives, without that for dialling a code where an app has another; the other
    alternatives only widen the range. Where prices are known of single banks only, or under one
    condition only, the price for everybody else stays unknown.
    """
    unknown = taken_for(case, usual_average(case, kind, usage), usage)
    if not rules:
        return new_line(case, kind, usage, known=False, yearly=unknown)
    pairs = list(zip(rules, costs, strict=True))
    ordinary = [pair for pair in pairs if is_ordinary(case, pair[0])]
    in_app = [pair for pair in pairs if _BY_CODE not in pair[0].given]
    first, cost = max(ordinary or in_app or pairs, key=lambda pair: pair[1].yearly.estimate)
    low = min(cost.yearly.low for cost in costs)
    high = max(cost.yearly.high for cost in costs)
    estimate, known = cost.yearly.estimate, cost.known
    least = bool(ordinary) and not known and first.bound == "at-least"
    if not ordinary and not cover_all(rules):
        # Where the condition does not hold, or at other banks, no tax is known; any other price
        # is unknown.
        low = ZERO
        if kind != "tax":
            estimate = max(estimate, unknown.estimate)
            high, known = max(high, unknown.high), False
    span = Range(min(low, estimate), estimate, max(high, estimate))
    stale = any(case.is_stale(rule) for rule in rules)
    if stale:
        span = aged(case, kind, usage, span)
    listed = (first, *(rule for rule in rules if rule is not first))
    return structs.replace(
        new_line(case, kind, usage, rules=listed, known=known, stale=stale, yearly=span),
        least=least,
    )


def new_line(
    case: Case,
    kind: LineKind,
    usage: Usage,
    *,
    rules: tuple[FeeRule, ...] = (),
    known: bool,
    stale: bool = False,
    yearly: Range,
) -> Line:
    return Line(
        kind=kind,
        operation=usage.operation,
        method=usage.method,
        country=usage.country,
        amount=usage.amount,
        times=usage.times,
        rules=rules,
        asks=asked_by(case, rules),
        known=known,
        stale=stale,
        average=None if known else _unusual_average(case, kind, usage),
        yearly=MoneyRange.of(yearly, case.currency),
        period=case.period,
    )


def usual_average(case: Case, kind: LineKind, usage: Usage) -> AverageFee:
    """Return what an unknown figure of a line is taken for."""
    usual = _average(kind, usage.operation, usage.method, case.catalog.averages)
    return _unusual_average(case, kind, usage) or usual


def _unusual_average(case: Case, kind: LineKind, usage: Usage) -> AverageFee | None:
    """Return what stands in for an unknown figure in place of the usual average, if anything.

    Where the wallets of the country take more than that, they do: silence is not to look better.
    """
    average = _special_average(case, kind, usage)
    home = case.catalog.averages.at_home.get(case.candidate.country)
    if not home or kind != "fee":
        return average
    there = _by_way(home, usage)
    if there is None:
        return average
    usual = average or _average(kind, usage.operation, usage.method, case.catalog.averages)
    dearer = taken_for(case, there, usage).estimate > taken_for(case, usual, usage).estimate
    return there if dearer else average


def _special_average(case: Case, kind: LineKind, usage: Usage) -> AverageFee | None:
    """Return what is known of the wallet elsewhere, of the corridor or of sellers, if anything."""
    averages = case.catalog.averages
    own = averages.elsewhere.get(case.candidate.wallet.id)
    if own and kind != "tax" and (average := _average_elsewhere(case, own, kind, usage)):
        return average
    if usage.operation == "send-abroad" and usage.country and kind != "tax":
        corridor = averages.send_abroad.get(f"{case.candidate.country}-{usage.country}")
        if corridor:
            return corridor.fee if kind == "fee" else corridor.conversion
    if kind == "fee" and "business" in case.people:
        return averages.fees_for_business.get(usage.operation)
    return None


def _average_elsewhere(
    case: Case, own: Mapping[str, AverageElsewhere], kind: LineKind, usage: Usage
) -> AverageFee | None:
    """Return what the wallet takes in other countries for the same; None where that is not told.

    Where its prices there go by the method, that of another method says nothing.
    """
    operation = usage.operation
    if kind == "conversion":
        return own.get(kind)
    if "business" in case.people and operation in RECEIVING_OPERATIONS:
        return own.get(f"{operation}:business")
    return _by_way(own, usage)


def _by_way(averages: Mapping[str, AverageFee], usage: Usage) -> AverageFee | None:
    """Return the average of an operation, by its method where there are any by a method."""
    operation = usage.operation
    if usage.method and any(key.startswith(f"{operation}:") for key in averages):
        return averages.get(f"{operation}:{usage.method}")
    return averages.get(operation)


def aged(case: Case, kind: LineKind, usage: Usage, span: Range) -> Range:
    """Return the range of a figure that rests on an old price.

    What others take by the same method counts; where most take nothing, what they take by any.
    """
    unknown = taken_for(case, usual_average(case, kind, usage), usage)
    if not unknown.estimate:
        by_any = structs.replace(usage, method=None)
        unknown = taken_for(case, usual_average(case, kind, by_any), usage)
    return widened(case, span, unknown)


def raised(line: Line, more: Decimal) -> Line:
    """Return a line whose upper end is higher by so much a year."""
    year = line.yearly
    return structs.replace(line, yearly=structs.replace(year, high=year.high + more))


def lowered(lines: Sequence[Line], less: Decimal) -> list[Line]:
    """Return lines whose lower end in all is lower by so much a year, or nothing."""
    lowered = []
    for line in lines:
        year = line.yearly
        low = max(year.low - less, ZERO)
        less -= year.low - low
        lowered.append(structs.replace(line, yearly=structs.replace(year, low=low)))
    return lowered


def is_empty(line: Line) -> bool:
    """Return whether a line says nothing: no rule, nothing unknown, no money."""
    return line.known and not line.rules and line.yearly == NOTHING
