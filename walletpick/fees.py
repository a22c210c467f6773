"""What a market would charge for the things a person does: (market, needs) -> Bill. Pure.

The rules of money live here and nowhere else. Everything is `Decimal` in the market's currency and
nothing is rounded. Percent is divided by 100 where it meets an amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick import places
from walletpick.ages import is_stale
from walletpick.model import AverageFee, Band, Catalog, FeeRule, Limit, Needs, Price, Usage
from walletpick.money import HUNDRED, NOTHING, ZERO, Range, convert
from walletpick.needs import in_currency
from walletpick.observations import Candidate, bank_fits, in_scope, people_of
from walletpick.vocabulary import (
    ABROAD_OPERATIONS,
    BANK_METHODS,
    CASH_POINTS,
    METHOD_COVERS,
    METHODS,
    OWNED_METHODS,
)

MONTHS = 12
DAYS = 30
# An amount split into uses is exact to 28 digits only; what is smaller than this is no money.
TINY = Decimal("1e-12")

LineKind = Literal["fee", "conversion", "tax", "subscription", "once"]
_Group = Literal["base", "surcharge", "tax"]


class Line(Struct, frozen=True, kw_only=True):
    """One item of a bill. Money is in the market's currency.

    `amount` and `times` are what the person does in a month (0 for subscriptions). `rules` are
    what the figure rests on, the one that gives the estimate first; without any, or where they
    leave something open, `known` is false and the figure is the catalog's average.
    """

    kind: LineKind
    operation: str
    method: str | None = None
    country: str | None = None
    amount: Decimal = ZERO
    times: int = 0
    rules: tuple[FeeRule, ...] = ()
    known: bool
    stale: bool = False
    yearly: Range

    @property
    def monthly(self) -> Range:
        """The average month of the first year; nothing for what is paid once."""
        if self.kind == "once":
            return NOTHING
        year = self.yearly
        return Range(year.low / MONTHS, year.estimate / MONTHS, year.high / MONTHS)


class Bill(Struct, frozen=True, kw_only=True):
    """What a candidate would charge in the first year.

    `impossible` holds, for each usage that a known limit forbids, the usage and the limit.
    `moved` is the money that the usages move in a year.
    """

    candidate: Candidate
    lines: tuple[Line, ...]
    impossible: tuple[tuple[Usage, Limit], ...]
    moved: Decimal

    @property
    def currency(self) -> str:
        """The market's currency."""
        return self.candidate.market.currency

    @property
    def yearly(self) -> Range:
        """All lines of the first year."""
        return sum((line.yearly for line in self.lines), NOTHING)

    @property
    def monthly(self) -> Range:
        """An average month, without what is paid once."""
        return sum((line.monthly for line in self.lines), NOTHING)

    @property
    def complete(self) -> bool:
        """Whether every fee that the needs call for is known."""
        return all(line.known for line in self.lines)


class _Charge(Struct):
    """What a rule takes over a year, before what is unknown in it is filled in.

    `open_amount` is the money moved in uses whose price is unknown, `open_uses` their number.
    """

    low: Decimal = ZERO
    high: Decimal = ZERO
    open_amount: Decimal = ZERO
    open_uses: int = 0


class _Spent(Struct):
    """What was used up of one allowance, or done before under one rule."""

    count: int = 0
    amount: Decimal = ZERO


_State = dict[tuple[str, str, str], _Spent]

# Claims whose word is not that of the method.
_METHOD_OF_CLAIM = {"cash-atm": "atm", "card-payout": "card"}


def bill(candidate: Candidate, needs: Needs, catalog: Catalog, today: date) -> Bill:
    """Return what the candidate's plan would charge for the needs, line by line.

    `needs` are settled (see `needs.settled`). Raises UnknownRate when the catalog has no exchange
    rate for the needs' currency.
    """
    clerk = _Clerk(candidate, needs, catalog, today)
    assert needs.currency
    for usage in needs.use:
        clerk.charge(in_currency(usage, needs.currency, candidate.market.currency, catalog.per_usd))
    clerk.subscription()
    clerk.card()
    return Bill(
        candidate=candidate,
        lines=tuple(clerk.lines),
        impossible=tuple(clerk.impossible),
        moved=clerk.moved * MONTHS,
    )


def unknown_fee(operation: str, method: str | None, catalog: Catalog) -> AverageFee:
    """Return what an unknown fee is taken for, in percent of the amount."""
    by_method = catalog.averages.fees_by_method.get(operation, {})
    if method in by_method:
        return by_method[method]
    return catalog.averages.fees[operation]


