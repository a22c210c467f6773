"""Languages: which is spoken, that all is translated, and that a translation says the same."""

from __future__ import annotations

import json
import os
import re
import string
import tomllib
from collections.abc import Iterator
from decimal import Decimal

import pytest
import translations
from babel.messages.catalog import Message
from babel.numbers import format_decimal, format_percent
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT, walletpick, warm_cache

from walletpick import language
from walletpick.commands import cli
from walletpick.language import _, catalog_text, ngettext, percent_words, spaced, speak, speak_of
from walletpick.words.phrases import money

WORDS = ROOT / "walletpick" / "words"


def messages(code: str) -> Iterator[tuple[str, Message]]:
    for path in translations.po_files(code):
        for message in translations.read(path, code):
            if message.id:
                yield path.stem, message


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> set[str]:
    """Return the names of the {places} of a message, without how they are written."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_the_files_hold_what_the_code_says_and_nothing_else(code: str) -> None:
    # Help stays in the language that the last command spoke.
    CliRunner().invoke(cli, ["--help", "--lang", "en"])
    held = {
        path.stem: {(m.context, m.id) for m in translations.read(path, code) if m.id}
        for path in translations.po_files(code)
        if path.stem not in translations.OTHERS
    }
    said = {
        folder: {(m.context, m.id) for m in catalog if m.id}
        for folder, catalog in translations.messages().items()
    }
    assert held == said, "run: python tools/translations.py"


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_a_translation_has_the_places_of_its_message(code: str) -> None:
    for folder, message in messages(code):
        for text in filter(None, forms(message.string)):
            if any(places(each) for each in forms(message.id)):
                # A form for one may say "a wallet" in place of "{count} wallets".
                assert places(text) <= set.union(*map(places, forms(message.id))), (folder, text)
                assert places(text) >= set.intersection(*map(places, forms(message.id))), text


def texts(held: object, name: str = "") -> dict[str, str]:
    """Return the texts of a file of texts by their names; those of a list are one."""
    if isinstance(held, dict):
        below = (texts(value, f"{name}.{key}") for key, value in held.items())
        return {key: text for each in below for key, text in each.items()}
    if isinstance(held, list):
        return {name: "\n".join(text for each in held for text in texts(each).values())}
    return {name: str(held)}


@pytest.mark.parametrize("code", translations.LANGUAGES)
@pytest.mark.parametrize("name", ["checklist", "complaints"])
def test_a_file_of_texts_has_the_names_and_places_of_the_english(name: str, code: str) -> None:
    english, other = (
        texts(tomllib.loads((WORDS / f"{name}.{each}.toml").read_text(encoding="utf-8")))
        for each in ("en", code)
    )
    assert english.keys() == other.keys()
    for key, text in other.items():
        assert places(text) == places(english[key]), key
        # A name of another text stays as it is, and places alone need no letters.
        letters = re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", text))
        assert not letters or text == english[key] or re.search("[\u4e00-\u9fff]", text), key


def test_the_files_of_texts_are_all_checked() -> None:
    assert {path.name.partition(".")[0] for path in WORDS.glob("*.toml")} == {
        "checklist",
        "complaints",
    }


def test_the_check_of_places_can_fail() -> None:
    assert places("{wallet} costs {price:>8}") == {"wallet", "price"} != places("{wallet} costs")


def test_what_is_compiled_is_what_is_translated() -> None:
    speak("zh")
    for folder, message in messages("zh"):
        text = forms(message.string)[0]
        if text and isinstance(message.id, str) and not message.context:
            assert _(message.id) == spaced(text), folder


LANGUAGE_OF = [
    ([], {}, "en"),
    ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
    ([], {"LANG": "zh_TW.UTF-8"}, "zh"),
    ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
    ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ([], {"LANG": "de_DE.UTF-8", "WALLETPICK_LANG": "zh"}, "zh"),
    ([], {"LANG": "zh_CN.UTF-8", "WALLETPICK_LANG": "en"}, "en"),
    (["--lang", "zh"], {"WALLETPICK_LANG": "en"}, "zh"),
    (["words", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
]


@pytest.mark.parametrize(("args", "settings", "code"), LANGUAGE_OF)
def test_the_option_wins_over_the_setting_and_the_locale(
    args: list[str], settings: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "WALLETPICK_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(cli, [*args, "--help"])
    assert done.exit_code == 0
    assert language.language() == code
    assert bool(re.search("[\u4e00-\u9fff]", done.stdout)) is (code == "zh")
    assert ("Traditional" in done.stderr or "繁体" in done.stderr) is (
        "zh_TW.UTF-8" in str(settings)
    )


# Of each: the settings, and whether it is said why English is spoken.
PLAIN = [
    ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "POSIX", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN:en"}, True),
    ({"LC_MESSAGES": "C", "LANG": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "C"}, False),
    ({"LC_ALL": "C", "LANG": "en_US.UTF-8", "LANGUAGE": "en:zh"}, False),
    ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
    ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8", "WALLETPICK_LANG": "en"}, False),
    ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8", "WALLETPICK_LANG": "zh"}, False),
]
NO_LANGUAGE = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "WALLETPICK_LANG"), "")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize(("settings", "told"), PLAIN)
def test_a_locale_without_a_language_says_why_it_is_english(
    settings: dict[str, str], told: bool, encoding: str
) -> None:
    words = ("words", "criterion", "--format", "json")
    given = NO_LANGUAGE | settings | {"PYTHONIOENCODING": encoding}
    done = walletpick(warm_cache(), *words, **given)
    assert done.returncode == 0
    assert json.loads(done.stdout)
    lines = done.stderr.decode(encoding).splitlines()
    of_this = [line for line in lines if "--lang zh" in line]
    assert len(of_this) == told * (1 if encoding == "ascii" else 2)
    if told:
        name = next(iter(settings))
        assert lines[0] == f"In English, as {name} is {settings[name]}; for Chinese: --lang zh."
        assert all(f"{name} 是 {settings[name]}" in line for line in lines[1:])
    assert walletpick(warm_cache(), *words, "--lang", "en", **given).stderr == b""


def test_nothing_is_said_of_languages_while_a_word_is_completed() -> None:
    typed = {
        "_WALLETPICK_COMPLETE": "bash_complete",
        "COMP_WORDS": "walletpick ra",
        "COMP_CWORD": "1",
    }
    settings = NO_LANGUAGE | {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"} | typed
    done = walletpick(warm_cache(), **settings)
    assert b"rank" in done.stdout
    assert done.stderr == b""


def test_click_leaves_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(cli, ["--help", "--lang", "en"])
    monkeypatch.setenv("LANGUAGE", "de")
    for code in ("zh", "zh", "en"):
        CliRunner().invoke(cli, ["--help", "--lang", code])
    assert os.environ["LANGUAGE"] == "de"


@pytest.mark.parametrize("where", ["option", "setting"])
def test_no_language_of_ours(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    args = ["--lang", "tlh"] if where == "option" else []
    if where == "setting":
        monkeypatch.setenv("WALLETPICK_LANG", "tlh")
    done = CliRunner().invoke(cli, [*args, "list"])
    assert done.exit_code == 2
    assert "tlh" in done.stderr
    assert "zh" in done.stderr


def test_help_goes_back_to_english() -> None:
    before = CliRunner().invoke(cli, ["rank", "--help"]).stdout
    assert CliRunner().invoke(cli, ["rank", "--help", "--lang", "zh"]).stdout != before
    assert CliRunner().invoke(cli, ["rank", "--help"]).stdout == before


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("用PayPal付款", "用 PayPal 付款"),
        ("每月3次", "每月 3 次"),
        ("用 微信支付 付款", "用微信支付付款"),
        ("费用：12.50 CNY ，每年", "费用：12.50 CNY，每年"),
        ("0.5%的手续费", "0.5% 的手续费"),
        ("no Chinese, 3 words", "no Chinese, 3 words"),
    ],
)
def test_spaces_in_chinese_follow_one_rule(text: str, right: str) -> None:
    assert spaced(text) == right


@pytest.mark.parametrize(
    "value", ["/home/用户1/我的 钱包.yaml", "家人2", "rank", "中文", "，", "", "{x}", "a b"]
)
def test_what_is_filled_in_keeps_its_spaces(value: str) -> None:
    speak("zh")
    said = _('no needs are saved under the name "{name}"', name=value)
    assert said == f"没有用“{value}”这个名称保存过需求"
    assert _("Removed {name}.", name="rank") == "已删除 rank。"
    assert _("Removed {name}.", name="家人2 号") == "已删除家人2 号。"


@given(st.text(alphabet="中文字，。 ab1%()"))
def test_the_rule_of_spaces_changes_nothing_but_spaces(text: str) -> None:
    once = spaced(text)
    assert spaced(once) == once
    assert once.replace(" ", "") == text.replace(" ", "")


@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_a_percentage_is_written_as_the_language_does(number: Decimal) -> None:
    speak("en")
    assert percent_words(number) == f"{number} %"
    assert percent_words(number, 2000) == f"{number} to 2000 %"
    speak("zh")
    assert percent_words(number) == format_percent(number / 100, "0.00%", locale="zh_Hans")
    assert percent_words(number, 2000) == f"{number}% 至 2000%"


@given(st.decimals(min_value=1, max_value=10**12, places=2))
def test_money_has_the_digits_of_the_language_and_the_code_behind(amount: Decimal) -> None:
    speak("zh")
    digits = format_decimal(amount, "#,##0.00", locale="zh_Hans")
    assert money(amount, "CNY") == f"{digits} CNY"


def test_no_translation_parts_a_percentage() -> None:
    parted = re.compile(r"[0-9}]\s+[%％]")
    assert parted.search("收 {fee} %，")
    told = [
        text
        for code in translations.LANGUAGES
        for _folder, message in messages(code)
        for text in filter(None, forms(message.string))
    ]
    told += [path.read_text(encoding="utf-8") for path in WORDS.glob("*.zh.toml")]
    told += [path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*.zh-CN.md")]
    assert [text for text in told if parted.search(text)] == []


def test_home_and_abroad_are_said_so_that_they_hold_everywhere() -> None:
    # In Hong Kong 国内 is the mainland, and the mainland is not 国外.
    told = [text for _folder, message in messages("zh") for text in forms(message.string)]
    # 中国内地 is no 国内.
    told = [text.replace("中国内地", "") for text in told]
    assert [text for text in told if "国内" in text or "国外" in text] == []


def test_a_number_chooses_the_form() -> None:
    assert ngettext("{count} wallet", "{count} wallets", 1) == "1 wallet"
    assert ngettext("{count} wallet", "{count} wallets", 1200) == "1,200 wallets"


def test_texts_of_the_catalog_are_said_in_the_language() -> None:
    texts = {"zh": {"Only for students": "仅限学生"}}
    speak("en")
    speak_of(texts)
    assert catalog_text("Only for students") == "Only for students"
    speak("zh")
    speak_of(texts)
    assert catalog_text("Only for students") == "仅限学生"
    # What is not translated says so, and a text without English is nothing to mark.
    assert "Only abroad" in catalog_text("Only abroad") != "Only abroad"
    assert catalog_text("支付宝") == "支付宝"


def test_what_is_compiled_says_nothing_of_when() -> None:
    """The same sources give the same wheel, also where a minute begins between two builds."""
    (made,) = re.findall(rb"POT-Creation-Date: ([0-9-]+ [0-9:]+)", translations.compiled("zh"))
    assert made == b"2026-01-01 00:00"
