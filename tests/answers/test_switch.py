"""`walletpick switch`: stay or go, on small catalogs by hand and over the shipped one by its rules."""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import build
import pytest
from build import TODAY, span, use
from msgspec import structs
from running import shipped, walletpick, warm_cache
from small import examples, validated, write_catalog

from walletpick.answers.leaving import OpenQuestion
from walletpick.answers.switch import (
    CLEAR,
    LEAST_GAIN,
    LEAST_SAVING_PERCENT,
    MONTHS,
    SURE,
    Option,
    Switch,
    Verdict,
    switch,
)
from walletpick.documents.switch import switch_out
from walletpick.facts.model import Catalog, Needs, Wallet
from walletpick.facts.money import NOTHING, Range
from walletpick.pages.switch import switch_page
from walletpick.person.diary import append_entry
from walletpick.person.entry import Entry
from walletpick.render import markdown
from walletpick.render.page import Table
from walletpick.score.experience import experiences
from walletpick.score.ranking import rank
from walletpick.score.verdict import LIKELY
from walletpick.words.common import in_ten
from walletpick.words.switch import (
    leaving_words,
    payback_words,
    ranked_words,
    reason_words,
    unknown_words,
    verdict_words,
)

D = Decimal
HAIR = D("1e-15")

# Cost counts 1 at 0 % and 0 at 10 % of the money moved; the other criteria are one fact each.
RULES = """
settings:
  stale_fees_months: 12
  stale_facts_months: 24
  stale_laws_months: 60
  stale_widening_percent: 20
  evidence_percent: 33
  incident_half_life_months: 24
  incident_weights: {breach: 1}
  experience: {most_percent: 10, half_at_weight: 3, half_life_months: 12, reason: r}
  default_weights: {cost: 5, coverage: 0, security: 5, protection: 0, support: 0, ease: 0, trust: 0, exit: 0}
criteria:
  cost:
    about: a
    parts: [{id: share-of-money, points: 1, title: t, measure: cost-percent, curve: [{at: 0, value: 1}, {at: 10, value: 0}], reason: r}]
  coverage:
    about: a
    parts: [{id: operations, points: 1, title: t, needs: usages, reason: r}]
  security:
    about: a
    parts:
      - id: log-in
        points: 10
        title: t
        all_of: [{fact: "security:passkey", value: 0.5}, {fact: "security:app-pin", value: 0.25}, {fact: "security:encryption", value: 0.25}]
        reason: r
""" + "".join(
    f"  {name}:\n    about: a\n    parts: [{{id: one, points: 1, title: t, best_of: [{{fact: licence, value: 1}}], reason: r}}]\n"
    for name in ("protection", "support", "ease", "trust", "exit")
)

# Paying 1,000 a month: 2 % is 240 a year, 1 % is 120.
PAYING = Needs(country="GB", use=(use("pay", 1000),))
ALL_SAFE = "security:\n  passkey: {has: true}\n  app-pin: {has: true}\n  encryption: {has: true}\n"
HALF_SAFE = (
    "security:\n  passkey: {has: true}\n  app-pin: {has: false}\n  encryption: {has: false}\n"
)
UNSAFE = "security:\n  passkey: {has: false}\n  app-pin: {has: false}\n  encryption: {has: false}\n"
PAYS = "features:\n  pay-nfc: {has: true}\n"


def wallet(
    id: str, fees: list[str], *more: str, kind: str = "stored-value", country: str = "GB"
) -> Wallet:
    """Return a wallet of one market: its fee rules, each the inside of braces, and further keys."""
    lines = ["fees:", *(f"  - {{{fee}}}" for fee in fees)] if fees else []
    text = "\n".join([*lines, *(block.strip("\n") for block in more)])
    return build.market(text, id=id, kind=kind, country=country).wallet


# One in ten of the locks that nobody writes of is there.
RARE = build.AVERAGES.replace(
    "claims: {}",
    "claims: {security:passkey: {yes: 0.1, no: 0.9}, security:app-pin: {yes: 0.1, no: 0.9}}",
)


def catalog(*wallets: Wallet, averages: str = build.AVERAGES) -> Catalog:
    return build.catalog(*wallets, criteria=RULES, averages=averages)


def judged(
    here: Wallet,
    *others: Wallet,
    needs: Needs = PAYING,
    balance: int | None = None,
    averages: str = build.AVERAGES,
    **more: Any,
) -> Switch:
    """Return the result for somebody who has `here`, with `others` to go to."""
    if to := more.pop("to", None):
        more["target"] = (to, next(iter(to.markets)))
    return switch(
        catalog(here, *others, averages=averages),
        (here, next(iter(here.markets))),
        needs,
        TODAY,
        balance=D(balance) if balance is not None else None,
        **more,
    )


def only(found: Switch) -> Option:
    (option,) = found.options
    return option


def table_of(found: Switch) -> dict[str, str]:
    """Return the row of the only option, by the titles of the columns."""
    (table,) = [block for block in switch_page(found, 0, True).blocks if isinstance(block, Table)]
    titles = [column.title for column in table.columns]
    return dict(zip(titles, (cell.text for cell in table.rows[1]), strict=True))


