"""Convex sets of weights: what a cut leaves of one, and points drawn from several. Pure.

Weights are not negative and sum to 1. A set is known exactly, by its corners (the double
description method: Motzkin and others 1953; Fukuda and Prodon 1996). Eight criteria and a dozen
cuts make a few hundred corners, so no linear program is needed. Points are drawn by a walk whose
steps go anywhere on a line through the set (hit-and-run: Smith 1984, Operations Research 32). Where
weights near the usual ones are likelier, a step is a slice of the line (Neal 2003, Annals of
Statistics 31).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, reduce
from itertools import accumulate, pairwise, product
from math import fsum, inf, log
from operator import sub
from random import Random
from typing import TypeAlias

from msgspec import Struct, structs

Vector: TypeAlias = tuple[float, ...]

# A value this near to 0 is 0: values come from sums of decimals.
SAME = 1e-9
# As far as this outside a cut is still on it.
_ON = 1e-10
# A direction flatter than this does not lead out of a set.
_FLAT = 1e-12
# A weight below this is as likely as this one.
_TINY = 1e-6
# Steps from one drawn point to the next.
_STEPS = 10


class Region(Struct, frozen=True):
    """A convex set of weights, all of them equally likely, or those with the `pull` likelier.

    The first `size` numbers of a corner are its weights. The others say what each cut that made the
    region comes to in it: 0 on the cut, more inside.
    """

    size: int
    corners: tuple[Vector, ...]
    # How many replies are set aside for it, and how likely it is beside other regions.
    slips: int = 0
    likelihood: float = 1.0
    # Weights are as likely as the product of each of them to the power of its pull.
    pull: Vector = ()


def simplex(size: int, pull: Vector) -> Region:
    """Return the region of all weights there are: without any criterion not to weigh at all."""
    rows = (tuple(float(one == other) for other in range(size)) for one in range(size))
    return Region(size, tuple(rows) or ((),), pull=pull)


def part(region: Region, cuts: Sequence[Vector], count: int) -> Region | None:
    """Return the part of a region inside all cuts, None when that is empty.

    A cut r is w . r >= 0. How likely the part is, is estimated by so many lines through the region,
    as the share of them that is inside. Points would tell little of a small part: few fall in it.
    """
    corners = reduce(_cut, cuts, region.corners)
    if not corners:
        return None
    # What is usual is no reason to take a reply for a slip, so the pull is left out here.
    lines = _lines(structs.replace(region, pull=()), count)
    shares = [_inside(cuts, *line) for line in lines if line[2] < line[3]]
    share = (fsum(shares) + 0.5) / (len(shares) + 1)
    return Region(region.size, corners, region.slips, region.likelihood * share, region.pull)


def drawn(regions: Sequence[Region], count: int) -> list[Vector]:
    """Return so many weights drawn from regions; the same arguments give the same."""
    return list(_drawn(tuple(regions), count))


# A step of the interview draws from the same regions several times, and so does the next one.
@lru_cache(maxsize=16)
def _drawn(regions: tuple[Region, ...], count: int) -> tuple[Vector, ...]:
    sums = list(accumulate((region.likelihood for region in regions), initial=0.0))
    ends = [round(count * at / sums[-1]) for at in sums]
    return tuple(
        point[: region.size]
        for region, (start, end) in zip(regions, pairwise(ends), strict=True)
        for point in _walk(region, end - start)
    )


def dot(row: Sequence[float], point: Sequence[float]) -> float:
    """Return the sum of products over the length of the row.

    `sum` is not used, for it does not round alike in all versions of Python.
    """
    total = 0.0
    for left, right in zip(row, point, strict=False):
        total += left * right
    return total


def _cut(corners: tuple[Vector, ...], cut: Vector) -> tuple[Vector, ...]:
    """Return the corners of what is inside a cut, none when nothing is but what is on it.

    The corners inside stay, and each edge that the cut crosses makes a new one. An edge joins two
    corners when no third one lies on all the sides on which both lie: many sides meet in the same
    corners, so to count the sides is not enough.
    """
    scale = max(map(abs, cut))
    if scale <= SAME or not corners:
        return corners
    heights = [dot(cut, corner) / scale for corner in corners]
    if max(heights) <= _ON:
        return ()
    # The sides on which each corner lies, as bits.
    on = [sum(1 << side for side, at in enumerate(corner) if at <= SAME) for corner in corners]
    kept = [
        (*corner, max(height, 0.0))
        for corner, height in zip(corners, heights, strict=True)
        if height >= -_ON
    ]
    inside = [number for number, height in enumerate(heights) if height > _ON]
    outside = [number for number, height in enumerate(heights) if height < -_ON]
    for near, far in product(inside, outside):
        both = on[near] & on[far]
        if both.bit_count() >= len(cut) - 2 and sum(sides & both == both for sides in on) == 2:
            share = heights[near] / (heights[near] - heights[far])
            ends = zip(corners[near], corners[far], strict=True)
            kept.append((*(one + share * (other - one) for one, other in ends), 0.0))
    return tuple(kept)


def _inside(
    cuts: Sequence[Vector], at: Sequence[float], way: Sequence[float], low: float, high: float
) -> float:
    """Return the share of a line through `at`, from `low` to `high` steps, inside all cuts."""
    first, last = low, high
    for cut in cuts:
        here, slope = dot(cut, at), dot(cut, way)
        if slope > _FLAT:
            first = max(first, -here / slope)
        elif slope < -_FLAT:
            last = min(last, -here / slope)
        elif here < 0:
            return 0.0
    return max(last - first, 0.0) / (high - low)


def _walk(region: Region, count: int) -> Iterator[Vector]:
    """Yield points of a region, each as often as it is likely, and what the cuts come to there."""
    for number, (at, *_) in enumerate(_lines(region, count * _STEPS + 1)):
        if number and number % _STEPS == 0:
            yield tuple(at)


def _lines(region: Region, count: int) -> Iterator[tuple[list[float], list[float], float, float]]:
    """Yield lines through points of a region, each of which is as frequent as it is likely.

    A line is such a point, a way, and from where to where it is in the region, in steps of the way:
    nowhere else than there if no way was found. The next point lies on it. The way is that from
    one corner to another, so it fits the region's shape.
    """
    random, corners = Random(1).random, region.corners
    at = [fsum(column) / len(corners) for column in zip(*corners, strict=True)]
    for _ in range(count):
        to, start = corners[int(random() * len(corners))], corners[int(random() * len(corners))]
        way = list(map(sub, to, start))
        low, high = -inf, inf
        for here, slope in zip(at, way, strict=True):
            if slope > _FLAT:
                low = max(low, -here / slope)
            elif slope < -_FLAT:
                high = min(high, -here / slope)
        if not -inf < low < high < inf:
            low, high = 0.0, 0.0
        yield at, way, low, high
        if low < high:
            at = _step(at, way, low, high, region.pull, random)


def _step(
    at: list[float],
    way: list[float],
    low: float,
    high: float,
    pull: Vector,
    random: Callable[[], float],
) -> list[float]:
    """Return a point of the line through `at`, from `low` to `high` steps along the way."""
    # The draw of an even likelihood is taken at once, so that it needs no second number.
    least = _likelihood(at, pull) + log(1 - random()) if pull else 0.0
    while True:
        step = low + random() * (high - low)
        point = [here + step * slope for here, slope in zip(at, way, strict=True)]
        if not pull or abs(step) <= _FLAT or _likelihood(point, pull) >= least:
            return point
        low, high = (step, high) if step < 0 else (low, step)


def _likelihood(point: Sequence[float], pull: Vector) -> float:
    """Return the logarithm of how likely weights are, but for a constant."""
    return fsum(power * log(max(at, _TINY)) for power, at in zip(pull, point, strict=False))
