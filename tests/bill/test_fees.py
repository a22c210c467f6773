"""What a market charges: prices worked out by hand, then what must hold for every price.

The snippets keep what the sources said in November 2026 and no more than a case needs. They are
not the shipped catalog: a price that changes there changes nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from build import (
    AVERAGES,
    CATALOG,
    catalog,
    charge,
    market,
    needs,
    only_line,
    plans_of,
    rule_of,
    span,
    use,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from walletpick.bill import bill as fees
from walletpick.bill.bill import Bill
from walletpick.bill.limits import Impossible, Parted
from walletpick.bill.lines import average_of, unknown_fee
from walletpick.bill.observe import Candidate
from walletpick.facts.model import AverageElsewhere, Usage
from walletpick.facts.money import NOTHING, Range, UnknownRate, rounded
from walletpick.words.bills import first_year_words, known_sum, known_words, users_price_words

D = Decimal


def yearly(candidate: Candidate, *usages: Usage, **wanted: Any) -> Range:
    """Return a year's bill, which must be complete."""
    made = charge(candidate, *usages, **wanted)
    assert made.complete
    assert not made.impossible
    return made.yearly


# Allowances.

WISE_US = market(
    """
    fees:
      - {operation: cash-out, method: atm, percent: 2, fixed: 1.5, free: {amount: 100, count: 2, per: month}}
    """,
    country="US",
)


@pytest.mark.parametrize(
    ("amount", "times", "month"),
    [
        (100, 2, "0"),  # inside both
        (100, 1, "0"),
        (300, 2, "4.00"),  # 2 % of the 200 over 100; no third use
        (300, 3, "5.50"),  # 2 % of 200, and 1.50 for the third use
        (100, 3, "1.50"),  # the amount is inside; one use too many
        (400, 5, "10.50"),  # 2 % of 300 = 6.00, 3 x 1.50 = 4.50
    ],
)
def test_wise_us_atm_counts_amount_and_uses_apart(amount: int, times: int, month: str) -> None:
    # The source: "2 free withdrawals and 100 USD a month, then 1.50 each and 2 % over 100".
    bill = charge(WISE_US, use("cash-out", amount, times, "atm"))
    assert bill.monthly == span(month)
    assert bill.yearly == span(D(month) * 12)
    assert bill.moved == amount * 12


REVOLUT_GB = market(
    """
    plans:
      - {id: standard, name: Standard}
      - {id: plus, name: Plus}
      - {id: premium, name: Premium}
      - {id: metal, name: Metal}
    fees:
      - {operation: subscription, plan: standard, fixed: 0, per: month}
      - {operation: subscription, plan: plus, fixed: 3.99, per: month}
      - {operation: subscription, plan: premium, fixed: 7.99, per: month}
      - {operation: subscription, plan: metal, fixed: 14.99, per: month}
      - {operation: cash-out, method: atm, plan: standard, percent: 2, min: 1, free: {amount: 200, count: 5, per: month, until: first}}
      - {operation: cash-out, method: atm, plan: plus, percent: 2, min: 1, free: {amount: 200, per: month}}
      - {operation: cash-out, method: atm, plan: premium, percent: 2, min: 1, free: {amount: 400, per: month}}
      - {operation: cash-out, method: atm, plan: metal, percent: 2, min: 1, free: {amount: 800, per: month}}
      - {operation: convert, plan: standard, percent: 1, free: {amount: 1000, per: month}}
      - {operation: convert, plan: standard, when: weekends, surcharge: true, percent: 1}
      - {operation: convert, plan: [plus, premium, metal], percent: 0}
    """,
    country="GB",
)


def on_plan(candidate: Candidate, plan: str) -> Candidate:
    return Candidate(candidate.wallet, candidate.country, candidate.market, plan)


@pytest.mark.parametrize(
    ("plan", "amount", "times", "month"),
    [
        # Standard: free up to 200 or five uses, whichever runs out first.
        ("standard", 200, 5, "0"),
        ("standard", 500, 1, "6.00"),  # 2 % of 300
        # Seven uses of 20: 140 is inside 200, but two come after the fifth. 2 % of 20 is 0.40,
        # and the least is 1, so 2 x 1.
        ("standard", 140, 7, "2.00"),
        # Four uses of 100: two are free; 2 % of 100 = 2 for each of the others.
        ("standard", 400, 4, "4.00"),
        # 210 in one: 2 % of the 10 over is 0.20, the least is 1.
        ("standard", 210, 1, "1.00"),
        # Plus counts the amount only: seven uses of 20 stay free. 3.99 for the plan.
        ("plus", 140, 7, "3.99"),
        ("plus", 500, 1, "9.99"),  # 3.99 + 2 % of 300
        ("premium", 500, 1, "9.99"),  # 7.99 + 2 % of 100
        ("metal", 800, 1, "14.99"),
    ],
)
def test_revolut_gb_plans(plan: str, amount: int, times: int, month: str) -> None:
    bill = charge(on_plan(REVOLUT_GB, plan), use("cash-out", amount, times, "atm"))
    assert bill.complete
    assert bill.monthly == span(month)


@pytest.mark.parametrize(
    ("amount", "plan"),
    [
        (300, "standard"),  # 2.00 against 3.99 + 2.00, 7.99, 14.99
        # Standard 2 % of 800 = 16.00; plus 3.99 + 16.00; premium 7.99 + 2 % of 600 = 19.99;
        # metal 14.99 + 2 % of 200 = 18.99.
        (1000, "standard"),
        # Metal's larger allowance saves 2 % of 600 = 12 at most, and costs 14.99.
        (5000, "standard"),
    ],
)
def test_the_cheapest_plan_for_cash(amount: int, plan: str) -> None:
    bills = [charge(c, use("cash-out", amount, 1, "atm")) for c in plans_of(REVOLUT_GB)]
    assert fees.cheapest(bills).candidate.plan == plan


def test_the_cheapest_plan_for_changing_money() -> None:
    # 2,000 a month: standard 1 % of the 1,000 over = 10; plus 3.99, where this snippet has it free.
    bills = [charge(c, use("convert", 2000)) for c in plans_of(REVOLUT_GB)]
    best = fees.cheapest(bills)
    assert best.candidate.plan == "plus"
    assert best.monthly == span("3.99")


def test_of_equal_plans_the_first_is_taken() -> None:
    both = market(
        """
        plans:
          - {id: one, name: One}
          - {id: two, name: Two}
        fees:
          - {operation: subscription, plan: [one, two], fixed: 1, per: month}
        """
    )
    assert fees.cheapest(charge(c) for c in plans_of(both)).candidate.plan == "one"
    assert fees.cheapest(charge(c) for c in plans_of(both)[::-1]).candidate.plan == "two"


def test_a_plan_of_unknown_price_is_not_taken_for_a_guess_at_it() -> None:
    place = market(
        """
        plans:
          - {id: small, name: Small}
          - {id: large, name: Large}
          - {id: largest, name: Largest}
        fees:
          - {operation: subscription, plan: small, fixed: 0, per: month}
          - {operation: subscription, plan: largest, price: unknown}
          - {operation: send, plan: small, percent: 9}
          - {operation: send, plan: [large, largest], percent: 0}
        """
    )
    bills = [charge(c, use("send", 5000)) for c in plans_of(place)]
    assert fees.cheapest(bills).candidate.plan == "small"
    # The first plan is the least, and mostly free, whatever a dearer one costs.
    base = market(
        """
        plans:
          - {id: small, name: Small}
          - {id: large, name: Large}
        fees:
          - {operation: subscription, plan: large, fixed: 500, per: year}
          - {operation: send, percent: 1}
        """
    )
    dearer = [charge(c, use("send", 50)) for c in plans_of(base)]
    assert fees.cheapest(dearer).candidate.plan == "small"
    # Of those the first, not the one that would charge the least besides.
    assert fees.cheapest(bills[1:]).candidate.plan == "large"
    assert fees.cheapest(bills[:0:-1]).candidate.plan == "largest"


def test_a_plan_that_can_do_the_usage_is_taken_before_a_cheaper_one() -> None:
    place = market(
        """
        plans:
          - {id: small, name: Small}
          - {id: large, name: Large}
        fees:
          - {operation: subscription, plan: small, fixed: 0, per: month}
          - {operation: subscription, plan: large, fixed: 5, per: month}
          - {operation: send, percent: 0}
        limits:
          - {what: month, operation: send, plan: small, amount: 100}
        """
    )
    assert (
        fees.cheapest(charge(c, use("send", 50)) for c in plans_of(place)).candidate.plan == "small"
    )
    assert (
        fees.cheapest(charge(c, use("send", 500)) for c in plans_of(place)).candidate.plan
        == "large"
    )


ALIPAY = market(
    """
    fees:
      - {operation: withdraw, method: bank-transfer, percent: 0.1, min: 0.1, free: {amount: 20000, per: lifetime}, pool: to-bank-cards}
      - {operation: send, method: bank-transfer, percent: 0.1, min: 0.1, free: {amount: 20000, per: lifetime}, pool: to-bank-cards}
      - {operation: credit-card-repayment, percent: 0.1, min: 0.1, free: {amount: 2000, per: month}}
    """,
    country="CN",
)


def test_a_lifetime_allowance_is_spent_in_the_first_year() -> None:
    # 3,000 a month is 36,000 a year: 0.1 % of the 16,000 beyond 20,000.
    assert yearly(ALIPAY, use("withdraw", 3000)) == span("16")
    # 1,000 a month is 12,000 a year: all inside.
    assert yearly(ALIPAY, use("withdraw", 1000)) == NOTHING


def test_a_pool_is_shared_by_its_rules() -> None:
    # 12,000 withdrawn and 12,000 sent a year: 0.1 % of the 4,000 beyond 20,000.
    together = charge(ALIPAY, use("withdraw", 1000), use("send", 1000, method="bank-transfer"))
    assert together.yearly == span("4")
    # The first usage has the allowance first: the line of the second bears the charge.
    assert [line.yearly for line in together.lines] == [NOTHING, span("4")]
    # A rule outside the pool has an allowance of its own: 2,000 a month.
    assert yearly(ALIPAY, use("withdraw", 1000), use("credit-card-repayment", 2000)) == NOTHING


def test_wechat_lifetime_1000_and_the_least_charge() -> None:
    wechat = market(
        """
        fees:
          - {operation: withdraw, method: bank-transfer, percent: 0.1, min: 0.1, free: {amount: 1000, per: lifetime}}
        """,
        country="CN",
    )
    # 500 a month: the first two months are free, then 0.1 % of 500 = 0.50, ten times.
    assert yearly(wechat, use("withdraw", 500)) == span("5")
    # 50 a month is 600 a year: free.
    assert yearly(wechat, use("withdraw", 50)) == NOTHING
    # 95 a month: 950 in ten months; the eleventh has 45 over, 0.1 % of it is 0.045, so the least
    # is charged, 0.10; the twelfth 0.1 % of 95 = 0.095, so 0.10 again.
    assert yearly(wechat, use("withdraw", 95)) == span("0.20")


def test_gcash_over_the_counter_8000_a_month() -> None:
    gcash = market(
        """
        fees:
          - {operation: top-up, method: cash-agent, percent: 2, free: {amount: 8000, per: month}}
        """,
        country="PH",
    )
    assert charge(gcash, use("top-up", 8000)).monthly == NOTHING
    assert charge(gcash, use("top-up", 10000)).monthly == span("40")  # 2 % of 2,000
    assert charge(gcash, use("top-up", 10000, 4)).monthly == span("40")
    # Two usages by the same rule share its allowance: 6,000 + 6,000, 2 % of 4,000.
    twice = charge(gcash, use("top-up", 6000), use("top-up", 6000))
    assert twice.monthly == span("80")


def test_zalopay_steps() -> None:
    zalopay = market(
        """
        fees:
          - {operation: send, method: other-network, steps: [{up_to_uses: 3, percent: 0}, {up_to_uses: 15, percent: 0.5, fixed: 3100}, {percent: 0.65, fixed: 3100}]}
        """,
        country="VN",
    )
    million = 1_000_000
    assert charge(zalopay, use("send", 3 * million, 3)).monthly == NOTHING
    # The fourth: 3,100 + 0.5 % of 1,000,000 = 8,100.
    assert charge(zalopay, use("send", 4 * million, 4)).monthly == span(8100)
    # The 4th to the 15th: 12 x 8,100 = 97,200.
    assert charge(zalopay, use("send", 15 * million, 15)).monthly == span(97200)
    # The 16th: 3,100 + 0.65 % of 1,000,000 = 9,600.
    assert charge(zalopay, use("send", 16 * million, 16)).monthly == span(106800)
    # Uses of different amounts count in one row: three of the first usage are free, none of the
    # second; 2 x (3,100 + 0.5 % of 500,000 = 2,500) = 11,200.
    two = charge(zalopay, use("send", 3 * million, 3), use("send", million, 2))
    assert two.monthly == span(11200)


def test_steps_by_money_moved() -> None:
    # bKash: up to 25,000 a month 5 each (nothing up to 100), then 10 each.
    bkash = market(
        """
        fees:
          - {operation: send, steps: [{up_to_amount: 25000, bands: [{up_to: 100, fixed: 0}, {fixed: 5}]}, {fixed: 10}]}
        """,
        country="KE",
    )
    assert charge(bkash, use("send", 500, 5)).monthly == NOTHING
    assert charge(bkash, use("send", 25000, 5)).monthly == span(25)
    # Six of 5,000: the sixth takes the sum past 25,000.
    assert charge(bkash, use("send", 30000, 6)).monthly == span(35)


def test_a_minimum_beside_steps_and_bands_holds_in_them() -> None:
    place = market(
        """
        fees:
          - {operation: send, min: 2, max: 4, steps: [{up_to_uses: 1, percent: 1}, {percent: 2, max: 3}]}
          - {operation: withdraw, min: 2, bands: [{up_to: 500, percent: 1}, {percent: 1, min: 9}]}
        """
    )
    # 100 each: 1 % is 1, raised to 2; then 2 % is 2.
    assert charge(place, use("send", 200, 2)).monthly == span(4)
    # 500 each: 1 % is 5, held to 4; then 2 % is 10, held to the step's own 3.
    assert charge(place, use("send", 1000, 2)).monthly == span(7)
    assert charge(place, use("withdraw", 100)).monthly == span(2)
    assert charge(place, use("withdraw", 600)).monthly == span(9)


def test_vipps_on_the_whole_and_on_the_part_above() -> None:
    norway = market(
        """
        fees:
          - {operation: send, bands: [{up_to: 5000, percent: 0}, {percent: 1}]}
        """,
        country="NO",
    )
    finland = market(
        """
        fees:
          - {operation: send, percent: 1, free: {amount: 400, per: day, each: recipient}}
        """,
        country="FI",
    )
    assert charge(norway, use("send", 5000)).monthly == NOTHING
    assert charge(norway, use("send", 6000)).monthly == span(60)  # 1 % of 6,000
    assert charge(norway, use("send", 10000, 2)).monthly == NOTHING
    assert charge(finland, use("send", 400)).monthly == NOTHING
    assert charge(finland, use("send", 500)).monthly == span(1)  # 1 % of 100
    # Uses fall on days of their own, each with 400 free.
    assert charge(finland, use("send", 1600, 4)).monthly == NOTHING
    assert charge(finland, use("send", 2000, 4)).monthly == span(4)
    # Two usages have a recipient each, and so an allowance each.
    assert charge(finland, use("send", 400), use("send", 500)).monthly == span(1)


