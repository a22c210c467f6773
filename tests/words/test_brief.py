"""What the short page of a wallet says in a line."""

from __future__ import annotations

from decimal import Decimal

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


def test_a_least_charge_is_never_told_as_free() -> None:
    bands = (Band(up_to=Decimal(100), percent=Decimal(0), min=Decimal(5)), Band(percent=Decimal(0)))
    rule = FeeRule(operation="send", bands=bands, currency="GBP", source="a")
    assert price_words(rule) == "differs by the amount"
