"""A cost that is a range is told with its ends wherever it is told, unless they are close."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletpick.facts.money import MoneyRange, Range
from walletpick.words.bills import rough_words, sum_figures, sum_words
from walletpick.words.prices import amount_words, is_wide, plain_range, span_words


def money_of(low: str, estimate: str, high: str) -> MoneyRange:
    return MoneyRange.of(Range(Decimal(low), Decimal(estimate), Decimal(high)), "GBP")


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (("100", "100", "100"), "100.00 GBP"),
        # A fifth of it apart is close enough.
        (("90", "100", "110"), "about 100.00 GBP"),
        (("90", "100", "111"), "about 100.00 GBP (90.00 to 111.00)"),
        (("0", "0", "4"), "0.00 to 4.00 GBP"),
        # What is taken for the most of it is not "about" that, and nothing below goes without saying.
        (("0", "4", "4"), "up to 4.00 GBP"),
        (("1", "4", "4"), "1.00 to 4.00 GBP"),
        (("3.50", "4", "4"), "about 4.00 GBP"),
        (("-20", "100", "140"), "about 100.00 GBP (-20.00 to 140.00)"),
        (("-140", "-100", "20"), "about -100.00 GBP (-140.00 to 20.00)"),
        # What can only come back is no cost below zero.
        (("-140", "-100", "-20"), "about 100.00 GBP back (20.00 to 140.00)"),
        (("-140", "-100", "0"), "about 100.00 GBP back (0.00 to 140.00)"),
    ],
)
def test_a_wide_range_has_its_ends(span: tuple[str, str, str], told: str) -> None:
    assert rough_words(money_of(*span)) == told
    assert sum_words(money_of(*span), True) == told
    # So has what is known beside something unknown, if it is more than nothing.
    partly = "?" if span[1] == "0" else f"{told} + ?"
    assert sum_words(money_of(*span), False) == partly
    assert sum_figures(money_of(*span), False) == partly.replace(" GBP", "")


CENTS = st.integers(0, 50_000).map(lambda cents: Decimal(cents) / 100)


@given(st.tuples(CENTS, CENTS, CENTS).map(sorted))
def test_every_way_of_telling_a_cost_hides_no_wide_range(ends: list[Decimal]) -> None:
    low, estimate, high = ends
    span = MoneyRange.of(Range(low, estimate, high), "GBP")
    assert is_wide(span) == (high - low > estimate / 5)
    told = [
        rough_words(span),
        sum_words(span, True),
        sum_figures(span, True),
        amount_words(span),
        span_words(span),
    ]
    for words in told if is_wide(span) else ():
        from_nothing = not estimate or (not low and estimate == high)
        assert plain_range(span) in words or (from_nothing and f"{high:,.2f}" in words)


@pytest.mark.parametrize(
    ("low", "estimate", "told"),
    [("0", "4", "up to 4.00 GBP"), ("0", "3", "about 3.00 GBP"), ("3.50", "4", "about 4.00 GBP")],
)
def test_without_its_ends_too_the_most_is_told_as_that(low: str, estimate: str, told: str) -> None:
    assert rough_words(money_of(low, estimate, "4"), ends=False) == told


def test_what_comes_back_or_not_is_told_by_the_most_of_it() -> None:
    span = money_of("-480", "0", "0")
    assert amount_words(span) == "up to 480.00 GBP back"
    assert span_words(span) == "up to 480.00 GBP back"
    assert plain_range(span) == "up to 480.00 back"