def test_an_allowance_per_day_when_uses_crowd() -> None:
    place = market(
        """
        fees:
          - {operation: pay, fixed: 1, free: {count: 1, per: day}}
        """
    )
    assert charge(place, use("pay", 300, 30)).monthly == NOTHING
    # 60 uses in a month of 30 days are two a day; the second of each day is charged.
    assert charge(place, use("pay", 300, 60)).monthly == span(30)


def test_an_allowance_per_year() -> None:
    place = market(
        """
        fees:
          - {operation: withdraw, fixed: 2, free: {count: 10, per: year}}
        """
    )
    # 24 uses a year, 14 of them charged.
    assert yearly(place, use("withdraw", 100, 2)) == span(28)


def test_rules_of_a_pool_count_through_the_same_months() -> None:
    # One rule of the pool has a cap for the year, so its months differ; the other does not. The
    # allowance of each month is still one: 100 free of 200, every month. 12 x 1 % of 100 = 12.
    place = market(
        """
        fees:
          - {operation: send, percent: 1, free: {amount: 100, per: month}, pool: out}
          - {operation: withdraw, percent: 1, free: {amount: 100, per: month}, pool: out, cap: {amount: 50, per: year}}
        """
    )
    assert yearly(place, use("send", 100), use("withdraw", 100)) == span(12)
    assert yearly(place, use("withdraw", 100), use("send", 100)) == span(12)


def test_small_uses_below_min_amount_are_not_free() -> None:
    # ShopeePay: ten free withdrawals a month of 50,000 or more, else 2,500 each.
    place = market(
        """
        fees:
          - {operation: withdraw, fixed: 2500, free: {count: 2, per: month, min_amount: 50000}}
        """,
        country="VN",
    )
    assert charge(place, use("withdraw", 100000, 2)).monthly == NOTHING
    assert charge(place, use("withdraw", 150000, 3)).monthly == span(2500)
    assert charge(place, use("withdraw", 80000, 2)).monthly == span(5000)
    # The small ones use up nothing.
    mixed = charge(place, use("withdraw", 80000, 2), use("withdraw", 100000, 2))
    assert [line.monthly for line in mixed.lines] == [span(5000), NOTHING]


def test_free_at_first_and_then_unknown() -> None:
    place = market(
        """
        fees:
          - {operation: withdraw, price: unknown, free: {count: 3, per: month}}
        """
    )
    free = charge(place, use("withdraw", 300, 3))
    assert free.yearly == NOTHING
    assert free.complete
    # Two of five uses of 100 are open: 3 % (to 8 %) of 200 a month.
    more = charge(place, use("withdraw", 500, 5))
    assert more.monthly == span(0, 6, 16)
    assert not more.complete


def test_splitting_an_amount_does_not_push_it_over_an_allowance() -> None:
    # 200 in 7 uses is 28.57142857... each: the sum of the parts may miss 200 by a hair.
    place = market(
        """
        fees:
          - {operation: cash-out, fixed: 3, percent: 1, min: 1, free: {amount: 200, per: month}}
          - {operation: send, steps: [{up_to_amount: 200, fixed: 0}, {fixed: 5}]}
        """
    )
    for times in range(1, 60):
        assert charge(place, use("cash-out", 200, times)).yearly == NOTHING, times
        assert charge(place, use("send", 200, times)).yearly == NOTHING, times


# Bands, least and most.

MPESA = market(
    """
    fees:
      - {operation: send, method: own-network, bands: [{up_to: 100, fixed: 0}, {up_to: 500, fixed: 7}, {up_to: 1000, fixed: 13}, {up_to: 250000, fixed: 108}]}
      - {operation: cash-out, method: agent, bands: [{up_to: 100, fixed: 11}, {up_to: 2500, fixed: 29}, {up_to: 250000, fixed: 309}], from: 50}
    """,
    country="KE",
)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("1", 0),
        ("100", 0),
        ("100.01", 7),
        ("500", 7),
        ("501", 13),
        ("1000", 13),
        ("1000.01", 108),
        ("250000", 108),
    ],
)
def test_mpesa_bands_are_inclusive_at_the_top(amount: str, fee: int) -> None:
    assert charge(MPESA, use("send", amount, 1, "own-network")).monthly == span(fee)


def test_the_band_is_of_one_use_not_of_the_month() -> None:
    assert charge(MPESA, use("send", 1000, 10, "own-network")).monthly == NOTHING
    assert charge(MPESA, use("send", 1500, 3, "own-network")).monthly == span(21)


def test_above_the_last_closed_band_the_price_is_unknown() -> None:
    bill = charge(MPESA, use("send", 300000))
    # 3 % and 8 % of 300,000.
    assert bill.monthly == span(0, 9000, 24000)
    assert not bill.complete
    assert only_line(bill).rules == (rule_of(MPESA, 0),)


def test_below_from_the_price_is_unknown() -> None:
    assert charge(MPESA, use("cash-out", 50)).monthly == span(11)
    below = charge(MPESA, use("cash-out", 40))
    assert below.monthly == span(0, "1.2", "3.2")
    assert not below.complete


PAYPAL_US = market(
    """
    fees:
      - {operation: withdraw, method: standard, percent: 0}
      - {operation: withdraw, method: instant, percent: 1.75, min: 0.25, max: 25}
      - {operation: send-abroad, method: balance, percent: 5, min: 0.99, max: 4.99, fx_markup: 4}
      - {operation: send-abroad, method: card, bands: [{up_to: 19.8, percent: 2.9, fixed: 1.29, fx_markup: 4}, {up_to: 99.8, percent: 7.9, fixed: 0.30, fx_markup: 4}, {percent: 2.9, fixed: 5.29, fx_markup: 3}]}
      - {operation: pay-abroad, fx_markup: 4}
    """,
    country="US",
)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("10", "0.25"),  # 1.75 % is 0.175
        ("100", "1.75"),
        ("1000", "17.50"),
        ("2000", "25"),  # 1.75 % is 35
    ],
)
def test_paypal_us_instant_withdrawal(amount: str, fee: str) -> None:
    assert charge(PAYPAL_US, use("withdraw", amount, method="instant")).monthly == span(fee)


def test_the_least_and_the_most_hold_for_each_use() -> None:
    # Four of 10: 4 x 0.25; two of 2,000: 2 x 25.
    assert charge(PAYPAL_US, use("withdraw", 40, 4, "instant")).monthly == span(1)
    assert charge(PAYPAL_US, use("withdraw", 4000, 2, "instant")).monthly == span(50)


@pytest.mark.parametrize("other", ["debit-card", "bank-transfer", "mobile-wallet"])
def test_at_an_equal_price_a_credit_card_comes_last(other: str) -> None:
    place = market(
        "fees:\n"
        "  - {operation: send, method: credit-card, percent: 1}\n"
        f"  - {{operation: send, method: {other}, percent: 1}}\n"
    )
    assert [line.method for line in charge(place, use("send", 100)).lines] == [other]


def test_the_cheapest_method_is_taken_and_named() -> None:
    line = only_line(charge(PAYPAL_US, use("withdraw", 1000)))
    assert line.method == "standard"
    assert line.yearly == NOTHING
    assert line.rules == (rule_of(PAYPAL_US, 0),)


@pytest.mark.parametrize(
    ("amount", "fee", "markup"),
    [
        ("10", "0.99", "0.40"),  # 5 % is 0.50, the least 0.99; 4 % of 10
        ("50", "2.50", "2.00"),
        ("200", "4.99", "8.00"),  # 5 % is 10, the most 4.99
    ],
)
def test_paypal_us_abroad_has_its_markup_on_a_line_of_its_own(
    amount: str, fee: str, markup: str
) -> None:
    bill = charge(PAYPAL_US, use("send-abroad", amount, method="balance", country="MX"))
    assert [(line.kind, line.monthly) for line in bill.lines] == [
        ("fee", span(fee)),
        ("conversion", span(markup)),
    ]
    assert all(line.country == "MX" and line.method == "balance" for line in bill.lines)
    assert bill.complete
    assert bill.monthly == span(D(fee) + D(markup))


def test_no_markup_where_the_country_has_the_same_currency() -> None:
    # Ecuador pays in US dollars.
    bill = charge(PAYPAL_US, use("send-abroad", 200, method="balance", country="EC"))
    assert [(line.kind, line.monthly) for line in bill.lines] == [("fee", span("4.99"))]


def test_abroad_without_a_country_is_taken_to_change_the_currency() -> None:
    bill = charge(PAYPAL_US, use("send-abroad", 200, method="balance"))
    assert bill.monthly == span("12.99")


@pytest.mark.parametrize(
    ("amount", "fee", "markup"),
    [
        ("19.8", "1.8642", "0.792"),  # 2.9 % + 1.29; 4 %
        ("50", "4.25", "2"),  # 7.9 % + 0.30; 4 %
        ("100", "8.19", "3"),  # 2.9 % + 5.29; 3 %
    ],
)
def test_a_markup_inside_bands(amount: str, fee: str, markup: str) -> None:
    bill = charge(PAYPAL_US, use("send-abroad", amount, method="credit-card", country="MX"))
    assert [line.monthly for line in bill.lines] == [span(fee), span(markup)]
    assert bill.complete


def test_a_price_that_is_all_markup_has_one_line() -> None:
    bill = charge(PAYPAL_US, use("pay-abroad", 100, country="MX"))
    (line,) = bill.lines
    assert line.kind == "conversion"
    assert line.monthly == span(4)
    assert line.known


# Changing the currency.


def test_an_operation_without_a_markup_pays_the_convert_rule() -> None:
    standard = on_plan(REVOLUT_GB, "standard")
    abroad = market(
        """
        fees:
          - {operation: pay-abroad, percent: 0}
          - {operation: convert, percent: 1, free: {amount: 1000, per: month}}
        """
    )
    # 1,500: 1 % of the 500 over.
    bill = charge(abroad, use("pay-abroad", 1500, country="US"))
    assert [(line.kind, line.operation, line.monthly) for line in bill.lines] == [
        ("fee", "pay-abroad", NOTHING),
        ("conversion", "pay-abroad", span(5)),
    ]
    # Changing money oneself and paying abroad draw on the same allowance: 800 + 700.
    both = charge(abroad, use("convert", 800), use("pay-abroad", 700, country="US"))
    assert both.monthly == span(5)
    # Cash in another country changes the currency; cash at home does not.
    cash = charge(standard, use("cash-out", 1200, method="atm", country="US"))
    assert only_line(cash, "conversion").monthly.estimate == 2  # 1 % of 200
    assert only_line(cash).monthly == span(20)  # 2 % of 1,000
    home = charge(standard, use("cash-out", 1200, method="atm"))
    assert [line.kind for line in home.lines] == ["fee", "subscription"]


def test_a_convert_rule_may_hold_a_fee_and_a_markup() -> None:
    place = market(
        """
        fees:
          - {operation: send-abroad, fixed: 1}
          - {operation: convert, percent: 0.5, fx_markup: 1, fx_markup_max: 2}
        """
    )
    # 0.5 % of 200 = 1, and 1 to 2 % of 200 = 2 to 4, taken at the middle.
    changed = charge(place, use("convert", 200))
    assert [(line.kind, line.monthly) for line in changed.lines] == [
        ("fee", span(1)),
        ("conversion", span(2, 3, 4)),
    ]


def test_an_unknown_exchange_rate_is_taken_for_the_average() -> None:
    place = market("fees:\n  - {operation: send-abroad, fixed: 1}")
    bill = charge(place, use("send-abroad", 100, country="US"))
    line = only_line(bill, "conversion")
    assert line.monthly == span(0, 2, 4)
    assert not line.known
    assert not bill.complete
    assert charge(place, use("send-abroad", 100, country="IM")).complete  # pounds as well


def test_a_markup_with_one_end_published() -> None:
    place = market(
        """
        fees:
          - {operation: pay-abroad, method: card, fx_markup: 5, bound: at-most}
          - {operation: pay-abroad, method: balance, fx_markup: 0.5, bound: at-least}
        """
    )
    most = only_line(charge(place, use("pay-abroad", 100, method="card")), "conversion")
    assert most.monthly == span(0, 5, 5)
    assert most.known
    least = only_line(charge(place, use("pay-abroad", 100, method="balance")), "conversion")
    assert least.monthly == span("0.5", "0.5", 4)
    assert not least.known


# Surcharges and alternatives.


def test_a_weekend_surcharge_widens_only_the_high_end() -> None:
    # 1,500: 1 % of 500 = 5; on weekends 1 % of the whole 1,500 = 15 comes on top.
    bill = charge(on_plan(REVOLUT_GB, "standard"), use("convert", 1500))
    line = only_line(bill)
    assert line.monthly == span(5, 5, 20)
    assert line.known
    assert [rule.surcharge for rule in line.rules] == [False, True]
    # The same where it is an operation abroad that pays the convert rule.
    abroad = charge(
        on_plan(REVOLUT_GB, "standard"), use("cash-out", 150, method="atm", country="US")
    )
    assert only_line(abroad, "conversion").monthly == span(0, 0, "1.5")


def test_a_surcharge_on_an_exchange_rate() -> None:
    place = market(
        """
        fees:
          - {operation: pay-abroad, percent: 0}
          - {operation: convert, fx_markup: 0.5}
          - {operation: convert, when: weekends, surcharge: true, fx_markup: 1}
        """
    )
    # 0.5 % of 200, and 1 % more at weekends.
    for usage in (use("convert", 200), use("pay-abroad", 200, country="US")):
        assert charge(place, usage).monthly == span(1, 1, 3)


def test_a_surcharge_of_unknown_size() -> None:
    place = market(
        """
        fees:
          - {operation: top-up, method: bank-transfer, percent: 0}
          - {operation: top-up, method: bank-transfer, when: the bank charges, surcharge: true, price: unknown}
        """
    )
    line = only_line(charge(place, use("top-up", 100)))
    assert line.monthly == span(0, 0, 8)
    assert line.known


def test_alternatives_with_an_ordinary_rule() -> None:
    place = market(
        """
        fees:
          - {operation: withdraw, fixed: 2}
          - {operation: withdraw, when: from the savings pot, fixed: 0}
          - {operation: withdraw, when: on paper, fixed: 10}
        """
    )
    line = only_line(charge(place, use("withdraw", 100)))
    assert line.monthly == span(0, 2, 10)
    assert line.known
    assert line.rules[0] == rule_of(place, 0)
    assert len(line.rules) == 3


