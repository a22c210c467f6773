"""`walletpick leave`: the way out, its price, its limits; by rules on shipped markets."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from typing import Any

import build
import pytest
from build import span
from checklists import DAY, IDS, MARKETS, on_screen, small, words
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from running import ROOT, shipped
from small import examples, run, validated

from walletpick.answers.leave import Route, example_balance, routes, ways_out
from walletpick.answers.leave_steps import BESIDE, LINKED, TIED, LeaveChecklist, leave_checklist
from walletpick.bill.bill import bill
from walletpick.bill.observe import Candidate
from walletpick.facts.model import Needs, Wallet
from walletpick.facts.vocabulary import (
    CLAIM_FAMILIES,
    CLOSING_WAYS,
    DIFFICULTIES,
    METHODS,
    OPERATIONS,
)
from walletpick.pages.checklist import leave_page
from walletpick.person.needs import settled
from walletpick.render import markdown, terminal

STEPS = ["balance", "statements", "ties", "links", "close", "after", "help"]


def ways(text: str, balance: int | str, **of_market: Any) -> list[Route]:
    """Return the ways out of the market that a snippet describes."""
    place = build.market(text, **of_market)
    return routes(
        place.wallet, place.country, Decimal(balance), build.catalog(place.wallet), build.TODAY
    )


def only(text: str, balance: int | str, **of_market: Any) -> Route:
    (route,) = ways(text, balance, **of_market)
    return route


def made_of(text: str, balance: int | str | None = None, **of_market: Any) -> LeaveChecklist:
    place = build.market(text, **of_market)
    amount = None if balance is None else Decimal(balance)
    return leave_checklist(
        build.catalog(place.wallet), place.wallet, place.country, amount, build.TODAY
    )


def page(wallet: Wallet, country: str, balance: str | None = None) -> str:
    amount = None if balance is None else Decimal(balance)
    return markdown.render(leave_page(leave_checklist(shipped(), wallet, country, amount, DAY)))


# What a way out costs.


def test_the_cheapest_known_way_depends_on_the_balance() -> None:
    text = """
    fees:
      - {operation: withdraw, method: bank-transfer, fixed: 2}
      - {operation: cash-out, method: atm, percent: 1}
    """
    small, large = ways(text, 100), ways(text, 1000)
    assert [(way.operation, way.fee) for way in small] == [
        ("cash-out", span(1)),
        ("withdraw", span(2)),
    ]
    assert [(way.operation, way.fee) for way in large] == [
        ("withdraw", span(2)),
        ("cash-out", span(10)),
    ]


def test_a_known_fee_stands_before_an_unknown_one() -> None:
    found = ways(
        """
        fees: [{operation: withdraw, method: bank-transfer, percent: 50, source: new}]
        payout:
          cash-atm: {has: true}
        """,
        100,
    )
    assert [(way.method, way.known, way.fee) for way in found] == [
        ("bank-transfer", True, span(50)),
        # What the small catalog's averages take an unknown fee for: 3 %, at most 8 %.
        ("atm", False, span(0, 3, 8)),
    ]


def test_a_guess_does_not_choose_the_way() -> None:
    place = build.market(
        """
        payout:
          bank-transfer: {has: true, source: new}
          card-payout: {has: true, source: new}
        """
    )
    # Elsewhere it costs less to a card: nobody says so of this one.
    averages = build.AVERAGES.replace(
        "  top-up: {credit-card",
        "  withdraw:\n    card: {estimate_percent: 1, high_percent: 2, count: 9}\n"
        "    bank-transfer: {estimate_percent: 2, high_percent: 4, count: 9}\n  top-up: {credit-card",
    )
    catalog = build.catalog(place.wallet, averages=averages)
    bank, card = routes(place.wallet, place.country, Decimal(100), catalog, build.TODAY)
    assert (bank.method, card.method) == ("bank-transfer", "card")
    assert not bank.known
    assert not card.known
    assert (bank.fee, card.fee) == (span(0, 2, 4), span(0, 1, 2))


@pytest.mark.parametrize("only_at", ["provider: [Home Bank]", "when: to one bank of the state"])
def test_what_holds_for_everybody_stands_before_what_holds_at_some_bank(only_at: str) -> None:
    text = f"""
    fees:
      - {{operation: withdraw, method: bank-linked, percent: 0, {only_at}}}
      - {{operation: withdraw, method: bank-transfer, percent: 1}}
      - {{operation: cash-out, method: agent, price: unknown}}
    """
    found = ways(text, 100)
    assert [(way.method, way.conditional) for way in found] == [
        ("bank-transfer", False),
        ("agent", False),
        ("bank-linked", True),
    ]
    best = words_of(text)
    assert "Cheapest known price: transfer it to a bank account. For" in best


def words_of(text: str) -> str:
    """Return the first step of the short page of a market, for a balance of 100."""
    shown = markdown.render(leave_page(made_of(text, 100), explain=False))
    return next(line for line in shown.splitlines() if "Move the balance out" in line)


def test_a_price_for_everybody_is_not_said_to_hold_at_the_bank_of_a_claim() -> None:
    text = """
    fees:
      - {operation: withdraw, method: bank-transfer, percent: 1}
    payout:
      bank-transfer: {has: true, provider: [Home Bank]}
    """
    (found,) = ways(text, 100)
    assert (found.claims, found.conditional) == ((), False)
    assert "Home Bank" not in words_of(text)


def test_the_own_network_is_no_way_out_where_another_is_known() -> None:
    own = "    fees:\n      - {operation: withdraw, method: own-network, percent: 0}\n"
    bank = "      - {operation: withdraw, method: bank-transfer, fixed: 2}\n"
    send = "      - {operation: send, method: bank-transfer, fixed: 3}\n"
    assert [way.method for way in ways(own, 100)] == ["own-network"]
    assert [way.method for way in ways(own + bank, 100)] == ["bank-transfer"]
    # A price inside the network does not hide what sending to a bank costs.
    assert [(way.operation, way.fee) for way in ways(own + send, 100)] == [("send", span(3))]
    assert "own network" not in words_of(own + bank)


@pytest.mark.parametrize("per", ["day", "month", "year", "lifetime"])
def test_what_is_free_once_is_free_however_long_the_allowance_lasts(per: str) -> None:
    text = f"""
    fees:
      - {{operation: withdraw, fixed: 5, free: {{count: 1, per: {per}}}}}
    """
    assert only(text, 100).fee == span(0)


@pytest.mark.parametrize("per", ["day", "month", "year", "lifetime"])
def test_a_percentage_is_on_what_goes_beyond_the_allowance(per: str) -> None:
    text = f"""
    fees:
      - {{operation: cash-out, method: atm, percent: 2, free: {{amount: 200, per: {per}}}}}
    """
    assert only(text, 500).fee == span(6)


@pytest.mark.parametrize("per", ["month", "year"])
def test_a_cap_holds_the_fee(per: str) -> None:
    text = (
        f"fees: [{{operation: withdraw, percent: 2, cap: {{amount: 12, per: {per}}}, source: new}}]"
    )
    assert only(text, 10_000).fee == span(12)


def test_a_tax_is_part_of_the_fee() -> None:
    route = only(
        """
        fees:
          - {operation: withdraw, percent: 1}
          - {operation: withdraw, percent: 10, of: fee, tax: true}
        """,
        1000,
    )
    assert route.fee == span(11)
    assert len(route.rules) == 2


def test_a_card_for_the_machine_is_not_part_of_the_fee() -> None:
    route = only(
        """
        fees:
          - {operation: cash-out, method: atm, fixed: 1}
          - {operation: card-issue, fixed: 10}
          - {operation: subscription, fixed: 3, per: month}
        """,
        100,
    )
    assert route.fee == span(1)


def test_the_plan_that_costs_nothing_is_priced_and_the_others_are_named() -> None:
    text = """
    plans:
      - {id: gold, name: Gold}
      - {id: basic, name: Basic}
    fees:
      - {operation: subscription, plan: gold, fixed: 9, per: month}
      - {operation: subscription, plan: basic, fixed: 0, per: month}
      - {operation: withdraw, plan: basic, percent: 1}
      - {operation: withdraw, plan: gold, percent: 0}
    """
    route = only(text, 500)
    assert (route.plan, route.fee) == ("basic", span(5))
    assert [(other.plan, other.fee) for other in route.others] == [("gold", span(0))]
    assert "costs 5.00 GBP on Basic; on Gold nothing" in words(made_of(text, 500), "balance")


def test_the_rules_are_those_of_the_catalog() -> None:
    place = build.market(
        """
        fees:
          - {operation: withdraw, fixed: 5, free: {count: 1, per: lifetime}, cap: {amount: 9, per: year}}
        """
    )
    (route,) = routes(place.wallet, "GB", Decimal(10), build.catalog(place.wallet), build.TODAY)
    assert route.rules == place.market.fees


# What limits do.


def test_a_limit_at_a_time_forces_several_transfers() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 2, source: new}]
        limits:
          - {what: transaction, operation: withdraw, amount: 300}
        """,
        1000,
    )
    assert (route.transfers, route.months, route.fee) == (4, 1, span(8))
    assert [(hurdle.limit.what, hurdle.periods) for hurdle in route.hurdles] == [("transaction", 4)]


