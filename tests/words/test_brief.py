"""What the short page of a wallet says in a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from walletpick.facts.model import Band, FeeRule
from walletpick.words.brief import cut, price_words


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
