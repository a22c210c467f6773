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

    def sure_saving(self, dearer: Costs) -> Decimal | None:
        """Return how much less it costs for sure than another; None where that is not known.

        At its dearest, against the other at its cheapest: what is not above zero is no saving.
        """
        ours, theirs = self.bill, dearer.bill
        if ours.currency != theirs.currency or not (ours.complete and theirs.complete):
            return None
        return theirs.yearly.low - ours.yearly.high

    def likely_saving(self, dearer: Costs) -> Decimal | None:
        """Return how much less it costs by what is likeliest; None where that hangs on a guess.

        Each estimate lies beyond where the other may reach to, so that only both ends could meet.
        """
        if self.sure_saving(dearer) is None:
            return None
        ours, theirs = self.bill.yearly, dearer.bill.yearly
        if not (ours.estimate < theirs.low and theirs.estimate > ours.high):
            return None
        return theirs.estimate - ours.estimate


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