def test_limits_a_day_and_a_month_are_both_named() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 1, source: new}]
        limits:
          - {what: day, operation: withdraw, amount: 100}
          - {what: month, amount: 500}
        """,
        1200,
    )
    assert (route.transfers, route.months, route.fee) == (12, 3, span(12))
    assert {hurdle.limit.what: hurdle.periods for hurdle in route.hurdles} == {
        "day": 12,
        "month": 3,
    }


def test_a_limit_a_day_is_named_where_each_transfer_keeps_it() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 1, source: new}]
        limits:
          - {what: transaction, operation: withdraw, amount: 50}
          - {what: day, operation: withdraw, amount: 50}
        """,
        100,
    )
    assert {hurdle.limit.what: hurdle.periods for hurdle in route.hurdles} == {
        "transaction": 2,
        "day": 2,
    }
    assert route.fee == span(2)


def test_an_allowance_comes_back_in_the_next_month() -> None:
    route = only(
        """
        fees:
          - {operation: withdraw, fixed: 5, free: {count: 1, per: month}}
        limits:
          - {what: month, operation: withdraw, amount: 500}
        """,
        1000,
    )
    assert (route.transfers, route.months, route.fee) == (2, 2, span(0))


def test_a_limit_a_year_is_on_what_is_moved_once() -> None:
    text = """
    fees: [{operation: withdraw, fixed: 1, source: new}]
    limits:
      - {what: year, operation: withdraw, amount: 1000}
    """
    assert only(text, 1000).hurdles == ()
    above = only(text, 1001)
    assert above.hurdles[0].periods == 2
    assert above.months == 13


