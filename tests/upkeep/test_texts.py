"""What people read of a catalog, and whether it is all said in Chinese."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import build
import pytest
from msgspec import Struct
from running import ROOT, shipped
from small import PLANPAY, run

from walletpick.facts import model
from walletpick.reading.load import load_catalog
from walletpick.reading.place import files_of
from walletpick.upkeep.texts import needs_translation, texts_of

# Texts that are the same in every language: keys, names, numbers, addresses and titles of pages;
# and what stands in no catalog.
SAME = {
    "source more_sources file path pool section word fact implied_by rule version date",
    "name local_names aliases operator firm store title number email address",
    "words bank credit period en zh value",
}


def plain_texts(kind: type[Struct]) -> list[str]:
    """Return the fields of a record that hold texts of which nothing says what they are."""
    fields = get_type_hints(kind, include_extras=True)
    kinds = (str, str | None, tuple[str, ...], dict[str, str])
    return [name for name in fields if name in kind.__struct_fields__ and fields[name] in kinds]


def test_of_every_text_it_is_decided_whether_people_read_it() -> None:
    same = {name for line in SAME for name in line.split()}
    records = [
        kind
        for kind in vars(model).values()
        if inspect.isclass(kind) and issubclass(kind, model.Record)
    ]
    assert len(records) > 50
    for kind in records:
        left = [name for name in plain_texts(kind) if name not in same]
        assert left == [], f"{kind.__name__}: is it read (`Read` in the model) or the same (SAME)?"


def test_the_texts_of_a_market_are_found_wherever_they_stand() -> None:
    wallet = build.market_file(
        """
        fees:
          - {operation: send, when: by cheque, percent: 1, note: old, source: old}
        limits:
          - {what: day, level: gold, amount: 5, source: old}
        support:
          channels:
            phone: {has: true, number: "911", hours: 24/7, source: old}
            live-chat: {has: true, hours: on weekdays, source: old}
          complaint: {how: write a letter, source: old}
        """
    )
    texts = list(texts_of(wallet))
    expected = ["by cheque", "old", "gold", "24/7", "on weekdays", "write a letter"]
    assert [text for text in texts if text in expected] == expected
    assert not {"911", "fees", "send"} & set(texts)


@pytest.mark.parametrize(
    ("text", "needs"), [("on weekdays", True), ("24/7", False), ("支付宝", False), ("", False)]
)
def test_what_has_no_latin_letters_needs_no_translation(text: str, needs: bool) -> None:
    assert needs_translation(text) == needs


# The command.

GIVEN = "A wallet for tests."


@pytest.fixture
def small(write_here: Callable[..., Path]) -> Path:
    return write_here(planpay=PLANPAY)


def translated(directory: Path, *texts: str) -> None:
    """Write translations of these texts, and of all that the criteria say."""
    criteria = list(texts_of(load_catalog(directory).criteria))
    lines = [f'  - en: "{text}"\n    zh: 中文\n' for text in [*texts, *dict.fromkeys(criteria)]]
    (directory / "texts.yaml").write_text("texts:\n" + "".join(lines), encoding="utf-8")


def about_texts(*args: str) -> list[str]:
    """Return what lint says of texts; the small catalog has a source that nothing names."""
    found = run("catalog", "lint", *args)
    assert found.exit_code == 0
    return [line for line in found.stdout.splitlines() if "no fact names" not in line]


def test_a_translation_of_nothing_is_named_with_its_line(small: Path) -> None:
    translated(small, GIVEN, "A wallet of yore.")
    (line,) = about_texts()
    assert line == (
        "catalog/texts.yaml:4:5: warning: texts[1]: this text stands nowhere in the catalog any"
        " more: take it out, or correct it as the catalog has it now"
    )


@pytest.mark.parametrize(
    ("chinese", "right"),
    [("收 1.5 %", "1.5%"), ("收 2 ％ 的", "2%"), ("收 1.5%，每年 20% 起", None)],
)
def test_a_percentage_in_chinese_has_no_space(small: Path, chinese: str, right: str | None) -> None:
    translated(small, GIVEN)
    path = small / "texts.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("中文", chinese, 1), encoding="utf-8")
    lines = about_texts()
    assert len(lines) == (right is not None)
    if right:
        assert lines[0].startswith("catalog/texts.yaml:2:5: warning: texts[0]: ")
        assert f'"{right}"' in lines[0]


def test_where_a_file_has_a_mistake_no_text_is_called_gone(small: Path) -> None:
    translated(small, GIVEN)
    path = small / "wallets" / "planpay.yaml"
    path.write_text(path.read_text().replace("source: fees", "source: fes", 1))
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert "nowhere" not in found.stdout


def test_a_summary_without_chinese_is_named(small: Path) -> None:
    translated(small)
    (line,) = about_texts()
    assert line.startswith("catalog/wallets/planpay.yaml:")
    assert line.endswith("warning: the summary has no Chinese: add it to texts.yaml")
    assert about_texts("catalog/wallets/planpay.yaml") == [line]


def test_a_file_is_named_once_with_the_number_of_its_texts(small: Path) -> None:
    persona = "title: Shopper\nabout: Shops.\nuse: [{operation: pay, amount: 5}]\n"
    (small / "personas" / "shopper.yaml").write_text(persona)
    translated(small, GIVEN)
    (line,) = about_texts()
    assert re.fullmatch(
        r"catalog/personas/shopper\.yaml:1:1: warning: 2 texts have no Chinese: add them to"
        r" texts\.yaml",
        line,
    )
    translated(small, GIVEN, "Shopper")
    (line,) = about_texts()
    assert line.endswith("warning: a text has no Chinese: add it to texts.yaml")


def test_a_catalog_without_translations_is_not_asked_for_them(small: Path) -> None:
    assert about_texts() == []


def test_the_shipped_translations_are_of_texts_that_people_read() -> None:
    catalog = shipped()
    parts: list[Any] = [
        *catalog.files,
        catalog.criteria,
        catalog.implications,
        *catalog.laws.values(),
        *catalog.personas.values(),
        *(survey.head for survey in catalog.surveys.values()),
    ]
    read = {text for part in parts for names in (False, True) for text in texts_of(part, names)}
    gone = [text.en for text in catalog.texts.texts if text.en not in read]
    assert gone == []
    # All that everybody meets is said in Chinese.
    everybody = [
        *texts_of((catalog.criteria, catalog.implications, *catalog.personas.values())),
        *(wallet.summary for wallet in catalog.wallets),
    ]
    said = catalog.texts.by_language["zh"]
    assert [text for text in everybody if needs_translation(text) and text not in said] == []


# Authorities whose own name is Chinese, and what is no name.
_OWN_CHINESE = re.compile(
    "中国|香港|澳门|金融监督管理委员会|金融消费评议中心|警方|美国各州|各州监管机构"
)


def test_an_authority_is_named_as_its_own_country_writes_it_too() -> None:
    catalog = shipped()
    names = {
        name
        for record in records_of([*catalog.files, *catalog.laws.values()])
        if isinstance(record, model.Licence | model.Escalation | model.Right)
        if (name := record.authority if isinstance(record, model.Licence) else record.body)
    }
    assert len(names) > 150
    said = catalog.texts.by_language["zh"]
    assert [
        said[name]
        for name in names
        if not re.search("[A-Za-z]{2}|日本", said[name]) and not _OWN_CHINESE.match(said[name])
    ] == []


def records_of(value: Any) -> Iterator[Struct]:
    """Yield every record in a value, and those in them."""
    if isinstance(value, Struct):
        yield value
        value = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from records_of(each)


def test_no_chinese_text_parts_a_percentage() -> None:
    texts = shipped().texts.texts
    assert [text.zh for text in texts if re.search(r"[0-9]\s+[%％]", text.zh)] == []


# Chinese words for figures are checked by eye: a fine of 5 million is 500 万.
_NUMBER = re.compile(r"https?://[!-~]+|\d[\d,.]*\d|\d")


def in_wan(number: str) -> str:
    """Return a number as Chinese tells large sums: 600,000 -> "60 万"."""
    return f"{Decimal(number.replace(',', '')) / 10_000:f} 万"


def test_a_sum_in_ten_thousands_is_the_same_sum() -> None:
    assert in_wan("600,000") == "60 万"
    assert in_wan("15,000") == "1.5 万"


def test_every_figure_with_decimals_or_of_four_digits_is_in_the_chinese() -> None:
    lacking = []
    for text in shipped().texts.texts:
        if re.search(r"\b(million|billion|crore)\b", text.en):
            continue
        there = {number.rstrip("，。") for number in _NUMBER.findall(text.zh)}
        figures = [n for n in _NUMBER.findall(text.en) if "." in n or len(n) >= 4]
        lacking += [
            (number, text.zh)
            for number in figures
            if not number.startswith("http")
            and number not in there
            and in_wan(number) not in text.zh
        ]
    assert lacking == []


def test_every_file_of_the_catalog_is_one_that_commands_look_at() -> None:
    # A file that is passed over is not put in order, and a change of it is not noticed.
    there = {*(ROOT / "catalog").rglob("*.yaml")}
    assert {path for path in files_of(ROOT / "catalog") if path.suffix == ".yaml"} == there
