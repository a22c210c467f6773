"""Which known limit forbids a usage. Pure.

Money is in the market's currency; what is done in a month is taken to be spread over thirty days.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from walletpick.case import DAYS, MONTHS, Case, corridor_rank, is_meant, method_rank
from walletpick.model import Limit, Usage
from walletpick.money import ZERO
from walletpick.observations import bank_fits

# The fields of a limit that hold a figure.
_Figure = Literal["amount", "count", "least"]
_FIGURES: tuple[_Figure, ...] = ("amount", "count", "least")


def broken_limit(case: Case, usage: Usage) -> Limit | None:
    """Return the limit that a usage by its method (None: no certain one) breaks, or None.

    `usage` is in the market's currency. Of the limits for different account levels the highest
    counts: a person can reach it. One bank's limit, or one under a condition, says nothing of the
    others and forbids nothing. Raises UnknownRate.
    """
    done = _done(usage)
    for figure in _FIGURES:
        rivals = [
            limit
            for limit in _limits_on(case, usage, figure)
            if limit.what in done
            and (figure != "least" or limit.what == "transaction")
            and not (limit.level and _has_level_beside(case, limit, usage, figure))
        ]
        for limit in rivals:
            amount, count = done[limit.what]
            size = _size(case, limit, figure)
            broken = {"amount": amount > size, "count": count > size, "least": amount < size}
            if broken[figure] and not any(
                _outranks(case, other, limit, usage, figure) for other in rivals
            ):
                return limit
    return None


def _done(usage: Usage) -> dict[str, tuple[Decimal, int]]:
    """Return the money that a usage moves in each period, and the number of its uses."""
    each = usage.amount / usage.times
    a_day = -(-usage.times // DAYS)
    a_week = -(-usage.times * 7 // DAYS)
    year = (usage.amount * MONTHS, usage.times * MONTHS)
    done = {
        "transaction": (each, 1),
        "day": (usage.amount * a_day / usage.times, a_day),
        "week": (usage.amount * a_week / usage.times, a_week),
        "month": (usage.amount, usage.times),
        "year": year,
        "lifetime": year,
    }
    if usage.operation in ("top-up", "receive", "receive-abroad"):
        done["balance"] = (each, 1)
    return done


def _limits_on(case: Case, usage: Usage, figure: _Figure) -> list[Limit]:
    """Return the limits that are about a usage, for everybody, and name such a figure."""
    return [
        limit
        for limit in case.market.limits
        if getattr(limit, figure) is not None
        and limit.when is None
        and limit.operation in (None, usage.operation)
        and method_rank(limit.method, usage.method) is not None
        and (not limit.provider or bank_fits(limit.provider, case.needs))
        and is_meant(case, limit, usage)
    ]


def _has_level_beside(case: Case, limit: Limit, usage: Usage, figure: _Figure) -> bool:
    """Return whether another account level exists of which no such limit is known.

    Then that level may allow more, and the limit of a lower one forbids nothing.
    """
    limited = {other.level for other in _limits_on(case, usage, figure) if other.what == limit.what}
    if None in limited:
        return False
    return any(other.level and other.level not in limited for other in case.market.limits)


def _outranks(case: Case, other: Limit, limit: Limit, usage: Usage, figure: _Figure) -> bool:
    """Return whether another limit stands in place of this one.

    A narrower limit does (what is said of cash machines counts there, not what is said of all
    cash); of equally narrow ones, as for the levels of an account, the one that allows more.
    """
    if other.what != limit.what:
        return False
    theirs, ours = _narrowness(case, other, usage), _narrowness(case, limit, usage)
    if theirs != ours:
        return all(their >= our for their, our in zip(theirs, ours, strict=True))
    their_size, our_size = _size(case, other, figure), _size(case, limit, figure)
    return their_size < our_size if figure == "least" else their_size > our_size


def _narrowness(case: Case, limit: Limit, usage: Usage) -> tuple[int, ...]:
    """Return how narrow a limit is, in each respect by which limits differ."""
    return (
        limit.operation is not None,
        method_rank(limit.method, usage.method) or 0,
        corridor_rank(case, limit.corridor, usage) or 0,
        bool(limit.plan),
        bool(limit.for_),
        bool(limit.provider),
    )


def _size(case: Case, limit: Limit, figure: _Figure) -> Decimal:
    """Return a limit's figure, money in the market's currency."""
    if figure == "count":
        return Decimal(limit.count or 0)
    amount = limit.least if figure == "least" else limit.amount
    return case.home(amount or ZERO, limit.currency)
