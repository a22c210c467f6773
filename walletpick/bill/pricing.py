"""What one fee rule charges for the uses of a year: its steps, bands, allowance, pool and caps.

Pure. The formulas are those of `docs/method.md`: a use of amount a costs a percentage of a plus a
fixed part, held between a minimum and a maximum. Percent is divided by 100 where it meets an
amount. Nothing is rounded. What uses have used up of allowances and caps is kept in a `State`,
which is handed in and brought up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

from walletpick.bill.case import Case
from walletpick.facts.model import (
    AverageAtHome,
    AverageElsewhere,
    AverageFee,
    AverageOfUse,
    AverageSpan,
    Band,
    FeeRule,
    Price,
    Step,
    Usage,
)
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, Range

# What fewer wallets than these stand behind is a guess, which lifts no wallet over another.
FEW = 5
# The least use, in US dollars, of which the averages tell the price.
SMALL_USD = Decimal(10)
# The uses at which prices at home are known, where they are dear: tariffs go up in steps.
HOME_USES_USD = tuple(map(Decimal, (10, 20, 30, 40, 60, 80, 100)))
# Between two of these a step may lie, so that what is taken there is so much dearer: a tenth at
# most in all tariffs of the catalog.
_STEP = Decimal("1.1")
# An amount split into uses is exact to 28 digits only; what is smaller than this is no money.
TINY = Decimal("1e-12")


class Spent(Struct):
    """What was used up of one allowance or cap, or done before under one rule."""

    count: int = 0
    amount: Decimal = ZERO


# By the pool or the path of the rule, what is counted ("month", "steps", ...), and the period.
State = dict[tuple[str, str, str], Spent]


class Cost(Struct, frozen=True):
    """What a rule charges in the time of the bill, in the market's currency; is it known?"""

    yearly: Range
    known: bool


class _Charge(Struct):
    """What a rule takes, in its own currency, before what is unknown in it is filled in.

    `open_amount` is the money moved in uses whose price is unknown, `open_uses` their number.
    """

    low: Decimal = ZERO
    high: Decimal = ZERO
    open_amount: Decimal = ZERO
    open_uses: int = 0

    def add(self, other: _Charge) -> None:
        self.low += other.low
        self.high += other.high
        self.open_amount += other.open_amount
        self.open_uses += other.open_uses


def copied(state: State) -> State:
    """Return a state of its own, for trying out what a rule or method would charge."""
    return {key: structs.replace(spent) for key, spent in state.items()}


def alternatives(
    case: Case,
    rules: Sequence[FeeRule],
    usage: Usage,
    state: State,
    average: AverageFee,
    fee: Range | None = None,
) -> list[Cost]:
    """Return what each of several rules charges for a usage; see `year_of`.

    Only one of them is applied in the end, so a pool that they share is drawn on once.
    """
    if len(rules) == 1:
        return [year_of(case, rules[0], usage, state, average, fee)]
    costs = []
    before = copied(state)
    for rule in rules:
        after = copied(before)
        costs.append(year_of(case, rule, usage, after, average, fee))
        for key, spent in after.items():
            most = state.setdefault(key, spent)
            most.count = max(most.count, spent.count)
            most.amount = max(most.amount, spent.amount)
    return costs


def year_of(
    case: Case,
    rule: FeeRule,
    usage: Usage,
    state: State,
    average: AverageFee,
    fee: Range | None = None,
) -> Cost:
    """Return what a rule charges for a usage in the time of the bill.

    `usage` is in the market's currency, a month's or the stay's; `state` is brought up to date.
    `average` is what an unknown price is taken for. `fee` is what the ordinary rule charges in the
    year, for rules that take a share of it. Raises UnknownRate.
    """
    unknown = taken_for(case, average, usage)
    if rule.of == "fee":
        return _share_of(rule, fee, unknown)
    charge = _first_year(case, rule, usage, state)
    low = case.home(charge.low, rule.currency)
    high = case.home(charge.high, rule.currency)
    span = bounded(rule.bound, Range.between(low, high), unknown)
    if charge.open_uses:
        return Cost(span + _taken_for(case, average, charge.open_amount, charge.open_uses), False)
    return Cost(span, rule.bound != "at-least")


