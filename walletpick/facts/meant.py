"""Which words somebody means who types what people call these things. Pure.

Whoever types 提现, or "hacked", is told that the word is withdraw, or not-my-payment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from walletpick.facts.tables import toml_of
from walletpick.language import translation

# From ！ to ～: each is the plain sign of so many places before.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# So much of what was typed has to stand in a meaning.
_ENOUGH = 0.75
_MOST = 3


class _Called(msgspec.Struct, frozen=True):
    """What people call things, by the word for it."""

    english: dict[str, list[str]]
    chinese: dict[str, list[str]]
    uses: dict[str, list[str]]


@cache
def _called() -> _Called:
    """Return what `meant.toml` holds, read when first asked for."""
    return toml_of("facts/meant.toml", _Called)


def meant(text: str, meanings: Mapping[str, str]) -> list[str]:
    """Return the words, three at most, that somebody means who types a text.

    That is the word spelt in another way ("Debit card"), one that people call so, in English or
    Chinese, or one of which it is a part ("nfc"). `meanings` holds a meaning for each word, as the
    vocabulary has it or in Chinese.
    """
    bare = {word: word.rpartition(":")[2] for word in meanings}
    typed = "".join(char for char in text if _HAN.match(char))
    if not typed:
        return _meant_in_english(text, bare)
    called = {word: _called().chinese.get(name, []) for word, name in bare.items()}
    if same := [word for word, names in called.items() if typed in names]:
        return same[:_MOST]
    told = {word: translation(text, "zh") for word, text in meanings.items()}
    likes = {
        word: max(_like(typed, each) for each in (*called[word], told[word])) for word in meanings
    }
    best = max(likes.values(), default=0.0)
    near = [word for word, like in likes.items() if like == best and like >= _ENOUGH]
    return sorted(near, key=lambda word: len(told[word]))[:_MOST]


def _meant_in_english(text: str, bare: Mapping[str, str]) -> list[str]:
    typed = spelt(text)
    if not typed:
        return []
    same = [word for word, name in bare.items() if spelt(name) == typed]
    names = _called().english
    called = (word for word, name in bare.items() if typed in names.get(name, ()))
    parts = (word for word, name in bare.items() if f"-{typed}-" in f"-{spelt(name)}-")
    return (same or list(dict.fromkeys((*called, *parts))))[:_MOST]


def asked_by(name: str) -> str | None:
    """Return how to ask for what people do who call it by a name, as `spelt`; None for no such."""
    return next((ask for ask, names in _called().uses.items() if name in names), None)


def half_width(text: str) -> str:
    """Return a text with the signs, digits and letters of a Chinese keyboard as plain ones.

    "pay＝３００：balance" -> "pay=300:balance".
    """
    return text.translate(_HALF_WIDTH)


def spelt(text: str) -> str:
    """Return a text as the words of options are spelt: "Debit card" -> "debit-card"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _like(typed: str, words: str) -> float:
    """Return how much of what was typed is in some words: 1 for all of it, 2 as it stands."""
    if typed in words:
        return 2.0
    return sum(char in words for char in typed) / len(typed) if len(typed) > 1 else 0.0
