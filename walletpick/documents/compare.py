"""The JSON document of a comparison: `walletpick/comparison/1`. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

from walletpick.answers.compare import Comparison
from walletpick.documents.bill import costs_out
from walletpick.documents.out import (
    AboutPlan,
    CatalogOut,
    CauseTexts,
    CurrencyCode,
    FactOut,
    Facts,
    MoneyRangeOut,
    NeedsOut,
    Out,
    RangeOut,
    market_of,
    out,
)
from walletpick.documents.ranking import CriterionOut, criteria_out
from walletpick.facts.model import Catalog, Needs
from walletpick.score.ranking import Place
from walletpick.words.comparison import rows_words


class SideOut(AboutPlan, frozen=True, kw_only=True):
    """One market of the comparison. `yearly_cost` is in its own currency.

    `does_not_fit` says what it lacks of what is asked, and is empty where it fits. What it cannot
    do is not in `yearly_cost`, which then is not complete; it is null where no usage is given, or
    none can be done, and where the needs are for a stay: then `stay_cost` is the cost, else null.
    """

    status: str
    fits: bool
    does_not_fit: CauseTexts
    unconfirmed: CauseTexts
    score: RangeOut
    evidence: float
    yearly_cost: MoneyRangeOut | None
    stay_cost: MoneyRangeOut | None
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
    facts = Facts(catalog, today)
    return out(
        ComparisonOut,
        comparison,
        catalog=catalog,
        wallets=[_side_out(side, comparison.needs) for side in comparison.sides],
        rows=[
            out(
                RowOut,
                row,
                values=[
                    out(
                        ValueOut,
                        value,
                        facts=[facts.of(side.wallet, fact, source) for fact, source in value.facts],
                    )
                    for side, value in zip(comparison.sides, row.values, strict=True)
                ],
            )
            for row in rows_words(comparison)
        ],
    )


def _side_out(side: Place, needs: Needs) -> SideOut:
    return out(
        SideOut,
        market_of(side.candidate),
        side,
        status=side.candidate.status,
        fits=side.judgement.fits,
        does_not_fit=side.obstacles,
        **costs_out(side.bill, needs, "{}_cost"),
        criteria=criteria_out(side, needs),
    )
