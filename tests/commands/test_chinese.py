"""Whoever speaks Chinese is told in Chinese: help, what is wrong, and which word to type."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from walletpick.commands import cli
from walletpick.facts.periods import length_of
from walletpick.person.amounts import read_amount

# Names, words of options and what is typed stand in Latin letters; a sentence has more of them.
_ENGLISH = re.compile(r"(?<![\w<])[A-Za-z][a-z']*(?:[ ,;:]+[A-Za-z][a-z']*){2,}")
# Commands to type, and metavars beside their options.
_TYPED = re.compile(r"walletpick( [a-z-]+)*|git apply|pip install \S+|\b[A-Z]+\b|-{1,2}[a-z-]+")


def told(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args, "--lang", "zh"])


def english_in(text: str) -> list[str]:
    """Return runs of three English words, or more, that are not to be typed."""
    return _ENGLISH.findall(_TYPED.sub("", text))


def paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from paths(below, (*path, name))


def without_examples(text: str) -> str:
    """Return help without its usage and its examples, which are to be typed."""
    kept, typed = [], False
    for line in text.splitlines():
        if line.strip() == "示例：" or line.startswith("用法："):
            typed = True
        elif not line.strip():
            typed = False
        if not typed:
            kept.append(re.sub(r"^  (-[^ ]|closing\.).*?(?=  |$)", "", line))
    return "\n".join(kept)


@pytest.mark.parametrize("path", list(paths(cli)), ids=" ".join)
def test_help_is_in_chinese(path: tuple[str, ...]) -> None:
    done = told(*path, "--help")
    assert done.exit_code == 0
    assert "选项：" in done.stdout
    usage = done.stdout.partition("\n\n")[0]
    assert not re.search("[A-Z]{2}", usage), usage
    assert not english_in(without_examples(done.stdout)), done.stdout


def test_the_check_of_help_can_fail() -> None:
    done = CliRunner().invoke(cli, ["rank", "--help"])
    assert len(english_in(without_examples(done.stdout))) > 10


# Of each: what is typed, and a part of what is said.
WRONG = [
    (["rnak"], "没有“rnak”这个命令；你是不是要写 rank？"),
    (["rank", "--nope"], "没有选项“--nope”"),
    (["rank", "--country", "Atlantisia"], "没有“Atlantisia”这个国家或地区"),
    (["rank"], "请用 --country 说明是哪里"),
    (["rank", "--country", "CN", "--use", "send=abc"], "应该是一个数"),
    (["rank", "--country", "CN", "--use", "send=-5"], "金额必须大于 0"),
    (["rank", "--country", "CN", "--use", "send=5x99999"], "1 到 1000 的整数"),
    (["rank", "--country", "CN", "--use", "send"], "没有写多少钱"),
    (["rank", "--country", "CN", "--weight", "cost=9"], "0 到 5 之间"),
    (["rank", "--country", "CN", "--must", "pay-nfx"], "最接近的是：pay-nfc"),
    (["rank", "--country", "CN", "--platform", "mac"], "没有“mac”这个词"),
    (["rank", "--country", "CN", "--age", "old"], "0 到 130 的整数"),
    (["rank", "--country", "CN", "--person", "visitor", "--person", "resident"], "互相矛盾"),
    (["rank", "--country", "CN", "--for", "long", "--use", "pay=5"], "几天、几周"),
    (["rank", "--persona", "nobody"], "没有“nobody”这种典型需求"),
    (["rank", "--needs", "/none/such"], "没有这个文件或文件夹"),
    (["rank", "--country", "CN", "--format", "pdf"], "“pdf”不能用"),
    (["show"], "缺少参数“<钱包>”。"),
    (["show", "wechatpya"], "你是不是要写 wechat-pay？"),
    (["compare", "alipay"], "至少写两个钱包"),
    (["cost", "alipay"], "没有可以算的"),
    (["cost", "alipay", "--vary", "send=5..1"], "从小到大"),
    (["switch", "--to", "wise"], "缺少选项“--from”。"),
    (["leave", "alipay", "x"], "“x”多写了"),
    (["complain", "alipay", "--about", "x"], "没有“x”这类事情"),
    (["log", "remove", "x"], "请写明是哪一条"),
    (["tell", "alipay", "--source", "x"], "请说明支付宝的什么信息"),
    (["needs", "show", "none-such"], "没有用“none-such”这个名称保存过需求"),
    (["words", "x"], "没有“x”这一类词"),
    (["schema", "x"], "没有“x”这个 schema"),
    (["catalog", "lint", "/none/such"], "没有这个文件或文件夹"),
    (["--catalog", "/none/such", "list"], "没有资料库文件夹"),
]


@pytest.mark.parametrize(("args", "part"), WRONG, ids=lambda value: str(value))
def test_wrong_use_is_told_in_chinese(
    args: list[str], part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALLETPICK_DIARY", str(tmp_path / "diary.jsonl"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    done = told(*args)
    assert done.exit_code in (2, 4)
    assert part in done.stderr
    said = done.stderr[done.stderr.index("错误：") :]
    # Lists of words to type stand behind a colon, in brackets.
    assert not english_in(re.sub(r"(可用|最接近的是)：[^）。；]*", "", said)), said


def test_what_click_asks_follows_what_it_says_without_a_space() -> None:
    words = [sys.executable, "-m", "walletpick", "rank", "--contry", "CN", "--lang", "zh"]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert "没有选项“--contry”。你是不是要写“--country”" in done.stderr


MEANT = [
    (["rank", "--country", "CN", "--use", "提现=3000x2"], "withdraw"),
    (["rank", "--country", "CN", "--use", "手机充值=50"], "mobile-top-up"),
    (["rank", "--country", "CN", "--use", "匯款=50"], "send-abroad"),
    (["rank", "--country", "CN", "--use", "send=50:信用卡"], "credit-card"),
    (["rank", "--country", "CN", "--weight", "安全=5"], "security"),
    (["rank", "--country", "CN", "--must", "指纹"], "biometric-login"),
    (["rank", "--country", "CN", "--wish", "features:扫码"], "features:pay-qr"),
    (["rank", "--country", "CN", "--have", "借记卡"], "debit-card"),
    (["rank", "--country", "CN", "--person", "学生"], "student"),
    (["rank", "--country", "CN", "--given", "周末"], "weekend"),
    (["rank", "--country", "CN", "--platform", "安卓"], "android"),
    (["list", "--kind", "手机钱包"], "mobile-money"),
    (["list", "--has", "二维码"], "pay-qr"),
    (["complain", "alipay", "--about", "被骗"], "scam"),
    (["log", "alipay", "冻结"], "frozen-account"),
    (["words", "评分项"], "criterion"),
    (["show", "alipay", "--section", "费用"], "fees"),
    (["比较"], "compare"),
]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("args", "word"), MEANT, ids=lambda value: str(value))
def test_whoever_types_a_meaning_is_told_the_word(args: list[str], word: str, code: str) -> None:
    done = CliRunner().invoke(cli, ["--lang", code, *args])
    assert done.exit_code == 2
    said = {"en": f"is {word}", "zh": f"要写成 {word}"}
    assert re.search(rf"({said[code]}|(or|或) {word})(?![\w-])", done.stderr), done.stderr


def test_what_means_nothing_has_no_word() -> None:
    done = told("rank", "--country", "CN", "--use", "吃饭=3000")
    assert done.exit_code == 2
    assert "要写成" not in done.stderr


CALLED = [
    ("微信", "WeChat Pay"),
    ("微信支付", "WeChat Pay"),
    ("支付寶", "Alipay"),
    ("支付宝香港", "AlipayHK"),
    ("云闪付", "UnionPay"),
    ("雲閃付", "UnionPay"),
    ("数字人民币", "e-CNY"),
    ("八达通", "Octopus"),
    ("街口支付", "JKOPay"),
    ("贝宝", "PayPal"),
    ("乐天支付", "Rakuten Pay"),
]


@pytest.mark.parametrize(("called", "name"), CALLED)
def test_a_wallet_is_found_by_its_chinese_names(called: str, name: str) -> None:
    done = CliRunner().invoke(cli, ["show", called, "--json"])
    assert done.exit_code == 0, done.stderr
    assert f'"name": "{name}' in done.stdout


@pytest.mark.parametrize(
    ("text", "kept"), [("3周", "3 weeks"), ("10 天", "10 days"), ("2个月", "2 months")]
)
def test_a_stay_may_be_said_in_chinese(text: str, kept: str) -> None:
    assert length_of(text) == kept


@pytest.mark.parametrize(
    ("text", "currency"), [("5000元", "CNY"), ("100美元", "USD"), ("3000 日元", "JPY")]
)
def test_an_amount_may_name_its_currency_in_chinese(text: str, currency: str) -> None:
    assert read_amount(text, "CNY").currency == currency


def test_a_letter_names_the_firm_and_who_hears_it_next_in_chinese() -> None:
    written = "".join(told("complain", "alipay", "--letter").stdout.split())
    assert "致：支付宝（中国）网络技术有限公司（蚂蚁集团）" in written
    assert "中国人民银行金融消费权益保护热线" in written
    # A firm without a Chinese name keeps its own.
    assert "G-Xchange,Inc." in "".join(told("complain", "gcash", "--letter").stdout.split())
