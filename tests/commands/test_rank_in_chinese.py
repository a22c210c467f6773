"""A ranking in Chinese: no sentence of it is in English, in whichever format."""

from __future__ import annotations

import csv
import io
import re

import pytest
from click.testing import CliRunner, Result

from walletpick.commands import cli

# Names of two words stand in Latin letters; a sentence has more of them.
_ENGLISH = re.compile(r"[A-Za-z]+(?:,? [a-z]+){2,}")
_TYPED = re.compile(r"https?://\S+|walletpick (?:show|tell) \S+( [a-z0-9.-]+=\w+ --source 出处)?")


def ranked(language: str, *args: str) -> Result:
    needs = ["--persona", "everyday-shopper", "--country", "CN"]
    return CliRunner().invoke(cli, ["rank", "--lang", language, *needs, *args])


def english_in(text: str) -> list[str]:
    # A line may break within a command.
    return _ENGLISH.findall(_TYPED.sub("", " ".join(text.split())))


@pytest.mark.parametrize(
    "args",
    [(), ("--explain",), ("--sort", "cost"), ("--format", "markdown"), ("--format", "csv")],
    ids=" ".join,
)
def test_no_sentence_of_a_ranking_is_in_english(args: tuple[str, ...]) -> None:
    done = ranked("zh", *args)
    assert done.exit_code == 0
    assert english_in(done.stdout) == []
    # What a person puts in the place of a word is asked for in Chinese too.
    assert "WHERE" not in done.stdout


def test_the_check_for_english_can_fail() -> None:
    assert len(english_in(ranked("en").stdout)) > 5


def test_the_columns_of_csv_are_headed_in_chinese() -> None:
    rows = list(csv.reader(io.StringIO(ranked("zh", "--format", "csv").stdout)))
    assert not any(re.search("[a-z]", title) for title in rows[0])
    assert len(set(rows[0])) == len(rows[0])


def test_a_page_says_in_which_language_it_is() -> None:
    page = ranked("zh", "--format", "html").stdout
    assert '<html lang="zh-CN">' in page
    assert {label for label in re.findall('aria-label="([^"]*)"', page) if label.isascii()} == set()
    assert '<html lang="en">' in ranked("en", "--format", "html").stdout


def test_a_wallet_goes_by_its_chinese_name_throughout() -> None:
    text = ranked("zh", "--explain").stdout
    assert "支付宝" in text
    assert "Alipay" not in text