def test_alternatives_that_are_all_conditional() -> None:
    # M-PESA Paybill: who bears the fee is the biller's choice. The dearest is the estimate.
    place = market(
        """
        fees:
          - {operation: bill-pay, when: the biller shares the fee, fixed: 5}
          - {operation: bill-pay, when: the customer pays, fixed: 10}
          - {operation: bill-pay, when: the biller pays, percent: 0}
        """,
        country="KE",
    )
    line = only_line(charge(place, use("bill-pay", 500)))
    assert line.monthly == span(0, 10, 10)
    assert line.known
    assert line.rules[0].when == "the customer pays"


def test_one_condition_says_nothing_of_the_other_case() -> None:
    place = market("fees:\n  - {operation: pay, when: the card is domestic, percent: 0}")
    line = only_line(charge(place, use("pay", 100)))
    assert line.monthly == span(0, 3, 8)
    assert not line.known
    assert line.rules == (rule_of(place, 0),)
    dear = market("fees:\n  - {operation: pay, when: the card is foreign, percent: 9}")
    assert charge(dear, use("pay", 100)).monthly == span(0, 9, 9)


def test_alternatives_draw_on_their_pool_once() -> None:
    # Two prices under different conditions, one allowance of 100; 150 are moved: 1 or 2 % of 50.
    # The withdrawal after it finds the allowance spent: 1 % of 100.
    place = market(
        """
        fees:
          - {operation: send, when: by phone, percent: 1, free: {amount: 100, per: month}, pool: out}
          - {operation: send, when: on the web, percent: 2, free: {amount: 100, per: month}, pool: out}
          - {operation: withdraw, percent: 1, free: {amount: 100, per: month}, pool: out}
        """
    )
    bill = charge(place, use("send", 150), use("withdraw", 100))
    assert [line.monthly for line in bill.lines] == [span("0.5", 1, 1), span(1)]


def test_a_method_that_is_not_taken_uses_up_nothing() -> None:
    # The instant way shares the pool but is dearer; the standard way is taken.
    place = market(
        """
        fees:
          - {operation: withdraw, method: standard, percent: 1, free: {amount: 100, per: month}, pool: out}
          - {operation: withdraw, method: instant, percent: 2, free: {amount: 50, per: month}, pool: out}
        """
    )
    bill = charge(place, use("withdraw", 60), use("withdraw", 60))
    # 60 of 100 are free, then 40 of the second 60: 1 % of 20.
    assert bill.monthly == span("0.2")


def test_a_published_range_is_taken_at_its_middle() -> None:
    place = market(
        "fees:\n  - {operation: send, percent: 1, percent_max: 2, fixed: 0.5, fixed_max: 1}"
    )
    # 100: 1 + 0.5 to 2 + 1.
    assert charge(place, use("send", 100)).monthly == span("1.5", "2.25", 3)


@pytest.mark.parametrize(
    ("bound", "expected", "known"),
    [
        # "up to 2 %": the lower end is open.
        ("at-most", span(0, 2, 2), True),
        # "from 2 %" is used as it stands, though the average of 3 % is dearer; 8 % the high end.
        ("at-least", span(2, 2, 8), False),
    ],
)
def test_bounds(bound: str, expected: Range, known: bool) -> None:
    place = market(f"fees:\n  - {{operation: send, percent: 2, bound: {bound}}}")
    line = only_line(charge(place, use("send", 100)))
    assert line.monthly == expected
    assert line.known is known
    assert line.least is not known


def test_what_few_wallets_stand_behind_lifts_none() -> None:
    # Of 20 wallets the average is 3 %, at most 8 %; of four it says too little, so it is 8 %.
    few = catalog(averages=AVERAGES.replace("count: 20", "count: 4"))
    place = market("features:\n  send: {has: true}")
    assert charge(place, use("send", 100)).monthly == span(0, 3, 8)
    assert charge(place, use("send", 100), of=few).monthly == span(0, 8, 8)


def test_from_a_price_above_the_average() -> None:
    place = market("fees:\n  - {operation: send, percent: 12, bound: at-least}")
    assert charge(place, use("send", 100)).monthly == span(12)


def test_caps() -> None:
    place = market(
        """
        fees:
          - {operation: send, percent: 1, cap: {amount: 3, per: month}}
          - {operation: withdraw, fixed: 10, cap: {amount: 35, per: year}}
        """
    )
    assert charge(place, use("send", 200)).monthly == span(2)
    assert charge(place, use("send", 500)).monthly == span(3)
    # 10 a month would be 120; the rule takes 35 a year.
    assert yearly(place, use("withdraw", 100)) == span(35)
    # A cap is the most that the rule takes, by whatever usages.
    assert charge(place, use("send", 200), use("send", 300)).monthly == span(3)
    assert yearly(place, use("withdraw", 100), use("withdraw", 200)) == span(35)


def test_a_price_in_another_currency() -> None:
    # Nequi: 5 %, at most 11.90 US dollars. 4,000 pesos are a dollar here.
    nequi = market(
        """
        fees:
          - {operation: receive-abroad, method: paypal, percent: 5, max: 11.9, currency: USD, fx_markup: 0}
          - {operation: send, bands: [{up_to: 10, fixed: 1}, {fixed: 2}], currency: USD}
        """,
        country="CO",
    )
    # 400,000 pesos are 100 dollars: 5 dollars are 20,000 pesos.
    assert charge(nequi, use("receive-abroad", 400_000)).monthly == span(20_000)
    # 4,000,000 pesos are 1,000 dollars: 11.90 dollars are 47,600 pesos.
    assert charge(nequi, use("receive-abroad", 4_000_000)).monthly == span(47_600)
    # Bands are in the rule's currency too: 40,000 pesos are 10 dollars.
    assert charge(nequi, use("send", 40_000)).monthly == span(4_000)
    assert charge(nequi, use("send", 40_004)).monthly == span(8_000)


def test_needs_in_another_currency() -> None:
    # 100 dollars are 50 pounds here: 1 % is 0.50 pounds.
    place = market("fees:\n  - {operation: send, percent: 1}")
    bill = charge(place, use("send", 100), currency="USD")
    assert bill.monthly == span("0.5")
    assert bill.currency == "GBP"
    assert bill.moved == 600
    with pytest.raises(UnknownRate, match="CHF"):
        charge(place, use("send", 100), currency="CHF")


# Taxes.


def test_taxes_stand_apart_and_count() -> None:
    # Colombia: 4 per 1,000 of what leaves the account beyond 3,236,935 a month, all together.
    daviplata = market(
        """
        fees:
          - {operation: send, percent: 0}
          - {operation: withdraw, percent: 0}
          - {operation: send, tax: true, percent: 0.4, free: {amount: 3236935, per: month}, pool: four-per-thousand}
          - {operation: withdraw, tax: true, percent: 0.4, free: {amount: 3236935, per: month}, pool: four-per-thousand}
        """,
        country="CO",
    )
    assert charge(daviplata, use("send", 3_000_000)).yearly == NOTHING
    bill = charge(daviplata, use("send", 3_000_000), use("withdraw", 1_236_935))
    # 4,236,935 leave: 0.4 % of 1,000,000 = 4,000.
    assert [(line.kind, line.operation, line.monthly) for line in bill.lines] == [
        ("fee", "send", NOTHING),
        ("tax", "send", NOTHING),
        ("fee", "withdraw", NOTHING),
        ("tax", "withdraw", span(4000)),
    ]
    assert bill.monthly == span(4000)


def test_a_tax_on_the_fee() -> None:
    jazzcash = market(
        """
        fees:
          - {operation: top-up, method: cash-agent, bands: [{up_to: 20000, percent: 0.5}, {fixed: 100}]}
          - {operation: top-up, method: cash-agent, tax: true, of: fee, percent: 16}
        """,
        country="KE",
    )
    # 0.5 % of 10,000 is 50; 16 % of 50 is 8.
    bill = charge(jazzcash, use("top-up", 10000))
    assert only_line(bill).monthly == span(50)
    assert only_line(bill, "tax").monthly == span(8)
    assert bill.complete


def test_a_tax_on_a_fee_that_nobody_knows_is_not_known() -> None:
    place = market(
        """
        fees:
          - {operation: send, price: unknown}
          - {operation: send, tax: true, of: fee, percent: 50}
        """
    )
    bill = charge(place, use("send", 1000))
    fee, tax = only_line(bill), only_line(bill, "tax")
    assert (fee.known, tax.known) == (False, False)
    assert tax.yearly == fee.yearly.times(D("0.5"))
    # Of another tax the rate is enough.
    known = market(
        "fees:\n  - {operation: send, price: unknown}\n"
        "  - {operation: send, tax: true, percent: 1}\n"
    )
    assert only_line(charge(known, use("send", 1000)), "tax").known


def test_an_unknown_tax_on_the_fee() -> None:
    place = market(
        """
        fees:
          - {operation: send, method: bank-transfer, percent: 0.1, free: {amount: 25000, per: month}}
          - {operation: send, method: bank-transfer, tax: true, of: fee, price: unknown}
        """,
        country="KE",
    )
    # Of no fee there is no tax, at whatever rate.
    assert yearly(place, use("send", 20000)) == NOTHING
    # The fee is 0.1 % of 5,000 = 5. The tax on it is not known, and not more than the fee.
    bill = charge(place, use("send", 30000))
    assert only_line(bill, "tax").monthly == span(0, 5, 5)
    assert not bill.complete


COLLECTED = "fees:\n- {operation: receive-abroad, method: cash-pickup, percent: 0}\n"


@pytest.mark.parametrize(
    ("kind", "text", "amount", "in_hand"),
    [
        ("remittance", COLLECTED, 100, True),
        # More than comes in, of another kind of wallet, and what comes in by another way.
        ("remittance", COLLECTED, 101, False),
        ("stored-value", COLLECTED, 100, False),
        ("remittance", COLLECTED.replace("cash-pickup", "bank-transfer"), 100, False),
        # It has a price for taking out cash.
        ("remittance", f"{COLLECTED}- {{operation: cash-out, percent: 2}}\n", 100, False),
    ],
)
def test_what_is_collected_in_cash_is_taken_out(
    kind: str, text: str, amount: int, in_hand: bool
) -> None:
    place = market(text, kind=kind)
    bill = charge(place, use("receive-abroad", 100, country="US"), use("cash-out", amount))
    lines = [line for line in bill.lines if line.operation == "cash-out"]
    assert (not lines) == in_hand
    assert not bill.impossible


@pytest.mark.parametrize(("free", "method"), [(25000, "bank-transfer"), (1, "cash-pickup")])
def test_an_unknown_tax_of_next_to_nothing_sends_nobody_to_a_dearer_way(
    free: int, method: str
) -> None:
    place = market(
        f"""
        fees:
          - {{operation: send, method: cash-pickup, percent: 4}}
          - {{operation: send, method: bank-transfer, percent: 3, free: {{amount: {free}, per: month}}}}
          - {{operation: send, method: bank-transfer, tax: true, of: fee, price: unknown}}
        """,
        country="KE",
    )
    # On 100 it is 3 at most, which is little; on nearly all of it, 3 % and as much again is not.
    assert charge(place, use("send", 25100)).lines[0].method == method


def test_an_unknown_tax() -> None:
    place = market(
        """
        fees:
          - {operation: send, fixed: 10}
          - {operation: send, tax: true, price: unknown}
        """
    )
    bill = charge(place, use("send", 100))
    assert only_line(bill).known
    # A tax is taken for what taxes usually are (1 %, at most 2), not for what fees are.
    assert only_line(bill, "tax").monthly == span(0, 1, 2)
    assert not bill.complete


def test_a_tax_under_a_condition() -> None:
    # Rent alone is taxed, as far as is known: the tax may not be due.
    place = market(
        """
        fees:
          - {operation: bill-pay, percent: 2}
          - {operation: bill-pay, when: house rent, tax: true, of: fee, percent: 18}
        """
    )
    bill = charge(place, use("bill-pay", 1000))
    assert only_line(bill, "tax").monthly == span(0, "3.6", "3.6")


# Which rules apply.


def test_the_narrowest_rule_wins() -> None:
    place = market(
        """
        plans:
          - {id: gold, name: Gold}
        fees:
          - {operation: subscription, plan: gold, fixed: 0, per: month}
          - {operation: send-abroad, fixed: 9, fx_markup: 0}
          - {operation: send-abroad, plan: gold, fixed: 8, fx_markup: 0}
          - {operation: send-abroad, corridor: GB-abroad, fixed: 7, fx_markup: 0}
          - {operation: send-abroad, corridor: GB-EEA, fixed: 6, fx_markup: 0}
          - {operation: send-abroad, corridor: GB-FR, fixed: 5, fx_markup: 0}
          - {operation: send-abroad, corridor: GB-FR, plan: gold, fixed: 4, fx_markup: 0}
          - {operation: send-abroad, method: instant, fixed: 3, fx_markup: 0}
        """
    )
    gold = on_plan(place, "gold")

    def fee(candidate: Candidate, country: str | None, method: str | None = "standard") -> Decimal:
        made = charge(candidate, use("send-abroad", 100, 1, method, country))
        return only_line(made).monthly.estimate

    assert fee(place, "FR") == 5
    assert fee(gold, "FR") == 4
    assert fee(place, "DE") == 6
    assert fee(gold, "DE") == 6  # corridor before plan
    assert fee(place, "US") == 7
    assert fee(place, None) == 7
    assert fee(place, "FR", "instant") == 3  # method before corridor


def test_corridors_at_home_and_in_another_currency() -> None:
    place = market(
        """
        fees:
          - {operation: cash-out, method: atm, corridor: DE-DE, percent: 0}
          - {operation: cash-out, method: atm, corridor: DE-euro-area, fixed: 1}
          - {operation: cash-out, method: atm, corridor: DE-foreign-currency, fixed: 2, fx_markup: 0}
          - {operation: send, corridor: DE-SEPA, fixed: 3, per: month}
        """,
        country="DE",
    )

    def fee(operation: str, country: str | None) -> Decimal:
        return charge(place, use(operation, 100, 1, None, country)).monthly.estimate

    assert fee("cash-out", None) == fee("cash-out", "DE") == 0
    assert fee("cash-out", "FR") == 1
    assert fee("cash-out", "US") == 2
    # Home is inside the groups that it belongs to.
    assert fee("send", None) == fee("send", "DE") == 3


@pytest.mark.parametrize(
    ("operation", "dear", "other"),
    [
        ("top-up", "mobile-carrier", "funding:\n  bank-linked: {has: true}\n"),
        ("top-up", "cash-agent", "funding:\n  bank-transfer: {has: true}\n"),
        ("withdraw", "instant", "payout:\n  bank-transfer: {has: true}\n"),
    ],
)
def test_what_a_dear_way_costs_is_not_the_price_of_the_ordinary_one(
    operation: str, dear: str, other: str
) -> None:
    def at(percent: int, *more: str) -> Candidate:
        price = f"fees:\n  - {{operation: {operation}, method: {dear}, percent: {percent}}}\n"
        return market(price + "".join(more))

    line = only_line(charge(at(2, other), use(operation, 100)))
    assert not line.known
    assert line.method in other
    # It is the price where that way is asked for, where there is no other, and where it is nothing.
    asked = use(operation, 100, method=dear)
    assert charge(at(2, other), asked).monthly == span(2)
    assert charge(at(2), use(operation, 100)).monthly == span(2)
    free = only_line(charge(at(0, other), use(operation, 100)))
    assert (free.known, free.method) == (True, dear)


