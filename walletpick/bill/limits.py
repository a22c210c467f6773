"""Which known limit forbids a usage, by itself or beside others. Pure.

Money is in the market's currency; what is done in a month (or in a stay) is taken to be spread over
its days, as evenly as it can be. Only what no plan could get round is forbidden: a usage that may
go by several methods is taken to use what all of them allow together, and a limit on everything is
taken to count what comes in and what goes out apart, for few operators say whether it counts both.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from operator import itemgetter
from typing import Literal

from msgspec import Struct, structs

from walletpick.bill.case import Case, by_method, corridor_rank, is_meant, method_rank
from walletpick.bill.conditions import bank_fits, holds
from walletpick.bill.pricing import TINY
from walletpick.facts.model import Limit, Usage
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.facts.periods import DAYS, YEAR, Period
from walletpick.facts.vocabulary import SENDING_OPERATIONS
from walletpick.person.needs import is_incoming

# The fields of a limit that hold a figure.
_Figure = Literal["amount", "count", "least"]
_FIGURES: tuple[_Figure, ...] = ("amount", "count", "least")
# The limits on what is done in a time, in days.
LIMIT_DAYS = {
    "day": 1,
    "week": 7,
    "month": DAYS,
    "year": YEAR.days,
    "lifetime": YEAR.days,
}
_ByKind = dict[str, list[Limit]]
# A period and a figure.
_Key = tuple[str, _Figure]
# Sets of limits, of each of which a usage cannot but use up something.
_Sets = frozenset[frozenset[Limit]]
# Whether money comes in, and whether it only changes its currency: what counts together.
_Flow = tuple[bool, bool]
# A usage is done at most so often.
MOST_USES = 1000
# What people may do in parts, for they choose themselves how much goes at a time.
CUT_OPERATIONS = (
    *SENDING_OPERATIONS,
    "top-up",
    "withdraw",
    "cash-out",
    "convert",
    "credit-card-repayment",
)
# The limits that more uses of less each keep to, and in how many parts people may do one use.
CUT_BY = ("transaction", "day", "week")
MOST_PARTS = 10
# The percentage of a limit from which a usage is told how it stands to it.
MOST = Decimal(80)


class Impossible(Struct, frozen=True):
    """A usage that a limit forbids; `together` are the usages that pass it, this one among them.

    `currency` is that of the usages, the market's, and `period` the time in which they are done.
    `here` is the sum that the limit names in that currency, where it is in another.
    """

    usage: Usage
    limit: Limit
    together: tuple[Usage, ...]
    currency: str
    period: Period = YEAR
    here: Decimal | None = None


class NeededLevel(Struct, frozen=True):
    """That a usage is too much for an account level of the person's: `below` is its limit.

    `level` is the lowest that allows it, in the operator's words; None where none is known to, or
    `below` is for whose identity is not checked. `beside` are then the levels of which no such
    limit is known, and in so many `uses` `below` allows it; None where it does in none. `currency`
    is that of the usage, the market's.
    """

    usage: Usage
    below: Limit
    level: str | None
    currency: str
    beside: tuple[str, ...] = ()
    uses: int | None = None


class NearLimit(Struct, frozen=True):
    """A limit that a usage may be beyond, or that it uses most of (`percent`).

    It may be beyond one that holds only under a condition which the person has not answered; then
    `limit` has the figures alone that it is beyond.
    `wanted` is what the usage moves in the time of the limit, in `currency`, the market's.
    """

    usage: Usage
    limit: Limit
    wanted: Decimal
    currency: str
    percent: Decimal | None = None


class Parted(Struct, frozen=True):
    """That a limit allows a usage in parts alone: each use in so many `parts`, 2 or more.

    `usage` is as it was asked for, in `currency`, the market's.
    """

    usage: Usage
    limit: Limit
    parts: int
    currency: str

    @property
    def in_parts(self) -> Usage:
        """The usage as it is done: as much in more uses."""
        return structs.replace(self.usage, times=self.usage.times * self.parts)


class Bounds(Struct, frozen=True):
    """The limits on what a usage does in a period."""

    usage: Usage
    sets: dict[_Key, _Sets]


def bounds_by(case: Case, usage: Usage) -> Bounds | Limit:
    """Return what bounds a usage by its method (None: no certain one), or what forbids each use.

    `usage` is in the market's currency. Of the limits for different account levels the highest
    counts that such a person can reach (see `needed_levels`); for who is not verified, the lowest.
    One bank's limit, or one under a condition, says nothing of the others and forbids nothing.
    Raises UnknownRate.
    """
    each = usage.amount / usage.times
    most, least = _standing(case, usage, "amount"), _standing(case, usage, "least")
    # What is in the wallet already is not known.
    at_once = ("transaction", "balance") if is_incoming(usage) else ("transaction",)
    for limit in (limit for what in at_once for limit in most.get(what, ())):
        if each > _size(case, limit, "amount"):
            return limit
    for limit in least.get("transaction", ()):
        if each < _size(case, limit, "least"):
            return limit
    counts = _standing(case, usage, "count")
    figures: tuple[tuple[_Figure, _ByKind], ...] = (("amount", most), ("count", counts))
    return Bounds(
        usage,
        {
            (what, figure): frozenset(frozenset([limit]) for limit in limits)
            for figure, by_kind in figures
            for what, limits in by_kind.items()
            if what in LIMIT_DAYS
        },
    )


def parts_allowed(case: Case, usage: Usage, ways: Iterable[str | None]) -> list[Parted]:
    """Return in how many parts limits may allow what is too much at once, the fewest first.

    Only of what the person may cut, and by some methods. Raises UnknownRate.
    """
    if usage.operation not in CUT_OPERATIONS:
        return []
    each = usage.amount / usage.times
    allowed: dict[int, Limit] = {}
    for way in ways:
        standing = _standing(case, by_method(usage, way), "amount")
        for limit in (limit for what in CUT_BY for limit in standing.get(what, ())):
            size = _size(case, limit, "amount")
            if ZERO < size < each:
                parts = int((each / size).to_integral_value(ROUND_CEILING))
                allowed.setdefault(parts, limit)
    most = min(MOST_PARTS, MOST_USES // usage.times)
    return [
        Parted(usage, limit, parts, case.currency)
        for parts, limit in sorted(allowed.items(), key=itemgetter(0))
        if parts <= most
    ]


def needed_levels(case: Case, usage: Usage) -> list[NeededLevel]:
    """Return the account levels without which a usage by its method is too much.

    Of a usage that can be done. Raises UnknownRate.
    """
    levels = []
    figures: tuple[_Figure, ...] = ("amount", "count")
    for figure in figures:
        alike: dict[tuple[str, tuple[int, ...]], list[Limit]] = {}
        for limit in (*_limits_on(case, usage, figure), *_unchecked(case, usage, figure)):
            if (limit.level or _is_unchecked(limit)) and _is_touched(limit.what, usage):
                anybody = structs.replace(limit, for_=()) if _is_unchecked(limit) else limit
                narrowness = _narrowness(case, anybody, usage)
                alike.setdefault((limit.what, narrowness), []).append(limit)
        for limits in alike.values():
            limits.sort(key=lambda limit: _size(case, limit, figure))
            broken = [each for each in limits if _forbids(case, each, usage, figure)]
            rest = limits[len(broken) :]
            if not broken:
                continue
            below, beside = broken[-1], _levels_beside(case, broken[-1], limits)
            if rest:
                levels.append(NeededLevel(usage, below, rest[0].level, case.currency))
            elif _is_unchecked(below) or beside:
                uses = _uses(case, below, usage)
                levels.append(NeededLevel(usage, below, None, case.currency, beside, uses))
    return levels


def _uses(case: Case, limit: Limit, usage: Usage) -> int | None:
    """Return in how many uses a limit allows what a usage moves, at least; None for none."""
    if limit.amount is None or limit.what == "balance":
        return None
    size = _size(case, limit, "amount")
    times = int((usage.amount / size).to_integral_value(ROUND_CEILING)) if size else 0
    if not usage.times < times <= MOST_USES:
        return None
    parted = structs.replace(usage, times=times)
    return None if _forbids(case, limit, parted, "amount") else times


def impossible(
    case: Case, usage: Usage, limit: Limit, together: tuple[Usage, ...] = ()
) -> Impossible:
    """Return that a limit forbids a usage, alone or with those `together`. Raises UnknownRate."""
    figure: _Figure = "amount" if limit.amount is not None else "least"
    abroad = limit.currency not in ("", case.currency) and getattr(limit, figure) is not None
    here = _size(case, limit, figure) if abroad else None
    return Impossible(usage, limit, together or (usage,), case.currency, case.period, here)


def _unchecked(case: Case, usage: Usage, figure: _Figure) -> list[Limit]:
    """Return the limits on a usage of those whose identity is not checked, for who may be one.

    That the person had it checked is taken for granted where they did not say.
    """
    said = "verified" in case.needs.person or "unverified" in case.people
    if said:
        return []
    before = structs.replace(case, people=case.people - {"verified"} | {"unverified"})
    return [each for each in _limits_on(before, usage, figure) if _is_unchecked(each)]


def _is_unchecked(limit: Limit) -> bool:
    """Return whether a limit is for those alone whose identity is not checked."""
    return limit.for_ == ("unverified",)


def _forbids(case: Case, limit: Limit, usage: Usage, figure: _Figure) -> bool:
    """Return whether a limit forbids a usage by itself, if it is the one that counts."""
    if figure == "least":
        small = usage.amount / usage.times < _size(case, limit, figure)
        return small and limit.what == "transaction"
    if limit.what in LIMIT_DAYS:
        return _is_beyond(case, (limit.what, figure), [limit], usage, [])
    return figure == "amount" and usage.amount / usage.times > _size(case, limit, figure)


def _is_touched(what: str, usage: Usage) -> bool:
    """Return whether a limit of a kind can bind a usage: one of a balance only what comes in."""
    return what != "balance" or is_incoming(usage)


def doubtful_limits(case: Case, usage: Usage) -> list[NearLimit]:
    """Return the limits that a usage by its method is beyond if they hold at all.

    Of a usage that can be done. Raises UnknownRate.
    """
    beyond = []
    for limit in _limits_about(case, usage):
        if not (_is_doubtful(case, limit) and _is_touched(limit.what, usage)):
            continue
        broken = {
            figure: value if value is not None and _forbids(case, limit, usage, figure) else None
            for figure in _FIGURES
            for value in (getattr(limit, figure),)
        }
        if any(value is not None for value in broken.values()):
            wanted = _wanted(case, limit, usage)
            beyond.append(NearLimit(usage, structs.replace(limit, **broken), wanted, case.currency))
    return beyond


def nearest_limit(case: Case, usage: Usage) -> NearLimit | None:
    """Return the limit on money of which a usage by its method uses most, if that is most of it.

    Of a usage that can be done. Raises UnknownRate.
    """
    near = []
    for what, limits in _standing(case, usage, "amount").items():
        for limit in limits if _is_touched(what, usage) else ():
            wanted, size = _wanted(case, limit, usage), _size(case, limit, "amount")
            if size and size * MOST <= wanted * HUNDRED and wanted <= size + TINY:
                share = wanted * HUNDRED / size
                near.append(NearLimit(usage, limit, wanted, case.currency, share))
    return max(near, key=lambda each: each.percent or ZERO, default=None)


def _wanted(case: Case, limit: Limit, usage: Usage) -> Decimal:
    """Return what a usage moves in the time of a limit: at least one use."""
    each = usage.amount / usage.times
    if limit.what not in LIMIT_DAYS:
        return each
    share, of = share_within(limit.what, case.period)
    return max(each, usage.amount * share / of)


def bounds_by_any(usage: Usage, ways: Sequence[Bounds]) -> Bounds:
    """Return what bounds a usage that may go now by one method, now by another (at least one)."""
    shared = set.intersection(*(set(way.sets) for way in ways))
    return Bounds(
        usage,
        {
            key: frozenset(
                frozenset().union(*choice)
                for choice in itertools.product(*(way.sets[key] for way in ways))
            )
            for key in shared
        },
    )


def share_within(what: str, period: Period) -> tuple[int, int]:
    """Return which share (one by the other) of a usage falls into the time of a limit."""
    if period.stay:
        return min(LIMIT_DAYS[what], period.days), period.days
    return LIMIT_DAYS[what], DAYS


class _Group:
    """The usages that a limit of one kind bounds alike, added up."""

    def __init__(self) -> None:
        # Each with its place in the order in which they came.
        self.usages: list[tuple[int, Usage]] = []
        self.amount = ZERO
        self.times = 0
        # How much each use moves, and how many there are.
        self.sizes: list[tuple[Decimal, int]] = []
        self.largest = ZERO

    def add(self, place: int, usage: Usage) -> None:
        self.usages.append((place, usage))
        self.amount += usage.amount
        self.times += usage.times
        size = usage.amount / usage.times
        self.sizes.append((size, usage.times))
        self.largest = max(self.largest, size)


class Doings:
    """What can be done together, added up by what bounds it.

    However many usages there are, a further one is held against few sums.
    """

    def __init__(self) -> None:
        self._count = 0
        self._groups: dict[tuple[_Key, _Flow], dict[_Sets, _Group]] = {}

    def add(self, bounds: Bounds) -> None:
        """Add a usage that breaks no limit together with those that are here."""
        for key, sets in bounds.sets.items():
            groups = self._groups.setdefault((key, _flow(bounds.usage)), {})
            groups.setdefault(sets, _Group()).add(self._count, bounds.usage)
        self._count += 1

    def beside(self, key: _Key, usage: Usage) -> Mapping[_Sets, _Group]:
        """Return what counts against the same limits of one kind, by those limits."""
        return self._groups.get((key, _flow(usage)), {})


def _flow(usage: Usage) -> _Flow:
    # Changing a currency is neither coming in nor going out.
    return is_incoming(usage), usage.operation == "convert"


def broken_limit(case: Case, new: Bounds, before: Doings) -> Impossible | None:
    """Return the limit that a usage breaks, by itself or together with those before it, or None.

    Those before it break none. Raises UnknownRate.
    """
    broken = []
    for key, sets in new.sets.items():
        beside = before.beside(key, new.usage)
        for limits in _connected(sets, beside):
            groups = [
                group for others, group in beside.items() if any(one <= limits for one in others)
            ]
            if _is_beyond(case, key, limits, new.usage, groups):
                first = min(limits, key=case.market.limits.index)
                others = sorted(each for group in groups for each in group.usages)
                together = (new.usage, *(usage for _, usage in others))
                broken.append(impossible(case, new.usage, first, together))
    place = case.market.limits.index
    return min(broken, key=lambda each: (len(each.together), place(each.limit)), default=None)


def _connected(sets: _Sets, beside: Iterable[_Sets]) -> Iterator[frozenset[Limit]]:
    """Yield the sets of limits to look at together: those of the first usage, then wider ones."""
    connected = list(sets)
    others = list(dict.fromkeys(one for each in beside for one in each))
    # The list grows while it is gone through.
    for limits in connected:
        yield limits
        for one in others:
            wider = limits | one
            if not limits.isdisjoint(one) and wider not in connected:
                connected.append(wider)


def _is_beyond(
    case: Case, key: _Key, limits: Iterable[Limit], new: Usage, groups: Sequence[_Group]
) -> bool:
    """Return whether a usage cannot be fitted into what limits of one kind allow, beside others.

    Not every usage that is too much is found, but what is found is too much: in money or number,
    or as there are more uses of some size than find room side by side in one period.
    """
    what, figure = key
    share, of = share_within(what, case.period)
    allowed = [_size(case, limit, figure) for limit in limits]
    times = new.times + sum(group.times for group in groups)
    if figure == "count":
        return times * share > sum(allowed) * of
    amount = new.amount + sum((group.amount for group in groups), ZERO)
    if amount * share > sum(allowed) * of + TINY:
        return True
    size = new.amount / new.times

    def has_room(each: Decimal, uses: int) -> bool:
        room = sum((one / each + TINY).to_integral_value(ROUND_FLOOR) for one in allowed)
        return uses * share <= room * of

    # The larger the uses, the fewer find room: where the largest do as if all were as large, so do
    # all others.
    largest = max([size, *(group.largest for group in groups)])
    if not largest or has_room(largest, times):
        return False
    # Larger ones find as much room as before.
    as_large = 0
    last = ZERO
    sizes = [(size, new.times), *(each for group in groups for each in group.sizes)]
    for each, uses in sorted(sizes, reverse=True):
        if as_large and each + TINY < last and last <= size + TINY and not has_room(last, as_large):
            return True
        as_large += uses
        last = each
    return bool(last) and not has_room(last, as_large)


def _standing(case: Case, usage: Usage, figure: _Figure) -> _ByKind:
    """Return the limits that stand for a usage, by kind; none of them outranks another."""
    by_kind: _ByKind = {}
    for limit in _limits_on(case, usage, figure):
        by_kind.setdefault(limit.what, []).append(limit)
    standing = {}
    for what, limits in by_kind.items():
        rivals = [limit for limit in limits if not _levels_beside(case, limit, limits)]
        best: dict[tuple[int, ...], Limit] = {}
        for limit in rivals:
            if not any(_outranks(case, other, limit, usage, figure) for other in rivals):
                # Of equals, as two levels that allow the same, one is enough.
                best.setdefault(_narrowness(case, limit, usage), limit)
        if best:
            standing[what] = list(best.values())
    return standing


def _limits_on(case: Case, usage: Usage, figure: _Figure) -> list[Limit]:
    """Return the limits that are about a usage, for everybody, and name such a figure."""
    return [
        limit
        for limit in _limits_about(case, usage)
        if getattr(limit, figure) is not None
        and limit.when is None
        and holds(limit.given, case.answers) is True
    ]


def _is_doubtful(case: Case, limit: Limit) -> bool:
    """Return whether a limit holds only under a condition that the person has not answered."""
    held = holds(limit.given, case.answers)
    return held is None or (held and limit.when is not None)


def _limits_about(case: Case, usage: Usage) -> list[Limit]:
    """Return the limits that are about a usage, under whatever condition."""
    return [
        limit
        for limit in case.market.limits
        if limit.operation in (None, usage.operation)
        and method_rank(limit.method, usage.method) is not None
        and (not limit.provider or bank_fits(limit.provider, case.banks))
        and is_meant(case, limit, usage)
    ]


def _levels_beside(case: Case, limit: Limit, alike: Sequence[Limit]) -> tuple[str, ...]:
    """Return the other account levels of which no such limit is known.

    They may allow more, and the limit of a lower level forbids nothing. One that allows less of
    something else is itself the lower one. `alike` are the limits of the same kind.
    """
    limited = {other.level for other in alike}
    if not limit.level or None in limited:
        return ()
    others = (
        other.level
        for other in case.market.limits
        if other.level and other.level not in limited and _is_reachable(case, other)
    )
    return tuple(
        level for level in dict.fromkeys(others) if not _is_lower(case, level, limit.level)
    )


def _is_lower(case: Case, level: str, other: str) -> bool:
    """Return whether one account level allows less of something than another, and more of nothing.

    Only limits on the same count, of which both levels have one.
    """

    def of(name: str) -> dict[tuple[object, ...], Decimal]:
        return {
            (each.what, each.operation, each.method, each.corridor, each.provider, each.plan): (
                _size(case, each, "amount")
            )
            for each in case.market.limits
            if each.level == name and each.amount is not None and each.when is None
        }

    ours, theirs = of(level), of(other)
    pairs = [(ours[key], theirs[key]) for key in ours if key in theirs]
    return any(our < their for our, their in pairs) and all(our <= their for our, their in pairs)


def _is_reachable(case: Case, limit: Limit) -> bool:
    """Return whether the account level of a limit is one for such a person."""
    for_them = not limit.for_ or not case.people.isdisjoint(limit.for_)
    return for_them and holds(limit.given, case.answers) is not False


def _outranks(case: Case, other: Limit, limit: Limit, usage: Usage, figure: _Figure) -> bool:
    """Return whether another limit of the same kind stands in place of this one.

    A narrower limit does (what is said of cash machines counts there, not what is said of all
    cash); of equally narrow ones, as for the levels of an account, the one that allows more, or
    less where the person has the lowest level.
    """
    theirs, ours = _narrowness(case, other, usage), _narrowness(case, limit, usage)
    if theirs != ours:
        return all(their >= our for their, our in zip(theirs, ours, strict=True))
    their_size, our_size = _size(case, other, figure), _size(case, limit, figure)
    lowest = "unverified" in case.people and other.level and limit.level
    return their_size < our_size if lowest or figure == "least" else their_size > our_size


def _narrowness(case: Case, limit: Limit, usage: Usage) -> tuple[int, ...]:
    """Return how narrow a limit is, in each respect by which limits differ."""
    return (
        limit.operation is not None,
        method_rank(limit.method, usage.method) or 0,
        corridor_rank(case, limit.corridor, usage) or 0,
        bool(limit.plan),
        bool(limit.for_),
        bool(limit.provider),
        bool(limit.given),
    )


def _size(case: Case, limit: Limit, figure: _Figure) -> Decimal:
    """Return a limit's figure, money in the market's currency."""
    if figure == "count":
        return Decimal(limit.count or 0)
    amount = limit.least if figure == "least" else limit.amount
    return case.home(amount or ZERO, limit.currency)
