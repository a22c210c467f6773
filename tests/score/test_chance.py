"""How likely each of several uncertain scores is the highest."""

from __future__ import annotations

import math
import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from walletpick.score.chance import Spread, average_chances, chance_of_more, chances

spreads = st.builds(
    Spread,
    st.decimals(0, 100, places=1),
    st.decimals(0, 200, places=1),
)


def spread(mean: str, deviation: str) -> Spread:
    return Spread(Decimal(mean), Decimal(deviation) ** 2)


def test_the_same_is_as_likely() -> None:
    assert chances([spread("60", "5")] * 4) == [Decimal("0.25")] * 4
    assert chances([spread("60", "0")] * 2) == [Decimal("0.5")] * 2
    assert chances([spread("12", "3")]) == [1]
    assert chances([]) == []


def test_what_is_sure_is_sure() -> None:
    assert chances([spread("60", "0"), spread("61", "0")]) == [0, 1]


def test_two_by_the_table_of_the_normal_law() -> None:
    # One deviation of the difference apart: 0.8413; two: 0.9772.
    assert chances([spread("53", "1.8"), spread("50", "2.4")])[0] == Decimal("0.841")
    assert chance_of_more(spread("56", "1.8"), spread("50", "2.4"), Decimal(0)) == Decimal("0.977")
    assert chance_of_more(spread("56", "1.8"), spread("50", "2.4"), Decimal(6)) == Decimal("0.5")


def test_several_by_drawing_numbers() -> None:
    laws = [("60", "4"), ("58", "9"), ("55", "2"), ("61", "1"), ("40", "20")]
    draw = random.Random(7)
    best = [0] * len(laws)
    for _ in range(40_000):
        drawn = [draw.gauss(float(mean), float(deviation)) for mean, deviation in laws]
        best[drawn.index(max(drawn))] += 1
    for chance, count in zip(chances([spread(*law) for law in laws]), best, strict=True):
        assert math.isclose(chance, count / 40_000, abs_tol=0.01)


def test_over_several_cases_it_is_the_average() -> None:
    sure = [spread("60", "0"), spread("61", "0")]
    assert average_chances([sure, sure, sure[::-1], sure]) == [Decimal("0.25"), Decimal("0.75")]
    # One case, or the same again and again, is that case.
    alone = [spread("53", "1.8"), spread("50", "2.4"), spread("52", "9")]
    assert average_chances([alone]) == average_chances([alone] * 9) == chances(alone)
    assert average_chances([]) == []
    assert average_chances([[], []]) == []


def test_over_many_cases_it_is_near_what_each_gives() -> None:
    draw = random.Random(3)
    cases = [
        [
            Spread(Decimal(draw.randint(50, 60)), Decimal(draw.randint(0, 40)), Decimal(able) / 2)
            for able in (2, 1, 2, 2)
        ]
        for _ in range(800)
    ]
    each = [chances(case) for case in cases]
    for found, column in zip(average_chances(cases), zip(*each, strict=True), strict=True):
        assert math.isclose(found, sum(column) / len(column), abs_tol=0.02)
    assert average_chances(cases) == average_chances(cases)


@given(st.lists(spreads, min_size=1, max_size=6), st.randoms())
def test_they_sum_to_one_whatever_the_order(
    given_spreads: list[Spread], order: random.Random
) -> None:
    found = dict(zip(given_spreads, chances(given_spreads), strict=True))
    assert abs(sum(chances(given_spreads)) - 1) <= Decimal("0.004")
    again = list(given_spreads)
    order.shuffle(again)
    for each, chance in zip(again, chances(again), strict=True):
        assert abs(found[each] - chance) <= Decimal("0.001")


@given(spreads, st.decimals(0, 20, places=1), st.decimals(0, 200, places=1))
def test_who_is_ahead_is_likelier(one: Spread, ahead: Decimal, variance: Decimal) -> None:
    first, second = chances([Spread(one.mean + ahead, variance), one])
    assert first >= second


def test_what_may_not_count_leaves_room_for_the_next() -> None:
    likely = [Spread(Decimal(60), Decimal(0), Decimal("0.25")), Spread(Decimal(50), Decimal(0))]
    assert chances(likely) == [Decimal("0.25"), Decimal("0.75")]
    # Where none is sure to count, they share what is left as they shared the rest.
    both = [structs.replace(each, able=Decimal("0.5")) for each in likely]
    assert chances(both) == [Decimal("0.667"), Decimal("0.333")]
