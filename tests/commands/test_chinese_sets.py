"""Wallets side by side, changed, combined and over a range, in Chinese: the same, and all of it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from running import shipped
from test_chinese import english_in

from walletpick.commands import cli

USES = ("--use", "send-abroad=200@MX", "--use", "pay=300x10")
SCREENS = {
    "compare": ["compare", "wise@GB", "paypal@GB", *USES, "--must", "passkey"],
    "compare all": ["compare", "alipay@CN", "wechat-pay@CN", "--use", "send=500", "--all"],
    "compare for a stay": ["compare", "grabpay@SG", "paypal@US", "--for", "3weeks", *USES],
    "compare without uses": ["compare", "alipay@CN", "wise@CN"],
    "switch": ["switch", "--from", "paypal@US", *USES, "--balance", "500", "--explain"],
    "switch without uses": ["switch", "--from", "wise@GB"],
    "switch from no balance": ["switch", "--from", "apple-pay@US", "--use", "send=100"],
    "combine": ["combine", "--country", "GB", *USES],
    "combine with": ["combine", "--with", "grabpay@SG", "--use", "pay-abroad=300x10"],
    "vary": ["cost", "wise@US", "paypal@US", "--vary", "send-abroad=20..3000@MX"],
    "vary times": ["cost", "m-pesa@KE", "--vary", "cash-out=100x1..20"],
    "list": ["list", "--country", "CN"],
    "personas": ["list", "--personas"],
    "words": ["words"],
}
_FIGURES = re.compile(r"[\d,]+\.\d+")
# What the catalog holds in English alone is marked, and names of markets are to be typed.
_MARKED = re.compile(r"[ -~]*（英文）|[a-z-]+@[A-Z]{2}")


def said(language: str, args: list[str]) -> str:
    # So wide that no column is left out.
    done = CliRunner().invoke(cli, [*args, "--lang", language], env={"COLUMNS": "300"})
    assert done.exit_code == 0, done.output
    return re.sub(" {2,}", " | ", done.stdout)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_in_chinese_says_the_same_and_all_of_it_in_chinese(name: str) -> None:
    english, chinese = (said(language, SCREENS[name]) for language in ("en", "zh"))
    assert sorted(_FIGURES.findall(english)) == sorted(_FIGURES.findall(chinese))
    # A name is one in any language.
    names = "|".join(re.escape(wallet.name) for wallet in shipped().wallets)
    assert not english_in(re.sub(names, "", _MARKED.sub("", chinese))), chinese
    assert english_in(_MARKED.sub("", english))


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["compare", "wise", "wise"], "Wise 写了两次"),
        (["compare", "alipay@US", "wise@US"], "walletpick list --country US"),
        (["combine", "--with", "paypal@US", "--with", "wise@US", "--use", "pay=9"], "用途只有一种"),
    ],
)
def test_what_cannot_be_compared_or_combined_is_told_in_chinese(
    args: list[str], words: str
) -> None:
    done = CliRunner().invoke(cli, [*args, "--lang", "zh"])
    assert done.exit_code in (2, 3)
    assert words in done.stderr
    assert not english_in(done.stderr.partition("错误：")[2])


def test_the_names_of_wallets_come_first_in_the_language_of_their_readers() -> None:
    english, chinese = (said(language, SCREENS["list"]) for language in ("en", "zh"))
    assert "Alipay (支付宝)" in english
    assert "支付宝（Alipay）" in chinese
    assert "数字人民币（e-CNY）" in chinese


def test_the_length_of_a_stay_is_in_chinese_in_a_table_of_values() -> None:
    args = ["list", "--personas", "--format", "csv"]
    assert ",3 weeks," in said("en", args)
    chinese = said("zh", args)
    assert ",3 周," in chinese
    assert "weeks" not in chinese


def test_between_chinese_and_what_is_listed_stands_a_space() -> None:
    assert "200 和 500 USD" in said("zh", ["cost", "wise@US", "--use", "send-abroad=500@MX"])
