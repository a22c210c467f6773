"""Ranking -> what would change the first place: weights, and the price that decides. Pure.

A score is a weighted mean, so whether one place is before another is, along the share of one
criterion with all others as they are, a question of where two straight lines cross, which is worked
out, not looked for. A price moves a score along the
curve of the criterion `cost`, which is gone the other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from walletpick.bill.line import Line
from walletpick.facts.model import CurvePoint
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.person.needs import share_of, step_of
from walletpick.score.criteria import PartValue
from walletpick.score.ranking import Place, Ranking, weights_of

# The most that a weight can be, and what that counts.
MOST_WEIGHT = Decimal(5)
_MOST = share_of(MOST_WEIGHT)


class WeightSpan(Struct, frozen=True, kw_only=True):
    """From which weight to which, 0 to 5, the first place stays first, all else as it is.

    `weight` is what the criterion weighs. `below` is who comes first just under `low`, `above` who
    does just over `high`; None where that is the end of the scale.
    """

    criterion: str
    weight: Decimal
    low: Decimal
    high: Decimal
    below: Place | None
    above: Place | None


class PriceTurn(Struct, frozen=True, kw_only=True):
    """The price of a line, in percent of the amount, at which the first two change places.

    The line is of the second, which has to be cheaper than `percent`, or (`dearer`) of the first,
    which has to be dearer. `now` is what it is, or is taken for.
    """

    place: Place
    line: Line
    now: Decimal
    percent: Decimal
    dearer: bool


class Change(Struct, frozen=True):
    """What would change the first place: the weights that can, and the prices."""

    weights: tuple[WeightSpan, ...] = ()
    prices: tuple[PriceTurn, ...] = ()


def change(ranking: Ranking) -> Change:
    """Return what would change the first place of a ranking; nothing where there is no second.

    One of which less is confirmed never comes first.
    """
    if len(ranking.field) < 2:
        return Change()
    spans = (_span(ranking, name) for name in ranking.weights)
    return Change(
        tuple(span for span in spans if span and (span.below or span.above)),
        tuple(_prices(ranking)),
    )


# Along the share of one criterion.


class _Line(Struct, frozen=True):
    """A figure along the share of a criterion: `at0` where that is 0, and `slope` for each unit."""

    at0: Decimal
    slope: Decimal

    def at(self, share: Decimal) -> Decimal:
        return self.at0 + self.slope * share

    def meets(self, other: _Line) -> Iterator[Decimal]:
        if self.slope != other.slope:
            yield (other.at0 - self.at0) / (self.slope - other.slope)


# The score, the low end of it, and the rank, the first being the least.
_Order = tuple[Decimal, Decimal, int]


class _Runner(Struct, frozen=True):
    """A place along the share of a criterion, all shares being the total of one another.

    `score` and `low` are its expected score and the low end of it, times the sum of the shares.
    """

    place: Place
    score: _Line
    low: _Line

    def order(self, share: Decimal) -> _Order:
        """Return by what the places are ordered; of equals, the rank decides."""
        return -self.score.at(share), -self.low.at(share), self.place.rank


def _span(ranking: Ranking, criterion: str) -> WeightSpan | None:
    """Return how far a weight can go until another place is first."""
    shares = {name: share_of(weight) for name, weight in ranking.weights.items()}
    now = shares.pop(criterion)
    # Where nothing else weighs anything, it is all the score however much it weighs.
    if not sum(shares.values()) or criterion not in ranking.places[0].values:
        return None
    first, *others = (_runner(place, criterion, shares) for place in ranking.field)
    low, below = _turn(first, others, now, ZERO)
    high, above = _turn(first, others, now, _MOST)
    return WeightSpan(
        criterion=criterion,
        weight=ranking.weights[criterion],
        low=step_of(low) if below else ZERO,
        high=step_of(high) if above else MOST_WEIGHT,
        below=below,
        above=above,
    )


def first_at(ranking: Ranking, criterion: str, weight: Decimal) -> Place:
    """Return who comes first where a criterion has another weight, 0 to 5, all else as it is."""
    shares = {name: share_of(other) for name, other in ranking.weights.items() if name != criterion}
    runners = [_runner(place, criterion, shares) for place in ranking.field]
    return min(runners, key=lambda runner: runner.order(share_of(weight))).place


def _runner(place: Place, criterion: str, others: dict[str, Decimal]) -> _Runner:
    total = sum(others.values(), ZERO)
    own = place.own.share if place.own else ZERO
    lived = own * place.own.experience.value if place.own else ZERO

    def line(end: str) -> _Line:
        values = {name: getattr(value.value, end) for name, value in place.values.items()}
        rest = sum((share * values[name] for name, share in others.items()), ZERO)
        at0, slope = (1 - own) * rest + lived * total, (1 - own) * values[criterion] + lived
        return _Line(place.trust * at0, place.trust * slope)

    return _Runner(place, line("estimate"), line("low"))


def _turn(
    first: _Runner, others: Sequence[_Runner], now: Decimal, end: Decimal
) -> tuple[Decimal, Place | None]:
    """Return how far the share can go towards an end until another is first, and who is then."""
    turns: list[tuple[Decimal, _Order, Place]] = []
    for other in others:
        for start, stop in pairwise(_marks(first, other, now, end)):
            middle = (start + stop) / 2
            if other.order(middle) < first.order(middle):
                turns.append((start, other.order(start), other.place))
                break
    if not turns:
        return end, None
    # Of several at once, the one that is first of them there.
    nearest, _, taker = min(turns, key=lambda each: (abs(each[0] - now), each[1]))
    return nearest, taker


def _marks(first: _Runner, other: _Runner, now: Decimal, end: Decimal) -> list[Decimal]:
    """Return the shares, from now to an end, between which two places keep their order."""
    meetings = [*first.score.meets(other.score)]
    if first.score == other.score:
        meetings += first.low.meets(other.low)
    between = {at for at in meetings if min(now, end) < at < max(now, end)}
    return [now, *sorted(between, reverse=end < now), end]


# A price.


def _prices(ranking: Ranking) -> Iterator[PriceTurn]:
    """Yield the price of the second, and that of the first, at which they change places."""
    first, second = ranking.field[:2]
    gap = first.trust * first.score.estimate - second.trust * second.score.estimate
    for place, more in ((second, gap / second.trust), (first, -gap / first.trust)):
        for part in place.values["cost"].parts:
            full = part.share * weights_of(place, ranking.needs)["cost"] * HUNDRED
            if part.figure is None or not full:
                continue
            figure = _figure_at(part.part.curve, part.value.estimate + more / full, place is first)
            line = _main_line(place)
            if figure is None or line is None:
                continue
            turn = _turn_of(place, part, line, figure, place is first)
            if ZERO <= turn.percent <= HUNDRED:
                yield turn


def _turn_of(place: Place, part: PartValue, line: Line, figure: Decimal, dearer: bool) -> PriceTurn:
    """Return the price of a line at which a place's whole bill is such a share of the money."""
    assert part.figure
    moved = line.amount * line.period.repeats
    more = (figure - part.figure.estimate) * place.bill.moved / HUNDRED
    now, then = (at * HUNDRED / moved for at in (line.yearly.estimate, line.yearly.estimate + more))
    return PriceTurn(place=place, line=line, now=now, percent=then, dearer=dearer)


def _main_line(place: Place) -> Line | None:
    """Return the line of a use that costs most; of those that cost the same, of the most money."""
    lines = [
        line
        for line in place.bill.lines
        if line.kind in ("fee", "conversion", "filling") and line.amount
    ]
    return max(lines, key=lambda line: (line.yearly.estimate, line.amount), default=None)


def _figure_at(curve: Sequence[CurvePoint], value: Decimal, least: bool) -> Decimal | None:
    """Return where a falling curve has a value: the most that is no less, or the `least` no more.

    None where it never has.
    """
    if not curve[-1].value <= value <= curve[0].value:
        return None
    places = []
    for left, right in pairwise(curve):
        if right.value <= value <= left.value and left.value != right.value:
            share = (left.value - value) / (left.value - right.value)
            places.append(left.at + (right.at - left.at) * share)
    return (min if least else max)(places, default=None)
