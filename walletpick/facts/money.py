"""Ranges of money, and changing one currency into another at the catalog's reference rates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

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

    @property
    def exact(self) -> bool:
        """Whether there is nothing uncertain in it."""
        return self.low == self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.estimate + other.estimate, self.high + other.high)

    def times(self, factor: Decimal | int) -> Range:
        """Return the range with each end multiplied by a factor that is not negative."""
        return Range(self.low * factor, self.estimate * factor, self.high * factor)


NOTHING = Range.exactly(ZERO)


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


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return `amount` rounded half-even to the currency's minor unit (ISO 4217): for showing."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), ROUND_HALF_EVEN)
