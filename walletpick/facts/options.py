"""The words that the options of commands take, by family."""

from __future__ import annotations

from typing import NamedTuple

from walletpick.facts.vocabulary import (
    CLAIM_FAMILIES,
    CRITERIA,
    EVENTS,
    FAMILIES,
    FUNDING,
    GIVEN,
    KINDS,
    MATTERS,
    METHODS,
    PEOPLE,
    PLATFORMS,
    families_of,
)


class WordFamily(NamedTuple):
    """Words of one kind, each as it is typed and with its meaning, and what takes them."""

    name: str
    taken_by: tuple[str, ...]
    words: dict[str, str]


_CLAIMS = ("--must", "--wish", "--has")


def word_families() -> list[WordFamily]:
    """Return every word that an option or an argument takes, by family.

    Words that two families share carry their family, as they have to when they are typed.
    """
    claims = [
        WordFamily(
            family,
            _CLAIMS,
            {
                word if len(families_of(word)) == 1 else f"{family}:{word}": meaning
                for word, meaning in words.items()
            },
        )
        for family, words in CLAIM_FAMILIES.items()
    ]
    return [
        WordFamily("operation", ("--use",), FAMILIES["usage"]),
        WordFamily("method", ("--use",), METHODS),
        *claims,
        WordFamily("have", ("--have",), FUNDING),
        WordFamily("criterion", ("--weight",), CRITERIA),
        WordFamily("person", ("--person",), PEOPLE),
        WordFamily("given", ("--given",), GIVEN),
        WordFamily("platform", ("--platform",), PLATFORMS),
        WordFamily("kind", ("--kind",), KINDS),
        WordFamily("matter", ("--about",), MATTERS),
        WordFamily("event", ("log",), {word: event.text for word, event in EVENTS.items()}),
    ]
