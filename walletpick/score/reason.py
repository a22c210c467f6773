"""What speaks for and against a place, what is not known of it and what is old, as data. Pure.

Nothing is a reason that the model does not hold: a reason is a part of a criterion, its points, and
the facts that gave them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.bill.bill import Bill
from walletpick.bill.limits import NearLimit, NeededLevel, Parted
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.facts.model import AgeLimit, AverageCharge, AverageFee, FeeRule, Wallet
from walletpick.facts.money import ZERO
from walletpick.person.entry import Entry
from walletpick.score.causes import Cause
from walletpick.score.criteria import PartValue
from walletpick.score.statements import Costs, Facts, NotKnown, Statement
from walletpick.score.traces import Trace

Kind = Literal["for", "against", "unknown", "stale"]


class Reason(Struct, frozen=True, kw_only=True):
    """Something about a place. `points` is what it is worth in the comparison it comes from."""

    kind: Kind
    criterion: str
    points: Decimal = ZERO
    facts: tuple[Trace, ...] = ()


class Merit(Reason, frozen=True, kw_only=True):
    """A part that lifts the place over its rival, or where it has none, at all.

    `instead` is what is known of the rival there, `of_use` whether it has to do with what the
    person does, `alike` that both are as good for that, as is known of both.
    """

    statement: Statement
    rival: Candidate | None
    instead: Statement | NotKnown | None
    of_use: bool
    alike: bool = False

    @property
    def is_known(self) -> bool:
        """Whether both sides are known; else it is the silence that makes the difference."""
        sides = (self.statement, self.instead)
        if any(isinstance(side, Costs) and not side.bill.complete for side in sides):
            return False
        return not isinstance(self.instead, NotKnown)


class Ahead(Reason, frozen=True, kw_only=True):
    """That the place is ahead of the next by much that is little each, most in some `criteria`.

    What they cost is in it where all of that is known (`priced`). `known` are the differences of
    which both sides are known, the widest first; without any, and unless it is mostly by what went
    wrong at the rival that it is ahead in a criterion (`by_record`), it is silence that makes the
    lead, and `clearer` says whether more is known of the place than of its rival, `alone` what is
    the widest of that. `cheaper`: the bills of both, where it is the lower by what is known.
    """

    rival: Candidate
    criteria: tuple[str, ...]
    priced: bool
    known: tuple[Merit, ...]
    clearer: bool
    by_record: str = ""
    alone: Facts | None = None
    cheaper: tuple[Bill, Bill] | None = None


class PriceKnown(Reason, frozen=True, kw_only=True):
    """Charges (`lines`) that are not known of the rival, where they are of the place.

    They count as rather dear, which makes the place the cheaper of the two in points.
    """

    lines: tuple[Line, ...]
    rival: Candidate


class WishedHere(Reason, frozen=True, kw_only=True):
    """What the person wished for and only this one of so many places (`among`) is known to have."""

    statement: Facts
    among: int


class AskedHere(Reason, frozen=True, kw_only=True):
    """What is asked for (keys) and only this one of so many places (`among`) is confirmed to do.

    None of them is confirmed to do all.
    """

    keys: tuple[str, ...]
    among: int


class Shortcoming(Reason, frozen=True, kw_only=True):
    """A part that holds the place back from full points."""

    statement: Statement


class DiaryReason(Reason, frozen=True, kw_only=True):
    """What the person's own diary adds to the score, or takes from it."""

    entries: tuple[Entry, ...]


class Unconfirmed(Reason, frozen=True, kw_only=True):
    """Something asked for that is not known to be there."""

    cause: Cause


class UnknownCharge(Reason, frozen=True, kw_only=True):
    """A line of the bill that is not known, and what it is taken for, where that is on record."""

    line: Line
    average: AverageFee | AverageCharge | None


class IfAnswered(Reason, frozen=True, kw_only=True):
    """A price of a line that holds under conditions (`asks`) which the person has not answered."""

    line: Line
    rule: FeeRule
    asks: tuple[str, ...]


class HangsOn(Reason, frozen=True, kw_only=True):
    """A line whose price hangs on the bank, shop or network, or on what no option says.

    `others` are the prices that hold in other cases, `banks` those whose price is known.
    """

    line: Line
    others: tuple[FeeRule, ...]
    banks: tuple[str, ...]


class AmongUsers(Reason, frozen=True, kw_only=True):
    """A line whose price holds among the users of the wallet alone."""

    line: Line
    wallet: Wallet


class CardsOwnFee(Reason, frozen=True, kw_only=True):
    """That the person's own card may charge for foreign money, which no wallet can say.

    `with_cash`: it is the card that draws cash.
    """

    with_cash: bool = False


class NeedsLevel(Reason, frozen=True, kw_only=True):
    """An account level that what the person does needs."""

    needed: NeededLevel


class InParts(Reason, frozen=True, kw_only=True):
    """That a limit lets what the person does go in parts alone."""

    parted: Parted


class UnderAge(Reason, frozen=True, kw_only=True):
    """What else is said of people under age; `needs_bank`: that they need a bank account."""

    lowest: AgeLimit | None
    needs_bank: bool


class MayExceed(Reason, frozen=True, kw_only=True):
    """A limit that what the person does is beyond, if it holds."""

    near: NearLimit


class OldPrice(Reason, frozen=True, kw_only=True):
    """A line that rests on an old price; `when` is the date of the oldest."""

    line: Line
    when: str


class OldFacts(Reason, frozen=True, kw_only=True):
    """The old facts behind several criteria, and the parts that rest on them."""

    criteria: tuple[str, ...]
    parts: tuple[PartValue, ...]
