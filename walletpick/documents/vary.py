"""The JSON document of what wallets cost over a range: `walletpick/variation/1`. Pure."""

from __future__ import annotations

from typing import Literal

from walletpick.answers.vary import Piece, Point, Stretch, Variation, Varied
from walletpick.bill.bill import is_priced
from walletpick.documents.bill import total_out
from walletpick.documents.out import (
    AboutMarket,
    AboutPlan,
    CatalogOut,
    CauseTexts,
    CountryCode,
    CurrencyCode,
    Money,
    MoneyRangeOut,
    NeedsOut,
    Out,
    market_of,
    money_out,
    out,
)
from walletpick.facts.model import Catalog
from walletpick.facts.money import convert
from walletpick.person.needs import currency_of
from walletpick.score.reasons import bill_is_own
from walletpick.words.costs import cheapest_words, uncounted_words


class VariedOut(Out, frozen=True, kw_only=True):
    """The usage that varies, by its `amount` or by how many `times` it is done.

    The amount runs from `low` to `high` where it varies; else it is null there, and `amount` is
    that of each use where it is `each`, else of all. Amounts are a month's, or of the stay.
    """

    operation: str
    method: str | None
    country: CountryCode | None
    of: Literal["amount", "times"]
    amount: Money | None
    each: bool
    times: int | None
    low: str
    high: str


class CheapestOut(Out, frozen=True, kw_only=True):
    """From `low` to `high`, both counted, those that cost least: their places in `wallets`.

    Of those that are confirmed to do it and whose price is known in full. There are several where
    they cost the same, and none where no such price is known. `perhaps` are those whose price is
    only guessed, or that are not confirmed to do it, and that may cost less: with any, nobody can
    be called cheapest. The next begins one unit of the currency, or one use, later.
    """

    low: str
    high: str
    wallets: tuple[int, ...]
    perhaps: tuple[int, ...]


class UncountedOut(Out, frozen=True, kw_only=True):
    """Where a wallet is not held against the others, and why.

    A fee is not known, it is not confirmed to do it, or it cannot.
    """

    low: str
    high: str
    why: Literal["unknown", "unconfirmed", "cannot"]


class VariedWalletOut(AboutMarket, frozen=True, kw_only=True):
    """A wallet in one country."""

    currency: CurrencyCode
    uncounted: tuple[UncountedOut, ...]


class CostAtOut(AboutPlan, frozen=True, kw_only=True):
    """What a wallet costs in the first year, or in the stay, in its `currency`; null where none of
    it can be done. `complete` is false where a fee in it is not known. `cheapest_of_known`: it is
    confirmed to do it and costs least of those whose price is known; another may cost less where it
    is not `cheapest`, too. `own`: it rests on a price that the person told themselves."""

    fits: bool
    obstacles: CauseTexts
    unconfirmed: CauseTexts
    cost: MoneyRangeOut | None
    cost_in_needs_currency: Money | None
    cheapest: bool
    cheapest_of_known: bool
    own: bool


class PointOut(Out, frozen=True, kw_only=True):
    """What all cost at one amount and number of uses."""

    amount: Money
    times: int
    costs: tuple[CostAtOut, ...]


class VariationOut(Out, frozen=True, kw_only=True):
    """`walletpick cost --vary --json`.

    `needs` hold the usage that varies as the last, at the low end of its range. `text` says in
    words who is cheapest from where to where, and who is not counted. The `points` are the ends of
    the range, round values between them, and the values on both sides of changes.
    """

    schema: Literal["walletpick/variation/1"] = "walletpick/variation/1"
    catalog: CatalogOut
    needs: NeedsOut
    varied: VariedOut
    wallets: tuple[VariedWalletOut, ...]
    cheapest: tuple[CheapestOut, ...]
    text: tuple[str, ...]
    points: tuple[PointOut, ...]


def variation_out(variation: Variation, catalog: Catalog) -> VariationOut:
    """Return the document of what wallets cost over a range."""
    currency = currency_of(variation.needs)
    varied = variation.varied
    usage, amounts = varied.usage, varied.of == "amount"

    def ends(span: Stretch | Piece | Varied) -> dict[str, str]:
        """Return both ends of a part of the range: sums, or numbers of uses."""
        if not amounts:
            return {"low": str(span.low), "high": str(span.high)}
        return {"low": money_out(span.low, currency), "high": money_out(span.high, currency)}

    return out(
        VariationOut,
        variation,
        catalog=catalog,
        varied=out(
            VariedOut,
            varied,
            usage,
            currency=currency,
            amount=None if amounts else usage.amount,
            times=usage.times if amounts else None,
            **ends(varied),
        ),
        wallets=[
            out(
                VariedWalletOut,
                wallet,
                wallet.markets[country],
                wallet=wallet,
                country=country,
                uncounted=[
                    UncountedOut(**ends(each), why=each.state)
                    for each in variation.left_out(number)
                    if each.state != "priced"
                ],
            )
            for number, (wallet, country) in enumerate(variation.markets)
        ],
        cheapest=[
            CheapestOut(**ends(each), wallets=each.cheapest, perhaps=each.perhaps)
            for each in variation.told
        ],
        text=[*cheapest_words(variation), *uncounted_words(variation)],
        points=[_point_out(each, variation, catalog) for each in variation.points],
    )


def _point_out(point: Point, variation: Variation, catalog: Catalog) -> PointOut:
    usage, needs = variation.varied.at(point.value), variation.needs
    currency = currency_of(needs)
    costs = []
    for number, item in enumerate(point.judgements):
        bill = item.bill
        priced = is_priced(bill, needs)
        own = convert(bill.yearly.estimate, bill.currency, currency, catalog.per_usd)
        costs.append(
            out(
                CostAtOut,
                market_of(bill.candidate),
                item,
                cost=total_out(bill, bill.yearly, needs),
                cost_in_needs_currency=money_out(own, currency) if priced else None,
                cheapest=number in point.cheapest and not point.perhaps,
                cheapest_of_known=number in point.cheapest,
                own=bill_is_own(bill),
            )
        )
    return out(PointOut, usage, currency=needs.currency, costs=costs)
