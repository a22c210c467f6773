"""What wallets cost over a range of one amount or of a number of uses, and where the cheapest
changes. Pure.

It prices nothing by itself: each figure is a bill of the fee engine. Where these bend or jump, and
where two of them cross, is looked for as `docs/method.md` says ("Over a range"), in the smallest
units of the currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal

from msgspec import Struct, structs

from walletpick.bill.limits import CUT_BY, CUT_OPERATIONS, LIMIT_DAYS, MOST_PARTS, share_within
from walletpick.bill.quotes import NEAR
from walletpick.facts.model import Band, Catalog, FeeRule, Limit, Needs, Price, Usage, Wallet
from walletpick.facts.money import HUNDRED, ZERO, UnknownRate, convert
from walletpick.facts.periods import Period, period_of
from walletpick.facts.places import minor_units
from walletpick.person.needs import currency_of, is_incoming, is_spent
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Judgement, judge

# What is smaller is no difference between two costs.
_HAIR = Decimal("1e-9")
# Where between two ends it is looked whether bills lie on a line, beside next to each end.
_BETWEEN = (Decimal("0.382"), Decimal("0.5"), Decimal("0.786"))
# After so many uses an allowance may run out: as many are looked for.
_USES = 120
# So often it is looked again where a change is not as the lines say.
_ROUNDS = 5

# "unknown": a fee is not known; "unconfirmed": it is not confirmed to do all that is asked, at
# whatever price; "cannot": it cannot.
State = Literal["priced", "unknown", "unconfirmed", "cannot"]


class Varied(Struct, frozen=True, kw_only=True):
    """A usage of which one figure runs over a range: its amount, or how many times it is done.

    Of a number of times, the usage's amount is that of each use where it is `each`, else of all.
    """

    usage: Usage
    of: Literal["amount", "times"]
    low: Decimal
    high: Decimal
    each: bool = False

    def at(self, value: Decimal) -> Usage:
        """Return the usage where the figure has a value."""
        if self.of == "amount":
            return structs.replace(self.usage, amount=value)
        amount = self.usage.amount * value if self.each else self.usage.amount
        return structs.replace(self.usage, amount=amount, times=int(value))


class Stretch(Struct, frozen=True):
    """From one value to another, both counted, those of the markets that cost least.

    Of those that are confirmed to do it and whose price is known in full; there are several where
    they cost the same, none where no such price is known. `perhaps` are those of which one or the
    other is not known, and that may cost less.
    """

    low: Decimal
    high: Decimal
    cheapest: tuple[int, ...]
    perhaps: tuple[int, ...] = ()


class Piece(Struct, frozen=True):
    """A part of the range in which a market's cost is on a line, from one end to the other.

    Costs are of the year, or the stay, in the currency of the needs; they count where all is
    `priced`.
    """

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal
    state: State


class Point(Struct, frozen=True):
    """A value, and what each market makes of it; of the others, see `Stretch`."""

    value: Decimal
    judgements: tuple[Judgement, ...]
    cheapest: tuple[int, ...]
    perhaps: tuple[int, ...] = ()


class Variation(Struct, frozen=True, kw_only=True):
    """What markets cost over a range: at some values, and who is cheapest at every one.

    `needs` are settled and hold the usage that varies at the low end of its range, as the last.
    `pieces` has the lines of each market. `told` are the `stretches`, parted also where it changes
    who may cost less.
    """

    varied: Varied
    needs: Needs
    markets: tuple[tuple[Wallet, str], ...]
    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    told: tuple[Stretch, ...]
    pieces: tuple[tuple[Piece, ...], ...]

    def left_out(self, market: int) -> tuple[Piece, ...]:
        """Return where a market is not held against the others, as parts that do not touch."""
        parts: list[Piece] = []
        for piece in self.pieces[market]:
            if piece.state == "priced":
                continue
            if parts and parts[-1].state == piece.state and parts[-1].high >= piece.low:
                piece = structs.replace(parts.pop(), high=piece.high, end=piece.end)
            parts.append(piece)
        return tuple(parts)


def vary(
    markets: Sequence[tuple[Wallet, str]],
    needs: Needs,
    varied: Varied,
    catalog: Catalog,
    today: date,
    most: int,
) -> Variation:
    """Return what markets cost over a range, and where the cheapest changes.

    At about `most` values it is told in full. `needs` are settled, with the usage that varies as
    the last. Both ends of the range are whole
    numbers, or sums, of the smallest unit of the needs' currency. Raises UnknownRate.
    """
    unit = unit_of(varied, currency_of(needs))
    low, high = int(varied.low / unit), int(varied.high / unit)
    costs = [
        _Costs(wallet, country, needs, varied, catalog, today, unit) for wallet, country in markets
    ]
    # Where none is confirmed to do it, they are held against each other as they are.
    confirmed = any(each.is_confirmed(at) for each in costs for at in (low, high))
    for cost in costs:
        cost.only_confirmed = confirmed
    extra: set[int] = set()
    for _ in range(_ROUNDS):
        pieces = [_pieces(cost, low, high, cost.seeds() | extra) for cost in costs]
        runs = _runs(costs, pieces, low, high)
        wrong = [at for at, end, who in runs for at in (at, end) if _cheapest(costs, at) != who]
        if not set(wrong) - extra:
            break
        extra |= {near for at in wrong for near in (at - 1, at, at + 1)}
    stretches = _merged(runs)
    shown = _shown(low, high, [end for _, end, _ in stretches[:-1]], most)
    told = _doubted(costs, pieces, stretches, shown)
    shown = _shown(low, high, [end for _, end, *_ in told[:-1]], most)
    return Variation(
        varied=varied,
        needs=needs,
        markets=tuple(markets),
        points=tuple(
            Point(
                at * unit,
                tuple(cost.judgement(at) for cost in costs),
                *next(who for start, end, *who in told if start <= at <= end),
            )
            for at in shown
        ),
        stretches=tuple(Stretch(at * unit, end * unit, who) for at, end, who in stretches),
        told=tuple(Stretch(at * unit, end * unit, who, perhaps) for at, end, who, perhaps in told),
        pieces=tuple(
            tuple(
                Piece(
                    at * unit, end * unit, cost.at(at).total, cost.at(end).total, cost.at(at).state
                )
                for at, end in parts
            )
            for cost, parts in zip(costs, pieces, strict=True)
        ),
    )


def unit_of(varied: Varied, currency: str) -> Decimal:
    """Return the least by which the figure varies: the smallest unit of the currency, or a use."""
    return Decimal(1).scaleb(-minor_units(currency)) if varied.of == "amount" else Decimal(1)


# What one market costs at a value. Values are counted in units from here on.


class _Cost(Struct, frozen=True):
    """What a market costs at a value; `made_of` is the same along a line."""

    state: State
    known: bool
    total: Decimal
    low: Decimal
    high: Decimal
    made_of: tuple[object, ...]


class _Costs(Struct):
    """What a market costs at any value, each worked out once."""

    wallet: Wallet
    country: str
    needs: Needs
    varied: Varied
    catalog: Catalog
    today: date
    unit: Decimal
    only_confirmed: bool = True
    seen: dict[int, _Cost] = {}

    def judgement(self, at: int) -> Judgement:
        """Return how the market fits, with its bill."""
        usage = self.varied.at(at * self.unit)
        needs = structs.replace(self.needs, use=(*self.needs.use[:-1], usage))
        return judge(self.wallet, self.country, Yardstick(needs, self.catalog, self.today))

    def is_confirmed(self, at: int) -> bool:
        """Return whether the market is known to do all that is asked."""
        judgement = self.judgement(at)
        return judgement.fits and not judgement.unconfirmed

    def at(self, at: int) -> _Cost:
        """Return what the market costs."""
        if at not in self.seen:
            self.seen[at] = self._worked_out(at)
        return self.seen[at]

    def _worked_out(self, at: int) -> _Cost:
        judgement = self.judgement(at)
        bill = judgement.bill
        state: State = "priced" if bill.complete else "unknown"
        if not judgement.fits:
            state = "cannot"
        elif judgement.unconfirmed and self.only_confirmed:
            state = "unconfirmed"
        year = bill.yearly.in_currency(currency_of(self.needs), self.catalog.per_usd)
        lines = (
            (line.kind, line.method, *(rule.path for rule in line.rules)) for line in bill.lines
        )
        made_of = (state, bill.candidate.plan, *lines)
        return _Cost(state, bill.complete, year.estimate, year.low, year.high, made_of)

    def seeds(self) -> set[int]:
        """Return the values next to which a rule of the market may set in or end."""
        if self.varied.of == "times":
            return set(range(int(self.varied.low), int(self.varied.high) + 1))
        return {
            near
            for amount in self._thresholds()
            for at in [int((amount / self.unit).to_integral_value(ROUND_FLOOR))]
            for near in (at - 1, at, at + 1)
        }

    def _thresholds(self) -> Iterator[Decimal]:
        """Yield the amounts in the needs' currency at which a figure that a rule names is met."""
        market, usage = self.wallet.markets[self.country], self.varied.usage
        own = [rule for rule in market.fees if rule.operation == usage.operation]
        pools = {rule.pool for rule in own} - {None}
        fees = [
            rule
            for rule in market.fees
            if rule in own or rule.operation == "convert" or rule.pool in pools
        ]
        limits = [each for each in market.limits if each.operation in (None, usage.operation)]
        period = period_of(self.needs.for_)
        others = sum((each.amount for each in self.needs.use[:-1]), ZERO)
        parts = _parts(usage.operation, limits)
        for size in self._in_needs_currency(_sizes(fees, limits)):
            yield from (size * usage.times * each for each in parts)
        if self.needs.have:
            yield from self._fillings()
        for size in self._in_needs_currency(("USD", usd) for usd in self._surveyed()):
            yield size * usage.times
        # Whatever is counted over several uses may be used up by any of them.
        for long, sums in (
            (False, [*_sums(fees, False), *_limited(limits, period)]),
            (True, _sums(fees, True)),
        ):
            uses = range(1, min(usage.times * (period.months if long else 1), _USES) + 1)
            for whole in self._in_needs_currency(sums):
                for left in {whole, whole - others}:
                    yield from (left * usage.times / number for number in uses)
        back = [each for each in market.gives_back if each.operation == usage.operation]
        capped = [(each.currency, each.cap.amount, each.percent) for each in back if each.cap]
        yield from self._in_needs_currency(
            (currency, cap * HUNDRED / percent) for currency, cap, percent in capped if percent
        )

    def _fillings(self) -> Iterator[Decimal]:
        """Yield the amounts at which the balance has to be filled, and where its price may bend."""
        market, others = self.wallet.markets[self.country], self.needs.use[:-1]
        fees = [each for each in market.fees if each.operation in ("top-up", "receive")]
        limits = [each for each in market.limits if each.operation in (None, "top-up")]
        came = sum((each.amount for each in others if is_incoming(each)), ZERO)
        went = sum((each.amount for each in others if is_spent(each)), ZERO)
        sizes = (*_sizes(fees, limits), *_sums(fees, False))
        parts = _parts("top-up", limits)
        for size in (ZERO, *self._in_needs_currency(sizes)):
            yield from (max(size * n + came - out, ZERO) for out in {ZERO, went} for n in parts)

    def _surveyed(self) -> Iterator[Decimal]:
        """Yield the sums in US dollars between which a survey says something of one use."""
        for _, quotes in self.catalog.quotes_of(self.wallet.id, self.country):
            amounts = [each.usd for each in quotes if each.to == self.varied.usage.country]
            if amounts:
                yield from (*amounts, min(amounts) / NEAR, max(amounts) * NEAR)

    def _in_needs_currency(self, sums: Iterable[_Sum]) -> Iterator[Decimal]:
        end = currency_of(self.needs)
        for currency, amount in dict.fromkeys(sums):
            if amount is not None and amount > 0:
                try:
                    yield convert(amount, currency, end, self.catalog.per_usd)
                except UnknownRate:
                    # No bill can have it either.
                    continue


