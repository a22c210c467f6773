"""The JSON documents of bills, lists, ready-made needs and problems of the catalog. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from walletpick.bill.bill import Bill, Line, LineKind
from walletpick.bill.limits import Impossible
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    DateText,
    FactOut,
    Money,
    MoneyRangeOut,
    MoneySpanOut,
    NeedsOut,
    Out,
    SourceOut,
    catalog_out,
    fact_out,
    money_out,
    money_range_out,
    money_span_out,
    needs_out,
)
from walletpick.facts.model import AverageFee, Catalog, Needs, Wallet
from walletpick.facts.money import convert
from walletpick.person.needs import settled
from walletpick.score.causes import Cause
from walletpick.score.ranking import Judgement
from walletpick.words.bills import (
    average_of,
    is_priced,
    is_whole,
    line_price,
    plan_name,
    taxes,
)
from walletpick.words.causes import by_words, limit_phrase
from walletpick.words.common import fact_is_stale

if TYPE_CHECKING:
    from walletpick.reading.problem import Problem


class AverageOut(Out, frozen=True, kw_only=True):
    """What an unknown price is taken for: `markets` with a known price stand behind it.

    `estimate` and `high` are in percent of the amount, or in US dollars (`unit`).
    """

    estimate: str
    high: str
    unit: Literal["percent", "USD"]
    markets: int


class LineOut(Out, frozen=True, kw_only=True):
    """One item of a bill.

    `amount` and `times` are what is done in a month (0 for what is paid for having the account).
    `rule` is the price in words; null where none is published, and then, as wherever `known` is
    false, the figures rest on the catalog's averages, of which `average` is the one, else null.
    `source` is that of the rule that gives the estimate; `facts` has every rule that the line
    rests on. `monthly` is the average month of the first year, and nothing for what is paid once.
    """

    kind: LineKind
    operation: str
    method: str | None
    country: CountryCode | None
    amount: Money
    times: int
    rule: str | None
    known: bool
    average: AverageOut | None
    stale: bool
    monthly: MoneySpanOut
    yearly: MoneySpanOut
    source: SourceOut | None
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


class PlanOut(Out, frozen=True, kw_only=True):
    """Another plan of the market and what it would cost; null where it can do nothing asked."""

    plan: str
    name: str
    fits_limits: bool
    yearly: MoneyRangeOut | None


class BillOut(Out, frozen=True, kw_only=True):
    """What one wallet would charge in one country. All money is in `currency`.

    `yearly` is the first year with what is paid once, `monthly` an average month without it.
    `impossible` has what cannot be done: it is in no total, so the totals are not complete; where
    nothing of what is asked can be done, they are null.
    `taxes` is the part of `yearly` that is tax. `fits` is false where an obstacle is known.
    """

    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    plan: str | None
    plan_name: str | None
    fits: bool
    obstacles: tuple[ObstacleOut, ...]
    unconfirmed: tuple[ObstacleOut, ...]
    monthly: MoneyRangeOut | None
    yearly: MoneyRangeOut | None
    taxes: MoneySpanOut
    moved_yearly: Money
    yearly_in_needs_currency: MoneyRangeOut | None
    lines: tuple[LineOut, ...]
    impossible: tuple[ImpossibleOut, ...]
    other_plans: tuple[PlanOut, ...]


class BillsOut(Out, frozen=True, kw_only=True):
    """`walletpick cost --json`."""

    schema: Literal["walletpick/bill/1"] = "walletpick/bill/1"
    catalog: CatalogOut
    needs: NeedsOut
    bills: tuple[BillOut, ...]


class ListedMarketOut(Out, frozen=True, kw_only=True):
    """A wallet in one country."""

    country: CountryCode
    currency: CurrencyCode
    status: str
    since: DateText | None


class ListedOut(Out, frozen=True, kw_only=True):
    """A wallet, and the countries that have what was asked for."""

    wallet: str
    name: str
    local_names: dict[str, str]
    kind: str
    countries: tuple[CountryCode, ...]
    markets: tuple[ListedMarketOut, ...]


class ListOut(Out, frozen=True, kw_only=True):
    """`walletpick list --json`."""

    schema: Literal["walletpick/list/1"] = "walletpick/list/1"
    catalog: CatalogOut
    wallets: tuple[ListedOut, ...]


class PersonaOut(Out, frozen=True, kw_only=True):
    """Ready-made needs; `persona` is the name that --persona takes."""

    persona: str
    title: str
    about: str
    needs: NeedsOut


class PersonasOut(Out, frozen=True, kw_only=True):
    """`walletpick list --personas --json`."""

    schema: Literal["walletpick/personas/1"] = "walletpick/personas/1"
    catalog: CatalogOut
    personas: tuple[PersonaOut, ...]


class ProblemOut(Out, frozen=True, kw_only=True):
    """Something wrong in a file of the catalog; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str
    message: str
    severity: Literal["error", "warning"]


