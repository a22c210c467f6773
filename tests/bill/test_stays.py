"""Bills of a stay that ends, and of sums of different size: worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import charge, market, needs, only_line, span, use
from hypothesis import given
from hypothesis import strategies as st

from walletpick.bill.bill import Bill
from walletpick.bill.observe import Candidate
from walletpick.facts.periods import YEAR, Period, length_of, period_of
from walletpick.person.needs import joined
from walletpick.words.causes import limit_phrase
from walletpick.words.common import asked_words

D = Decimal


def place(*fees: str, more: str = "") -> Candidate:
    return market("\n".join([more, "fees:", *(f"  - {fee}" for fee in fees)]), country="GB")


def fees_of(bill: Bill) -> list[Decimal]:
    return [line.yearly.estimate for line in bill.lines if line.kind == "fee"]


@pytest.mark.parametrize(
    ("text", "length", "days", "months"),
    [
        ("3weeks", "3 weeks", 21, 1),
        ("1 week", "1 week", 7, 1),
        ("30days", "30 days", 30, 1),
        ("31 days", "31 days", 31, 2),
        ("5weeks", "5 weeks", 35, 2),
        ("2months", "2 months", 60, 2),
        ("1year", "1 year", 360, 12),
    ],
)
def test_how_long_a_stay_is(text: str, length: str, days: int, months: int) -> None:
    assert length_of(text) == length
    assert period_of(text) == Period(days, months, 1, length)
    assert period_of(None) == YEAR


@pytest.mark.parametrize(
    "text", ["", "3", "weeks", "0 days", "2years", "13months", "-3 days", "³ days"]
)
def test_what_is_no_stay(text: str) -> None:
    assert length_of(text) is None


@given(st.integers(1, 1000), st.integers(1, 360))
def test_each_use_falls_on_one_day_of_the_stay(times: int, days: int) -> None:
    period = period_of(f"{days} days")
    found = [day for month in range(period.months) for day in period.days_of_uses(times, month)]
    assert len(found) == times
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] < days


# Sums of different size.


def test_each_size_has_its_own_price() -> None:
    here = place("{operation: pay, bands: [{up_to: 200, percent: 0}, {percent: 3}]}")
    bill = charge(here, use("pay", 1000, 20), use("pay", 1600, 2), for_="3 weeks")
    assert fees_of(bill) == [0, 48]
    assert bill.moved == 2600
    monthly = charge(here, use("pay", 1000, 20), use("pay", 1600, 2))
    assert fees_of(monthly) == [0, 48 * 12]


def test_two_sizes_share_an_allowance_and_a_cap() -> None:
    free = place("{operation: pay, fixed: 1, free: {count: 21, per: month}}")
    assert sum(fees_of(charge(free, use("pay", 1000, 20), use("pay", 1600, 2)))) == 12
    amount = place("{operation: pay, percent: 1, free: {amount: 1500, per: month}}")
    assert sum(fees_of(charge(amount, use("pay", 1000, 20), use("pay", 1600, 2)))) == 11 * 12
    cap = place("{operation: pay, percent: 1, cap: {amount: 20, per: month}}")
    assert sum(fees_of(charge(cap, use("pay", 1000, 20), use("pay", 1600, 2)))) == 20 * 12


def test_two_sizes_share_a_limit() -> None:
    here = place(
        "{operation: pay, percent: 1}",
        more="limits:\n  - {what: month, operation: pay, amount: 2000}",
    )
    bill = charge(here, use("pay", 1000, 20), use("pay", 1600, 2))
    assert [each.usage.amount for each in bill.impossible] == [1600]
    alone = charge(here, use("pay", 1600, 2))
    assert not alone.impossible


def test_two_sizes_stay_two_usages() -> None:
    two = (use("pay", 1000, 20), use("pay", 1600, 2))
    assert joined(two) == two
    assert joined((*two, use("pay", 50, 1))) == (use("pay", 1050, 21), use("pay", 1600, 2))


# Stays.


def test_what_is_paid_for_the_account_counts_by_the_month_begun() -> None:
    fee = "{operation: pay, percent: 1}"
    monthly = place(fee, "{operation: subscription, fixed: 5, per: month}")
    for length, months in (("3 weeks", 1), ("30 days", 1), ("31 days", 2), ("1 year", 12)):
        bill = charge(monthly, use("pay", 100), for_=length)
        assert bill.yearly == span(1 + 5 * months)
    yearly = place(fee, "{operation: subscription, fixed: 40, per: year}")
    assert charge(yearly, use("pay", 100), for_="3 weeks").yearly == span(41)
    once = place(fee, "{operation: card-issue, fixed: 7}")
    assert charge(
        once, use("pay", 100), for_="3 weeks", wish=["features:physical-card"]
    ).yearly == span(8)


def test_the_cheaper_of_a_monthly_and_a_yearly_charge_is_taken() -> None:
    both = place(
        "{operation: subscription, fixed: 5, per: month}",
        "{operation: subscription, fixed: 20, per: year}",
    )
    for length, cost in (("3 weeks", 5), ("4 months", 20), ("6 months", 20)):
        assert only_line(charge(both, for_=length), "subscription").yearly == span(cost)


def test_a_monthly_allowance_begins_anew_with_each_month() -> None:
    here = place("{operation: cash-out, fixed: 2, free: {count: 2, per: month}}")
    # Ten uses in a month: eight are charged. Ten in 60 days: five a month, of which three are.
    assert fees_of(charge(here, use("cash-out", 1000, 10), for_="1 month")) == [16]
    assert fees_of(charge(here, use("cash-out", 1000, 10), for_="60 days")) == [12]


def test_an_allowance_a_day_and_one_for_life() -> None:
    daily = place("{operation: pay, fixed: 1, free: {count: 1, per: day}}")
    assert fees_of(charge(daily, use("pay", 210, 21), for_="3 weeks")) == [0]
    assert fees_of(charge(daily, use("pay", 420, 42), for_="3 weeks")) == [21]
    life = place("{operation: pay, percent: 1, free: {amount: 300, per: lifetime}}")
    assert fees_of(charge(life, use("pay", 1000, 10), for_="2 months")) == [7]


def test_a_limit_holds_over_the_days_of_the_stay() -> None:
    fee = "{operation: pay, percent: 1}"

    def impossible(limit: str, length: str) -> list[str]:
        here = place(fee, more=f"limits:\n  - {{what: {limit}, operation: pay, amount: 500}}")
        bill = charge(here, use("pay", 2000, 40), for_=length)
        return [limit_phrase(each) for each in bill.impossible]

    assert not impossible("day", "1 week")
    assert impossible("week", "2 weeks") == [
        "cannot pay in shops and online 2,000.00 GBP in 2 weeks in 40 uses: at most 500.00 GBP a week"
    ]
    assert not impossible("week", "1 month")
    assert impossible("month", "3 weeks") == [
        "cannot pay in shops and online 2,000.00 GBP in 3 weeks: at most 500.00 GBP a month"
    ]
    assert not impossible("month", "4 months")
    assert impossible("year", "4 months") == [
        "cannot pay in shops and online 2,000.00 GBP for 4 months: at most 500.00 GBP"
    ]


def test_an_unknown_fee_is_taken_for_a_share_of_the_stay() -> None:
    bill = charge(place("{operation: send, percent: 1}"), use("pay", 1000), for_="3 weeks")
    assert bill.yearly == span(0, 30, 80)
    plan = market("plans: [{id: plus, name: Plus, source: new}]", plan="plus", country="US")
    line = only_line(charge(plan, use("pay", 10), for_="3 weeks"), "subscription")
    assert line.yearly == span(0, 2, 5)


def test_what_is_given_back_counts_in_the_stay() -> None:
    here = market(
        "fees: [{operation: pay, percent: 0, source: new}]\n"
        "gives_back:\n"
        "  - {operation: pay, percent: 1}\n"
        "  - {balance: true, percent: 12}\n",
        country="GB",
    )
    bill = charge(here, use("pay", 1000, 10), for_="3 weeks", keep=D(3600))
    assert bill.returned == span(-10 - 3600 * D("0.12") * 21 / 360)


def test_the_share_of_the_money_is_that_of_the_stay() -> None:
    here = place("{operation: pay, percent: 2}")
    for length in (None, "3 weeks", "1 year"):
        bill = charge(here, use("pay", 1000, 10), for_=length)
        assert bill.yearly.estimate / bill.moved == D("0.02")


@given(st.integers(1, 60), st.integers(1, 4))
def test_a_year_as_a_stay_costs_what_twelve_months_do(times: int, count: int) -> None:
    here = place(f"{{operation: pay, fixed: 1, percent: 1, free: {{count: {count}, per: month}}}}")
    month = charge(here, use("pay", 10 * times, times))
    year = charge(here, use("pay", 120 * times, 12 * times), for_="1 year")
    assert abs(month.yearly.estimate - year.yearly.estimate) < D("1e-9")


def test_a_stay_is_said() -> None:
    asked = needs(use("pay", 1000, 20), currency="GBP", for_="3weeks")
    assert asked.for_ == "3 weeks"
    assert asked_words(asked) == [
        "Pay in shops and online, 1,000.00 GBP in 3 weeks in 20 uses of 50.00 GBP"
    ]
