"""Ranges of money, and changing one currency into another at the catalog's reference rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Self

from msgspec import Struct, structs

from walletpick.facts.places import minor_units

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Range(Struct, frozen=True):
    """A figure that may rest on something unknown: low <= estimate <= high, in one unit."""

    low: Decimal
    estimate: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> Range:
        """Return the range of a figure that is known."""
        return cls(value, value, value)

    @classmethod
    def between(cls, low: Decimal, high: Decimal) -> Range:
        """Return the range of a figure of which both ends are published: most likely its middle."""
        return cls(low, (low + high) / 2, high)

    @property
    def exact(self) -> bool:
        """Whether there is nothing uncertain in it."""
        return self.low == self.high

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal]:
        """Its low end, estimate and high end."""
        return self.low, self.estimate, self.high

    def __add__(self, other: Range) -> Self:
        return self._with(
            self.low + other.low, self.estimate + other.estimate, self.high + other.high
        )

    def __neg__(self) -> Self:
        return self._with(-self.high, -self.estimate, -self.low)

    def __sub__(self, other: Range) -> Self:
        """Return how much less the other is, each being anywhere in its range."""
        return self + -other

    def times(self, factor: Decimal | int) -> Self:
        """Return the range with each end multiplied by a factor that is not negative."""
        return self._with(self.low * factor, self.estimate * factor, self.high * factor)

    def percent_of(self, whole: Decimal) -> Range:
        """Return it in percent of a figure of the same unit, which is above zero."""
        return Range(*self.times(HUNDRED / whole).ends)

    def _with(self, low: Decimal, estimate: Decimal, high: Decimal) -> Self:
        return structs.replace(self, low=low, estimate=estimate, high=high)


NOTHING = Range.exactly(ZERO)


class MoneyRange(Range, frozen=True):
    """A sum of money that may rest on something unknown, with its currency.

    A plain range that is added to it, or held against it, is taken to be in the same currency.
    """

    currency: str

    @classmethod
    def of(cls, span: Range, currency: str) -> MoneyRange:
        """Return a range that is known to be in a currency."""
        return cls(*span.ends, currency)

    @classmethod
    def sum(cls, spans: Iterable[MoneyRange | None], currency: str) -> MoneyRange:
        """Return what sums in a currency come to; None is nothing, as it is to have none."""
        return sum(filter(None, spans), cls.of(NOTHING, currency))

    @property
    def rounded(self) -> MoneyRange:
        """As it is shown: each end rounded half-even to the currency's minor unit."""
        return self._with(*(rounded(at, self.currency) for at in self.ends))

    def __add__(self, other: Range) -> Self:
        """Return the sum. Raises ValueError where the other is in another currency."""
        if isinstance(other, MoneyRange) and other.currency != self.currency:
            raise ValueError(self.currency, other.currency)
        return super().__add__(other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Range):
            return NotImplemented
        same = not isinstance(other, MoneyRange) or other.currency == self.currency
        return same and self.ends == other.ends

    def __ne__(self, other: object) -> bool:
        # A record's own would compare the types.
        return not self == other

    def in_currency(self, currency: str, per_usd: Mapping[str, Decimal]) -> MoneyRange:
        """Return the same in another currency, unrounded. Raises UnknownRate."""
        rate = convert(Decimal(1), self.currency, currency, per_usd)
        return MoneyRange.of(self.times(rate), currency)


class UnknownRate(Exception):
    """The catalog holds no exchange rate for a currency."""

    def __init__(self, currency: str) -> None:
        super().__init__(currency)
        self.currency = currency


def convert(amount: Decimal, start: str, end: str, per_usd: Mapping[str, Decimal]) -> Decimal:
    """Return `amount` of currency `start` in currency `end`, unrounded.

    `per_usd` holds units of each currency for one US dollar. Raises UnknownRate.
    """
    if start == end:
        return amount
    for currency in (start, end):
        if currency not in per_usd:
            raise UnknownRate(currency)
    return amount * per_usd[end] / per_usd[start]


def two_digits(amount: Decimal) -> Decimal:
    """Return an amount of which no more than the size counts."""
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1)) + 0


def plain_number(number: Decimal) -> str:
    """Return a number without needless zeros: 2.50 -> "2.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return `amount` rounded half-even to the currency's minor unit (ISO 4217): for showing."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), ROUND_HALF_EVEN)