# Money as a rule names it: its currency, and the sum.
_Sum = tuple[str, Decimal | None]


def _sizes(fees: Iterable[FeeRule], limits: Iterable[Limit]) -> Iterator[_Sum]:
    """Yield the sums of one use from which on, or up to which, something holds."""
    for rule in fees:
        sizes = [rule.from_, rule.free.min_amount if rule.free else None]
        sizes += (band.up_to for band in _bands(rule))
        sizes += (size for price in _prices(rule) for size in _bends(price, rule))
        yield from ((rule.currency, size) for size in sizes)
    for limit in limits:
        yield from ((limit.currency, size) for size in (limit.amount, limit.least))


def _parts(operation: str, limits: Iterable[Limit]) -> range:
    """Return in how many parts a use may be done because of limits: at each number a cost jumps."""
    cut = operation in CUT_OPERATIONS and any(limit.what in CUT_BY for limit in limits)
    return range(1, (MOST_PARTS if cut else 1) + 1)


def _sums(fees: Iterable[FeeRule], long: bool) -> Iterator[_Sum]:
    """Yield the sums of a month, or of a longer time, from which on something holds."""
    for rule in fees:
        sums = [] if long else [step.up_to_amount for step in rule.steps]
        if rule.free and (rule.free.per in ("year", "lifetime")) == long:
            sums.append(rule.free.amount)
        if rule.cap and rule.percent and (rule.cap.per == "year") == long:
            sums.append(rule.cap.amount * HUNDRED / rule.percent)
        yield from ((rule.currency, each) for each in sums)


