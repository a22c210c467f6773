"""Ranking -> who is best, and whether that is known well enough to say so. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from walletpick.score.ranking import Place, Ranking, point_worth

# From this chance on, 0 to 1, the first place is called the best; below, it is level with others.
LIKELY = Decimal("0.6")
# Those are level with it whose chance is at least so many times the highest one.
_NEAR = Decimal("0.5")
# But for those that are so many points behind it or more: they may be the best, and do not look it.
_FAR_POINTS = Decimal(5)

Word = Literal["best", "level", "only", "none"]


class Verdict(Struct, frozen=True):
    """Who is best: one that is likely to be, or the only one; else those that are level.

    Where nobody comes near one that is not likely to be the best, it is level with none. `behind`
    are those that may well be the best, and have far fewer points. `confirmed`: they are known to
    do all that is asked.
    """

    word: Word
    level: tuple[Place, ...] = ()
    confirmed: bool = True
    behind: tuple[Place, ...] = ()


def verdict_of(ranking: Ranking) -> Verdict:
    """Return the verdict on a ranking."""
    if not ranking.places:
        return Verdict("none")
    first, *others = ranking.field
    if not others:
        return Verdict("only", (first,), first.confirmed)
    if first.chance >= LIKELY:
        return Verdict("best", (first,), first.confirmed)
    # Of many, few have a chance at all, and the first by points need not be among them.
    least = max(each.chance for each in ranking.field) * _NEAR
    last = max((n for n, each in enumerate(others, 1) if each.chance >= least), default=0)
    # Who stands between two that are level is passed over only for having half a chance of theirs.
    near = [each for each in others[:last] if each.chance and each.chance >= least * _NEAR]
    least_points = first.score.estimate - _FAR_POINTS
    level = [each for each in near if each.score.estimate > least_points]
    behind = tuple(each for each in near if each not in level)
    return Verdict("level", (first, *level), first.confirmed, behind)


def cheapest_behind(ranking: Ranking) -> Place | None:
    """Return who does what the first place does for less, as far as prices are known in full.

    By as much as a point is worth at least; the cheapest of those. None where the first costs
    least, or its own price is not known.
    """
    first, *others = ranking.field
    worth = point_worth(first, ranking.needs)
    if worth is None or not first.bill.complete:
        return None
    most = first.bill.yearly.estimate - worth
    behind = [
        each
        for each in others
        if each.bill.complete
        and each.bill.currency == first.bill.currency
        and each.bill.yearly.estimate <= most
    ]
    return min(behind, key=lambda each: each.bill.yearly.estimate, default=None)