def taken_for(case: Case, average: AverageFee, usage: Usage) -> Range:
    """Return what an unknown fee of a usage is taken for in the time of the bill.

    In the market's currency, as the usage is. Where few wallets stand behind the average, that is
    its dear end.
    """
    return _taken_for(case, average, case.whole(usage.amount), case.whole(Decimal(usage.times)))


def _taken_for(case: Case, average: AverageFee, amount: Decimal, uses: Decimal | int) -> Range:
    if isinstance(average, AverageAtHome):
        return _taken_for_at_home(case, average, amount, Decimal(uses))
    estimate = average.estimate_percent / HUNDRED * amount
    high = average.high_percent / HUNDRED * amount
    low = ZERO
    if isinstance(average, AverageSpan | AverageElsewhere):
        low = average.low_percent / HUNDRED * amount
    # A currency has no rate in a catalog that has no averages yet.
    if isinstance(average, AverageOfUse) and average.high_fixed_usd:
        # Nothing is known of smaller uses: they are taken to cost the same share.
        charged = min(Decimal(uses), amount / case.home(SMALL_USD, "USD"))
        estimate += case.home(average.estimate_fixed_usd, "USD") * charged
        high += case.home(average.high_fixed_usd, "USD") * charged
        if isinstance(average, AverageElsewhere):
            low += case.home(average.low_fixed_usd, "USD") * charged
    high = max(high, estimate)
    return Range(low, high if average.count < FEW else estimate, high)


def _taken_for_at_home(case: Case, average: AverageAtHome, amount: Decimal, uses: Decimal) -> Range:
    """Return what a fee is taken for by the prices of its country: straight lines between these."""
    if not uses:
        return NOTHING
    usd = case.home(Decimal(1), "USD")
    each = amount / uses / usd
    costs = [at * share / HUNDRED for at, share in zip(HOME_USES_USD, average.of_uses, strict=True)]
    points = [(ZERO, ZERO), *zip(HOME_USES_USD, costs, strict=True)]
    steps = list(pairwise(points))
    (left, start), (right, end) = next((s for s in steps if each <= s[1][0]), steps[-1])
    cost = start + max(end - start, ZERO) / (right - left) * (each - left)
    estimate = cost * usd * uses
    high = estimate * _STEP
    if average.estimate_percent:
        high = max(high, estimate * average.high_percent / average.estimate_percent)
    return Range(ZERO, high if average.count < FEW else estimate, high)


def bounded(bound: Literal["at-least", "at-most"] | None, span: Range, unknown: Range) -> Range:
    """Return the range of a price of which perhaps only one end is published.

    `unknown` is what it would be taken for if nothing were known. What is said to begin somewhere
    is taken to be that, as it stands; it may be more.
    """
    if bound == "at-most":
        return Range(ZERO, span.estimate, span.high)
    if bound == "at-least":
        return Range(span.low, span.estimate, max(span.high, unknown.high))
    return span


def _share_of(rule: FeeRule, fee: Range | None, unknown: Range) -> Cost:
    """Return what a rule takes whose percentage is of the ordinary fee (VAT on a fee)."""
    if fee is None:
        return Cost(unknown, False)
    if rule.price == "unknown":
        # A share of the fee is not more than the fee, and of no fee it is nothing.
        estimate = min(unknown.estimate, fee.estimate)
        return Cost(Range(ZERO, estimate, min(unknown.high, fee.high)), fee == NOTHING)
    return Cost(fee.times((rule.percent or ZERO) / HUNDRED), True)


# The exchange rate, which one rule may charge beside its percentage.


def has_markup(rule: FeeRule) -> bool:
    """Return whether a rule says what its exchange rate costs, in any band or step."""
    return any(price.fx_markup is not None for price in prices_of(rule))


