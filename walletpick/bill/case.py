"""The case a bill is made for: one market, one person, one day; and what of the market is for it.

Pure. `rules` and `limits` choose with the functions here, so that what narrows a price narrows a
limit in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from walletpick.bill.conditions import (
    answers_of,
    banks_of,
    decided_by,
    holds,
    people_of,
    with_decided,
)
from walletpick.bill.observe import Candidate
from walletpick.facts import places
from walletpick.facts.ages import fact_is_stale
from walletpick.facts.model import Catalog, FeeRule, GiveBack, Limit, Market, Needs, Usage
from walletpick.facts.money import convert
from walletpick.facts.periods import Period, period_of
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, METHOD_COVERS


class Case(Struct, frozen=True):
    """What stays the same through a bill.

    `people`, `banks` and `answers` are what the person is, has and answered (see `people_of`,
    `banks_of` and `answers_of`). `per_usd` holds units of each currency for one US dollar.
    """

    candidate: Candidate
    needs: Needs
    catalog: Catalog
    today: date
    people: frozenset[str]
    banks: frozenset[str]
    answers: frozenset[str]
    per_usd: Mapping[str, Decimal]
    period: Period

    @property
    def market(self) -> Market:
        """The market that charges."""
        return self.candidate.market

    @property
    def currency(self) -> str:
        """The market's currency, which a bill is in."""
        return self.candidate.market.currency

    def whole(self, amount: Decimal) -> Decimal:
        """Return what the amount of a usage comes to in the time of the bill."""
        return amount * self.period.repeats

    def is_stale(self, rule: FeeRule | GiveBack) -> bool:
        """Return whether a price, or what is given back, is older than such should be."""
        return fact_is_stale(rule, self.candidate.source_of(rule), self.catalog, self.today)

    def home(self, amount: Decimal, currency: str) -> Decimal:
        """Return money of a currency ("": the market's) in the market's. Raises UnknownRate."""
        return convert(amount, currency or self.currency, self.currency, self.per_usd)

    def away(self, amount: Decimal, currency: str) -> Decimal:
        """Return money of the market in a currency ("": the market's). Raises UnknownRate."""
        return convert(amount, self.currency, currency or self.currency, self.per_usd)


def case_of(candidate: Candidate, needs: Needs, catalog: Catalog, today: date) -> Case:
    """Return the case of a candidate and settled needs (see `needs.settled`)."""
    return Case(
        candidate,
        needs,
        catalog,
        today,
        people_of(needs),
        banks_of(needs),
        answers_of(needs),
        catalog.per_usd,
        period_of(needs.for_),
    )


def case_for(case: Case, usage: Usage) -> Case:
    """Return the case with what a usage itself answers, such as in which currency it is."""
    decided = decided_by([usage], case.candidate.country)
    return structs.replace(case, answers=with_decided(case.answers, decided))


def by_method(usage: Usage, method: str | None) -> Usage:
    """Return a usage by some method (None: by no certain one)."""
    return structs.replace(usage, method=method)


def is_meant(case: Case, item: FeeRule | Limit, usage: Usage) -> bool:
    """Return whether a rule or limit is for the plan, the person and where the usage goes.

    Conditions that the person has not answered may hold.
    """
    return (
        (not item.plan or case.candidate.plan in item.plan)
        and (not item.for_ or not case.people.isdisjoint(item.for_))
        and holds(item.given, case.answers) is not False
        and corridor_rank(case, item.corridor, usage) is not None
    )


def method_rank(of_item: str | None, asked: str | None) -> int | None:
    """Return how closely the method of a rule or limit fits the one asked for.

    0: it names none; 1: it covers the method ("card" a debit card); 2: it names it. None when it
    is about another.
    """
    if of_item is None:
        return 0
    if of_item == asked:
        return 2
    return 1 if asked in METHOD_COVERS.get(of_item, ()) else None


def is_named(corridor: str | None, country: str) -> bool:
    """Return whether a corridor leads to a country by its name, or to a zone that has it."""
    end = (corridor or "").partition("-")[2]
    return end == country or (end in places.ZONE_NAMES and places.in_zone(country, end))


def corridor_rank(case: Case, corridor: str | None, usage: Usage) -> int | None:
    """Return how closely a corridor ("HK-CN", "GB-EEA", "US-abroad") fits where a usage goes.

    From 0 (there is no corridor) to 4 (it names the country); None when it does not fit. A usage
    without a country stays at home, except for operations that go abroad: of those nothing more
    is known, so only the widest corridors fit, and the money is taken to change its currency.
    """
    if corridor is None:
        return 0
    end = corridor.partition("-")[2]
    if usage.country is None and usage.operation in ABROAD_OPERATIONS:
        return {"abroad": 1, "foreign-currency": 2}.get(end)
    home = case.candidate.country
    country = usage.country or home
    if end == country:
        return 4
    if end in places.ZONE_NAMES:
        return 3 if places.in_zone(country, end) else None
    if end == "foreign-currency":
        # What stays at home without a word of a country is in the market's own currency.
        crosses = usage.country and places.currency_of(usage.country) != case.currency
        return 2 if crosses else None
    return 1 if end == "abroad" and country != home else None
