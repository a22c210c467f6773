"""For whom, and for where, a fact holds, in words."""

from __future__ import annotations

import pytest
from build import market

from walletpick.words.facts import only_words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("{has: true, countries: [IN]}", " (only for India)"),
        ("{has: true, countries_at_least: 70}", " (70 countries or more)"),
        (
            "{has: true, countries: [GH, IN], countries_at_least: 70}",
            " (70 countries or more, among them Ghana and India)",
        ),
    ],
)
def test_countries_that_are_counted_are_not_those_named_alone(claim: str, words: str) -> None:
    place = market(f"features:\n  send-abroad: {claim}")
    assert only_words(place.market.features["send-abroad"]) == words