def test_what_is_too_small_cannot_be_split() -> None:
    found = ways(
        """
        fees:
          - {operation: withdraw, method: bank-transfer, percent: 0}
          - {operation: cash-out, method: atm, percent: 5}
        limits:
          - {what: transaction, operation: withdraw, least: 50}
        """,
        20,
    )
    assert [(way.operation, way.forbidden is None) for way in found] == [
        ("cash-out", True),
        ("withdraw", False),
    ]


def test_the_highest_level_of_an_account_counts_and_the_others_are_listed() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 1, source: new}]
        limits:
          - {what: day, operation: withdraw, level: basic, amount: 100}
          - {what: day, operation: withdraw, level: full, amount: 1000}
        """,
        900,
    )
    assert route.transfers == 1
    assert len(route.limits) == 2


def test_a_limit_on_the_number_of_times_makes_it_longer() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 1, source: new}]
        limits:
          - {what: transaction, operation: withdraw, amount: 100}
          - {what: month, operation: withdraw, count: 2}
        """,
        600,
    )
    assert (route.transfers, route.months) == (6, 3)


def test_no_one_waits_for_a_million_transfers() -> None:
    route = only(
        """
        fees: [{operation: withdraw, fixed: 1, source: new}]
        limits:
          - {what: transaction, operation: withdraw, amount: 1}
        """,
        10**15,
    )
    assert (route.transfers, route.fee) == (10**15, None)


