"""What is paid for having an account and its card, whatever is done with it. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from walletpick.bill.case import Case
from walletpick.bill.conditions import holds
from walletpick.bill.line import Line, widened
from walletpick.bill.pricing import bounded
from walletpick.bill.rules import applicable, is_ordinary
from walletpick.facts.model import FeeRule, Usage
from walletpick.facts.money import ZERO, MoneyRange, Range
from walletpick.facts.periods import YEAR


def subscription(case: Case) -> list[Line]:
    """Return the plan's regular charge, at the cheaper of its monthly and its yearly price.

    With it, what is paid once for the plan.
    """
    rules = [
        rule
        for rule in applicable(case, Usage(operation="subscription", amount=ZERO))
        if is_ordinary(case, rule) and not rule.provider and not rule.tax
    ]
    if not rules:
        return [_unknown_charge(case, "subscription")] if case.candidate.plan else []
    # What is said of the plan, or of such a person, counts before what is said of all.
    narrowest = max(_narrowness(rule) for rule in rules)
    lines = [_charge(case, rule) for rule in rules if _narrowness(rule) == narrowest]
    regular = [line for line in lines if line.kind == "subscription"]
    once = [line for line in lines if line.kind == "once" and line.yearly.high > 0]
    return [*sorted(regular, key=lambda line: line.yearly.estimate)[:1], *once]


def _narrowness(rule: FeeRule) -> tuple[bool, bool, bool]:
    return bool(rule.for_), bool(rule.plan), bool(rule.given)


def card(case: Case, draws_cash: bool) -> list[Line]:
    """Return the price of a card where the person wants one or draws cash with one."""
    wanted = "features:physical-card" in (*case.needs.must, *case.needs.wish)
    if not wanted and not draws_cash:
        return []
    usage = Usage(operation="card-issue", amount=ZERO)
    rules = [
        rule
        for rule in applicable(case, usage)
        if rule.when is None and holds(rule.given, case.answers) is True
    ]
    if not rules:
        return [_unknown_charge(case, "card-issue")] if wanted else []
    specific = [rule for rule in rules if rule.given] or [r for r in rules if r.plan] or rules
    # The first card counts; what only a second one costs is not asked for.
    if any(rule.free and rule.free.count for rule in specific):
        return []
    lines = [_charge(case, rule) for rule in specific]
    return [max(lines, key=lambda line: line.yearly.estimate)]


def _charge(case: Case, rule: FeeRule) -> Line:
    """Return the line of one subscription or card price."""
    factor = case.period.months if rule.per == "month" else 1
    low = case.home(rule.fixed or ZERO, rule.currency) * factor
    top = low
    if rule.fixed_max is not None:
        top = case.home(rule.fixed_max, rule.currency) * factor
    # Of an unknown price, what is published is the least.
    bound = "at-least" if rule.price == "unknown" else rule.bound
    span = Range.between(low, top)
    if bound:
        unknown = _average_charge(case, rule.operation)
        span = bounded(bound, span, unknown)
        if rule.price == "unknown":
            estimate = max(span.estimate, unknown.estimate)
            span = Range(span.low, estimate, max(span.high, estimate))
    stale = case.is_stale(rule)
    if stale:
        span = widened(case, span, _average_charge(case, rule.operation))
    regular = rule.operation == "subscription" and (rule.per is not None or not rule.fixed)
    return Line(
        kind="subscription" if regular else "once",
        operation=rule.operation,
        rules=(rule,),
        known=bound != "at-least",
        least=rule.bound == "at-least" and rule.price is None,
        stale=stale,
        yearly=MoneyRange.of(span, case.currency),
        period=case.period,
    )


def _unknown_charge(case: Case, operation: Literal["subscription", "card-issue"]) -> Line:
    """Return the line of a charge that is due and of which nothing is known."""
    return Line(
        kind="subscription" if operation == "subscription" else "once",
        operation=operation,
        known=False,
        yearly=MoneyRange.of(_average_charge(case, operation), case.currency),
        period=case.period,
    )


def _average_charge(case: Case, operation: str) -> Range:
    """Return what an unknown fixed charge is taken for in a year, in the market's currency."""
    average = case.catalog.averages.charges[operation]
    # A subscription is known by the year, and paid for by the month begun.
    share = Decimal(case.period.months if operation == "subscription" else YEAR.months)
    estimate = case.home(average.estimate_usd, "USD") * share / YEAR.months
    high = case.home(average.high_usd, "USD") * share / YEAR.months
    return Range(ZERO, estimate, max(high, estimate))
