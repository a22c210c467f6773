"""The JSON documents of bills, lists, ready-made needs and problems of the catalog. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from walletpick.bill.bill import Bill, is_priced
from walletpick.bill.giving import Given
from walletpick.bill.limits import Impossible, Parted
from walletpick.bill.line import Line, LineKind
from walletpick.bill.lines import average_of
from walletpick.documents.out import (
    AboutPlan,
    CatalogOut,
    CountryCode,
    DateText,
    FactOut,
    Facts,
    Kind,
    KnownText,
    Money,
    MoneyRangeOut,
    MoneySpanOut,
    NeedsOut,
    Out,
    SourceOut,
    market_of,
    out,
)
from walletpick.facts.model import (
    AverageCharge,
    AverageFee,
    AverageOfUse,
    Catalog,
    Needs,
    Quoted,
    Wallet,
)
from walletpick.facts.money import MoneyRange
from walletpick.person.needs import currency_of
from walletpick.score.causes import Cause
from walletpick.score.ranking import Judgement
from walletpick.words.bills import given_rule, line_price, plan_name, sum_of
from walletpick.words.causes import by_words, limit_phrase
from walletpick.words.lines import parted_words
from walletpick.words.phrases import figure


class AverageOut(Out, frozen=True, kw_only=True):
    """What an unknown price is taken for: `markets` with a known price stand behind it.

    `estimate` and `high` are in percent of the amount, or in US dollars (`unit`); beside a
    percentage, `estimate_fixed_usd` and `high_fixed_usd` are for each use.
    """

    estimate: str
    high: str
    estimate_fixed_usd: str | None
    high_fixed_usd: str | None
    unit: Literal["percent", "USD"]
    markets: int


class QuotePointOut(Out, frozen=True, kw_only=True):
    """What one amount cost, in percent of it; `row` is the line of the file, from 1."""

    amount_usd: str
    fee_percent: str
    margin_percent: str
    row: int


class QuoteOut(Out, frozen=True, kw_only=True):
    """Prices that a survey saw on one day, and no tariff: `points` has the amounts it asked for.

    They are of the service that gives the estimate; each other one has a fact.
    """

    survey: str
    by: KnownText
    period: str
    credit: str
    points: tuple[QuotePointOut, ...]


class LineOut(Out, frozen=True, kw_only=True):
    """One item of a bill.

    `amount` and `times` are what is done in a month (0 for what is paid for having the account).
    Of kind `filling` is what putting the money into the balance costs that is paid from there.
    `rule` is the price in words; null where none is published, and then, as wherever `known` is
    false, the figures rest on the catalog's averages, of which `average` is the one, else null.
    `source` is that of the rule that gives the estimate; `facts` has every rule that the line
    rests on. `asks` are conditions that the needs do not answer (`given`): the figures are a range
    for them. `least`: only the lowest price is published, and the estimate is that. Where it rests
    on what a survey saw, `quote` says so. `monthly` is the average month
    of the first year, and nothing for what is paid once. For a stay, `monthly` and `yearly` are
    null and `stay` is its cost, else null; `amount` and `times` are then those of the stay.
    `among_users`: no way was asked for, and only among users of the same wallet does it cost as
    little as the low end.
    """

    kind: LineKind
    operation: str
    method: str | None
    country: CountryCode | None
    amount: Money
    times: int
    rule: str | None
    asks: tuple[str, ...]
    known: bool
    least: bool
    average: AverageOut | None
    stale: bool
    monthly: MoneySpanOut | None
    yearly: MoneySpanOut | None
    stay: MoneySpanOut | None
    among_users: bool
    source: SourceOut | None
    facts: tuple[FactOut, ...]
    quote: QuoteOut | None


class GivenOut(Out, frozen=True, kw_only=True):
    """What is given back, in sums not above zero; interest on what lies there has no operation.

    An `offer` is for new customers or ends (`until`, where a day is known): it counts in the first
    year alone and in no comparison. `rule` says in words what gives the estimate. `asks` are
    conditions that the needs do not answer (`given`). For a stay,
    `monthly` and `yearly` are null and `stay` is its sum, else null.
    """

    operation: str | None
    method: str | None
    country: CountryCode | None
    amount: Money
    times: int
    rule: str
    asks: tuple[str, ...]
    offer: bool
    until: DateText | None
    stale: bool
    monthly: MoneySpanOut | None
    yearly: MoneySpanOut | None
    stay: MoneySpanOut | None
    source: SourceOut
    facts: tuple[FactOut, ...]


class ObstacleOut(Out, frozen=True, kw_only=True):
    """Something that stands in the way: a sentence, and the fact behind it where there is one."""

    text: str
    fact: FactOut | None


class ImpossibleOut(Out, frozen=True, kw_only=True):
    """A usage that a known limit forbids, by itself or beside those before it: it is in no total.

    `fact` is the limit.
    """

    operation: str
    method: str | None
    country: CountryCode | None
    amount: Money
    times: int
    text: str
    fact: FactOut


class PartedOut(Out, frozen=True, kw_only=True):
    """A usage that a known limit, `fact`, allows in parts alone: each use in so many."""

    operation: str
    amount: Money
    times: int
    parts: int
    text: str
    fact: FactOut


class PlanOut(Out, frozen=True, kw_only=True):
    """Another plan of the market and what it would cost; null where it can do nothing asked.

    That is `stay` where the needs are for one, else `yearly`; the other is null.
    """

    plan: str
    name: str
    fits_limits: bool
    yearly: MoneyRangeOut | None
    stay: MoneyRangeOut | None


class BillOut(AboutPlan, frozen=True, kw_only=True):
    """What one wallet would charge in one country. All money is in `currency`.

    `yearly` is the first year with what is paid once, `monthly` an average month without it.
    `impossible` has what cannot be done: it is in no total, so the totals are not complete; where
    nothing of what is asked can be done, they are null.
    `charged` is the first year before anything is given back and `yearly` after that, without
    offers; `with_offers` is `yearly` with them. `taxes` is the part of `yearly` that is tax. `fits`
    is false where an obstacle is known.

    Where the needs are for a stay, `stay` is its cost, `stay_in_needs_currency` and `moved_stay`
    are of it, and what is said of a year or a month is null; without a stay, those three are. All
    other sums are of the stay then, and subscriptions count for each month begun.
    """

    plan_name: str | None
    fits: bool
    obstacles: tuple[ObstacleOut, ...]
    unconfirmed: tuple[ObstacleOut, ...]
    monthly: MoneyRangeOut | None
    yearly: MoneyRangeOut | None
    stay: MoneyRangeOut | None
    charged: MoneyRangeOut | None
    returned: MoneySpanOut
    offered: MoneySpanOut
    with_offers: MoneyRangeOut | None
    taxes: MoneySpanOut
    moved_yearly: Money | None
    moved_stay: Money | None
    yearly_in_needs_currency: MoneyRangeOut | None
    stay_in_needs_currency: MoneyRangeOut | None
    lines: tuple[LineOut, ...]
    given_back: tuple[GivenOut, ...]
    parted: tuple[PartedOut, ...]
    impossible: tuple[ImpossibleOut, ...]
    other_plans: tuple[PlanOut, ...]


class BillsOut(Out, frozen=True, kw_only=True):
    """`walletpick cost --json`."""

    schema: Literal["walletpick/bill/1"] = "walletpick/bill/1"
    catalog: CatalogOut
    needs: NeedsOut
    bills: tuple[BillOut, ...]


def bills_out(bills: Iterable[Judgement], needs: Needs, catalog: Catalog, today: date) -> BillsOut:
    """Return the document of bills. `needs` are settled."""
    facts = Facts(catalog, today)
    return out(
        BillsOut,
        catalog=catalog,
        needs=needs,
        bills=[bill_out(each, needs, facts) for each in bills],
    )


def bill_out(item: Judgement, needs: Needs, facts: Facts) -> BillOut:
    """Return the bill of one wallet. `needs` are settled."""
    bill, wallet = item.bill, item.bill.candidate.wallet
    in_theirs = bill.yearly.in_currency(currency_of(needs), facts.catalog.per_usd)

    def limited(kind: type[Kind], each: Parted | Impossible, text: str) -> Kind:
        return out(kind, each.usage, each, text=text, fact=facts.of(wallet, each.limit))

    return out(
        BillOut,
        market_of(bill.candidate),
        bill,
        plan_name=plan_name(bill.candidate),
        fits=item.fits,
        obstacles=_obstacles_out(item.obstacles, wallet, facts),
        unconfirmed=_obstacles_out(item.unconfirmed, wallet, facts),
        monthly=None if bill.period.stay else total_out(bill, bill.monthly, needs),
        **costs_out(bill, needs),
        charged=total_out(bill, bill.charged, needs),
        with_offers=total_out(bill, bill.yearly + bill.offered, needs),
        given_back=[
            _item_out(GivenOut, each, bill, facts, rule=given_rule(each.rules[0]))
            for each in bill.given_back
        ],
        taxes=sum_of(bill, "tax"),
        **_in_period(bill, bill.moved, "moved_{}"),
        **_in_period(bill, total_out(bill, in_theirs, needs), "{}_in_needs_currency"),
        lines=[_line_out(line, bill, facts) for line in bill.lines],
        parted=[limited(PartedOut, each, parted_words(each)) for each in bill.parted],
        impossible=[limited(ImpossibleOut, each, limit_phrase(each)) for each in bill.impossible],
        other_plans=[
            out(
                PlanOut,
                other.candidate,
                name=plan_name(other.candidate),
                fits_limits=not other.impossible,
                **costs_out(other, needs),
            )
            for other in item.others
        ],
    )


def costs_out(bill: Bill, needs: Needs, fields: str = "{}") -> dict[str, Any]:
    """Return the total of the first year or the stay without what cannot be done, the other null.

    `fields` are how the two fields are called: "yearly_cost" by "{}_cost".
    """
    return _in_period(bill, total_out(bill, bill.yearly, needs), fields)


def _in_period(item: Bill | Line | Given, sum_: Any, fields: str) -> dict[str, Any]:
    """Return a sum as that of the year or of the stay, whichever it is of; the other is null."""
    year, stay = fields.format("yearly"), fields.format("stay")
    return {year: None, stay: sum_} if item.period.stay else {year: sum_, stay: None}


def _item_out(kind: type[Kind], item: Line | Given, bill: Bill, facts: Facts, **more: Any) -> Kind:
    """Return an item of a bill: what it comes to a month and a year, or in the stay, and why."""
    behind = [facts.of(bill.candidate.wallet, rule) for rule in item.rules]
    return out(
        kind,
        item,
        monthly=None if item.period.stay else item.monthly,
        **_in_period(item, item.yearly, "{}"),
        source=behind[0].source if behind else None,
        facts=behind,
        **more,
    )


def total_out(bill: Bill, span: MoneyRange, needs: Needs) -> MoneyRangeOut | None:
    """Return a total of a bill without what cannot be done; None where there is none."""
    whole = bill.in_full and not bill.impossible
    return out(MoneyRangeOut, span, complete=whole) if is_priced(bill, needs) else None


def _line_out(line: Line, bill: Bill, facts: Facts) -> LineOut:
    return _item_out(
        LineOut,
        line,
        bill,
        facts,
        rule=line_price(line),
        average=None if line.known else _average_out(average_of(line, facts.catalog.averages)),
        quote=_quote_out(line),
    )


def _quote_out(line: Line) -> QuoteOut | None:
    first = line.rules[0] if line.rules else None
    if not isinstance(first, Quoted):
        return None
    points = [
        out(
            QuotePointOut,
            amount_usd=figure(quote.usd),
            fee_percent=figure(quote.fee_percent),
            margin_percent=figure(quote.margin_percent),
            row=quote.line,
        )
        for quote in first.points
    ]
    return out(QuoteOut, first.head, survey=first.head.name, points=points)


def _average_out(average: AverageFee | AverageCharge) -> AverageOut:
    if isinstance(average, AverageFee):
        estimate, high, unit = average.estimate_percent, average.high_percent, "percent"
    else:
        estimate, high, unit = average.estimate_usd, average.high_usd, "USD"
    a_use = average if isinstance(average, AverageOfUse) else None
    return out(
        AverageOut,
        estimate=f"{estimate:f}",
        high=f"{high:f}",
        estimate_fixed_usd=f"{a_use.estimate_fixed_usd:f}" if a_use else None,
        high_fixed_usd=f"{a_use.high_fixed_usd:f}" if a_use else None,
        unit=unit,
        markets=average.count,
    )


def _obstacles_out(causes: Iterable[Cause], wallet: Wallet, facts: Facts) -> list[ObstacleOut]:
    def fact(cause: Cause) -> FactOut | None:
        return facts.of(wallet, cause.fact, cause.source) if cause.fact and cause.source else None

    return [
        out(ObstacleOut, text=words, fact=fact(cause)) for words, cause in by_words(causes).items()
    ]