class ProblemsOut(Out, frozen=True, kw_only=True):
    """`walletpick catalog lint --format json`; `files` is how many were checked."""

    schema: Literal["walletpick/problems/1"] = "walletpick/problems/1"
    files: int
    problems: tuple[ProblemOut, ...]


SCHEMAS: dict[str, type] = {
    "bill": BillsOut,
    "list": ListOut,
    "personas": PersonasOut,
    "problems": ProblemsOut,
}


def bills_out(bills: Iterable[Judgement], needs: Needs, catalog: Catalog, today: date) -> BillsOut:
    """Return the document of bills. `needs` are settled."""
    return BillsOut(
        catalog=catalog_out(catalog),
        needs=needs_out(needs),
        bills=tuple(_bill_out(each, needs, catalog, today) for each in bills),
    )


def _bill_out(item: Judgement, needs: Needs, catalog: Catalog, today: date) -> BillOut:
    bill = item.bill
    candidate, currency = bill.candidate, bill.currency
    assert needs.currency
    rate = convert(Decimal(1), currency, needs.currency, catalog.per_usd)
    priced = is_priced(bill, needs)
    return BillOut(
        wallet=candidate.wallet.id,
        name=candidate.wallet.name,
        country=candidate.country,
        currency=currency,
        plan=candidate.plan or None,
        plan_name=plan_name(candidate) or None,
        fits=item.fits,
        obstacles=_obstacles(item.obstacles, candidate.wallet, catalog, today),
        unconfirmed=_obstacles(item.unconfirmed, candidate.wallet, catalog, today),
        monthly=money_range_out(bill.monthly, currency, is_whole(bill)) if priced else None,
        yearly=yearly_out(bill, needs),
        taxes=money_span_out(taxes(bill), currency),
        moved_yearly=money_out(bill.moved, currency),
        yearly_in_needs_currency=money_range_out(
            bill.yearly.times(rate), needs.currency, is_whole(bill)
        )
        if priced
        else None,
        lines=tuple(_line_out(line, item, catalog, today) for line in bill.lines),
        impossible=tuple(_impossible_out(each, bill, catalog, today) for each in bill.impossible),
        other_plans=tuple(
            PlanOut(
                plan=other.candidate.plan,
                name=plan_name(other.candidate),
                fits_limits=not other.impossible,
                yearly=yearly_out(other, needs),
            )
            for other in item.others
        ),
    )


def yearly_out(bill: Bill, needs: Needs) -> MoneyRangeOut | None:
    """Return the first year's total without what cannot be done; None where there is none."""
    if not is_priced(bill, needs):
        return None
    return money_range_out(bill.yearly, bill.currency, is_whole(bill))


def _impossible_out(found: Impossible, bill: Bill, catalog: Catalog, today: date) -> ImpossibleOut:
    usage, limit = found.usage, found.limit
    source = bill.candidate.source_of(limit)
    stale = fact_is_stale(limit, source, catalog, today)
    return ImpossibleOut(
        operation=usage.operation,
        method=usage.method,
        country=usage.country,
        amount=money_out(usage.amount, bill.currency),
        times=usage.times,
        text=limit_phrase(found, bill.currency),
        fact=fact_out(bill.candidate.wallet, limit, source, stale),
    )