@given(
    balance=st.integers(1, 10**6),
    percent=st.integers(0, 30),
    fixed=st.integers(0, 50),
    at_a_time=st.integers(1, 5000),
)
@settings(max_examples=40)
def test_no_split_moves_less_or_more_than_the_balance(
    balance: int, percent: int, fixed: int, at_a_time: int
) -> None:
    route = only(
        f"""
        fees: [{{operation: withdraw, percent: {percent}, fixed: {fixed}, source: new}}]
        limits:
          - {{what: transaction, operation: withdraw, amount: {at_a_time}}}
        """,
        balance,
    )
    transfers = -(-balance // at_a_time)
    assert route.transfers == transfers
    if transfers > 1000:
        assert route.fee is None
    else:
        assert route.fee is not None
        expected = Decimal(balance * percent) / 100 + fixed * transfers
        assert abs(route.fee.estimate - expected) < Decimal("1e-9")


# Which ways there are.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A card that a rule prices is the debit card that a claim names.
        (
            "fees: [{operation: withdraw, method: card, percent: 1, source: new}]\n"
            "payout:\n  debit-card: {has: true}",
            [("withdraw", "card")],
        ),
        # A price for every way is the price of the ways there are.
        (
            "fees: [{operation: withdraw, percent: 1, source: new}]\n"
            "payout:\n  debit-card: {has: true}\n  bank-transfer: {has: true}",
            [("withdraw", "debit-card"), ("withdraw", "bank-transfer")],
        ),
        # Speeds of a bank transfer are bank transfers.
        (
            "fees: [{operation: withdraw, method: instant, percent: 1, source: new}]\n"
            "payout:\n  bank-transfer: {has: true}",
            [("withdraw", "instant")],
        ),
        ("payout:\n  bank-transfer: {has: false}", []),
        # What is said not to be there is no way, whatever it once cost.
        (
            "fees: [{operation: cash-out, method: atm, fixed: 1, source: new}]\n"
            "payout:\n  cash-atm: {has: false}",
            [],
        ),
        ("fees: [{operation: withdraw, fixed: 1, paid_by: other-side, source: new}]", []),
        # Sending it to oneself is a way only where it cannot be withdrawn.
        (
            "fees: [{operation: send, method: other-network, fixed: 1, source: new}]",
            [("send", "other-network")],
        ),
        (
            "fees: [{operation: send, method: other-network, fixed: 1, source: new}]\n"
            "payout:\n  bank-transfer: {has: true}",
            [("withdraw", "bank-transfer")],
        ),
        ("fees: [{operation: send, method: credit-card, fixed: 1, source: new}]", []),
        # A transfer to a bank that has no price of its own costs what sending there does.
        (
            "fees: [{operation: send, method: bank-transfer, percent: 0, source: new}]\n"
            "payout:\n  bank-transfer: {has: true}",
            [("send", "bank-transfer")],
        ),
    ],
)
def test_the_ways_out(text: str, expected: list[tuple[str, str]]) -> None:
    place = build.market(text)
    assert [(operation, method) for operation, method, _ in ways_out(place.market)] == expected


def test_each_way_has_the_price_of_all_ways() -> None:
    found = ways(
        "fees: [{operation: withdraw, percent: 1, source: new}]\n"
        "payout:\n  debit-card: {has: true}\n  bank-transfer: {has: true}",
        100,
    )
    assert [way.fee for way in found] == [span(1), span(1)]


def test_of_equals_an_account_comes_before_cash() -> None:
    found = ways(
        "fees:\n"
        "  - {operation: cash-out, method: atm, percent: 0, source: new}\n"
        "  - {operation: withdraw, method: bank-transfer, percent: 0, source: new}\n",
        100,
    )
    assert [way.method for way in found] == ["bank-transfer", "atm"]


# The words.


def test_a_price_is_not_the_cheapest_way_where_another_has_none() -> None:
    said = words(
        made_of(
            "fees: [{operation: cash-out, method: atm, fixed: 1, source: new}]\n"
            "payout:\n  bank-transfer: {has: true}",
            100,
        ),
        "balance",
    )
    assert "Cheapest known price: take it out at a cash machine." in said
    assert "What it costs to transfer it to a bank account is not known" in said


def test_nobody_is_told_to_log_in_where_that_opens_the_account_anew() -> None:
    note = "logging in again reopens the account"
    closing = f"closing: {{how: web, difficulty: medium, note: {note}, source: new}}"
    assert "Do not log in again" in words(made_of(closing), "after")
    assert "Log in once more" in words(made_of("payout:\n  bank-transfer: {has: true}"), "after")


def test_an_unknown_fee_is_said_to_be_unknown_with_its_range() -> None:
    said = words(made_of("payout:\n  bank-transfer: {has: true}", 100), "balance")
    assert "Not known: what any way out costs" in said
    assert (
        "The fee is not known: for 100.00 GBP it is taken for about 3.00 GBP (0.00 to 8.00)" in said
    )
    assert "Cheapest" not in said


