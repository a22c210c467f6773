"""By which methods a usage can be done at all, whole or in parts, or what forbids it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from walletpick.bill.case import Case, by_method
from walletpick.bill.filling import ways_in
from walletpick.bill.limits import (
    Bounds,
    Doings,
    Impossible,
    Parted,
    bounds_by,
    bounds_by_any,
    broken_limit,
    impossible,
    parts_allowed,
)
from walletpick.bill.quotes import FROM_BANK, is_official, ways_seen
from walletpick.bill.rules import can_use, chosen, methods, unpriced_methods
from walletpick.facts.model import Limit, Usage

# By each method what bounds a usage, or what forbids it.
_Bounds = dict[str | None, Bounds | Limit]


class Possible(Struct, frozen=True):
    """A usage that can be done: the methods that limits leave, with what bounds each.

    `priced` are the methods for which a price is known, where one is for any. `parted` is that a
    limit allows it in parts alone; `usage` is then in these.
    """

    usage: Usage
    bounds: dict[str | None, Bounds]
    priced: tuple[str | None, ...] = ()
    parted: Parted | None = None


def possible_ways(case: Case, usage: Usage, done: Doings) -> Possible | Impossible:
    """Return the methods of a usage that are open to the person, or what forbids all of them.

    `done` is what is done beside it. What no method allows at once is done in as few parts as one
    allows, where the person chooses how much goes at a time. Raises UnknownRate.
    """
    priced = _priced_methods(case, usage)
    unpriced = [] if usage.method else unpriced_methods(case, usage.operation)
    ways = (*priced, *unpriced)
    whole = _within(case, usage, _by_each(case, usage, ways), done)
    if isinstance(whole, Possible):
        return structs.replace(whole, priced=priced)
    for parted in parts_allowed(case, usage, ways):
        bounds = _by_each(case, parted.in_parts, ways)
        cut = _within(case, parted.in_parts, bounds, done)
        if isinstance(cut, Possible):
            priced = _priced_methods(case, parted.in_parts)
            return structs.replace(cut, parted=parted, priced=priced)
    return whole


def ways_to_fill(case: Case, fill: Usage, done: Doings) -> Possible | Impossible | None:
    """Return the methods by which the person can fill the balance, or what forbids all of them.

    `fill` is in as many uses as what is paid from the balance. It is filled in as few as limits
    allow; None where nothing that the person has is taken. Raises UnknownRate.
    """
    ways = ways_in(case)
    once = structs.replace(fill, times=1)
    parts = [each.in_parts.times for each in parts_allowed(case, once, ways)]
    answer = None
    for times in sorted({1, fill.times, *parts}) if ways else ():
        usage = structs.replace(fill, times=times)
        bounds = {way: _bounds_of_fill(case, by_method(usage, way)) for way in ways}
        answer = _within(case, usage, bounds, done)
        if isinstance(answer, Possible):
            break
    return answer


def _bounds_of_fill(case: Case, usage: Usage) -> Bounds | Limit:
    """Return what bounds filling the balance; one may put in more than is needed at once."""
    bounds = bounds_by(case, usage)
    if isinstance(bounds, Limit) and bounds.amount is None and bounds.least is not None:
        return Bounds(usage, {})
    return bounds


def _priced_methods(case: Case, usage: Usage) -> tuple[str | None, ...]:
    """Return the methods that a usage could take, for which a price is known where one is.

    Where a survey saw its corridor, what other sites say of ways that it did not see gives way; but
    a price by any way is not that of a card, where the survey saw no other. Who pays from no bank
    account pays by what the survey saw.
    """
    ways, ways_in_survey = methods(case, usage), ways_seen(case, usage)
    if usage.method or not ways_in_survey:
        return tuple(ways)
    from_bank = any(can_use(case, way) for way in FROM_BANK)
    by_card = from_bank and set(FROM_BANK).isdisjoint(ways_in_survey)
    told = [
        way
        for way in ways
        if (way is None and by_card)
        or is_official(case, chosen(case, by_method(usage, way), "base"))
    ]
    return tuple(dict.fromkeys([*told, *ways_in_survey]))


def _by_each(case: Case, usage: Usage, ways: Iterable[str | None]) -> _Bounds:
    return {way: bounds_by(case, by_method(usage, way)) for way in ways}


def _within(case: Case, usage: Usage, bounds: _Bounds, done: Doings) -> Possible | Impossible:
    """Return the methods of some that limits leave to a usage, or what forbids all of them."""
    open_ = {way: each for way, each in bounds.items() if isinstance(each, Bounds)}
    if not open_:
        limit = next(each for each in bounds.values() if isinstance(each, Limit))
        return impossible(case, usage, limit)
    broken = broken_limit(case, bounds_by_any(usage, list(open_.values())), done)
    return broken or Possible(usage, open_)
