"""What is said where prices side by side are for unlike ways to pay."""

from __future__ import annotations

import pytest
from build import charge, market, needs, use

from walletpick.words.bills import unlike_words

ONE = """
fees:
  - {operation: pay-abroad, method: debit-card, percent: 1}
"""
TWO = """
fees:
  - {operation: pay-abroad, method: bank-linked, percent: 1}
"""
TO_FRANCE = "{operation: pay-abroad, method: debit-card, corridor: GB-FR, percent: 0}"
PAYING = "paying in another country or currency"
PRICED = "is priced by debit card at Onepay, from a linked bank account at Twopay"


def words(fees: str) -> str:
    usages = [use("pay-abroad", 100, country=country) for country in ("US", "DE", "FR")]
    bills = [("Onepay", charge(market(ONE), *usages)), ("Twopay", charge(market(fees), *usages))]
    return unlike_words(bills, needs(*usages))


def test_what_is_priced_alike_in_several_countries_is_told_once() -> None:
    assert words(TWO) == f"Not the same way to pay: {PAYING} {PRICED}."


def test_where_not_all_countries_are_alike_those_are_named() -> None:
    there = f"{PAYING} (United States and Germany)"
    assert f"Not the same way to pay: {there} {PRICED}." in words(f"{TWO}  - {TO_FRANCE}\n")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        # It takes as much by the other's way: they can be held against each other by that.
        ("{operation: pay-abroad, method: debit-card, percent: 1}", False),
        ("{operation: pay-abroad, method: debit-card, percent: 2}", True),
        # That it does so for some people says nothing of all.
        ("{operation: pay-abroad, method: debit-card, percent: 1, for: student}", True),
    ],
)
def test_what_is_as_much_by_the_way_of_the_other_is_no_unlike_way(other: str, told: bool) -> None:
    assert bool(words(f"{TWO}  - {other}\n")) is told