DEAR = wallet("dearpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS)
CHEAP = wallet("cheappay", ["operation: pay, percent: 1"], HALF_SAFE, PAYS)


# What it costs, by hand.


def test_what_is_paid_now_and_elsewhere_in_a_year() -> None:
    found = judged(DEAR, CHEAP)
    assert found.now.total == span(240)
    assert only(found).there.total == span(120)
    assert only(found).saving == span(120)
    assert found.currency == "GBP"


def test_the_change_pays_for_itself() -> None:
    # Withdrawing 500 at 1 % is 5, closing 1, joining 30: 36 in all; 120 a year are 10 a month.
    here = wallet(
        "dearpay",
        [
            "operation: pay, percent: 2",
            "operation: withdraw, percent: 1",
            "operation: closing, fixed: 1",
        ],
        HALF_SAFE,
        PAYS,
    )
    there = wallet(
        "cheappay",
        ["operation: pay, percent: 1", "operation: subscription, fixed: 30"],
        HALF_SAFE,
        PAYS,
    )
    found = judged(here, there, balance=500)
    option = only(found)
    assert found.leaving.withdrawal == span(5)
    assert found.leaving.closing.fee == span(1)
    assert option.once.total == span(30)
    assert option.upfront.total == span(36)
    assert option.upfront.complete
    assert (option.payback.months, option.payback.latest) == (4, 4)
    assert payback_words(option) == (
        "A year costs 120.00 GBP less; changing costs 36.00 GBP once, which is back after 4 months."
    )


@pytest.mark.parametrize(
    ("closing", "balance", "sums", "words"),
    [
        ("fixed: 0", 0, ("0.00 GBP", "at once"), "changing costs nothing."),
        (
            None,
            0,
            ("?", "?"),
            "changing costs only what closing Dearpay takes, which is not known.",
        ),
        ("price: unknown", 0, ("?", "?"), "only what closing Dearpay takes, which is not known."),
        ("fixed: 0", None, ("?", "?"), "changing costs only what moving the balance takes."),
        (
            None,
            None,
            ("?", "?"),
            "moving the balance and closing Dearpay take, which is not known.",
        ),
        # Moving 500 out at 1 % is 5.
        (
            "fixed: 1",
            500,
            ("6.00 GBP", "after 2 months"),
            "6.00 GBP once, which is back after 2 months.",
        ),
        (
            None,
            500,
            ("5.00 GBP + ?", "after 2 months + ?"),
            "back after 2 months (without what closing Dearpay takes, which is not known).",
        ),
    ],
)
def test_what_is_not_known_of_leaving_is_not_free(
    closing: str | None, balance: int | None, sums: tuple[str, str], words: str
) -> None:
    fees = ["operation: pay, percent: 2", "operation: withdraw, percent: 1"]
    fees += [f"operation: closing, {closing}"] if closing else []
    # 0.35 % of 12,000 less a year, which is 42, and no 2 points.
    there = wallet("cheappay", ["operation: pay, percent: 1.65"], HALF_SAFE, PAYS)
    found = judged(wallet("dearpay", fees, HALF_SAFE, PAYS), there, balance=balance)
    option = only(found)
    assert found.verdict.why == "pays-back"
    assert payback_words(option).endswith(words)
    assert ("costs nothing" in reason_words(found)) == (words == "changing costs nothing.")
    assert ("not known" in reason_words(found)) == ("not known" in words)
    assert option.upfront.complete is (found.leaving.without == ()) is ("?" not in "".join(sums))
    columns = table_of(found)
    assert (columns["Once"], columns["Paid for itself"]) == sums
    out = switch_out(found, catalog(), TODAY, 0).options[0]
    assert out.upfront.complete is option.upfront.complete


@pytest.mark.parametrize(
    ("price", "free"),
    [
        ("percent: 0", True),
        ("fixed: 1", False),
        ("bands: [{up_to: 500, fixed: 0}, {fixed: 5}]", False),
    ],
)
def test_a_way_out_that_is_free_for_any_balance_needs_none_named(price: str, free: bool) -> None:
    fees = ["operation: pay, percent: 2", f"operation: withdraw, {price}"]
    there = wallet("cheappay", ["operation: pay, percent: 1"], HALF_SAFE, PAYS)
    found = judged(wallet("dearpay", fees, HALF_SAFE, PAYS), there)
    assert ("moving the balance" in payback_words(only(found))) is not free
    assert any("that costs nothing" in words for words in leaving_words(found)) is free


def test_without_a_use_nothing_is_priced() -> None:
    found = judged(DEAR, CHEAP, needs=Needs(country="GB"), balance=0)
    assert set(table_of(found)) == {"Wallet", "Score", "Range"}
    shown = markdown.render(switch_page(found, 0, True))
    assert "0.00" not in shown
    assert "A year costs" not in shown
    # Nor is anything advised: they are listed, and what it hangs on is asked for.
    assert (found.verdict.word, only(found).verdict.word) == ("not-asked", "not-asked")
    assert "No answer yet. Which of them fits you hangs on what you do with money" in shown
    assert "Go to" not in shown
    document = switch_out(found, catalog(), TODAY, 0)
    assert document.verdict.to is None
    (option,) = document.options
    assert not document.from_.yearly_cost.complete
    assert not option.saving.complete
    assert option.payback.cannot_say == ("what you do with Dearpay",)


def test_a_range_is_said_to_be_about_so_much() -> None:
    # An old price is 2 %, 20 % more or less; 1 % of 12,000 is 120.
    old = wallet("dearpay", ["operation: pay, percent: 2, source: old"], HALF_SAFE, PAYS)
    found = judged(old, CHEAP, balance=0)
    columns = table_of(found)
    assert columns["Saves a year"].startswith("about 120.00 GBP (72.00 to ")
    assert payback_words(only(found)).startswith("A year costs about 120.00 GBP (72.00 to ")
    back = judged(CHEAP, old, balance=0)
    assert table_of(back)["A year"].startswith("about 240.00 GBP (192.00 to ")
    assert "a year costs about 120.00 GBP (72.00 to " in payback_words(only(back))


def test_what_the_wallet_took_once_is_paid_already() -> None:
    joined = wallet(
        "dearpay",
        ["operation: pay, percent: 2", "operation: subscription, fixed: 30"],
        HALF_SAFE,
        PAYS,
    )
    found = judged(joined, CHEAP)
    assert found.now.total == span(240)
    assert found.current.bill.yearly == span(270)


def test_a_change_that_costs_more_never_pays() -> None:
    option = only(judged(CHEAP, DEAR))
    assert option.saving == span(-120)
    assert (option.payback.months, option.payback.latest) == (None, None)
    assert payback_words(option) == (
        "It never pays for itself: a year costs 120.00 GBP more, and changing costs only what moving"
        " the balance and closing Cheappay take, which is not known."
    )


def test_a_change_that_may_save_is_not_said_never_to_pay() -> None:
    # 0.5 to 2.5 %, taken at its middle: from 60 less to 180 more than the 1 % of now.
    there = wallet("maybepay", ["operation: pay, percent: 0.5, percent_max: 2.5"], HALF_SAFE, PAYS)
    found = judged(CHEAP, there)
    assert only(found).saving == span(-180, -60, 60)
    words = payback_words(only(found))
    assert "never" not in words
    assert words.startswith("By the middle estimate it does not pay for itself: a year costs about")
    assert words.endswith(
        " A year may cost up to 60.00 GBP less or up to 180.00 GBP more: what is not known decides."
    )
    assert table_of(found)["Paid for itself"] == "perhaps never"
    assert table_of(judged(CHEAP, DEAR))["Paid for itself"] == "never"


def test_the_worst_case_of_a_change() -> None:
    # 0.5 to 1.5 %, taken at its middle: it saves 60 to 180 a year; joining costs 40.
    there = wallet(
        "cheappay",
        ["operation: pay, percent: 0.5, percent_max: 1.5", "operation: subscription, fixed: 40"],
        HALF_SAFE,
        PAYS,
    )
    option = only(judged(DEAR, there))
    assert option.saving == span(60, 120, 180)
    assert (option.payback.months, option.payback.latest) == (4, 8)


def test_an_unknown_fee_leaves_the_payback_unsaid() -> None:
    there = wallet("cheappay", ["operation: pay, price: unknown"], HALF_SAFE, PAYS)
    option = only(judged(DEAR, there))
    (question,) = option.payback.unknown
    assert (question.kind, question.wallet) == ("charges", "Cheappay")
    assert question.lines == option.place.bill.lines
    assert (option.payback.months, option.payback.latest) == (None, None)
    assert payback_words(option) == (
        "When it would have paid for itself cannot be said:"
        " the fee to pay in shops and online (Cheappay) is not known."
    )
    assert list(unknown_words(judged(DEAR, there), [option])) == [
        "Cheappay, not known: how much the fee to pay in shops and online is;"
        " taken for 360.00 GBP a year, up to 960.00 GBP."
    ]


@pytest.mark.parametrize(
    ("here", "joining", "within", "told"),
    [
        # 1 % of 2,000 is known, 240 a year, and the other takes 0.5 %, 150 of 2,500.
        ("2", 0, 0, "at once"),
        ("2", 30, 4, "within 4 months at most"),
        ("2", 7, 1, "within 1 month at most"),
        # What is known is no more than the other takes: nobody can say.
        ("1.25", 30, None, ""),
        ("1", 30, None, ""),
    ],
)
def test_what_is_known_of_a_wallet_may_say_when_leaving_it_pays(
    here: str, joining: int, within: int | None, told: str
) -> None:
    needs = Needs(country="GB", use=(use("pay", 1000), use("send", 500)))
    fees = [f"operation: pay, percent: {here}", "operation: send, price: unknown"]
    there = ["operation: pay, percent: 0.5", "operation: send, percent: 1.5"]
    fees.append("operation: withdraw, percent: 0")
    fees.append("operation: closing, fixed: 0")
    there.append(f"operation: subscription, fixed: {joining}")
    dear = wallet("dearpay", fees, HALF_SAFE, PAYS)
    cheap = wallet("cheappay", there, HALF_SAFE, PAYS)
    option = only(judged(dear, cheap, needs=needs, balance=100))
    assert (option.payback.months, option.payback.latest) == (None, None)
    assert option.payback.unknown
    assert option.payback.within == within
    words = payback_words(option)
    if within is None:
        assert words.startswith("When it would have paid for itself cannot be said: ")
        return
    assert words == (
        "A year with Dearpay costs 240.00 GBP or more, by what is known, and with Cheappay"
        f" 150.00 GBP: the change pays for itself {told}."
    )
    row = table_of(judged(dear, cheap, needs=needs, balance=100))
    assert row["Paid for itself"] == told.removesuffix(" at most")
    assert row["Saves a year"] == "90.00 GBP or more"
    # Where it is of the other that something is not known, its known part says nothing.
    back = only(judged(cheap, dear, needs=needs, balance=100))
    assert back.payback.within is None


def test_that_cash_is_had_and_where_is_told_once() -> None:
    cash = "features:\n  cash-out: {{has: {0}}}\npayout:\n  cash-atm: {{has: {0}}}\n"
    none = wallet("nopay", ["operation: pay, percent: 2"], cash.format("false"))
    some = wallet("cashpay", ["operation: pay, percent: 1"], cash.format("true"))
    needs = Needs(country="GB", use=(use("pay", 1000),))
    pages = (
        switch_page(judged(*pair, needs=needs), 0, False) for pair in ((none, some), (some, none))
    )
    going, coming = (" ".join(markdown.render(page).split()) for page in pages)
    assert "pays out cash at machines" in going
    assert "gives cash" not in going
    assert "does not give cash" in coming
    assert "at machines" not in coming


def test_what_protects_the_money_and_may_be_lost_is_always_told() -> None:
    cover = "protection:\n  - {kind: purchase-protection}\n"
    here = wallet("dearpay", ["operation: pay, percent: 2", "operation: send, percent: 2"], cover)
    there = wallet("cheappay", ["operation: pay, percent: 1", "operation: send, percent: 1"])
    told = "Not known of Cheappay, and Dearpay does: refunds purchases that go wrong."
    shown = markdown.render(switch_page(judged(here, there), 0, False))
    assert told in shown
    # Who buys nothing loses nothing by it.
    needs = Needs(country="GB", use=(use("send", 1000),))
    shown = markdown.render(switch_page(judged(here, there, needs=needs), 0, False))
    assert "refunds purchases" not in shown


def test_what_the_other_does_in_one_case_only_is_told_with_it() -> None:
    always = (
        "features:\n  pay-nfc: {has: true}\n  receive-abroad: {has: true}\n  crypto: {has: true}\n"
    )
    here = wallet("dearpay", ["operation: pay, percent: 2"], always)
    partly = "features:\n  pay-nfc: {has: true}\n  receive-abroad: {has: true, when: in dollars}\n"
    there = wallet("cheappay", ["operation: pay, percent: 1"], partly)
    for found in (judged(here, there), judged(there, here)):
        shown = markdown.render(switch_page(found, 0, True))
        assert "Not known of Cheappay, and Dearpay does: trades cryptocurrency." in shown
        assert (
            "In some cases Cheappay does what Dearpay does: receives money from abroad"
            " (only when: in dollars)." in shown
        )


def test_several_unknown_charges_are_counted() -> None:
    here = wallet("dearpay", ["operation: pay-abroad, percent: 1"], HALF_SAFE)
    there = wallet("cheappay", ["operation: pay-abroad, price: unknown"], HALF_SAFE)
    abroad = Needs(country="GB", use=(use("pay-abroad", 100, country="US"),))
    priced = wallet("dearpay", ["operation: pay-abroad, percent: 1, fx_markup: 1"], HALF_SAFE)
    said = payback_words(only(judged(priced, there, needs=abroad)))
    assert said.endswith(" be said: 2 of the charges of Cheappay are not known.")
    said = payback_words(only(judged(here, priced, needs=abroad)))
    assert said.endswith("in another country or currency (United States) (Dearpay) is not known.")


def test_money_is_held_against_each_other_in_one_currency() -> None:
    # 1 % of 1,600 euros a month, which are 1,000 pounds.
    there = wallet("europay", ["operation: pay, percent: 1"], HALF_SAFE, PAYS, country="DE")
    found = judged(DEAR, there, to=there)
    assert found.currency == "GBP"
    assert only(found).there.total == span(120)
    assert only(found).place.bill.currency == "EUR"


# Leaving.


def test_the_cheapest_known_way_out() -> None:
    fees = [
        "operation: pay, percent: 2",
        "operation: withdraw, method: instant, percent: 2",
        "operation: withdraw, method: standard, fixed: 3",
        "operation: cash-out, method: atm, price: unknown",
    ]
    found = judged(wallet("dearpay", fees, HALF_SAFE, PAYS), CHEAP, balance=500)
    assert found.leaving.route is not None
    assert found.leaving.route.method == "standard"
    assert found.leaving.withdrawal == span(3)
    assert leaving_words(found)[0] == (
        "Your 500.00 GBP: Move it out by standard transfer; that costs 3.00 GBP."
    )


def test_without_a_bank_account_money_does_not_leave_by_bank() -> None:
    fees = [
        "operation: pay, percent: 2",
        "operation: withdraw, method: bank-transfer, fixed: 1",
        "operation: cash-out, method: agent, fixed: 4",
    ]
    here = wallet("dearpay", fees, HALF_SAFE, PAYS)
    assert judged(here, CHEAP, balance=500).leaving.withdrawal == span(1)
    unbanked = Needs(country="GB", use=PAYING.use, person=("unbanked",))
    assert judged(here, CHEAP, needs=unbanked, balance=500).leaving.withdrawal == span(4)


def test_no_known_way_out_is_said() -> None:
    found = judged(DEAR, CHEAP, balance=500)
    assert found.leaving.withdrawal is None
    assert only(found).payback.unknown == (OpenQuestion(kind="way-out", wallet="Dearpay"),)
    assert "what it costs to move the balance out of Dearpay is not" in payback_words(only(found))
    assert leaving_words(found)[0] == "Your 500.00 GBP: no way to move it out is known."


def test_a_way_out_whose_price_nobody_publishes() -> None:
    here = wallet(
        "dearpay",
        ["operation: pay, percent: 2"],
        HALF_SAFE,
        PAYS,
        "payout:\n  bank-transfer: {has: true}\n",
    )
    found = judged(here, CHEAP, balance=500)
    # 3 %, at most 8.
    assert found.leaving.withdrawal == span(0, 15, 40)
    assert not found.leaving.known
    assert only(found).payback.unknown == (OpenQuestion(kind="way-out", wallet="Dearpay"),)
    assert "taken to cost (nobody publishes it)" in leaving_words(found)[0]


@pytest.mark.parametrize(
    ("balance", "kind", "words"),
    [
        (None, "stored-value", "Moving your balance out is not in it: --balance AMOUNT (in GBP)"),
        (0, "stored-value", "There is no balance to move out."),
        (None, "pass-through", "Dearpay passes payments on to a card or bank account"),
        (500, "pass-through", "so nothing is known of moving 500.00 GBP out"),
    ],
)
def test_a_balance_that_is_not_there(balance: int | None, kind: str, words: str) -> None:
    here = wallet("dearpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS, kind=kind)
    assert words in leaving_words(judged(here, CHEAP, balance=balance))[0]


def test_of_what_only_sends_abroad_there_is_nothing_to_leave() -> None:
    here = wallet("dearpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS, kind="remittance")
    found = judged(here, CHEAP)
    assert found.leaving.without == ()
    assert leaving_words(found) == [
        "Dearpay sends money abroad.",
        "There is nothing to leave: the next transfer goes with the other.",
    ]


@pytest.mark.parametrize(
    ("fees", "balance", "fee", "words"),
    [
        ([], None, None, "no charge for it is known, but nobody says that it is free"),
        (["fixed: 0"], None, span(0), "Closing the account: free."),
        (["fixed: 7"], None, span(7), "Closing the account: 7.00 GBP."),
        # 1 % of 500, at least 11.
        (["percent: 1, min: 11"], 500, span(11), "11.00 GBP."),
        (["percent: 4"], 500, span(20), "20.00 GBP."),
        (["percent: 4"], None, None, "4 %; not in the sums."),
        (["fixed: 0", "fixed: 9, when: within 90 days"], None, span(0, 0, 9), "up to 9.00 GBP"),
        (["fixed: 2, currency: USD"], None, span(1), "1.00 GBP."),
        (["price: unknown"], None, None, "an unknown charge; not in the sums."),
    ],
)
def test_closing_fees(fees: list[str], balance: int | None, fee: Range | None, words: str) -> None:
    rules = ["operation: pay, percent: 2", "operation: withdraw, fixed: 0"]
    rules += [f"operation: closing, {each}" for each in fees]
    found = judged(wallet("dearpay", rules, HALF_SAFE, PAYS), CHEAP, balance=balance)
    assert found.leaving.closing.fee == fee
    assert words in leaving_words(found)[-1]


# Features and points.


def test_what_is_gained_and_lost_is_known_on_both_sides() -> None:
    here = wallet(
        "dearpay",
        ["operation: pay, percent: 2"],
        "features:\n  pay-nfc: {has: true}\n  send: {has: true}\n  crypto: {has: false}\n  cashback: {has: true}\n",
    )
    there = wallet(
        "cheappay",
        ["operation: pay, percent: 1"],
        "features:\n  pay-nfc: {has: true}\n  send: {has: false}\n  crypto: {has: true}\n  transit: {has: true}\n  donations: {has: false}\n",
    )
    option = only(judged(here, there, to=there))
    assert [each.key for each in option.gained] == ["features:crypto"]
    assert [each.key for each in option.lost] == ["features:send"]
    unsure = {each.key: (each.now.value, each.there.value) for each in option.unsure}
    assert unsure == {"features:cashback": (True, None), "features:transit": (None, True)}


def test_points_by_criterion() -> None:
    # Cost: 2 % is 0.8, 1 % is 0.9, half of the weight each: 40 and 45. Security: 0.5 and 1.
    there = wallet("cheappay", ["operation: pay, percent: 1"], ALL_SAFE, PAYS)
    found = judged(DEAR, there)
    assert found.current.score == span(65)
    assert only(found).place.score == span(95)
    assert {each.criterion: each.gain for each in only(found).points} == {"cost": 5, "security": 25}
    assert only(found).gain == 30


# The verdict, rule by rule.


def test_clearly_better() -> None:
    there = wallet("cheappay", ["operation: pay, percent: 1"], ALL_SAFE, PAYS)
    found = judged(DEAR, there)
    assert (found.verdict.word, found.verdict.why) == ("go", "likely-better")
    assert verdict_words(found) == "Go to Cheappay."
    assert reason_words(found) == (
        "Cheappay scores 30.0 points more (95.0 against 65.0); in over 9 of 10 cases it is better by"
        " more than the trouble of changing."
    )


def test_better_in_most_cases() -> None:
    # There: 45 for cost, of security half is known: 25 to 37.5 of 50. Here: 40 and 0 to 12.5.
    there = wallet(
        "cheappay",
        ["operation: pay, percent: 1"],
        "security:\n  passkey: {has: true}\n  app-pin: {has: false}\n",
        PAYS,
    )
    here = wallet(
        "dearpay",
        ["operation: pay, percent: 2"],
        "security:\n  passkey: {has: false}\n  app-pin: {has: false}\n",
        PAYS,
    )
    found = judged(here, there)
    assert found.current.score == span(40, 40, D("52.5"))
    assert only(found).place.score == span(70, 70, D("82.5"))
    assert found.verdict.why == "likely-better"


def test_nobody_is_sent_where_the_main_price_is_not_known() -> None:
    here = wallet("dearpay", ["operation: pay, price: unknown"], HALF_SAFE, PAYS)
    there = wallet("vaguepay", ["operation: pay, price: unknown"], ALL_SAFE, PAYS)
    option = only(judged(here, there))
    chance = option.chance
    assert LIKELY <= chance < SURE
    assert (option.verdict.word, option.verdict.why) == ("too-close", "price-unknown")
    assert "what it would charge you is not known" in reason_words(judged(here, there))


def test_why_points_are_others_in_the_ranking_is_told_without_a_second_figure() -> None:
    guessed = wallet("vaguepay", ["operation: pay, price: unknown"], HALF_SAFE, PAYS)
    for to in ({}, {"to": guessed}):
        found = judged(DEAR, guessed, **to)
        places = {
            each.wallet.id: each for each in rank(catalog(DEAR, guessed), PAYING, TODAY).places
        }
        assert {wallet_id: points for (wallet_id, _), points in found.ranked.items()} == {
            wallet_id: place.score.estimate for wallet_id, place in places.items()
        }
        there = f"{places['vaguepay'].score.estimate:.1f}"
        assert there != f"{only(found).place.score.estimate:.1f}"
        words = (
            "walletpick rank counts a fee that is not known as rather dear, so Vaguepay has other"
            " points there."
        )
        assert ranked_words(found, found.options) == words
        # One figure for one wallet on a page, but for the ends of its range.
        page = str(switch_page(found, 0, False))
        assert words in page
        assert f"{only(found).place.score.estimate:.1f}" in page
        assert not re.search(rf"(?<![\d.]){re.escape(there)}(?!\d| to)", page)
    # Where all is known they are the same.
    found = judged(DEAR, CHEAP)
    assert ranked_words(found, found.options) == ""


# Nothing is known of the locks of the one; the other has one of them.
ONE_LOCK = "security:\n  passkey: {has: false}\n  app-pin: {has: true}\n  encryption: {has: true}\n"


def silent_against(percent: int, usual: str) -> Switch:
    """Return the result where little is known here, and `usual` is how often there is a lock."""
    here = wallet("dearpay", ["operation: pay, percent: 2"], PAYS)
    there = wallet("cheappay", [f"operation: pay, percent: {percent}"], ONE_LOCK, PAYS)
    return judged(here, there, averages=RARE.replace("yes: 0.1", f"yes: {usual}"))


def test_a_lead_by_silence_is_gone_by_where_the_chance_is_clear() -> None:
    found = silent_against(3, "0.2")
    assert CLEAR <= only(found).chance < SURE
    assert 2 * only(found).ignorance.points > only(found).gain
    assert (found.verdict.word, found.verdict.why) == ("go", "known-of-one")
    assert verdict_words(found) == "Go to Cheappay."
    words = reason_words(found)
    assert "in 8 of 10 cases it is better by more than the trouble of changing." in words
    # The caution stands beside it, with what to ask first; both are confirmed to do what is asked.
    assert "But most of the lead is there only because less is known of Dearpay." in words
    assert "Before you go, find that out: whether it logs in with a passkey" in words
    assert "not confirmed" not in words


def test_nobody_is_sent_away_by_what_is_not_known() -> None:
    found = silent_against(3, "0.3")
    assert LIKELY <= only(found).chance < CLEAR
    assert (found.verdict.word, found.verdict.why) == ("too-close", "known-of-one")
    assert verdict_words(found) == "Do not go yet."
    assert (
        "less is known of Dearpay. Find that out first: whether it logs in with a passkey,"
        in reason_words(found)
    )
    # How many use it stands on no page.
    assert found.best
    of_users = structs.replace(found.best.ignorance, keys=("features:widely-used", "licence"))
    told = structs.replace(found, best=structs.replace(found.best, ignorance=of_users))
    assert "Find that out first: whether it is run by a licensed operator." in reason_words(told)
    of_users = structs.replace(of_users, keys=("features:widely-used",))
    told = structs.replace(found, best=structs.replace(found.best, ignorance=of_users))
    assert reason_words(told).endswith("whom you pay, or who pay you, whether they have it.")


@pytest.mark.parametrize(("usual", "word"), [("0.95", "go"), ("0.5", "too-close")])
def test_a_lead_by_what_is_usual_there_must_be_as_good_as_sure(usual: str, word: str) -> None:
    averages = RARE.replace("yes: 0.1, no: 0.9", f"yes: {usual}, no: 0.05")
    here = wallet("dearpay", ["operation: pay, percent: 2"], UNSAFE, PAYS)
    there = wallet("vaguepay", ["operation: pay, percent: 3"], PAYS)
    found = judged(here, there, averages=averages)
    assert only(found).chance >= LIKELY
    assert (only(found).chance >= SURE) is (word == "go")
    assert (found.verdict.word, found.verdict.why) == (word, "known-of-one")
    asks = "Before you go, find that out" if word == "go" else "Find that out first"
    assert f"less is known of Vaguepay. {asks}" in reason_words(found)


# Only the others are known to trade it.
CRYPTO = structs.replace(PAYING, must=("crypto",))
TRADES = "features:\n  pay-nfc: {has: true}\n  crypto: {has: true}\n"
UNPRICED = wallet("dearpay", ["operation: pay, price: unknown"], HALF_SAFE, PAYS)


def test_who_is_not_confirmed_to_do_what_is_asked_is_left_for_who_is() -> None:
    there = wallet("cheappay", ["operation: pay, percent: 1"], HALF_SAFE, TRADES)
    # Without the need both are confirmed, and the same chance is not enough.
    assert judged(UNPRICED, there).verdict.word == "too-close"
    found = judged(UNPRICED, there, needs=CRYPTO)
    assert found.current.doubt > only(found).place.doubt
    assert LIKELY <= only(found).chance < CLEAR
    assert (found.verdict.word, found.verdict.why) == ("go", "known-of-one")
    assert "Dearpay is not confirmed to do what you ask, and Cheappay is." in reason_words(found)


def test_where_its_price_is_not_known_that_is_to_be_found_out_first() -> None:
    there = wallet("vaguepay", ["operation: pay, price: unknown"], ALL_SAFE, TRADES)
    found = judged(UNPRICED, there, needs=CRYPTO)
    assert LIKELY <= only(found).chance < SURE
    assert (found.verdict.word, found.verdict.why) == ("go", "price-unknown")
    assert verdict_words(found) == ("Go to Vaguepay, once you have found out what it charges you.")
    assert reason_words(found).endswith(
        "find that out first. Dearpay is not confirmed to do what you ask, and Vaguepay is."
    )


def test_why_one_with_more_points_is_passed_over_stands_in_the_first_sentences() -> None:
    there = wallet("cheappay", ["operation: pay, percent: 1"], ALL_SAFE, TRADES)
    vague = wallet("vaguepay", ["operation: pay, percent: 0"], ALL_SAFE, PAYS)
    here = wallet("dearpay", ["operation: pay, percent: 9"], TRADES)
    found = judged(here, there, vague, needs=CRYPTO)
    assert found.best
    assert found.best.place.wallet.id == "cheappay"
    most = max(found.options, key=lambda each: each.place.score.estimate)
    assert most.place.wallet.id == "vaguepay"
    assert reason_words(found).endswith("not confirmed: that it trades cryptocurrency.")
    # So does why the first of the table is, where that is another one.
    other = wallet("firstpay", ["operation: pay, percent: 1"], ALL_SAFE, TRADES)
    found = judged(here, there, vague, other, needs=CRYPTO)
    assert found.best
    by_id = {each.place.wallet.id: each for each in found.options}
    likely = by_id.pop("firstpay" if found.best is by_id["cheappay"] else "cheappay")
    score = likely.place.score + Range.exactly(D("0.5"))
    first = structs.replace(
        likely,
        verdict=Verdict(word="too-close", why="known-of-one"),
        place=structs.replace(likely.place, score=score),
    )
    words = reason_words(structs.replace(found, options=(first, *by_id.values())))
    name = first.place.wallet.id.capitalize()
    assert re.search(
        rf"{name} scores more \([\d.]+\), but mostly because more is known of one of the two\. ",
        words,
    )
    assert "Vaguepay scores more" in words


def test_what_may_not_run_is_left_for_what_runs() -> None:
    gone = "status: {state: unconfirmed, source: new}\n"
    here = wallet("gonepay", ["operation: pay, percent: 1"], ALL_SAFE, PAYS, gone)
    there = wallet("dearpay", ["operation: pay, percent: 2"], PAYS)
    found = judged(here, there)
    assert only(found).gain < 0
    assert (found.verdict.word, found.verdict.why) == ("go", "must-leave")
    assert reason_words(found).startswith("Of what fits, Dearpay scores ")


def test_of_many_to_stay_from_the_nearest_is_told() -> None:
    here = wallet("dearpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS)
    worse = wallet("apay", ["operation: pay, percent: 4"], HALF_SAFE, PAYS)
    near = wallet("bpay", ["operation: pay, percent: 1.98"], HALF_SAFE, PAYS)
    found = judged(here, worse, near)
    assert (found.verdict.word, found.verdict.why) == ("stay", "small-gain")
    assert found.best
    assert found.best.place.wallet.id == "bpay"


def test_nobody_is_sent_to_what_may_not_run() -> None:
    gone = "status: {state: unconfirmed, source: new}\n"
    there = wallet("gonepay", ["operation: pay, percent: 1"], ALL_SAFE, PAYS, gone)
    here = wallet("dearpay", ["operation: pay, percent: 2"])
    found = judged(here, there)
    assert (only(found).verdict.word, only(found).verdict.why) == ("stay", "not-confirmed")
    assert "still runs" in reason_words(found)


def test_what_is_not_known_of_both_makes_them_level() -> None:
    # Here 40 + 0 to 50, there 45 + 0 to 50: 5 ahead, and at worst 45 behind. The same is paid.
    here = wallet("dearpay", ["operation: pay, percent: 2"], PAYS)
    dear = ["operation: pay, percent: 1", "operation: subscription, fixed: 500"]
    there = wallet("cheappay", dear, "security:\n  app-pin: {has: true}\n", PAYS)
    found = judged(here, there)
    assert found.current.score == span(40, 40, 90)
    # 620 of 12,000 are 5.17 %; 12.5 for the PIN, up to 50.
    assert round(only(found).place.score.estimate, 2) == D("36.67")
    assert found.verdict.word == "stay"
    # There may be a passkey, and here there is none.
    here = wallet(
        "dearpay", ["operation: pay, percent: 2"], "security:\n  passkey: {has: false}\n", PAYS
    )
    there = wallet("cheappay", ["operation: pay, percent: 2"], PAYS)
    found = judged(here, there, averages=RARE)
    assert only(found).gain > LEAST_GAIN
    assert D("0.4") < only(found).chance < D("0.6")
    assert (found.verdict.word, found.verdict.why) == ("too-close", "level")
    assert verdict_words(found) == "Too close to call: Dearpay or Cheappay."
    assert reason_words(found) == (
        "Cheappay is ahead by 2.5 points (43.8 against 41.2), but in only 5 of 10 cases better by"
        " more than the trouble of changing; the rest is not known well enough."
    )


def test_a_saving_that_pays_back_within_a_year() -> None:
    # A gain of 5 points of 50 with 50 open: the ranges overlap, but the saving is known.
    here = wallet("dearpay", ["operation: pay, percent: 2"], PAYS)
    fees = ["operation: pay, percent: 1", "operation: subscription, fixed: {}"]
    there = [wallet("cheappay", [fees[0], fees[1].format(fee)], PAYS) for fee in (80, 100)]
    found = judged(here, there[0])
    # 120 saved a year, 80 paid: 40 ahead, and 30 is the least (0.25 % of 12,000).
    assert only(found).payback.latest == 8
    assert (found.verdict.word, found.verdict.why) == ("go", "pays-back")
    assert "what changing costs is back after 8 months" in reason_words(found)
    # With 100 paid, 20 remain: not worth the trouble.
    found = judged(here, there[1])
    assert only(found).payback.latest == 10
    assert found.verdict.why in ("small-gain", "not-better")
    assert found.verdict.word == "stay"


def test_a_saving_that_is_not_sure_does_not_count() -> None:
    here = wallet("dearpay", ["operation: pay, percent: 2"], PAYS)
    there = wallet(
        "cheappay",
        ["operation: pay, percent: 1", "operation: pay, percent: 3, when: at night"],
        PAYS,
    )
    found = judged(here, there)
    assert only(found).saving == span(-120, 120, 120)
    assert (only(found).payback.months, only(found).payback.latest) == (0, None)
    assert found.verdict.why != "pays-back"


def test_cheaper_but_worse_is_for_the_person_to_weigh() -> None:
    # Cost +5; security 50 here and 12.5 to 50 there: it scores less, but it might not.
    there = wallet(
        "cheappay", ["operation: pay, percent: 1"], "security:\n  app-pin: {has: true}\n", PAYS
    )
    here = wallet("dearpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS)
    found = judged(here, there, averages=RARE)
    assert only(found).gain < 0
    assert (found.verdict.word, found.verdict.why) == ("too-close", "cheaper-but-worse")


def test_a_visitors_price_is_not_told_as_all_that_is_paid() -> None:
    there = wallet("cheappay", ["operation: pay, percent: 1"], HALF_SAFE, PAYS)
    own = "Your card's own fee for foreign money comes on top of each price"
    for person, rest in (("visitor",), " + ?"), ((), ""):
        answer = judged(DEAR, there, needs=structs.replace(PAYING, person=person))
        assert table_of(answer)["A year"] == f"120.00 GBP{rest}"
        assert (own in markdown.render(switch_page(answer, 0, explain=False))) == bool(rest)


def test_what_may_yet_cost_something_is_not_told_to_be_cheaper() -> None:
    there = wallet("cheappay", ["operation: pay, price: unknown"], UNSAFE, PAYS)
    found = judged(DEAR, there)
    assert found.verdict.word == "stay"
    assert "cheaper" not in reason_words(found)


# By card 2 %, by bank transfer 1 %: who has one of them priced pays by that.
BY_CARD = "operation: pay, percent: {}, method: debit-card"
BY_BANK = "operation: pay, percent: {}, method: bank-transfer"


def test_a_price_by_another_way_to_pay_does_not_decide_where_both_have_one_by_the_same() -> None:
    here = wallet("cardpay", [BY_CARD.format(3)], HALF_SAFE, PAYS)
    there = wallet("bankpay", [BY_BANK.format("0.5"), BY_CARD.format(3)], HALF_SAFE, PAYS)
    found = judged(here, there)
    assert (found.verdict.word, found.verdict.why) == ("too-close", "other-way")
    assert reason_words(found) == (
        "Bankpay is better only if you pay in shops and online by bank transfer; by debit card, it"
        " is not."
    )
    # Named, the way decides, and nothing is left to say of it.
    by_card = structs.replace(PAYING, use=(use("pay", 1000, method="debit-card"),))
    assert judged(here, there, needs=by_card).verdict.word == "stay"
    # Cheaper by either way, it is cheaper.
    there = wallet("bankpay", [BY_BANK.format("0.5"), BY_CARD.format(1)], HALF_SAFE, PAYS)
    assert judged(here, there).verdict.word == "go"


def test_a_go_that_holds_by_another_way_to_pay_alone_names_it() -> None:
    here = wallet("cardpay", [BY_CARD.format(3)], HALF_SAFE, PAYS)
    there = wallet("bankpay", [BY_BANK.format("0.5")], HALF_SAFE, PAYS)
    found = judged(here, there)
    assert verdict_words(found) == "Go to Bankpay, if you pay in shops and online by bank transfer."
    assert table_of(found)["A year"] == "60.00 GBP, by bank transfer"
    (said,) = [block for block in switch_page(found, 0, True).blocks if "same way" in str(block)]
    assert "by debit card at Cardpay, by bank transfer at Bankpay" in str(said)
    # Bankpay has no price by card, so that is no way to compare by.
    assert "To compare" not in str(said)
    # The same way, or any way, is no condition.
    for fee in (BY_CARD.format("0.5"), "operation: pay, percent: 0.5"):
        found = judged(here, wallet("bankpay", [fee], HALF_SAFE, PAYS))
        assert verdict_words(found) == "Go to Bankpay."
        assert "same way" not in str(switch_page(found, 0, True))


def test_clearly_worse() -> None:
    there = wallet("cheappay", ["operation: pay, percent: 1"], UNSAFE, PAYS)
    found = judged(DEAR, there)
    assert only(found).gain == -20
    assert (found.verdict.word, found.verdict.why) == ("stay", "likely-worse")
    assert verdict_words(found) == "Stay with Dearpay."
    assert " Dearpay is ahead most by its log-in and payment controls (+25.0)." in reason_words(
        found
    )


def test_no_better_is_no_reason() -> None:
    twin = wallet("twinpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS)
    found = judged(DEAR, twin)
    assert (found.verdict.word, found.verdict.why) == ("stay", "not-better")
    assert reason_words(found) == "Twinpay scores the same (65.0 against 65.0)."


def test_a_small_gain_is_not_worth_the_trouble() -> None:
    # 1.98 % is 0.1 points more, and saves 2.40 a year.
    there = wallet("cheappay", ["operation: pay, percent: 1.98"], HALF_SAFE, PAYS)
    found = judged(DEAR, there)
    assert only(found).gain == D("0.1")
    assert (found.verdict.word, found.verdict.why) == ("stay", "small-gain")


@pytest.mark.parametrize("state", ["closed", "restricted"])
def test_a_wallet_that_closes_is_left(state: str) -> None:
    status = f"status: {{state: {state}, since: 2026-05}}\n"
    here = wallet("dearpay", ["operation: pay, percent: 0"], ALL_SAFE, PAYS, status)
    found = judged(here, CHEAP)
    assert only(found).gain < 0
    assert (found.verdict.word, found.verdict.why) == ("go", "must-leave")
    words = {"closed": "no longer runs", "restricted": "takes no new customers, or no new money"}
    assert reason_words(found).startswith(f"Dearpay {words[state]} since 2026-05. Of what fits, ")


def test_a_wallet_that_lacks_a_must_have_is_left() -> None:
    needs = Needs(country="GB", use=PAYING.use, must=("app-pin",))
    there = wallet("cheappay", ["operation: pay, percent: 9"], ALL_SAFE, PAYS)
    found = judged(DEAR, there, needs=needs)
    assert found.verdict.why == "must-leave"
    assert reason_words(found).startswith("Dearpay does not open with a PIN of its own.")


def test_what_keeps_new_customers_out_does_not_matter_any_more() -> None:
    here = wallet(
        "dearpay",
        ["operation: pay, percent: 2"],
        HALF_SAFE,
        PAYS,
        "onboarding:\n  min_age: {years: 18}\n",
    )
    needs = Needs(country="GB", use=PAYING.use, age=16, must=("cashback",), strict=True)
    found = judged(here, needs=needs)
    assert not found.current.obstacles
    assert (found.verdict.word, found.verdict.why) == ("no-other", "none-known")


def test_nowhere_to_go() -> None:
    shut = wallet(
        "shutpay", ["operation: pay, percent: 0"], ALL_SAFE, PAYS, "status: {state: closed}\n"
    )
    blank = wallet("blankpay", [])
    found = judged(DEAR, shut, blank)
    assert (found.verdict.word, found.verdict.why) == ("stay", "too-little-known")
    assert [each.wallet.id for each in found.left_out] == ["shutpay"]
    found = judged(DEAR, shut)
    assert (found.verdict.word, found.verdict.why) == ("stay", "nowhere-to-go")
    assert found.best is None
    assert reason_words(found) == (
        "The only other wallet that the catalog has in the United Kingdom does not fit these needs;"
        " others that it does not have may."
    )
    gone = wallet(
        "gonepay", ["operation: pay, percent: 0"], ALL_SAFE, PAYS, "status: {state: closed}\n"
    )
    assert reason_words(judged(DEAR, shut, gone)) == (
        "None of the 2 other wallets that the catalog has in the United Kingdom fits these needs;"
        " others that it does not have may."
    )
    found = judged(shut, blank)
    assert (found.verdict.word, found.verdict.why) == ("go", "nowhere-to-go")
    assert verdict_words(found) == "Go."


def test_that_a_ranking_puts_another_first_is_said_where_too_little_is_known_of_it() -> None:
    here = wallet("dearpay", ["operation: pay, percent: 10"], UNSAFE, PAYS)
    blank = wallet("blankpay", [], PAYS)
    found = judged(here, blank)
    assert rank(catalog(here, blank), PAYING, TODAY).places[0].wallet.id == "blankpay"
    assert f"{verdict_words(found)} {reason_words(found)}" == (
        "Stay with Dearpay. Only 0 % of what counts for these needs is known of Blankpay. walletpick"
        " rank puts it first all the same; to leave Dearpay for it, that is too little."
    )
    # Where the verdict is about another, that is said of the first.
    worse = wallet("worsepay", ["operation: pay, percent: 10"], UNSAFE, PAYS)
    assert (
        "walletpick rank puts Blankpay first, but only 0 % of what counts for these needs is known"
        " of it: too little to change to it." in reason_words(judged(here, worse, blank))
    )
    # Not where another is first, nor where one asked for that one.
    assert "walletpick rank puts" not in reason_words(judged(CHEAP, DEAR, wallet("blankpay", [])))
    assert "walletpick rank puts" not in reason_words(judged(here, blank, to=blank))


def test_where_the_catalog_has_no_other_wallet_it_does_not_say_stay() -> None:
    found = judged(DEAR)
    assert (found.verdict.word, found.verdict.why) == ("no-other", "none-known")
    assert f"{verdict_words(found)} {reason_words(found)}" == (
        "No answer. The catalog knows no other wallet in the United Kingdom, so there is nothing to"
        " compare."
    )
    assert switch_page(found, 0, True).blocks
    assert switch_out(found, catalog(DEAR), TODAY, 0).verdict.to is None
    # A wallet that cannot do what is needed is left all the same.
    needs = structs.replace(PAYING, must=("app-pin",))
    assert judged(DEAR, needs=needs).verdict.word == "go"


def test_a_target_that_does_not_fit_or_is_not_known() -> None:
    shut = wallet(
        "shutpay", ["operation: pay, percent: 0"], ALL_SAFE, PAYS, "status: {state: closed}\n"
    )
    found = judged(DEAR, shut, to=shut)
    assert (found.verdict.word, found.verdict.why) == ("stay", "does-not-fit")
    assert reason_words(found) == "Shutpay does not fit: it no longer runs."
    blank = wallet("blankpay", [])
    found = judged(DEAR, blank, to=blank)
    assert (found.verdict.word, found.verdict.why) == ("stay", "too-little-known")
    # Leave, but not for that one.
    found = judged(shut, blank, to=blank)
    assert (found.verdict.word, found.verdict.why) == ("go", "nowhere-to-go")
    assert "of what counts for these needs is known of Blankpay" in reason_words(found)


def test_one_good_place_to_go_is_enough() -> None:
    better = wallet("betterpay", ["operation: pay, percent: 1"], ALL_SAFE, PAYS)
    vague = wallet(
        "vaguepay",
        ["operation: pay, percent: 0"],
        "security:\n  passkey: {has: true}\n  app-pin: {has: true}\n",
        PAYS,
    )
    found = judged(DEAR, vague, better, CHEAP)
    words = {each.place.wallet.id: each.verdict.word for each in found.options}
    assert words == {"betterpay": "go", "vaguepay": "go", "cheappay": "go"}
    assert found.best is not None
    assert found.best.place.wallet.id == found.options[0].place.wallet.id


def test_the_diary_counts() -> None:
    entry = Entry(date=str(TODAY), wallet="dearpay", country=None, event="scam")
    twin = wallet("twinpay", ["operation: pay, percent: 2"], HALF_SAFE, PAYS)
    made = catalog(DEAR, twin)
    own = experiences([entry], made.wallets, made.criteria.settings.experience, TODAY)
    found = judged(DEAR, twin, experiences=own)
    # n = 3, so w = 0.05 and 65 becomes 61.75.
    assert found.current.score == span(D("61.75"))
    assert only(found).gain == D("3.25")
    assert {each.criterion: each.gain for each in only(found).points}["experience"] == D("3.25")
    assert found.verdict.why == "likely-better"
    assert judged(DEAR, twin).verdict.why == "not-better"
    # That it is the diary that decides stands in the verdict.
    said = "That is by what you noted in your diary; without it: Stay with Dearpay."
    assert said in markdown.render(switch_page(found, 0, False))
    assert switch_out(found, made, TODAY, 0).verdict.diary
    # Where it changes nothing, it does not.
    found = judged(DEAR, CHEAP, experiences=own)
    assert found.verdict.word == judged(DEAR, CHEAP).verdict.word == "go"
    assert "in your diary" not in markdown.render(switch_page(found, 0, False))
    assert not switch_out(found, made, TODAY, 0).verdict.diary


# The shipped catalog.


@cache
def everywhere() -> tuple[Switch, ...]:
    """Return the result for somebody who has a market of the catalog, with two kinds of needs.

    One market of each wallet, each of another country as far as there are some, tells as much as
    the thousand that there are.
    """
    found = []
    for number, wallet in enumerate(shipped().wallets):
        countries = list(wallet.markets)
        country = countries[number % len(countries)]
        persona = shipped().personas[("everyday-shopper", "family-abroad")[number % 2]]
        needs = Needs(use=persona.use, currency="USD", country=country)
        found.append(switch(shipped(), (wallet, country), needs, TODAY, balance=D(100)))
    return tuple(found)


def test_every_wallet_gets_a_verdict_by_the_rules() -> None:
    words = set()
    for found in everywhere():
        words.add(found.verdict.word)
        if found.current.obstacles:
            assert found.verdict.word == "go"
        for option in found.options:
            verdict = option.verdict
            if verdict.why == "likely-better":
                assert option.gain >= LEAST_GAIN
                assert option.chance >= LIKELY
            if verdict.why == "known-of-one" and verdict.word == "too-close":
                assert option.chance < (SURE if option.ignorance.there else CLEAR)
            if verdict.word == "too-close" and verdict.why in ("known-of-one", "price-unknown"):
                assert found.current.doubt <= option.place.doubt
            if verdict.why in ("pays-back", "cheaper-but-worse"):
                assert option.payback.latest is not None
                assert option.payback.latest <= MONTHS
                assert option.saving.low > option.upfront.total.high
            if verdict.why in ("not-better", "likely-worse"):
                assert option.gain <= 0
            if verdict.why == "must-leave":
                assert found.current.obstacles or found.current.doubt > max(1, option.place.doubt)
        ranked = {each.verdict.word for each in found.options}
        assert found.verdict.word != "stay" or "go" not in ranked
    assert words >= {"go", "stay", "too-close"}
    assert D(0) < LEAST_SAVING_PERCENT < 1


def test_every_change_adds_up() -> None:
    for found in everywhere():
        for option in found.options:
            assert abs(sum(each.gain for each in option.points) - option.gain) < HAIR
            assert option.saving.low <= option.saving.estimate <= option.saving.high
            upfront = option.upfront.total
            assert upfront.low <= upfront.estimate <= upfront.high
            assert option.once.total.low >= 0
            for features, now, there in (
                (option.gained, False, True),
                (option.lost, True, False),
            ):
                assert all((f.now.value, f.there.value) == (now, there) for f in features)
            for feature in option.unsure:
                assert {feature.now.value, feature.there.value} == {None, True}


def test_a_payback_is_said_only_where_all_is_known() -> None:
    for found in everywhere():
        for option in found.options:
            payback = option.payback
            known = found.now.complete and option.there.complete and option.once.complete
            assert bool(payback.unknown) == (not known or not found.leaving.known)
            if payback.unknown:
                assert (payback.months, payback.latest) == (None, None)
            elif payback.months is not None:
                assert (
                    option.saving.estimate * payback.months
                    >= option.upfront.total.estimate * MONTHS
                )


def test_the_others_are_those_of_the_ranking() -> None:
    for found in everywhere()[:20]:
        account = (found.current.wallet.id, found.current.candidate.country)
        ranking = rank(shipped(), found.needs, TODAY)
        expected = [
            (p.wallet.id, p.mean)
            for p in ranking.places
            if (p.wallet.id, p.candidate.country) != account
        ]
        places = [option.place for option in found.options]
        assert sorted((s.wallet.id, s.score.estimate) for s in places) == sorted(expected)
        # As there, but for those of which too little is known: they come last.
        for one, other in pairwise(places):
            assert (one.doubt, one.thin) <= (other.doubt, other.thin)
            if (one.doubt, one.thin) == (other.doubt, other.thin):
                assert one.rank < other.rank


def test_every_page_and_document_can_be_made() -> None:
    for found in everywhere():
        assert switch_page(found, 0, True).blocks
        document = switch_out(found, shipped(), TODAY, 0)
        assert document.verdict.text.endswith(".")
        assert ".." not in document.verdict.text
        assert found.leaving.withdrawal != NOTHING or document.leaving.withdrawal is not None


# The command.


def run(*args: str, **more: str) -> Any:
    return walletpick(warm_cache(), "switch", *args, **more)


def test_the_page() -> None:
    found = run("--from", "gcash", "--use", "send=5000x3", "--balance", "3000")
    text = found.stdout.decode()
    assert found.returncode == 0
    assert text.startswith("Stay with GCash in the Philippines, or go?\n")
    for heading in ("If you went to ", "What leaving GCash costs"):
        assert heading in text
    assert "walletpick leave gcash --country PH --balance 3000" in text
    assert re.search(r"walletpick compare gcash@PH [\w-]+@PH", text)


@pytest.mark.parametrize("wallet", ["paypal@DE", "gcash", "m-pesa@KE", "alipay@CN"])
@pytest.mark.parametrize("more", [(), ("--use", "pay=100"), ("--explain",)])
def test_no_heading_stands_alone(wallet: str, more: tuple[str, ...]) -> None:
    lines = run("--from", wallet, *more, COLUMNS="80").stdout.decode().splitlines()
    ruled = [n for n, line in enumerate(lines) if n and re.fullmatch("─+", line)]
    assert ruled
    for rule, after in zip(ruled, [*ruled[1:], len(lines) + 1], strict=True):
        assert any(lines[rule + 1 : after - 1]), lines[rule - 1]


def test_the_page_tells_of_the_best_alone_unless_all_is_asked_for() -> None:
    asked = ("--from", "gcash", "--use", "send=5000x3", "--top", "2")
    short, whole = run(*asked).stdout.decode(), run(*asked, "--explain").stdout.decode()
    assert (short.count("If you went to "), whole.count("If you went to ")) == (1, 2)
    for detail in ("Points: ", "What is not known"):
        assert (detail in short, detail in whole) == (False, True)
    # But for what protects the money.
    assert short.count("Not known of ") <= 1 < whole.count("Not known of ")
    # The other formats have everything.
    markdown = run(*asked, "--format", "markdown").stdout.decode()
    assert markdown.count("If you went to ") == 2


@pytest.mark.parametrize("top", [(), ("--top", "1"), ("--top", "0")])
def test_the_document(top: tuple[str, ...]) -> None:
    found = run(
        "--from", "paypal@US", "--persona", "family-abroad", "--balance", "300", *top, "--json"
    )
    document = validated(found.stdout.decode(), "switch")
    assert document["schema"] == "walletpick/switch/1"
    assert document["from"]["wallet"] == "paypal"
    assert document["leaving"]["balance"] == "300.00"
    options = document["options"]
    assert len(options) > 1 or top == ("--top", "1")
    about = [each["market"]["wallet"] for each in options]
    assert document["verdict"]["to"] in about
    for each in options:
        assert sum(each["points"].values()) == pytest.approx(each["gain"], abs=0.002)
        assert 0 <= each["chance"] <= 1
        score = sum(item["points"]["estimate"] for item in each["market"]["criteria"].values())
        assert score == pytest.approx(each["market"]["score"]["estimate"], abs=0.002)


def test_markdown() -> None:
    found = run(
        "--from", "revolut@GB", "--to", "wise", "--use", "pay-abroad=200@FR", "--format", "markdown"
    )
    assert found.stdout.decode().startswith("# Stay with Revolut in the United Kingdom, or go?\n")
    assert b"| **Wise** |" in found.stdout


def test_the_diary_and_without_it(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    args = ("--from", "gcash", "--use", "send=5000x3", "--json")
    plain = run(*args, WALLETPICK_DIARY=str(path)).stdout
    append_entry(path, Entry(date=str(TODAY), wallet="gcash", country=None, event="scam"))
    found = json.loads(run(*args, WALLETPICK_DIARY=str(path)).stdout)
    assert found["from"]["criteria"]["experience"]["weight"] == 0.05
    assert all(each["points"]["experience"] > 0 for each in found["options"])
    page = run(*args[:-1], WALLETPICK_DIARY=str(path)).stdout.decode()
    assert "Your own diary on GCash: 1 entry, a fraudster got money from you" in page
    assert run(*args, "--no-experience", WALLETPICK_DIARY=str(path)).stdout == plain


def test_the_country_comes_from_the_wallet_or_the_needs(tmp_path: Path) -> None:
    document = json.loads(run("--from", "gcash", "--use", "send=5000", "--json").stdout)
    assert (document["needs"]["country"], document["needs"]["currency"]) == ("PH", "PHP")
    needs = tmp_path / "needs.yaml"
    needs.write_text("use: [{operation: send, amount: 500}]\n")
    document = json.loads(run("--from", "gcash", "--needs", str(needs), "--json").stdout)
    assert (document["needs"]["country"], document["needs"]["currency"]) == ("PH", "PHP")
    needs.write_text("country: DE\nuse: [{operation: send, amount: 500}]\n")
    document = json.loads(run("--from", "paypal", "--needs", str(needs), "--json").stdout)
    assert document["from"]["country"] == "DE"
    document = json.loads(run("--from", "paypal@US", "--needs", str(needs), "--json").stdout)
    assert (document["from"]["country"], document["needs"]["country"]) == ("US", "DE")


def test_a_closed_wallet_with_nowhere_to_go_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    catalog = os.fspath(write_catalog(tmp_path / "catalog"))
    found = run("--from", "twopay@PH", "--use", "send=1000", "--catalog", catalog)
    assert found.returncode == 3
    assert found.stdout.decode().splitlines()[3].startswith("Go. Twopay no longer runs since")
    assert b"The catalog has no other wallet in the Philippines" in found.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "Missing option '--from'"),
        (("--from", "gcsh"), 'no wallet "gcsh"; did you mean gcash'),
        (("--from", "paypal"), "countries (walletpick show paypal names them): say which"),
        (("--from", "gcash@US"), "the catalog has no GCash in"),
        (("--from", "gcash", "--country", "US"), "the catalog has no GCash in"),
        (("--from", "gcash", "--to", "gcash"), "--from and --to are the same: GCash"),
        (("--from", "gcash", "--to", "venmo"), "the catalog has no Venmo in"),
        (("--from", "gcash", "--balance", "-1"), "--balance must not be less than 0"),
        (("--from", "gcash", "--balance", "lots"), '--balance is "lots": expected a number'),
        (("--from", "gcash", "--top", "-1"), "--top"),
    ],
)
def test_wrong_use_is_one_sentence(args: tuple[str, ...], message: str) -> None:
    found = run(*args)
    assert found.returncode == 2
    assert message in found.stderr.decode().splitlines()[-1]
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize("args", examples("switch"), ids=" ".join)
def test_the_examples_of_the_help_work(args: list[str]) -> None:
    found = walletpick(warm_cache(), *args)
    assert found.returncode == 0, found.stderr.decode()


def test_a_wallet_that_may_not_run_is_told_to_whoever_has_it() -> None:
    state = "status: {state: unconfirmed, since: 2026-01-21, source: new}"
    doubtful = wallet("doubtpay", ["operation: pay, percent: 1"], PAYS, state)
    shown = markdown.render(switch_page(judged(doubtful, DEAR), 0, True))
    assert "could not be confirmed to run (since 2026-01-21)." in shown
    # Before anything is weighed, the money is at risk.
    first = shown.index("get your money out of it first: **walletpick leave doubtpay@")
    assert first < shown.index("points")
    assert "confirmed to run" not in markdown.render(switch_page(judged(DEAR, doubtful), 0, True))


def test_one_with_more_points_that_is_less_surely_better_is_named() -> None:
    found = judged(DEAR, CHEAP)
    assert found.best
    assert found.verdict.word == "go"
    place = found.best.place
    for points, word, named in (
        (1, "too-close", True),
        (1, "stay", False),
        (-1, "too-close", False),
    ):
        more = structs.replace(place, score=place.score + Range.exactly(D(points)))
        other = structs.replace(
            found.best,
            place=more,
            verdict=structs.replace(found.best.verdict, word=word),
        )
        both = structs.replace(found, options=(other, *found.options))
        assert ("better for you is less sure" in reason_words(both)) is named
        # Where it is known what makes it so, that is told.
        unpriced = structs.replace(other.verdict, why="price-unknown")
        options = (structs.replace(other, verdict=unpriced), *found.options)
        told = reason_words(structs.replace(found, options=options))
        assert ("but most of its price is not known" in told) is named


def test_the_chance_is_in_the_table_and_in_the_document() -> None:
    made, found = catalog(DEAR, CHEAP), judged(DEAR, CHEAP)
    (option,) = switch_out(found, made, TODAY, 0).options
    assert option.chance == pytest.approx(float(only(found).chance), abs=0.001)
    assert table_of(found)["Better in"] == in_ten(only(found).chance)
    # Nothing is advised where nothing is done.
    assert "Better in" not in table_of(judged(DEAR, CHEAP, needs=Needs(country="GB")))


def test_what_cannot_do_what_is_asked_has_no_chance() -> None:
    lacks = wallet(
        "lacks", ["operation: pay, percent: 1"], TRADES.replace("o: {has: true", "o: {has: false")
    )
    trades = wallet("trades", ["operation: pay, percent: 1"], TRADES)
    assert only(judged(lacks, trades, needs=CRYPTO)).chance == 1
    assert only(judged(trades, lacks, needs=CRYPTO, to=lacks)).chance == 0


# What the page leaves out.


def test_costs_of_which_none_is_known_have_no_columns() -> None:
    unpriced = (wallet(name, [], HALF_SAFE, PAYS) for name in ("here", "there"))
    found = judged(*unpriced)
    assert not {"A year", "Once", "Saves a year", "Paid for itself"} & set(table_of(found))
    page = markdown.render(switch_page(found, 0, False))
    assert "is known of none of them" in " ".join(page.split())
    assert "A year" in table_of(judged(DEAR, CHEAP))
    priced = markdown.render(switch_page(judged(DEAR, CHEAP), 0, False))
    assert "is known of none of them" not in priced


def test_where_nothing_is_gained_that_is_said_and_by_what_one_is_ahead() -> None:
    page = " ".join(markdown.render(switch_page(judged(DEAR, CHEAP), 0, False)).split())
    assert "Nothing is known that Cheappay does and Dearpay does not" in page
    assert "it is ahead by points: cost +5.0" in page
    features = "features:\n  pay-nfc: {has: true}\n  crypto: {has: %s}\n"
    lacks, trades = (
        wallet(name, ["operation: pay, percent: 1"], HALF_SAFE, features % has)
        for name, has in (("lacks", "false"), ("trades", "true"))
    )
    gains = markdown.render(switch_page(judged(lacks, trades), 0, False))
    assert "You would gain: it trades cryptocurrency" in gains
    assert "Nothing is known that" not in gains


def test_two_markets_of_one_wallet_are_told_apart_by_their_country() -> None:
    done = walletpick(
        warm_cache(),
        *("switch", "--from", "wise@GB", "--country", "AU", "--use", "pay=500x10", "--explain"),
    )
    told = " ".join(done.stdout.decode().split()).partition("What leaving")[0]
    assert "Stay with Wise (GB)." in told or "Go to Wise (AU)." in told
    assert re.search(r"Wise \(AU\) (scores|is ahead)", told)
    # Only the heading names the country in words.
    said = told.replace("Stay with Wise in the United Kingdom", "").replace("closing Wise", "")
    assert re.findall(r"Wise(?! \((?:GB|AU)\))", said) == []
