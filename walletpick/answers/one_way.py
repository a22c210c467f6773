"""Markets held against each other by one way to pay that all of them have. Pure.

Where nobody named a way, each bill takes its own cheapest, and then two of them may hold for people
with unlike means only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec import structs

from walletpick.bill.bill import Bill
from walletpick.bill.case import case_of
from walletpick.bill.rules import can_use
from walletpick.bill.taken import prices_by, taken, unlike
from walletpick.facts.model import Needs, Usage
from walletpick.facts.money import ZERO, convert
from walletpick.facts.vocabulary import RECEIVING_OPERATIONS
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Place, judge

# Needs -> the yardstick for them, and the places of the markets by it.
Judged = tuple[Yardstick, list[Place]]


def by_one_way(
    by: Yardstick, sides: list[Place], judged: Callable[[Needs], Judged]
) -> tuple[Yardstick, list[Place], tuple[Usage, ...]]:
    """Return the yardstick and the places by one way where they are of unlike ones.

    With them the uses that are priced by another way than the cheapest of each; () where the places
    stay as they are, since there is no such way, or less is known by it.
    """
    for use in _by_one_way(by, sides):
        other, there = judged(structs.replace(by.needs, use=use))
        if _is_as_sure(sides, there):
            changed = (new for old, new in zip(by.needs.use, use, strict=True) if old != new)
            return other, there, tuple(changed)
    return by, sides, ()


def _by_one_way(by: Yardstick, sides: Sequence[Place]) -> Iterator[tuple[Usage, ...]]:
    """Yield the uses with a way where those of the sides are unlike: one by which all have a price.

    The person can use it, as far as they said, and chooses it: not how money comes in. What costs
    least for all together comes first.
    """
    needs = by.needs
    bills = [side.bill for side in sides]
    apart = {key for key in unlike(bills) if key[0] not in RECEIVING_OPERATIONS}
    if not apart:
        return
    ways = dict.fromkeys(way for bill in bills for way in taken(bill).values())
    priced: list[tuple[Decimal, tuple[Usage, ...]]] = []
    for way in ways:
        use = tuple(
            structs.replace(usage, method=way)
            if (usage.operation, usage.country) in apart
            and not usage.method
            and all(_is_open(way, usage, bill, by) for bill in bills)
            else usage
            for usage in needs.use
        )
        if use == needs.use:
            continue
        changed = Yardstick(structs.replace(needs, use=use), by.catalog, by.today)
        total = ZERO
        for wallet, country in ((side.wallet, side.candidate.country) for side in sides):
            year = judge(wallet, country, changed).bill.yearly
            total += convert(year.estimate, year.currency, "USD", by.catalog.per_usd)
        priced.append((total, use))
    yield from (use for _total, use in sorted(priced, key=lambda each: each[0]))


def _is_open(way: str, usage: Usage, bill: Bill, by: Yardstick) -> bool:
    """Return whether a market has a price of a use by a way, and the person can use that."""
    case = case_of(bill.candidate, by.needs, by.catalog, by.today)
    return prices_by(bill, usage.operation, way) and can_use(case, way)


def _is_as_sure(before: Sequence[Place], after: Sequence[Place]) -> bool:
    """Return whether what the sides can do, and whether it has a price, is as sure as before."""
    return all(
        len(new.obstacles) <= len(old.obstacles)
        and len(new.unconfirmed) <= len(old.unconfirmed)
        and new.bill.complete >= old.bill.complete
        for old, new in zip(before, after, strict=True)
    )