def test_without_a_balance_an_example_is_reckoned_and_called_one() -> None:
    text = "fees: [{operation: withdraw, percent: 1, source: new}]"
    said = words(made_of(text), "balance")
    assert "Cheapest known way: move it out" in said
    # 100 dollars at the small catalog's rate.
    assert "For 50.00 GBP, for example, that costs 0.50 GBP" in said
    assert "50.00 GBP above is an example" in said
    assert "--balance AMOUNT" in said


def test_a_currency_without_a_rate_has_an_example_too() -> None:
    assert example_balance("TRY", build.CATALOG) == 100


def test_a_price_in_a_currency_without_a_rate_cannot_be_reckoned() -> None:
    text = "fees: [{operation: withdraw, fixed: 1, currency: TRY, source: new}]"
    assert only(text, 10).fee is None
    assert "cannot be reckoned" in words(made_of(text, 10), "balance")


def test_nothing_is_moved_where_there_is_nothing() -> None:
    said = words(made_of("fees: [{operation: withdraw, fixed: 1, source: new}]", 0), "balance")
    assert said == ("Check that the balance really is zero, and that no payment is on its way")


def test_a_fee_that_takes_all_is_said_to() -> None:
    said = words(made_of("fees: [{operation: withdraw, fixed: 15, source: new}]", 10), "balance")
    assert "The fee would take all of it" in said


def test_a_wallet_without_a_balance_has_none_to_move() -> None:
    said = words(made_of("features:\n  pay-nfc: {has: true}", kind="pass-through"), "balance")
    assert "holds no balance" in said
    assert "Not known: any way" not in said


@pytest.mark.parametrize("kind", ["remittance", "pass-through"])
@pytest.mark.parametrize(
    "text", ["fees: []", "fees: [{operation: withdraw, fixed: 1, source: new}]"]
)
def test_what_mostly_holds_no_balance_is_not_said_to_have_one(kind: str, text: str) -> None:
    made = made_of(text, kind=kind)
    page = " ".join(on_screen(leave_page(made, explain=False)))
    assert "See whether money is left in it" in page
    assert "Move the balance out" not in page
    said = words(made, "balance")
    assert "Look whether there is a balance at all" in said or "holds no balance" in said
    assert "Not known: any way" not in said
    # Who names a balance has one.
    named = " ".join(on_screen(leave_page(made_of(text, 100, kind=kind), explain=False)))
    assert "Move the balance out" in named


def test_where_no_way_is_known_that_is_said() -> None:
    said = words(made_of("features:\n  send: {has: true}", 100), "balance")
    assert "Not known: any way to move a balance out" in said
    assert "send it to somebody you trust: it sends money to people" in said


def test_a_charge_for_an_account_left_unused_is_said_in_short_too() -> None:
    charge = "{operation: inactivity, %s, per: month, after_months: 12, source: new}"

    def page(*charges: str) -> str:
        made = made_of(f"fees: [{', '.join(charge % each for each in charges)}]")
        return " ".join(" ".join(on_screen(leave_page(made, explain=False))).split())

    said = "Fee if you leave it unused instead: 2.00 GBP a month, after 12 months without use"
    assert said in page("fixed: 2")
    assert "unused instead" not in page("fixed: 0")
    assert "unused instead" not in page("fixed: 2, for: unverified")
    # Several are for a case each: all of them would bury how to close.
    assert "unused instead" not in page("fixed: 2, when: a card", "fixed: 3, when: no card")


def test_closing_and_what_it_costs() -> None:
    said = words(
        made_of(
            """
            fees:
              - {operation: closing, fixed: 3}
              - {operation: inactivity, fixed: 2, per: month, after_months: 12}
            closing: {how: written, difficulty: hard, note: by registered letter, source: new}
            links:
              closing: https://example.com/bye
            """
        ),
        "close",
    )
    assert "Close the account in writing. By registered letter" in said
    assert "known to be hard" in said
    assert "https://example.com/bye" in said
    assert "Fee for closing: 3.00 GBP" in said
    assert "2.00 GBP a month, after 12 months without use" in said
    assert "Not known" not in said


def test_what_is_kept_is_said_only_where_a_fact_says_it() -> None:
    kept = "closing: {how: web, note: data is kept for five years, source: new}"
    assert "Data is kept for five years" in words(made_of(kept), "after")
    silent = "closing: {how: web, note: three clicks, source: new}"
    assert "Not known: which of your data it keeps" in words(made_of(silent), "after")