class _Clerk:
    """Writes one bill: keeps what the usages have used up of shared allowances."""

    def __init__(self, candidate: Candidate, needs: Needs, catalog: Catalog, today: date) -> None:
        self.candidate = candidate
        self.market = candidate.market
        self.needs = needs
        self.catalog = catalog
        self.today = today
        self.people = people_of(needs)
        self.state: _State = {}
        self.lines: list[Line] = []
        self.impossible: list[tuple[Usage, Limit]] = []
        self.moved = ZERO

    # One usage.

    def charge(self, usage: Usage) -> None:
        """Add the lines of one usage, by the cheapest method that is open to the person."""
        self.moved += usage.amount
        forbidden: list[Limit] = []
        ways = self.ways(usage, self.methods(usage), forbidden)
        if not ways and not usage.method:
            ways = self.ways(usage, self.unpriced_methods(usage.operation), forbidden)
        if not ways:
            self.impossible.append((usage, forbidden[0]))
            return
        best = min(ways, key=lambda way: way[:4])
        lines = best[4]
        if usage.operation in ("receive", "receive-abroad") and lines:
            # The payer chooses the way, so the dearest stays possible.
            dearest = max(way[2] for way in ways) - best[2]
            first = lines[0].yearly
            raised = Range(first.low, first.estimate, first.high + dearest)
            lines[0] = structs.replace(lines[0], yearly=raised)
        self.lines += lines
        self.state = best[5]

    def ways(
        self, usage: Usage, methods: Iterable[str | None], forbidden: list[Limit]
    ) -> list[tuple[int, Decimal, Decimal, str, list[Line], _State]]:
        """Return what a usage costs by each method, the figures to choose by first.

        The limits that forbid a method are added to `forbidden`.
        """
        ways = []
        for method in methods:
            limit = self.broken_limit(usage, method)
            if limit:
                forbidden.append(limit)
                continue
            state = _copied(self.state)
            lines = self.lines_for(usage, method, state)
            total = sum((line.yearly for line in lines), NOTHING)
            unknown = sum(not line.known for line in lines)
            ways.append((unknown, total.estimate, total.high, method or "", lines, state))
        return ways

    def methods(self, usage: Usage) -> list[str | None]:
        """Return the methods that the usage could take: the one it names, or all that are open."""
        if usage.method:
            return [usage.method]
        found: list[str | None] = []
        for rule in self.applicable(usage.operation, usage):
            if rule.tax or rule.method in found or not self.is_open(rule.method):
                continue
            # Trading cryptocurrency is no way of changing one currency into another.
            if rule.method != "crypto":
                found.append(rule.method)
        return found or [None]

    def unpriced_methods(self, operation: str) -> list[str]:
        """Return the methods that the market has and gives no price for.

        They count only where limits forbid every method with a price: then the usage can be done
        still, at an unknown price.
        """
        claims = {
            "top-up": self.market.funding,
            "withdraw": self.market.payout,
            "cash-out": self.market.payout,
        }.get(operation, {})
        priced = {rule.method for rule in self.market.fees if rule.operation == operation}
        found = []
        for word, claim in claims.items():
            method = _METHOD_OF_CLAIM.get(word, word)
            if (method in CASH_POINTS) != (operation == "cash-out") and operation != "top-up":
                continue
            has = claim.has and in_scope(claim, self.candidate.plan, self.needs)[0]
            if has and method in METHODS and method not in priced and self.is_open(method):
                found.append(method)
        return found

    def is_open(self, method: str | None) -> bool:
        """Whether the person can use a method: they said they have it, or nobody must own it."""
        if method is None or method not in OWNED_METHODS:
            return True
        if "unbanked" in self.people and method in BANK_METHODS:
            return False
        if not self.needs.have:
            return True
        return any(
            method == owned or owned in METHOD_COVERS.get(method, ()) for owned in self.needs.have
        )

    def lines_for(self, usage: Usage, method: str | None, state: _State) -> list[Line]:
        """Return the lines of a usage by one method; `state` is brought up to date."""
        rules = self.chosen(usage.operation, usage, method, "base")
        base = self.priced("fee", usage, method, rules, state, None)
        base = self.surcharged(base, usage, method, state)
        lines = [base]
        if usage.operation in ABROAD_OPERATIONS or usage.operation == "cash-out":
            if self.crosses(usage):
                lines += self.conversion(usage, method, rules, state)
        elif usage.operation == "convert" and any(_has_markup(rule) for rule in rules):
            lines += self.conversion(usage, method, rules, state)
        taxes = self.chosen(usage.operation, usage, method, "tax")
        if taxes:
            lines.append(self.priced("tax", usage, method, taxes, state, base.yearly))
        return [line for line in lines if not _is_empty(line)]

    def crosses(self, usage: Usage) -> bool:
        """Whether the money changes its currency. Abroad without a country is taken to cross."""
        if usage.country:
            return places.currency_of(usage.country) != self.market.currency
        return usage.operation in ABROAD_OPERATIONS

    def conversion(
        self, usage: Usage, method: str | None, rules: Sequence[FeeRule], state: _State
    ) -> list[Line]:
        """Return the line for changing the currency: the rule's own markup, or `convert`."""
        marked = [rule for rule in rules if _has_markup(rule)]
        if marked or usage.operation == "convert":
            return [self.markup_line(usage, method, marked, state)]
        converting = structs.replace(usage, operation="convert", method=None)
        rules = [
            rule
            for rule in self.chosen("convert", converting, None, "base")
            if rule.method not in ("crypto",)
        ]
        marked = [rule for rule in rules if _has_markup(rule)]
        lines = []
        if marked:
            lines.append(self.markup_line(converting, None, marked, state))
        priced = [rule for rule in rules if not _only_markup(rule)]
        if priced or not marked:
            lines.append(self.priced("conversion", converting, None, priced, state, None))
        lines[-1] = self.surcharged(lines[-1], converting, None, state)
        return [structs.replace(line, operation=usage.operation, method=method) for line in lines]

    def markup_line(
        self, usage: Usage, method: str | None, rules: Sequence[FeeRule], state: _State
    ) -> Line:
        """Return the cost of the exchange rate: percent over mid-market on the amount."""
        average = self.catalog.averages.conversion
        spans = self.years_of([_markup_of(rule) for rule in rules], usage, state, None, average)
        return self.line("conversion", usage, method, rules, spans, average)

    def surcharged(self, line: Line, usage: Usage, method: str | None, state: _State) -> Line:
        """Return the line with what its surcharges may add.

        Whether their conditions hold is not known, so they only lift the upper end.
        """
        average = self.average_of(line.kind, usage, method)
        high, rules, stale = line.yearly.high, list(line.rules), line.stale
        for rule in self.chosen(usage.operation, usage, method, "surcharge"):
            extra, _ = self.year_of(rule, usage, state, line.yearly, average)
            if _has_markup(rule):
                extra += self.year_of(_markup_of(rule), usage, state, None, average)[0]
            if self.is_stale(rule):
                extra = self.widened(extra, _average(average, usage.amount * MONTHS))
                stale = True
            high += extra.high
            rules.append(rule)
        raised = Range(line.yearly.low, line.yearly.estimate, high)
        return structs.replace(line, yearly=raised, rules=tuple(rules), stale=stale)

    # Choosing rules.

    def applicable(self, operation: str, usage: Usage) -> list[FeeRule]:
        """Return the rules of an operation whose plan, person and corridor fit."""
        return [
            rule
            for rule in self.market.fees
            if rule.operation == operation
            and rule.paid_by is None
            and (not rule.plan or self.candidate.plan in rule.plan)
            and (not rule.for_ or self.people.intersection(rule.for_))
            and self.corridor_rank(rule, usage) is not None
        ]

    def corridor_rank(self, rule: FeeRule | Limit, usage: Usage) -> int | None:
        """Return how closely a corridor fits: higher is closer, None when it does not fit.

        A usage without a country stays at home, except for operations that go abroad: of those
        nothing more is known than that, so only the widest corridors fit.
        """
        if rule.corridor is None:
            return 0
        end = rule.corridor.partition("-")[2]
        home = self.candidate.country
        goes_abroad = usage.operation in ABROAD_OPERATIONS
        if usage.country is None:
            if goes_abroad:
                # Without a country, the money is taken to change its currency.
                return {"abroad": 1, "foreign-currency": 2}.get(end)
            if end in places.ZONE_NAMES:
                return 3 if places.in_zone(home, end) else None
            return 4 if end == home else None
        if end == usage.country:
            return 4
        if end == "abroad":
            return 1 if usage.country != home else None
        if end == "foreign-currency":
            other = places.currency_of(usage.country) != self.market.currency
            return 2 if other else None
        if end in places.ZONE_NAMES:
            return 3 if places.in_zone(usage.country, end) else None
        return None

    def chosen(
        self, operation: str, usage: Usage, method: str | None, group: _Group
    ) -> list[FeeRule]:
        """Return the most specific rules for a usage (method, person, corridor, plan)."""
        ranked = []
        for rule in self.applicable(operation, usage):
            if _group(rule) != group:
                continue
            fit = _method_rank(rule.method, method)
            if fit is None:
                continue
            named = bool(rule.provider) and bank_fits(rule.provider, self.needs)
            corridor = self.corridor_rank(rule, usage) or 0
            rank = (fit, named, bool(rule.for_), corridor, bool(rule.plan))
            ranked.append((rank, rule))
        # What only a bank's own customers pay never hides what everybody pays; it stands beside.
        everybody = [rank for rank, rule in ranked if self.is_open_to_all(rule)]
        best = max(everybody or [rank for rank, _ in ranked], default=None)
        return [
            rule
            for rank, rule in ranked
            if best is not None
            and (rank == best or (rank > best and not self.is_open_to_all(rule)))
        ]

    # Pricing.

    def priced(
        self,
        kind: LineKind,
        usage: Usage,
        method: str | None,
        rules: Sequence[FeeRule],
        state: _State,
        fee: Range | None,
    ) -> Line:
        """Return the line that a group of equally specific rules makes for a usage.

        `fee` is what the ordinary rule charges in the year, for taxes and surcharges on it.
        """
        average = self.average_of(kind, usage, method)
        rules = [rule for rule in rules if not _only_markup(rule)] or list(rules)
        if kind == "fee" and rules and all(_only_markup(rule) for rule in rules):
            # Paying and converting have no other price than the rate; what an operator takes for
            # the transfer itself it says apart, and where it does not, that is not known.
            spans: list[tuple[Range, bool] | Range] = [NOTHING]
            transfer = usage.operation in ("send-abroad", "receive-abroad")
            return self.line(kind, usage, method, (), [] if transfer else spans, average)
        priced = self.years_of(rules, usage, state, fee, average)
        return self.line(kind, usage, method, rules, priced, average)

    def average_of(self, kind: LineKind, usage: Usage, method: str | None) -> AverageFee:
        """Return what an unknown figure of a line is taken for."""
        if kind == "conversion":
            return self.catalog.averages.conversion
        if kind == "tax":
            return self.catalog.averages.tax
        return unknown_fee(usage.operation, method, self.catalog)

    def line(
        self,
        kind: LineKind,
        usage: Usage,
        method: str | None,
        rules: Sequence[FeeRule],
        spans: Sequence[tuple[Range, bool] | Range],
        average: AverageFee,
    ) -> Line:
        """Return a line from the alternatives and what each would charge in the year.

        The estimate is the ordinary rule's: the one without a condition, or else the dearest of
        the alternatives; the other alternatives only widen the range. Where prices are known of
        single banks only, or under one condition only, the price for everybody else stays unknown.
        """
        pairs = [span if isinstance(span, tuple) else (span, True) for span in spans]
        unknown = _average(average, usage.amount * MONTHS)
        if not pairs:
            return self.made(kind, usage, method, (), unknown, False, False)
        order = list(range(len(pairs)))
        if rules:
            ordinary = [i for i in order if self.is_ordinary(rules[i])]
            first = max(ordinary or order, key=lambda i: pairs[i][0].estimate)
            open_ended = not ordinary and not self.cover_all(rules)
        else:
            first, open_ended = 0, False
        estimate = pairs[first][0].estimate
        low = min(span.low for span, _ in pairs)
        high = max(span.high for span, _ in pairs)
        known = pairs[first][1]
        if open_ended and kind == "tax":
            # Where its condition does not hold, or at other banks, no tax is known.
            low = ZERO
        elif open_ended:
            estimate = max(estimate, unknown.estimate)
            low, high, known = ZERO, max(high, unknown.high), False
        span = Range(min(low, estimate), estimate, max(high, estimate))
        listed = tuple([rules[first], *(rules[i] for i in order if i != first)] if rules else [])
        stale = any(self.is_stale(rule) for rule in listed)
        if stale:
            span = self.widened(span, unknown)
        return self.made(kind, usage, method, listed, span, known, stale)

    def made(
        self,
        kind: LineKind,
        usage: Usage,
        method: str | None,
        rules: tuple[FeeRule, ...],
        yearly: Range,
        known: bool,
        stale: bool,
    ) -> Line:
        return Line(
            kind=kind,
            operation=usage.operation,
            method=method,
            country=usage.country,
            amount=usage.amount,
            times=usage.times,
            rules=rules,
            known=known,
            stale=stale,
            yearly=yearly,
        )

    def is_ordinary(self, rule: FeeRule) -> bool:
        """Whether a rule holds without a condition for the person."""
        return rule.when is None and self.is_open_to_all(rule)

    def is_open_to_all(self, rule: FeeRule) -> bool:
        """Whether a rule holds for everybody, or for the bank that the person named.

        A cash machine or a shop is open to everybody; a bank account at one bank is not.
        """
        anywhere = not rule.provider or rule.method in CASH_POINTS
        return anywhere or bank_fits(rule.provider, self.needs)

    def cover_all(self, rules: Sequence[FeeRule]) -> bool:
        """Whether conditional rules can be taken for all the cases there are.

        Several conditions are; one alone says nothing of the case where it does not hold, and one
        bank's price does not stand for all banks.
        """
        conditions = {rule.when for rule in rules if not rule.provider and rule.when}
        return len(conditions) > 1

    def is_stale(self, rule: FeeRule) -> bool:
        """Whether the price is older than a price should be."""
        months = self.catalog.criteria.settings.stale_fees_months
        return is_stale(self.candidate.source_of(rule), self.today, months)

    def widened(self, span: Range, unknown: Range) -> Range:
        """Return a stale figure's range: it may have changed, and what was free may be no more."""
        share = self.catalog.criteria.settings.stale_widening_percent / HUNDRED
        return Range(
            span.low * (1 - share),
            span.estimate,
            span.high * (1 + share) + unknown.estimate * share,
        )

    def years_of(
        self,
        rules: Sequence[FeeRule],
        usage: Usage,
        state: _State,
        fee: Range | None,
        average: AverageFee,
    ) -> list[tuple[Range, bool]]:
        """Return what each of several alternatives charges; `state` is brought up to date.

        Only one of them is applied in the end, so a pool that they share is drawn on once.
        """
        if len(rules) == 1:
            return [self.year_of(rules[0], usage, state, fee, average)]
        spans = []
        before = _copied(state)
        for rule in rules:
            after = _copied(before)
            spans.append(self.year_of(rule, usage, after, fee, average))
            for key, spent in after.items():
                known = state.setdefault(key, spent)
                known.count = max(known.count, spent.count)
                known.amount = max(known.amount, spent.amount)
        return spans

    def year_of(
        self,
        rule: FeeRule,
        usage: Usage,
        state: _State,
        fee: Range | None,
        average: AverageFee,
    ) -> tuple[Range, bool]:
        """Return what one rule charges for a usage in the first year, and whether that is known."""
        if rule.of == "fee":
            unknown = _average(average, usage.amount * MONTHS)
            if fee is None:
                return unknown, False
            if rule.price == "unknown":
                # A share of the fee is not more than the fee, and of no fee it is nothing.
                estimate = min(unknown.estimate, fee.estimate)
                return Range(ZERO, estimate, min(unknown.high, fee.high)), fee == NOTHING
            return fee.times((rule.percent or ZERO) / HUNDRED), True
        charge = self.first_year(rule, usage, state)
        low = self.home(charge.low, rule)
        high = self.home(charge.high, rule)
        # A published range is taken at its dear end, as alternatives are.
        span = self.bounded(rule, Range(low, high, high), _average(average, usage.amount * MONTHS))
        if not charge.open_uses:
            return span, rule.bound != "at-least"
        gap = _average(average, charge.open_amount)
        return span + gap, False

    def bounded(self, rule: FeeRule, span: Range, unknown: Range) -> Range:
        """Return the range of a price of which only one end is published."""
        if rule.bound == "at-most":
            return Range(ZERO, span.estimate, span.high)
        if rule.bound == "at-least":
            estimate = max(span.estimate, unknown.estimate)
            return Range(span.low, estimate, max(span.high, unknown.high, estimate))
        return span

    def home(self, amount: Decimal, rule: FeeRule) -> Decimal:
        """Return money of a rule in the market's currency."""
        start = rule.currency or self.market.currency
        return convert(amount, start, self.market.currency, self.catalog.per_usd)

    def first_year(self, rule: FeeRule, usage: Usage, state: _State) -> _Charge:
        """Return what a rule takes for twelve months of a usage.

        Months are alike unless an allowance or a cap runs longer than a month.
        """
        if rule.free is not None and rule.free.each == "recipient":
            # Each usage is taken to have a recipient of its own.
            state = {}
        # Rules that share an allowance must be counted through the same months.
        shared = [other for other in self.market.fees if other.pool and other.pool == rule.pool]
        months = MONTHS if any(_is_long(other) for other in shared or [rule]) else 1
        amount = self.priced_in(rule, usage.amount / usage.times)
        total = _Charge()
        for month in range(months):
            part = self.one_month(rule, usage, amount, month, state)
            _hold_to_cap(rule, part, "month", month, state)
            total.low += part.low
            total.high += part.high
            total.open_amount += part.open_amount
            total.open_uses += part.open_uses
        factor = MONTHS // months
        total = _Charge(
            total.low * factor,
            total.high * factor,
            total.open_amount * factor * usage.amount / (amount * usage.times),
            total.open_uses * factor,
        )
        _hold_to_cap(rule, total, "year", 0, state)
        return total

    def priced_in(self, rule: FeeRule, amount: Decimal) -> Decimal:
        """Return an amount of the market's currency in the currency of the rule."""
        end = rule.currency or self.market.currency
        return convert(amount, self.market.currency, end, self.catalog.per_usd)

    def one_month(
        self, rule: FeeRule, usage: Usage, amount: Decimal, month: int, state: _State
    ) -> _Charge:
        """Return what a rule takes for the uses of one month, each of `amount`."""
        total = _Charge()
        # Steps count all uses of the month, so those of an earlier usage too.
        done = _Spent()
        if rule.steps:
            done = state.setdefault((rule.path, "steps", f"{month}"), done)
        for use in range(usage.times):
            done.count += 1
            done.amount += amount
            price = _price_at(rule, amount, done)
            base, fixed_too = self.beyond_allowance(rule, usage, amount, month, use, state)
            if base == 0 and not fixed_too:
                continue
            if price is None or price.price == "unknown":
                total.open_amount += amount
                total.open_uses += 1
                continue
            low, high = _price_of_use(price, base, fixed_too)
            total.low += low
            total.high += high
        return total

    def beyond_allowance(
        self,
        rule: FeeRule,
        usage: Usage,
        amount: Decimal,
        month: int,
        use: int,
        state: _State,
    ) -> tuple[Decimal, bool]:
        """Return how much of a use bears the percentage, and whether it bears the fixed part.

        What the use takes of the allowance is written down. With an amount and a count, the
        percentage is on what exceeds the amount and the fixed part on uses beyond the count;
        with one of them, only that one matters.
        """
        free = rule.free
        if free is None:
            return amount, True
        if free.min_amount is not None and amount < free.min_amount:
            return amount, True
        # Uses are spread over the month: up to thirty fall on days of their own.
        day = use if usage.times <= DAYS else use * DAYS // usage.times
        period = {"day": f"{month}/{day}", "month": f"{month}", "year": "", "lifetime": ""}[
            free.per
        ]
        name = rule.pool or rule.path
        spent = state.setdefault((name, free.per, period), _Spent())
        left = max((free.amount or ZERO) - spent.amount, ZERO)
        over = amount - left if free.amount is not None else ZERO
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

    # Limits.

    def broken_limit(self, usage: Usage, method: str | None) -> Limit | None:
        """Return the limit that a usage by one method breaks, or None.

        Of the limits for different account levels the highest counts: a person can reach it. One
        bank's limit, or one under a condition, says nothing of the others and forbids nothing.
        """
        each = usage.amount / usage.times
        done = {
            "transaction": (each, 1),
            "day": (usage.amount * _uses_a_day(usage) / usage.times, _uses_a_day(usage)),
            "week": (usage.amount * _uses_a_week(usage) / usage.times, _uses_a_week(usage)),
            "month": (usage.amount, usage.times),
            "year": (usage.amount * MONTHS, usage.times * MONTHS),
            "lifetime": (usage.amount * MONTHS, usage.times * MONTHS),
        }
        if usage.operation in ("top-up", "receive", "receive-abroad"):
            done["balance"] = (each, 1)
        for kind in ("amount", "count", "least"):
            rivals = [
                limit
                for limit in self.market.limits
                if limit.what in done
                and (kind != "least" or limit.what == "transaction")
                and getattr(limit, kind) is not None
                and self.limit_applies(limit, usage, method)
                and not (limit.level and self.levels_beside(limit, usage, method, kind))
            ]
            for limit in rivals:
                amount, count = done[limit.what]
                size = self.limit_size(limit, kind)
                broken = {"amount": amount > size, "count": count > size, "least": each < size}
                if broken[kind] and not any(
                    self.outranks(other, limit, kind, usage, method) for other in rivals
                ):
                    return limit
        return None

    def outranks(
        self, other: Limit, limit: Limit, kind: str, usage: Usage, method: str | None
    ) -> bool:
        """Whether another limit stands in place of this one.

        A narrower limit does (what is said of cash machines counts there, not what is said of all
        cash); of equally narrow ones, as for the levels of an account, the one that allows more.
        """
        if other.what != limit.what:
            return False
        theirs = self.limit_scope(other, usage, method)
        ours = self.limit_scope(limit, usage, method)
        if theirs != ours:
            return all(their >= our for their, our in zip(theirs, ours, strict=True))
        if kind == "least":
            return self.limit_size(other, kind) < self.limit_size(limit, kind)
        return self.limit_size(other, kind) > self.limit_size(limit, kind)

    def limit_scope(self, limit: Limit, usage: Usage, method: str | None) -> tuple[int, ...]:
        """Return how narrow a limit is, in each respect by which limits differ."""
        return (
            limit.operation is not None,
            _method_rank(limit.method, method) or 0,
            self.corridor_rank(limit, usage) or 0,
            bool(limit.plan),
            bool(limit.for_),
            bool(limit.provider),
        )

    def levels_beside(self, limit: Limit, usage: Usage, method: str | None, kind: str) -> bool:
        """Whether another account level exists of which no such limit is known.

        Then that level may allow more, and the limit of a lower one forbids nothing.
        """
        alike = {
            other.level
            for other in self.market.limits
            if other.what == limit.what
            and getattr(other, kind) is not None
            and self.limit_applies(other, usage, method)
        }
        if None in alike:
            return False
        return bool({other.level for other in self.market.limits if other.level} - alike)

    def limit_applies(self, limit: Limit, usage: Usage, method: str | None) -> bool:
        """Whether a limit is about the usage, for everybody."""
        return (
            limit.operation in (None, usage.operation)
            and (limit.method is None or _method_rank(limit.method, method) not in (None, 0))
            and (not limit.plan or self.candidate.plan in limit.plan)
            and (not limit.for_ or bool(self.people.intersection(limit.for_)))
            and (not limit.provider or bank_fits(limit.provider, self.needs))
            and limit.when is None
            and self.corridor_rank(limit, usage) is not None
        )

    def limit_size(self, limit: Limit, kind: str) -> Decimal:
        """Return a limit's figure, money in the market's currency."""
        if kind == "count":
            return Decimal(limit.count or 0)
        amount = (limit.least if kind == "least" else limit.amount) or ZERO
        start = limit.currency or self.market.currency
        return convert(amount, start, self.market.currency, self.catalog.per_usd)

    # What is paid for having the account.

    def subscription(self) -> None:
        """Add the plan's regular charge, at the cheaper of its monthly and its yearly price."""
        usage = Usage(operation="subscription", amount=ZERO)
        rules = [
            rule
            for rule in self.applicable("subscription", usage)
            if rule.when is None and not rule.provider and not rule.tax
        ]
        if not rules:
            if self.candidate.plan:
                self.add_unknown_charge("subscription", "subscription")
            return
        # What is said of the plan, or of such a person, counts before what is said of all.
        narrowest = max((bool(rule.for_), bool(rule.plan)) for rule in rules)
        lines = [
            self.regular(rule) for rule in rules if (bool(rule.for_), bool(rule.plan)) == narrowest
        ]
        regular = [line for line in lines if line.kind == "subscription"]
        if regular:
            self.lines.append(min(regular, key=lambda line: line.yearly.estimate))
        self.lines += [line for line in lines if line.kind == "once" and line.yearly.high > 0]

    def regular(self, rule: FeeRule) -> Line:
        """Return the line of one subscription or card price."""
        factor = MONTHS if rule.per == "month" else 1
        low = self.home(rule.fixed or ZERO, rule) * factor
        top = self.home(rule.fixed_max, rule) * factor if rule.fixed_max is not None else low
        span = Range(low, top, top)
        known = rule.price != "unknown"
        if rule.bound == "at-most":
            span = Range(ZERO, top, top)
        if not known or rule.bound == "at-least":
            unknown = self.average_charge(rule.operation)
            best = max(span.estimate, unknown.estimate)
            span, known = Range(low, best, max(top, unknown.high, best)), False
        stale = self.is_stale(rule)
        if stale:
            share = self.catalog.criteria.settings.stale_widening_percent / HUNDRED
            span = Range(span.low * (1 - share), span.estimate, span.high * (1 + share))
        regular = rule.operation == "subscription" and (rule.per is not None or not rule.fixed)
        return Line(
            kind="subscription" if regular else "once",
            operation=rule.operation,
            rules=(rule,),
            known=known,
            stale=stale,
            yearly=span,
        )

    def card(self) -> None:
        """Add the price of a card where the person wants one or draws cash with one."""
        wanted = "features:physical-card" in (*self.needs.must, *self.needs.wish)
        if not wanted and not any(line.method == "atm" for line in self.lines):
            return
        usage = Usage(operation="card-issue", amount=ZERO)
        rules = [rule for rule in self.applicable("card-issue", usage) if rule.when is None]
        if rules:
            specific = [rule for rule in rules if rule.plan] or rules
            # The first card counts; what only a second one costs is not asked for.
            free_first = [r for r in specific if r.free and r.free.count]
            if not free_first:
                self.lines.append(max((self.regular(r) for r in specific), key=_dearness))
        elif wanted:
            self.add_unknown_charge("card-issue", "once")

    def add_unknown_charge(self, operation: str, kind: LineKind) -> None:
        span = self.average_charge(operation)
        self.lines.append(Line(kind=kind, operation=operation, known=False, yearly=span))

    def average_charge(self, operation: str) -> Range:
        """Return what an unknown fixed charge is taken for in a year, in the market's currency."""
        average = self.catalog.averages.charges[operation]
        per_usd = self.catalog.per_usd
        estimate = convert(average.estimate_usd, "USD", self.market.currency, per_usd)
        high = convert(average.high_usd, "USD", self.market.currency, per_usd)
        return Range(ZERO, estimate, max(high, estimate))