def _limited(limits: Iterable[Limit], period: Period) -> Iterator[_Sum]:
    """Yield the sums of a month, or of the stay, that limits on a time allow."""
    for limit in limits:
        if limit.amount is not None and limit.what in LIMIT_DAYS:
            share, of = share_within(limit.what, period)
            yield from ((limit.currency, limit.amount), (limit.currency, limit.amount * of / share))


def _bands(rule: FeeRule) -> list[Band]:
    return [*rule.bands, *(band for step in rule.steps for band in step.bands)]


def _prices(rule: FeeRule) -> list[Price]:
    return [rule, *rule.steps, *_bands(rule)]


def _bends(price: Price, rule: FeeRule) -> Iterator[Decimal]:
    """Yield the sums at which a price meets its minimum or maximum, or that of its rule."""
    for percent, fixed in (
        (price.percent, price.fixed),
        (price.percent_max, price.fixed_max or price.fixed),
    ):
        if percent:
            for end in (price.min, price.max, rule.min, rule.max):
                if end is not None:
                    yield (end - (fixed or ZERO)) * HUNDRED / percent


# From one end of the range to the other.

_Part = tuple[int, int]
_Run = tuple[int, int, tuple[int, ...]]


def _pieces(cost: _Costs, low: int, high: int, seeds: Iterable[int]) -> list[_Part]:
    """Return the parts of a range in each of which a market's cost lies on a line.

    Two of them share an end, or stand side by side where the cost jumps between two values.
    """
    ends = sorted({low, high, *(at for at in seeds if low < at < high)})
    parts = {part for start, end in pairwise(ends) for part in _straight(cost, start, end, 0)}
    # A value alone counts only where no line goes through it.
    held = {at for part in parts if part[0] < part[1] for at in part}
    return sorted(part for part in parts if part[0] < part[1] or part[0] not in held)


