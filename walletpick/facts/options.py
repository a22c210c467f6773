"""The words that the options of commands take, by family."""

from __future__ import annotations

from typing import NamedTuple

from walletpick.facts.vocabulary import (
    CLOSING_WAYS,
    CRITERIA,
    DIFFICULTIES,
    EVENTS,
    FUNDING,
    GIVEN,
    KINDS,
    MATTERS,
    METHODS,
    PEOPLE,
    PLATFORMS,
    SIGNING_UP,
    STATUSES,
    USAGES,
    claim_words,
)


class WordFamily(NamedTuple):
    """Words of one kind, each as it is typed and with its meaning, and what takes them."""

    name: str
    taken_by: tuple[str, ...]
    words: dict[str, str]


# As they are told: closing.how=web.
_HOW = {f"how={word}": text for word, text in CLOSING_WAYS.items()}
_DIFFICULTY = {f"difficulty={word}": text for word, text in DIFFICULTIES.items()}
_CLAIMS = ("--must", "--wish", "--has", "tell")


def word_families() -> list[WordFamily]:
    """Return every word that an option or an argument takes, by family."""
    return [
        WordFamily("operation", ("--use",), USAGES),
        WordFamily("method", ("--use",), METHODS),
        *(WordFamily(family, _CLAIMS, words) for family, words in claim_words().items()),
        WordFamily("onboarding", ("tell",), SIGNING_UP),
        WordFamily("closing", ("tell",), {**_HOW, **_DIFFICULTY}),
        WordFamily("status", ("tell",), STATUSES),
        WordFamily("have", ("--have",), FUNDING),
        WordFamily("criterion", ("--weight",), CRITERIA),
        WordFamily("person", ("--person",), PEOPLE),
        WordFamily("given", ("--given",), GIVEN),
        WordFamily("platform", ("--platform",), PLATFORMS),
        WordFamily("kind", ("--kind",), KINDS),
        WordFamily("matter", ("--about",), MATTERS),
        WordFamily("event", ("log",), {word: event.text for word, event in EVENTS.items()}),
    ]
