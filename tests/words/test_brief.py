"""What the short page of a wallet says in a line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from walletpick.facts.model import Band, Closing, FeeRule
from walletpick.words.brief import costs_words, cut, price_words
from walletpick.words.facts import closing_words


def test_what_is_too_long_is_cut_behind_a_word_if_there_are_any() -> None:
    assert cut("Write to them.") == "Write to them."
    words = "word " * 30
    assert cut(words).removesuffix(" ...").split() == ["word"] * 13
    # An address, or a text in a script without spaces, has none.
    for long in (f"https://example.com/{'x' * 90}", "在支付宝应用内提交投诉" * 9):
        assert long.startswith(cut(long).removesuffix(" ..."))
        assert len(cut(long)) < 80


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (
            "For money sent to the wrong number forward the M-PESA message to 456 or call us now",
            "For money sent to the wrong number forward the M-PESA message to 456 ...",
        ),
        (
            "write to the customer service in the main building, or call it at 01 82 88 11 69 now",
            "write to the customer service in the main building, or call it at 01 82 88 11 69 ...",
        ),
        (
            "write to the customer service in the main building, for up to 1,000.00 USD in a day",
            "write to the customer service in the main building, for up to 1,000.00 USD ...",
        ),
        (
            "first by chat or by phone; then to the ombudsman of the bank, within 60 days of it",
            "first by chat or by phone ...",
        ),
    ],
)
def test_no_figure_is_cut_nor_what_leads_to_one(words: str, kept: str) -> None:
    assert cut(words) == kept


def test_no_figure_is_cut_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("walletpick.words.brief.language", lambda: "zh")
    words = (
        "先在应用里联系客服，如果当天没有人回复你的话，就请拨打人工服务热线 0800 025 2019 再投诉"
    )
    assert "0800 025 2019" in cut(words)


def test_a_least_charge_is_never_told_as_free() -> None:
    bands = (Band(up_to=Decimal(100), percent=Decimal(0), min=Decimal(5)), Band(percent=Decimal(0)))
    rule = FeeRule(operation="send", bands=bands, currency="GBP", source="a")
    assert price_words(rule) == "differs by the amount"


def test_what_costs_only_on_the_exchange_rate_is_not_called_free() -> None:
    rule = FeeRule(operation="pay-abroad", percent=Decimal(0), source="a", currency="GBP")
    marked = structs.replace(rule, fx_markup=Decimal("3.5"))
    assert price_words(marked) == "no fee, but 3.5 % on the exchange rate"
    none = structs.replace(rule, fx_markup=Decimal(0))
    assert price_words(none) == "free and nothing on the exchange rate"
    some = structs.replace(marked, percent=Decimal(1))
    assert price_words(some) == "1 % and 3.5 % on the exchange rate"


def test_that_closing_needs_support_is_said_once() -> None:
    hard = Closing(how="contact-support", difficulty="hard", source="a")
    assert closing_words(hard) == ("by asking support", "hard")
    alone = structs.replace(hard, how=None)
    assert closing_words(alone) == ("hard: needs the help of support",)


def test_a_price_that_holds_either_way_has_no_condition() -> None:
    free = FeeRule(operation="pay", percent=Decimal(0), source="a", currency="GBP")
    online = structs.replace(free, given=("online",))
    in_shops = structs.replace(free, given=("no-online",))

    def told(*rules: FeeRule) -> list[str]:
        return list(costs_words([("pay", [(rule, "2026") for rule in rules])]))

    assert told(online, in_shops) == ["Pay in shops and online: free [2026]"]
    assert told(online) == ["Pay in shops and online: free (if it is paid online) [2026]"]
    # Not where the two are paid in different ways, or at different prices.
    by_card = structs.replace(in_shops, method="card")
    assert "if it is paid online" in told(online, by_card)[0]
    dear = structs.replace(in_shops, percent=Decimal(1))
    assert "if it is paid online" in told(online, dear)[0]