def _average_out(line: Line, catalog: Catalog) -> AverageOut | None:
    if line.known:
        return None
    average = average_of(line, catalog)
    if isinstance(average, AverageFee):
        estimate, high = average.estimate_percent, average.high_percent
    else:
        estimate, high = average.estimate_usd, average.high_usd
    return AverageOut(
        estimate=f"{estimate:f}",
        high=f"{high:f}",
        unit="percent" if isinstance(average, AverageFee) else "USD",
        markets=average.count,
    )


def _line_out(line: Line, item: Judgement, catalog: Catalog, today: date) -> LineOut:
    candidate, currency = item.bill.candidate, item.bill.currency
    facts = tuple(
        fact_out(
            candidate.wallet,
            rule,
            candidate.source_of(rule),
            fact_is_stale(rule, candidate.source_of(rule), catalog, today),
        )
        for rule in line.rules
    )
    return LineOut(
        kind=line.kind,
        operation=line.operation,
        method=line.method,
        country=line.country,
        amount=money_out(line.amount, currency),
        times=line.times,
        rule=line_price(line, currency) if line.rules else None,
        known=line.known,
        average=_average_out(line, catalog),
        stale=line.stale,
        monthly=money_span_out(line.monthly, currency),
        yearly=money_span_out(line.yearly, currency),
        source=facts[0].source if facts else None,
        facts=facts,
    )


def _obstacles(
    causes: Iterable[Cause], wallet: Wallet, catalog: Catalog, today: date
) -> tuple[ObstacleOut, ...]:
    found = []
    for words, cause in by_words(causes).items():
        fact = None
        if cause.fact is not None and cause.source is not None:
            stale = fact_is_stale(cause.fact, cause.source, catalog, today)
            fact = fact_out(wallet, cause.fact, cause.source, stale)
        found.append(ObstacleOut(text=words, fact=fact))
    return tuple(found)


def list_out(found: Mapping[str, Iterable[str]], catalog: Catalog) -> ListOut:
    """Return the document of a list: `found` has the countries to name of each wallet id."""
    wallets = {wallet.id: wallet for wallet in catalog.wallets}
    return ListOut(
        catalog=catalog_out(catalog),
        wallets=tuple(_listed(wallets[name], codes) for name, codes in found.items()),
    )


def _listed(wallet: Wallet, codes: Iterable[str]) -> ListedOut:
    markets = []
    for code in codes:
        market = wallet.markets[code]
        markets.append(
            ListedMarketOut(
                country=code,
                currency=market.currency,
                status=market.status.state if market.status else "active",
                since=market.status.since if market.status else None,
            )
        )
    return ListedOut(
        wallet=wallet.id,
        name=wallet.name,
        local_names=wallet.local_names,
        kind=wallet.kind,
        countries=tuple(market.country for market in markets),
        markets=tuple(markets),
    )


def personas_out(catalog: Catalog) -> PersonasOut:
    """Return the document of the ready-made needs."""
    weights = catalog.criteria.settings.default_weights
    return PersonasOut(
        catalog=catalog_out(catalog),
        personas=tuple(
            PersonaOut(
                persona=name,
                title=needs.title,
                about=needs.about,
                needs=needs_out(settled(needs, weights)),
            )
            for name, needs in catalog.personas.items()
        ),
    )


def problems_out(files: int, problems: Iterable[Problem]) -> ProblemsOut:
    """Return the document of the problems found in so many files."""
    return ProblemsOut(
        files=files,
        problems=tuple(
            ProblemOut(
                file=problem.file,
                line=problem.line,
                column=problem.column,
                path=problem.path,
                message=problem.message,
                severity=problem.severity,
            )
            for problem in problems
        ),
    )
