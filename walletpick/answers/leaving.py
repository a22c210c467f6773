"""What leaving a wallet costs: getting the balance out, closing the account. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.leave import Route, example_balance, routes
from walletpick.bill.conditions import answers_of, holds, people_of
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Catalog, FeeRule, Needs
from walletpick.facts.money import HUNDRED, NOTHING, ZERO, MoneyRange, Range, convert
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import BANK_METHODS
from walletpick.score.criteria import Yardstick

# A way out is free for any balance if it is for so many times what is usual, too.
_MUCH = 100


class OpenQuestion(Struct, frozen=True, kw_only=True):
    """Something of a wallet without which nobody can say when a change pays for itself.

    What the person does with it; what it costs to do elsewhere what it cannot do; charges of it
    (`lines`); the way out of it. Of leaving it: moving a balance that was not named; closing it.
    """

    kind: Literal["usage", "undoable", "charges", "way-out", "balance", "closing"]
    wallet: str
    lines: tuple[Line, ...] = ()


class Closing(Struct, frozen=True, kw_only=True):
    """What closing the account costs. `fee` is None where nothing is published that says so."""

    rules: tuple[FeeRule, ...] = ()
    fee: MoneyRange | None = None


class Leaving(Struct, frozen=True, kw_only=True):
    """What leaving the wallet costs, in its market's `currency`.

    `balance` is None where none was named. `withdrawal` is None where there is nothing to withdraw,
    or nothing is known of how; `known` tells whether the price of it is known. `without` is what
    is in no sum: a balance that was not named, unless a way out is free; a closing fee that nobody
    publishes.
    """

    currency: str
    balance: Decimal | None
    route: Route | None
    withdrawal: MoneyRange | None
    known: bool
    closing: Closing
    without: tuple[OpenQuestion, ...] = ()

    @property
    def total(self) -> MoneyRange:
        """All of it together, but for what is in no sum."""
        return MoneyRange.sum((self.withdrawal, self.closing.fee), self.currency)

    @property
    def published(self) -> MoneyRange:
        """What of it is known."""
        known = self.withdrawal if self.known else None
        return MoneyRange.sum((known, self.closing.fee), self.currency)

    @property
    def complete(self) -> bool:
        """Whether all of it is known."""
        return self.known and not self.without


def leaving_of(account: Candidate, balance: Decimal | None, by: Yardstick) -> Leaving:
    """Return what leaving costs: withdrawing the balance by the cheapest known way, closing."""
    closing = _closing(account, balance, by.needs, by.catalog)
    name, holds = wallet_name(account.wallet), account.holds_balance
    without = [OpenQuestion(kind="balance", wallet=name)] if holds and balance is None else []
    # What holds no balance need not be closed: one does not use it again.
    asks_closing = closing.fee is None and (holds or bool(closing.rules))
    without += [OpenQuestion(kind="closing", wallet=name)] if asks_closing else []
    nothing = Leaving(
        currency=account.market.currency,
        balance=balance,
        route=None,
        withdrawal=None,
        known=True,
        closing=closing,
        without=tuple(without),
    )
    if holds and balance is None and (free := _free_way(account, by)):
        rest = tuple(each for each in without if each.kind != "balance")
        zero = MoneyRange.of(NOTHING, nothing.currency)
        return structs.replace(nothing, route=free, withdrawal=zero, without=rest)
    if not balance:
        return nothing
    ways = [
        (route, *_fee_on_plan(route, account.plan))
        for route in routes(account.wallet, account.country, balance, by.catalog, by.today)
        if route.forbidden is None and _is_open(route, by.needs)
    ]
    if not ways:
        return structs.replace(nothing, known=False)
    # The first of equals, as the cheapest stand first.
    route, fee, known = min(
        ways,
        key=lambda way: (
            way[1] is None,
            not way[2],
            way[0].months > 1,
            way[0].conditional,
            way[1].estimate if way[1] else ZERO,
        ),
    )
    return structs.replace(nothing, route=route, withdrawal=fee, known=known and fee is not None)


def _free_way(account: Candidate, by: Yardstick) -> Route | None:
    """Return a way to get any balance out that is known to cost nothing, None if there is none."""
    some = example_balance(account.market.currency, by.catalog)
    free: list[dict[tuple[str, str | None], Route]] = []
    for balance in (some, some * _MUCH):
        ways = routes(account.wallet, account.country, balance, by.catalog, by.today)
        free.append(
            {
                (way.operation, way.method): way
                for way in ways
                if _is_open(way, by.needs)
                and not way.conditional
                and _fee_on_plan(way, account.plan) == (NOTHING, True)
            }
        )
    few, much = free
    return next((way for key, way in few.items() if key in much and way.forbidden is None), None)


def _fee_on_plan(route: Route, plan: str) -> tuple[MoneyRange | None, bool]:
    """Return what a route costs on a plan; it is priced on the one that costs least to have."""
    for other in route.others:
        if other.plan == plan != route.plan:
            return other.fee, other.known
    return route.fee, route.known


def _is_open(route: Route, needs: Needs) -> bool:
    """Whether the person can use a way out: without a bank account, none that needs one."""
    if "unbanked" not in people_of(needs):
        return True
    return route.method not in BANK_METHODS and (
        route.operation != "withdraw" or route.method is not None
    )


def _closing(
    account: Candidate, balance: Decimal | None, needs: Needs, catalog: Catalog
) -> Closing:
    """Return the closing fees of a market: the ordinary one, and what conditions may make of it."""
    people, answers = people_of(needs), answers_of(needs)
    rules = tuple(
        rule
        for rule in account.market.fees
        if rule.operation == "closing"
        and rule.paid_by is None
        and (not rule.plan or account.plan in rule.plan)
        and (not rule.for_ or people.intersection(rule.for_))
        and holds(rule.given, answers) is not False
    )
    currency = account.market.currency
    spans = [_closing_fee(rule, currency, balance, catalog) for rule in rules]
    fees = [span for span in spans if span is not None]
    if not fees or len(fees) < len(rules):
        return Closing(rules=rules)
    pairs = zip(rules, fees, strict=True)
    ordinary = [
        span.estimate
        for rule, span in pairs
        if rule.when is None and holds(rule.given, answers) is True
    ]
    estimate = max(ordinary or [span.estimate for span in fees])
    low, high = min(span.low for span in fees), max(span.high for span in fees)
    return Closing(rules=rules, fee=MoneyRange(low, estimate, high, currency))


def _closing_fee(
    rule: FeeRule, currency: str, balance: Decimal | None, catalog: Catalog
) -> Range | None:
    """Return what a rule charges for closing, in a currency; None where it cannot be reckoned."""
    if rule.price or rule.bands or rule.steps or (rule.percent and balance is None):
        return None
    rate = convert(Decimal(1), rule.currency, currency, catalog.per_usd)
    fixed = rule.fixed or ZERO
    low = (rule.percent or ZERO) / HUNDRED * (balance or ZERO) + fixed * rate
    if rule.min is not None:
        low = max(low, rule.min * rate)
    if rule.max is not None:
        low = min(low, rule.max * rate)
    top = low + ((rule.fixed_max or fixed) - fixed) * rate
    return Range.between(low, top)