def only_markup(rule: FeeRule) -> bool:
    """Return whether a rule prices the exchange rate and nothing else."""
    parts = [part for p in prices_of(rule) for part in (p.percent, p.fixed, p.price)]
    return has_markup(rule) and all(part is None for part in parts)


def markup_of(rule: FeeRule) -> FeeRule:
    """Return the rule that charges a rule's markup as a percentage, and nothing else.

    An allowance is for the markup only where there is no other price.
    """

    def markup(price: Price) -> dict[str, Decimal | Literal["unknown"] | None]:
        base = price if price.fx_markup is not None else rule
        return {
            "percent": base.fx_markup,
            "percent_max": base.fx_markup_max,
            "price": price.price if base.fx_markup is None else None,
            "fixed": None,
            "fixed_max": None,
            "min": None,
            "max": None,
        }

    def banded(bands: tuple[Band, ...]) -> tuple[Band, ...]:
        return tuple(structs.replace(band, **markup(band)) for band in bands)

    alone = only_markup(rule)
    return structs.replace(
        rule,
        **markup(rule),
        bands=banded(rule.bands),
        steps=tuple(
            structs.replace(step, **markup(step), bands=banded(step.bands)) for step in rule.steps
        ),
        free=rule.free if alone else None,
        pool=rule.pool if alone else None,
        cap=rule.cap if alone else None,
        bound=rule.bound if alone else None,
        path=f"{rule.path}.fx_markup",
    )


def prices_of(rule: FeeRule) -> list[Price]:
    """Return every price that stands in a rule: its own, and those of its bands and steps."""
    bands = (band for step in rule.steps for band in step.bands)
    return [rule, *rule.bands, *rule.steps, *bands]


# A year, a month, a use.


def _first_year(case: Case, rule: FeeRule, usage: Usage, state: State) -> _Charge:
    """Return what a rule takes for a usage in the time of the bill.

    `open_amount` is in the market's currency, the charge in that of the rule. Months are alike
    unless an allowance or a cap runs longer than a month.
    """
    if rule.free is not None and rule.free.each == "recipient":
        # Each usage is taken to have a recipient of its own.
        state = {}
    # Rules that share an allowance must be counted through the same months.
    shared = [other for other in case.market.fees if other.pool and other.pool == rule.pool]
    period = case.period
    differ = period.stay or any(_is_long(other) for other in shared or [rule])
    months = period.months if differ else 1
    amount = case.away(usage.amount / usage.times, rule.currency)
    total = _Charge()
    for month in range(months):
        days = period.days_of_uses(usage.times, month)
        part = _one_month(rule, days, amount, month, state)
        _hold_to_cap(rule, part, "month", month, state)
        total.add(part)
    factor = period.months // months
    total = _Charge(
        total.low * factor,
        total.high * factor,
        total.open_amount * factor * usage.amount / (amount * usage.times),
        total.open_uses * factor,
    )
    _hold_to_cap(rule, total, "year", 0, state)
    return total


def _is_long(rule: FeeRule) -> bool:
    """Return whether a rule counts something for longer than a month, so that months differ."""
    return (rule.free is not None and rule.free.per in ("year", "lifetime")) or (
        rule.cap is not None and rule.cap.per == "year"
    )


def _hold_to_cap(
    rule: FeeRule, charge: _Charge, per: Literal["month", "year"], month: int, state: State
) -> None:
    """Hold a charge to what is left of the rule's cap in the period, and write that down."""
    if rule.cap is None or rule.cap.per != per:
        return
    low = state.setdefault((rule.path, "low of cap", f"{month}"), Spent())
    high = state.setdefault((rule.path, "high of cap", f"{month}"), Spent())
    charge.low = min(charge.low, rule.cap.amount - low.amount)
    charge.high = min(charge.high, rule.cap.amount - high.amount)
    low.amount += charge.low
    high.amount += charge.high


