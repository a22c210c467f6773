"""In what one place of a ranking is ahead of another, by criterion. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from walletpick.facts.money import HUNDRED, ZERO
from walletpick.score.ranking import Place, Ranking


class Lead(Struct, frozen=True):
    """By how many points a place is ahead in one criterion (negative: behind)."""

    criterion: str
    points: Decimal


def leads(first: Place, second: Place, ranking: Ranking) -> tuple[Lead, ...]:
    """Return where the first place is ahead of the second, and where behind, largest first."""
    gaps = []
    for name, weight in ranking.needs.weights.items():
        gap = first.values[name].value.estimate - second.values[name].value.estimate
        points = gap * weight * HUNDRED
        if points:
            gaps.append(Lead(name, points))
    if own := first.own_points - second.own_points:
        gaps.append(Lead("experience", own))
    return tuple(sorted(gaps, key=lambda lead: (-abs(lead.points), lead.criterion)))


def ahead_in(place: Place, rival: Place, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return by how many points a place is ahead in each criterion (negative: behind), most first.

    A cost of which not all is known is left out.
    """
    silent = set[str]() if is_priced(place, rival) else {"cost-percent"}
    ours, theirs = (_points(each, weights, silent) for each in (place, rival))
    lead = {name: points - theirs[name] for name, points in ours.items()}
    return dict(sorted(lead.items(), key=lambda each: -each[1]))


def is_priced(*places: Place) -> bool:
    """Return whether all fees of all places are known."""
    return all(place.bill.complete for place in places)


def _points(place: Place, weights: Mapping[str, Decimal], silent: set[str]) -> dict[str, Decimal]:
    """Return the points of a place by criterion, without those for what `silent` measures."""
    return {
        name: sum(
            (
                part.value.estimate * part.share
                for part in value.parts
                if part.part.measure not in silent
            ),
            ZERO,
        )
        * weights[name]
        * HUNDRED
        for name, value in place.values.items()
    }
