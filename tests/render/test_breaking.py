"""Where lines break, in English and in Chinese."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletpick.render.breaking import cells, unbroken, wrapped

CHINESE = (
    "每月给家里汇 200 美元，一次汇出，希望全额到账（不扣中转行的手续费）。用 PayPal 付款更贵！"
)


def test_cells() -> None:
    assert [cells(text) for text in ("ab", "支付宝", "e\u0301", "（a）")] == [2, 6, 1, 5]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", range(8, 60))
def test_chinese_breaks_between_letters_and_no_line_begins_with_punctuation(width: int) -> None:
    lines = wrapped(CHINESE, width)
    assert "".join(lines).replace(" ", "") == CHINESE.replace(" ", "")
    assert all(cells(line) <= width for line in lines)
    assert not any(line[0] in "，。）！" for line in lines)
    assert not any(line[-1] in "（" for line in lines)
    assert all(word in " ".join(lines) for word in ("200", "PayPal") if width >= 12)
    # A line is as full as it can be: the first piece of the next would not have fitted.
    for line, following in pairwise(lines):
        start, stop = next(unbroken(following))
        gap = line[-1].isascii() or following[0].isascii()
        assert cells(line) + gap + cells(following[start:stop]) > width


@pytest.mark.usefixtures("chinese")
def test_indents_and_long_words_in_chinese() -> None:
    assert wrapped("去网址 https://example.org/long 看看", 12, "- ", "  ") == [
        "- 去网址",
        "  https://ex",
        "  ample.org/",
        "  long 看看",
    ]
    whole = wrapped("去网址 https://example.org/long 看看", 12, whole=True)
    assert "https://example.org/long" in whole
    assert wrapped("", 12, "- ") == []


@given(st.text(alphabet="ab 支，-", max_size=60), st.integers(4, 30))
def test_english_breaks_as_before(text: str, width: int) -> None:
    assert wrapped(text, width) == textwrap.wrap(text, width)
    assert [text[start:stop] for start, stop in unbroken(text)] == [w for w in text.split(" ") if w]
