"""The JSON document of a comparison: `walletpick/comparison/1`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from walletpick.answers.compare import Comparison, Value
from walletpick.documents.bill import yearly_out
from walletpick.documents.out import (
    CatalogOut,
    CountryCode,
    CurrencyCode,
    FactOut,
    MoneyRangeOut,
    NeedsOut,
    Out,
    RangeOut,
    catalog_out,
    fact_out,
    needs_out,
    number,
    range_out,
)
from walletpick.documents.ranking import CriterionOut, criteria_out
from walletpick.facts.model import Catalog
from walletpick.score.ranking import Place
from walletpick.words.causes import by_words
from walletpick.words.common import fact_is_stale


class SideOut(Out, frozen=True, kw_only=True):
    """One market of the comparison. `yearly_cost` is in its own currency.

    `does_not_fit` says what it lacks of what is asked, and is empty where it fits. What it cannot
    do is not in `yearly_cost`, which then is not complete; it is null where no usage is given, or
    none can be done.
    """

    wallet: str
    name: str
    country: CountryCode
    currency: CurrencyCode
    plan: str | None
    status: str
    fits: bool
    does_not_fit: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    score: RangeOut
    evidence: float
    yearly_cost: MoneyRangeOut | None
    criteria: dict[str, CriterionOut]


class ValueOut(Out, frozen=True, kw_only=True):
    """What one market says: in words; `best` of what is known in the row; the facts behind it."""

    text: str
    known: bool
    best: bool
    stale: bool
    facts: tuple[FactOut, ...]


class RowOut(Out, frozen=True, kw_only=True):
    """One point. `values` are in the order of `wallets`."""

    section: str
    key: str
    label: str
    equal: bool
    values: tuple[ValueOut, ...]


class ComparisonOut(Out, frozen=True, kw_only=True):
    """`walletpick compare --json`. Sums of money in `rows` are in `currency`."""

    schema: Literal["walletpick/comparison/1"] = "walletpick/comparison/1"
    catalog: CatalogOut
    needs: NeedsOut
    currency: CurrencyCode
    wallets: tuple[SideOut, ...]
    rows: tuple[RowOut, ...]


def comparison_out(comparison: Comparison, catalog: Catalog, today: date) -> ComparisonOut:
    """Return the document of a comparison: all rows, also those in which all are equal."""
    return ComparisonOut(
        catalog=catalog_out(catalog),
        needs=needs_out(comparison.needs),
        currency=comparison.currency,
        wallets=tuple(_side_out(side, comparison) for side in comparison.sides),
        rows=tuple(
            RowOut(
                section=row.section,
                key=row.key,
                label=row.label,
                equal=row.equal,
                values=tuple(
                    _value_out(side, value, catalog, today)
                    for side, value in zip(comparison.sides, row.values, strict=True)
                ),
            )
            for row in comparison.rows
        ),
    )


def _side_out(side: Place, comparison: Comparison) -> SideOut:
    candidate, bill = side.candidate, side.bill
    return SideOut(
        wallet=candidate.wallet.id,
        name=candidate.wallet.name,
        country=candidate.country,
        currency=bill.currency,
        plan=candidate.plan or None,
        status=candidate.status,
        fits=side.judgement.fits,
        does_not_fit=tuple(by_words(side.obstacles)),
        unconfirmed=tuple(by_words(side.unconfirmed)),
        score=range_out(side.score),
        evidence=number(side.evidence),
        yearly_cost=yearly_out(bill, comparison.needs),
        criteria=criteria_out(side, comparison.needs),
    )


def _value_out(side: Place, value: Value, catalog: Catalog, today: date) -> ValueOut:
    wallet = side.candidate.wallet
    return ValueOut(
        text=value.text,
        known=value.known,
        best=value.best,
        stale=value.stale,
        facts=tuple(
            fact_out(wallet, fact, source, fact_is_stale(fact, source, catalog, today))
            for fact, source in value.facts
        ),
    )
