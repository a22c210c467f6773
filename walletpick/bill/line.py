"""One item of a bill. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.bill.case import Case
from walletpick.facts.model import AverageFee, FeeRule, Quoted
from walletpick.facts.money import HUNDRED, ZERO, MoneyRange, Range
from walletpick.facts.periods import YEAR, Period

LineKind = Literal["fee", "conversion", "tax", "filling", "subscription", "once"]


# So little of the money that it moves is next to nothing.
_SLIGHT = Decimal("0.005")


class Line(Struct, frozen=True, kw_only=True):
    """One item of a bill. Money is in the market's currency.

    `amount` and `times` are what the person does in a month or in the stay (0 for subscriptions).
    `rules` are what the figure rests on, the one that gives the estimate first; without any, or
    where they leave something open, `known` is false and the figure is the catalog's average.
    `asks` are the conditions among them that the person has not answered: the figure is a range.
    `taken`: the person named no way, and `method` was taken as the cheapest that is open.
    `among_users`: so it was, and among the wallet's own users alone it costs less, which is the low
    end; the rest is the price to others, and where that is not known, nor is the line.
    `average` is what stands in for what is unknown, where it is not the usual one for such a line.
    Of kind "filling" is what it costs to put the money in that uses take from the balance.
    `least`: the figure is the lowest price, and only that is published. `added` are those of the
    rules that come on top for sure. `far` is what a survey saw of the same for other amounts, too
    far from this one to price it, where nothing else does.
    """

    kind: LineKind
    operation: str
    method: str | None = None
    country: str | None = None
    amount: Decimal = ZERO
    times: int = 0
    rules: tuple[FeeRule, ...] = ()
    added: tuple[FeeRule, ...] = ()
    known: bool
    least: bool = False
    asks: tuple[str, ...] = ()
    stale: bool = False
    taken: bool = False
    among_users: bool = False
    average: AverageFee | None = None
    far: Quoted | None = None
    yearly: MoneyRange
    period: Period = YEAR

    @property
    def currency(self) -> str:
        """The market's currency."""
        return self.yearly.currency

    @property
    def guessed(self) -> bool:
        """Whether its figure is the catalog's average, and may be much: see `slight`."""
        return not (self.published or self.slight)

    @property
    def published(self) -> bool:
        """Whether its figure is, or at least the lowest price."""
        return self.known or self.least

    @property
    def slight(self) -> bool:
        """Whether it is unknown, and by the catalog's average next to nothing of the money.

        So little decides nothing, even at its dear end.
        """
        return not self.known and self.monthly.high <= self.amount * _SLIGHT

    @property
    def way(self) -> str | None:
        """By which method its figure holds; none where it is guessed from one among users alone."""
        return None if self.among_users and not self.known else self.method

    @property
    def monthly(self) -> MoneyRange:
        """The average month of the first year; nothing for what is paid once."""
        return self.yearly.times(ZERO if self.kind == "once" else Decimal(1) / self.period.months)


def widened(case: Case, span: Range, unknown: Range) -> Range:
    """Return a stale figure's range, which may have changed: what was free may be free no more.

    `unknown` is what such a price is taken for. Where most take nothing, this one most likely takes
    nothing still, and those that do take something count by the same share once more.
    """
    share = case.catalog.criteria.settings.stale_widening_percent / HUNDRED
    high = span.high * (1 + share) + (unknown.estimate or unknown.high * share) * share
    return Range(span.low * (1 - share), span.estimate, high)