def _straight(cost: _Costs, low: int, high: int, depth: int) -> Iterator[_Part]:
    """Yield the parts of a part of the range in each of which the cost lies on a line."""
    first, last = cost.at(low), cost.at(high)
    if high - low < 2:
        if first.state == last.state:
            yield low, high
        else:
            yield from ((low, low), (high, high))
        return
    between = {low + int((high - low) * share) for share in _BETWEEN} | {low + 1, high - 1}
    inside = sorted(at for at in between if low < at < high)
    if all(_fits(cost, low, high, at) for at in inside):
        yield low, high
        return
    middle = _bend(cost, low, high) if depth % 2 == 0 else None
    middle = middle or (low + high) // 2
    for start, end in pairwise(sorted({low, middle, min(middle + 1, high), high})):
        yield from _straight(cost, start, end, depth + 1)


def _fits(cost: _Costs, low: int, high: int, at: int) -> bool:
    """Return whether a cost between two others is of their kind, and on their line."""
    first, last, here = cost.at(low), cost.at(high), cost.at(at)
    if not first.state == here.state == last.state:
        return False
    # Nobody asks what exactly does not count.
    if here.state != "priced":
        return True
    line = first.total + (last.total - first.total) * (at - low) / (high - low)
    return first.made_of == here.made_of == last.made_of and abs(here.total - line) < _HAIR


def _bend(cost: _Costs, low: int, high: int) -> int | None:
    """Return where the lines at both ends meet, rounded down, if that is inside."""
    first, last = cost.at(low).total, cost.at(high).total
    before, after = cost.at(low + 1).total - first, last - cost.at(high - 1).total
    if before == after:
        return None
    meet = low + (last - first - after * (high - low)) / (before - after)
    at = int(meet.to_integral_value(ROUND_FLOOR))
    return at if low < at < high else None