def test_a_regular_charge_is_to_be_ended() -> None:
    said = words(
        made_of(
            """
            plans:
              - {id: free, name: Free}
              - {id: gold, name: Gold}
            fees:
              - {operation: subscription, plan: free, fixed: 0, per: month}
              - {operation: subscription, plan: gold, fixed: 9, per: month}
            """
        ),
        "ties",
    )
    assert "End the plan that you pay for, if any: Gold (9.00 GBP a month)" in said
    assert "Free" not in said


def test_several_plans_and_periods_to_end_are_one_thing_to_do() -> None:
    said = words(
        made_of(
            """
            plans:
              - {id: gold, name: Gold}
              - {id: metal, name: Metal}
            fees:
              - {operation: subscription, plan: gold, fixed: 9, per: month}
              - {operation: subscription, plan: metal, fixed: 15, per: month}
              - {operation: subscription, plan: gold, fixed: 90, per: year, note: If paid yearly.}
            """
        ),
        "ties",
    )
    assert said.count("End the") == 1
    assert "Gold (9.00 GBP a month, 90.00 GBP a year); Metal (15.00 GBP a month)" in said


# Every shipped market.


def test_the_texts_are_for_words_of_the_vocabulary() -> None:
    texts = tomllib.loads((ROOT / "walletpick" / "words" / "checklist.en.toml").read_text())
    assert set(texts["ways"]) <= set(OPERATIONS)
    assert {way for ways in texts["ways"].values() for way in ways} <= {"any", *METHODS}
    claims = {f"{family}:{word}" for family, words in CLAIM_FAMILIES.items() for word in words}
    assert {*BESIDE, *TIED, *LINKED} <= claims
    assert set(texts["beside"]) == set(BESIDE)
    assert (set(texts["tied"]), set(texts["linked"])) == ({*BESIDE, *TIED}, set(LINKED))
    assert {f"difficulty-{word}" for word in DIFFICULTIES} <= set(texts["lines"])


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_every_market_has_a_checklist(wallet: Wallet, country: str) -> None:
    for balance in (None, "1", "500", "1000000"):
        check_checklist(wallet, country, balance)


def check_checklist(wallet: Wallet, country: str, balance: str | None) -> None:
    market = wallet.markets[country]
    amount = None if balance is None else Decimal(balance)
    made = leave_checklist(shipped(), wallet, country, amount, DAY)
    assert [step.id for step in made.steps if step.id != "beside"] == STEPS
    assert all(step.items for step in made.steps)
    shown = page(wallet, country, balance)
    items = [item for step in made.steps for item in step.items]
    items += [made.warning] if made.warning else []
    for item in items:
        for ground in item.grounds:
            assert markdown.escaped(ground.source.url) in shown
            assert markdown.escaped(ground.key) in shown
    for link in (market.links.closing, market.links.privacy):
        assert link is None or link in shown
    for channel in market.support.channels.values():
        for detail in (channel.number, channel.address, channel.hours):
            assert not (channel.has and detail) or markdown.escaped(detail) in shown
    if market.closing and market.closing.how:
        assert CLOSING_WAYS[market.closing.how] in shown
    for operation, name in (("closing", "whether closing"), ("inactivity", "left unused costs")):
        known = any(rule.operation == operation for rule in market.fees)
        assert known != (f"Not known: {name}" in shown or f"account {name}" in shown)
    assert (market.closing is None or not market.closing.difficulty) == (
        "Not known: how hard that is" in shown
    )


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_the_ways_of_every_market_are_in_order(wallet: Wallet, country: str) -> None:
    catalog = shipped()
    for balance in ("1", "500", "1000000"):
        found = routes(wallet, country, Decimal(balance), catalog, DAY)
        order = [(way.forbidden is not None, way.fee is None, not way.known) for way in found]
        assert order == sorted(order)
        easy = [way for way in found if way.known and not way.forbidden and way.months == 1]
        # What holds for everybody stands first, and of that the cheapest.
        fees = [(way.conditional, way.fee.estimate) for way in easy if way.fee]
        assert fees == sorted(fees)
        for way in found:
            assert way.transfers >= way.months or way.fee is None
            if way.fee:
                assert Decimal(0) <= way.fee.low <= way.fee.estimate <= way.fee.high


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_a_use_that_nothing_limits_costs_what_the_engine_says(wallet: Wallet, country: str) -> None:
    """Where no allowance, cap or limit runs over months, a twelfth of the year is the fee."""
    market = wallet.markets[country]
    catalog = shipped()
    long = any(
        (rule.free and rule.free.per in ("year", "lifetime"))
        or (rule.cap and rule.cap.per == "year")
        for rule in market.fees
    )
    if long:
        pytest.skip("an allowance runs over months")
    balance = example_balance(market.currency, catalog)
    for way in routes(wallet, country, balance, catalog, DAY):
        if way.method is None or way.transfers > 1 or way.forbidden or way.fee is None:
            continue
        wanted = settled(
            Needs(
                country=country,
                currency=market.currency,
                use=(build.use(way.operation, balance, method=way.method),),
            ),
            catalog.criteria.settings,
        )
        made = bill(Candidate(wallet, country, market, way.plan), wanted, catalog, DAY)
        if made.impossible:
            continue
        lines = [line for line in made.lines if line.kind in ("fee", "conversion", "tax")]
        total = sum((line.monthly.estimate for line in lines), Decimal(0))
        assert abs(total - way.fee.estimate) < Decimal("1e-9")


