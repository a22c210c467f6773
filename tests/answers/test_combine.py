"""`walletpick combine`: by hand on small catalogs, against brute force on many, and as it is run."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from build import TODAY, use
from hypothesis import given, settings
from hypothesis import strategies as st
from interviewing import typed
from markets import HAIR, catalog_of, market, no, settle, wallet_of, wanting, yes
from msgspec import structs
from running import shipped
from small import run, validated, write_catalog

from walletpick.answers.combine import MOST_USES, Combined, TooManyUses, adding, combine, with_going
from walletpick.answers.switch import switch
from walletpick.answers.team import Team, for_uses
from walletpick.bill.filling import shortage
from walletpick.bill.quotes import FROM_BANK
from walletpick.documents.switch import switch_out
from walletpick.facts.model import (
    Allowance,
    Claim,
    FeeRule,
    FurtherWallet,
    GiveBack,
    Limit,
    Needs,
    Onboarding,
    Part,
    Plan,
    Protection,
    Usage,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, Range
from walletpick.pages.combine import combine_page
from walletpick.pages.switch import switch_page
from walletpick.person.needs import needs_of
from walletpick.render import markdown
from walletpick.score.criteria import Yardstick, on_curve
from walletpick.score.experience import Experience
from walletpick.score.ranking import Place, judge, place_of, rank
from walletpick.score.verdict import LIKELY, verdict_of
from walletpick.words.bills import known_sum
from walletpick.words.causes import causes_words
from walletpick.words.combine import (
    nothing_words,
    opening_words,
    reason_words,
    saving_words,
    unknown_words,
    verdict_words,
)
from walletpick.words.common import UNKNOWN
from walletpick.words.switch import reason_words as switch_reason

D = Decimal
# What can be done, and known not to be: one claim says so.
OPERATIONS = ("send", "bill-pay", "mobile-top-up", "cash-out")
SENDING, BILLS, CASH = use("send", 100), use("bill-pay", 100), use("cash-out", 100)
NO_TROUBLE = D(0)


def wallet(
    id: str, prices: dict[str, object], features: dict[str, Claim] | None = None, **more: Any
) -> Wallet:
    """Return a wallet with a price in percent for each operation, or more of a rule.

    None: it does that, at a price that is not known; False: it does not.
    """
    fees = list(more.pop("fees", ()))
    claims = dict(features or {})
    for operation, price in prices.items():
        if price is None or price is False:
            claims[operation] = yes() if price is None else no()
        else:
            rule = price if isinstance(price, dict) else {"percent": D(str(price))}
            fees.append(FeeRule(operation=operation, source="new", **rule))
    return wallet_of(id, market(fees=tuple(fees), features=claims, **more))


def combined(*wallets: Wallet, needs: Needs | None = None, **more: Any) -> Combined:
    """Return the answer for somebody who sends and pays bills, 1,200 a year each."""
    needs = needs or wanting(SENDING, BILLS)
    kept = [(each, "GB") for each in more.pop("kept", ())]
    more.setdefault("trouble", D(5))
    return combine(catalog_of(*wallets), needs, TODAY, kept=kept, **more)


def shared(team: Team | None) -> dict[str, list[str]]:
    """Return which operations each wallet of a set gets."""
    assert team
    return {
        member.wallet.id: [each.usage.operation for each in member.uses] for member in team.members
    }


# Sending for 1 % and bills for 3 %, and the other way round: 12 and 36 a year.
SENDER = wallet("sender", {"send": 1, "bill-pay": 3})
BILLER = wallet("biller", {"send": 3, "bill-pay": 1})


# By hand.


def test_each_use_goes_where_it_costs_least() -> None:
    answer = combined(SENDER, BILLER)
    assert answer.why == "worth-it"
    assert answer.chosen is answer.several
    assert shared(answer.several) == {"sender": ["send"], "biller": ["bill-pay"]}
    assert answer.one
    assert answer.several
    assert answer.gain
    assert answer.one.year.total == Range.exactly(D(48))
    assert answer.several.year.total == Range.exactly(D(24))
    assert answer.gain.saving.total == Range.exactly(D(24))
    assert answer.gain.saving.complete
    assert answer.gain.points > 0
    (elsewhere,) = answer.several.members[0].uses[0].elsewhere
    assert (elsewhere.bar, elsewhere.more.estimate) == ("dearer", 24)


def test_that_a_price_hangs_on_the_bank_is_told() -> None:
    fees = tuple(
        FeeRule(operation="send", percent=D(percent), provider=(bank,), source="new")
        for bank, percent in (("Onebank", 0), ("Otherbank", 2))
    )
    fees = (FeeRule(operation="send", percent=D(0), percent_max=D(2), source="new"), *fees)
    by_bank = wallet("by-bank", {"bill-pay": 3}, fees=fees)
    told = " ".join(unknown_words(combined(by_bank, BILLER)))
    assert "By-Bank: the fee to send money to people at home hangs on the bank" in told
    assert "--bank Onebank" in told
    needs = structs.replace(wanting(SENDING, BILLS), bank=("Onebank",))
    assert "hangs on" not in " ".join(unknown_words(combined(by_bank, BILLER, needs=needs)))


def test_what_saves_less_than_the_trouble_is_not_worth_it() -> None:
    assert combined(SENDER, BILLER, trouble=D(10)).why == "worth-it"
    answer = combined(SENDER, BILLER, trouble=D("24.01"))
    assert answer.why == "not-worth-it"
    assert answer.chosen is answer.one
    assert answer.several
    assert answer.several.trouble == D("24.01")


def test_what_saves_less_than_the_trouble_is_worth_it_for_what_is_named() -> None:
    counts = {"cost": D(1), "coverage": D(1), "security": D(0), "protection": D(0), "support": D(0)}
    counts |= {"ease": D(0), "trust": D(0), "exit": D(0)}
    needs = wanting(SENDING, BILLS, wish=["features:cashback"], weights=counts)
    sender = wallet("sender", {"send": 1, "bill-pay": "1.1"}, {"cashback": no()})
    biller = wallet("biller", {"send": False, "bill-pay": 1}, {"cashback": yes()})
    answer = combined(sender, biller, needs=needs)
    assert answer.gain
    assert answer.why == "worth-it"
    # 1.20 for the bills, and the wish for one of two uses.
    assert answer.gain.saving.total == Range.exactly(D("1.2"))
    assert not answer.saves_enough
    assert abs(answer.gain.of_use - 5) < HAIR
    words = reason_words(answer)
    trouble = "the trouble of a second wallet is reckoned at (5.00 GBP a year, 2.6 points)"
    assert f"The money alone is less than {trouble}; what makes it worth that, in" in words
    assert "cases, is what it can do for you: Biller gives cashback (+5.0)." in words
    # Who asks whether to stay hears nothing of it.
    catalog = catalog_of(sender, biller)
    assert adding(catalog, switch(catalog, (sender, "GB"), needs, TODAY), TODAY) is None
    # Where the money is enough, nothing else is needed.
    answer = combined(sender, biller, trouble=D(1))
    assert answer.saves_enough
    assert "The money alone" not in reason_words(answer)


def test_a_second_wallet_that_is_safer_makes_the_first_no_safer() -> None:
    locks = ("passkey", "two-factor-totp", "two-factor-sms", "app-pin", "biometric-login")
    locks = (*locks, "device-binding")
    open_ = {word: no() for word in locks}
    sender = wallet("sender", {"send": 1, "bill-pay": "1.1"}, security=open_)
    safe = {word: yes() for word in locks}
    biller = wallet("biller", {"send": False, "bill-pay": 1}, security=safe)
    answer = combined(sender, biller)
    assert answer.gain
    assert answer.several
    assert answer.one
    assert answer.gain.of_use == 0
    assert answer.several.net > answer.one.net
    assert answer.why == "not-worth-it"
    words = reason_words(answer)
    assert "most of that is its log-in and payment controls (+6.2): one more wallet" in words
    # Where the money is enough, nothing else is needed.
    assert combined(sender, biller, trouble=D(1)).why == "worth-it"


def test_a_price_that_is_not_known_makes_no_second_wallet_worth_its_trouble() -> None:
    # A guess of 3 %, that is 36 a year, against 12; in points it counts as rather dear.
    sender = wallet("sender", {"send": 0, "bill-pay": None})
    biller = wallet("biller", {"send": False, "bill-pay": 1})
    answer = combined(sender, biller, trouble=D(25))
    assert answer.gain
    assert answer.several
    assert answer.one
    assert abs(answer.gain.saving.total.estimate - 24) < HAIR
    assert answer.gain.chance >= LIKELY
    assert answer.several.net > answer.one.net
    assert answer.gain.of_use == 0
    assert answer.why == "not-worth-it"
    # By the guess itself it is worth a little less trouble.
    assert combined(sender, biller, trouble=D(23)).why == "worth-it"


def test_the_trouble_is_the_catalogs_where_none_is_said() -> None:
    catalog = catalog_of(SENDER, BILLER)
    price = FurtherWallet(usd=D(50), reason="r")
    rules = structs.replace(catalog.criteria.settings, further_wallet=price)
    criteria = structs.replace(catalog.criteria, settings=rules)
    answer = combine(structs.replace(catalog, criteria=criteria), wanting(SENDING, BILLS), TODAY)
    # One dollar is half a pound.
    assert answer.trouble == 25
    assert answer.why == "not-worth-it"


def test_one_use_is_for_one_wallet() -> None:
    answer = combined(SENDER, BILLER, needs=wanting(SENDING))
    assert (answer.why, answer.several) == ("one-use", None)
    assert shared(answer.chosen) == {"sender": ["send"]}


def test_where_no_single_wallet_does_all_several_do() -> None:
    bills = wallet("bills", {"bill-pay": 9, "send": False})
    sends = wallet("sends", {"send": 9, "bill-pay": False})
    answer = combined(bills, sends, trouble=D(1000))
    assert (answer.why, answer.one) == ("none-does-all", None)
    assert shared(answer.chosen) == {"sends": ["send"], "bills": ["bill-pay"]}
    assert [out.wallet.id for out in answer.one_left_out] == ["bills", "sends"]


def test_a_limit_that_uses_pass_together_is_one_of_each_wallet() -> None:
    most = Limit(what="month", amount=D(150), source="new")
    one, two = (wallet(name, {"send": 1, "bill-pay": 1}, limits=(most,)) for name in ("a", "b"))
    answer = combined(one, two)
    assert answer.one is None
    assert len(shared(answer.several)) == 2


def test_an_allowance_is_that_of_each_wallet() -> None:
    # 100 a month free in all: one of the two uses costs nothing in each.
    free = {"percent": D(5), "free": Allowance(amount=D(100), per="month"), "pool": "all"}
    one, two = (wallet(name, {"send": free, "bill-pay": free}) for name in ("a", "b"))
    answer = combined(one, two)
    assert answer.one
    assert answer.several
    assert answer.one.year.total == Range.exactly(D(60))
    assert answer.several.year.total == Range.exactly(ZERO)


def test_a_regular_charge_is_paid_by_whoever_gets_a_use() -> None:
    charge = FeeRule(operation="subscription", fixed=D(1), per="month", source="new")
    biller = wallet("biller", {"send": 3, "bill-pay": 1}, fees=[charge])
    answer = combined(SENDER, biller, trouble=NO_TROUBLE)
    assert answer.several
    assert answer.several.year.total == Range.exactly(D(36))
    assert answer.several.members[1].charges.total == Range.exactly(D(12))


def test_the_row_of_what_the_set_does_not_have_names_no_wallet() -> None:
    charge = FeeRule(operation="subscription", fixed=D(1), per="month", source="new")
    both = wallet("both", {"send": "1.1", "bill-pay": "1.1"}, fees=[charge])
    answer = combined(both, SENDER, BILLER, kept=[both], trouble=NO_TROUBLE)
    assert answer.one
    shown = structs.replace(answer, one=answer.one, several=combined(SENDER, BILLER).several)
    shown = structs.replace(shown, why="worth-it", kept=())
    page = markdown.render(
        combine_page(shown, catalog_of(both, SENDER, BILLER), TODAY, explain=False)
    )
    assert "| Having it |  | - | 12.00 |" in page
    # Of what is in the set, it does.
    biller = wallet("biller", {"send": 3, "bill-pay": 1}, fees=[charge])
    answer = combined(SENDER, biller, trouble=NO_TROUBLE)
    page = markdown.render(combine_page(answer, catalog_of(SENDER, biller), TODAY, explain=False))
    assert "| Having it | **Biller** | 12.00 | - |" in page


def test_what_one_must_have_to_open_a_wallet_of_the_set_is_told() -> None:
    onboarding = Onboarding(
        local_bank_account=Claim(has=True, source="new", note="at a member bank"),
        local_phone=Claim(has=True, source="new"),
    )
    biller = wallet("biller", {"send": 3, "bill-pay": 1}, onboarding=onboarding)
    answer = combined(SENDER, biller)
    assert answer.several
    assert list(opening_words(answer.several)) == [
        "Biller needs a local bank account (at a member bank).",
        "Biller needs a local phone number.",
    ]
    page = markdown.render(combine_page(answer, catalog_of(SENDER, biller), TODAY, explain=False))
    assert "- Biller needs a local phone number." in page
    # Who said that they have one, or has the wallet, is not told so.
    answer = combined(SENDER, biller, needs=wanting(SENDING, BILLS, given=("local-phone",)))
    assert answer.several
    assert len(list(opening_words(answer.several))) == 1
    answer = combined(SENDER, biller, kept=[biller])
    assert answer.several
    assert list(opening_words(answer.several)) == []


def test_what_a_set_can_do_more_is_named() -> None:
    sender = wallet("sender", {"send": "1.1", "bill-pay": 1}, {"cashback": no()})
    biller = wallet("biller", {"send": 1, "bill-pay": False}, {"cashback": yes()})
    needs = wanting(SENDING, BILLS, wish=("features:cashback",), weights={"coverage": 5, "cost": 1})
    answer = combined(sender, biller, needs=needs)
    assert answer.why == "worth-it"
    assert not answer.saves_enough
    assert [(each.id, key) for each, key in answer.brings] == [("biller", "features:cashback")]
    words = " is what it can do for you: Biller gives cashback (+"
    assert words in reason_words(answer)


@pytest.mark.parametrize(
    ("percent", "words"), [("1.2", "you would pay about 2.40 GBP a year more"), ("1.0", "")]
)
def test_a_dearer_set_with_more_points_is_told_and_not_advised(percent: str, words: str) -> None:
    """1,200 a year of bills at 1.2 % cost 2.40 more than at 1 %."""
    sender = wallet("sender", {"send": "1", "bill-pay": "1"}, {"cashback": no()})
    biller = wallet("biller", {"send": False, "bill-pay": percent}, {"cashback": yes()})
    needs = wanting(SENDING, BILLS, wish=("features:cashback",), weights={"coverage": 5, "cost": 1})
    answer = combined(sender, biller, needs=needs, trouble=NO_TROUBLE, dearer=True)
    if not words:
        assert (answer.dearer, answer.helps) == (None, True)
        return
    assert (answer.why, shared(answer.chosen)) == ("no-cheaper", {"sender": ["send", "bill-pay"]})
    assert shared(answer.dearer) == {"sender": ["send"], "biller": ["bill-pay"]}
    assert words in reason_words(answer)


def test_the_plan_is_the_cheapest_for_the_uses_that_a_wallet_gets() -> None:
    plans = tuple(Plan(id=name, name=name, source="new") for name in ("free", "paid"))
    fees = [
        FeeRule(operation="subscription", plan=("free",), fixed=ZERO, per="month", source="new"),
        FeeRule(operation="subscription", plan=("paid",), fixed=D(2), per="month", source="new"),
        FeeRule(operation="send", plan=("free",), percent=D(1), source="new"),
        FeeRule(operation="send", plan=("paid",), percent=ZERO, source="new"),
        FeeRule(operation="bill-pay", plan=("free",), percent=D(4), source="new"),
        FeeRule(operation="bill-pay", plan=("paid",), percent=ZERO, source="new"),
    ]
    planned = wallet("planned", {}, fees=fees, plans=plans)
    bills = wallet("bills", {"send": False, "bill-pay": 0})
    answer = combined(planned, bills, trouble=NO_TROUBLE)
    assert answer.one
    assert answer.several
    assert answer.one.members[0].candidate.plan == "paid"
    assert [member.candidate.plan for member in answer.several.members] == ["free", ""]


def test_nobody_is_sent_to_a_second_wallet_for_a_price_that_is_not_known() -> None:
    dear = wallet("dear", {"send": 9, "bill-pay": 1})
    answer = combined(dear, wallet("unpriced", {"send": None, "bill-pay": False}))
    assert (answer.why, answer.several) == ("no-cheaper", None)
    assert shared(answer.chosen) == {"dear": ["send", "bill-pay"]}


def test_what_is_not_known_of_the_one_wallet_is_no_sure_saving() -> None:
    unpriced = wallet("unpriced", {"send": None, "bill-pay": 0})
    answer = combined(unpriced, wallet("sender", {"send": 1, "bill-pay": False}))
    assert answer.gain
    assert not answer.gain.saving.complete
    # What is not known is taken for 3 %, at most 8: with that, it costs 24 less; else 12 more.
    assert answer.gain.saving.total == Range(D(-12), D(24), D(84))
    assert "if unknown fees are as usual" in reason_words(answer)
    # Nor is a range that reaches below nothing one that anybody saves.
    old = structs.replace(answer.gain.saving, complete=True)
    words = saving_words(answer, structs.replace(answer.gain, saving=old))
    assert words == "you would pay about 24.00 GBP a year less than with Unpriced alone"


def test_what_is_not_known_in_both_is_in_no_saving() -> None:
    unpriced = wallet("unpriced", {"send": 9, "bill-pay": None})
    answer = combined(unpriced, wallet("sender", {"send": 1, "bill-pay": False}))
    assert answer.several
    assert answer.gain
    assert not answer.several.year.complete
    assert answer.gain.saving.total == Range.exactly(D(96))
    assert answer.gain.saving.complete


@pytest.mark.parametrize(
    ("bills", "said"),
    [(None, "you would pay the same as with Unpriced alone, as far as is known"), (2, "alone")],
    ids=["bills have no price", "all is priced"],
)
def test_the_same_cost_is_no_more_than_is_known(bills: int | None, said: str) -> None:
    dear = wallet("unpriced", {"send": 1, "bill-pay": bills})
    safe = {"passkey": yes(), "hardware-key": yes()}
    sender = wallet("sender", {"send": 1, "bill-pay": False}, security=safe)
    answer = combined(dear, sender, trouble=NO_TROUBLE)
    assert answer.gain
    assert answer.gain.saving.total == Range.exactly(ZERO)
    assert saving_words(answer, answer.gain).endswith(said)


def test_what_is_confirmed_stands_before_what_is_not() -> None:
    one = wallet("maybe", {"send": 0})
    answer = combined(one, wallet("bills", {"bill-pay": 9, "send": False}))
    assert answer.why == "none-confirmed"
    assert shared(answer.chosen) == {"maybe": ["send"], "bills": ["bill-pay"]}
    # And never the other way round.
    sure = wallet("sure", {"send": 9, "bill-pay": 9})
    assert shared(combined(sure, wallet("perhaps", {})).chosen) == {"sure": ["send", "bill-pay"]}


@pytest.mark.parametrize("word", ["business", "student", "senior", "minor"])
def test_nobody_is_sent_to_what_is_for_others_alone(word: str) -> None:
    others = {"bill-pay": {"percent": 1, "for_": (word,)}}
    biller = wallet("biller", others, {"send": no(), "bill-pay": yes(for_=(word,))})
    sender = wallet("sender", {"send": 1, "bill-pay": 9})
    answer = combined(sender, biller)
    assert (answer.why, shared(answer.chosen)) == ("no-cheaper", {"sender": ["send", "bill-pay"]})
    # Nor where nothing else does it: then the answer says what is missing.
    silent = wallet("silent", {"send": 1, "bill-pay": False})
    answer = combined(silent, biller)
    assert answer.chosen is None
    (unfit,) = answer.unfit
    assert unfit.usage.operation == "bill-pay"
    causes = {out.wallet.id: causes_words(out.causes) for out in unfit.left_out}
    assert causes["biller"].startswith("not confirmed: that one can pay bills (only for ")
    assert f"--person {word}" in causes["biller"]
    # Whoever says to be one of them, or has it, may well use it.
    if word in ("business", "student"):
        one_of_them = wanting(SENDING, BILLS, person=(word,))
        for each in (sender, silent):
            chosen = shared(combined(each, biller, needs=one_of_them).chosen)
            assert chosen["biller"] == ["bill-pay"]
    kept = combined(silent, biller, kept=[biller])
    assert shared(kept.chosen) == {"silent": ["send"], "biller": ["bill-pay"]}
    assert kept.chosen
    assert not kept.chosen.confirmed


def test_the_price_of_what_is_not_confirmed_does_not_look_sure() -> None:
    may = {"send": yes(), "bill-pay": yes(when="on Mondays")}
    biller = wallet("biller", {"bill-pay": 0}, may)
    answer = combined(biller, wallet("bills", {"send": False, "bill-pay": 1}))
    assert answer.one
    assert [each.confirmed for each in answer.one.members[0].uses] == [True, False]
    page = markdown.render(combine_page(answer, catalog_of(biller), TODAY, explain=False))
    rows = [line for line in page.splitlines() if line.startswith("| Pay bills")]
    assert len(rows) == 1
    assert rows[0].count("not confirmed") == 1
    assert "0.00, not confirmed" in rows[0]


def test_a_must_have_of_a_use_is_asked_of_the_wallet_that_gets_it() -> None:
    pays = wallet("pays", {"pay": 1, "send": 9}, {"pay-qr": yes()})
    sends = wallet("sends", {"pay": 0, "send": 1}, {"pay-qr": no()})
    needs = wanting(use("pay", 100), SENDING, must=("pay-qr",))
    answer = combined(pays, sends, needs=needs)
    assert shared(answer.chosen) == {"pays": ["pay"], "sends": ["send"]}
    # What belongs to nothing that is done is asked of each, as a passkey is.
    for word in ("security:passkey", "features:crypto"):
        assert combined(pays, sends, needs=structs.replace(needs, must=(word,))).one
    safe = structs.replace(needs, must=("pay-qr", "features:budgeting"), strict=True)
    answer = combined(pays, sends, needs=safe)
    assert answer.chosen is None


def test_who_has_no_bank_account_spends_what_comes_in_where_it_came_in() -> None:
    needs = wanting(use("receive", 200), SENDING, BILLS, person=("unbanked",))
    prices = {"receive": 0, "send": 1, "bill-pay": 3}
    one, two = wallet("one", prices), wallet("two", prices | {"send": 3, "bill-pay": 1})
    answer = combined(one, two, needs=needs)
    assert (answer.why, answer.several) == ("linked", None)
    # Nor who says what they have, and no bank account among it.
    cash = structs.replace(needs, person=(), have=("cash-agent",))
    assert combined(one, two, needs=cash).several is None
    # What is spent beside it comes from elsewhere, and may be spent anywhere.
    answer = combined(
        one, two, needs=structs.replace(needs, use=(use("receive", 100), SENDING, BILLS))
    )
    assert shared(answer.chosen) == {"one": ["receive", "send"], "two": ["bill-pay"]}


def test_what_comes_in_may_fill_another_wallet_from_the_bank() -> None:
    needs = wanting(use("receive", 200), use("pay", 100))
    filling = {"method": "bank-transfer", "fixed": D(1)}
    holds = wallet("holds", {"receive": 0, "pay": 19, "withdraw": 2})
    takes = {"funding": {"bank-transfer": yes()}}
    fills = wallet("fills", {"pay": 0, "top-up": filling}, **takes)
    answer = combined(holds, fills, needs=needs)
    assert shared(answer.chosen) == {"holds": ["receive"], "fills": ["pay"]}
    assert answer.several
    # Moving it out and putting it in both count: 2 and 1 a month.
    (move,) = answer.several.moves
    assert (move.candidate.wallet.id, move.amount) == ("holds", 100)
    assert answer.several.year.total == Range.exactly(D(36))
    page = markdown.render(combine_page(answer, catalog_of(holds, fills), TODAY, explain=False))
    assert "What you pay with Fills comes in with Holds: 1,200.00 GBP a year has to be" in page
    assert re.search(r"Filling it \| +\**Fills\** +\| +12.00 ", page)
    # Not where it is no cheaper, nor where the bank is known not to fill it.
    cheap = wallet("holds", {"receive": 0, "pay": 2, "withdraw": 2})
    assert combined(cheap, fills, needs=needs).why == "no-cheaper"
    closed = wallet("fills", {"pay": 0}, funding={word: no() for word in FROM_BANK})
    assert combined(holds, closed, needs=needs).several is None


def test_what_is_paid_from_the_bank_needs_no_balance() -> None:
    needs = wanting(use("receive", 200), use("pay", 100))
    # What is paid there takes the price of moving the money out: 2 pounds a month.
    holds = wallet("holds", {"receive": 0, "pay": 5, "withdraw": 2})
    passes = structs.replace(wallet("passes", {"pay": 0}), kind="pass-through")
    answer = combined(holds, passes, needs=needs)
    assert shared(answer.chosen) == {"holds": ["receive"], "passes": ["pay"]}
    assert answer.several
    (move,) = answer.several.moves
    assert (move.candidate.wallet.id, move.amount, move.year.complete) == ("holds", 100, True)
    assert move.year.total == Range.exactly(D(24))
    assert answer.several.year.total == Range.exactly(D(24))
    page = markdown.render(combine_page(answer, catalog_of(holds, passes), TODAY, explain=False))
    assert "1,200.00 GBP a year has to be moved out of it" in page
    # Where moving it takes more than paying from the balance, it is no cheaper.
    dear = wallet("holds", {"receive": 0, "pay": 1, "withdraw": 2})
    assert combined(dear, passes, needs=needs).why == "no-cheaper"
    # The same from a bank account that is linked to a wallet with a balance.
    linked = wanting(use("receive", 200), use("pay", 100, method="bank-linked"))
    free = {"percent": D(0), "method": "bank-linked"}
    dear = {"percent": D(5), "method": "bank-linked"}
    holds = wallet("holds", {"receive": 0, "pay": dear, "withdraw": 2})
    answer = combined(holds, wallet("other", {"pay": free}), needs=linked)
    assert shared(answer.chosen) == {"holds": ["receive"], "other": ["pay"]}


def test_money_is_moved_out_of_the_wallet_that_it_came_into() -> None:
    """Not by one that passes on what lies in the bank account: there it is not yet."""
    needs = wanting(use("receive", 200), use("withdraw", 200))
    holds = wallet("holds", {"receive": 0, "withdraw": 5})
    passes = structs.replace(wallet("passes", {"send": 0, "withdraw": 0}), kind="pass-through")
    answer = combined(holds, passes, needs=needs)
    assert shared(answer.chosen) == {"holds": ["receive", "withdraw"]}


def test_that_moving_the_money_has_no_known_price_is_said() -> None:
    needs = wanting(use("receive", 200), use("pay", 100))
    holds = wallet("holds", {"receive": 0, "pay": 50, "withdraw": None})
    passes = structs.replace(wallet("passes", {"pay": 0}), kind="pass-through")
    answer = combined(holds, passes, needs=needs)
    assert answer.several
    assert not answer.several.year.complete
    page = markdown.render(combine_page(answer, catalog_of(holds, passes), TODAY, explain=False))
    assert "What that costs is not known." in page


def test_one_wallet_is_not_enough_where_it_may_not_do_all_or_has_no_price() -> None:
    needs = wanting(SENDING, BILLS)
    assert verdict_words(combined(SENDER, needs=needs)) == "One wallet is enough: Sender."
    half = wallet("half", {"send": 1, "bill-pay": None})
    assert verdict_words(combined(half, needs=needs)) == (
        "As far as is known, one wallet is best: Half. What you would pay for this is not known:"
        " pay bills."
    )
    unsure = wanting(SENDING, BILLS, must=("passkey",))
    assert verdict_words(combined(SENDER, needs=unsure)) == (
        "As far as is known, one wallet is best: Sender. But not confirmed of Sender: that it logs"
        " in with a passkey."
    )
    kept = combined(SENDER, needs=unsure, kept=[SENDER])
    assert verdict_words(kept).startswith("As far as is known, Sender is enough.")


def test_where_what_comes_in_binds_all_going_elsewhere_is_named() -> None:
    needs = wanting(use("receive", 200), SENDING, BILLS)
    dear = wallet("dear", {"receive": 3, "send": 3, "bill-pay": 3})
    words = ("passkey", "app-pin", "biometric-login", "device-binding")
    safe = {word: yes() for word in words}
    cheap = wallet("cheap", {"receive": 0, "send": 0, "bill-pay": 0}, security=safe)
    catalog = catalog_of(dear, cheap)
    answer = combined(dear, cheap, needs=needs, kept=[dear])
    going = with_going(catalog, answer, TODAY)
    assert going.going
    assert going.going.place.wallet.id == "cheap"
    assert verdict_words(going) == "Rather than keep Dear, go to Cheap."
    assert "walletpick switch --from dear@GB" in reason_words(going)
    # What is best as it is stays, and so does what nobody keeps.
    stays = combined(dear, cheap, needs=needs, kept=[cheap])
    assert with_going(catalog, stays, TODAY).going is None
    assert with_going(catalog, combined(dear, cheap, needs=needs), TODAY).going is None


def test_what_one_has_is_kept_and_is_no_trouble() -> None:
    card = FeeRule(operation="card-issue", fixed=D(9), source="new")
    have = wallet("have", {"pay": 0, "send": 5}, {"physical-card": yes()}, fees=[card])
    best = wallet("best", {"pay": 1, "send": 1}, {"physical-card": yes()}, fees=[card])
    needs = wanting(use("pay", 100), SENDING, wish=("physical-card",))
    answer = combined(have, best, needs=needs, kept=[have])
    assert answer.one
    assert answer.several
    # The card that one has is paid, and nobody needs one to send.
    assert answer.one.year.total == Range.exactly(D(60))
    assert answer.several.year.total == Range.exactly(D(12))
    assert shared(answer.several) == {"have": ["pay"], "best": ["send"]}
    assert answer.several.trouble == 5
    assert verdict_words(answer) == "Keep Have and add Best."
    both = combined(have, best, needs=needs, kept=[have, best])
    assert both.one
    assert both.one.trouble == 0
    assert (both.why, both.several) == ("no-cheaper", None)


def test_interest_is_given_by_one_wallet_alone() -> None:
    gives = (GiveBack(balance=True, percent=D(2), source="new"),)
    one = wallet("sender", {"send": 1, "bill-pay": 3}, gives_back=gives)
    two = wallet("biller", {"send": 3, "bill-pay": 1}, gives_back=gives)
    needs = wanting(SENDING, BILLS, keep=D(1000))
    answer = combined(one, two, needs=needs)
    assert answer.several
    assert answer.several.year.total == Range.exactly(D(4))


def test_what_is_kept_lies_where_it_may_earn_interest() -> None:
    """What is promised as the most at best lowers no estimate, but it may be that."""
    gives = (GiveBack(balance=True, percent=D(2), bound="at-most", source="new"),)
    needs = wanting(SENDING, BILLS, keep=D(1000), must=("features:savings",))
    for saving in ("sender", "biller"):
        one, two = (
            wallet(name, prices, {"savings": yes() if name == saving else no()}, gives_back=more)
            for name, prices in (
                ("sender", {"send": 1, "bill-pay": 3}),
                ("biller", {"send": 3, "bill-pay": 1}),
            )
            for more in (gives if name == saving else (),)
        )
        answer = combined(one, two, needs=needs)
        assert answer.several
        # Only the wallet that keeps the money has to offer savings.
        assert answer.several.confirmed
        keeper = [each.wallet.id for each in answer.several.members if each.needs.keep is not None]
        assert keeper == [saving]
        assert answer.several.year.total.low == D(4)


def test_a_use_that_no_wallet_fits_is_named() -> None:
    only = wallet("bills", {"bill-pay": 1, "send": False})
    answer = combined(only)
    assert answer.chosen is None
    assert [unfit.usage for unfit in answer.unfit] == [SENDING]
    assert nothing_words(answer, catalog_of(only)) == (
        "the only wallet that the catalog has in the United Kingdom does not fit for this: send"
        " money to people at home; others that it does not have may"
    )


def test_more_wallets_than_asked_for_are_named_where_they_would_do() -> None:
    only = [
        wallet(name, {each: 1 if each == name else False for each in OPERATIONS})
        for name in ("send", "bill-pay", "cash-out")
    ]
    needs = wanting(SENDING, BILLS, CASH)
    answer = combined(*only, needs=needs)
    assert (answer.chosen, answer.unfit, answer.enough) == (None, (), 3)
    assert "--most 3" in nothing_words(answer, catalog_of(*only))
    assert len(shared(combined(*only, needs=needs, most=3).chosen)) == 3


def test_too_many_uses_are_refused() -> None:
    uses = tuple(use("send", 100 + number) for number in range(MOST_USES + 1))
    with pytest.raises(TooManyUses):
        combined(SENDER, needs=wanting(*uses))


# A diary that makes one of two wallets better by some points.
def test_a_diary_counts_by_the_uses_that_a_wallet_gets() -> None:
    good = Experience(entries=(), value=D(1), weight=D(10))
    own = {("sender", "GB"): good}
    answer = combined(SENDER, BILLER, experiences=own)
    assert answer.one
    assert answer.several
    (place,) = (m.place for m in answer.several.members if m.wallet.id == "sender")
    assert answer.several.own_points == place.own_points / 2
    ranking = rank(catalog_of(SENDER, BILLER), wanting(SENDING, BILLS), TODAY, own)
    assert abs(answer.one.score.estimate - ranking.places[0].score.estimate) < HAIR


# What must hold of any catalog.

_PRICES = st.sampled_from((0, 1, 2, 4, None, False))


@st.composite
def catalogs(draw: st.DrawFn) -> list[Wallet]:
    """Draw up to four wallets with some prices, plans to pay for, limits, allowances and locks."""
    wallets = []
    for number in range(draw(st.integers(1, 4))):
        prices: dict[str, Any] = {each: draw(_PRICES) for each in OPERATIONS[:3]}
        if draw(st.booleans()) and prices["send"]:
            free = Allowance(amount=D(100), per="month")
            prices["send"] = {"percent": D(prices["send"]), "free": free}
        fees = []
        if draw(st.booleans()):
            fixed = D(draw(st.sampled_from((1, 3))))
            fees = [FeeRule(operation="subscription", fixed=fixed, per="month", source="new")]
        back = GiveBack(operation="send", percent=D(draw(st.sampled_from((0, 3)))), source="new")
        gives = (back,) if back.percent else ()
        limits = (Limit(what="month", amount=D(250), source="new"),) if draw(st.booleans()) else ()
        words = ("passkey", "app-pin", "two-factor-sms")
        security = {word: yes() if draw(st.booleans()) else no() for word in words}
        wallets.append(
            wallet(
                f"w{number}", prices, fees=fees, limits=limits, security=security, gives_back=gives
            )
        )
    return wallets


USES = st.lists(
    st.builds(use, st.sampled_from(OPERATIONS[:3]), st.sampled_from((50, 100, 200))),
    min_size=1,
    max_size=3,
    unique_by=lambda usage: usage.operation,
)


def brute_force(wallets: list[Wallet], needs: Needs, most: int, trouble: Decimal) -> Iterator[Any]:
    """Yield every set: how sure, the points with the trouble, the cost, who gets what, what is open.

    Nothing here is the program's but the judgement on each wallet.
    """
    needs = settle(needs)
    catalog = catalog_of(*wallets)
    for given_to in product(range(len(wallets)), repeat=len(needs.use)):
        if len(set(given_to)) > most:
            continue
        places: dict[int, Place] = {}
        for number in set(given_to):
            uses = tuple(u for u, to in zip(needs.use, given_to, strict=True) if to == number)
            by = Yardstick(structs.replace(needs, use=uses), catalog, TODAY)
            judgement = judge(wallets[number], "GB", by)
            if not judgement.fits:
                break
            places[number] = place_of(judgement, by)
        else:
            cost = sum((place.bill.yearly.estimate for place in places.values()), ZERO)
            share = 12 * sum((usage.amount for usage in needs.use), ZERO)
            full = cost + trouble * (len(places) - 1)
            # What is guessed counts as what is dear.
            for place in places.values():
                for line in place.bill.lines:
                    if not line.known and not line.least:
                        full += line.yearly.high - line.yearly.estimate
            points = ZERO
            for name, weight in needs.weights.items():
                for part in {
                    p.part.id: p.part for p in places[given_to[0]].values[name].parts
                }.values():
                    values = [_value(places[to], name, part) for to in given_to]
                    worth = sum(values, ZERO) / len(values)
                    if part.measure == "cost-percent":
                        worth = on_curve(part.curve, full * HUNDRED / share)
                    rest = sum(
                        (p.part.points for p in places[given_to[0]].values[name].parts), ZERO
                    )
                    points += weight * HUNDRED * worth * part.points / rest
            unsure = not all(place.confirmed for place in places.values())
            evidence = [places[to].evidence for to in given_to]
            thin = sum(evidence, ZERO) / len(evidence) < D("0.33")
            unknown = {line for place in places.values() for line in _unknown(place)}
            yield (unsure, thin), points, cost, given_to, unknown


def _first(wallets: list[Wallet], needs: Needs) -> str:
    return rank(catalog_of(*wallets), needs, TODAY).places[0].wallet.id


def _number(wallets: list[Wallet], place: Place) -> int:
    return [each.id for each in wallets].index(place.wallet.id)


def _value(place: Place, name: str, part: Part) -> Decimal:
    return next(p.value.estimate for p in place.values[name].parts if p.part.id == part.id)


def _unknown(place: Place) -> Iterator[tuple[str, str, Decimal]]:
    for line in place.bill.lines:
        if not line.known:
            yield place.wallet.id, line.operation, line.yearly.estimate


@settings(max_examples=40, deadline=None)
@given(catalogs(), USES, st.integers(2, 3), st.sampled_from((0, 5, 30)))
def test_brute_force_finds_nothing_better(
    wallets: list[Wallet], uses: list[Usage], most: int, trouble: int
) -> None:
    needs = wanting(*uses)
    answer = combined(*wallets, needs=needs, most=most, trouble=D(trouble))
    every = list(brute_force(wallets, needs, most, D(trouble)))
    singles = {to[0]: points for _, points, _, to, _ in every if len(set(to)) == 1}
    others = [(*each[:3], each[4]) for each in every if len(set(each[3])) > 1]
    assert (answer.one is None) == (not singles)
    if answer.one:
        one = answer.one
        assert one.members[0].place.wallet.id == _first(wallets, needs)
        assert abs(one.net - singles[_number(wallets, one.members[0].place)]) < HAIR
        known = set(_unknown(one.members[0].place))
        least = (not one.confirmed, one.thin, False)
        others = [
            ((*rank, not unknown <= known), points, cost, unknown)
            for rank, points, cost, unknown in others
            if (*rank, not unknown <= known) <= least
            and (cost <= one.year.total.estimate or rank[0] < least[0])
        ]
    assert (answer.several is None) == (not others)
    if answer.several:
        best = min((rank, -points) for rank, points, _, _ in others)
        assert answer.several.confirmed == (not best[0][0])
        assert abs(-answer.several.net - best[1]) < HAIR


@settings(max_examples=40, deadline=None)
@given(catalogs(), USES, st.integers(2, 3))
def test_what_is_chosen_is_never_dearer_than_the_one_wallet(
    wallets: list[Wallet], uses: list[Usage], most: int
) -> None:
    answer = combined(*wallets, needs=wanting(*uses), most=most)
    if answer.one and answer.chosen and answer.one.confirmed:
        assert answer.chosen.year.total.estimate <= answer.one.year.total.estimate
        assert answer.chosen.net >= answer.one.net
    for team in (answer.one, answer.several):
        if team:
            members = team.members
            assert len(members) <= most
            numbers = [number for member in members for number in member.numbers]
            assert sorted(numbers) == list(range(len(uses)))
            assert all(member.uses for member in members)
            years = [s.year for m in members for s in m.uses] + [m.charges for m in members]
            assert sum(year.total.estimate for year in years) == team.year.total.estimate
    if len(uses) == 1:
        assert answer.several is None


@settings(max_examples=25, deadline=None)
@given(catalogs(), USES)
def test_a_wallet_that_is_not_used_changes_nothing(
    wallets: list[Wallet], uses: list[Usage]
) -> None:
    answer = combined(*wallets, needs=wanting(*uses))
    used = {m.wallet.id for team in (answer.one, answer.several) if team for m in team.members}
    left = [each for each in wallets if each.id in used]
    if answer.one and left:
        again = combined(*left, needs=wanting(*uses))
        assert (again.one, again.several, again.why) == (answer.one, answer.several, answer.why)


@settings(max_examples=25, deadline=None)
@given(catalogs(), USES)
def test_a_second_wallet_that_is_like_the_first_gains_nothing(
    wallets: list[Wallet], uses: list[Usage]
) -> None:
    (first, *_) = wallets
    plain = structs.replace(
        first.markets["GB"],
        limits=(),
        fees=tuple(structs.replace(fee, free=None) for fee in first.markets["GB"].fees),
    )
    twins = [structs.replace(first, id=name, name=name, markets={"GB": plain}) for name in "ab"]
    answer = combined(*twins, needs=wanting(*uses), trouble=NO_TROUBLE)
    if answer.one and answer.several:
        assert answer.several.net <= answer.one.net + HAIR
        assert answer.why in ("no-better", "no-cheaper")


@settings(max_examples=25, deadline=None)
@given(catalogs(), USES)
def test_a_set_of_one_is_what_the_ranking_puts_first(
    wallets: list[Wallet], uses: list[Usage]
) -> None:
    answer = combined(*wallets, needs=wanting(*uses))
    ranking = rank(catalog_of(*wallets), wanting(*uses), TODAY)
    assert (answer.one is None) == (not ranking.places)
    if answer.one:
        first, (member,) = ranking.places[0], answer.one.members
        assert member.wallet == first.wallet
        for end in ("low", "estimate", "high"):
            assert abs(getattr(answer.one.score, end) - getattr(first.score, end)) < HAIR


def test_a_part_of_a_criterion_counts_for_the_uses_that_it_is_about() -> None:
    """Refunds of purchases are about paying: what only sends money need not give any."""
    criteria = shipped().criteria
    cover = (Protection(kind="purchase-protection", source="new"),)
    pays = wallet("pays", {"pay": 0, "send": 9}, {"pay-qr": yes()}, protection=cover)
    sends = wallet("sends", {"pay": 9, "send": 0}, {"pay-qr": yes()})
    catalog = structs.replace(catalog_of(pays, sends), criteria=criteria)
    needs = wanting(use("pay", 100), SENDING)
    answer = combine(catalog, needs, TODAY, trouble=ZERO)
    assert shared(answer.several) == {"pays": ["pay"], "sends": ["send"]}
    assert answer.several
    covered = structs.replace(
        sends, markets={"GB": structs.replace(sends.markets["GB"], protection=cover)}
    )
    same = combine(structs.replace(catalog, wallets=(pays, covered)), needs, TODAY, trouble=ZERO)
    assert same.several
    assert same.several.score == answer.several.score


def test_what_belongs_to_a_use_and_what_it_lacks() -> None:
    needs = settle(wanting(use("pay", 100), SENDING, must=("pay-qr", "passkey"), keep=D(5)))
    assert for_uses(needs, (0,)).must == ("features:pay-qr", "security:passkey")
    assert for_uses(needs, (1,)).must == ("security:passkey",)
    # How many use it matters to who pays shops and to who sends to people there.
    common = settle(wanting(use("pay", 100), use("withdraw", 100), must=("widely-used",)))
    assert for_uses(common, (0,)).must == ("features:widely-used",)
    assert for_uses(common, (1,)).must == ()
    assert (for_uses(needs, (0,)).keep, for_uses(needs, (0,), keep=False).keep) == (5, None)
    uses = (use("receive", 150), SENDING, BILLS)
    assert [shortage(uses), shortage(uses[:2]), shortage(uses[2:])] == [50, 0, 100]


# Beside the other answers.


def test_switch_mentions_what_is_better_than_going() -> None:
    catalog = catalog_of(SENDER, BILLER)
    stay = switch(catalog, (SENDER, "GB"), wanting(SENDING, BILLS), TODAY)
    assert stay.verdict.word == "stay"
    more = adding(catalog, stay, TODAY)
    assert more
    assert set(shared(more.several)) == {"sender", "biller"}
    words = "Keep Sender and add Biller."
    page = markdown.render(switch_page(stay, 0, explain=False, adding=more))
    assert f"**Better still:** {words}" in page
    document = switch_out(stay, catalog, TODAY, 0, more)
    assert document.adding
    assert document.adding.text.startswith(words)
    assert switch_out(stay, catalog, TODAY, 0).adding is None


def test_who_can_say_that_their_wallet_does_all_needs_no_second_one_for_it() -> None:
    online = structs.replace(yes(), given=("online",))
    for maybe, second in ((online, False), (structs.replace(yes(), when="on Sundays"), True)):
        half = wallet("half", {"send": 0}, {"bill-pay": maybe})
        catalog = catalog_of(half, BILLER)
        stay = switch(catalog, (half, "GB"), wanting(SENDING, BILLS), TODAY)
        assert stay.verdict.word == "stay"
        assert "Not confirmed of Half: that one can pay bills" in switch_reason(stay)
        assert bool(adding(catalog, stay, TODAY)) is second


def test_switch_does_not_mention_what_is_worse_than_going() -> None:
    words = ("passkey", "app-pin", "biometric-login", "device-binding")
    best = wallet("best", {"send": 0, "bill-pay": 0}, security={word: yes() for word in words})
    lacks = {word: no() for word in words}
    sender = wallet("sender", {"send": 1, "bill-pay": 3}, security=lacks)
    catalog = catalog_of(sender, BILLER, best)
    go = switch(catalog, (sender, "GB"), wanting(SENDING, BILLS), TODAY)
    assert go.verdict.word == "go"
    assert adding(catalog, go, TODAY) is None
    # From the other side it is the same: adding helps, going is better still.
    added = combined(sender, BILLER, best, kept=[sender])
    assert added.helps
    better = with_going(catalog, added, TODAY)
    assert verdict_words(better) == verdict_words(added)
    assert "if you need not keep Sender: Best alone" in reason_words(better)
    assert "switch" not in reason_words(added)
    # One use is not shared out.
    one = switch(catalog, (sender, "GB"), wanting(SENDING), TODAY)
    assert adding(catalog, one, TODAY) is None


def test_one_wallet_is_named_as_surely_as_by_the_other_answers() -> None:
    # What comes in pays for all else: one wallet does it, and of both the prices are not known.
    needs = wanting(use("receive", 200), SENDING)
    lone: dict[str, object] = {"receive": None, "send": None}
    here, there = wallet("here", lone), wallet("there", lone, {"pay-qr": yes()})
    catalog = catalog_of(here, there)
    ranked = verdict_of(rank(catalog, needs, TODAY))
    assert {place.wallet.id for place in ranked.level} == {"here", "there"}
    free = with_going(catalog, combined(here, there, needs=needs), TODAY)
    assert "are level: what is not known decides between them." in verdict_words(free)
    assert "is not known" in verdict_words(free).split("them.")[1]
    # Alone it is the only one, but no price of it is known.
    alone = combined(here, needs=needs)
    assert verdict_words(alone) == (
        "One wallet may be enough: Here, but what you would pay there is not known."
    )
    kept = combined(here, needs=needs, kept=[here])
    assert verdict_words(kept).startswith("Here may be enough, but")


def test_what_is_kept_is_not_enough_where_switch_cannot_tell() -> None:
    needs = wanting(use("receive", 200), SENDING)
    here = wallet("here", {"receive": 2, "send": 2})
    words = ("passkey", "app-pin")
    there = wallet("there", {"receive": 1, "send": 1}, security={word: yes() for word in words})
    catalog = catalog_of(here, there)
    assert switch(catalog, (here, "GB"), needs, TODAY).verdict.word == "too-close"
    answer = with_going(catalog, combined(here, there, needs=needs, kept=[here]), TODAY)
    assert verdict_words(answer) == "Too close to call: Here or There."
    assert "walletpick switch --from here@GB" in reason_words(answer)


def of_firm(firm: str | None, *args: Any, **more: Any) -> Wallet:
    return structs.replace(wallet(*args, **more), operator=firm)


def test_where_one_is_enough_what_does_the_same_is_named_as_a_reserve() -> None:
    first = of_firm("Acme, Inc.", "first", {"send": 0, "bill-pay": 0})
    sister = of_firm("Bank of X; Acme (Europe) Ltd", "sister", {"send": 1, "bill-pay": 1})
    nobodys = of_firm(None, "nobodys", {"send": 1, "bill-pay": 1})
    perhaps = of_firm("Perhaps Ltd", "perhaps", {"send": 1}, features={})
    other = of_firm("Other Ltd", "other", {"send": 2, "bill-pay": 2})
    unpriced = of_firm("Silent Ltd", "unpriced", {"send": None, "bill-pay": None})
    answer = combined(first, sister, nobodys, perhaps, other, unpriced)
    assert answer.chosen
    assert shared(answer.chosen) == {"first": ["send", "bill-pay"]}
    ((reserve),) = answer.reserves
    assert (reserve.place.wallet.id, reserve.uses) == ("other", (0, 1))
    page = on_one_line(answer, first, other)
    assert (
        "A second one, should the first fail or lock you out: Other (in the first year: 48.00 GBP)."
        in page
    )
    # Where nobody else's price is known, that is said.
    answer = combined(first, sister, unpriced)
    page = on_one_line(answer, first, unpriced)
    assert "lock you out: Unpriced, whose price is not known." in page
    assert combined(first, sister, nobodys).reserves == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "apart"),
    [
        # Words that say what a firm is are no name of a group.
        ("Bank of Here", "Bank of There", True),
        ("PT Uang Elektronik", "PT Dompet Kita", True),
        ("Banco Uno S.A.", "Banco de Dos", True),
        ("First Trust; Banco Uno S.A.", "Banque Deux; Caisse", True),
        ("National Bank", "National Payments Ltd", False),
        # Those of one group have a name in common, wherever they are.
        ("Orange Money Mali", "Orange Bank S.A.", False),
        ("Pay4All, Inc.", "PAY4ALL (Europe) S.à r.l.", False),
        ("PT Acme Payments", "Acme US Inc.", False),
        ("Bank of Here", "Other Ltd; Here plc", False),
        ("S.A. Acme", "Acme", False),
        # Where no firm is named, nobody knows.
        ("Acme", None, False),
        ("Acme", " ; ", False),
    ],
)
def test_firms_are_told_apart_by_what_firms_of_other_groups_do_not_have_in_their_names(
    ours: str, theirs: str | None, apart: bool
) -> None:
    first = of_firm(ours, "first", {"send": 0, "bill-pay": 0})
    second = of_firm(theirs, "second", {"send": 1, "bill-pay": 1})
    reserves = [each.place.wallet.id for each in combined(first, second).reserves]
    assert reserves == (["second"] if apart else [])


def test_where_no_other_does_all_each_use_has_its_reserve() -> None:
    first = of_firm("First", "first", {"send": 0, "bill-pay": 0})
    sender = of_firm("Second", "sender", {"send": 1, "bill-pay": False})
    biller = of_firm("Third", "biller", {"send": False, "bill-pay": 1})
    answer = combined(first, sender, biller)
    assert [(each.place.wallet.id, each.uses) for each in answer.reserves] == [
        ("sender", (0,)),
        ("biller", (1,)),
    ]
    page = on_one_line(answer, first, sender, biller)
    assert (
        "lock you out: to send money to people at home, Sender (in the first year: 12.00 GBP);"
        " to pay bills, Biller (in the first year: 12.00 GBP)." in page
    )
    # Two wallets stand in for each other already.
    assert combined(SENDER, BILLER).reserves == ()


def on_one_line(answer: Combined, *wallets: Wallet) -> str:
    page = markdown.render(combine_page(answer, catalog_of(*wallets), TODAY, explain=False))
    return " ".join(page.split())


def test_a_condition_that_may_change_who_costs_least_is_named() -> None:
    weekends = FeeRule(operation="send", percent=D(4), given=("weekend",), source="new")
    first = of_firm("First", "first", {"send": 1, "bill-pay": 0}, fees=(weekends,))
    other = of_firm("Other", "other", {"send": 2, "bill-pay": 0})
    hint = "Not said, and it may change which costs least: if you do it at a weekend"
    answer = combined(first, other)
    assert hint in on_one_line(answer, first, other)
    needs = structs.replace(wanting(SENDING, BILLS), given=("no-weekend",))
    assert hint not in on_one_line(combined(first, other, needs=needs), first, other)
    # What is dearer however it is answered changes nothing.
    dear = of_firm("Dear", "dear", {"send": 9, "bill-pay": 9})
    assert hint not in on_one_line(combined(first, dear), first, dear)
    # Nor does what is the same in two sets.
    biller = of_firm("Biller", "biller", {"send": 20, "bill-pay": 0})
    payer = of_firm("First", "first", {"send": 1, "bill-pay": 5}, fees=(weekends,))
    answer = combined(payer, biller)
    assert answer.helps
    assert hint not in on_one_line(answer, payer, biller)


# Of each, nobody knows whether it does what the other does.
HALF = """id: {id}
name: {id}
kind: mobile-money
summary: A wallet for tests.
sources:
  fees: {{url: https://example.com/fees, title: Fees, publisher: operator, as_of: 2026-10, seen: 2026-11-20}}
markets:
  KE: {{currency: KES, fees: [{{operation: {operation}, percent: 1, source: fees}}]}}
"""


def test_the_interview_offers_it_where_it_helps(tmp_path: Path) -> None:
    halves = {"sender": "send", "biller": "bill-pay"}
    texts = {name: HALF.format(id=name, operation=done) for name, done in halves.items()}
    catalog = write_catalog(tmp_path / "catalog", **texts)
    ended = run(
        "pick", "--plain", catalog=catalog, stdin=typed("Kenya", "2,9", "1000", "1000", "", "0")
    )
    before, command = ended.stdout.split("Take two wallets: sender and biller.")
    assert "The same again:" in before
    line = next(line for line in command.splitlines() if line.startswith("walletpick combine"))
    shown = run(*shlex.split(line)[1:], catalog=catalog)
    assert "Take two wallets: sender and biller." in shown.stdout


# As it is run.

CLASSIC = ("--country", "GB", "--use", "pay=400x20", "--use", "send-abroad=300@IN")


def test_the_document_is_as_described_and_adds_up() -> None:
    args = (*CLASSIC, "--use", "pay-abroad=200@FR")
    document = validated(run("combine", *args, "--json").stdout, "combination")
    for team in (document["one"], document["several"]):
        points = [each["points"]["estimate"] for each in team["criteria"].values()]
        assert sum(points) + team["own_points"] == pytest.approx(
            team["score"]["estimate"], abs=0.01
        )
        costs = [D(each["cost"]["estimate"]) for each in team["wallets"]]
        assert sum(costs) == pytest.approx(D(team["cost"]["estimate"]), abs=D("0.05"))
    assert document["verdict"]["word"] in ("one", "several")
    lines = [line for w in document["several"]["wallets"] for line in w["bill"]["lines"]]
    assert all(line["source"]["url"] for line in lines if line["known"] and line["rule"])


def test_everything_is_explained_with_its_sources() -> None:
    short, long = run("combine", *CLASSIC).stdout, run("combine", *CLASSIC, "--explain").stdout
    assert "Sources" not in short
    for title in ("Points by criterion", "Sources", "http"):
        assert title in long
    markdown = run("combine", *CLASSIC, "--format", "markdown").stdout
    assert markdown.startswith("# One wallet or several in the United Kingdom")
    assert "## Sources" in markdown


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--country", "GB"), 2, "--use"),
        (("--country", "GB", "--use", "send=1", "--most", "1"), 2, "--most"),
        ((*CLASSIC, "--trouble", "-1"), 2, "--trouble must not be less than 0"),
        ((*CLASSIC, "--with", "paypal@US"), 2, "in another country"),
        ((*CLASSIC, "--have", "M Pesa"), 2, "walletpick combine --with m-pesa"),
        (
            (*CLASSIC, "--with", "paypal", "--with", "wise", "--with", "monzo"),
            2,
            "more than --most 2",
        ),
        (
            ("--country", "GB", *(f"--use=send={n}" for n in range(1, 10))),
            2,
            "at most 8 uses, and these are 9",
        ),
        (
            ("--country", "GB", "--strict", "--use", "send=1", "--use", "credit-card-repayment=9"),
            3,
            "fits for this: repay a credit card",
        ),
        (("--country", "AQ", "--use", "send=1", "--use", "bill-pay=1"), 3, "no wallet in"),
        (
            ("--country", "GB", "--use", "send=1", "--with", "paypal", "--with", "wise"),
            3,
            "does this: each of them is to get a use, and there is one use only",
        ),
        (
            (
                *(*CLASSIC, "--person", "unbanked", "--use", "receive=9000"),
                *("--with", "paypal", "--with", "wise"),
            ),
            3,
            "each of them is to get a use, and what comes in with one cannot be spent",
        ),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(
    args: tuple[str, ...], code: int, words: str
) -> None:
    result = run("combine", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_the_country_is_that_of_what_one_has() -> None:
    result = run(
        "combine", "--with", "paypal@US", "--use=send=100", "--use=send-abroad=200", "--json"
    )
    document = json.loads(result.stdout)
    assert document["needs"]["country"] == "US"
    assert [w["wallet"] for w in document["one"]["wallets"] if w["kept"]] == ["paypal"]


def test_who_keeps_a_wallet_that_is_enough_is_told_how_to_see_the_others() -> None:
    asked = ("--use", "send=5000x4", "--use", "pay=5000")
    enough = run("combine", "--with", "m-pesa", "--country", "KE", *asked)
    said = " ".join(enough.stdout.split())
    assert "walletpick rank --country KE --use send=5000x4 --use pay=5000" in said
    # For the same needs, with what else was said.
    more = ("--have", "bank-transfer", "--given", "no-ussd")
    told = run("combine", "--with", "m-pesa", "--country", "KE", *asked, *more)
    command = f"walletpick rank --country KE {' '.join(asked)} {' '.join(more)}"
    assert f"{command} " in " ".join(told.stdout.split())
    silent = run("combine", "--with", "m-pesa", "--country", "KE")
    assert silent.exit_code == 2
    assert "walletpick combine --with m-pesa@KE --use" in " ".join(silent.stderr.split())


@pytest.mark.parametrize("country", ["VN", "TR", "UA", "SG"])
def test_what_is_next_to_nothing_is_told_as_a_ranking_tells_it(country: str) -> None:
    for persona in shipped().personas.values():
        asked = structs.replace(needs_of(persona), country=country, currency=None)
        if len(asked.use) > MOST_USES:
            continue
        answer = combine(shipped(), asked, TODAY)
        if answer.chosen is answer.one and answer.one and not answer.one.moves:
            (bill,) = answer.one.bills
            assert answer.unpriced == (known_sum(bill) == UNKNOWN)
