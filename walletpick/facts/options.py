"""The words that the options of commands take, by family."""

from __future__ import annotations

from typing import NamedTuple

from walletpick.facts.vocabulary import (
    CRITERIA,
    EVENTS,
    FUNDING,
    GIVEN,
    KINDS,
    MATTERS,
    METHODS,
    PEOPLE,
    PLATFORMS,
    USAGES,
    claim_words,
)


class WordFamily(NamedTuple):
    """Words of one kind, each as it is typed and with its meaning, and what takes them."""

    name: str
    taken_by: tuple[str, ...]
    words: dict[str, str]


_CLAIMS = ("--must", "--wish", "--has")


def word_families() -> list[WordFamily]:
    """Return every word that an option or an argument takes, by family."""
    return [
        WordFamily("operation", ("--use",), USAGES),
        WordFamily("method", ("--use",), METHODS),
        *(WordFamily(family, _CLAIMS, words) for family, words in claim_words().items()),
        WordFamily("have", ("--have",), FUNDING),
        WordFamily("criterion", ("--weight",), CRITERIA),
        WordFamily("person", ("--person",), PEOPLE),
        WordFamily("given", ("--given",), GIVEN),
        WordFamily("platform", ("--platform",), PLATFORMS),
        WordFamily("kind", ("--kind",), KINDS),
        WordFamily("matter", ("--about",), MATTERS),
        WordFamily("event", ("log",), {word: event.text for word, event in EVENTS.items()}),
    ]