def test_the_terminal_shows_boxes_to_tick() -> None:
    made = made_of("payout:\n  bank-transfer: {has: true}", 10)
    shown = terminal.render(leave_page(made), width=80, colour=False, unicode=True)
    assert "\n[ ] Way out: transfer it to a bank account" in shown


def test_markdown_has_boxes_to_tick() -> None:
    wallet = shipped().wallets[0]
    country = next(iter(wallet.markets))
    made = leave_checklist(shipped(), wallet, country, None, DAY)
    shown = page(wallet, country)
    assert re.search(r"^- \[ \] \w", shown, re.MULTILINE)
    tokens = MarkdownIt("commonmark").parse(shown)
    lists = [token for token in tokens if token.type == "bullet_list_open"]
    assert len(lists) == len(made.steps) + 1


# The command.


def test_a_closed_market_is_served() -> None:
    found = run("leave", "twopay@PH", "--balance", "200", catalog=small())
    assert found.exit_code == 0, found.stderr
    assert "no longer runs (since 2026-01)" in found.stdout


@pytest.mark.parametrize("arguments", examples("leave"), ids=" ".join)
def test_the_examples_of_the_help_work(arguments: list[str]) -> None:
    found = run(*arguments)
    assert found.exit_code == 0, found.stderr
    assert found.stdout


@pytest.mark.parametrize("balance", [(), ("--balance", "300"), ("--balance", "0")])
def test_json_is_as_described(balance: tuple[str, ...]) -> None:
    found = run("leave", "twopay@KE", *balance, "--json", catalog=small())
    document = validated(found.stdout, "leave")
    assert document["account"]["country"] == "KE"
    assert [step["id"] for step in document["steps"]] == STEPS
    assert (document["balance"] is None) == (not balance)


def test_json_names_the_cheapest_way_first() -> None:
    document = json.loads(run("leave", "gcash", "--balance", "5000", "--json").stdout)
    first, *others = document["routes"]
    assert first["known"]
    priced = [each for each in others if each["known"] and each["possible"]]
    assert priced
    assert all(
        Decimal(each["fee"]["estimate"]) >= Decimal(first["fee"]["estimate"]) for each in priced
    )
    assert first["prices"][0]["fact"]["source"]["url"].startswith("https://")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["twopay"], "Twopay is in several countries, KE (Kenya), PH (Philippines)"),
        (["twopay@KE", "--country", "PH"], "name two countries"),
        (["twopay", "--country", "Kenia2"], "no country"),
        (["twopai", "--country", "KE"], "did you mean twopay?"),
        (["twopay@KE", "--balance", "lots"], "expected a number"),
        (["twopay@KE", "--balance", "-3"], "must not be less than 0"),
        (["twopay@KE", "--balance", "1e9"], "expected a number"),
        (["twopay@KE", "--balance", "9" * 30], "too large"),
        (["twopay@KE", "--format", "csv"], "csv"),
        (["@"], "no wallet"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], said: str) -> None:
    found = run("leave", *arguments, catalog=small())
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())
    assert not found.stdout


