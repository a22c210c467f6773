"""What a market gives back: worked out by hand, then what must hold for every such rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from build import charge, market, span, use
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from walletpick.bill.bill import Bill, cheapest
from walletpick.bill.observe import Candidate
from walletpick.facts.money import NOTHING, Range
from walletpick.words.bills import total_words

D = Decimal
FEE = "{operation: pay, percent: 1}"


def place(*rules: str, fees: tuple[str, ...] = (FEE,), more: str = "") -> Candidate:
    lines = [more, "fees:", *(f"  - {fee}" for fee in fees)]
    lines += ["gives_back:", *(f"  - {rule}" for rule in rules)] if rules else []
    return market("\n".join(lines), country="GB")


def made(*rules: str, amount: int = 1000, times: int = 1, **wanted: Any) -> Bill:
    return charge(place(*rules), use("pay", amount, times=times), **wanted)


@pytest.mark.parametrize(
    ("rule", "back"),
    [
        # 1000 a month in 10 uses.
        ("{operation: pay, percent: 2}", ("240", "240", "240")),
        ("{operation: pay, fixed: 0.5}", ("60", "60", "60")),
        ("{operation: pay, percent: 0.5, fixed: 0.5}", ("120", "120", "120")),
        ("{operation: pay, percent: 50, of: fee}", ("60", "60", "60")),
        ("{operation: pay, percent: 2, cap: {amount: 15, per: month}}", ("180", "180", "180")),
        ("{operation: pay, percent: 2, cap: {amount: 100, per: year}}", ("100", "100", "100")),
        # What holds under a condition, or "up to", may be nothing.
        ("{operation: pay, percent: 2, when: in some shops}", ("0", "0", "240")),
        ("{operation: pay, percent: 2, provider: Corner Shop}", ("0", "0", "240")),
        ("{operation: pay, percent: 2, bound: at-most}", ("0", "0", "240")),
        # A price of dollars: half as many pounds.
        ("{operation: pay, fixed: 1, currency: USD}", ("60", "60", "60")),
        # An old one may be a fifth less or more.
        ("{operation: pay, percent: 2, source: old}", ("192", "240", "288")),
        # Of others nothing.
        ("{operation: send, percent: 2}", ("0", "0", "0")),
        ("{operation: pay, percent: 2, for: student}", ("0", "0", "0")),
        ("{operation: pay, percent: 2, method: debit-card}", ("0", "0", "0")),
        ("{operation: pay, percent: 2, corridor: GB-abroad}", ("0", "0", "0")),
        ("{balance: true, percent: 2}", ("0", "0", "0")),
    ],
)
def test_what_is_given_back_in_a_year(rule: str, back: tuple[str, str, str]) -> None:
    bill = made(rule, times=10)
    low, middle, high = (-D(each) for each in reversed(back))
    assert bill.returned == span(low, middle, high)
    assert bill.charged == Range.exactly(D(120))
    assert bill.yearly == bill.charged + bill.returned
    assert bill.offered == NOTHING
    assert bill.complete


@pytest.mark.parametrize(
    ("rule", "back"),
    [
        ("{operation: pay, percent: 2, for: new-customer}", 240),
        ("{operation: pay, percent: 2, months: 3}", 60),
        # Today is 21 November 2026: 40 days are two months, and both days count.
        ("{operation: pay, percent: 2, until: 2026-12-31}", 40),
        ("{operation: pay, percent: 2, until: 2026-11-21}", 20),
        ("{operation: pay, percent: 2, until: 2026-11-20}", 0),
        ("{operation: pay, percent: 2, until: 2030}", 240),
        # The first use is free: a twelfth of a tenth of 120, and so the first 25.
        ("{operation: pay, percent: 100, of: fee, uses: 1, for: new-customer}", 1),
        ("{operation: pay, percent: 100, of: fee, uses: 25}", 25),
        ("{operation: pay, fixed: 10, uses: 3, cap: {amount: 15, per: month}}", 15),
    ],
)
def test_an_offer_counts_in_the_first_year_and_nowhere_else(rule: str, back: int) -> None:
    bill = made(rule, times=10)
    assert bill.offered == Range.exactly(D(-back))
    assert bill.returned == NOTHING
    assert bill.yearly == bill.monthly.times(12) == Range.exactly(D(120))


def test_the_range_of_a_fee_is_that_of_its_share() -> None:
    candidate = place(
        "{operation: pay, percent: 50, of: fee}",
        fees=("{operation: pay, percent: 1}", "{operation: pay, percent: 3, when: on Sundays}"),
    )
    bill = charge(candidate, use("pay", 1000))
    assert bill.charged == span(120, 120, 360)
    assert bill.returned == span(-180, -60, -60)


def test_a_plans_own_counts_there_alone() -> None:
    more = "plans:\n  - {id: free, name: Free}\n  - {id: gold, name: Gold}"
    candidate = place("{operation: pay, percent: 2, plan: gold}", more=more)
    for plan, back in (("free", 0), ("gold", -240)):
        bill = charge(structs.replace(candidate, plan=plan), use("pay", 1000))
        assert bill.returned == Range.exactly(D(back))


def test_of_several_the_best_counts() -> None:
    bill = made(
        "{operation: pay, percent: 1}",
        "{operation: pay, percent: 2}",
        "{operation: pay, percent: 5, when: in some shops}",
    )
    assert bill.returned == span(-600, -240, -240)
    assert [rule.percent for rule in bill.given_back[0].rules] == [2, 1, 5]


def test_a_cap_holds_for_all_uses_together() -> None:
    candidate = place(
        "{operation: pay, percent: 1, cap: {amount: 15, per: month}}",
        fees=("{operation: pay, percent: 0}",),
    )
    bill = charge(candidate, use("pay", 1000), use("pay", 2000, method="balance"))
    assert [each.yearly.estimate for each in bill.given_back] == [-120, -60]


def test_the_way_that_gives_back_is_taken() -> None:
    fees = (
        "{operation: pay, method: debit-card, percent: 1}",
        "{operation: pay, method: balance, percent: 0.5}",
    )
    candidate = place("{operation: pay, method: debit-card, percent: 2}", fees=fees)
    assert {line.method for line in charge(candidate, use("pay", 100)).lines} == {"debit-card"}
    offer = place("{operation: pay, method: debit-card, percent: 2, until: 2030}", fees=fees)
    assert {line.method for line in charge(offer, use("pay", 100)).lines} == {"balance"}


def test_interest_is_on_what_is_kept() -> None:
    candidate = place(
        "{balance: true, percent: 2}", "{balance: true, percent: 9, until: 2026-12-31}"
    )
    kept = charge(candidate, use("pay", 1000), keep=D(500))
    assert kept.returned == Range.exactly(D(-10))
    # Two months of it.
    assert kept.offered == Range.exactly(D("-7.5"))
    assert charge(candidate, use("pay", 1000)).given_back == ()
    dollars = charge(candidate, use("pay", 1000), keep=D(500), currency="USD")
    assert dollars.returned == Range.exactly(D(-5))


def test_no_offer_makes_a_plan_the_cheapest() -> None:
    offer = place("{operation: pay, percent: 90, for: new-customer}")
    dear = charge(offer, use("pay", 1000))
    cheap = charge(place(fees=("{operation: pay, percent: 0.9}",)), use("pay", 1000))
    assert cheapest([dear, cheap]) is cheap


def test_it_is_said_beside_the_total() -> None:
    assert total_words(made("{operation: pay, percent: 2}")) == (
        "120.00 GBP, less 240.00 GBP given back"
    )
    assert total_words(made("{operation: pay, percent: 0.2, when: in some shops}")) == (
        "120.00 GBP, less up to 24.00 GBP that may be given back"
    )
    assert total_words(made("{operation: pay, percent: 2, for: new-customer}")) == "120.00 GBP"


# What must hold for all of them.

AMOUNTS = st.decimals(D("0.01"), D(50), places=2)


@st.composite
def rules(draw: st.DrawFn) -> str:
    parts = ["operation: pay"]
    parts.append(f"percent: {draw(AMOUNTS)}")
    if draw(st.booleans()):
        parts.append(f"fixed: {draw(AMOUNTS)}")
    for part in (
        "of: fee",
        "when: now and then",
        "bound: at-most",
        "for: new-customer",
        f"uses: {draw(st.integers(1, 50))}",
        f"months: {draw(st.integers(1, 20))}",
        f"cap: {{amount: {draw(AMOUNTS)}, per: {draw(st.sampled_from(['month', 'year']))}}}",
        "until: 2027-03-01",
        "source: old",
    ):
        if draw(st.booleans()):
            parts.append(part)
    return f"{{{', '.join(parts)}}}"


@given(st.lists(rules(), max_size=3), st.integers(1, 5000), st.integers(1, 40))
def test_nothing_given_back_makes_a_bill_dearer(given: list[str], amount: int, times: int) -> None:
    made = charge(place(*given), use("pay", amount, times=times))
    bare = charge(place(), use("pay", amount, times=times))
    assert made.charged == bare.charged == bare.yearly
    for year in (made.yearly, made.yearly + made.offered, made.monthly):
        assert year.low <= year.estimate <= year.high
    for each in made.given_back:
        assert each.yearly.low <= each.yearly.estimate <= each.yearly.high <= 0
    assert made.yearly.high <= bare.yearly.high


@given(rules(), st.integers(1, 1000), st.integers(1, 1000))
def test_what_is_charged_never_falls_when_the_amount_grows(rule: str, one: int, more: int) -> None:
    small, large = (charge(place(rule), use("pay", each)) for each in (one, one + more))
    assert small.charged.estimate <= large.charged.estimate


@given(AMOUNTS, st.integers(1, 1000), st.integers(1, 1000))
def test_bills_add_up_where_no_cap_is_shared(percent: Decimal, one: int, other: int) -> None:
    candidate = place(f"{{operation: pay, percent: {percent}}}")
    apart = [charge(candidate, use("pay", each)).yearly.estimate for each in (one, other)]
    both = charge(candidate, use("pay", one), use("pay", other)).yearly.estimate
    assert abs(sum(apart) - both) < D("1e-12")
