"""What a bill prices must be open to the person: the card they have, the method they may use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from build import TODAY, use
from markets import catalog_of, keys, no, placed, settle, wallet_of, wanting, yes
from markets import market as market_of
from msgspec import structs
from small import run

from walletpick.facts.model import Claim, FeeRule, Market, Needs, Onboarding, Usage
from walletpick.facts.money import Range
from walletpick.score.causes import Lacks
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Judgement, judge
from walletpick.words.causes import causes_words

PAYING = use("pay", 100)
QR = {"pay-qr": yes()}


def judged(market: Market, needs: Needs, **more: Any) -> Judgement:
    wallet = wallet_of("testpay", market, **more)
    return judge(wallet, "GB", Yardstick(settle(needs), catalog_of(wallet), TODAY))


def paying(funding: dict[str, Claim], *fees: FeeRule, **wanted: Any) -> Judgement:
    """Judge a market that pays by QR code, for somebody with a credit card unless more is said."""
    market = market_of(funding=funding, features=QR, **({"fees": fees} if fees else {}))
    return judged(market, wanting(PAYING, **{"have": ("credit-card",), **wanted}))


def fee(operation: str, percent: int = 0, **scope: Any) -> FeeRule:
    return FeeRule(operation=operation, percent=percent, source="new", **scope)


def test_a_card_that_is_taken_is_confirmed() -> None:
    assert not paying({"credit-card": yes()}).unconfirmed
    # Of several means one is enough.
    assert not paying(
        {"bank-linked": yes(), "credit-card": no()}, have=("credit-card", "bank-linked")
    ).unconfirmed


@pytest.mark.parametrize("operation", ["pay", "cash-out"])
def test_a_balance_or_own_card_that_nothing_of_theirs_fills(operation: str) -> None:
    features = {"physical-card": yes(), "cash-out": yes(), **QR}
    for method in ("balance", "debit-card") if operation == "pay" else ("atm",):
        market = market_of(
            funding={"credit-card": no(), "bank-linked": yes()},
            features=features,
            fees=(fee(operation, method=method),),
        )

        def closed(*more: Usage, have: str, m: str = method, of: Market = market) -> list[str]:
            usages = (use(operation, 100, method=m), *more)
            judgement = judged(of, wanting(*usages, have=(have,)))
            return [words for words, known in keys(judgement.obstacles) if known]

        assert closed(have="credit-card") == ["funding:credit-card"]
        assert not closed(have="bank-linked")
        # What comes in may be enough, or not.
        top_up = use("top-up", 100, method="cash-agent")
        assert not closed(top_up, have="credit-card")
        half = use("top-up", 50, method="cash-agent")
        assert closed(half, have="credit-card") == ["funding:credit-card"]


def test_a_card_of_which_nothing_is_known_is_not() -> None:
    judgement = paying({"bank-linked": yes()})
    assert keys(judgement.unconfirmed) == [("funding:credit-card", False)]
    assert judgement.fits


def test_of_several_means_each_that_may_do_is_named() -> None:
    have = ("credit-card", "debit-card")
    (cause,) = paying({}, have=have).unconfirmed
    assert causes_words([cause]) == "that it takes credit cards or takes debit cards"
    # One that is known not to be taken is not worth a question.
    (cause,) = paying({"credit-card": no()}, have=have).unconfirmed
    assert causes_words([cause]) == "that it takes debit cards"


def test_who_has_a_bank_account_can_link_it_or_send_from_it() -> None:
    assert not paying({"bank-transfer": yes()}, have=("bank-linked",)).unconfirmed


def test_a_card_that_is_not_taken_leaves_the_wallet_out() -> None:
    judgement = paying({"bank-linked": yes(), "credit-card": no()})
    assert keys(judgement.obstacles) == [("funding:credit-card", True)]
    assert causes_words(judgement.obstacles) == "does not take credit cards"


def test_who_says_nothing_of_what_they_have_is_asked_nothing() -> None:
    assert not paying({"credit-card": no()}, have=()).unconfirmed


def test_a_wallet_that_takes_its_own_card_only() -> None:
    own = {"credit-card": yes(given=("own-card",))}
    assert causes_words(paying(own).unconfirmed) == (
        "that it takes credit cards (only if your card is one that the wallet itself issues:"
        " --given own-card)"
    )
    assert not paying(own, given=("own-card",)).unconfirmed
    # A visitor's card is from abroad, so it is no such card.
    for said in ({"given": ("no-own-card",)}, {"person": ("visitor",)}):
        out = paying(own, **said).obstacles
        assert causes_words(out).startswith(
            "takes credit cards only if your card is one that the wallet itself issues"
        )


def test_a_card_that_is_taken_for_something_else() -> None:
    sending = {"credit-card": yes(operation=("send",))}
    (cause,) = paying(sending).unconfirmed
    assert (
        causes_words([cause]) == "that it takes credit cards (only to send money to people at home)"
    )
    market = market_of(funding=sending, features=QR)
    assert not judged(market, wanting(use("send", 100), have=("credit-card",))).unconfirmed


def test_a_method_that_is_named_must_be_taken_too() -> None:
    by_card = use("pay", 100, method="credit-card")
    silent = market_of(features=QR)
    assert keys(judged(silent, wanting(by_card)).unconfirmed) == [("funding:credit-card", False)]
    priced = market_of(features=QR, fees=(fee("pay", method="card"),))
    assert not judged(priced, wanting(by_card)).unconfirmed
    # A price at one bank's cards says nothing of others.
    elsewhere = market_of(features=QR, fees=(fee("pay", method="card", provider=("HSBC",)),))
    assert judged(elsewhere, wanting(by_card)).unconfirmed
    assert not judged(elsewhere, wanting(by_card, bank=("HSBC",))).unconfirmed


def test_what_comes_in_pays_for_what_goes_out() -> None:
    market = market_of(features=QR, fees=(fee("receive"), fee("pay")))
    assert not judged(
        market, wanting(use("receive", 100), PAYING, have=("credit-card",))
    ).unconfirmed


def test_a_balance_that_cannot_be_filled_gives_way_to_the_card() -> None:
    fees = (fee("pay", method="balance"), fee("pay", 2, method="credit-card"))
    priced = paying({"bank-linked": yes(), "credit-card": yes(operation=("pay-abroad",))}, *fees)
    assert [line.method for line in priced.bill.lines] == ["credit-card"]
    assert not priced.unconfirmed
    filled = paying({"credit-card": yes()}, *fees, fee("top-up", 1, method="credit-card"))
    assert [(line.kind, line.method) for line in filled.bill.lines] == [
        ("fee", "balance"),
        ("filling", "credit-card"),
    ]
    # Filling it at an unknown price does not look better than the card.
    unknown = paying({"credit-card": yes()}, *fees)
    assert [line.method for line in unknown.bill.lines] == ["credit-card"]


BALANCE = Onboarding(residents_only=yes(method=("balance",)))


def visiting(*fees: FeeRule, method: str | None = None) -> Judgement:
    market = market_of(features=QR, onboarding=BALANCE, fees=fees)
    return judged(market, wanting(use("pay", 100, method=method), person=("visitor",)))


def test_a_balance_for_residents_is_no_way_for_a_visitor() -> None:
    fees = (fee("pay", method="balance"), fee("pay", 1, method="card"))
    judgement = visiting(*fees)
    assert [line.method for line in judgement.bill.lines] == ["card"]
    assert causes_words(judgement.unconfirmed) == (
        "that it takes visitors (takes residents only from the wallet's balance)"
    )
    named = visiting(*fees, method="balance")
    assert causes_words(named.obstacles) == "takes residents only from the wallet's balance"
    resident = market_of(features=QR, onboarding=BALANCE, fees=fees)
    assert not judged(resident, wanting(PAYING)).unconfirmed


def test_a_wallet_that_is_for_residents_in_what_one_does() -> None:
    barred = Onboarding(residents_only=yes(operation=("send",)))
    market = market_of(features=QR, onboarding=barred)
    sending = wanting(use("send", 100), person=("visitor",))
    assert causes_words(judged(market, sending).obstacles) == "takes residents only"
    paying = judged(market, wanting(PAYING, person=("visitor",)))
    assert [cause.known for cause in paying.unconfirmed if isinstance(cause, Lacks)] == [False]


@pytest.mark.parametrize(
    ("args", "left_out"),
    [
        (
            ("--country", "JP", "--have", "credit-card", "--must", "pay-qr"),
            ["paypay", "rakuten-pay"],
        ),
        (("--country", "IN", "--use", "pay=20000x60:balance"), ["phonepe"]),
    ],
)
def test_the_shipped_wallets_that_are_closed_to_a_visitor(
    args: tuple[str, ...], left_out: list[str]
) -> None:
    import json

    found = run(
        "rank", "--use", "pay=60000x30", "--person", "visitor", *args, "--top", "0", "--json"
    )
    document = json.loads(found.stdout)
    out = {each["wallet"]: each["reasons"] for each in document["left_out"]}
    assert set(left_out) <= set(out)
    assert "only" in " ".join(reason for wallet in left_out for reason in out[wallet])


@pytest.mark.parametrize(("elsewhere", "least"), [((), "60"), (("PH",), "0")])
def test_a_price_among_users_holds_only_where_the_wallet_has_any(
    elsewhere: tuple[str, ...], least: str
) -> None:
    fees = (
        FeeRule(
            operation="send-abroad",
            method="own-network",
            percent=Decimal(0),
            fx_markup=Decimal(0),
            source="new",
        ),
        FeeRule(
            operation="send-abroad",
            method="bank-transfer",
            percent=Decimal(5),
            fx_markup=Decimal(0),
            source="new",
        ),
    )
    sent = wanting(use("send-abroad", 100, country="PH"))
    bill = placed(market_of(fees=fees), sent, elsewhere=elsewhere).bill
    assert bill.yearly == Range(Decimal(least), Decimal(60), Decimal(60))


@pytest.mark.parametrize("card", ["physical-card", "virtual-card"])
@pytest.mark.parametrize("operation", ["pay", "pay-abroad"])
@pytest.mark.parametrize(
    ("method", "more", "open_"),
    [
        ("card", {}, True),
        ("debit-card", {}, True),
        # That it is a credit card nobody says.
        ("credit-card", {}, False),
        # These mean a card that they have, or have none of the wallet's.
        ("card", {"have": ("credit-card",)}, False),
        ("debit-card", {"have": ("debit-card",)}, False),
        ("card", {"given": ("no-own-card",)}, False),
        ("debit-card", {"have": ("bank-linked",)}, True),
    ],
)
def test_the_wallets_own_card_is_one_to_pay_by(
    card: str, operation: str, method: str, more: dict[str, Any], open_: bool
) -> None:
    features = {card: yes(), **QR, "pay-abroad": yes()}
    market = market_of(features=features)
    judgement = judged(market, wanting(use(operation, 100, method=method), **more))
    assert bool(judgement.unconfirmed) is not open_


@pytest.mark.parametrize(("kind", "fits"), [("bank-account", False), ("stored-value", True)])
def test_no_card_of_another_bank_pays_from_a_bank_account(kind: str, fits: bool) -> None:
    """A price by card is that of its own card, which the person's cannot fill."""
    market = market_of(
        features={"physical-card": yes(), "pay-abroad": yes()},
        funding={"credit-card": no()},
        fees=(FeeRule(operation="pay-abroad", method="card", percent=Decimal(0), source="new"),),
    )
    needs = wanting(use("pay-abroad", 100, country="FR"), have=("credit-card",))
    assert bool(judged(market, needs, kind=kind).obstacles) is not fits


