"""What a market gives back: cashback, interest, a first use that is free. Pure.

It is the other side of a bill: a sum below zero, on a line of its own. What holds only under a
condition may be nothing, so it never lowers an estimate. What is for new customers, or ends, is an
offer: it counts in the first year and in no comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from walletpick.bill.case import Case, corridor_rank, method_rank
from walletpick.bill.conditions import bank_fits, holds
from walletpick.bill.observe import Candidate
from walletpick.bill.pricing import Spent, State
from walletpick.bill.rules import asked_by
from walletpick.facts.ages import latest_day
from walletpick.facts.model import GiveBack, Usage
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, Range
from walletpick.facts.periods import DAYS, YEAR, Period

_NEW = "new-customer"


class Given(Struct, frozen=True, kw_only=True):
    """What is given back for one usage, or as interest (then without an operation).

    `yearly` is of the first year, or of the stay, and not above zero. `rules` are what it rests on,
    the one that gives the estimate first. `until` is the day on which an offer ends, where that is
    known. `asks` are conditions of them that the person has not answered.
    """

    operation: str | None
    method: str | None = None
    country: str | None = None
    amount: Decimal
    times: int = 0
    rules: tuple[GiveBack, ...]
    asks: tuple[str, ...] = ()
    offer: bool
    until: str | None = None
    stale: bool
    yearly: MoneyRange
    period: Period = YEAR

    @property
    def currency(self) -> str:
        """The market's currency."""
        return self.yearly.currency

    @property
    def monthly(self) -> MoneyRange:
        """The average month of the first year."""
        return self.yearly.times(Decimal(1) / self.period.months)


def given_back(case: Case, usage: Usage, fee: Range, state: State) -> list[Given]:
    """Return what is given back for a usage by its method, first what lasts, then offers.

    `usage` is in the market's currency, a month; `fee` is what it is charged in a year. What was
    given is written down in `state`. Raises UnknownRate.
    """
    rules = [
        rule
        for rule in case.market.gives_back
        if rule.operation == usage.operation
        and method_rank(rule.method, usage.method) is not None
        and corridor_rank(case, rule.corridor, usage) is not None
        and _is_meant(case, rule)
    ]
    return _gifts(case, usage, rules, lambda rule: _of_usage(case, rule, usage, fee, state))


def interest(case: Case, balance: Decimal) -> list[Given]:
    """Return what is given for money that lies in the wallet, in the market's currency."""

    def year_of(rule: GiveBack) -> Range:
        whole = (rule.percent or ZERO) / HUNDRED * balance
        days = min(case.period.days, _months(case, rule) * DAYS)
        year = whole * days / YEAR.days
        if rule.cap is not None:
            year = min(year, _year_of_cap(case, rule))
        return _certain(case, rule, Range.exactly(year))

    rules = [rule for rule in case.market.gives_back if rule.balance and _is_meant(case, rule)]
    return _gifts(case, Usage(operation="", amount=balance), rules, year_of)


def _gifts(
    case: Case, usage: Usage, rules: Sequence[GiveBack], year_of: Callable[[GiveBack], Range]
) -> list[Given]:
    """Return what rules give in a year, first what lasts, then offers.

    Operators seldom add up what they give, so of several the best counts.
    """
    gifts = []
    for offers in (False, True):
        alike = [rule for rule in rules if _is_offer(case, rule) == offers]
        sums = [year_of(rule) for rule in alike]
        if any(each.high for each in sums):
            gifts.append(_given(case, usage, alike, sums))
    return gifts


def lacks_interest(candidate: Candidate) -> bool:
    """Return whether what is kept there has no interest on record, on any plan or condition."""
    interest = any(rule.balance for rule in candidate.market.gives_back)
    return candidate.holds_balance and not interest


def has_ended(rule: GiveBack, today: date) -> bool:
    """Return whether an offer is over."""
    return rule.until is not None and latest_day(rule.until) < today


def _is_meant(case: Case, rule: GiveBack) -> bool:
    """Return whether it is for the plan and the person, who is taken for a new customer."""
    people = case.people | {_NEW}
    return (
        (not rule.plan or case.candidate.plan in rule.plan)
        and (not rule.for_ or not people.isdisjoint(rule.for_))
        and holds(rule.given, case.answers) is not False
    )


