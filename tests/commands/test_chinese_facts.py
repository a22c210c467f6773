"""Costs and facts in Chinese: the same figures as in English, and no sentence left in English."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from running import shipped

from walletpick.commands import cli
from walletpick.facts.vocabulary import CLAIM_FAMILIES
from walletpick.facts.walk import items_of
from walletpick.language import speak
from walletpick.words.phrases import (
    asked,
    claim_phrase,
    claim_phrases,
    corridor_phrase,
    doing_phrase,
    joined,
    method_phrase,
    wanted_phrase,
)

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


@pytest.mark.parametrize(
    ("key", "question"),
    [
        ("features:pay-qr", "是否可以在店里扫码付款"),
        ("protection:deposit-insurance", "资金是否有存款保险"),
        ("protection:safeguarding", "客户资金是否与公司自己的钱分开存放"),
        ("protection:purchase-protection", "买东西出了问题是否可以退款"),
        ("features:notifications", "每笔付款是否都有通知"),
        ("security:two-factor-sms", "登录时是否要用短信验证码"),
        ("does:send-abroad", "是否可以跨境汇款"),
    ],
)
def test_chinese_asks_behind_what_a_claim_is_about(key: str, question: str) -> None:
    speak("zh")
    assert asked(claim_phrase(key, True)) == question


def test_english_asks_before_the_claim() -> None:
    assert asked(claim_phrase("features:pay-qr", True)) == "pays in shops by QR code"


def test_no_claim_is_asked_twice_or_not_at_all_in_chinese() -> None:
    keys = [f"{family}:{word}" for family in CLAIM_FAMILIES for word in CLAIM_FAMILIES[family]]
    speak("zh")
    questions = {key: asked(claim_phrase(key, True)) for key in keys}
    assert [key for key, words in questions.items() if words.count("是否") != 1] == []
    # What stands before it is what it is about.
    before = {words.partition("是否")[0] for words in questions.values()}
    assert {"", "资金", "登录时"} < before


# Whoever is named so is called so in Chinese, too.
SAME_NAMES = {"Apple"}


def test_banks_and_shops_of_chinese_wallets_have_chinese_names() -> None:
    catalog = shipped()
    said = catalog.texts.by_language["zh"]
    names = {
        name
        for wallet in catalog.wallets
        for country, market in wallet.markets.items()
        if country in ("CN", "HK", "MO", "TW")
        for item in items_of(market)
        for name in getattr(item.fact, "provider", ())
    }
    assert len(names) > 5
    assert {name for name in names if name not in said} <= SAME_NAMES


def test_a_bank_is_known_by_its_chinese_name() -> None:
    needs = ["--country", "HK", "--use", "top-up=500:credit-card", "--use", "pay=500"]
    for bank in ("汇丰", "HSBC"):
        words = ["rank", *needs, "--bank", bank, "--json", "--lang", "zh"]
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["needs"]["bank"] == ["HSBC"]
        assert "没有哪个钱包提到" not in done.stderr


def test_money_from_hong_kong_crosses_to_the_mainland() -> None:
    speak("zh")
    assert corridor_phrase("HK-CN") == "与中国内地之间"
    assert doing_phrase("send-abroad", "CN") == "跨境汇款（中国内地）"
    speak("en")
    assert corridor_phrase("HK-CN") == "with China"
    assert corridor_phrase("UA-EEA") == "with the EU, Iceland, Liechtenstein and Norway"
    assert corridor_phrase("PL-EEA") == "inside the EU, Iceland, Liechtenstein and Norway"


def test_money_moved_out_goes_to_the_bank() -> None:
    speak("zh")
    assert method_phrase("withdraw", "bank-transfer") == "到银行账户"
    assert method_phrase("top-up", "bank-transfer") == "通过银行转账"


def test_phrases_that_begin_alike_are_joined_in_chinese() -> None:
    speak("zh")
    phrases = [claim_phrase(f"features:{word}", True) for word in ("pay-qr", "send", "coupons")]
    words = joined(phrases)
    assert words.count("可以") == 1
    assert "、" in words
    assert "，" in words