def test_any_card_covers_debit_and_credit_cards() -> None:
    place = market(
        """
        fees:
          - {operation: top-up, method: card, percent: 2}
          - {operation: top-up, method: debit-card, percent: 1}
        """
    )
    assert charge(place, use("top-up", 100, method="credit-card")).monthly == span(2)
    assert charge(place, use("top-up", 100, method="debit-card")).monthly == span(1)
    # Without a word on methods: the cheapest.
    assert only_line(charge(place, use("top-up", 100))).method == "debit-card"
    # With a credit card alone, its price.
    credit = charge(place, use("top-up", 100), have=["credit-card"])
    assert credit.monthly == span(2)


def test_only_methods_that_the_person_has_are_taken() -> None:
    place = market(
        """
        fees:
          - {operation: top-up, method: bank-linked, percent: 0}
          - {operation: top-up, method: cash-agent, percent: 1}
          - {operation: top-up, method: credit-card, percent: 2}
        """
    )

    def method(**wanted: Any) -> str | None:
        return only_line(charge(place, use("top-up", 100), **wanted)).method

    assert method() == "bank-linked"
    # Nobody has to own a shop to pay in at one.
    assert method(have=["credit-card"]) == "cash-agent"
    assert method(have=["credit-card", "bank-linked"]) == "bank-linked"


def test_a_known_price_is_taken_before_an_unknown_one() -> None:
    place = market(
        """
        fees:
          - {operation: top-up, method: bank-transfer, price: unknown}
          - {operation: top-up, method: cash-agent, percent: 4}
        """
    )
    line = only_line(charge(place, use("top-up", 100)))
    assert line.method == "cash-agent"
    assert line.known


def test_prices_for_some_people() -> None:
    place = market(
        """
        fees:
          - {operation: pay, method: card, percent: 0}
          - {operation: pay, method: card, for: visitor, bands: [{up_to: 200, percent: 0}, {percent: 3}]}
          - {operation: receive, for: business, percent: 2.99}
        """,
        country="CN",
    )
    # 3 % of the whole 300.
    assert charge(place, use("pay", 300), person=["visitor"]).monthly == span(9)
    assert charge(place, use("pay", 200), person=["visitor"]).monthly == NOTHING
    assert charge(place, use("pay", 300)).monthly == NOTHING
    # A price for businesses says nothing to others.
    assert not charge(place, use("receive", 100)).complete
    assert charge(place, use("receive", 100), person=["business"]).monthly == span("2.99")


@pytest.mark.parametrize(
    ("other", "method", "among"),
    [
        ("percent: 1", None, True),
        # To others as to them: whose users they are is no matter.
        ("percent: 0", None, False),
        # Who says among whom knows it.
        ("percent: 1", "own-network", False),
        ("percent: 1", "bank-transfer", False),
    ],
)
def test_a_price_among_the_wallets_own_users_is_the_low_end(
    other: str, method: str | None, among: bool
) -> None:
    place = market(
        "fees:\n  - {operation: send, method: own-network, percent: 0}\n"
        f"  - {{operation: send, method: bank-transfer, {other}}}"
    )
    bill = charge(place, use("send", 100, method=method))
    assert only_line(bill).among_users is among
    if among:
        assert only_line(bill).method == "bank-transfer"
        assert bill.monthly == span(0, 1, 1)


def test_of_the_price_in_the_app_and_by_code_that_in_the_app_is_taken() -> None:
    place = market(
        """
        fees:
          - {operation: cash-out, given: ussd, percent: 1.5}
          - {operation: cash-out, given: no-ussd, percent: 1.25}
        """
    )
    made = charge(place, use("cash-out", 100))
    assert made.monthly == span("1.25", "1.25", "1.5")
    assert only_line(made).asks
    assert charge(place, use("cash-out", 100), given=("ussd",)).monthly == span("1.5")
    # Where it costs by code alone, nothing else is known.
    by_code = market("fees:\n  - {operation: cash-out, given: ussd, percent: 1.5}")
    assert not charge(by_code, use("cash-out", 100)).complete


@pytest.mark.parametrize(
    ("own", "others", "month", "among"),
    [
        # Most people there have it: what they pay is likely the price, and that to others its end.
        ("percent: 1", "percent: 4", span(1, 1, 4), True),
        # Where nothing is known of others, what they pay is all the same.
        ("percent: 1", "price: unknown", span(1), False),
        # To others it costs as little.
        ("percent: 1", "percent: 0.5", span("0.5"), False),
    ],
)
def test_a_wallet_in_wide_use_is_priced_among_its_users(
    own: str, others: str, month: Range, among: bool
) -> None:
    place = market(
        "features:\n  widely-used: {has: true}\nfees:\n"
        f"  - {{operation: send, method: own-network, {own}}}\n"
        f"  - {{operation: send, method: bank-transfer, {others}}}"
    )
    bill = charge(place, use("send", 100))
    assert bill.complete
    assert bill.monthly == month
    assert only_line(bill).among_users is among
    assert bill.same_wallet.monthly == (span(1) if among else month)


def test_how_money_gets_in_does_not_change_to_whom_it_is_sent() -> None:
    place = market(
        "funding:\n  cash-agent: {has: true}\n"
        "features:\n  widely-used: {has: true}\nfees:\n"
        "  - {operation: send, method: own-network, percent: 1}\n"
        "  - {operation: send, method: bank-transfer, percent: 4}",
        kind="mobile-money",
    )
    plain = charge(place, use("send", 100))
    filled = charge(place, use("send", 100), have=["cash-agent"])
    assert [line.known for line in filled.lines] == [True, False]
    assert only_line(filled) == only_line(plain)


def test_a_price_to_others_that_is_as_low_changes_no_way() -> None:
    """Of equals, people take the wallet's own network; one whose price is known stands first."""
    place = market(
        "features:\n  widely-used: {has: true}\nfees:\n"
        "  - {operation: send, method: own-network, percent: 0, bound: at-least}\n"
        "  - {operation: send, method: other-network, percent: 0}"
    )
    assert only_line(charge(place, use("send", 100))).method == "other-network"
    place = market(
        "features:\n  widely-used: {has: true}\nfees:\n"
        "  - {operation: send, method: own-network, percent: 0}\n"
        "  - {operation: send, method: other-network, percent: 0}"
    )
    assert only_line(charge(place, use("send", 100))).method == "own-network"


@pytest.mark.parametrize(
    ("kind", "several", "changed"),
    [
        ("mobile-money", "", False),
        ("stored-value", "", False),
        ("remittance", "", False),
        ("mobile-money", "features:\n  multi-currency: {has: false}\n", False),
        # Who holds foreign money changes it, and a bank does what comes to it.
        ("mobile-money", "features:\n  multi-currency: {has: true}\n", True),
        ("bank-account", "", True),
    ],
)
def test_money_that_comes_from_abroad_was_changed_by_who_sent_it(
    kind: str, several: str, changed: bool
) -> None:
    free = "fees:\n  - {operation: receive-abroad, percent: 0}\n"
    bill = charge(market(several + free, kind=kind), use("receive-abroad", 100, country="US"))
    assert bill.complete is not changed
    assert bool(bill.charged.high) is changed
    # Its own price for changing money is taken, if it has one.
    own = "  - {operation: convert, percent: 2}\n"
    bill = charge(market(several + free + own, kind=kind), use("receive-abroad", 100, country="US"))
    assert bill.complete
    assert bill.monthly == span(2)


@pytest.mark.parametrize(
    ("price", "known"),
    [
        ("percent: 0", False),  # of whom is not said: mostly of friends
        ("method: own-network, percent: 0", False),
        ("method: instant, percent: 0", False),
        # A bank account takes anybody's money, and only customers pay by card.
        ("method: bank-transfer, percent: 0", True),
        ("method: card, percent: 0", True),
        ("for: business, percent: 0", True),
    ],
)
def test_a_business_does_not_receive_at_the_price_among_friends(price: str, known: bool) -> None:
    place = market(f"fees:\n- {{operation: receive, {price}}}")
    averages = AVERAGES.replace(
        "conversion:",
        "fees_for_business: {receive: {estimate_percent: 2, high_percent: 5, count: 6}}\nconversion:",
    )
    line = only_line(
        charge(place, use("receive", 100), of=catalog(averages=averages), person=["business"])
    )
    assert line.known is known
    # Unknown, it is taken for what sellers are charged, not for what friends are.
    assert line.monthly == (NOTHING if known else span(0, 2, 5))
    assert (average_of(line, CATALOG.averages).count == 6) is not known
    if "own-network" not in price and "for:" not in price:
        assert charge(place, use("receive", 100)).complete
    # Customers do not pay a shop by transfers to its account, unless that is said of shops.
    sold = charge(
        place, use("receive", 100), person=["business"], must=["features:merchant-acceptance"]
    )
    assert sold.complete is (known and "bank-transfer" not in price)


OUTSIDE = AVERAGES.replace(
    "  top-up: {credit-card",
    "  send:\n    other-network: {estimate_percent: 1, high_percent: 2, count: 5}\n"
    "    bank-transfer: {estimate_percent: 0.5, high_percent: 6, count: 9}\n  top-up: {credit-card",
)


@pytest.mark.parametrize(
    ("rest", "month"),
    [
        # Nothing of others, or that there is a price: the dearer of what such ways cost elsewhere.
        ("", span(0, 1, 2)),
        ("- {operation: send, method: bank-transfer, price: unknown}", span(0, 1, 2)),
        # A price to others is on record.
        ("- {operation: send, method: bank-transfer, percent: 4}", span(0, 4, 4)),
    ],
)
def test_a_price_among_users_alone_is_none_to_anybody(rest: str, month: Range) -> None:
    place = market(f"fees:\n- {{operation: send, method: own-network, percent: 0}}\n{rest}")
    bill = charge(place, use("send", 100), of=catalog(averages=OUTSIDE))
    assert bill.monthly == month
    assert bill.complete is (month == span(0, 4, 4))
    assert only_line(bill).among_users
    assert bill.among_users is bill.complete
    own = charge(place, use("send", 100, method="own-network"), of=catalog(averages=OUTSIDE))
    assert own.yearly == NOTHING
    assert own.complete
    assert (bill.same_wallet.yearly, bill.same_wallet.complete) == (NOTHING, True)


def test_what_is_collected_in_cash_is_not_there_to_move_out() -> None:
    place = market(
        """
        fees:
          - {operation: receive-abroad, method: cash-pickup, percent: 0}
        """,
        kind="remittance",
    )
    assert charge(place, use("receive-abroad", 100)).complete
    both = charge(place, use("receive-abroad", 100), use("withdraw", 100))
    (received,) = [line for line in both.lines if line.operation == "receive-abroad"]
    assert not received.known


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("percent: 0", "It is free only to other Testpay users"),
        ("percent: 1", "It costs less only to other Testpay users"),
        # The least of what is at most so much is nothing, and so is the first of some uses.
        ("fixed: 1, bound: at-most", "It costs less only to other Testpay users"),
        ("fixed: 1, free: {count: 1, per: month}", "It costs less only to other Testpay users"),
    ],
)
def test_only_what_is_free_for_all_uses_is_called_free(price: str, words: str) -> None:
    place = market(
        f"""
        fees:
          - {{operation: send, method: own-network, {price}}}
          - {{operation: send, method: bank-transfer, percent: 4}}
        features:
          widely-used: {{has: true}}
        """
    )
    line = only_line(charge(place, use("send", 100, 1)))
    assert users_price_words(line, "Testpay").startswith(words)


def test_the_same_wallet_on_the_other_side_changes_what_is_sent_alone() -> None:
    place = market(
        """
        fees:
          - {operation: send, method: own-network, percent: 1}
          - {operation: send, method: bank-transfer, percent: 4}
          - {operation: cash-out, percent: 2}
          - {operation: subscription, fixed: 3, per: month}
        """
    )
    bill = charge(place, use("send", 100), use("cash-out", 50))
    assert bill.monthly == span(5, 8, 8)
    assert bill.same_wallet.monthly == span(5)
    assert bill.same_wallet.same_wallet == bill.same_wallet
    # Where it makes no difference, nothing is another price.
    plain = charge(place, use("cash-out", 50))
    assert plain.among == ()
    assert plain.same_wallet == plain


def test_sending_abroad_to_anybody_has_no_price_among_users() -> None:
    place = market(
        "fees:\n- {operation: send-abroad, method: own-network, percent: 0.5, fx_markup: 0}"
    )
    bill = charge(place, use("send-abroad", 100))
    assert only_line(bill).monthly == span("0.5", 3, 8)
    assert not bill.complete


def test_whom_money_comes_from_is_not_the_persons_choice() -> None:
    place = market(
        """
        fees:
          - {operation: receive, method: own-network, percent: 0}
          - {operation: receive, method: bank-transfer, percent: 1}
          - {operation: receive, method: credit-card, percent: 4}
        """
    )
    line = only_line(charge(place, use("receive", 100)))
    assert line.method == "bank-transfer"
    assert line.known
    assert line.monthly == span(0, 1, 4)


def test_where_nobody_else_is_reached_the_price_among_users_is_all() -> None:
    fees = "fees:\n- {operation: send, method: own-network, percent: 2}\n"
    only = "features:\n  send: {has: true, method: own-network}\n"
    made = charge(market(fees + only), use("send", 100), of=catalog(averages=OUTSIDE))
    assert (made.complete, made.monthly) == (True, span(2))
    # It says to whom, and not that it is to these alone.
    made = charge(
        market(fees + only.replace(", method: own-network", "")),
        use("send", 100),
        of=catalog(averages=OUTSIDE),
    )
    assert not made.complete


def test_the_price_of_what_is_received_by_any_means_is_the_ordinary_one() -> None:
    """Whoever pays chooses, so the price by card alone, be it lower, is only possible."""
    place = market(
        """
        fees:
          - {operation: receive, for: business, percent: 3}
          - {operation: receive, method: card, for: business, percent: 1}
        """
    )
    assert charge(place, use("receive", 100), person=["business"]).monthly == span(1, 3, 3)
    by_card = use("receive", 100, method="card")
    assert charge(place, by_card, person=["business"]).monthly == span(1)


def test_what_is_received_from_others_is_unknown_where_only_users_are_priced() -> None:
    place = market("fees:\n- {operation: receive, method: own-network, percent: 0}")
    line = only_line(charge(place, use("receive", 100)))
    assert line.monthly == span(0, 3, 8)
    assert not line.known


def test_one_banks_price_does_not_stand_for_all_banks() -> None:
    place = market(
        """
        fees:
          - {operation: top-up, method: bank-linked, provider: UnionBank, fixed: 5}
          - {operation: top-up, method: bank-linked, provider: BPI, fixed: 15}
        """,
        country="PH",
    )
    # 3 % to 8 % of 1,000: the price at other banks is unknown.
    other = charge(place, use("top-up", 1000))
    assert other.monthly == span(0, 30, 80)
    assert not other.complete
    assert not charge(place, use("top-up", 1000), bank=["Metrobank"]).complete
    mine = charge(place, use("top-up", 1000), bank=["bpi"])
    assert mine.monthly == span(15)
    assert mine.complete


