"""How likely each of several scores is the highest, when each is uncertain. Pure.

A score is a weighted sum of many values; those of unknown facts and prices are random, independent
of each other, and none outweighs the rest. So a score is taken to be normal, with the mean and the
variance of the sum (the central limit theorem), and the chance of each to be the best follows
without drawing numbers:

    P(i is best) = integral of  a_i * f_i(x) * product over j != i of (1 - a_j + a_j * F_j(x))  dx

f and F being the density and the distribution of the normal law, and a how likely what is scored
can do what is asked at all. Nothing here knows what that is. Where the weights are uncertain too,
the chance is the average over weights that are as likely; that is drawn, with a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

# Of a point in 100. What is known exactly is uncertain by that much, so that ties share.
_LEAST = 0.05
# How far to each side of a mean is looked, in standard deviations, and in how many steps.
_REACH = 5.0
_STEPS = 200
_STEP = 2 * _REACH / _STEPS
# Each point that is looked at, in deviations, and the density of the normal law there.
_DENSITY = [
    (far, math.exp(-far * far / 2))
    for far in (-_REACH + number * _STEP for number in range(_STEPS + 1))
]
_ROOT = math.sqrt(2)
# So many numbers are drawn for each of several cases.
_DRAWS = 4


class Spread(Struct, frozen=True):
    """An uncertain score: its mean and its variance (in points of 100, and points squared).

    `able` is how likely it counts at all, 0 to 1.
    """

    mean: Decimal
    variance: Decimal
    able: Decimal = Decimal(1)


def chances(spreads: Sequence[Spread]) -> list[Decimal]:
    """Return the chance of each to be the highest, 0 to 1 in steps of 0.001; they sum to about 1.

    Equal input gives equal output.
    """
    laws = [_law(spread) for spread in spreads]
    shares = [_chance(index, laws) for index in range(len(laws))]
    total = sum(shares) or 1.0
    return [Decimal(round(1000 * each / total)) / 1000 for each in shares]


def average_chances(cases: Sequence[Sequence[Spread]]) -> list[Decimal]:
    """Return the chance of each to be the highest, over cases of which each is as likely.

    Every case holds the spreads of the same things in the same order. Where all cases are alike it
    is `chances` of them. Equal input gives equal output.
    """
    if not cases or all(case == cases[0] for case in cases):
        return chances(cases[0] if cases else ())
    # Only the interview needs it, and it takes a while to load.
    from random import Random

    random = Random(1)
    wins = [0] * len(cases[0])
    for case in cases:
        laws = [_law(spread) for spread in case]
        for _ in range(_DRAWS):
            drawn = [
                (random.gauss(mean, deviation), number)
                for number, (mean, deviation, able) in enumerate(laws)
                if able == 1 or random.random() < able
            ]
            if drawn:
                wins[max(drawn)[1]] += 1
    total = sum(wins) or 1
    return [Decimal(round(1000 * each / total)) / 1000 for each in wins]


def chance_of_more(one: Spread, other: Spread, by: Decimal) -> Decimal:
    """Return the chance that one score is higher than another by more than some points, 0 to 1."""
    deviation = max(math.sqrt(float(one.variance + other.variance)), _LEAST)
    far = float(one.mean - other.mean - by) / deviation
    return Decimal(round(1000 * _below(far))) / 1000


def _law(spread: Spread) -> tuple[float, float, float]:
    """Return the mean and the deviation of a score, and how likely it counts."""
    deviation = max(math.sqrt(float(spread.variance)), _LEAST)
    return float(spread.mean), deviation, float(spread.able)


def _chance(index: int, laws: Sequence[tuple[float, float, float]]) -> float:
    mean, deviation, able = laws[index]
    lowest = mean - _REACH * deviation
    # What lies below all that is looked at takes nothing away. The highest first: they end it.
    others = [
        (1 - other_able, other_able / 2, other_mean, 1 / (other_deviation * _ROOT))
        for number, (other_mean, other_deviation, other_able) in enumerate(laws)
        if number != index and other_mean + _REACH * other_deviation > lowest
    ]
    others.sort(key=lambda each: -each[2])
    erfc = math.erfc
    total = 0.0
    for far, here in _DENSITY:
        x = mean + far * deviation
        for out, half, other_mean, scale in others:
            here *= out + half * erfc((other_mean - x) * scale)
            if here < 1e-12:
                break
        total += here
    return able * total * _STEP / math.sqrt(2 * math.pi)


def _below(far: float) -> float:
    """Return the standard normal distribution at a point."""
    return math.erfc(-far / _ROOT) / 2
