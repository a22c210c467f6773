"""What it costs to put into the balance what is paid from it, for who says what they have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from build import charge, market, only_line, span, use
from hypothesis import given
from hypothesis import strategies as st

from walletpick.bill.bill import Bill
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.bill.taken import only_fills
from walletpick.words.bills import line_title, total_words

D = Decimal
FREE = "{operation: pay, method: balance, percent: 0}"
CARD = ("credit-card",)


def made_of(*fees: str, funding: str = "", **more: Any) -> Candidate:
    """Return a market of some prices; `funding` are lines of what it takes."""
    text = "fees:\n" + "".join(f"  - {fee}\n" for fee in fees)
    limits = more.pop("limits", ())
    if limits:
        text += "limits:\n" + "".join(f"  - {limit}\n" for limit in limits)
    if funding:
        text += "funding:\n" + "".join(f"  {line}\n" for line in funding.split("; "))
    return market(text + more.pop("text", ""), **more)


def top_up(method: str, price: str = "percent: 2") -> str:
    return f"{{operation: top-up, method: {method}, {price}}}"


def filled(bill: Bill) -> Line | None:
    """Return the line for filling the balance, if there is one."""
    return next((line for line in bill.lines if line.kind == "filling"), None)


def test_filling_the_balance_is_a_line_of_its_own() -> None:
    place = made_of(FREE, top_up("credit-card"))
    bill = charge(place, use("pay", 100, 4), have=CARD)
    line = only_line(bill, "filling")
    # 2 % of 100 pounds a month.
    assert (line.yearly, line.monthly, line.known) == (span(24), span(2), True)
    assert (line.operation, line.method, line.amount, line.times) == (
        "top-up",
        "credit-card",
        100,
        1,
    )
    assert bill.yearly == span(24)
    assert bill.moved == 1200
    assert line_title(line, place) == "filling the balance by credit card"


def test_who_says_nothing_of_what_they_have_is_charged_nothing_for_it() -> None:
    place = made_of(FREE, top_up("credit-card"))
    assert charge(place, use("pay", 100)).yearly == span(0)


def test_an_unknown_price_of_filling_is_an_unknown_part_of_the_bill() -> None:
    place = made_of(FREE, funding="credit-card: {has: true}")
    bill = charge(place, use("pay", 100), have=CARD)
    line = only_line(bill, "filling")
    # What others take for a top-up by credit card: 2.5 %, at most 3.5.
    assert (line.known, line.yearly) == (False, span(0, 30, 42))
    assert not bill.complete
    assert total_words(bill) == (
        "0.00 GBP plus an unknown fee to fill the balance by credit card (about 30.00 in all, 0.00"
        " to 42.00)"
    )
    # So where nobody knows whether such a card is taken, too.
    assert charge(made_of(FREE), use("pay", 100), have=CARD).yearly == bill.yearly


def test_the_cheapest_of_what_one_has_fills_it() -> None:
    place = made_of(
        FREE,
        top_up("credit-card"),
        top_up("debit-card", "percent: 1"),
        top_up("bank-linked", "percent: 3"),
    )

    def line(*have: str) -> Line:
        return only_line(charge(place, use("pay", 100), have=have), "filling")

    assert line("credit-card", "debit-card").method == "debit-card"
    assert line("credit-card", "bank-linked").method == "credit-card"
    # What is known to be taken comes before what may be, and a known price before an unknown.
    assert line("bank-transfer", "credit-card").method == "credit-card"


@pytest.mark.parametrize(("received", "month"), [(0, "2"), (30, "1.4"), (100, None), (250, None)])
def test_what_is_received_pays_for_as_much(received: int, month: str | None) -> None:
    place = made_of(
        FREE, "{operation: receive, method: own-network, percent: 0}", top_up("credit-card")
    )
    usages = [use("pay", 100), *([use("receive", received)] if received else [])]
    for order in (usages, usages[::-1]):
        line = filled(charge(place, *order, have=CARD))
        assert (line and line.monthly) == (month and span(month))


def test_a_top_up_that_is_asked_for_pays_for_as_much() -> None:
    place = made_of(FREE, top_up("credit-card"))
    bill = charge(place, use("top-up", 60), use("pay", 100), have=CARD)
    assert [(line.kind, line.operation, line.amount) for line in bill.lines] == [
        ("fee", "top-up", 60),
        ("fee", "pay", 100),
        ("filling", "top-up", 40),
    ]


def test_what_is_moved_out_is_taken_from_what_came_in_first() -> None:
    place = made_of(
        FREE,
        "{operation: receive, percent: 0}",
        "{operation: withdraw, percent: 0}",
        top_up("credit-card"),
    )
    usages = [use("receive", 100), use("pay", 60), use("withdraw", 80)]
    for order in (usages, usages[::-1]):
        assert only_line(charge(place, *order, have=CARD), "filling").amount == 40
    # Nobody fills a balance to move it out.
    assert filled(charge(place, use("withdraw", 80), have=CARD)) is None


def test_it_is_filled_once_a_month_or_in_as_few_parts_as_limits_allow() -> None:
    fees = (FREE, top_up("credit-card", "fixed: 1"))
    usages = (use("pay", 100, 4), use("pay", 50))

    def line(*limits: str) -> Line:
        bill = charge(made_of(*fees, limits=limits), *usages, have=CARD)
        assert not bill.impossible
        return only_line(bill, "filling")

    assert (line().times, line().monthly) == (1, span(1))
    each = line("{what: transaction, operation: top-up, amount: 60}")
    # 150 a month, 60 at a time.
    assert (each.times, each.monthly) == (3, span(3))
    # One may put in more than is needed for now.
    assert line("{what: transaction, operation: top-up, least: 500}").times == 1


def test_what_no_limit_lets_in_cannot_be_paid() -> None:
    place = made_of(
        FREE, top_up("credit-card"), limits=["{what: month, operation: top-up, amount: 80}"]
    )
    (impossible,) = charge(place, use("pay", 100), have=CARD).impossible
    assert (impossible.usage.operation, impossible.limit.amount) == ("top-up", 80)
    assert not charge(place, use("pay", 80), have=CARD).impossible
    assert not charge(place, use("pay", 100)).impossible


def test_a_transfer_from_ones_own_bank_is_received_as_any_is() -> None:
    receiving = "{operation: receive, method: bank-transfer, percent: 1}"
    bill = charge(
        made_of(FREE, receiving, funding="bank-transfer: {has: true}"),
        use("pay", 100),
        have=("bank-transfer",),
    )
    assert only_line(bill, "filling").monthly == span(1)
    # A price of its own comes first, and what friends pay says nothing of it.
    own = made_of(FREE, receiving, top_up("bank-transfer"))
    assert charge(own, use("pay", 100), have=("bank-transfer",)).monthly == span(2)
    friends = made_of(
        FREE, "{operation: receive, percent: 1}", funding="bank-transfer: {has: true}"
    )
    assert not charge(friends, use("pay", 100), have=("bank-transfer",)).complete


ANY = "{operation: pay, percent: 0}"


@pytest.mark.parametrize(
    ("kind", "fees", "funding", "is_filled"),
    [
        # The price holds however one pays, and the card may pay at once.
        ("stored-value", [ANY], "credit-card: {has: true}", False),
        # It is known to fill the balance.
        ("stored-value", [ANY, top_up("credit-card")], "credit-card: {has: true}", True),
        ("stored-value", [ANY, top_up("card", "price: unknown")], "credit-card: {has: true}", True),
        ("stored-value", [ANY], "credit-card: {has: true, operation: pay}", False),
        ("stored-value", [ANY], "credit-card: {has: true, operation: top-up}", True),
        # Whether it is taken is asked; nothing is reckoned with it.
        ("stored-value", [ANY], "debit-card: {has: true}", False),
        # From an account all is paid from the account.
        ("bank-account", [ANY], "credit-card: {has: true}", True),
        ("mobile-money", [ANY], "credit-card: {has: true}", True),
        # These hold no balance.
        ("pass-through", [ANY], "credit-card: {has: true}", False),
    ],
)
def test_a_price_for_any_way_of_paying(
    kind: str, fees: list[str], funding: str, is_filled: bool
) -> None:
    place = made_of(*fees, funding=funding, kind=kind)
    line = filled(charge(place, use("pay", 100), have=CARD))
    assert (line is not None) is is_filled


def test_cash_never_pays_at_once() -> None:
    place = made_of(ANY, funding="cash-agent: {has: true}")
    line = only_line(charge(place, use("pay", 100), have=("cash-agent",)), "filling")
    assert line.method == "cash-agent"


@pytest.mark.parametrize("method", ["card", "debit-card"])
def test_the_wallets_own_card_is_filled_too(method: str) -> None:
    price = f"{{operation: pay, method: {method}, percent: 0}}"
    card = "features:\n  virtual-card: {has: true}\n"
    place = made_of(price, top_up("bank-linked"), text=card)
    assert charge(place, use("pay", 100, method=method), have=("bank-linked",)).monthly == span(2)
    # A card that they have is theirs, and pays at once.
    theirs = charge(place, use("pay", 100, method=method), have=("bank-linked", "debit-card"))
    assert theirs.monthly == span(0)


def test_cash_is_taken_out_of_the_balance() -> None:
    place = made_of("{operation: cash-out, method: atm, percent: 0}", top_up("debit-card"))
    bill = charge(place, use("cash-out", 100), have=("debit-card",))
    assert bill.monthly == span(2)


def test_paying_directly_is_held_against_filling_and_paying() -> None:
    direct = "{operation: pay, method: credit-card, percent: 1.5}"
    taken = "credit-card: {has: true}"
    dear = charge(
        made_of(FREE, direct, top_up("credit-card"), funding=taken), use("pay", 100), have=CARD
    )
    assert [line.method for line in dear.lines] == ["credit-card"]
    assert dear.monthly == span("1.5")
    cheap = charge(
        made_of(FREE, direct, top_up("credit-card", "percent: 1"), funding=taken),
        use("pay", 100),
        have=CARD,
    )
    assert [(line.kind, line.method) for line in cheap.lines] == [
        ("fee", "balance"),
        ("filling", "credit-card"),
    ]


def test_what_has_a_price_for_filling_alone_is_not_said_to_pay_at_once() -> None:
    """Who names it is not told a bill without it for the whole; who names none, no choice made."""
    direct = "{operation: pay, method: credit-card, percent: 1.5}"
    asked = use("pay", 100, method="credit-card")

    def fills(*fees: str, funding: str = "credit-card: {has: true}") -> list[str | None]:
        bill = charge(made_of(*fees, top_up("credit-card"), funding=funding), asked, have=CARD)
        return [line.method for line in only_fills(bill)]

    assert fills() == ["credit-card"]
    assert fills(direct) == fills(funding="credit-card: {has: true, operation: pay}") == []
    place = made_of(top_up("credit-card"), funding="credit-card: {has: true}")
    unnamed = charge(place, use("pay", 100), have=CARD)
    assert only_fills(unnamed) == []
    # The only way there is was not taken for being the cheapest.
    assert not any(line.taken for line in unnamed.lines)
    assert only_line(unnamed, "filling").monthly == span(2)


def test_an_allowance_for_filling_is_one_for_all() -> None:
    place = made_of(FREE, top_up("credit-card", "percent: 2, free: {amount: 100, per: month}"))
    bill = charge(place, use("top-up", 80), use("pay", 200), have=CARD)
    # 120 are put in beside the 80 that are asked for: 2 % of the 100 beyond the allowance.
    assert bill.monthly == span(2)


def test_a_tax_on_filling_is_a_line_of_its_own() -> None:
    place = made_of(FREE, top_up("credit-card"), top_up("credit-card", "percent: 1, tax: true"))
    bill = charge(place, use("pay", 100), have=CARD)
    assert [(line.kind, line.monthly.estimate) for line in bill.lines] == [
        ("fee", 0),
        ("filling", 2),
        ("tax", 1),
    ]


MONEY = st.decimals("0.01", 5000, places=2)
PRICE = st.sampled_from(
    [
        "percent: 2",
        "fixed: 3",
        "percent: 1, min: 2, max: 9",
        "percent: 1, percent_max: 3",
        "price: unknown",
    ]
)


@given(PRICE, PRICE, MONEY, MONEY, MONEY, st.integers(1, 40))
def test_a_bill_is_that_from_the_balance_and_of_filling_it(
    price: str, other: str, paid: Decimal, sent: Decimal, received: Decimal, times: int
) -> None:
    place = made_of(
        "{operation: pay, method: balance, percent: 1}",
        "{operation: send, method: balance, fixed: 1}",
        "{operation: receive, method: own-network, percent: 0}",
        top_up("credit-card", price),
        top_up("debit-card", other),
    )
    usages = [use("pay", paid, times, "balance"), use("send", sent, 1, "balance")]
    came = use("receive", received, method="own-network")
    alone = charge(place, *usages, came)
    bill = charge(place, *usages, came, have=("credit-card", "debit-card"))
    line = filled(bill)
    assert (line.amount if line else 0) == max(paid + sent - received, 0)
    assert [each for each in bill.lines if each is not line] == list(alone.lines)
    assert bill.yearly == alone.yearly + (line.yearly if line else span(0))
    if line:
        # It costs what such a top-up costs, and no way of theirs costs less.
        asked = [
            charge(place, use("top-up", line.amount, 1, method))
            for method in ("credit-card", "debit-card")
        ]
        assert line.yearly.estimate in [each.yearly.estimate for each in asked]
        known = [each.yearly.estimate for each in asked if each.complete]
        assert not known or line.yearly.estimate == min(known)
        assert line.known is bool(known)


@given(PRICE, MONEY, MONEY, MONEY, st.integers(1, 40))
def test_more_paid_never_costs_less_and_more_received_never_more(
    price: str, one: Decimal, other: Decimal, received: Decimal, times: int
) -> None:
    place = made_of(
        FREE,
        "{operation: receive, method: own-network, percent: 0}",
        top_up("credit-card", price),
        limits=["{what: transaction, operation: top-up, amount: 900}"],
    )

    def year(paid: Decimal, came: Decimal) -> Decimal:
        bill = charge(
            place, use("pay", paid, times), use("receive", came, method="own-network"), have=CARD
        )
        low, estimate, high = bill.yearly.ends
        assert 0 <= low <= estimate <= high
        return estimate

    small, large = sorted([one, other])
    tiny = D("1e-15")
    # What a limit forbids is not priced.
    if large <= 900:
        assert year(small, received) <= year(large, received) + tiny
    if received - small <= 900:
        assert year(received, large) <= year(received, small) + tiny


def test_what_is_passed_on_need_not_be_moved_out() -> None:
    usage = use("withdraw", 100)
    bill = charge(market("", kind="pass-through"), usage)
    assert (bill.lines, bill.complete, bill.priced) == ((), True, (usage,))
    # To have it at once may cost something.
    fast = "{operation: withdraw, method: instant, fixed: 1}"
    assert charge(made_of(fast, kind="pass-through"), usage).charged.high
    assert not charge(market(""), usage).complete