def test_a_catalog_can_hold_any_text() -> None:
    """Notes that look like mark-up stay text."""
    made = made_of("closing: {how: web, note: '[x] done <b> `rm -rf` **bold**', source: new}", 10)
    shown = markdown.render(leave_page(made))
    assert "\\[x\\] done \\<b\\>" in shown


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_one_screen_comes_first(wallet: Wallet, country: str) -> None:
    made = leave_checklist(shipped(), wallet, country, None, DAY)
    shown = on_screen(leave_page(made, explain=False))
    assert len(shown) <= 24
    assert [step.id for step in made.steps][-len(STEPS) :] == STEPS
    for number in range(1, len(made.steps) + 1):
        assert any(line.startswith(f"{number}. ") for line in shown)


def test_everything_is_shown_on_demand() -> None:
    short = run("leave", "twopay@KE", catalog=small()).stdout
    assert "Sources" not in short
    assert "Sources" in run("leave", "twopay@KE", "--explain", catalog=small()).stdout
    assert "## Sources" in run("leave", "twopay@KE", "--format", "markdown", catalog=small()).stdout


@pytest.mark.parametrize("asked", ["twopay", "My Wallet"])
def test_what_the_catalog_does_not_know_has_the_general_steps(asked: str) -> None:
    found = run("leave", asked, "--country", "TV", "--json", catalog=small())
    document = validated(found.stdout, "leave")
    assert [step["id"] for step in document["steps"]] == STEPS
    assert "general advice" in document["warning"]["text"]
    assert document["account"]["currency"] == "AUD"


def test_the_same_input_gives_the_same_page() -> None:
    wallet, country = MARKETS[0]
    assert page(wallet, country, "10") == page(wallet, country, "10")


@pytest.mark.parametrize(
    "account",
    [("My Wallet", "--country", "TV"), ("gcash", "--country", "US"), ("gcash", "--country", "AQ")],
    ids=" ".join,
)
def test_a_balance_where_the_catalog_knows_no_market(account: tuple[str, ...]) -> None:
    left = run("leave", *account, "--balance", "100")
    assert left.exit_code == 0, left.output
    assert "Move the balance out" in left.stdout


STRANDED = """
features:
  savings: {has: true, source: new}
  crypto: {has: true, source: new}
funding:
  payroll: {has: true, source: new}
support:
  channels:
    live-chat: {has: true}
    phone: {has: true, number: "123"}
closing: {how: in-app, note: "Profile, Close; move the balance out first", source: new}
"""


def test_what_can_strand_money_comes_before_the_balance_and_stands_on_the_first_screen() -> None:
    made = made_of(STRANDED, 10)
    assert [step.id for step in made.steps] == ["beside", *STEPS]
    shown = " ".join(" ".join(on_screen(leave_page(made, explain=False))).split())
    assert "Empty savings, sell or move cryptocurrency, send your salary elsewhere" in shown
    # So does the way to where it is closed, and whom to reach, and who is next.
    assert "Close the account in the app. Profile, Close 6." in shown.replace(" 7.", " 6.")
    assert "phone 123; if that fails: walletpick complain testpay" in shown
    assert [step.id for step in made_of("fees: []", 10).steps] == STEPS
    # Pages are read, nobody is asked by them.
    pages = STRANDED.replace("live-chat: {has: true}", "help-centre: {has: true}")
    pages = pages.replace('    phone: {has: true, number: "123"}\n', "")
    shown = " ".join(" ".join(on_screen(leave_page(made_of(pages, 10), explain=False))).split())
    assert "Read the help pages; if that fails: walletpick complain testpay" in shown


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        ("phone: {has: true, number: '123', source: new}", "in writing if you can: .*123"),
        (
            "phone: {has: true, number: '123', source: new}\n"
            "    email: {has: true, address: help@example.com, source: new}",
            "in writing if you can: .*help@example.com",
        ),
        ("phone: {has: false, source: new}", "else ask support in writing to close it"),
    ],
)
def test_where_no_way_to_close_is_known_support_is_asked_as_a_rule(
    channels: str, said: str
) -> None:
    place = build.market(f"support:\n  channels:\n    {channels}")
    made = leave_checklist(build.catalog(place.wallet), place.wallet, "GB", None, build.TODAY)
    told = words(made, "close")
    assert re.search(f"As a rule: look in the settings; .*{said}", told)
    assert not re.search("help@example.com.*123|123.*help@example.com", told)
