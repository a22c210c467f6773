"""How much of a score hangs on each row of a comparison: what decides comes first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from walletpick.bill.observe import Observation
from walletpick.facts.money import HUNDRED, ZERO
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Place


class HasWeight(Protocol):
    """Anything that says how much hangs on it."""

    @property
    def weight(self) -> Decimal:
        """How many points of a score hang on it at most."""


R = TypeVar("R", bound=HasWeight)


def by_weight(rows: Iterable[R]) -> list[R]:
    """Return rows in the order of what hangs on them."""
    return sorted(rows, key=lambda row: -row.weight)


# A must is worth more than all points together.
_MUST = HUNDRED * 2
_MEASURES = {"rating": "ratings", "reply-days": "reply", "incident-weight": "incidents"}
# Facts of a score whose row has another key, by their first word.
_ROW_OF = {
    "hours": "channels:phone",
    "closing": "closing:difficulty",
    "closing-way": "closing:how",
}


def weights_by_row(sides: Sequence[Place], by: Yardstick) -> dict[str, Decimal]:
    """Return how many points of a score hang on a fact, by the key of its row."""
    weights: dict[str, Decimal] = {}

    def add(key: str, points: Decimal) -> None:
        weights[key] = max(weights.get(key, ZERO), points)

    for side in sides:
        for name, value in side.values.items():
            for part in value.parts:
                points = part.share * by.needs.weights[name] * HUNDRED
                if part.part.measure:
                    add(_MEASURES.get(part.part.measure, part.part.measure), points)
                options = (*part.part.best_of, *part.part.all_of)
                values = {option.fact: option.value for option in options}
                for each in part.evidence:
                    add(_row_key(each.key), points * values.get(each.key, Decimal(1)))
    for key, _ in by.demands:
        add(_row_key(key), _MUST)
    return weights


def counted_alike(sides: Sequence[Place]) -> frozenset[str]:
    """Return the keys of the rows that count the same for all sides, however they are worded.

    What is not known of one, or depends on a condition there, is not the same.
    """
    seen: list[dict[str, dict[str, Observation]]] = []
    for side in sides:
        by_row: dict[str, dict[str, Observation]] = {}
        for value in side.values.values():
            for part in value.parts:
                for each in part.evidence:
                    by_row.setdefault(_row_key(each.key), {})[each.key] = each.observation
        seen.append(by_row)

    def worths(by_row: dict[str, dict[str, Observation]], row: str) -> dict[str, object]:
        return {key: (it.value, it.condition) for key, it in by_row.get(row, {}).items()}

    first = seen[0] if seen else {}
    return frozenset(
        row
        for row, items in first.items()
        if all(item.value is not None for item in items.values())
        and all(worths(each, row) == worths(first, row) for each in seen)
    )


def _row_key(key: str) -> str:
    family, _, word = key.partition(":")
    if family == "does":
        return f"features:{word.partition(':')[0]}"
    return _ROW_OF.get(family, key)


def weighed_under(key: str) -> str:
    """Return the key under which a row is weighed: that of a bill, and of a rating, is of all."""
    family = key.partition(":")[0]
    return {"bill": "cost-percent", "ratings": "ratings"}.get(family, key)