def test_a_banks_price_beside_the_general_one() -> None:
    place = market(
        """
        fees:
          - {operation: withdraw, fixed: 2}
          - {operation: withdraw, provider: HSBC, fixed: 0}
        """
    )
    line = only_line(charge(place, use("withdraw", 100)))
    assert line.monthly == span(0, 2, 2)
    assert line.known
    assert charge(place, use("withdraw", 100), bank=["HSBC"]).monthly == NOTHING


@pytest.mark.parametrize(
    ("operation", "method"),
    [
        ("cash-out", "atm"),
        ("cash-out", "agent"),
        ("top-up", "cash-agent"),
        ("send-abroad", "cash-pickup"),
    ],
)
def test_a_cash_point_of_one_provider_is_open_to_everyone(operation: str, method: str) -> None:
    place = market(
        f"""
        fees:
          - {{operation: {operation}, method: {method}, provider: Bancolombia, fixed: 2, fx_markup: 0}}
        """
    )
    line = only_line(charge(place, use(operation, 100)))
    assert line.monthly == span(2)
    assert line.known


def test_what_the_other_side_pays_is_not_counted() -> None:
    place = market(
        """
        fees:
          - {operation: pay, percent: 0}
          - {operation: pay, method: balance, percent: 1.1, paid_by: other-side}
        """
    )
    assert yearly(place, use("pay", 100, method="balance")) == NOTHING


# The unknown and the old.


CORRIDOR = """
send_abroad:
  GB-PH:
    fee: {low_percent: 0.5, estimate_percent: 1, high_percent: 2, count: 6}
    conversion: {low_percent: 0.1, estimate_percent: 0.4, high_percent: 0.6, count: 6}
"""


def test_sending_to_a_country_is_taken_for_what_it_costs_others_there() -> None:
    seen = catalog(averages=AVERAGES + CORRIDOR)
    place = market("", country="GB")
    bill = charge(place, use("send-abroad", 100, country="PH"), of=seen)
    assert only_line(bill).monthly == span("0.5", 1, 2)
    assert only_line(bill, "conversion").monthly == span("0.1", "0.4", "0.6")
    assert average_of(only_line(bill), seen.averages).count == 6
    assert not bill.complete
    # Elsewhere, and where nothing is said of where to, as everywhere.
    for country in ("MX", None):
        other = charge(place, use("send-abroad", 100, country=country), of=seen)
        assert only_line(other).monthly == span(0, 3, 8)
    # A part that is known stays.
    free = market("fees:\n- {operation: convert, percent: 0}", country="GB")
    known = charge(free, use("send-abroad", 100, country="PH"), of=seen)
    assert known.monthly == span("0.5", 1, 2)


def test_an_unknown_fee_is_taken_for_the_average() -> None:
    place = market("fees: []")
    bill = charge(place, use("send", 100))
    (line,) = bill.lines
    assert line.rules == ()
    assert not line.known
    assert line.monthly == span(0, 3, 8)
    assert not bill.complete
    # By method where enough is known of it.
    card = charge(place, use("top-up", 100, method="credit-card"))
    assert card.monthly == span(0, "2.5", "3.5")
    assert unknown_fee("top-up", "credit-card", CATALOG.averages).high_percent == D("3.5")
    assert unknown_fee("top-up", "debit-card", CATALOG.averages).high_percent == 8
    # A credit card costs more like a debit card than like all ways together.
    debit = {"top-up": {"debit-card": CATALOG.averages.fees_by_method["top-up"]["credit-card"]}}
    averages = structs.replace(CATALOG.averages, fees_by_method=debit)
    assert unknown_fee("top-up", "credit-card", averages).high_percent == D("3.5")
    assert unknown_fee("top-up", "bank-transfer", averages).high_percent == 8


@pytest.mark.parametrize(
    ("usage", "person", "taken"),
    [
        # The prices go by the method, and of paying by balance none is told.
        (use("send", 100), (), (3, 4, 5)),
        (use("send", 100, method="card"), (), (5, 6, 7)),
        (use("send", 100, method="balance"), (), (0, 3, 8)),
        # They name no method, so that each costs that.
        (use("cash-out", 100, method="atm"), (), (1, 2, 3)),
        (use("receive", 100), ("business",), (4, 5, 6)),
        # Of another operation nothing is told.
        (use("pay", 100), (), None),
    ],
)
def test_an_unknown_fee_is_taken_for_what_the_wallet_takes_elsewhere(
    usage: Usage, person: Sequence[str], taken: tuple[int, int, int] | None
) -> None:
    rows = {
        "send": (4, 5),
        "send:card": (6, 7),
        "cash-out": (2, 3),
        "receive": (1, 2),
        "receive:business": (5, 6),
    }
    own = "".join(
        f'    "{key}": {{low_percent: {high - 2}, estimate_percent: {estimate}, high_percent: {high}, count: 9}}\n'
        for key, (estimate, high) in rows.items()
    )
    seen = catalog(averages=f"{AVERAGES}\nelsewhere:\n  testpay:\n{own}")
    place = market("fees: []")
    line = only_line(charge(place, usage, of=seen, person=person))
    usual = only_line(charge(place, usage, person=person))
    assert not line.known
    assert line.monthly == (span(*taken) if taken else usual.monthly)
    assert isinstance(average_of(line, seen.averages), AverageElsewhere) is (
        taken not in (None, (0, 3, 8))
    )
    # That is of this wallet alone.
    other = market("fees: []", id="otherpay")
    assert only_line(charge(other, usage, of=seen, person=person)).monthly == usual.monthly


def test_an_unknown_fee_is_taken_for_what_is_dear_at_home() -> None:
    """Between the uses that are told lie straight lines; what is larger goes on as the last."""
    row = "{estimate_percent: 8, high_percent: 8, of_uses: [20, 15, 12, 10, 8, 8, 8], count: 2}"
    seen = catalog(averages=f'{AVERAGES}\nat_home:\n  GB:\n    "cash-out:agent": {row}\n')
    pound = seen.per_usd["GBP"]

    def taken(usd: int, method: str = "agent", **more: Any) -> Decimal:
        """Return what one use is taken to cost, in US dollars."""
        asked = use("cash-out", usd * pound, method=method)
        line = only_line(charge(market("fees: []", **more), asked, of=seen))
        assert not line.known
        assert line.monthly.low == 0
        return round(line.monthly.estimate / pound, 6)

    costs = {5: 1, 10: 2, 15: D("2.5"), 20: 3, 40: 4, 55: D("4.6"), 100: 8, 200: 16}
    # From so few it counts as rather dear: a step may lie between two uses that are told.
    assert {usd: taken(usd) for usd in costs} == {usd: c * D("1.1") for usd, c in costs.items()}
    asked = use("cash-out", 200 * pound, times=10, method="agent")
    line = only_line(charge(market("fees: []"), asked, of=seen))
    assert round(line.monthly.estimate / pound, 6) == 33
    assert known_words(line, seen).endswith("from what 2 wallets there charge")
    # By another method, in another country, or where the usual is dearer, nothing of that counts.
    assert taken(40, method="atm") == taken(40, country="FR", currency="GBP") == D("1.2")
    cheap = row.replace("[20, 15, 12, 10, 8, 8, 8]", "[1, 1, 1, 1, 1, 1, 1]")
    few = catalog(averages=f'{AVERAGES}\nat_home:\n  GB:\n    "cash-out:agent": {cheap}\n')
    line = only_line(charge(market("fees: []"), use("cash-out", 100, method="agent"), of=few))
    assert line.monthly == span(0, 3, 8)


def test_an_exchange_rate_is_taken_for_what_the_wallet_takes_elsewhere() -> None:
    own = "conversion: {estimate_percent: 4, high_percent: 4.5, count: 20}"
    seen = catalog(averages=f"{AVERAGES}\nelsewhere:\n  testpay:\n    {own}\n")
    place = market("fees:\n- {operation: pay-abroad, percent: 0}")
    bill = charge(place, use("pay-abroad", 100), of=seen)
    line = only_line(bill, "conversion")
    assert line.monthly == span(0, 4, "4.5")
    assert known_words(line, seen).endswith("from what it takes in 20 other countries")


def test_an_unknown_fee_is_charged_for_each_use_too_where_such_fees_are() -> None:
    averages = AVERAGES.replace(
        "  send: {estimate_percent: 3,",
        "  send: {estimate_fixed_usd: 0.5, high_fixed_usd: 2, estimate_percent: 3,",
    )
    seen = catalog(averages=averages)
    pound = seen.per_usd["GBP"]
    # Uses below 10 dollars cost the share that 10 do: of 1 dollar each, as ten uses of 20 together.
    for times, charged in ((1, 1), (10, 10), (200, 20)):
        bill = charge(market("fees: []"), use("send", 100, times), of=seen)
        fixed = pound * charged
        assert bill.monthly.ends == (0, 3 + fixed * D("0.5"), 8 + fixed * 2)
    # What is priced for the first uses only is so for the others.
    some = market(
        "fees:\n- {operation: send, steps: [{up_to_uses: 4, percent: 0}, {price: unknown}]}"
    )
    assert charge(some, use("send", 100, 10), of=seen).monthly.ends == (
        0,
        (D(60) * 3 / 100) + 6 * pound * D("0.5"),
        (D(60) * 8 / 100) + 6 * pound * 2,
    )


def test_silence_never_pays() -> None:
    silent = charge(market("fees: []"), use("send", 100))
    average = charge(market("fees:\n  - {operation: send, percent: 3}"), use("send", 100))
    assert silent.yearly.estimate >= average.yearly.estimate


@pytest.mark.parametrize("operation", ["send", "subscription", "card-issue"])
@pytest.mark.parametrize("usual", ["3", "0"])
def test_what_was_free_long_ago_is_not_free_for_sure(operation: str, usual: str) -> None:
    """Also where most take nothing, and where it comes to less than a penny."""
    fee = {"send": "percent: 0", "subscription": "fixed: 0, per: month", "card-issue": "fixed: 0"}
    place = market(
        f"fees:\n  - {{operation: {operation}, {fee[operation]}, source: old}}\n"
        + ("  - {operation: send, percent: 0}" if operation != "send" else "")
    )
    averages = AVERAGES.replace("estimate_percent: 3,", f"estimate_percent: {usual},")
    averages = averages.replace("estimate_usd: 24,", f"estimate_usd: {usual},")
    averages = averages.replace("estimate_usd: 5,", f"estimate_usd: {usual},")
    for amount in (100, "0.01"):
        wish = ["features:physical-card"] if operation == "card-issue" else []
        bill = charge(place, use("send", amount), of=catalog(averages=averages), wish=wish)
        (line,) = [line for line in bill.lines if line.operation == operation]
        assert line.stale
        assert line.known
        assert (line.yearly.low, line.yearly.estimate) == (0, 0)
        assert line.yearly.high > 0
        high = rounded(line.yearly.high, "GBP")
        assert first_year_words(bill) == (f"0.00 to {high:,f} GBP" if high else "about 0.00 GBP")


def test_a_stale_price_is_marked_and_wider() -> None:
    old = market("fees:\n  - {operation: send, percent: 1, source: old}")
    line = only_line(charge(old, use("send", 1000)))
    assert line.stale
    assert line.known
    # 10, a fifth less to a fifth more, and a fifth of the average 30 as it may have risen: 8 to 18.
    assert line.monthly == span(8, 10, 18)
    free = market("fees:\n  - {operation: send, percent: 0, source: old}")
    assert charge(free, use("send", 1000)).monthly == span(0, 0, 6)


@pytest.mark.parametrize(
    ("source", "stale"), [("new", False), ("undated", False), ("directory", False), ("old", True)]
)
def test_staleness_goes_by_the_pages_own_date(source: str, stale: bool) -> None:
    place = market(f"fees:\n  - {{operation: send, percent: 1, source: {source}}}")
    line = only_line(charge(place, use("send", 100)))
    assert line.stale is stale
    assert (line.yearly == span(12)) is not stale


def test_an_old_subscription_and_an_old_surcharge_are_marked() -> None:
    place = market(
        """
        fees:
          - {operation: subscription, fixed: 1, per: month, source: old}
          - {operation: send, percent: 1}
          - {operation: send, when: weekends, surcharge: true, percent: 1, source: old}
        """
    )
    bill = charge(place, use("send", 1000))
    regular = only_line(bill, "subscription")
    assert regular.stale
    # 1, a fifth more, and a fifth of the average, which is 1 a month: 1.4.
    assert regular.monthly == span("0.8", 1, "1.4")
    line = only_line(bill)
    assert line.stale
    # 10; the surcharge is 10, a fifth more, and a fifth of the average 30: 18.
    assert line.monthly == span(10, 10, 28)


# What is paid for having the account.


def test_the_cheaper_of_a_monthly_and_a_yearly_price() -> None:
    place = market(
        """
        fees:
          - {operation: subscription, fixed: 5, per: month}
          - {operation: subscription, fixed: 48, per: year}
        """
    )
    bill = charge(place)
    assert only_line(bill, "subscription").yearly == span(48)
    assert bill.monthly == span(4)


def test_a_price_of_the_plan_counts_before_one_for_all() -> None:
    place = market(
        """
        plans:
          - {id: basic, name: Basic}
          - {id: gold, name: Gold}
        fees:
          - {operation: subscription, fixed: 1, per: month}
          - {operation: subscription, plan: gold, fixed: 5, per: month}
          - {operation: subscription, plan: gold, for: student, fixed: 4, per: month}
        """
    )
    basic, gold = plans_of(place)
    assert charge(basic).monthly == span(1)
    assert charge(gold).monthly == span(5)
    assert charge(gold, person=["student"]).monthly == span(4)


def test_a_plan_without_a_price_is_not_free() -> None:
    place = market(
        """
        plans:
          - {id: pro, name: Pro}
        """,
        country="GB",
        plan="pro",
    )
    bill = charge(place)
    # 24 and 60 dollars are 12 and 30 pounds here.
    assert bill.yearly == span(0, 12, 30)
    assert not bill.complete
    unknown = market(
        """
        plans:
          - {id: pro, name: Pro}
        fees:
          - {operation: subscription, plan: pro, price: unknown, per: month}
        """,
        plan="pro",
    )
    assert charge(unknown).yearly == span(0, 12, 30)
    assert not charge(unknown).complete
    # Where there are no plans and no word of a charge, there is none to pay.
    assert charge(market("fees: []")).lines == ()


def test_a_subscription_from_so_much() -> None:
    place = market("fees:\n  - {operation: subscription, fixed: 19, per: month, bound: at-least}")
    bill = charge(place)
    assert bill.monthly.low == bill.monthly.estimate == 19
    assert not bill.complete


CARD = market(
    """
    fees:
      - {operation: card-issue, fixed: 7}
      - {operation: card-issue, when: only the digital card, fixed: 0}
      - {operation: cash-out, method: atm, percent: 0}
      - {operation: send, percent: 0}
    """
)


