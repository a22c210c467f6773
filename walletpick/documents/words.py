"""The words that options take as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from walletpick.documents.out import Out
from walletpick.facts.options import WordFamily
from walletpick.language import _


class WordOut(Out, frozen=True, kw_only=True):
    """A word as it is typed, and what it means."""

    word: str
    meaning: str


class WordFamilyOut(Out, frozen=True, kw_only=True):
    """Words of one kind, and the options (or the command) that take them."""

    family: str
    taken_by: tuple[str, ...]
    words: tuple[WordOut, ...]


class WordsOut(Out, frozen=True, kw_only=True):
    """`walletpick words --json`."""

    schema: Literal["walletpick/words/1"] = "walletpick/words/1"
    families: tuple[WordFamilyOut, ...]


def words_out(families: Iterable[WordFamily]) -> WordsOut:
    """Return the document of the words of some families."""
    return WordsOut(
        families=tuple(
            WordFamilyOut(
                family=family.name,
                taken_by=family.taken_by,
                words=tuple(WordOut(word=w, meaning=_(m)) for w, m in family.words.items()),
            )
            for family in families
        )
    )


SCHEMAS: dict[str, type] = {"words": WordsOut}
