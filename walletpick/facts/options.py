"""The words that the options of commands take, by family."""

from __future__ import annotations

from typing import NamedTuple

from walletpick.facts import vocabulary


class WordFamily(NamedTuple):
    """Words of one kind, each as it is typed and with its meaning, and what takes them."""

    name: str
    taken_by: tuple[str, ...]
    words: dict[str, str]


# As they are told: closing.how=web.
_HOW = {f"how={word}": text for word, text in vocabulary.CLOSING_WAYS.items()}
_DIFFICULTY = {f"difficulty={word}": text for word, text in vocabulary.DIFFICULTIES.items()}
_CLAIMS = ("--must", "--wish", "--has", "tell")


def word_families() -> list[WordFamily]:
    """Return every word that an option or an argument takes, by family."""
    return [
        WordFamily("operation", ("--use",), vocabulary.USAGES),
        WordFamily("method", ("--use",), vocabulary.METHODS),
        *(WordFamily(family, _CLAIMS, words) for family, words in vocabulary.claim_words().items()),
        WordFamily("onboarding", ("tell",), vocabulary.SIGNING_UP),
        WordFamily("closing", ("tell",), {**_HOW, **_DIFFICULTY}),
        WordFamily("status", ("tell",), vocabulary.STATUSES),
        WordFamily("have", ("--have",), vocabulary.FUNDING),
        WordFamily("criterion", ("--weight",), vocabulary.CRITERIA),
        WordFamily("person", ("--person",), vocabulary.PEOPLE),
        WordFamily("given", ("--given",), vocabulary.GIVEN),
        WordFamily("platform", ("--platform",), vocabulary.PLATFORMS),
        WordFamily("kind", ("--kind",), vocabulary.KINDS),
        WordFamily("matter", ("--about",), vocabulary.MATTERS),
        WordFamily(
            "event", ("log",), {word: event.text for word, event in vocabulary.EVENTS.items()}
        ),
    ]