def test_the_wallets_own_card_sends_nothing() -> None:
    market = market_of(features={"physical-card": yes()})
    judgement = judged(market, wanting(use("send", 100, method="debit-card")))
    assert keys(judgement.unconfirmed) == [("funding:debit-card", False)]


@pytest.mark.parametrize("word", ["cash-agent", "cash-atm", "mobile-carrier"])
def test_without_a_bank_a_way_in_must_be_known(word: str) -> None:
    def judge_(funding: dict[str, Claim], *others: Usage, **more: Any) -> Judgement:
        open_to_all = Onboarding(local_bank_account=no())
        features = {**QR, "receive": yes()}
        market = market_of(funding=funding, features=features, onboarding=open_to_all)
        return judged(market, wanting(PAYING, *others, **{"person": ("unbanked",), **more}))

    silent = judge_({"bank-linked": yes()})
    assert causes_words(silent.unconfirmed) == "how money gets in without a bank"
    assert silent.fits
    assert not judge_({word: yes()}).unconfirmed
    assert judge_({word: no()}).unconfirmed
    assert judge_({word: yes(when="at some shops")}).unconfirmed
    assert judge_({word: yes(operation=("send",))}).unconfirmed
    # Money that is received fills it, and so does what they say that they have.
    assert not judge_({}, use("receive", 200)).unconfirmed
    assert keys(judge_({}, have=("cash-agent",)).unconfirmed) == [("funding:cash-agent", False)]
    assert not judge_({}, person=()).unconfirmed