def _runs(
    costs: Sequence[_Costs], pieces: Sequence[Sequence[_Part]], low: int, high: int
) -> list[_Run]:
    """Return from where to where the same markets cost least, by the lines alone."""
    runs: list[_Run] = []
    ends = sorted({low, high, *(at for parts in pieces for part in parts for at in part)})
    for start, end in [*pairwise(ends), (high, high)]:
        at = start
        # The end belongs to what begins there.
        while at < max(end, start + 1):
            who, until = _least(costs, start, end, at)
            until = min(until, max(end - 1, start))
            if runs and runs[-1][2] == who:
                runs[-1] = (runs[-1][0], until, who)
            else:
                runs.append((at, until, who))
            at = until + 1
    return runs


def _least(costs: Sequence[_Costs], start: int, end: int, at: int) -> tuple[tuple[int, ...], int]:
    """Return who costs least at a value between two that lines go through, and until when."""
    if at == start == end or end - start == 1:
        return _cheapest(costs, at), at
    lines = {}
    for number, cost in enumerate(costs):
        first, last = cost.at(start), cost.at(end)
        if first.state == "priced":
            slope = (last.total - first.total) / (end - start)
            lines[number] = (first.total + slope * (at - start), slope)
    if not lines:
        return (), end
    least = min(total for total, _ in lines.values())
    who = tuple(number for number, (total, _) in lines.items() if total - least < _HAIR)
    slopes = [lines[number][1] for number in who]
    if max(slopes) - min(slopes) > _HAIR / (end - start):
        return who, at
    until = Decimal(end)
    for number, (total, slope) in lines.items():
        if number not in who and slope < slopes[0]:
            until = min(until, at + (total - least) / (slopes[0] - slope))
    # Where they meet exactly there, both cost least.
    return who, max(at, int(until.to_integral_value(ROUND_CEILING)) - 1)


def _cheapest(costs: Sequence[_Costs], at: int) -> tuple[int, ...]:
    """Return who costs least at a value, by the bills."""
    totals = {
        number: bill.total
        for number, cost in enumerate(costs)
        if (bill := cost.at(at)).state == "priced"
    }
    return tuple(number for number, total in totals.items() if total - min(totals.values()) < _HAIR)


def _merged(runs: Sequence[_Run]) -> list[_Run]:
    """Return runs without the single values at which lines cross: there the former still holds."""
    merged: list[_Run] = []
    for at, end, who in runs:
        if merged and (merged[-1][2] == who or (at == end and set(merged[-1][2]) < set(who))):
            merged[-1] = (merged[-1][0], end, merged[-1][2])
        else:
            merged.append((at, end, who))
    return merged


def _doubted(
    costs: Sequence[_Costs],
    pieces: Sequence[Sequence[_Part]],
    runs: Sequence[_Run],
    shown: Sequence[int],
) -> list[tuple[int, int, tuple[int, ...], tuple[int, ...]]]:
    """Return runs with who may cost less (see `Stretch`), parted where that is so.

    A guess that may be lower at a value that is looked at is taken to be so to the next bend or
    jump of any cost.
    """
    starts = {start for each in pieces for at, end in each for start in (at, end + 1)}
    doubted: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = []
    for low, high, who in runs:
        begins = sorted({low, *(at for at in starts if low < at <= high)})
        for at, end in zip(begins, [*(each - 1 for each in begins[1:]), high], strict=True):
            looked_at = {at, end, *(each for each in shown if at <= each <= end)}
            perhaps = tuple(
                number
                for number, cost in enumerate(costs)
                if who and any(_may_be_less(cost, costs[who[0]], each) for each in looked_at)
            )
            if doubted and doubted[-1][2:] == (who, perhaps):
                doubted[-1] = (doubted[-1][0], end, who, perhaps)
            else:
                doubted.append((at, end, who, perhaps))
    return doubted


def _may_be_less(cost: _Costs, cheapest: _Costs, at: int) -> bool:
    here, least = cost.at(at), cheapest.at(at)
    if here.state in ("priced", "cannot"):
        return False
    return here.total < least.total if here.known else here.low < least.high


def _shown(low: int, high: int, changes: Sequence[int], most: int) -> list[int]:
    """Return values to show: the ends, round ones between, and those on both sides of changes."""
    step = Decimal(high - low) / most
    round_ = Decimal(1)
    if step > 1:
        power = Decimal(1).scaleb(step.adjusted())
        round_ = next(power * size for size in (1, 2, 5, 10) if power * size >= step)
    between = range((low // int(round_) + 1) * int(round_), high, int(round_))
    beside = {at for change in changes[:most] for at in (change, change + 1)}
    return sorted({low, high, *between, *beside})
