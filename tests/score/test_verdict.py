"""Who is called the best, and who is level."""

from __future__ import annotations

from decimal import Decimal

import pytest
from build import TODAY
from msgspec import structs
from running import shipped

from walletpick.person.needs import needs_of
from walletpick.score.ranking import Ranking, rank
from walletpick.score.verdict import verdict_of


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    """A ranking with some places of which all is confirmed, or of none."""
    needs = structs.replace(needs_of(shipped().personas["everyday-shopper"]), country="US")
    ranking = rank(shipped(), needs, TODAY)
    assert len(ranking.field) > 3
    return structs.replace(ranking, places=ranking.field[:4])


@pytest.mark.parametrize(
    ("chances", "word", "level"),
    [
        # From 6 of 10 on, the first is the best.
        (["0.6", "0.4", "0", "0"], "best", [0]),
        (["0.599", "0.401", "0", "0"], "level", [0, 1]),
        # Those that are half as likely as the likeliest are level with it.
        (["0.4", "0.2", "0.19", "0.21"], "level", [0, 1, 3]),
        # The first by points need not be the likeliest.
        (["0.1", "0.5", "0.2", "0.25"], "level", [0, 1, 3]),
        # Where nobody else is, the likeliest of the others is.
        (["0.55", "0.1", "0.2", "0.15"], "level", [0, 2]),
        # What has no chance is level with nobody.
        (["0", "0.9", "0", "0.1"], "level", [0, 1]),
    ],
)
def test_those_are_level_that_may_be_the_best(
    ranking: Ranking, chances: list[str], word: str, level: list[int]
) -> None:
    places = tuple(
        structs.replace(place, chance=Decimal(chance))
        for place, chance in zip(ranking.places, chances, strict=True)
    )
    verdict = verdict_of(structs.replace(ranking, places=places))
    assert verdict.word == word
    assert verdict.level == tuple(places[index] for index in level)


def test_the_only_one_and_none(ranking: Ranking) -> None:
    alone = structs.replace(ranking, places=ranking.places[:1])
    assert verdict_of(alone).word == "only"
    assert verdict_of(structs.replace(ranking, places=())).word == "none"