def test_a_card_is_paid_once_on_a_line_of_its_own() -> None:
    bill = charge(CARD, use("cash-out", 100, method="atm"))
    line = only_line(bill, "once")
    assert line.operation == "card-issue"
    assert line.yearly == span(7)
    assert line.monthly == NOTHING
    assert bill.yearly == span(7)
    assert bill.monthly == NOTHING
    # Who sends money only needs no card; who asks for one pays it.
    assert charge(CARD, use("send", 100)).yearly == NOTHING
    assert charge(CARD, use("send", 100), wish=["physical-card"]).yearly == span(7)


def test_an_unknown_price_of_a_card() -> None:
    place = market("fees:\n  - {operation: send, percent: 0}")
    bill = charge(place, use("send", 100), must=["physical-card"])
    # 5 and 10 dollars are 2.50 and 5 pounds here.
    assert only_line(bill, "once").yearly == span(0, "2.5", 5)
    assert not bill.complete


def test_a_second_card_is_not_asked_for() -> None:
    place = market("fees:\n  - {operation: card-issue, fixed: 9, free: {count: 1, per: lifetime}}")
    assert charge(place, wish=["physical-card"]).yearly == NOTHING


# Limits.


def broken(candidate: Candidate, *usages: Usage, **wanted: Any) -> list[str]:
    """Return the operations that a limit forbids, altogether or but in parts."""
    bill = charge(candidate, *usages, **wanted)
    return [each.usage.operation for each in (*bill.impossible, *bill.parted)]


def limited(limits: str, **more: str) -> Candidate:
    lines = "\n".join(f"  - {line.strip()}" for line in limits.strip().splitlines())
    return market(
        "fees:\n"
        "  - {operation: send, percent: 1}\n"
        "  - {operation: pay, percent: 1}\n"
        "  - {operation: top-up, percent: 0}\n"
        "  - {operation: cash-out, method: atm, percent: 1}\n"
        "  - {operation: cash-out, method: agent, percent: 2}\n"
        f"limits:\n{lines}",
        **more,
    )


@pytest.mark.parametrize(
    ("limit", "inside", "beyond"),
    [
        ("{what: transaction, amount: 100}", (200, 2), (201, 2)),
        ("{what: day, amount: 100}", (3000, 30), (3001, 30)),
        ("{what: day, amount: 100}", (3000, 60), (3060, 60)),
        ("{what: week, amount: 100}", (400, 4), (401, 4)),
        ("{what: month, amount: 100}", (100, 7), ("100.01", 7)),
        ("{what: year, amount: 1200}", (100, 1), (101, 1)),
        ("{what: lifetime, amount: 1200}", (100, 1), (101, 1)),
        ("{what: month, count: 3}", (100, 3), (100, 4)),
        ("{what: day, count: 1}", (100, 30), (100, 31)),
        ("{what: transaction, least: 10}", (20, 2), ("19.99", 2)),
    ],
)
def test_a_usage_beyond_a_limit_cannot_be_done(
    limit: str, inside: tuple[int, int], beyond: tuple[int, int]
) -> None:
    place = limited(limit)
    assert not broken(place, use("pay", *inside))
    bill = charge(place, use("pay", *beyond))
    asked = use("pay", *beyond)
    assert bill.impossible == (
        Impossible(asked, place.market.limits[0], (asked,), place.market.currency),
    )
    # It is a need that fails, not a fee.
    assert bill.lines == ()


@pytest.mark.parametrize(
    ("limits", "asked", "parts"),
    [
        ("{what: transaction, amount: 100}", (201, 1), 3),
        ("{what: transaction, amount: 100}", (404, 2), 3),
        ("{what: day, amount: 100}", (200, 1), 2),
        # Each limit asks for parts of its own: what is in the way is the one that asks for most.
        ("{what: day, amount: 100}\n{what: transaction, amount: 50}", (200, 1), 4),
    ],
)
def test_what_a_limit_forbids_at_once_is_done_in_parts(
    limits: str, asked: tuple[int, int], parts: int
) -> None:
    lines = "".join(f"  - {line}\n" for line in limits.splitlines())
    place = market("fees:\n  - {operation: send, fixed: 1}\nlimits:\n" + lines)
    usage = use("send", *asked)
    bill = charge(place, usage)
    assert not bill.impossible
    limit = place.market.limits[-1]
    assert bill.parted == (Parted(usage, limit, parts, "GBP"),)
    # Each part is charged.
    times = usage.times * parts
    assert [each.times for each in bill.priced] == [times]
    assert bill.yearly == span(12 * times)
    assert bill.moved == 12 * usage.amount


@pytest.mark.parametrize(
    ("limits", "asked"),
    [
        # Who pays a shop, or is paid, does not choose how much goes at a time.
        ("{what: transaction, amount: 100}", ("pay", 150)),
        ("{what: transaction, amount: 100}", ("receive", 150)),
        # Parts do not help against these.
        ("{what: month, amount: 100}", ("send", 150)),
        ("{what: month, count: 3}\n{what: transaction, amount: 100}", ("send", 400)),
        # Nobody sends a sum in eleven parts.
        ("{what: day, amount: 100}", ("send", 1001)),
    ],
)
def test_what_no_parts_allow_cannot_be_done(limits: str, asked: tuple[str, int]) -> None:
    place = limited(limits)
    bill = charge(place, use(*asked))
    assert [each.usage for each in bill.impossible] == [use(*asked)]
    assert not bill.parted


def test_a_balance_limits_what_comes_in_at_once() -> None:
    place = limited("{what: balance, amount: 1000}")
    assert not broken(place, use("top-up", 4000, 4))
    assert broken(place, use("top-up", 1001)) == ["top-up"]
    assert not broken(place, use("send", 5000))


def test_a_limit_under_a_condition_may_be_passed_and_forbids_nothing() -> None:
    place = limited(
        """
        {what: transaction, operation: send, when: in the old app, amount: 500, least: 5}
        {what: day, operation: send, given: [online], amount: 700}
        {what: month, operation: send, when: in the old app, count: 2}
        """
    )
    bill = charge(place, use("send", 600))
    assert not bill.impossible
    assert [each.limit.what for each in bill.doubtful] == ["transaction"]
    # Of its figures those alone that are passed.
    assert (bill.doubtful[0].limit.amount, bill.doubtful[0].limit.least) == (500, None)
    bill = charge(place, use("send", 2400, 3))
    assert [each.limit.what for each in bill.doubtful] == ["transaction", "day", "month"]
    assert not charge(place, use("send", 500)).doubtful
    assert [each.limit.least for each in charge(place, use("send", 4)).doubtful] == [5]


@pytest.mark.parametrize(
    ("usage", "percent"),
    [
        (use("send", 300), 100),
        (use("send", 240), 80),
        (use("send", 239), None),
        # Spread over the month, of a day it is little; of the month it is most.
        (use("send", 900, 30), 90),
        (use("send", 600, 30), None),
        (use("send", 301), None),
    ],
)
def test_what_uses_most_of_a_limit_says_how_much(usage: Usage, percent: int | None) -> None:
    place = limited(
        """
        {what: day, operation: send, amount: 300}
        {what: month, operation: send, amount: 1000}
        """
    )
    near = charge(place, usage).near
    assert [each.percent for each in near] == ([] if percent is None else [percent])


def test_of_several_account_levels_the_highest_counts() -> None:
    place = limited(
        """
        {what: month, operation: send, level: basic, amount: 500}
        {what: month, operation: send, level: full, amount: 2000}
        {what: month, operation: send, level: middle, amount: 1000}
        """
    )
    assert not broken(place, use("send", 2000))
    bill = charge(place, use("send", 2001))
    assert [each.limit.level for each in bill.impossible] == ["full"]


def test_a_limit_of_a_lower_level_alone_forbids_nothing() -> None:
    place = limited(
        """
        {what: month, operation: send, level: basic, amount: 500}
        {what: day, operation: send, level: full, amount: 900}
        """
    )
    assert not broken(place, use("send", 600))


def test_a_limit_of_whose_identity_is_not_checked_forbids_them_alone() -> None:
    place = limited("{what: year, for: unverified, level: not checked, amount: 500}")
    sending = use("send", 600)
    assert not charge(place, sending).impossible
    (needed,) = charge(place, sending).levels
    assert (needed.below, needed.level) == (place.market.limits[0], None)
    assert not charge(place, use("send", 40)).levels
    # Who said it need not be told, and whose is not checked cannot.
    assert not charge(place, sending, person=["verified"]).levels
    (forbidden,) = charge(place, sending, person=["unverified"]).impossible
    assert forbidden.limit == place.market.limits[0]
    both = limited(
        """
        {what: month, operation: send, for: unverified, level: not checked, amount: 500}
        {what: month, operation: send, level: checked, amount: 2000}
        """
    )
    (needed,) = charge(both, sending).levels
    assert needed.level == "checked"
    assert [each.limit.level for each in charge(both, use("send", 2001)).impossible] == ["checked"]


def test_a_narrower_limit_stands_in_place_of_a_wider_one() -> None:
    # M-PESA: 500,000 a day for all together, 35,000 a day at cash machines.
    place = limited(
        """
        {what: day, amount: 500000}
        {what: day, operation: cash-out, method: atm, amount: 35000}
        {what: transaction, least: 10}
        {what: transaction, operation: cash-out, method: atm, least: 200}
        """,
        country="KE",
    )
    assert broken(place, use("cash-out", 40000, method="atm")) == ["cash-out"]
    assert not broken(place, use("cash-out", 40000, method="agent"))
    assert broken(place, use("send", 600000)) == ["send"]
    assert broken(place, use("cash-out", 100, method="atm")) == ["cash-out"]
    assert not broken(place, use("cash-out", 100, method="agent"))


def test_another_method_is_taken_where_a_limit_forbids_the_cheapest() -> None:
    place = limited("{what: transaction, operation: cash-out, method: atm, amount: 300}")
    assert only_line(charge(place, use("cash-out", 300))).method == "atm"
    line = only_line(charge(place, use("cash-out", 400)))
    assert line.method == "agent"
    assert line.monthly == span(8)
    both = limited(
        """
        {what: transaction, operation: cash-out, method: atm, amount: 300}
        {what: transaction, operation: cash-out, method: agent, amount: 300}
        """
    )
    assert broken(both, use("cash-out", 400)) == ["cash-out"]


def test_a_method_without_a_price_is_left_where_limits_forbid_those_with_one() -> None:
    # Cash at shops from 50 up, free of charge, and bank transfers, whose price is not given.
    place = market(
        """
        fees:
          - {operation: top-up, method: cash-agent, percent: 0}
        limits:
          - {what: transaction, operation: top-up, method: cash-agent, least: 50}
        funding:
          bank-transfer: {has: true}
          credit-card: {has: false}
        """,
        country="DE",
    )
    assert only_line(charge(place, use("top-up", 50))).method == "cash-agent"
    bill = charge(place, use("top-up", 20))
    assert not bill.impossible
    assert not bill.complete
    assert only_line(bill).method == "bank-transfer"
    # Who wants to pay in cash cannot.
    assert broken(place, use("top-up", 20, method="cash-agent")) == ["top-up"]


def test_a_limit_of_one_bank_or_under_a_condition_forbids_nothing() -> None:
    place = limited(
        """
        {what: transaction, operation: send, provider: HSBC, amount: 100}
        {what: transaction, operation: send, when: at night, amount: 50}
        """
    )
    assert not broken(place, use("send", 500))
    assert broken(place, use("send", 500), bank=["hsbc"]) == ["send"]


def test_limits_of_plans_people_and_currencies() -> None:
    place = market(
        """
        plans:
          - {id: small, name: Small}
          - {id: large, name: Large}
        fees:
          - {operation: subscription, plan: [small, large], fixed: 0, per: month}
          - {operation: pay, percent: 0}
        limits:
          - {what: month, operation: pay, plan: small, amount: 2000}
          - {what: month, operation: pay, plan: large, amount: 6000}
          - {what: transaction, operation: pay, for: visitor, amount: 500, currency: USD}
        """,
        country="CN",
    )
    small, large = plans_of(place)
    assert broken(small, use("pay", 3000)) == ["pay"]
    assert not broken(large, use("pay", 3000))
    # 500 dollars are 4,000 yuan here.
    assert not broken(large, use("pay", 4000), person=["visitor"])
    assert broken(large, use("pay", 4001), person=["visitor"]) == ["pay"]


@pytest.mark.parametrize(
    ("limit", "usages"),
    [
        # Everything that goes out counts together.
        ("{what: month, amount: 1000}", [("send", 600), ("pay", 600)]),
        ("{what: month, amount: 1000}", [("send", 400), ("bill-pay", 400), ("cash-out", 400)]),
        ("{what: month, operation: send, amount: 1000}", [("send", 600), ("send", 600, 3)]),
        ("{what: year, amount: 12000}", [("send", 600), ("pay", 600)]),
        ("{what: lifetime, amount: 12000}", [("send", 600), ("pay", 600)]),
        ("{what: month, count: 5}", [("send", 1, 3), ("pay", 1, 3)]),
        ("{what: week, count: 1}", [("send", 1, 3), ("pay", 1, 2)]),
        # 30 days of 100 hold 3,000.
        ("{what: day, amount: 100}", [("send", 2000, 40), ("pay", 1001, 40)]),
        # Uses of more than half of the limit take a day each, and there are thirty days.
        ("{what: day, amount: 100}", [("send", 600, 10), ("pay", 1071, 21)]),
        ("{what: month, amount: 1000}", [("top-up", 600), ("receive", 600)]),
        ("{what: month, amount: 2000, currency: USD}", [("send", 600), ("pay", 600)]),
    ],
)
def test_usages_count_together_where_a_limit_is_on_the_sum(
    limit: str, usages: list[tuple[Any, ...]]
) -> None:
    place = limited(limit)
    *fit, last = [use(*usage) for usage in usages]
    assert not broken(place, *fit)
    assert not broken(place, last)
    (found,) = charge(place, *fit, last).impossible
    assert found.usage == last
    assert found.together[0] == last
    assert set(found.together) == {last, *fit}
    # What fits is priced still.
    assert charge(place, *fit, last).lines == charge(place, *fit).lines


@pytest.mark.parametrize(
    ("limit", "usages"),
    [
        ("{what: month, amount: 1000}", [("send", 400), ("pay", 600)]),
        # Few operators say whether they count what comes in and what goes out together.
        ("{what: month, amount: 1000}", [("top-up", 600), ("pay", 600)]),
        ("{what: month, amount: 1000}", [("convert", 600), ("pay", 600)]),
        ("{what: month, operation: send, amount: 1000}", [("send", 600), ("pay", 600)]),
        # One on one day and one on another.
        ("{what: day, amount: 100}", [("send", 100), ("pay", 100)]),
        ("{what: day, amount: 100}", [("send", 1500, 15), ("pay", 1500, 15)]),
        ("{what: day, count: 1}", [("send", 1500, 15), ("pay", 1500, 15)]),
        ("{what: transaction, amount: 100}", [("send", 100), ("pay", 100)]),
        ("{what: balance, amount: 100}", [("top-up", 100), ("receive", 100)]),
        ("{what: transaction, least: 100}", [("send", 100), ("pay", 100)]),
        ("{what: month, level: basic, amount: 1000}", [("send", 400), ("pay", 600)]),
    ],
)
def test_what_may_fit_is_not_forbidden(limit: str, usages: list[tuple[Any, ...]]) -> None:
    assert not broken(limited(limit), *(use(*usage) for usage in usages))


