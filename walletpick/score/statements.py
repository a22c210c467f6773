"""What is stated of a market, as reasons hold it against another. Pure."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from walletpick.bill.bill import Bill
from walletpick.facts.model import Fact, FeeRule, Incident, Reply, Right, Source


class YesNo(Struct, frozen=True):
    """A key (see `observe`) that is known to hold or not to, and the fact that says so."""

    key: str
    holds: bool
    fact: Fact | FeeRule | None
    source: Source | None


class Facts(Struct, frozen=True):
    """What is known to hold, or not to."""

    items: tuple[YesNo, ...]


class Costs(Struct, frozen=True):
    """What the needs cost, in all and in percent of the money moved."""

    bill: Bill
    percent: Decimal

    @property
    def exact(self) -> bool:
        """Whether both ends of the bill look the same when shown."""
        return self.bill.yearly.rounded.exact


class Rated(Struct, frozen=True):
    """What users give it, of 5."""

    value: Decimal


class Answers(Struct, frozen=True):
    """By when a complaint is answered."""

    reply: Reply | Right


class Troubled(Struct, frozen=True):
    """The incidents on record."""

    incidents: tuple[Incident, ...]


Statement = Facts | Costs | Rated | Answers | Troubled


class NotKnown(Struct, frozen=True):
    """That the same is not known of the rival."""


def sure_saving(ours: Bill, dearer: Bill) -> Decimal | None:
    """Return how much less a bill comes to for sure than another; None where that is not known.

    At its dearest, against the other at its cheapest: what is not above zero is no saving.
    """
    if ours.currency != dearer.currency or not (ours.complete and dearer.complete):
        return None
    return dearer.yearly.low - ours.yearly.high


def likely_saving(ours: Bill, dearer: Bill) -> Decimal | None:
    """Return how much less a bill comes to by what is likeliest; None where that hangs on a guess.

    Each estimate lies beyond where the other may reach to, so that only both ends could meet.
    """
    if sure_saving(ours, dearer) is None:
        return None
    one, other = ours.yearly, dearer.yearly
    if not (one.estimate < other.low and other.estimate > one.high):
        return None
    return other.estimate - one.estimate
