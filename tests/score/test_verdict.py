"""Who is called the best, and who is level."""

from __future__ import annotations

import pytest
from build import TODAY
from msgspec import structs
from running import shipped

from walletpick.person.needs import needs_of
from walletpick.score.ranking import rank
from walletpick.score.verdict import verdict_of


@pytest.mark.parametrize("country", [None, "AU", "DE", "US"])
@pytest.mark.parametrize("persona", ["family-abroad", "cash-worker"])
def test_those_are_level_that_may_be_the_best(persona: str, country: str | None) -> None:
    needs = structs.replace(needs_of(shipped().personas[persona]), country=country)
    ranking = rank(shipped(), needs, TODAY)
    first, *others = verdict_of(ranking).level
    assert first is ranking.places[0]
    likeliest = max(place.chance for place in ranking.field)
    assert all(place.chance and place.chance >= likeliest / 2 for place in others)