def test_who_can_pay_money_in_without_a_bank_needs_no_other_word_on_it() -> None:
    """Nobody says that no bank account is needed; that cash or a card is taken shows it."""

    def unconfirmed(funding: dict[str, Claim], *others: Usage, **more: Any) -> list[Any]:
        market = market_of(funding=funding, features={**QR, "receive": yes()})
        usages = others or (PAYING,)
        judgement = judged(market, wanting(*usages, **{"person": ("unbanked",), **more}))
        return keys(each for each in judgement.unconfirmed if isinstance(each, Lacks))

    bank = [("onboarding:local_bank_account", False)]
    assert not unconfirmed({"cash-agent": yes()})
    assert not unconfirmed({"debit-card": yes()}, have=("debit-card",))
    assert not unconfirmed({"cash-agent": yes()}, PAYING, use("top-up", 200, method="cash-agent"))
    # How it gets in is not known; what comes in comes from others.
    assert unconfirmed({}) == bank
    assert unconfirmed({"cash-agent": yes()}, PAYING, use("receive", 200)) == bank
    banked = market_of(
        funding={"cash-agent": yes()}, features=QR, onboarding=Onboarding(local_bank_account=yes())
    )
    assert keys(judged(banked, wanting(PAYING, person=("unbanked",))).obstacles) == [
        ("onboarding:local_bank_account", True)
    ]


@pytest.mark.parametrize(("kind", "fits"), [("pass-through", False), ("stored-value", True)])
def test_cash_fills_no_wallet_that_only_passes_money_on(kind: str, fits: bool) -> None:
    market = market_of(
        funding={"bank-linked": yes()}, features=QR, fees=(fee("pay", method="balance"),)
    )
    wallet = structs.replace(wallet_of("testpay", market), kind=kind)
    top_up = use("top-up", 100, method="cash-agent")
    for usages, key in (((PAYING,), "funding:cash-agent"), ((top_up,), "does:top-up:cash-agent")):
        needs = settle(wanting(*usages, have=("cash-agent",), person=("unbanked",)))
        judgement = judge(wallet, "GB", Yardstick(needs, catalog_of(wallet), TODAY))
        assert judgement.fits is fits
        assert ((key, True) in keys(judgement.obstacles)) is not fits
