"""Whoever keeps a catalog and speaks Chinese is told in Chinese what is wrong in it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from small import PLANPAY, TWOPAY, run, write_catalog

from walletpick.language import speak
from walletpick.reading.strictyaml import read
from walletpick.upkeep.addresses import Finding
from walletpick.upkeep.links import keep, recall

# What is quoted, and what is to be typed: words of the format, files, addresses.
_QUOTED = re.compile(r"“[^”]*”|`[^`]*`|'[^']*'|https?://\S+")
_ENGLISH = re.compile(r"[A-Za-z']+(?:[ ,;:]+[A-Za-z']+){2,}")


def english_in(text: str) -> list[str]:
    """Return runs of three English words, or more, that are not quoted."""
    return _ENGLISH.findall(_QUOTED.sub("", text))


def linted(tmp_path: Path, text: str) -> list[str]:
    """Return what lint says in Chinese of a wallet, each with its place as in English."""
    path = write_catalog(tmp_path / "catalog", twopay=text) / "wallets" / "twopay.yaml"
    english, chinese = (
        run("--lang", code, "catalog", "lint", str(path)).stdout.splitlines()
        for code in ("en", "zh")
    )
    place = re.compile(r".*?yaml:\d+:\d+: ")
    assert [place.match(line)[0] for line in english] == [  # type: ignore[index]
        place.match(line)[0]  # type: ignore[index]
        for line in chinese
    ]
    return [place.sub("", line, count=1) for line in chinese]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: mobile-money", "kind: mobile", "kind: 这里是“mobile”（你是想写"),
        ("name: Twopay", "nmae: Twopay", "未知的键“nmae”（你是想写“name”吗？）"),
        ("percent: 1,", "percent: -1,", "percent: 这里是“-1”，应为非负数"),
        ("percent: 1,", "percent_max: 1,", "写了 percent_max 就要写 percent"),
        ("percent: 1,", "", "没有价格"),
        ("id: twopay", "id: other", "id 是“other”，文件名却是“twopay”：请改成一样"),
        ("source: fees}", "source: fee}", "没有列在 sources 下（你是想写“fees”吗？）"),
        ("KE:", "XX:", "ISO 3166 国家代码，例如 PH"),
    ],
)
def test_errors_are_in_chinese(tmp_path: Path, old: str, new: str, said: str) -> None:
    lines = linted(tmp_path, TWOPAY.replace(old, new, 1))
    assert any(said in line for line in lines), lines
    assert not english_in(" | ".join(re.sub("应为(其中之一)?：.*", "", line) for line in lines))


@pytest.mark.parametrize(
    "text",
    [
        "a: [1",
        "a: b: c",
        "a:\n\tb: c",
        "a: 0x1f",
        "a: &x 1",
        "a: *x",
        "a: !x 1",
        "a: 1\na: 2",
        "a: 'b",
        "- a\nb: c",
        "? a\n: b",
        "---\na\n---\nb",
        "a: |x\n  b",
        '"\\q": a',
        "a: {b",
        "",
        "%YAML 1.2\n---\na: b",
        "a: [b,\nc]",
        "\N{BYTE ORDER MARK}a: b",
        "a: b\N{ZERO WIDTH SPACE}",
    ],
)
def test_what_is_no_yaml_is_told_in_chinese(text: str) -> None:
    speak("zh")
    _value, problems = read(text.encode(), "a.yaml")
    assert problems
    for problem in problems:
        assert re.search("[\u4e00-\u9fff]", problem.message)
        assert not english_in(problem.message), problem.message
        assert "{" not in _QUOTED.sub("", problem.message)


def test_warnings_are_in_chinese(tmp_path: Path) -> None:
    limit = "- {what: transaction, operation: send, amount: 5000, source: fees}"
    text = (
        TWOPAY.replace("https://example.com/fees", '"http://example.com/fees?utm_source=x"')
        .replace("{operation: send, percent: 1,", "{operation: send, percent: 90,")
        .replace("{operation: pay, percent: 2,", "{operation: send, percent: 3, from: 9000,")
        .replace(
            limit,
            f"{limit}\n      - {{what: balance, amount: 5, note: for residents, source: fees}}",
        )
    )
    lines = linted(tmp_path, text)
    assert len(lines) >= 5
    assert all(line.startswith("警告：") for line in lines)
    assert not english_in(" | ".join(lines)), lines


def test_what_changes_is_summed_up_in_chinese(tmp_path: Path) -> None:
    old = write_catalog(tmp_path / "old")
    new = write_catalog(
        tmp_path / "new",
        twopay=TWOPAY.replace("percent: 1,", "percent: 2,"),
        planpay=PLANPAY,
    )
    told = run("--lang", "zh", "catalog", "diff", str(old), str(new)).stdout
    assert "1 处变化，在 1 个钱包里" in told or "1 个钱包有 1 处变化" in told, told
    assert "1% → 2%" in told


def test_a_note_is_told_in_chinese_where_it_is_suspicious(tmp_path: Path) -> None:
    text = TWOPAY.replace(
        "operation: send, percent: 1,", "operation: send, percent: 1, note: by debit card,"
    )
    path = write_catalog(tmp_path / "catalog", twopay=text)
    told = "texts:\n  - en: by debit card\n    zh: 用借记卡时\n"
    (path / "texts.yaml").write_text(told, encoding="utf-8")
    lines = run("--lang", "zh", "catalog", "lint", str(path / "wallets")).stdout
    assert "“用借记卡时”" in lines, lines
    assert "by debit card" not in lines


# Two conditions of a price.
STUDENTS, NEW = "for students", "for new customers"


def with_texts(directory: Path, texts: dict[str, str], when: str) -> Path:
    """Write a catalog in which a price holds on this condition, with these texts in Chinese."""
    text = TWOPAY.replace(
        "operation: send, percent: 1,", f"operation: send, percent: 1, when: {when},"
    )
    path = write_catalog(directory, twopay=text)
    lines = [f"  - en: {english}\n    zh: {told}\n" for english, told in texts.items()]
    (path / "texts.yaml").write_text("texts:\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_what_is_stale_is_told_with_the_texts_of_the_catalog(tmp_path: Path, form: str) -> None:
    path = with_texts(tmp_path / "catalog", {STUDENTS: "仅限学生"}, STUDENTS)
    args = ("--lang", "zh", "catalog", "stale", "--days", "0", "--format", form)
    told = run(*args, catalog=path).stdout
    assert "仅限学生" in told, told
    assert STUDENTS not in told
    # The catalog calls it Twopay, which documents keep.
    assert ("二付" in told) == (form != "json")


def test_what_changes_is_told_with_the_texts_of_both(tmp_path: Path) -> None:
    old = with_texts(tmp_path / "old", {NEW: "仅限新用户"}, NEW)
    new = with_texts(tmp_path / "new", {STUDENTS: "仅限学生"}, STUDENTS)
    for form in ("table", "json", "markdown"):
        told = run("--lang", "zh", "catalog", "diff", str(old), str(new), "--format", form).stdout
        for text in ("仅限新用户", "仅限学生"):
            assert text in told, told
        for text in (STUDENTS, NEW):
            assert text not in told, told


def test_ages_of_facts_are_in_chinese(tmp_path: Path) -> None:
    told = run("--lang", "zh", "catalog", "stats", "--json", catalog=write_catalog(tmp_path / "c"))
    ages = [each["age"] for each in json.loads(told.stdout)["ages"]]
    assert ages
    assert not [age for age in ages if re.search("[a-z]", age)]


def test_what_was_found_at_an_address_is_noted_in_one_language(tmp_path: Path) -> None:
    found = Finding(url="https://a.example", state="dead", words="gone", checked=int(time.time()))
    keep(tmp_path, {found.url: found})
    assert recall(tmp_path, print) == {found.url: found}
    speak("zh")
    assert recall(tmp_path, print) == {}
