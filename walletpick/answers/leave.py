"""The ways to get a balance out of a market, what each costs, and how many transfers. Pure.

The fee engine prices a month that comes again and again. A balance is moved out once, so what runs
for longer than a month (an allowance a year, a cap a year) is set to the month first: of one use,
or of a few, a year's allowance covers what a month's would. Limits are the engine's too; those that
forbid the whole sum at once are kept, and say into how many transfers it must be split.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal

from msgspec import Struct, structs

from walletpick.bill.bill import Bill, bill
from walletpick.bill.filling import METHOD_OF_CLAIM
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Cap, Catalog, Claim, FeeRule, Limit, Market, Needs, Usage, Wallet
from walletpick.facts.money import NOTHING, MoneyRange, UnknownRate, convert
from walletpick.facts.periods import YEAR
from walletpick.facts.possible import have_to_do
from walletpick.facts.vocabulary import (
    BANK_METHODS,
    CASH_POINTS,
    METHODS,
)
from walletpick.person.needs import move_to_currency, settled
from walletpick.score.ranking import candidates

# Operations that empty a balance.
OPERATIONS = ("withdraw", "cash-out")
# Ways to send that reach an account elsewhere, which may be one's own.
_SENDS_TO_BANKS = ("bank-transfer", "instant")
_SENDS_OUT = (*_SENDS_TO_BANKS, "other-network", "standard")
# More transfers than this are not priced: nobody makes them.
MOST_TRANSFERS = 1000
EXAMPLE_USD = Decimal(100)

# Speeds of a transfer to a bank or card: whoever prices them prices these.
_SPEEDS = ("instant", "standard")
# How often each period fits into a month, at least.
_IN_A_MONTH = {"day": 30, "week": 4, "month": 1}


class Hurdle(Struct, frozen=True, kw_only=True):
    """A limit that the balance exceeds, and how many of its periods the whole takes."""

    limit: Limit
    periods: int


class OnPlan(Struct, frozen=True, kw_only=True):
    """What a route costs on another plan. `fee` is None when it cannot be reckoned."""

    plan: str
    fee: MoneyRange | None
    known: bool


class Route(Struct, frozen=True, kw_only=True):
    """A way to get a balance out, on the plan that costs least to have ("" without plans).

    `fee` is for the whole balance; where `known` is false it is the catalog's average, and None
    when it cannot be reckoned at all. `forbidden` is a limit that splitting does not get around.
    """

    operation: str
    method: str | None
    plan: str
    claims: tuple[Claim, ...] = ()
    rules: tuple[FeeRule, ...] = ()
    fee: MoneyRange | None
    known: bool
    transfers: int = 1
    months: int = 1
    hurdles: tuple[Hurdle, ...] = ()
    limits: tuple[Limit, ...] = ()
    forbidden: Limit | None = None
    others: tuple[OnPlan, ...] = ()

    @property
    def conditional(self) -> bool:
        """Whether it is there, or at this price, only at some provider or under a condition."""
        price = self.rules[:1]
        return any(map(_is_conditional, price)) or (
            bool(self.claims) and all(map(_is_conditional, self.claims))
        )


def routes(
    wallet: Wallet, country: str, balance: Decimal, catalog: Catalog, today: date
) -> list[Route]:
    """Return the known ways to get `balance` (in the market's currency) out, the cheapest first.

    Ways with a known fee stand before those without, what can be done within a month before what
    takes longer, and what holds for everybody before what holds at some bank or in some case; of
    equals those to an account before cash, which one would have to carry
    there. Last stands what a limit forbids.
    """
    market = wallet.markets[country]
    plans = list(candidates(wallet, country, market))
    base = min(plans, key=lambda each: _keeping(each, catalog, today))
    ways = []
    for operation, method, claims in ways_out(market):
        priced = {
            each.plan: _route(each, operation, method, balance, catalog, today) for each in plans
        }
        route = priced.pop(base.plan)
        others = tuple(
            OnPlan(plan=plan, fee=other.fee, known=other.known)
            for plan, other in priced.items()
            if (other.fee, other.known) != (route.fee, route.known)
        )
        limits = tuple(_about(market, operation, method))
        ways.append(structs.replace(route, claims=claims, limits=limits, others=others))
    return sorted(ways, key=_order)


def example_balance(currency: str, catalog: Catalog) -> Decimal:
    """Return a round sum to compare by where no balance is named: about 100 US dollars."""
    some = Needs(currency="USD", use=(Usage(operation="withdraw", amount=EXAMPLE_USD),))
    try:
        return move_to_currency(some, currency, catalog.per_usd, rough=True).use[0].amount
    except UnknownRate:
        return EXAMPLE_USD


def ways_out(market: Market) -> Iterator[tuple[str, str | None, tuple[Claim, ...]]]:
    """Yield each way out that has a price or is said to exist, with the claims that say so.

    A way that the market is said not to have is left out, whatever is priced; so is one inside the
    wallet's own network, which does not lead out, where there is any other. Where money cannot
    be withdrawn, sending it to one's own account elsewhere is a way. So it is to one at a bank
    where a transfer there has no price of its own that holds for everybody; it then stands for
    that transfer.
    """
    ways = [way for operation in OPERATIONS for way in _ways_of(market, operation)]
    priced = any(
        rule.operation == "withdraw"
        and rule.price is None
        and rule.method != "own-network"
        and not _is_conditional(rule)
        for rule in market.fees
    )
    sends: dict[str | None, None] = {}
    if not priced:
        withdraws = any(operation == "withdraw" for operation, *_ in ways)
        reach = _SENDS_TO_BANKS if withdraws else _SENDS_OUT
        methods = (r.method for r in market.fees if r.operation == "send" and not r.paid_by)
        sends = dict.fromkeys(method for method in methods if method in reach)
    if sends:
        ways = [way for way in ways if way[:2] != ("withdraw", "bank-transfer")]
        ways += [("send", sent, ()) for sent in sends]
    leading_out = [way for way in ways if way[1] != "own-network"]
    yield from leading_out or ways


def _is_conditional(fact: FeeRule | Claim) -> bool:
    return bool(fact.provider or fact.when or fact.given)


def _ways_of(market: Market, operation: str) -> Iterator[tuple[str, str | None, tuple[Claim, ...]]]:
    """Yield the ways of one operation: those with a price, then those only said to exist."""
    priced = dict.fromkeys(
        rule.method
        for rule in market.fees
        if rule.operation == operation and not (rule.tax or rule.surcharge or rule.paid_by)
    )
    for_everybody = {
        rule.method
        for rule in market.fees
        if rule.operation == operation and rule.price is None and not _is_conditional(rule)
    }
    claims = {METHOD_OF_CLAIM.get(word, word): claim for word, claim in market.payout.items()}
    claims = {
        method: claim
        for method, claim in claims.items()
        if (method in CASH_POINTS) == (operation == "cash-out")
    }
    denied = {
        method for method, claim in claims.items() if not (claim.has or claim.given or claim.when)
    }
    offered = {method: claim for method, claim in claims.items() if claim.has}
    unpriced = [
        (operation, method, (claim,))
        for method, claim in offered.items()
        if method in METHODS and not any(way and _covers(way, method) for way in priced)
    ]
    for way in priced:
        # A price for every way is the price of the ways that are named.
        if way not in denied and not (way is None and unpriced):
            behind = (
                claim
                for method, claim in offered.items()
                if way
                and _covers(way, method)
                # A price that holds for everybody says that the way is there for them.
                and not (way in for_everybody and _is_conditional(claim))
            )
            yield operation, way, tuple(behind)
    yield from unpriced


def _covers(priced: str, method: str) -> bool:
    return have_to_do(priced, method) or (priced in _SPEEDS and method in BANK_METHODS)


def _order(
    route: Route,
) -> tuple[bool, bool, bool, bool, bool, Decimal, Decimal, bool, bool, int, str, str]:
    # Guesses choose nothing: of ways without a known price one to a bank account is the surest.
    fee = (route.known and route.fee) or NOTHING
    return (
        route.forbidden is not None,
        route.fee is None,
        not route.known,
        route.months > 1,
        route.conditional,
        fee.estimate,
        fee.high,
        route.operation == "cash-out",
        route.method not in BANK_METHODS,
        route.transfers,
        route.operation,
        route.method or "",
    )


def _keeping(candidate: Candidate, catalog: Catalog, today: date) -> Decimal:
    """Return what a plan costs to have."""
    try:
        return bill(candidate, _needs(candidate, catalog), catalog, today).yearly.estimate
    except UnknownRate:
        return Decimal(0)


def _needs(candidate: Candidate, catalog: Catalog, *use: Usage) -> Needs:
    needs = Needs(country=candidate.country, currency=candidate.market.currency, use=use)
    return settled(needs, catalog.criteria.settings)


def _about(market: Market, operation: str, method: str | None) -> Iterator[Limit]:
    """Yield the limits that a way out may meet, also those under a condition."""
    for limit in market.limits:
        if limit.what == "balance" or limit.operation not in (None, operation) or limit.corridor:
            continue
        if limit.method is None or (method and _covers(limit.method, method)):
            yield limit


def _route(
    candidate: Candidate,
    operation: str,
    method: str | None,
    balance: Decimal,
    catalog: Catalog,
    today: date,
) -> Route:
    """Return one way out on one plan."""
    hurdles: dict[str, Hurdle] = {}
    forbidden: Limit | None = None
    transfers = months = 1
    market = _once(candidate.market, operation, method)
    route = Route(operation=operation, method=method, plan=candidate.plan, fee=None, known=False)
    # First the whole in one use, to find every limit that is in the way; then split as they ask.
    split = False
    # Each round finds one limit that the engine objects to, so there are few.
    for _ in range(2 * len(market.limits) + 2):
        if split and transfers > MOST_TRANSFERS:
            break
        over, times = (months, -(-transfers // months)) if split else (1, 1)
        usage = Usage(operation=operation, amount=balance / over, times=times, method=method)
        place = structs.replace(candidate, market=market)
        try:
            made = bill(place, _needs(candidate, catalog, usage), catalog, today)
        except UnknownRate:
            break
        forbid = [*(each.limit for each in made.impossible), *(each.limit for each in made.parted)]
        if not forbid and not split and transfers > 1:
            split = True
            continue
        if not forbid:
            route = _priced(route, made, over, candidate)
            break
        broken = forbid[0]
        limit = next(each for each in candidate.market.limits if each.path == broken.path)
        size = _size(limit, candidate, catalog)
        if not split and size is not None and 0 < size < balance and limit.what != "lifetime":
            # The engine has weighed all the limits of this kind; none of them stands any more.
            market = _without(market, limit.what)
            periods = _ceil(balance / size)
            transfers = max(transfers, periods)
            months = max(months, _months(limit.what, periods))
        elif split and limit.count and limit.what in (*_IN_A_MONTH, "year"):
            periods = _ceil(Decimal(transfers) / limit.count)
            months = max(months + 1, _months(limit.what, periods))
        else:
            forbidden = limit
            break
        transfers = max(transfers, months)
        hurdles[limit.path] = Hurdle(limit=limit, periods=periods)
    return structs.replace(
        route,
        transfers=transfers,
        months=months,
        hurdles=tuple(hurdles.values()),
        forbidden=forbidden,
    )


def _priced(route: Route, made: Bill, months: int, candidate: Candidate) -> Route:
    """Return the route with what a bill of so many months says it costs."""
    lines = [line for line in made.lines if line.kind in ("fee", "conversion", "tax")]
    paths = [rule.path.removesuffix(".fx_markup") for line in lines for rule in line.rules]
    originals = {rule.path: rule for rule in candidate.market.fees_and_taxes}
    return structs.replace(
        route,
        fee=made.sum(line.monthly for line in lines).times(months),
        known=all(line.known for line in lines),
        rules=tuple(originals[path] for path in dict.fromkeys(paths)),
    )


def _ceil(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))


def _months(what: str, periods: int) -> int:
    """Return over how many months so many periods reach, at least."""
    if what == "year":
        return (periods - 1) * YEAR.months + 1
    return -(-periods // _IN_A_MONTH[what]) if what in _IN_A_MONTH else 1


def _size(limit: Limit, candidate: Candidate, catalog: Catalog) -> Decimal | None:
    """Return the most money of a limit, in the market's currency."""
    if limit.amount is None:
        return None
    home = candidate.market.currency
    return convert(limit.amount, limit.currency, home, catalog.per_usd)


def _without(market: Market, what: str) -> Market:
    limits = [
        structs.replace(limit, amount=None) if limit.what == what else limit
        for limit in market.limits
    ]
    return structs.replace(market, limits=tuple(limits))


def _once(market: Market, operation: str, method: str | None) -> Market:
    """Return the market as one use sees it: nothing in it runs for longer than a month.

    Without a method, only the prices that name none are kept, or else the engine would choose.
    """
    fees = []
    for rule in market.fees:
        if rule.operation == operation and method is None and rule.method is not None:
            continue
        free, cap = rule.free, rule.cap
        if free and free.per in ("year", "lifetime"):
            free = structs.replace(free, per="month")
        if cap and cap.per == "year":
            cap = Cap(amount=cap.amount, per="month")
        fees.append(structs.replace(rule, free=free, cap=cap))
    limits = []
    for limit in market.limits:
        if limit.what in ("year", "lifetime"):
            # The engine takes what is done in a month for a twelfth of the year.
            limit = structs.replace(
                limit,
                amount=limit.amount * YEAR.months if limit.amount is not None else None,
                count=limit.count * YEAR.months if limit.count is not None else None,
            )
        limits.append(limit)
    return structs.replace(market, fees=tuple(fees), limits=tuple(limits))