def _average(average: AverageFee, amount: Decimal) -> Range:
    """Return what an unknown fee on `amount` is taken for."""
    estimate = average.estimate_percent / HUNDRED * amount
    return Range(ZERO, estimate, max(average.high_percent / HUNDRED * amount, estimate))


def _group(rule: FeeRule) -> _Group:
    if rule.tax:
        return "tax"
    return "surcharge" if rule.surcharge else "base"


def _method_rank(of_rule: str | None, asked: str | None) -> int | None:
    """Return how closely a rule's method fits the one asked for; None when it does not."""
    if of_rule is None:
        return 0
    if of_rule == asked:
        return 2
    if asked is not None and asked in METHOD_COVERS.get(of_rule, ()):
        return 1
    return None


def _prices(rule: FeeRule) -> list[Price]:
    """Return every price that stands in a rule: its own, and those of its bands and steps."""
    return [
        rule,
        *rule.bands,
        *rule.steps,
        *(band for step in rule.steps for band in step.bands),
    ]


def _has_markup(rule: FeeRule) -> bool:
    return any(price.fx_markup is not None for price in _prices(rule))


def _only_markup(rule: FeeRule) -> bool:
    """Whether a rule prices the exchange rate and nothing else."""
    parts = [part for p in _prices(rule) for part in (p.percent, p.fixed, p.price)]
    return _has_markup(rule) and all(part is None for part in parts)