def test_a_narrower_limit_is_counted_apart() -> None:
    # Whether cash counts in what all may move, too, is not known.
    place = limited(
        """
        {what: month, amount: 1000}
        {what: month, operation: cash-out, method: atm, amount: 300}
        """
    )
    cash = use("cash-out", 300, method="atm")
    assert not broken(place, use("send", 900), cash)
    assert broken(place, use("send", 900), cash, cash) == ["cash-out"]
    assert broken(place, use("send", 900), use("pay", 200), cash) == ["pay"]


def test_usages_share_what_several_methods_allow() -> None:
    place = limited(
        """
        {what: month, operation: cash-out, method: atm, amount: 300}
        {what: month, operation: cash-out, method: agent, amount: 200}
        """
    )
    # The first takes the cheaper one, and the second what is left.
    bill = charge(place, use("cash-out", 300), use("cash-out", 200))
    assert [line.method for line in bill.lines if line.kind == "fee"] == ["atm", "agent"]
    # Four times by one and two times by the other; the price is between the two.
    bill = charge(place, use("cash-out", 500, 10))
    assert not bill.impossible
    assert only_line(bill).method == "agent"
    assert only_line(bill).yearly == span(60, 120, 120)
    assert broken(place, use("cash-out", 300), use("cash-out", 200), use("cash-out", 1)) == [
        "cash-out"
    ]
    assert broken(place, use("cash-out", 501, 10)) == ["cash-out"]
    # In one use, it goes one way.
    assert broken(place, use("cash-out", 400)) == ["cash-out"]


LIMITED = ["send", "pay", "cash-out", "top-up", "receive"]


@st.composite
def bounded_market(draw: st.DrawFn) -> Candidate:
    """A market with a few limits, so tight that usages meet them."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        what = draw(st.sampled_from(["transaction", "day", "week", "month", "year", "balance"]))
        keys = [f"what: {what}"]
        if operation := draw(st.sampled_from([None, *LIMITED])):
            keys.append(f"operation: {operation}")
        if operation == "cash-out" and draw(st.booleans()):
            keys.append(f"method: {draw(st.sampled_from(['atm', 'agent']))}")
        if draw(st.booleans()):
            keys.append(f"level: {draw(st.sampled_from(['basic', 'full']))}")
        scale = {"day": 1, "week": 5, "year": 250}.get(what, 20)
        figure = draw(st.sampled_from(["amount", "amount", "count"]))
        most = draw(st.integers(1, 60 if figure == "amount" else 3)) * scale
        keys.append(f"{figure}: {most}")
        lines.append("{" + ", ".join(keys) + "}")
    return limited("\n".join(lines))


@st.composite
def even_usage(draw: st.DrawFn) -> Usage:
    """A usage of an even number of uses of a whole amount each."""
    times = 2 * draw(st.integers(1, 20))
    operation = draw(st.sampled_from(LIMITED))
    method = draw(st.sampled_from([None, "atm", "agent"])) if operation == "cash-out" else None
    return use(operation, draw(st.integers(1, 60)) * times, times, method)


even_usages = st.lists(even_usage(), min_size=1, max_size=4)


@given(bounded_market(), even_usages, even_usage(), st.data())
def test_one_more_usage_never_makes_a_failed_need_disappear(
    place: Candidate, usages: list[Usage], more: Usage, data: st.DataObject
) -> None:
    before = charge(place, *usages).impossible
    after = charge(place, *usages, more).impossible
    assert after[: len(before)] == before
    at = data.draw(st.integers(0, len(usages)))
    if before:
        assert broken(place, *usages[:at], more, *usages[at:])


@given(bounded_market(), even_usages, st.data())
def test_two_halves_of_a_usage_fit_where_the_whole_fits(
    place: Candidate, usages: list[Usage], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(usages) - 1))
    whole = usages[at]
    half = structs.replace(whole, amount=whole.amount / 2, times=whole.times // 2)
    halved = [*usages[:at], half, half, *usages[at + 1 :]]
    assert bool(broken(place, *halved)) == bool(broken(place, *usages))


@given(st.data())
def test_what_somebody_has_done_is_never_forbidden(data: st.DataObject) -> None:
    """Of all that is tried in a month, day by day, what the limits let through can be done."""
    sizes = {
        (method, what): data.draw(st.integers(1, 40)) * (1 if what == "day" else 12)
        for method in ("atm", "agent")
        for what in ("day", "month")
    }
    lines = [
        f"{{what: {what}, operation: cash-out, method: {method}, amount: {size}}}"
        for (method, what), size in sizes.items()
    ]
    tries = st.tuples(st.sampled_from(["atm", "agent"]), st.integers(1, 40), st.integers(0, 29))
    done: dict[tuple[str, str, int], int] = {}
    uses: dict[int, int] = {}
    for method, amount, day in data.draw(st.lists(tries, max_size=60)):
        keys = ((method, "day", day), (method, "month", 0))
        if all(done.get(key, 0) + amount <= sizes[key[:2]] for key in keys):
            for key in keys:
                done[key] = done.get(key, 0) + amount
            uses[amount] = uses.get(amount, 0) + 1
    usages = [use("cash-out", amount * times, times) for amount, times in uses.items()]
    assert not broken(limited("\n".join(lines)), *usages)


# What must hold for every price. Amounts are whole cents, and periods short enough to count.

TIMES = st.integers(1, 12)
MONEY = st.decimals(D("0.01"), 100_000, places=2)
SMALL = st.decimals(0, 50, places=2)
PERCENT = st.decimals(0, 100, places=2)
METHODS = st.sampled_from(["balance", "card", "debit-card", "atm", "agent", "instant"])
OPERATIONS = st.sampled_from(["send", "send-abroad", "pay-abroad", "cash-out", "top-up", "convert"])
COUNTRIES = st.sampled_from([None, "US", "MX", "DE", "GB"])


@st.composite
def price(draw: st.DrawFn, *, markup: bool = True, unknown: bool = True) -> list[str]:
    """Keys of a price that the catalog's checks accept."""
    kinds = ["percent", "fixed", "both"] + ["unknown"] * unknown + ["markup"] * markup
    kind = draw(st.sampled_from(kinds))
    keys = []
    if kind == "unknown":
        return ["price: unknown"]
    for key, most in (("percent", PERCENT), ("fixed", SMALL)):
        if kind in (key, "both"):
            low, high = sorted([draw(most), draw(most)])
            keys.append(f"{key}: {low}")
            if draw(st.booleans()):
                keys.append(f"{key}_max: {high}")
    if kind == "markup" or (markup and draw(st.booleans())):
        low, high = sorted([draw(PERCENT), draw(PERCENT)])
        keys.append(f"fx_markup: {low}")
        if draw(st.booleans()):
            keys.append(f"fx_markup_max: {high}")
    least, most_ = sorted([draw(SMALL), draw(SMALL)])
    if draw(st.booleans()):
        keys.append(f"min: {least}")
    if draw(st.booleans()):
        keys.append(f"max: {most_}")
    return keys


@st.composite
def bands(draw: st.DrawFn) -> str:
    ends = sorted(draw(st.sets(st.integers(1, 50_000), min_size=1, max_size=4)))
    parts = [[f"up_to: {end}", *draw(price())] for end in ends]
    if draw(st.booleans()):
        parts.append(draw(price()))
    return "[" + ", ".join("{" + ", ".join(part) + "}" for part in parts) + "]"


@st.composite
def steps(draw: st.DrawFn) -> str:
    key = draw(st.sampled_from(["up_to_uses", "up_to_amount"]))
    ends = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=3)))
    parts = []
    for end in ends:
        of = [f"bands: {draw(bands())}"] if draw(st.booleans()) else draw(price())
        parts.append([f"{key}: {end if key == 'up_to_uses' else end * 1000}", *of])
    if draw(st.booleans()):
        parts.append(draw(price()))
    return "[" + ", ".join("{" + ", ".join(part) + "}" for part in parts) + "]"


@st.composite
def allowance(draw: st.DrawFn, *, min_amount: bool = True) -> str:
    kind = draw(st.sampled_from(["amount", "count", "both", "first"]))
    keys = [f"per: {draw(st.sampled_from(['day', 'month', 'year', 'lifetime']))}"]
    if kind != "count":
        keys.append(f"amount: {draw(st.integers(1, 5000))}")
    if kind != "amount":
        keys.append(f"count: {draw(st.integers(1, 6))}")
    if kind == "first":
        keys.append("until: first")
    if min_amount and draw(st.booleans()):
        keys.append(f"min_amount: {draw(st.integers(1, 500))}")
    if draw(st.booleans()):
        keys.append("each: recipient")
    return "{" + ", ".join(keys) + "}"


@st.composite
def any_rule(draw: st.DrawFn, operation: st.SearchStrategy[str] = OPERATIONS) -> str:
    """A fee rule of any kind that the catalog's checks accept."""
    keys = [f"operation: {draw(operation)}"]
    if draw(st.booleans()):
        keys.append(f"method: {draw(METHODS)}")
    if draw(st.booleans()):
        keys.append(
            f"corridor: {draw(st.sampled_from(['GB-abroad', 'GB-US', 'GB-EEA', 'GB-GB', 'GB-foreign-currency']))}"
        )
    if draw(st.booleans()):
        keys.append(f"when: {draw(st.sampled_from(['weekends', 'by phone', 'on the web']))}")
        if draw(st.booleans()):
            keys.append("surcharge: true")
    elif draw(st.booleans()):
        keys.append(f"given: {draw(st.sampled_from(['weekend', 'no-weekend', '[online, ussd]']))}")
        if draw(st.booleans()):
            keys.append("surcharge: true")
    elif draw(st.booleans()):
        keys.append("tax: true")
    if draw(st.booleans()):
        keys.append(f"provider: {draw(st.sampled_from(['HSBC', 'Barclays']))}")
    if draw(st.booleans()):
        keys.append(f"for: {draw(st.sampled_from(['visitor', 'resident', 'verified']))}")
    kind = draw(st.sampled_from(["plain", "bands", "steps", "of fee"]))
    if kind == "plain":
        keys += draw(price())
    elif kind == "bands":
        keys.append(f"bands: {draw(bands())}")
    elif kind == "steps":
        keys.append(f"steps: {draw(steps())}")
    else:
        keys += ["of: fee", f"percent: {draw(PERCENT)}"]
    if draw(st.booleans()):
        keys.append(f"free: {draw(allowance())}")
        if draw(st.booleans()):
            keys.append(f"pool: {draw(st.sampled_from(['one', 'two']))}")
    if draw(st.booleans()):
        keys.append(
            f"cap: {{amount: {draw(SMALL)}, per: {draw(st.sampled_from(['month', 'year']))}}}"
        )
    if draw(st.booleans()):
        keys.append(f"bound: {draw(st.sampled_from(['at-least', 'at-most']))}")
    if draw(st.booleans()):
        keys.append(f"currency: {draw(st.sampled_from(['USD', 'KES']))}")
    if draw(st.booleans()):
        keys.append(f"from: {draw(st.integers(1, 500))}")
    if draw(st.integers(0, 9)) == 0:
        keys.append("paid_by: other-side")
    keys.append(f"source: {draw(st.sampled_from(['new', 'undated', 'old']))}")
    return "{" + ", ".join(keys) + "}"


@st.composite
def charges(draw: st.DrawFn) -> str:
    """A subscription or a card."""
    operation = draw(st.sampled_from(["subscription", "card-issue"]))
    keys = [f"operation: {operation}"]
    if draw(st.booleans()):
        keys.append("price: unknown")
    else:
        low, high = sorted([draw(SMALL), draw(SMALL)])
        keys += [f"fixed: {low}", f"fixed_max: {high}"]
    if operation == "subscription":
        keys.append(f"per: {draw(st.sampled_from(['month', 'year']))}")
    if draw(st.booleans()):
        keys.append(f"bound: {draw(st.sampled_from(['at-least', 'at-most']))}")
    keys.append(f"source: {draw(st.sampled_from(['new', 'old']))}")
    return "{" + ", ".join(keys) + "}"


@st.composite
def usages(draw: st.DrawFn, operation: st.SearchStrategy[str] = OPERATIONS) -> Usage:
    return use(
        draw(operation),
        draw(MONEY),
        draw(TIMES),
        draw(st.none() | METHODS),
        draw(COUNTRIES),
    )


def made_of(*rules: str) -> Candidate:
    return market("fees:\n" + "\n".join(f"  - {rule}" for rule in rules) if rules else "fees: []")


def figures(bill: Bill) -> list[Range]:
    lines = [figure for line in bill.lines for figure in (line.yearly, line.monthly)]
    return [*lines, bill.yearly, bill.monthly]


# A sum of rounded parts may miss the whole by the last of 28 digits.
HAIR = D("1e-15")


def alike(one: Range, other: Range) -> bool:
    return all(
        abs(a - b) <= HAIR * max(D(1), abs(a))
        for a, b in ((one.low, other.low), (one.estimate, other.estimate), (one.high, other.high))
    )


@settings(max_examples=120)
@given(
    st.lists(any_rule(), max_size=6),
    st.lists(charges(), max_size=2),
    st.lists(usages(), min_size=1, max_size=3),
    st.sampled_from([(), ("HSBC",)]),
)
def test_every_figure_is_a_range_of_exact_numbers(
    rules: list[str], regular: list[str], wanted: list[Usage], bank: tuple[str, ...]
) -> None:
    place = made_of(*rules, *regular)
    bill = charge(place, *wanted, bank=bank, wish=["physical-card"])
    for figure in figures(bill):
        for end in (figure.low, figure.estimate, figure.high):
            assert type(end) is Decimal
            assert end.is_finite()
        assert 0 <= figure.low <= figure.estimate <= figure.high
    assert type(bill.moved) is Decimal
    # A line that rests on nothing is not known, and a bill with such a line is not complete.
    assert all(line.rules or not line.known for line in bill.lines)
    assert bill.complete == all(line.known for line in bill.lines)


@settings(max_examples=50)
@given(st.lists(any_rule(), max_size=6), st.lists(usages(), min_size=1, max_size=3))
def test_the_same_input_gives_the_same_output(rules: list[str], wanted: list[Usage]) -> None:
    first = charge(made_of(*rules), *wanted)
    again = charge(made_of(*rules), *wanted)
    assert first == again
    assert repr(first) == repr(again)
    # Nothing of a bill is left behind for the next.
    place = made_of(*rules)
    charge(place, *wanted)
    assert charge(place, *wanted) == again


