"""Ranges of money: what adds up, what is equal, what is shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from walletpick.facts.money import NOTHING, MoneyRange, Range, UnknownRate

D = Decimal
span = Range(D(1), D(2), D(4))
dollars = MoneyRange.of(span, "USD")


def test_arithmetic_keeps_the_currency() -> None:
    assert dollars + dollars == MoneyRange(D(2), D(4), D(8), "USD")
    assert dollars + span == dollars.times(2)
    assert -dollars == MoneyRange(D(-4), D(-2), D(-1), "USD")
    assert dollars - dollars == MoneyRange(D(-3), D(0), D(3), "USD")
    assert MoneyRange.sum([dollars, None, dollars], "USD") == dollars.times(2)
    assert MoneyRange.sum([], "USD").currency == "USD"


def test_two_currencies_do_not_add_up() -> None:
    euros = MoneyRange.of(span, "EUR")
    for wrong in (lambda: dollars + euros, lambda: dollars - euros):
        with pytest.raises(ValueError, match="EUR"):
            wrong()
    with pytest.raises(ValueError, match="EUR"):
        MoneyRange.sum([euros], "USD")


def test_a_sum_equals_plain_figures_but_not_another_currency() -> None:
    assert dollars == span
    assert span == dollars
    assert (dollars != span) is False
    assert (span != dollars) is False
    assert dollars != NOTHING
    assert MoneyRange.of(span, "EUR") != dollars
    assert MoneyRange.of(NOTHING, "EUR") == NOTHING


def test_it_is_rounded_and_converted_by_its_own_currency() -> None:
    fine = Range(D("0.125"), D("0.135"), D("1.5"))
    assert MoneyRange.of(fine, "USD").rounded == Range(D("0.12"), D("0.14"), D("1.50"))
    assert MoneyRange.of(fine, "JPY").rounded == Range(D(0), D(0), D(2))
    assert dollars.in_currency("XAF", {"USD": D(1), "XAF": D(600)}) == MoneyRange(
        D(600), D(1200), D(2400), "XAF"
    )
    with pytest.raises(UnknownRate):
        dollars.in_currency("XAF", {"USD": D(1)})


def test_a_share_has_no_currency() -> None:
    assert type(dollars.percent_of(D(200))) is Range
    assert dollars.percent_of(D(200)) == Range(D("0.5"), D(1), D(2))