def _is_offer(case: Case, rule: GiveBack) -> bool:
    """Return whether something is given to the person as a new customer alone, or for a time."""
    new = _NEW in rule.for_ and (case.people - {_NEW}).isdisjoint(rule.for_)
    return new or bool(rule.until or rule.months or rule.uses)


def _given(case: Case, usage: Usage, rules: Sequence[GiveBack], sums: Sequence[Range]) -> Given:
    pairs = sorted(
        zip(rules, sums, strict=True), key=lambda pair: (-pair[1].estimate, -pair[1].high)
    )
    first = pairs[0][0]
    return Given(
        operation=usage.operation or None,
        method=usage.method,
        country=usage.country,
        amount=usage.amount,
        times=usage.times if usage.operation else 0,
        rules=tuple(rule for rule, _ in pairs),
        asks=asked_by(case, (rule for rule, _ in pairs)),
        offer=_is_offer(case, first),
        until=first.until,
        stale=any(case.is_stale(rule) for rule in rules),
        period=case.period,
        yearly=-MoneyRange(
            max(each.low for each in sums),
            max(each.estimate for each in sums),
            max(each.high for each in sums),
            case.currency,
        ),
    )


def _of_usage(case: Case, rule: GiveBack, usage: Usage, fee: Range, state: State) -> Range:
    """Return what a rule gives back for a usage in the first year, above zero."""
    each = usage.amount / usage.times
    fixed = case.home(rule.fixed or ZERO, rule.currency)
    share = (rule.percent or ZERO) / HUNDRED
    if rule.of == "fee":
        charged = fee.times(1 / case.whole(Decimal(usage.times)))
        once = Range(*(share * at + fixed for at in charged.ends))
    else:
        once = Range.exactly(share * each + fixed)
    low, middle, high = (
        _first_year(case, rule, usage.times, at, state, end)
        for at, end in ((once.low, "low"), (once.estimate, "estimate"), (once.high, "high"))
    )
    return _certain(case, rule, Range(low, middle, high))


def _first_year(
    case: Case, rule: GiveBack, times: int, each: Decimal, state: State, end: str
) -> Decimal:
    """Return what so many uses are given in the time of the bill, `each` of them so much."""
    left = state.setdefault((rule.path, "given-back", "uses"), Spent()) if rule.uses else Spent()
    done = left.count
    given = ZERO
    for month in range(_months(case, rule)):
        uses = len(case.period.days_of_uses(times, month))
        uses = uses if rule.uses is None else min(uses, max(rule.uses - done, 0))
        done += uses
        sum_ = each * uses
        if rule.cap is not None:
            period = f"{month}" if rule.cap.per == "month" else ""
            spent = state.setdefault((rule.path, f"given-back:{end}", period), Spent())
            sum_ = min(sum_, case.home(rule.cap.amount, rule.currency) - spent.amount)
            spent.amount += sum_
        given += sum_
    if end == "high":
        left.count = done
    return given


def _certain(case: Case, rule: GiveBack, given: Range) -> Range:
    """Return what is given for sure: nothing of what depends on more than the use itself."""
    if case.is_stale(rule):
        share = case.catalog.criteria.settings.stale_widening_percent / HUNDRED
        # What was the most is not more for being old.
        more = ZERO if rule.bound == "at-most" else share
        given = Range(given.low * (1 - share), given.estimate, given.high * (1 + more))
    elsewhere = rule.provider and not bank_fits(rule.provider, case.banks)
    open_ = holds(rule.given, case.answers) is None
    if rule.when or open_ or elsewhere or rule.bound == "at-most":
        return Range(ZERO, ZERO, given.high)
    return given


def _months(case: Case, rule: GiveBack) -> int:
    """Return for how many months of the time of the bill something is given."""
    months = min(case.period.months, rule.months or case.period.months)
    if rule.until is None:
        return months
    days = (latest_day(rule.until) - case.today).days + 1
    return min(months, max(-(-days // DAYS), 0))


def _year_of_cap(case: Case, rule: GiveBack) -> Decimal:
    assert rule.cap
    amount = case.home(rule.cap.amount, rule.currency)
    return amount * _months(case, rule) if rule.cap.per == "month" else amount