@st.composite
def plain_rule(draw: st.DrawFn, *, free: bool = True) -> str:
    """A rule whose data nowhere say that a larger amount costs less."""
    keys = draw(price())
    if free and draw(st.booleans()):
        keys.append(f"free: {draw(allowance(min_amount=False))}")
    if draw(st.booleans()):
        keys.append(
            f"cap: {{amount: {draw(SMALL)}, per: {draw(st.sampled_from(['month', 'year']))}}}"
        )
    if draw(st.booleans()):
        keys.append(f"bound: {draw(st.sampled_from(['at-least', 'at-most']))}")
    keys.append(f"source: {draw(st.sampled_from(['new', 'old']))}")
    return "{operation: %s, " + ", ".join(keys) + "}"


@settings(max_examples=120)
@given(
    plain_rule(),
    st.none() | plain_rule(free=False),
    st.sampled_from(["send", "send-abroad", "convert"]),
    MONEY,
    MONEY,
    TIMES,
)
def test_a_larger_amount_never_costs_less(
    rule: str, tax: str | None, operation: str, one: Decimal, other: Decimal, times: int
) -> None:
    rules = [rule % operation]
    if tax is not None:
        rules.append((tax % operation)[:-1] + ", tax: true}")
    place = made_of(*rules)
    small, large = sorted([one, other])
    less = charge(place, use(operation, small, times)).yearly
    more = charge(place, use(operation, large, times)).yearly
    # The parts of an uneven amount may differ in the last digit.
    assert less.low <= more.low + HAIR
    assert less.estimate <= more.estimate + HAIR
    assert less.high <= more.high + HAIR


@settings(max_examples=80)
@given(
    price(markup=False),
    st.sets(st.integers(1, 50_000), max_size=4),
    st.none() | allowance(),
    st.lists(st.tuples(MONEY, TIMES), min_size=1, max_size=3),
)
def test_splitting_a_rule_into_equal_bands_changes_nothing(
    keys: list[str], ends: set[int], free: str | None, wanted: list[tuple[Decimal, int]]
) -> None:
    more = f", free: {free}" if free else ""
    body = ", ".join(keys)
    parts = [f"{{up_to: {end}, {body}}}" for end in sorted(ends)] + [f"{{{body}}}"]
    whole = made_of(f"{{operation: send, {body}{more}}}")
    split = made_of(f"{{operation: send, bands: [{', '.join(parts)}]{more}}}")
    stepped = made_of(f"{{operation: send, steps: [{{up_to_uses: 2, {body}}}, {{{body}}}]{more}}}")
    uses = [use("send", amount, times) for amount, times in wanted]
    for other in (split, stepped):
        assert [line.yearly for line in charge(other, *uses).lines] == [
            line.yearly for line in charge(whole, *uses).lines
        ]


@settings(max_examples=50)
@given(
    st.lists(st.decimals(0, 10, places=2), min_size=2, max_size=5),
    st.sets(st.integers(1, 5_000), min_size=4, max_size=4),
    MONEY,
    MONEY,
    TIMES,
)
def test_rising_bands_never_make_a_larger_amount_cheaper(
    fixed: list[Decimal], ends: set[int], one: Decimal, other: Decimal, times: int
) -> None:
    prices = sorted(fixed)
    parts = [
        f"{{up_to: {end}, fixed: {fee}}}" for end, fee in zip(sorted(ends), prices, strict=False)
    ]
    place = made_of(f"{{operation: send, bands: [{', '.join(parts)}, {{fixed: {prices[-1]}}}]}}")
    small, large = sorted([one, other])
    costs = [charge(place, use("send", amount, times)).yearly.estimate for amount in (small, large)]
    assert all(a <= b for a, b in pairwise(costs))


@st.composite
def unshared_rule(draw: st.DrawFn) -> str:
    """A rule that keeps no count: no allowance, no cap, no steps."""
    kind = draw(st.booleans())
    keys = [f"bands: {draw(bands())}"] if kind else draw(price())
    if draw(st.booleans()):
        keys.append(f"bound: {draw(st.sampled_from(['at-least', 'at-most']))}")
    keys.append(f"source: {draw(st.sampled_from(['new', 'old']))}")
    return "{operation: %s, " + ", ".join(keys) + "}"


@settings(max_examples=80)
@given(unshared_rule(), unshared_rule(), usages(), usages())
def test_two_usages_cost_the_sum_where_no_allowance_is_shared(
    one: str, other: str, first: Usage, second: Usage
) -> None:
    place = made_of(one % "send", one % "cash-out", other % "send-abroad", other % "convert")
    together = charge(place, first, second)
    apart = charge(place, first), charge(place, second)
    assert list(together.lines) == [line for bill in apart for line in bill.lines]
    assert alike(together.yearly, apart[0].yearly + apart[1].yearly)
    assert together.moved == apart[0].moved + apart[1].moved


@settings(max_examples=50)
@given(any_rule(st.just("send")), any_rule(st.just("top-up")), MONEY, MONEY, TIMES)
def test_usages_of_different_rules_cost_the_sum(
    send: str, top_up: str, one: Decimal, other: Decimal, times: int
) -> None:
    assume("pool: " not in send or "pool: " not in top_up)
    place = made_of(send, top_up)
    first, second = use("send", one, times), use("top-up", other, times)
    together = charge(place, first, second)
    apart = charge(place, first), charge(place, second)
    assert list(together.lines) == [line for bill in apart for line in bill.lines]


@settings(max_examples=80)
@given(
    st.lists(any_rule(), max_size=4),
    st.lists(usages(), min_size=1, max_size=2),
    st.decimals(0, 100, places=2),
    st.sampled_from(["month", "year"]),
)
def test_a_free_plan_is_never_dearer_than_itself_with_a_fee(
    rules: list[str], wanted: list[Usage], fee: Decimal, per: str
) -> None:
    free = made_of(*rules, f"{{operation: subscription, fixed: 0, per: {per}}}")
    paid = made_of(*rules, f"{{operation: subscription, fixed: {fee}, per: {per}}}")
    less, more = charge(free, *wanted).yearly, charge(paid, *wanted).yearly
    assert less.low <= more.low
    assert less.estimate <= more.estimate
    assert less.high <= more.high
    year = fee * (12 if per == "month" else 1)
    assert alike(less + Range.exactly(year), more)


@settings(max_examples=50)
@given(plain_rule(free=False), MONEY, TIMES)
def test_a_free_usage_is_never_dearer_than_the_same_with_a_fee(
    rule: str, amount: Decimal, times: int
) -> None:
    free = charge(made_of("{operation: send, percent: 0}"), use("send", amount, times))
    paid = charge(made_of(rule % "send"), use("send", amount, times))
    assert free.yearly == NOTHING
    assert paid.yearly.estimate >= 0


@settings(max_examples=50)
@given(any_rule(st.just("send")), MONEY, TIMES)
def test_an_allowance_never_raises_a_bill(rule: str, amount: Decimal, times: int) -> None:
    assume("free: " not in rule and "of: fee" not in rule)
    with_free = rule[:-1] + ", free: {amount: 100, per: month}}"
    plain = charge(made_of(rule), use("send", amount, times)).yearly
    less = charge(made_of(with_free), use("send", amount, times)).yearly
    assert less.low <= plain.low
    assert less.estimate <= plain.estimate
    assert less.high <= plain.high


def test_the_order_of_the_rules_in_the_file_does_not_matter() -> None:
    rules = [
        "{operation: withdraw, method: standard, percent: 1}",
        "{operation: withdraw, method: instant, percent: 1}",
        "{operation: withdraw, method: bank-transfer, percent: 1}",
    ]
    usage = use("withdraw", 100)
    methods = {only_line(charge(made_of(*order), usage)).method for order in (rules, rules[::-1])}
    assert methods == {"bank-transfer"}


def test_a_bill_depends_on_the_needs_as_settled() -> None:
    place = made_of("{operation: send, percent: 1}")
    wanted = needs(use("send", 100), country="GB")
    assert wanted.currency == "GBP"
    assert fees.bill(place, wanted, CATALOG, date(2026, 11, 21)).monthly == span(1)
    # A year later the price is stale.
    assert fees.bill(place, wanted, CATALOG, date(2027, 11, 21)).lines[0].stale


def test_what_was_free_long_ago_does_not_reach_to_the_dearest_way_of_others() -> None:
    """All take nothing from the balance; by other ways some do, as the usual price of any says."""
    place = market("fees:\n  - {operation: pay, method: balance, percent: 0, source: old}")
    row = "pay: {estimate_percent: 3, high_percent: 8, count: 20}"
    assert row in AVERAGES

    def high(any_way: str) -> D:
        text = AVERAGES.replace(row, any_way)
        text = text.replace(
            "fees_by_method:\n",
            "fees_by_method:\n  pay: {balance: {estimate_percent: 0, high_percent: 40, count: 20}}\n",
        )
        (line,) = charge(place, use("pay", 100), of=catalog(averages=text)).lines
        assert (line.stale, line.yearly.low, line.yearly.estimate) == (True, 0, 0)
        return line.yearly.high

    # A fifth of the half percent that is usual by any way, of 1,200 a year.
    assert high("pay: {estimate_percent: 0.5, high_percent: 8, count: 20}") == D("1.2")
    # Where most take nothing by any, a twenty-fifth of the 8 percent of the dear ones.
    assert high("pay: {estimate_percent: 0, high_percent: 8, count: 20}") == D("3.84")


@pytest.mark.parametrize(
    ("top_up", "have", "more", "method"),
    [
        # Filling the balance by what one has may cost more, so the card is what is paid with.
        ("", ["debit-card"], [], "debit-card"),
        ("{operation: top-up, method: debit-card, percent: 3}", ["debit-card"], [], "debit-card"),
        (
            "{operation: top-up, method: debit-card, price: unknown}",
            ["debit-card"],
            [],
            "debit-card",
        ),
        # It costs less, or nothing; nothing was said; money comes in anyway; it cannot be paid so.
        ("{operation: top-up, method: debit-card, percent: 1}", ["debit-card"], [], "balance"),
        ("{operation: top-up, method: debit-card, percent: 0}", ["debit-card"], [], "balance"),
        ("", [], [], "balance"),
        ("", ["debit-card"], [use("receive", 100)], "balance"),
        ("", ["debit-card"], [use("receive", 99)], "debit-card"),
        ("", ["mobile-wallet"], [], "balance"),
    ],
)
def test_what_is_sent_is_priced_by_what_the_person_has(
    top_up: str, have: list[str], more: list[Usage], method: str
) -> None:
    place = market(
        "fees:\n"
        "  - {operation: send, method: balance, percent: 0}\n"
        "  - {operation: send, method: debit-card, percent: 2}\n"
        + (f"  - {top_up}\n" if top_up else "")
        + "funding:\n"
        "  debit-card: {has: true}\n"
        "  mobile-wallet: {has: true}"
    )
    bill = charge(place, use("send", 100), *more, have=tuple(have))
    assert bill.lines[0].method == method


@pytest.mark.parametrize(
    ("operation", "ways", "kind", "have", "method"),
    [
        # What it costs from the balance is not known, and is no credit card's price.
        ("bill-pay", ["credit-card, percent: 3.5"], "bank-account", [], "balance"),
        (
            "send",
            ["credit-card, fixed: 1"],
            "stored-value",
            [],
            "balance",
        ),
        # Free by card; a price from the balance too; another card; no balance.
        ("bill-pay", ["credit-card, percent: 0"], "bank-account", [], "credit-card"),
        (
            "bill-pay",
            ["credit-card, percent: 3", "balance, fixed: 0"],
            "bank-account",
            [],
            "balance",
        ),
        ("pay", ["debit-card, percent: 1"], "bank-account", [], "debit-card"),
        ("bill-pay", ["credit-card, percent: 3.5"], "pass-through", [], "credit-card"),
        # Nothing but that card.
        ("bill-pay", ["credit-card, percent: 3.5"], "bank-account", ["credit-card"], "credit-card"),
    ],
)
def test_a_card_s_price_is_not_that_of_the_balance(
    operation: str, ways: list[str], kind: str, have: list[str], method: str
) -> None:
    rules = (f"  - {{operation: {operation}, method: {way}}}" for way in ways)
    funding = ("funding:", "  credit-card: {has: false}", "  bank-linked: {has: true}")
    snippet = "\n".join(("fees:", *rules, *funding))
    bill = charge(market(snippet, kind=kind), use(operation, 100), have=tuple(have))
    assert [usage.method for usage in bill.priced] == [method]
    assert bill.complete is any(method in way for way in ways)


@pytest.mark.parametrize(
    ("average", "guessed"),
    [
        # At its dear end a two-hundredth of the money, more than that, or nothing.
        ("{estimate_percent: 0.1, high_percent: 0.5, count: 20}", ()),
        ("{estimate_percent: 0.1, high_percent: 0.51, count: 20}", ("pay",)),
        ("{estimate_percent: 0, high_percent: 0, count: 20}", ()),
    ],
)
def test_what_is_unknown_and_next_to_nothing_is_no_guess_to_speak_of(
    average: str, guessed: tuple[str, ...]
) -> None:
    row = "pay: {estimate_percent: 3, high_percent: 8, count: 20}"
    of = catalog(averages=AVERAGES.replace(row, f"pay: {average}"))
    bill = charge(market("fees: []"), use("pay", 100), of=of)
    assert bill.guessed == guessed
    # It is unknown still, and told with the rest.
    assert not bill.complete
    assert bill.published == bill.yearly.times(D(0))
    words = known_sum(bill)
    assert words == "?" if guessed or not bill.yearly.high else words.endswith(", guessed")


def test_a_price_of_being_paid_that_names_no_way_is_not_that_of_cards() -> None:
    place = market("fees:\n  - {operation: receive, percent: 0, for: business}\n")
    for method in ("card", "debit-card", "credit-card"):
        bill = charge(place, use("receive", 100, method=method), person=["business"])
        assert not bill.complete
    assert charge(place, use("receive", 100), person=["business"]).yearly == span(0)


def test_by_card_is_by_either_kind_of_card_for_who_is_paid() -> None:
    fees = "".join(
        f"  - {{operation: receive, method: {kind}, percent: {price}, for: business}}\n"
        for kind, price in (("debit-card", 2), ("credit-card", 3))
    )
    bill = charge(market("fees:\n" + fees), use("receive", 100, method="card"), person=["business"])
    assert bill.complete
    # 2 to 3 % of 100 pounds a month, the dearer one taken.
    assert bill.yearly == span(24, 36, 36)


def test_a_price_by_the_wallets_own_card_is_none_of_a_credit_card() -> None:
    fees = "fees:\n  - {operation: pay, method: card, percent: 0}\n"
    own = "features:\n  physical-card: {has: true}\n"
    taken = "funding:\n  credit-card: {has: true}\n"
    usage = use("pay", 100, method="credit-card")
    assert not charge(market(fees + own), usage).complete
    # One that takes credit cards, or issues none, means those that are linked.
    for text in (fees, fees + own + taken):
        assert charge(market(text), usage).yearly == span(0)
    assert charge(market(fees + own), use("pay", 100, method="debit-card")).yearly == span(0)