def _markup_of(rule: FeeRule) -> FeeRule:
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

    alone = _only_markup(rule)
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


def _is_long(rule: FeeRule) -> bool:
    """Whether a rule counts something for longer than a month, so that months differ."""
    return (rule.free is not None and rule.free.per in ("year", "lifetime")) or (
        rule.cap is not None and rule.cap.per == "year"
    )


def _copied(state: _State) -> _State:
    return {key: structs.replace(spent) for key, spent in state.items()}


def _hold_to_cap(
    rule: FeeRule, charge: _Charge, per: Literal["month", "year"], month: int, state: _State
) -> None:
    """Hold a charge to what is left of the rule's cap in the period, and write that down."""
    if rule.cap is None or rule.cap.per != per:
        return
    low = state.setdefault((rule.path, "low of cap", f"{month}"), _Spent())
    high = state.setdefault((rule.path, "high of cap", f"{month}"), _Spent())
    charge.low = min(charge.low, rule.cap.amount - low.amount)
    charge.high = min(charge.high, rule.cap.amount - high.amount)
    low.amount += charge.low
    high.amount += charge.high


def _is_empty(line: Line) -> bool:
    """Whether a line says nothing: no rule, nothing unknown, no money."""
    return line.known and not line.rules and line.yearly == NOTHING


