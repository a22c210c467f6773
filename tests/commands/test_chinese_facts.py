"""Costs and facts in Chinese: the same figures as in English, and no sentence left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from walletpick.commands import cli
from walletpick.language import speak
from walletpick.words.phrases import claim_phrase, claim_phrases, joined, wanted_phrase

FIGURES = {
    "money": re.compile(r"[\d,]+(?:\.\d+)? [A-Z]{3}\b"),
    "dates": re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b"),
}
# In Chinese without a space, and of a range with the sign at both ends.
PERCENT = {
    "en": re.compile(r"(?:(\d+(?:\.\d+)?) to )?(\d+(?:\.\d+)?) %"),
    "zh": re.compile(r"(?:(\d+(?:\.\d+)?)% 至 )?(\d+(?:\.\d+)?)%"),
}
COSTS = [
    ["wise@GB", "--use", "send-abroad=200x2@MX", "--use", "cash-out=100x4", "--use", "withdraw=90"],
    ["alipay@CN", "wechat-pay@CN", "--use", "pay=1000x20:card", "--person", "visitor"],
    ["gcash@PH", "--use", "bill-pay=2000x3", "--use", "send=90000", "--for", "3weeks"],
    ["paypal@US", "wise@GB", "--use", "pay-abroad=50x3", "--use", "receive-abroad=500"],
]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak("en")


def figures(language: str, *args: str) -> dict[str, set[str]]:
    # An address holds signs of its own: %E6%B8%AF.
    text = re.sub(r"https?://\S+", "", said(language, *args))
    kinds = {**FIGURES, "percent": PERCENT[language]}
    return {name: set(pattern.findall(text)) for name, pattern in kinds.items()}


def said(language: str, *args: str) -> str:
    done = CliRunner().invoke(cli, [*args, "--format", "markdown", "--lang", language])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("args", COSTS, ids=lambda args: args[0])
def test_a_bill_has_the_same_figures_in_chinese(args: list[str]) -> None:
    english, chinese = (figures(code, "cost", *args) for code in ("en", "zh"))
    assert english["money"]
    assert english == chinese


@pytest.mark.parametrize("wallet", ["wise@GB", "paypay@JP", "octopus@HK"])
def test_the_facts_of_a_wallet_have_the_same_dates_and_prices_in_chinese(wallet: str) -> None:
    sections = ("--section", "fees", "--section", "limits")
    english, chinese = (figures(code, "show", wallet, *sections) for code in ("en", "zh"))
    assert english["dates"]
    assert english["percent"]
    assert english == chinese


def test_what_holds_and_what_does_not_are_told_apart_in_chinese() -> None:
    phrases = list(dict.fromkeys(claim_phrases()))
    speak("zh")
    for key in ("features:pay-qr", "security:passkey", "channels:phone", "does:send-abroad:atm"):
        assert claim_phrase(key, True) != claim_phrase(key, False)
        assert wanted_phrase(key) == claim_phrase(key, True)
    assert len(phrases) > 200


def test_phrases_that_begin_alike_are_joined_in_chinese() -> None:
    speak("zh")
    phrases = [claim_phrase(f"features:{word}", True) for word in ("pay-qr", "send", "coupons")]
    words = joined(phrases)
    assert words.count("可以") == 1
    assert "、" in words
    assert "，" in words