def _one_month(
    rule: FeeRule, days: Sequence[int], amount: Decimal, month: int, state: State
) -> _Charge:
    """Return what a rule takes for the uses of one month, each of `amount` in its currency."""
    total = _Charge()
    # Steps count all uses of the month, so those of an earlier usage too.
    done = state.setdefault((rule.path, "steps", f"{month}"), Spent()) if rule.steps else Spent()
    for day in days:
        done.count += 1
        done.amount += amount
        base, fixed_too = _beyond_allowance(rule, amount, month, day, state)
        if base == 0 and not fixed_too:
            continue
        price = _price_at(rule, amount, done)
        if price is None or price.price == "unknown":
            total.open_amount += amount
            total.open_uses += 1
            continue
        low, high = _price_of_use(price, base, fixed_too)
        total.low += low
        total.high += high
    return total


def _beyond_allowance(
    rule: FeeRule, amount: Decimal, month: int, day: int, state: State
) -> tuple[Decimal, bool]:
    """Return how much of a use bears the percentage, and whether it bears the fixed part.

    What the use takes of the allowance is written down. With an amount and a count, the
    percentage is on what exceeds the amount and the fixed part on uses beyond the count;
    with one of them, only that one matters.
    """
    free = rule.free
    if free is None or (free.min_amount is not None and amount < free.min_amount):
        return amount, True
    period = {"day": f"{month}/{day}", "month": f"{month}"}.get(free.per, "")
    spent = state.setdefault((rule.pool or rule.path, free.per, period), Spent())
    over = ZERO
    if free.amount is not None:
        over = amount - max(free.amount - spent.amount, ZERO)
        if over < TINY:
            over = ZERO
    beyond = free.count is not None and spent.count >= free.count
    spent.count += 1
    spent.amount += amount
    if free.count is None:
        return over, over > 0
    if free.amount is None:
        return (amount, True) if beyond else (ZERO, False)
    if free.until == "first":
        base = amount if beyond else over
        return base, base > 0
    return over, beyond


def _price_at(rule: FeeRule, amount: Decimal, done: Spent) -> Price | None:
    """Return the price that holds for a use, by its amount and by what was done in the month.

    `done` includes the use itself. None means that no price is known there.
    """
    if rule.from_ is not None and amount < rule.from_:
        return None
    price: Price = rule
    bands = rule.bands
    if rule.steps:
        step = next((step for step in rule.steps if _is_in(step, done)), None)
        if step is None:
            return None
        price, bands = _within(step, rule), step.bands
    if not bands:
        return price
    band = next((band for band in bands if band.up_to is None or amount <= band.up_to), None)
    return _within(band, price) if band else None


def _is_in(step: Step, done: Spent) -> bool:
    """Return whether what was done in the month does not go beyond the end of a step."""
    uses, moved = step.up_to_uses, step.up_to_amount
    return (uses is None or done.count <= uses) and (moved is None or done.amount <= moved + TINY)


def _within(part: Band | Step, whole: Price) -> Price:
    """Return the price of a band or step, held by the whole's minimum and maximum if by no own."""
    return Price(
        percent=part.percent,
        percent_max=part.percent_max,
        fixed=part.fixed,
        fixed_max=part.fixed_max,
        min=part.min if part.min is not None else whole.min,
        max=part.max if part.max is not None else whole.max,
        price=part.price,
    )


def _price_of_use(price: Price, base: Decimal, fixed_too: bool) -> tuple[Decimal, Decimal]:
    """Return the low and high price of one use: percent of `base`, plus the fixed part."""
    low_percent = price.percent or ZERO
    high_percent = price.percent_max if price.percent_max is not None else low_percent
    low_fixed = high_fixed = ZERO
    if fixed_too:
        low_fixed = price.fixed or ZERO
        high_fixed = price.fixed_max if price.fixed_max is not None else low_fixed
    low = _between(base * low_percent / HUNDRED + low_fixed, price)
    high = _between(base * high_percent / HUNDRED + high_fixed, price)
    return low, high


def _between(fee: Decimal, price: Price) -> Decimal:
    """Return a fee held between the price's minimum and maximum."""
    if price.min is not None:
        fee = max(fee, price.min)
    if price.max is not None:
        fee = min(fee, price.max)
    return fee