def _dearness(line: Line) -> Decimal:
    return line.yearly.estimate


def _price_at(rule: FeeRule, amount: Decimal, done: _Spent) -> Price | None:
    """Return the price that holds for a use, by its amount and by what was done in the month.

    `done` includes the use itself. None means that no price is known there.
    """
    if rule.from_ is not None and amount < rule.from_:
        return None
    price: Price = rule
    bands = rule.bands
    if rule.steps:
        for step in rule.steps:
            if step.up_to_uses is not None and done.count > step.up_to_uses:
                continue
            if step.up_to_amount is not None and done.amount > step.up_to_amount + TINY:
                continue
            price, bands = _held(step, rule), step.bands
            break
        else:
            return None
    if not bands:
        return price
    for band in bands:
        if band.up_to is None or amount <= band.up_to:
            return _held(band, price)
    return None


def _held(band: Price, rule: Price) -> Price:
    """Return the price of a band or step, held by its rule's minimum and maximum if by no own."""
    return Price(
        percent=band.percent,
        percent_max=band.percent_max,
        fixed=band.fixed,
        fixed_max=band.fixed_max,
        min=band.min if band.min is not None else rule.min,
        max=band.max if band.max is not None else rule.max,
        price=band.price,
    )


def _price_of_use(price: Price, base: Decimal, fixed_too: bool) -> tuple[Decimal, Decimal]:
    """Return the low and high price of one use: percent of `base`, plus the fixed part."""
    low_percent = price.percent or ZERO
    high_percent = price.percent_max if price.percent_max is not None else low_percent
    low_fixed = (price.fixed or ZERO) if fixed_too else ZERO
    high_fixed = low_fixed
    if price.fixed_max is not None and fixed_too:
        high_fixed = price.fixed_max
    low = _between(base * low_percent / HUNDRED + low_fixed, price)
    high = _between(base * high_percent / HUNDRED + high_fixed, price)
    return low, high


def _between(fee: Decimal, price: Price) -> Decimal:
    if price.min is not None:
        fee = max(fee, price.min)
    if price.max is not None:
        fee = min(fee, price.max)
    return fee


def _uses_a_day(usage: Usage) -> int:
    return -(-usage.times // DAYS)


def _uses_a_week(usage: Usage) -> int:
    return -(-usage.times * 7 // DAYS)


def cheapest(bills: Iterable[Bill]) -> Bill:
    """Return the bill of the plan that costs the person least; the first of equals."""
    return min(bills, key=lambda bill: (bool(bill.impossible), bill.yearly.estimate))
